//! CSV as auditors keep it.
//!
//! UTF-8 with or without byte order mark; `,` `;` or tab, whichever the header row has most of, or what a line `sep=;` in
//! front says; quotes as usual. The first row is the header. Columns are found by their names: see [`ColumnReport`].

use std::fmt;

use csv::{ByteRecord, ReaderBuilder};

use super::{ColumnReport, InventoryError, InventoryField};
use crate::firmware::LoadName;
use crate::fleet::Fleet;
use crate::phone::{Evidence, Phone, Product};
use crate::text::{FieldText, trim};

/// A fleet that was read from CSV, with the rows that it was read from.
///
/// # Example
/// ```
/// use crossgrade::inventory::{InventoryField, csv};
///
/// let file = "Device Name;Model;VID\nSEP00CCFC123456;Cisco 8841;V05\nSEP00CCFC123457;Cisco 7821;V01;stray\n";
/// let inventory = csv::read(file.as_bytes())?;
/// assert_eq!(inventory.fleet().rows().len(), 2);
/// assert_eq!(inventory.columns().read_from(InventoryField::Pid).collect::<Vec<_>>(), ["Model"]);
/// assert_eq!(inventory.broken_rows()[0].to_string(), "line 3: 4 columns where the header has 3");
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvInventory {
    fleet: Fleet,
    columns: ColumnReport,
    broken: Vec<BrokenRow>,
    delimiter: u8,
    has_byte_order_mark: bool,
    records: Vec<ByteRecord>,
}

/// A row that is kept, though something is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenRow {
    /// Where it begins.
    pub line: u64,
    /// What is wrong.
    pub problem: RowProblem,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowProblem {
    /// Its cells do not line up with the header: nothing in it can be trusted.
    ColumnCount {
        /// How many cells it has.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// A quote is opened and never closed: nothing in the line can be trusted. The lines below it are read as usual.
    UnclosedQuote,
    /// Some cell holds bytes that are not UTF-8; the other cells are read.
    NotUtf8,
}

impl fmt::Display for BrokenRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match self.problem {
            RowProblem::ColumnCount { found, expected } => {
                write!(f, "{found} columns where the header has {expected}")
            }
            RowProblem::UnclosedQuote => write!(f, "a quote that is never closed"),
            RowProblem::NotUtf8 => write!(f, "bytes that are not UTF-8"),
        }
    }
}

pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a whole file.
///
/// # Errors
/// Only if there is no header row, or none of its columns is known, or two could be the same field. A broken row is a
/// phone with unreadable evidence, and in [`CsvInventory::broken_rows`].
pub fn read(bytes: &[u8]) -> Result<CsvInventory, InventoryError> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(InventoryError::Utf16);
    }
    let has_byte_order_mark = bytes.starts_with(BYTE_ORDER_MARK);
    let mut text = Text { bytes: bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes), line: 1, delimiter: b',' };
    text.delimiter = match text.bytes.strip_prefix(b"sep=").and_then(<[u8]>::first) {
        // Spreadsheets read this line as an instruction; it is no row.
        Some(delimiter) => {
            let delimiter = *delimiter;
            text.skip_line();
            delimiter
        }
        None => delimiter(text.bytes),
    };
    let header = match text.records().next() {
        None => return Err(InventoryError::Empty),
        Some(record) => record.map_err(|error| broken(&error))?,
    };
    let headers = header.iter().map(|cell| trim(&String::from_utf8_lossy(cell)).to_owned()).collect();
    let mut inventory = CsvInventory {
        fleet: Fleet::default(),
        columns: ColumnReport::new(headers)?,
        broken: Vec::new(),
        delimiter: text.delimiter,
        has_byte_order_mark,
        records: Vec::new(),
    };
    let mut is_header = true;
    'text: loop {
        let rest = text.bytes;
        let mut lines = Lines { bytes: rest, at: 0, line: text.line };
        let mut records = text.records().peekable();
        while let Some(record) = records.next() {
            let record = record.map_err(|error| broken(&error))?;
            let (begin, line) = lines.record_at(record.position().map_or(0, |position| position.byte() as usize));
            // A quote that is never closed swallows every phone that follows.
            if records.peek().is_none() && is_unclosed(&rest[begin..], text.delimiter) {
                text = Text { bytes: &rest[begin..], line, ..text };
                let swallowing = text.skip_line();
                if !is_header {
                    inventory.push_unclosed(swallowing, line);
                }
                is_header = false;
                continue 'text;
            }
            if !is_header {
                inventory.push(record, line);
            }
            is_header = false;
        }
        return Ok(inventory);
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
    fn records(self) -> csv::ByteRecordsIntoIter<&'a [u8]> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.delimiter);
        builder.from_reader(self.bytes).into_byte_records()
    }

    /// Takes the first line, without its end.
    fn skip_line(&mut self) -> &'a [u8] {
        let end = self.bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(self.bytes.len());
        let (line, rest) = self.bytes.split_at(end);
        self.bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        self.line += 1;
        line
    }
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
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let begin = begin + self.bytes[begin..].iter().take_while(|byte| is_end(byte)).count();
        let before = &self.bytes[self.at..begin];
        let half_ends = before.windows(2).filter(|pair| pair == b"\r\n").count();
        self.line += (before.iter().filter(|byte| is_end(byte)).count() - half_ends) as u64;
        self.at = begin;
        (begin, self.line)
    }
}

