//! A phone as Unified CM is configured with it.

use crate::fleet::RowLabel;
use crate::inventory::field_cell::{Cell, is_load};
use crate::inventory::kept_of_devices::{KeptOfDevice, NamesOfDevices};
use crate::inventory::records::own_keys::own;
use crate::inventory::records::said_beside::{Others, Unread};
use crate::inventory::row_to_phone::{self};
use crate::inventory::said_in_document::Said;
use crate::inventory::{InventoryField, RowProblem, folded_header::folded, limits};
use crate::phone::Phone;
use crate::text::trim;

/// What is read of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Mac,
    Model,
    Product,
    Description,
    DevicePool,
    Load,
    Status,
    Address,
}

/// The elements and keys that are read, folded. `tkproduct` and the like are missing on purpose: they are codes of another
/// list than those of models.
const PARTS: &[(&str, Part)] = &[
    ("name", Part::Name),
    ("devicename", Part::Name),
    ("device", Part::Name),
    ("phonename", Part::Name),
    ("mac", Part::Mac),
    ("macaddress", Part::Mac),
    ("model", Part::Model),
    ("modelname", Part::Model),
    ("tkmodel", Part::Model),
    ("typemodel", Part::Model),
    ("product", Part::Product),
    ("productname", Part::Product),
    ("description", Part::Description),
    ("devicepoolname", Part::DevicePool),
    ("devicepool", Part::DevicePool),
    ("loadinformation", Part::Load),
    ("specialloadinformation", Part::Load),
    ("phoneload", Part::Load),
    ("phoneloadname", Part::Load),
    ("status", Part::Status),
    ("registrationstatus", Part::Status),
    ("ipaddress", Part::Address),
    ("ip", Part::Address),
];

/// The fields of loads, under whatever header.
const LOADS: [InventoryField; 2] = [InventoryField::Load, InventoryField::Firmware];

#[derive(Debug, Default)]
pub(super) struct Device {
    name: Said<'static>,
    mac: Said<'static>,
    model: Said<'static>,
    product: Said<'static>,
    description: Said<'static>,
    device_pool: Said<'static>,
    load: Said<'static>,
    status: Said<'static>,
    address: Said<'static>,
    /// What it says under headers of tables, and under keys that nobody knows.
    others: Others,
    pub(super) unread: Unread,
    /// What it says under the names that the caller keeps.
    pub(super) kept: KeptOfDevice,
}

impl Device {
    /// Hears an element or a key that has this text.
    pub(super) fn hear(&mut self, name: &str, text: &str) {
        let text = trim(text);
        if text.is_empty() {
            return;
        }
        if let Some(said) = self.said(name) {
            said.hear(text.to_owned(), |before, text| before == text);
        } else if !self.others.hear(name, text) {
            self.unread.hear(name, text);
        }
    }

    /// Hears a key of a part that may be of something else than the device, such as a line: what only phones of Unified CM have.
    pub(super) fn hear_known(&mut self, name: &str, text: &str) {
        if self.said(name).is_some() {
            self.hear(name, text);
        }
    }

    /// The same of a text of which only the beginning is here.
    pub(super) fn hear_beginning(&mut self, name: &str, beginning: &str, found: usize) {
        if let Some(said) = self.said(name) {
            said.hear_beginning(trim(beginning).to_owned(), found);
        }
    }

    pub(super) fn hear_kept(&mut self, names: &mut NamesOfDevices, name: &str, text: &str) {
        if let Some(index) = names.hear(name) {
            self.kept.hear(index, text);
        }
    }

    fn said(&mut self, name: &str) -> Option<&mut Said<'static>> {
        let name = folded(own(name).name);
        let (_, part) = PARTS.iter().find(|(known, _)| *known == name)?;
        Some(match part {
            Part::Name => &mut self.name,
            Part::Mac => &mut self.mac,
            Part::Model => &mut self.model,
            Part::Product => &mut self.product,
            Part::Description => &mut self.description,
            Part::DevicePool => &mut self.device_pool,
            Part::Load => &mut self.load,
            Part::Status => &mut self.status,
            Part::Address => &mut self.address,
        })
    }

    /// Whether it says which device or which product it is.
    pub(super) fn says_anything(&self) -> bool {
        let Self { name, mac, model, product, .. } = self;
        let fields = [InventoryField::Pid, InventoryField::Mac, InventoryField::Serial];
        [name, mac, model, product].into_iter().any(Said::is_there)
            || fields.into_iter().any(|field| self.others.has(field))
    }

    pub(super) fn has_name(&self) -> bool {
        self.name.is_there() || self.mac.is_there()
    }

    pub(super) fn has_load(&self) -> bool {
        self.load.is_there() || LOADS.into_iter().any(|field| self.others.has(field))
    }

    pub(super) fn problem(&self) -> Option<RowProblem> {
        let Self { name, mac, model, product, description, device_pool, load, status, address, .. } = self;
        let all = [name, mac, model, product, description, device_pool, load, status, address];
        all.into_iter().find_map(Said::problem).or(self.others.problem())
    }

    /// The phone: nothing that Unified CM is configured with says what runs. If there is no product, `instead` is what was
    /// read in its place.
    pub(super) fn phone(&self, instead: Option<&str>) -> Phone<'static> {
        let is_code = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let products = self.product.texts().filter(|text| !self.model.is_there() && !is_code(text));
        let has_product =
            self.model.is_there() || products.clone().next().is_some() || self.others.has(InventoryField::Pid);
        let instead = instead.filter(|_| !has_product);
        let cells = |field| {
            let said = match field {
                InventoryField::Pid => vec![(&self.model, "model")],
                InventoryField::Mac => vec![(&self.mac, "mac"), (&self.name, "name")],
                _ => Vec::new(),
            };
            let is_of_product = field == InventoryField::Pid;
            let products = products.clone().filter(move |_| is_of_product).map(|text| Cell::named(text, "product"));
            let instead = instead.filter(|_| is_of_product).map(|text| Cell::named(text, "model"));
            // Whatever a load is called here, it is one to install; and nothing here knows of what type the firmware is.
            let is_known =
                !matches!(field, InventoryField::Load | InventoryField::Firmware | InventoryField::FirmwareType);
            let others = self.others.cells(field).filter(move |cell| is_known && !is_load(cell));
            said.into_iter().flat_map(|(said, place)| said.cells(place)).chain(products).chain(others).chain(instead)
        };
        row_to_phone::phone(cells).into_owned()
    }

    pub(super) fn label(&self) -> RowLabel {
        let device_pool = self.device_pool.shown().map(|pool| format!(" in device pool {pool}"));
        let other_load = || LOADS.into_iter().flat_map(|field| self.others.cells(field)).next();
        let other_load = || Some(String::from_utf8_lossy(other_load()?.bytes).into_owned());
        let load = self.load.shown().or_else(other_load).map(|load| format!(" with load {load}"));
        let configured = (device_pool.is_some() || load.is_some())
            .then(|| format!("configured{}{}", device_pool.unwrap_or_default(), load.unwrap_or_default()));
        let status = match (self.status.shown(), configured) {
            (Some(status), Some(load)) => Some(format!("{status}, {load}")),
            (status, load) => status.or(load),
        };
        RowLabel {
            name: self.name.shown(),
            description: self.description.shown(),
            ip_address: self.address.shown(),
            status,
            ..RowLabel::default()
        }
    }
}

/// What is kept of a text that is no value of a phone.
pub(super) fn kept(text: &str) -> String {
    let text = trim(text);
    if text.len() > limits::CELL { limits::beginning(text) } else { text.to_owned() }
}
