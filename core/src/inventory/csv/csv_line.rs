//! What a line of CSV is: where it ends, where its quotes stand, and whether it is a comment.

use crate::inventory::ColumnReport;

/// Which of the lines behind `#` are comments.
#[derive(Clone, Copy)]
pub(super) enum Comments {
    /// All of them.
    All,
    /// Those that begin no row of so many columns, of which the first may be called `#`.
    NotLinedUp { columns: usize, has_marked_header: bool },
}

impl Comments {
    /// In a table with this header, or with none.
    pub(super) fn beside(header: Option<&ColumnReport>) -> Self {
        header.map_or(Self::All, |columns| {
            let headers = columns.headers();
            let has_marked_header = headers.first().is_some_and(|header| header.starts_with('#'));
            Self::NotLinedUp { columns: headers.len(), has_marked_header }
        })
    }

    /// Whether the line that begins there is one. `open` tells of the record that an open quote of the line makes.
    pub(super) fn contain(self, text: &[u8], begin: usize, delimiter: u8, open: &mut OpenRecords) -> bool {
        let Self::NotLinedUp { columns, has_marked_header } = self else { return true };
        let end = begin + line_end(&text[begin..]).0;
        let line = &text[begin..end];
        match cells_of(line, delimiter) {
            (cells, false) => cells != columns,
            // A quote that stays open may be that of a row, or of anything that a comment says.
            (cells, true) => {
                let mut begins_row = || {
                    is_quoted_properly(line, delimiter)
                        && open.cells_behind(text, end, delimiter).map(|behind| cells + behind) == Some(columns)
                };
                !has_marked_header && !begins_row()
            }
        }
    }
}

/// How many cells a line has, and whether a quote in it stays open.
fn cells_of(line: &[u8], delimiter: u8) -> (usize, bool) {
    let mut state = Quotes::CellBegin;
    let mut cells = 1;
    for byte in line {
        state = state.behind(*byte, delimiter);
        cells += usize::from(state == Quotes::CellBegin && *byte == delimiter);
    }
    (cells, state == Quotes::Open)
}

/// The last record that an open quote was seen to make. Whatever line of it begins a record of its own with a quote that
/// stays open, both end in the same place: behind that line, both are within quotes. So no byte is looked at for each line.
#[derive(Default)]
pub(super) struct OpenRecords {
    /// An end of a line within the quotes of the record.
    at: usize,
    /// Where the record ends, or is known not to be quoted properly.
    end: usize,
    /// How many cells begin between both, if it is quoted properly.
    cells: Option<usize>,
}

impl OpenRecords {
    /// How many cells more the record has that is open at this end of a line; nothing if it is not quoted properly. Ends of
    /// lines are asked for in order.
    fn cells_behind(&mut self, text: &[u8], at: usize, delimiter: u8) -> Option<usize> {
        let mut state = Quotes::Open;
        let mut passed = 0;
        if (self.at..self.end).contains(&at) {
            for byte in &text[self.at..at] {
                state = state.behind(*byte, delimiter);
                passed += usize::from(state == Quotes::CellBegin);
            }
            self.at = at;
            self.cells = self.cells.map(|cells| cells - passed);
            return self.cells;
        }
        (self.at, self.end, self.cells) = (at, text.len(), None);
        for (place, byte) in (at..).zip(&text[at..]) {
            let before = state;
            state = before.behind(*byte, delimiter);
            match (before, state) {
                (Quotes::Closed, Quotes::Outside) => {
                    self.end = place;
                    return None;
                }
                (_, Quotes::CellBegin) if *byte == delimiter => passed += 1,
                (_, Quotes::CellBegin) => {
                    (self.end, self.cells) = (place, Some(passed));
                    return self.cells;
                }
                _ => {}
            }
        }
        self.cells = (state != Quotes::Open).then_some(passed);
        self.cells
    }
}

/// Whether quotes in a record open and close where cells begin and end. If not, nobody meant some of them: what they enclose
/// may be rows.
pub(super) fn is_quoted_properly(record: &[u8], delimiter: u8) -> bool {
    let mut state = Quotes::CellBegin;
    record.iter().all(|byte| {
        let before = state;
        state = before.behind(*byte, delimiter);
        (before, state) != (Quotes::Closed, Quotes::Outside)
    })
}

/// How much a record over several lines looks like several rows, if its quotes are taken for letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// No line between the first and the last has as many cells as the header.
    No,
    /// Some of them have.
    SomeLines,
    /// All lines have: nobody can tell the record from rows.
    AllLines,
}

