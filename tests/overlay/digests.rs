//! Digests, and the days of `field`.

use crate::laws_of_overlays::{bases, either_book, json, same_answers};
use crate::{acme, laid, root};
use crossgrade::rulebook::Change;
use crossgrade::{Date, RuleBook};
use crossgrade_tests::overlays::{QUESTIONS, generated, overlay, overlay_otherwise, table};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

/// Two rows, in the words that print, and in other words for the same.
#[test]
fn the_digest_does_not_depend_on_the_spelling_of_values() {
    let printed = r#"
[amendments.acme-1.conversions]
e2m-7821 = { vid = "V05-V24", running-at-least = "14.2(1)SR1", target-at-least = "12.0(3)", sources = ["S1", "S2"], disagreements = ["D03", "D08"] }
x = { models = ["7842", "7843"], direction = "enterprise-to-mpp", answer = "excluded" }
[amendments.acme-1.advice]
y = { says = "features-lost", destination = "third-party", models = ["7811", "8841"], vid = "-V10" }
"#;
    let otherwise = r#"
[amendments.acme-1.advice.y]
vid = '- v10' # with spaces
models = [
    "8841",
    "7811", "8841",
]
destination = "Third-Party"
says = "CG401"

[amendments.acme-1.conversions]
x.answer = """Excluded"""
x.direction = "E2M"
x.models = ["7843", "7842"]
e2m-7821 = { disagreements = ["D08", "D03"], sources = ["S2", "S1", "S1"], target-at-least = "12-0-3", running-at-least = "14.2.1SR1", vid = "v5\u002DV024" }
"#;
    let (one, other) = (laid(RuleBook::guide(), printed), laid(RuleBook::guide(), otherwise));
    assert_ne!(one.digest(), RuleBook::guide().digest());
    assert_eq!(one.digest(), other.digest());
    let windows = RuleBook::guide().overlay(&acme(RuleBook::guide(), printed).replace('\n', "\r\n"));
    assert_eq!(windows.unwrap_or_else(|error| panic!("{error}")).digest(), one.digest());
    same_answers(&one, &other, &generated(500));
    same_answers(&one, &other, &table()[..2000]);
}

