//! The laws of a decision (specification 2.1), over generated phones and questions, in `guide` and in `field` at every
//! date: a law holds in every rule book.
//!
//! `tests/src/generate.rs` says what is generated. A failing case is printed in its smallest form and kept in
//! `tests/regressions/laws.txt`, so that it is tried first from then on.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crossgrade::audit::ResultColumn;
use crossgrade::rulebook::rows::{Answer, Confidence, FloorRow, LicenseNeed, PidMark, Stage};
use crossgrade::{
    Assessment, Code, Destination, Direction, Effect, Evidence, Field, FirmwareType, FleetRow, GateStatus, Phone,
    Release, Request, RuleBook, Verdict,
};
use crossgrade_tests::arrow_tables::result_columns;
use crossgrade_tests::corpus_cases::PhoneTexts;
use crossgrade_tests::generate::{self, field, models, phones_of, questions, requests_for};
use crossgrade_tests::law::{config, verdict_by_effects};
use crossgrade_tests::respell::{self, Choices};
use crossgrade_tests::said_fields;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Cases that failed once.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/laws.txt");

fn json(book: &RuleBook, phone: &PhoneTexts, request: &Request) -> String {
    book.assess_request(&phone.phone(), request).to_json()
}

fn verdict(book: &RuleBook, phone: &PhoneTexts, request: &Request) -> Verdict {
    book.assess_request(&phone.phone(), request).verdict()
}

/// The embedded books: `guide` and `field` as often as all other days together.
fn books() -> impl Strategy<Value = &'static RuleBook> {
    let before_all = "0001-01-01".parse().expect("a day");
    let days = std::iter::once(before_all).chain(RuleBook::field_dates());
    let dated: Vec<_> = days.map(RuleBook::field_as_of).collect();
    prop_oneof![Just(RuleBook::guide()), Just(RuleBook::field()), select(dated)]
}

fn texts<T: ToString>(things: impl IntoIterator<Item = T>) -> Vec<String> {
    things.into_iter().map(|thing| thing.to_string()).collect()
}

/// What each CG311 is about, and whether there is a CG304.
fn contradictions(answer: &Assessment<'_>) -> BTreeSet<(Code, &'static [Field])> {
    let findings = answer.findings().filter(|finding| matches!(finding.code(), Code::CG304 | Code::CG311));
    findings.map(|finding| (finding.code(), finding.evidence())).collect()
}

/// A turn that no further evidence may bring about.
fn is_opposite(was: Verdict, is: Verdict) -> bool {
    matches!(
        (was, is),
        (Verdict::Eligible, Verdict::Ineligible)
            | (Verdict::Ineligible, Verdict::Eligible)
            | (Verdict::NotNeeded, Verdict::Eligible | Verdict::Ineligible)
    )
}

/// The fields that can be filled: a law about a missing PID would be another one.
const FILLABLE: &[&str] = &["vid", "mac", "serial", "load", "release", "firmware_type", "authorization"];

/// A phone in which one of these fields is absent, the same with that field filled, which field, and a question.
fn filled(names: &'static [&'static str]) -> BoxedStrategy<(PhoneTexts, PhoneTexts, &'static str, Request)> {
    let two = models().prop_flat_map(|model| (phones_of(model), phones_of(model), requests_for(model)));
    let filled = (two, select(names)).prop_filter_map("no text", |((mut before, mut other, request), name)| {
        let value = field(&mut other, name).take()?;
        *field(&mut before, name) = None;
        let mut after = before.clone();
        *field(&mut after, name) = Some(value);
        Some((before, after, name, request))
    });
    filled.boxed()
}

