//! The reader of rule books: what it reads is what is baked, what it refuses it refuses with place and reason, and the
//! digest stands for what the rows say.

use std::collections::BTreeMap;
use std::ops::Range;

use crossgrade::rulebook::{Problem, rows::VidRange};
use crossgrade::{Destination, Phone, RuleBook, Verdict};
use crossgrade_tests::generate;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The authored guide, read at run time.
fn guide() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/guide.toml");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[track_caller]
fn book(text: &str) -> RuleBook {
    RuleBook::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The guide with one text for another; the first must occur exactly once.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    let guide = guide();
    assert_eq!(guide.matches(from).count(), 1, "{from:?} in guide.toml");
    guide.replace(from, to)
}

#[track_caller]
fn problems(text: &str) -> Vec<Problem> {
    match RuleBook::from_toml(text) {
        Ok(_) => panic!("the book is accepted"),
        Err(error) => {
            let problems = error.problems().to_vec();
            assert!(error.to_string().starts_with(&format!("rule book: {} problem", problems.len())), "{error}");
            problems.iter().for_each(|problem| assert!(error.to_string().contains(&problem.to_string()), "{error}"));
            problems
        }
    }
}

/// Marks a place in an edit; it is taken out before the book is read.
const HERE: char = '\u{2038}';

/// Line and column of every mark, and the text without them.
fn marks(text: &str) -> (Vec<(usize, usize)>, String) {
    let (mut places, mut clean) = (Vec::new(), String::new());
    for part in text.split_inclusive(HERE) {
        clean.push_str(part.trim_end_matches(HERE));
        if part.ends_with(HERE) {
            let line = clean.rsplit('\n').next().unwrap_or_default();
            places.push((clean.matches('\n').count() + 1, line.chars().count() + 1));
        }
    }
    (places, clean)
}

/// The book with this edit has exactly these problems, one at each mark, in this place of the book and in these words.
#[track_caller]
fn refused(from: &str, to: &str, expected: &[(&str, &str)]) {
    let (places, text) = marks(&edited(from, to));
    assert_eq!(places.len(), expected.len(), "a mark for each problem of {to:?}");
    let expected: Vec<_> = places
        .iter()
        .zip(expected)
        .map(|((line, column), (place, message))| format!("line {line}, column {column}: {place}: {message}"))
        .collect();
    let found: Vec<_> = problems(&text).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

// ---------------------------------------------------------------------------------------------------------------------
// The guide
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn the_guide_read_at_run_time_is_the_baked_guide() {
    let (read, baked) = (book(&guide()), RuleBook::guide());
    assert_eq!((read.edition(), read.revision(), read.digest()), (baked.edition(), baked.revision(), baked.digest()));
    assert_eq!(read.edition(), "guide");
    assert_eq!(read.digest().len(), 64);
    assert!(
        read.digest().bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)),
        "{}",
        read.digest()
    );
    let rows = |book: &RuleBook| -> Vec<String> {
        book.rows().map(|row| format!("{} {} {:?}", row.section(), row.origin().id, row.fields())).collect()
    };
    assert_eq!(rows(&read), rows(baked));
}

/// Both books answer generated questions in the same bytes.
#[track_caller]
fn same_answers(one: &RuleBook, other: &RuleBook) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..500 {
        let (texts, request) = generate::questions().new_tree(&mut runner).expect("a question").current();
        let phone = texts.phone();
        let answers = [one, other].map(|book| book.assess_request(&phone, &request).to_json());
        assert_eq!(answers[0], answers[1], "{texts:?} {request:?}");
    }
}

