//! Any sources as one fleet: every row is a phone or joined one, and the merge says the same of itself each time.

use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::{Settlements, merge, merge_settled};

use super::any_results;

/// What stands between two sources.
const BETWEEN: &[u8] = b"\n%%\n";

/// Reads and merges the sources that the bytes are; tells how many could be read.
///
/// # Panics
/// If a sum does not agree.
pub fn run(bytes: &[u8]) -> usize {
    let inventories = || -> Vec<Inventory> {
        let read_one = |(number, bytes): (usize, &[u8])| {
            let name = format!("source-{number}");
            read(&Document::new(&name, bytes), &ReadOptions::default()).ok()
        };
        sources(bytes).into_iter().enumerate().filter_map(read_one).collect()
    };
    let read = inventories();
    let rows: u64 = read.iter().map(Inventory::rows_read).sum();
    let joined: u64 = read.iter().map(Inventory::rows_joined).sum();
    let phones: u64 = read.iter().map(|inventory| inventory.fleet().rows().len() as u64).sum();
    let count = read.len();
    let merged = merge(read);
    let (inventory, report) = (merged.inventory(), merged.report());
    assert_eq!(inventory.rows_read(), rows);
    assert_eq!(phones + joined, rows);
    assert_eq!(inventory.rows_read(), inventory.fleet().rows().len() as u64 + inventory.rows_joined());
    assert_eq!((report.rows_read, report.phones), (rows, inventory.fleet().rows().len() as u64));
    assert_eq!(merged.to_string(), merge(inventories()).to_string(), "the same sources, the same fleet");
    any_results::check(inventory.fleet());
    // Whatever the bytes are, they are settlements or refused.
    if let Ok(said) = Settlements::read(&Document::new("settle.csv", bytes)) {
        let settled = merge_settled(inventories(), &said).map(|merged| merged.report().rows_read);
        assert!(settled.is_err() || settled == Ok(rows));
    }
    let file = merged.to_settle().to_string();
    let said = Settlements::read(&Document::new("settle.csv", &file)).expect("what is not filled in can be read");
    assert_eq!(said.blank(), merged.to_settle().len() as u64);
    count
}

fn sources(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut sources = Vec::new();
    while let Some(at) = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        sources.push(&bytes[..at]);
        bytes = &bytes[at + BETWEEN.len()..];
    }
    sources.push(bytes);
    sources
}
