//! CSV as auditors keep it.
//!
//! UTF-8 with or without byte order mark; `,` `;` or tab, whichever the header row has most of; quotes as usual. The
//! first row is the header. Columns are found by their names: see [`ColumnReport`].

use std::fmt;

use csv::{ByteRecord, ReaderBuilder};

use super::{ColumnReport, InventoryError, InventoryField};
use crate::firmware::LoadName;
use crate::fleet::Fleet;
use crate::phone::{Evidence, Phone};

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
    let has_byte_order_mark = bytes.starts_with(BYTE_ORDER_MARK);
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let delimiter = delimiter(bytes);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut records = reader.byte_records();
    let header = match records.next() {
        None => return Err(InventoryError::Empty),
        Some(record) => record.map_err(|error| broken(&error))?,
    };
    let headers = header.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let columns = ColumnReport::new(headers)?;
    let mut inventory = CsvInventory {
        fleet: Fleet::default(),
        columns,
        broken: Vec::new(),
        delimiter,
        has_byte_order_mark,
        records: Vec::new(),
    };
    for record in records {
        inventory.push(record.map_err(|error| broken(&error))?);
    }
    Ok(inventory)
}

/// The delimiter that the header row has most of, outside quotes.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in bytes {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
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
    fn push(&mut self, record: ByteRecord) {
        let line = record.position().map_or(0, csv::Position::line);
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
            cells.into_iter().find(|cell| !cell.trim_ascii().is_empty())
        };
        let phone = Phone::new(cell(InventoryField::Pid))
            .vid(cell(InventoryField::Vid))
            .mac(cell(InventoryField::Mac))
            .serial(cell(InventoryField::Serial))
            .firmware_type(cell(InventoryField::FirmwareType))
            .authorization(cell(InventoryField::Authorization));
        let load = cell(InventoryField::Load);
        let firmware = cell(InventoryField::Firmware);
        // A column called Firmware holds releases in one inventory and load names in the next.
        let phone = match (load, firmware.map(Evidence::<LoadName>::read)) {
            (None, Some(Evidence::Known(load))) => phone.load(load),
            // Two loads: what the second says joins what the first says, and may contradict it.
            (load, Some(Evidence::Known(second))) => {
                let phone = match cell(InventoryField::FirmwareType) {
                    None => phone.firmware_type(second.firmware_type()),
                    Some(_) => phone,
                };
                match second.release() {
                    Some(release) => phone.load(load).release(release),
                    None => phone.load(load),
                }
            }
            (load, _) => phone.load(load).release(firmware),
        };
        phone.into_owned()
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
