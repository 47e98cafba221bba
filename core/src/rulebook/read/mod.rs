//! Reads a rule book from TOML. Every problem is reported at once, each with its place.

mod book;
mod check;
mod problem;
mod row;
mod sections;

pub(super) use book::book;
pub use problem::{Problem, RuleBookError};
