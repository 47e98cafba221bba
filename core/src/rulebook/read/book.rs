use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::DeTable;

use super::RuleBookError;
use super::row::{Located, Row, Source};
use crate::destination::{Destination, Direction};
use crate::firmware::{LoadName, Release};
use crate::phone::Model;
use crate::rulebook::rows::*;
use crate::rulebook::tables::{OTHER, Tables};
use crate::rulebook::{digest, index};
use crate::text::FieldText;

/// The format that this version of crossgrade reads.
const SCHEMA: i64 = 1;
/// A longer text is no rule book: `guide` has 30 KiB.
const LONGEST: usize = 1 << 20;

/// Reads a whole book. `Err` holds everything that is wrong with it.
pub(in crate::rulebook) fn book(text: &str) -> Result<Tables, RuleBookError> {
    let source = Source { text, problems: RefCell::default() };
    if text.len() > LONGEST {
        source.problem(0..0, "file", format!("{} bytes; expected at most {LONGEST}", text.len()));
        return Err(RuleBookError::new(source.problems.into_inner()));
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        source.problem(error.span().unwrap_or(0..0), "TOML", error.message());
    }
    if source.problems.borrow().is_empty() {
        let tables = tables(&source, document.get_ref());
        if let (Some(mut tables), true) = (tables, source.problems.borrow().is_empty()) {
            tables.profiles = index::profiles(&tables).into();
            tables.digest = digest::of(&tables).into();
            return Ok(tables);
        }
    }
    Err(RuleBookError::new(source.problems.into_inner()))
}

fn tables<'t>(source: &Source<'t>, document: &DeTable<'t>) -> Option<Tables> {
    let book = Row::new(source, document, String::new(), 0..0);
    if let Some(schema) = book.integer("schema")
        && schema.value != SCHEMA
    {
        book.problem("schema", schema.span, format!("found {}; this version reads {SCHEMA}", schema.value));
    }
    let edition = book.text("edition");
    let revision = book.located_text("revision").and_then(|text| {
        let revision = semver::Version::parse(text.value);
        if let Err(error) = &revision {
            let message = format!("found {:?}: {error}; expected a version such as 2026.11.0", text.value);
            book.problem("revision", text.span, message);
        }
        revision.ok()
    });

    let sources = section(&book, "sources", |id, row| {
        Some(SourceRow {
            id: Cow::Owned(id.to_owned()),
            title: row.text("title")?,
            section: row.text("section")?,
            language: row.text("language")?,
            read: row.date("read")?,
        })
    });
    let references = References::default();
    let models = section(&book, "models", |id, row| {
        let origin = references.origin(row, id);
        let model = model_key(row, "the key", Located { value: id, span: row.span.clone() })?;
        Some(ModelRow { origin, model, family: row.read("family")?.value, series: row.text("series")? })
    });
    let listed: Vec<Model> = models.iter().map(|row| row.model).collect();

    let tables = Tables {
        single_firmware: section(&book, "single-firmware", |id, row| {
            let origin = references.origin(row, id);
            let models = models_of(row, &listed);
            Some(SingleFirmwareRow { origin, models, runs: row.read("runs")?.value })
        })
        .into(),
        conversions: section(&book, "conversions", |id, row| {
            Some(ConversionRow {
                origin: references.origin(row, id),
                models: models_of(row, &listed),
                destinations: destinations_of(row),
                pid: row.read_if_any("pid").map_or(PidMark::Any, |pid| pid.value),
                vid: row.vid_range("vid"),
                answer: row.read("answer")?.value,
            })
        })
        .into(),
        gates: section(&book, "gates", |id, row| {
            Some(GateRow {
                origin: references.origin(row, id),
                models: models_of(row, &listed),
                destinations: destinations_of(row),
                vid: row.vid_range("vid"),
                lasting: row.flag("lasting"),
                on: row.read("on")?.value,
                minimum: row.read("minimum")?.value,
            })
        })
        .into(),
        loads: section(&book, "loads", |id, row| {
            let origin = references.origin(row, id);
            match id.parse::<LoadName>() {
                Ok(load) if load.to_string() == id => Some(LoadRow { origin, load }),
                Ok(load) => {
                    row.problem("the key", row.span.clone(), format!("found {id:?}; expected it written {load}"));
                    None
                }
                Err(error) => {
                    row.problem("the key", row.span.clone(), error.to_string());
                    None
                }
            }
        })
        .into(),
        targets: section(&book, "targets", |id, row| {
            let origin = references.origin(row, id);
            let destination = row.read::<Destination>("destination");
            let load = row.read::<LoadName>("load");
            let (destination, load) = (destination?.value, load?);
            if load.value.firmware_type() != destination.needs() {
                let message = format!("{} is no {} load", load.value, destination.needs().name());
                row.problem("load", load.span.clone(), message);
            }
            references.loads.borrow_mut().push((row.span.clone(), load.value));
            Some(TargetRow { origin, destination, load: load.value })
        })
        .into(),
        load_servers: section(&book, "load-servers", |id, row| {
            let origin = references.origin(row, id);
            Some(LoadServerRow { origin, destination: row.read("destination")?.value, server: row.text("server")? })
        })
        .into(),
        licenses: section(&book, "licenses", |id, row| {
            let origin = references.origin(row, id);
            let optional = |key| row.text_if_any(key).map(|text| Cow::Owned(text.value.to_owned()));
            let (sku, service_sku, file) = (optional("sku"), optional("service-sku"), optional("file"));
            let need: Located<LicenseNeed> = row.read("need")?;
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
                destination: row.read("destination")?.value,
                series: row.text("series")?,
                when: row.read("when")?.value,
            })
        })
        .into(),
        evidence: section(&book, "evidence", |id, row| {
            let origin = references.origin(row, id);
            let means: Located<EvidenceRule> = row.read("means")?;
            let release = match means.value {
                EvidenceRule::ContradictsMark => {
                    let major = row.integer("major")?;
                    let Ok(number) = u8::try_from(major.value) else {
                        row.problem("major", major.span, "expected the first number of a release, such as 10");
                        return None;
                    };
                    Release::new(number, 0, 0, 0)
                }
                EvidenceRule::AuthorizationReadable => row.read("release")?.value,
            };
            Some(EvidenceRow { origin, means: means.value, release })
        })
        .into(),
        advice: section(&book, "advice", |id, row| {
            Some(AdviceRow {
                origin: references.origin(row, id),
                models: models_of(row, &listed),
                destinations: destinations_of(row),
                choose: row.read_if_any("choose").map(|release| release.value),
                below: row.read_if_any("below").map(|release| release.value),
                says: row.read("says")?.value,
            })
        })
        .into(),
        disagreements: section(&book, "disagreements", |id, row| {
            let mut sides = Vec::new();
            for (_, side) in row.rows("sides") {
                let sources = references.origin(&side, id).sources;
                sides.extend(side.text("says").map(|says| Side { says, sources }));
                side.finish(false);
            }
            let mut all: Vec<Text> = sides.iter().flat_map(|side| side.sources.iter().cloned()).collect();
            all.sort();
            all.dedup();
            let origin =
                Origin { id: Cow::Owned(id.to_owned()), sources: all.into(), disagreements: [].as_slice().into() };
            let vid = row.vid_range("vid");
            let subject = row.text("subject");
            Some(DisagreementRow { origin, vid, subject: subject?, sides: sides.into(), follows: row.text("follows")? })
        })
        .into(),
        errata: section(&book, "errata", |id, row| {
            Some(ErratumRow { origin: references.origin(row, id), says: row.text("says")? })
        })
        .into(),
        sources: sources.into(),
        models: models.into(),
        profiles: [].as_slice().into(),
        digest: "".into(),
        edition: edition?,
        revision: revision?,
    };
    book.finish(false);
    references.check(source, &tables);
    Some(tables)
}

