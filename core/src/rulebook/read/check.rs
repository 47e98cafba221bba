//! What only all rows together can show: references that lead nowhere, two answers to one question, rows that never
//! speak, gates that no load passes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::scope::Changed;
use super::toml_row::Source;
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::phone::Model;
use crate::rulebook::model_names::is_named;
use crate::rulebook::rows::{Answer, AuthorizationState, ConversionRow, Origin, PidMark, Stage};
use crate::rulebook::tables::{LISTED, OTHER, Rows};
use crate::text::Shown;

/// Reports problems at the first of some rows that the text is responsible for.
pub(super) struct Report<'r, 's> {
    source: &'r Source<'s>,
    changed: BTreeMap<&'r str, &'r Changed>,
    /// Pairs of rows that were reported: one complaint is enough.
    told: RefCell<BTreeSet<(String, String)>>,
}

impl<'r, 's> Report<'r, 's> {
    pub(super) fn new(source: &'r Source<'s>, changed: &'r [Changed]) -> Self {
        let changed = changed.iter().map(|changed| (&*changed.id, changed)).collect();
        Self { source, changed, told: RefCell::default() }
    }

    /// Reports what is wrong between a row and another thing, once.
    fn once(&self, id: &str, other: &str, message: String) {
        if self.told.borrow_mut().insert((id.to_owned(), other.to_owned())) {
            self.problem(&[id], message);
        }
    }

    pub(super) fn problem(&self, ids: &[&str], message: String) {
        let changed = ids.iter().find_map(|id| self.changed.get(id));
        let (span, place) = changed.map_or_else(
            || (0..0, ids.first().copied().unwrap_or("file").to_owned()),
            |changed| (changed.span.clone(), changed.place.clone()),
        );
        self.source.problem(span, place, message);
    }

    /// The later row of the text is the one to mend.
    fn answered_twice(&self, question: &str, first: &str, second: &str) {
        let (mend, other) = if self.changed.contains_key(second) { (second, first) } else { (first, second) };
        let message = format!("answers {question}, as {other} does; expected one row (`remove = true` takes one away)");
        self.once(mend, other, message);
    }
}

/// Checks rows that all could be read.
pub(super) fn rows(source: &Source<'_>, changed: &[Changed], before: &Rows, rows: &Rows) {
    let report = Report::new(source, changed);
    dangling(rows, &report);
    let answers = by_question(&rows.conversions);
    conversions(rows, &answers, &report);
    uncovered(before, &answers, &report);
    unambiguous(rows, &report);
    reachable(rows, &report);
    passable(before, rows, &report);
}

/// A row that was removed may still be named; what else rows of the text name was checked with them.
fn dangling(rows: &Rows, report: &Report<'_, '_>) {
    let ids: BTreeSet<(&str, &str)> = rows.in_force(0).map(|row| (row.section(), &*row.origin().id)).collect();
    let is_removed = |id: &str| report.changed.get(id).is_some_and(|changed| changed.is_removal);
    let check = |origin: &Origin, section: &str, named: &str| {
        if is_removed(named) && !ids.contains(&(section, named)) {
            let message = format!("row {} names it, and it is not in section {section}", origin.id);
            report.problem(&[named, &origin.id], message);
        }
    };
    for row in rows.in_force(0) {
        let origin = row.origin();
        origin.sources.iter().for_each(|source| check(origin, "sources", source));
        origin.disagreements.iter().for_each(|disagreement| check(origin, "disagreements", disagreement));
    }
    let targets = rows.targets.iter().map(|row| (&row.origin, row.load));
    for (origin, load) in targets.chain(rows.steps.iter().map(|row| (&row.origin, row.load))) {
        check(origin, "loads", &load.to_string());
    }
}

/// The rows that answer whether a phone can be converted, by what is asked.
pub(super) type Answers<'r> = BTreeMap<(Model, Destination, PidMark), Vec<&'r ConversionRow>>;

pub(super) fn by_question(rows: &[ConversionRow]) -> Answers<'_> {
    let mut by_question = Answers::new();
    for row in rows {
        let marks: &[_] = if row.pid == PidMark::Any { &[PidMark::Marked, PidMark::Other] } else { &[row.pid] };
        for (model, destination) in pairs(&row.models, &row.destinations) {
            for mark in marks {
                by_question.entry((model, destination, *mark)).or_default().push(row);
            }
        }
    }
    by_question
}

