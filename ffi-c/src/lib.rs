//! The C face of crossgrade: one file for each C type. What is unsafe stands in [`ffi`], and for Arrow's structs in
//! [`arrow`].
//!
//! The conventions stand at the top of the header (`include/crossgrade.h`), which is generated from these files by
//! `UPDATE=1 cargo test -p crossgrade-capi header` and checked in. No rule, SKU, version or load name is known here.
#![allow(non_camel_case_types, reason = "C names")]
#![allow(unreachable_pub, reason = "what C reaches is pub, though no Rust path leads there")]

mod arrow;
mod assessment;
mod call_failure;
mod destination;
mod enum_words;
mod enums;
mod error;
mod ffi;
mod finding;
mod gate;
mod inventory;
mod option_lists;
mod owned_text;
mod phone;
mod request;
mod rulebook;
mod said_fields;
mod status;
mod version;

#[cfg(test)]
mod header;
