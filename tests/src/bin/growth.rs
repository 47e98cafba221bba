//! Prints how long each shape of `crossgrade_tests::shapes` takes at n, 2n, 4n and 8n, as the table of docs/limits.md.
//!
//! `cargo run --release -p crossgrade-tests --bin growth [PART OF A NAME]`
//!
//! For `tests/steps.py`, `--names` prints the names and sizes, and `--once NAME SIZE` reads one shape of one size.

use std::time::Instant;

use crossgrade_tests::shapes;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--names"] => return shapes::all().for_each(|shape| println!("{}\t{}", shape.size, shape.name)),
        ["--once", name, size] => return ((shapes::named(name).make)(size.parse().expect("a size")).run)(),
        _ => {}
    }
    let wanted = arguments.first().cloned().unwrap_or_default();
    println!("| what repeats | n | bytes at 8n | ms at n | 2n | 4n | 8n |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for shape in shapes::all().filter(|shape| shape.name.contains(&wanted)) {
        let mut bytes = 0;
        let times = [1, 2, 4, 8].map(|times| {
            let work = (shape.make)(shape.size * times);
            bytes = work.bytes;
            let begin = Instant::now();
            (work.run)();
            format!("{:.1}", begin.elapsed().as_secs_f64() * 1000.0)
        });
        println!("| {} | {} | {bytes} | {} |", shape.name, shape.size, times.join(" | "));
    }
}
