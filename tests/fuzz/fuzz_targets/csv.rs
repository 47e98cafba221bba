//! Any bytes as CSV.
#![no_main]

#[path = "../../src/fuzz/any_inventory.rs"]
mod any_inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    any_inventory::run(Some(crossgrade::fleet::SourceKind::Csv), bytes);
});
