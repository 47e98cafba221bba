//! CSV as auditors keep it.
//!
//! UTF-8, UTF-16 with a byte order mark or without, and otherwise Windows-1252: see [`Encoding`]. `,` `;` or tab, whichever the header
//! row has most of, or one of these or `|` that a line `sep=;` in front says; quotes as usual. Columns are found by their names:
//! see [`InventoryField`](super::InventoryField).
//!
//! A row may have cells of several lines: what stands between quotes that open and close a cell is its text. Where a stray
//! quote would make one row of several, its line is a broken row, and the others are read. Where each line of such a record
//! lines up with the header, nobody can tell the two apart: every line is a broken row
//! ([`RowProblem::RowOrText`](super::RowProblem::RowOrText)). An apostrophe before what a spreadsheet would run as a formula is
//! the mark of [`exports`](crate::exports) and no part of the cell. A file with the columns of a fleet
//! ([`FleetColumn`](crate::fleet::FleetColumn)) is read as it was written, each cell as its own field.
//!
//! The header is one of the first 20 records: the first that names a field and another column that tables of phones have; or one
//! that names a field alone, if one of the 20 records below reads as that. A word in a text is no header. The records above it are no
//! phones, and notes tell them. If no row says a product, the first note tells that. A line behind `#` is the header
//! if no other record is: a record below it that says a MAC address, a product,
//! a VID or a load is a row, and so are all behind that, whatever names they say. Lines that begin with `#` and begin no row that
//! lines up with the header are told too, and so are lines in which no cell says anything, and the header again. Everything else is a
//! phone. Without a header, a file of MAC addresses or device names is read as such.
//!
//! Beside a status that says that a phone is gone, such as `UnRegistered`, `Nicht registriert` or `offline`, a load is what the
//! phone was last seen with: it is no evidence of what runs, the status of the label keeps it, and a note counts the
//! phones. So does `No` or `False` below `Registered` or `Online`. Words of twelve languages more are known
//! (`core/data/registration.toml`). `Rejected`, `Unknown` and `None` say so where the table has a column of loads or one named after
//! registration; `Active`, `In stock` and other words never do. In a table with three columns that only RisPort has, every
//! word but `Registered` and `PartiallyRegistered` says so, and `Registered` is evidence that Enterprise firmware runs; in
//! others it is none, for other call controls register phones too.
//!
//! Tables and lists in other shapes are read too (feature `xml`): those of HTML pages, also where a tool saved one as `.xls`; the XML of
//! Excel 2003 and the flat one of LibreOffice; and XML in which each phone is an element. Their rows are counted as lines. So are
//! lists of nothing but names or MAC addresses, with marks or several on a line; lines that hold none are told.
//!
//! ```
//! # #[cfg(feature = "xml")] {
//! use crossgrade::inventory::csv;
//!
//! let page = "<table><tr><th>Device Name</th><th>Model</th></tr><tr><td>SEP00CCFC000041</td><td>Cisco 8841</td></tr></table>";
//! let inventory = csv::read(page.as_bytes())?;
//! assert_eq!(inventory.fleet().rows()[0].phone().product_text(), Some("Cisco 8841"));
//! # }
//! # Ok::<(), crossgrade::inventory::InventoryError>(())
//! ```
//!
//! Tables without delimiters are read too: those with a ruler below their header, as `run sql` of Unified CM, `psql`, `mysql`,
//! Markdown and `Format-Table` draw them, and blocks of names and values, as `Format-List` writes them for each device, or without
//! anything between them.
//! Prompts and what was typed, rulers and counts are no rows, and `NULL` says nothing. Each row has the number of its line, a block
//! the number of its last line. What switches list of their neighbors and ports is refused, and so are other
//! texts that are no inventory, by what they are.
//!
//! ```
//! use crossgrade::inventory::csv;
//!
//! let text = "admin:run sql select name, description from device\n\
//!             name            description\n=============== ===========\nSEP00CCFC000041 Lab two\n";
//! let inventory = csv::read(text.as_bytes())?;
//! assert_eq!(inventory.fleet().rows().len(), 1);
//! # Ok::<(), crossgrade::inventory::InventoryError>(())
//! ```
//!
//! Lines end with LF, CR LF or CR. Where the header holds U+2028, U+2029 or U+0085, and no row stands below it, these are
//! what was meant to end lines: that is an error, for the rows would be a part of the header. Else they are letters of a
//! cell.
//!
//! At most 4 GiB, 4,096 columns and ten million rows are read. A row with a cell of more than 64 KiB is a phone that nobody can read.

