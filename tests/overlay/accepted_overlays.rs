//! What an overlay can do: one that is accepted for each thing.

use crate::laws_of_overlays::same_answers;
use crate::refused_overlays::problems;
use crate::{acme, gates, laid, license, own_load, says, turns, verdict};
use crossgrade::Destination::{ThirdParty, UnifiedCm, WebexCalling};
use crossgrade::{Code, Date, LicenseNeed, Phone, RuleBook, Verdict};
use crossgrade_tests::overlays::generated;

#[test]
fn a_model_can_be_added() {
    let rows = r#"
[amendments.acme-1.models]
8871 = { family = "88xx", series = "8800" }
[amendments.acme-1.conversions]
e2m-8871 = { models = ["8871"], direction = "enterprise-to-mpp", answer = "convertible", vid = "V02-", relax = true, reason = "case 1" }
"#;
    let phone = Phone::new("CP-8871-K9=").vid("V02");
    let ask = |book: &RuleBook| {
        let license = license(book, &phone, ThirdParty).and_then(|(_, sku)| sku);
        (verdict(book, &phone, ThirdParty), own_load(book, &phone, ThirdParty), license)
    };
    let text = |text: &str| Some(text.to_owned());
    let is = (Verdict::Eligible, text("sip88xx.12-0-3MPP0001-87"), text("L-CP-E2M-88XX-CNV="));
    turns(RuleBook::guide(), rows, ask, (Verdict::Unknown, None, None), is);
}

/// Specification 1: overlays may add models and families.
#[test]
fn a_family_can_be_added() {
    let rows = r#"
[amendments.acme-1.models]
8848 = { family = "8848", series = "8800" }
[amendments.acme-1.loads]
"sip8848.14-2-1-0101-1" = {}
"sip8848.12-0-3MPP0001-2" = {}
[amendments.acme-1.targets]
load-third-party-8848 = { destination = "third-party", load = "sip8848.12-0-3MPP0001-2" }
[amendments.acme-1.conversions]
e2m-8848 = { models = ["8848"], direction = "enterprise-to-mpp", answer = "convertible", relax = true, reason = "case 1" }
"#;
    let phone = Phone::new("CP-8848-K9=").vid("V01").load("sip8848.14-2-1-0101-1");
    let ask = |book: &RuleBook| (verdict(book, &phone, ThirdParty), own_load(book, &phone, ThirdParty));
    let is = (Verdict::Eligible, Some("sip8848.12-0-3MPP0001-2".to_owned()));
    turns(RuleBook::guide(), rows, ask, (Verdict::Unknown, None), is);
}

#[test]
fn a_range_of_hardware_versions_can_be_widened_and_narrowed() {
    let guide = RuleBook::guide();
    let (old, new) = (Phone::new("CP-7821-K9=").vid("V02"), Phone::new("CP-7821-K9=").vid("V24"));
    let ask = |book: &RuleBook| [verdict(book, &old, ThirdParty), verdict(book, &new, ThirdParty)];
    let was = [Verdict::Ineligible, Verdict::Eligible];
    let wide = r#"[amendments.acme-1.conversions]
e2m-7821 = { vid = "V02-V24", relax = true, reason = "case 1" }"#;
    turns(guide, wide, ask, was, [Verdict::Eligible, Verdict::Eligible]);
    let narrow = "[amendments.acme-1.conversions]\ne2m-7821 = { vid = \"V03-V20\" }";
    turns(guide, narrow, ask, was, [Verdict::Ineligible, Verdict::Ineligible]);
}

#[test]
fn a_load_can_be_replaced() {
    let rows = r#"
[amendments.acme-1.loads]
"sip78xx.12-0-4MPP0001-9" = {}
[amendments.acme-1.targets]
load-third-party-78xx = { load = "sip78xx.12-0-4MPP0001-9" }
"#;
    let phone = Phone::new("CP-7811-K9=");
    let load = |text: &str| Some(text.to_owned());
    let (was, is) = (load("sip78xx.12-0-3MPP0001-87"), load("sip78xx.12-0-4MPP0001-9"));
    turns(RuleBook::guide(), rows, |book| own_load(book, &phone, ThirdParty), was, is);
}

