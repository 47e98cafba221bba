//! The rows of a CSV text, each with its line, whatever its quotes are like.

use std::io::Cursor;

use csv::{ByteRecord, Reader, ReaderBuilder};

/// All rows, the header first.
pub(super) struct Rows<B> {
    bytes: B,
    delimiter: u8,
    reader: Reader<Cursor<B>>,
    /// Where the reader began.
    base: usize,
    lines: Lines,
    /// From here on, what begins inside quotes never leaves them: known as soon as one quote is never closed.
    open_from: Option<usize>,
}

/// Where a row stands.
pub(super) struct Row {
    pub(super) line: u64,
    /// A quote in it is never closed, and would swallow every row below it.
    pub(super) is_unclosed: bool,
}

impl<B: AsRef<[u8]> + Clone> Rows<B> {
    /// The rows from this place on.
    pub(super) fn new(bytes: B, begin: usize) -> Self {
        let text = bytes.as_ref().get(begin..).unwrap_or_default();
        match text.strip_prefix(b"sep=").and_then(<[u8]>::first) {
            // Spreadsheets read this line as an instruction; it is no row.
            Some(delimiter) => {
                let (delimiter, begin) = (*delimiter, begin + line_end(text).1);
                Self::from(bytes, delimiter, begin, 2)
            }
            None => {
                let delimiter = delimiter(text);
                Self::from(bytes, delimiter, begin, 1)
            }
        }
    }

    fn from(bytes: B, delimiter: u8, begin: usize, line: u64) -> Self {
        let mut cursor = Cursor::new(bytes.clone());
        cursor.set_position(begin as u64);
        let mut builder = ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(cursor);
        Self { bytes, delimiter, reader, base: begin, lines: Lines { at: begin, line }, open_from: None }
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Reads the next row into `cells`.
    pub(super) fn next(&mut self, cells: &mut ByteRecord) -> Option<Result<Row, csv::Error>> {
        if let Some(begin) = self.unclosed_line() {
            return Some(Ok(self.broken_line(begin, cells)));
        }
        match self.reader.read_byte_record(cells) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(error)),
        }
        let bytes = self.bytes.as_ref();
        let begin = self.base + cells.position().map_or(0, |position| position.byte() as usize);
        let (begin, line) = self.lines.record_at(bytes, begin);
        // Only a record that reaches the end can be unclosed.
        let reaches_end = self.base + self.reader.position().byte() as usize == bytes.len();
        if !reaches_end || quotes(&bytes[begin..], self.delimiter, Quotes::CellBegin) != Quotes::Open {
            return Some(Ok(Row { line, is_unclosed: false }));
        }
        self.open_from = Some(open_from(bytes, begin, self.delimiter));
        Some(Ok(self.broken_line(begin, cells)))
    }

    /// Where the next line begins, if a quote in it is never closed and that is known without reading to the end again.
    fn unclosed_line(&self) -> Option<usize> {
        let (open_from, bytes) = (self.open_from?, self.bytes.as_ref());
        let begin = self.base + self.reader.position().byte() as usize;
        let begin = begin + bytes[begin..].iter().take_while(|byte| is_line_end(byte)).count();
        let (end, _) = line_end(&bytes[begin..]);
        let is_open = quotes(&bytes[begin..begin + end], self.delimiter, Quotes::CellBegin) == Quotes::Open;
        (is_open && begin + end + 1 >= open_from).then_some(begin)
    }

    /// The line is the broken row; what its quote would swallow is read as usual.
    fn broken_line(&mut self, begin: usize, cells: &mut ByteRecord) -> Row {
        let bytes = self.bytes.as_ref();
        let (begin, line) = self.lines.record_at(bytes, begin);
        let (end, next) = line_end(&bytes[begin..]);
        *cells = bytes[begin..begin + end].split(|byte| *byte == self.delimiter).collect();
        let open_from = self.open_from;
        *self = Self { open_from, ..Self::from(self.bytes.clone(), self.delimiter, begin + next, line + 1) };
        Row { line, is_unclosed: true }
    }
}

/// Where the lines begin that all stay inside quotes once they begin there; not before `begin`.
fn open_from(bytes: &[u8], begin: usize, delimiter: u8) -> usize {
    let mut end = bytes.len();
    while let Some(line) = bytes[begin..end].iter().rposition(is_line_end).map(|before| begin + before + 1) {
        if quotes(&bytes[line..end], delimiter, Quotes::Open) != Quotes::Open {
            break;
        }
        end = line - 1;
    }
    end + 1
}

/// Where the first line ends, and where the next begins.
fn line_end(bytes: &[u8]) -> (usize, usize) {
    let end = bytes.iter().position(is_line_end).unwrap_or(bytes.len());
    let behind = if bytes[end..].starts_with(b"\r\n") { 2 } else { usize::from(end < bytes.len()) };
    (end, end + behind)
}

fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts lines. The `csv` crate leaves the second half of CRLF to the record behind it, and so counts one too few.
struct Lines {
    at: usize,
    line: u64,
}

impl Lines {
    /// Where the record that the reader found here really begins, behind the ends of lines, and in which line.
    fn record_at(&mut self, bytes: &[u8], begin: usize) -> (usize, u64) {
        let begin = begin + bytes[begin..].iter().take_while(|byte| is_line_end(byte)).count();
        let before = &bytes[self.at..begin];
        let count = |wanted: u8| before.iter().filter(|byte| **byte == wanted).count();
        let (feeds, returns) = (count(b'\n'), count(b'\r'));
        let half_ends = if returns == 0 { 0 } else { before.windows(2).filter(|pair| pair == b"\r\n").count() };
        self.line += (feeds + returns - half_ends) as u64;
        self.at = begin;
        (begin, self.line)
    }
}

/// Where in a cell a byte stands.
#[derive(PartialEq, Eq)]
enum Quotes {
    CellBegin,
    Open,
    /// Just behind a quote that closed; another one opens again, for it stands for a quote in the text.
    Closed,
    Outside,
}

/// Where a text ends that begins there. A quote inside an unquoted cell is an inch.
fn quotes(text: &[u8], delimiter: u8, begin: Quotes) -> Quotes {
    let mut state = begin;
    for byte in text {
        state = match (state, byte) {
            (Quotes::CellBegin | Quotes::Closed, b'"') => Quotes::Open,
            (Quotes::Open, b'"') => Quotes::Closed,
            (Quotes::Open, _) => Quotes::Open,
            (_, byte) if *byte == delimiter || is_line_end(byte) => Quotes::CellBegin,
            _ => Quotes::Outside,
        };
    }
    state
}

/// The delimiter that the header row has most of, outside quotes.
fn delimiter(bytes: &[u8]) -> u8 {
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