proptest! {
    #![proptest_config(config(4000, KEPT))]

    /// Law 1.
    #[test]
    fn filling_an_absent_field_never_turns_one_answer_into_its_opposite(book in books(), (before, after, name, request) in filled(FILLABLE)) {
        let (was, is) = (verdict(book, &before, &request), verdict(book, &after, &request));
        prop_assert!(!is_opposite(was, is), "{} turned {} into {}", name, was, is);
    }

    /// Law 1 for a text that could not be read, which is missing evidence too.
    #[test]
    fn correcting_an_unreadable_field_never_turns_one_answer_into_its_opposite(
        book in books(), (before, after, name, request) in filled(FILLABLE), text in "[#?!]{1,3}( MPP)?"
    ) {
        let mut before = before;
        *field(&mut before, name) = Some(text);
        let (was, is) = (verdict(book, &before, &request), verdict(book, &after, &request));
        prop_assert!(!is_opposite(was, is), "{} turned {} into {}", name, was, is);
    }

    /// Law 1: a contradiction leads only to unknown. One of the MAC decides nothing at all, and in `guide` one of the
    /// release neither, so there only the type may that a load brings along, or that is said itself.
    #[test]
    fn a_contradiction_leads_only_to_unknown(book in books(), (before, after, name, request) in filled(FILLABLE)) {
        let (old_phone, new_phone) = (before.phone(), after.phone());
        let old = book.assess_request(&old_phone, &request);
        let new = book.assess_request(&new_phone, &request);
        let told_before = contradictions(&old);
        for (code, about) in contradictions(&new).difference(&told_before) {
            let brings_a_type = matches!(name, "load" | "firmware_type") && code == &Code::CG311 && about.contains(&Field::Release);
            if !brings_a_type {
                let (was, is) = (old.verdict(), new.verdict());
                prop_assert!(is == was || is == Verdict::Unknown, "{} {:?} turned {} into {}", code, about, was, is);
            }
            let is_guide = book.digest() == RuleBook::guide().digest();
            if is_guide && about.contains(&Field::Release) && name == "release" || about.contains(&Field::Mac) {
                prop_assert_eq!(old.verdict(), new.verdict());
            }
        }
    }

    /// Law 1, for the fields that no rule depends on.
    #[test]
    fn a_mac_serial_or_authorization_never_changes_a_verdict(
        book in books(), (before, after, _, request) in filled(&["mac", "serial", "authorization"])
    ) {
        prop_assert_eq!(verdict(book, &before, &request), verdict(book, &after, &request));
    }

    /// The same for a release in `guide`. One that cannot be read may hint at MPP.
    #[test]
    fn a_release_never_changes_a_verdict_of_the_guide((before, after, _, request) in filled(&["release"])) {
        if after.phone().release_evidence().unreadable().is_none() {
            let guide = RuleBook::guide();
            prop_assert_eq!(verdict(guide, &before, &request), verdict(guide, &after, &request));
        }
    }
}

/// The same phone spelled otherwise, where a field is readable.
fn respelled(phone: &PhoneTexts, choices: &mut Choices<'_>) -> PhoneTexts {
    let mut other = phone.clone();
    let read = phone.phone();
    let mut respell = |is_read: bool, name: &str, spell: fn(&str, &mut Choices<'_>) -> String| {
        if let Some(text) = field(&mut other, name).as_mut().filter(|_| is_read) {
            *text = spell(text, choices);
        }
    };
    respell(matches!(read.product(), Evidence::Known(_)), "pid", respell::product);
    respell(matches!(read.vid_evidence(), Evidence::Known(_)), "vid", respell::vid);
    respell(matches!(read.mac_evidence(), Evidence::Known(_)), "mac", respell::mac);
    respell(matches!(read.serial_evidence(), Evidence::Known(_)), "serial", respell::word);
    respell(matches!(read.load_evidence(), Evidence::Known(_)), "load", respell::load);
    respell(matches!(read.release_evidence(), Evidence::Known(_)), "release", respell::word);
    respell(matches!(read.firmware_type_evidence(), Evidence::Known(_)), "firmware_type", respell::word);
    respell(matches!(read.authorization_evidence(), Evidence::Known(_)), "authorization", respell::word);
    other
}

/// Everything but the messages, which quote texts that cannot be read.
fn without_messages(json: &str) -> serde_json::Value {
    let mut answer: serde_json::Value = serde_json::from_str(json).expect("JSON");
    for finding in answer["findings"].as_array_mut().expect("findings") {
        finding["message"] = serde_json::Value::Null;
    }
    answer
}

proptest! {
    #![proptest_config(config(4000, KEPT))]

    /// Law 2.
    #[test]
    fn spelling_changes_nothing(
        book in books(), (phone, request) in questions(), bytes in any::<[u8; 32]>(), used in 0..=32_usize
    ) {
        let other = respelled(&phone, &mut Choices::new(&bytes[..used]));
        prop_assert_eq!(json(book, &phone, &request), json(book, &other, &request), "respelled {:?}", other);
    }

    /// Law 2, for texts that cannot be read: nothing changes but the text that is kept.
    #[test]
    fn spelling_of_an_unreadable_text_changes_nothing_but_its_quotation(
        book in books(), (phone, request) in questions(), bytes in any::<[u8; 32]>(), used in 0..=32_usize
    ) {
        let choices = &mut Choices::new(&bytes[..used]);
        let mut other = phone.clone();
        let read = phone.phone();
        let unreadable = [
            ("pid", read.product().unreadable()),
            ("vid", read.vid_evidence().unreadable()),
            ("mac", read.mac_evidence().unreadable()),
            ("serial", read.serial_evidence().unreadable()),
            ("load", read.load_evidence().unreadable()),
            ("release", read.release_evidence().unreadable()),
            ("firmware_type", read.firmware_type_evidence().unreadable()),
            ("authorization", read.authorization_evidence().unreadable()),
        ];
        for (name, text) in unreadable {
            if let Some(text) = text {
                *field(&mut other, name) = Some(respell::case_and_surroundings(text, choices));
            }
        }
        let (one, other_json) = (json(book, &phone, &request), json(book, &other, &request));
        prop_assert_eq!(without_messages(&one), without_messages(&other_json), "respelled {:?}", other);
    }

    /// Law 3: from borrowed texts, owned ones, bytes, or values already read.
    #[test]
    fn the_same_input_gives_the_same_bytes(book in books(), (phone, request) in questions()) {
        let borrowed = phone.phone();
        let expected = json(book, &phone, &request);
        let owned = borrowed.clone().into_owned();
        prop_assert_eq!(&owned, &borrowed);
        let bytes = Phone::new(phone.pid.as_deref().map(str::as_bytes))
            .vid(phone.vid.as_deref().map(str::as_bytes))
            .mac(phone.mac.as_deref().map(str::as_bytes))
            .serial(phone.serial.as_deref().map(str::as_bytes))
            .load(phone.load.as_deref().map(str::as_bytes))
            .release(phone.release.as_deref().map(str::as_bytes))
            .firmware_type(phone.firmware_type.as_deref().map(str::as_bytes))
            .authorization(phone.authorization.as_deref().map(str::as_bytes));
        prop_assert_eq!(&bytes, &borrowed);
        let strings = phone.pid.clone().map_or_else(Phone::default, Phone::new)
            .vid(phone.vid.clone().unwrap_or_default())
            .mac(phone.mac.clone().unwrap_or_default())
            .serial(phone.serial.clone().unwrap_or_default())
            .load(phone.load.clone().unwrap_or_default())
            .release(phone.release.clone().unwrap_or_default())
            .firmware_type(phone.firmware_type.clone().unwrap_or_default())
            .authorization(phone.authorization.clone().unwrap_or_default());
        let read = borrowed.product().known().map_or_else(|| borrowed.clone(), Phone::new)
            .vid(borrowed.vid_evidence().clone())
            .mac(borrowed.mac_evidence().clone())
            .serial(borrowed.serial_evidence().clone())
            .load(borrowed.load_evidence().clone())
            .release(borrowed.release_evidence().clone())
            .firmware_type(borrowed.firmware_type_evidence().clone())
            .authorization(borrowed.authorization_evidence().clone());
        for same in [&borrowed, &owned, &bytes, &strings, &read] {
            let again = book.clone().assess_request(same, &request).to_json();
            prop_assert_eq!(&again, &expected);
        }
    }
}