#[test]
fn a_gate_can_be_raised_lowered_and_added() {
    let guide = RuleBook::guide();
    let phone = Phone::new("CP-7811-K9=").load("sip78xx.14-1-1-0211-134");
    let ask = |book: &RuleBook| gates(book, &phone, WebexCalling);
    let raised = "[amendments.acme-1.gates]\nstart-webex-calling = { minimum = \"14.2(1)\" }";
    turns(guide, raised, ask, "start 14.1(1) met".to_owned(), "start 14.2(1) unmet".to_owned());
    let added = r#"[amendments.acme-1.gates]
target-webex-calling = { on = "target", destination = "webex-calling", models = ["78xx"], minimum = "11.3(6)" }"#;
    turns(guide, added, ask, "start 14.1(1) met".to_owned(), "start 14.1(1) met, target 11.3(6) met".to_owned());

    let phone = Phone::new("CP-7811-K9=").load("sip78xx.14-2-1-0001-14");
    let ask = |book: &RuleBook| gates(book, &phone, ThirdParty);
    let lowered = r#"[amendments.acme-1.gates]
start-third-party = { minimum = "14.2(1)", relax = true, reason = "case 1" }"#;
    let (was, is) = ("start 14.2(1)SR1 unmet, target 12.0(3) met", "start 14.2(1) met, target 12.0(3) met");
    turns(guide, lowered, ask, was.to_owned(), is.to_owned());
}

#[test]
fn a_source_can_be_added_and_cited() {
    let rows = r#"[sources.BU]
title = "Release notes of MPP 12.0(8)"
section = "upgrade"
language = "en"
read = 2026-11-19
[amendments.acme-1.gates]
start-third-party = { sources = ["BU", "S2"] }
"#;
    let phone = Phone::new("CP-7811-K9=");
    let ask = |book: &RuleBook| {
        let answer = book.assess(&phone, ThirdParty);
        let gate = answer.gates().find(|gate| gate.rule() == "start-third-party").expect("a gate");
        gate.sources().map(str::to_owned).collect::<Vec<_>>()
    };
    turns(RuleBook::guide(), rows, ask, vec!["S2".to_owned()], vec!["BU".to_owned(), "S2".to_owned()]);
}

/// The rules that cite it stay, and so do their answers: only the book says that the source was replaced.
#[test]
fn a_source_can_be_marked_as_superseded() {
    let rows = r#"[sources.S2-2027]
title = "Cisco guide c07-742786, edition of 2027"
section = "tables 1 to 6"
language = "en"
read = 2026-11-19
[sources.S2]
superseded-by = "S2-2027"
"#;
    let successor = |book: &RuleBook| {
        let mut sources = book.sources();
        let source = sources.find(|row| row.origin.id == "S2").expect("S2");
        (source.title.to_string(), source.superseded_by.as_ref().map(ToString::to_string))
    };
    let title = successor(RuleBook::guide()).0;
    turns(RuleBook::guide(), rows, successor, (title.clone(), None), (title, Some("S2-2027".to_owned())));
    same_answers(&laid(RuleBook::guide(), rows), RuleBook::guide(), &generated(200));
}

#[test]
fn a_yes_can_be_taken_away_or_turned_into_a_no() {
    let phone = Phone::new("CP-8841-K9=");
    let ask = |book: &RuleBook| verdict(book, &phone, ThirdParty);
    let removed = "[amendments.acme-1.conversions]\ne2m-8841 = { remove = true }";
    turns(RuleBook::guide(), removed, ask, Verdict::Eligible, Verdict::Unknown);
    let excluded = "[amendments.acme-1.conversions]\ne2m-8841 = { answer = \"excluded\" }";
    turns(RuleBook::guide(), excluded, ask, Verdict::Eligible, Verdict::Ineligible);
}

#[test]
fn a_condition_can_be_added() {
    let rows = r#"[amendments.acme-1.conversions]
e2m-8841 = { running-at-least = "14.2(1)SR1", target-at-least = "12.0(3)" }"#;
    let old = Phone::new("CP-8841-K9=").load("sip88xx.14-1-1-0211-134");
    let (new, open) = (Phone::new("CP-8841-K9=").load("sip88xx.14-2-1-0101-26"), Phone::new("CP-8841-K9="));
    let ask = |book: &RuleBook| [&old, &new, &open].map(|phone| verdict(book, phone, ThirdParty));
    let is = [Verdict::Ineligible, Verdict::Eligible, Verdict::Unknown];
    turns(RuleBook::guide(), rows, ask, [Verdict::Eligible; 3], is);
}

