//! A row of a sheet, and its cells below the headers.

use std::borrow::Cow;

use csv::ByteRecord;

use super::cell_text::{CellKind, CellText};
use crate::inventory::said_in_document::Said;
use crate::inventory::{ColumnReport, InventoryField, RowProblem, limits};
use crate::phone::Mac;
use crate::text::{FieldText, formula};

/// A row that has cells.
pub(super) struct SheetRow {
    /// As Excel counts them.
    pub(super) row: u64,
    /// Those that say anything, by column, the first being 0; in order, each column once.
    cells: Vec<(u32, CellText)>,
    /// Why nobody can tell what stands where in the sheet.
    pub(super) problem: Option<RowProblem>,
}

impl SheetRow {
    /// Of a cell that is said more than once, all texts stand in one, which is evidence of nothing.
    pub(super) fn new(row: u64, mut cells: Vec<(u32, CellText)>, problem: Option<RowProblem>) -> Self {
        cells.sort_by_key(|(column, _)| *column);
        if cells.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other)) {
            let once = |same: &[(u32, CellText)]| Some((same.first()?.0, all_of(same)?));
            cells = cells.chunk_by(|(one, _), (other, _)| one == other).filter_map(once).collect();
        }
        Self { row, cells, problem }
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = Cow<'_, [u8]>> + Clone {
        self.cells.iter().map(|(_, cell)| formula::unmarked(cell.text.as_bytes()))
    }

    /// The same, each with its column.
    pub(super) fn placed_texts(&self) -> impl Iterator<Item = (usize, Cow<'_, [u8]>)> + Clone {
        let columns = self.cells.iter().map(|(column, _)| usize::try_from(*column).unwrap_or(usize::MAX));
        columns.zip(self.texts())
    }

    fn cell(&self, column: u32) -> Option<&CellText> {
        let place = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.cells.get(place).map(|(_, cell)| cell)
    }

    /// Whether no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether it holds nothing but a text behind `#`; an error of Excel is none.
    pub(super) fn is_comment(&self) -> bool {
        matches!(&*self.cells, [(_, cell)] if cell.kind == CellKind::Text && cell.text.trim_start().starts_with('#'))
    }
}

/// What is said of one cell.
fn all_of(cells: &[(u32, CellText)]) -> Option<CellText> {
    let (_, first) = cells.first()?;
    if cells.iter().all(|(_, cell)| cell == first) {
        return Some(first.clone());
    }
    let mut said = Said::default();
    for (_, cell) in cells {
        match cell.size {
            ..=limits::CELL => said.hear(cell.text.clone(), |before, text| before == text),
            found => said.hear_beginning(limits::beginning(&cell.text), found),
        }
    }
    let text = said.shown()?;
    let size = match said.problem() {
        Some(RowProblem::TooLong { found }) => found,
        _ => text.len(),
    };
    Some(CellText { text, kind: CellKind::Other, size })
}

/// Where in a sheet the columns of the header stand.
pub(super) struct Layout {
    /// All of them, in order.
    columns: Vec<u32>,
    /// Those that are read, and the report of these alone: a row costs what stands in it, however wide the header is.
    read: Vec<u32>,
    narrow: ColumnReport,
}

impl Layout {
    /// A header has a column wherever it says anything. Without a header there is one column, that of the first row.
    pub(super) fn of(header: Option<&SheetRow>, columns: &ColumnReport) -> Self {
        let all: Vec<u32> = header.into_iter().flat_map(|header| &header.cells).map(|(column, _)| *column).collect();
        let (read, narrow) = columns.narrowed();
        let read = read.into_iter().filter_map(|column| all.get(column).copied()).collect();
        Self { columns: all, read, narrow }
    }

    /// What the columns of a record are that [`line_up`](Self::line_up) makes.
    pub(super) fn columns(&self) -> &ColumnReport {
        &self.narrow
    }

    /// What a row says in this column of the header.
    pub(super) fn text<'r>(&self, row: &'r SheetRow, column: usize) -> &'r [u8] {
        let cell = self.columns.get(column).and_then(|column| row.cell(*column));
        cell.map_or(&b""[..], |cell| cell.text.as_bytes())
    }

    /// All cells of a row, each told to be one of a product or not.
    pub(super) fn cells_of_products<'r>(
        &'r self,
        row: &'r SheetRow,
    ) -> impl Iterator<Item = (bool, Cow<'r, [u8]>)> + Clone {
        let products = self.narrow.columns(InventoryField::Pid);
        let is_product = |column: u32| self.read.binary_search(&column).is_ok_and(|index| products.contains(&index));
        row.cells.iter().map(move |(column, cell)| (is_product(*column), formula::unmarked(cell.text.as_bytes())))
    }

    /// The cells that are read. A number for a MAC address becomes a text that is none. If a cell below a header is too long,
    /// this is a problem of the row; of a row with a problem, all cells are in the record, as far as they are no more than a
    /// cell may be.
    pub(super) fn line_up(&self, row: &SheetRow, record: &mut ByteRecord) -> Option<RowProblem> {
        record.clear();
        if let Some(problem) = row.problem.or(self.too_long(row)) {
            for text in row.texts() {
                if record.as_slice().len() + text.len() > limits::CELL {
                    break;
                }
                record.push_field(&text);
            }
            return Some(problem);
        }
        let macs = self.narrow.columns(InventoryField::Mac);
        for (index, column) in self.read.iter().enumerate() {
            match row.cell(*column) {
                Some(cell) if cell.kind == CellKind::Number && macs.contains(&index) && is_mac(cell) => {
                    record.push_field(format!("{} (a number)", cell.text).as_bytes());
                }
                Some(cell) => record.push_field(&formula::unmarked(cell.text.as_bytes())),
                None => record.push_field(b""),
            }
        }
        None
    }

    fn too_long(&self, row: &SheetRow) -> Option<RowProblem> {
        let is_below_header = |column: &u32| self.columns.binary_search(column).is_ok();
        let long = row.cells.iter().filter(|(column, cell)| cell.size > limits::CELL && is_below_header(column));
        let found = long.map(|(_, cell)| cell.size).max()?;
        Some(RowProblem::TooLong { found })
    }

    /// Whether a row is the header again.
    pub(super) fn is_header(&self, row: &SheetRow, header: &ColumnReport, record: &mut ByteRecord) -> bool {
        if row.cells.len() < self.columns.len() {
            return false;
        }
        record.clear();
        for column in &self.columns {
            let Some(cell) = row.cell(*column) else { return false };
            record.push_field(&formula::unmarked(cell.text.as_bytes()));
        }
        header.is_header(record)
    }
}

fn is_mac(cell: &CellText) -> bool {
    Mac::read(cell.text.as_bytes()).is_ok()
}
