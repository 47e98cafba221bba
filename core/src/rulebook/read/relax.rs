//! Finds what amendments allow that the book before did not. A row that does has to say so: nothing is relaxed by
//! mistake.
//!
//! The two books are held against each other at every point where one of their rules changes its answer, so that it does
//! not matter how a rule is spelled, split or moved.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Report, by_question, is_named};
use super::row::Source;
use super::scope::Changed;
use crate::destination::Destination;
use crate::firmware::Release;
use crate::phone::{Model, Vid};
use crate::rulebook::rows::{
    AdviceKind, AdviceRow, Answer, AuthorizationState, ConversionRow, EvidenceRule, GateRow, LicenseNeed, PidMark,
    SectionRow, Stage, VidRange,
};
use crate::rulebook::tables::{OTHER, Rows};

/// Something that is allowed now, and the rows of the text that can have allowed it.
struct Relaxation {
    what: String,
    by: Vec<String>,
}

/// Every relaxation needs a row with `relax = true`, and every such row a relaxation.
pub(super) fn check(source: &Source<'_>, changed: &[Changed], before: &Rows, after: &Rows) {
    let books = Books { before, after, changed };
    let mut found = Vec::new();
    conversions(&books, &mut found);
    single_firmware(&books, &mut found);
    families(&books, &mut found);
    gates(&books, &mut found);
    advice(&books, &mut found);
    licenses(&books, &mut found);
    targets(&books, &mut found);
    evidence(&books, &mut found);

    let report = Report::new(source, changed);
    // Of a section with a row that could not be read, nobody can tell what it allows.
    let unread: BTreeSet<&str> =
        changed.iter().filter(|changed| !changed.is_whole).map(|changed| changed.section).collect();
    let is_read = |id: &str| changed.iter().any(|changed| changed.id == id && !unread.contains(changed.section));
    let may_relax: BTreeSet<&str> =
        changed.iter().filter(|changed| changed.relaxes).map(|changed| &*changed.id).collect();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for Relaxation { what, by } in found.iter().filter(|found| found.by.iter().all(|id| is_read(id))) {
        used.extend(by.iter().map(|id| &**id).filter(|id| may_relax.contains(id)));
        let Some(first) = by.first() else { continue };
        // One problem for a row: the others are of the same kind.
        if !by.iter().any(|id| may_relax.contains(&**id)) && told.insert(first) {
            let message =
                format!("relaxes the book: {what}; expected `relax = true` and a `reason`, or a stricter row");
            report.problem(&[first], message);
        }
    }
    for id in may_relax.difference(&used).filter(|id| is_read(id)) {
        report
            .problem(&[id], "`relax = true`, but the row relaxes nothing of the book; expected it without".to_owned());
    }
}

struct Books<'b> {
    before: &'b Rows,
    after: &'b Rows,
    changed: &'b [Changed],
}

impl Books<'_> {
    /// The rows of a section that the text touches, in either book.
    fn touched<T: SectionRow>(&self, rows: fn(&Rows) -> &[T]) -> Vec<&T> {
        let ids: BTreeSet<&str> = self.ids(T::SECTION).collect();
        let all = rows(self.before).iter().chain(rows(self.after));
        all.filter(|row| ids.contains(&*row.origin().id)).collect()
    }

    /// Models with a load, in the book before, that a gate or advice names.
    fn models_before<'r>(&'r self, named: &'r [Model]) -> impl Iterator<Item = Model> + 'r {
        self.before.models.iter().map(|row| row.model).filter(|model| is_named(named, &[], *model))
    }

    fn ids(&self, section: &str) -> impl Iterator<Item = &str> {
        self.changed.iter().filter(move |changed| changed.section == section).map(|changed| &*changed.id)
    }

    /// Those of the touched rows that are about something, rows that are there first.
    fn culprits<T: SectionRow>(&self, rows: fn(&Rows) -> &[T], is_about: impl Fn(&T) -> bool) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        let touched: BTreeSet<&str> = self.ids(T::SECTION).collect();
        for row in rows(self.after).iter().chain(rows(self.before)) {
            let id = &row.origin().id;
            if touched.contains(&**id) && is_about(row) && !ids.iter().any(|known| known == id) {
                ids.push(id.to_string());
            }
        }
        ids
    }
}

