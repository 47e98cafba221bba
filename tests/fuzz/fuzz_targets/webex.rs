//! Any bytes as a device list of Webex.
#![no_main]

#[path = "../../src/fuzz/inventory.rs"]
mod inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    inventory::run(Some(crossgrade::fleet::SourceKind::Webex), bytes);
});
