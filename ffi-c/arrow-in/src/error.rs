use std::ffi::c_int;
use std::fmt;

use arrow_schema::ArrowError;

use crossgrade::text::Shown;

use crate::limits::TEXTS;

/// Why a table from outside is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A schema contradicts itself, or is more than is read.
    Schema(Fault),
    /// A batch contradicts itself or its schema.
    Batch(Fault),
    /// It is no table but a single column of this type.
    NoTable {
        /// The type, shortened.
        found: String,
    },
    /// The stream was released or moved before.
    Released,
    /// The stream lacks a callback that every stream has.
    NoCallback,
    /// A callback of the stream failed.
    Failed {
        /// The name of the callback.
        callback: &'static str,
        /// The number that it returned, which is not zero.
        errno: c_int,
        /// What the stream says of it, up to 64 KiB; a message quotes its beginning.
        text: Option<String>,
    },
    /// There is no memory for what the table needs.
    Memory,
}

/// What is wrong, and in which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    column: Option<String>,
    /// Within the column.
    field: Option<String>,
    what: String,
    is_memory: bool,
}

impl Fault {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { column: None, field: None, what: what.into(), is_memory: false }
    }

    pub(crate) fn memory() -> Self {
        Self { is_memory: true, ..Self::new("no memory") }
    }

    pub(crate) fn too_many_texts() -> Self {
        let what = "the names, formats and metadata of the schema have more than";
        Self::new(format!("{what} {TEXTS} bytes; expected at most that"))
    }

    /// In this column of the table.
    pub(crate) fn in_column(mut self, name: &str) -> Self {
        self.column = Some(Shown::quoted(name).to_string());
        self
    }

    /// In the column at this index, whose name is not known.
    pub(crate) fn at_index(mut self, index: usize) -> Self {
        self.column.get_or_insert_with(|| format!("at index {index}"));
        self
    }

    /// In this field of a column, unless it is known in which.
    pub(crate) fn in_field(mut self, name: &str) -> Self {
        self.field.get_or_insert_with(|| Shown::quoted(name).to_string());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(column) = &self.column {
            write!(f, "column {column}")?;
            if let Some(field) = &self.field {
                write!(f, ", field {field}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.what)
    }
}

impl Error {
    pub(crate) fn schema(fault: Fault) -> Self {
        if fault.is_memory { Self::Memory } else { Self::Schema(fault) }
    }

    pub(crate) fn batch(fault: Fault) -> Self {
        if fault.is_memory { Self::Memory } else { Self::Batch(fault) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(fault) => write!(f, "the schema is malformed: {fault}"),
            Self::Batch(fault) => write!(f, "the table is malformed: {fault}"),
            Self::NoTable { found } => {
                write!(f, "found a single column of type {found}; expected a table")
            }
            Self::Released => write!(f, "the stream was released or moved before; expected one that is not"),
            Self::NoCallback => write!(f, "the stream has no get_schema or no get_next"),
            Self::Failed { callback, errno, text } => {
                write!(f, "the {callback} of the stream failed with error {errno}")?;
                text.as_ref().map_or(Ok(()), |text| write!(f, ": {}", Shown::new(text)))
            }
            Self::Memory => write!(f, "there is not enough memory for the table"),
        }
    }
}

impl std::error::Error for Error {}

impl From<Error> for ArrowError {
    fn from(error: Error) -> Self {
        Self::ExternalError(Box::new(error))
    }
}
