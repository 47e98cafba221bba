//! What all tables have in common, be they text or workbooks: where the header is, which lines are no rows, and what a row
//! says.

mod header;
mod known;
mod lone;
mod row;
mod skipped;

pub(crate) use header::{Found, HeaderSearch};
pub(crate) use known::KnownPhones;
pub(crate) use row::{TableRow, is_sum, problem_of};
pub(crate) use skipped::Skipped;
