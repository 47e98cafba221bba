//! Records of JSON and XML: what each of them is, is judged by all its keys, wherever it stands and however it is spelled.

mod any_tool;
mod beside;
mod kinds_of_records;
mod laws_of_records;
mod orders;
mod parts;
mod rows_without_phones;
mod shapes_of_a_list;
mod tables_as_json;
mod told_of_documents;

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, InventoryError, ReadOptions, read};
use crossgrade::{FirmwareType, FleetRow};

fn try_read(text: &str) -> Result<Inventory, InventoryError> {
    read(&Document::new("records", text), &ReadOptions::default())
}

#[track_caller]
fn read_any(text: &str) -> Inventory {
    try_read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What a test needs to know of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    kind: SourceKind,
    model: Option<String>,
    mac: Option<String>,
    load: Option<String>,
    firmware_type: Option<FirmwareType>,
}

fn seen(inventory: &Inventory) -> Vec<Seen> {
    let of = |row: &FleetRow| {
        let phone = row.phone();
        Seen {
            kind: inventory.fleet().source(row.origin()).expect("a source").kind(),
            model: phone.product().known().map(|product| product.model().to_string()),
            mac: phone.mac_evidence().known().map(|mac| mac.to_string()),
            load: phone.load_evidence().known().map(|load| load.to_string()),
            firmware_type: phone.firmware_type_evidence().known(),
        }
    };
    inventory.fleet().rows().iter().map(of).collect()
}

fn notes(inventory: &Inventory) -> String {
    inventory.notes().map(|(_, note)| note).collect::<Vec<_>>().join("\n")
}
