//! A document without the records of other kinds: the reader of each kind sees its own.

use super::Record;

/// The same text with blanks in the place of these records, and of the commas beside them; lines stay what they are.
pub(super) fn without<'t>(text: &str, records: impl Iterator<Item = &'t Record<'t>>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for record in records {
        let end = record.at + record.text.len();
        let is_blank = |byte: u8| byte.is_ascii_whitespace();
        let before =
            (0..record.at.min(bytes.len())).rev().find(|at| bytes.get(*at).is_some_and(|byte| !is_blank(*byte)));
        let behind = (end..bytes.len()).find(|at| bytes.get(*at).is_some_and(|byte| !is_blank(*byte)));
        let is = |at: Option<usize>, byte: u8| at.and_then(|at| bytes.get(at)).is_some_and(|found| *found == byte);
        let (is_value, comma) =
            (is(before, b':'), if is(behind, b',') { behind } else { before.filter(|_| is(before, b',')) });
        for byte in bytes.get_mut(record.at..end).into_iter().flatten().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
        if is_value {
            // A member keeps its name, with nothing under it.
            bytes.get_mut(record.at..record.at + 4).into_iter().for_each(|value| value.copy_from_slice(b"null"));
        } else if let Some(comma) = comma.and_then(|at| bytes.get_mut(at)) {
            *comma = b' ';
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}