/// Hardware versions at which some range begins or ends, and those beside them.
fn versions<'r>(ranges: impl Iterator<Item = &'r VidRange>) -> BTreeSet<Vid> {
    let mut numbers = BTreeSet::from([0, 999]);
    for range in ranges {
        for end in [range.from, range.to].into_iter().flatten() {
            numbers.extend([end.number().saturating_sub(1), end.number(), end.number() + 1]);
        }
    }
    numbers.into_iter().filter_map(Vid::new).collect()
}

fn conversions(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.conversions);
    let mut keys: BTreeSet<Model> = touched.iter().flat_map(|row| row.models.iter().copied()).collect();
    // A model with a load does not fall back to what is said of every other device.
    keys.extend(books.touched(|rows| &rows.models).iter().map(|row| row.model));
    let (before, after) = (by_question(&books.before.conversions), by_question(&books.after.conversions));
    for key in keys {
        for destination in Destination::ALL.iter().copied() {
            for mark in [PidMark::Other, PidMark::Marked] {
                let was = nearest(&before, key, destination, mark);
                let is = nearest(&after, key, destination, mark);
                if let Some(vid) = newly_allowed(was, is) {
                    let about = |row: &ConversionRow| {
                        row.models.iter().any(|model| *model == key || key.series() == Some(*model) || *model == OTHER)
                            && row.destinations.contains(&destination)
                            && (row.pid == PidMark::Any || row.pid == mark)
                    };
                    let mut by = books.culprits(|rows| &rows.conversions, about);
                    by.extend(books.culprits(|rows| &rows.models, |row| row.model == key));
                    found.push(Relaxation { what: format!("{key} {vid} can be converted for {destination}"), by });
                }
            }
        }
    }
}

/// The rows that are said of a model, or else of its series, or else of every other device.
fn nearest<'r>(
    rows: &'r BTreeMap<(Model, Destination, PidMark), Vec<&'r ConversionRow>>,
    key: Model,
    destination: Destination,
    mark: PidMark,
) -> &'r [&'r ConversionRow] {
    let levels = [Some(key), key.series(), Some(OTHER)].into_iter().flatten();
    let mut found = levels.filter_map(|level| rows.get(&(level, destination, mark)));
    found.next().map_or(&[], Vec::as_slice)
}

/// A hardware version that can be converted now under some condition under which it could not.
fn newly_allowed(before: &[&ConversionRow], after: &[&ConversionRow]) -> Option<Vid> {
    let all = || before.iter().chain(after).filter(|row| row.answer == Answer::Convertible);
    let releases = |of: fn(&ConversionRow) -> Option<Release>| -> Vec<Option<Release>> {
        let distinct: BTreeSet<Option<Release>> = std::iter::once(None).chain(all().map(|row| of(row))).collect();
        distinct.into_iter().collect()
    };
    let allows = |rows: &[&ConversionRow], vid: Vid, running: Option<Release>, target: Option<Release>| {
        // None stands for a release below all that rows ask for.
        let holds = |row: &&&ConversionRow| {
            row.answer == Answer::Convertible
                && row.vid.contains(vid)
                && row.running_at_least <= running
                && row.target_at_least <= target
        };
        rows.iter().any(|row| holds(&row))
    };
    let (running, targets) = (releases(|row| row.running_at_least), releases(|row| row.target_at_least));
    versions(all().map(|row| &row.vid)).into_iter().find(|vid| {
        running.iter().any(|running| {
            let is_new = |target: &Option<Release>| {
                allows(after, *vid, *running, *target) && !allows(before, *vid, *running, *target)
            };
            targets.iter().any(is_new)
        })
    })
}

