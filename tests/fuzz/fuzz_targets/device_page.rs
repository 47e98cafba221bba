//! Any bytes as a phone's page.
#![no_main]

#[path = "../../src/fuzz/inventory.rs"]
mod inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    inventory::run(Some(crossgrade::fleet::SourceKind::DevicePage), bytes);
});
