//! By what a person names a phone of a merge: its MAC address, its name, or the place of one of its rows.

use std::collections::HashMap;

use crate::phone::Mac;

/// The phones that have one of the names that are looked for.
pub(super) struct Devices {
    by_mac: HashMap<Mac, usize>,
    /// Phones of each name, and of each place, without regard to case.
    by_name: HashMap<String, Vec<usize>>,
    by_place: HashMap<String, Vec<usize>>,
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Devices {
    /// Looks for these names; phones are heard one after another.
    pub(super) fn wanted(names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let folded = names.into_iter().map(|name| (folded(name.as_ref()), Vec::new()));
        let by_name: HashMap<_, _> = folded.collect();
        let by_place = by_name.clone();
        Self { by_mac: HashMap::new(), by_name, by_place }
    }

    /// A phone has this address.
    pub(super) fn hear_mac(&mut self, phone: usize, mac: Mac) {
        self.by_mac.insert(mac, phone);
    }

    /// A phone has this name.
    pub(super) fn hear_name(&mut self, phone: usize, name: &str) {
        hear(&mut self.by_name, phone, name);
    }

    /// A row of a phone stands here.
    pub(super) fn hear_place(&mut self, phone: usize, place: &str) {
        hear(&mut self.by_place, phone, place);
    }

    /// The phones that a name may mean: an address before a name, and that before a place.
    pub(super) fn find(&self, name: &str) -> &[usize] {
        if let Some(phone) = name.parse().ok().and_then(|mac: Mac| self.by_mac.get(&mac)) {
            return std::slice::from_ref(phone);
        }
        let name = folded(name);
        let [named, placed] = [&self.by_name, &self.by_place].map(|of| of.get(&name).map_or(&[][..], Vec::as_slice));
        if named.is_empty() { placed } else { named }
    }
}

fn hear(phones: &mut HashMap<String, Vec<usize>>, phone: usize, name: &str) {
    if let Some(phones) = phones.get_mut(&folded(name)).filter(|phones| phones.last() != Some(&phone)) {
        phones.push(phone);
    }
}
