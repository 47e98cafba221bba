//! Writes `baked.rs`: every row on a line, which names only what it has.

use std::fmt::Write as _;

use super::bake_elsewhere;
use super::expression::Bake;
use crate::rulebook::rows::*;
use crate::rulebook::tables::{Rows, View};

const HEAD: &str = r#"// GENERATED from core/data by `cargo rules`. Do not edit.

use std::borrow::Cow::Borrowed as B;

use semver::Version;

use super::baked_index as index;
use super::elsewhere::Elsewhere;
use super::rows::*;
use super::tables::{Index, Rows, View};
use super::{Date, RuleBook};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadForm, LoadName, Release};
use crate::phone::{Model, Vid};

const fn model(name: &str) -> Model {
    Model::constant(name)
}

const fn family(name: &str) -> LoadFamily {
    LoadFamily::constant(name)
}

const fn release(major: u8, minor: u8, micro: u8, service: u8) -> Release {
    Release::new(major, minor, micro, service)
}

const fn load_name(family: LoadFamily, form: LoadForm, release: Release, respin: u8, build: u32) -> LoadName {
    LoadName::baked(family, form, release, respin, build)
}

const fn vid_from(from: u16) -> VidRange {
    VidRange { from: Some(Vid::baked(from)), to: None }
}

const fn vid_to(to: u16) -> VidRange {
    VidRange { from: None, to: Some(Vid::baked(to)) }
}

const fn vid_between(from: u16, to: u16) -> VidRange {
    VidRange { from: Some(Vid::baked(from)), to: Some(Vid::baked(to)) }
}

const fn view(
    edition: &'static str,
    root: &'static str,
    as_of: Option<Date>,
    step: u8,
    index: Index,
    digest: &'static str,
) -> View {
    View { edition: B(edition), root: B(root), revision: REVISION, digest: B(digest), as_of, step, index }
}

macro_rules! texts {
    ($($text:literal),+) => { B(&[$(B($text)),+]) };
}

macro_rules! models {
    ($($name:literal),+) => { B(&[$(model($name)),+]) };
}

macro_rules! destinations {
    ($($name:ident),+) => { B(&[$(Destination::$name),+]) };
}

/// What a row says, or what it is if the row does not say it.
macro_rules! or {
    ([] $otherwise:expr) => { $otherwise };
    ([$said:expr] $otherwise:expr) => { $said };
}
"#;

/// How a struct is written, and how the macro is defined that makes it: the first field has no name, what says nothing is
/// left out.
pub(super) trait BakeRow {
    /// The name of the macro.
    const MACRO: &'static str;

    fn bake_row(&self) -> String;

    /// The definition of the macro.
    fn definition() -> String;
}

/// What stands for nothing in this field.
fn nothing<R, T: Bake>(_: impl Fn(&R) -> &T) -> Option<&'static str> {
    T::NOTHING
}

/// A field of a row, if it says something.
fn said<T: Bake>(name: &str, value: &T) -> String {
    let value = value.bake();
    if Some(&*value) == T::NOTHING { String::new() } else { format!(", {name}: {value}") }
}

macro_rules! bake_rows {
    ($($name:ident as $macro:ident { $first:ident, $($field:ident),+ })+) => {$(
        impl BakeRow for $name {
            const MACRO: &'static str = stringify!($macro);

            fn bake_row(&self) -> String {
                let fields = [$( said(stringify!($field), &self.$field) ),+];
                format!("{}!({}{})", Self::MACRO, self.$first.first(), fields.concat())
            }

            fn definition() -> String {
                let first = (stringify!($first), None);
                let others = [$( (stringify!($field), nothing(|row: &$name| &row.$field)) ),+];
                define(Self::MACRO, stringify!($name), first, &others)
            }
        }
    )+};
}

/// What stands first in a row.
trait First {
    fn first(&self) -> String;
}

impl First for Text {
    fn first(&self) -> String {
        self.bake()
    }
}

impl First for Origin {
    fn first(&self) -> String {
        self.bake_row()
    }
}

impl Bake for Life {
    const NOTHING: Option<&'static str> = Some("Life { from: 0, until: 255 }");

