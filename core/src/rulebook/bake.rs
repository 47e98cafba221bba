//! Bakes the authored TOML into checked-in Rust, and fails when the two differ.
//!
//! ```text
//! UPDATE=1 cargo test -p crossgrade --features load baked
//! ```

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::date::Date;
use super::read;
use super::rows::*;
use super::tables::{Index, KnownRelease, Profile, Rows, Span, Tables, View};
use crate::destination::Destination;
use crate::firmware::{LoadName, Release};
use crate::phone::{Model, Vid};

/// A value as the Rust expression that makes it.
trait Bake {
    fn bake(&self) -> String;
}

/// Structs: every field by name, so that a field that is missing here does not compile there.
macro_rules! bake_struct {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl Bake for $name {
            fn bake(&self) -> String {
                let fields = [$( format!(concat!(stringify!($field), ": {}"), self.$field.bake()) ),+];
                format!(concat!(stringify!($name), " {{ {} }}"), fields.join(", "))
            }
        }
    )+};
}

bake_struct! {
    AmendmentRow { origin, says }
    SourceRow { origin, title, section, language, read, superseded_by }
    ModelRow { origin, model, family, series }
    SingleFirmwareRow { origin, models, runs, remark }
    ConversionRow { origin, models, destinations, pid, answer, vid, running_at_least, target_at_least }
    GateRow { origin, on, models, except, destinations, vid, minimum }
    FloorRow { origin, models, firmware_type, vid, minimum, lasting }
    LoadRow { origin, load }
    TargetRow { origin, destination, load }
    StepRow { origin, destination, load }
    LoadServerRow { origin, destination, server }
    LicenseRow { origin, destination, series, when, need, sku, service_sku, file }
    EvidenceRow { origin, means, release }
    AdviceRow { origin, says, models, except, destinations, vid, choose, from, below, running_below, made_from, told }
    Side { says, sources }
    DisagreementRow { origin, subject, vid, sides, follows }
    ErratumRow { origin, says }
    Profile { key, model, single_firmware, conversions, gates, advice, target, step, licenses, floors, loads }
    Index { profiles, buckets, positions, releases }
    View { edition, root, revision, digest, as_of, step, index }
}

/// Enums: the names that `Debug` prints are the names of the variants.
macro_rules! bake_enum {
    ($($name:ident)+) => {$(
        impl Bake for $name {
            fn bake(&self) -> String {
                format!(concat!(stringify!($name), "::{:?}"), self)
            }
        }
    )+};
}

use crate::firmware::{FirmwareType, LoadFamily, LoadForm};
bake_enum! { Answer PidMark Stage LicenseNeed AuthorizationState EvidenceRule AdviceKind Destination FirmwareType LoadForm Confidence }

impl Bake for Text {
    fn bake(&self) -> String {
        format!("B({self:?})")
    }
}

impl Bake for Date {
    fn bake(&self) -> String {
        let (year, month, day) = self.parts();
        format!("Date::constant({year}, {month}, {day})")
    }
}

impl Bake for semver::Version {
    fn bake(&self) -> String {
        let Self { major, minor, patch, .. } = self;
        format!("Version::new({major}, {minor}, {patch})")
    }
}

impl Bake for Span {
    fn bake(&self) -> String {
        format!("s({}, {})", self.from, self.len)
    }
}

impl Bake for KnownRelease {
    fn bake(&self) -> String {
        let Self { release: Release { major, minor, micro, service }, is_enterprise, is_mpp } = self;
        format!("r({major}, {minor}, {micro}, {service}, {is_enterprise}, {is_mpp})")
    }
}

impl Bake for u8 {
    fn bake(&self) -> String {
        self.to_string()
    }
}

impl Bake for bool {
    fn bake(&self) -> String {
        self.to_string()
    }
}

impl Bake for u16 {
    fn bake(&self) -> String {
        self.to_string()
    }
}

impl Bake for Model {
    fn bake(&self) -> String {
        format!("model({:?})", self.as_str())
    }
}

impl Bake for LoadFamily {
    fn bake(&self) -> String {
        format!("LoadFamily::constant({:?})", self.as_str())
    }
}

