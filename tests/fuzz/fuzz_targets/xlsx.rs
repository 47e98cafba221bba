//! Any bytes as an Excel workbook.
//!
//! calamine counts in 32 bits and gives up on numbers that no workbook has; the reader catches that. The hook of libFuzzer
//! would end the target before the reader can: here only what nobody catches ends it.
#![no_main]

#[path = "../../src/fuzz/any_inventory.rs"]
mod any_inventory;

libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    any_inventory::run(Some(crossgrade::fleet::SourceKind::Xlsx), bytes);
});
