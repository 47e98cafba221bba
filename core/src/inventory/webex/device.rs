//! What one object of an answer says of a device.

use std::borrow::Cow;

use super::json::unquoted;
use crate::firmware::FirmwareType;
use crate::fleet::RowLabel;
use crate::inventory::row::phone;
use crate::inventory::said::Said;
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
    connection_status: Said<'t>,
    ip: Said<'t>,
    display_name: Said<'t>,
    message: Said<'t>,
    errors: Said<'t>,
    /// A value is longer than is read.
    pub(super) problem: Option<RowProblem>,
}

impl<'t> Device<'t> {
    /// Hears one member; tells whether it is one that is read. Said twice, a value must be the same; if not, both stay, as a
    /// text that nobody can read.
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

    /// Whether it says anything that only devices have.
    pub(super) fn is_device(&self) -> bool {
        let Self { product, mac, serial, software, connection_status, ip, .. } = self;
        [product, mac, serial, software, connection_status, ip].into_iter().any(Said::is_there)
    }

    /// What the service says instead of devices.
    pub(super) fn refusal(&self) -> Option<String> {
        let said = self.message.text().or(self.errors.text()).filter(|_| !self.is_device())?;
        Some(beginning(said))
    }

    /// The phone. If the product is missing, `instead` is what was read in its place.
    pub(super) fn phone(&self, instead: Option<&str>) -> Phone<'static> {
        let cells = |field| match field {
            InventoryField::Pid => self.product.text().or(instead),
            InventoryField::Mac => self.mac.text(),
            InventoryField::Serial => self.serial.text(),
            InventoryField::Firmware => self.software.text(),
            _ => None,
        };
        let phone = phone(|field| cells(field).map(str::as_bytes).into_iter());
        // Specification 2.4: a device that Webex knows runs MPP firmware.
        if self.is_device() { phone.firmware_type(FirmwareType::Mpp) } else { phone }.into_owned()
    }

    /// What else it says.
    pub(super) fn label(self) -> RowLabel {
        RowLabel {
            description: self.display_name.into_owned(),
            ip_address: self.ip.into_owned(),
            status: self.connection_status.into_owned(),
            ..RowLabel::default()
        }
    }
}

/// The beginning of a text that is only shown.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(limits::KEPT).collect()
}