fn single_firmware(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let runs = |rows: &Rows, key: Model| {
        let row = rows.single_firmware.iter().find(|row| row.models.contains(&key));
        row.map(|row| row.runs)
    };
    let touched = books.touched(|rows| &rows.single_firmware);
    let keys: BTreeSet<Model> = touched.iter().flat_map(|row| row.models.iter().copied()).collect();
    for key in keys {
        let (was, is) = (runs(books.before, key), runs(books.after, key));
        if was.is_some() && was != is {
            let by = books.culprits(|rows| &rows.single_firmware, |row| row.models.contains(&key));
            found.push(Relaxation { what: format!("{key} runs other firmware too"), by });
        }
    }
}

/// A model that takes loads of another family turns contradictions into evidence.
fn families(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    for row in books.touched(|rows| &rows.models) {
        let of = |rows: &Rows| rows.models.iter().find(|known| known.model == row.model).map(|row| row.family);
        if let (Some(was), is) = (of(books.before), of(books.after))
            && Some(was) != is
        {
            let by = books.culprits(|rows| &rows.models, |known| known.model == row.model);
            found.push(Relaxation { what: format!("{} takes loads of another family than {was}", row.model), by });
        }
    }
}

fn gates(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.gates);
    for (model, destination, on) in gates_asked(books, &touched) {
        let of = |rows: &Rows| -> Vec<GateRow> {
            let is_about = |row: &&GateRow| {
                row.on == on && row.destinations.contains(&destination) && is_named(&row.models, &row.except, model)
            };
            rows.gates.iter().filter(is_about).cloned().collect()
        };
        let (was, is) = (of(books.before), of(books.after));
        let minimum = |rows: &[GateRow], vid: Vid, lasting: bool| {
            let rows = rows.iter().filter(|row| row.vid.contains(vid) && (row.lasting || !lasting));
            rows.map(|row| row.minimum).max()
        };
        let relaxed = versions(was.iter().chain(&is).map(|row| &row.vid)).into_iter().find_map(|vid| {
            [false, true].into_iter().find_map(|lasting| {
                let (was, is) = (minimum(&was, vid, lasting)?, minimum(&is, vid, lasting));
                (is < Some(was)).then_some((vid, was, is))
            })
        });
        if let Some((vid, was, is)) = relaxed {
            let is = is.map_or("none".to_owned(), |is| is.to_string());
            let about = |row: &GateRow| row.on == on && row.destinations.contains(&destination);
            let by = books.culprits(|rows| &rows.gates, about);
            let what = format!("the {on} gate of {model} {vid} for {destination} is {is}, and was {was}");
            found.push(Relaxation { what, by });
        }
    }
}

/// Models of the book before that some touched gate is about.
fn gates_asked(books: &Books<'_>, touched: &[&GateRow]) -> BTreeSet<(Model, Destination, Stage)> {
    let mut asked = BTreeSet::new();
    for row in touched {
        for model in books.models_before(&row.models) {
            asked.extend(row.destinations.iter().map(|destination| (model, *destination, row.on)));
        }
    }
    asked
}