/// Whether the row of the model says yes, or gives a range of hardware versions (specification 4, `firmware`).
fn is_listed(answer: &Assessment<'_>) -> bool {
    let Some(product) = answer.phone().product().known() else { return false };
    let mark = if product.is_marked_3pcc() { PidMark::Marked } else { PidMark::Other };
    let destination = answer.request().destination();
    answer.rulebook().conversions().any(|row| {
        row.models.contains(&product.model())
            && row.destinations.contains(&destination)
            && (row.pid == PidMark::Any || row.pid == mark)
            && row.answer == Answer::Convertible
    })
}

fn is_of_the_table(answer: &Assessment<'_>) -> bool {
    let model = answer.phone_read().model;
    answer.rulebook().models().any(|row| Some(row.model) == model)
}

proptest! {
    #![proptest_config(config(4000, KEPT))]

    /// Law 6, first half.
    #[test]
    fn the_verdict_follows_from_the_effects(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        prop_assert_eq!(answer.verdict(), verdict_by_effects(&answer));
    }

    #[test]
    fn findings_are_in_order_unique_and_have_sources_of_the_book(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        let known: BTreeSet<&str> = book.sources().map(|row| &*row.origin.id).collect();
        let mut seen = BTreeSet::new();
        let mut last = None;
        for finding in answer.findings() {
            let key = (finding.code(), finding.rule().map(str::to_owned));
            prop_assert!(last.as_ref().is_none_or(|last| last <= &key), "{:?} after {:?}", key, last);
            last = Some(key);
            let whole = (finding.code(), finding.effect(), finding.rule(), finding.evidence(), finding.message());
            prop_assert!(seen.insert(whole), "{:?} twice", finding);
            let sources: Vec<_> = finding.sources().collect();
            prop_assert!(!sources.is_empty(), "{:?} has no source", finding);
            prop_assert!(sources.iter().all(|source| known.contains(source)), "{:?} has {:?}", finding, sources);
            let message = finding.message();
            prop_assert!(message.ends_with('.') && message.len() > 10, "{:?} says {:?}", finding, message);
            prop_assert!(!message.contains("  ") || phone_has_double_spaces(&phone), "{:?} says {:?}", finding, message);
            prop_assert!(!message.contains("rule )"), "{:?} says {:?}", finding, message);
            if let Some(rule) = finding.rule() {
                prop_assert!(message.contains(rule), "{:?} does not name {}: {:?}", finding, rule, message);
                let why = book.explain(finding.code().as_str()).expect("a code");
                let names_it = why.rows().iter().any(|row| row.origin().id == rule);
                prop_assert!(names_it, "explain({}) does not know row {}", finding.code(), rule);
            }
        }
    }

    /// Columns of results say what the findings say, worked out the slow way in `tests/src/arrow_tables.rs`.
    #[test]
    fn what_decides_follows_from_the_findings(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        let columns = result_columns(&answer);
        let words = |words: Vec<String>| (!words.is_empty()).then(|| words.join(" "));
        let column = |column: ResultColumn| columns[column as usize].clone();
        prop_assert_eq!(words(texts(answer.decided_by())), column(ResultColumn::DecidedBy));
        prop_assert_eq!(words(texts(answer.evidence_needed())), column(ResultColumn::EvidenceNeeded));
        prop_assert_eq!(words(texts(answer.install_first())), column(ResultColumn::InstallFirst));
        let is_decided = answer.verdict() != Verdict::Eligible;
        prop_assert_eq!(answer.decided_by().is_empty(), !is_decided);
        prop_assert!(answer.verdict() == Verdict::Unknown || answer.evidence_needed().is_empty());
    }

    /// A sentence for a table: short, about the phone, and the same whatever stands where nobody can read it.
    #[test]
    fn why_is_a_short_sentence_that_quotes_no_text_of_the_phone(
        book in books(),
        (phone, request) in questions(),
        junk in select(&["?", "=1+1,\n\"x\"", "\u{1f4de}\u{202e}", "a text that is longer than any of the fields could ever hold"]),
    ) {
        let read = phone.phone();
        let answer = book.assess_request(&read, &request);
        let why = answer.why();
        prop_assert!(why.ends_with('.') && why.len() > 20 && why.len() <= 250, "{:?}", why);
        // A sentence may begin with the number of a module: `7915 Line Expansion Module is ...`.
        let begins = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
        prop_assert!(why.starts_with(begins), "{:?}", why);
        let is_plain = |letter: char| letter.is_ascii_graphic() && letter != '"' || letter == ' ';
        prop_assert!(why.chars().all(is_plain) && !why.contains("  ") && !why.contains("rule )"), "{:?}", why);
        let deciding = answer.findings().find(|finding| Some(finding.effect()) == answer.verdict().deciding_effect());
        let rule = deciding.and_then(|finding| finding.rule()).filter(|_| answer.decided_by()[0] != Code::CG311);
        prop_assert!(rule.is_none_or(|rule| why.contains(rule)), "{:?} does not name {:?}", why, rule);

        let instead = |text: &Option<String>, is_unreadable: bool| {
            let hints = text.as_deref().is_some_and(|text| {
                let text: String = text.to_uppercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
                ["MPP", "MSR", "3PCC", "MULTIPLATFORM"].iter().any(|word| text.contains(word))
            });
            if is_unreadable && !hints { Some(junk.to_owned()) } else { text.clone() }
        };
        let other = PhoneTexts {
            pid: instead(&phone.pid, read.product().unreadable().is_some()),
            vid: instead(&phone.vid, read.vid_evidence().unreadable().is_some()),
            mac: instead(&phone.mac, read.mac_evidence().unreadable().is_some()),
            serial: instead(&phone.serial, read.serial_evidence().unreadable().is_some()),
            load: instead(&phone.load, read.load_evidence().unreadable().is_some()),
            release: instead(&phone.release, read.release_evidence().unreadable().is_some()),
            firmware_type: instead(&phone.firmware_type, read.firmware_type_evidence().unreadable().is_some()),
            authorization: instead(&phone.authorization, read.authorization_evidence().unreadable().is_some()),
        };
        prop_assert_eq!(book.assess_request(&other.phone(), &request).why(), why);
    }

    /// An unsettled answer names what would settle it, unless a document is missing and not evidence.
    #[test]
    fn unknown_names_the_evidence_that_would_settle_it(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        for finding in answer.findings().filter(|finding| finding.effect() == Effect::Unsettled) {
            let is_about_documents = matches!(finding.code(), Code::CG105 | Code::CG106);
            prop_assert!(is_about_documents || !finding.evidence().is_empty(), "{:?} names nothing", finding);
        }
    }

    /// Law 6, second half: specification 4, and 2.5 for the book's own target.
    #[test]
    fn gates_firmware_and_license_are_there_when_the_verdict_has_use_for_them(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        let verdict = answer.verdict();
        let direction = request.destination().direction();

        let has_gates = match verdict {
            Verdict::Eligible => true,
            Verdict::Unknown => is_of_the_table(&answer),
            _ => false,
        };
        prop_assert_eq!(answer.gates().next().is_some(), has_gates);
        let stages: Vec<_> = answer.gates().map(|gate| gate.on()).collect();
        prop_assert!(stages.is_sorted_by_key(|on| *on == Stage::Target), "{:?}", stages);
        let known: BTreeSet<&str> = book.sources().map(|row| &*row.origin.id).collect();
        for gate in answer.gates() {
            prop_assert!(gate.sources().count() > 0 && gate.sources().all(|source| known.contains(source)));
            let status = match gate.actual() {
                None => GateStatus::Unknown,
                Some(actual) if actual >= gate.minimum() => GateStatus::Met,
                // Unknown where the hardware version that decides is missing.
                Some(_) => gate.status(),
            };
            prop_assert_eq!(gate.status(), status);
            let of = match gate.on() { Stage::Start => direction.from(), Stage::Target => direction.to() };
            prop_assert_eq!(gate.firmware_type(), of);
            // Without a load to install there is nothing to hold against a gate.
            let is_installed = answer.firmware().is_some_and(|firmware| firmware.release().is_some());
            if verdict == Verdict::Eligible && gate.on() == Stage::Target && is_installed {
                prop_assert_eq!(gate.status(), GateStatus::Met);
            }
        }

        let shows_firmware = match verdict {
            Verdict::Eligible => true,
            Verdict::Unknown => is_listed(&answer),
            _ => false,
        };
        prop_assert_eq!(answer.firmware().is_some(), shows_firmware);
        if let Some(firmware) = answer.firmware() {
            prop_assert_eq!(firmware.firmware_type(), direction.to());
            let load_unknown = answer.findings().any(|finding| matches!(finding.code(), Code::CG312 | Code::CG313));
            prop_assert_eq!(firmware.load().is_none(), load_unknown);
            if let Some(load) = firmware.load() {
                prop_assert_eq!(load.firmware_type(), direction.to());
                prop_assert_eq!(load.release(), firmware.release());
                prop_assert_eq!(Some(load.file()), firmware.file());
            }
            prop_assert!(firmware.load().is_some() || firmware.load_server().is_none());
        }

        let is_converted = answer.findings().any(|finding| {
            matches!(finding.code(), Code::CG504 | Code::CG505 | Code::CG506)
        });
        let shows_license = shows_firmware || (verdict == Verdict::NotNeeded && is_converted);
        prop_assert_eq!(answer.license().is_some(), shows_license);
        if let Some(license) = answer.license() {
            let is_bought = license.need() == LicenseNeed::Purchase;
            prop_assert_eq!(license.sku().is_some(), is_bought);
            prop_assert_eq!(license.service_sku().is_some(), is_bought);
            prop_assert_eq!(license.file().is_some(), is_bought && answer.phone_read().mac.is_some());
            let never = match direction {
                Direction::EnterpriseToMpp => LicenseNeed::NotRequired,
                Direction::MppToEnterprise => LicenseNeed::IssuedByControlHub,
            };
            prop_assert_ne!(license.need(), never);
        }
    }

    /// Specification 2.5 and 2.6. A start gate that is unmet names the load of the book's row for this, or else the newest load,
    /// if it passes all start gates and every floor that could apply.
    #[test]
    fn a_gate_is_a_row_of_the_book_and_names_the_load_to_install_first(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        let (model, vid) = (answer.phone_read().model, answer.phone_read().vid);
        let family = book.models().find(|row| Some(row.model) == model).map(|row| row.family);
        let from = request.destination().direction().from();
        let is_about = |row: &&FloorRow| {
            row.models.iter().any(|named| Some(*named) == model) && vid.is_none_or(|vid| row.vid.contains(vid))
        };
        let floors: Vec<_> = book.floors().filter(is_about).collect();
        let start = answer.gates().filter(|gate| gate.on() == Stage::Start).map(|gate| gate.minimum());
        let lowest = start.chain(floors.iter().filter(|row| row.firmware_type == from).map(|row| row.minimum)).max();
        let named = book.steps().find(|row| row.destination == request.destination() && Some(row.load.family()) == family);
        let newest = book.loads().filter(|row| row.origin.confidence != Some(Confidence::Low)).map(|row| row.load);
        let newest = newest.filter(|load| Some(load.family()) == family && load.firmware_type() == from);
        let newest = newest.filter(|load| !load.is_engineering_build()).max();
        let loads = [named.map(|row| row.load), newest];
        let first = loads.into_iter().flatten().find(|load| load.release() >= lowest);
        for gate in answer.gates() {
            let is_unmet = gate.on() == Stage::Start && gate.status() == GateStatus::Unmet;
            prop_assert_eq!(gate.install_first(), first.filter(|_| is_unmet));
            let row = book.row(gate.rule()).expect("a row of the book");
            prop_assert!(gate.sources().eq(row.origin().sources.iter().map(|source| &**source)));
            if let Some(row) = floors.iter().find(|row| *row.origin.id == *gate.rule()) {
                prop_assert_eq!((gate.on(), gate.minimum()), (Stage::Target, row.minimum));
                prop_assert_eq!(row.firmware_type, request.destination().needs());
                continue;
            }
            let row = book.gates().find(|row| *row.origin.id == *gate.rule()).expect("a row of gates");
            prop_assert_eq!((gate.on(), gate.minimum()), (row.on, row.minimum));
            prop_assert!(row.destinations.contains(&request.destination()));
            prop_assert!(vid.is_none_or(|vid| row.vid.contains(vid)), "{:?} is not about this hardware", gate);
        }
    }

    /// Specification 3, last paragraph.
    #[test]
    fn what_accompanies_speaks_only_where_it_is_of_use(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        for finding in answer.findings() {
            let speaks = match (answer.verdict(), finding.code().number()) {
                (Verdict::Eligible | Verdict::Unknown, _) => true,
                (Verdict::NotNeeded, 504..=506) => true,
                // Dated advice speaks beside every verdict that it concerns; that pages are off, only where some are read.
                (Verdict::NotNeeded, 405..=407 | 409 | 411) | (Verdict::Ineligible, 405 | 406 | 409 | 411) => true,
                (_, 111..=114 | 401..=499 | 501..=599) => false,
                _ => true,
            };
            prop_assert!(speaks, "{:?} with {}", finding, answer.verdict());
        }
    }

    /// A release that mends what advice is about is none that has the same fault, and none that the hardware cannot run.
    #[test]
    fn a_release_that_mends_is_one_that_the_phone_may_run(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        let (model, vid) = (answer.phone_read().model, answer.phone_read().vid);
        for finding in answer.findings().filter(|finding| matches!(finding.code(), Code::CG405 | Code::CG409)) {
            let message = finding.message();
            let row = book.advice().find(|row| Some(&*row.origin.id) == finding.rule()).expect("a row of advice");
            let end = [" has it (rule ", " is new enough (rule "].into_iter().find_map(|end| message.find(end));
            let named = end.and_then(|end| message[..end].rsplit_once("; ")).map(|(_, named)| named);
            let has_loads = book.models().any(|row| Some(row.model) == model);
            prop_assert_eq!(named.is_some(), has_loads, "{}", message);
            let Some((of_type, release)) = named.and_then(|named| named.split_once(' ')) else { continue };
            let of_type: FirmwareType = of_type.parse().expect("a type");
            let release: Release = release.parse().expect("a release");
            prop_assert!(Some(release) >= row.below.max(row.running_below), "{}", message);
            let mut floors = book.floors().filter(|row| row.models.iter().any(|named| Some(*named) == model));
            let forbids = floors.find(|row| {
                row.firmware_type == of_type && row.minimum > release && vid.is_none_or(|vid| row.vid.contains(vid))
            });
            prop_assert!(forbids.is_none(), "{} {:?}", message, forbids);
        }
    }

    /// A phone that stays on what it runs has the flaws and the certificates of that, wherever it was asked to go.
    #[test]
    fn a_phone_that_stays_behind_has_the_advice_of_what_it_runs(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let about_firmware = |request: &Request, verdict: Verdict| {
            let answer = book.assess_request(&phone, request);
            let findings = answer.findings().filter(|finding| matches!(finding.code(), Code::CG405 | Code::CG406));
            (answer.verdict() == verdict).then(|| BTreeSet::from_iter(texts(findings.filter_map(|finding| finding.rule()))))
        };
        let stays = Destination::ALL.iter().filter_map(|there| about_firmware(&Request::to(*there), Verdict::NotNeeded));
        let stays: Vec<_> = stays.collect();
        let runs = book.assess_request(&phone, &request).phone_read().firmware_type;
        if let Some(told) = about_firmware(&request, Verdict::Ineligible)
            && runs.is_some_and(|runs| runs != request.destination().needs())
            // A load of other phones may leave it open everywhere else.
            && !stays.is_empty()
        {
            prop_assert_eq!(told, stays.into_iter().flatten().collect());
        }
    }

    /// Where one image serves every call control, the type that one of them says changes nothing; a load of other phones is
    /// a contradiction.
    #[test]
    fn the_word_of_a_call_control_changes_nothing_of_one_image(
        book in books(),
        (mut phone, request) in questions(),
        pid in select(vec!["DP-9841-K9=", "36345", "CP-8875-K9=", "9861", "DP-9851NR-K9="]),
        load in select(vec!["", "PHONEOS.3-2-1-0003-28", "PHONEOS-8875.2-3-1-0001-26", "sip88xx.12-0-7MPP0501-123", "?"]),
    ) {
        (phone.pid, phone.load) = (Some(pid.to_owned()), Some(load.to_owned()));
        let request = Request::to(request.destination());
        let answers = [None, Some("enterprise"), Some("MPP")].map(|word| {
            phone.firmware_type = word.map(str::to_owned);
            let phone = phone.phone();
            let answer = book.assess_request(&phone, &request);
            let findings: Vec<_> = answer.findings().map(|finding| (finding.code(), finding.message())).collect();
            (findings, answer.phone_read(), answer.contradictions().len())
        });
        prop_assert_eq!(&answers[0], &answers[1]);
        prop_assert_eq!(&answers[0], &answers[2]);
        let (_, read, contradictions) = &answers[1];
        let runs = load.starts_with("PHONEOS").then_some(FirmwareType::PhoneOs);
        prop_assert_eq!(read.firmware_type, runs);
        prop_assert!(*contradictions > 0 || !load.starts_with("sip"));
    }

    /// Law 1: contradiction leads only to unknown. Any other answer is that of each side.
    #[test]
    fn what_is_said_differently_leaves_the_answer_open_or_as_each_side_has_it(
        book in books(),
        (texts, request) in questions(),
        (other, _) in questions(),
        field in 0..8_usize,
    ) {
        let (one, two) = (with_field_of(&texts, &texts, field), with_field_of(&texts, &other, field));
        let (first, second) = (one.phone(), two.phone());
        let both = with_both(&texts, &other, field);
        let verdict = |phone: &Phone<'_>| book.assess_request(phone, &request).verdict();
        let (answer, sides) = (verdict(&both), [verdict(&first), verdict(&second)]);
        let is_contradictory = is_contradictory(&both);
        prop_assert!(
            !is_contradictory || answer == Verdict::Unknown || sides == [answer, answer],
            "{:?} of sides {:?}: {:?}", answer, sides, both
        );
        // What may have decided is told, and settled by the field.
        if is_contradictory {
            let found = book.assess_request(&both, &request);
            // Of what is no phone nothing else is said (ADR 0026).
            let is_told = found.findings().any(|finding| finding.code() == Code::CG311);
            prop_assert!(is_told || found.not_a_phone().is_some(), "{:?}", both);
            prop_assert!(!found.contradictions().is_empty());
        }
    }

    /// Specification 4: what was read is what the fields say, and null where they say nothing or disagree.
    #[test]
    fn the_answer_shows_only_what_was_read(book in books(), (phone, request) in questions()) {
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        let (read, product) = (answer.phone_read(), phone.product().known());
        prop_assert_eq!(read.pid, product.and_then(|product| product.pid()));
        prop_assert_eq!(read.model, product.map(|product| product.model()));
        prop_assert_eq!(read.serial, phone.serial_evidence().known());
        prop_assert_eq!(read.load, phone.load_evidence().known());
        let vids = [phone.vid_evidence().known(), product.and_then(|product| product.vid())];
        prop_assert!(read.vid.is_none() || vids.contains(&read.vid));
        let said_differently = answer.contradictions();
        let is_contradictory = said_differently.iter().any(|said| said.field() == Field::Vid);
        prop_assert_eq!(read.vid.is_none(), vids == [None, None] || is_contradictory);
        // Two hardware versions, or one that cannot run what runs.
        let cannot_run = said_differently.iter().any(|said| said.field() == Field::Release);
        prop_assert!(!is_contradictory || cannot_run || matches!(vids, [Some(a), Some(b)] if a != b));
        let types = [phone.load_evidence().known().map(|load| load.firmware_type()), phone.firmware_type_evidence().known(),
            product.and_then(|product| product.firmware_type())];
        prop_assert!(read.firmware_type.is_none() || types.contains(&read.firmware_type), "a type that nobody said");
        prop_assert!(read.authorization.is_none() || read.authorization == phone.authorization_evidence().known());
    }
}

