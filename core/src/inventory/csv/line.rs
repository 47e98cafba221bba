//! What a line of CSV is: where it ends, where its quotes stand, and whether it is a comment.

use crate::inventory::ColumnReport;

/// Which of the lines behind `#` are comments.
#[derive(Clone, Copy)]
pub(super) enum Comments {
    /// All of them.
    All,
    /// Those that do not line up with so many columns, of which the first may be called `#`.
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

    pub(super) fn contains(self, line: &[u8], delimiter: u8) -> bool {
        let Self::NotLinedUp { columns, has_marked_header } = self else { return true };
        match cells_of(line, delimiter) {
            Some(cells) => cells != columns,
            // A quote that stays open may be that of a row, or of anything that a comment says.
            None => !has_marked_header,
        }
    }
}

/// How many cells a line has, if no quote in it stays open.
fn cells_of(line: &[u8], delimiter: u8) -> Option<usize> {
    match cells_and_swallowed(line, delimiter) {
        (cells, None) => Some(cells),
        (_, Some(_)) => None,
    }
}

/// How many cells a line has, and how many more behind a quote that stays open, if it had none.
fn cells_and_swallowed(line: &[u8], delimiter: u8) -> (usize, Option<usize>) {
    let mut state = Quotes::CellBegin;
    let (mut cells, mut swallowed) = (1, 0);
    for byte in line {
        state = state.behind(*byte, delimiter);
        match state {
            Quotes::Open => swallowed += usize::from(*byte == delimiter),
            Quotes::Closed => {}
            Quotes::CellBegin | Quotes::Outside => {
                cells += usize::from(*byte == delimiter);
                swallowed = 0;
            }
        }
    }
    (cells, (state == Quotes::Open).then_some(swallowed))
}

/// Whether a record over several lines, with as many cells as the header, is several rows nevertheless: a quote that nobody
/// meant opens in one and closes in another. A cell with several lines closes where its cell ends, and its lines do not line
/// up with the header as rows do.
#[cold]
pub(super) fn is_several_rows(record: &[u8], columns: usize, delimiter: u8) -> bool {
    let mut state = Quotes::CellBegin;
    let mut closes_within_a_cell = || {
        record.iter().any(|byte| {
            let before = state;
            state = before.behind(*byte, delimiter);
            (before, state) == (Quotes::Closed, Quotes::Outside)
        })
    };
    let lines_up = |line: &&[u8]| cells_of(line, delimiter) == Some(columns);
    let mut lines = record.split(is_line_end).filter(|line| !line.is_empty());
    let (first, last) = (lines.next().unwrap_or_default(), lines.next_back().unwrap_or_default());
    let (cells, swallowed) = cells_and_swallowed(first, delimiter);
    let are_both_rows = || cells + swallowed.unwrap_or(0) == columns && lines_up(&last);
    closes_within_a_cell() || lines.any(|line| lines_up(&line)) || are_both_rows()
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