#[test]
fn books_can_be_used_side_by_side() {
    let other = book(&edited(r#"vid = "V03-V24""#, r#"vid = "V01-V24""#));
    let phone = Phone::new("CP-7821-K9=").vid("V01");
    assert_eq!(RuleBook::guide().assess(&phone, Destination::ThirdParty).verdict(), Verdict::Ineligible);
    assert_eq!(other.clone().assess(&phone, Destination::ThirdParty).verdict(), Verdict::Eligible);
    assert_ne!(other.digest(), RuleBook::guide().digest());
}

#[test]
fn a_range_of_hardware_versions_may_have_one_end_open() {
    for (text, from, to) in [
        ("V03-V24", Some(3), Some(24)),
        ("V03-", Some(3), None),
        ("-V24", None, Some(24)),
        ("V3 - v24", Some(3), Some(24)),
    ] {
        let book = book(&edited(r#"vid = "V03-V24""#, &format!("vid = {text:?}")));
        let row = book.conversions().find(|row| row.origin.id == "e2m-7821").expect("e2m-7821");
        let number = |end: Option<crossgrade::Vid>| end.map(crossgrade::Vid::number);
        assert_eq!((number(row.vid.from), number(row.vid.to)), (from, to), "{text:?}");
        assert!(row.vid.has_bound() && row.vid != VidRange::ANY);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The digest
// ---------------------------------------------------------------------------------------------------------------------

/// Head and sections, each with its header and its rows, without comments.
fn sections(text: &str) -> (Vec<&str>, Vec<(&str, Vec<&str>)>) {
    let (mut head, mut sections) = (Vec::new(), Vec::<(&str, Vec<&str>)>::new());
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match sections.last_mut() {
            _ if line.starts_with('[') => sections.push((line, Vec::new())),
            Some((_, rows)) => rows.push(line),
            None => head.push(line),
        }
    }
    (head, sections)
}

#[test]
fn the_digest_and_the_answers_do_not_depend_on_the_order_of_rows() {
    let guide = guide();
    let (mut head, mut sections) = sections(&guide);
    assert!(sections.len() == 15 && sections.iter().all(|(_, rows)| !rows.is_empty()));
    head.reverse();
    sections.reverse();
    for (_, rows) in &mut sections {
        rows.reverse();
    }
    let sections = sections.iter().map(|(header, rows)| format!("{header}\n{}", rows.join("\n")));
    let reversed = book(&format!("{}\n{}\n", head.join("\n"), sections.collect::<Vec<_>>().join("\n")));
    assert!(reversed.gates().ne(RuleBook::guide().gates()));
    assert_eq!(reversed.digest(), RuleBook::guide().digest());
    same_answers(&reversed, RuleBook::guide());
}

#[test]
fn the_digest_does_not_depend_on_white_space_and_comments() {
    let guide = guide();
    let digest = RuleBook::guide().digest();
    let (head, sections) = sections(&guide);
    let bare = sections.iter().map(|(header, rows)| format!("{header}\n{}", rows.join("\n")));
    let bare = format!("{}\n{}", head.join("\n"), bare.collect::<Vec<_>>().join("\n"));
    assert!(bare.len() < guide.len());
    assert_eq!(book(&bare).digest(), digest);
    let airy: String =
        guide.lines().map(|line| format!("\t{}  # why not\n\n", line.replace(" = {", "\t=   {"))).collect();
    assert_eq!(book(&airy).digest(), digest);
    assert_eq!(book(&guide.replace('\n', "\r\n")).digest(), digest);
    assert_eq!(book(&format!("\u{feff}{guide}")).digest(), digest);
}

#[test]
fn the_digest_does_not_depend_on_how_a_row_is_written() {
    let row = r#"e2m-7821 = { models = ["7821"], direction = "enterprise-to-mpp", answer = "convertible", vid = "V03-V24", sources = ["S1", "S2"], disagreements = ["D03"] }"#;
    for other in [
        r#"e2m-7821 = { disagreements = ["D03"], sources = ["S2", "S1"], vid = "V3 - V24", answer = "Convertible", direction = "E2M", models = ["7821"] }"#,
        r#"e2m-7821.models = ["7821"]
           e2m-7821.direction = 'enterprise-to-mpp'
           e2m-7821.answer = """convertible"""
           e2m-7821.vid = "V03\u002DV24"
           e2m-7821.sources = [
               "S1", # for Webex Calling
               "S2",
           ]
           e2m-7821.disagreements = ["D03"]"#,
    ] {
        assert_eq!(book(&edited(row, other)).digest(), RuleBook::guide().digest());
    }
    let minimum = edited(r#"models = ["listed"], minimum = "14.1(1)""#, r#"models = ["listed"], minimum = "14.1""#);
    assert_eq!(book(&minimum).digest(), RuleBook::guide().digest());
}

/// A value of a row: section, key, and the place of its text.
struct Value {
    section: String,
    row: String,
    key: String,
    span: Range<usize>,
}

/// Every value of every row, those of the sides of disagreements too, and every id.
fn values(text: &str) -> Vec<Value> {
    fn of_row(section: &str, id: &str, row: &DeTable<'_>, values: &mut Vec<Value>) {
        for (key, value) in row {
            let add = |span: Range<usize>| Value {
                section: section.into(),
                row: id.into(),
                key: key.get_ref().to_string(),
                span,
            };
            match value.get_ref() {
                DeValue::Array(items) if key.get_ref() == "sides" => {
                    for side in items.iter().filter_map(|side: &Spanned<DeValue<'_>>| side.get_ref().as_table()) {
                        of_row(&format!("{section}.sides"), id, side, values);
                    }
                }
                _ => values.push(add(value.span())),
            }
        }
    }
    let document = DeTable::parse(text).expect("TOML");
    let mut values = Vec::new();
    for (section, rows) in document.get_ref() {
        let (section, DeValue::Table(rows)) = (section.get_ref(), rows.get_ref()) else { continue };
        for (id, row) in rows {
            values.push(Value {
                section: section.to_string(),
                row: id.get_ref().to_string(),
                key: "the id".into(),
                span: id.span(),
            });
            of_row(section, id.get_ref(), row.get_ref().as_table().expect("a row"), &mut values);
        }
    }
    values
}

/// Another value that may stand there.
fn another(Value { section, key, .. }: &Value, old: &str) -> String {
    let swapped = |words: &[&str]| {
        let position =
            words.iter().position(|word| format!("{word:?}") == old).unwrap_or_else(|| panic!("{key} {old}"));
        format!("{:?}", words[(position + 1) % words.len()])
    };
    let more = |item: &str| old.replacen('[', &format!("[{item:?}, "), 1);
    match (section.as_str(), key.as_str()) {
        ("models", "the id") => "8899".to_owned(),
        ("loads", "the id") => old
            .replace('"', "")
            .replace("-87", "-88")
            .replace("-92", "-93")
            .replace("-272", "-273")
            .replace("-26", "-27"),
        (_, "the id") => format!("{old}-another"),
        (_, "read") => "2026-11-22".to_owned(),
        (_, "family") => "\"9971\"".to_owned(),
        // What is excepted and not listed changes nothing.
        (_, "except") => old.replacen("\"8832\", ", "", 1),
        ("gates" | "floors" | "advice", "models") => more("78xx"),
        (_, "models") => more("8899"),
        (_, "sources") => {
            if old.contains("RN") {
                more("JR")
            } else {
                more("RN")
            }
        }
        (_, "disagreements") => {
            if old.contains("D01") {
                more("D02")
            } else {
                more("D01")
            }
        }
        (_, "direction") => swapped(&["enterprise-to-mpp", "mpp-to-enterprise"]),
        (_, "destination") => swapped(&["webex-calling", "third-party", "unified-cm"]),
        (_, "firmware-type") => swapped(&["enterprise", "mpp"]),
        (_, "runs") => swapped(&["phoneos", "enterprise", "mpp"]),
        (_, "answer") => swapped(&["convertible", "excluded", "series-excluded", "not-listed", "pid-not-listed"]),
        (_, "pid") => swapped(&["any", "3pcc", "other"]),
        (_, "on") => swapped(&["start", "target"]),
        (_, "when") => swapped(&["any", "none", "given", "other"]),
        (_, "need") => swapped(&["unknown", "issued-by-control-hub", "not-required", "purchase"]),
        (_, "means") => swapped(&["3pcc-load-contradicts", "authorization-readable-from"]),
        ("advice", "says") => swapped(&[
            "features-lost",
            "use-wired-connection",
            "local-data-lost",
            "returning-phone",
            "target-unconfirmed",
            "target-unverified",
        ]),
        (_, "vid") => "\"V07-\"".to_owned(),
        (_, "major") => "12".to_owned(),
        ("floors", "minimum") => "\"11.3(4)\"".to_owned(),
        (_, "minimum" | "release" | "choose" | "below") => "\"13.7(1)SR9\"".to_owned(),
        (_, "lasting") => "false".to_owned(),
        ("targets" | "steps", "load") => {
            old.replace("12-0-3MPP0101-92", "11-3-6MPP0001-272").replace("12-0-3MPP0001-87", "11-3-6MPP0001-272")
        }
        (
            _,
            "title" | "section" | "language" | "series" | "server" | "sku" | "service-sku" | "file" | "says"
            | "subject" | "follows" | "remark",
        ) => {
            format!("{} x\"", old.trim_end_matches('"'))
        }
        (section, key) => panic!("no other value for {section} {key}; add one here"),
    }
}

/// Every value of every row is tried. A book that the edit makes ambiguous or dangling is refused, which is fine as long
/// as the same key can be changed in another row.
#[test]
fn changing_any_value_of_any_row_changes_the_digest() {
    let guide = guide();
    let mut changed = BTreeMap::<(String, String), usize>::new();
    for value in values(&guide) {
        let old = &guide[value.span.clone()];
        let new = another(&value, old);
        let count = changed.entry((value.section.clone(), value.key.clone())).or_default();
        if new == old {
            continue;
        }
        let mut text = guide.clone();
        text.replace_range(
            value.span.clone(),
            &if new.contains(['.', ' ']) && value.key == "the id" { format!("{new:?}") } else { new.clone() },
        );
        if let Ok(book) = RuleBook::from_toml(&text) {
            let Value { section, row, key, .. } = &value;
            assert_ne!(book.digest(), RuleBook::guide().digest(), "{section}.{row}.{key}: {old} to {new}");
            *count += 1;
        }
    }
    let never = changed.iter().filter(|(_, count)| **count == 0).map(|((section, key), _)| format!("{section} {key}"));
    // The next test changes these.
    let together = [
        "advice except",
        "conversions destination",
        "conversions pid",
        "evidence means",
        "licenses destination",
        "loads the id",
        "models family",
        "models series",
        "sources the id",
        "steps destination",
        "targets destination",
    ];
    assert_eq!(never.collect::<Vec<_>>(), together);
    assert!(changed.len() > 55, "only {} kinds of values", changed.len());
}

/// The guide with two texts in each other's place, wherever they stand.
fn swapped(one: &str, other: &str) -> String {
    let guide = guide();
    assert!(guide.contains(one) && guide.contains(other), "{one:?} and {other:?} in guide.toml");
    guide.replace(one, "\u{2038}").replace(other, one).replace('\u{2038}', other)
}

/// What cannot be changed in one row alone, because rows answer each other.
#[test]
fn changing_values_of_two_rows_together_changes_the_digest() {
    let pair = |prefix: &str, one: &str, other: &str| swapped(&format!("{prefix}{one}"), &format!("{prefix}{other}"));
    let guide = guide();
    for text in [
        edited(
            r#"local-data-lost-m2e = { says = "local-data-lost", direction = "mpp-to-enterprise", models = ["listed"]"#,
            r#"local-data-lost-m2e = { says = "local-data-lost", direction = "mpp-to-enterprise", models = ["listed"], except = ["7811"]"#,
        ),
        pair(r#"{ models = ["8851NR"], destination = "#, r#""webex-calling""#, r#""third-party""#),
        pair(r#"pid = "#, r#""3pcc""#, r#""other""#),
        swapped("outdated-mpp-on-3pcc =", "authorization-readable ="),
        pair("license-e2m-", "third-party-7800 =", "webex-calling-7800 ="),
        pair("load-", "third-party-78xx =", "webex-calling-78xx ="),
        guide.replace(
            r#"step-unified-cm-78xx = { destination = "unified-cm", load = "sip78xx.12-0-3MPP0001-87""#,
            r#"step-unified-cm-78xx = { destination = "third-party", load = "sip78xx.14-2-1-0101-26""#,
        ),
        guide.replace("sip78xx.12-0-3MPP0001-87", "sip78xx.12-0-3MPP0001-88"),
        guide.replace(r#"series = "7800""#, r#"series = "7801""#),
        guide.replace("\"S0\"", "\"S00\"").replace("\nS0 = ", "\nS00 = "),
    ] {
        assert_ne!(text, guide);
        assert_ne!(book(&text).digest(), RuleBook::guide().digest());
    }
}

#[test]
fn what_a_book_is_called_is_no_rule() {
    for text in [edited(r#"edition = "guide""#, r#"edition = "guides""#), edited("\nrevision = \"", "\nrevision = \"1")]
    {
        assert_eq!(book(&text).digest(), RuleBook::guide().digest());
    }
}

#[test]
fn a_row_more_or_less_changes_the_digest() {
    for text in [
        edited("E09 = { says = \"prints the upload steps twice\", sources = [\"S1\"] }\n", ""),
        edited("[errata]", "[errata]\nE10 = { says = \"more\", sources = [\"S1\"] }"),
        edited(", lasting = true", ""),
        edited(r#"vid = "V03-V24", "#, ""),
        edited(r#", follows = "the tag" }"#, r#", vid = "-V01", follows = "the tag" }"#),
    ] {
        assert_ne!(book(&text).digest(), RuleBook::guide().digest());
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Refused books
// ---------------------------------------------------------------------------------------------------------------------

const CONVERSION_KEYS: &str =
    "answer, pid, sources, disagreements, models, destination, direction, vid, running-at-least, target-at-least";

#[test]
fn an_unknown_key_is_refused() {
    let message = format!("unknown key; expected one of {CONVERSION_KEYS}");
    refused("e2m-7811 = { ", "e2m-7811 = { \u{2038}colour = 1, ", &[("conversions.e2m-7811.colour", &message)]);
    // Columns count characters.
    refused(
        "e2m-7811 = { ",
        "e2m-7811 = { \u{2038}\"\u{e4}\u{f6}\" = 1, \u{2038}x = 1, ",
        &[("conversions.e2m-7811.\u{e4}\u{f6}", &message), ("conversions.e2m-7811.x", &message)],
    );
    let sections = "schema, edition, revision, sources, models, single-firmware, conversions, gates, floors, loads, targets, steps, load-servers, \
                    licenses, evidence, advice, disagreements, errata";
    let message = format!("unknown key; expected one of {sections}");
    refused("[errata]", "[\u{2038}erata]", &[("erata", &message)]);
    refused("schema = 1", "schema = 1\n\u{2038}colour = 1", &[("colour", &message)]);
}

#[test]
fn a_missing_key_is_refused_at_its_row() {
    let message = "missing; expected a load family such as 78xx, 8832 or 8845_65";
    refused(r#"7821 = { family = "78xx", "#, "\u{2038}7821 = { ", &[("models.7821.family", message)]);
    let from = r#"server = "cloudupgrader.webex.com", sources = ["S1"]"#;
    let text = |sources: &str| {
        edited(from, &from.replace(r#", sources = ["S1"]"#, sources))
            .replace("load-server-webex", "\u{2038}load-server-webex")
    };
    for sources in ["", ", sources = []"] {
        let (places, text) = marks(&text(sources));
        let expected = format!(
            "line {}, column 1: load-servers.load-server-webex-calling.sources: missing; expected a list of at least one text",
            places[0].0
        );
        assert_eq!(problems(&text).iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }
}

#[test]
fn a_book_without_a_head_is_refused() {
    let found: Vec<_> = problems("").iter().map(ToString::to_string).collect();
    let missing = |key: &str, expected: &str| format!("line 1, column 1: {key}: missing; expected {expected}");
    assert_eq!(
        found,
        [missing("schema", "a whole number"), missing("edition", "a text"), missing("revision", "a text")]
    );
}

#[test]
fn a_value_of_the_wrong_type_is_refused() {
    for (value, found) in [
        ("7", "the number 7"),
        ("1.5", "the fraction 1.5"),
        ("true", "true"),
        ("2026-11-21", "the date 2026-11-21"),
        ("[]", "a list"),
        ("{}", "a table"),
        ("\" \"", "the text \" \""),
    ] {
        let to = format!("edition = \u{2038}{value}");
        refused(r#"edition = "guide""#, &to, &[("edition", &format!("found {found}; expected a text of one line"))]);
    }
    let message = "found the text \"yes\"; expected true or false";
    refused("lasting = true", "lasting = \u{2038}\"yes\"", &[("floors.target-v15-8800-audio.lasting", message)]);
    let message = "found the text \"ten\"; expected a whole number";
    refused("major = 10", "major = \u{2038}\"ten\"", &[("evidence.outdated-mpp-on-3pcc.major", message)]);
    let models = r#"e2m-7811 = { models = ["7811"]"#;
    let place = "conversions.e2m-7811.models";
    for (value, message) in [
        ("\u{2038}\"7811\"", "found the text \"7811\"; expected a list of texts"),
        ("[\u{2038}7811]", "found the number 7811; expected a text"),
        (
            "[\"7811\", \u{2038}\"7811X\"]",
            "found \"7811X\"; expected a model such as 8851NR, a series such as 88xx, or other",
        ),
    ] {
        refused(models, &format!("e2m-7811 = {{ models = {value}"), &[(place, message)]);
    }
}

#[test]
fn a_word_that_is_none_is_refused() {
    let message = "answer: none of the known words at character 1 of \"yes\"; expected one of convertible, excluded, series-excluded, \
                   not-listed, pid-not-listed";
    let from = r#"e2m-7811 = { models = ["7811"], direction = "enterprise-to-mpp", answer = "convertible""#;
    let to = from.replace("\"convertible\"", "\u{2038}\"yes\"");
    refused(from, &to, &[("conversions.e2m-7811.answer", message)]);
    let message = "release: no second number at character 4 of \"14.\"; expected a release such as 14.2(1)SR1, 12.0.3 or \
                   14-2-1-0101";
    refused(r#"minimum = "14.1(1)""#, "minimum = \u{2038}\"14.\"", &[("gates.start-webex-calling.minimum", message)]);
}

#[test]
fn a_row_speaks_of_one_destination_or_of_one_direction() {
    let expected = [("conversions.e2m-7811.destination", "expected either `destination` or `direction`")];
    let from = r#"e2m-7811 = { models = ["7811"], direction = "enterprise-to-mpp", "#;
    refused(from, "\u{2038}e2m-7811 = { models = [\"7811\"], ", &expected);
    refused(from, &format!("\u{2038}{from}destination = \"third-party\", "), &expected);
}

#[test]
fn a_reference_to_nothing_is_refused_where_it_stands() {
    let source = "unknown source \"S9\"; expected a row of section sources";
    let from = r#"vid = "V03-V24", sources = ["S1", "S2"], disagreements = ["D03"]"#;
    let to = from.replace("\"S2\"", "\u{2038}\"S9\"");
    refused(from, &to, &[("conversions.e2m-7821.sources", source)]);
    let to = from.replace("\"D03\"", "\u{2038}\"D99\"");
    let message = "unknown disagreement \"D99\"; expected a row of section disagreements";
    refused(from, &to, &[("conversions.e2m-7821.disagreements", message)]);
    let from = r#"load-third-party-78xx = { destination = "third-party", load = "sip78xx.12-0-3MPP0001-87""#;
    let to = from.replace("\"sip78xx.12-0-3MPP0001-87\"", "\u{2038}\"sip78xx.12-0-3MPP0001-88\"");
    let message = "unknown load \"sip78xx.12-0-3MPP0001-88\"; expected a row of section loads";
    refused(from, &to, &[("targets.load-third-party-78xx.load", message)]);
    let from = r#"sides = [{ says = "not eligible", sources = ["S1"] }"#;
    let to = "sides = [{ says = \"not eligible\", sources = [\u{2038}\"S9\"] }";
    refused(from, to, &[("disagreements.D01.sides.sources", source)]);
}

#[test]
fn two_rows_that_answer_one_question_are_refused() {
    let message = |mark: &str| {
        format!(
            "answers whether 7811 ({mark}) can be converted for third-party, as e2m-7811 does; expected one row (`remove = true` takes one away)"
        )
    };
    let row = |pid: &str| {
        format!(
            "x = {{ models = [\"7811\"], destination = \"third-party\", {pid}answer = \"excluded\", sources = [\"S1\"] }}"
        )
    };
    let to = format!("\n\u{2038}{}\nm2e-7811 = ", row("pid = \"3pcc\", "));
    refused("\nm2e-7811 = ", &to, &[("conversions.x", &message("3pcc"))]);
    // Two rows that meet at several questions are told once.
    let to = format!("\n\u{2038}{}\nm2e-7811 = ", row(""));
    refused("\nm2e-7811 = ", &to, &[("conversions.x", &message("3pcc"))]);

    for (next, section, row, message) in [
        (
            "\n\n# The load that is installed before",
            "targets",
            r#"x = { destination = "unified-cm", load = "sip78xx.14-2-1-0101-26", sources = ["S2"] }"#,
            "answers the load of 78xx for unified-cm, as load-unified-cm-78xx does; expected one row (`remove = true` takes one away)",
        ),
        (
            "\n[load-servers]",
            "steps",
            r#"x = { destination = "unified-cm", load = "sip78xx.12-0-3MPP0001-87", sources = ["S2"] }"#,
            "answers the load of 78xx to install before unified-cm, as step-unified-cm-78xx does; expected one row (`remove = true` takes one away)",
        ),
        (
            "\n\n# ---------------------------------------------------------------------------------------------------------------------\n# Loads, as the documents",
            "floors",
            r#"x = { models = ["8811", "8841", "8851", "8861"], firmware-type = "mpp", vid = "V15-", minimum = "11.3(6)", sources = ["S2"] }"#,
            "answers the MPP floor of the same hardware, as target-v15-8800-audio does; expected one row (`remove = true` takes one away)",
        ),
        (
            "\n[evidence]",
            "licenses",
            r#"x = { destination = "unified-cm", series = "7800", when = "given", need = "not-required", sources = ["S2"] }"#,
            "answers the license of 7800 for unified-cm (given), as license-m2e-authorized-7800 does; expected one row (`remove = true` takes one away)",
        ),
        (
            "\n[conversions]",
            "single-firmware",
            r#"x = { models = ["68xx"], runs = "mpp", sources = ["S2"] }"#,
            "answers what 68xx runs, as runs-only-mpp-68xx does; expected one row (`remove = true` takes one away)",
        ),
        (
            "\n[licenses]",
            "load-servers",
            r#"x = { destination = "webex-calling", server = "localhost", sources = ["S2"] }"#,
            "answers the load server for webex-calling, as load-server-webex-calling does; expected one row (`remove = true` takes one away)",
        ),
        (
            "\n[advice]",
            "evidence",
            r#"x = { means = "3pcc-load-contradicts", major = 11, sources = ["S2"] }"#,
            "answers what 3pcc-load-contradicts means, as outdated-mpp-on-3pcc does; expected one row (`remove = true` takes one away)",
        ),
    ] {
        refused(next, &format!("\n\u{2038}{row}{next}"), &[(&format!("{section}.x"), message)]);
    }
}

#[test]
fn two_rows_of_one_id_are_refused() {
    refused(
        "E01 = {",
        "\u{2038}e2m-7811 = {",
        &[("errata.e2m-7811", "a second row of this id; the other is in section conversions")],
    );
    refused("\n7821 = {", "\n\u{2038}7811 = {", &[("TOML", "duplicate key")]);
}

#[test]
fn an_empty_range_of_hardware_versions_is_refused() {
    const RIGHT: &str = "expected a range such as V03-V24, V04-, -V24 or V26-V26, or any";
    for (text, message) in [
        ("V24-V03", format!("V24 to V03 holds no hardware version; {RIGHT}")),
        ("-", format!("found \"-\"; {RIGHT}")),
        ("V03", format!("found \"V03\"; {RIGHT}")),
    ] {
        let to = format!("vid = \u{2038}{text:?}");
        refused(r#"vid = "V03-V24""#, &to, &[("conversions.e2m-7821.vid", &message)]);
    }
    let message = "VID: no letter V before the digits at character 1 of \"3\"; expected V and one to three digits, such as \
                   V03; in a range such as V03-V24, V04-, -V24 or V26-V26, or any";
    refused(r#"vid = "V03-V24""#, "vid = \u{2038}\"3-V24\"", &[("conversions.e2m-7821.vid", message)]);
}

#[test]
fn a_load_of_the_wrong_type_is_refused() {
    let from = r#"load-third-party-78xx = { destination = "third-party", load = "sip78xx.12-0-3MPP0001-87""#;
    let to = from.replace("\"sip78xx.12-0-3MPP0001-87\"", "\u{2038}\"sip78xx.14-2-1-0101-26\"");
    refused(
        from,
        &to,
        &[(
            "targets.load-third-party-78xx.load",
            "sip78xx.14-2-1-0101-26 is Enterprise firmware; third-party needs MPP firmware",
        )],
    );
}

#[test]
fn a_load_that_is_not_written_as_it_is_printed_is_refused() {
    let found = problems(&edited("\"sip78xx.12-0-3MPP0001-87\" = {", "\"SIP78xx.12-0-3MPP0001-87\" = {"));
    let message = "found \"SIP78xx.12-0-3MPP0001-87\"; expected it written sip78xx.12-0-3MPP0001-87";
    assert_eq!(found[0].message, message);
    let found = problems(&edited("\"sip78xx.12-0-3MPP0001-87\" = {", "\"12.0(3)\" = {"));
    let message = "load name: no load family at character 1 of \"12.0(3)\"; expected ";
    assert!(found[0].message.starts_with(message), "{}", found[0]);
}

#[test]
fn a_license_has_skus_and_a_file_if_it_is_bought_and_only_then() {
    let row = |need: &str| {
        let from =
            r#"need = "purchase", sku = "L-CP-E2M-78XX-CNV=", service-sku = "CON-SW-LCPE2M7N", file = "{MAC}.lic""#;
        let found = problems(&edited(from, need)).into_iter();
        let own = found.filter(|problem| problem.place.starts_with("licenses.license-e2m-third-party-7800."));
        own.map(|problem| problem.message).collect::<Vec<_>>()
    };
    let message = |need: &str, key: &str| format!("`need` is {need}; expected `{key}` with purchase and only there");
    let bought = r#"need = "purchase", service-sku = "B", file = "{MAC}.lic""#;
    assert_eq!(row(bought), [message("purchase", "sku")]);
    let nothing = ["sku", "service-sku", "file"].map(|key| message("purchase", key));
    assert_eq!(row(r#"need = "purchase""#), nothing);
    assert_eq!(row(r#"need = "not-required", service-sku = "B""#), [message("not-required", "service-sku")]);
    let shared = r#"need = "purchase", sku = "A", service-sku = "B", file = "license.lic""#;
    assert_eq!(row(shared), ["expected {MAC} in the name: every phone has its own file"]);
    assert_eq!(
        row(r#"need = "unknown""#),
        ["a rule book knows the need; expected unknown with `when = \"other\"` only"]
    );
}

#[test]
fn another_schema_or_revision_is_refused() {
    refused("schema = 1", "schema = \u{2038}2", &[("schema", "found 2; this version reads 1")]);
    refused("schema = 1", "schema = \u{2038}\"1\"", &[("schema", "found the text \"1\"; expected a whole number")]);
    let message = "found \"2026.11\": unexpected end of input while parsing minor version number; expected a version such as \
                   2026.11.0";
    let revision = format!("revision = \"{}\"", RuleBook::guide().revision());
    refused(&revision, "revision = \u{2038}\"2026.11\"", &[("revision", message)]);
}

#[test]
fn what_is_no_toml_is_refused_where_it_goes_wrong() {
    refused("[models]", "[models\u{2038}", &[("TOML", "unclosed table, expected `]`")]);
    let found = problems("schema = 1\nedition = guide\nrevision = \"2026.11.0\"\nmodels = }\n");
    assert!(found.iter().all(|problem| problem.place == "TOML"), "{found:?}");
    assert_eq!((found[0].line, found[0].column), (2, 11));
    assert_eq!(found.last().map(|problem| problem.line), Some(4), "a mistake hides another: {found:?}");
}

#[test]
fn what_is_too_long_or_too_deep_is_refused() {
    let long = format!("{}{}", guide(), "# a comment\n".repeat(100_000));
    let found = problems(&long);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, format!("{} bytes; expected at most 1048576", long.len()));
    for bracket in ["[", "{ a = ", "a.", "[["] {
        problems(&format!("a = {}", bracket.repeat(20_000)));
        problems(&bracket.repeat(20_000));
    }
}

#[test]
fn several_problems_are_all_reported_at_once_in_the_order_of_the_text() {
    let text = edited("e2m-7811 = { ", "e2m-7811 = { \u{2038}colour = 1, ")
        .replace("E08 = { says = \"load names are machine-translated\", ", "\u{2038}E08 = { ")
        .replace("schema = 1", "schema = \u{2038}7")
        .replace(
            r#"on = "start", destination = "third-party""#,
            "on = \u{2038}\"begin\", destination = \"third-party\"",
        )
        .replace("E05 = {", "E10 = { sources = [\"S0\", \u{2038}\"S7\"], says = \"x\" }\nE05 = {");
    let (places, text) = marks(&text);
    let found: Vec<_> = problems(&text).iter().map(|problem| (problem.line, problem.column)).collect();
    assert_eq!(found, places);
    assert_eq!(places.len(), 5);
}

// ---------------------------------------------------------------------------------------------------------------------
// Damaged books
// ---------------------------------------------------------------------------------------------------------------------

/// One thing that can happen to a file.
#[derive(Debug, Clone)]
enum Damage {
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, String),
    /// Two lines change places.
    Swap(prop::sample::Index, prop::sample::Index),
    /// A line stands twice.
    Repeat(prop::sample::Index),
    /// A quoted text stands where another stood.
    Quote(prop::sample::Index, prop::sample::Index),
    Truncate(prop::sample::Index),
}

fn damages() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    let snippets = [
        "\"",
        "'",
        "'''",
        "[",
        "]",
        "{",
        "}",
        "=",
        ",",
        "\n",
        "#",
        "\\u",
        "x = 1",
        "1979-05-27",
        "\u{e4}",
        "\u{feff}",
        "\0",
    ];
    let inserted = prop_oneof![prop::sample::select(snippets.to_vec()).prop_map(str::to_owned), "\\PC{1,8}"];
    prop_oneof![
        3 => (at(), 1..40_usize).prop_map(|(at, len)| Damage::Delete(at, len)),
        3 => (at(), inserted).prop_map(|(at, text)| Damage::Insert(at, text)),
        2 => (at(), at()).prop_map(|(one, other)| Damage::Swap(one, other)),
        1 => at().prop_map(Damage::Repeat),
        6 => (at(), at()).prop_map(|(one, other)| Damage::Quote(one, other)),
        1 => at().prop_map(Damage::Truncate),
    ]
}

fn damaged(text: &str, damage: &Damage) -> String {
    let place = |index: &prop::sample::Index| {
        let at = index.index(text.len() + 1);
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let mut lines: Vec<&str> = text.split('\n').collect();
    match damage {
        Damage::Delete(at, len) => {
            let (before, after) = text.split_at(place(at));
            before.chars().chain(after.chars().skip(*len)).collect()
        }
        Damage::Insert(at, inserted) => {
            let (before, after) = text.split_at(place(at));
            format!("{before}{inserted}{after}")
        }
        Damage::Swap(one, other) => {
            let count = lines.len();
            lines.swap(one.index(count), other.index(count));
            lines.join("\n")
        }
        Damage::Repeat(line) => {
            let line = line.index(lines.len());
            lines.insert(line, lines[line]);
            lines.join("\n")
        }
        Damage::Quote(one, other) => {
            let mut parts: Vec<&str> = text.split('"').collect();
            let quoted = parts.len() / 2;
            if quoted > 0 {
                parts[one.index(quoted) * 2 + 1] = parts[other.index(quoted) * 2 + 1];
            }
            parts.join("\"")
        }
        Damage::Truncate(at) => text[..place(at)].to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_book_is_refused_with_a_place_or_answers_without_panic(
        damages in prop::collection::vec(damages(), 1..4), (phone, _) in generate::questions()
    ) {
        let text = damages.iter().fold(guide(), |text, damage| damaged(&text, damage));
        match RuleBook::from_toml(&text) {
            Ok(book) => {
                let phone = phone.phone();
                for destination in Destination::ALL {
                    let answer = book.assess(&phone, *destination);
                    prop_assert!(!answer.to_json().is_empty() && !answer.to_string().is_empty());
                }
                prop_assert_eq!(book.digest().len(), 64);
            }
            Err(error) => {
                prop_assert!(!error.problems().is_empty());
                let places = error.problems().iter().map(|problem| (problem.line, problem.column));
                prop_assert!(places.is_sorted(), "{}", error);
                let lines: Vec<&str> = text.split('\n').collect();
                for problem in error.problems() {
                    let line = lines.get(problem.line.wrapping_sub(1)).copied();
                    let is_inside = line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&problem.column));
                    prop_assert!(is_inside, "{}", problem);
                    prop_assert!(!problem.place.is_empty() && !problem.message.is_empty(), "{:?}", problem);
                }
            }
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// What a broken row must not do to the others, and what was accepted once.
// ---------------------------------------------------------------------------------------------------------------------

/// Exactly so many problems.
#[track_caller]
fn counted(text: &str, count: usize) {
    let found = problems(text);
    let some: Vec<_> = found.iter().take(5).map(ToString::to_string).collect();
    assert_eq!(found.len(), count, "{some:#?}");
}

#[test]
fn a_problem_in_a_source_is_one_problem() {
    let from = "S2 = { title = \"Cisco guide c07-742786: convert between Enterprise and Multiplatform firmware, 7800 and 8800 series\"";
    counted(&edited(from, "S2 = { title = 7"), 1);
}

#[test]
fn a_problem_in_a_disagreement_is_one_problem() {
    counted(&edited(r#"follows = "ineligible" }"#, "follows = 7 }"), 1);
}

#[test]
fn a_problem_in_a_license_is_one_problem() {
    counted(&edited(r#"sku = "L-CP-E2M-78XX-CNV=", "#, ""), 1);
}

#[test]
fn everything_that_is_wrong_with_a_row_is_reported_at_once() {
    counted(&edited(r#"7821 = { family = "78xx", series = "7800", "#, "7821 = { family = \"nope\", series = 7, "), 2);
}

#[test]
fn a_problem_in_the_head_hides_no_other() {
    let text = edited(r#"edition = "guide""#, "edition = 7");
    counted(&text.replace("E01 = {", "E10 = { sources = [\"S7\"], says = \"x\" }\nE01 = {"), 2);
}

#[test]
fn an_exception_of_a_model_that_is_not_listed_is_refused() {
    let from = r#"start-unified-cm = { on = "start", destination = "unified-cm", models = ["listed"], except = ["8832", "8832NR"]"#;
    counted(&edited(from, &from.replace("\"8832\"", "\"8823\"")), 1);
}

#[test]
fn the_id_of_a_disagreement_is_taken_too() {
    counted(&edited("E01 = {", "D01 = {"), 1);
}

#[test]
fn a_series_is_no_model_with_a_load() {
    counted(
        &edited("\n7811 = {", "\nother = { family = \"78xx\", series = \"7800\", sources = [\"S2\"] }\n7811 = {"),
        1,
    );
}

#[test]
fn the_place_names_section_row_and_key() {
    let text = edited("E01 = {", "E10 = { sources = [\"S7\"], says = \"x\" }\nE01 = {");
    assert_eq!(problems(&text)[0].place, "errata.E10.sources");
}
