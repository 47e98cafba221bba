//! What all tables have in common, be they text or workbooks: where the header is, which lines are no rows, and what a row
//! says.

mod count_lists;
mod header;
mod known_phones;
mod lone_header;
mod skipped;
mod sum_rows;
mod table_row;

pub(crate) use count_lists::Counts;
#[cfg(feature = "xml")]
pub(crate) use header::is_evidence;
pub(crate) use header::{Found, HeaderSearch};
pub(crate) use known_phones::KnownPhones;
pub(crate) use skipped::Skipped;
pub(crate) use sum_rows::{as_product, is_sum};
pub(crate) use table_row::{TableRow, cells_of_products, problem_of};
