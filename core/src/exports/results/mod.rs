//! The result columns of an audit, beside the columns of the inventory, as CSV.
//!
//! Every row that is written is a phone that was read, and its answer is counted as it is written: [`csv_to_csv`] and
//! [`fleet_to_csv`] give the file and the summaries of one pass.

mod column_names;
mod results_of_csv;
mod results_of_fleet;
mod results_options;
mod results_writer;

pub use self::results_of_csv::{CsvAudit, audit_csv_keeping, audit_csv_with, csv_to_csv, csv_to_csv_with};
pub use self::results_of_fleet::{fleet_to_csv, fleet_to_csv_with};
pub use self::results_options::ResultsOptions;
