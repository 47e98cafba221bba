//! A device as an answer says it.

use std::net::Ipv4Addr;

use super::risport_field::DeviceField;
use super::signs::Signs;
use crate::firmware::FirmwareType;
use crate::fleet::RowLabel;
use crate::inventory::field_cell::{Cell, is_load};
use crate::inventory::kept_of_devices::KeptOfDevice;
use crate::inventory::records::said_beside::{Others, Unread};
use crate::inventory::said_in_document::Said;
use crate::inventory::{BrokenRow, InventoryField, RowProblem, limits, registration, row_to_phone};
use crate::phone::{Mac, Phone};
use crate::text::{FieldText, trim};

/// A device of an answer.
#[derive(Debug, Default)]
pub(super) struct Device {
    /// Its number, from 1.
    pub(super) row: u64,
    /// The index of its node.
    pub(super) node: usize,
    name: Said<'static>,
    model: Said<'static>,
    status: Said<'static>,
    active_load: Said<'static>,
    description: Said<'static>,
    address: Option<String>,
    /// The node that it names itself.
    pub(super) node_name: Option<String>,
    /// What it says under headers of tables, and under keys that nobody knows.
    pub(super) others: Others,
    pub(super) unread: Unread,
    /// Which names it has that only RisPort has.
    pub(super) signs: Signs,
    /// That it is registered is evidence that Enterprise firmware runs: it stands in an answer, or has enough such names.
    pub(super) is_of_risport: bool,
    /// What it says under the names that the caller keeps.
    pub(super) kept: KeptOfDevice,
    problem: Option<RowProblem>,
    /// What stands in the place of a device that is none.
    instead: Option<String>,
}

/// By what the rows of one phone find each other.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Mac(Mac),
    Name(String),
}

impl Device {
    /// A device of this node; its number is known when it ends.
    pub(super) fn new(node: usize) -> Self {
        Self { node, ..Self::default() }
    }

    /// Keeps what is said of a field.
    pub(super) fn say(&mut self, field: DeviceField, text: &str) {
        let text = trim(text);
        if text.is_empty() {
            return;
        }
        if field == DeviceField::Node {
            self.node_name.get_or_insert_with(|| text.to_owned());
            return;
        }
        let Some(said) = self.said(field) else { return self.say_address(text) };
        said.hear(text.to_owned(), |before, text| before == text);
        let problem = said.problem();
        self.problem = problem.or(self.problem);
    }

    /// Keeps one more piece of the value that was said last.
    pub(super) fn say_piece(&mut self, field: DeviceField, piece: &str) {
        let piece = trim(piece);
        if piece.is_empty() {
            return;
        }
        if field == DeviceField::Node {
            return;
        }
        let Some(said) = self.said(field) else { return self.say_address(piece) };
        said.hear_piece(piece);
        let problem = said.problem();
        self.problem = problem.or(self.problem);
    }

