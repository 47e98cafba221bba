use arrow_schema::{ArrowError, DataType};

use crate::fleet::ResultColumn;
use crate::inventory::{InventoryError, InventoryField, MOST_COLUMNS};
use crate::text::Shown;

/// Why a table cannot be audited. What is wrong with one phone never ends up here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The columns are not those of an inventory.
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    /// A column of an inventory holds something that is not text.
    #[error(
        "audit: column {}, read as the {field}, is of type {}; expected {}",
        Shown::quoted(column),
        Shown::new(&found.to_string()),
        accepted(*field)
    )]
    ColumnType {
        /// Its name.
        column: String,
        /// The field that it would be read as.
        field: InventoryField,
        /// Its type.
        found: DataType,
    },
    /// A column that the caller keeps holds something that is no text and no number.
    #[error(
        "audit: column {}, kept as {}, is of type {}; \
         expected text, a dictionary of texts, integers, floats, booleans, or nothing but nulls",
        Shown::quoted(column),
        Shown::quoted(name),
        Shown::new(&found.to_string())
    )]
    KeptType {
        /// Its name.
        column: String,
        /// Its name in results.
        name: String,
        /// Its type.
        found: DataType,
    },
    /// A result column has the name of another column.
    #[error(
        "audit: there is a column {} already; expected a prefix that makes result columns differ",
        Shown::quoted(column)
    )]
    ColumnClash {
        /// The name.
        column: String,
    },
    /// A name that no Arrow table can carry outside Rust.
    #[error("audit: the name of column {} holds a NUL; expected a name without", Shown::quoted(column))]
    ColumnName {
        /// The name.
        column: String,
    },
    /// The columns of the table and those of the results are more than are written.
    #[error("audit: {input} columns and {results} of the results; expected at most {MOST_COLUMNS} together")]
    TooManyColumns {
        /// Columns of the table.
        input: usize,
        /// Columns of the results.
        results: usize,
    },
    /// A result column is selected more than once.
    #[error("audit: the result column {column} is selected twice; expected each once")]
    SelectedTwice {
        /// The column.
        column: ResultColumn,
    },
    /// A column contradicts its own description: an offset or key points outside its data.
    #[error("audit: column {} is malformed at row {row}: {what}", Shown::quoted(column))]
    Malformed {
        /// Its name.
        column: String,
        /// The row of the batch that came in, the first being 0.
        row: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// A column of a single table has more different texts than 16-bit keys can tell apart.
    #[error(
        "audit: column {} has more than 32,768 different texts; \
         expected another text layout than dictionary, or a stream, which starts a new dictionary",
        Shown::quoted(column)
    )]
    TooManyTexts {
        /// Its name.
        column: String,
    },
    /// What hands over the batches failed, or they do not fit together.
    #[error("audit: {}", told(.0))]
    Arrow(#[from] ArrowError),
}

/// So that an audit can be a reader among others.
impl From<AuditError> for ArrowError {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Arrow(error) => error,
            error => Self::ExternalError(Box::new(error)),
        }
    }
}

/// What others say is quoted; what this crate says itself is told as it is.
fn told(error: &ArrowError) -> String {
    match error {
        ArrowError::ExternalError(own) if own.is::<AuditError>() || own.is::<InventoryError>() => own.to_string(),
        other => Shown::new(&other.to_string()).to_string(),
    }
}

fn accepted(field: InventoryField) -> &'static str {
    match field {
        InventoryField::Pid | InventoryField::Mac => {
            "text (Utf8, LargeUtf8, Utf8View or a dictionary of those), integers, or nothing but nulls"
        }
        _ => "text (Utf8, LargeUtf8, Utf8View or a dictionary of those), or nothing but nulls",
    }
}
