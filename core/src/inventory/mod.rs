//! Files in: bytes of an inventory to a [`Fleet`](crate::Fleet). The caller opens files and fetches answers; nothing here
//! does.

mod asked_columns;
#[cfg(feature = "xml")]
pub mod axl;
#[cfg(all(test, feature = "load"))]
mod bake_headers;
#[cfg(feature = "csv")]
mod bare_names;
mod broken_row;
#[cfg(feature = "csv")]
mod capture_as_csv;
mod columns;
#[cfg(any(feature = "csv", feature = "arrow"))]
mod combination;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg(feature = "xml")]
pub mod device_page;
mod document;
#[cfg(any(feature = "csv", feature = "xml"))]
mod encoding;
pub(crate) mod everyday_headers;
pub(crate) mod field_cell;
mod folded_header;
#[cfg(feature = "inventory")]
mod folder;
#[cfg(feature = "csv")]
mod foreign;
mod header_rank;
mod headers;
#[cfg(feature = "xml")]
mod html_text;
mod inventory_field;
#[cfg(feature = "inventory")]
pub mod json;
#[cfg(feature = "inventory")]
mod json_door;
mod kept_columns_chosen;
#[cfg(any(feature = "xml", feature = "webex"))]
mod kept_of_devices;
#[cfg(any(feature = "xml", feature = "webex"))]
mod keys_of_pages;
mod known_headers;
mod limits;
#[cfg(all(feature = "csv", feature = "xml"))]
mod markup;
mod neighbors;
#[cfg(feature = "xml")]
mod phone_page;
#[cfg(feature = "inventory")]
mod read_any_kind;
#[cfg(feature = "inventory")]
mod read_options;
mod reading_report;
#[cfg(feature = "inventory")]
mod recognize;
#[cfg(any(feature = "xml", feature = "webex"))]
mod records;
pub(crate) mod registration;
#[cfg(feature = "xml")]
pub mod risport;
mod row_labels;
pub(crate) mod row_to_phone;
mod said_in_document;
#[cfg(any(feature = "xml", feature = "webex"))]
mod short_entries;
#[cfg(feature = "csv")]
pub(crate) mod table;
#[cfg(any(feature = "csv", feature = "xml"))]
mod terminal;
#[cfg(any(feature = "csv", feature = "xml", feature = "arrow"))]
mod udi;
#[cfg(feature = "webex")]
pub mod webex;
#[cfg(feature = "xlsx")]
pub mod xlsx;
#[cfg(feature = "xml")]
mod xml_elements;
#[cfg(any(feature = "xml", feature = "xlsx"))]
mod xml_reference;

pub use broken_row::{BrokenRow, Came, RowProblem};
pub(crate) use columns::PartedColumns;
#[cfg(any(feature = "csv", feature = "arrow"))]
use columns::reads_as_phone;
pub use columns::{ChosenColumn, ColumnReport};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use combination::{Combinations, Place};
pub use document::Document;
#[cfg(any(feature = "csv", feature = "xml"))]
pub use encoding::Encoding;
#[cfg(any(feature = "xml", feature = "webex"))]
pub(crate) use encoding::lossy;
#[cfg(any(feature = "csv", feature = "xml"))]
pub(crate) use encoding::{Decoded, decode};
#[cfg(feature = "inventory")]
pub use folder::{LeftOut, read_folder};
pub use inventory_field::InventoryField;
pub use kept_columns_chosen::{Keep, KeptColumn};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use limits::COLUMNS as MOST_COLUMNS;
pub use limits::{LARGEST_FILE, check_file};
#[cfg(feature = "inventory")]
pub use read_any_kind::read;
#[cfg(feature = "inventory")]
pub use read_options::ReadOptions;
pub use reading_report::Inventory;
#[cfg(feature = "inventory")]
pub use recognize::recognize;
#[cfg(feature = "csv")]
pub(crate) use terminal::Layout;

use crate::text::{Shown, ShownNames};