/// How much a record over several lines looks like rows of so many columns.
#[cold]
pub(super) fn likeness_to_rows(record: &[u8], columns: usize, delimiter: u8) -> Likeness {
    let delimiters = |line: &[u8]| line.iter().filter(|byte| **byte == delimiter).count();
    let lines_up = |line: &[u8]| delimiters(line) + 1 == columns;
    let mut lines = record.split(is_line_end).filter(|line| !line.is_empty());
    let (first, last) = (lines.next().unwrap_or_default(), lines.next_back().unwrap_or_default());
    let (mut some, mut all) = (false, lines_up(first) && lines_up(last));
    for line in lines {
        some |= lines_up(line);
        all &= lines_up(line);
    }
    match (some, all) {
        (_, true) => Likeness::AllLines,
        (true, false) => Likeness::SomeLines,
        (false, false) => Likeness::No,
    }
}

/// Where the first line ends, and where the next begins.
pub(super) fn line_end(bytes: &[u8]) -> (usize, usize) {
    let end = bytes.iter().position(is_line_end).unwrap_or(bytes.len());
    let behind = if bytes[end..].starts_with(b"\r\n") { 2 } else { usize::from(end < bytes.len()) };
    (end, end + behind)
}

pub(super) fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The name of what may have been meant to end a line within these bytes, where this is nothing that ends a line of CSV:
/// old Mac and mainframe programs, and those that write paragraphs, end lines so.
pub(super) fn foreign_line_end(bytes: &[u8]) -> Option<&'static str> {
    const ENDS: [(&[u8], &str); 3] =
        [(b"\xe2\x80\xa8", "U+2028"), (b"\xe2\x80\xa9", "U+2029"), (b"\xc2\x85", "U+0085")];
    let is_there = |end: &[u8]| bytes.windows(end.len()).any(|part| part == end);
    ENDS.into_iter().find(|(end, _)| is_there(end)).map(|(_, name)| name)
}

/// Where in a cell a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    CellBegin,
    Open,
    /// Just behind a quote that closed; another one opens again, for it stands for a quote in the text.
    Closed,
    Outside,
}

/// Within or without quotes: where a text ends that begins there. A quote within an unquoted cell is a letter of it, such as
/// the sign for inches.
pub(super) fn quotes(text: &[u8], delimiter: u8, begin: Quotes) -> Quotes {
    text.iter().fold(begin, |state, byte| state.behind(*byte, delimiter))
}

impl Quotes {
    fn behind(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (Self::CellBegin | Self::Closed, b'"') => Self::Open,
            (Self::Open, b'"') => Self::Closed,
            (Self::Open, _) => Self::Open,
            (_, byte) if byte == delimiter || is_line_end(&byte) => Self::CellBegin,
            _ => Self::Outside,
        }
    }
}

/// The delimiter that the first row has most of, outside quotes. Ends of lines in front are no row.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in bytes.iter().skip_while(|byte| is_line_end(byte)) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            byte if is_line_end(byte) && !is_quoted => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(delimiter, _)| delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first: a header without any delimiter is one column.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// What a line `sep=;` in front says, which is an instruction to spreadsheets and no row: the delimiter, if it is one.
pub(crate) fn instruction(bytes: &[u8]) -> Option<Option<u8>> {
    let (line, _) = bytes.split_at_checked(line_end(bytes).0)?;
    let (word, said) = line.split_at_checked(4)?;
    let delimiter = said.split_first().and_then(|(delimiter, rest)| {
        let is_one = matches!(delimiter, b',' | b';' | b'\t' | b'|');
        // Spreadsheets fill the line up with empty cells.
        let is_all = rest.iter().all(|byte| byte == delimiter || byte.is_ascii_whitespace());
        (is_one && is_all).then_some(*delimiter)
    });
    word.eq_ignore_ascii_case(b"sep=").then_some(delimiter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cells of the record that begins here, if it is quoted properly, looked at from its first byte to its last.
    fn cells_of_record(text: &[u8]) -> Option<usize> {
        let mut state = Quotes::CellBegin;
        let mut cells = 1;
        for byte in text {
            let before = state;
            state = before.behind(*byte, b',');
            match (before, state) {
                (Quotes::Closed, Quotes::Outside) => return None,
                (_, Quotes::CellBegin) if *byte == b',' => cells += 1,
                (_, Quotes::CellBegin) => return Some(cells),
                _ => {}
            }
        }
        (state != Quotes::Open).then_some(cells)
    }

    proptest! {
        /// What was seen of one record is remembered for the lines within it, and tells the same.
        #[test]
        fn lines_behind_a_mark_begin_the_records_that_they_begin(
            lines in prop::collection::vec("[#\",a]{0,6}", 1..20)
        ) {
            let text = lines.join("\n").into_bytes();
            let (mut begin, mut open) = (0, OpenRecords::default());
            while begin < text.len() {
                let (end, behind) = line_end(&text[begin..]);
                let (cells, is_open) = cells_of(&text[begin..begin + end], b',');
                if is_open && is_quoted_properly(&text[begin..begin + end], b',') {
                    let found = open.cells_behind(&text, begin + end, b',').map(|behind| cells + behind);
                    prop_assert_eq!(found, cells_of_record(&text[begin..]), "{:?}", String::from_utf8_lossy(&text[begin..]));
                }
                begin += behind;
            }
        }
    }
}
