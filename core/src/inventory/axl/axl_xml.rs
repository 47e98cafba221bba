//! Answers of AXL as the service sends them.

use super::configured_phone::{Device, kept};
use super::{Answer, other};
use crate::inventory::records::RecordKind;
use crate::inventory::records::judge::Traits;
use crate::inventory::records::keys::{self, is_of};
use crate::inventory::xml_elements::{Event, Events};
use crate::inventory::{InventoryError, RowProblem};
use crate::text::{MOST_LINES, Shown, listed};

/// The elements of an answer that are phones, or rows of a query, whatever they say.
const ENTRIES: [&str; 2] = ["phone", "row"];
/// How the elements end that answers stand in.
const RESPONSE: &str = "Response";
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    traits: Traits,
    device: Device,
    has_elements: bool,
    /// It is a phone by its place.
    is_entry: bool,
}

/// Reads it as far as it goes.
pub(super) fn read(text: &str, answer: &mut Answer) -> Result<(), InventoryError> {
    let mut walk = Walk {
        answer,
        elements: Vec::new(),
        response: None,
        outermost: None,
        fault: Vec::new(),
        more_faults: 0,
        in_entry: 0,
    };
    let end = walk.events(text);
    // What was read of the phone that is cut.
    while end.is_err() && !walk.elements.is_empty() {
        walk.close(true)?;
    }
    let Walk { response, outermost, fault, more_faults, answer, .. } = walk;
    let message = || listed(&fault, ": ", more_faults, |text| Shown::new(text).to_string());
    let refusal = (!fault.is_empty()).then(|| InventoryError::Refused { message: message() });
    let is_of_phones = response.as_ref().is_some_and(|name| is_of(&name.to_lowercase(), keys::ANSWERS_OF_AXL));
    match (answer.inventory.rows_read, refusal) {
        (0, Some(refusal)) => return Err(refusal),
        (_, Some(refusal)) => answer.inventory.end_at(refusal),
        (0, None) if !is_of_phones => {
            return Err(match (end, response.or(outermost)) {
                (Err(error), _) => error,
                (Ok(()), Some(name)) => {
                    other(&format!("XML without phones, of which the answer is {}", Shown::quoted(&name)))
                }
                (Ok(()), None) => other("XML without phones"),
            });
        }
        (0, None) if end.is_ok() => answer.note_of_none(&response.unwrap_or_default()),
        (_, None) => {}
    }
    answer.unread.tell(&mut answer.inventory);
    if let Err(error) = end {
        answer.inventory.end_at(error);
    }
    Ok(())
}

struct Walk<'a> {
    answer: &'a mut Answer,
    elements: Vec<Element>,
    /// The answer itself, such as `listPhoneResponse`.
    response: Option<String>,
    outermost: Option<String>,
    /// The first texts of the fault that differ, and how many come behind them.
    fault: Vec<String>,
    more_faults: usize,
    /// How many phones are around what is read.
    in_entry: usize,
}

impl Walk<'_> {
    fn events(&mut self, text: &str) -> Result<(), InventoryError> {
        for event in Events::new(text) {
            match event.map_err(|error| *error)? {
                Event::Open(name) => self.open(name),
                Event::Text(text) => {
                    if let Some(element) = self.elements.last_mut() {
                        if !element.text.is_empty() {
                            element.text.push(' ');
                        }
                        element.text.push_str(&kept(&text));
                    }
                }
                Event::TooLong { beginning, found } => {
                    let name = self.elements.last().map(|element| element.name.clone()).unwrap_or_default();
                    if let [.., around, _] = self.elements.as_mut_slice() {
                        around.device.hear_beginning(&name, &beginning, found);
                    }
                }
                Event::Close => self.close(false)?,
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &str) {
        if self.response.is_none() && name.ends_with(RESPONSE) {
            self.response = Some(name.to_owned());
        }
        self.outermost.get_or_insert_with(|| name.to_owned());
        let is_entry = self.in_entry == 0 && ENTRIES.iter().any(|entry| name.eq_ignore_ascii_case(entry));
        self.in_entry += usize::from(is_entry);
        if let Some(around) = self.elements.last_mut() {
            around.has_elements = true;
        }
        self.elements.push(Element { name: name.to_owned(), is_entry, ..Element::default() });
    }

    fn close(&mut self, is_cut: bool) -> Result<(), InventoryError> {
        let Some(mut element) = self.elements.pop() else { return Ok(()) };
        self.in_entry -= usize::from(element.is_entry);
        let is_leaf = !element.has_elements && !element.is_entry;
        if is_leaf {
            // The text was cut: what is there may be the beginning of another value.
            if !is_cut {
                self.hear(&element);
            }
            return Ok(());
        }
        let is_device = self.in_entry == 0 && element.traits.kind() == Some(RecordKind::Axl);
        if element.is_entry || is_device {
            let text = std::mem::take(&mut element.text);
            let is_reference = self.answer.has_references && !element.has_elements && text.is_empty();
            if is_reference {
                return Ok(());
            }
            return self.answer.push(element.device, &text, is_cut.then_some(RowProblem::Cut));
        }
        Ok(())
    }

    /// An element that holds nothing but a text says it of the element around it.
    fn hear(&mut self, element: &Element) {
        let Element { name, text, .. } = element;
        let is_of_fault =
            ["faultstring", "faultcode", "axlcode", "axlmessage"].iter().any(|known| name.eq_ignore_ascii_case(known));
        if is_of_fault && !text.is_empty() && !self.fault.contains(text) {
            match self.fault.len() {
                ..MOST_LINES => self.fault.push(text.clone()),
                _ => self.more_faults += 1,
            }
        }
        if let Some(around) = self.elements.last_mut() {
            around.traits.hear(name, Some(text));
            around.device.hear(name, text);
            if !text.is_empty() {
                around.device.hear_kept(&mut self.answer.names, name, text);
            }
        }
    }
}