/// All rows of a section that could be read.
fn section<T>(book: &Row<'_, '_>, name: &'static str, read: impl Fn(&str, &Row<'_, '_>) -> Option<T>) -> Vec<T> {
    let rows = book.rows(name);
    let read = rows.iter().filter_map(|(id, row)| {
        let value = read(id.value, row);
        row.finish(value.is_none());
        value.filter(|_| row.is_whole())
    });
    read.collect()
}

/// The destinations of a row: one, those of a direction.
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
fn models_of(row: &Row<'_, '_>, listed: &[Model]) -> List<Model> {
    let except: Vec<Model> =
        row.texts_if_any("except").into_iter().filter_map(|text| model_key(row, "except", text)).collect();
    let mut models = Vec::new();
    for text in row.texts("models") {
        if text.value == "listed" {
            models.extend(listed.iter().filter(|model| !except.contains(model)));
        } else {
            models.extend(model_key(row, "models", text));
        }
    }
    models.into()
}

/// `8851NR`, `88xx` or `other`.
fn model_key(row: &Row<'_, '_>, key: &str, text: Located<&str>) -> Option<Model> {
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
            row.problem(key, text.span, message);
            None
        }
    }
}

/// What rows refer to, checked when all rows are read.
#[derive(Default)]
struct References {
    origins: RefCell<Vec<(Range<usize>, Origin)>>,
    loads: RefCell<Vec<(Range<usize>, LoadName)>>,
}

impl References {
    fn origin(&self, row: &Row<'_, '_>, id: &str) -> Origin {
        let origin = row.origin(id);
        self.origins.borrow_mut().push((row.span.clone(), origin.clone()));
        origin
    }

