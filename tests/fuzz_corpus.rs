//! Replays the corpora of the fuzz targets, and the worst texts that we could think of. `tests/fuzz-run` fuzzes on.

use std::path::Path;

use crossgrade::fleet::SourceKind;
use crossgrade_tests::fuzz::{any_inventory, any_merge, any_results, any_rulebook};

/// The files of a corpus.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a file")).collect()
}

#[test]
fn the_corpus_of_the_rule_book_reader_is_read_without_panic() {
    // Both books are seeds too: tests/fuzz-run takes them from core/data, so that no copy grows old.
    let mut texts = corpus("rulebook");
    texts.extend([
        include_bytes!("../core/data/guide.toml").to_vec(),
        include_bytes!("../core/data/field.toml").to_vec(),
    ]);
    let accepted = texts.iter().filter(|bytes| any_rulebook::run(&String::from_utf8_lossy(bytes))).count();
    // The seeds are a book, amendments and an overlay.
    assert!(accepted >= 3, "{accepted} of {} are books", texts.len());
}

/// Of each corpus at least so many files are inventories.
const INVENTORIES: &[(&str, Option<SourceKind>, usize)] = &[
    ("csv", Some(SourceKind::Csv), 8),
    ("xlsx", Some(SourceKind::Xlsx), 2),
    ("risport", Some(SourceKind::Risport), 4),
    ("device_page", Some(SourceKind::DevicePage), 9),
    ("webex", Some(SourceKind::Webex), 7),
    ("axl", Some(SourceKind::Axl), 4),
    ("json", Some(SourceKind::Json), 3),
    ("recognize", None, 5),
];

#[test]
fn the_corpora_of_the_readers_of_inventories_are_read_without_panic() {
    for (target, kind, at_least) in INVENTORIES {
        let files = corpus(target);
        let read = files.iter().filter(|bytes| any_inventory::run(*kind, bytes)).count();
        assert!(read >= *at_least, "{target}: {read} of {} are inventories", files.len());
    }
}

#[test]
fn the_corpora_of_results_and_of_merges_hold_the_laws() {
    let phones: usize = corpus("results").iter().map(|bytes| any_results::run(bytes)).sum();
    assert!(phones >= 5, "{phones}");
    let sources: usize = corpus("merge").iter().map(|bytes| any_merge::run(bytes)).sum();
    assert!(sources >= 10, "{sources}");
}

/// Also as other kinds than they are, and cut anywhere.
#[test]
fn damaged_corpora_are_read_without_panic() {
    for (target, own, _) in INVENTORIES {
        for bytes in corpus(target) {
            for (_, kind, _) in INVENTORIES {
                any_inventory::run(*kind, &bytes);
            }
            // What was found by fuzzing may be long.
            for end in (0..bytes.len()).step_by(bytes.len() / 2000 + 1) {
                any_inventory::run(*own, &bytes[..end]);
            }
        }
    }
}

/// So many times, and never more than a book may have.
fn repeated(head: &str, row: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    for index in 0.. {
        let row = row(index);
        if text.len() + row.len() > 1 << 20 {
            break;
        }
        text.push_str(&row);
    }
    text
}

/// Texts of nearly 1 MiB that are deep, wide or full of mistakes. They end soon: together they take seconds, and a reader
/// that ponders one of them for minutes is seen by whoever runs the tests.
#[test]
fn the_worst_texts_are_refused_and_not_pondered() {
    let overlay =
        "schema = 1\noverlay = \"a\"\nversion = \"1.0.0\"\nbase = { edition = \"guide\", revision = \">=2026.11\" }\n";
    let amendment = format!("{overlay}[amendments.a]\nsources = [\"S2\"]\nconfidence = \"high\"\nsays = \"x\"\n");
    for text in [
        repeated("a = ", |_| "[".to_owned()),
        repeated("a", |_| ".a".to_owned()),
        repeated("", |index| format!("[a{index}]\n")),
        repeated("[models]\n", |index| {
            format!("{:04} = {{ family = \"78xx\", series = \"7800\", sources = [\"S2\"] }}\n", index % 10000)
        }),
        repeated("[gates]\n", |index| format!("g{index} = {{ models = [\"listed\"], x = 1 }}\n")),
        repeated(&format!("{amendment}[amendments.a.gates]\n"), |index| {
            format!(
                "g{index} = {{ on = \"target\", destination = \"third-party\", models = [\"listed\"], vid = \"V{:02}-\", minimum = \"11.0(1)\" }}\n",
                index % 999
            )
        }),
        repeated(&format!("{amendment}[amendments.a.conversions]\n"), |index| {
            format!(
                "c{index} = {{ models = [\"8841\"], direction = \"enterprise-to-mpp\", answer = \"convertible\", vid = \"V{:02}-\" }}\n",
                index % 999
            )
        }),
        repeated(
            &format!(
                "{amendment}[amendments.a.conversions]\nc = {{ direction = \"enterprise-to-mpp\", answer = \"not-listed\", models = ["
            ),
            |index| format!("\"{:04}\",", index % 10000),
        ) + "] }\n",
        repeated(overlay, |index| {
            format!(
                "[amendments.a{index}]\ndate = 2024-01-01\nsources = [\"S2\"]\nconfidence = \"low\"\nsays = \"x\"\n"
            )
        }),
        // Each problem below a long id would repeat it.
        repeated(&format!("{overlay}[amendments.{}]\n", "a".repeat(400_000)), |index| format!("x{index} = 1\n")),
        // Alternatives for one phone: what they allow together is compared point by point.
        (0..2000).fold(format!("{amendment}[amendments.a.conversions]\n"), |text, index| {
            format!("{text}c{index} = {{ models = [\"8841\"], direction = \"enterprise-to-mpp\", answer = \"convertible\", vid = \"V{0:02}-V{0:02}\", running-at-least = \"10.{1}(1)\", target-at-least = \"11.{1}(1)\" }}\n", index % 999, index % 99)
        }),
        repeated("x = \"", |_| "\u{e4}".to_owned()),
        repeated("", |_| "\u{feff}".to_owned()),
    ] {
        let beginning: String = text.chars().take(60).collect();
        assert!(!any_rulebook::run(&text), "{beginning:?} and so on is accepted");
    }
}
