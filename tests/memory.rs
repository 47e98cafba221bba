//! The memory of a row is the size of that row: what a reader keeps is bounded by the bytes of the file and the number of its
//! rows, whatever one row is like, and results are written in memory that does not grow with the rows.
//!
//! dhat counts what every thread of this program holds, so there is one test in it.

use crossgrade::columnar::{self, AuditOptions};
use crossgrade::exports::results::{ResultsOptions, csv_to_csv};
use crossgrade::inventory::{Document, csv};
use crossgrade::{Destination, Request, RuleBook};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// How many bytes `work` leaves behind in what it gives, and how many it held at its peak, beyond what was held before.
fn kept_and_held<T>(work: impl FnOnce() -> T) -> (usize, usize) {
    let profiler = dhat::Profiler::builder().testing().build();
    let kept = work();
    let stats = dhat::HeapStats::get();
    drop(kept);
    drop(profiler);
    (stats.curr_bytes, stats.max_bytes)
}

/// The longest cell that is read, in one row among short ones.
fn one_long_note(rows: usize) -> String {
    let short = "CP-8841-K9=,V05,n\n".repeat(rows);
    format!("PID,VID,Note\nCP-8841-K9=,V05,{}\n{short}", "x".repeat(60_000))
}

/// One row of very many cells among short ones.
fn one_wide_row(rows: usize) -> String {
    let short = "CP-8841-K9=,V05,n\n".repeat(rows);
    format!("PID,VID,Note\nCP-8841-K9=,V05,{}\n{short}", ",".repeat(500_000))
}

/// A row that nobody can read as a row, among short ones.
fn one_open_quote(rows: usize) -> String {
    let short = "CP-8841-K9=,V05,n\n".repeat(rows);
    format!("PID,VID,Note\nCP-8841-K9=,V05,\"{}\n{short}", "x".repeat(60_000))
}

/// Rows as an export has them.
fn usual(rows: usize) -> String {
    let row = |row: usize| format!("SEP00CCFC{row:06X},Cisco 8841,V05,sip88xx.14-2-1-0101-26,Floor {}\n", row % 7);
    format!("Device Name,Model,VID,Active Load ID,Description\n{}", (0..rows).map(row).collect::<String>())
}

#[test]
fn memory_of_a_row_is_the_size_of_that_row() {
    let requests: Vec<Request> = Destination::ALL.iter().copied().map(Request::to).collect();
    type Make = fn(usize) -> String;
    let shapes: [(&str, Make); 4] = [
        ("one long note", one_long_note),
        ("one wide row", one_wide_row),
        ("one open quote", one_open_quote),
        ("usual", usual),
    ];
    let mut at_half = std::collections::BTreeMap::new();
    for rows in [20_000, 40_000] {
        for (name, shape) in shapes {
            let text = shape(rows);
            // Of a phone there are nine fields, its row and its label.
            let bound = 3 * text.len() + 900 * rows;
            let (kept, held) = kept_and_held(|| csv::read(text.as_bytes()).expect("a fleet"));
            assert!(kept <= bound && held <= 2 * bound, "{name}: csv::read keeps {kept} and holds {held} for {bound}");
            let document = Document::new("a.csv", text.as_bytes());
            let (kept, held) = kept_and_held(|| csv::read_document(&document, &[]).expect("a fleet"));
            assert!(kept <= bound && held <= 2 * bound, "{name}: read_document keeps {kept}, holds {held} for {bound}");
            // Beside the text, results need a record, the answers that were given, and a buffer.
            let write = || {
                csv_to_csv(text.as_bytes(), RuleBook::guide(), &requests, &ResultsOptions::default(), std::io::sink())
            };
            let (kept, held) = kept_and_held(|| write().expect("results"));
            assert!(kept < 1 << 20, "{name}: the audit keeps {kept}");
            // What is held at twice the rows is what is held at half of them. A quote that stays open is looked for to the
            // end of the text: the record that it would make is as long, and room for twice as much is asked for first.
            let record = if name == "one open quote" { 6 * text.len() } else { 0 };
            match at_half.insert(name, held) {
                None => assert!(held < 24 << 20, "{name}: the audit holds {held}"),
                Some(before) => {
                    assert!(held <= before + (1 << 16) + record, "{name}: the audit holds {held}, and {before} before")
                }
            }
            // A table that streams holds its text and a batch.
            let audit = || {
                let options = AuditOptions::default();
                let stream = columnar::audit_csv(text.clone().into(), RuleBook::guide(), &requests[0], &options);
                stream.expect("an audit").map(|batch| batch.expect("a batch").num_rows()).sum::<usize>()
            };
            let (_, held) = kept_and_held(audit);
            assert!(held <= 8 * text.len() + 600 * rows + (24 << 20), "{name}: the stream holds {held}");
        }
    }
}
