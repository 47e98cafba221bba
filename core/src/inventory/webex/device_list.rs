//! Answers of the service: pages, lists and single devices, one after another.

use super::webex_device::{Device, beginning};
use crate::fleet::FleetRow;
use crate::inventory::kept_of_devices::NamesOfDevices;
use crate::inventory::keys_of_pages::{self, OtherName};
use crate::inventory::records::json_text::Json;
use crate::inventory::records::said_beside::Unread;
use crate::inventory::records::{Record, RecordKind, Survey};
use crate::inventory::short_entries::ShortEntries;
use crate::inventory::{BrokenRow, Inventory, InventoryError, Keep, RowProblem, limits};
use crate::text::Shown;

/// Where an object or another value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// By itself: a page, a device, or what the service says instead.
    Alone,
    /// In a list by itself: a device, or a page of many that were collected.
    List,
    /// In the items of a page: a device.
    Items,
}

/// Reads a text, value by value, into an inventory.
pub(super) struct Answer<'t> {
    json: Json<'t>,
    names: NamesOfDevices,
    inventory: Inventory,
    has_pages: bool,
    /// Something was a page, a list, a device or a refusal.
    is_of_webex: bool,
    short: ShortEntries,
    /// Members that are not read and may hold devices: how many, and the first.
    unread: usize,
    first_unread: String,
    /// Keys of devices that nobody knows.
    unread_keys: Unread,
}

impl<'t> Answer<'t> {
    pub(super) fn read(text: &'t str, inventory: Inventory, keep: &Keep) -> Result<Inventory, InventoryError> {
        let (json, first_unread) = (Json::new(text), String::new());
        let mut answer = Self {
            json,
            names: NamesOfDevices::new(keep),
            inventory,
            has_pages: false,
            is_of_webex: false,
            short: ShortEntries::default(),
            unread: 0,
            first_unread,
            unread_keys: Unread::default(),
        };
        if let Err(error) = answer.values() {
            answer.inventory.end_at(error);
        }
        answer.notes();
        let Self { inventory, is_of_webex, names, .. } = answer;
        match inventory.cut.first() {
            Some((_, error)) if inventory.rows_read == 0 => Err(error.clone()),
            None if !is_of_webex => Err(InventoryError::OtherThing {
                found: format!("JSON without a word about a device: {}", Shown::new(text)),
                expected: "a device list of Webex, such as {\"items\": [{\"product\": ..., \"mac\": ...}]}",
            }),
            _ => names.end(inventory),
        }
    }

    /// The same of a document whose devices stand anywhere.
    pub(super) fn read_records(
        survey: &Survey<'t>,
        inventory: Inventory,
        keep: &Keep,
    ) -> Result<Inventory, InventoryError> {
        let mut answer = Self {
            json: Json::new(""),
            names: NamesOfDevices::new(keep),
            inventory,
            has_pages: true,
            is_of_webex: true,
            short: ShortEntries::default(),
            unread: 0,
            first_unread: String::new(),
            unread_keys: Unread::default(),
        };
        let is_read = |record: &&Record<'_>| !matches!(record.kind, Some(RecordKind::Risport | RecordKind::Axl));
        for record in survey.records.iter().filter(is_read) {
            answer.json = Json::new(record.text);
            // Where a record is cut, the whole document is, and says so itself.
            let ends = |error: &InventoryError| {
                matches!(error, InventoryError::Memory { .. } | InventoryError::TooMuch { what: "rows", .. })
            };
            if let Some(error) = answer.item(Place::Items, 0).err().filter(ends) {
                answer.inventory.end_at(error);
                break;
            }
        }
        answer.notes();
        survey.short.note().into_iter().for_each(|note| answer.inventory.note(note));
        if let Some(error) = &survey.error {
            answer.inventory.end_at(error.clone());
        }
        let Self { inventory, names, .. } = answer;
        names.end(inventory)
    }

    /// What is no row.
    fn notes(&mut self) {
        self.unread_keys.tell(&mut self.inventory);
        self.short.note().into_iter().for_each(|note| self.inventory.note(note));
        let first = Shown::quoted(&self.first_unread);
        match self.unread {
            0 => {}
            1 => self.inventory.note(format!("the member {first} is not read, and may hold devices")),
            more => {
                let note = format!("{more} members are not read, and may hold devices; the first is {first}");
                self.inventory.note(note);
            }
        }
    }

    fn values(&mut self) -> Result<(), InventoryError> {
        while let Some(first) = self.json.peek() {
            if first == b'[' {
                self.is_of_webex = true;
                self.list_items(Place::List, 0)?;
            } else {
                self.item(Place::Alone, 0)?;
            }
        }
        Ok(())
    }

    /// A list within a list: in it stands what may stand in the list around it, and an empty one is an entry.
    fn list(&mut self, place: Place, level: usize) -> Result<(), InventoryError> {
        let begin = self.json.at();
        match self.list_items(place, level)? {
            0 => self.push_entry(self.json.since(begin)),
            _ => Ok(()),
        }
    }

    /// The items of a list that stands within so many values; how many it has.
    fn list_items(&mut self, place: Place, level: usize) -> Result<usize, InventoryError> {
        self.json.within(level + 1)?;
        self.json.expect(b'[', "a list")?;
        let mut count = 0;
        if self.json.take(b']') {
            return Ok(count);
        }
        loop {
            self.item(place, level + 1)?;
            count += 1;
            if !self.json.take(b',') {
                self.json.expect(b']', "a comma or the end of the list")?;
                return Ok(count);
            }
        }
    }

