//! What a record is: judged by all its keys, and by values that only one kind has.

use super::keys::{self, is_of};
use super::own_keys::own;
use crate::firmware::LoadName;
use crate::inventory::InventoryField;
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::{is_udi, ranked};
use crate::inventory::registration;
use crate::phone::{Mac, Product};
use crate::text::{FieldText, trim};

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::inventory) enum RecordKind {
    /// A device in an answer of RisPort.
    Risport,
    /// A device of Webex.
    Webex,
    /// A device as Unified CM is configured with it.
    Axl,
    /// A device of any tool.
    Flat,
}

impl RecordKind {
    pub(in crate::inventory) fn as_str(self) -> &'static str {
        match self {
            Self::Risport => "an answer of RisPort",
            Self::Webex => "a device list of Webex",
            Self::Axl => "an answer of AXL",
            Self::Flat => "a list of devices",
        }
    }
}

/// What the keys and values of a record speak for, as far as it is read.
#[derive(Debug, Clone, Default)]
pub(in crate::inventory) struct Traits {
    /// It has a name, and that of a device.
    pub(super) is_named: bool,
    pub(super) has_device_name: bool,
    has_mac: bool,
    /// The MAC address that it says first, by itself or in its name.
    pub(super) mac: Option<Mac>,
    pub(super) has_product: bool,
    has_serial: bool,
    /// Keys and values that only devices of Webex have.
    webex: u8,
    /// Identifiers of Webex; those of a part may be a person's.
    webex_ids: u8,
    /// Its model has a name of Webex Calling, as lists of phones that shall come there have too.
    has_webex_model: bool,
    has_activation: bool,
    has_manager: bool,
    has_connection: bool,
    /// Keys of a device of Webex, whatever stands below them: they are one together.
    has_id: bool,
    has_owner: bool,
    has_state: bool,
    /// It says something that no device of Webex says.
    is_foreign_to_webex: bool,
    risport: u8,
    risport_or_other: u8,
    has_registration: bool,
    axl: u8,
    device_of_axl: u8,
    /// Headers of tables: those that only devices have, all of them, and whether a value reads as its field.
    headers_of_devices: u8,
    headers: u8,
    pub(super) is_sure: bool,
}

impl Traits {
    /// Of an object that stands under this key.
    pub(super) fn under(key: Option<&str>) -> Self {
        let is_named = key.is_some_and(keys::is_device_name);
        let mac = key.and_then(|key| Mac::read(key.as_bytes()).ok());
        Self { is_named, has_device_name: is_named, is_sure: is_named, mac, ..Self::default() }
    }

    /// Hears a key and its value; the value is nothing where it is no text or number.
    pub(in crate::inventory) fn hear(&mut self, key: &str, value: Option<&str>) {
        let key = folded(own(key).name);
        let text = value.map(trim).filter(|text| !text.is_empty());
        let is = |keys: &[&str]| is_of(&key, keys);
        let add = |count: &mut u8, is_there: bool| *count = count.saturating_add(u8::from(is_there));
        add(&mut self.webex, is(keys::OF_WEBEX));
        add(&mut self.risport, keys::is_of_risport(&key));
        add(&mut self.risport_or_other, is(keys::OF_RISPORT_AND_OTHERS));
        add(&mut self.axl, is(keys::OF_AXL));
        add(&mut self.device_of_axl, is(keys::DEVICES_OF_AXL));
        self.has_id |= key == "id";
        self.has_owner |= is(keys::OWNERS_OF_WEBEX);
        self.has_state |= is(keys::STATES_OF_WEBEX);
        self.has_mac |= is(keys::MACS);
        self.has_product |= is(keys::PRODUCTS);
        let Some(text) = text else { return };
        let is_name = is(keys::NAMES);
        self.is_named |= is_name;
        self.has_device_name |= is_name && keys::is_device_name(text);
        let is_word = |words: &[&str]| is_of(&folded(text), words);
        self.has_registration |= text.len() < 64 && registration::is_of_risdb(text) && registration::is_status(&key);
        self.has_connection |= key == "connectionstatus" && text.len() < 64 && is_word(keys::CONNECTIONS);
        self.has_activation |= key == "activationstate";
        self.has_manager |= key == "managedby" && is_of(text, keys::MANAGERS);
        self.has_webex_model |= self::is_webex_model(&key, text);
        add(&mut self.webex_ids, key.ends_with("id") && text.starts_with(keys::WEBEX_ID));
        let mac = if is_name || is(keys::MACS) { Mac::read(text.as_bytes()).ok() } else { None };
        self.mac = self.mac.or(mac);
        self.is_foreign_to_webex |= keys::is_foreign_to_webex(&key) || is_name && mac.is_some();
        let is_of_axl = key == "uuid" && text.starts_with('{') || key == "class" && text == keys::CLASS_OF_AXL;
        add(&mut self.axl, is_of_axl);
        self.hear_header(&key, text);
    }

