//! Why settlements are refused.

use std::fmt;

use super::settlement_column::{FIELDS, SettlementColumn};
use crate::assess::Field;
use crate::inventory::{InventoryError, RowProblem};
use crate::text::{ParseError, Shown, ShownNames, listed};

/// Why settlements are refused: what is wrong, and in which row of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementError(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    name: String,
    row: Option<u64>,
    has_lines: bool,
    problem: SettlementProblem,
}

/// What is wrong with settlements.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettlementProblem {
    /// It is no text that can be read.
    #[error("{0}")]
    Unreadable(InventoryError),
    /// There is no header with the columns that are needed.
    #[error("{}; expected a header {}", Found(found), header())]
    NoHeader {
        /// The cells of the first row.
        found: Vec<String>,
    },
    /// A column is there twice.
    #[error("column {column} is there twice; expected once")]
    ColumnTwice {
        /// The column.
        column: SettlementColumn,
    },
    /// A row does not line up with the header, or cannot be read as a row.
    #[error("{problem}; expected a row of as many cells, quoted where they hold separators")]
    Row {
        /// What is wrong with it.
        problem: RowProblem,
    },
    /// The device is blank.
    #[error("the device is blank; expected a MAC address, the name of a device, or a place such as export.csv line 2")]
    NoDevice,
    /// The field is none.
    #[error("field {} is unknown; expected one of {}", Shown::quoted(found), fields())]
    Field {
        /// The text.
        found: String,
    },
    /// Nobody can settle the field.
    #[error("{field} cannot be settled, for it is {}; expected one of {}", what_it_is(*field), fields())]
    NotSettled {
        /// The field.
        field: Field,
    },
    /// The value cannot be read as the field.
    #[error("{error}")]
    Value {
        /// The field.
        field: Field,
        /// Where reading went wrong, and what would be right.
        error: ParseError,
    },
    /// No phone of the merge is this device.
    #[error(
        "device {} is no phone of the merge; \
         expected a MAC address, the name of a device, or a place such as export.csv line 2",
        Shown::quoted(device)
    )]
    NoSuchDevice {
        /// The device.
        device: String,
    },
    /// Several phones of the merge have this name.
    #[error(
        "device {} may be any of {} phones; expected a MAC address, or a place: {}",
        Shown::quoted(device),
        places.len(),
        listed(places, " or ", 0, String::clone)
    )]
    SeveralDevices {
        /// The device.
        device: String,
        /// Where they stand.
        places: Vec<String>,
    },
    /// Two settlements of one device say different things.
    #[error(
        "the {field} of device {} is {}, but {} {other} says {}; expected one of them",
        Shown::quoted(device),
        Shown::new(value),
        if *has_lines { "line" } else { "row" },
        Shown::new(other_value)
    )]
    Contradiction {
        /// The device.
        device: String,
        /// The field.
        field: Field,
        /// What this row says.
        value: String,
        /// The other row.
        other: u64,
        /// What that says.
        other_value: String,
        /// Rows are lines of a file.
        has_lines: bool,
    },
}

impl SettlementError {
    pub(super) fn of_table(name: &str, problem: SettlementProblem) -> Self {
        Self(Box::new(Parts { name: name.to_owned(), row: None, has_lines: false, problem }))
    }

    pub(super) fn of_row(name: &str, row: u64, has_lines: bool, problem: SettlementProblem) -> Self {
        Self(Box::new(Parts { name: name.to_owned(), row: Some(row), has_lines, problem }))
    }

    /// The name of the settlements.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The line of the file, or the row of the table, if it is one.
    pub fn row(&self) -> Option<u64> {
        self.0.row
    }

    /// The column, if it is one.
    pub fn column(&self) -> Option<SettlementColumn> {
        match self.0.problem {
            SettlementProblem::ColumnTwice { column } => Some(column),
            SettlementProblem::NoDevice
            | SettlementProblem::NoSuchDevice { .. }
            | SettlementProblem::SeveralDevices { .. } => Some(SettlementColumn::Device),
            SettlementProblem::Field { .. } | SettlementProblem::NotSettled { .. } => Some(SettlementColumn::Field),
            SettlementProblem::Value { .. } | SettlementProblem::Contradiction { .. } => Some(SettlementColumn::Value),
            SettlementProblem::Unreadable(_) | SettlementProblem::NoHeader { .. } | SettlementProblem::Row { .. } => {
                None
            }
        }
    }

    /// What is wrong.
    pub fn problem(&self) -> &SettlementProblem {
        &self.0.problem
    }
}

/// `settle.csv line 3: field "vidd" is unknown; expected one of pid, vid, ...`.
impl fmt::Display for SettlementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { name, row, has_lines, problem } = &*self.0;
        write!(f, "{}", Shown::both_ends(name))?;
        match (row, has_lines) {
            (Some(row), true) => write!(f, " line {row}")?,
            (Some(row), false) => write!(f, " row {row}")?,
            (None, _) => {}
        }
        write!(f, ": {problem}")
    }
}

impl std::error::Error for SettlementError {}

/// The error of a text that cannot be read.
#[cfg(feature = "csv")]
pub(super) fn from_reading(name: &str, error: InventoryError) -> SettlementError {
    let problem = match error {
        InventoryError::Empty => SettlementProblem::NoHeader { found: Vec::new() },
        error => SettlementProblem::Unreadable(error),
    };
    SettlementError::of_table(name, problem)
}

/// What is there instead of a header.
struct Found<'a>(&'a [String]);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => write!(f, "there is nothing in it"),
            names => write!(f, "its columns are {}", ShownNames(names)),
        }
    }
}

/// `device,field,value,said_by,when`.
fn header() -> String {
    let is_read = |column: &&SettlementColumn| **column != SettlementColumn::Sides;
    let names: Vec<_> = SettlementColumn::ALL.iter().filter(is_read).map(|column| column.as_str()).collect();
    names.join(",")
}

fn fields() -> String {
    FIELDS.map(Field::as_str).join(", ")
}

fn what_it_is(field: Field) -> &'static str {
    match field {
        Field::Target => "what the caller asks for and nothing of the phone",
        _ => "by what a phone is told from others, and belongs corrected in its source",
    }
}
