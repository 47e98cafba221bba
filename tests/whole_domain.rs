//! The decision over its whole domain, computed twice: by the engine and by the naive implementation of the
//! specification, which share no code. They must agree on every row, and so must the columnar kernel, which gets the same
//! rows as tables; and the verdict must follow from the findings. For
//! `guide`, for `field`, and for `field` as of three days; what floors and dated loads decide, for `field` as of each of
//! its days.
//!
//! The domain is every combination of the texts below: models with every PID mark, all hardware versions, loads of both
//! types (old, new, of another family, TLexE2M, engineering, unreadable), authorizations, destinations and targets.

use std::collections::BTreeMap;

use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::{Assessment, Field, Phone, Request, RuleBook};
use crossgrade_tests::arrow_tables;
use crossgrade_tests::corpus_cases::PhoneTexts;
use crossgrade_tests::generate::{MODELS, family};
use crossgrade_tests::law::verdict_by_effects;
use crossgrade_tests::naive::{self, Question};
use crossgrade_tests::said_fields;

fn loads(family: &str) -> Vec<Option<String>> {
    let other = if family == "78xx" { "88xx" } else { "78xx" };
    let own = [
        "10-3-1-20",
        "12-8-1-0001-455",
        "14-1-1-0211-134",
        "14-2-1-0001-14",
        "14-2-1-0101-26",
        "14-3-1-0001-60",
        "14-4-1-0301-6",
        "14-0-1MN-1036",
        "11-0-1MPP-376",
        "11-3-1MSR4-1",
        "11-3-3MPP0001-377",
        "12-0-3MPP0001-87",
        "12-0-3MPP0101-92",
        "TLexE2M-11-2-3C-12",
    ];
    let mut loads: Vec<_> = own.iter().map(|version| Some(format!("sip{family}.{version}"))).collect();
    loads.push(Some(format!("sip{other}.14-2-1-0101-26")));
    loads.push(Some(format!("sip{other}.12-0-3MPP0001-87")));
    loads.push(Some("PHONEOS.3-2-1-0003-28".to_owned()));
    loads.extend(["not a load", "12-0-3MPP0001-87", "CP-8841-3PCC"].map(|text| Some(text.to_owned())));
    loads.push(None);
    loads
}

fn targets(family: &str, destination: &str) -> Vec<Option<String>> {
    let mut targets = vec![None];
    let other = if family == "88xx" { "78xx" } else { "88xx" };
    if destination == "unified-cm" {
        targets.extend(["11.0(1)", "12.8(1)", "14.2(1)", "14.2(1)SR1", "14.3(1)"].map(|text| Some(text.to_owned())));
        targets.push(Some(format!("sip{family}.14-0-1MN-1036")));
        targets.push(Some(format!("sip{other}.14-2-1-0101-26")));
        targets.push(Some(format!("sip{family}.14-2-1-0101-26")));
        targets.push(Some("sip7832.14-2-1-0101-26,sip78xx.14-2-1-0101-26".to_owned()));
    } else {
        targets.extend(
            ["11.3(1)", "11.3(6)", "12.0(3)", "12.0(3)SR1", "12.0(5)", "12.0(6)"].map(|text| Some(text.to_owned())),
        );
        targets.push(Some(format!("sip{other}.12-0-3MPP0001-87")));
        targets.push(Some(format!("sip{family}.11-3-2MPP0001-1")));
        targets.push(Some("sip7832.12-0-3MPP0001-87,sip78xx.12-0-3MPP0001-87".to_owned()));
    }
    targets
}

const DESTINATIONS: &[&str] = &["webex-calling", "third-party", "unified-cm"];
const AUTHORIZATIONS: &[Option<&str>] = &[None, Some("Classic"), Some("WxC"), Some("blank"), Some("pending")];

fn hardware_versions() -> Vec<Option<String>> {
    let mut vids: Vec<_> = (0..=30).map(|number| Some(format!("V{number:02}"))).collect();
    vids.extend([None, Some("1.0".to_owned())]);
    vids
}

