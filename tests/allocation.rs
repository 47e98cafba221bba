//! Reading evidence and deciding allocates nothing; only text does.
//!
//! dhat counts every block that any thread of this program asks for, so there is one test in it.

use std::num::NonZeroUsize;

use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::{Assessment, Destination, Phone, Request, RuleBook};
use crossgrade_tests::corpus_cases::PhoneTexts;
use crossgrade_tests::{arrow_tables, generate};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// How many blocks `work` asks for.
fn blocks(work: impl FnOnce()) -> u64 {
    let before = dhat::HeapStats::get().total_blocks;
    work();
    dhat::HeapStats::get().total_blocks - before
}

/// Looks at everything but text.
fn walk(answer: &Assessment<'_>) -> usize {
    let mut seen = 0;
    for finding in answer.findings() {
        let words = [finding.code().as_str(), finding.code().name(), finding.effect().as_str(), finding.remedy()];
        seen += words.map(str::len).iter().sum::<usize>() + finding.rule().map_or(0, str::len);
        seen += finding.evidence().len() + finding.sources().count();
    }
    for gate in answer.gates() {
        seen += gate.rule().len() + gate.sources().count() + gate.on().as_str().len() + gate.status().as_str().len();
        seen += usize::from(gate.minimum().major()) + gate.actual().map_or(0, |actual| usize::from(actual.service()));
    }
    if let Some(firmware) = answer.firmware() {
        seen +=
            firmware.load().map_or(0, |load| load.family().as_str().len()) + firmware.load_server().map_or(0, str::len);
        seen += usize::from(firmware.release().is_some());
    }
    if let Some(license) = answer.license() {
        seen += license.need().as_str().len() + [license.sku(), license.service_sku()].iter().flatten().count();
    }
    let read = answer.phone_read();
    seen + read.pid.map_or(0, |pid| pid.as_str().len()) + read.model.map_or(0, |model| model.as_str().len())
}

/// The different phones: generated ones, and texts that cannot be read in every field.
fn phones() -> Vec<PhoneTexts> {
    let mut runner = TestRunner::deterministic();
    let phone = |_| generate::phones().new_tree(&mut runner).expect("a phone").current();
    let mut phones: Vec<_> = (0..400).map(phone).collect();
    for text in [
        "?",
        "12-0-3MPP0001-87",
        "a text that is much longer than anything that any of the fields could ever hold",
        "\u{1F4DE}",
    ] {
        let text = || Some(text.to_owned());
        phones.push(PhoneTexts {
            pid: text(),
            vid: text(),
            mac: text(),
            serial: text(),
            load: text(),
            release: text(),
            firmware_type: text(),
            authorization: text(),
        });
    }
    phones
}

/// Every destination, with the book's own target, a release, a load, and one load for each family.
fn requests() -> Vec<Request> {
    let guide = RuleBook::guide();
    let with =
        |destination, target: &str| guide.request(destination, Some(target)).expect("a target of the right type");
    let mut requests: Vec<_> = Destination::ALL.iter().copied().map(Request::to).collect();
    for destination in [Destination::WebexCalling, Destination::ThirdParty] {
        let targets =
            ["11.3(1)", "12.0(5)", "sip88xx.12-0-3MPP0001-87", "sip78xx.12-0-3MPP0001-87,sip88xx.12-0-3MPP0001-87"];
        requests.extend(targets.map(|target| with(destination, target)));
    }
    requests.extend(["12.8(1)", "sip88xx.14-0-1MN-1036"].map(|target| with(Destination::UnifiedCm, target)));
    requests
}

#[test]
fn reading_and_deciding_allocates_nothing_and_text_does() {
    let (phones, requests) = (phones(), requests());
    let _profiler = dhat::Profiler::builder().testing().build();
    let mut unreadable = 0;
    for texts in &phones {
        let read = blocks(|| drop(std::hint::black_box(texts.phone())));
        assert_eq!(read, 0, "reading {texts:?}");
        let phone: Phone<'_> = texts.phone();
        unreadable += usize::from(phone.load_evidence().unreadable().is_some());
        for request in &requests {
            let decided = blocks(|| {
                let answer = RuleBook::guide().assess_request(&phone, request);
                std::hint::black_box(answer.verdict());
            });
            assert_eq!(decided, 0, "deciding {texts:?} {request:?}");
            let answer = RuleBook::guide().assess_request(&phone, request);
            let walked = blocks(|| {
                std::hint::black_box(walk(&answer));
            });
            assert_eq!(walked, 0, "walking {texts:?} {request:?}");
        }
        for destination in Destination::ALL {
            let decided = blocks(|| {
                std::hint::black_box(crossgrade::assess(&phone, *destination).verdict());
            });
            assert_eq!(decided, 0, "deciding {texts:?} {destination}");
        }
        // What counts is counted: text has to live somewhere.
        let answer = crossgrade::assess(&phone, Destination::ThirdParty);
        let written = blocks(|| drop(std::hint::black_box(answer.to_json())));
        assert!(written > 0, "the JSON of {texts:?}");
        if let Some(finding) = answer.findings().next() {
            assert!(blocks(|| drop(std::hint::black_box(finding.message()))) > 0, "{finding:?} of {texts:?}");
        }
    }
    tables_allocate_by_the_part();
    assert!(unreadable > 20, "only {unreadable} loads that cannot be read");
    assert!(blocks(|| drop(std::hint::black_box(phones[0].phone().into_owned()))) > 0, "an owned phone owns nothing");
}

/// The kernel asks for memory for each part of 8,192 rows and each column, and for no row.
fn tables_allocate_by_the_part() {
    let phones: Vec<_> = (0..81_920)
        .map(|row| PhoneTexts {
            pid: Some(["CP-7821-K9=", "CP-8841-K9=", "8851NR"][row % 3].to_owned()),
            vid: Some(format!("V{:02}", row % 20)),
            mac: Some(format!("00CCFC{row:06X}")),
            serial: Some(format!("FCH2010{:04X}", row % 65_536)),
            load: Some("sip88xx.14-2-1-0101-26".to_owned()),
            ..PhoneTexts::default()
        })
        .collect();
    let fleet = arrow_tables::table(&phones);
    let request = Request::to(Destination::ThirdParty);
    for layout in TextLayout::ALL {
        let options = AuditOptions::default().text(*layout).threads(NonZeroUsize::MIN);
        let audit = |rows: usize| {
            let fleet = fleet.slice(0, rows);
            blocks(|| drop(columnar::audit(&fleet, RuleBook::guide(), &request, &options)))
        };
        let (one, ten) = (audit(8_192), audit(81_920));
        assert!(ten - one < 9 * 100, "{layout}: {one} blocks for 8,192 rows, {ten} for 81,920");
    }
}
