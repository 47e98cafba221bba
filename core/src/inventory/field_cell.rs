//! A cell of a row, where it stands, and whether it says anything.

use std::borrow::Cow;
use std::fmt;

use crate::firmware::LoadName;
use crate::phone::Vid;
use crate::text::{FieldText, Shown, trim};

/// A cell, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) place: Place<'a>,
    /// The header is a word that other tables use for other things.
    pub(super) is_everyday: bool,
}

/// Where a cell stands in its row.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// In the column of this header.
    Column(&'a str),
    /// In what a document calls so.
    Named(&'a str),
}

impl<'a> Cell<'a> {
    pub(crate) fn named(text: &'a str, name: &'a str) -> Self {
        Self { bytes: text.as_bytes(), place: Place::Named(name), is_everyday: false }
    }

    pub(crate) fn of_column(bytes: &'a [u8], header: &'a str, is_everyday: bool) -> Self {
        Self { bytes, place: Place::Column(header), is_everyday }
    }

    /// The same place, where this is said.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn saying(self, text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), ..self }
    }

    pub(super) fn side(&self) -> (Cow<'a, str>, String) {
        (String::from_utf8_lossy(self.bytes), self.place.to_string())
    }
}

/// `column "Model"`
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(header) => write!(f, "column {}", Shown::quoted(header)),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// Whether a cell in the place of a VID is a load: what a phone calls `versionID` holds either.
pub(super) fn is_load(cell: &Cell<'_>) -> bool {
    !reads::<Vid>(cell) && reads::<LoadName>(cell)
}

pub(super) fn reads<T: FieldText>(cell: &Cell<'_>) -> bool {
    T::read(cell.bytes).is_ok()
}

/// Whether a cell is blank.
pub(crate) fn says_nothing(cell: &[u8]) -> bool {
    let begins_with_a_letter = cell.first().is_some_and(u8::is_ascii_graphic);
    !begins_with_a_letter && says_nothing_at_all(cell)
}

#[cold]
fn says_nothing_at_all(cell: &[u8]) -> bool {
    cell.is_empty() || std::str::from_utf8(cell).is_ok_and(|text| trim(text).is_empty())
}

/// What programs write where there is no value, in letters of any case.
const NO_VALUES: [&str; 8] = ["none", "null", "nan", "nil", "n/a", "na", "#n/a", "undefined"];

/// Whether a cell has no value, though something stands there: no load is called so.
pub(crate) fn is_no_value(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.len() < 10 && NO_VALUES.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
}
