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
use super::tables::{Index, Profile, Rows, Span, Tables, View};
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
    SingleFirmwareRow { origin, models, runs }
    ConversionRow { origin, models, destinations, pid, answer, vid, running_at_least, target_at_least }
    GateRow { origin, on, models, except, destinations, vid, minimum, lasting }
    LoadRow { origin, load }
    TargetRow { origin, destination, load }
    LoadServerRow { origin, destination, server }
    LicenseRow { origin, destination, series, when, need, sku, service_sku, file }
    EvidenceRow { origin, means, release }
    AdviceRow { origin, says, models, except, destinations, vid, choose, below }
    Side { says, sources }
    DisagreementRow { origin, subject, vid, sides, follows }
    ErratumRow { origin, says }
    Profile { key, model, single_firmware, conversions, gates, advice, target, licenses, loads }
    Index { profiles, buckets, positions }
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

use super::rows::*;
use super::tables::{Index, Profile, Rows, Span, View};
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
        let _ = writeln!(out, "        positions: {} }} }},", index.positions.bake());
    }
    out.push_str("];\n\n/// The books: the first is `guide`.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static BOOKS: [RuleBook; {}] = [", views.len());
    for step in 0..views.len() {
        let _ = writeln!(out, "    RuleBook::baked(&ROWS, &VIEWS[{step}]),");
    }
    out.push_str("];\n");
    out
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
