//! Any bytes as an answer of AXL.
#![no_main]

#[path = "../../src/fuzz/inventory.rs"]
mod inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    any_inventory::run(Some(crossgrade::SourceKind::Axl), bytes);
});
