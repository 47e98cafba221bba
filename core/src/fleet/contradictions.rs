//! What a phone says differently, as the text of one cell: JSON, so that a table of a fleet loses nothing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

#[cfg(any(feature = "csv", feature = "arrow"))]
use super::FleetColumn;
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

/// The phone with the contradictory evidence that such a text says. Of a text that begins so and cannot be read nobody knows
/// what it said: then the product is that text, which no product is read from. Another text says nothing.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) fn with<'a>(phone: Phone<'a>, text: &[u8]) -> Phone<'a> {
    if !text.trim_ascii_start().starts_with(BEGINNING) {
        return phone;
    }
    let fields = serde_json::from_slice::<Vec<Contradicted<'_>>>(text).ok();
    let said = fields.and_then(|fields| {
        fields.into_iter().try_fold(phone.clone(), |phone, Contradicted { field, sides }| {
            Some(match field.parse().ok()? {
                Field::Pid => with_product(phone, evidence(sides)),
                Field::Vid => phone.vid(evidence(sides)),
                Field::Mac => phone.mac(evidence(sides)),
                Field::Serial => phone.serial(evidence(sides)),
                Field::Load => phone.load(evidence(sides)),
                Field::Release => phone.release(evidence(sides)),
                Field::FirmwareType => phone.firmware_type(evidence(sides)),
                Field::Authorization => phone.authorization(evidence(sides)),
                Field::Target => return None,
            })
        })
    });
    said.unwrap_or_else(|| {
        let text = format!("{}: {}", FleetColumn::Contradictions, String::from_utf8_lossy(text));
        with_product(phone, Evidence::Unreadable(text.into()))
    })
}

/// How such a text begins.
#[cfg(any(feature = "csv", feature = "arrow"))]
const BEGINNING: &[u8] = b"[{";

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