/// More alternatives for one phone are a mistake.
pub(super) const MOST_ALTERNATIVES: usize = 16;

/// Rows that say yes are alternatives, one that says no holds where none of them does; nothing may be said twice.
fn conversions(rows: &Rows, questions: &Answers<'_>, report: &Report<'_, '_>) {
    let listed: BTreeSet<Model> = rows.models.iter().map(|row| row.model).collect();
    for ((model, destination, mark), answers) in questions {
        let question = format!("whether {model} ({mark}) can be converted for {destination}");
        if answers.len() > MOST_ALTERNATIVES {
            let message = format!("{} rows answer {question}; expected at most {MOST_ALTERNATIVES}", answers.len());
            report.problem(&answers.iter().map(|row| &*row.origin.id).collect::<Vec<_>>(), message);
            continue;
        }
        for (index, row) in answers.iter().enumerate() {
            let id = &*row.origin.id;
            if row.answer == Answer::Convertible && !listed.contains(model) {
                let message = format!("says yes to {model}, an unknown model; expected a row of section models");
                report.once(id, model.as_str(), message);
            }
            let is_ours = |row: &ConversionRow| report.changed.contains_key(&*row.origin.id);
            let still_yes = |other: &&&ConversionRow| other.answer == Answer::Convertible && !is_ours(other);
            if row.answer != Answer::Convertible && is_ours(row) {
                for other in answers.iter().filter(still_yes).map(|other| &*other.origin.id) {
                    let message = format!(
                        "says {} to {question}, but {other} still says yes under its conditions; expected {other} changed or taken away (`remove = true`)",
                        row.answer
                    );
                    report.once(id, other, message);
                }
            }
            for other in answers.iter().skip(index + 1).filter(|other| is_said(row, other) || is_said(other, row)) {
                report.answered_twice(&question, id, &other.origin.id);
            }
        }
    }
}

/// A row that is narrowed may leave phones to the row of their series, or to none: that has to be said.
fn uncovered(before: &Rows, after: &Answers<'_>, report: &Report<'_, '_>) {
    for ((model, destination, mark), answers) in by_question(&before.conversions) {
        if after.contains_key(&(model, destination, mark)) {
            continue;
        }
        let narrowed = answers
            .iter()
            .map(|row| &*row.origin.id)
            .find(|id| report.changed.get(id).is_some_and(|changed| !changed.is_removal));
        if let Some(id) = narrowed {
            let message = format!(
                "leaves {model} ({mark}) without a row for {destination}; expected one, such as a row of its own with `answer = \"not-listed\"`"
            );
            report.once(id, &format!("{model} {destination}"), message);
        }
    }
}

/// Whether a row leaves nothing for the other to say.
fn is_said(row: &ConversionRow, other: &ConversionRow) -> bool {
    let (yes, other_yes) = (row.answer == Answer::Convertible, other.answer == Answer::Convertible);
    let asks_no_more =
        |mine: Option<Release>, others: Option<Release>| mine.is_none() || mine <= others && others.is_some();
    let covers = row.vid.covers(&other.vid)
        && asks_no_more(row.running_at_least, other.running_at_least)
        && asks_no_more(row.target_at_least, other.target_at_least);
    match (yes, other_yes) {
        (true, true) => covers,
        (false, false) => true,
        // A yes without condition leaves no room for a no.
        (true, false) => covers,
        (false, true) => false,
    }
}

