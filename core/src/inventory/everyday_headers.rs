//! Columns whose headers are everyday words, such as `Version`, `Platform` or `License`: what stands below them may be of
//! anything.
//!
//! A cell of such a column counts only where it reads as the field, and only where no column of another rank says anything that
//! reads: so it neither beats nor contradicts a column that is known, and a foreign column makes no evidence. Each row decides
//! for itself, so that the rows of a file, in whatever order and however they come, are read alike.

use super::InventoryField;
use super::field_cell::{Cell, is_load};
use crate::firmware::{LoadName, Release, mentions_mpp};
use crate::phone::{Authorization, Mac, Product, Serial, Vid};
use crate::text::FieldText;

/// Which of the cells of a field, of those below everyday words, counts in this row.
pub(super) fn first<'a, C>(field: InventoryField, cells: &impl Fn(InventoryField) -> C) -> Option<usize>
where
    C: Iterator<Item = Cell<'a>>,
{
    // Few tables have such columns.
    let place = cells(field).position(|cell| cell.is_everyday)?;
    let is_said = |field| cells(field).any(|cell| !cell.is_everyday && says(field, cell.bytes));
    let is_said = match field {
        // A load says the release, and some columns of versions hold loads.
        InventoryField::Load | InventoryField::Firmware => {
            is_said(InventoryField::Load)
                || is_said(InventoryField::Firmware)
                || cells(InventoryField::Vid).any(|cell| is_load(&cell))
        }
        field => is_said(field),
    };
    if is_said {
        return None;
    }
    let mut behind = (place..).zip(cells(field).skip(place));
    behind.find(|(_, cell)| cell.is_everyday && counts(field, cell.bytes)).map(|(place, _)| place)
}

/// Whether a cell says something of a field that can be read.
pub(super) fn says(field: InventoryField, cell: &[u8]) -> bool {
    match field {
        InventoryField::Pid => Product::read(cell).is_ok(),
        InventoryField::Vid => Vid::read(cell).is_ok(),
        InventoryField::Mac => Mac::read(cell).is_ok(),
        InventoryField::Serial => Serial::read(cell).is_ok(),
        InventoryField::Load => LoadName::read(cell).is_ok(),
        InventoryField::Firmware => LoadName::read(cell).is_ok() || Release::read(cell).is_ok(),
        InventoryField::FirmwareType => crate::firmware::FirmwareType::read(cell).is_ok(),
        InventoryField::Authorization => Authorization::read(cell).is_ok(),
        InventoryField::Contradictions => !cell.is_empty(),
    }
}

/// Whether a cell below an everyday word reads as the field, as nothing else would.
pub(crate) fn counts(field: InventoryField, cell: &[u8]) -> bool {
    match field {
        // A number may be that of an article or an extension.
        InventoryField::Pid => cell.iter().any(u8::is_ascii_alphabetic) && says(field, cell),
        InventoryField::Serial => Serial::is_usual_text(cell),
        // Over a text that hints at MPP firmware nothing may be assumed, even if nobody can read it.
        InventoryField::Load => says(field, cell) || is_hint(cell),
        InventoryField::Firmware => LoadName::read(cell).is_ok() || is_full_release(cell) || is_hint(cell),
        field => says(field, cell),
    }
}

/// Of `2.1` nobody knows of what it is.
fn is_full_release(cell: &[u8]) -> bool {
    let numbers = cell.split(|byte| !byte.is_ascii_digit()).filter(|digits| !digits.is_empty()).count();
    numbers > 2 && Release::read(cell).is_ok()
}

fn is_hint(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(mentions_mpp)
}