/// Specification 5: the digest hashes the effective data.
#[test]
fn changing_any_field_of_a_row_of_an_overlay_changes_the_digest() {
    let rows = r#"
[amendments.acme-2]
date = 2026-11-20
sources = ["S1"]
confidence = "low"
says = "more of the case"
[amendments.acme-2.models]
8871 = { family = "88xx", series = "8800", disagreements = ["D03"] }
[amendments.acme-2.conversions]
e2m-8871 = { models = ["8871"], direction = "enterprise-to-mpp", pid = "other", answer = "convertible", vid = "V02-V09", running-at-least = "14.1(1)", target-at-least = "12.0(2)", confidence = "medium", relax = true, reason = "as said" }
[amendments.acme-2.gates]
gate-8871 = { on = "target", destination = "third-party", models = ["8871", "8841"], except = ["8811"], vid = "V04-", minimum = "12.0(1)" }
[amendments.acme-2.floors]
floor-8871 = { models = ["8871", "8845"], firmware-type = "mpp", vid = "V03-", minimum = "11.3(4)", lasting = true }
[amendments.acme-2.licenses]
license-e2m-third-party-7800 = { sku = "L-1=", service-sku = "C-1", file = "{MAC}-1.lic" }
[amendments.acme-2.advice]
advice-8871 = { says = "target-unconfirmed", destination = "third-party", models = ["8871"], choose = "12.0(3)" }
fix-8871 = { says = "fix-missing", destination = "third-party", models = ["8871"], from = "11.3(1)", below = "11.3(7)SR1", told = "a hole" }
old-8871 = { says = "too-old-to-onboard", destination = "third-party", models = ["8871"], running-below = "11.2(1)", told = "old" }
authority-8871 = { says = "new-certificate-authority", destination = "third-party", models = ["8871"], made-from = 2022-03-01, told = "new" }
[amendments.acme-2.disagreements]
D90 = { subject = "a subject", vid = "V06-", sides = [{ says = "one", sources = ["S1"] }, { says = "two", sources = ["S2"] }], follows = "nobody" }
"#;
    let text = acme(RuleBook::guide(), rows);
    let mut digests = BTreeMap::from([(laid(RuleBook::guide(), rows).digest().to_owned(), "nothing")]);
    for (from, to) in [
        ("title = \"Answer", "title = \"Reply"),
        ("section = \"case 1\"", "section = \"case 2\""),
        ("language = \"en\"", "language = \"de\""),
        ("read = 2026-11-20", "read = 2026-11-21"),
        ("confidence = \"high\"", "confidence = \"low\""),
        ("what the case says", "what it says"),
        ("date = 2026-11-20", "date = 2026-11-21"),
        ("sources = [\"S1\"]\nconfidence", "sources = [\"S2\"]\nconfidence"),
        ("more of the case", "less of it"),
        ("family = \"88xx\"", "family = \"8832\""),
        ("series = \"8800\"", "series = \"7800\""),
        ("disagreements = [\"D03\"]", "disagreements = []"),
        (
            "{ models = [\"8871\"], direction = \"enterprise-to-mpp\"",
            "{ models = [\"8871\"], destination = \"third-party\"",
        ),
        ("pid = \"other\"", "pid = \"3pcc\""),
        ("vid = \"V02-V09\"", "vid = \"V02-V08\""),
        ("running-at-least = \"14.1(1)\"", "running-at-least = \"14.1(2)\""),
        ("target-at-least = \"12.0(2)\"", "target-at-least = \"12.0(3)\""),
        ("confidence = \"medium\"", "confidence = \"high\""),
        ("reason = \"as said\"", "reason = \"as asked\""),
        ("on = \"target\"", "on = \"start\""),
        ("models = [\"8871\", \"8841\"]", "models = [\"8871\"]"),
        ("except = [\"8811\"]", "except = [\"8845\"]"),
        ("vid = \"V04-\"", "vid = \"V05-\""),
        ("minimum = \"12.0(1)\"", "minimum = \"12.0(3)\""),
        ("models = [\"8871\", \"8845\"]", "models = [\"8871\"]"),
        ("firmware-type = \"mpp\"", "firmware-type = \"enterprise\""),
        ("vid = \"V03-\"", "vid = \"V03-V09\""),
        ("minimum = \"11.3(4)\"", "minimum = \"11.3(5)\""),
        ("lasting = true", "lasting = false"),
        ("L-1=", "L-2="),
        ("C-1", "C-2"),
        ("{MAC}-1", "{MAC}-2"),
        ("choose = \"12.0(3)\"", "choose = \"12.0(4)\""),
        (
            "\"target-unconfirmed\", destination = \"third-party\", models = [\"8871\"], choose = \"12.0(3)\"",
            "\"features-lost\", destination = \"third-party\", models = [\"8871\"]",
        ),
        ("\"fix-missing\"", "\"changes-on-arrival\""),
        ("from = \"11.3(1)\"", "from = \"11.3(2)\""),
        ("below = \"11.3(7)SR1\"", "below = \"11.3(7)SR2\""),
        ("told = \"a hole\"", "told = \"another\""),
        ("running-below = \"11.2(1)\"", "running-below = \"11.2(2)\""),
        ("made-from = 2022-03-01", "made-from = 2022-03-02"),
        ("a subject", "another"),
        ("vid = \"V06-\"", "vid = \"V07-\""),
        ("says = \"one\"", "says = \"three\""),
        ("sources = [\"S2\"] }]", "sources = [\"RN\"] }]"),
        ("follows = \"nobody\"", "follows = \"S1\""),
        ("acme-2", "acme-3"),
        ("e2m-8871 =", "e2m-8871-again ="),
    ] {
        assert!(text.contains(from), "{from}");
        let book = RuleBook::guide().overlay(&text.replace(from, to)).unwrap_or_else(|error| panic!("{from}: {error}"));
        if let Some(other) = digests.insert(book.digest().to_owned(), from) {
            panic!("{from} and {other} give one digest");
        }
    }
}

