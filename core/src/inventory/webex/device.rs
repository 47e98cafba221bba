//! What one object of an answer says of a device.

use std::borrow::Cow;

use super::json::unquoted;
use crate::firmware::FirmwareType;
use crate::fleet::{Kept, RowLabel};
use crate::inventory::keep::KeptOfDevice;
use crate::inventory::row::{Cell, phone};
use crate::inventory::said::Said;
use crate::inventory::{InventoryField, Keep, RowProblem, limits};
use crate::phone::Phone;
use crate::text::trim;

/// The members of an object that are read.
#[derive(Default)]
pub(super) struct Device<'t> {
    product: Said<'t>,
    mac: Said<'t>,
    serial: Said<'t>,
    software: Said<'t>,
    connection_status: Said<'t>,
    ip: Said<'t>,
    display_name: Said<'t>,
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
        let place = match name {
            "product" => &mut self.product,
            "mac" => &mut self.mac,
            "serial" => &mut self.serial,
            "software" => &mut self.software,
            "connectionStatus" | "connection_status" => &mut self.connection_status,
            "ip" => &mut self.ip,
            "displayName" | "display_name" => &mut self.display_name,
            "message" => &mut self.message,
            "errors" => &mut self.errors,
            _ => return false,
        };
        let text = unquoted(value).unwrap_or(Cow::Borrowed(value));
        let is_no_error = || matches!(name, "message" | "errors") && matches!(value, "[]" | "{}");
        if value != "null" && !trim(&text).is_empty() && !is_no_error() {
            place.hear(text, |before, text| before == text);
            self.problem = place.problem().or(self.problem);
        }
        true
    }

    /// Hears one member that is kept, whether it is read or not.
    pub(super) fn hear_kept(&mut self, index: usize, value: &str) {
        let text = unquoted(value).unwrap_or(Cow::Borrowed(value));
        if value != "null" {
            self.kept.hear(index, &text);
        }
    }

    /// What it says under the names that are kept.
    pub(super) fn kept(&self, keep: &Keep) -> Kept {
        self.kept.of(keep)
    }

    /// Whether it says anything that only devices have.
    pub(super) fn is_device(&self) -> bool {
        let Self { product, mac, serial, software, connection_status, ip, .. } = self;
        [product, mac, serial, software, connection_status, ip].into_iter().any(Said::is_there)
    }

    /// What the service says instead of devices.
    pub(super) fn refusal(&self) -> Option<String> {
        let said = self.message.first().or(self.errors.first()).filter(|_| !self.is_device())?;
        Some(beginning(said))
    }

    /// The phone. If the product is missing, `instead` is what was read in its place.
    pub(super) fn phone(&self, instead: Option<&str>) -> Phone<'static> {
        let instead = instead.filter(|_| !self.product.is_there());
        let cells = |field| {
            let (said, place) = match field {
                InventoryField::Pid => (Some(&self.product), "product"),
                InventoryField::Mac => (Some(&self.mac), "mac"),
                InventoryField::Serial => (Some(&self.serial), "serial"),
                InventoryField::Firmware => (Some(&self.software), "software"),
                _ => (None, ""),
            };
            let instead = instead.filter(|_| field == InventoryField::Pid).map(|text| Cell::named(text, place));
            said.into_iter().flat_map(move |said| said.cells(place)).chain(instead)
        };
        let phone = phone(cells);
        // Specification 2.4: a device that Webex knows runs MPP firmware.
        if self.is_device() { phone.firmware_type(FirmwareType::Mpp) } else { phone }.into_owned()
    }

    /// What else it says.
    pub(super) fn label(self) -> RowLabel {
        RowLabel {
            description: self.display_name.shown(),
            ip_address: self.ip.shown(),
            status: self.connection_status.shown(),
            ..RowLabel::default()
        }
    }
}

/// The beginning of a text that is only shown.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(limits::KEPT).collect()
}