    /// A key that is the header of a column in tables.
    fn hear_header(&mut self, key: &str, text: &str) {
        if is_udi(key) {
            self.headers = self.headers.saturating_add(1);
            self.headers_of_devices = self.headers_of_devices.saturating_add(1);
            return;
        }
        let Some((field, rank)) = ranked(key) else { return };
        // What stands under an everyday word may be of anything.
        let is_everyday = field.is_everyday(rank);
        self.has_serial |= field == InventoryField::Serial;
        self.headers = self.headers.saturating_add(1);
        let of_others =
            ["name", "hostname", "product", "productname", "producttype", "devicetype", "version", "software"];
        let is_of_devices = match field {
            _ if is_everyday => false,
            InventoryField::Pid | InventoryField::Mac => !of_others.contains(&key),
            InventoryField::Serial | InventoryField::Load | InventoryField::Vid => true,
            _ => false,
        };
        self.headers_of_devices = self.headers_of_devices.saturating_add(u8::from(is_of_devices));
        let bytes = text.as_bytes();
        self.is_sure |= match field {
            InventoryField::Pid | InventoryField::Mac if is_everyday => false,
            InventoryField::Pid => Product::read(bytes).is_ok(),
            InventoryField::Mac => Mac::read(bytes).is_ok(),
            InventoryField::Load | InventoryField::Firmware => LoadName::read(bytes).is_ok(),
            _ => false,
        };
    }

    /// An object within the record that has no name of its own says this of it.
    pub(super) fn take_over(&mut self, inner: &Self) {
        let add = |count: &mut u8, more: u8| *count = count.saturating_add(more);
        add(&mut self.webex, inner.webex);
        // Beside a product it is the device's own.
        add(&mut self.webex_ids, if inner.has_product { inner.webex_ids } else { 0 });
        self.has_webex_model |= inner.has_webex_model;
        self.has_activation |= inner.has_activation;
        self.has_manager |= inner.has_manager;
        self.has_connection |= inner.has_connection;
        self.is_foreign_to_webex |= inner.is_foreign_to_webex;
        add(&mut self.risport, inner.risport);
        add(&mut self.risport_or_other, inner.risport_or_other);
        add(&mut self.axl, inner.axl);
        add(&mut self.device_of_axl, inner.device_of_axl);
        self.has_product |= inner.has_product;
        add(&mut self.headers_of_devices, inner.headers_of_devices);
        self.has_serial |= inner.has_serial;
        self.is_sure |= inner.is_sure;
        self.has_registration |= inner.has_registration;
    }

    /// It stands in a list of devices of RisPort.
    pub(super) fn in_risport(&mut self) {
        self.risport = self.risport.saturating_add(1);
    }

    /// It stands in the place of a phone in an answer of AXL.
    pub(super) fn in_axl(&mut self) {
        self.axl = self.axl.saturating_add(1);
    }

    /// What it is, if it is a device.
    pub(in crate::inventory) fn kind(&self) -> Option<RecordKind> {
        let is_identified = self.is_named || self.has_mac || self.has_serial;
        let is_device = is_identified || self.has_product;
        let is_of_risport = self.risport > 0 && (is_device || self.headers_of_devices > 0)
            || self.has_registration && self.risport_or_other > 0 && self.has_device_name;
        let has_keys_of_webex = self.webex > 0
            || self.webex_ids > 0
            || self.has_activation && (self.has_manager || self.has_webex_model)
            || self.has_webex_model && (self.has_manager || self.has_connection)
            || self.has_connection && self.has_mac
            || self.has_id && self.has_owner && self.has_state && self.has_product && self.has_mac;
        let is_of_webex = has_keys_of_webex && !self.is_foreign_to_webex && self.axl == 0;
        if is_of_risport {
            Some(RecordKind::Risport)
        } else if is_of_webex && (self.has_mac || self.has_serial || self.has_product) {
            Some(RecordKind::Webex)
        } else if self.axl > 0 && self.is_named && (self.device_of_axl > 0 || self.has_device_name) {
            Some(RecordKind::Axl)
        } else if self.is_sure || self.headers_of_devices > 0 || self.has_device_name {
            Some(RecordKind::Flat)
        } else {
            None
        }
    }

    /// Whether it may be a device of a list, though nothing in it can be read.
    pub(super) fn may_be_device(&self) -> bool {
        self.headers > 1 || self.has_product
    }

    /// Whether it has a name or an address, as parts of a device have none.
    pub(super) fn has_own_identity(&self) -> bool {
        self.is_named || self.has_mac
    }

    /// Whether nothing but its name says which device it is.
    pub(super) fn is_named_alone(&self) -> bool {
        self.is_named && !self.has_mac && !self.has_serial
    }

    /// Whether a device says by itself which one it is: a name may be of anything, unless it is that of a device.
    pub(super) fn is_device_by_itself(&self) -> bool {
        self.has_device_name || self.has_mac || self.has_serial
    }

    /// Whether it is no part of a device around it, such as a step of its history or a port: it says which device it is, or which product.
    pub(super) fn is_no_part(&self) -> bool {
        self.has_device_name || self.has_product || self.has_serial || self.has_mac && !self.is_named
    }

    /// Whether it says by itself which device it is.
    pub(super) fn is_identified(&self) -> bool {
        self.is_named || self.has_mac || self.has_serial
    }
}

fn is_webex_model(key: &str, text: &str) -> bool {
    is_of(key, keys::PRODUCTS) && text.starts_with(keys::WEBEX_MODEL)
}
