//! Answers of the service: pages, lists and single devices, one after another.

use super::device::{Device, beginning};
use super::json::Json;
use crate::fleet::FleetRow;
use crate::inventory::{BrokenRow, Inventory, InventoryError, RowProblem, limits};
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
    inventory: Inventory,
    has_pages: bool,
    /// Something was a page, a list, a device or a refusal.
    is_of_webex: bool,
}

impl<'t> Answer<'t> {
    pub(super) fn read(text: &'t str, inventory: Inventory) -> Result<Inventory, InventoryError> {
        let mut answer = Self { json: Json::new(text), inventory, has_pages: false, is_of_webex: false };
        if let Err(error) = answer.values() {
            answer.inventory.end_at(error);
        }
        let Self { inventory, is_of_webex, .. } = answer;
        match inventory.cut.first() {
            Some((_, error)) if inventory.rows_read == 0 => Err(error.clone()),
            None if !is_of_webex => Err(InventoryError::OtherThing {
                found: format!("JSON without a word about a device: {}", Shown::new(text)),
                expected: "a device list of Webex, such as {\"items\": [{\"product\": ..., \"mac\": ...}]}",
            }),
            _ => Ok(inventory),
        }
    }

    fn values(&mut self) -> Result<(), InventoryError> {
        while let Some(first) = self.json.peek() {
            match first {
                b'[' => {
                    self.is_of_webex = true;
                    self.list(Place::List, 1)?;
                }
                _ => self.item(Place::Alone, 0)?,
            }
        }
        Ok(())
    }

    /// A list whose items stand within so many values.
    fn list(&mut self, place: Place, level: usize) -> Result<(), InventoryError> {
        self.json.expect(b'[', "a list")?;
        if self.json.take(b']') {
            return Ok(());
        }
        loop {
            self.item(place, level)?;
            if !self.json.take(b',') {
                return self.json.expect(b']', "a comma or the end of the list");
            }
        }
    }

    /// One item, whatever it is.
    fn item(&mut self, place: Place, level: usize) -> Result<(), InventoryError> {
        match self.json.peek() {
            Some(b'{') => self.object(place, level),
            Some(b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let rest = self.json.rest();
                match self.json.value(level) {
                    Ok(value) => self.push(Device::default(), value, Some(RowProblem::NoDevice)),
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

    fn object(&mut self, place: Place, level: usize) -> Result<(), InventoryError> {
        let begin = self.json.at();
        let mut device = Device::default();
        let mut is_page = false;
        let outcome = self.members(place, level, &mut device, &mut is_page);
        if is_page {
            return outcome;
        }
        let text = self.json.since(begin);
        let Err(error) = outcome else {
            if let Some(message) = device.refusal().filter(|_| place == Place::Alone) {
                self.is_of_webex = true;
                self.inventory.end_at(InventoryError::Refused { message });
                return Ok(());
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
            if place != Place::Items && name == "items" {
                (*is_page, self.has_pages, self.is_of_webex) = (true, true, true);
                self.items(level + 1)?;
            } else {
                let value = self.json.value(level + 1)?;
                device.hear(&name, value);
            }
            if !self.json.take(b',') {
                return self.json.expect(b'}', "a comma or the end of the object");
            }
        }
    }

    /// The items of a page: a list. Programs that write JSON may make one item of a list of one, and null of none.
    fn items(&mut self, level: usize) -> Result<(), InventoryError> {
        match self.json.peek() {
            Some(b'[') => self.list(Place::Items, level + 1),
            Some(b'n') => self.json.value(level).map(drop),
            _ => self.item(Place::Items, level),
        }
    }

    fn push(&mut self, device: Device<'t>, text: &str, problem: Option<RowProblem>) -> Result<(), InventoryError> {
        let rows = self.inventory.rows_read;
        if rows >= limits::ROWS {
            limits::check_rows(rows, self.json.line())?;
        }
        self.is_of_webex |= device.is_device();
        let problem = problem.or(device.problem);
        let instead = match problem {
            Some(problem @ (RowProblem::Cut | RowProblem::NoDevice)) => Some(format!("{problem}: {}", beginning(text))),
            _ => None,
        };
        let row = rows + 1;
        let broken = problem.map(|problem| BrokenRow { line: row, problem });
        let phone = device.phone(instead.as_deref());
        self.inventory.try_reserve(1)?;
        self.inventory.push(FleetRow::new(row, phone).labeled(device.label()), broken);
        Ok(())
    }
}
