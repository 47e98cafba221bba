//! Objects that programs wrap one value in: `{"Model": {"_value_1": 683, "uuid": "..."}}`.

use super::device_place::Place;
use crate::inventory::records::members::{VALUES, is_number};

/// The texts and numbers of an object that may be a wrapper, until it ends.
#[derive(Debug, Default)]
pub(super) struct Wrapper {
    /// It stands in the place of a field, of which attributes beside the value say nothing.
    is_field: bool,
    value: Option<String>,
    beside: Vec<(Option<String>, String)>,
}

impl Wrapper {
    /// Of an object that stands here; nothing if it is none that is known to be wrapped.
    pub(super) fn of(place: Place) -> Option<Self> {
        let is_field = matches!(place, Place::Field(_) | Place::Stray(_));
        (is_field || matches!(place, Place::Inside | Place::Around)).then(|| Self { is_field, ..Self::default() })
    }

    /// Keeps a text until the object ends; tells whether it does. PowerShell tells a word and its number, of which the word counts.
    pub(super) fn takes(&mut self, name: Option<&str>, text: &str) -> bool {
        let is_value = name.is_some_and(|name| VALUES.iter().any(|known| known.eq_ignore_ascii_case(name)));
        match &self.value {
            _ if text.is_empty() => return self.is_field,
            Some(before) if is_value => {
                if is_number(before) && !is_number(text) {
                    self.value = Some(text.to_owned());
                }
            }
            None if is_value => self.value = Some(text.to_owned()),
            _ if self.is_field => self.beside.push((name.map(str::to_owned), text.to_owned())),
            _ => return false,
        }
        true
    }

    /// The value, and what stands beside it if there is none.
    pub(super) fn end(self) -> (Option<String>, Vec<(Option<String>, String)>) {
        match self.value {
            Some(value) => (Some(value), Vec::new()),
            None => (None, self.beside),
        }
    }
}