/// Whether the last record of a file ends inside quotes. A quote inside an unquoted cell is an inch.
fn is_unclosed(record: &[u8], delimiter: u8) -> bool {
    let mut state = Quotes::CellBegin;
    for byte in record {
        state = match (state, byte) {
            (Quotes::CellBegin | Quotes::Closed, b'"') => Quotes::Open,
            (Quotes::Open, b'"') => Quotes::Closed,
            (Quotes::Open, _) => Quotes::Open,
            (_, byte) if *byte == delimiter || matches!(byte, b'\n' | b'\r') => Quotes::CellBegin,
            _ => Quotes::Outside,
        };
    }
    state == Quotes::Open
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

/// The delimiter that the header row has most of, outside quotes.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in bytes {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(delimiter, _)| delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first: a header without any delimiter is one column.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

fn broken(error: &csv::Error) -> InventoryError {
    let line = error.position().map_or(1, csv::Position::line);
    InventoryError::Broken { line, message: error.to_string() }
}

impl CsvInventory {
    /// A line with a quote that is never closed: none of its cells can be trusted.
    fn push_unclosed(&mut self, text: &[u8], line: u64) {
        let row = BrokenRow { line, problem: RowProblem::UnclosedQuote };
        self.fleet.push(line, Phone::new(format!("{row}: {}", String::from_utf8_lossy(text))));
        self.broken.push(row);
        self.records.push(text.split(|byte| *byte == self.delimiter).collect());
    }

    fn push(&mut self, record: ByteRecord, line: u64) {
        let (found, expected) = (record.len(), self.columns.headers().len());
        let phone = if found == expected {
            if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
                self.broken.push(BrokenRow { line, problem: RowProblem::NotUtf8 });
            }
            self.phone(&record)
        } else {
            let row = BrokenRow { line, problem: RowProblem::ColumnCount { found, expected } };
            let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
            let text = format!("{row}: {}", cells.join(&char::from(self.delimiter).to_string()));
            self.broken.push(row);
            Phone::new(text)
        };
        self.fleet.push(line, phone);
        self.records.push(record);
    }

    fn phone(&self, record: &ByteRecord) -> Phone<'static> {
        // The first column of the field whose cell says anything.
        let cell = |field| {
            let cells = self.columns.columns(field).iter().filter_map(|column| record.get(*column));
            cells.into_iter().find(|cell| !is_blank(cell))
        };
        let phone = self
            .product(record)
            .vid(cell(InventoryField::Vid))
            .mac(cell(InventoryField::Mac))
            .serial(cell(InventoryField::Serial))
            .firmware_type(cell(InventoryField::FirmwareType))
            .authorization(cell(InventoryField::Authorization));
        what_runs(phone, cell(InventoryField::Load), cell(InventoryField::Firmware)).into_owned()
    }

    /// The phone that the product columns name. Two that name different models name none: nobody knows which is right.
    fn product(&self, record: &ByteRecord) -> Phone<'static> {
        let cells = self.columns.columns(InventoryField::Pid).iter().filter_map(|column| record.get(*column));
        let mut cells = cells.filter(|cell| !is_blank(cell));
        let Some(first) = cells.next() else { return Phone::default() };
        let model = |cell| Evidence::<Product>::read(cell).known().map(|product| product.model());
        let other =
            cells.find(|cell| model(cell).is_some_and(|other| model(first).is_some_and(|model| model != other)));
        match other {
            Some(other) => {
                Phone::new(format!("{} and {}", String::from_utf8_lossy(first), String::from_utf8_lossy(other)))
            }
            None => Phone::new(first).into_owned(),
        }
    }

    /// The phones.
    pub fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// Which column was read as what.
    pub fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    /// Rows with something wrong, in order. They are in the fleet too.
    pub fn broken_rows(&self) -> &[BrokenRow] {
        &self.broken
    }

    /// The cells that the phones were read from, in order.
    pub(crate) fn records(&self) -> &[ByteRecord] {
        &self.records
    }

    /// Whether the file began with a byte order mark.
    pub fn has_byte_order_mark(&self) -> bool {
        self.has_byte_order_mark
    }

    /// The delimiter of the file.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }
}

/// Whether a cell says nothing.
fn is_blank(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|text| trim(text).is_empty())
}

/// The load and release of a row. A column called Firmware holds releases in one inventory and load names in the next.
fn what_runs<'a>(phone: Phone<'a>, load: Option<&'a [u8]>, firmware: Option<&'a [u8]>) -> Phone<'a> {
    let (Some(Ok(second)), Some(text)) = (firmware.map(LoadName::read), firmware) else {
        return phone.load(load).release(firmware);
    };
    match load.map(LoadName::read) {
        Some(Ok(first)) if first == second => phone.load(first),
        // Two loads for the same phones: what the second says joins what the first says, and may contradict it.
        Some(Ok(first)) if first.family() == second.family() && phone.firmware_type_evidence() == &Evidence::Absent => {
            let phone = phone.load(first).firmware_type(second.firmware_type());
            match second.release() {
                Some(release) => phone.release(release),
                None => phone,
            }
        }
        // Two loads that cannot both be of this phone: nobody knows which.
        Some(Ok(first)) => phone.load(format!("{first} and {}", String::from_utf8_lossy(text))),
        Some(Err(_)) | None => phone.load(second),
    }
}

/// What was read, for people: rows, columns, broken rows.
impl fmt::Display for CsvInventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let delimiter = match self.delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            _ => "comma",
        };
        writeln!(f, "{} phones, {delimiter} separated", self.fleet.rows().len())?;
        write!(f, "\n{}", self.columns)?;
        if !self.broken.is_empty() {
            writeln!(f, "\n  Broken rows, kept")?;
            self.broken.iter().try_for_each(|row| writeln!(f, "    {row}"))?;
        }
        Ok(())
    }
}
