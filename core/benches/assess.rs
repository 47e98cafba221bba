//! What it costs to read a phone, field by field, and to decide about it.
//!
//! ```text
//! cargo bench -p crossgrade --bench assess
//! ```
//! prints criterion's report, then the medians of this run for one phone and their ratios.
//!
//! The fleet is so large that a branch predictor cannot learn it: a few hundred phones over and over take half the time, and
//! tell nothing.

mod fleet;
mod median;

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use crossgrade::phone::ProductField;
use crossgrade::{Destination, Evidence, LoadName, Mac, Phone, Serial, Vid, assess};
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
    let inventory = fleet::inventory(PHONES);
    let fleet: Vec<_> = inventory.lines().map(texts).collect();
    let phones: Vec<_> = fleet.iter().map(Texts::read).collect();
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();

    each(&mut criterion, "read pid", &fleet, |texts| ProductField::from(texts.pid));
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
