use crate::inventory::{ChosenColumn, Keep};

/// How results are written.
///
/// # Example
/// ```
/// use crossgrade::exports::results::ResultsOptions;
///
/// let options = ResultsOptions::default().prefix("cg_").raw(true);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultsOptions {
    pub(super) columns: Vec<ChosenColumn>,
    pub(super) keep: Keep,
    pub(super) prefix: String,
    pub(super) is_raw: bool,
}

impl ResultsOptions {
    /// These fields of a CSV text are read from these columns, whatever the columns are called.
    #[must_use]
    pub fn columns(mut self, columns: impl IntoIterator<Item = ChosenColumn>) -> Self {
        self.columns = columns.into_iter().collect();
        self
    }

    /// These columns of a CSV text come out under the names that the caller gives them. A column that has that name already
    /// is there anyway; one of another name stands once more behind the columns of the text. A fleet that is written has
    /// the kept columns that it was read with.
    #[must_use]
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// This text stands in front of the name of every result column.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Whether cells stay as they are that a spreadsheet would run as formulas. Without it such a cell gets an apostrophe
    /// in front: see [`exports`](super::super).
    #[must_use]
    pub fn raw(mut self, is_raw: bool) -> Self {
        self.is_raw = is_raw;
        self
    }
}
