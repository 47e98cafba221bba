//! CSV files of Control Hub.

use crate::firmware::FirmwareType;
use crate::fleet::{Fleet, FleetRow, SourceKind};
use crate::inventory::folded_header::folded;
use crate::inventory::headers::WEBEX_TEMPLATE;
use crate::inventory::{ChosenColumn, Document, Inventory, InventoryError, InventoryField, Keep, csv};
use crate::phone::{Evidence, Phone};

/// What Webex says of the connection of a device that it has, folded: the words of its interface and of Control Hub. Those of
/// other lists, such as `Registered` or `to migrate`, are none of them; nor is `activating`, said before a device is there.
const CONNECTIONS: [&str; 8] = [
    "connected",
    "connectedwithissues",
    "disconnected",
    "online",
    "onlinewithissues",
    "offline",
    "offlineexpired",
    "offlinedeepsleep",
];

/// What a file lists, by its columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    /// The template, as it is.
    Template,
    /// The template with columns that somebody added.
    ExtendedTemplate,
    /// Anything else: its rows tell whether Webex has these devices.
    Other,
}

impl Listing {
    fn of(headers: &[String]) -> Self {
        let headers: Vec<_> = headers.iter().map(|header| folded(header)).collect();
        let has = |name: &str| headers.iter().any(|header| header == name);
        let is_of_template = |header: &String| header.is_empty() || WEBEX_TEMPLATE.contains(&header.as_str());
        if has("model") && has("macaddress") && headers.iter().all(is_of_template) {
            Self::Template
        } else if has("callingplan") {
            Self::ExtendedTemplate
        } else {
            Self::Other
        }
    }
}

pub(super) fn read(document: &Document<'_>, keep: &Keep) -> Result<Inventory, InventoryError> {
    let mut inventory = csv::read_document_keeping(document, &[], keep)?;
    let headers = inventory.columns().map(|columns| columns.headers().to_vec()).unwrap_or_default();
    let listing = Listing::of(&headers);
    if listing == Listing::Template {
        inventory = csv::read_document_keeping(document, &template_columns(&headers), keep)?;
    }
    let (mut known, mut unknown) = (0, 0);
    let known_to_webex = |row: FleetRow| {
        let phone = row.phone();
        if !says_anything(phone) {
            return row;
        }
        if listing == Listing::Other && has_connection(&row) {
            known += 1;
            // Specification 2.4: a device that Webex knows runs MPP firmware. What the row itself says of the type stays.
            let is_untold = phone.firmware_type_evidence() == &Evidence::Absent;
            return if is_untold { row.with_phone(|phone| phone.firmware_type(FirmwareType::Mpp)) } else { row };
        }
        match phone.load_evidence().known().map(|load| load.firmware_type()) {
            Some(FirmwareType::Mpp) => known += 1,
            Some(_) | None => unknown += 1,
        }
        row
    };
    let rows = std::mem::take(&mut inventory.fleet).into_rows().map(known_to_webex).collect();
    let fleet = Fleet::of(vec![document.source(SourceKind::Webex).in_lines()], rows);
    inventory.fleet = fleet.keeping(keep.columns().iter().map(|column| column.shared_name()));
    inventory.notes.extend(note(listing, known, unknown).map(|note| (0, note)));
    Ok(inventory)
}

/// Whether a row has the connection status of a device in Webex.
fn has_connection(row: &FleetRow) -> bool {
    let status = row.label().and_then(|label| label.status.as_deref());
    status.is_some_and(|status| CONNECTIONS.contains(&folded(status).as_str()))
}

/// What a person should know of a file with so many rows that Webex knows, and so many others.
fn note(listing: Listing, known: u64, unknown: u64) -> Option<String> {
    match (listing, known, unknown) {
        (Listing::Template, ..) => Some(
            "the columns are those of the template for migrations, which lists phones that are not in Webex yet: \
             no evidence of MPP firmware"
                .to_owned(),
        ),
        (_, _, 0) => None,
        (_, 0, _) => Some("nothing shows that Webex knows these phones: no evidence of MPP firmware".to_owned()),
        (_, _, 1) => Some("of 1 phone nothing shows that Webex knows it: no evidence of MPP firmware".to_owned()),
        (_, _, count) => {
            Some(format!("of {count} phones nothing shows that Webex knows them: no evidence of MPP firmware"))
        }
    }
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

/// Of a row that cannot be trusted, only a product text is kept that nobody can read.
fn says_anything(phone: &Phone<'_>) -> bool {
    phone.product().known().is_some()
        || phone.mac_evidence() != &Evidence::Absent
        || phone.serial_evidence() != &Evidence::Absent
        || phone.load_evidence() != &Evidence::Absent
        || phone.release_evidence() != &Evidence::Absent
}
