//! The rows of a sheet.

use std::io::Cursor;

use calamine::{Cell, DataRef, XlsxCellReader};
use csv::ByteRecord;

use super::cell::{CellKind, CellText, cell_text};
use super::unwinding;
use crate::inventory::{ColumnReport, InventoryError, InventoryField};
use crate::phone::Mac;
use crate::text::FieldText;

/// Columns of a sheet, as Excel has them: A to XFD.
const COLUMNS: u32 = 1 << 14;

/// A row in which some cell says something.
pub(super) struct SheetRow {
    /// As Excel counts them.
    pub(super) row: u64,
    /// By column, the first being 0; in order.
    cells: Vec<(u32, CellText)>,
}

impl SheetRow {
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter().map(|(_, cell)| cell.text.as_bytes())
    }

    /// Whether it holds nothing but a text behind `#`; an error of Excel is none.
    pub(super) fn is_comment(&self) -> bool {
        matches!(&*self.cells, [(_, cell)] if cell.kind == CellKind::Text && cell.text.trim_start().starts_with('#'))
    }
}

/// All rows of a sheet that say anything.
pub(super) struct Rows<'a, 'd> {
    cells: XlsxCellReader<'a, Cursor<&'d [u8]>>,
    /// The first cell of the next row.
    next: Option<(u32, u32, CellText)>,
    /// The last row that was begun.
    row: u32,
    /// What is wrong behind it.
    error: Option<InventoryError>,
    is_over: bool,
}

impl<'a, 'd> Rows<'a, 'd> {
    pub(super) fn new(cells: XlsxCellReader<'a, Cursor<&'d [u8]>>) -> Self {
        Self { cells, next: None, row: 0, error: None, is_over: false }
    }

    /// The next row; behind an error there is none.
    pub(super) fn next(&mut self) -> Option<Result<SheetRow, InventoryError>> {
        if let Some(error) = self.error.take() {
            return Some(Err(error));
        }
        let (row, first) = match self.next.take() {
            Some((row, column, cell)) => (row, (column, cell)),
            None => match self.next_cell()? {
                Ok((row, column, cell)) => (row, (column, cell)),
                Err(error) => return Some(Err(error)),
            },
        };
        self.row = row;
        let mut cells = vec![first];
        while let Some(cell) = self.next_cell() {
            match cell {
                Ok((of, column, cell)) if of == row => cells.push((column, cell)),
                Ok(next) => {
                    self.next = Some(next);
                    break;
                }
                Err(error) => {
                    self.error = Some(error);
                    break;
                }
            }
        }
        cells.sort_by_key(|(column, _)| *column);
        Some(Ok(SheetRow { row: u64::from(row) + 1, cells }))
    }

    /// The next cell that says anything.
    fn next_cell(&mut self) -> Option<Result<(u32, u32, CellText), InventoryError>> {
        while !self.is_over {
            match unwinding(|| self.cells.next_cell()) {
                Ok(Some(cell)) => match Self::placed(&cell) {
                    Some((_, column, _)) if column >= COLUMNS => {
                        return Some(Err(
                            self.broken(format!("a cell in column {}; expected at most {COLUMNS}", column))
                        ));
                    }
                    Some(cell) => return Some(Ok(cell)),
                    None => {}
                },
                Ok(None) => self.is_over = true,
                Err(error) => {
                    return Some(Err(self.broken(format!("the sheet is damaged in this row or behind it: {error}"))));
                }
            }
        }
        None
    }

    fn placed(cell: &Cell<DataRef<'_>>) -> Option<(u32, u32, CellText)> {
        let (row, column) = cell.get_position();
        Some((row, column, cell_text(cell.get_value())?))
    }

    fn broken(&mut self, message: String) -> InventoryError {
        self.is_over = true;
        InventoryError::Broken { line: u64::from(self.row) + 1, message }
    }
}

/// Where in a sheet the columns of the header stand.
#[derive(Default)]
pub(super) struct Layout {
    columns: Vec<u32>,
}

impl Layout {
    /// A header has a column wherever it says anything.
    pub(super) fn of(header: &SheetRow) -> Self {
        Self { columns: header.cells.iter().map(|(column, _)| *column).collect() }
    }

    /// The cells below the headers. A number for a MAC address becomes a text that is none.
    pub(super) fn line_up(&self, row: &SheetRow, columns: &ColumnReport, record: &mut ByteRecord) {
        record.clear();
        let macs = columns.columns(InventoryField::Mac);
        let mut cells = row.cells.iter().peekable();
        for (index, column) in self.columns.iter().enumerate() {
            while cells.next_if(|(of, _)| of < column).is_some() {}
            match cells.peek() {
                Some((of, cell)) if of == column => {
                    let is_mac = || Mac::read(cell.text.as_bytes()).is_ok();
                    if cell.kind == CellKind::Number && macs.contains(&index) && is_mac() {
                        record.push_field(format!("{} (a number)", cell.text).as_bytes());
                    } else {
                        record.push_field(cell.text.as_bytes());
                    }
                }
                _ => record.push_field(b""),
            }
        }
    }
}
