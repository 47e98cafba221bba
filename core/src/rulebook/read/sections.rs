//! The rows of each section. Every key is asked for before the first that is missing ends the row, so that everything
//! wrong with it is told at once. A row that changes one of the book before (`before`) says only what changes.

use std::borrow::Cow;

use super::references::References;
use super::toml_row::{Located, Row};
use crate::destination::{Destination, Direction};
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::Model;
use crate::rulebook::date::Date;
use crate::rulebook::rows::*;
use crate::rulebook::tables::{LISTED, OTHER, type_slot};
use crate::text::{FieldText, Shown};

/// What rows need to know of where they stand.
pub(super) struct Context<'c> {
    pub(super) references: &'c References,
    /// The amendment that they are part of; none in a whole book.
    pub(super) amendment: Option<&'c Amendment>,
}

/// What an amendment says for all of its rows.
pub(super) struct Amendment {
    pub(super) id: Text,
    pub(super) date: Option<Date>,
    pub(super) confidence: Option<Confidence>,
    pub(super) sources: List<Text>,
}

impl Context<'_> {
    /// The id, sources and disagreements that every rule row has, and the amendment that it is part of.
    fn origin(&self, id: &str, row: &Row<'_, '_>, before: Option<&Origin>) -> Origin {
        let sources = match self.amendment {
            Some(amendment) if !row.has("sources") => {
                row.texts_if_any("sources");
                amendment.sources.clone()
            }
            _ => {
                let sources = row.texts("sources");
                self.references.sources(row, "sources", &sources);
                sorted(&sources)
            }
        };
        let disagreements = row.texts_if_any("disagreements");
        self.references.disagreements(row, &disagreements);
        let disagreements = match before {
            Some(before) if !row.has("disagreements") => before.disagreements.clone(),
            _ => sorted(&disagreements),
        };
        let confidence = self.amendment.and_then(|_| row.read_if_any("confidence"));
        Origin {
            id: Cow::Owned(id.to_owned()),
            sources,
            disagreements,
            amendment: self.amendment.map(|amendment| amendment.id.clone()),
            date: self.amendment.and_then(|amendment| amendment.date),
            confidence: confidence
                .map_or(self.amendment.and_then(|amendment| amendment.confidence), |told| Some(told.value)),
            reason: self
                .amendment
                .and_then(|_| row.text_if_any("reason"))
                .map(|text| Cow::Owned(text.value.to_owned())),
            life: Life::ALWAYS,
        }
    }
}

/// The origin of a row that has no sources of its own.
pub(super) fn bare_origin(id: &str) -> Origin {
    Origin {
        id: Cow::Owned(id.to_owned()),
        sources: List::Borrowed(&[]),
        disagreements: List::Borrowed(&[]),
        amendment: None,
        date: None,
        confidence: None,
        reason: None,
        life: Life::ALWAYS,
    }
}

/// Sorted and each once, so that a book does not answer differently when a list is written in another way.
pub(super) fn sorted(texts: &[Located<&str>]) -> List<Text> {
    let mut texts: Vec<Text> = texts.iter().map(|text| Cow::Owned(text.value.to_owned())).collect();
    texts.sort();
    texts.dedup();
    texts.into()
}

pub(super) fn revision(book: &Row<'_, '_>, key: &'static str) -> Option<semver::Version> {
    let text = book.located_text(key)?;
    let revision = semver::Version::parse(text.value);
    if let Err(error) = &revision {
        let message = format!("found {}: {error}; expected a version such as 2026.11.0", Shown::quoted(text.value));
        book.problem(key, text.span, message);
    }
    revision.ok()
}

pub(super) fn source(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&SourceRow>,
) -> Option<SourceRow> {
    let title = row.text_or("title", before.map(|row| &row.title));
    let section = row.text_or("section", before.map(|row| &row.section));
    let language = row.text_or("language", before.map(|row| &row.language));
    let read = row.date_or("read", before.map(|row| &row.read));
    let successor = row.text_if_any("superseded-by");
    if let Some(successor) = &successor {
        context.references.sources(row, "superseded-by", std::slice::from_ref(successor));
        if successor.value == id {
            row.problem(
                "superseded-by",
                successor.span.clone(),
                "a source cannot replace itself; expected another source",
            );
        }
    }
    let superseded_by = match successor {
        Some(successor) => Some(Cow::Owned(successor.value.to_owned())),
        None => before.and_then(|row| row.superseded_by.clone()),
    };
    // Two overlays may cite one document, but none may put another in its place.
    if let Some(before) = before
        && [(&title, &before.title), (&section, &before.section), (&language, &before.language), (&read, &before.read)]
            .into_iter()
            .any(|(is, was)| is.as_ref().is_some_and(|is| is != was))
    {
        let message =
            format!("{id} is another source of the book; expected another id for this one, or `superseded-by` alone");
        row.problem("", row.span.clone(), message);
    }
    let origin = bare_origin(id);
    Some(SourceRow { origin, title: title?, section: section?, language: language?, read: read?, superseded_by })
}

