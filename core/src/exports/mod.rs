//! Files out, written to whatever the caller has opened. Nothing here opens a file.
//!
//! Results are for people: a cell that a spreadsheet would run as a formula gets an apostrophe in front (`'=V05`), and so does
//! what follows a comma, a semicolon, a tab, a bar or the end of a line within a cell (`x,'=1+1`), because a spreadsheet may
//! split there. What has such an apostrophe already gets another one, in every file:
//! [`inventory::csv`](crate::inventory::csv) takes one off, and so reads the same cells again.

pub mod fleet;
pub mod results;

use std::io;

use crate::inventory::{InventoryError, MOST_COLUMNS};
use crate::text::Shown;

/// Why results cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// What comes in is no inventory, or more than is written.
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
    /// The columns of the inventory and those of the results are more than are written.
    #[error("results: {input} columns and {results} of the results; expected at most {MOST_COLUMNS} together")]
    TooManyColumns {
        /// Columns of the inventory.
        input: usize,
        /// Columns of the results.
        results: usize,
    },
    /// What takes the file failed.
    #[error("results: {}", Shown::new(message))]
    Write {
        /// How.
        kind: io::ErrorKind,
        /// What it says.
        message: String,
    },
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Write { kind: error.kind(), message: error.to_string() }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        io::Error::from(error).into()
    }
}
