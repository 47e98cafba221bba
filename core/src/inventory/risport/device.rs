//! A device as an answer says it.

use std::net::Ipv4Addr;

use crate::firmware::FirmwareType;
use crate::fleet::RowLabel;
use crate::inventory::{BrokenRow, InventoryField, RowProblem, limits, row};
use crate::phone::{Mac, Phone};
use crate::text::{FieldText, trim};

/// What is read of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeviceField {
    Name,
    Model,
    Status,
    ActiveLoad,
    Description,
    Address,
}

impl DeviceField {
    /// The field of this name. `Product` is missing on purpose: it is a type code of another list, and no PID.
    /// `InactiveLoadID` is not what runs.
    pub(super) fn named(name: &str) -> Option<Self> {
        const NAMES: [(&str, DeviceField); 6] = [
            ("Name", DeviceField::Name),
            ("Model", DeviceField::Model),
            ("Status", DeviceField::Status),
            ("ActiveLoadID", DeviceField::ActiveLoad),
            ("Description", DeviceField::Description),
            ("IPAddress", DeviceField::Address),
        ];
        NAMES.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, field)| field)
    }
}

/// A device of an answer.
#[derive(Debug, Default)]
pub(super) struct Device {
    /// Its number, from 1.
    pub(super) row: u64,
    /// The index of its node.
    pub(super) node: usize,
    name: Option<String>,
    model: Option<String>,
    status: Option<String>,
    active_load: Option<String>,
    description: Option<String>,
    address: Option<String>,
    problem: Option<RowProblem>,
}

/// By what the rows of one phone find each other.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Mac(Mac),
    Name(String),
}

impl Device {
    pub(super) fn new(row: u64, node: usize) -> Self {
        Self { row, node, ..Self::default() }
    }

    /// Keeps what is said of a field.
    pub(super) fn say(&mut self, field: DeviceField, text: &str) {
        let text = trim(text);
        let kept = match field {
            _ if text.is_empty() => return,
            DeviceField::Name => &mut self.name,
            DeviceField::Model => &mut self.model,
            DeviceField::Status => &mut self.status,
            DeviceField::ActiveLoad => &mut self.active_load,
            DeviceField::Description => &mut self.description,
            DeviceField::Address => return self.say_address(text),
        };
        *kept = Some(match kept.take() {
            // Said twice, and differently: nobody knows which.
            Some(before) if before != text => format!("{before} and {text}"),
            _ => text.to_owned(),
        });
    }

    /// A device has several addresses; people look for the IPv4 one.
    fn say_address(&mut self, text: &str) {
        let is_better = |before: &String| before.parse::<Ipv4Addr>().is_err() && text.parse::<Ipv4Addr>().is_ok();
        if self.address.as_ref().is_none_or(is_better) {
            self.address = Some(text.to_owned());
        }
    }

    /// Keeps the first of what is said at too great length.
    pub(super) fn say_too_long(&mut self, field: Option<DeviceField>, beginning: &str, found: usize) {
        self.problem = Some(RowProblem::TooLong { found });
        if let Some(field) = field {
            self.say(field, beginning);
        }
    }

    /// The answer breaks off within this device.
    pub(super) fn cut(&mut self) {
        self.problem = Some(RowProblem::Cut);
    }

    /// Only the exact word counts: `PartiallyRegistered` and the like are no evidence of the type of firmware.
    pub(super) fn is_registered(&self) -> bool {
        self.has_status("Registered")
    }

    pub(super) fn is_partially_registered(&self) -> bool {
        self.has_status("PartiallyRegistered")
    }

    fn has_status(&self, word: &str) -> bool {
        self.status.as_ref().is_some_and(|status| status.eq_ignore_ascii_case(word))
    }

    /// The load of a phone that is gone. Unified CM goes on telling it, also when the phone was converted since.
    pub(super) fn last_load(&self) -> Option<&str> {
        let is_running = self.is_registered() || self.is_partially_registered();
        self.active_load.as_deref().filter(|_| !is_running)
    }

    pub(super) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("a device without name")
    }

    pub(super) fn key(&self) -> Option<Key> {
        let name = self.name.as_ref()?;
        Some(Mac::read(name.as_bytes()).map_or_else(|_| Key::Name(name.clone()), Key::Mac))
    }

    pub(super) fn broken(&self) -> Option<BrokenRow> {
        self.problem.map(|problem| BrokenRow { line: self.row, problem })
    }

    pub(super) fn phone(&self) -> Phone<'static> {
        let firmware_type = self.is_registered().then_some(FirmwareType::Enterprise.as_str());
        let load = self.active_load.as_deref().filter(|_| self.last_load().is_none());
        let phone = row::phone(|field| {
            let cell = match field {
                InventoryField::Pid => self.model.as_deref(),
                InventoryField::Mac => self.name.as_deref(),
                InventoryField::Load => load,
                InventoryField::FirmwareType => firmware_type,
                _ => None,
            };
            cell.map(str::as_bytes).into_iter()
        });
        phone.into_owned()
    }

    pub(super) fn label(&self, node: Option<&str>) -> RowLabel {
        let status = match (&self.status, self.last_load()) {
            (status, None) => status.clone(),
            (Some(status), Some(load)) => Some(format!("{status}, last seen with load {load}")),
            (None, Some(load)) => Some(format!("last seen with load {load}")),
        };
        RowLabel {
            name: self.name.clone(),
            description: self.description.clone(),
            ip_address: self.address.clone(),
            status,
            node: node.map(str::to_owned),
        }
    }
}

/// Keeps a text of the answer that is none of a device, however long it is.
pub(super) fn kept(text: &str) -> String {
    let text = trim(text);
    if text.chars().nth(limits::CELL).is_some() { limits::beginning(text) } else { text.to_owned() }
}