#[test]
fn a_license_can_be_replaced_and_required() {
    let phone = Phone::new("CP-7811-K9=");
    let bought = |sku: &str| Some((LicenseNeed::Purchase, Some(sku.to_owned())));
    let sku = "[amendments.acme-1.licenses]\nlicense-e2m-third-party-7800 = { sku = \"L-NEW=\" }";
    let ask = |book: &RuleBook| license(book, &phone, ThirdParty);
    turns(RuleBook::guide(), sku, ask, bought("L-CP-E2M-78XX-CNV="), bought("L-NEW="));
    let need = r#"[amendments.acme-1.licenses]
license-e2m-webex-calling-7800 = { need = "purchase", sku = "L-W=", service-sku = "C-W", file = "{MAC}.lic" }"#;
    let ask = |book: &RuleBook| license(book, &phone, WebexCalling);
    turns(RuleBook::guide(), need, ask, Some((LicenseNeed::IssuedByControlHub, None)), bought("L-W="));
}

#[test]
fn advice_a_load_server_and_what_evidence_is_worth_can_be_changed() {
    let guide = RuleBook::guide();
    let phone = Phone::new("CP-8841-K9=").vid("V01");
    let advice = r#"[amendments.acme-1.advice]
slow-8841 = { says = "degraded-performance", destination = "third-party", models = ["8841"], vid = "-V10" }"#;
    turns(guide, advice, |book| says(book, &phone, ThirdParty, Code::CG403), false, true);

    let server = "[amendments.acme-1.load-servers]\nload-server-webex-calling = { server = \"loads.example.com\" }";
    let ask = |book: &RuleBook| {
        let answer = book.assess(&phone, WebexCalling);
        answer.firmware().and_then(|firmware| firmware.load_server()).map(str::to_owned)
    };
    let server_of = |name: &str| Some(name.to_owned());
    turns(guide, server, ask, server_of("cloudupgrader.webex.com"), server_of("loads.example.com"));

    let returning = Phone::new("CP-8841-K9=").load("sip88xx.12-0-3MPP0001-87").authorization("Classic");
    let evidence = "[amendments.acme-1.evidence]\nauthorization-readable = { release = \"12.0(4)\" }";
    let ask = |book: &RuleBook| license(book, &returning, UnifiedCm).map(|(need, _)| need);
    turns(guide, evidence, ask, Some(LicenseNeed::NotRequired), Some(LicenseNeed::Unknown));
}

#[test]
fn hardware_of_one_firmware_can_be_added() {
    let rows = "[amendments.acme-1.single-firmware]\nruns-only-mpp-8871 = { models = [\"8871\"], runs = \"mpp\", relax = true, reason = \"TAC\" }";
    let phone = Phone::new("CP-8871-K9=");
    let ask = |book: &RuleBook| [WebexCalling, UnifiedCm].map(|destination| verdict(book, &phone, destination));
    turns(RuleBook::guide(), rows, ask, [Verdict::Unknown; 2], [Verdict::NotNeeded, Verdict::Ineligible]);
}

#[test]
fn a_disagreement_can_be_settled_and_an_error_reported() {
    let rows = r#"
[amendments.acme-1.disagreements]
D03 = { follows = "what TAC said" }
[amendments.acme-1.errata]
E90 = { says = "prints V24 for V26" }
"#;
    let follows = |book: &RuleBook| {
        let mut rows = book.disagreements();
        let row = rows.find(|row| row.origin.id == "D03").expect("D03");
        (row.follows.to_string(), row.sides.len(), book.errata().count())
    };
    let is = ("what TAC said".to_owned(), 2, 10);
    turns(RuleBook::guide(), rows, follows, ("ineligible".to_owned(), 2, 9), is);
}

/// A row that changes another says only what changes, and from then on where that comes from.
#[test]
fn a_changed_row_keeps_what_is_not_named_and_tells_its_amendment() {
    let rows = r#"
[amendments.acme-2]
date = 2026-11-20
sources = ["S1", "TAC-acme"]
confidence = "low"
says = "more of the case"
[amendments.acme-2.conversions]
e2m-7821 = { vid = "V02-V24", confidence = "medium", relax = true, reason = "the case says so" }
[amendments.acme-1.conversions]
e2m-7841 = { vid = "V05-", sources = ["S2"] }
"#;
    let book = laid(RuleBook::guide(), rows);
    let row = |id: &str| book.row(id).expect("a row").fields().into_iter().map(|(key, value)| format!("{key}={value}"));
    let expected = [
        "models=7821",
        "destinations=third-party, webex-calling",
        "answer=convertible",
        "vid=V02-V24",
        "sources=S1, TAC-acme",
        "disagreements=D03",
        "amendment=acme-2",
        "date=2026-11-20",
        "confidence=medium",
        "reason=the case says so",
    ];
    assert_eq!(row("e2m-7821").collect::<Vec<_>>(), expected);
    let expected = [
        "models=7841",
        "destinations=third-party, webex-calling",
        "answer=convertible",
        "vid=V05-",
        "sources=S2",
        "amendment=acme-1",
        "confidence=high",
    ];
    assert_eq!(row("e2m-7841").collect::<Vec<_>>(), expected);
    assert_eq!(book.amendments().map(|row| &*row.origin.id).collect::<Vec<_>>(), ["acme-1", "acme-2"]);
    assert_eq!(book.as_of(), Date::new(2026, 11, 20));
}

