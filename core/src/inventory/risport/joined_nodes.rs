//! One phone on several nodes becomes one phone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::answer::Answer;
use super::risport_device::Device;
use crate::assess::Field;
use crate::fleet::{Conflict, ConflictValue, FleetRow, KeptColumns, KeptOfRows, RowOrigin, Trail};
use crate::inventory::{Inventory, registration};
use crate::phone::{Evidence, Phone, Side};
use crate::text::{Shown, listed};

/// Puts the phones into the inventory, in the order in which they appear first.
pub(super) fn join(answer: &Answer, inventory: &mut Inventory) {
    let nodes: Vec<_> = answer.nodes.iter().map(|node| node.name.shown()).collect();
    let mut with_last_load = 0;
    let columns = KeptColumns::of(answer.names.keep.columns().iter().map(|column| column.shared_name()));
    for rows in phones(&answer.devices) {
        let counting = counting(&rows);
        let Some(best) = counting.first() else { continue };
        with_last_load += u64::from(best.last_load().is_some());
        let node = |device: &Device| nodes.get(device.node)?.as_deref();
        let place = |device: &Device| {
            format!("device {} on {}", device.row, Shown::new(node(device).unwrap_or("a node without name")))
        };
        let placed: Vec<_> = counting.iter().map(|device| (*device, place(device))).collect();
        let phone = Device::phone_of(&placed);
        let differing = differing(&phone);
        if !differing.is_empty() {
            inventory.note(format!(
                "{} is registered twice, and differently ({}): {}",
                Shown::new(best.name()),
                differing.join(", "),
                listed(&placed, ", ", 0, |(_, place)| place.clone()),
            ));
        }
        let row = FleetRow::new(best.row, phone).labeled(best.label(node(best)));
        // Both stand in the order of the document.
        let mut counted = counting.iter().map(|device| device.row).peekable();
        let is_aside = |device: &&Device| counted.next_if_eq(&device.row).is_none();
        let others: Vec<_> = rows.iter().copied().filter(is_aside).collect();
        let mut row = if rows.len() == 1 { row } else { with_trail(row, &placed, &others) };
        let said = counting.iter().chain(&others).map(|device| (device.kept.of(&answer.names), device.row));
        let said: Vec<_> = said.collect();
        let mut heard = KeptOfRows::new(&columns);
        for (kept, row) in &said {
            kept.texts_said(RowOrigin::new(0, *row))
                .for_each(|(column, text, origin)| heard.hear(column, text, origin));
        }
        let place_of = |origin: RowOrigin| {
            let device = rows.iter().find(|device| device.row == origin.row());
            device.map_or_else(String::new, |device| place(device))
        };
        let (kept, told) = heard.best(place_of);
        told.into_iter().for_each(|told| row.add_problem(told));
        inventory.push(row.with_kept(kept), best.broken());
        rows.iter().filter(|device| device.row != best.row).for_each(|other| inventory.push_joined(other.broken()));
    }
    registration::note(with_last_load).into_iter().for_each(|note| inventory.note(note));
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

/// The row of a phone that several devices are.
fn with_trail(row: FleetRow, counting: &[(&Device, String)], set_aside: &[&Device]) -> FleetRow {
    let origin = |device: &Device| RowOrigin::new(0, device.row);
    let phone = row.phone();
    let conflicts = [
        conflict(Field::Pid, phone.product(), counting),
        conflict(Field::Load, phone.load_evidence(), counting),
        conflict(Field::FirmwareType, phone.firmware_type_evidence(), counting),
    ];
    let conflicts: Vec<_> = conflicts.into_iter().flatten().collect();
    let counts = |field: &Field| !conflicts.iter().any(|conflict: &Conflict| conflict.field == *field);
    let trail = Trail {
        rows: counting.iter().map(|(device, _)| *device).chain(set_aside.iter().copied()).map(origin).collect(),
        fields: said(phone).into_iter().filter(counts).map(|field| (field, row.origin())).collect(),
        set_aside: set_aside.iter().copied().map(origin).collect(),
        conflicts,
        ..Trail::default()
    };
    row.with_trail(trail)
}

/// What devices say differently of a field: no side counts, because nobody decided whether it matters.
fn conflict<T>(field: Field, evidence: &Evidence<'_, T>, counting: &[(&Device, String)]) -> Option<Conflict> {
    let value = |side: &Side<'_, T>| {
        let (device, _) = counting.iter().find(|(_, place)| place == side.place())?;
        Some(ConflictValue { value: side.text().to_owned(), origin: RowOrigin::new(0, device.row) })
    };
    let values = evidence.sides()?.iter().filter_map(value).collect();
    Some(Conflict { field, values, more: 0, is_open: true })
}

/// The fields that devices say differently.
fn differing(phone: &Phone<'_>) -> Vec<&'static str> {
    let fields = [
        (Field::Pid, phone.product().sides().is_some()),
        (Field::Load, phone.load_evidence().sides().is_some()),
        (Field::FirmwareType, phone.firmware_type_evidence().sides().is_some()),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field.as_str()).collect()
}

/// The fields that an answer says anything of.
fn said(phone: &Phone<'_>) -> Vec<Field> {
    let fields = [
        (Field::Pid, phone.product() != &Evidence::Absent),
        (Field::Mac, phone.mac_evidence() != &Evidence::Absent),
        (Field::Load, phone.load_evidence() != &Evidence::Absent),
        (Field::FirmwareType, phone.firmware_type_evidence() != &Evidence::Absent),
    ];
    fields.into_iter().filter(|(_, is_said)| *is_said).map(|(field, _)| field).collect()
}
