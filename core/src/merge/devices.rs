//! By what a person names a phone of a merge: its MAC address, its name, or the place of one of its rows.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::fleet::{FleetRow, Source};
use crate::phone::Mac;

/// The phones that have one of the names that are looked for.
pub(super) struct Devices {
    by_mac: HashMap<Mac, usize>,
    /// Phones of each name, and of each place, without regard to case.
    by_name: HashMap<String, Vec<usize>>,
    by_place: HashMap<String, Vec<usize>>,
}

/// The names of a device: its own, and with its cluster before it (`Oslo/CSFANNA`) where that is known.
pub(super) fn names<'r>(row: &'r FleetRow, sources: &'r [Source]) -> impl Iterator<Item = Cow<'r, str>> {
    let name = row.label().and_then(|label| label.name.as_deref());
    let cluster = sources.get(row.origin().source()).and_then(Source::of_cluster);
    let of_cluster = name.zip(cluster).map(|(name, cluster)| format!("{cluster}/{name}"));
    name.map(Cow::Borrowed).into_iter().chain(of_cluster.map(Cow::Owned))
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

    /// The phones that a name may mean: that of an address, else all of this name or in this place.
    pub(super) fn find(&self, name: &str) -> BTreeSet<usize> {
        if let Some(phone) = name.parse().ok().and_then(|mac: Mac| self.by_mac.get(&mac)) {
            return BTreeSet::from([*phone]);
        }
        let name = folded(name);
        let phones = [&self.by_name, &self.by_place].into_iter().filter_map(|of| of.get(&name));
        phones.flatten().copied().collect()
    }
}

fn hear(phones: &mut HashMap<String, Vec<usize>>, phone: usize, name: &str) {
    if let Some(phones) = phones.get_mut(&folded(name)).filter(|phones| phones.last() != Some(&phone)) {
        phones.push(phone);
    }
}
