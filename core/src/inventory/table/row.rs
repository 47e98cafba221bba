//! One row of a table whose header is known.

use std::borrow::Cow;

use csv::ByteRecord;

use crate::fleet::{FleetRow, RowLabel};
use crate::inventory::{BrokenRow, ColumnReport, RowProblem, limits};
use crate::phone::Phone;

/// The cells of a row, and what is wrong with it.
pub(crate) struct TableRow<'t> {
    pub(crate) line: u64,
    pub(crate) cells: &'t ByteRecord,
    pub(crate) broken: Option<BrokenRow>,
    pub(crate) columns: &'t ColumnReport,
    pub(crate) delimiter: u8,
}

/// A value that is longer than is read spoils its row: a quote that was never meant swallows lines like this.
pub(crate) fn problem_of(cells: &ByteRecord) -> Option<RowProblem> {
    if cells.as_slice().len() <= limits::CELL {
        return None;
    }
    let found = cells.iter().map(<[u8]>::len).max().filter(|found| *found > limits::CELL)?;
    Some(RowProblem::TooLong { found })
}

impl<'t> TableRow<'t> {
    pub(crate) fn phone(&self) -> Phone<'t> {
        match self.unreadable() {
            Some(text) => Phone::new(text),
            None => {
                let cells = self.cells;
                self.columns.phone(|field| self.columns.columns(field).iter().filter_map(|column| cells.get(*column)))
            }
        }
    }

    /// The row of a fleet, of this phone.
    pub(crate) fn into_fleet_row(self, phone: Phone<'static>) -> (FleetRow, Option<BrokenRow>) {
        let row = FleetRow::new(self.line, phone).labeled(self.label());
        (row, self.broken)
    }

    fn label(&self) -> RowLabel {
        match &self.broken {
            Some(broken) if broken.problem.spoils_the_row() => RowLabel::default(),
            _ => self.columns.label(|column| self.cells.get(column)),
        }
    }

    /// Of a row whose cells cannot be trusted: all of them, as the text that nobody can read.
    #[inline]
    pub(crate) fn unreadable(&self) -> Option<String> {
        let broken = self.broken.as_ref().filter(|broken| broken.problem.spoils_the_row())?;
        Some(self.as_one_text(broken))
    }

    #[cold]
    fn as_one_text(&self, broken: &BrokenRow) -> String {
        let delimiter = char::from(self.delimiter).to_string();
        let texts = self.cells.iter().map(String::from_utf8_lossy);
        let text = match broken.problem {
            RowProblem::TooLong { .. } => {
                let texts: Vec<_> = texts.map(|text| text.chars().take(limits::KEPT).collect::<String>()).collect();
                texts.join(&delimiter).chars().take(limits::KEPT).collect()
            }
            _ => texts.collect::<Vec<_>>().join(&delimiter),
        };
        format!("{broken}: {text}")
    }

    /// A cell for each header. Of a row in which nothing can be trusted there is one text, in the best column that is read,
    /// and what is wrong stands in front: lined up, its cells would be read again as those of a phone. But a row that is
    /// read again as too long stays as it is; cells beyond the last header are joined to the last cell.
    pub(crate) fn lined_up(&self) -> impl Iterator<Item = Cow<'t, [u8]>> + use<'t> {
        let (cells, columns, delimiter) = (self.cells, self.columns.headers().len(), self.delimiter);
        let is_too_long = matches!(&self.broken, Some(BrokenRow { problem: RowProblem::TooLong { .. }, .. }));
        let mut one_text =
            self.unreadable().filter(|_| !is_too_long).map(|text| (self.columns.best(), text.into_bytes()));
        (0..columns).map(move |column| {
            if let Some((best, text)) = &mut one_text {
                return Cow::Owned(if column == *best { std::mem::take(text) } else { Vec::new() });
            }
            if column + 1 == columns && cells.len() > columns {
                let rest: Vec<_> = cells.iter().skip(column).collect();
                return Cow::Owned(rest.join(&delimiter));
            }
            Cow::Borrowed(cells.get(column).unwrap_or_default())
        })
    }
}
