//! What one object of an answer says of a device.

use std::borrow::Cow;

use super::json::unquoted;
use crate::firmware::FirmwareType;
use crate::fleet::RowLabel;
use crate::inventory::row::phone;
use crate::inventory::{InventoryField, limits};
use crate::phone::Phone;
use crate::text::trim;

type Said<'t> = Option<Cow<'t, str>>;

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
    /// The length of a value that is longer than is read.
    pub(super) too_long: Option<usize>,
}

impl<'t> Device<'t> {
    /// Hears one member. Said twice, a value must be the same; if not, both stay, as a text that nobody can read.
    pub(super) fn hear(&mut self, name: &str, value: &'t str) {
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
            _ => return,
        };
        let text = unquoted(value).unwrap_or(Cow::Borrowed(value));
        if value == "null" || trim(&text).is_empty() {
            return;
        }
        match place {
            Some(before) if *before == text => {}
            Some(before) => {
                let before = before.to_mut();
                before.push_str(" and ");
                before.push_str(&text);
            }
            None => *place = Some(text),
        }
        if let Some(text) = place
            && text.len() > limits::CELL
        {
            self.too_long = Some(text.len());
            *text = Cow::Owned(format!("{}...", beginning(text)));
        }
    }

    /// Whether it says anything that only devices have.
    pub(super) fn is_device(&self) -> bool {
        let Self { product, mac, serial, software, connection_status, ip, .. } = self;
        [product, mac, serial, software, connection_status, ip].into_iter().any(Option::is_some)
    }

    /// What the service says instead of devices.
    pub(super) fn refusal(&self) -> Option<String> {
        let said = self.message.as_deref().or(self.errors.as_deref()).filter(|_| !self.is_device())?;
        Some(beginning(said))
    }

    /// The phone. If the product is missing, `instead` is what was read in its place.
    pub(super) fn phone(&self, instead: Option<&str>) -> Phone<'static> {
        let said = |text: &'_ Said<'t>| text.as_deref().map(str::to_owned);
        let product = said(&self.product).or(instead.map(str::to_owned));
        let (mac, serial, software) = (said(&self.mac), said(&self.serial), said(&self.software));
        let cells = |field| match field {
            InventoryField::Pid => product.as_deref(),
            InventoryField::Mac => mac.as_deref(),
            InventoryField::Serial => serial.as_deref(),
            InventoryField::Firmware => software.as_deref(),
            _ => None,
        };
        let phone = phone(|field| cells(field).map(str::as_bytes).into_iter());
        // Specification 2.4: a device that Webex knows runs MPP firmware.
        if self.is_device() { phone.firmware_type(FirmwareType::Mpp) } else { phone }.into_owned()
    }

    /// What else it says.
    pub(super) fn label(self) -> RowLabel {
        let owned = |text: Said<'t>| text.map(Cow::into_owned);
        RowLabel {
            description: owned(self.display_name),
            ip_address: owned(self.ip),
            status: owned(self.connection_status),
            ..RowLabel::default()
        }
    }
}

/// The beginning of a text that is only shown.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(limits::KEPT).collect()
}