/// Everything that the two are compared in, as one text.
fn engine_row(answer: &Assessment<'_>) -> String {
    let mut findings: Vec<_> =
        answer.findings().map(|finding| (finding.code().to_string(), finding.effect().to_string())).collect();
    // A code that speaks twice is ordered by row id, which the naive implementation does not know.
    findings.sort();
    let told = answer.findings().filter(|finding| finding.code() == crossgrade::Code::CG601);
    let disagreements: Vec<_> = told.filter_map(|finding| finding.rule().map(str::to_owned)).collect();
    let mut gates: Vec<_> = answer
        .gates()
        .map(|gate| {
            let actual = gate.actual().map(|actual| actual.to_string());
            let words = [gate.on().as_str(), gate.firmware_type().as_str(), gate.status().as_str()];
            (words.map(str::to_owned), gate.minimum().to_string(), actual)
        })
        .collect();
    // Several gates may stand before one phone; which is listed first is not a question of the specification.
    gates.sort();
    let firmware = answer.firmware().map(|firmware| {
        let release = firmware.release().map(|release| release.to_string());
        let load = firmware.load().map(|load| load.to_string());
        (
            firmware.firmware_type().to_string(),
            release,
            load,
            firmware.file(),
            firmware.load_server().map(str::to_owned),
        )
    });
    let license = answer.license().map(|license| {
        let skus = [license.sku(), license.service_sku()].map(|sku| sku.map(str::to_owned));
        (license.need().to_string(), skus, license.file())
    });
    let read = answer.phone_read();
    let phone = [
        read.pid.map(|value| value.to_string()),
        read.model.map(|value| value.to_string()),
        read.vid.map(|value| value.to_string()),
        read.mac.map(|value| value.to_string()),
        read.serial.map(|value| value.to_string()),
        read.load.map(|value| value.to_string()),
        read.firmware_type.map(|value| value.to_string()),
        read.release.map(|value| value.to_string()),
        read.authorization.map(|value| value.to_string()),
    ];
    let target = answer.request().chosen_target().map(ToString::to_string);
    let verdict = answer.verdict().to_string();
    let first = answer.install_first().map(|load| load.to_string());
    format!(
        "{verdict} {findings:?} {disagreements:?} {gates:?} {firmware:?} {first:?} {license:?} {phone:?} {target:?}"
    )
}

fn naive_row(answer: naive::Answer) -> String {
    let naive::Answer { verdict, mut findings, disagreements, gates, firmware, install_first, license, phone, target } =
        answer;
    findings.sort();
    let mut gates: Vec<_> =
        gates.into_iter().map(|gate| ([gate.on, gate.firmware_type, gate.status], gate.minimum, gate.actual)).collect();
    gates.sort();
    let firmware = firmware
        .map(|firmware| (firmware.firmware_type, firmware.release, firmware.load, firmware.file, firmware.load_server));
    let license = license.map(|license| (license.need, [license.sku, license.service_sku], license.file));
    let naive::PhoneRead { pid, model, vid, mac, serial, load, firmware_type, release, authorization } = phone;
    let phone = [pid, model, vid, mac, serial, load, firmware_type, release, authorization];
    let first = install_first;
    format!(
        "{verdict} {findings:?} {disagreements:?} {gates:?} {firmware:?} {first:?} {license:?} {phone:?} {target:?}"
    )
}

