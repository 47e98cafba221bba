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

    /// Whether the line with which this text begins is one.
    pub(super) fn contain(self, text: &[u8], delimiter: u8) -> bool {
        let Self::NotLinedUp { columns, has_marked_header } = self else { return true };
        let line = &text[..line_end(text).0];
        match cells_of(line, delimiter) {
            Some(cells) => cells != columns,
            // A quote that stays open may be that of a row, or of anything that a comment says.
            None => !has_marked_header && cells_of_record(text, delimiter) != Some(columns),
        }
    }
}

/// How many cells a line has, if no quote in it stays open.
fn cells_of(line: &[u8], delimiter: u8) -> Option<usize> {
    let mut state = Quotes::CellBegin;
    let mut cells = 1;
    for byte in line {
        state = state.behind(*byte, delimiter);
        cells += usize::from(state == Quotes::CellBegin && *byte == delimiter);
    }
    (state != Quotes::Open).then_some(cells)
}

/// How many cells the first record of a text has, which may have several lines, if it is quoted properly. Whoever asks for
/// line after line looks at each byte a few times at most: a quote that is open ends the record or the search.
fn cells_of_record(text: &[u8], delimiter: u8) -> Option<usize> {
    let mut state = Quotes::CellBegin;
    let mut cells = 1;
    for byte in text {
        let before = state;
        state = before.behind(*byte, delimiter);
        match (before, state) {
            (Quotes::Closed, Quotes::Outside) => return None,
            (_, Quotes::CellBegin) if *byte == delimiter => cells += 1,
            (_, Quotes::CellBegin) => return Some(cells),
            _ => {}
        }
    }
    (state != Quotes::Open).then_some(cells)
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

/// Where in a cell a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    CellBegin,
    Open,
    /// Just behind a quote that closed; another one opens again, for it stands for a quote in the text.
    Closed,
    Outside,
}

/// Where a text ends that begins there. A quote inside an unquoted cell is an inch.
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

/// The delimiter that the header row has most of, outside quotes.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in bytes {
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
pub(super) fn instruction(bytes: &[u8]) -> Option<Option<u8>> {
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