/// Why an inventory cannot be read at all. What is wrong with one row never ends up here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InventoryError {
    /// There is nothing in it.
    #[error("inventory: the file is empty; expected a header row and one row for each phone")]
    Empty,
    /// It is a file of another kind.
    #[error("inventory: the file is {found}; expected {expected}")]
    NotText {
        /// What it is, such as "Parquet".
        found: &'static str,
        /// What it should be, and how to get there.
        expected: &'static str,
    },
    /// No column is one that crossgrade reads.
    #[error(
        "inventory: no column of {} is one that is read; \
         expected at least a column such as PID, Model or Device Type; {}",
        ShownNames(found),
        columns::cure(found)
    )]
    NoColumn {
        /// The headers.
        found: Vec<String>,
    },
    /// One word alone is the name of a column, and nothing below it is what such a column holds: a text, and no table.
    #[error(
        "inventory: line {line}: {} alone is the name of a column that is read, and of the rows below it none says a {field} \
         ({below} were looked at); expected a header with two such names, such as Model and MAC Address, or cells that read so; {}",
        Shown::quoted(header),
        columns::NAME_IT
    )]
    LoneHeader {
        /// Where it stands.
        line: u64,
        /// The word.
        header: String,
        /// What the column would be.
        field: InventoryField,
        /// So many records below it were looked at.
        below: usize,
    },
    /// Two columns could equally be the same field.
    #[error(
        "inventory: columns {} and {} could both be the {field}; rename or remove one, or name the one that counts: \
         --columns {field}=HEADER on a command line, columns={{\"{field}\": HEADER}} in Python, \"{field}=HEADER\" in columns in C, \
         ChosenColumn::new in Rust",
        Shown::quoted(first),
        Shown::quoted(second)
    )]
    Ambiguous {
        /// The field.
        field: InventoryField,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// The caller named a column that is not there.
    #[error(
        "inventory: there is no column {} to read the {field} from; expected one of {}",
        Shown::quoted(column),
        ShownNames(found)
    )]
    NoSuchColumn {
        /// The field.
        field: InventoryField,
        /// The column that was named.
        column: String,
        /// The headers.
        found: Vec<String>,
    },
    /// The caller's words say no column of a field.
    #[error(
        "inventory: {} says no column of a field; expected {}, an equals sign and a header, such as pid=Part No",
        Shown::quoted(text),
        fields()
    )]
    ChosenText {
        /// The words.
        text: String,
    },
    /// No source has a column that the caller keeps.
    #[error("inventory: there is no column {} to keep; {}", Shown::quoted(column), columns_there(found))]
    NoSuchKept {
        /// The header that was named.
        column: String,
        /// The columns that there are.
        found: Vec<String>,
    },
    /// Two columns could equally be the one that the caller keeps.
    #[error(
        "inventory: columns {} and {} could both be the column {} to keep; \
         expected the very header of one, or that one is renamed or removed",
        Shown::quoted(first),
        Shown::quoted(second),
        Shown::quoted(column)
    )]
    AmbiguousKept {
        /// The header that was named.
        column: String,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A kept column has a name that it cannot have.
    #[error("inventory: a column cannot be kept as {}: {why}; {}", Shown::quoted(name), other_name(name, header))]
    KeptName {
        /// The name.
        name: String,
        /// The header of the column.
        header: String,
        /// What is wrong with the name.
        why: &'static str,
    },
    /// The caller named a sheet that is not there.
    #[error("inventory: there is no sheet {}; expected one of {}", Shown::quoted(sheet), ShownNames(found))]
    NoSuchSheet {
        /// The sheet that was named.
        sheet: String,
        /// The sheets of the workbook.
        found: Vec<String>,
    },
    /// One of several sheets of a workbook cannot be read.
    #[error("inventory: sheet {}: {}", Shown::quoted(sheet), error.to_string().trim_start_matches("inventory: "))]
    Sheet {
        /// The name of the sheet.
        sheet: String,
        /// Why.
        error: Box<InventoryError>,
    },
    /// There is more than is read.
    #[error("inventory: line {line}: {found} {what}; expected at most {limit}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// Where the first that is too much stands.
        line: u64,
        /// How many there are, or how many were counted.
        found: u64,
        /// How many are read.
        limit: u64,
    },
    /// It is not what such a source gives.
    #[error("inventory: {}; expected {expected}", Shown::escaped(found))]
    OtherThing {
        /// What it is.
        found: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The service answered with an error instead of devices.
    #[error("inventory: the service answers with an error: {}", Shown::new(message))]
    Refused {
        /// What it says.
        message: String,
    },
    /// The file ends or breaks in a place from which nothing more can be read.
    #[error("inventory: line {line}: {}", Shown::escaped(message))]
    Broken {
        /// Where.
        line: u64,
        /// What the reader says.
        message: String,
    },
    /// There is not enough memory for it. What was read before is as it was.
    #[error("inventory: there is not enough memory for {bytes} bytes; expected a smaller inventory, or more memory")]
    Memory {
        /// How many bytes were asked for at once.
        bytes: usize,
    },
}

/// `pid, vid or mac`
fn fields() -> String {
    let fields: Vec<_> = InventoryField::ALL.iter().map(|field| field.as_str()).collect();
    let (last, first) = fields.split_last().unwrap_or((&"", &[]));
    format!("{} or {last}", first.join(", "))
}

fn columns_there(found: &[String]) -> String {
    match found {
        [] => "the sources have no columns".to_owned(),
        found => format!("expected one of {}", ShownNames(found)),
    }
}

/// The way out of a name that a kept column cannot have, in words that are true on every command line and in every language.
fn other_name(name: &str, header: &str) -> String {
    if header.is_empty() {
        return "expected the header of a column, such as \"Room\"".to_owned();
    }
    let name = if name.is_empty() { header } else { name };
    let beginning: String = name.chars().filter(|letter| !letter.is_control()).take(limits::KEPT).collect();
    let other = format!("my_{beginning}");
    format!("expected another name, such as {} for the column {}", Shown::quoted(&other), Shown::quoted(header))
}
