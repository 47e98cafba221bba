//! What one object of an answer says of a device.

use std::borrow::Cow;

use crate::firmware::FirmwareType;
use crate::fleet::{Kept, RowLabel};
use crate::inventory::field_cell::Cell;
use crate::inventory::folded_header::folded;
use crate::inventory::kept_of_devices::{KeptOfDevice, NamesOfDevices};
use crate::inventory::records::json_text::unquoted;
use crate::inventory::records::keys;
use crate::inventory::records::members::scalar;
use crate::inventory::records::own_keys::own;
use crate::inventory::records::said_beside::{Others, Unread};
use crate::inventory::row_to_phone::phone;
use crate::inventory::said_in_document::Said;
use crate::inventory::{InventoryField, RowProblem, limits};
use crate::phone::Phone;
use crate::text::trim;

/// The members of an object that are read.
#[derive(Default)]
pub(super) struct Device<'t> {
    product: Said<'t>,
    mac: Said<'t>,
    serial: Said<'t>,
    software: Said<'t>,
    /// What it says under headers of tables and no device of Webex says: the list is of another tool, whatever the caller calls it.
    others: Others,
    pub(super) unread: Unread,
    is_foreign: bool,
    connection_status: Said<'t>,
    ip: Said<'t>,
    display_name: Said<'t>,
    /// What Webex Calling says instead of the product, the connection and the display name.
    model: Said<'t>,
    activation: Said<'t>,
    description: Said<'t>,
    message: Said<'t>,
    errors: Said<'t>,
    /// What it says under the names that the caller keeps.
    kept: KeptOfDevice,
    /// A value is longer than is read.
    pub(super) problem: Option<RowProblem>,
}

impl<'t> Device<'t> {
    /// Hears one member; tells whether it is one that is read. Values that differ are all kept.
    pub(super) fn hear(&mut self, name: &str, value: &'t str) -> bool {
        let key = folded(own(name).name);
        let is_foreign = keys::is_foreign_to_webex(&key);
        let place = match &*key {
            "product" => &mut self.product,
            "model" => &mut self.model,
            "mac" | "macaddress" | "macaddr" => &mut self.mac,
            "serial" | "serialnumber" => &mut self.serial,
            "software" | "softwareversion" | "swversion" => &mut self.software,
            "connectionstatus" => &mut self.connection_status,
            "activationstate" => &mut self.activation,
            "ip" | "ipaddress" => &mut self.ip,
            "displayname" => &mut self.display_name,
            "description" => &mut self.description,
            "message" => &mut self.message,
            "errors" => &mut self.errors,
            _ => return self.hear_other(name, value, is_foreign),
        };
        let text = match value.starts_with('[') && name.eq_ignore_ascii_case("description") {
            // Webex Calling keeps the tags of a device there.
            true => tags(value).into(),
            false => unquoted(value).unwrap_or(Cow::Borrowed(value)),
        };
        let is_no_error = || matches!(name, "message" | "errors") && matches!(value, "[]" | "{}");
        if value != "null" && !trim(&text).is_empty() && !is_no_error() {
            self.is_foreign |= is_foreign;
            place.hear(text, |before, text| before == text);
            self.problem = place.problem().or(self.problem);
        }
        true
    }

    /// Hears a member that no device of Webex has.
    fn hear_other(&mut self, name: &str, value: &str, is_foreign: bool) -> bool {
        let text = scalar(value).filter(|text| !trim(text).is_empty());
        let Some(text) = text else { return false };
        self.is_foreign |= is_foreign;
        let is_heard = self.others.hear(name, &text);
        if !is_heard {
            self.unread.hear(name, &text);
        }
        is_heard
    }

    /// Hears one member that is kept, whether it is read or not.
    pub(super) fn hear_kept(&mut self, index: usize, value: &str) {
        let text = unquoted(value).unwrap_or(Cow::Borrowed(value));
        if value != "null" {
            self.kept.hear(index, &text);
        }
    }

    /// What it says under the names that are kept.
    pub(super) fn kept(&self, names: &NamesOfDevices) -> Kept {
        self.kept.of(names)
    }

    /// Whether it says anything that only devices have.
    pub(super) fn is_device(&self) -> bool {
        let Self { product, model, mac, serial, software, connection_status, activation, ip, .. } = self;
        [product, model, mac, serial, software, connection_status, activation, ip].into_iter().any(Said::is_there)
            || [InventoryField::Mac, InventoryField::Serial].into_iter().any(|field| self.others.has(field))
    }

    /// What the service says instead of devices.
    pub(super) fn refusal(&self) -> Option<String> {
        let said = self.message.first().or(self.errors.first()).filter(|_| !self.is_device())?;
        Some(beginning(said))
    }

    /// The phone. If the product is missing, `instead` is what was read in its place.
    pub(super) fn phone(&self, instead: Option<&str>) -> Phone<'static> {
        let has_product = self.product.is_there() || self.model.is_there() || self.others.has(InventoryField::Pid);
        let instead = instead.filter(|_| !has_product);
        let cells = |field| {
            let (said, place) = match field {
                InventoryField::Pid => (Some(&self.product), "product"),
                InventoryField::Mac => (Some(&self.mac), "mac"),
                InventoryField::Serial => (Some(&self.serial), "serial"),
                InventoryField::Firmware => (Some(&self.software), "software"),
                _ => (None, ""),
            };
            let instead = instead.filter(|_| field == InventoryField::Pid).map(|text| Cell::named(text, place));
            let models = [&self.model].into_iter().filter(move |_| field == InventoryField::Pid);
            let models = models.flat_map(|model| model.cells("model"));
            let others = self.others.cells(field);
            said.into_iter().flat_map(move |said| said.cells(place)).chain(models).chain(others).chain(instead)
        };
        let phone = phone(cells);
        // Webex Calling has phones of other makers, too.
        let is_of_others = [&self.product, &self.model].into_iter().flat_map(Said::texts).any(keys::is_of_other_maker);
        // Specification 2.4: a device that Webex knows runs MPP firmware. One that is added and not yet activated may be
        // registered elsewhere still, and what has a VID or a load is no record of Webex.
        let is_there = self.activation.texts().all(|state| state.eq_ignore_ascii_case("activated"));
        if self.is_device() && is_there && !self.is_foreign && !is_of_others {
            phone.firmware_type(FirmwareType::Mpp)
        } else {
            phone
        }
        .into_owned()
    }

    /// What else it says.
    pub(super) fn label(self) -> RowLabel {
        RowLabel {
            description: self.display_name.shown().or(self.description.shown()),
            ip_address: self.ip.shown(),
            status: self.connection_status.shown().or(self.activation.shown()),
            ..RowLabel::default()
        }
    }
}

/// The texts of a list of texts.
fn tags(list: &str) -> String {
    serde_json::from_str::<Vec<String>>(list).map_or_else(|_| list.to_owned(), |tags| tags.join(", "))
}

/// The beginning of a text that is only shown.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(limits::KEPT).collect()
}
