//! Any text as a rule book and as an overlay.
#![no_main]

#[path = "../../src/fuzz/rulebook.rs"]
mod rulebook;

libfuzzer_sys::fuzz_target!(|text: &str| {
    any_rulebook::run(text);
});
