//! Which rows are one phone.

use std::collections::BTreeMap;

use crate::fleet::{FleetRow, Source, SourceKind};
use crate::phone::{Mac, Phone};

/// Rows of one phone, in the order in which they were given.
pub(super) struct Group {
    pub(super) mac: Option<Mac>,
    pub(super) rows: Vec<usize>,
}

/// Parts the rows by phone.
pub(super) fn groups(rows: &[FleetRow], sources: &[Source]) -> Vec<Group> {
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
    join_by_address(rows, &mut groups, &speechless);
    groups.retain(|group| !group.rows.is_empty());
    groups
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
fn join_by_address(rows: &[FleetRow], groups: &mut [Group], speechless: &[(usize, usize)]) {
    if speechless.is_empty() {
        return;
    }
    // None where two phones have one address.
    let mut of_address: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate().filter(|(_, group)| group.mac.is_some()) {
        for address in group.rows.iter().filter_map(|row| address(rows.get(*row)?)) {
            let owner = of_address.entry(address).or_insert(Some(index));
            if *owner != Some(index) {
                *owner = None;
            }
        }
    }
    for (row, from) in speechless {
        let owner = rows.get(*row).and_then(address).and_then(|address| *of_address.get(address)?);
        if let Some(owner) = owner.and_then(|owner| groups.get_mut(owner)) {
            owner.rows.push(*row);
            if let Some(from) = groups.get_mut(*from) {
                from.rows.clear();
            }
        }
    }
}

fn address(row: &FleetRow) -> Option<&str> {
    row.label()?.ip_address.as_deref()
}
