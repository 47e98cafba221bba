//! The rows of each section. Every key is asked for before the first that is missing ends the row, so that everything
//! wrong with it is told at once.

use std::borrow::Cow;

use super::check::References;
use super::row::{Located, Row};
use crate::destination::{Destination, Direction};
use crate::firmware::{LoadName, Release};
use crate::phone::Model;
use crate::rulebook::rows::*;
use crate::rulebook::tables::OTHER;
use crate::text::FieldText;

/// What rows need to know of each other while they are read.
pub(super) struct Context<'c> {
    pub(super) references: &'c References,
    /// Models with a load.
    pub(super) listed: Vec<Model>,
}

impl Context<'_> {
    /// The id, sources and disagreements that every rule row has.
    fn origin(&self, id: &str, row: &Row<'_, '_>) -> Origin {
        let sources = row.texts("sources");
        let disagreements = row.texts_if_any("disagreements");
        self.references.sources(row, &sources);
        self.references.disagreements(row, &disagreements);
        Origin { id: Cow::Owned(id.to_owned()), sources: sorted(&sources), disagreements: sorted(&disagreements) }
    }
}

/// Sorted, so that a book does not answer differently when a list is written in another order.
fn sorted(texts: &[Located<&str>]) -> List<Text> {
    let mut texts: Vec<Text> = texts.iter().map(|text| Cow::Owned(text.value.to_owned())).collect();
    texts.sort();
    texts.into()
}

pub(super) fn revision(book: &Row<'_, '_>) -> Option<semver::Version> {
    let text = book.located_text("revision")?;
    let revision = semver::Version::parse(text.value);
    if let Err(error) = &revision {
        let message = format!("found {:?}: {error}; expected a version such as 2026.11.0", text.value);
        book.problem("revision", text.span, message);
    }
    revision.ok()
}

