//! Any sources as one fleet. The hook of libFuzzer would end the target before the reader of workbooks catches what calamine
//! gives up on: here only what nobody catches ends it.
#![no_main]

#[path = "../../src/fuzz/any_merge.rs"]
mod any_merge;
#[path = "../../src/fuzz/any_results.rs"]
#[allow(dead_code, reason = "only its laws are used")]
mod any_results;

libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    any_merge::run(bytes);
});