/// The texts of a phone, with one field of another.
fn with_field_of(texts: &PhoneTexts, other: &PhoneTexts, field: usize) -> PhoneTexts {
    let mut texts = texts.clone();
    *field_of(&mut texts, field) = field_of(&mut other.clone(), field).clone();
    texts
}

fn field_of(texts: &mut PhoneTexts, field: usize) -> &mut Option<String> {
    match field {
        0 => &mut texts.pid,
        1 => &mut texts.vid,
        2 => &mut texts.mac,
        3 => &mut texts.serial,
        4 => &mut texts.load,
        5 => &mut texts.release,
        6 => &mut texts.firmware_type,
        _ => &mut texts.authorization,
    }
}

/// The phone of which both say one field.
fn with_both(one: &PhoneTexts, other: &PhoneTexts, field: usize) -> Phone<'static> {
    let texts = [one, other].map(|texts| field_of(&mut texts.clone(), field).clone().unwrap_or_default());
    let said = texts.into_iter().zip(["one.csv line 2", "other.csv line 3"]);
    said_fields::with(one.phone().into_owned(), Field::ALL[field], said)
}

fn is_contradictory(phone: &Phone<'static>) -> bool {
    FleetRow::new(1, phone.clone()).said_differently().next().is_some()
}

fn phone_has_double_spaces(phone: &Phone<'_>) -> bool {
    let texts = [
        phone.product().unreadable(),
        phone.vid_evidence().unreadable(),
        phone.mac_evidence().unreadable(),
        phone.serial_evidence().unreadable(),
        phone.load_evidence().unreadable(),
        phone.release_evidence().unreadable(),
        phone.firmware_type_evidence().unreadable(),
        phone.authorization_evidence().unreadable(),
    ];
    texts.into_iter().flatten().any(|text| text.contains("  "))
}

