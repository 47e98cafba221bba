//! A document without the records of other kinds: the reader of each kind sees its own.

use std::ops::Range;

use super::Record;

/// The same text with blanks in the place of these records, and of the commas beside them; lines stay what they are. Records
/// of `own` that stand within them stay. Both come in the order of the text.
pub(in crate::inventory) fn without<'t>(
    text: &str,
    records: impl Iterator<Item = &'t Record<'t>>,
    own: &[&Record<'t>],
) -> String {
    let mut masked = Masked { text: text.as_bytes(), bytes: text.as_bytes().to_vec(), end: 0, kept: Vec::new() };
    for record in records {
        let place = record.at..record.at + record.text.len();
        if place.start < masked.end && !masked.keeps(place.start) {
            continue;
        }
        let first = own.partition_point(|inner| inner.at < place.start);
        let inner = own.iter().skip(first).map(|inner| inner.at..inner.at + inner.text.len());
        masked.take(&place, inner.take_while(|inner| inner.start < place.end));
    }
    String::from_utf8(masked.bytes).unwrap_or_default()
}

struct Masked<'t> {
    text: &'t [u8],
    bytes: Vec<u8>,
    /// How far the last record goes that was taken out, and what stays of it.
    end: usize,
    kept: Vec<Range<usize>>,
}

impl Masked<'_> {
    /// Whether this place stays of the record that was taken out last. What stays is in order, and apart.
    fn keeps(&self, at: usize) -> bool {
        let next = self.kept.partition_point(|kept| kept.end <= at);
        self.kept.get(next).is_some_and(|kept| kept.contains(&at))
    }

    fn take(&mut self, place: &Range<usize>, inner: impl Iterator<Item = Range<usize>>) {
        (self.end, self.kept) = (self.end.max(place.end), Vec::new());
        for inner in inner {
            // What stands within another one stays with it.
            if self.kept.last().is_none_or(|before| before.end <= inner.start) {
                self.kept.push(inner);
            }
        }
        for byte in self.bytes.get_mut(place.clone()).into_iter().flatten().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
        if self.kept.is_empty() {
            self.close_gap(place);
            return;
        }
        // A list of what stays.
        self.put(place.start, b"[");
        self.put(place.end - 1, b"]");
        for (index, inner) in self.kept.clone().into_iter().enumerate() {
            self.put(inner.start, self.text.get(inner.clone()).unwrap_or_default());
            // There is a byte between two records at least.
            if index > 0 {
                self.put(inner.start - 1, b",");
            }
        }
    }

    fn put(&mut self, at: usize, text: &[u8]) {
        self.bytes.get_mut(at..at + text.len()).into_iter().for_each(|place| place.copy_from_slice(text));
    }

    /// Takes out the comma beside what was taken out; a member keeps its name, with nothing under it.
    fn close_gap(&mut self, place: &Range<usize>) {
        let is_said = |byte: &&u8| !byte.is_ascii_whitespace();
        let before = self.text.get(..place.start).and_then(|before| before.iter().rev().find(is_said)).copied();
        let behind = self.text.get(place.end..).and_then(|behind| behind.iter().position(|byte| is_said(&byte)));
        let behind = behind.map(|blanks| place.end + blanks);
        match before {
            Some(b':') => self.put(place.start, b"null".get(..place.len().min(4)).unwrap_or_default()),
            _ if behind.and_then(|at| self.text.get(at)) == Some(&b',') => {
                behind.into_iter().for_each(|at| self.put(at, b" "));
            }
            // The last of a list: those before it may be gone too.
            Some(b',') => {
                let last =
                    self.bytes.get(..place.start).and_then(|before| before.iter().rposition(|byte| is_said(&byte)));
                last.filter(|at| self.bytes.get(*at) == Some(&b',')).into_iter().for_each(|at| self.put(at, b" "));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::records::{RecordKind, Survey};

    const AXL: &str = r#"{"name":"SEP00CCFC000001","pkid":"x","model":"8841"}"#;
    const FLAT: &str = r#"{"mac":"00CCFC000002"}"#;

    fn masked(text: &str, kind: RecordKind) -> String {
        let survey = Survey::of(text).expect("few records");
        let own: Vec<_> = survey.records.iter().filter(|record| record.kind == Some(kind)).collect();
        let masked = without(text, survey.records.iter().filter(|record| record.kind != Some(kind)), &own);
        let left = Survey::of(&masked).expect("few records");
        assert_eq!(left.error, None, "{masked}");
        assert_eq!(left.records.len(), own.len(), "{masked}");
        masked.split_whitespace().collect()
    }

    #[test]
    fn what_is_left_is_json_with_the_records_of_one_kind() {
        for (text, expected) in [
            (format!("[{AXL}, {FLAT}, {FLAT}]"), format!("[{AXL}]")),
            (format!("[{FLAT}, {AXL}, {FLAT}]"), format!("[{AXL}]")),
            (format!("{{\"a\": {FLAT}, \"b\": [{AXL}]}}"), format!("{{\"a\":null,\"b\":[{AXL}]}}")),
            (format!("{FLAT}\n{AXL}\n{FLAT}"), AXL.to_owned()),
            (
                format!("[{{\"mac\": \"00CCFC000003\", \"x\": [{AXL}, {FLAT}, {AXL}]}}, {FLAT}]"),
                format!("[[{AXL},{AXL}]]"),
            ),
        ] {
            assert_eq!(masked(&text, RecordKind::Axl), expected, "{text}");
        }
    }
}
