//! The rows of a CSV text, each with its line, whatever its quotes are like.

use std::io::SeekFrom;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::csv_line::{
    Comments, Likeness, OpenRecords, Quotes, delimiter, instruction, is_line_end, is_quoted_properly, likeness_to_rows,
    line_end, quotes,
};
use super::record_memory::RoomyBytes;
use crate::inventory::InventoryError;
use crate::text::formula;

/// All rows, the header first.
pub(super) struct Rows<B> {
    bytes: B,
    delimiter: u8,
    /// By the file itself.
    is_delimiter_said: bool,
    reader: Reader<RoomyBytes<B>>,
    /// Where the reader began.
    base: usize,
    lines: Lines,
    /// From here on, what begins inside quotes never leaves them: known as soon as one quote is never closed.
    open_from: Option<usize>,
    /// Up to here, what begins inside quotes leaves them where a record ended that was really several rows.
    several_until: usize,
    /// Up to here, nobody can tell whether lines are rows or the text of a cell.
    ambiguous_until: usize,
    /// What open quotes of lines behind `#` make.
    open_records: OpenRecords,
    /// The file is one that crossgrade wrote: what stands between quotes is the text of a cell.
    trusts_quotes: bool,
}

/// Where a row begins.
#[derive(Clone, Copy)]
pub(super) struct Place {
    at: usize,
    line: u64,
}

/// Where a row stands.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) quotes: RowQuotes,
}

/// What the quotes of a row do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowQuotes {
    /// There are none, or they enclose the text of cells.
    Fine,
    /// They enclose the text of a cell, and some lines of that would be rows without them.
    HoldLines,
    /// A quote is never closed, or only in another row, and would swallow rows below it.
    Unclosed,
    /// The line stands in a record that is quoted properly, and each line of that lines up with the header: it is a row, or
    /// the text of a cell.
    Ambiguous,
}

impl<B: AsRef<[u8]> + Clone> Rows<B> {
    /// All rows of a text.
    pub(super) fn new(bytes: B) -> Self {
        let text = bytes.as_ref();
        let Some(said) = instruction(text) else {
            let delimiter = delimiter(text);
            return Self::from(bytes, delimiter, Place { at: 0, line: 1 });
        };
        let place = Place { at: line_end(text).1, line: 2 };
        let delimiter = said.unwrap_or_else(|| delimiter(text.get(place.at..).unwrap_or_default()));
        Self { is_delimiter_said: said.is_some(), ..Self::from(bytes, delimiter, place) }
    }

    fn from(bytes: B, delimiter: u8, place: Place) -> Self {
        let text = RoomyBytes::new(bytes.clone(), place.at, delimiter);
        let mut builder = ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
        let lines = Lines { at: place.at, line: place.line };
        Self {
            bytes,
            delimiter,
            is_delimiter_said: false,
            reader,
            base: place.at,
            lines,
            open_from: None,
            several_until: 0,
            ambiguous_until: 0,
            open_records: OpenRecords::default(),
            trusts_quotes: false,
        }
    }

