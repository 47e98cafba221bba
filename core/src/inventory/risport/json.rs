//! An answer as programs keep it: the same tree as JSON. A list stands for an element that is repeated.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::answer::Answer;
use crate::inventory::records::mend::mended;
use crate::inventory::{InventoryError, limits};

/// Reads it as far as it goes. Several answers may stand one behind the other.
pub(super) fn read(text: &str, answer: &mut Answer) -> Result<(), InventoryError> {
    let text = mended(text);
    answer.is_json = true;
    let mut reader = serde_json::Deserializer::from_str(&text);
    let mut walk = Walk { answer, depth: 0, has_open_number: false, error: None };
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
        if std::mem::take(&mut walk.has_open_number) {
            walk.answer.close()?;
        }
    }
    Ok(())
}

struct Walk<'w> {
    answer: &'w mut Answer,
    depth: usize,
    /// A number ends only where something else begins: at the end of a cut text it may lack digits.
    has_open_number: bool,
    /// Why reading was refused.
    error: Option<InventoryError>,
}

impl Walk<'_> {
    fn open(&mut self, name: Option<&str>) {
        match name {
            Some(name) => self.answer.open(name),
            None => self.answer.open_root(),
        }
    }

    fn close<E: Error>(&mut self) -> Result<(), E> {
        self.answer.close().map_err(|error| self.refuse(error))
    }

    fn close_number<E: Error>(&mut self) -> Result<(), E> {
        if std::mem::take(&mut self.has_open_number) { self.close() } else { Ok(()) }
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
        self.open(name);
        self.answer.text(text);
        self.close()
    }

    fn say_number<E: Error>(&mut self, name: Option<&str>, text: &str) -> Result<(), E> {
        if is_attribute(name) {
            return Ok(());
        }
        self.open(name);
        self.answer.text(text);
        self.has_open_number = true;
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
        walk.open(name);
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            walk.close_number()?;
            walk.answer.next_is_member = true;
            entries.next_value_seed(Value { walk, name: Some(&key), is_entry: false })?;
        }
        walk.close_number()?;
        walk.close()?;
        walk.depth -= 1;
        Ok(())
    }
}
