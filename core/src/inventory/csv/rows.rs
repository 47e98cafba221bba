//! The rows of a CSV text, each with its line, whatever its quotes are like.

use std::iter::Peekable;

use csv::{ByteRecord, ByteRecordsIntoIter, ReaderBuilder};

/// One row.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) cells: ByteRecord,
    /// A quote in it is never closed, and would swallow every row below it.
    pub(super) is_unclosed: bool,
}

/// All rows, the header first.
pub(super) struct Rows<'a> {
    text: Text<'a>,
    records: Peekable<ByteRecordsIntoIter<&'a [u8]>>,
    lines: Lines<'a>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut text = Text { bytes, line: 1, delimiter: b',' };
        match bytes.strip_prefix(b"sep=").and_then(<[u8]>::first) {
            // Spreadsheets read this line as an instruction; it is no row.
            Some(delimiter) => {
                text.delimiter = *delimiter;
                text.skip_line();
            }
            None => text.delimiter = delimiter(bytes),
        }
        Self::from(text)
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.text.delimiter
    }
}

impl<'a> From<Text<'a>> for Rows<'a> {
    fn from(text: Text<'a>) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(text.delimiter);
        let records = builder.from_reader(text.bytes).into_byte_records().peekable();
        Self { text, records, lines: Lines { bytes: text.bytes, at: 0, line: text.line } }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, csv::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let cells = match self.records.next()? {
            Ok(cells) => cells,
            Err(error) => return Some(Err(error)),
        };
        let (begin, line) = self.lines.record_at(cells.position().map_or(0, |position| position.byte() as usize));
        if self.records.peek().is_some() || !is_unclosed(&self.text.bytes[begin..], self.text.delimiter) {
            return Some(Ok(Row { line, cells, is_unclosed: false }));
        }
        // Only the last record can be unclosed. Its first line is the broken one; what it swallowed is read again.
        let mut text = Text { bytes: &self.text.bytes[begin..], line, ..self.text };
        let cells = text.skip_line().split(|byte| *byte == self.text.delimiter).collect();
        *self = Self::from(text);
        Some(Ok(Row { line, cells, is_unclosed: true }))
    }
}

/// The part of a file that is not read yet.
#[derive(Clone, Copy)]
struct Text<'a> {
    bytes: &'a [u8],
    /// The line at which it begins.
    line: u64,
    delimiter: u8,
}

impl<'a> Text<'a> {
    /// Takes the first line, without its end.
    fn skip_line(&mut self) -> &'a [u8] {
        let end = self.bytes.iter().position(is_line_end).unwrap_or(self.bytes.len());
        let (line, rest) = self.bytes.split_at(end);
        self.bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        self.line += 1;
        line
    }
}

fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts lines. The `csv` crate leaves the second half of CRLF to the record behind it, and so counts one too few.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// Where the record that the reader found here really begins, behind the ends of lines, and in which line.
    fn record_at(&mut self, begin: usize) -> (usize, u64) {
        let begin = begin + self.bytes[begin..].iter().take_while(|byte| is_line_end(byte)).count();
        let before = &self.bytes[self.at..begin];
        let half_ends = before.windows(2).filter(|pair| pair == b"\r\n").count();
        self.line += (before.iter().filter(|byte| is_line_end(byte)).count() - half_ends) as u64;
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

/// Whether the last record of a file ends inside quotes. A quote inside an unquoted cell is an inch.
fn is_unclosed(record: &[u8], delimiter: u8) -> bool {
    let mut state = Quotes::CellBegin;
    for byte in record {
        state = match (state, byte) {
            (Quotes::CellBegin | Quotes::Closed, b'"') => Quotes::Open,
            (Quotes::Open, b'"') => Quotes::Closed,
            (Quotes::Open, _) => Quotes::Open,
            (_, byte) if *byte == delimiter || is_line_end(byte) => Quotes::CellBegin,
            _ => Quotes::Outside,
        };
    }
    state == Quotes::Open
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
