//! Advice in overlays: no warning falls silent without a word, and no row is accepted that cannot speak.

use crate::refused_overlays::{problems, refused};
use crate::{acme, laid, says};
use crossgrade::rulebook::rows::{AdviceKind, AdviceRow};
use crossgrade::{Code, Destination, Phone, RuleBook};
use crossgrade_tests::overlays::keys_of;

fn advice(rows: &str) -> String {
    format!("[amendments.acme-1.advice]\n{rows}")
}

/// Whether this change of a row is refused, because it relaxes and does not say so.
fn relaxes(book: &RuleBook, row: &AdviceRow, keys: &str) -> bool {
    let rows = advice(&format!("{} = {{ {keys} }}", row.origin.id));
    match book.overlay(&acme(book, &rows)) {
        Ok(_) => false,
        Err(error) => {
            let [problem] = error.problems() else { panic!("{rows}: {error}") };
            let message = &problem.message;
            assert!(
                message.starts_with("relaxes the book: ") && message.contains("is not warned of"),
                "{rows}: {error}"
            );
            true
        }
    }
}

fn is_note(says: AdviceKind) -> bool {
    let code = |code: &&Code| code.name() == says.as_str();
    Code::ALL.iter().find(code).is_some_and(|code| code.effect() == crossgrade::Effect::Notes)
}

/// Every row of both books, and every way to say less with it.
#[test]
fn no_warning_is_taken_away_in_silence() {
    for book in [RuleBook::guide(), RuleBook::field()] {
        for row in book.advice() {
            let takes = |key: &str| keys_of(row.says).concat().contains(&key);
            let mut ways = vec!["remove = true".to_owned(), "vid = \"-V03\"".to_owned(), "vid = \"V03-\"".to_owned()];
            if takes("from") {
                let later =
                    row.below.or(row.running_below).map_or_else(|| "99.0(1)".parse().expect("a release"), below_by_one);
                // Between the rungs of a ladder there may be no release.
                if row.from != Some(later) {
                    ways.push(format!("from = \"{later}\""));
                }
            }
            if takes("below") && row.from.is_none() {
                ways.push("below = \"1.0(1)\"".to_owned());
            }
            if takes("running-below") && row.from.is_none() {
                ways.push("running-below = \"9.0(1)\"".to_owned());
            }
            if takes("made-from") {
                ways.push("made-from = 2099-01-01".to_owned());
            }
            if keys_of(row.says)[0].contains(&"told") {
                ways.push("told = \"nothing\"".to_owned());
            }
            if row.destinations.len() > 1 {
                ways.push("destination = \"third-party\"".to_owned());
            }
            for way in ways {
                assert_eq!(relaxes(book, row, &way), !is_note(row.says), "{} = {{ {way} }}", row.origin.id);
            }
        }
    }
}

/// A release that is surely below, and above every `from` of the books.
fn below_by_one(below: crossgrade::Release) -> crossgrade::Release {
    let is_below = |release: &crossgrade::Release| *release < below;
    let loads = RuleBook::field().loads().filter_map(|row| row.load.release());
    loads.filter(is_below).max().unwrap_or_else(|| "1.0(1)".parse().expect("a release"))
}

/// Every row that speaks from one release or month to another, and every way to say more with it.
#[test]
fn to_warn_of_more_is_no_relaxation() {
    let field = RuleBook::field();
    for row in field.advice().filter(|row| row.says != AdviceKind::TargetUnverified) {
        let mut ways = Vec::new();
        if row.from.is_some() {
            ways.push("from = \"9.0(1)\"");
        }
        if row.below.is_some() {
            ways.push("below = \"99.0(1)\"");
        }
        if row.running_below.is_some() {
            ways.push("running-below = \"99.0(1)\"");
        }
        if row.made_from.is_some() {
            ways.push("made-from = 2010-01-01");
        }
        for way in ways {
            assert!(!relaxes(field, row, way), "{} = {{ {way} }}", row.origin.id);
        }
    }
}

/// How a warning is spelled does not matter, if each release and month is warned of by one row or another.
#[test]
fn a_warning_may_be_split() {
    let field = RuleBook::field();
    let row = field.advice().find(|row| row.origin.id == "fix-cve-2023-20078").expect("the row");
    let told = row.told.as_deref().expect("a text");
    let split = |from: &str| {
        advice(&format!(
            "fix-cve-2023-20078 = {{ below = \"11.3(2)\" }}\n\
             x = {{ says = \"fix-missing\", direction = \"enterprise-to-mpp\", models = [\"68xx\", \"listed\"], \
             vid = \"V00-\", from = {from:?}, below = \"11.3(7)SR1\", told = {told:?} }}"
        ))
    };
    laid(field, &split("11.3(2)"));
    let found = problems(field, &acme(field, &split("11.3(2)SR1")));
    let [problem] = &*found else { panic!("{found:?}") };
    assert_eq!(problem.place, "amendments.acme-1.advice.fix-cve-2023-20078");
    let message = format!(
        "relaxes the book: 68xx V00 for webex-calling with release 11.3(2) is not warned of fix-missing ({told}) as before; \
         expected `relax = true` and a `reason`, or a stricter row"
    );
    assert_eq!(problem.message, message);
}