    /// Where a field is kept, but for the address.
    fn said(&mut self, field: DeviceField) -> Option<&mut Said<'static>> {
        Some(match field {
            DeviceField::Name => &mut self.name,
            DeviceField::Model => &mut self.model,
            DeviceField::Status => &mut self.status,
            DeviceField::ActiveLoad => &mut self.active_load,
            DeviceField::Description => &mut self.description,
            DeviceField::Address | DeviceField::Node => return None,
        })
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
        let Some(field) = field else { return };
        match self.said(field) {
            None if field == DeviceField::Node => {}
            Some(said) => {
                said.hear_beginning(trim(beginning).to_owned(), found);
                self.problem = said.problem();
            }
            None => self.say_address(beginning),
        }
    }

    /// Takes over what a part of it says, which stands under a key of its own.
    pub(super) fn take_over(&mut self, part: Self) {
        let Self { model, status, active_load, description, address, node_name, others, kept, problem, .. } = part;
        for (own, more) in [
            (&mut self.model, model),
            (&mut self.status, status),
            (&mut self.active_load, active_load),
            (&mut self.description, description),
        ] {
            more.texts().for_each(|text| own.hear(text.to_owned(), |before, text| before == text));
        }
        address.into_iter().for_each(|address| self.say_address(&address));
        self.node_name = self.node_name.take().or(node_name);
        self.others.take_over(others);
        self.unread.take_over(part.unread);
        self.signs.take_over(part.signs);
        self.kept.take_over(kept);
        self.problem = self.problem.or(problem);
    }

    /// Whether anything is said that is read.
    pub(super) fn says_anything(&self) -> bool {
        let Self { name, model, status, active_load, description, address, others, problem, .. } = self;
        [name, model, status, active_load, description].into_iter().any(Said::is_there)
            || address.is_some()
            || problem.is_some()
            || !others.is_empty()
    }

    /// What is said, with the name or without it.
    pub(super) fn texts(&self, with_name: bool) -> impl Iterator<Item = &str> {
        let Self { name, model, status, active_load, description, address, .. } = self;
        let name = with_name.then_some(name).into_iter();
        let said = name.chain([model, status, active_load, description]).flat_map(Said::texts);
        said.chain(address.as_deref())
    }

    pub(super) fn says_more_than_name(&self) -> bool {
        self.texts(false).next().is_some()
    }

    pub(super) fn is_named(&self) -> bool {
        self.name.is_there()
    }

    /// Whether only devices say what is said.
    pub(super) fn is_unmistakable(&self) -> bool {
        let is_identified = || self.others.has(InventoryField::Mac) || self.others.has(InventoryField::Serial);
        self.model.is_there()
            || self.active_load.is_there()
            || matches!(self.named_key(), Some(Key::Mac(_)))
            || self.signs.are_there() && is_identified()
    }

    /// It is an entry that says nothing of a device, but this.
    pub(super) fn is_none(&mut self, text: &str) {
        self.is_spoiled(RowProblem::NoDevice, text);
    }

    /// Nothing is read of it, for this is wrong with it.
    pub(super) fn is_spoiled(&mut self, problem: RowProblem, text: &str) {
        let text: String = trim(text).chars().take(limits::KEPT).collect();
        let colon = if text.is_empty() { "" } else { ": " };
        self.instead = Some(format!("{problem}{colon}{text}"));
        self.problem = Some(problem);
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
        matches!(&*self.status.texts().collect::<Vec<_>>(), [status] if status.eq_ignore_ascii_case(word))
    }

    /// The load of a phone that is gone. Unified CM goes on telling it, also when the phone was converted since.
    pub(super) fn last_load(&self) -> Option<&str> {
        let fields = [InventoryField::Load, InventoryField::Firmware];
        let others = || fields.into_iter().flat_map(|field| self.others.cells(field)).next();
        let other = || std::str::from_utf8(others()?.bytes).ok();
        self.active_load.first().or_else(other).filter(|_| !self.is_running())
    }

    fn is_running(&self) -> bool {
        // A record of any tool that says nothing of a registration is read as in tables; an answer always says it.
        let is_told = || self.status.is_there() || self.signs.say_status() || self.is_of_risport;
        self.is_registered() || self.is_partially_registered() || !is_told()
    }

    pub(super) fn name(&self) -> &str {
        self.name.first().unwrap_or("a device without name")
    }

    pub(super) fn key(&self) -> Option<Key> {
        if self.is_named() { self.named_key() } else { self.others.mac().map(Key::Mac) }
    }

    fn named_key(&self) -> Option<Key> {
        // Of names that are too long only the beginning is known: they may be of two devices. So may two names.
        let mut names = self.name.texts().filter(|_| self.name.problem().is_none());
        let (Some(name), None) = (names.next(), names.next()) else { return None };
        Some(Mac::read(name.as_bytes()).map_or_else(|_| Key::Name(name.to_owned()), Key::Mac))
    }

    pub(super) fn broken(&self) -> Option<BrokenRow> {
        self.problem.or(self.others.problem()).map(|problem| BrokenRow { line: self.row, problem })
    }

    /// The phone of several devices that are one, each with the place where it stands; the best comes first.
    pub(super) fn phone_of(devices: &[(&Self, String)]) -> Phone<'static> {
        let cells = |field| devices.iter().flat_map(move |(device, place)| device.cells(field, place));
        row_to_phone::phone(cells).into_owned()
    }

    /// What the device says of a field.
    fn cells<'d>(&'d self, field: InventoryField, place: &'d str) -> impl Iterator<Item = Cell<'d>> {
        let said = match field {
            InventoryField::Pid => Some(&self.model),
            InventoryField::Mac => Some(&self.name),
            InventoryField::Load => Some(&self.active_load).filter(|_| self.is_running()),
            _ => None,
        };
        let is_of_enterprise = field == InventoryField::FirmwareType && self.is_registered() && self.is_of_risport;
        let firmware_type = is_of_enterprise.then(|| Cell::named(FirmwareType::Enterprise.as_str(), place));
        let instead = self.instead.as_deref().filter(|_| field == InventoryField::Pid && !self.model.is_there());
        let instead = instead.map(|text| Cell::named(text, place));
        let is_last_seen = move |cell: &Cell<'_>| match field {
            InventoryField::Vid => is_load(cell),
            field => registration::says_what_runs(field),
        };
        let others = self.others.cells(field).filter(move |cell| self.is_running() || !is_last_seen(cell));
        said.into_iter().flat_map(move |said| said.cells(place)).chain(others).chain(firmware_type).chain(instead)
    }

    pub(super) fn label(&self, node: Option<&str>) -> RowLabel {
        let status = registration::last_seen(self.status.shown(), self.last_load());
        RowLabel {
            name: self.name.shown(),
            description: self.description.shown(),
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
