//! Records of JSON: where they stand in a document, and what each of them is.

pub(super) mod damage;
#[cfg(feature = "inventory")]
pub(super) mod frames;
pub(super) mod json_text;
pub(super) mod judge;
pub(super) mod keys;
#[cfg(feature = "inventory")]
pub(super) mod masked_document;
pub(super) mod members;
#[cfg(feature = "xml")]
pub(super) mod mended_json;
pub(super) mod own_keys;
mod record_walk;
pub(super) mod registration_status;
#[cfg(any(feature = "xml", feature = "webex"))]
pub(super) mod said_beside;
pub(super) mod survey;

pub(super) use judge::RecordKind;
pub(super) use survey::{Record, Survey};
