//! An answer as programs keep it: the same tree as JSON. A list stands for an element that is repeated.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::answer::Answer;
use super::wrapper::Wrapper;
use crate::inventory::records::json_text::without_prefix;
use crate::inventory::records::own_keys::{is_part, own};
use crate::inventory::records::registration_status;
use crate::inventory::{InventoryError, limits};

/// Reads it as far as it goes. Several answers may stand one behind the other.
pub(super) fn read(text: &str, answer: &mut Answer) -> Result<(), InventoryError> {
    answer.is_json = true;
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut walk = Walk { answer, depth: 0, number: None, wrapper: None, error: None };
    while reader.end().is_err() {
        let value = Value { walk: &mut walk, name: None, is_entry: true };
        if let Err(error) = value.deserialize(&mut reader) {
            let line = error.line() as u64;
            return Err(match walk.error.take() {
                Some(InventoryError::TooMuch { what, found, limit, .. }) => {
                    InventoryError::TooMuch { what, line, found, limit }
                }
                Some(error) => error,
                None => InventoryError::Broken { line, message: error.to_string() },
            });
        }
        if let Some(number) = walk.number.take() {
            walk.answer.close()?;
            number.tell(walk.answer);
        }
    }
    Ok(())
}

struct Walk<'w> {
    answer: &'w mut Answer,
    depth: usize,
    /// A number ends only where something else begins: at the end of a cut text it may lack digits.
    number: Option<Number>,
    /// The object that is being read may be a wrapper of one value.
    wrapper: Option<Wrapper>,
    /// Why reading was refused.
    error: Option<InventoryError>,
}

/// A number, and the key that it stands under.
struct Number {
    name: Option<String>,
    text: String,
}

impl Number {
    fn tell(self, answer: &mut Answer) {
        self.name.into_iter().for_each(|name| answer.say_other(&name, &self.text));
    }
}

impl Walk<'_> {
    fn open(&mut self, name: Option<&str>) {
        match name {
            Some(name) => self.answer.open_called(own(name).name, name),
            None => self.answer.open_root(),
        }
    }

    /// The same of a key that asks whether a device is registered, which is a status.
    fn open_answered(&mut self, name: Option<&str>, is_status: bool) {
        match name.filter(|_| is_status) {
            Some(name) => self.answer.open_called(STATUS, name),
            None => self.open(name),
        }
    }

    fn close<E: Error>(&mut self) -> Result<(), E> {
        self.answer.close().map_err(|error| self.refuse(error))
    }

    fn close_number<E: Error>(&mut self) -> Result<(), E> {
        let Some(number) = self.number.take() else { return Ok(()) };
        self.close()?;
        number.tell(self.answer);
        Ok(())
    }

    fn say<E: Error>(&mut self, name: Option<&str>, text: &str) -> Result<(), E> {
        if is_attribute(name) {
            return Ok(());
        }
        // The text of the element around it, of which attributes are kept beside it.
        if name == Some("#text") {
            self.answer.text(text);
            return Ok(());
        }
        if self.wrapper.as_mut().is_some_and(|wrapper| wrapper.takes(name, text)) {
            return Ok(());
        }
        self.say_value(name, text)
    }

    fn say_value<E: Error>(&mut self, name: Option<&str>, text: &str) -> Result<(), E> {
        let answered = name.and_then(|name| registration_status::answered(own(name).name, text));
        self.open_answered(name, answered.is_some());
        self.answer.text(answered.unwrap_or(text));
        self.close()?;
        name.filter(|_| answered.is_none()).into_iter().for_each(|name| self.answer.say_other(name, text));
        Ok(())
    }

    fn say_number<E: Error>(&mut self, name: Option<&str>, text: &str) -> Result<(), E> {
        if is_attribute(name) || self.wrapper.as_mut().is_some_and(|wrapper| wrapper.takes(name, text)) {
            return Ok(());
        }
        let answered = name.and_then(|name| registration_status::answered(own(name).name, text));
        self.open_answered(name, answered.is_some());
        self.answer.text(answered.unwrap_or(text));
        let name = name.filter(|_| answered.is_none()).map(str::to_owned);
        self.number = Some(Number { name, text: text.to_owned() });
        Ok(())
    }

    fn deeper<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        match self.depth {
            ..=limits::DEPTH => Ok(()),
            found => {
                let what = "values within values";
                let (found, limit) = (found as u64, limits::DEPTH as u64);
                Err(self.refuse(InventoryError::TooMuch { what, line: 1, found, limit }))
            }
        }
    }

    fn refuse<E: Error>(&mut self, error: InventoryError) -> E {
        let message = E::custom(&error);
        self.error = Some(error);
        message
    }
}

const STATUS: &str = "Status";

/// Whether a text of this name is an attribute of the element around it, which programs such as xmltodict keep so: it says
/// nothing of a device, as none does in XML.
fn is_attribute(name: Option<&str>) -> bool {
    name.is_some_and(|name| name.starts_with('@'))
}

/// A value, and the name that it stands under.
struct Value<'v, 'w> {
    walk: &'v mut Walk<'w>,
    name: Option<&'v str>,
    /// It is one of a list.
    is_entry: bool,
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer of RisPort")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.walk.close_number()?;
        // Programs write null for no devices.
        match !self.is_entry && self.walk.answer.is_list() {
            true => Ok(()),
            false => self.walk.say(self.name, ""),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.walk.close_number()?;
        self.walk.say(self.name, if value { "true" } else { "false" })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.walk.close_number()?;
        self.walk.say(self.name, text)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.walk.close_number()?;
        self.walk.say_number(self.name, &number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.walk.close_number()?;
        self.walk.say_number(self.name, &number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.walk.close_number()?;
        self.walk.say_number(self.name, &number.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { walk, name, .. } = self;
        walk.close_number()?;
        walk.deeper()?;
        // A list of nodes or devices without the `item` between.
        let is_nameless = name.is_some_and(|name| walk.answer.begins_list(name));
        if is_nameless {
            walk.open(name);
        }
        let item = if is_nameless { Some("item") } else { name };
        loop {
            walk.answer.next_is_member = false;
            if items.next_element_seed(Value { walk, name: item, is_entry: true })?.is_none() {
                break;
            }
        }
        walk.close_number()?;
        if is_nameless {
            walk.close()?;
        }
        walk.depth -= 1;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { walk, name, .. } = self;
        walk.close_number()?;
        walk.deeper()?;
        walk.answer.next_is_part = walk.answer.next_is_member && name.is_some_and(is_part);
        walk.open(name);
        let wrapper = name.and(walk.answer.place()).and_then(Wrapper::of);
        let outer = std::mem::replace(&mut walk.wrapper, wrapper);
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            walk.close_number()?;
            let key = without_prefix(&key);
            walk.answer.hear_sign(own(key).name);
            walk.answer.next_is_member = true;
            entries.next_value_seed(Value { walk, name: Some(key), is_entry: false })?;
        }
        walk.close_number()?;
        let wrapper = std::mem::replace(&mut walk.wrapper, outer).unwrap_or_default();
        let (value, beside) = wrapper.end();
        value.iter().for_each(|value| walk.answer.text(value));
        beside.iter().try_for_each(|(name, text)| walk.say_value(name.as_deref(), text))?;
        walk.close()?;
        if let (Some(name), Some(value)) = (name, value) {
            walk.answer.say_other(name, &value);
        }
        walk.depth -= 1;
        Ok(())
    }
}
