//! Excel workbooks (`.xlsx`, `.xlsm`).
//!
//! Every sheet is read that is not hidden and has a header of phones, or those that the caller names; of several with one name, which no
//! spreadsheet writes, only the first can be. Where several are read, each is a source of its own, `phones.xlsx sheet Oslo`. Of
//! those, a sheet that says neither MAC address nor device name nor serial number is a list of something else if another one does.
//! What is not read is told. Headers are found, and columns are told, as in a CSV file: see [`csv`](super::csv). Rows have the
//! numbers that Excel shows. Every row in which some cell says something is a phone, but for rows above the header, the
//! header again, and a row that holds nothing but a text behind `#`. Rows with cells that all say nothing are told.
//!
//! Cells become the text that Excel shows in a cell that is wide enough, whatever their format: `683`, `14.2`, `TRUE`,
//! `#N/A`, `2026-11-20` for dates; of formulas the value that Excel last saw. A formula without one, as programs write it
//! that cannot calculate, is evidence that nobody can read: `a formula without value: =B2`.
//!
//! Rows may be written in any order: what stands above the header is told by its number. A row without number has the
//! one behind the row before, blank or not, unless its first cell says another. Where nobody knows what a sheet would
//! show, nothing is evidence: of rows with one number
//! ([`RowProblem::RepeatedRowNumber`](super::RowProblem::RepeatedRowNumber)) each is a broken row, the first too, and
//! so are a row with a cell of another row ([`CellOfOtherRow`](super::RowProblem::CellOfOtherRow)) and that other row
//! ([`CellInOtherRow`](super::RowProblem::CellInOtherRow)); what one cell says twice and differently is a text that
//! nobody can read. Cells outside of the first table of a sheet (`sheetData`), and texts in a table but in no cell, are
//! told by [`Inventory::cuts`]. A cell behind row 1,048,576 or column XFD, which are Excel's last, ends the reading. A
//! sheet in which rows stand in several places is read twice.
//!
//! **A MAC address must be text.** Excel makes numbers of those that have no letters, and takes leading zeros or digits
//! away. A number in such a column is therefore evidence that nobody can read, even if it has twelve digits; its text is
//! kept, as `123456789012 (a number)`.
//!
//! At most 1 GiB is unpacked, a part that several sheets share as often as it is opened; of at most 4,096 sheets, 4,096
//! columns and ten million rows are read. Nothing is unpacked into memory as a whole but the texts that
//! cells share. Nor is more text read than 1 GiB, or 16 MiB in a row, however often cells share it. A row with a cell of
//! more than 64 KiB is a phone that nobody can read.
//!
//! A damaged workbook is an error, but what finds some of the damage is a panic inside of calamine, which is caught: the
//! panic hook of a program hears of it, and a program that is built with `panic = "abort"` ends. It happens only where
//! overflow is checked, as in debug builds.

mod cell_text;
mod cell_value;
mod chosen_sheets;
mod container;
mod open_workbook;
mod row_numbers;
mod row_position;
mod sheet_header;
mod sheet_outline;
mod sheet_row;
mod sheet_rows;
mod sheets_read;
mod watched_bytes;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use self::chosen_sheets::Sheets;
use self::open_workbook::Book;
use self::sheet_header::{Head, NotRead};
use self::sheet_rows::{Places, Rows};
use self::sheets_read::SheetsRead;
use super::everyday_headers::counts;
use super::{ChosenColumn, Document, Inventory, InventoryError, InventoryField, Keep, limits};
use crate::fleet::SourceKind;
use crate::phone::Mac;
use crate::text::{FieldText, Shown, listed};
use calamine::XlsxError;

/// Reads the sheets that have a header of phones and are not hidden, or those of these names.
///
/// # Errors
/// If the document is no such workbook, is damaged, has a password, or is larger than is read; if there is no such sheet;
/// and as [`csv::read_with`](super::csv::read_with), of sheets without a header only if there is no other. If a sheet breaks off, the
/// rows before are kept, and [`Inventory::cuts`] tells where.
///
/// # Example
/// ```no_run
/// use crossgrade::inventory::{Document, xlsx};
///
/// let bytes = std::fs::read("phones.xlsx")?;
/// let inventory = xlsx::read(&Document::new("phones.xlsx", &bytes), &["Oslo"], &[])?;
/// println!("{inventory}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(document: &Document<'_>, sheets: &[&str], columns: &[ChosenColumn]) -> Result<Inventory, InventoryError> {
    read_keeping(document, sheets, columns, &Keep::default())
}

