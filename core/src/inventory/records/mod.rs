//! Records of JSON: where they stand in a document, and what each of them is.

pub(super) mod damage;
#[cfg(feature = "inventory")]
pub(super) mod door;
#[cfg(feature = "inventory")]
pub(super) mod frames;
pub(super) mod json;
pub(super) mod judge;
pub(super) mod keys;
#[cfg(feature = "inventory")]
mod mask;
pub(super) mod members;
#[cfg(feature = "xml")]
pub(super) mod mend;
#[cfg(any(feature = "xml", feature = "webex"))]
pub(super) mod others;
pub(super) mod own;
pub(super) mod status;
pub(super) mod survey;
mod walk;

pub(super) use judge::RecordKind;
pub(super) use survey::{Record, Survey};