pub(super) fn model(context: &Context<'_>, id: &str, row: &Row<'_, '_>, before: Option<&ModelRow>) -> Option<ModelRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let family = row.read_or("family", before.map(|row| row.family));
    let series = row.text_or("series", before.map(|row| &row.series));
    let model = model_key(row, "", &Located { value: id, span: row.span.clone() })?;
    if id.ends_with("xx") || model == OTHER {
        row.problem("", row.span.clone(), format!("found {id:?}; expected one model, such as 8851NR"));
    }
    Some(ModelRow { origin, model, family: family?.value, series: series? })
}

pub(super) fn single_firmware(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&SingleFirmwareRow>,
) -> Option<SingleFirmwareRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let models = models_of(row, before.map(|row| &row.models));
    let runs = row.read_or("runs", before.map(|row| row.runs));
    let remark = row.text_if_any("remark").map(|text| Cow::Owned(text.value.to_owned()));
    let remark = remark.or_else(|| before.and_then(|row| row.remark.clone()));
    Some(SingleFirmwareRow { origin, models, runs: runs?.value, remark })
}

pub(super) fn conversion(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&ConversionRow>,
) -> Option<ConversionRow> {
    let (answer, pid) = (row.read_or("answer", before.map(|row| row.answer)), row.read_if_any("pid"));
    let (vid, running, target) =
        before.map_or((VidRange::ANY, None, None), |row| (row.vid, row.running_at_least, row.target_at_least));
    let conversion = ConversionRow {
        origin: context.origin(id, row, before.map(|row| &row.origin)),
        models: models_of(row, before.map(|row| &row.models)),
        destinations: destinations_of(row, before.map(|row| &row.destinations)),
        pid: pid.map_or(before.map_or(PidMark::Any, |row| row.pid), |pid| pid.value),
        vid: row.vid_range("vid", vid),
        running_at_least: row.condition("running-at-least", running),
        target_at_least: row.condition("target-at-least", target),
        answer: answer.as_ref()?.value,
    };
    let has_condition =
        conversion.vid.has_bound() || conversion.running_at_least.is_some() || conversion.target_at_least.is_some();
    if conversion.answer != Answer::Convertible && has_condition {
        let message = format!(
            "the answer is {} under a condition; expected conditions with `answer = \"convertible\"` only: a no holds where no yes does",
            conversion.answer
        );
        row.problem("answer", answer.map_or(row.span.clone(), |answer| answer.span), message);
    }
    Some(conversion)
}

pub(super) fn gate(context: &Context<'_>, id: &str, row: &Row<'_, '_>, before: Option<&GateRow>) -> Option<GateRow> {
    let on = row.read_or("on", before.map(|row| row.on));
    let minimum = row.read_or("minimum", before.map(|row| row.minimum));
    Some(GateRow {
        origin: context.origin(id, row, before.map(|row| &row.origin)),
        models: models_of(row, before.map(|row| &row.models)),
        except: except_of(row, before.map(|row| &row.except)),
        destinations: destinations_of(row, before.map(|row| &row.destinations)),
        vid: row.vid_range("vid", before.map_or(VidRange::ANY, |row| row.vid)),
        on: on?.value,
        minimum: minimum?.value,
    })
}

pub(super) fn floor(context: &Context<'_>, id: &str, row: &Row<'_, '_>, before: Option<&FloorRow>) -> Option<FloorRow> {
    let firmware_type = row.read_or::<FirmwareType>("firmware-type", before.map(|row| row.firmware_type));
    let minimum = row.read_or("minimum", before.map(|row| row.minimum));
    if let Some(found) = firmware_type.as_ref().filter(|found| type_slot(found.value).is_none()) {
        let message = format!("found {}; expected enterprise or mpp", found.value);
        row.problem("firmware-type", found.span.clone(), message);
    }
    Some(FloorRow {
        origin: context.origin(id, row, before.map(|row| &row.origin)),
        models: models_of(row, before.map(|row| &row.models)),
        vid: row.vid_range("vid", before.map_or(VidRange::ANY, |row| row.vid)),
        lasting: row.flag("lasting", before.is_some_and(|row| row.lasting)),
        firmware_type: firmware_type?.value,
        minimum: minimum?.value,
    })
}

