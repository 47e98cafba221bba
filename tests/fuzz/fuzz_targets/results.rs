//! A fleet of any texts on its way out.
#![no_main]

#[path = "../../src/fuzz/results.rs"]
mod results;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    any_results::run(bytes);
});
