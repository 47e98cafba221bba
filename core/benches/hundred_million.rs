//! A hundred million phones through a stream: how long the kernel takes, and how much memory.
//!
//! ```text
//! cargo bench -p crossgrade --features arrow --bench hundred_million -- [ROWS]
//! ```
//! No part of the tests. The batches are made before the clock starts and come again and again: what is remembered of them
//! is no more than of so many different ones, because MAC addresses and serials are read anew for each row. Four columns
//! come out as dictionaries, on all cores.

mod fleet;

use std::sync::Arc;
use std::time::Instant;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::{Destination, Request, RuleBook};

const COLUMNS: [&str; 5] = ["PID", "VID", "Active Load ID", "MAC", "Serial Number"];
const BATCH: usize = 1 << 17;
const BATCHES: usize = 8;

/// The most memory that this process has held, in megabytes, where the system tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn batch(inventory: &str) -> RecordBatch {
    let column = |column| {
        let texts = inventory.lines().map(|line| line.split('\t').nth(column).unwrap_or_default());
        Arc::new(StringArray::from_iter_values(texts)) as ArrayRef
    };
    RecordBatch::try_from_iter(COLUMNS.iter().enumerate().map(|(index, name)| (*name, column(index)))).expect("columns")
}

fn main() {
    // Cargo adds an option of its own.
    let rows = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000_000);
    let batches: Vec<_> = {
        let inventory = fleet::inventory(BATCH * BATCHES);
        let lines: Vec<_> = inventory.lines().collect();
        lines.chunks(BATCH).map(|lines| batch(&lines.join("\n"))).collect()
    };
    let before = most_memory();
    let endless = batches.iter().cycle().cloned();
    let stream = endless.scan(rows, |left: &mut usize, batch| {
        let take = (*left).min(batch.num_rows());
        *left -= take;
        (take > 0).then(|| Ok(batch.slice(0, take)))
    });
    let reader = RecordBatchIterator::new(stream, batches[0].schema());
    let request = Request::to(Destination::WebexCalling);
    let options = AuditOptions::default().select([
        ResultColumn::Verdict,
        ResultColumn::Findings,
        ResultColumn::TargetLoad,
        ResultColumn::LicenseSku,
    ]);
    let begin = Instant::now();
    let mut audit = columnar::audit_stream(reader, RuleBook::guide(), &request, &options).expect("an inventory");
    let out: usize = audit.by_ref().map(|batch| batch.expect("a batch").num_rows()).sum();
    let seconds = begin.elapsed().as_secs_f64();
    assert_eq!(out, rows);
    assert_eq!(audit.summary().verdicts().total(), rows);
    println!("{rows} rows in {seconds:.2} s: {:.1} ns a row", seconds * 1e9 / rows as f64);
    if let (Some(before), Some(after)) = (before, most_memory()) {
        println!("at most {after} MB, of which {before} MB before the first row was audited");
    }
}