/// Warnings; notes may come and go.
fn advice(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let warns = |row: &&&AdviceRow| !matches!(row.says, AdviceKind::ReturningPhone | AdviceKind::LocalDataLost);
    let touched = books.touched(|rows| &rows.advice);
    let mut asked = BTreeSet::new();
    for row in touched.iter().filter(warns) {
        for model in books.models_before(&row.models) {
            asked.extend(row.destinations.iter().map(|destination| (model, *destination, row.says)));
        }
    }
    for (model, destination, says) in asked {
        let of = |rows: &Rows| -> Vec<AdviceRow> {
            let is_about = |row: &&AdviceRow| {
                row.says == says && row.destinations.contains(&destination) && is_named(&row.models, &row.except, model)
            };
            rows.advice.iter().filter(is_about).cloned().collect()
        };
        let (was, is) = (of(books.before), of(books.after));
        let speaks = |rows: &[AdviceRow], vid: Vid| rows.iter().any(|row| row.vid.contains(vid));
        let below = |rows: &[AdviceRow]| rows.iter().filter_map(|row| row.below).max();
        let silent = versions(was.iter().chain(&is).map(|row| &row.vid))
            .into_iter()
            .find(|vid| speaks(&was, *vid) && !speaks(&is, *vid));
        let is_lower = !is.is_empty() && below(&is) < below(&was);
        if silent.is_some() || is_lower {
            let vid = silent.map_or_else(String::new, |vid| format!(" {vid}"));
            let by = books.culprits(|rows| &rows.advice, |row| row.says == says);
            found.push(Relaxation {
                what: format!("{model}{vid} for {destination} is not warned of {says} as before"),
                by,
            });
        }
    }
}

fn licenses(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.licenses);
    let mut series: BTreeSet<(Destination, String, String)> =
        touched.iter().map(|row| (row.destination, row.series.to_string(), row.series.to_string())).collect();
    // A model may be sold licenses of another series.
    for row in books.touched(|rows| &rows.models) {
        let of =
            |rows: &Rows| rows.models.iter().find(|known| known.model == row.model).map(|row| row.series.to_string());
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && was != is
        {
            series.extend(Destination::ALL.iter().map(|destination| (*destination, was.clone(), is.clone())));
        }
    }
    for (destination, was, is) in series {
        for state in [AuthorizationState::Without, AuthorizationState::Given, AuthorizationState::Any] {
            let need = |rows: &Rows, series: &str| {
                let mut rows =
                    rows.licenses.iter().filter(|row| row.destination == destination && row.series == series);
                rows.find(|row| row.when == AuthorizationState::Any || row.when == state).map(|row| row.need)
            };
            let (need_before, need_after) = (need(books.before, &was), need(books.after, &is));
            if need_before == Some(LicenseNeed::Purchase) && need_after != need_before {
                let about = |row: &crate::rulebook::rows::LicenseRow| {
                    row.destination == destination && (row.series == was || row.series == is)
                };
                let mut by = books.culprits(|rows| &rows.licenses, about);
                by.extend(books.culprits(|rows| &rows.models, |row| row.series == was || row.series == is));
                let need = need_after.map_or("nothing", |need| need.as_str());
                let what = format!("the license of series {is} for {destination} is {need}, and was purchase");
                found.push(Relaxation { what, by });
            }
        }
    }
}

fn targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.targets);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.destination, row.load.family())).collect();
    for (destination, family) in asked {
        let of = |rows: &Rows| {
            let mut rows = rows.targets.iter();
            rows.find(|row| row.destination == destination && row.load.family() == family).map(|row| row.load)
        };
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && is < was
        {
            let about =
                |row: &crate::rulebook::rows::TargetRow| row.destination == destination && row.load.family() == family;
            let by = books.culprits(|rows| &rows.targets, about);
            found.push(Relaxation { what: format!("the target for {destination} is {is}, older than {was}"), by });
        }
    }
}

fn evidence(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    for row in books.touched(|rows| &rows.evidence) {
        let of = |rows: &Rows| rows.evidence.iter().find(|known| known.means == row.means).map(|row| row.release);
        let (Some(was), is) = (of(books.before), of(books.after)) else { continue };
        let relaxed = match row.means {
            EvidenceRule::ContradictsMark => is != Some(was),
            EvidenceRule::AuthorizationReadable => is < Some(was),
        };
        if relaxed {
            let by = books.culprits(|rows| &rows.evidence, |known| known.means == row.means);
            found.push(Relaxation { what: format!("{} holds for other releases than before", row.means), by });
        }
    }
}