/// Amendments hold in the order of their dates, those without a date first.
#[test]
fn of_two_amendments_the_later_date_wins_wherever_it_stands() {
    let amendment = |id: &str, date: &str, minimum: &str| {
        format!(
            "[amendments.{id}]\ndate = {date}\nsources = [\"S1\"]\nconfidence = \"low\"\nsays = \"a gate\"\n\
             [amendments.{id}.gates]\nstart-webex-calling = {{ minimum = {minimum:?} }}\n"
        )
    };
    let (one, two) = (amendment("one", "2026-01-01", "14.2(1)"), amendment("two", "2026-02-01", "14.2(1)SR1"));
    let books = [format!("{one}{two}"), format!("{two}{one}")].map(|rows| laid(RuleBook::guide(), &rows));
    for book in &books {
        let row = book.gates().find(|row| row.origin.id == "start-webex-calling").expect("a gate");
        assert_eq!(row.minimum.to_string(), "14.2(1)SR1");
        assert_eq!(book.as_of(), Date::new(2026, 2, 1));
    }
    assert_eq!(books[0].digest(), books[1].digest());
}

#[test]
fn an_overlay_may_name_its_base_by_digest_and_lie_over_another() {
    let guide = RuleBook::guide();
    let by_digest = format!(
        "schema = 1\noverlay = \"zeta\"\nversion = \"2.1.0\"\nbase = {{ digest = \"{}\" }}\n\
         [amendments.zeta-1]\nsources = [\"S1\"]\nconfidence = \"low\"\nsays = \"a gate\"\n\
         [amendments.zeta-1.gates]\nstart-webex-calling = {{ minimum = \"14.2(1)\" }}\n",
        guide.digest()
    );
    let zeta = guide.overlay(&by_digest).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(zeta.edition(), "guide + zeta 2.1.0");
    let both = laid(&zeta, "[amendments.acme-1.conversions]\ne2m-8841 = { remove = true }");
    assert_eq!(both.edition(), "guide + zeta 2.1.0 + acme 1.0.0");
    let phone = Phone::new("CP-8841-K9=");
    let verdicts = [guide, &zeta, &both].map(|book| verdict(book, &phone, WebexCalling));
    assert_eq!(verdicts, [Verdict::Eligible, Verdict::Eligible, Verdict::Unknown]);
    let gate = |book: &RuleBook| gates(book, &Phone::new("CP-7811-K9="), WebexCalling);
    let expected = ["start 14.1(1) unknown", "start 14.2(1) unknown", "start 14.2(1) unknown"];
    assert_eq!([guide, &zeta, &both].map(gate), expected);
    // The digest is that of the book that the overlay is laid over, and not of one below.
    let found = problems(&both, &by_digest);
    let message = format!("written for {}; the digest of this book is {}", guide.digest(), both.digest());
    assert_eq!((&*found[0].place, &found[0].message), ("base.digest", &message));
}

#[test]
fn check_lays_an_overlay_over_the_book_that_it_names() {
    let rows = "[amendments.acme-1.gates]\nstart-webex-calling = { minimum = \"14.2(1)\" }";
    for base in [RuleBook::guide(), RuleBook::field()] {
        let text = acme(base, rows);
        let checked = RuleBook::check(&text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(checked.digest(), laid(base, rows).digest());
        let broken = text.replace("14.2(1)", "14.");
        assert_eq!(RuleBook::check(&broken).unwrap_err(), base.overlay(&broken).unwrap_err());
    }
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/guide.toml"));
    let checked = RuleBook::check(&guide.expect("guide.toml")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((checked.edition(), checked.digest()), ("guide", RuleBook::guide().digest()));
}