impl Bake for Release {
    fn bake(&self) -> String {
        let Self { major, minor, micro, service } = self;
        format!("Release::new({major}, {minor}, {micro}, {service})")
    }
}

impl Bake for LoadName {
    fn bake(&self) -> String {
        let (family, form, release, respin, build) = self.parts();
        format!("LoadName::baked({}, {}, {}, {respin}, {build})", family.bake(), form.bake(), release.bake())
    }
}

impl Bake for VidRange {
    fn bake(&self) -> String {
        let end = |vid: Option<Vid>| vid.map_or("None".to_owned(), |vid| format!("Some(Vid::baked({}))", vid.number()));
        match *self {
            Self::ANY => "VidRange::ANY".to_owned(),
            Self { from, to } => format!("VidRange {{ from: {}, to: {} }}", end(from), end(to)),
        }
    }
}

impl Bake for Origin {
    fn bake(&self) -> String {
        let Self { id, sources, disagreements, amendment, date, confidence, reason, life } = self;
        let [id, sources, disagreements] = [id.bake(), sources.bake(), disagreements.bake()];
        let Life { from, until } = life;
        match amendment {
            None if date.is_none() && confidence.is_none() && reason.is_none() => {
                format!("base({id}, {sources}, {disagreements}, {from}, {until})")
            }
            _ => {
                let [amendment, date] = [amendment.bake(), date.bake()];
                let [confidence, reason] = [confidence.bake(), reason.bake()];
                format!(
                    "Origin {{ id: {id}, sources: {sources}, disagreements: {disagreements}, amendment: {amendment}, date: {date}, confidence: {confidence}, reason: {reason}, life: Life {{ from: {from}, until: {until} }} }}"
                )
            }
        }
    }
}

impl<T: Bake> Bake for Option<T> {
    fn bake(&self) -> String {
        self.as_ref().map_or("None".to_owned(), |value| format!("Some({})", value.bake()))
    }
}

impl<T: Bake + Clone> Bake for List<T>
where
    [T]: ToOwned<Owned = Vec<T>>,
{
    fn bake(&self) -> String {
        let items: Vec<String> = self.iter().map(Bake::bake).collect();
        format!("B(&[{}])", items.join(", "))
    }
}

impl<T: Bake, const N: usize> Bake for [T; N] {
    fn bake(&self) -> String {
        format!("[{}]", self.each_ref().map(Bake::bake).join(", "))
    }
}

/// A table: one row on one line.
fn table<T: Bake>(out: &mut String, name: &str, rows: &[T]) {
    let _ = writeln!(out, "    {name}: B(&[");
    for row in rows {
        let _ = writeln!(out, "        {},", row.bake());
    }
    let _ = writeln!(out, "    ]),");
}

