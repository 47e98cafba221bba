//! The bytes of a workbook, and which part of it is being read.

use std::cell::Cell;
use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::rc::Rc;

/// The bytes of a workbook.
pub(super) struct Watched<'d> {
    bytes: Cursor<&'d [u8]>,
    place: Rc<Cell<u64>>,
}

/// Where the bytes of the part begin that was opened last: calamine does not tell which part a sheet is, and sheets may
/// share one.
#[derive(Clone)]
pub(super) struct Opened(Rc<Cell<u64>>);

impl<'d> Watched<'d> {
    pub(super) fn new(bytes: &'d [u8]) -> (Self, Opened) {
        let place = Rc::new(Cell::new(0));
        (Self { bytes: Cursor::new(bytes), place: Rc::clone(&place) }, Opened(place))
    }
}

impl Opened {
    /// A part is opened by a seek to its bytes, which are then read to their end.
    pub(super) fn place(&self) -> u64 {
        self.0.get()
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.bytes.read(buffer)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let place = self.bytes.seek(to)?;
        self.place.set(place);
        Ok(place)
    }
}
