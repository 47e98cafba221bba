//! Records of JSON: where they stand in a document, and what each of them is.

pub(super) mod damage;
#[cfg(feature = "inventory")]
pub(super) mod door;
pub(super) mod json;
pub(super) mod judge;
pub(super) mod keys;
#[cfg(feature = "inventory")]
mod mask;
pub(super) mod members;
#[cfg(feature = "xml")]
pub(super) mod mend;
pub(super) mod survey;
mod walk;

pub(super) use judge::RecordKind;
pub(super) use survey::{Record, Survey};
