//! Any sources as one fleet. The hook of libFuzzer would end the target before the reader of workbooks catches what calamine
//! gives up on: here only what nobody catches ends it.
#![no_main]

#[path = "../../src/fuzz/merge.rs"]
mod merge;
#[path = "../../src/fuzz/results.rs"]
#[allow(dead_code, reason = "only its laws are used")]
mod results;

libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    any_merge::run(bytes);
});