    fn bake(&self) -> String {
        format!("Life {{ from: {}, until: {} }}", self.from, self.until)
    }
}

bake_rows! {
    Origin as origin { id, sources, disagreements, amendment, date, confidence, reason, life }
    AmendmentRow as amendment { origin, says }
    SourceRow as source { origin, title, section, language, read, superseded_by }
    ModelRow as listed { origin, model, family, series }
    SingleFirmwareRow as single_firmware { origin, models, runs, remark }
    ConversionRow as conversion { origin, models, destinations, pid, answer, vid, running_at_least, target_at_least }
    GateRow as gate { origin, on, models, except, destinations, vid, minimum }
    FloorRow as floor { origin, models, firmware_type, vid, minimum, lasting }
    LoadRow as load { origin, load }
    TargetRow as target { origin, destination, load }
    StepRow as step { origin, destination, load }
    LoadServerRow as load_server { origin, destination, server }
    LicenseRow as license { origin, destination, series, when, need, sku, service_sku, file }
    EvidenceRow as evidence { origin, means, release }
    AdviceRow as advice { origin, says, models, except, destinations, vid, choose, from, below, running_below, made_from, told }
    DisagreementRow as disagreement { origin, subject, vid, sides, follows }
    ErratumRow as erratum { origin, says }
}

/// A macro that makes this struct of what is said.
fn define(name: &str, of: &str, first: (&str, Option<&str>), others: &[(&str, Option<&str>)]) -> String {
    let (mut pattern, mut fields) = (format!("${}:expr", first.0), format!("{0}: ${0}", first.0));
    for (field, nothing) in others {
        match nothing {
            None => {
                let _ = write!(pattern, ", {field}: ${field}:expr");
                let _ = write!(fields, ", {field}: ${field}");
            }
            Some(nothing) => {
                let _ = write!(pattern, " $(, {field}: ${field}:expr)?");
                let _ = write!(fields, ", {field}: or!([$(${field})?] {nothing})");
            }
        }
    }
    format!("\nmacro_rules! {name} {{\n    ({pattern}) => {{\n        {of} {{ {fields} }}\n    }};\n}}\n")
}

/// A table: one row on one line.
fn table<T: BakeRow>(out: &mut String, name: &str, rows: &[T]) {
    let _ = writeln!(out, "    {name}: B(&[");
    for row in rows {
        let _ = writeln!(out, "        {},", row.bake_row());
    }
    let _ = writeln!(out, "    ]),");
}

pub(super) fn file(rows: &Rows, views: &[View]) -> String {
    let mut out = HEAD.to_owned();
    out.push_str(&Origin::definition());
    macro_rules! all {
        ($($name:ident: $row:ident, $about:literal,)+) => {
            // A macro that makes nothing would be told by the compiler.
            $( if !rows.$name.is_empty() { out.push_str(&$row::definition()); } )+
            out.push_str("\n/// Every row of the embedded books.\nstatic ROWS: Rows = Rows {\n");
            $( table(&mut out, stringify!($name), &rows.$name); )+
        };
    }
    with_sections!(all);
    let semver::Version { major, minor, patch, .. } = views[0].revision;
    let _ = write!(
        out,
        "}};

/// The revision of both books.
const REVISION: Version = Version::new({major}, {minor}, {patch});

/// `guide`, and `field` after each of its dates.
static VIEWS: [View; {}] = [
",
        views.len()
    );
    for View { edition, root, revision, digest, as_of, step, index: _ } in views {
        assert_eq!(*revision, views[0].revision, "{edition}");
        let _ =
            writeln!(out, "    view({edition:?}, {root:?}, {}, {step}, index::STEP_{step}, {digest:?}),", as_of.bake());
    }
    out.push_str("];\n\n");
    bake_elsewhere::table(&mut out, rows, views.len() - 1);
    let _ = writeln!(
        out,
        "\n/// The books: the first is `guide`.\npub(super) static BOOKS: [RuleBook; {}] = [",
        views.len()
    );
    for step in 0..views.len() {
        let _ = writeln!(out, "    RuleBook::baked(&ROWS, &VIEWS[{step}]),");
    }
    out.push_str("];\n");
    out
}
