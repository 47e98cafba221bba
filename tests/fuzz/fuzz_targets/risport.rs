//! Any bytes as an answer of RisPort.
#![no_main]

#[path = "../../src/fuzz/inventory.rs"]
mod inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    inventory::run(Some(crossgrade::fleet::SourceKind::Risport), bytes);
});
