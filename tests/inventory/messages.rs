//! Messages quote at most 120 characters of a text, wherever in a document it stands, and show none that a terminal obeys.

use std::fs;
use std::path::Path;

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, InventoryError, ReadOptions, read};
use crossgrade::merge::merge;
use crossgrade::{Destination, Phone, RuleBook};
use proptest::prelude::*;
use proptest::sample::Index;

/// Long, and harmful in its middle; of letters that no sample holds.
pub(crate) fn long() -> String {
    let letters = "\u{17e}".repeat(2000);
    format!("{letters}\u{1b}\u{202e}{letters}")
}

/// Documents of every kind: each once as it is, so that a place in it is a place in a document of its kind.
fn samples() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["data/inventory", "fuzz/corpus/webex", "fuzz/corpus/risport", "fuzz/corpus/device_page", "fuzz/corpus/csv"];
    let files = folders.iter().flat_map(|folder| fs::read_dir(root.join(folder)).expect("a folder of the tests"));
    let mut files: Vec<_> = files.map(|file| file.expect("a file of the tests").path()).collect();
    files.sort();
    files
        .iter()
        .filter_map(|file| String::from_utf8(fs::read(file).ok()?).ok())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The same with the long text in a place, which may be within anything.
pub(crate) fn with_long(text: &str, at: Index) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = places[at.index(places.len())];
    format!("{}{}{}", &text[..at], long(), &text[at..])
}

/// Every message that reading comes to.
pub(crate) fn messages(outcome: &Result<Inventory, InventoryError>) -> Vec<String> {
    let inventory = match outcome {
        Ok(inventory) => inventory,
        Err(error) => return vec![error.to_string()],
    };
    let rows = inventory.fleet().rows().iter().filter_map(|row| row.problem().map(str::to_owned));
    let cuts = inventory.cuts().map(|(_, error)| error.to_string());
    let notes = inventory.notes().map(|(_, note)| note.to_owned());
    let report = inventory.to_string();
    rows.chain(cuts).chain(notes).chain(inventory.problems()).chain(report.lines().map(str::to_owned)).collect()
}

pub(crate) fn is_short_and_harmless(message: &str) -> bool {
    longest_run(message) <= 120 && !message.chars().any(|letter| matches!(letter, '\u{1b}' | '\u{202e}'))
}

/// How much of the long text it quotes.
fn longest_run(message: &str) -> usize {
    message.split(|letter| letter != '\u{17e}').map(|run| run.chars().count()).max().unwrap_or_default()
}

/// What a book says of phones whose rules documents dispute.
fn findings(book: &RuleBook) -> Vec<String> {
    let pids =
        ["CP-7811-K9=", "CP-7821-K9=", "CP-8811-K9=", "CP-8841-K9=", "CP-8851NR-K9=", "CP-8861-K9=", "CP-8865-K9="];
    let phones = pids.map(|pid| Phone::new(pid).vid("V01").load("sip88xx.14-1-1-0001-125"));
    let answers = phones.iter().flat_map(|phone| Destination::ALL.iter().map(|to| book.assess(phone, *to)));
    answers.flat_map(|answer| answer.findings().map(|finding| finding.message().clone()).collect::<Vec<_>>()).collect()
}

/// A text of a row that a finding quotes: rules are shown up to 2,000 characters.
#[test]
fn of_a_disagreement() {
    let guide = include_str!("../../core/data/guide.toml");
    let text: Vec<String> = guide
        .lines()
        .map(|line| match line.split_once("subject = \"") {
            Some((before, behind)) => format!("{before}subject = \"{}{behind}", "\u{17e}".repeat(5000)),
            None => line.to_owned(),
        })
        .collect();
    let book = RuleBook::check(&text.join("\n")).unwrap_or_else(|error| panic!("{error}"));
    let quoted: Vec<_> = findings(&book).into_iter().filter(|message| message.contains('\u{17e}')).collect();
    assert!(!quoted.is_empty());
    assert!(quoted.iter().all(|message| (1..=2000).contains(&longest_run(message))), "{quoted:?}");
}

/// No text of the books that come along is so long that a message cuts it.
#[test]
fn of_our_own_books_nothing_is_cut() {
    for book in [RuleBook::guide(), RuleBook::field()] {
        assert!(findings(book).iter().all(|message| !message.contains(" characters)")), "{}", book.edition());
    }
}

proptest! {
    #[test]
    fn of_inventories(text in prop::sample::select(samples()), at in any::<Index>(), kind in prop::option::of(prop::sample::select(vec![
        SourceKind::Csv, SourceKind::Risport, SourceKind::Webex, SourceKind::DevicePage,
    ]))) {
        let (text, name) = (with_long(&text, at), long());
        let mut options = ReadOptions::default();
        options.kind = kind;
        let document = Document::new(&name, text.as_bytes()).when(&name);
        let outcome = read(&document, &options);
        for message in messages(&outcome) {
            prop_assert!(is_short_and_harmless(&message), "{}", message);
        }
        // Merged with itself, it disagrees with nothing but tells of each row.
        if let Ok(inventory) = outcome {
            let merged = merge([inventory.clone(), inventory]);
            for message in messages(&Ok(merged.inventory().clone())).into_iter().chain(merged.to_string().lines().map(str::to_owned)) {
                prop_assert!(is_short_and_harmless(&message), "{}", message);
            }
        }
    }

    /// What a rule book says comes back in problems, in answers about a phone, and in explanations of the book.
    #[test]
    fn of_rule_books(at in any::<Index>(), overlay in any::<bool>()) {
        let guide = include_str!("../../core/data/guide.toml");
        let text = match overlay {
            false => with_long(guide, at),
            true => with_long(include_str!("../../examples/data/overlay.toml"), at),
        };
        let outcome = match overlay {
            false => RuleBook::check(&text),
            true => RuleBook::guide().overlay(&text),
        };
        match outcome {
            Err(error) => {
                let problems = error.problems().iter().flat_map(|problem| [problem.message.clone(), problem.place.clone()]);
                for message in problems.chain([error.to_string()]) {
                    prop_assert!(is_short_and_harmless(&message), "{}", message);
                }
            }
            Ok(book) => {
                for message in findings(&book) {
                    prop_assert!(is_short_and_harmless(&message), "{}", message);
                }
            }
        }
    }
}
