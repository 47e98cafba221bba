//! What a phone says differently, as the text of one cell: JSON, so that a table of a fleet loses nothing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::assess::Field;
use crate::phone::{Evidence, Phone, Sides};
use crate::text::FieldText;

/// One field that was said differently.
#[derive(Serialize, Deserialize)]
struct Contradicted<'t> {
    #[serde(borrow)]
    field: Cow<'t, str>,
    sides: Vec<SideKeys<'t>>,
}

#[derive(Serialize, Deserialize)]
struct SideKeys<'t> {
    #[serde(borrow)]
    value: Cow<'t, str>,
    #[serde(borrow)]
    place: Cow<'t, str>,
}

/// The contradictory evidence of a phone; nothing if there is none.
pub(super) fn of(phone: &Phone<'_>) -> Option<String> {
    let fields = [
        sides(Field::Pid, phone.product().sides()),
        sides(Field::Vid, phone.vid_evidence().sides()),
        sides(Field::Mac, phone.mac_evidence().sides()),
        sides(Field::Serial, phone.serial_evidence().sides()),
        sides(Field::Load, phone.load_evidence().sides()),
        sides(Field::Release, phone.release_evidence().sides()),
        sides(Field::FirmwareType, phone.firmware_type_evidence().sides()),
        sides(Field::Authorization, phone.authorization_evidence().sides()),
    ];
    let fields: Vec<_> = fields.into_iter().flatten().collect();
    // Only maps with keys that are no text, and failing writers, can fail.
    (!fields.is_empty()).then(|| serde_json::to_string(&fields).unwrap_or_default())
}

fn sides<'p, T>(field: Field, sides: Option<&'p Sides<'_, T>>) -> Option<Contradicted<'p>> {
    let keys = |side: &'p crate::phone::Side<'_, T>| SideKeys { value: side.text().into(), place: side.place().into() };
    Some(Contradicted { field: field.as_str().into(), sides: sides?.iter().map(keys).collect() })
}

/// The phone with the contradictory evidence that such a text says. Another text says nothing.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) fn with<'a>(phone: Phone<'a>, text: &[u8]) -> Phone<'a> {
    let Ok(fields) = serde_json::from_slice::<Vec<Contradicted<'_>>>(text) else { return phone };
    fields.into_iter().fold(phone, |phone, Contradicted { field, sides }| match field.parse() {
        Ok(Field::Pid) => with_product(phone, evidence(sides)),
        Ok(Field::Vid) => phone.vid(evidence(sides)),
        Ok(Field::Mac) => phone.mac(evidence(sides)),
        Ok(Field::Serial) => phone.serial(evidence(sides)),
        Ok(Field::Load) => phone.load(evidence(sides)),
        Ok(Field::Release) => phone.release(evidence(sides)),
        Ok(Field::FirmwareType) => phone.firmware_type(evidence(sides)),
        Ok(Field::Authorization) => phone.authorization(evidence(sides)),
        Ok(Field::Target) | Err(_) => phone,
    })
}

#[cfg(any(feature = "csv", feature = "arrow"))]
fn evidence<T: FieldText + PartialEq>(sides: Vec<SideKeys<'_>>) -> Evidence<'static, T> {
    let said = sides.into_iter().map(|side| (side.value.into_owned(), side.place.into_owned()));
    Evidence::said(said)
}

#[cfg(any(feature = "csv", feature = "arrow"))]
fn with_product<'a>(phone: Phone<'a>, product: Evidence<'a, crate::phone::Product>) -> Phone<'a> {
    Phone::new(product)
        .vid(phone.vid_evidence().clone())
        .mac(phone.mac_evidence().clone())
        .serial(phone.serial_evidence().clone())
        .load(phone.load_evidence().clone())
        .release(phone.release_evidence().clone())
        .firmware_type(phone.firmware_type_evidence().clone())
        .authorization(phone.authorization_evidence().clone())
}
