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
        let Some((first, others)) = device.split_first() else { continue };
        for other in others {
            let moved = groups.get_mut(*other).map(|group| std::mem::take(&mut group.rows)).unwrap_or_default();
            joined.rows += moved.len() as u64;
            if let Some(group) = groups.get_mut(*first) {
                group.rows.extend(moved);
            }
        }
    }
    joined
}

/// The groups that have one name, in order, each with the cluster and the sources that give it the name.
#[derive(Default)]
struct Named(Vec<Naming>);

struct Naming {
    group: usize,
    has_mac: bool,
    /// In small letters: people write `Oslo` and `oslo` of one cluster.
    cluster: Option<String>,
    sources: BTreeSet<usize>,
}

impl Named {
    fn has_several_clusters(&self) -> bool {
        let mut clusters = self.0.iter().filter_map(|naming| naming.cluster.as_ref());
        clusters.next().is_some_and(|first| clusters.any(|other| other != first))
    }

    /// The groups that are one device, cluster by cluster. Where a name is known in several clusters, a source that nobody
    /// said a cluster of may be of any, and is a cluster of its own.
    fn of_clusters(&self) -> Vec<Vec<usize>> {
        if !self.has_several_clusters() {
            return Self::device(&self.0.iter().collect::<Vec<_>>()).into_iter().collect();
        }
        let mut of_cluster: BTreeMap<Option<&str>, Vec<&Naming>> = BTreeMap::new();
        for naming in &self.0 {
            of_cluster.entry(naming.cluster.as_deref()).or_default().push(naming);
        }
        of_cluster.values().filter_map(|namings| Self::device(namings)).collect()
    }

    /// The sources of which nobody said a cluster, though the name is known in several.
    fn of_no_cluster(&self) -> impl Iterator<Item = usize> {
        let has_several = self.has_several_clusters();
        let without = self.0.iter().filter(move |naming| has_several && naming.cluster.is_none());
        without.flat_map(|naming| naming.sources.iter().copied())
    }

    /// The groups that are one device, the one with a MAC address first. A name that one source gives to two devices, or
    /// that belongs to two MAC addresses, tells nothing.
    fn device(namings: &[&Naming]) -> Option<Vec<usize>> {
        let mut sources = BTreeSet::new();
        let is_told_apart = namings.iter().flat_map(|naming| &naming.sources).all(|source| sources.insert(*source));
        let with_mac = namings.iter().filter(|naming| naming.has_mac);
        if namings.len() < 2 || !is_told_apart || with_mac.clone().count() > 1 {
            return None;
        }
        let without = namings.iter().filter(|naming| !naming.has_mac);
        Some(with_mac.chain(without).map(|naming| naming.group).collect())
    }
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
            match named.0.iter_mut().find(|naming| naming.group == index) {
                Some(naming) => naming.sources.extend(said_by(row)),
                None => named.0.push(Naming::of(index, true, row, sources)),
            }
        }
    }
    devices
}

impl Naming {
    fn of(group: usize, has_mac: bool, row: &FleetRow, sources: &[Source]) -> Self {
        let said_by: BTreeSet<_> = said_by(row).collect();
        let cluster = said_by.iter().find_map(|source| cluster(sources.get(*source)?));
        Self { group, has_mac, cluster, sources: said_by }
    }
}

fn cluster(source: &Source) -> Option<String> {
    source.of_cluster().map(|cluster| cluster.trim().to_lowercase())
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
    let source = sources.get(row.origin().source())?;
    let has_names = !matches!(source.kind(), SourceKind::Webex | SourceKind::DevicePage);
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
