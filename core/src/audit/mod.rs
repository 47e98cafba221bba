//! The audit of a fleet as a table: its result columns, and a memory of answers.
//!
//! A million phones hold some hundreds of different combinations of product, hardware version and firmware; only MAC
//! address and serial number differ from row to row, and of those an answer needs little: whether they are there and
//! readable. So each combination is read and decided once ([`Memo`]), and its answer is kept as the words of its result
//! columns ([`Answers`]). What combinations are equal is decided by comparing their bytes, never by a hash alone.

mod answer;
mod column;
mod identity;
mod memo;

pub use column::ResultColumn;

#[cfg(feature = "arrow")]
pub(crate) use answer::AnswerId;
pub(crate) use answer::{Answers, MAC};
pub(crate) use identity::Identity;
pub(crate) use memo::Memo;
#[cfg(feature = "arrow")]
pub(crate) use memo::Place;
