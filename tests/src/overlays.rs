//! Overlays for tests: how one is written, random ones, and the law that nothing is relaxed by mistake.

use std::fmt::Write as _;
use std::sync::LazyLock;

use crossgrade::assess::PhoneRead;
use crossgrade::rulebook::rows::{AdviceKind, Answer, ConversionRow, LicenseNeed, Stage};
use crossgrade::{Assessment, Code, Destination, LoadName, Phone, Release, Request, RuleBook, Verdict};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::generate::{self, MODELS};

// ---------------------------------------------------------------------------------------------------------------------
// The text of an overlay
// ---------------------------------------------------------------------------------------------------------------------

/// Lines 1 to 12: an overlay with one source and one amendment, `acme-1` if its name is `acme`.
pub fn head(base: &str, name: &str) -> String {
    format!(
        r#"schema = 1
overlay = "{name}"
version = "1.0.0"
base = {{ edition = "{base}", revision = "{revision}" }}

[sources]
TAC-{name} = {{ title = "Answer of Cisco TAC", section = "case 1", language = "en", read = 2026-11-20 }}

[amendments.{name}-1]
sources = ["TAC-{name}"]
confidence = "high"
says = "what the case says"
"#,
        revision = RuleBook::guide().revision()
    )
}

/// One row of an overlay: a new one, a change, or `remove = true`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The section that it stands in.
    pub section: &'static str,
    /// Its id.
    pub id: String,
    /// Keys, and values as TOML writes them.
    pub keys: Keys,
}

