//! CSV as auditors keep it.
//!
//! UTF-8 with or without byte order mark; `,` `;` or tab, whichever the header row has most of, or what a line `sep=;` in
//! front says; quotes as usual. The first row is the header. Columns are found by their names: see [`ColumnReport`].

mod rows;

use std::fmt;

use csv::ByteRecord;
use rows::{Row, Rows};

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
    let mut rows = Rows::new(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes));
    let delimiter = rows.delimiter();
    let header = match rows.next() {
        None => return Err(InventoryError::Empty),
        Some(row) => row.map_err(|error| broken(&error))?.cells,
    };
    let headers = header.iter().map(|cell| trim(&String::from_utf8_lossy(cell)).to_owned()).collect();
    let mut inventory = CsvInventory {
        fleet: Fleet::default(),
        columns: ColumnReport::new(headers)?,
        broken: Vec::new(),
        delimiter,
        has_byte_order_mark,
        records: Vec::new(),
    };
    for row in rows {
        inventory.push(row.map_err(|error| broken(&error))?);
    }
    Ok(inventory)
}

fn broken(error: &csv::Error) -> InventoryError {
    let line = error.position().map_or(1, csv::Position::line);
    InventoryError::Broken { line, message: error.to_string() }
}

impl CsvInventory {
    fn push(&mut self, Row { line, cells, is_unclosed }: Row) {
        let (found, expected) = (cells.len(), self.columns.headers().len());
        let problem = if is_unclosed {
            Some(RowProblem::UnclosedQuote)
        } else if found != expected {
            Some(RowProblem::ColumnCount { found, expected })
        } else if cells.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
            Some(RowProblem::NotUtf8)
        } else {
            None
        };
        let broken = problem.map(|problem| BrokenRow { line, problem });
        let phone = match &broken {
            None | Some(BrokenRow { problem: RowProblem::NotUtf8, .. }) => self.phone(&cells),
            // None of the cells can be trusted, so all of them are the text that nobody can read.
            Some(broken) => {
                let texts: Vec<_> = cells.iter().map(String::from_utf8_lossy).collect();
                Phone::new(format!("{broken}: {}", texts.join(&char::from(self.delimiter).to_string())))
            }
        };
        self.broken.extend(broken);
        self.fleet.push(line, phone);
        self.records.push(cells);
    }

    /// The cells of a field that say anything, best column first.
    fn cells<'a>(&'a self, record: &'a ByteRecord, field: InventoryField) -> impl Iterator<Item = &'a [u8]> {
        let cells = self.columns.columns(field).iter().filter_map(|column| record.get(*column));
        cells.filter(|cell| !std::str::from_utf8(cell).is_ok_and(|text| trim(text).is_empty()))
    }

    fn phone(&self, record: &ByteRecord) -> Phone<'static> {
        let cell = |field| self.cells(record, field).next();
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
        let mut cells = self.cells(record, InventoryField::Pid);
        let Some(first) = cells.next() else { return Phone::default() };
        let model = |cell: &[u8]| Some(Product::read(cell).ok()?.model());
        let is_other = |cell: &&[u8]| matches!((model(first), model(cell)), (Some(one), Some(two)) if one != two);
        match cells.find(is_other) {
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
