//! What only all rows together can show: references that lead nowhere, two answers to one question, rows that never
//! speak.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::row::{Located, Row, Source};
use crate::destination::Destination;
use crate::firmware::LoadName;
use crate::phone::Model;
use crate::rulebook::rows::{AuthorizationState, PidMark};
use crate::rulebook::tables::Tables;

/// Where something stands, and what it says.
struct Mention {
    span: Range<usize>,
    place: String,
    id: String,
}

/// The ids that rows declare and mention, broken rows included.
#[derive(Default)]
pub(super) struct References {
    declared: RefCell<Vec<(&'static str, Mention)>>,
    sources: RefCell<Vec<Mention>>,
    disagreements: RefCell<Vec<Mention>>,
    loads: RefCell<Vec<Mention>>,
}

impl References {
    pub(super) fn declare(&self, section: &'static str, id: &str, row: &Row<'_, '_>) {
        let mention = Mention { span: row.span.clone(), place: row.place_of(""), id: id.to_owned() };
        self.declared.borrow_mut().push((section, mention));
    }

    pub(super) fn sources(&self, row: &Row<'_, '_>, texts: &[Located<&str>]) {
        self.sources.borrow_mut().extend(mentions(row, "sources", texts));
    }

    pub(super) fn disagreements(&self, row: &Row<'_, '_>, texts: &[Located<&str>]) {
        self.disagreements.borrow_mut().extend(mentions(row, "disagreements", texts));
    }

    pub(super) fn load(&self, row: &Row<'_, '_>, load: &Located<LoadName>) {
        let (span, place, id) = (load.span.clone(), row.place_of("load"), load.value.to_string());
        self.loads.borrow_mut().push(Mention { span, place, id });
    }

    /// Every mention must have been declared, and no id twice.
    pub(super) fn check(&self, source: &Source<'_>) {
        let declared = self.declared.borrow();
        let known = |section: &str| -> BTreeSet<&str> {
            declared.iter().filter(|(name, _)| *name == section).map(|(_, mention)| mention.id.as_str()).collect()
        };
        for (mentions, section, thing) in [
            (&self.sources, "sources", "source"),
            (&self.disagreements, "disagreements", "disagreement"),
            (&self.loads, "loads", "load"),
        ] {
            let known = known(section);
            for Mention { span, place, id } in mentions.borrow().iter().filter(|mention| !known.contains(&*mention.id))
            {
                let message = format!("unknown {thing} {id:?}; expected a row of section {section}");
                source.problem(span.clone(), place.clone(), message);
            }
        }
        let mut ids = BTreeMap::new();
        for (section, Mention { span, place, id }) in declared.iter() {
            if let Some(other) = ids.insert(id, section) {
                let message = format!("a second row of this id; the other is in section {other}");
                source.problem(span.clone(), place.clone(), message);
            }
        }
    }

    /// Where the row of this id stands.
    fn place(&self, id: &str) -> (Range<usize>, String) {
        let declared = self.declared.borrow();
        let found = declared.iter().map(|(_, mention)| mention).find(|mention| mention.id == id);
        found.map_or((0..0, id.to_owned()), |mention| (mention.span.clone(), mention.place.clone()))
    }
}

fn mentions(row: &Row<'_, '_>, key: &str, texts: &[Located<&str>]) -> Vec<Mention> {
    let mention =
        |text: &Located<&str>| Mention { span: text.span.clone(), place: row.place_of(key), id: text.value.to_owned() };
    texts.iter().map(mention).collect()
}

/// Checks rows that all could be read.
pub(super) fn rows(source: &Source<'_>, references: &References, tables: &Tables) {
    let problem = |id: &str, message: String| {
        let (span, place) = references.place(id);
        source.problem(span, place, message);
    };
    unambiguous(tables, problem);
    reachable(tables, problem);
}

/// No two rows may answer the same question.
fn unambiguous(tables: &Tables, problem: impl Fn(&str, String)) {
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    let mut ask = |question: String, id: &str| {
        if let Some(other) = asked.insert(question.clone(), id.to_owned()) {
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
fn reachable(tables: &Tables, problem: impl Fn(&str, String)) {
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