mod csv_line;
mod csv_reading;
mod csv_rows;
mod csv_table;
mod plain_table;
mod record_memory;
mod unfinished;

use std::fmt;
use std::ops::ControlFlow;

pub(crate) use csv_line::instruction;
pub use csv_reading::CsvReading;
pub(crate) use csv_reading::RowsRead;
pub(crate) use csv_table::{BYTE_ORDER_MARK, Table, TableText, Written, text_of_phones};
pub(crate) use plain_table::{PlainTable, plain_rows};

use super::table::KnownPhones;
use super::{BrokenRow, ChosenColumn, ColumnReport, Document, Encoding, Inventory, InventoryError, Keep};
use crate::fleet::{Fleet, FleetRow, SourceKind};
use crate::phone::Phone;

/// A fleet that was read from CSV, with what is told of the text.
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
    reading: CsvReading,
}

/// Reads a whole file.
///
/// # Errors
/// Only if there is no header row, or none of its columns is known, or two could be the same field and nothing better is there. A
/// broken row is a phone with unreadable evidence, and in [`CsvInventory::broken_rows`]. If there are too many rows, those before are kept;
/// [`CsvInventory::cut`] tells that, and that the text ends in the middle of a row.
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
    read_keeping(bytes, columns, &Keep::default())
}

/// The same; these columns come with the phones.
///
/// # Errors
/// As [`read_with`]; also if there is no such column to keep, or if two columns could be it.
///
/// # Example
/// ```
/// use crossgrade::inventory::csv;
///
/// let inventory = csv::read_keeping(b"PID,VID,Room\nCP-7821-K9=,V03,1.23\n", &[], &"Room".parse()?)?;
/// assert_eq!(inventory.fleet().rows()[0].kept_in("Room"), Some("1.23"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read_keeping(bytes: &[u8], columns: &[ChosenColumn], keep: &Keep) -> Result<CsvInventory, InventoryError> {
    let TableText { text, written } = text_of_phones(bytes, columns)?;
    let table = Table::open(&*text, written, columns)?.keeping(keep)?;
    keep.check_headers(table.columns().headers())?;
    let mut inventory = read_rows(table)?;
    inventory.fleet = inventory.fleet.keeping(keep.columns().iter().map(|column| column.shared_name()));
    Ok(inventory)
}

fn read_rows(mut table: Table<&[u8]>) -> Result<CsvInventory, InventoryError> {
    let (mut fleet, mut rows) = (Fleet::default(), RowsRead::keeping_all());
    let mut phones = KnownPhones::new(table.columns());
    while let Some(row) = table.next() {
        let Some(row) = rows.hear(row)? else { break };
        fleet.try_reserve(1).map_err(|bytes| InventoryError::Memory { bytes })?;
        fleet.push_row(FleetRow::new(row.line, phones.phone(&row).clone()).with_kept(row.kept()));
    }
    Ok(CsvInventory { fleet, reading: rows.end(&table) })
}

/// The same as [`read_with`], for a fleet of several sources: the cells that say nothing of a phone are not kept, but for
/// those that tell it from others ([`RowLabel`](crate::fleet::RowLabel)). If there are too many rows, those before are kept;
/// [`Inventory::cuts`] tells that, and that the text ends in the middle of a row.
///
/// # Errors
/// As [`read_with`].
pub fn read_document(document: &Document<'_>, columns: &[ChosenColumn]) -> Result<Inventory, InventoryError> {
    read_document_keeping(document, columns, &Keep::default())
}

