//! Any bytes as an inventory of the kind that they look like.
#![no_main]

#[path = "../../src/fuzz/inventory.rs"]
mod inventory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    inventory::run(None, bytes);
});
