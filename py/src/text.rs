//! Texts from outside, for a terminal.

use crossgrade::Shown;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// A text with everything escaped that a terminal would obey or hide, as in every message of the library.
#[pyfunction]
pub(crate) fn shown(text: &Bound<'_, PyString>) -> String {
    Shown::whole(&text.to_string_lossy()).to_string()
}

/// JSON that says the same, with all such characters escaped.
#[pyfunction]
pub(crate) fn shown_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for letter in json.chars() {
        let is_seen = |letter: &str| Shown::whole(letter).to_string() == letter;
        // JSON has line breaks between its parts only.
        if matches!(letter, ' '..='~' | '\n') || is_seen(letter.encode_utf8(&mut [0; 4])) {
            shown.push(letter);
        } else {
            shown.extend(letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    shown
}
