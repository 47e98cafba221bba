//! Overlays that are refused, each with the words in which.

use crate::laws_of_overlays::same_answers;
use crate::{acme, laid};
use crossgrade::RuleBook;
use crossgrade::rulebook::Problem;
use crossgrade_tests::overlays::{generated, marks};

/// Everything that is wrong with an overlay; the book in use stays what it was.
#[track_caller]
pub(crate) fn problems(base: &RuleBook, text: &str) -> Vec<Problem> {
    let digest = base.digest().to_owned();
    let error = base.overlay(text).expect_err("the overlay is accepted");
    assert_eq!(base.digest(), digest, "the book in use");
    let (found, printed) = (error.problems().to_vec(), error.to_string());
    assert!(printed.starts_with(&format!("rule book: {} problem", found.len())), "{printed}");
    found.iter().for_each(|problem| assert!(printed.contains(&problem.to_string()), "{printed}"));
    found
}

/// The text has exactly these problems, one at each `^`, in this place and in these words.
#[track_caller]
pub(crate) fn refused_text(base: &RuleBook, text: &str, expected: &[(&str, &str)]) {
    let (places, text) = marks(text);
    assert_eq!(places.len(), expected.len(), "a mark for each problem");
    let line = |((line, column), (place, message)): (&(usize, usize), &(&str, &str))| {
        format!("line {line}, column {column}: {place}: {message}")
    };
    let expected: Vec<_> = places.iter().zip(expected).map(line).collect();
    let found: Vec<_> = problems(base, &text).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

/// The same for the rows of `acme` over the guide; places are told below `amendments.acme-1`.
#[track_caller]
pub(crate) fn refused(rows: &str, expected: &[(&str, &str)]) {
    let places: Vec<String> = expected.iter().map(|(place, _)| format!("amendments.acme-1.{place}")).collect();
    let expected: Vec<_> = places.iter().zip(expected).map(|(place, (_, message))| (&**place, *message)).collect();
    refused_text(RuleBook::guide(), &acme(RuleBook::guide(), rows), &expected);
}

/// The same where only line, column and place are looked at.
#[track_caller]
pub(crate) fn refused_at(rows: &str, expected: &[&str]) {
    let (places, text) = marks(&acme(RuleBook::guide(), rows));
    let found: Vec<_> = problems(RuleBook::guide(), &text)
        .iter()
        .map(|problem| ((problem.line, problem.column), problem.place.clone()))
        .collect();
    let expected: Vec<_> =
        places.into_iter().zip(expected.iter().map(|place| format!("amendments.acme-1.{place}"))).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_unknown_model_is_refused() {
    let message = "found \"phone\"; expected a model such as 8851NR, a series such as 88xx, or other";
    refused(
        r#"[amendments.acme-1.conversions]
e2m-8841 = { models = ["8841", ^"phone"] }"#,
        &[("conversions.e2m-8841.models", message)],
    );
    let message = "says yes to 8899, an unknown model; expected a row of section models";
    refused(
        r#"[amendments.acme-1.conversions]
^x = { models = ["8899"], destination = "third-party", pid = "other", answer = "convertible", relax = true, reason = "case 1" }"#,
        &[("conversions.x", message)],
    );
    let message = "never speaks of 8899: expected a model of section models, or a series of one";
    refused(
        r#"[amendments.acme-1.gates]
^x = { on = "start", destination = "third-party", models = ["8841", "8899"], minimum = "14.1(1)" }
[amendments.acme-1.advice]
^y = { says = "CG403", destination = "third-party", models = ["listed"], except = ["8899"] }"#,
        &[("gates.x", message), ("advice.y", message)],
    );
    let rows = "[amendments.acme-1.models]\nother = { family = \"88xx\", series = \"8800\" }";
    let found = problems(RuleBook::guide(), &acme(RuleBook::guide(), rows));
    assert_eq!(
        found[0].to_string(),
        "line 14, column 1: amendments.acme-1.models.other: found \"other\"; expected one model, such as 8851NR"
    );
}

#[test]
fn an_unknown_family_is_refused() {
    let message = "load family: no load family at character 1 of \"?\"; expected a load family such as 78xx, 8832 or \
                   8845_65";
    refused("[amendments.acme-1.models]\n8841 = { family = ^\"?\" }", &[("models.8841.family", message)]);
    let message = "unknown family 9971; the book has loads for 7832, 78xx, 8832, 8845_65, 88xx";
    refused(
        "[amendments.acme-1.models]\n^8871 = { family = \"9971\", series = \"8800\" }",
        &[("models.8871", message)],
    );
}

#[test]
fn an_unknown_source_disagreement_or_load_is_refused_where_it_stands() {
    refused(
        r#"[amendments.acme-1.gates]
start-third-party = { sources = ["S2", ^"S9"] }
[amendments.acme-1.conversions]
e2m-8841 = { disagreements = [^"D99"] }
[amendments.acme-1.targets]
load-third-party-78xx = { load = ^"sip78xx.12-0-3MPP0001-88" }
[amendments.acme-1.disagreements]
D03 = { sides = [{ says = "a", sources = ["S1"] }, { says = "b", sources = [^"S8"] }] }"#,
        &[
            ("gates.start-third-party.sources", "unknown source \"S9\"; expected a row of section sources"),
            (
                "conversions.e2m-8841.disagreements",
                "unknown disagreement \"D99\"; expected a row of section disagreements",
            ),
            (
                "targets.load-third-party-78xx.load",
                "unknown load \"sip78xx.12-0-3MPP0001-88\"; expected a row of section loads",
            ),
            ("disagreements.D03.sides.sources", "unknown source \"S8\"; expected a row of section sources"),
        ],
    );
    let sources = r#"[sources.S2]
superseded-by = ^"S9"
[sources.S1]
superseded-by = ^"S1""#;
    refused_text(
        RuleBook::guide(),
        &acme(RuleBook::guide(), sources),
        &[
            ("sources.S2.superseded-by", "unknown source \"S9\"; expected a row of section sources"),
            ("sources.S1.superseded-by", "a source cannot replace itself; expected another source"),
        ],
    );
}

#[test]
fn an_unknown_code_or_word_is_refused() {
    let kinds = "expected one of returning-phone, target-unverified, features-lost, use-wired-connection, \
                 degraded-performance, local-data-lost, fix-missing, certificate-not-renewed, new-certificate-authority, \
                 changes-on-arrival, too-old-to-onboard, web-access-off, upgrade-in-steps, target-unconfirmed, \
                 call-controls-documented";
    refused(
        r#"[amendments.acme-1.advice]
features-lost-8832 = { says = ^"CG999" }
use-wired-connection = { says = ^"CG501" }
[amendments.acme-1.conversions]
e2m-8841 = { answer = ^"yes" }
[amendments.acme-1.gates]
start-third-party = { minimum = ^"14." }"#,
        &[
            (
                "advice.features-lost-8832.says",
                &format!("advice: none of the known words at character 1 of \"CG999\"; {kinds}"),
            ),
            (
                "advice.use-wired-connection.says",
                &format!("advice: none of the known words at character 1 of \"CG501\"; {kinds}"),
            ),
            (
                "conversions.e2m-8841.answer",
                "answer: none of the known words at character 1 of \"yes\"; expected one of convertible, excluded, \
                 series-excluded, not-listed, pid-not-listed",
            ),
            (
                "gates.start-third-party.minimum",
                "release: no second number at character 4 of \"14.\"; expected a release such as 14.2(1)SR1, 12.0.3 or \
                 14-2-1-0101",
            ),
        ],
    );
}

#[test]
fn two_rows_for_one_thing_are_refused() {
    let twice = |question: &str, other: &str| {
        format!("answers {question}, as {other} does; expected one row (`remove = true` takes one away)")
    };
    let yes = twice("whether 8841 (3pcc) can be converted for third-party", "e2m-8841");
    let no = twice("whether 8851NR (other) can be converted for third-party", "e2m-8851nr-third-party");
    refused(
        r#"[amendments.acme-1.conversions]
^x = { models = ["8841"], destination = "third-party", answer = "convertible", vid = "V05-" }
^y = { models = ["8851NR"], destination = "third-party", pid = "other", answer = "excluded" }"#,
        &[("conversions.x", &yes), ("conversions.y", &no)],
    );
    refused(
        r#"[amendments.acme-1.gates]
^a = { on = "start", destination = "third-party", models = ["listed"], minimum = "14.2(1)SR1" }
[amendments.acme-1.targets]
^b = { destination = "third-party", load = "sip78xx.12-0-3MPP0001-87" }
[amendments.acme-1.load-servers]
^c = { destination = "webex-calling", server = "loads.example.com" }
[amendments.acme-1.licenses]
^d = { destination = "unified-cm", series = "7800", when = "given", need = "not-required" }
[amendments.acme-1.evidence]
^e = { means = "3pcc-load-contradicts", major = 11 }
[amendments.acme-1.single-firmware]
^f = { models = ["68xx"], runs = "mpp" }
[amendments.acme-1.advice]
^g = { says = "CG402", destination = "third-party", models = ["8861"] }"#,
        &[
            ("gates.a", &twice("the minimum at the start of the same phones", "start-third-party")),
            ("targets.b", &twice("the load of 78xx for third-party", "load-third-party-78xx")),
            ("load-servers.c", &twice("the load server for webex-calling", "load-server-webex-calling")),
            ("licenses.d", &twice("the license of 7800 for unified-cm (given)", "license-m2e-authorized-7800")),
            ("evidence.e", &twice("what 3pcc-load-contradicts means", "outdated-mpp-on-3pcc")),
            ("single-firmware.f", &twice("what 68xx runs", "runs-only-mpp-68xx")),
            (
                "advice.g",
                &twice("what to say of use-wired-connection to 8861 (any) for third-party", "use-wired-connection"),
            ),
        ],
    );
    // An id may stand in one section only, and once in it.
    refused_at("[amendments.acme-1.errata]\n^e2m-8841 = { says = \"x\" }", &["errata.e2m-8841"]);
    let twice = "[amendments.acme-1.gates]\nx = {}\n^x = {}";
    let (places, text) = marks(&acme(RuleBook::guide(), twice));
    let found = problems(RuleBook::guide(), &text);
    assert_eq!((found[0].line, found[0].column, &*found[0].place), (places[0].0, places[0].1, "TOML"));
    let amendment = "[amendments.^A01]\nsources = [\"S1\"]\nconfidence = \"low\"\nsays = \"x\"";
    let message = "the book has an amendment \"A01\" already; expected another id";
    refused_text(RuleBook::field(), &acme(RuleBook::field(), amendment), &[("amendments.A01", message)]);
}

#[test]
fn a_no_under_a_condition_is_refused() {
    let message = |answer: &str| {
        format!(
            "the answer is {answer} under a condition; expected conditions with `answer = \"convertible\"` only: a no \
             holds where no yes does"
        )
    };
    refused(
        r#"[amendments.acme-1.conversions]
e2m-7821 = { answer = ^"excluded" }
^e2m-8821 = { vid = "V03-" }"#,
        &[("conversions.e2m-7821.answer", &message("excluded")), ("conversions.e2m-8821.answer", &message("excluded"))],
    );
}

#[test]
fn an_empty_range_is_refused() {
    const RIGHT: &str = "expected a range such as V03-V24, V04-, -V24 or V26-V26, or any";
    refused(
        r#"[amendments.acme-1.conversions]
e2m-7821 = { vid = ^"V24-V03" }
e2m-7841 = { vid = ^"-" }
e2m-7861 = { vid = ^"V03" }
e2m-8841 = { vid = ^"3-V24" }
e2m-8811 = { vid = ^7 }"#,
        &[
            ("conversions.e2m-7821.vid", &format!("V24 to V03 holds no hardware version; {RIGHT}")),
            ("conversions.e2m-7841.vid", &format!("found \"-\"; {RIGHT}")),
            ("conversions.e2m-7861.vid", &format!("found \"V03\"; {RIGHT}")),
            (
                "conversions.e2m-8841.vid",
                "VID: no letter V before the digits at character 1 of \"3\"; expected V and one to three digits, such as \
                 V03; in a range such as V03-V24, V04-, -V24 or V26-V26, or any",
            ),
            ("conversions.e2m-8811.vid", "found the number 7; expected a text of one line"),
        ],
    );
}

#[test]
fn a_gate_above_the_only_load_is_refused() {
    let message = |minimum: &str, kind: &str, load: &str| {
        format!(
            "{minimum} is above every {kind} load of family 7832 in the book (highest: {load}); expected a lower \
             minimum, or a load that passes"
        )
    };
    refused(
        r#"[amendments.acme-1.gates]
^a = { on = "start", destination = "third-party", models = ["7832"], minimum = "14.2(1)SR2" }
^b = { on = "target", destination = "third-party", models = ["7832"], minimum = "12.0(3)SR1" }"#,
        &[
            ("gates.a", &message("14.2(1)SR2", "Enterprise", "sip7832.14-2-1-0101-26")),
            ("gates.b", &message("12.0(3)SR1", "MPP", "sip7832.12-0-3MPP0001-87")),
        ],
    );
    // A load that passes makes it right.
    laid(
        RuleBook::guide(),
        r#"[amendments.acme-1.gates]
a = { on = "start", destination = "third-party", models = ["7832"], minimum = "14.2(1)SR2" }
[amendments.acme-1.loads]
"sip7832.14-2-1-0201-1" = {}"#,
    );
}

#[test]
fn a_load_of_another_family_or_type_than_the_row_is_refused() {
    refused(
        r#"[amendments.acme-1.targets]
load-third-party-78xx = { load = ^"sip88xx.12-0-3MPP0001-87" }
load-third-party-88xx = { load = ^"sip88xx.14-2-1-0101-26" }
load-unified-cm-88xx = { load = ^"sip88xx.12-0-3MPP0001-87" }
load-third-party-7832 = { load = ^"12.0(3)" }
"#,
        &[
            (
                "targets.load-third-party-78xx.load",
                "sip88xx.12-0-3MPP0001-87 is for family 88xx; the row is about family 78xx",
            ),
            (
                "targets.load-third-party-88xx.load",
                "sip88xx.14-2-1-0101-26 is Enterprise firmware; third-party needs MPP firmware",
            ),
            (
                "targets.load-unified-cm-88xx.load",
                "sip88xx.12-0-3MPP0001-87 is MPP firmware; unified-cm needs Enterprise firmware",
            ),
            (
                "targets.load-third-party-7832.load",
                "load name: no load family at character 1 of \"12.0(3)\"; expected a load name such as \
                 sip88xx.14-2-1-0101-26 or sip88xx.12-0-3MPP0001-87",
            ),
        ],
    );
}

#[test]
fn an_unknown_key_or_section_is_refused() {
    let gate = "relax, remove, on, minimum, sources, disagreements, confidence, reason, models, except, destination, \
                direction, vid";
    let amendment = "sources, date, confidence, says, models, single-firmware, conversions, gates, floors, loads, targets, \
                     steps, load-servers, licenses, evidence, advice, disagreements, errata";
    // Columns count characters.
    refused(
        "^gate = {}\n[amendments.acme-1.gates]\nstart-third-party = { ^\"\u{e4}\u{f6}\" = 1, ^minimun = \"14.1\" }",
        &[
            ("gate", &format!("unknown key; expected one of {amendment}")),
            ("gates.start-third-party.\u{e4}\u{f6}", &format!("unknown key; expected one of {gate}")),
            ("gates.start-third-party.minimun", &format!("unknown key; expected one of {gate}")),
        ],
    );
    let file = "unknown key; expected one of schema, overlay, version, base, sources, amendments";
    let rows = "[^gates]\nstart-third-party = { minimum = \"14.1\" }\n[^edition]";
    refused_text(RuleBook::guide(), &acme(RuleBook::guide(), rows), &[("gates", file), ("edition", file)]);
}

#[test]
fn a_removal_names_a_row_and_says_nothing_else() {
    refused(
        r#"[amendments.acme-1.gates]
^start-third-part = { remove = true }
start-third-party = { remove = true, ^minimum = "14.1" }
start-webex-calling = { remove = ^"yes" }"#,
        &[
            ("gates.start-third-part.remove", "found nothing to remove; expected the id of a row of the book"),
            ("gates.start-third-party.minimum", "unknown key; expected one of relax, remove, reason"),
            ("gates.start-webex-calling.remove", "found the text \"yes\"; expected true or false"),
        ],
    );
    // Other rows would be left dangling.
    refused_at(
        r#"[amendments.acme-1.disagreements]
^D03 = { remove = true }
[amendments.acme-1.loads]
^"sip78xx.11-3-6MPP0001-272" = { remove = true }"#,
        &["disagreements.D03", "loads.sip78xx.11-3-6MPP0001-272"],
    );
}

#[test]
fn a_new_row_lacks_nothing() {
    let missing = |expected: &str| format!("missing; expected {expected}");
    refused(
        "[amendments.acme-1.gates]\n^^^^new = { models = [\"8841\"], vid = \"V02-\" }",
        &[
            ("gates.new.on", &missing("one of start, target")),
            ("gates.new.minimum", &missing("a release such as 14.2(1)SR1, 12.0.3 or 14-2-1-0101")),
            ("gates.new.destination", "expected either `destination` or `direction`"),
            ("gates.new", "the book has no row \"new\" in section gates; a new row needs every key"),
        ],
    );
}

#[test]
fn a_head_for_another_book_is_refused() {
    let (guide, field) = (RuleBook::guide(), RuleBook::field());
    let digest = guide.digest();
    refused_text(
        guide,
        r#"schema = ^2
overlay = ^"a b"
version = ^"1"
base = { edition = ^"field", revision = ^"2025.1.0", digest = ^"00", ^when = "now" }
"#,
        &[
            ("schema", "found 2; this version reads 1"),
            ("overlay", "found \"a b\"; expected up to 40 letters, digits, hyphens and dots, such as acme"),
            (
                "version",
                "found \"1\": unexpected end of input while parsing major version number; expected a version such as \
                 2026.11.0",
            ),
            ("base.edition", "written for \"field\"; this book is \"guide\"; expected edition \"guide\""),
            ("base.revision", &format!("written for 2025.1.0; this book is {}", guide.revision())),
            ("base.digest", &format!("written for 00; the digest of this book is {digest}")),
            ("base.when", "unknown key; expected one of edition, revision, digest"),
        ],
    );
    let base = "expected such as { edition = \"guide\", revision = \"2026.11.0\" } or { digest = \"...\" }";
    refused_text(
        guide,
        "^^^^",
        &[
            ("schema", "missing; expected a whole number"),
            ("overlay", "missing; expected a text"),
            ("version", "missing; expected a text"),
            ("base", &format!("missing; {base}")),
        ],
    );
    let with_base = |base: &str| format!("schema = 1\noverlay = \"acme\"\nversion = \"1.0.0\"\nbase = ^{base}\n");
    let incomplete = format!("incomplete; {base}");
    refused_text(guide, &with_base("{ edition = \"guide\" }"), &[("base", &incomplete)]);
    refused_text(guide, &with_base("{ revision = \">=2026.11\" }"), &[("base", &incomplete)]);
    refused_text(guide, &with_base("\"guide\""), &[("base", &format!("found the text \"guide\"; {base}"))]);
    // `field` alone has the revision of its base.
    let of_base = acme(guide, "").replace("version = \"1.0.0\"", "version = \"base\"");
    assert!(problems(guide, &of_base)[0].to_string().contains("version: found \"base\": "));
    let guide_over_field = marks(&acme(guide, "")).1;
    let found = problems(field, &guide_over_field);
    assert_eq!(
        found[0].to_string(),
        "line 4, column 20: base.edition: written for \"guide\"; this book is \"field\"; expected edition \"field\""
    );
}

#[test]
fn an_amendment_without_a_head_is_refused() {
    let missing = |expected: &str| format!("missing; expected {expected}");
    let text = r#"[amendments.^^b-1]
date = ^"2026-11-20"
confidence = ^"sure"
"#;
    let words = "confidence: none of the known words at character 1 of \"sure\"; expected one of high, medium, low";
    refused_text(
        RuleBook::guide(),
        &acme(RuleBook::guide(), text),
        &[
            ("amendments.b-1.sources", &missing("a list of at least one text")),
            ("amendments.b-1.says", &missing("a text")),
            (
                "amendments.b-1.date",
                "found the text \"2026-11-20\"; expected a date such as 2026-11-21, without quotes",
            ),
            ("amendments.b-1.confidence", words),
        ],
    );
}

/// One of each kind that a row can show by itself, and one of each kind of reference.
#[test]
fn all_mistakes_of_the_rows_are_reported_at_once_in_the_order_of_the_text() {
    let rows = r#"
[amendments.acme-1.models]
8841 = { family = ^"?", series = ^7 }
[amendments.acme-1.conversions]
e2m-7821 = { vid = ^"V24-V03", answer = ^"yes", ^colour = 1 }
e2m-7841 = { disagreements = [^"D99"] }
e2m-8811 = { models = [^"phone"] }
[amendments.acme-1.gates]
start-third-party = { minimum = ^"14.", sources = [^"S9"] }
^start-third-part = { remove = true }
^start-unified-cm = { minimum = "11.0(1)", relax = true }
[amendments.acme-1.targets]
load-third-party-78xx = { load = ^"sip88xx.12-0-3MPP0001-87" }
load-third-party-88xx = { load = ^"sip88xx.12-0-3MPP0001-88" }
[amendments.acme-1.advice]
use-wired-connection = { says = ^"CG999" }
[amendments.acme-1.^gaets]
"#;
    let (places, text) = marks(&acme(RuleBook::guide(), rows).replace("schema = 1", "schema = ^3"));
    let found = problems(RuleBook::guide(), &text);
    assert_eq!(found.iter().map(|problem| (problem.line, problem.column)).collect::<Vec<_>>(), places);
    assert_eq!(places.len(), 16);
}

/// One of each kind that only the whole book can show, and rows that relax without a word.
#[test]
fn all_mistakes_of_the_book_are_reported_at_once_in_the_order_of_the_text() {
    let rows = r#"
[amendments.acme-1.models]
^8841 = { family = "8832" }
[amendments.acme-1.conversions]
^x = { models = ["8899"], destination = "third-party", pid = "other", answer = "convertible", relax = true, reason = "case 1" }
^y = { models = ["8841"], destination = "third-party", answer = "convertible", vid = "V05-" }
[amendments.acme-1.gates]
^a = { on = "start", destination = "third-party", models = ["7832"], minimum = "15.0(1)" }
^b = { on = "start", destination = "third-party", models = ["listed"], minimum = "14.1(1)" }
^c = { on = "start", destination = "third-party", models = ["8899"], minimum = "14.1(1)" }
^start-webex-calling = { minimum = "12.8(1)" }
[amendments.acme-1.targets]
^d = { destination = "third-party", load = "sip78xx.12-0-3MPP0001-87" }
[amendments.acme-1.disagreements]
^D03 = { remove = true }
"#;
    let (places, text) = marks(&acme(RuleBook::guide(), rows));
    let found = problems(RuleBook::guide(), &text);
    assert_eq!(found.iter().map(|problem| (problem.line, problem.column)).collect::<Vec<_>>(), places);
    assert_eq!(places.len(), 9);
}

/// A row that cannot be read hides neither one that relaxes nor one that names what there is not.
#[test]
fn mistakes_of_different_kinds_are_reported_at_once() {
    let rows = r#"
[amendments.acme-1.conversions]
e2m-8841 = { answer = ^"yes" }
[amendments.acme-1.gates]
^start-third-party = { minimum = "14.2(1)" }
[amendments.acme-1.licenses]
license-m2e-7800 = { sources = [^"S9"] }
^license-m2e-authorized-7800 = { relax = true, reason = "case 1" }
"#;
    let places = [
        "conversions.e2m-8841.answer",
        "gates.start-third-party",
        "licenses.license-m2e-7800.sources",
        "licenses.license-m2e-authorized-7800",
    ];
    refused_at(rows, &places);
}

/// Nothing of a refused overlay holds, also of its rows that are right.
#[test]
fn a_refused_overlay_leaves_no_trace() {
    let base = RuleBook::guide().clone();
    let before: Vec<String> = base.rows().map(|row| format!("{:?}", row.fields())).collect();
    let rows = "[amendments.acme-1.conversions]\ne2m-8841 = { remove = true }\ne2m-8811 = { vid = \"V9-V1\" }";
    problems(&base, &acme(&base, rows));
    assert_eq!(base.rows().map(|row| format!("{:?}", row.fields())).collect::<Vec<_>>(), before);
    same_answers(&base, RuleBook::guide(), &generated(200));
}
