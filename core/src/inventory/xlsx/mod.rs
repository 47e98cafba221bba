//! Excel workbooks (`.xlsx`, `.xlsm`).
//!
//! One sheet is read. Its header is found, and its columns are told, as in a CSV file: see [`csv`](super::csv). Rows have the
//! numbers that Excel shows. Every row in which some cell says something is a phone, but for rows above the header, the
//! header again, and a row that holds nothing but a text behind `#`.
//!
//! Cells become the text that Excel shows in a cell that is wide enough, whatever their format: `683`, `14.2`, `TRUE`,
//! `#N/A`, `2026-11-20` for dates; of formulas the value that Excel last saw.
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

mod cell;
mod container;
mod sheet;
mod watched;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use csv::ByteRecord;

use self::sheet::{Layout, Rows, SheetRow};
use self::watched::Watched;
use super::table::{Found, HeaderSearch, Skipped, TableRow};
use super::{BrokenRow, ChosenColumn, ColumnReport, Document, Inventory, InventoryError, limits};
use crate::fleet::SourceKind;
use crate::text::{Shown, listed};

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
    let sizes = container::check(document.bytes())?;
    let (bytes, opened) = Watched::new(document.bytes());
    let mut workbook: Xlsx<_> = unwinding(|| Xlsx::new(bytes)).map_err(|error| damaged(&error))?;
    let names = sheets(&workbook, sheet)?;
    // Sheets may share a part: it is looked at once, and opened no more often than a workbook may be large.
    let (mut blank, mut unpacked) = (HashSet::new(), 0);
    for name in &names {
        let cells = match unwinding(|| workbook.worksheet_cells_reader(name)) {
            Ok(cells) => cells,
            Err(error) => return Err(damaged(&error)),
        };
        unpacked += sizes.get(&opened.place()).copied().unwrap_or(limits::WORKBOOK);
        container::check_unpacked(unpacked)?;
        if !blank.insert(opened.place()) {
            continue;
        }
        let mut rows = Rows::new(cells);
        let head = Head::read(&mut rows, columns);
        if matches!(head, Err(InventoryError::Empty)) && names.len() > 1 {
            continue;
        }
        let mut inventory = Inventory::begin(SourceKind::Xlsx, document);
        head?.read_rows(rows, &mut inventory);
        let mut others = names.iter().filter(|other| *other != name).peekable();
        if others.peek().is_some() {
            let others = listed(others, ", ", 0, |other| Shown::quoted(other).to_string());
            inventory.note(format!("sheet {} is read, and no other: {others}", Shown::quoted(name)));
        }
        return Ok(inventory);
    }
    Err(InventoryError::Empty)
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

/// The beginning of a sheet, in which the header was found.
struct Head {
    columns: ColumnReport,
    layout: Layout,
    /// The rows behind the header that are read already.
    rows: Vec<SheetRow>,
    skipped: Skipped,
    cut: Option<InventoryError>,
}

impl Head {
    fn read(rows: &mut Rows<'_, '_>, chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let mut search = HeaderSearch::new(chosen);
        let mut skipped = Skipped::none("row");
        let mut seen: Vec<SheetRow> = Vec::new();
        let mut cut = None;
        while !search.is_over() {
            let row = match rows.next() {
                Some(Ok(row)) => row,
                Some(Err(error)) => {
                    cut = Some(error);
                    break;
                }
                None => break,
            };
            if let Some(columns) = search.look(row.row, row.texts())? {
                seen.iter()
                    .for_each(|row| if row.is_comment() { skipped.comment(row.row) } else { skipped.title(row.row) });
                skipped.names(row.texts());
                return Ok(Self { columns, layout: Layout::of(&row), rows: Vec::new(), skipped, cut: None });
            }
            seen.push(row);
        }
        let (header, columns) = match (search.end(), cut.take()) {
            (Err(_), Some(error)) => return Err(error),
            (Err(error), None) => return Err(error),
            (Ok(found), error) => {
                cut = error;
                match found {
                    Found::Header(record, columns) => (Some(record), columns),
                    Found::MacList(columns) => (None, columns),
                }
            }
        };
        skipped.is_mac_list = header.is_none();
        let layout = seen.get(header.unwrap_or(0)).map(Layout::of).unwrap_or_default();
        let behind = header.map_or(0, |header| header + 1);
        seen.iter().take(header.unwrap_or(0)).for_each(|row| skipped.title(row.row));
        Ok(Self { columns, layout, rows: seen.split_off(behind.min(seen.len())), skipped, cut })
    }

    /// Reads the rows behind the header.
    fn read_rows(self, mut rows: Rows<'_, '_>, inventory: &mut Inventory) {
        let Self { columns, layout, rows: read, mut skipped, cut } = self;
        let mut cells = ByteRecord::new();
        let mut read = read.into_iter().map(Ok).chain(cut.map(Err));
        while let Some(row) = read.next().or_else(|| rows.next()) {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    inventory.end_at(error);
                    break;
                }
            };
            let problem = layout.line_up(&row, &columns, &mut cells);
            if row.is_comment() && (skipped.is_mac_list || columns.headers().len() > 1) {
                skipped.comment(row.row);
            } else if !skipped.is_mac_list && columns.is_header(&cells) {
                skipped.header(row.row);
            } else if let Err(error) =
                limits::check_rows(inventory.rows_read(), row.row).and_then(|()| inventory.try_reserve(1))
            {
                inventory.end_at(error);
                break;
            } else {
                let broken = problem.map(|problem| BrokenRow { line: row.row, problem });
                let row = TableRow { line: row.row, cells: &cells, broken, columns: &columns, delimiter: b'\t' };
                let phone = row.phone().into_owned();
                let (row, broken) = row.into_fleet_row(phone);
                inventory.push(row, broken);
            }
        }
        skipped.notes().into_iter().for_each(|note| inventory.note(note));
        inventory.columns = vec![(0, columns)];
    }
}