/// No two rows may answer the same question.
fn unambiguous(rows: &Rows, report: &Report<'_, '_>) {
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    let mut ask = |question: String, id: &str| match asked.get(&question) {
        Some(other) => report.answered_twice(&question, other, id),
        None => drop(asked.insert(question, id.to_owned())),
    };
    for row in rows.targets.iter() {
        ask(format!("the load of {} for {}", row.load.family(), row.destination), &row.origin.id);
    }
    for row in rows.steps.iter() {
        let (family, destination) = (row.load.family(), row.destination);
        ask(format!("the load of {family} to install before {destination}"), &row.origin.id);
    }
    for row in rows.licenses.iter() {
        let states: &[_] = match row.when {
            AuthorizationState::Any => {
                &[AuthorizationState::Without, AuthorizationState::Given, AuthorizationState::Other]
            }
            _ => &[row.when],
        };
        for state in states {
            ask(format!("the license of {} for {} ({state})", row.series, row.destination), &row.origin.id);
        }
    }
    for row in rows.single_firmware.iter() {
        row.models.iter().for_each(|model| ask(format!("what {model} runs"), &row.origin.id));
    }
    for row in rows.evidence.iter() {
        ask(format!("what {} means", row.means), &row.origin.id);
    }
    for row in rows.load_servers.iter() {
        ask(format!("the load server for {}", row.destination), &row.origin.id);
    }
    // Several gates may stand before one phone; two of the same scope are one gate said twice.
    let mut gates = BTreeMap::new();
    for row in rows.gates.iter() {
        let scope = (row.on, &row.models, &row.except, &row.destinations, row.vid.from, row.vid.to);
        if let Some(other) = gates.insert(scope, &*row.origin.id) {
            report.answered_twice(&format!("the minimum at the {} of the same phones", row.on), other, &row.origin.id);
        }
    }
    let mut floors = BTreeMap::new();
    for row in rows.floors.iter() {
        let scope = (row.firmware_type.name(), &row.models, row.vid.from, row.vid.to);
        if let Some(other) = floors.insert(scope, &*row.origin.id) {
            let question = format!("the {} floor of the same hardware", row.firmware_type.name());
            report.answered_twice(&question, other, &row.origin.id);
        }
    }
    // Model by model, so that the memory does not grow with their product.
    for model in rows.models.iter().map(|row| row.model) {
        let mut advice = BTreeMap::new();
        for row in rows.advice.iter().filter(|row| is_named(&row.models, &row.except, model)) {
            for destination in row.destinations.iter() {
                let question = || format!("what to say of {} to {model} ({}) for {destination}", row.says, row.vid);
                let topic = (row.says, row.vid.from, row.vid.to, *destination, &row.told);
                let other = advice.insert(topic, &*row.origin.id);
                other.into_iter().for_each(|other| report.answered_twice(&question(), other, &row.origin.id));
            }
        }
    }
}

/// Gates and floors speak of models with a load only, and advice also of others that a row names by themselves; every model
/// with a load needs licenses, and loads of its family.
fn reachable(rows: &Rows, report: &Report<'_, '_>) {
    let has_load = |named: &Model| {
        *named == LISTED || rows.models.iter().any(|row| row.model == *named || row.model.series() == Some(*named))
    };
    let gates = rows.gates.iter().map(|row| (&row.origin.id, row.models.iter().chain(row.except.iter())));
    let advice = rows.advice.iter().map(|row| (&row.origin.id, row.models.iter().chain(row.except.iter())));
    let floors = rows.floors.iter().map(|row| (&row.origin.id, row.models.iter().chain(&[])));
    let never_speaks = |id: &str, model: &Model| {
        let message = format!("never speaks of {model}: expected a model of section models, or a series of one");
        report.problem(&[id], message);
    };
    for (id, models) in gates.chain(floors) {
        models.filter(|model| !has_load(model)).for_each(|model| never_speaks(id, model));
    }
    let single: BTreeSet<&Model> = rows.single_firmware.iter().flat_map(|row| row.models.iter()).collect();
    let models = rows.conversions.iter().flat_map(|row| row.models.iter());
    let without_load: BTreeSet<&Model> = models.filter(|model| !model.as_str().ends_with("xx")).chain(single).collect();
    for (id, models) in advice {
        let is_reached = |model: &&Model| has_load(model) || without_load.contains(model) && **model != OTHER;
        models.filter(|model| !is_reached(model)).for_each(|model| never_speaks(id, model));
    }
    let only_gates = rows.conversions.iter().map(|row| (&row.origin.id, &row.models));
    for (id, models) in only_gates.chain(rows.single_firmware.iter().map(|row| (&row.origin.id, &row.models))) {
        if models.contains(&LISTED) {
            report.problem(&[id], "found `listed`; expected it in gates, floors and advice only".to_owned());
        }
    }
    let families: BTreeSet<LoadFamily> = rows.loads.iter().map(|row| row.load.family()).collect();
    for row in rows.models.iter() {
        if !families.contains(&row.family) {
            let known = families.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let message = format!("unknown family {}; the book has loads for {}", row.family, Shown::new(&known));
            report.problem(&[&row.origin.id], message);
        }
        let is_sold = |destination: &&Destination| {
            let mut licenses = rows.licenses.iter();
            licenses.any(|license| license.destination == **destination && license.series == row.series)
        };
        let missing: Vec<&str> = Destination::ALL
            .iter()
            .filter(|destination| !is_sold(destination))
            .map(|destination| destination.as_str())
            .collect();
        if !missing.is_empty() {
            let known: BTreeSet<&str> = rows.licenses.iter().map(|license| &*license.series).collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            let message = format!(
                "no license of series {} for {}; the book has licenses of {}",
                Shown::quoted(&row.series),
                missing.join(", "),
                Shown::new(&known)
            );
            report.problem(&[&row.origin.id], message);
        }
    }
}

