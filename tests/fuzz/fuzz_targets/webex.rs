//! Any bytes as a device list of Webex.
#![no_main]

#[path = "../../src/fuzz/any_inventory.rs"]
mod any_inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    any_inventory::run(Some(crossgrade::fleet::SourceKind::Webex), bytes);
});
