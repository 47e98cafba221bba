//! Bakes the authored TOML into checked-in Rust, and fails when the two differ.
//!
//! ```text
//! UPDATE=1 cargo test -p crossgrade --features load baked
//! ```

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::read;
use super::rows::*;
use super::tables::{Profile, Tables};
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
    SourceRow { id, title, section, language, read }
    ModelRow { origin, model, family, series }
    SingleFirmwareRow { origin, models, runs }
    ConversionRow { origin, models, destinations, pid, answer, vid }
    GateRow { origin, on, models, destinations, vid, minimum, lasting }
    LoadRow { origin, load }
    TargetRow { origin, destination, load }
    LoadServerRow { origin, destination, server }
    LicenseRow { origin, destination, series, when, need, sku, service_sku, file }
    EvidenceRow { origin, means, release }
    AdviceRow { origin, says, models, destinations, choose, below }
    Side { says, sources }
    DisagreementRow { origin, subject, vid, sides, follows }
    ErratumRow { origin, says }
    Profile { key, model, single_firmware, conversions, gates, advice, target, licenses }
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
bake_enum! { Answer PidMark Stage LicenseNeed AuthorizationState EvidenceRule AdviceKind Destination FirmwareType LoadForm }

impl Bake for Text {
    fn bake(&self) -> String {
        format!("B({self:?})")
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
        let Self { id, sources, disagreements } = self;
        format!("Origin {{ id: {}, sources: {}, disagreements: {} }}", id.bake(), sources.bake(), disagreements.bake())
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

impl<T: Bake> Bake for [T; 3] {
    fn bake(&self) -> String {
        format!("[{}]", self.each_ref().map(Bake::bake).join(", "))
    }
}

/// A table: one row on one line.
fn rows<T: Bake>(out: &mut String, name: &str, rows: &[T]) {
    let _ = writeln!(out, "    {name}: B(&[");
    for row in rows {
        let _ = writeln!(out, "        {},", row.bake());
    }
    let _ = writeln!(out, "    ]),");
}

fn book(file: &str, name: &str, tables: &Tables) -> String {
    let mut out = format!(
        "// GENERATED from data/{file} by `UPDATE=1 cargo test -p crossgrade --features load baked`. Do not edit.
// Edition {}, revision {}.

use std::borrow::Cow::Borrowed as B;

use semver::Version;

use super::rows::*;
use super::tables::{{Profile, Tables}};
use crate::destination::Destination;
use crate::firmware::{{FirmwareType, LoadFamily, LoadForm, LoadName, Release}};
use crate::phone::{{Model, Vid}};

const fn model(name: &str) -> Model {{
    Model::constant(name)
}}

#[rustfmt::skip]
pub(super) static {name}: Tables = Tables {{\n",
        tables.edition, tables.revision
    );
    let semver::Version { major, minor, patch, .. } = tables.revision;
    let _ = writeln!(out, "    edition: {},", tables.edition.bake());
    let _ = writeln!(out, "    revision: Version::new({major}, {minor}, {patch}),");
    let _ = writeln!(out, "    digest: {},", tables.digest.bake());
    rows(&mut out, "sources", &tables.sources);
    rows(&mut out, "models", &tables.models);
    rows(&mut out, "single_firmware", &tables.single_firmware);
    rows(&mut out, "conversions", &tables.conversions);
    rows(&mut out, "gates", &tables.gates);
    rows(&mut out, "loads", &tables.loads);
    rows(&mut out, "targets", &tables.targets);
    rows(&mut out, "load_servers", &tables.load_servers);
    rows(&mut out, "licenses", &tables.licenses);
    rows(&mut out, "evidence", &tables.evidence);
    rows(&mut out, "advice", &tables.advice);
    rows(&mut out, "disagreements", &tables.disagreements);
    rows(&mut out, "errata", &tables.errata);
    rows(&mut out, "profiles", &tables.profiles);
    out.push_str("};\n");
    out
}

/// The checked-in file must be what the data says; with `UPDATE=1` it is rewritten.
#[track_caller]
fn compare(path: &Path, expected: &str) {
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

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn baked_guide_is_what_the_data_says() {
    let text = include_str!("../../data/guide.toml");
    let tables = read::book(text).unwrap_or_else(|error| panic!("data/guide.toml: {error}"));
    compare(&source("src/rulebook/baked.rs"), &book("guide.toml", "GUIDE", &tables));
    #[cfg(not(crossgrade_unbaked))]
    if std::env::var_os("UPDATE").is_none() {
        assert_eq!(&tables, &super::baked::GUIDE, "the baked book is not the book that was read");
    }
}

#[test]
fn baked_cucm_types_are_what_the_data_says() {
    let text = include_str!("../../data/cucm_types.toml");
    let file: toml::Table = text.parse().expect("TOML");
    let types = file["types"].as_table().expect("section types");
    let mut types: Vec<(u32, &str)> = types
        .iter()
        .map(|(code, model)| (code.parse().expect("a type code"), model.as_str().expect("a model")))
        .collect();
    types.sort_unstable();
    let mut expected = String::from(
        "// GENERATED from data/cucm_types.toml by `UPDATE=1 cargo test -p crossgrade --features load baked`. Do not edit.

use super::Model;

/// CUCM type codes and the models that they name, by code.
#[rustfmt::skip]
pub(super) static CUCM_TYPES: &[(u32, Model)] = &[\n",
    );
    for (code, model) in types {
        let _ = writeln!(expected, "    ({code}, Model::constant({model:?})),");
    }
    expected.push_str("];\n");
    compare(&source("src/phone/cucm_types.rs"), &expected);
}
