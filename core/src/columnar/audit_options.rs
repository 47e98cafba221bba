use std::num::NonZeroUsize;

use crate::audit::ResultColumn;
use crate::inventory::{ChosenColumn, Keep};
use crate::text::words;

words! {
    /// How the texts of result columns are laid out.
    #[non_exhaustive]
    pub enum TextLayout as "text layout" {
        /// Dictionaries with 16-bit keys: the fastest and smallest. Columns with another text in every row (`read_mac`,
        /// `license_file`) are plain strings all the same.
        Dictionary = "dictionary",
        /// Plain strings, for readers that take no dictionaries (Spark).
        Utf8 = "utf8",
        /// Plain strings with 64-bit offsets.
        LargeUtf8 = "large-utf8",
        /// String views.
        Utf8View = "utf8-view",
    }
}

/// How a table is audited. The default adds every result column, as dictionaries, on all cores.
///
/// # Example
/// ```
/// use crossgrade::audit::ResultColumn;
/// use crossgrade::columnar::{AuditOptions, TextLayout};
///
/// let options = AuditOptions::default()
///     .select([ResultColumn::Verdict, ResultColumn::Findings])
///     .text(TextLayout::Utf8)
///     .prefix("cg_");
/// ```
#[derive(Debug, Clone, Default)]
pub struct AuditOptions {
    pub(super) select: Option<Vec<ResultColumn>>,
    pub(super) columns: Vec<ChosenColumn>,
    pub(super) keep: Keep,
    pub(super) prefix: String,
    pub(super) text: Option<TextLayout>,
    pub(super) threads: Option<NonZeroUsize>,
}

impl AuditOptions {
    /// Only these result columns, in this order.
    #[must_use]
    pub fn select(mut self, columns: impl IntoIterator<Item = ResultColumn>) -> Self {
        self.select = Some(columns.into_iter().collect());
        self
    }

    /// These fields are read from these columns, whatever the columns are called.
    #[must_use]
    pub fn columns(mut self, columns: impl IntoIterator<Item = ChosenColumn>) -> Self {
        self.columns = columns.into_iter().collect();
        self
    }

    /// These columns come out under the names that the caller gives them. A column that has that name already is there anyway;
    /// one of another name stands once more behind the columns of the table, as it is.
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

    /// The layout of the texts.
    #[must_use]
    pub fn text(mut self, layout: TextLayout) -> Self {
        self.text = Some(layout);
        self
    }

    /// How many threads work; all cores if it is not said. The answers are the same bytes, whatever the number.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }
}
