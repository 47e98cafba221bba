//! Reads a rule book, or amendments to one, from TOML. Every problem is reported at once, each with its place.

mod check;
mod overlay;
mod problem;
mod references;
mod relax;
mod scope;
mod sections;
mod toml_book;
mod toml_row;

#[cfg(test)]
pub(super) use overlay::timeline;
pub(super) use overlay::{base_of, overlay};
pub use problem::{Problem, RuleBookError};
pub(super) use toml_book::book;

use toml::de::DeTable;

use toml_row::Source;

use crate::text::Shown;

/// The format that this version of crossgrade reads.
const SCHEMA: i64 = 1;
/// Bytes of the longest text that is read as a rule book: 1 MiB; `guide` has 25 KiB.
pub const LONGEST_TEXT: usize = 1 << 20;
/// A section with more rows is none; so every position fits into 16 bits and every check ends soon.
const MOST_ROWS: usize = 2000;
/// A longer id is none; every problem below it would repeat it.
const LONGEST_ID: usize = 64;
/// A longer list in a row is a mistake.
const LONGEST_LIST: usize = 300;
/// More sources or disagreements of one row are.
const MOST_CITED: usize = 20;
/// More rows that relax are another rule book.
const MOST_RELAXING: usize = 200;
/// There are fewer Cisco phones.
const MOST_MODELS: usize = 200;

/// The text as a table, if it is TOML; otherwise there are problems.
fn document<'t>(source: &Source<'t>, text: &'t str) -> Option<DeTable<'t>> {
    if text.len() > LONGEST_TEXT {
        source.problem(0..0, "file", format!("{} bytes; expected at most {LONGEST_TEXT}", text.len()));
        return None;
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        source.problem(error.span().unwrap_or(0..0), "TOML", Shown::new(error.message()).to_string());
    }
    source.is_clean().then(|| document.into_inner())
}

fn check_schema(file: &toml_row::Row<'_, '_>) {
    if let Some(schema) = file.integer("schema")
        && schema.value != SCHEMA
    {
        file.problem("schema", schema.span, format!("found {}; this version reads {SCHEMA}", schema.value));
    }
}
