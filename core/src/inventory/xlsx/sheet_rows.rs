//! The rows of a sheet.

use calamine::{XlsxCellReader, XlsxError};

use super::cell_text::{CellText, cell_text, read_of};
use super::row_numbers::Numbers;
use super::sheet_outline::Outline;
use super::sheet_row::SheetRow;
use super::unwinding;
use super::watched_bytes::Watched;
use crate::inventory::reading_report::counted;
use crate::inventory::{InventoryError, RowProblem, limits};
use crate::text::Shown;

/// Columns of a sheet, as Excel has them: A to XFD.
const COLUMNS: u32 = 1 << 14;

/// Rows of a sheet, as Excel has them.
const ROWS: u64 = 1 << 20;

/// Bytes of all texts of a row: cells share texts, and so a row may hold far more than is unpacked for it.
const ROW: u64 = 16 << 20;

/// What is wrong where calamine counts in too few bits: it stops there, or goes on with other numbers, as it was built.
const BEYOND_COUNTING: &str = "a row or a column that no workbook has";

/// All rows of a sheet that have cells, in the order in which they are written.
pub(super) struct Rows<'a, 'd> {
    cells: XlsxCellReader<'a, Watched<'d>>,
    outline: Outline<'a>,
    /// The first cell of the next row.
    next: Option<PlacedCell>,
    /// The number of the last row that was begun, the first being 1.
    row: u64,
    /// The numbers of all rows that say anything.
    numbers: Numbers,
    /// The rows of which it is known that they stand in several places, and those of which it was found.
    known: Places,
    found: Places,
    /// Bytes of the texts of all rows, shared ones as often as they are.
    size: u64,
    /// What is wrong behind it.
    error: Option<InventoryError>,
    is_over: bool,
}

/// The numbers of rows that stand in several places: which of them the sheet shows is known only behind its last row.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Those that several rows have.
    repeated: Numbers,
    /// Those that cells of other rows say.
    said: Numbers,
}

impl Places {
    pub(super) fn is_empty(&self) -> bool {
        self.repeated.is_empty() && self.said.is_empty()
    }

    /// What is wrong with the row of this number.
    fn problem(&self, row: u64) -> Option<RowProblem> {
        match (self.repeated.contains(row), self.said.contains(row)) {
            (true, _) => Some(RowProblem::RepeatedRowNumber),
            (false, true) => Some(RowProblem::CellInOtherRow),
            (false, false) => None,
        }
    }
}

/// A cell, and the row that it is of.
struct PlacedCell {
    /// Which of the written rows it is in.
    written: u64,
    /// The number of this row.
    row: u64,
    /// The number of the row that the cell itself says.
    said: Option<u64>,
    column: u32,
    text: Option<CellText>,
}

impl<'a, 'd> Rows<'a, 'd> {
    /// The rows of a sheet, of which these are known to stand in several places: see [`found`](Self::found).
    pub(super) fn new(cells: XlsxCellReader<'a, Watched<'d>>, outline: Outline<'a>, known: Places) -> Self {
        let (numbers, found) = (Numbers::default(), Places::default());
        Self { cells, outline, next: None, row: 0, numbers, known, found, size: 0, error: None, is_over: false }
    }

    /// The rows that stand in several places, of those so far which say anything.
    pub(super) fn found(self) -> Places {
        self.found
    }

