//! Audits of tables in [Apache Arrow](https://arrow.apache.org)'s format: columns in, columns out.
//!
//! ```
//! use std::sync::Arc;
//!
//! use crossgrade::audit::ResultColumn;
//! use crossgrade::columnar::arrow_array::cast::AsArray;
//! use crossgrade::columnar::arrow_array::{ArrayRef, RecordBatch, StringArray};
//! use crossgrade::columnar::{self, AuditOptions, TextLayout};
//! use crossgrade::{Destination, Request, RuleBook};
//!
//! let pid: ArrayRef = Arc::new(StringArray::from(vec!["CP-7821-K9=", "CP-7821-K9="]));
//! let vid: ArrayRef = Arc::new(StringArray::from(vec![Some("V03"), None]));
//! let fleet = RecordBatch::try_from_iter([("PID", pid), ("VID", vid)])?;
//!
//! let request = Request::to(Destination::ThirdParty);
//! let options = AuditOptions::default().select([ResultColumn::Verdict]).text(TextLayout::Utf8);
//! let audit = columnar::audit(&fleet, RuleBook::guide(), &request, &options)?;
//! let verdicts = audit["verdict"].as_string::<i32>();
//! assert_eq!(verdicts.iter().flatten().collect::<Vec<_>>(), ["eligible", "unknown"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Columns in
//!
//! Columns are found by their names, as in every inventory: see [`ColumnReport`](crate::inventory::ColumnReport).
//! Text may be `Utf8`, `LargeUtf8`, `Utf8View` or a dictionary of those; it is read as bytes, and bytes that are no text are
//! unreadable evidence. Nulls and empty texts are absent. A product may also be an integer (a type code of Unified CM), and
//! so may a MAC address: a number of more than twelve digits is read as its 48 bits, a smaller one could as well be
//! digits that were taken for a number, and is not readable. Floats are fine as long as all are null: that is how readers
//! that guess types lay out an empty column. Every other type is an error.
//!
//! # Columns out
//!
//! The columns of the input come out as they are, with the result columns behind them: see [`ResultColumn`]. Only names that
//! an earlier column has get a number (`Note`, `Note_2`): most programs cannot read a table with two columns of one name. The
//! metadata of the schema tells destination, target and rule book.
//!
//! [`ResultColumn`]: crate::audit::ResultColumn

mod array_cells;
mod audit_options;
mod audit_stream;
mod audited_columns;
mod auditor;
mod batch_part;
mod columnar_error;
#[cfg(feature = "csv")]
mod csv_as_table;
mod decided_rows;
mod fleet_tables;
mod kept_columns;
mod mac_texts;
mod repeated_texts;
mod result_arrays;
mod settlements;
mod text_layout;
mod threads;

/// The crates of Arrow whose types stand in the signatures here, in the versions that fit.
pub use {arrow_array, arrow_schema};

use arrow_array::{RecordBatch, RecordBatchReader};

pub use audit_options::{AuditOptions, TextLayout};
pub use audit_stream::AuditStream;
pub use columnar_error::AuditError;
#[cfg(feature = "csv")]
pub use csv_as_table::audit_csv;
pub use fleet_tables::{FleetReader, audit_fleet, read, read_keeping};
pub use settlements::{SettlementsError, read_settlements};
pub use text_layout::with_layout_of;

use crate::destination::Request;
use crate::rulebook::RuleBook;
use auditor::{Audited, Auditor};

/// Audits a table that is there as a whole.
///
/// # Errors
/// If the columns are not those of an inventory, or of a type that cannot be read; if a result column has the name of an
/// input column; if a column contradicts its own description.
pub fn audit(
    batch: &RecordBatch,
    book: &RuleBook,
    request: &Request,
    options: &AuditOptions,
) -> Result<RecordBatch, AuditError> {
    let mut auditor = Auditor::new(batch.schema_ref(), book, request, options)?;
    let Audited { mut batches, full } = auditor.audit(batch, None, None)?;
    match (full, batches.pop()) {
        (None, Some(batch)) => Ok(batch),
        (full, _) => Err(AuditError::TooManyTexts { column: full.map_or_else(String::new, |full| full.to_string()) }),
    }
}

/// Audits a stream of batches. Memory does not grow with the number of batches.
///
/// # Errors
/// As [`audit`], but nothing is too much for a stream. What is wrong with a batch is told when its turn comes.
pub fn audit_stream<'a>(
    reader: impl RecordBatchReader + Send + 'a,
    book: &RuleBook,
    request: &Request,
    options: &AuditOptions,
) -> Result<AuditStream<'a>, AuditError> {
    AuditStream::new(reader, book, request, options)
}