/// Over the decision table, for books that differ in few rows; some of them are the same, written otherwise.
#[test]
fn equal_digests_mean_equal_answers() {
    let mut runner = TestRunner::deterministic();
    let overlays = either_book();
    let questions: Vec<_> = table().into_iter().step_by(7).chain(generated(300)).collect();
    let mut answers = BTreeMap::<String, Vec<String>>::new();
    let mut met_again = 0;
    for _ in 0..150 {
        let (position, edits) = overlays.new_tree(&mut runner).expect("an overlay").current();
        let base = bases()[position];
        for text in [overlay(root(base), "acme", &edits), overlay_otherwise(root(base), "acme", &edits)] {
            let Ok(book) = base.overlay(&text) else { continue };
            let answered: Vec<_> = questions.iter().map(|question| json(&book, question)).collect();
            if let Some(known) = answers.get(book.digest()) {
                met_again += 1;
                assert!(*known == answered, "{} answers differently:\n{text}", book.digest());
            } else {
                answers.insert(book.digest().to_owned(), answered);
            }
        }
    }
    assert!(met_again > 20 && answers.len() > 20, "{met_again} of {}", answers.len());
}

/// The text that `field` is baked from.
pub(crate) fn field_text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/field.toml");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text with the amendments that hold on this day.
pub(crate) fn field_text_as_of(day: Date) -> String {
    let text = field_text();
    let (mut kept, mut amendment) = (String::new(), String::new());
    let mut keep = |amendment: &str| {
        let date = amendment.lines().find_map(|line| line.strip_prefix("date = "));
        if date.is_none_or(|date| date.parse::<Date>().expect("a day") <= day) {
            kept.push_str(amendment);
        }
    };
    for line in text.lines() {
        let header = line.strip_prefix("[amendments.").and_then(|header| header.strip_suffix(']'));
        if header.is_some_and(|id| !id.contains('.')) {
            keep(&std::mem::take(&mut amendment));
        }
        amendment.push_str(line);
        amendment.push('\n');
    }
    keep(&amendment);
    kept
}

#[test]
fn field_is_the_guide_with_the_overlay_field() {
    let (laid, field) = (RuleBook::guide().overlay(&field_text()), RuleBook::field());
    let laid = laid.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((field.edition(), laid.edition()), ("field", &*format!("guide + field {}", field.revision())));
    assert_eq!((laid.digest(), laid.as_of(), laid.revision()), (field.digest(), field.as_of(), field.revision()));
    assert!(laid.diff(field).is_empty());
    for question in QUESTIONS.iter().step_by(3) {
        assert_eq!(json(&laid, question), json(field, question), "{question:?}");
    }
}