    /// The next row; behind an error there is none.
    pub(super) fn next(&mut self) -> Option<Result<SheetRow, InventoryError>> {
        if let Some(error) = self.error.take() {
            return Some(Err(error));
        }
        let mut first = match self.next.take() {
            Some(cell) => cell,
            None => match self.next_cell()? {
                Ok(cell) => cell,
                Err(error) => return Some(Err(error)),
            },
        };
        let row = first.row;
        self.row = row;
        let begin = self.size;
        let mut problem = self.other_row(row, &first);
        let mut cells: Vec<_> = first.text.take().map(|text| (first.column, text)).into_iter().collect();
        while let Some(cell) = self.next_cell() {
            match cell {
                Ok(cell) if cell.written == first.written => {
                    let of_other_row = self.other_row(row, &cell);
                    problem = problem.or(of_other_row);
                    cells.extend(cell.text.map(|text| (cell.column, text)));
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
        if !cells.is_empty() && !self.numbers.insert(row) {
            self.found.repeated.insert(row);
        }
        let problem = match self.known.problem(row) {
            Some(RowProblem::CellInOtherRow) => problem.or(Some(RowProblem::CellInOtherRow)),
            known => known.or(problem),
        };
        Some(Ok(SheetRow::new(row, cells, problem)))
    }

    /// What is wrong if a cell says that it is of another row than this: of neither row anybody knows what stands in
    /// it.
    fn other_row(&mut self, row: u64, cell: &PlacedCell) -> Option<RowProblem> {
        let found = cell.said.filter(|said| *said != row && cell.text.is_some())?;
        self.found.said.insert(found);
        Some(RowProblem::CellOfOtherRow { found })
    }

    /// The next cell, whether it says anything or not.
    fn next_cell(&mut self) -> Option<Result<PlacedCell, InventoryError>> {
        if self.is_over {
            return None;
        }
        let cell = unwinding(|| self.cells.next_cell());
        let outline = match cell {
            Ok(None) => Ok(None),
            _ => self.outline.next(),
        };
        if matches!(&outline, Ok(Some(outline)) if outline.is_beyond_counting()) {
            return Some(Err(self.damaged(BEYOND_COUNTING)));
        }
        let (position, text, size) = match cell {
            Ok(Some(cell)) => (cell.get_position(), cell_text(cell.get_value()), read_of(cell.get_value())),
            Ok(None) => {
                self.is_over = true;
                return None;
            }
            Err(XlsxError::Unexpected(_) | XlsxError::RangeWithoutRowComponent) => {
                return Some(Err(self.damaged(BEYOND_COUNTING)));
            }
            Err(error) => return Some(Err(self.damaged(&error.to_string()))),
        };
        self.size += size as u64;
        if self.size > limits::WORKBOOK {
            return Some(Err(self.too_much("bytes of text", self.size, limits::WORKBOOK)));
        }
        let (row, column) = (u64::from(position.0) + 1, position.1);
        if column >= COLUMNS {
            return Some(Err(self.broken(format!("a cell in column {column}; expected at most {COLUMNS}"))));
        }
        let outline = match outline {
            Ok(Some(outline)) => outline,
            Ok(None) => return Some(Err(self.damaged("the end of the cells where a cell is"))),
            Err(error) => return Some(Err(self.damaged(&error))),
        };
        if outline.reference.is_some_and(|reference| reference != (row, u64::from(column) + 1)) {
            return Some(Err(self.damaged("a cell that is two cells")));
        }
        let (written, row) = (outline.written, outline.row);
        let said = outline.reference.map(|(row, _)| row);
        let text = outline.parts.instead(text.is_some()).map(CellText::other).or(text);
        if let Some(row) = [Some(row), said].into_iter().flatten().find(|row| *row > ROWS) {
            return Some(Err(self.broken(format!("a cell in row {row}; expected at most {ROWS}"))));
        }
        Some(Ok(PlacedCell { written, row, said, column, text }))
    }

    /// What is wrong with the part behind its rows.
    pub(super) fn end(&mut self) -> Option<InventoryError> {
        let (outside, astray) = self.outline.outside();
        let are = |count: u64| if count == 1 { "is" } else { "are" };
        let cells = (outside > 0).then(|| {
            let (cells, are) = (counted(outside, "cell"), are(outside));
            format!("{cells} outside of the first table of cells (sheetData) of the sheet {are} not read")
        });
        let texts = (astray.count > 0).then(|| {
            let (texts, are, first) = (counted(astray.count, "text"), are(astray.count), Shown::quoted(&astray.first));
            let place = astray.row.map(|row| format!(" in row {row}")).unwrap_or_default();
            format!("{texts} outside of cells {are} not read, the first{place} is {first}; expected cells (c) in rows")
        });
        let told: Vec<_> = cells.into_iter().chain(texts).collect();
        (!told.is_empty()).then(|| self.broken(told.join("; ")))
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
        InventoryError::TooMuch { what, line: self.row.max(1), found, limit }
    }

    fn damaged(&mut self, what: &str) -> InventoryError {
        self.broken(format!("the sheet is damaged in this row or behind it: {}", Shown::new(what)))
    }

    fn broken(&mut self, message: String) -> InventoryError {
        self.is_over = true;
        InventoryError::Broken { line: self.row.max(1), message }
    }
}
