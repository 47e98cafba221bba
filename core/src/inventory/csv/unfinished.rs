//! Whether a text ends in the middle of a row: a transfer broke off, or somebody else's program did.

use super::csv_rows::RowQuotes;
use crate::inventory::InventoryError;

/// What the rows so far say of an end that may come.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    /// The line with a quote that is never closed, unless a row below it lines up with the header.
    open_quote: Option<u64>,
    /// The line of a row in which cells are missing and whose end is that of the text, without the end of a line.
    short_row: Option<u64>,
}

impl Unfinished {
    /// Takes note of a row with this number of cells. `ends_the_text`: the text ends with it, without an end of line.
    #[inline]
    pub(super) fn hear(
        &mut self,
        line: u64,
        quotes: RowQuotes,
        cells: usize,
        columns: usize,
        ends_the_text: impl FnOnce() -> bool,
    ) {
        if quotes == RowQuotes::Fine && cells == columns {
            self.lines_up();
            return;
        }
        self.short_row = (cells < columns && ends_the_text()).then_some(line);
        if quotes == RowQuotes::Unclosed {
            // The first of them swallows the others.
            self.open_quote.get_or_insert(line);
        } else if cells == columns {
            self.open_quote = None;
        }
    }

    /// Hears of a line that lines up with the header, whether it is a row or not: it stands within no quotes.
    #[inline]
    pub(super) fn lines_up(&mut self) {
        *self = Self::default();
    }

    /// Why a text that ends here is no whole one, if it is not.
    pub(super) fn cut(&self) -> Option<InventoryError> {
        let broken = |line, message: &str| InventoryError::Broken { line, message: message.to_owned() };
        if let Some(line) = self.open_quote {
            return Some(broken(line, "the file ends within a cell whose quote is never closed"));
        }
        self.short_row.map(|line| broken(line, "the file ends within this row"))
    }
}
