//! What a phone says differently, as the text of one cell: JSON, so that a table of a fleet loses nothing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::FleetRow;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::assess::Field;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::phone::{Evidence, Phone};
#[cfg(any(feature = "csv", feature = "arrow"))]
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
pub(super) fn of(row: &FleetRow) -> Option<String> {
    fn keys<'t>((value, place): (&'t str, &'t str)) -> SideKeys<'t> {
        SideKeys { value: value.into(), place: place.into() }
    }
    let fields: Vec<_> = row
        .said_differently()
        .map(|(field, sides)| Contradicted {
            field: field.as_str().into(),
            sides: sides.into_iter().map(keys).collect(),
        })
        .collect();
    // Only maps with keys that are no text, and failing writers, can fail.
    (!fields.is_empty()).then(|| serde_json::to_string(&fields).unwrap_or_default())
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
