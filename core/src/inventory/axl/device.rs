//! A phone as Unified CM is configured with it.

use crate::fleet::RowLabel;
use crate::inventory::keep::{KeptOfDevice, NamesOfDevices};
use crate::inventory::row::{self, Cell};
use crate::inventory::said::Said;
use crate::inventory::{InventoryField, RowProblem, fold::folded, limits};
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
    /// What it says under the names that the caller keeps.
    pub(super) kept: KeptOfDevice,
}

impl Device {
    /// Hears an element or a key that has this text.
    pub(super) fn hear(&mut self, name: &str, text: &str) {
        let text = trim(text);
        if let Some(said) = self.said(name).filter(|_| !text.is_empty()) {
            said.hear(text.to_owned(), |before, text| before == text);
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
        let name = folded(name);
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
        [name, mac, model, product].into_iter().any(Said::is_there)
    }

    pub(super) fn has_name(&self) -> bool {
        self.name.is_there() || self.mac.is_there()
    }

    pub(super) fn has_load(&self) -> bool {
        self.load.is_there()
    }

    pub(super) fn problem(&self) -> Option<RowProblem> {
        let Self { name, mac, model, product, description, device_pool, load, status, address, .. } = self;
        let all = [name, mac, model, product, description, device_pool, load, status, address];
        all.into_iter().find_map(Said::problem)
    }

    /// The phone: nothing that Unified CM is configured with says what runs. If there is no product, `instead` is what was
    /// read in its place.
    pub(super) fn phone(&self, instead: Option<&str>) -> Phone<'static> {
        let is_code = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let products = self.product.texts().filter(|text| !self.model.is_there() && !is_code(text));
        let has_product = self.model.is_there() || products.clone().next().is_some();
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
            said.into_iter().flat_map(|(said, place)| said.cells(place)).chain(products).chain(instead)
        };
        row::phone(cells).into_owned()
    }

    pub(super) fn label(&self) -> RowLabel {
        let device_pool = self.device_pool.shown().map(|pool| format!(" in device pool {pool}"));
        let load = self.load.shown().map(|load| format!(" with load {load}"));
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
