//! Which rows are one phone.

use std::collections::{BTreeMap, BTreeSet};

use crate::fleet::{FleetRow, Source, SourceKind};
use crate::phone::{Mac, Phone};

/// Rows of one phone, in the order in which they were given.
pub(super) struct Group {
    pub(super) mac: Option<Mac>,
    pub(super) rows: Vec<usize>,
}

/// Parts the rows by phone, and says what came of joining by the names of devices.
pub(super) fn groups(rows: &[FleetRow], sources: &[Source]) -> (Vec<Group>, Joined) {
    let mut groups: Vec<Group> = Vec::new();
    let mut of_mac: BTreeMap<Mac, usize> = BTreeMap::new();
    let mut speechless = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let Some(mac) = mac(row.phone()) else {
            if says_nothing(row, sources) {
                speechless.push((index, groups.len()));
            }
            groups.push(Group { mac: None, rows: vec![index] });
            continue;
        };
        match of_mac.get(&mac).and_then(|group| groups.get_mut(*group)) {
            Some(group) => group.rows.push(index),
            None => {
                of_mac.insert(mac, groups.len());
                groups.push(Group { mac: Some(mac), rows: vec![index] });
            }
        }
    }
    join_by_address(rows, sources, &mut groups, &speechless);
    let by_name = join_by_name(rows, sources, &mut groups);
    groups.retain(|group| !group.rows.is_empty());
    (groups, by_name)
}

