//! The audit of a fleet as a table: its result columns, and a memory of answers.
//!
//! A million phones hold some hundreds of different combinations of product, hardware version and firmware; only MAC
//! address and serial number differ from row to row, and of those an answer needs little: whether they are there and
//! readable, and by some books the month that the serial number tells. So each combination is read and decided once (`Memo`), and its answer is kept as the words of its result
//! columns (`Answers`). What combinations are equal is decided by comparing their bytes, never by a hash alone. A phone that
//! was read already is a combination too, known by its fields: a fleet is never written as text to be audited.

mod answer_columns;
mod answer_memory;
#[cfg(feature = "csv")]
mod answered_rows;
mod phone_identity;

pub use crate::fleet::result_column::ResultColumn;

#[cfg(feature = "csv")]
pub(crate) use crate::fleet::result_columns;
#[cfg(feature = "arrow")]
pub(crate) use answer_columns::{AnswerId, Answers, MAC};
pub(crate) use answer_memory::{Memo, Place};
#[cfg(feature = "csv")]
pub(crate) use answered_rows::ResultRows;
pub(crate) use phone_identity::Identity;