/// What counts as empty: white space of any kind, and what spreadsheets leave behind.
fn is_blank(bytes: &[u8]) -> bool {
    let blank = |character: char| character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(blank))
}

/// Bytes that nobody checked: noise, and texts that were damaged a little.
fn bytes() -> BoxedStrategy<Vec<u8>> {
    let texts = prop_oneof![
        models().prop_flat_map(generate::products).boxed(),
        generate::vids().boxed(),
        generate::macs().boxed(),
        generate::serials().boxed(),
        generate::loads("88xx").boxed(),
        generate::releases().boxed(),
        generate::junk().boxed(),
    ];
    let damaged = (texts, any::<proptest::sample::Index>(), any::<u8>(), 0..3).prop_map(|(text, index, byte, how)| {
        let mut bytes = text.into_bytes();
        match (how, bytes.len()) {
            (_, 0) => bytes.push(byte),
            (0, len) => bytes[index.index(len)] = byte,
            (1, len) => bytes.insert(index.index(len), byte),
            (_, len) => drop(bytes.remove(index.index(len))),
        }
        bytes
    });
    let long = (any::<u8>(), 0..300_usize).prop_map(|(byte, len)| vec![byte; len]);
    prop_oneof![2 => any::<Vec<u8>>(), 4 => damaged, 1 => long].boxed()
}