/// A gate, floor or condition that no load of the book passes is a mistake, or a load is missing; unless it was so before.
fn passable(before: &Rows, rows: &Rows, report: &Report<'_, '_>) {
    let known: BTreeSet<_> = impassable(before).into_iter().map(|gate| (gate.id, gate.family, gate.minimum)).collect();
    for gate in impassable(rows) {
        let Impassable { id, family, firmware_type, minimum, highest } = gate;
        if known.contains(&(id, family, minimum)) {
            continue;
        }
        let highest = highest.map_or("none".to_owned(), |load| load.to_string());
        let needed = firmware_type.name();
        let message = format!(
            "{minimum} is above every {needed} load of family {family} in the book (highest: {highest}); expected a lower minimum, or a load that passes"
        );
        report.problem(&[id], message);
    }
}

/// A gate or condition that no load of a family passes.
struct Impassable<'r> {
    id: &'r str,
    family: LoadFamily,
    firmware_type: FirmwareType,
    minimum: Release,
    highest: Option<LoadName>,
}

fn impassable(rows: &Rows) -> Vec<Impassable<'_>> {
    let mut highest: BTreeMap<(LoadFamily, FirmwareType), LoadName> = BTreeMap::new();
    for load in rows.loads.iter().filter(|row| row.may_be_chosen()).map(|row| row.load) {
        let known = highest.entry((load.family(), load.firmware_type())).or_insert(load);
        *known = load.max(*known);
    }
    // What asks for which release, of which type, for which families.
    let mut asked: BTreeSet<(&str, LoadFamily, FirmwareType, Release)> = BTreeSet::new();
    for row in rows.gates.iter() {
        for model in rows.models.iter().filter(|model| is_named(&row.models, &row.except, model.model)) {
            for direction in row.destinations.iter().map(|destination| destination.direction()) {
                let needed = if row.on == Stage::Start { direction.from() } else { direction.to() };
                asked.insert((&row.origin.id, model.family, needed, row.minimum));
            }
        }
    }
    for row in rows.floors.iter() {
        for model in rows.models.iter().filter(|model| is_named(&row.models, &[], model.model)) {
            asked.insert((&row.origin.id, model.family, row.firmware_type, row.minimum));
        }
    }
    for row in rows.conversions.iter() {
        for model in rows.models.iter().filter(|model| row.models.contains(&model.model)) {
            for direction in row.destinations.iter().map(|destination| destination.direction()) {
                let of = |firmware_type, release: Option<Release>| {
                    release.map(|release| (&*row.origin.id, model.family, firmware_type, release))
                };
                asked.extend(of(direction.from(), row.running_at_least));
                asked.extend(of(direction.to(), row.target_at_least));
            }
        }
    }
    // A family without any load is another problem.
    let has_loads = |family: LoadFamily| highest.keys().any(|(known, _)| *known == family);
    let mut found = Vec::new();
    for (id, family, firmware_type, minimum) in asked {
        let load = highest.get(&(family, firmware_type)).copied();
        if has_loads(family) && load.is_none_or(|load| load.release() < Some(minimum)) {
            found.push(Impassable { id, family, firmware_type, minimum, highest: load });
        }
    }
    found
}

fn pairs<'a>(models: &'a [Model], destinations: &'a [Destination]) -> impl Iterator<Item = (Model, Destination)> {
    models.iter().flat_map(|model| destinations.iter().map(|destination| (*model, *destination)))
}
