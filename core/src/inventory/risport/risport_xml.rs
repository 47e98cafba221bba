//! An answer as the service sends it.

use super::answer::Answer;
use crate::inventory::InventoryError;
use crate::inventory::xml_elements::{Event, Events};

/// Reads it as far as it goes.
pub(super) fn read(text: &str, answer: &mut Answer) -> Result<(), InventoryError> {
    for event in Events::new(text) {
        match event.map_err(|error| *error)? {
            Event::Open(name) => answer.open(name),
            Event::Text(text) => answer.text(&text),
            Event::TooLong { beginning, found } => answer.too_long(beginning, found),
            Event::Close => answer.close()?,
        }
    }
    Ok(())
}
