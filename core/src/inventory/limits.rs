//! How much is read. Real inventories are far below; what is above is a mistake or an attack.

use super::InventoryError;
pub(crate) use crate::text::{KEPT, LONGEST_CELL as CELL, beginning};

/// Bytes of the largest file that is read: 4 GiB. Of a pipe, one more byte says enough.
pub const LARGEST_FILE: u64 = 4 << 30;
/// Bytes of a workbook once it is unpacked: Excel's million of rows of thirty cells, and nothing that is packed to do harm.
#[cfg(feature = "xlsx")]
pub(crate) const WORKBOOK: u64 = 1 << 30;
/// Sheets of a workbook.
#[cfg(feature = "xlsx")]
pub(crate) const SHEETS: usize = 4096;
/// Rows of a file, or devices of an answer.
pub(crate) const ROWS: u64 = 10_000_000;
/// Columns of a table.
pub(crate) const COLUMNS: usize = 4096;
/// Entries of fewer bytes than a MAC address has, where a device belongs, are rows up to a number and counted beyond: of
/// `1,1,1` a row would be hundreds of times as large as what it is read from.
#[cfg(any(feature = "xml", feature = "webex"))]
pub(crate) const SHORT_ENTRY: usize = 12;
/// Elements within elements, or values within values.
pub(crate) const DEPTH: usize = 64;

/// Refuses a file that is too large to be read: ask before reading it into memory.
///
/// # Errors
/// [`InventoryError::TooMuch`] for more than 4 GiB.
///
/// # Example
/// ```
/// use crossgrade::inventory::check_file;
///
/// assert!(check_file(1 << 20).is_ok());
/// assert!(check_file(5 << 30).is_err());
/// ```
pub fn check_file(bytes: u64) -> Result<(), InventoryError> {
    match bytes {
        ..=LARGEST_FILE => Ok(()),
        found => Err(InventoryError::TooMuch { what: "bytes", line: 1, found, limit: LARGEST_FILE }),
    }
}

/// Refuses a row behind the last that is read; `rows` are read already.
pub(crate) fn check_rows(rows: u64, line: u64) -> Result<(), InventoryError> {
    check_rows_of(rows, line, ROWS)
}

/// The same for another number of rows.
pub(crate) fn check_rows_of(rows: u64, line: u64, limit: u64) -> Result<(), InventoryError> {
    match rows < limit {
        true => Ok(()),
        false => Err(InventoryError::TooMuch { what: "rows", line, found: rows + 1, limit }),
    }
}

/// Refuses a table of too many columns; `line` is where its header stands.
pub(crate) fn check_columns(found: usize, line: u64) -> Result<(), InventoryError> {
    match found {
        ..=COLUMNS => Ok(()),
        _ => Err(InventoryError::TooMuch { what: "columns", line, found: found as u64, limit: COLUMNS as u64 }),
    }
}

/// Bytes of a beginning at most.
pub(crate) const LONGEST_BEGINNING: usize = (KEPT + 1) * 4;