pub(super) fn source(_: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<SourceRow> {
    let (title, section, language) = (row.text("title"), row.text("section"), row.text("language"));
    let read = row.date("read");
    let id = Cow::Owned(id.to_owned());
    Some(SourceRow { id, title: title?, section: section?, language: language?, read: read? })
}

pub(super) fn model(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<ModelRow> {
    let origin = context.origin(id, row);
    let (family, series) = (row.read("family"), row.text("series"));
    let model = model_key(row, "", &Located { value: id, span: row.span.clone() })?;
    if model.series() == Some(model) || model == OTHER {
        row.problem("", row.span.clone(), format!("found {id:?}; expected one model, such as 8851NR"));
    }
    Some(ModelRow { origin, model, family: family?.value, series: series? })
}

pub(super) fn single_firmware(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<SingleFirmwareRow> {
    let origin = context.origin(id, row);
    let (models, runs) = (models_of(context, row), row.read("runs"));
    Some(SingleFirmwareRow { origin, models, runs: runs?.value })
}

pub(super) fn conversion(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<ConversionRow> {
    Some(ConversionRow {
        origin: context.origin(id, row),
        models: models_of(context, row),
        destinations: destinations_of(row),
        pid: row.read_if_any("pid").map_or(PidMark::Any, |pid| pid.value),
        vid: row.vid_range("vid"),
        answer: row.read("answer")?.value,
    })
}

pub(super) fn gate(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<GateRow> {
    let (on, minimum) = (row.read("on"), row.read("minimum"));
    Some(GateRow {
        origin: context.origin(id, row),
        models: models_of(context, row),
        destinations: destinations_of(row),
        vid: row.vid_range("vid"),
        lasting: row.flag("lasting"),
        on: on?.value,
        minimum: minimum?.value,
    })
}

pub(super) fn load(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<LoadRow> {
    let origin = context.origin(id, row);
    match id.parse::<LoadName>() {
        Ok(load) if load.to_string() == id => Some(LoadRow { origin, load }),
        Ok(load) => {
            row.problem("", row.span.clone(), format!("found {id:?}; expected it written {load}"));
            None
        }
        Err(error) => {
            row.problem("", row.span.clone(), error.to_string());
            None
        }
    }
}

pub(super) fn target(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<TargetRow> {
    let origin = context.origin(id, row);
    let (destination, load) = (row.read::<Destination>("destination"), row.read::<LoadName>("load"));
    let (destination, load) = (destination?.value, load?);
    if load.value.firmware_type() != destination.needs() {
        let message = format!("{} is no {} load", load.value, destination.needs().name());
        row.problem("load", load.span.clone(), message);
    }
    context.references.load(row, &load);
    Some(TargetRow { origin, destination, load: load.value })
}

pub(super) fn load_server(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<LoadServerRow> {
    let origin = context.origin(id, row);
    let (destination, server) = (row.read("destination"), row.text("server"));
    Some(LoadServerRow { origin, destination: destination?.value, server: server? })
}

pub(super) fn license(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<LicenseRow> {
    let origin = context.origin(id, row);
    let (destination, series, when) = (row.read("destination"), row.text("series"), row.read("when"));
    let need = row.read::<LicenseNeed>("need");
    let optional = |key| row.text_if_any(key).map(|text| Cow::Owned(text.value.to_owned()));
    let (sku, service_sku, file) = (optional("sku"), optional("service-sku"), optional("file"));
    let need = need?;
    let is_bought = need.value == LicenseNeed::Purchase;
    for (key, value) in [("sku", &sku), ("service-sku", &service_sku), ("file", &file)] {
        if is_bought != value.is_some() {
            let message = format!("`need` is {}; expected `{key}` with purchase and only there", need.value);
            row.problem(key, need.span.clone(), message);
        }
    }
    if file.as_deref().is_some_and(|file: &str| !file.contains("{MAC}")) {
        row.problem("file", need.span.clone(), "expected {MAC} in the name: every phone has its own file");
    }
    if need.value == LicenseNeed::Unknown {
        row.problem("need", need.span.clone(), "a rule book knows the need; only evidence can be missing");
    }
    Some(LicenseRow {
        origin,
        sku,
        service_sku,
        file,
        need: need.value,
        destination: destination?.value,
        series: series?,
        when: when?.value,
    })
}

pub(super) fn evidence(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<EvidenceRow> {
    let origin = context.origin(id, row);
    let means = row.read::<EvidenceRule>("means");
    let major = row.has("major").then(|| row.integer("major")).flatten();
    let release = row.read_if_any::<Release>("release");
    let means = means?.value;
    let release = match means {
        EvidenceRule::ContradictsMark => {
            let number = major.as_ref().and_then(|major| u8::try_from(major.value).ok());
            // A value of another type was reported already.
            if number.is_none() && (major.is_some() || !row.has("major")) {
                let span = major.map_or_else(|| row.span.clone(), |major| major.span);
                row.problem("major", span, "expected the first number of a release, such as 10");
            }
            number.map(|major| Release::new(major, 0, 0, 0))
        }
        EvidenceRule::AuthorizationReadable => {
            if !row.has("release") {
                row.problem("release", row.span.clone(), format!("missing; expected {}", Release::EXPECTED));
            }
            release.map(|release| release.value)
        }
    };
    Some(EvidenceRow { origin, means, release: release? })
}

pub(super) fn advice(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<AdviceRow> {
    Some(AdviceRow {
        origin: context.origin(id, row),
        models: models_of(context, row),
        destinations: destinations_of(row),
        choose: row.read_if_any("choose").map(|release| release.value),
        below: row.read_if_any("below").map(|release| release.value),
        says: row.read("says")?.value,
    })
}

pub(super) fn disagreement(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<DisagreementRow> {
    let mut sides = Vec::new();
    for (_, side) in row.rows("sides") {
        let sources = context.origin(id, &side).sources;
        sides.extend(side.text("says").map(|says| Side { says, sources }));
        side.finish();
    }
    if sides.len() < 2 {
        row.problem("sides", row.span.clone(), "expected at least two sides");
    }
    let mut all: Vec<Text> = sides.iter().flat_map(|side| side.sources.iter().cloned()).collect();
    all.sort();
    all.dedup();
    let origin = Origin { id: Cow::Owned(id.to_owned()), sources: all.into(), disagreements: [].as_slice().into() };
    let (vid, subject, follows) = (row.vid_range("vid"), row.text("subject"), row.text("follows"));
    Some(DisagreementRow { origin, vid, subject: subject?, sides: sides.into(), follows: follows? })
}

pub(super) fn erratum(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> Option<ErratumRow> {
    Some(ErratumRow { origin: context.origin(id, row), says: row.text("says")? })
}

/// The destinations of a row: one, or those of a direction.
fn destinations_of(row: &Row<'_, '_>) -> List<Destination> {
    let destination = row.read_if_any::<Destination>("destination");
    let direction = row.read_if_any::<Direction>("direction");
    match (destination, direction) {
        (Some(destination), None) => vec![destination.value].into(),
        (None, Some(direction)) => {
            let all = Destination::ALL.iter().copied();
            all.filter(|destination| destination.direction() == direction.value).collect()
        }
        _ => {
            // One that is there and wrong was reported already.
            if row.has("destination") == row.has("direction") {
                row.problem("destination", row.span.clone(), "expected either `destination` or `direction`");
            }
            [].as_slice().into()
        }
    }
}

/// Models, series, `other`, `listed`; without those in `except`.
fn models_of(context: &Context<'_>, row: &Row<'_, '_>) -> List<Model> {
    let mut except = Vec::new();
    for text in row.texts_if_any("except") {
        let model = model_key(row, "except", &text);
        if model.is_some_and(|model| !context.listed.contains(&model)) {
            row.problem("except", text.span, format!("found {:?}; expected a model of section models", text.value));
        }
        except.extend(model);
    }
    let mut models = Vec::new();
    for text in row.texts("models") {
        if text.value == "listed" {
            models.extend(context.listed.iter().filter(|model| !except.contains(model)));
        } else {
            models.extend(model_key(row, "models", &text));
        }
    }
    models.into()
}

/// `8851NR`, `88xx` or `other`.
fn model_key(row: &Row<'_, '_>, key: &str, text: &Located<&str>) -> Option<Model> {
    let is_series =
        |text: &str| matches!(text.as_bytes(), [a, b, b'x', b'x'] if a.is_ascii_digit() && b.is_ascii_digit());
    if text.value == "other" {
        return Some(OTHER);
    }
    if is_series(text.value) {
        return Some(Model::constant(text.value));
    }
    match Model::read(text.value.as_bytes()) {
        Ok(model) if model.as_str() == text.value => Some(model),
        _ => {
            let message =
                format!("found {:?}; expected a model such as 8851NR, a series such as 88xx, or other", text.value);
            row.problem(key, text.span.clone(), message);
            None
        }
    }
}
