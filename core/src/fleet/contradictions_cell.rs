//! What a phone says differently, as the text of one cell: JSON, so that a table of a fleet loses nothing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::FleetRow;

/// One field that was said differently.
#[derive(Serialize, Deserialize)]
pub(super) struct Contradicted<'t> {
    #[serde(borrow)]
    pub(super) field: Cow<'t, str>,
    pub(super) sides: Vec<SideKeys<'t>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SideKeys<'t> {
    #[serde(borrow)]
    pub(super) value: Cow<'t, str>,
    #[serde(borrow)]
    pub(super) place: Cow<'t, str>,
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