/// The books that are compared: around the first amendments, between those of the 7821, and before the last targets.
fn books() -> [(&'static RuleBook, naive::Book); 5] {
    let as_of = |day: &'static str| (RuleBook::field_as_of(day.parse().expect("a day")), naive::Book::FieldAsOf(day));
    [
        (RuleBook::guide(), naive::Book::Guide),
        (RuleBook::field(), naive::Book::Field),
        as_of("2024-08-26"),
        as_of("2024-11-24"),
        as_of("2025-11-19"),
    ]
}

/// What the naive implementation does not know: fields that would settle, and sentences.
const NOT_COMPARED: [ResultColumn; 2] = [ResultColumn::EvidenceNeeded, ResultColumn::Why];

const COMPARED: usize = ResultColumn::ALL.len() - NOT_COMPARED.len();

/// The result columns of an audit, as the naive implementation would fill them.
fn naive_columns(answer: &naive::Answer) -> [Option<String>; COMPARED] {
    let mut codes: Vec<_> = answer.findings.iter().map(|(code, _)| code.clone()).collect();
    codes.sort();
    codes.dedup();
    let decides = match answer.verdict.as_str() {
        "not-needed" => "settled",
        "ineligible" => "blocks",
        "unknown" => "unsettled",
        _ => "",
    };
    let decided = |code: &&String| answer.findings.contains(&((*code).clone(), decides.to_owned()));
    let decided_by: Vec<_> = codes.iter().filter(decided).cloned().collect();
    let gate = |on: &str| {
        let is = |status: &&str| answer.gates.iter().any(|gate| gate.on == on && gate.status == *status);
        ["unmet", "unknown", "met"].into_iter().find(is).map(str::to_owned)
    };
    let (phone, firmware, license) = (&answer.phone, answer.firmware.as_ref(), answer.license.as_ref());
    [
        phone.model.clone(),
        phone.vid.clone(),
        phone.mac.clone(),
        phone.firmware_type.clone(),
        phone.release.clone(),
        Some(answer.verdict.clone()),
        Some(codes.join(" ")),
        (!decided_by.is_empty()).then(|| decided_by.join(" ")),
        gate("start"),
        gate("target"),
        answer.install_first.clone(),
        firmware.and_then(|firmware| firmware.load.clone()),
        firmware.and_then(|firmware| firmware.load_server.clone()),
        license.map(|license| license.need.clone()),
        license.and_then(|license| license.sku.clone()),
        license.and_then(|license| license.service_sku.clone()),
        license.and_then(|license| license.file.clone()),
    ]
}

/// Rows that are asked as one table.
#[derive(Default)]
struct Table {
    phones: Vec<PhoneTexts>,
    expected: Vec<[Option<String>; COMPARED]>,
}

impl Table {
    fn push(&mut self, question: &Question<'_>, answer: &naive::Answer) {
        let text = |text: Option<&str>| text.map(str::to_owned);
        self.phones.push(PhoneTexts {
            pid: text(question.pid),
            vid: text(question.vid),
            mac: text(question.mac),
            serial: text(question.serial),
            load: text(question.load),
            release: text(question.release),
            firmware_type: text(question.firmware_type),
            authorization: text(question.authorization),
        });
        self.expected.push(naive_columns(answer));
    }

    /// A text for the first row in which the kernel differs.
    fn difference(&self, book: &RuleBook, request: &Request) -> Option<String> {
        let compared = ResultColumn::ALL.iter().copied().filter(|column| !NOT_COMPARED.contains(column));
        let options = AuditOptions::default().select(compared);
        let audit = columnar::audit(&arrow_tables::table(&self.phones), book, request, &options)
            .unwrap_or_else(|error| panic!("{error}"));
        let columns: Vec<_> = audit.columns()[8..].iter().map(|column| arrow_tables::texts(&**column)).collect();
        let row = |row: usize| columns.iter().map(|column| column[row].clone()).collect::<Vec<_>>();
        let differs = (0..self.phones.len()).find(|index| row(*index) != self.expected[*index])?;
        let (phone, naive) = (&self.phones[differs], &self.expected[differs]);
        Some(format!("{phone:?} {request:?}\n  kernel {:?}\n  naive  {naive:?}", row(differs)))
    }
}

/// The phone that a question is about.
fn phone<'a>(question: &Question<'a>) -> Phone<'a> {
    let phone = Phone::new(question.pid)
        .vid(question.vid)
        .mac(question.mac)
        .serial(question.serial)
        .load(question.load)
        .release(question.release)
        .firmware_type(question.firmware_type)
        .authorization(question.authorization);
    let Some((field, text)) = question.also else { return phone };
    let field: Field = field.parse().expect("a field");
    let member = match field {
        Field::Pid => question.pid,
        Field::Vid => question.vid,
        Field::Mac => question.mac,
        Field::Serial => question.serial,
        Field::Load => question.load,
        Field::Release => question.release,
        Field::FirmwareType => question.firmware_type,
        Field::Authorization => question.authorization,
        other => panic!("{other} is no field of a phone"),
    };
    said_fields::with(phone, field, [(member.unwrap_or_default(), "a.csv line 2"), (text, "b.csv line 3")])
}