    /// One item, whatever it is.
    fn item(&mut self, place: Place, level: usize) -> Result<(), InventoryError> {
        match self.json.peek() {
            Some(b'{') => self.object(place, level),
            Some(b'[') => self.list(place, level),
            Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let rest = self.json.rest();
                match self.json.value(level) {
                    Ok(value) => self.push_entry(value),
                    Err(error @ InventoryError::TooMuch { .. }) => Err(error),
                    Err(error) if place == Place::Alone => Err(error),
                    Err(error) => {
                        self.push(Device::default(), rest, Some(RowProblem::Cut))?;
                        Err(error)
                    }
                }
            }
            _ => Err(self.json.broken("a device")),
        }
    }

    /// A page, a device, or both.
    fn object(&mut self, place: Place, level: usize) -> Result<(), InventoryError> {
        self.json.within(level + 1)?;
        let begin = self.json.at();
        let mut device = Device::default();
        let mut is_page = false;
        let outcome = self.members(place, level, &mut device, &mut is_page);
        let text = self.json.since(begin);
        if let Some(message) = device.refusal().filter(|_| is_page || outcome.is_ok() && place == Place::Alone) {
            self.is_of_webex = true;
            self.inventory.end_at(InventoryError::Refused { message });
            return outcome;
        }
        if is_page && !device.is_device() {
            return outcome;
        }
        let Err(error) = outcome else {
            if text.len() < limits::SHORT_ENTRY && !device.is_device() {
                return self.push_entry(text);
            }
            let problem = (!device.is_device()).then_some(RowProblem::NoDevice);
            return self.push(device, text, problem);
        };
        let is_row = match (&error, place) {
            (InventoryError::TooMuch { .. }, _) => false,
            (_, Place::Items) => true,
            (_, Place::List) => !self.has_pages,
            (_, Place::Alone) => !self.has_pages && self.inventory.rows_read > 0,
        };
        if is_row || device.is_device() {
            self.push(device, text, Some(RowProblem::Cut))?;
        }
        Err(error)
    }

    /// The members of an object; items of a page are rows as soon as they are read.
    fn members(
        &mut self,
        place: Place,
        level: usize,
        device: &mut Device<'t>,
        is_page: &mut bool,
    ) -> Result<(), InventoryError> {
        self.json.expect(b'{', "an object")?;
        if self.json.take(b'}') {
            return Ok(());
        }
        loop {
            let name = self.json.name(level + 1)?;
            // Of a device, a member of this name that is no list of devices says nothing that is read.
            let has_items = name == "items" && (place != Place::Items || matches!(self.json.peek(), Some(b'[' | b'{')));
            if has_items {
                (*is_page, self.has_pages, self.is_of_webex) = (true, true, true);
                self.items(level + 1)?;
            } else {
                let value = self.json.value(level + 1)?;
                if let Some(index) = self.names.hear(&name) {
                    device.hear_kept(index, value);
                }
                if name == "notFoundIds" && !matches!(value, "null" | "[]") {
                    self.inventory.note(format!("the service did not find {}", Shown::new(value)));
                }
                if !device.hear(&name, value) && may_hold_devices(&name, value) {
                    self.unread += 1;
                    if self.unread == 1 {
                        self.first_unread = beginning(&name);
                    }
                }
            }
            if !self.json.take(b',') {
                return self.json.expect(b'}', "a comma or the end of the object");
            }
        }
    }

    /// The items of a page: a list. Programs that write JSON may make one item of a list of one, and null of none.
    fn items(&mut self, level: usize) -> Result<(), InventoryError> {
        match self.json.peek() {
            Some(b'[') => self.list_items(Place::Items, level).map(drop),
            Some(b'n') => self.json.value(level).map(drop),
            _ => self.item(Place::Items, level),
        }
    }

    /// An entry that is no device: a row, but for short ones behind the first.
    fn push_entry(&mut self, text: &'t str) -> Result<(), InventoryError> {
        match self.short.is_row(text.len()) {
            true => self.push(Device::default(), text, Some(RowProblem::NoDevice)),
            false => Ok(()),
        }
    }

    fn push(&mut self, mut device: Device<'t>, text: &str, problem: Option<RowProblem>) -> Result<(), InventoryError> {
        let rows = self.inventory.rows_read;
        if rows >= limits::ROWS {
            limits::check_rows(rows, self.json.line())?;
        }
        self.is_of_webex |= device.is_device();
        self.unread_keys.take_over(std::mem::take(&mut device.unread));
        let problem = problem.or(device.problem);
        let instead = match problem {
            Some(problem @ (RowProblem::Cut | RowProblem::NoDevice)) => Some(format!("{problem}: {}", beginning(text))),
            _ => None,
        };
        let row = rows + 1;
        let broken = problem.map(|problem| BrokenRow { line: row, problem });
        let phone = device.phone(instead.as_deref());
        self.inventory.try_reserve(1)?;
        let kept = device.kept(&self.names);
        self.inventory.push(FleetRow::new(row, phone).labeled(device.label()).with_kept(kept), broken);
        Ok(())
    }
}

/// Whether a member that is not read has the name of a list of devices or one that devices have, or such names in it.
fn may_hold_devices(name: &str, value: &str) -> bool {
    const LISTS: [&str; 3] = ["items", "CmNodes", "CmDevices"];
    let is_filled = value.starts_with(['[', '{']) && !matches!(value, "[]" | "{}");
    let is_known = || {
        LISTS.iter().any(|list| name.eq_ignore_ascii_case(list))
            || keys_of_pages::named(name).is_some_and(OtherName::is_of_devices_only)
    };
    is_filled && (is_known() || keys_of_pages::are_in(value, &LISTS))
}