    /// Whether the text ends with the last row read, without an end of line.
    pub(super) fn ends_the_text(&self) -> bool {
        let bytes = self.bytes.as_ref();
        let end = self.base + self.reader.position().byte() as usize;
        end >= bytes.len() && !bytes.last().is_some_and(is_line_end)
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Whether a line `sep=;` in front says the delimiter.
    pub(super) fn is_delimiter_said(&self) -> bool {
        self.is_delimiter_said
    }

    /// What stands between quotes is the text of a cell, whatever it looks like.
    pub(super) fn trust_quotes(&mut self) {
        self.trusts_quotes = true;
    }

    /// Where the next row begins.
    pub(super) fn place(&mut self) -> Place {
        let begin = self.base + self.reader.position().byte() as usize;
        let (at, line) = self.lines.record_at(self.bytes.as_ref(), begin);
        Place { at, line }
    }

    /// The rows from a place on where a row begins, with the delimiter that this row has most of.
    pub(super) fn again(self, place: Place) -> Self {
        let (delimiter, is_delimiter_said) = match self.is_delimiter_said {
            true => (self.delimiter, true),
            false => (delimiter(self.bytes.as_ref().get(place.at..).unwrap_or_default()), false),
        };
        Self { is_delimiter_said, ..Self::from(self.bytes, delimiter, place) }
    }

    /// The rows that are left, with the delimiter that the next one has most of.
    pub(super) fn with_delimiter_of_next(mut self) -> Self {
        let place = self.place();
        self.again(place)
    }

    /// Whether the next row begins with this byte.
    pub(super) fn begins_with(&mut self, byte: u8) -> bool {
        let begin = self.next_at();
        self.bytes.as_ref().get(begin) == Some(&byte)
    }

    /// Skips the lines that come next as long as they are comments, and tells which they are.
    #[inline]
    pub(super) fn skip_comments(&mut self, comments: Comments, told: impl FnMut(u64)) {
        let begin = self.next_at();
        if self.bytes.as_ref().get(begin) == Some(&b'#') {
            self.skip_marked_lines(begin, comments, told);
        }
    }

    #[cold]
    fn skip_marked_lines(&mut self, mut begin: usize, comments: Comments, mut told: impl FnMut(u64)) {
        let bytes = self.bytes.as_ref();
        let mut behind = None;
        while bytes.get(begin) == Some(&b'#') {
            if !comments.contain(bytes, begin, self.delimiter, &mut self.open_records) {
                break;
            }
            let (_, next) = line_end(&bytes[begin..]);
            let (_, line) = self.lines.record_at(bytes, begin);
            told(line);
            behind = Some(Place { at: begin + next, line: line + 1 });
            begin += next;
            begin += bytes[begin..].iter().take_while(|byte| is_line_end(byte)).count();
        }
        if let Some(place) = behind {
            self.go_on_at(place);
        }
    }

    /// Where the next row begins, behind the ends of lines.
    #[inline]
    fn next_at(&self) -> usize {
        let bytes = self.bytes.as_ref();
        let begin = self.base + self.reader.position().byte() as usize;
        begin + bytes[begin..].iter().take_while(|byte| is_line_end(byte)).count()
    }

    /// Reads the next row into `cells`. A row has so many columns, if that is known: by it, rows are told from the lines of
    /// a cell.
    pub(super) fn next(
        &mut self,
        cells: &mut ByteRecord,
        columns: Option<usize>,
    ) -> Option<Result<Row, InventoryError>> {
        if let Some((begin, quotes)) = self.unclosed_line() {
            return Some(Ok(self.broken_line(begin, cells, quotes)));
        }
        let begin = self.base + self.reader.position().byte() as usize;
        self.reader.get_mut().begin_record(begin);
        match self.reader.read_byte_record(cells) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(self.unreadable(&error))),
        }
        let bytes = self.bytes.as_ref();
        let begin = self.base + cells.position().map_or(0, |position| position.byte() as usize);
        let (begin, line) = self.lines.record_at(bytes, begin);
        let end = self.base + self.reader.position().byte() as usize;
        // Only a record that reaches the end can be unclosed.
        if end == bytes.len() && quotes(&bytes[begin..], self.delimiter, Quotes::CellBegin) == Quotes::Open {
            self.open_from = Some(open_from(bytes, begin, self.delimiter));
            return Some(Ok(self.broken_line(begin, cells, RowQuotes::Unclosed)));
        }
        // Without quotes, there are the cells, what stands between them, and the end of the line.
        let has_quotes = end.saturating_sub(begin) > cells.as_slice().len() + cells.len();
        let mut quotes = RowQuotes::Fine;
        if let Some(columns) = columns.filter(|_| has_quotes && cells.as_slice().iter().any(is_line_end)) {
            let record = &bytes[begin..end];
            // Two of the rows have a quote too many.
            if !is_quoted_properly(record, self.delimiter) {
                self.several_until = end;
                return Some(Ok(self.broken_line(begin, cells, RowQuotes::Unclosed)));
            }
            match likeness_to_rows(record, columns, self.delimiter) {
                Likeness::AllLines if !self.trusts_quotes => {
                    self.ambiguous_until = end;
                    return Some(Ok(self.broken_line(begin, cells, RowQuotes::Ambiguous)));
                }
                Likeness::AllLines | Likeness::SomeLines => quotes = RowQuotes::HoldLines,
                Likeness::No => {}
            }
        }
        unmark(cells);
        Some(Ok(Row { line, quotes }))
    }

    fn unreadable(&self, error: &csv::Error) -> InventoryError {
        if let Some(bytes) = self.reader.get_ref().refused() {
            return InventoryError::Memory { bytes };
        }
        let line = error.position().map_or(1, Position::line);
        InventoryError::Broken { line, message: error.to_string() }
    }

    /// Where the next line begins, if a quote in it is not closed where it should, and that is known without reading on to
    /// where it is.
    #[inline]
    fn unclosed_line(&self) -> Option<(usize, RowQuotes)> {
        if self.open_from.is_none() && self.several_until == 0 && self.ambiguous_until == 0 {
            return None;
        }
        let begin = self.next_at();
        if begin < self.ambiguous_until {
            return Some((begin, RowQuotes::Ambiguous));
        }
        self.is_known_as_unclosed(begin).then_some((begin, RowQuotes::Unclosed))
    }

    #[cold]
    fn is_known_as_unclosed(&self, begin: usize) -> bool {
        let bytes = self.bytes.as_ref();
        let (end, _) = line_end(&bytes[begin..]);
        let is_open = || quotes(&bytes[begin..begin + end], self.delimiter, Quotes::CellBegin) == Quotes::Open;
        let is_open_to_the_end = self.open_from.is_some_and(|open_from| begin + end + 1 >= open_from);
        (is_open_to_the_end || begin < self.several_until) && is_open()
    }

    /// The line is the broken row; what its quote would swallow is read as usual.
    fn broken_line(&mut self, begin: usize, cells: &mut ByteRecord, quotes: RowQuotes) -> Row {
        let bytes = self.bytes.as_ref();
        let (begin, line) = self.lines.record_at(bytes, begin);
        let (end, next) = line_end(&bytes[begin..]);
        *cells = bytes[begin..begin + end].split(|byte| *byte == self.delimiter).collect();
        self.go_on_at(Place { at: begin + next, line: line + 1 });
        unmark(cells);
        Row { line, quotes }
    }

    /// Reads on from a place, with the same reader: to make one takes longer than to read many rows.
    fn go_on_at(&mut self, Place { at, line }: Place) {
        let mut position = Position::new();
        position.set_byte((at - self.base) as u64);
        // A cursor goes anywhere.
        if self.reader.seek_raw(SeekFrom::Start(at as u64), position).is_ok() {
            self.lines = Lines { at, line };
        }
    }
}