#[derive(Debug, PartialEq)]
enum Kind {
    Absent,
    Unreadable,
    Known,
}

fn kind<T>(evidence: &Evidence<'_, T>) -> Kind {
    match evidence {
        Evidence::Absent => Kind::Absent,
        Evidence::Unreadable(_) => Kind::Unreadable,
        Evidence::Known(_) => Kind::Known,
        Evidence::Contradictory(_) => unreachable!("each field is said once"),
    }
}

proptest! {
    #![proptest_config(config(4000, KEPT))]

    /// Law 7.
    #[test]
    fn any_bytes_in_any_field_are_answered(fields in prop::array::uniform8(bytes()), destination in generate::destinations()) {
        let [pid, vid, mac, serial, load, release, firmware_type, authorization] = fields.each_ref().map(Vec::as_slice);
        let phone = Phone::new(pid).vid(vid).mac(mac).serial(serial).load(load).release(release)
            .firmware_type(firmware_type).authorization(authorization);
        let kinds = [
            kind(phone.product()), kind(phone.vid_evidence()), kind(phone.mac_evidence()), kind(phone.serial_evidence()),
            kind(phone.load_evidence()), kind(phone.release_evidence()), kind(phone.firmware_type_evidence()),
            kind(phone.authorization_evidence()),
        ];
        for (bytes, kind) in fields.iter().zip(&kinds) {
            prop_assert_eq!(*kind == Kind::Absent, is_blank(bytes), "{:?} is {:?}", bytes, kind);
        }
        let answer = RuleBook::guide().assess(&phone, destination);
        let json: serde_json::Value = serde_json::from_str(&answer.to_json()).expect("JSON");
        prop_assert_eq!(&json["verdict"], answer.verdict().as_str());
        let texts = [answer.to_string(), format!("{answer:?}")];
        prop_assert!(texts.iter().all(|text| !text.is_empty()));
        let owned = phone.clone().into_owned();
        prop_assert_eq!(RuleBook::guide().assess(&owned, destination).to_json(), answer.to_json());
    }
}