/// The same; these columns come with the phones.
///
/// # Errors
/// As [`read_keeping`].
pub fn read_document_keeping(
    document: &Document<'_>,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    let TableText { text, written } = text_of_phones(document.bytes(), columns)?;
    let mut table = Table::open(&*text, written, columns)?.keeping(keep)?;
    let mut inventory = Inventory::begin(SourceKind::Csv, document);
    inventory.encoding = Some(written.encoding);
    if written.encoding != Encoding::Utf8 {
        inventory.note(format!("written in {}", written.encoding));
    }
    let mut phones = KnownPhones::new(table.columns());
    while let Some(row) = table.next() {
        match row {
            Ok(row) => {
                let phone = phones.phone(&row).clone();
                let (row, broken) = row.into_fleet_row(phone);
                inventory.try_reserve(1)?;
                inventory.push(row, broken);
            }
            Err(error) => {
                inventory.end_at(error);
                break;
            }
        }
    }
    if let Some(error) = table.cut().filter(|_| inventory.cut.is_empty()) {
        inventory.end_at(error);
    }
    if !table.is_mac_list() {
        inventory.note_columns(table.columns());
    }
    table.notes().into_iter().for_each(|note| inventory.note(note));
    inventory.columns = vec![(0, table.columns().clone())];
    inventory.keeping(keep, table.columns())?.within_memory()
}

/// Hands over the phones of a text one by one, each with the line where it stands, without keeping them: memory does not grow
/// with the rows. `take` may break off.
///
/// # Errors
/// As [`read_with`], and if there are too many rows.
///
/// # Example
/// ```
/// use std::ops::ControlFlow;
///
/// use crossgrade::inventory::csv;
/// use crossgrade::{Destination, Verdict, assess};
///
/// let mut eligible = 0;
/// let _ = csv::each_phone(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,V01\n", &[], |_line, phone| {
///     eligible += usize::from(assess(phone, Destination::ThirdParty).verdict() == Verdict::Eligible);
///     ControlFlow::<()>::Continue(())
/// })?;
/// assert_eq!(eligible, 1);
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn each_phone<B>(
    bytes: &[u8],
    columns: &[ChosenColumn],
    mut take: impl FnMut(u64, &Phone<'_>) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, InventoryError> {
    let TableText { text, written } = text_of_phones(bytes, columns)?;
    let mut table = Table::open(&*text, written, columns)?;
    let mut phones = KnownPhones::new(table.columns());
    while let Some(row) = table.next() {
        let row = row?;
        if let ControlFlow::Break(broken_off) = take(row.line, phones.phone(&row)) {
            return Ok(ControlFlow::Break(broken_off));
        }
    }
    Ok(ControlFlow::Continue(()))
}

impl CsvInventory {
    /// The phones.
    pub fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// What was read.
    pub fn reading(&self) -> &CsvReading {
        &self.reading
    }

    /// Which column was read as what.
    pub fn columns(&self) -> &ColumnReport {
        self.reading.columns()
    }

    /// Rows with something wrong, in order. They are in the fleet too.
    pub fn broken_rows(&self) -> &[BrokenRow] {
        self.reading.broken_rows()
    }

    /// Why the file was not read to its end, if it was not: the rows before are here.
    pub fn cut(&self) -> Option<&InventoryError> {
        self.reading.cut()
    }

    /// Whether the file began with a byte order mark.
    pub fn has_byte_order_mark(&self) -> bool {
        self.reading.has_byte_order_mark()
    }

    /// How the file was written.
    pub fn encoding(&self) -> Encoding {
        self.reading.encoding()
    }

    /// Which lines were no rows, for people.
    pub fn notes(&self) -> &[String] {
        self.reading.notes()
    }

    /// The delimiter of the file.
    pub fn delimiter(&self) -> u8 {
        self.reading.delimiter()
    }
}

/// What was read, for people: rows, columns, broken rows, where it broke off, and lines that are no rows.
impl fmt::Display for CsvInventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reading.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many rows as the limit would take a gigabyte: the law is the same for fewer.
    #[test]
    fn the_rows_before_the_limit_are_kept_and_told() {
        let file = b"PID,VID\nCP-8841-K9=,V05\nCP-7821-K9=,V01\nCP-7841-K9=,V05\n";
        let limited = |most| {
            let TableText { text, written } = text_of_phones(file, &[]).expect("text");
            read_rows(Table::open(&*text, written, &[]).expect("a table").with_limit(most)).expect("memory")
        };
        let inventory = limited(2);
        assert_eq!(inventory.fleet().rows(), &limited(3).fleet().rows()[..2]);
        assert!(matches!(inventory.cut(), Some(InventoryError::TooMuch { what: "rows", line: 4, found: 3, limit: 2 })));
        let cut = "\n  Cut short\n    inventory: line 4: 3 rows; expected at most 2\n";
        assert!(inventory.to_string().contains(cut), "{inventory}");
        assert_eq!(limited(3).cut(), None);
    }
}
