//! Work grows as its input does: four times the input asks for about four times the memory, in blocks and in bytes, whatever
//! repeats in it.
//!
//! A text that is copied each time that something is put behind it, a list that is searched into a new one for each row, a
//! part that is unpacked again for each sheet: all of them ask for memory. How long a shape takes is printed by `cargo run
//! --release -p crossgrade-tests --bin growth`, and no test asserts it. dhat counts all threads, so there is one test here.

use crossgrade_tests::shapes::{self, Shape};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// The blocks and bytes that a shape asks for at this size.
fn asked_for(shape: &Shape, size: usize) -> [u64; 2] {
    let work = (shape.make)(size);
    let before = dhat::HeapStats::get();
    (work.run)();
    let after = dhat::HeapStats::get();
    [after.total_blocks - before.total_blocks, after.total_bytes - before.total_bytes]
}

#[test]
fn four_times_the_input_is_about_four_times_the_work() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let mut steep = Vec::new();
    for shape in shapes::all() {
        // What is made once for the whole program is made here.
        asked_for(shape, 1);
        let size = (shape.size / 10).max(40);
        let (small, large) = (asked_for(shape, size), asked_for(shape, 4 * size));
        for (what, small, large) in [("blocks", small[0], large[0]), ("bytes", small[1], large[1])] {
            if large > small * 9 / 2 + 2_000 {
                steep.push(format!("{}: {small} {what} at {size}, {large} at {}", shape.name, 4 * size));
            }
        }
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
