//! The audit of a fleet as a table: its result columns, and a memory of answers.
//!
//! A million phones hold some hundreds of different combinations of product, hardware version and firmware; only MAC
//! address and serial number differ from row to row, and of those an answer needs little: whether they are there and
//! readable, and by some books the month that the serial number tells. So each combination is read and decided once (`Memo`), and its answer is kept as the words of its result
//! columns (`Answers`). What combinations are equal is decided by comparing their bytes, never by a hash alone. A phone that
//! was read already is a combination too, known by its fields: a fleet is never written as text to be audited.

mod answer;
mod column;
mod identity;
mod memo;
#[cfg(feature = "csv")]
mod rows;

pub use column::ResultColumn;

#[cfg(feature = "arrow")]
pub(crate) use answer::{AnswerId, Answers, MAC};
#[cfg(feature = "csv")]
pub(crate) use column::result_columns;
pub(crate) use identity::Identity;
pub(crate) use memo::{Memo, Place};
#[cfg(feature = "csv")]
pub(crate) use rows::ResultRows;
