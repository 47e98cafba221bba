//! How many instructions a phone takes: to decide about it, to read and decide, and as a row of a table.
//!
//! The counts hold everything that a case does, also what it does once; so each is of 16,384 phones.

#[path = "../../../core/benches/fleet/mod.rs"]
mod fleet;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::audit::ResultColumn;
use crossgrade::{Destination, Phone, Request, RuleBook, assess};
use gungraun::{library_benchmark, library_benchmark_group, main};

const PHONES: usize = 16_384;

fn phone(line: &'static str) -> Phone<'static> {
    let mut cells = line.split('\t');
    let [pid, vid, load, mac, serial] = std::array::from_fn(|_| cells.next().unwrap_or_default());
    Phone::new(pid).vid(vid).load(load).mac(mac).serial(serial)
}

fn lines() -> Vec<&'static str> {
    fleet::inventory(PHONES).leak().lines().collect()
}

fn phones() -> Vec<Phone<'static>> {
    lines().into_iter().map(phone).collect()
}

fn table() -> RecordBatch {
    let lines = lines();
    let column = |(index, name)| {
        let texts = lines.iter().map(move |line| line.split('\t').nth(index).unwrap_or_default());
        (name, Arc::new(StringArray::from_iter_values(texts)) as ArrayRef)
    };
    let names = ["PID", "VID", "Active Load ID", "MAC", "Serial Number"];
    RecordBatch::try_from_iter(names.into_iter().enumerate().map(column)).expect("columns of one length")
}

// What is returned is dropped outside of what is counted.
#[library_benchmark]
#[bench::fleet(setup = phones)]
fn decide(phones: Vec<Phone<'static>>) -> Vec<Phone<'static>> {
    for phone in &phones {
        black_box(assess(black_box(phone), Destination::WebexCalling).verdict());
    }
    phones
}

#[library_benchmark]
#[bench::fleet(setup = lines)]
fn read_and_decide(lines: Vec<&'static str>) -> Vec<&'static str> {
    for line in &lines {
        black_box(assess(&phone(black_box(line)), Destination::WebexCalling).verdict());
    }
    lines
}

#[library_benchmark]
#[bench::fleet(setup = table)]
fn audit(table: RecordBatch) -> (RecordBatch, RecordBatch) {
    let select =
        [ResultColumn::Verdict, ResultColumn::Findings, ResultColumn::TargetLoad, ResultColumn::LicenseSku];
    let options = AuditOptions::default().select(select).threads(NonZeroUsize::MIN);
    let request = Request::to(Destination::WebexCalling);
    let audit = columnar::audit(&table, RuleBook::guide(), &request, &options).expect("an inventory");
    (table, audit)
}

library_benchmark_group!(name = phones_one_by_one, benchmarks = [decide, read_and_decide]);
library_benchmark_group!(name = tables, benchmarks = [audit]);
main!(library_benchmark_groups = [phones_one_by_one, tables]);
