//! The rows of a sheet.

use std::borrow::Cow;

use calamine::{Cell, DataRef, XlsxCellReader};
use csv::ByteRecord;

use super::cell::{CellKind, CellText, cell_text, read_of};
use super::unwinding;
use super::watched::Watched;
use crate::inventory::{ColumnReport, InventoryError, InventoryField, RowProblem, limits};
use crate::phone::Mac;
use crate::text::formula;
use crate::text::{FieldText, Shown};

/// Columns of a sheet, as Excel has them: A to XFD.
const COLUMNS: u32 = 1 << 14;

/// Bytes of all texts of a row: cells share texts, and so a row may hold far more than is unpacked for it.
const ROW: u64 = 16 << 20;

/// A row in which some cell says something.
pub(super) struct SheetRow {
    /// As Excel counts them.
    pub(super) row: u64,
    /// By column, the first being 0; in order.
    cells: Vec<(u32, CellText)>,
}

impl SheetRow {
    pub(super) fn texts(&self) -> impl Iterator<Item = Cow<'_, [u8]>> + Clone {
        self.cells.iter().map(|(_, cell)| formula::unmarked(cell.text.as_bytes()))
    }

    /// Whether it holds nothing but a text behind `#`; an error of Excel is none.
    pub(super) fn is_comment(&self) -> bool {
        matches!(&*self.cells, [(_, cell)] if cell.kind == CellKind::Text && cell.text.trim_start().starts_with('#'))
    }
}

/// All rows of a sheet that say anything.
pub(super) struct Rows<'a, 'd> {
    cells: XlsxCellReader<'a, Watched<'d>>,
    /// The first cell of the next row.
    next: Option<(u32, u32, CellText)>,
    /// The last row that was begun.
    row: u32,
    /// Bytes of the texts of all rows, shared ones as often as they are.
    size: u64,
    /// What is wrong behind it.
    error: Option<InventoryError>,
    is_over: bool,
}

impl<'a, 'd> Rows<'a, 'd> {
    pub(super) fn new(cells: XlsxCellReader<'a, Watched<'d>>) -> Self {
        Self { cells, next: None, row: 0, size: 0, error: None, is_over: false }
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
        let begin = self.size;
        let mut cells = vec![first];
        while let Some(cell) = self.next_cell() {
            match cell {
                Ok((of, column, cell)) if of == row => {
                    cells.push((column, cell));
                    if let Err(error) = self.check_row(cells.len(), self.size - begin) {
                        return Some(Err(error));
                    }
                }
                Ok(next) => {
                    self.next = Some(next);
                    break;
                }
                Err(error @ InventoryError::TooMuch { .. }) => return Some(Err(error)),
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
            let (cell, size) = match unwinding(|| self.cells.next_cell()) {
                Ok(Some(cell)) => (Self::placed(&cell), read_of(cell.get_value())),
                Ok(None) => {
                    self.is_over = true;
                    break;
                }
                Err(error) => {
                    return Some(Err(self.broken(format!(
                        "the sheet is damaged in this row or behind it: {}",
                        Shown::new(&error.to_string())
                    ))));
                }
            };
            self.size += size as u64;
            if self.size > limits::WORKBOOK {
                return Some(Err(self.too_much("bytes of text", self.size, limits::WORKBOOK)));
            }
            match cell {
                Some((_, column, _)) if column >= COLUMNS => {
                    return Some(Err(self.broken(format!("a cell in column {column}; expected at most {COLUMNS}"))));
                }
                Some(cell) => return Some(Ok(cell)),
                None => {}
            }
        }
        None
    }

    fn check_row(&mut self, cells: usize, size: u64) -> Result<(), InventoryError> {
        if cells > COLUMNS as usize {
            return Err(self.too_much("cells in a row", cells as u64, u64::from(COLUMNS)));
        }
        match size {
            ..=ROW => Ok(()),
            _ => Err(self.too_much("bytes of text in a row", size, ROW)),
        }
    }

    fn too_much(&mut self, what: &'static str, found: u64, limit: u64) -> InventoryError {
        (self.is_over, self.next, self.error) = (true, None, None);
        InventoryError::TooMuch { what, line: u64::from(self.row) + 1, found, limit }
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

    /// The cells below the headers, up to the last that says anything: a header may be wide and its rows short. A number for a MAC address becomes a text that is none. If a cell is too long, this is a
    /// problem of the row, and only its beginning is in the record.
    pub(super) fn line_up(
        &self,
        row: &SheetRow,
        columns: &ColumnReport,
        record: &mut ByteRecord,
    ) -> Option<RowProblem> {
        record.clear();
        let mut longest = 0;
        let macs = columns.columns(InventoryField::Mac);
        let mut cells = row.cells.iter().peekable();
        let last = row.cells.last().map_or(0, |(column, _)| *column);
        for (index, column) in self.columns.iter().take_while(|column| **column <= last).enumerate() {
            while cells.next_if(|(of, _)| of < column).is_some() {}
            match cells.peek() {
                Some((of, cell)) if of == column => {
                    longest = longest.max(cell.size);
                    let is_mac = || Mac::read(cell.text.as_bytes()).is_ok();
                    if cell.kind == CellKind::Number && macs.contains(&index) && is_mac() {
                        record.push_field(format!("{} (a number)", cell.text).as_bytes());
                    } else {
                        record.push_field(&formula::unmarked(cell.text.as_bytes()));
                    }
                }
                _ => record.push_field(b""),
            }
        }
        (longest > limits::CELL).then_some(RowProblem::TooLong { found: longest })
    }
}
