//! Texts from outside, for a terminal.

use crossgrade::inventory::csv::CsvReading;
use crossgrade::text::Shown;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// A text with everything escaped that a terminal would obey or hide, as in every message of the library.
#[pyfunction]
pub(crate) fn shown(text: &Bound<'_, PyString>) -> String {
    Shown::escaped(&text.to_string_lossy()).to_string()
}

/// The same of its first 120 characters, and how many it has.
#[pyfunction]
pub(crate) fn shown_beginning(text: &Bound<'_, PyString>) -> String {
    Shown::new(&text.to_string_lossy()).to_string()
}

/// The name of a file that the caller gave: in full, unless no file has so long a name.
#[pyfunction]
pub(crate) fn shown_file(name: &Bound<'_, PyString>) -> String {
    Shown::file(&name.to_string_lossy()).to_string()
}

/// A text of lines, which stay lines.
#[pyfunction]
pub(crate) fn shown_lines(text: &Bound<'_, PyString>) -> String {
    Shown::lines(&text.to_string_lossy()).to_string()
}

/// JSON that says the same, with all such characters escaped.
#[pyfunction]
pub(crate) fn shown_json(json: &str) -> String {
    Shown::json(json).to_string()
}

/// What was read of a CSV file, for people, with the name of the file if it has one.
pub(crate) fn reading_of(reading: &CsvReading, name: Option<&str>) -> String {
    match name {
        Some(name) => reading.named(&Shown::file(name)).to_string(),
        None => reading.to_string(),
    }
}
