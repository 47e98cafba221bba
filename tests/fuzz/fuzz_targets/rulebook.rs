//! Any text as a rule book and as an overlay.
#![no_main]

#[path = "../../src/fuzz/any_rulebook.rs"]
mod any_rulebook;

libfuzzer_sys::fuzz_target!(|text: &str| {
    any_rulebook::run(text);
});