/// The same; these columns come with the phones.
///
/// # Errors
/// As [`read`]; also if no sheet has a column to keep, or if two columns of one could be it.
pub fn read_keeping(
    document: &Document<'_>,
    sheets: &[impl AsRef<str>],
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    let mut book = Book::open(document)?;
    let named = Sheets::of(&book.workbook, sheets)?;
    let is_one = named.names.len() == 1;
    // A column that one sheet lacks may be in another.
    let keep_of_sheet = if is_one { keep.clone() } else { keep.clone().optional() };
    // Sheets may share a part: it is looked at once, and opened no more often than a workbook may be large.
    let (mut seen, mut unpacked) = (HashSet::new(), 0);
    let mut read = SheetsRead::of(!sheets.is_empty());
    for name in &named.names {
        let (part, rows) = match book.rows(name, Places::default()) {
            Err(error) if !is_one => {
                read.add(name, Err(error.into()))?;
                continue;
            }
            rows => rows?,
        };
        unpacked += part.size;
        container::check_unpacked(unpacked)?;
        if !seen.insert(part.index) {
            read.share(name);
            continue;
        }
        let sheet = match read_rows(rows, document, columns, &keep_of_sheet) {
            // Which of its first rows are no evidence is known only now: the sheet is read once more.
            Ok((inventory, found)) if !found.is_empty() => {
                drop(inventory);
                let (_, rows) = book.rows(name, found)?;
                read_rows(rows, document, columns, &keep_of_sheet).map(|(inventory, _)| inventory)
            }
            other => other.map(|(inventory, _)| inventory),
        };
        match sheet {
            Err(error) if is_one && (*error.error() != InventoryError::Empty || named.twins.is_empty()) => {
                return Err(error.into_error());
            }
            Err(NotRead::Other(error)) if SheetsRead::has_no_header(&error) => {
                let (_, rows) = book.rows(name, Places::default())?;
                read.add_without_header(name, error, rows_of_phones(rows))?;
            }
            sheet => read.add(name, sheet)?,
        }
    }
    let (twins, hidden) = (&named.twins, &named.hidden);
    let mut inventory = match read.end(document) {
        Err(InventoryError::Empty) if !twins.is_empty() => Err(InventoryError::OtherThing {
            found: format!("a workbook without rows in the sheets that can be read; {}", chosen_sheets::told(twins)),
            expected: container::EXPECTED,
        }),
        end => end,
    }?;
    // They are of the workbook, and of no sheet that is read.
    let name = || document.name().to_owned();
    if !twins.is_empty() {
        inventory.note_about(name(), &chosen_sheets::told(twins), false);
    }
    if !hidden.is_empty() {
        let hidden = listed(hidden, ", ", 0, |name| Shown::quoted(name).to_string());
        inventory.note_about(name(), &format!("hidden sheets are not read: {hidden}"), false);
    }
    keep.check_required(&inventory)?;
    inventory.within_memory()
}

/// The inventory of a sheet, and its rows that stand in several places.
fn read_rows(
    mut rows: Rows<'_, '_>,
    document: &Document<'_>,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<(Inventory, Places), NotRead> {
    let head = match Head::read(&mut rows, columns, keep) {
        Err(InventoryError::Empty) => return Err(rows.end().unwrap_or(InventoryError::Empty).into()),
        head => head?,
    };
    let mut inventory = Inventory::begin(SourceKind::Xlsx, document);
    let (chosen, columns) = (columns, head.columns().clone());
    let found = head.read_rows(rows, &mut inventory, !chosen.is_empty())?;
    Ok((inventory.keeping(keep, &columns)?, found))
}

/// How many rows of a sheet without a header say a MAC address, the name of a phone, or a product.
fn rows_of_phones(mut rows: Rows<'_, '_>) -> u64 {
    let says_phone = |cell: &[u8]| Mac::read(cell).is_ok() || counts(InventoryField::Pid, cell);
    let (mut phones, mut read) = (0, 0);
    while let Some(Ok(row)) = rows.next()
        && read < limits::ROWS
    {
        read += 1;
        phones += u64::from(row.texts().any(|cell| says_phone(&cell)));
    }
    phones
}

/// Calls calamine, which counts rows and columns in 32 bits and does not expect them to be too few.
fn unwinding<T>(call: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, XlsxError> {
    let gave_up = |_| Err(XlsxError::Unexpected("a number that no workbook has"));
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(gave_up)
}

fn damaged(error: &XlsxError) -> InventoryError {
    let found = match error {
        XlsxError::Password => "an Excel workbook with a password".to_owned(),
        XlsxError::FileNotFound(part) => {
            format!("a zip file without {}, which every Excel workbook has", Shown::new(part))
        }
        error => format!("a damaged Excel workbook ({})", Shown::new(&error.to_string())),
    };
    InventoryError::OtherThing { found, expected: container::EXPECTED }
}