fn file(rows: &Rows, views: &[View]) -> String {
    let mut out = String::from(
        "// GENERATED from data/guide.toml and data/field.toml by `UPDATE=1 cargo test -p crossgrade --features load baked`.
// Do not edit.

use std::borrow::Cow::Borrowed as B;

use semver::Version;

use super::elsewhere::Elsewhere;
use super::rows::*;
use super::tables::{Index, KnownRelease, Profile, Rows, Span, View};
use super::{Date, RuleBook};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadForm, LoadName, Release};
use crate::phone::{Model, Vid};

const fn model(name: &str) -> Model {
    Model::constant(name)
}

const fn s(from: u32, len: u16) -> Span {
    Span { from, len }
}

const fn r(major: u8, minor: u8, micro: u8, service: u8, is_enterprise: bool, is_mpp: bool) -> KnownRelease {
    KnownRelease { release: Release::new(major, minor, micro, service), is_enterprise, is_mpp }
}

/// The origin of a row of `guide`.
const fn base(id: Text, sources: List<Text>, disagreements: List<Text>, from: u8, until: u8) -> Origin {
    let life = Life { from, until };
    Origin { id, sources, disagreements, amendment: None, date: None, confidence: None, reason: None, life }
}

/// Every row of the embedded books.
#[rustfmt::skip]
static ROWS: Rows = Rows {\n",
    );
    macro_rules! all {
        ($($name:ident: $row:ident, $about:literal,)+) => { $( table(&mut out, stringify!($name), &rows.$name); )+ };
    }
    with_sections!(all);
    out.push_str("};\n\n/// `guide`, and `field` after each of its dates.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "static VIEWS: [View; {}] = [", views.len());
    for view in views {
        let View { edition, root, revision, digest, as_of, step, index } = view;
        let _ = writeln!(out, "    View {{ edition: {}, root: {},", edition.bake(), root.bake());
        let _ = writeln!(out, "        revision: {}, as_of: {}, step: {step},", revision.bake(), as_of.bake());
        let _ = writeln!(out, "        digest: {},", digest.bake());
        out.push_str("        index: Index { profiles: B(&[\n");
        for profile in index.profiles.iter() {
            let _ = writeln!(out, "            {},", profile.bake());
        }
        let _ = writeln!(out, "        ]), buckets: {},", index.buckets.bake());
        let _ = writeln!(out, "        positions: {},", index.positions.bake());
        let _ = writeln!(out, "        releases: {} }} }},", index.releases.bake());
    }
    out.push_str("];\n\n");
    elsewhere(&mut out, rows, views.len() - 1);
    out.push_str("\n/// The books: the first is `guide`.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static BOOKS: [RuleBook; {}] = [", views.len());
    for step in 0..views.len() {
        let _ = writeln!(out, "    RuleBook::baked(&ROWS, &VIEWS[{step}]),");
    }
    out.push_str("];\n");
    out
}

/// Rows of `guide` that say no to phones to which the newest `field` says yes, and what to do about it.
fn elsewhere(out: &mut String, rows: &Rows, last: usize) {
    let last = u8::try_from(last).expect("fewer than 255 dates");
    let at = |step: u8| rows.conversions.iter().filter(move |row| row.origin.life.holds(step));
    let is_new = |row: &&ConversionRow| row.answer == Answer::Convertible && row.origin.amendment.is_some();
    // What asks for a target comes first, which the caller chooses, and what asks for what runs behind it.
    let mut found = std::collections::BTreeMap::new();
    for no in at(0).filter(|row| row.answer != Answer::Convertible || row.vid.has_bound()) {
        for yes in at(last).filter(is_new) {
            let models: Vec<Model> = no.models.iter().filter(|model| yes.models.contains(model)).copied().collect();
            let is_on_the_way = no.destinations.iter().any(|destination| yes.destinations.contains(destination));
            let is_of_pid = no.pid == PidMark::Any || yes.pid == PidMark::Any || no.pid == yes.pid;
            if models.is_empty() || !is_on_the_way || !is_of_pid {
                continue;
            }
            let names = models.iter().map(|model| model.as_str()).collect::<Vec<_>>().join(" and ");
            let direction = yes.destinations[0].direction();
            let mut says = format!("it lets the {names}");
            if yes.vid.has_bound() {
                let end = |vid: Option<Vid>| vid.map(|vid| vid.to_string());
                let _ = match (end(yes.vid.from), end(yes.vid.to)) {
                    (Some(from), Some(to)) if from == to => write!(says, " {from}"),
                    (Some(from), Some(to)) => write!(says, " {from} to {to}"),
                    (Some(from), None) => write!(says, " {from} or later"),
                    (_, to) => write!(says, " up to {}", to.unwrap_or_default()),
                };
            }
            says.push_str(" be converted");
            if let Some(release) = yes.running_at_least {
                let _ = write!(says, " if {} {release} or later runs", direction.from().name());
            }
            if let Some(release) = yes.target_at_least {
                let _ = write!(says, " with a target of {} {release} or later", direction.to().name());
            }
            let [day, amendment] =
                [yes.origin.date.map(|day| day.to_string()), yes.origin.amendment.as_ref().map(ToString::to_string)];
            let book = day.map_or("field".to_owned(), |day| format!("field as of {day} or later"));
            let remedy = format!("Ask rule book {book}: {says} (amendment {}).", amendment.unwrap_or_default());
            let key = (&no.origin.id, yes.running_at_least.is_some(), &yes.origin.id);
            let row = format!(
                "    Elsewhere {{ row: {:?}, instead: {:?}, models: &[{}], pid: PidMark::{:?}, vid: {}, remedy: {remedy:?} }},",
                no.origin.id,
                yes.origin.id,
                models.iter().map(Bake::bake).collect::<Vec<_>>().join(", "),
                yes.pid,
                yes.vid.bake(),
            );
            found.insert(key, row);
        }
    }
    let rows: Vec<String> = found.into_values().collect();
    let _ = writeln!(out, "/// Where `field` answers otherwise than `guide`.\n#[rustfmt::skip]");
    let _ = writeln!(out, "pub(super) static ELSEWHERE: [Elsewhere; {}] = [\n{}\n];", rows.len(), rows.join("\n"));
}

/// The rows of all steps in one, each version with the steps at which it is in force.
fn merge(states: &[Rows]) -> Rows {
    fn versions<T: SectionRow>(states: &[Rows], rows: fn(&Rows) -> &[T]) -> List<T> {
        let mut merged: Vec<T> = Vec::new();
        for (step, state) in states.iter().enumerate() {
            let step = u8::try_from(step).expect("fewer than 255 dates");
            let is_open = |row: &T| row.origin().life.until == u8::MAX;
            for old in merged.iter_mut().filter(|row| is_open(row)) {
                let life = old.origin().life;
                let mut as_read = old.clone();
                as_read.origin_mut().life = Life::ALWAYS;
                if !rows(state).contains(&as_read) {
                    old.origin_mut().life = Life { until: step, ..life };
                }
            }
            for row in rows(state) {
                if !merged.iter().any(|old| is_open(old) && old.origin().id == row.origin().id) {
                    let mut row = row.clone();
                    row.origin_mut().life = Life { from: step, until: u8::MAX };
                    merged.push(row);
                }
            }
        }
        merged.into()
    }
    macro_rules! all {
        ($($name:ident: $row:ident, $about:literal,)+) => {
            Rows { $( $name: versions(states, |rows| &rows.$name), )+ }
        };
    }
    with_sections!(all)
}

/// `guide` and `field` after each of its dates, from the data.
fn embedded() -> (Rows, Vec<View>) {
    let guide = include_str!("../../data/guide.toml");
    let (guide, view) = read::book(guide).unwrap_or_else(|error| panic!("data/guide.toml: {error}"));
    let field = include_str!("../../data/field.toml");
    let timeline = read::timeline(Tables { rows: &guide, view: &view }, field);
    let (dated, revision) = timeline.unwrap_or_else(|error| panic!("data/field.toml: {error}"));
    let first = dated.iter().find_map(|(date, _)| *date).expect("a dated amendment");
    let last = dated.iter().filter_map(|(date, _)| *date).max();

    let mut states = vec![guide];
    let mut views = vec![view];
    for (date, rows) in dated {
        let edition = match date {
            None => format!("field before {first}"),
            Some(_) if date == last => "field".to_owned(),
            Some(date) => format!("field as of {date}"),
        };
        views.push(View {
            edition: edition.into(),
            root: "field".into(),
            revision: revision.clone(),
            digest: "".into(),
            as_of: date,
            step: u8::try_from(states.len()).expect("fewer than 255 dates"),
            index: Index::default(),
        });
        states.push(rows);
    }
    let rows = merge(&states);
    for view in &mut views {
        view.digest = super::digest::of(&rows, view.step).into();
        view.index = super::index::index(&rows, view.step);
    }
    (rows, views)
}

/// The checked-in file must be what the data says; with `UPDATE=1` it is rewritten.
#[track_caller]
pub(crate) fn compare(path: &Path, expected: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, expected).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    panic!(
        "{} is not what data/ says; run `UPDATE=1 cargo test -p crossgrade --features load baked` and look at the diff",
        path.display()
    );
}

pub(crate) fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn baked_books_are_what_the_data_says() {
    let (rows, views) = embedded();
    compare(&source("src/rulebook/baked.rs"), &file(&rows, &views));
    #[cfg(not(crossgrade_unbaked))]
    if std::env::var_os("UPDATE").is_none() {
        for (view, book) in views.iter().zip(&super::baked::BOOKS) {
            assert_eq!(view, book.tables().view, "the baked {} is not the book that was read", view.edition);
            assert_eq!(&rows, book.tables().rows);
        }
    }
}
