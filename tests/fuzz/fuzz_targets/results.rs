//! A fleet of any texts on its way out.
#![no_main]

#[path = "../../src/fuzz/any_results.rs"]
mod any_results;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    any_results::run(bytes);
});
