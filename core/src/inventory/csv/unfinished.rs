//! Whether a text ends in the middle of a row: a transfer broke off, or somebody else's program did.

use super::line::is_line_end;
use super::rows::RowQuotes;
use crate::inventory::InventoryError;

/// What the rows so far say of an end that may come.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    /// The line with a quote that is never closed, unless a row below it lines up with the header.
    open_quote: Option<u64>,
    /// The line of the last row, if cells are missing in it.
    short_row: Option<u64>,
}

impl Unfinished {
    /// Hears of a row of so many cells.
    #[inline]
    pub(super) fn hear(&mut self, line: u64, quotes: RowQuotes, cells: usize, columns: usize) {
        if quotes == RowQuotes::Fine && cells == columns {
            *self = Self::default();
            return;
        }
        self.short_row = (cells < columns).then_some(line);
        if quotes == RowQuotes::Unclosed {
            // The first of them swallows the others.
            self.open_quote.get_or_insert(line);
        } else if cells == columns {
            self.open_quote = None;
        }
    }

    /// Why a text that ends here is no whole one, if it is not.
    pub(super) fn cut(&self, text: &[u8]) -> Option<InventoryError> {
        let broken = |line, message: &str| InventoryError::Broken { line, message: message.to_owned() };
        if let Some(line) = self.open_quote {
            return Some(broken(line, "the file ends within a cell whose quote is never closed"));
        }
        let line = self.short_row.filter(|_| !text.last().is_some_and(is_line_end))?;
        Some(broken(line, "the file ends within this row"))
    }
}