pub(crate) fn dates() -> Vec<Date> {
    RuleBook::field_dates().collect()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The days that stand in the text, in their order.
#[test]
fn field_changed_on_the_days_of_its_amendments() {
    let written = field_text();
    let written: BTreeSet<Date> = written.lines().filter_map(|line| line.strip_prefix("date = ")).map(day).collect();
    assert!(written.len() >= 26, "{written:?}");
    assert_eq!(dates(), written.into_iter().collect::<Vec<_>>());
    let amended: BTreeSet<Date> = RuleBook::field().amendments().filter_map(|row| row.origin.date).collect();
    assert_eq!(amended.into_iter().collect::<Vec<_>>(), dates());
}

#[test]
fn every_date_step_of_field_has_a_digest_and_a_name_of_its_own() {
    let books: Vec<_> = dates().into_iter().map(RuleBook::field_as_of).collect();
    let before = RuleBook::field_as_of(day("1990-01-01"));
    let all: Vec<_> = [RuleBook::guide(), before].into_iter().chain(books.iter().copied()).collect();
    assert_eq!(all.iter().map(|book| book.digest()).collect::<BTreeSet<_>>().len(), all.len());
    assert_eq!(all.iter().map(|book| book.edition()).collect::<BTreeSet<_>>().len(), all.len());
    for book in all {
        assert_eq!(RuleBook::embedded(book.digest()).map(RuleBook::edition), Some(book.edition()));
    }
    assert!(RuleBook::embedded("").is_none());
    assert_eq!((before.edition(), before.as_of()), ("field before 2017-01-27", None));
    assert_eq!(books.last().map(|book| book.digest()), Some(RuleBook::field().digest()));
}

/// On the day of an amendment it holds; on the day before it does not.
#[test]
fn field_as_of_a_day_has_the_amendments_up_to_that_day() {
    let neighbor = |date: Date, by: i8| -> Date {
        let text = date.to_string();
        let (year, month, of_month): (i16, i8, i8) =
            (text[..4].parse().expect("year"), text[5..7].parse().expect("month"), text[8..].parse().expect("day"));
        let last = (28..=31).rev().find(|last| Date::new(year, month, *last).is_some()).expect("a last day");
        match of_month + by {
            0 => (28..=31).rev().find_map(|last| Date::new(year, month - 1, last)).expect("the day before"),
            next if next > last => Date::new(year, month + 1, 1).expect("the day after"),
            other => Date::new(year, month, other).expect("a day"),
        }
    };
    let mut before = RuleBook::field_as_of(day("1990-01-01"));
    for date in dates() {
        let on = RuleBook::field_as_of(date);
        assert_eq!(RuleBook::field_as_of(neighbor(date, -1)).digest(), before.digest(), "the day before {date}");
        assert_ne!(on.digest(), before.digest(), "{date}");
        assert_eq!(RuleBook::field_as_of(neighbor(date, 1)).digest(), on.digest(), "the day after {date}");
        assert_eq!(on.as_of(), Some(date));
        let late = on.amendments().filter(|row| row.origin.date.is_some_and(|from| from > date)).count();
        assert_eq!(late, 0, "{date}");
        let new: Vec<_> =
            on.amendments().filter(|row| row.origin.date == Some(date)).map(|row| row.origin.id.to_string()).collect();
        let added: Vec<String> = before
            .diff(on)
            .changes()
            .iter()
            .filter(|change| matches!(change, Change::Added { section: "amendments", .. }))
            .map(|change| change.id().to_owned())
            .collect();
        assert!(!new.is_empty());
        assert_eq!(added, new, "{date}");
        before = on;
    }
    assert_eq!(RuleBook::field_as_of(day("2026-11-21")).digest(), RuleBook::field().digest());
    assert_eq!(RuleBook::field_as_of(day("9999-12-31")).digest(), RuleBook::field().digest());
}

/// From 2024-08-26 to 2025-06-25 `field` has floors that no load of it passes, which an overlay must not bring along;
/// those steps are left out.
#[test]
fn field_as_of_a_day_is_the_guide_with_the_amendments_of_the_text_up_to_that_day() {
    let has_loads = |date: &Date| *date < day("2024-08-26") || *date >= day("2025-06-26");
    let days: Vec<Date> = [day("1990-01-01")].into_iter().chain(dates()).filter(has_loads).collect();
    assert!(days.len() >= 19, "{days:?}");
    for date in days {
        let (baked, text) = (RuleBook::field_as_of(date), field_text_as_of(date));
        let laid = RuleBook::guide().overlay(&text).unwrap_or_else(|error| panic!("{date}: {error}"));
        // A source that no amendment of that day cites may not be known yet.
        let is_source = |change: &Change| change.section() == "sources";
        let diff = laid.diff(baked);
        assert!(diff.changes().iter().all(is_source), "{date}: {diff}");
        assert_eq!(laid.as_of(), baked.as_of());
        same_answers(&laid, baked, &generated(300));
    }
}
