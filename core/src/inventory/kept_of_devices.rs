//! What the devices of a document say under the names that are kept: they have names instead of columns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::folded_header::folded;
use super::kept_columns_chosen::REMEMBERED;
use super::said_in_document::Said;
use super::{Inventory, InventoryError, Keep};
use crate::fleet::Kept;

/// What one device says under the names that are kept: nothing for most devices, so only what it does say.
#[derive(Debug, Default)]
pub(super) struct KeptOfDevice(BTreeMap<usize, Said<'static>>);

impl KeptOfDevice {
    /// Hears what stands under the name of this index. Several texts are told one behind the other.
    pub(super) fn hear(&mut self, index: usize, text: &str) {
        if crate::text::trim(text).is_empty() {
            return;
        }
        self.0.entry(index).or_default().hear(text.to_owned(), |before, text| before == text);
    }

    /// Hears all that a part of the device says.
    #[cfg(feature = "xml")]
    pub(super) fn take_over(&mut self, part: Self) {
        for (index, said) in &part.0 {
            said.texts().for_each(|text| self.hear(*index, text));
        }
    }

    pub(super) fn of(&self, names: &NamesOfDevices) -> Kept {
        let mut kept = Kept::default();
        for (column, element) in names.keep.columns.iter().zip(&names.element_of) {
            let said = self.0.get(element).and_then(Said::shown);
            said.into_iter().for_each(|text| kept.say(&column.name, &text));
        }
        kept
    }
}

/// The names that devices have, and which of them are kept.
#[derive(Debug)]
pub(super) struct NamesOfDevices {
    pub(super) keep: Keep,
    /// What the headers name, each with its index. Several columns may keep one element.
    elements: HashMap<String, usize>,
    /// The index of what each column keeps.
    element_of: Vec<usize>,
    is_found: Vec<bool>,
    there: BTreeSet<String>,
}

/// Names that are equal in letters and digits are one; a name without any is itself.
fn key(name: &str) -> String {
    let folded = folded(name);
    if folded.is_empty() { name.to_owned() } else { folded }
}

impl NamesOfDevices {
    pub(super) fn new(keep: &Keep) -> Self {
        let (mut elements, mut element_of) = (HashMap::new(), Vec::new());
        for column in &keep.columns {
            let next = elements.len();
            element_of.push(*elements.entry(key(&column.header)).or_insert(next));
        }
        let is_found = vec![false; elements.len()];
        Self { keep: keep.clone(), elements, element_of, is_found, there: BTreeSet::new() }
    }

    /// Something has this name: the index of what is kept of it, if it is kept.
    pub(super) fn hear(&mut self, name: &str) -> Option<usize> {
        if self.keep.is_empty() {
            return None;
        }
        if self.there.len() < REMEMBERED && !self.there.contains(name) {
            self.there.insert(crate::text::Shown::new(name).to_string());
        }
        let index = *self.elements.get(&key(name))?;
        if let Some(is_found) = self.is_found.get_mut(index) {
            *is_found = true;
        }
        Some(index)
    }

    /// The inventory of these devices.
    pub(super) fn end(self, inventory: Inventory) -> Result<Inventory, InventoryError> {
        let is_found = |element: &usize| self.is_found.get(*element).copied().unwrap_or(false);
        let found: Vec<bool> = self.element_of.iter().map(is_found).collect();
        inventory.keeping_of_devices(&self.keep, &found, self.there)
    }
}
