//! One row of a table whose header is known.

use std::borrow::Cow;

use csv::ByteRecord;

use super::sum_rows::as_product;
use crate::fleet::{FleetRow, Kept, RowLabel};
use crate::inventory::everyday_headers::counts;
use crate::inventory::field_cell::says_nothing;
use crate::inventory::{BrokenRow, ColumnReport, InventoryField, PartedColumns, RowProblem, limits};
use crate::phone::Phone;

/// The cells of a row, and what is wrong with it.
pub(crate) struct TableRow<'t> {
    pub(crate) line: u64,
    pub(crate) cells: &'t ByteRecord,
    pub(crate) broken: Option<BrokenRow>,
    pub(crate) columns: &'t ColumnReport,
    pub(crate) delimiter: u8,
}

/// Bytes of a row whose cells cannot be trusted that are kept as one text: with what is wrong, that is no longer than a cell.
const MOST_KEPT: usize = limits::CELL - 256;

/// A value that is longer than is read spoils its row: a quote that was never meant swallows lines like this.
pub(crate) fn problem_of(cells: &ByteRecord) -> Option<RowProblem> {
    if cells.as_slice().len() <= limits::CELL {
        return None;
    }
    let found = cells.iter().map(<[u8]>::len).max().filter(|found| *found > limits::CELL)?;
    Some(RowProblem::TooLong { found })
}

/// The cells of a record, each told to be one of a product or not.
pub(crate) fn cells_of_products<'c>(
    cells: &'c ByteRecord,
    columns: &'c ColumnReport,
) -> impl Iterator<Item = (bool, &'c [u8])> + Clone {
    let products = columns.columns(InventoryField::Pid);
    cells.iter().enumerate().map(|(column, cell)| (products.contains(&column), cell))
}

impl<'t> TableRow<'t> {
    pub(crate) fn phone(&self) -> Phone<'t> {
        match self.unreadable() {
            Some(text) => Phone::new(text),
            None => {
                let (cells, columns) = (self.cells, self.columns);
                let cell = |field, column: usize| Some(columns.cell(field, column, cells.get(column)?));
                let said = |field| columns.columns(field).iter().filter_map(move |column| cell(field, *column));
                columns.phone(said, |column| cells.get(column))
            }
        }
    }

    /// The phone without who it is, but for what the row says of that differently in one cell.
    pub(crate) fn phone_of_combination(&self) -> Phone<'static> {
        let mut phone = self.phone().into_owned();
        phone.forget_identity(self.columns.is_of_fleet());
        phone
    }

    /// The cells that many phones have in common.
    #[inline]
    pub(crate) fn cells_of_combination(&self, columns: &PartedColumns) -> impl Iterator<Item = &'t [u8]> + Clone {
        let cells = self.cells;
        let columns = columns.combination.iter().map(|(_, column)| *column).chain(columns.registration.iter().copied());
        columns.map(|column| cells.get(column).unwrap_or_default())
    }

    /// Whether it says anything of a product.
    #[inline]
    pub(crate) fn says_a_product(&self) -> bool {
        let (cells, columns) = (self.cells, self.columns);
        let says = |column: &usize| {
            let is_everyday = || columns.is_everyday(InventoryField::Pid, *column);
            let cell = cells.get(*column).filter(|cell| !says_nothing(cell));
            cell.is_some_and(|cell| !is_everyday() || counts(InventoryField::Pid, cell))
        };
        self.spoiled().is_some() || columns.columns(InventoryField::Pid).iter().any(says)
    }

    /// The row of a fleet, of this phone.
    pub(crate) fn into_fleet_row(self, phone: Phone<'static>) -> (FleetRow, Option<BrokenRow>) {
        let row = FleetRow::new(self.line, phone).labeled(self.label()).with_kept(self.kept());
        (row, self.broken)
    }

    fn label(&self) -> RowLabel {
        match self.spoiled() {
            Some(_) => RowLabel::default(),
            None => self.columns.label(|column| self.cells.get(column)),
        }
    }

    /// Whether its phone is gone, and the row says with which load it was last seen.
    #[inline]
    pub(crate) fn says_last_load(&self) -> bool {
        self.columns.last_load(|column| self.cells.get(column)).is_some() && self.spoiled().is_none()
    }

    /// What it says in the kept columns.
    pub(crate) fn kept(&self) -> Kept {
        match self.spoiled() {
            Some(_) => Kept::default(),
            None => self.columns.kept(|column| self.cells.get(column)),
        }
    }

    /// Of a row whose cells cannot be trusted: all of them, as the text that nobody can read. Of a long row that is the
    /// beginning.
    #[inline]
    pub(crate) fn unreadable(&self) -> Option<String> {
        let broken = self.spoiled()?;
        // What is wrong stands in front.
        Some(match self.cells.as_slice().len() + self.cells.len() {
            ..=MOST_KEPT => self.whole_text(broken),
            _ => self.as_one_text(broken, limits::KEPT),
        })
    }

    fn spoiled(&self) -> Option<&BrokenRow> {
        self.broken.as_ref().filter(|broken| broken.problem.spoils_the_row())
    }

    /// All cells as one text.
    fn whole_text(&self, broken: &BrokenRow) -> String {
        let text = self.as_one_text(broken, usize::MAX);
        if broken.problem == RowProblem::SumRow { as_product(text) } else { text }
    }

    /// What is wrong, and so many characters of the cells.
    #[cold]
    fn as_one_text(&self, broken: &BrokenRow, characters: usize) -> String {
        // The cells of a sum say by themselves what the row is.
        let mut text = if broken.problem == RowProblem::SumRow { String::new() } else { format!("{broken}: ") };
        let mut left = characters;
        for (index, cell) in self.cells.iter().enumerate() {
            if index > 0 && left > 0 {
                text.push(char::from(self.delimiter));
                left -= 1;
            }
            if left == 0 {
                break;
            }
            // A character has four bytes at most.
            let beginning = &cell[..cell.len().min(left.saturating_mul(4))];
            for letter in String::from_utf8_lossy(beginning).chars().take(left) {
                text.push(letter);
                left -= 1;
            }
        }
        text
    }

    /// A cell for each header, nothing where the row has none. Of a row in which nothing can be trusted there is one text, in
    /// the best column that is read, and what is wrong stands in front: lined up, its cells would be read again as those of a
    /// phone. But a row that is read again as too long stays as it is; cells beyond the last header are joined to the last cell.
    pub(crate) fn lined_up(&self) -> impl Iterator<Item = Option<Cow<'t, [u8]>>> + use<'t> {
        let (cells, columns, delimiter) = (self.cells, self.columns.headers().len(), self.delimiter);
        let is_too_long = matches!(&self.broken, Some(BrokenRow { problem: RowProblem::TooLong { .. }, .. }));
        let spoiled = self.spoiled().filter(|_| !is_too_long);
        let mut one_text = spoiled.map(|broken| (self.columns.best(), self.whole_text(broken).into_bytes()));
        (0..columns).map(move |column| {
            if let Some((best, text)) = &mut one_text {
                return (column == *best).then(|| Cow::Owned(std::mem::take(text)));
            }
            if column + 1 == columns && cells.len() > columns {
                let rest: Vec<_> = cells.iter().skip(column).collect();
                return Some(Cow::Owned(rest.join(&delimiter)));
            }
            cells.get(column).map(Cow::Borrowed)
        })
    }
}
