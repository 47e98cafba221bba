//! The header of a sheet, and the rows behind it.

use csv::ByteRecord;

use super::sheet_row::{Layout, SheetRow};
use super::sheet_rows::{Places, Rows};
use crate::inventory::table::{Counts, Found, HeaderSearch, Skipped, TableRow, is_sum};
use crate::inventory::{BrokenRow, ChosenColumn, ColumnReport, Inventory, InventoryError, Keep, RowProblem, limits};

/// Why a sheet is not read.
#[derive(Debug)]
pub(super) enum NotRead {
    /// Its rows count phones by model.
    CountsPhones(InventoryError),
    Other(InventoryError),
}

impl From<InventoryError> for NotRead {
    fn from(error: InventoryError) -> Self {
        Self::Other(error)
    }
}

impl NotRead {
    pub(super) fn error(&self) -> &InventoryError {
        let (Self::CountsPhones(error) | Self::Other(error)) = self;
        error
    }

    pub(super) fn into_error(self) -> InventoryError {
        let (Self::CountsPhones(error) | Self::Other(error)) = self;
        error
    }
}

/// The beginning of a sheet, in which the header was found.
pub(super) struct Head {
    columns: ColumnReport,
    layout: Layout,
    /// The number of the row of the header.
    row: Option<u64>,
    /// What is wrong with the row of the header, for people.
    problem: Option<String>,
    /// The rows behind the header that are read already.
    rows: Vec<SheetRow>,
    skipped: Skipped,
    cut: Option<InventoryError>,
}

impl Head {
    /// Which column is read as what.
    pub(super) fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    pub(super) fn read(rows: &mut Rows<'_, '_>, chosen: &[ChosenColumn], keep: &Keep) -> Result<Self, InventoryError> {
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
            if row.is_blank() {
                skipped.blank(row.row);
                continue;
            }
            if let Some(columns) = search.look(row.row, row.placed_texts())? {
                let columns = columns.keeping(keep)?;
                let (layout, number, problem) = (Layout::of(Some(&row), &columns), Some(row.row), problem_of(&row));
                skipped.names(row.texts());
                let rows = behind(row.row, seen, |row| {
                    if row.is_comment() { skipped.comment(row.row) } else { skipped.title(row.row) }
                });
                return Ok(Self { columns, layout, row: number, problem, rows, skipped, cut: None });
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
        let columns = columns.keeping(keep)?;
        (skipped.is_mac_list, skipped.is_list_of_lines) = (header.is_none(), header.is_none());
        let mut read = seen.split_off(header.unwrap_or(0).min(seen.len()));
        let Some(record) = header.and_then(|_| (!read.is_empty()).then(|| read.remove(0))) else {
            let layout = Layout::of(read.first(), &columns);
            return Ok(Self { columns, layout, row: None, problem: None, rows: read, skipped, cut });
        };
        let mut rows = behind(record.row, seen, |row| skipped.title(row.row));
        rows.append(&mut read);
        let (layout, row, problem) = (Layout::of(Some(&record), &columns), Some(record.row), problem_of(&record));
        Ok(Self { columns, layout, row, problem, rows, skipped, cut })
    }

    /// Reads the rows behind the header. The rows of the sheet that stand in several places.
    ///
    /// # Errors
    /// If they count phones, and no column is `chosen` by the caller.
    pub(super) fn read_rows(
        self,
        mut rows: Rows<'_, '_>,
        inventory: &mut Inventory,
        is_chosen: bool,
    ) -> Result<Places, NotRead> {
        let mut counts = Counts::of(&self.columns).filter(|_| !is_chosen);
        let Self { columns, layout, row: header, problem, rows: read, mut skipped, cut } = self;
        problem.into_iter().for_each(|problem| inventory.note(problem));
        let (mut cells, mut is_whole) = (ByteRecord::new(), true);
        let mut read = read.into_iter().map(Ok).chain(cut.map(Err));
        while let Some(row) = read.next().or_else(|| rows.next()) {
            let row = match row {
                Ok(row) if row.is_blank() => {
                    skipped.blank(row.row);
                    continue;
                }
                Ok(row) => row,
                Err(error) => {
                    is_whole = false;
                    inventory.end_at(error);
                    break;
                }
            };
            if row.is_comment() && (skipped.is_mac_list || columns.headers().len() > 1) {
                skipped.comment(row.row);
            } else if row.problem.is_none() && header.is_some_and(|header| row.row < header) {
                skipped.title(row.row);
            } else if !skipped.is_mac_list && layout.is_header(&row, &columns, &mut cells) {
                skipped.header(row.row);
            } else if let Err(error) =
                limits::check_rows(inventory.rows_read(), row.row).and_then(|()| inventory.try_reserve(1))
            {
                is_whole = false;
                inventory.end_at(error);
                break;
            } else {
                let problem = layout.line_up(&row, &mut cells);
                if let Some(counts) = counts.as_mut().filter(|counts| !counts.is_over() && problem.is_none()) {
                    counts.look(layout.text(&row, counts.column()), row.texts());
                    if counts.is_over() {
                        counts.check().map_err(NotRead::CountsPhones)?;
                    }
                }
                let problem = problem.or_else(|| is_sum(layout.cells_of_products(&row)).then_some(RowProblem::SumRow));
                let broken = problem.map(|problem| BrokenRow { line: row.row, problem });
                let row =
                    TableRow { line: row.row, cells: &cells, broken, columns: layout.columns(), delimiter: b'\t' };
                skipped.phone(row.says_last_load());
                let phone = row.phone().into_owned();
                let (row, broken) = row.into_fleet_row(phone);
                inventory.push(row, broken);
            }
        }
        counts.as_ref().map_or(Ok(()), Counts::check).map_err(NotRead::CountsPhones)?;
        if is_whole && let Some(error) = rows.end() {
            inventory.end_at(error);
        }
        if !skipped.is_mac_list {
            inventory.note_columns(&columns);
        }
        skipped.notes().into_iter().for_each(|note| inventory.note(note));
        inventory.columns = vec![(0, columns)];
        Ok(rows.found())
    }
}

/// Of the rows that are written above the header, those that stand behind it by their numbers; what stands above is no row.
fn behind(header: u64, written_above: Vec<SheetRow>, above: impl FnMut(&SheetRow)) -> Vec<SheetRow> {
    let (behind, titles): (Vec<_>, Vec<_>) = written_above.into_iter().partition(|row| row.row > header);
    titles.iter().for_each(above);
    behind
}

fn problem_of(header: &SheetRow) -> Option<String> {
    header.problem.map(|problem| format!("row {}, the header: {problem}", header.row))
}