/// One model of a series that runs one type only may have a row of its own, and is still warned as the series is.
#[test]
fn a_row_about_one_model_silences_nothing_that_is_said_of_its_series() {
    let phone = Phone::new("CP-6841-3PCC-K9=").load("sip68xx.11-1-2MPP-1");
    let told = |book: &RuleBook| says(book, &phone, Destination::ThirdParty, Code::CG409);
    assert!(told(RuleBook::field()));
    for rows in [
        "[amendments.acme-1.single-firmware]\nx = { models = [\"6841\"], runs = \"mpp\" }",
        "[amendments.acme-1.conversions]\nx = { models = [\"6841\"], destination = \"third-party\", answer = \"excluded\" }",
        "[amendments.acme-1.advice]\nx = { models = [\"68xx\"], direction = \"enterprise-to-mpp\", says = \"features-lost\" }",
    ] {
        assert!(told(&laid(RuleBook::field(), rows)), "{rows}");
    }
}

/// For each kind: a row with all that it needs is read, one without is not, and no key may stand where it says nothing.
#[test]
fn a_row_has_the_keys_of_its_kind() {
    let all = [
        ("choose", "\"12.0(3)\""),
        ("from", "\"11.3(1)\""),
        ("below", "\"11.3(9)\""),
        ("running-below", "\"11.3(1)\""),
        ("made-from", "2022-03-01"),
        ("told", "\"a story\""),
    ];
    let guide = RuleBook::guide();
    for says in AdviceKind::ALL.iter().copied() {
        let [needed, optional] = keys_of(says);
        let row = |keys: &[&str]| {
            let keys: String = all
                .iter()
                .filter(|(key, _)| keys.contains(key))
                .map(|(key, value)| format!(", {key} = {value}"))
                .collect();
            acme(
                guide,
                &advice(&format!(
                    "x = {{ says = \"{says}\", destination = \"third-party\", models = [\"7811\"], vid = \"V90-V91\"{keys} }}"
                )),
            )
        };
        for keys in [needed.to_vec(), [needed, optional].concat()] {
            assert!(guide.overlay(&row(&keys)).is_ok(), "{says} {keys:?}: {:?}", guide.overlay(&row(&keys)).err());
        }
        for left_out in needed {
            let keys: Vec<&str> = needed.iter().copied().filter(|key| key != left_out).collect();
            let found = problems(guide, &row(&keys));
            let [problem, _new_row] = &*found else { panic!("{says} without {left_out}: {found:?}") };
            assert_eq!(problem.place, format!("amendments.acme-1.advice.x.{left_out}"));
            let message = format!("missing; advice that says {says} needs it; expected ");
            assert!(problem.message.starts_with(&message), "{problem}");
        }
        for (key, _) in all.iter().filter(|(key, _)| !needed.contains(key) && !optional.contains(key)) {
            let found = problems(guide, &row(&[needed, &[*key]].concat()));
            let [problem, _new_row] = &*found else { panic!("{says} with {key}: {found:?}") };
            let message = format!("says nothing to advice that says {says}; expected it left out");
            assert_eq!(
                (&*problem.place, &*problem.message),
                (&*format!("amendments.acme-1.advice.x.{key}"), &*message)
            );
        }
    }
}

/// Also where a row of the book is changed: nothing stays of what another kind has no use for.
#[test]
fn a_row_that_cannot_speak_is_refused() {
    refused(
        r#"[amendments.acme-1.advice]
^target-unverified = { below = "any" }
^target-unconfirmed = { below = "12.0(3)" }
^local-data-lost-e2m = { says = "changes-on-arrival", from = "12.0(4)", below = "12.0(3)", told = "x" }"#,
        &[
            (
                "advice.target-unverified.below",
                "found any; advice that says target-unverified needs it; expected a release such as 14.2(1)SR1, 12.0.3 or \
                 14-2-1-0101",
            ),
            (
                "advice.target-unconfirmed.below",
                "says nothing to advice that says target-unconfirmed; expected it left out",
            ),
            (
                "advice.local-data-lost-e2m.from",
                "no release is 12.0(4) or later and below 12.0(3); expected a lower `from` or a later `below`",
            ),
        ],
    );
    let rows = "target-unverified = { says = \"features-lost\", relax = true, reason = \"case 1\" }";
    let book = laid(RuleBook::guide(), &advice(rows));
    let row = book.advice().find(|row| row.origin.id == "target-unverified").expect("the row");
    assert_eq!((row.says, row.below), (AdviceKind::FeaturesLost, None));
}

/// docs/how-to-correct-a-rule.md, "Keys of advice".
#[test]
fn the_guide_has_the_keys_of_each_kind() {
    let guide = include_str!("../../docs/how-to-correct-a-rule.md");
    for says in AdviceKind::ALL.iter().copied() {
        let cell = |keys: &[&str]| match keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ") {
            keys if keys.is_empty() => " ".to_owned(),
            keys => format!(" {keys} "),
        };
        let [needed, optional] = keys_of(says).map(cell);
        let line = format!("| `{says}` |{needed}|{optional}|");
        assert!(guide.lines().any(|found| found == line), "{line}");
    }
}
