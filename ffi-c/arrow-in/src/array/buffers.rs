//! Buffers of an array, each as long as the array says.

use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_buffer::{BooleanBuffer, Buffer, MutableBuffer, NullBuffer};

use super::layout::Layout;
use crate::error::Fault;
use crate::limits::MOST;
use crate::raw::RawArray;

/// The buffers of one array, whose number was compared with its layout.
pub(super) struct Buffers<'a> {
    pub(super) array: &'a RawArray,
    pub(super) layout: Layout,
    /// Length and offset together.
    pub(super) rows: i64,
    /// Keeps the memory until no buffer needs it.
    pub(super) owner: &'a Arc<FFI_ArrowArray>,
}

impl Buffers<'_> {
    /// Which rows are there; none if all are.
    pub(super) fn validity(&self) -> Result<Option<NullBuffer>, Fault> {
        let (length, nulls) = (self.array.length, self.array.null_count);
        if !self.layout.has_validity() {
            return Ok(None);
        }
        if self.array.buffer(0).is_null() {
            return match nulls {
                ..=0 => Ok(None),
                _ => {
                    Err(Fault::new(format!("{nulls} nulls, but no buffer that says which; expected one, or no nulls")))
                }
            };
        }
        let bits = self.buffer(0, "validity", (self.rows as u64).div_ceil(8))?;
        let nulls_there = NullBuffer::new(BooleanBuffer::new(bits, self.array.offset as usize, length as usize));
        let found = nulls_there.null_count();
        match usize::try_from(nulls) {
            Ok(nulls) if nulls != found => {
                Err(Fault::new(format!("a null count of {nulls}, but {found} rows are null; expected {found} or -1")))
            }
            _ => Ok(Some(nulls_there).filter(|_| found > 0)),
        }
    }

    /// The other buffers.
    pub(super) fn others(&self) -> Result<Vec<Buffer>, Fault> {
        let rows = self.rows as u64;
        match self.layout {
            Layout::Null | Layout::Children | Layout::RunEndEncoded => Ok(Vec::new()),
            Layout::Fixed(bits) => Ok(vec![self.buffer(1, "values", bytes(rows, bits)?)?]),
            Layout::Text(width) => {
                let offsets = self.offsets(width)?;
                let (_, last) = ends(&offsets, width, self.array);
                let data = u64::try_from(last)
                    .ok()
                    .filter(|last| *last <= MOST as u64)
                    .ok_or_else(|| Fault::new(format!("a last offset of {last}; expected 0 to {MOST}")))?;
                Ok(vec![offsets, self.buffer(2, "data", data)?])
            }
            Layout::Views => self.views(),
            Layout::List(width) => Ok(vec![self.offsets(width)?]),
            Layout::ListView(width) => {
                let size = bytes(rows, width as u64 * 8)?;
                Ok(vec![self.buffer(1, "offsets", size)?, self.buffer(2, "sizes", size)?])
            }
            Layout::Sparse => Ok(vec![self.buffer(0, "type ids", rows)?]),
            Layout::Dense => Ok(vec![self.buffer(0, "type ids", rows)?, self.buffer(1, "offsets", bytes(rows, 32)?)?]),
        }
    }

    /// One more than there are rows.
    fn offsets(&self, width: usize) -> Result<Buffer, Fault> {
        let first = self.array.buffer(1);
        if !(first as usize).is_multiple_of(width) {
            return Err(Fault::new(format!("its offsets are not aligned; expected an address divisible by {width}")));
        }
        self.buffer(1, "offsets", bytes(self.rows as u64 + 1, width as u64 * 8)?)
    }

    fn views(&self) -> Result<Vec<Buffer>, Fault> {
        let count = self.array.n_buffers as usize - 3;
        let mut buffers = Vec::new();
        buffers.try_reserve(count + 1).map_err(|_| Fault::memory())?;
        buffers.push(self.buffer(1, "views", bytes(self.rows as u64, 128)?)?);
        // The lengths themselves, which may stand at any address.
        let lengths = self.buffer(count + 2, "lengths of data buffers", count as u64 * 8)?;
        for (index, length) in lengths.chunks_exact(8).enumerate() {
            let length = i64::from_ne_bytes(length.try_into().unwrap_or_default());
            let size = u64::try_from(length)
                .ok()
                .filter(|size| *size <= MOST as u64)
                .ok_or_else(|| Fault::new(format!("a data buffer of {length} bytes; expected 0 to {MOST}")))?;
            buffers.push(self.buffer(index + 2, "data", size)?);
        }
        Ok(buffers)
    }

    /// A buffer of so many bytes, which is there unless there are none.
    fn buffer(&self, index: usize, what: &str, bytes: u64) -> Result<Buffer, Fault> {
        let first: *const c_void = self.array.buffer(index);
        // More than is accepted was refused, so it is no more than an address can count.
        let len = bytes as usize;
        if len == 0 {
            // The pointer may be anything.
            return Ok(MutableBuffer::new(0).into());
        }
        let Some(first) = NonNull::new(first.cast_mut().cast::<u8>()) else {
            return Err(Fault::new(format!("the pointer to its {what} is NULL; expected a buffer of {bytes} bytes")));
        };
        if first.addr().checked_add(len).is_none() {
            return Err(Fault::new(format!("its {what} would end behind the last address")));
        }
        // SAFETY: the owner keeps the memory, in which the buffer is as long as the array says, by the interface.
        Ok(unsafe { Buffer::from_custom_allocation(first, len, Arc::clone(self.owner) as _) })
    }
}

/// Rows of so many bits in bytes.
fn bytes(rows: u64, bits: u64) -> Result<u64, Fault> {
    let bytes = u128::from(rows) * u128::from(bits);
    let bytes = bytes.div_ceil(8);
    u64::try_from(bytes)
        .ok()
        .filter(|bytes| *bytes <= MOST as u64)
        .ok_or_else(|| Fault::new(format!("{rows} rows need {bytes} bytes; expected at most {MOST}")))
}

/// The offsets of the first row and behind the last.
pub(super) fn ends(offsets: &Buffer, width: usize, array: &RawArray) -> (i64, i64) {
    let at = |index: i64| {
        let begin = index as usize * width;
        match offsets.get(begin..begin + width) {
            Some(bytes) if width == 4 => i64::from(i32::from_ne_bytes(bytes.try_into().unwrap_or_default())),
            Some(bytes) => i64::from_ne_bytes(bytes.try_into().unwrap_or_default()),
            None => 0,
        }
    };
    (at(array.offset), at(array.offset + array.length))
}