/// Takes off the marks that keep spreadsheets from running cells as formulas.
#[inline]
fn unmark(cells: &mut ByteRecord) {
    if cells.as_slice().contains(&b'\'') {
        *cells = cells.iter().map(formula::unmarked).collect();
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
        let (feeds, returns) = line_ends(before);
        let half_ends = if returns == 0 { 0 } else { before.windows(2).filter(|pair| pair == b"\r\n").count() };
        self.line += (feeds + returns - half_ends) as u64;
        self.at = begin;
        (begin, self.line)
    }
}

/// How many line feeds and carriage returns there are. Bytes are counted in bytes, as many at once as the processor can.
fn line_ends(bytes: &[u8]) -> (usize, usize) {
    let of_chunk = |chunk: &[u8]| {
        let count = |(feeds, returns): (u8, u8), byte: &u8| {
            (feeds + u8::from(*byte == b'\n'), returns + u8::from(*byte == b'\r'))
        };
        chunk.iter().fold((0, 0), count)
    };
    let sum = |(feeds, returns): (usize, usize), (more_feeds, more_returns): (u8, u8)| {
        (feeds + usize::from(more_feeds), returns + usize::from(more_returns))
    };
    bytes.chunks(usize::from(u8::MAX)).map(of_chunk).fold((0, 0), sum)
}
