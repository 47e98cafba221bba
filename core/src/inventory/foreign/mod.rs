//! Texts and files that are no inventory, told by what they are and with what a person should do instead.
//!
//! They are recognized by their content. A text in which another reader finds a product or a MAC address is never one of
//! them: its words stand in cells and descriptions.

mod beginnings;
mod listings;
mod readable;
mod texts;

use super::InventoryError;
use crate::text::trim;

/// Refuses a file by its first bytes, if these are of another kind of file.
///
/// # Errors
/// [`InventoryError::NotText`].
pub(super) fn check_bytes(bytes: &[u8]) -> Result<(), InventoryError> {
    match beginnings::of(bytes) {
        Some((found, expected)) => Err(InventoryError::NotText { found, expected }),
        None => Ok(()),
    }
}

/// Whether a line names a field of tables of phones, and says a MAC address or product behind it.
#[cfg(feature = "inventory")]
pub(super) fn says_phone(line: &str) -> bool {
    readable::says_phone(line, true)
}

/// What a text is by its beginning, and what should have come, if it is no inventory.
pub(super) fn text(head: &str) -> Option<(String, &'static str)> {
    let is_markup = trim(head).starts_with(['<', '{', '[']);
    texts::of(head).or_else(|| if is_markup { None } else { listings::of(head) })
}

/// Refuses a text that is no inventory by its beginning.
///
/// # Errors
/// [`InventoryError::OtherThing`].
pub(super) fn check_text(head: &str) -> Result<(), InventoryError> {
    match text(head) {
        Some((found, expected)) => Err(InventoryError::OtherThing { found, expected }),
        None => Ok(()),
    }
}
