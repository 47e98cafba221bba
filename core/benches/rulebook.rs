//! Whether a decision by a book that was loaded is as fast as one by the book that is embedded.
//!
//! ```text
//! cargo bench -p crossgrade --features load,json --bench rulebook
//! ```
//! prints criterion's report, and the ratios of the medians of this run.

mod median;

use std::hint::black_box;

use criterion::Criterion;
use crossgrade::{Destination, Phone, RuleBook};
use median::median;

const PHONES: [(&str, &str, &str); 4] = [
    ("CP-7821-K9=", "V26", "sip78xx.14-3-1-0001-60"),
    ("CP-8841-K9=", "V15", "sip88xx.14-2-1-0101-26"),
    ("CP-8851NR-K9=", "V08", "sip88xx.12-8-1-0001-455"),
    ("CP-8865-3PCC-K9=", "V03", "sip8845_65.12-0-3MPP0001-87"),
];

/// Decides about each phone and destination.
fn decide(book: &RuleBook, phones: &[Phone<'_>]) {
    for phone in phones {
        for destination in Destination::ALL {
            black_box(book.assess(black_box(phone), *destination).verdict());
        }
    }
}

fn main() {
    let phones = PHONES.map(|(pid, vid, load)| Phone::new(pid).vid(vid).load(load).mac("00CCFC123456"));
    let loaded = RuleBook::from_toml(include_str!("../data/guide.toml")).expect("the guide");
    assert_eq!(loaded.digest(), RuleBook::guide().digest());
    let overlaid = RuleBook::guide().overlay(include_str!("../data/field.toml")).expect("the amendments");
    assert_eq!(overlaid.digest(), RuleBook::field().digest());

    let mut criterion = Criterion::default().configure_from_args();
    let books = [
        ("guide embedded", RuleBook::guide().clone()),
        ("guide loaded", loaded),
        ("field embedded", RuleBook::field().clone()),
        ("field loaded", overlaid),
    ];
    for (name, book) in &books {
        criterion.bench_function(name, |bencher| bencher.iter(|| decide(book, &phones)));
    }
    criterion.final_summary();

    for (loaded, embedded) in [("guide loaded", "guide embedded"), ("field loaded", "field embedded")] {
        if let (Some(loaded_ns), Some(embedded_ns)) = (median(loaded), median(embedded)) {
            let ratio = loaded_ns / embedded_ns;
            println!(
                "{loaded} / {embedded}: {ratio:.2} ({:.0} ns / {:.0} ns a decision)",
                loaded_ns / 12.0,
                embedded_ns / 12.0
            );
        }
    }
}
