//! CSV files of Control Hub.

use crate::firmware::FirmwareType;
use crate::fleet::{Fleet, FleetRow, SourceKind};
use crate::inventory::field::folded;
use crate::inventory::{ChosenColumn, Document, Inventory, InventoryError, InventoryField, csv};
use crate::phone::{Evidence, Phone};

/// The columns of the template of S1, folded. Their order is not documented.
const TEMPLATE: [&str; 9] =
    ["username", "type", "phonenumber", "extension", "devicetype", "model", "macaddress", "location", "callingplan"];

/// What a file lists, by its columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    /// Devices that Webex has.
    Export,
    /// Phones that shall come to Webex.
    Template,
    /// Nobody knows.
    Other,
}

impl Listing {
    fn of(headers: &[String]) -> Self {
        let headers: Vec<_> = headers.iter().map(|header| folded(header)).collect();
        let has = |name: &str| headers.iter().any(|header| header == name);
        let is_of_template = |header: &String| header.is_empty() || TEMPLATE.contains(&header.as_str());
        if has("model") && has("macaddress") && headers.iter().all(is_of_template) {
            Self::Template
        } else if headers.iter().any(|header| is_of_export(header)) && !has("callingplan") {
            Self::Export
        } else {
            Self::Other
        }
    }

    fn note(self) -> Option<&'static str> {
        match self {
            Self::Export => None,
            Self::Template => Some(
                "the columns are those of the template for migrations, which lists phones that are not in Webex yet: \
                 no evidence of MPP firmware",
            ),
            Self::Other => Some("no column shows that Webex knows these phones: no evidence of MPP firmware"),
        }
    }
}

/// Columns that only a service can fill that knows the device.
fn is_of_export(header: &str) -> bool {
    ["software", "serial", "product"].iter().any(|beginning| header.starts_with(beginning))
        || ["connectionstatus", "onlinestatus", "status"].contains(&header)
}

pub(super) fn read(document: &Document<'_>) -> Result<Inventory, InventoryError> {
    let mut inventory = csv::read_document(document, &[])?;
    let headers = inventory.columns().map(|columns| columns.headers().to_vec()).unwrap_or_default();
    let listing = Listing::of(&headers);
    if listing == Listing::Template {
        inventory = csv::read_document(document, &template_columns(&headers))?;
    }
    let fleet = std::mem::take(&mut inventory.fleet);
    let rows = fleet.into_rows().map(|row| if listing == Listing::Export { known_to_webex(row) } else { row });
    inventory.fleet = Fleet::of(vec![document.source(SourceKind::Webex)], rows.collect());
    if let Some(note) = listing.note() {
        inventory.note(note.to_owned());
    }
    Ok(inventory)
}

/// Of the template, `Device Type` says nothing: it is always `IP`.
fn template_columns(headers: &[String]) -> Vec<ChosenColumn> {
    let header = |name: &str| headers.iter().find(|header| folded(header) == name).cloned();
    let chosen = |field: &InventoryField| {
        let header = match field {
            InventoryField::Pid => header("model"),
            InventoryField::Mac => header("macaddress"),
            _ => None,
        };
        header.map_or(ChosenColumn::none(*field), |header| ChosenColumn::new(*field, header))
    };
    InventoryField::ALL.iter().map(chosen).collect()
}

/// Specification 2.4: a device that Webex knows runs MPP firmware. What the row itself says of the type stays.
fn known_to_webex(row: FleetRow) -> FleetRow {
    let is_untold = row.phone().firmware_type_evidence() == &Evidence::Absent;
    if !is_untold || !says_anything(row.phone()) {
        return row;
    }
    row.with_phone(|phone| phone.firmware_type(FirmwareType::Mpp))
}

/// Of a row that cannot be trusted, only a product text is kept that nobody can read.
fn says_anything(phone: &Phone<'_>) -> bool {
    phone.product().known().is_some()
        || phone.mac_evidence() != &Evidence::Absent
        || phone.serial_evidence() != &Evidence::Absent
        || phone.load_evidence() != &Evidence::Absent
        || phone.release_evidence() != &Evidence::Absent
}
