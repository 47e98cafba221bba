//! The metadata of a column: a number of pairs, then each text behind its length, in the byte order of the machine.

use std::collections::HashMap;

use crate::error::Fault;
use crate::limits::{PAIRS, TEXT};

/// Reads metadata of at most `room` bytes, and takes them from it.
///
/// # Safety
/// `first` points to metadata as the interface describes it, as long as its counts say.
pub(crate) unsafe fn read(first: *const u8, room: &mut usize) -> Result<HashMap<String, String>, Fault> {
    let mut bytes = Bytes { next: first, room };
    // SAFETY: the number of pairs is there, by the interface.
    let pairs = unsafe { bytes.number() }?;
    let pairs = usize::try_from(pairs)
        .ok()
        .filter(|pairs| *pairs <= PAIRS)
        .ok_or_else(|| Fault::new(format!("its metadata has {pairs} pairs; expected 0 to {PAIRS}")))?;
    let mut metadata = HashMap::new();
    for _ in 0..pairs {
        // SAFETY: a pair more is there, by the interface.
        let (key, value) = unsafe { (bytes.text("key", TEXT)?, bytes.text("value", usize::MAX)?) };
        metadata.insert(key, value);
    }
    Ok(metadata)
}

struct Bytes<'a> {
    next: *const u8,
    /// How many bytes a schema may have yet.
    room: &'a mut usize,
}

impl Bytes<'_> {
    /// # Safety
    /// There are so many bytes more, unless that is more than there is room for.
    unsafe fn take(&mut self, len: usize) -> Result<&[u8], Fault> {
        *self.room = self.room.checked_sub(len).ok_or_else(Fault::too_many_texts)?;
        let first = self.next;
        // SAFETY: so many bytes are there, as the caller says.
        self.next = unsafe { first.add(len) };
        // SAFETY: as above, and nobody changes them meanwhile.
        Ok(unsafe { std::slice::from_raw_parts(first, len) })
    }

    /// # Safety
    /// There is a number more.
    unsafe fn number(&mut self) -> Result<i32, Fault> {
        // SAFETY: as the caller says.
        let bytes = unsafe { self.take(size_of::<i32>()) }?;
        Ok(i32::from_ne_bytes(bytes.try_into().unwrap_or_default()))
    }

    /// # Safety
    /// There is a length more, and as many bytes behind it.
    unsafe fn text(&mut self, what: &str, most: usize) -> Result<String, Fault> {
        // SAFETY: as the caller says.
        let len = unsafe { self.number() }?;
        let len = usize::try_from(len)
            .ok()
            .filter(|len| *len <= most)
            .ok_or_else(|| Fault::new(format!("a {what} of its metadata has {len} bytes; expected 0 to {TEXT}")))?;
        // SAFETY: as the caller says.
        let bytes = unsafe { self.take(len) }?;
        let text = std::str::from_utf8(bytes).map(str::to_owned);
        text.map_err(|_| Fault::new(format!("a {what} of its metadata is not UTF-8; expected UTF-8")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: &[i32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_ne_bytes()).collect()
    }

    fn read_bytes(bytes: &[u8], mut room: usize) -> Result<HashMap<String, String>, String> {
        // SAFETY: the tests below end where a count is refused.
        unsafe { read(bytes.as_ptr(), &mut room) }.map_err(|fault| fault.to_string())
    }

    #[test]
    fn pairs_are_read() {
        let bytes = [&numbers(&[2, 1])[..], b"a", &numbers(&[3]), b"one", &numbers(&[0, 0])].concat();
        let expected = [("a", "one"), ("", "")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(read_bytes(&bytes, 100), Ok(HashMap::from(expected)));
        assert_eq!(read_bytes(&numbers(&[0]), 4), Ok(HashMap::new()));
    }

    #[test]
    fn counts_that_cannot_be_are_refused_before_more_is_read() {
        let refused = |bytes: &[u8], room| read_bytes(bytes, room).expect_err("it is refused");
        assert_eq!(refused(&numbers(&[-1]), 100), "its metadata has -1 pairs; expected 0 to 4096");
        assert_eq!(refused(&numbers(&[i32::MAX]), 100), "its metadata has 2147483647 pairs; expected 0 to 4096");
        let key = "a key of its metadata has";
        assert_eq!(refused(&numbers(&[1, -5]), 100), format!("{key} -5 bytes; expected 0 to 65536"));
        assert_eq!(refused(&numbers(&[1, 65_537]), 100), format!("{key} 65537 bytes; expected 0 to 65536"));
        let room = "the names, formats and metadata of the schema have more than 16777216 bytes; expected at most that";
        assert_eq!(refused(&numbers(&[1, 0, i32::MAX]), 100), room);
        assert_eq!(
            refused(&[&numbers(&[1, 1])[..], b"\xff"].concat(), 100),
            "a key of its metadata is not UTF-8; expected UTF-8"
        );
    }
}