pub(super) fn load(context: &Context<'_>, id: &str, row: &Row<'_, '_>, before: Option<&LoadRow>) -> Option<LoadRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
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

pub(super) fn target(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&TargetRow>,
) -> Option<TargetRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let before = before.map(|row| (row.destination, row.load));
    let (destination, load) = destination_and_load(context, row, before, Stage::Target)?;
    Some(TargetRow { origin, destination, load })
}

pub(super) fn step(context: &Context<'_>, id: &str, row: &Row<'_, '_>, before: Option<&StepRow>) -> Option<StepRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let before = before.map(|row| (row.destination, row.load));
    let (destination, load) = destination_and_load(context, row, before, Stage::Start)?;
    Some(StepRow { origin, destination, load })
}

/// A load for phones that go to a destination, to install before the conversion or by it.
fn destination_and_load(
    context: &Context<'_>,
    row: &Row<'_, '_>,
    before: Option<(Destination, LoadName)>,
    stage: Stage,
) -> Option<(Destination, LoadName)> {
    let destination = row.read_or::<Destination>("destination", before.map(|(destination, _)| destination));
    let load = row.read_or::<LoadName>("load", before.map(|(_, load)| load));
    let (destination, load) = (destination?.value, load?);
    let direction = destination.direction();
    let (expected, who) = match stage {
        Stage::Start => (direction.from(), format!("a phone on its way to {destination}")),
        Stage::Target => (direction.to(), destination.to_string()),
    };
    if load.value.firmware_type() != expected {
        let (found, expected) = (load.value.firmware_type().name(), expected.name());
        let message = format!("{} is {found} firmware; {who} needs {expected} firmware", load.value);
        row.problem("load", load.span.clone(), message);
    }
    if let Some((_, before)) = before
        && before.family() != load.value.family()
    {
        let message = format!(
            "{} is for family {}; the row is about family {}",
            load.value,
            load.value.family(),
            before.family()
        );
        row.problem("load", load.span.clone(), message);
    }
    context.references.load(row, &load);
    Some((destination, load.value))
}

pub(super) fn load_server(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&LoadServerRow>,
) -> Option<LoadServerRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let destination = row.read_or("destination", before.map(|row| row.destination));
    let server = row.text_or("server", before.map(|row| &row.server));
    Some(LoadServerRow { origin, destination: destination?.value, server: server? })
}

pub(super) fn license(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&LicenseRow>,
) -> Option<LicenseRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let destination = row.read_or("destination", before.map(|row| row.destination));
    let series = row.text_or("series", before.map(|row| &row.series));
    let when = row.read_or("when", before.map(|row| row.when));
    let need = row.read_or::<LicenseNeed>("need", before.map(|row| row.need));
    // Nothing stays of what was bought where nothing is bought any more.
    let is_bought = need.as_ref().is_some_and(|need| need.value == LicenseNeed::Purchase);
    let before = before.filter(|_| is_bought);
    let optional = |key, before: Option<&Text>| {
        row.text_if_any(key).map(|text| Cow::Owned(text.value.to_owned())).or_else(|| before.cloned())
    };
    let sku = optional("sku", before.and_then(|row| row.sku.as_ref()));
    let service_sku = optional("service-sku", before.and_then(|row| row.service_sku.as_ref()));
    let file = optional("file", before.and_then(|row| row.file.as_ref()));
    let need = need?;
    for (key, value) in [("sku", &sku), ("service-sku", &service_sku), ("file", &file)] {
        if is_bought != value.is_some() {
            let message = format!("`need` is {}; expected `{key}` with purchase and only there", need.value);
            row.problem(key, need.span.clone(), message);
        }
    }
    if file.as_deref().is_some_and(|file: &str| !file.contains("{MAC}")) {
        row.problem("file", need.span.clone(), "expected {MAC} in the name: every phone has its own file");
    }
    let (destination, series, when) = (destination?.value, series?, when?.value);
    if need.value == LicenseNeed::Unknown && when != AuthorizationState::Other {
        let message = "a rule book knows the need; expected unknown with `when = \"other\"` only";
        row.problem("need", need.span.clone(), message);
    }
    Some(LicenseRow { origin, sku, service_sku, file, need: need.value, destination, series, when })
}