/// Asks all about one row.
struct Comparison {
    book: &'static RuleBook,
    naive: naive::Book,
    rows: usize,
    by_verdict: [usize; 4],
    differences: Vec<String>,
    /// By destination and target.
    tables: BTreeMap<String, (Request, Table)>,
}

impl Comparison {
    fn new((book, naive): (&'static RuleBook, naive::Book)) -> Self {
        Self { book, naive, rows: 0, by_verdict: [0; 4], differences: Vec::new(), tables: BTreeMap::new() }
    }

    fn ask(&mut self, question: &Question<'_>, request: &Request) {
        let phone = phone(question);
        let answer = self.book.assess_request(&phone, request);
        assert_eq!(answer.verdict(), verdict_by_effects(&answer), "{question:?}");
        let naive = naive::assess(self.naive, question);
        // A table of texts has one text for each field.
        if question.also.is_none() {
            let key = format!("{:?} {:?}", question.destination, question.target);
            self.tables.entry(key).or_insert_with(|| (request.clone(), Table::default())).1.push(question, &naive);
        }
        let (engine, naive) = (engine_row(&answer), naive_row(naive));
        self.rows += 1;
        self.by_verdict[answer.verdict() as usize] += 1;
        if engine != naive && self.differences.len() < 3 {
            self.differences.push(format!("{question:?}\n  engine {engine}\n  naive  {naive}"));
        }
    }

    /// Asks the kernel about the rows since the last time.
    fn ask_as_tables(&mut self) {
        for (request, table) in std::mem::take(&mut self.tables).into_values() {
            if self.differences.len() < 3 {
                self.differences.extend(table.difference(self.book, &request));
            }
        }
    }

    fn check(self, at_least: usize) {
        assert!(self.tables.is_empty(), "rows that were never asked as tables");
        println!("{}: {} rows, by verdict {:?}", self.book.edition(), self.rows, self.by_verdict);
        assert!(self.differences.is_empty(), "{}: they differ:\n{}", self.book.edition(), self.differences.join("\n"));
        assert!(self.rows >= at_least, "only {} rows", self.rows);
        assert!(self.by_verdict.iter().all(|count| *count > 0), "a verdict never occurs: {:?}", self.by_verdict);
    }
}

fn requests(book: &RuleBook, family: &str) -> Vec<(&'static str, Option<String>, Request)> {
    let mut requests = Vec::new();
    for destination in DESTINATIONS {
        for target in targets(family, destination) {
            let parsed = destination.parse().expect("a destination");
            let request = book.request(parsed, target.as_deref()).expect("a target of the right type");
            requests.push((*destination, target, request));
        }
    }
    requests
}

/// Models x marks x loads x destinations x targets x authorizations, with the hardware versions that matter.
fn what_runs_and_where_it_goes(book: (&'static RuleBook, naive::Book)) {
    let mut comparison = Comparison::new(book);
    for model in MODELS.iter().copied() {
        let family = family(model);
        let requests = requests(book.0, family);
        for pid in
            [format!("CP-{model}-K9="), format!("CP-{model}-3PCC-K9="), format!("{model} MPP"), model.to_string()]
        {
            for load in loads(family) {
                for vid in [Some("V02"), Some("V05"), Some("V14"), Some("V15"), Some("V26"), None, Some("0x0005")] {
                    for (destination, target, request) in &requests {
                        let authorizations = if target.is_none() { AUTHORIZATIONS } else { &AUTHORIZATIONS[..1] };
                        for authorization in authorizations {
                            let question = Question {
                                pid: Some(&pid),
                                vid,
                                load: load.as_deref(),
                                authorization: *authorization,
                                destination,
                                target: target.as_deref(),
                                ..Question::default()
                            };
                            comparison.ask(&question, request);
                        }
                    }
                }
            }
        }
        comparison.ask_as_tables();
    }
    comparison.check(400_000);
}

/// Every hardware version from V00 to V30, absent and unreadable.
fn every_hardware_version(book: (&'static RuleBook, naive::Book)) {
    let mut comparison = Comparison::new(book);
    ask_every_hardware_version(&mut comparison, book.0, |_| true);
    comparison.check(90_000);
}

fn ask_every_hardware_version(
    comparison: &mut Comparison,
    book: &RuleBook,
    is_asked: impl Fn(&Option<String>) -> bool,
) {
    let vids = hardware_versions();
    for model in MODELS.iter().copied() {
        let requests = requests(book, family(model));
        let load = format!("sip{}.14-2-1-0101-26", family(model));
        for pid in [format!("CP-{model}-K9="), format!("CP-{model}-3PCC-K9=")] {
            for vid in &vids {
                for load in [None, Some(load.as_str())] {
                    for (destination, target, request) in requests.iter().filter(|(_, target, _)| is_asked(target)) {
                        let question = Question {
                            pid: Some(&pid),
                            vid: vid.as_deref(),
                            load,
                            mac: Some("00CCFC123456"),
                            serial: Some("FCH20100312"),
                            destination,
                            target: target.as_deref(),
                            ..Question::default()
                        };
                        comparison.ask(&question, request);
                    }
                }
            }
        }
        comparison.ask_as_tables();
    }
}

/// Evidence that is said more than once: type, release, hardware version and MAC, in agreement and not.
fn contradictions(book: (&'static RuleBook, naive::Book)) {
    let mut comparison = Comparison::new(book);
    let pids = |model: &str| {
        [
            Some(format!("CP-{model}-K9=")),
            Some(format!("CP-{model}-3PCC-K9=")),
            Some(format!("CP-{model}-K9= V05")),
            Some(format!("Cisco-CP-{model}-3PCC/11.3.3 (00ccfc123456)")),
            Some("no phone".to_owned()),
            None,
        ]
    };
    for model in ["7821", "7841", "8832", "8841", "8851NR", "8821", "6841", "7945", "9841", "SPA504G"] {
        let family = family(model);
        for pid in pids(model) {
            for load in loads(family) {
                for firmware_type in
                    ["enterprise", "MPP", "tlexe2m", "PhoneOS", "windows"].map(Some).into_iter().chain([None])
                {
                    for release in [None, Some("14.2(1)SR1"), Some("11.3.3"), Some("11-0-1"), Some("3.1(0301.349)")] {
                        for (vid, mac) in [
                            (None, None),
                            (Some("V02"), Some("SEP00CCFC123456")),
                            (Some("V05"), Some("00:CC:FC:99:99:99")),
                        ] {
                            for destination in DESTINATIONS {
                                let question = Question {
                                    pid: pid.as_deref(),
                                    vid,
                                    mac,
                                    load: load.as_deref(),
                                    release,
                                    firmware_type,
                                    destination,
                                    ..Question::default()
                                };
                                let request = Request::to(destination.parse().expect("a destination"));
                                comparison.ask(&question, &request);
                            }
                        }
                    }
                }
            }
        }
        comparison.ask_as_tables();
    }
    comparison.check(200_000);
}

/// Loads, hardware versions and targets on both sides of every floor: what runs, what is installed first, and by the
/// conversion.
fn floors(book: (&'static RuleBook, naive::Book)) {
    let mut comparison = Comparison::new(book);
    let loads = [
        "10-1-1-9",
        "10-1-1SR1-4",
        "10-2-1-12",
        "10-3-1-12",
        "11-5-1-18",
        "11-7-1-17",
        "12-5-1SR3-74",
        "12-6-1-0001-668",
        "14-0-1-0001-135",
        "14-0-1-0201-169",
        "14-2-1-0101-26",
        "14-3-1-0001-60",
        "11-3-2MPP0001-609",
        "11-3-3MPP0001-377",
        "12-0-3MPP0001-87",
        "12-0-3MPP0101-92",
        "12-0-4MPP0101-205",
        "12-0-5MPP0001-325",
        "12-0-6MPP0001-65",
        "12-0-7MPP0501-123",
    ];
    let vids = ["V01", "V02", "V03", "V04", "V07", "V08", "V14", "V15", "V17", "V18", "V20", "V25", "V26", "V27"];
    let vids: Vec<Option<&str>> = vids.into_iter().map(Some).chain([None]).collect();
    // Those without a load have no floors.
    for model in MODELS.iter().copied().filter(|model| book.0.models().any(|row| row.model.as_str() == *model)) {
        let family = family(model);
        let mut requests = Vec::new();
        for destination in DESTINATIONS {
            let targets: &[Option<&str>] = match *destination {
                "unified-cm" => &[None, Some("12.6(1)"), Some("14.0(1)SR1")],
                _ => &[None, Some("11.3(2)"), Some("12.0(5)")],
            };
            for target in targets {
                let request = book.0.request(destination.parse().expect("a destination"), *target);
                requests.push((*destination, *target, request.expect("a target of the right type")));
            }
        }
        for pid in [format!("CP-{model}-K9="), format!("CP-{model}-3PCC-K9=")] {
            for load in loads.iter().map(|version| format!("sip{family}.{version}")) {
                for vid in &vids {
                    for (destination, target, request) in &requests {
                        let authorization = (*destination == "unified-cm").then_some("WxC");
                        let question = Question {
                            pid: Some(&pid),
                            vid: *vid,
                            load: Some(&load),
                            authorization,
                            destination,
                            target: *target,
                            ..Question::default()
                        };
                        comparison.ask(&question, request);
                    }
                }
            }
        }
        comparison.ask_as_tables();
    }
    comparison.check(70_000);
}

/// Each field said a second time, in agreement and not, readable and not.
fn said_twice(book: (&'static RuleBook, naive::Book)) {
    let mut comparison = Comparison::new(book);
    for model in MODELS.iter().copied() {
        let family = family(model);
        let other = if family == "78xx" { "88xx" } else { "78xx" };
        let load = |version: &str| format!("sip{family}.{version}");
        let loads = [load("14-2-1-0101-26"), load("12-0-3MPP0001-87"), load("10-3-1-20"), load("14-0-1MN-1036")];
        let more_loads = [
            load("14-2-1-0102-3"),
            load("12-0-3MPP0001-88"),
            format!("sip{other}.14-2-1-0101-26"),
            "no load".to_owned(),
        ];
        let also: Vec<(&str, String)> = [
            ("pid", format!("CP-{model}-K9=")),
            ("pid", format!("CP-{model}-3PCC-K9=")),
            ("pid", format!("Cisco {model}")),
            ("pid", "CP-8841-K9=".to_owned()),
            ("pid", "no phone".to_owned()),
            ("vid", "V02".to_owned()),
            ("vid", "V15".to_owned()),
            ("vid", "1.0".to_owned()),
            ("mac", "00CCFC123457".to_owned()),
            ("serial", "FCH20100313".to_owned()),
            ("release", "14.2(1)SR1".to_owned()),
            ("release", "11.3(1)".to_owned()),
            ("firmware_type", "enterprise".to_owned()),
            ("firmware_type", "mpp".to_owned()),
            ("load", "PHONEOS.3-2-1-0003-28".to_owned()),
            ("authorization", "WxC".to_owned()),
            ("authorization", "blank".to_owned()),
        ]
        .into_iter()
        .chain(loads.iter().chain(&more_loads).map(|load| ("load", load.clone())))
        .collect();
        for pid in [format!("CP-{model}-K9="), format!("CP-{model}-3PCC-K9="), format!("Cisco {model}")] {
            for load in loads.iter().map(Some).chain([None]) {
                for (vid, authorization) in [(Some("V05"), None), (None, Some("blank")), (Some("V15"), Some("Classic"))]
                {
                    for (field, text) in &also {
                        for destination in DESTINATIONS {
                            let question = Question {
                                pid: Some(&pid),
                                vid,
                                mac: Some("00CCFC123456"),
                                serial: Some("FCH20100312"),
                                load: load.map(String::as_str),
                                authorization,
                                destination,
                                also: Some((field, text)),
                                ..Question::default()
                            };
                            let request = Request::to(destination.parse().expect("a destination"));
                            comparison.ask(&question, &request);
                        }
                    }
                }
            }
        }
    }
    comparison.check(80_000);
}

fn whole_domain(book: (&'static RuleBook, naive::Book)) {
    what_runs_and_where_it_goes(book);
    every_hardware_version(book);
    floors(book);
    contradictions(book);
    said_twice(book);
}

/// What is asked first after a change of a rule, in seconds: to where, without a chosen target.
fn first(book: (&'static RuleBook, naive::Book)) {
    let mut comparison = Comparison::new(book);
    ask_every_hardware_version(&mut comparison, book.0, |target| target.is_none());
    comparison.check(10_000);
}

#[test]
fn at_once_every_hardware_version_on_guide() {
    first(books()[0]);
}

#[test]
fn at_once_every_hardware_version_on_field() {
    first(books()[1]);
}

#[test]
fn the_engine_agrees_with_the_naive_implementation_on_guide() {
    whole_domain(books()[0]);
}

#[test]
fn the_engine_agrees_with_the_naive_implementation_on_field() {
    whole_domain(books()[1]);
}

#[test]
fn the_engine_agrees_with_the_naive_implementation_on_field_as_of_the_first_amendments() {
    whole_domain(books()[2]);
}

#[test]
fn the_engine_agrees_with_the_naive_implementation_on_field_before_the_7821_without_bound() {
    whole_domain(books()[3]);
}

#[test]
fn the_engine_agrees_with_the_naive_implementation_on_field_before_the_last_targets() {
    whole_domain(books()[4]);
}

/// Every day on which `field` changed, and before the first.
#[test]
fn the_engine_agrees_with_the_naive_implementation_about_floors_and_loads_on_every_day() {
    let days = RuleBook::field_dates().map(|day| day.to_string());
    for day in std::iter::once("2000-01-01".to_owned()).chain(days) {
        let book = RuleBook::field_as_of(day.parse().expect("a day"));
        let book = (book, naive::Book::FieldAsOf(day.leak()));
        floors(book);
    }
}

/// What is not in the list is not compared.
#[test]
fn at_once_the_domain_holds_every_model_that_the_rule_book_names() {
    let book = RuleBook::guide();
    let named = book.models().map(|row| row.model);
    let named = named.chain(book.conversions().flat_map(|row| row.models.iter().copied()));
    for model in named.filter(|model| !model.as_str().ends_with("xx") && model.as_str() != "other") {
        let is_asked = MODELS.contains(&model.as_str());
        assert!(
            is_asked,
            "{model}: add it to MODELS of tests/src/naive/tables.rs, or to OTHERS of tests/src/generate.rs"
        );
    }
}
