//! The bytes of a text for the csv crate, which asks for the memory of a record in a way that cannot fail: here it is asked for
//! before, in a way that can.

use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};

/// Records below this size are read without asking.
const LARGE: usize = 256 << 10;

/// The csv crate reads ahead by less than this.
const AHEAD: usize = 64 << 10;

/// The bytes of a text, read while there is memory for the record that they are of.
pub(super) struct RoomyBytes<B> {
    bytes: Cursor<B>,
    delimiter: u8,
    /// Where the record begins.
    record: usize,
    /// For so many bytes of the record there is memory.
    room: usize,
    /// The memory that could not be had.
    refused: Option<usize>,
}

impl<B: AsRef<[u8]>> RoomyBytes<B> {
    pub(super) fn new(bytes: B, begin: usize, delimiter: u8) -> Self {
        let mut bytes = Cursor::new(bytes);
        bytes.set_position(begin as u64);
        Self { bytes, delimiter, record: begin, room: LARGE, refused: None }
    }

    /// The next record begins here.
    #[inline]
    pub(super) fn begin_record(&mut self, at: usize) {
        (self.record, self.room) = (at, LARGE);
    }

    /// The memory that could not be had, if reading failed for that.
    pub(super) fn refused(&self) -> Option<usize> {
        self.refused
    }

    /// Asks for the memory that the record would take if it were twice as long.
    #[cold]
    fn ask(&mut self, read: usize) -> io::Result<()> {
        let text = self.bytes.get_ref().as_ref();
        let room = 2 * (read - self.record);
        let of_record = &text[self.record..text.len().min(self.record + room + AHEAD)];
        let cells = of_record.iter().filter(|byte| **byte == self.delimiter).count() + 1;
        // The crate doubles what it has: the texts, and a number for each cell.
        let bytes = of_record.len().saturating_add(size_of::<usize>().saturating_mul(cells)).saturating_mul(2);
        let mut asked_for = Vec::<u8>::new();
        let asked = asked_for.try_reserve_exact(bytes);
        // A compiler may leave out an allocation that nobody looks at.
        std::hint::black_box(&asked_for);
        if asked.is_err() {
            self.refused = Some(bytes);
            return Err(ErrorKind::OutOfMemory.into());
        }
        self.room = room;
        Ok(())
    }
}

impl<B: AsRef<[u8]>> Read for RoomyBytes<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.position() as usize;
        if read.saturating_sub(self.record) > self.room {
            self.ask(read)?;
        }
        self.bytes.read(buffer)
    }
}

impl<B: AsRef<[u8]>> Seek for RoomyBytes<B> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