pub(super) fn evidence(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&EvidenceRow>,
) -> Option<EvidenceRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    let means = row.read_or::<EvidenceRule>("means", before.map(|row| row.means));
    let major = row.has("major").then(|| row.integer("major")).flatten();
    let release = row.read_if_any::<Release>("release");
    let means = means?.value;
    let misplaced = match means {
        EvidenceRule::ContradictsMark => "release",
        EvidenceRule::AuthorizationReadable => "major",
    };
    if row.has(misplaced) {
        row.problem(
            misplaced,
            row.span.clone(),
            format!("says nothing to a rule that means {means}; expected it left out"),
        );
    }
    let before = before.filter(|row| row.means == means).map(|row| row.release);
    let release = match means {
        EvidenceRule::ContradictsMark => {
            let number = major.as_ref().and_then(|major| u8::try_from(major.value).ok());
            // A value of another type was reported already.
            if number.is_none() && (major.is_some() || !row.has("major") && before.is_none()) {
                let span = major.map_or_else(|| row.span.clone(), |major| major.span);
                row.problem("major", span, "expected the first number of a release, such as 10");
            }
            number.map(|major| Release::new(major, 0, 0, 0)).or(before)
        }
        EvidenceRule::AuthorizationReadable => {
            if !row.has("release") && before.is_none() {
                row.problem("release", row.span.clone(), format!("missing; expected {}", Release::EXPECTED));
            }
            release.map(|release| release.value).or(before)
        }
    };
    Some(EvidenceRow { origin, means, release: release? })
}

pub(super) fn advice(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&AdviceRow>,
) -> Option<AdviceRow> {
    let says = row.read_or::<AdviceKind>("says", before.map(|row| row.says));
    // Nothing stays of what says nothing to another kind.
    let kept = |key| before.filter(|_| says.as_ref().is_some_and(|says| says.value.takes(key)));
    let told = row.text_if_any("told").map(|text| Cow::Owned(text.value.to_owned()));
    let advice = AdviceRow {
        origin: context.origin(id, row, before.map(|row| &row.origin)),
        models: models_of(row, before.map(|row| &row.models)),
        except: except_of(row, before.map(|row| &row.except)),
        destinations: destinations_of(row, before.map(|row| &row.destinations)),
        vid: row.vid_range("vid", before.map_or(VidRange::ANY, |row| row.vid)),
        choose: row.condition("choose", kept(AdviceKey::Choose).and_then(|row| row.choose)),
        from: row.condition("from", kept(AdviceKey::From).and_then(|row| row.from)),
        below: row.condition("below", kept(AdviceKey::Below).and_then(|row| row.below)),
        running_below: row.condition("running-below", kept(AdviceKey::RunningBelow).and_then(|row| row.running_below)),
        made_from: row.date_if_any("made-from").or(kept(AdviceKey::MadeFrom).and_then(|row| row.made_from)),
        told: told.or_else(|| kept(AdviceKey::Told).and_then(|row| row.told.clone())),
        says: says?.value,
    };
    bearing(&advice, row);
    Some(advice)
}

/// Each kind of advice needs some keys and has no use for others; a row that never speaks is a mistake.
fn bearing(advice: &AdviceRow, row: &Row<'_, '_>) {
    let says = advice.says;
    for (key, name, is_there, expected) in [
        (AdviceKey::Choose, "choose", advice.choose.is_some(), Release::EXPECTED),
        (AdviceKey::From, "from", advice.from.is_some(), Release::EXPECTED),
        (AdviceKey::Below, "below", advice.below.is_some(), Release::EXPECTED),
        (AdviceKey::RunningBelow, "running-below", advice.running_below.is_some(), Release::EXPECTED),
        (AdviceKey::MadeFrom, "made-from", advice.made_from.is_some(), "a date"),
        (AdviceKey::Told, "told", advice.told.is_some(), "what the sources say, as part of the sentence"),
    ] {
        // A value that could not be read was reported already.
        let is_unread = row.has(name) && !is_there && !row.is_any(name);
        if says.needs(key) && !is_there && !is_unread {
            let found = if row.is_any(name) { "found any" } else { "missing" };
            let message = format!("{found}; advice that says {says} needs it; expected {expected}");
            row.problem(name, row.span.clone(), message);
        }
        if row.has(name) && !says.takes(key) {
            let message = format!("says nothing to advice that says {says}; expected it left out");
            row.problem(name, row.span.clone(), message);
        }
    }
    if let (Some(from), Some(below)) = (advice.from, advice.below)
        && from >= below
    {
        let message =
            format!("no release is {from} or later and below {below}; expected a lower `from` or a later `below`");
        row.problem("from", row.span.clone(), message);
    }
}

