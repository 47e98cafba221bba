//! Files in: bytes of an inventory to a [`Fleet`](crate::Fleet). The caller opens files; nothing here does.

mod columns;
#[cfg(feature = "csv")]
pub mod csv;
pub(crate) mod row;

pub(crate) use columns::PartedColumns;
pub use columns::{ChosenColumn, ColumnReport, InventoryField};

/// Why an inventory cannot be read at all. What is wrong with one row never ends up here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InventoryError {
    /// There is nothing in it.
    #[error("inventory: the file is empty; expected a header row and one row for each phone")]
    Empty,
    /// It is UTF-16, as Excel's "Unicode Text".
    #[error("inventory: the file is UTF-16; expected UTF-8: save it as CSV UTF-8")]
    Utf16,
    /// It is a file of another kind.
    #[error("inventory: the file is {found}; expected text: CSV with a header row")]
    NotText {
        /// What it is, such as "Parquet".
        found: &'static str,
    },
    /// No column is one that crossgrade reads.
    #[error(
        "inventory: no column of {found:?} is one that is read; \
         expected at least a column such as PID, Model or Device Type"
    )]
    NoColumn {
        /// The headers.
        found: Vec<String>,
    },
    /// Two columns could equally be the same field.
    #[error("inventory: columns {first:?} and {second:?} could both be the {field}; rename or remove one")]
    Ambiguous {
        /// The field.
        field: InventoryField,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// The caller named a column that is not there.
    #[error("inventory: there is no column {column:?} to read the {field} from; expected one of {found:?}")]
    NoSuchColumn {
        /// The field.
        field: InventoryField,
        /// The column that was named.
        column: String,
        /// The headers.
        found: Vec<String>,
    },
    /// The file ends or breaks in a place from which nothing more can be read.
    #[error("inventory: line {line}: {message}")]
    Broken {
        /// Where.
        line: u64,
        /// What the reader says.
        message: String,
    },
}
