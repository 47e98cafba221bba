//! CSV as auditors keep it.
//!
//! UTF-8 with or without byte order mark; `,` `;` or tab, whichever the header row has most of, or what a line `sep=;` in
//! front says; quotes as usual. The first row is the header. Columns are found by their names: see [`ColumnReport`].

mod rows;
mod table;

use std::fmt;

use csv::ByteRecord;

pub(crate) use table::{BYTE_ORDER_MARK, Table, TableRow};

use super::{BrokenRow, ChosenColumn, ColumnReport, Document, Inventory, InventoryError};
use crate::fleet::{Fleet, FleetRow, SourceKind};

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

/// Reads a whole file.
///
/// # Errors
/// Only if there is no header row, or none of its columns is known, or two could be the same field. A broken row is a
/// phone with unreadable evidence, and in [`CsvInventory::broken_rows`].
pub fn read(bytes: &[u8]) -> Result<CsvInventory, InventoryError> {
    read_with(bytes, &[])
}

/// The same; these fields are read from the columns that the caller names, whatever the columns are called.
///
/// # Errors
/// As [`read`]; also if there is no such column.
///
/// # Example
/// ```
/// use crossgrade::inventory::{ChosenColumn, InventoryField, csv};
///
/// let file = "Artikel,Seriennummer\nCP-7821-K9=,FCH20100312\n";
/// let columns = [
///     ChosenColumn::new(InventoryField::Pid, "Artikel"),
///     ChosenColumn::new(InventoryField::Serial, "Seriennummer"),
/// ];
/// let inventory = csv::read_with(file.as_bytes(), &columns)?;
/// assert_eq!(inventory.fleet().rows()[0].phone().product_text(), Some("CP-7821-K9="));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read_with(bytes: &[u8], columns: &[ChosenColumn]) -> Result<CsvInventory, InventoryError> {
    let mut table = Table::open(bytes, columns)?;
    let (mut fleet, mut broken, mut records) = (Fleet::default(), Vec::new(), Vec::new());
    while let Some(row) = table.next() {
        let row = row?;
        fleet.push(row.line, row.phone().into_owned());
        records.push(row.cells.clone());
        broken.extend(row.broken);
    }
    let (delimiter, has_byte_order_mark) = (table.delimiter(), table.has_byte_order_mark());
    Ok(CsvInventory { fleet, columns: table.into_columns(), broken, delimiter, has_byte_order_mark, records })
}

/// The same as [`read_with`], for a fleet of several sources: the cells that say nothing of a phone are not kept.
///
/// # Errors
/// As [`read_with`].
pub fn read_document(document: &Document<'_>, columns: &[ChosenColumn]) -> Result<Inventory, InventoryError> {
    let mut table = Table::open(document.bytes(), columns)?;
    let mut inventory = Inventory::begin(SourceKind::Csv, document);
    while let Some(row) = table.next() {
        let row = row?;
        inventory.push(FleetRow::new(row.line, row.phone().into_owned()), row.broken);
    }
    inventory.columns = Some(table.into_columns());
    Ok(inventory)
}

impl CsvInventory {
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

    /// The rows that the phones were read from, in order.
    pub(crate) fn table_rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        let mut broken = self.broken.iter().peekable();
        self.fleet.rows().iter().zip(&self.records).map(move |(row, cells)| TableRow {
            line: row.line(),
            cells,
            broken: broken.next_if(|broken| broken.line == row.line()).cloned(),
            columns: &self.columns,
            delimiter: self.delimiter,
        })
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