pub(super) fn disagreement(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&DisagreementRow>,
) -> Option<DisagreementRow> {
    let mut sides = Vec::new();
    for (_, side) in row.rows("sides") {
        let sources = side.texts("sources");
        context.references.sources(&side, "sources", &sources);
        sides.extend(side.text("says").map(|says| Side { says, sources: sorted(&sources) }));
        side.finish();
    }
    let sides = match before {
        Some(before) if !row.has("sides") => before.sides.clone(),
        _ => {
            if sides.len() < 2 {
                row.problem("sides", row.span.clone(), "expected at least two sides");
            }
            sides.into()
        }
    };
    let mut all: Vec<Text> = sides.iter().flat_map(|side| side.sources.iter().cloned()).collect();
    all.sort();
    all.dedup();
    let origin = match context.amendment {
        // Its sources are those of the sides.
        Some(_) => Origin { sources: all.into(), ..context.origin(id, row, before.map(|row| &row.origin)) },
        None => Origin { sources: all.into(), ..bare_origin(id) },
    };
    let vid = row.vid_range("vid", before.map_or(VidRange::ANY, |row| row.vid));
    let subject = row.text_or("subject", before.map(|row| &row.subject));
    let follows = row.text_or("follows", before.map(|row| &row.follows));
    Some(DisagreementRow { origin, vid, subject: subject?, sides, follows: follows? })
}

pub(super) fn erratum(
    context: &Context<'_>,
    id: &str,
    row: &Row<'_, '_>,
    before: Option<&ErratumRow>,
) -> Option<ErratumRow> {
    let origin = context.origin(id, row, before.map(|row| &row.origin));
    Some(ErratumRow { origin, says: row.text_or("says", before.map(|row| &row.says))? })
}

/// The destinations of a row: one, or those of a direction.
fn destinations_of(row: &Row<'_, '_>, before: Option<&List<Destination>>) -> List<Destination> {
    let destination = row.read_if_any::<Destination>("destination");
    let direction = row.read_if_any::<Direction>("direction");
    match (destination, direction) {
        (Some(destination), None) => vec![destination.value].into(),
        (None, Some(direction)) => {
            let all = Destination::ALL.iter().copied();
            all.filter(|destination| destination.direction() == direction.value).collect()
        }
        _ => match before {
            Some(before) if !row.has("destination") && !row.has("direction") => before.clone(),
            _ => {
                // One that is there and wrong was reported already.
                if row.has("destination") == row.has("direction") {
                    row.problem("destination", row.span.clone(), "expected either `destination` or `direction`");
                }
                [].as_slice().into()
            }
        },
    }
}

/// Models, series, `other` or `listed`.
fn models_of(row: &Row<'_, '_>, before: Option<&List<Model>>) -> List<Model> {
    if let Some(before) = before.filter(|_| !row.has("models")) {
        row.texts_if_any("models");
        return before.clone();
    }
    model_keys(row, "models", &row.texts("models"))
}

/// The models that `listed` leaves out.
fn except_of(row: &Row<'_, '_>, before: Option<&List<Model>>) -> List<Model> {
    let texts = row.texts_if_any("except");
    match before {
        Some(before) if !row.has("except") => before.clone(),
        _ => model_keys(row, "except", &texts),
    }
}

/// Sorted and each once.
fn model_keys(row: &Row<'_, '_>, key: &'static str, texts: &[Located<&str>]) -> List<Model> {
    let mut models: Vec<Model> = texts.iter().filter_map(|text| model_key(row, key, text)).collect();
    models.sort();
    models.dedup();
    models.into()
}

/// `8851NR`, `88xx`, `other` or `listed`.
fn model_key(row: &Row<'_, '_>, key: &str, text: &Located<&str>) -> Option<Model> {
    let is_series =
        |text: &str| matches!(text.as_bytes(), [a, b, b'x', b'x'] if a.is_ascii_digit() && b.is_ascii_digit());
    match text.value {
        "other" => return Some(OTHER),
        "listed" if key == "models" => return Some(LISTED),
        series if is_series(series) => return Some(Model::constant(series)),
        _ => {}
    }
    match Model::read(text.value.as_bytes()) {
        Ok(model) if model.as_str() == text.value => Some(model),
        _ => {
            let message = format!(
                "found {}; expected a model such as 8851NR, a series such as 88xx, or other",
                Shown::quoted(text.value)
            );
            row.problem(key, text.span.clone(), message);
            None
        }
    }
}
