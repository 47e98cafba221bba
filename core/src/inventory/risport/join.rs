//! One phone on several nodes becomes one phone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::answer::Answer;
use super::device::Device;
use crate::assess::Field;
use crate::fleet::{FleetRow, Origin, Trail};
use crate::inventory::Inventory;
use crate::inventory::merge::{Harmless, settled};
use crate::phone::{Evidence, Phone};
use crate::text::{Shown, listed};

/// Puts the phones into the inventory, in the order in which they appear first.
pub(super) fn join(answer: &Answer, inventory: &mut Inventory) {
    let (mut with_last_load, mut harmless) = (0, Harmless::default());
    for rows in phones(&answer.devices) {
        let counting = counting(&rows);
        let Some(best) = counting.first() else { continue };
        with_last_load += u64::from(best.last_load().is_some());
        let node = |device: &Device| answer.nodes.get(device.node).and_then(|node| node.name.text());
        let row = |device: &Device| FleetRow::new(device.row, device.phone()).labeled(device.label(node(device)));
        let row = match counting.as_slice() {
            [only] => row(only),
            several => {
                // Rows of a merge are of one MAC address; what says none keeps its name.
                let phone = best.phone();
                let rows = several.iter().map(|device| row(device)).collect();
                let settled = settled(rows, inventory.fleet.sources(), &mut harmless);
                match phone.mac_evidence() {
                    Evidence::Unreadable(name) => settled.with_phone(|phone| phone.mac(name.clone().into_owned())),
                    Evidence::Known(_) | Evidence::Absent => settled,
                }
            }
        };
        let conflicts = row.trail().map_or(&[][..], |trail| trail.conflicts());
        if !conflicts.is_empty() {
            let place = |device: &&Device| {
                format!("device {} on {}", device.row, Shown::new(node(device).unwrap_or("a node without name")))
            };
            let fields: Vec<_> = conflicts.iter().map(|conflict| conflict.field.to_string()).collect();
            inventory.note(format!(
                "{} is registered twice, and differently ({}): {}",
                Shown::new(best.name()),
                fields.join(", "),
                listed(&counting, ", ", 0, place),
            ));
        }
        // Both stand in the order of the document.
        let mut counted = counting.iter().map(|device| device.row).peekable();
        let is_aside = |device: &&Device| counted.next_if_eq(&device.row).is_none();
        let others: Vec<_> = rows.iter().copied().filter(is_aside).collect();
        let row = if others.is_empty() { row } else { with_set_aside(row, &others) };
        inventory.push(row, best.broken());
        rows.iter().filter(|device| device.row != best.row).for_each(|other| inventory.push_joined(other.broken()));
    }
    match with_last_load {
        0 => {}
        1 => inventory.note(
            "1 phone is not registered: the load that it was last seen with is no evidence of what runs".to_owned(),
        ),
        count => inventory.note(format!(
            "{count} phones are not registered: the loads that they were last seen with are no evidence of what runs"
        )),
    }
    inventory.broken.sort_by_key(|(source, broken)| (*source, broken.line));
}

/// The rows that count of those of one phone: all that are registered, or all that are partially; else the one that says
/// most.
fn counting<'d>(rows: &[&'d Device]) -> Vec<&'d Device> {
    for is_best in [Device::is_registered, Device::is_partially_registered] {
        let best: Vec<_> = rows.iter().copied().filter(|device| is_best(device)).collect();
        if !best.is_empty() {
            return best;
        }
    }
    rows.iter().find(|device| device.last_load().is_some()).or(rows.first()).copied().into_iter().collect()
}

/// The rows of each phone, in order.
fn phones(devices: &[Device]) -> Vec<Vec<&Device>> {
    let mut phones: Vec<Vec<&Device>> = Vec::new();
    let mut places: HashMap<_, usize> = HashMap::new();
    for device in devices {
        if let Some(key) = device.key() {
            match places.entry(key) {
                Entry::Occupied(place) => {
                    if let Some(rows) = phones.get_mut(*place.get()) {
                        rows.push(device);
                    }
                    continue;
                }
                Entry::Vacant(place) => place.insert(phones.len()),
            };
        }
        phones.push(vec![device]);
    }
    phones
}

fn with_set_aside(row: FleetRow, others: &[&Device]) -> FleetRow {
    let alone = || {
        let fields = said(row.phone()).into_iter().map(|field| (field, row.origin())).collect();
        Trail { rows: vec![row.origin()], fields, ..Trail::default() }
    };
    let mut trail = row.trail().cloned().unwrap_or_else(alone);
    let set_aside = || others.iter().map(|device| Origin::new(0, device.row));
    trail.rows.extend(set_aside());
    trail.set_aside.extend(set_aside());
    row.with_trail(trail)
}

/// The fields that an answer says anything of.
fn said(phone: &Phone<'_>) -> Vec<Field> {
    let fields = [
        (Field::Pid, phone.product_text().is_some()),
        (Field::Mac, phone.mac_evidence() != &Evidence::Absent),
        (Field::Load, phone.load_evidence() != &Evidence::Absent),
        (Field::FirmwareType, phone.firmware_type_evidence() != &Evidence::Absent),
    ];
    fields.into_iter().filter(|(_, is_said)| *is_said).map(|(field, _)| field).collect()
}
