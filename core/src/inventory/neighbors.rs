//! Tables of what switches and routers see of their neighbors, whoever wrote them: they list switches and access points beside phones.

use super::folded_header::folded;
use super::headers::OF_NEIGHBORS;
use super::known_headers::ranked;
use super::{InventoryError, InventoryField};
use crate::text::{Shown, listed};

/// So many columns make such a table.
const ENOUGH: usize = 3;

/// Refuses a table with these headers if it is such a list.
///
/// # Errors
/// [`InventoryError::OtherThing`].
pub(super) fn check(headers: &[String]) -> Result<(), InventoryError> {
    let says_phone = |header: &String| {
        ranked(header).is_some_and(|(field, rank)| {
            !field.is_everyday(rank)
                && matches!(field, InventoryField::Pid | InventoryField::Mac | InventoryField::Serial)
        })
    };
    let of_neighbors = headers.iter().filter(|header| OF_NEIGHBORS.contains(&folded(header).as_str())).count();
    if of_neighbors < ENOUGH || headers.iter().any(says_phone) {
        return Ok(());
    }
    let columns = listed(headers, ", ", 0, |header| Shown::quoted(header).to_string());
    Err(InventoryError::OtherThing {
        found: format!("a list of neighbors that a switch or router sees (CDP, LLDP), with the columns {columns}"),
        expected: EXPECTED_OF_SWITCHES,
    })
}

/// What should have come instead of what a switch shows.
pub(super) const EXPECTED_OF_SWITCHES: &str = "an inventory of phones, such as a device export of Unified CM or an answer of RisPort; a switch does \
     not know which hardware version a phone has";