/// The MAC address of a phone, unless it is said twice and differently.
pub(super) fn mac(phone: &Phone<'_>) -> Option<Mac> {
    if phone.mac_evidence().sides().is_some() {
        return None;
    }
    let of_product = phone.product().known().and_then(|product| product.mac());
    match (phone.mac_evidence().known(), of_product) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

/// Whether a row is a page of which nothing can be read.
fn says_nothing(row: &FleetRow, sources: &[Source]) -> bool {
    let is_page = sources.get(row.origin().source()).is_some_and(|source| source.kind() == SourceKind::DevicePage);
    let phone = row.phone();
    is_page
        && phone.product().known().is_none()
        && phone.vid_evidence().known().is_none()
        && phone.serial_evidence().known().is_none()
        && phone.load_evidence().known().is_none()
        && phone.release_evidence().known().is_none()
        && phone.authorization_evidence().known().is_none()
}

/// Puts pages that say nothing to the one phone that has the address they were named after.
fn join_by_address(rows: &[FleetRow], sources: &[Source], groups: &mut [Group], speechless: &[(usize, usize)]) {
    if speechless.is_empty() {
        return;
    }
    // Each phone of an address, with the clusters that say so: two clusters may use the same addresses.
    let mut of_address: BTreeMap<&str, BTreeMap<usize, BTreeSet<Option<String>>>> = BTreeMap::new();
    let cluster_of = |row: &FleetRow| sources.get(row.origin().source()).and_then(cluster);
    for (index, group) in groups.iter().enumerate().filter(|(_, group)| group.mac.is_some()) {
        for row in group.rows.iter().filter_map(|row| rows.get(*row)) {
            if let Some(address) = address(row) {
                of_address.entry(address).or_default().entry(index).or_default().insert(cluster_of(row));
            }
        }
    }
    for (row, from) in speechless {
        let Some(page) = rows.get(*row) else { continue };
        let of_page = cluster_of(page);
        let may_be = |clusters: &BTreeSet<Option<String>>| {
            of_page.is_none() || clusters.iter().any(|cluster| cluster.is_none() || *cluster == of_page)
        };
        let owners = address(page).and_then(|address| of_address.get(address)).into_iter().flatten();
        let mut owners = owners.filter(|(_, clusters)| may_be(clusters)).map(|(index, _)| *index);
        let owner = owners.next().filter(|_| owners.next().is_none());
        if let Some(owner) = owner.and_then(|owner| groups.get_mut(owner)) {
            owner.rows.push(*row);
            if let Some(from) = groups.get_mut(*from) {
                from.rows.clear();
            }
        }
    }
}

/// What came of joining by names.
#[derive(Default)]
pub(super) struct Joined {
    /// Rows that found their device so.
    pub(super) rows: u64,
    /// Of each source of which nobody said a cluster, how many of its names several clusters have.
    pub(super) of_no_cluster: BTreeMap<usize, u64>,
}

/// Joins devices without MAC address, such as soft clients, by their names: these are unique within a cluster.
fn join_by_name(rows: &[FleetRow], sources: &[Source], groups: &mut [Group]) -> Joined {
    let devices = named_devices(rows, sources, groups);
    let mut joined = Joined::default();
    for source in devices.values().flat_map(Named::of_no_cluster) {
        *joined.of_no_cluster.entry(source).or_default() += 1;
    }
    for device in devices.values().flat_map(Named::of_clusters) {
        let mac = device.iter().find_map(|group| groups.get(*group)?.mac);
        // A phone that two clusters have may have taken in a group already.
        let mut rows: Vec<usize> = Vec::new();
        for group in device.iter().filter_map(|group| groups.get(*group)) {
            joined.rows += if group.mac.is_none() { group.rows.len() as u64 } else { 0 };
            rows.extend(&group.rows);
        }
        if mac.is_none() {
            joined.rows -= 1;
        }
        // Of two of a kind the one that was given first counts, and there the device stands.
        rows.sort_unstable();
        for group in &device {
            if let Some(group) = groups.get_mut(*group) {
                group.rows.clear();
            }
        }
        let Some(first) = device.iter().min().and_then(|first| groups.get_mut(*first)) else { continue };
        (first.mac, first.rows) = (mac, rows);
    }
    joined
}

/// The groups that have one name, in order, each with the cluster and the sources that give it the name.
#[derive(Default)]
struct Named(Vec<Naming>);

struct Naming {
    group: usize,
    has_mac: bool,
    /// The clusters of all its rows, in small letters: people write `Oslo` and `oslo` of one cluster.
    clusters: BTreeSet<String>,
    sources: BTreeSet<usize>,
}

impl Named {
    fn clusters(&self) -> BTreeSet<&str> {
        self.0.iter().flat_map(|naming| &naming.clusters).map(String::as_str).collect()
    }

    /// The groups that are one device, cluster by cluster. Where a name is known in several clusters, a source that nobody
    /// said a cluster of may be of any, and is a cluster of its own. A MAC address that two clusters know is one phone in both.
    fn of_clusters(&self) -> Vec<Vec<usize>> {
        let clusters = self.clusters();
        if clusters.len() < 2 {
            return Self::device(&self.0.iter().collect::<Vec<_>>()).into_iter().collect();
        }
        let without: Vec<_> = self.0.iter().filter(|naming| naming.clusters.is_empty()).collect();
        let of = |cluster: &str| self.0.iter().filter(|naming| naming.clusters.contains(cluster)).collect::<Vec<_>>();
        let devices: Vec<_> =
            clusters.into_iter().map(of).chain([without]).filter_map(|of| Self::device(&of)).collect();
        together(devices)
    }

    /// The sources of which nobody said a cluster, though the name is known in several.
    fn of_no_cluster(&self) -> impl Iterator<Item = usize> {
        let has_several = self.clusters().len() > 1;
        let without = self.0.iter().filter(move |naming| has_several && naming.clusters.is_empty());
        without.flat_map(|naming| naming.sources.iter().copied())
    }

    /// The groups that are one device. A name that one source gives to two devices, or that belongs to two MAC addresses,
    /// tells nothing.
    fn device(namings: &[&Naming]) -> Option<Vec<usize>> {
        let mut sources = BTreeSet::new();
        let is_told_apart = namings.iter().flat_map(|naming| &naming.sources).all(|source| sources.insert(*source));
        let macs = namings.iter().filter(|naming| naming.has_mac).count();
        if namings.len() < 2 || !is_told_apart || macs > 1 {
            return None;
        }
        Some(namings.iter().map(|naming| naming.group).collect())
    }
}

/// Devices that have a group in common are one: a phone that two clusters know by its MAC address.
fn together(devices: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut of_group: BTreeMap<usize, usize> = BTreeMap::new();
    for device in devices {
        let known = device.iter().find_map(|group| of_group.get(group).copied());
        let place = known.unwrap_or(all.len());
        if known.is_none() {
            all.push(Vec::new());
        }
        for group in device {
            if of_group.insert(group, place).is_none()
                && let Some(one) = all.get_mut(place)
            {
                one.push(group);
            }
        }
    }
    all
}

/// The names of all rows without MAC address, each with the groups that have it.
fn named_devices(rows: &[FleetRow], sources: &[Source], groups: &[Group]) -> BTreeMap<String, Named> {
    let of_group = |group: &Group| group.rows.iter().filter_map(|row| rows.get(*row)).collect::<Vec<_>>();
    let mut devices: BTreeMap<String, Named> = BTreeMap::new();
    let (with_mac, without): (Vec<_>, Vec<_>) = groups.iter().enumerate().partition(|(_, group)| group.mac.is_some());
    for (index, group) in without {
        for row in of_group(group) {
            if let Some(name) = device_name(row, sources) {
                devices.entry(name).or_default().0.push(Naming::of(index, false, row, sources));
            }
        }
    }
    if devices.is_empty() {
        return devices;
    }
    for (index, group) in with_mac {
        for row in of_group(group) {
            let Some(named) = device_name(row, sources).and_then(|name| devices.get_mut(&name)) else { continue };
            // The rows of a group come one after another.
            match named.0.last_mut().filter(|naming| naming.group == index) {
                Some(naming) => naming.hear(row, sources),
                None => named.0.push(Naming::of(index, true, row, sources)),
            }
        }
    }
    devices
}

impl Naming {
    fn of(group: usize, has_mac: bool, row: &FleetRow, sources: &[Source]) -> Self {
        let mut naming = Self { group, has_mac, clusters: BTreeSet::new(), sources: BTreeSet::new() };
        naming.hear(row, sources);
        naming
    }

    fn hear(&mut self, row: &FleetRow, sources: &[Source]) {
        for source in said_by(row) {
            self.sources.insert(source);
            self.clusters.extend(sources.get(source).and_then(cluster));
        }
    }
}

fn cluster(source: &Source) -> Option<String> {
    source.of_cluster().map(str::to_lowercase)
}

/// The sources that say a row.
fn said_by(row: &FleetRow) -> impl Iterator<Item = usize> {
    let of_trail = row.trail().into_iter().flat_map(|trail| trail.rows());
    std::iter::once(row.origin()).chain(of_trail.copied()).map(|origin| origin.source())
}

/// What lists hold in the place of a name, and what would join strangers.
const PLACEHOLDERS: [&str; 10] =
    ["na", "n.a.", "none", "null", "nil", "nan", "unknown", "undefined", "unassigned", "tbd"];

/// The name of a device that Unified CM or a list of its devices names, as Unified CM compares names. Display names of Webex
/// and names of pages are no such names; nor is a MAC address that is said twice and differently.
fn device_name(row: &FleetRow, sources: &[Source]) -> Option<String> {
    /// Unified CM has no longer ones.
    const LONGEST: usize = 128;
    let has_names = said_by(row)
        .filter_map(|source| sources.get(source))
        .any(|source| !matches!(source.kind(), SourceKind::Webex | SourceKind::DevicePage));
    let is_contradictory = row.phone().mac_evidence().sides().is_some();
    let name = row.label()?.name.as_deref()?.trim();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'@');
    let is_placeholder = PLACEHOLDERS.iter().any(|placeholder| name.eq_ignore_ascii_case(placeholder));
    let has_letter = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    let counts = has_names && !is_contradictory && !is_placeholder && has_letter && name.len() <= LONGEST;
    (counts && name.bytes().all(is_of_name)).then(|| name.to_ascii_uppercase())
}

fn address(row: &FleetRow) -> Option<&str> {
    row.label()?.ip_address.as_deref()
}