/// A law over phones that never get anywhere would prove nothing.
#[test]
fn the_generated_phones_reach_every_verdict_and_every_code() {
    let mut runner = TestRunner::deterministic();
    let (verdicts, codes) = (RefCell::new(HashMap::new()), RefCell::new(BTreeSet::new()));
    let asked = 6000;
    for _ in 0..asked {
        let (book, (phone, request)) = (books(), questions()).new_tree(&mut runner).expect("a question").current();
        let phone = phone.phone();
        let answer = book.assess_request(&phone, &request);
        *verdicts.borrow_mut().entry(answer.verdict()).or_insert(0) += 1;
        codes.borrow_mut().extend(answer.findings().map(|finding| (finding.code(), finding.effect())));
    }
    let verdicts = verdicts.into_inner();
    for verdict in Verdict::ALL {
        let count = verdicts.get(verdict).copied().unwrap_or(0);
        assert!(count * 20 > asked, "only {count} of {asked} are {verdict}: {verdicts:?}");
    }
    let said: BTreeSet<Code> = codes.borrow().iter().map(|(code, _)| *code).collect();
    let never: Vec<_> = Code::ALL.iter().filter(|code| !said.contains(code)).collect();
    assert!(never.is_empty(), "never said: {never:?}");
}

// ---------------------------------------------------------------------------------------------------------------------
// Defects that these tests found once.
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_space_in_an_unreadable_load_changes_nothing_but_its_quotation() {
    let phone = |load: &str| PhoneTexts {
        pid: Some("CP-7811-3PCC-K9=".to_owned()),
        load: Some(load.to_owned()),
        ..PhoneTexts::default()
    };
    let request = Request::to(crossgrade::Destination::UnifiedCm);
    let (one, other) = (phone("12-0-3MPP0001-87"), phone("12-0-3M PP0001-87"));
    let guide = RuleBook::guide();
    assert_eq!(verdict(guide, &one, &request), verdict(guide, &other, &request));
}

#[test]
fn a_load_of_another_family_turns_no_unknown_into_ineligible() {
    let request = Request::to(crossgrade::Destination::ThirdParty);
    let before = PhoneTexts {
        pid: Some("CP-7821-K9=".to_owned()),
        vid: Some("V01".to_owned()),
        release: Some("12-0-3MPP0001-87".to_owned()),
        ..PhoneTexts::default()
    };
    let after = PhoneTexts { load: Some("sip88xx.14-2-1-0101-26".to_owned()), ..before.clone() };
    let guide = RuleBook::guide();
    let verdicts = (verdict(guide, &before, &request), verdict(guide, &after, &request));
    assert_eq!(verdicts, (Verdict::Unknown, Verdict::Unknown));
}