/// Keys, and values as TOML writes them.
pub type Keys = Vec<(&'static str, String)>;

impl Edit {
    /// The same row, which says that it may relax the book.
    pub fn relaxing(&self) -> Self {
        let mut edit = self.clone();
        edit.keys.extend([("relax", "true".to_owned()), ("reason", "\"case 1\"".to_owned())]);
        edit
    }
}

/// An overlay with these rows, in this order.
pub fn overlay(base: &str, name: &str, edits: &[Edit]) -> String {
    let mut sections: Vec<&str> = Vec::new();
    for edit in edits.iter().filter(|edit| edit.section != "sources") {
        if !sections.contains(&edit.section) {
            sections.push(edit.section);
        }
    }
    let mut text = head(base, name);
    for section in sections {
        let _ = writeln!(text, "[amendments.{name}-1.{section}]");
        for Edit { id, keys, .. } in edits.iter().filter(|edit| edit.section == section) {
            let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            let _ = writeln!(text, "{id:?} = {{ {} }}", keys.join(", "));
        }
    }
    text
}

/// The same overlay written otherwise: rows, sections and keys from the last to the first, each row a table of its own.
pub fn overlay_otherwise(base: &str, name: &str, edits: &[Edit]) -> String {
    let mut text = head(base, name);
    for Edit { section, id, keys } in edits.iter().rev() {
        let _ = writeln!(text, "\n[ amendments . {name}-1 . {section} . {id:?} ]  # as the case says");
        for (key, value) in keys.iter().rev() {
            let _ = writeln!(text, "\t{key}={value}");
        }
    }
    text
}

/// Takes every `^` out of a text, and tells the line and column of each.
pub fn marks(text: &str) -> (Vec<(usize, usize)>, String) {
    let (mut places, mut clean) = (Vec::new(), String::new());
    for part in text.split_inclusive('^') {
        clean.push_str(part.trim_end_matches('^'));
        if part.ends_with('^') {
            let line = clean.rsplit('\n').next().unwrap_or_default();
            places.push((clean.matches('\n').count() + 1, line.chars().count() + 1));
        }
    }
    (places, clean)
}

// ---------------------------------------------------------------------------------------------------------------------
// Random rows
// ---------------------------------------------------------------------------------------------------------------------

/// Values as TOML writes them.
type Values = BoxedStrategy<String>;

fn quoted(texts: &[&str]) -> Values {
    select(texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>()).boxed()
}

fn words<T: Copy + ToString>(all: &[T]) -> Values {
    quoted(&all.iter().map(T::to_string).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
}

/// Ranges that begin and end where those of the books do, or beside it.
fn vids() -> Values {
    let end = || select(vec![0, 1, 2, 3, 4, 5, 8, 14, 15, 16, 18, 20, 23, 24, 25, 26, 27, 30]);
    let range = (end(), end(), 0..8).prop_map(|(one, other, shape): (u32, u32, i32)| match shape {
        0 => "any".to_owned(),
        1 | 2 => format!("V{one:02}-"),
        3 => format!("-V{one:02}"),
        _ => format!("V{:02}-V{:02}", one.min(other), one.max(other)),
    });
    range.prop_map(|range| format!("{range:?}")).boxed()
}

/// Releases of both types, on both sides of those in the books.
fn releases() -> Values {
    let mpp = ["11.3(2)", "11.3(3)", "11.3(6)", "12.0(3)", "12.0(3)SR1", "12.0(4)", "12.0(5)", "12.0(6)", "12.0(7)SR1"];
    let enterprise = ["10.3(1)", "12.5(1)SR1", "14.0(1)", "14.1(1)", "14.2(1)", "14.2(1)SR1", "14.3(1)", "14.4(1)SR1"];
    prop_oneof![quoted(&mpp), quoted(&enterprise)].boxed()
}

fn conditions() -> Values {
    prop_oneof![6 => releases(), 1 => quoted(&["any"])].boxed()
}

fn families() -> Values {
    quoted(&["78xx", "7832", "88xx", "8832", "8845_65"])
}

/// Loads that no book has.
pub fn new_loads() -> impl Strategy<Value = String> {
    let versions = [
        "11-3-3MPP0001-1",
        "12-0-3MPP0001-100",
        "12-0-4MPP0001-1",
        "12-0-5MPP0001-1",
        "12-0-6MPP0001-1",
        "12-0-7MPP0501-200",
        "14-1-1-0001-1",
        "14-2-1-0101-99",
        "14-3-1-0001-61",
        "14-4-1-0301-9",
    ];
    (families(), select(versions.to_vec()))
        .prop_map(|(family, version)| format!("sip{}.{version}", family.trim_matches('"')))
}

fn list_of(names: impl Iterator<Item = String>) -> Values {
    let names = select(names.collect::<Vec<_>>());
    prop::collection::vec(names, 1..3).prop_map(|names| format!("{names:?}")).boxed()
}

/// Models, series and `other`.
fn models() -> Values {
    list_of(MODELS.iter().chain(&["78xx", "88xx", "68xx", "other"]).map(|name| (*name).to_owned()))
}

/// Models with a load.
fn models_with_load(book: &'static RuleBook) -> Values {
    list_of(book.models().map(|row| row.model.to_string()))
}

/// Models with a load, their series and all of them.
fn listed(book: &'static RuleBook) -> Values {
    let several = quoted(&["listed", "78xx", "88xx"]).prop_map(|name| format!("[{name}]"));
    prop_oneof![2 => models_with_load(book), 1 => several].boxed()
}

fn pids() -> Values {
    quoted(&["any", "3pcc", "other"])
}

fn flags() -> Values {
    select(vec!["true".to_owned(), "false".to_owned()]).boxed()
}

/// Each key is there or not; rarely none.
fn some(keys: Vec<(&'static str, Values)>) -> BoxedStrategy<Keys> {
    let share = (1.5 / keys.len() as f64).min(0.9);
    let keys = keys.into_iter().map(|(key, values)| weighted(share, values.prop_map(move |value| (key, value))));
    keys.collect::<Vec<_>>().prop_map(|keys| keys.into_iter().flatten().collect()).boxed()
}

fn all(keys: Vec<(&'static str, Values)>) -> BoxedStrategy<Keys> {
    keys.into_iter().map(|(key, values)| values.prop_map(move |value| (key, value))).collect::<Vec<_>>().boxed()
}

fn both(one: BoxedStrategy<Keys>, other: BoxedStrategy<Keys>) -> BoxedStrategy<Keys> {
    (one, other).prop_map(|(one, other)| [one, other].concat()).boxed()
}

/// Where a row holds.
fn scopes() -> BoxedStrategy<Keys> {
    let direction = quoted(&["enterprise-to-mpp", "mpp-to-enterprise"]);
    prop_oneof![all(vec![("destination", words(Destination::ALL))]), all(vec![("direction", direction)])].boxed()
}

/// Changes of rows of the book.
fn change(book: &'static RuleBook, section: &'static str, keys: BoxedStrategy<Keys>) -> BoxedStrategy<Edit> {
    let ids: Vec<_> =
        book.rows().filter(|row| row.section() == section).map(|row| row.origin().id.to_string()).collect();
    (select(ids), keys).prop_map(move |(id, keys)| Edit { section, id, keys }).boxed()
}

/// Rows that no book has.
fn add(section: &'static str, keys: BoxedStrategy<Keys>) -> BoxedStrategy<Edit> {
    (0..9, keys).prop_map(move |(number, keys)| Edit { section, id: format!("new-{section}-{number}"), keys }).boxed()
}

fn conversions(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let conditions = || vec![("vid", vids()), ("running-at-least", conditions()), ("target-at-least", conditions())];
    let subject = || vec![("models", models()), ("pid", pids()), ("answer", words(Answer::ALL))];
    let rows = |is_meant: fn(&ConversionRow) -> bool| {
        let rows = book.conversions().filter(|row| is_meant(row));
        select(rows.map(|row| row.origin.id.to_string()).collect::<Vec<_>>())
    };
    let of = |ids: BoxedStrategy<String>, keys: BoxedStrategy<Keys>| {
        (ids, keys).prop_map(|(id, keys)| Edit { section: "conversions", id, keys })
    };
    let with_bound = rows(|row| row.vid.has_bound() || row.target_at_least.is_some()).boxed();
    let yes = rows(|row| row.answer == Answer::Convertible).boxed();
    // A yes to these is none that the book has.
    let undecided =
        quoted(&["7821", "7841", "7861", "8832NR", "8851NR", "8865NR"]).prop_map(|model| format!("[{model}]"));
    let new_yes = all(vec![("models", undecided.boxed()), ("answer", quoted(&["convertible"])), ("pid", pids())]);
    let new = all(vec![("models", models()), ("answer", words(Answer::ALL))]);
    prop_oneof![
        3 => of(with_bound, some(conditions())),
        3 => of(yes, some(conditions())),
        3 => change(book, "conversions", some(subject())),
        1 => change(book, "conversions", both(some(conditions()), scopes())),
        3 => add("conversions", both(both(new_yes, scopes()), some(conditions()))),
        1 => add("conversions", both(new, scopes())),
    ]
    .boxed()
}

fn gates(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let what = || vec![("vid", vids()), ("minimum", releases())];
    let whom = vec![("models", listed(book)), ("except", models_with_load(book)), ("on", words(Stage::ALL))];
    let new = all(vec![("on", words(Stage::ALL)), ("models", listed(book)), ("minimum", releases())]);
    prop_oneof![
        3 => change(book, "gates", some(what())),
        1 => change(book, "gates", some(whom)),
        1 => change(book, "gates", scopes()),
        4 => add("gates", both(both(new, scopes()), some(vec![("vid", vids())]))),
    ]
    .boxed()
}

fn floors(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let types = || quoted(&["enterprise", "mpp"]);
    let what = || vec![("vid", vids()), ("lasting", flags()), ("minimum", releases())];
    let new = all(vec![("models", listed(book)), ("firmware-type", types()), ("minimum", releases())]);
    prop_oneof![
        3 => change(book, "floors", some(what())),
        1 => change(book, "floors", some(vec![("models", listed(book)), ("firmware-type", types())])),
        4 => add("floors", both(new, some(vec![("vid", vids()), ("lasting", flags())]))),
    ]
    .boxed()
}

fn loads_and_targets(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let known: Vec<_> = book.loads().map(|row| row.load.to_string()).collect();
    let load = || prop_oneof![select(known.clone()), new_loads()].prop_map(|load| format!("{load:?}")).boxed();
    let target = || all(vec![("destination", words(Destination::ALL)), ("load", load())]);
    let new_load = new_loads().prop_map(|id| Edit { section: "loads", id, keys: Vec::new() });
    // One load of the family of the row, or else it is mostly refused.
    let targets = book.targets().map(|row| ("targets", row.origin.id.to_string(), row.load));
    let steps = book.steps().map(|row| ("steps", row.origin.id.to_string(), row.load));
    let named = targets.chain(steps).collect::<Vec<_>>();
    let same_family = select(named).prop_flat_map(move |(section, id, own)| {
        let fits = |load: &LoadName| load.family() == own.family() && load.firmware_type() == own.firmware_type();
        let loads: Vec<_> = book.loads().map(|row| row.load).filter(fits).map(|load| format!("\"{load}\"")).collect();
        let id = Just(id);
        (id, select(loads)).prop_map(move |(id, load)| Edit { section, id, keys: vec![("load", load)] })
    });
    prop_oneof![
        3 => new_load,
        4 => same_family,
        1 => change(book, "targets", some(vec![("destination", words(Destination::ALL)), ("load", load())])),
        1 => add("targets", target()),
        1 => add("steps", target()),
    ]
    .boxed()
}

fn licenses(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let bought = r#""purchase", sku = "A", service-sku = "B", file = "{MAC}.lic""#.to_owned();
    let needs = [r#""not-required""#.to_owned(), r#""issued-by-control-hub""#.to_owned(), bought];
    let need = || all(vec![("need", select(needs.to_vec()).boxed())]);
    let series = || quoted(&["7800", "8800"]);
    let whom = || {
        vec![
            ("destination", words(Destination::ALL)),
            ("series", series()),
            ("when", quoted(&["any", "none", "given"])),
        ]
    };
    prop_oneof![
        2 => change(book, "licenses", need()),
        1 => change(book, "licenses", some(whom())),
        1 => add("licenses", both(all(whom()), need())),
    ]
    .boxed()
}

fn hardware(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let runs = || vec![("models", models()), ("runs", quoted(&["enterprise", "mpp"]))];
    let model = || vec![("family", families()), ("series", quoted(&["7800", "8800"]))];
    let new_model = (select(MODELS.to_vec()), all(model()));
    prop_oneof![
        1 => change(book, "single-firmware", some(runs())),
        1 => add("single-firmware", all(runs())),
        2 => change(book, "models", some(model())),
        3 => new_model.prop_map(|(id, keys)| Edit { section: "models", id: id.to_owned(), keys }),
    ]
    .boxed()
}

/// The keys that say something to each kind of advice: those that it needs, and others.
pub fn keys_of(says: AdviceKind) -> [&'static [&'static str]; 2] {
    match says {
        AdviceKind::FixMissing => [&["below", "told"], &["from"]],
        AdviceKind::CertificateNotRenewed | AdviceKind::ChangesOnArrival | AdviceKind::CallControlsDocumented => {
            [&["told"], &["from", "below"]]
        }
        AdviceKind::NewCertificateAuthority => [&["told"], &["made-from"]],
        AdviceKind::TooOldToOnboard => [&["running-below", "told"], &[]],
        AdviceKind::UpgradeInSteps => [&["running-below", "told"], &["from"]],
        AdviceKind::WebAccessOff => [&["told"], &[]],
        AdviceKind::TargetUnverified => [&["below"], &["told"]],
        AdviceKind::TargetUnconfirmed => [&[], &["choose", "told"]],
        _ => [&[], &["told"]],
    }
}

/// Values for a key of advice. What is told is mostly what the book tells somewhere.
fn told_or_when(book: &'static RuleBook, key: &str) -> Values {
    let dates = ["2019-03-01", "2021-05-01", "2022-02-28", "2022-03-01", "2024-01-01", "2099-01-01"];
    let mut told: Vec<_> =
        book.advice().filter_map(|row| row.told.as_deref()).map(|told| format!("{told:?}")).collect();
    told.push("\"something else\"".to_owned());
    let old =
        ["11.0(1)", "11.1(2)", "11.1(2)SR1", "11.2(3)SR1", "11.3(1)SR1", "11.3(5)", "11.3(7)SR1", "12.0(2)", "99.0(1)"];
    match key {
        "made-from" => select(dates.map(str::to_owned).to_vec()).boxed(),
        "told" => select(told).boxed(),
        "choose" => conditions(),
        _ => prop_oneof![4 => conditions(), 4 => quoted(&old)].boxed(),
    }
}

/// Rows of advice; mostly such as can work.
fn advice(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    let without_load = || quoted(&["68xx", "8831", "8875", "98xx"]).prop_map(|name| format!("[{name}]"));
    let named = move || prop_oneof![3 => listed(book), 1 => without_load()].boxed();
    let values = move |keys: &[&'static str]| -> Vec<(&'static str, Values)> {
        keys.iter().map(|key| (*key, told_or_when(book, key))).collect()
    };
    let new = select(AdviceKind::ALL).prop_flat_map(move |says| {
        let [needed, optional] = keys_of(says);
        let needed = [vec![("says", quoted(&[says.as_str()])), ("models", named())], values(needed)].concat();
        both(all(needed), some([vec![("vid", vids())], values(optional)].concat()))
    });
    let rows: Vec<_> = book.advice().map(|row| (row.origin.id.to_string(), row.says)).collect();
    let changed = select(rows).prop_flat_map(move |(id, says)| {
        let own = values(&keys_of(says).concat());
        let keys = [vec![("vid", vids()), ("models", named()), ("except", models_with_load(book))], own].concat();
        some(keys).prop_map(move |keys| Edit { section: "advice", id: id.clone(), keys })
    });
    prop_oneof![3 => changed, 2 => add("advice", both(new.boxed(), scopes()))].boxed()
}

fn evidence() -> BoxedStrategy<Edit> {
    let evidence = |id: &str, key: &'static str, values: Values| {
        let id = id.to_owned();
        all(vec![(key, values)]).prop_map(move |keys| Edit { section: "evidence", id: id.clone(), keys })
    };
    prop_oneof![
        evidence("authorization-readable", "release", releases()),
        evidence("outdated-mpp-on-3pcc", "major", (9..13).prop_map(|major: i32| major.to_string()).boxed()),
    ]
    .boxed()
}

/// A random row: one that changes a row of the book, adds one, or takes one away; mostly one that decides something.
pub fn edits(book: &'static RuleBook) -> BoxedStrategy<Edit> {
    const DECIDE: &[&str] = &[
        "conversions",
        "gates",
        "floors",
        "single-firmware",
        "advice",
        "evidence",
        "licenses",
        "targets",
        "steps",
        "loads",
    ];
    let removed = || all(vec![("remove", Just("true".to_owned()).boxed())]);
    let removals = select(DECIDE).prop_flat_map(move |section| change(book, section, removed()));
    prop_oneof![
        8 => conversions(book),
        5 => gates(book),
        4 => floors(book),
        5 => loads_and_targets(book),
        2 => licenses(book),
        3 => hardware(book),
        3 => advice(book),
        1 => evidence(),
        2 => removals,
    ]
    .boxed()
}

/// Up to four rows, each id once.
pub fn some_edits(book: &'static RuleBook) -> BoxedStrategy<Vec<Edit>> {
    let several = prop_oneof![1 => Just(1..2), 1 => Just(2..5_usize)];
    let edits = several.prop_flat_map(move |count| prop::collection::vec(edits(book), count));
    let each_once = edits.prop_map(|mut edits| {
        edits.sort_by(|one, other| one.id.cmp(&other.id));
        edits.dedup_by(|one, other| one.id == other.id);
        edits
    });
    each_once.boxed()
}

// ---------------------------------------------------------------------------------------------------------------------
// Questions, and the law
// ---------------------------------------------------------------------------------------------------------------------

/// A question that is asked of many books.
#[derive(Debug, Clone)]
pub struct Question {
    /// The phone.
    pub phone: Phone<'static>,
    /// Where it shall go.
    pub request: Request,
}

impl Question {
    /// The answer of a book.
    pub fn ask<'a>(&'a self, book: &'a RuleBook) -> Assessment<'a> {
        book.assess_request(&self.phone, &self.request)
    }
}

/// So many generated questions, always the same.
pub fn generated(count: usize) -> Vec<Question> {
    let mut runner = TestRunner::deterministic();
    let question = || generate::questions().new_tree(&mut runner).expect("a question").current();
    let asked = std::iter::repeat_with(question).take(count);
    asked.map(|(texts, request)| Question { phone: texts.phone().into_owned(), request }).collect()
}

/// The decision table: every model, hardware version and destination; with a load that may leave, without evidence of
/// what runs, and marked as MPP hardware.
pub fn table() -> Vec<Question> {
    let mut questions = Vec::new();
    for model in MODELS.iter().copied() {
        let family = generate::family(model);
        for destination in Destination::ALL.iter().copied() {
            let load = match destination {
                Destination::UnifiedCm => format!("sip{family}.12-0-3MPP0101-92"),
                _ => format!("sip{family}.14-3-1-0001-60"),
            };
            for vid in (0..=31).map(|vid| format!("V{vid:02}")).chain([String::new()]) {
                let phone = |pid: String| Phone::new(pid).vid(vid.clone());
                let leaving = phone(format!("CP-{model}-K9=")).load(load.clone()).authorization("blank");
                let marked = phone(format!("CP-{model}-3PCC-K9=")).load(load.clone());
                for phone in [leaving, phone(format!("CP-{model}-K9=")), marked] {
                    questions.push(Question { phone: phone.into_owned(), request: Request::to(destination) });
                }
            }
        }
    }
    questions
}

/// Phones on releases and of months on both sides of what advice is about, also of models without a load.
pub fn advised() -> Vec<Question> {
    let releases = ["11-0-1MPP-14", "11-1-2MPP-1", "11-3-1MPP0101-1", "11-3-6MPP0001-272", "12-0-2MPP0001-1"];
    let more = ["12-0-3MPP0001-87", "12-0-6MPP0001-1", "12-7-1-0001-393", "14-1-1-0001-1", "14-4-1-0001-1"];
    let serials = ["", "FCH24010001", "FCH25180001", "FCH26100001", "FCH28010001"];
    let mut questions = Vec::new();
    for model in ["7811", "7832", "7841", "8832", "8841", "8845", "6841", "8831", "8875", "9841"] {
        for (index, version) in releases.iter().chain(&more).enumerate() {
            let load = match model {
                "8875" | "9841" => format!("PHONEOS.{}-1-1-0001-1", index % 6),
                _ => format!("sip{}.{version}", generate::family(model)),
            };
            for destination in Destination::ALL.iter().copied() {
                for serial in serials {
                    let phone = Phone::new(format!("CP-{model}-K9=")).vid("V16").load(load.clone()).serial(serial);
                    questions.push(Question { phone: phone.into_owned(), request: Request::to(destination) });
                }
            }
        }
    }
    questions
}

/// The decision table, generated questions, and those for which there is advice.
pub static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| [table(), advised(), generated(3000)].concat());

/// Warnings that tell what a row has, of the firmware or the unit.
const DATED: [Code; 7] = [Code::CG405, Code::CG406, Code::CG407, Code::CG408, Code::CG409, Code::CG410, Code::CG411];

/// What an overlay must not loosen unless it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strictness {
    verdict: Verdict,
    /// The highest minimum at the start, and of the target.
    minimum: [Option<Release>; 2],
    need: Option<LicenseNeed>,
    /// The load to install, if the book chose it, and the one to install before.
    own: Option<LoadName>,
    first: Option<LoadName>,
    warnings: Vec<Code>,
    /// What advice depends on: what was read of the phone, how often it contradicts itself, and what is installed.
    ground: (PhoneRead, usize, Option<Release>),
    /// Other warnings, and what they tell.
    told: Vec<(Code, Option<String>)>,
}

impl Strictness {
    /// How strict an answer is.
    pub fn of(answer: &Assessment<'_>) -> Self {
        let highest = |stage| answer.gates().filter(|gate| gate.on() == stage).map(|gate| gate.minimum()).max();
        let is_own = answer.request().chosen_target().is_none();
        let warns = |code: &Code| matches!(code, Code::CG401 | Code::CG402 | Code::CG403 | Code::CG602);
        Self {
            verdict: answer.verdict(),
            minimum: [highest(Stage::Start), highest(Stage::Target)],
            need: answer.license().map(|license| license.need()),
            first: answer.install_first(),
            own: answer.firmware().filter(|_| is_own).and_then(|firmware| firmware.load()),
            warnings: answer.findings().map(|finding| finding.code()).filter(warns).collect(),
            ground: (
                answer.phone_read(),
                answer.contradictions().len(),
                answer.firmware().and_then(|firmware| firmware.release()),
            ),
            told: answer
                .findings()
                .filter(|finding| DATED.contains(&finding.code()))
                .map(|finding| {
                    let row = answer.rulebook().advice().find(|row| Some(&*row.origin.id) == finding.rule());
                    (finding.code(), row.and_then(|row| row.told.as_deref()).map(str::to_owned))
                })
                .collect(),
        }
    }

    /// What the answer of a later book allows that this one does not, if anything.
    pub fn loosened(&self, after: &Self) -> Option<String> {
        if after.verdict == Verdict::Eligible && self.verdict != Verdict::Eligible {
            return Some(format!("{} became eligible", self.verdict));
        }
        let is_open = |verdict| matches!(verdict, Verdict::Eligible | Verdict::Unknown);
        // A floor of all hardware contradicts a release, and no hardware version any more, which then counts again.
        let does_same_evidence_count = (&self.ground.0, self.ground.1) == (&after.ground.0, after.ground.1);
        if is_open(self.verdict) && is_open(after.verdict) && does_same_evidence_count {
            for (stage, (was, is)) in Stage::ALL.iter().zip(self.minimum.iter().zip(&after.minimum)) {
                if is < was {
                    return Some(format!("the {stage} gate was {was:?} and is {is:?}"));
                }
            }
            if let Some(code) = self.warnings.iter().find(|code| !after.warnings.contains(code)) {
                return Some(format!("{code} is not said any more"));
            }
        }
        if self.verdict == after.verdict
            && self.ground == after.ground
            && let Some((code, told)) = self.told.iter().find(|told| !after.told.contains(told))
        {
            return Some(format!("{code} is not said any more: {}", told.as_deref().unwrap_or_default()));
        }
        // A need that is not known any more is not a lesser need.
        let lesser = [LicenseNeed::NotRequired, LicenseNeed::IssuedByControlHub];
        if self.verdict == after.verdict
            && self.need == Some(LicenseNeed::Purchase)
            && after.need.is_some_and(|need| lesser.contains(&need))
        {
            return Some(format!("the need was {:?} and is {:?}", self.need, after.need));
        }
        for (what, was, is) in [("own load", self.own, after.own), ("load to install first", self.first, after.first)] {
            if let (Some(was), Some(is)) = (was, is)
                && is.release() < was.release()
            {
                return Some(format!("the {what} was {was} and is {is}"));
            }
        }
        None
    }
}
