//! The contradictory evidence that a cell of a table of a fleet says.

use super::FleetColumn;
use super::contradictions_cell::{Contradicted, SideKeys};
use crate::assess::Field;
use crate::phone::{Evidence, Phone};
use crate::text::FieldText;

/// How such a text begins.
const BEGINNING: &[u8] = b"[{";

/// The phone with the contradictory evidence that such a text says. If a text begins so and cannot be read, nobody
/// knows what it said: then the product is this text, which names no product. Another text says nothing.
pub(crate) fn with<'a>(phone: Phone<'a>, text: &[u8]) -> Phone<'a> {
    if !text.trim_ascii_start().starts_with(BEGINNING) {
        return phone;
    }
    let fields = serde_json::from_slice::<Vec<Contradicted<'_>>>(text).ok();
    let said = fields.and_then(|fields| fields.into_iter().try_fold(phone.clone(), with_field));
    said.unwrap_or_else(|| {
        let text = format!("{}: {}", FleetColumn::Contradictions, String::from_utf8_lossy(text));
        phone.with_product(Evidence::Unreadable(text.into()))
    })
}

/// The phone with all sides of one field; nothing if a phone has no such field.
fn with_field<'a>(phone: Phone<'a>, Contradicted { field, sides }: Contradicted<'_>) -> Option<Phone<'a>> {
    Some(match field.parse().ok()? {
        Field::Pid => phone.with_product(evidence(sides)),
        Field::Vid => phone.vid(evidence(sides)),
        Field::Mac => phone.mac(evidence(sides)),
        Field::Serial => phone.serial(evidence(sides)),
        Field::Load => phone.load(evidence(sides)),
        Field::Release => phone.release(evidence(sides)),
        Field::FirmwareType => phone.firmware_type(evidence(sides)),
        Field::Authorization => phone.authorization(evidence(sides)),
        Field::Target => return None,
    })
}

fn evidence<T: FieldText + PartialEq>(sides: Vec<SideKeys<'_>>) -> Evidence<'static, T> {
    let said = sides.into_iter().map(|side| (side.value.into_owned(), side.place.into_owned()));
    Evidence::said(said)
}
