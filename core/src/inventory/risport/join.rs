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
    let mut with_last_load = 0;
    for rows in phones(&answer.devices) {
        let ranks: [fn(&Device) -> bool; 3] =
            [Device::is_registered, Device::is_partially_registered, |device| device.last_load().is_some()];
        let place = ranks.into_iter().find_map(|is_best| rows.iter().position(|device| is_best(device)));
        let Some(best) = rows.get(place.unwrap_or(0)) else { continue };
        with_last_load += u64::from(best.last_load().is_some());
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
    row.with_trail(Trail { rows, fields, conflicts: Vec::new(), set_aside })
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