    fn check(&self, source: &Source<'_>, tables: &Tables) {
        let sources: BTreeSet<&str> = tables.sources.iter().map(|row| &*row.id).collect();
        let disagreements: BTreeSet<&str> = tables.disagreements.iter().map(|row| &*row.origin.id).collect();
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        let origins = self.origins.borrow();
        for (span, origin) in origins.iter() {
            for id in origin.sources.iter().filter(|id| !sources.contains(&***id)) {
                source.problem(span.clone(), origin.id.as_ref(), format!("unknown source {id:?}"));
            }
            for id in origin.disagreements.iter().filter(|id| !disagreements.contains(&***id)) {
                source.problem(span.clone(), origin.id.as_ref(), format!("unknown disagreement {id:?}"));
            }
            // The sides of a disagreement share its id.
            let is_side = disagreements.contains(&*origin.id);
            if !is_side && ids.insert(&origin.id, span.start).is_some() {
                source.problem(span.clone(), origin.id.as_ref(), "a second row of this id");
            }
        }
        for (span, load) in self.loads.borrow().iter() {
            if tables.load_row(*load).is_none() {
                source.problem(span.clone(), "targets", format!("unknown load {load}; expected one of section loads"));
            }
        }
        let spans: BTreeMap<&str, &Range<usize>> = origins.iter().map(|(span, origin)| (&*origin.id, span)).collect();
        let problem = |id: &Text, message: String| {
            source.problem(spans.get(&**id).map_or(0..0, |span| (*span).clone()), id.as_ref(), message);
        };
        unambiguous(tables, problem);
        reachable(tables, problem);
    }
}

/// No two rows may answer the same question.
fn unambiguous(tables: &Tables, problem: impl Fn(&Text, String)) {
    let mut asked = BTreeMap::new();
    let mut ask = |question: String, id: &Text| {
        if let Some(other) = asked.insert(question.clone(), id.clone()) {
            problem(id, format!("answers {question}, as {other} does; expected one row"));
        }
    };
    for row in tables.conversions.iter() {
        for (model, destination) in pairs(&row.models, &row.destinations) {
            let marks: &[_] = if row.pid == PidMark::Any { &[PidMark::Marked, PidMark::Other] } else { &[row.pid] };
            for mark in marks {
                ask(format!("whether {model} ({mark}) can be converted for {destination}"), &row.origin.id);
            }
        }
    }
    for row in tables.targets.iter() {
        ask(format!("the load of {} for {}", row.load.family(), row.destination), &row.origin.id);
    }
    for row in tables.licenses.iter() {
        let states: &[_] = match row.when {
            AuthorizationState::Any => &[AuthorizationState::Without, AuthorizationState::Given],
            _ => &[row.when],
        };
        for state in states {
            ask(format!("the license of {} for {} ({state})", row.series, row.destination), &row.origin.id);
        }
    }
    for row in tables.single_firmware.iter() {
        row.models.iter().for_each(|model| ask(format!("what {model} runs"), &row.origin.id));
    }
    for row in tables.evidence.iter() {
        ask(format!("what {} means", row.means), &row.origin.id);
    }
    for row in tables.advice.iter() {
        for (model, destination) in pairs(&row.models, &row.destinations) {
            ask(format!("what to say of {} to {model} for {destination}", row.says), &row.origin.id);
        }
    }
    for row in tables.load_servers.iter() {
        ask(format!("the load server for {}", row.destination), &row.origin.id);
    }
}

/// Gates and advice speak of models with a load only, and every such model needs licenses.
fn reachable(tables: &Tables, problem: impl Fn(&Text, String)) {
    let has_load =
        |named: &Model| tables.models.iter().any(|row| row.model == *named || row.model.series() == Some(*named));
    let gates = tables.gates.iter().map(|row| (&row.origin.id, &row.models));
    for (id, models) in gates.chain(tables.advice.iter().map(|row| (&row.origin.id, &row.models))) {
        for model in models.iter().filter(|model| !has_load(model)) {
            problem(id, format!("never speaks of {model}: expected a model of section models, or a series of one"));
        }
    }
    for row in tables.models.iter() {
        for destination in Destination::ALL {
            let mut licenses = tables.licenses.iter();
            if !licenses.any(|license| license.destination == *destination && license.series == row.series) {
                problem(&row.origin.id, format!("no license of series {:?} for {destination}", row.series));
            }
        }
    }
}

fn pairs<'a>(models: &'a [Model], destinations: &'a [Destination]) -> impl Iterator<Item = (Model, Destination)> {
    models.iter().flat_map(|model| destinations.iter().map(|destination| (*model, *destination)))
}
