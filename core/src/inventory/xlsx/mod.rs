//! Excel workbooks (`.xlsx`, `.xlsm`).
//!
//! One sheet is read. Its header is found, and its columns are told, as in a CSV file: see [`csv`](super::csv). Rows have the
//! numbers that Excel shows. Every row in which some cell says something is a phone, but for rows above the header, the
//! header again, and a row that holds nothing but a text behind `#`. Rows with cells that all say nothing are told.
//!
//! Cells become the text that Excel shows in a cell that is wide enough, whatever their format: `683`, `14.2`, `TRUE`,
//! `#N/A`, `2026-11-20` for dates; of formulas the value that Excel last saw. A formula without one, as programs write it
//! that cannot calculate, is evidence that nobody can read: `a formula without value: =B2`.
//!
//! Rows may be written in any order: what stands above the header is told by its number. A row without number has the one
//! behind the row before, blank or not, unless its first cell says another. Where nobody knows what a sheet would show, nothing
//! is evidence: of rows with one number ([`RowProblem::RepeatedRowNumber`](super::RowProblem::RepeatedRowNumber)) each is a
//! broken row, the first too, and so is a row with a cell of another row
//! ([`CellOfOtherRow`](super::RowProblem::CellOfOtherRow)); what one cell says twice and differently is a text that nobody can
//! read, and cells outside of the first table of a sheet (`sheetData`) are told by [`Inventory::cuts`]. A cell behind row
//! 1,048,576 or column XFD, which are Excel's last, ends the reading. A sheet in which numbers are repeated is read twice.
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

mod book;
mod cell;
mod container;
mod head;
mod numbers;
mod outline;
mod position;
mod row;
mod sheet;
mod value;
mod watched;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use self::book::Book;
use self::head::Head;
use self::numbers::Numbers;
use self::sheet::Rows;
use self::watched::Watched;
use super::{ChosenColumn, Document, Inventory, InventoryError, limits};
use crate::fleet::SourceKind;
use crate::text::{Shown, listed};
use calamine::{Reader as _, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

/// Reads a sheet: the first that has cells and is not hidden, or the one of this name.
///
/// # Errors
/// If the document is no such workbook, is damaged, has a password, or is larger than is read; if there is no such sheet;
/// and as [`csv::read_with`](super::csv::read_with). If the sheet breaks off, the rows before are kept, and
/// [`Inventory::cuts`] tells where.
///
/// # Example
/// ```no_run
/// use crossgrade::inventory::{Document, xlsx};
///
/// let bytes = std::fs::read("phones.xlsx")?;
/// let inventory = xlsx::read(&Document::new("phones.xlsx", &bytes), Some("Oslo"), &[])?;
/// println!("{inventory}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(
    document: &Document<'_>,
    sheet: Option<&str>,
    columns: &[ChosenColumn],
) -> Result<Inventory, InventoryError> {
    let mut book = Book::open(document)?;
    let names = sheets(&book.workbook, sheet)?;
    // Sheets may share a part: it is looked at once, and opened no more often than a workbook may be large.
    let (mut blank, mut unpacked) = (HashSet::new(), 0);
    for name in &names {
        let (part, rows) = book.rows(name, Numbers::default())?;
        unpacked += part.size;
        container::check_unpacked(unpacked)?;
        if !blank.insert(part.index) {
            continue;
        }
        let mut inventory = match read_rows(rows, document, columns) {
            Ok((inventory, repeated)) if repeated.is_empty() => inventory,
            // Which of its first rows are no evidence is known only now: the sheet is read once more.
            Ok((inventory, repeated)) => {
                drop(inventory);
                let (_, rows) = book.rows(name, repeated)?;
                read_rows(rows, document, columns)?.0
            }
            Err(InventoryError::Empty) if names.len() > 1 => continue,
            Err(error) => return Err(error),
        };
        let mut others = names.iter().filter(|other| *other != name).peekable();
        if others.peek().is_some() {
            let others = listed(others, ", ", 0, |other| Shown::quoted(other).to_string());
            inventory.note(format!("sheet {} is read, and no other: {others}", Shown::quoted(name)));
        }
        let mut hidden =
            book.workbook.sheets_metadata().iter().filter(|_| sheet.is_none()).filter(is_hidden).peekable();
        if hidden.peek().is_some() {
            let hidden = listed(hidden, ", ", 0, |sheet| Shown::quoted(&sheet.name).to_string());
            inventory.note(format!("hidden sheets are not read: {hidden}"));
        }
        return inventory.within_memory();
    }
    Err(InventoryError::Empty)
}

/// The inventory of a sheet, and the numbers that several of its rows have.
fn read_rows(
    mut rows: Rows<'_, '_>,
    document: &Document<'_>,
    columns: &[ChosenColumn],
) -> Result<(Inventory, Numbers), InventoryError> {
    let head = match Head::read(&mut rows, columns) {
        Err(InventoryError::Empty) => return Err(rows.end().unwrap_or(InventoryError::Empty)),
        head => head?,
    };
    let mut inventory = Inventory::begin(SourceKind::Xlsx, document);
    let repeated = head.read_rows(rows, &mut inventory);
    Ok((inventory, repeated))
}

/// The names of the sheets that may be read, best first.
fn sheets(workbook: &Xlsx<Watched<'_>>, wanted: Option<&str>) -> Result<Vec<String>, InventoryError> {
    let found = workbook.sheets_metadata().len();
    if found > limits::SHEETS {
        let (found, limit) = (found as u64, limits::SHEETS as u64);
        return Err(InventoryError::TooMuch { what: "sheets", line: 1, found, limit });
    }
    let sheets = || workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let Some(wanted) = wanted else {
        let visible = sheets().filter(|sheet| sheet.visible == SheetVisible::Visible);
        return Ok(visible.map(|sheet| sheet.name.clone()).collect());
    };
    // Excel lets no two sheets differ in nothing but case.
    let wanted_in_lower_case = wanted.to_lowercase();
    let is_wanted = |name: &&String| name.to_lowercase() == wanted_in_lower_case;
    match sheets().map(|sheet| &sheet.name).find(is_wanted) {
        Some(name) => Ok(vec![name.clone()]),
        None => {
            let found = sheets().map(|sheet| sheet.name.clone()).collect();
            Err(InventoryError::NoSuchSheet { sheet: wanted.to_owned(), found })
        }
    }
}

fn is_hidden(sheet: &&Sheet) -> bool {
    sheet.typ == SheetType::WorkSheet && sheet.visible != SheetVisible::Visible
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
