//! One phone on several nodes becomes one phone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::answer::Answer;
use super::device::Device;
use crate::assess::Field;
use crate::fleet::{FleetRow, Origin, Trail};
use crate::inventory::Inventory;
use crate::phone::{Evidence, Phone};

/// Puts the phones into the inventory, in the order in which they appear first.
pub(super) fn join(answer: &Answer, inventory: &mut Inventory) {
    for rows in phones(&answer.devices) {
        let place = rows.iter().position(|device| device.is_registered());
        let place = place.or_else(|| rows.iter().position(|device| device.has_load())).unwrap_or(0);
        let Some(best) = rows.get(place) else { continue };
        let others: Vec<_> = rows.iter().filter(|device| device.row != best.row).copied().collect();

        let node = |device: &Device| answer.nodes.get(device.node).and_then(|node| node.name.as_deref());
        let phone = best.phone();
        for other in others.iter().filter(|other| other.is_registered() && other.phone() != phone) {
            inventory.note(format!(
                "{} is registered twice, and differently: device {} on {} counts, device {} on {} does not",
                best.name(),
                best.row,
                node(best).unwrap_or("a node without name"),
                other.row,
                node(other).unwrap_or("a node without name"),
            ));
        }
        let row = FleetRow::new(best.row, phone).labeled(best.label(node(best)));
        let row = if others.is_empty() { row } else { with_trail(row, best, &others) };
        inventory.push(row, best.broken());
        others.iter().for_each(|other| inventory.push_joined(other.broken()));
    }
    inventory.broken.sort_by_key(|(source, broken)| (*source, broken.line));
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

fn with_trail(row: FleetRow, best: &Device, others: &[&Device]) -> FleetRow {
    let origin = |device: &Device| Origin::new(0, device.row);
    let set_aside: Vec<_> = others.iter().map(|device| origin(device)).collect();
    let rows = std::iter::once(origin(best)).chain(set_aside.iter().copied()).collect();
    let fields = said(row.phone()).into_iter().map(|field| (field, origin(best))).collect();
    row.with_trail(Trail { rows, fields, conflicts: Vec::new(), set_aside, ..Trail::default() })
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
