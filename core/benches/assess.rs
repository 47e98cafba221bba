//! What it costs to read a phone, field by field, and to decide about it.
//!
//! ```text
//! cargo bench -p crossgrade --bench assess
//! ```
//! prints criterion's report, then the medians of this run for one phone and their ratios.
//!
//! The fleet has the products, versions and loads of `examples/data/fleet.csv`, a few of them often and most seldom, in
//! random order, and a MAC and a serial of its own for each phone. It is so large that a branch predictor cannot learn it:
//! a few hundred phones over and over take half the time, and tell nothing.

mod median;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use crossgrade::{Destination, Evidence, LoadName, Mac, Phone, Product, Serial, Vid, assess};
use median::median;

const PHONES: usize = 32_768;

/// What an inventory says about one phone.
struct Texts<'a> {
    pid: &'a str,
    vid: &'a str,
    load: &'a str,
    mac: &'a str,
    serial: &'a str,
}

impl<'a> Texts<'a> {
    fn read(&self) -> Phone<'a> {
        Phone::new(self.pid).vid(self.vid).load(self.load).mac(self.mac).serial(self.serial)
    }
}

fn main() {
    let inventory = inventory();
    let fleet: Vec<_> = inventory.lines().map(texts).collect();
    let phones: Vec<_> = fleet.iter().map(Texts::read).collect();
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();

    each(&mut criterion, "read pid", &fleet, |texts| Evidence::<Product>::from(texts.pid));
    each(&mut criterion, "read vid", &fleet, |texts| Evidence::<Vid>::from(texts.vid));
    each(&mut criterion, "read load", &fleet, |texts| Evidence::<LoadName>::from(texts.load));
    each(&mut criterion, "read mac", &fleet, |texts| Evidence::<Mac>::from(texts.mac));
    each(&mut criterion, "read serial", &fleet, |texts| Evidence::<Serial>::from(texts.serial));
    each(&mut criterion, "read phone", &fleet, Texts::read);
    each(&mut criterion, "assess", &phones, |phone| assess(phone, Destination::WebexCalling).verdict());
    each(&mut criterion, "read and assess", &fleet, |texts| assess(&texts.read(), Destination::WebexCalling).verdict());
    criterion.final_summary();

    let per_phone = |name: &str| median(name).map(|nanoseconds| nanoseconds / PHONES as f64);
    let Some(whole) = per_phone("read and assess") else { return };
    println!("nanoseconds for one phone, and parts of reading and assessing it:");
    for name in
        ["read pid", "read vid", "read load", "read mac", "read serial", "read phone", "assess", "read and assess"]
    {
        if let Some(part) = per_phone(name) {
            println!("{name:<16}{part:>8.1}{:>8.2}", part / whole);
        }
    }
}

/// Measures `work` on every phone.
fn each<'a, T, R>(criterion: &mut Criterion, name: &str, phones: &'a [T], work: impl Fn(&'a T) -> R) {
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            for phone in phones {
                black_box(&work(black_box(phone)));
            }
        });
    });
}

/// A line of the inventory.
fn texts(line: &str) -> Texts<'_> {
    let mut cells = line.split('\t');
    let [pid, vid, load, mac, serial] = std::array::from_fn(|_| cells.next().expect("five cells"));
    Texts { pid, vid, load, mac, serial }
}

/// One phone a line; the same in every run.
fn inventory() -> String {
    let kinds = kinds();
    assert!(kinds.len() > 200, "only {} kinds of phones", kinds.len());
    let weights: Vec<u64> = (0..kinds.len() as u64).map(|rank| 1_000_000 / (rank + 5)).collect();
    let total = weights.iter().sum();
    let mut random = Random(0x5EED);
    let mut line = || {
        let mut left = random.below(total);
        let kind = weights.iter().position(|weight| left.checked_sub(*weight).map(|rest| left = rest).is_none());
        let kind = &kinds[kind.expect("less than the sum of the weights")];
        format!("{}\t{}\t{}\n", kind.join("\t"), mac(&mut random), serial(&mut random))
    };
    (0..PHONES).map(|_| line()).collect()
}

/// The different products, versions and loads of the example fleet, shuffled.
fn kinds() -> Vec<[String; 3]> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/fleet.csv");
    let bytes = std::fs::read(path).expect("the example fleet");
    let mut kinds = BTreeSet::new();
    for line in String::from_utf8_lossy(&bytes).lines().skip(1) {
        // Only descriptions are quoted, and they stand before these columns.
        let mut cells = line.rsplit(',').skip(3);
        let [load, _serial, vid, pid, device] = std::array::from_fn(|_| cells.next().unwrap_or_default().to_owned());
        if ![&load, &vid].iter().any(|text| text.is_empty()) {
            kinds.insert([if pid.is_empty() { device } else { pid }, vid, load]);
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    let mut random = Random(0xF1EE7);
    kinds.sort_by_cached_key(|_| random.next());
    kinds
}

/// Most inventories have the name that Unified CM made of it.
fn mac(random: &mut Random) -> String {
    let bytes = random.next().to_be_bytes();
    let digits = [0x00, 0x56, 0x2B].iter().chain(&bytes[..3]).map(|byte| format!("{byte:02X}")).collect::<Vec<_>>();
    if random.below(8) == 0 { digits.join(":") } else { format!("SEP{}", digits.concat()) }
}

fn serial(random: &mut Random) -> String {
    let site = ["FCH", "FCH", "FVH", "WZP"][random.below(4) as usize];
    let (year, week) = (18 + random.below(11), 1 + random.below(53));
    let last: String =
        (0..4).map(|_| char::from(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[random.below(34) as usize])).collect();
    format!("{site}{year}{week:02}{last}")
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
