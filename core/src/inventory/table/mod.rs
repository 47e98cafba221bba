//! What all tables have in common, be they text or workbooks: where the header is, which lines are no rows, and what a row
//! says.

mod counts;
mod header;
mod known;
mod lone;
mod row;
mod skipped;
mod sum;

pub(crate) use counts::Counts;
#[cfg(feature = "xml")]
pub(crate) use header::is_evidence;
pub(crate) use header::{Found, HeaderSearch};
pub(crate) use known::KnownPhones;
pub(crate) use row::{TableRow, cells_of_products, problem_of};
pub(crate) use skipped::Skipped;
pub(crate) use sum::{as_product, is_sum};
