//! Files out: text for the caller to write. Nothing here opens a file.

pub mod fleet;
pub mod results;

use crate::inventory::InventoryError;
use crate::text::Shown;

/// Why results cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// What comes in is no inventory.
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    /// A result column has the name of another column.
    #[error(
        "results: there is a column {} already; expected a prefix that makes result columns differ",
        Shown::quoted(column)
    )]
    ColumnClash {
        /// The name.
        column: String,
    },
    /// The writer of CSV failed.
    #[error("results: {}", Shown::sentence(.0))]
    Write(String),
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.to_string())
    }
}
