//! What a record says beside what records of its kind have: fields under headers of tables, and texts that nobody reads.

use std::collections::BTreeMap;

use super::members::{KEYS, is_number};
use super::own_keys::{is_known, own};
use crate::firmware::LoadName;
use crate::inventory::field_cell::Cell;
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::{is_udi, ranked};
use crate::inventory::said_in_document::Said;
use crate::inventory::{Inventory, InventoryField, RowProblem, limits, udi};
use crate::phone::{Mac, Serial, Vid};
use crate::text::{FieldText, ShownNames, trim};

/// The fields that a record says under headers of tables, best rank first. The order of its keys does not matter.
#[derive(Debug, Default)]
pub(in crate::inventory) struct Others(BTreeMap<(InventoryField, usize), BTreeMap<String, Said<'static>>>);

impl Others {
    /// Hears a key; tells whether it is a header of tables.
    pub(in crate::inventory) fn hear(&mut self, key: &str, text: &str) -> bool {
        if is_udi(own(key).name) {
            for field in [InventoryField::Pid, InventoryField::Vid, InventoryField::Serial] {
                let part = std::str::from_utf8(udi::part(field, text.as_bytes())).unwrap_or_default();
                self.push(field, 0, key, part);
            }
            return true;
        }
        let Some((field, rank)) = ranked(own(key).name).filter(|(field, _)| *field != InventoryField::Contradictions)
        else {
            return false;
        };
        let text = trim(text);
        if !is_of_another_list(field, key, text) {
            self.push(field, rank, key, text);
        }
        true
    }

    fn push(&mut self, field: InventoryField, rank: usize, key: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let said = self.0.entry((field, rank)).or_default().entry(key.to_owned()).or_default();
        match text.len() {
            ..=limits::CELL => said.hear(text.to_owned(), |before, text| before == text),
            found => said.hear_beginning(limits::beginning(text), found),
        }
    }

    /// What it says of a field, best rank first.
    pub(in crate::inventory) fn cells(&self, field: InventoryField) -> impl Iterator<Item = Cell<'_>> + Clone {
        self.0.range((field, 0)..=(field, usize::MAX)).flat_map(move |((_, rank), keys)| {
            let is_everyday = field.is_everyday(*rank);
            keys.iter().flat_map(move |(key, said)| {
                said.texts().map(move |text| Cell::of_column(text.as_bytes(), key, is_everyday))
            })
        })
    }

    pub(in crate::inventory) fn has(&self, field: InventoryField) -> bool {
        self.cells(field).next().is_some()
    }

    pub(in crate::inventory) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The only MAC address that it says.
    pub(in crate::inventory) fn mac(&self) -> Option<Mac> {
        let mut macs = self.cells(InventoryField::Mac).filter_map(|cell| Mac::read(cell.bytes).ok());
        let first = macs.next()?;
        macs.all(|other| other == first).then_some(first)
    }

    /// Hears all that another part of the record says.
    pub(in crate::inventory) fn take_over(&mut self, part: Self) {
        for ((field, rank), keys) in part.0 {
            for (key, said) in &keys {
                said.texts().for_each(|text| self.push(field, rank, key, text));
            }
        }
    }

    pub(in crate::inventory) fn problem(&self) -> Option<RowProblem> {
        self.0.values().flat_map(BTreeMap::values).find_map(Said::problem)
    }
}

/// Whether a text is of no field, though its key is a header: numbers of products are codes of another list than those of models,
/// and names may be of anything.
fn is_of_another_list(field: InventoryField, key: &str, text: &str) -> bool {
    let key = folded(own(key).name);
    match field {
        InventoryField::Pid => key.starts_with("product") && is_number(text),
        InventoryField::Mac => !key.contains("mac") && Mac::read(text.as_bytes()).is_err(),
        _ => false,
    }
}

/// Keys that nobody knows, below which stands what phones say.
#[derive(Debug, Default)]
pub(in crate::inventory) struct Unread(Vec<String>);

impl Unread {
    pub(in crate::inventory) fn hear(&mut self, key: &str, text: &str) {
        if self.0.len() < KEYS && text.len() <= LONGEST && is_of_phones(trim(text)) && !is_known(key) {
            self.push(key.to_owned());
        }
    }

    fn push(&mut self, key: String) {
        if self.0.len() < KEYS && !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    pub(in crate::inventory) fn take_over(&mut self, part: Self) {
        part.0.into_iter().for_each(|key| self.push(key));
    }

    pub(in crate::inventory) fn tell(&self, inventory: &mut Inventory) {
        if !self.0.is_empty() {
            inventory.note(format!(
                "what stands under {} reads as something that a phone says, and is not read: no such key is known",
                ShownNames(&self.0)
            ));
        }
    }
}

/// What phones say is shorter.
const LONGEST: usize = 64;

fn is_of_phones(text: &str) -> bool {
    let bytes = text.as_bytes();
    if is_number(text) {
        return false;
    }
    let is_pid = || ["CP-", "DP-"].iter().any(|beginning| text.starts_with(beginning));
    is_pid()
        || Mac::read(bytes).is_ok()
        || Vid::read(bytes).is_ok()
        || Serial::is_usual_text(bytes)
        || LoadName::read(bytes).is_ok()
}
