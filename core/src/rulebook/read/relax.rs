//! Finds what amendments allow that the book before did not. A row that does has to say so: nothing is relaxed by
//! mistake.
//!
//! Two books are held against each other at every point where one of their rules changes its answer, so that it does not
//! matter how a rule is spelled, split or moved. Each row has to speak for itself: what the other rows allow without those
//! that say `relax = true` must be nothing new, and each that says it must allow something.

use std::collections::{BTreeMap, BTreeSet};

use super::MOST_RELAXING;
use super::check::{MOST_ALTERNATIVES, Question, Report, by_question, is_named};
use super::row::Source;
use super::scope::Changed;
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::{Model, Vid};
use crate::rulebook::rows::{
    AdviceKind, AdviceRow, Answer, AuthorizationState, ConversionRow, EvidenceRule, GateRow, LicenseNeed, LicenseRow,
    List, ModelRow, PidMark, SectionRow, Stage, TargetRow, VidRange, with_sections,
};
use crate::rulebook::tables::{OTHER, Rows};

/// Something that is allowed now, and the rows of the text that can have allowed it.
struct Relaxation {
    what: String,
    by: Vec<String>,
}

/// Every row that relaxes says `relax = true`, and every row that says so relaxes.
pub(super) fn check(source: &Source<'_>, changed: &[Changed], before: &Rows, after: &Rows) {
    let report = Report::new(source, changed);
    // Of a section with a row that could not be read, nobody can tell what it allows.
    let unread: BTreeSet<&str> =
        changed.iter().filter(|changed| !changed.is_whole).map(|changed| changed.section).collect();
    let read: BTreeSet<&str> =
        changed.iter().filter(|changed| !unread.contains(changed.section)).map(|changed| &*changed.id).collect();
    let flagged: BTreeSet<&str> =
        changed.iter().filter(|changed| changed.relaxes).map(|changed| &*changed.id).collect();
    if flagged.len() > MOST_RELAXING {
        let message = format!("{} rows relax the book; expected at most {MOST_RELAXING}", flagged.len());
        report.problem(&[], message);
        return;
    }

    let unflagged: BTreeSet<&str> = read.difference(&flagged).copied().collect();
    let without = with_rows(after, before, &flagged);
    let mut alone: BTreeMap<String, bool> = BTreeMap::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for Relaxation { what, by } in relaxations(before, &without, &unflagged) {
        // The row that relaxes by itself is the one to mend; moved rows do it together.
        let by_itself = by.iter().find(|id| {
            let relaxes = |id: &str| {
                let id = BTreeSet::from([id]);
                !relaxations(before, &with_rows(before, &without, &id), &id).is_empty()
            };
            alone.len() < MOST_RELAXING && *alone.entry((*id).clone()).or_insert_with(|| relaxes(id))
        });
        // One problem for a row: the others are of the same kind.
        if let Some(id) = by_itself.or(by.first())
            && told.insert(id.clone())
        {
            let message =
                format!("relaxes the book: {what}; expected `relax = true` and a `reason`, or a stricter row");
            report.problem(&[id], message);
        }
    }
    let all: BTreeSet<String> = relaxations(before, after, &read).into_iter().map(|found| found.what).collect();
    for id in flagged.intersection(&read) {
        let this = BTreeSet::from([*id]);
        let others: BTreeSet<&str> = read.difference(&this).copied().collect();
        let relaxes_by_itself = || !relaxations(before, &with_rows(before, after, &this), &this).is_empty();
        let relaxes_with_others = || {
            let without = relaxations(before, &with_rows(after, before, &this), &others);
            let without: BTreeSet<String> = without.into_iter().map(|found| found.what).collect();
            all.difference(&without).next().is_some()
        };
        if !relaxes_by_itself() && !relaxes_with_others() {
            let message = "`relax = true`, but the row relaxes nothing of the book; expected it without";
            report.problem(&[id], message.to_owned());
        }
    }
}

/// A book with some rows as another has them, or without them if the other has none.
fn with_rows(book: &Rows, other: &Rows, ids: &BTreeSet<&str>) -> Rows {
    fn swap<T: SectionRow>(rows: &[T], other: &[T], ids: &BTreeSet<&str>) -> List<T> {
        let is_swapped = |row: &&T| ids.contains(&*row.origin().id);
        let kept = rows.iter().filter(|row| !is_swapped(row));
        kept.chain(other.iter().filter(is_swapped)).cloned().collect()
    }
    macro_rules! all {
        ($($name:ident: $row:ident, $about:literal,)+) => {
            Rows { $( $name: swap(&book.$name, &other.$name, ids), )+ }
        };
    }
    with_sections!(all)
}

/// Everything that the later book allows and the earlier does not, as far as these rows differ.
fn relaxations(before: &Rows, after: &Rows, changed: &BTreeSet<&str>) -> Vec<Relaxation> {
    let books = Books { before, after, changed };
    let mut found = Vec::new();
    conversions(&books, &mut found);
    own_targets(&books, &mut found);
    single_firmware(&books, &mut found);
    families(&books, &mut found);
    gates(&books, &mut found);
    advice(&books, &mut found);
    licenses(&books, &mut found);
    targets(&books, &mut found);
    evidence(&books, &mut found);
    found
}

struct Books<'b> {
    before: &'b Rows,
    after: &'b Rows,
    /// The ids of the rows that differ.
    changed: &'b BTreeSet<&'b str>,
}

impl Books<'_> {
    /// The rows of a section that differ, in either book.
    fn touched<T: SectionRow>(&self, rows: fn(&Rows) -> &[T]) -> Vec<&T> {
        let all = rows(self.before).iter().chain(rows(self.after));
        all.filter(|row| self.changed.contains(&*row.origin().id)).collect()
    }

    /// Models with a load, in the book before, that a gate or advice names.
    fn models_before<'r>(&'r self, named: &'r [Model]) -> impl Iterator<Item = Model> + 'r {
        self.before.models.iter().map(|row| row.model).filter(|model| is_named(named, &[], *model))
    }

    /// Those of the rows that differ that are about something, rows that are there first.
    fn culprits<T: SectionRow>(&self, rows: fn(&Rows) -> &[T], is_about: impl Fn(&T) -> bool) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for row in rows(self.after).iter().chain(rows(self.before)) {
            let id = &row.origin().id;
            if self.changed.contains(&**id) && is_about(row) && !ids.iter().any(|known| known == id) {
                ids.push(id.to_string());
            }
        }
        ids
    }
}

/// A model, its series, and every other device unless the model has a load: what is said first counts.
fn levels(rows: &Rows, key: Model) -> impl Iterator<Item = Model> {
    let has_load = rows.models.iter().any(|row| row.model == key);
    [Some(key), key.series(), Some(OTHER).filter(|_| !has_load)].into_iter().flatten()
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

/// Whether a row is about this model, or a level above it.
fn is_about(row: &ConversionRow, key: Model, destination: Destination, mark: PidMark) -> bool {
    row.models.iter().any(|model| *model == key || key.series() == Some(*model) || *model == OTHER)
        && row.destinations.contains(&destination)
        && (row.pid == PidMark::Any || row.pid == mark)
}

fn conversions(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.conversions);
    let mut keys: BTreeSet<Model> = touched.iter().flat_map(|row| row.models.iter().copied()).collect();
    // A model with a load does not fall back to what is said of every other device.
    keys.extend(books.touched(|rows| &rows.models).iter().map(|row| row.model));
    if keys.is_empty() {
        return;
    }
    let (before, after) = (by_question(&books.before.conversions), by_question(&books.after.conversions));
    for key in keys {
        for destination in Destination::ALL.iter().copied() {
            for mark in [PidMark::Other, PidMark::Marked] {
                let was = nearest(books.before, &before, key, destination, mark);
                let is = nearest(books.after, &after, key, destination, mark);
                if let Some(vid) = newly_allowed(was, is) {
                    let about = |row: &ConversionRow| is_about(row, key, destination, mark);
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
    rows: &Rows,
    by_question: &'r BTreeMap<Question, Vec<&'r ConversionRow>>,
    key: Model,
    destination: Destination,
    mark: PidMark,
) -> &'r [&'r ConversionRow] {
    let mut found = levels(rows, key).filter_map(|level| by_question.get(&(level, destination, mark)));
    found.next().map_or(&[], Vec::as_slice)
}

/// Whether a row lets a phone be converted. No release stands for one below all that rows ask for.
fn allows(rows: &[&ConversionRow], vid: Vid, running: Option<Release>, target: Option<Release>) -> bool {
    rows.iter().any(|row| {
        row.answer == Answer::Convertible
            && row.vid.contains(vid)
            && row.running_at_least <= running
            && row.target_at_least <= target
    })
}

/// The distinct releases that rows ask for, and none.
fn asked_for(rows: &[&ConversionRow], of: fn(&ConversionRow) -> Option<Release>) -> Vec<Option<Release>> {
    let distinct: BTreeSet<Option<Release>> = std::iter::once(None).chain(rows.iter().map(|row| of(row))).collect();
    distinct.into_iter().collect()
}

/// A hardware version that can be converted now under some condition under which it could not.
fn newly_allowed(before: &[&ConversionRow], after: &[&ConversionRow]) -> Option<Vid> {
    // More alternatives are refused, and would take long.
    if before.len() + after.len() > 2 * MOST_ALTERNATIVES {
        return None;
    }
    let all = [before, after].concat();
    let (running, targets) = (asked_for(&all, |row| row.running_at_least), asked_for(&all, |row| row.target_at_least));
    versions(all.iter().map(|row| &row.vid)).into_iter().find(|vid| {
        running.iter().any(|running| {
            let is_new = |target: &Option<Release>| {
                allows(after, *vid, *running, *target) && !allows(before, *vid, *running, *target)
            };
            targets.iter().any(is_new)
        })
    })
}

/// A row that asks for a target may be met by a newer load of the book's own.
fn own_targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let is_touched = !books.touched(|rows| &rows.loads).is_empty()
        || !books.touched(|rows| &rows.targets).is_empty()
        || !books.touched(|rows| &rows.gates).is_empty();
    if !is_touched {
        return;
    }
    let (before, after) = (by_question(&books.before.conversions), by_question(&books.after.conversions));
    for model in books.after.models.iter() {
        for destination in Destination::ALL.iter().copied() {
            for mark in [PidMark::Other, PidMark::Marked] {
                let was = nearest(books.before, &before, model.model, destination, mark);
                let is = nearest(books.after, &after, model.model, destination, mark);
                let asks = is.iter().any(|row| row.target_at_least.is_some());
                if !asks || was.len() + is.len() > 2 * MOST_ALTERNATIVES {
                    continue;
                }
                let all = [was, is].concat();
                let gates = books.before.gates.iter().chain(books.after.gates.iter()).map(|row| &row.vid);
                let running = asked_for(&all, |row| row.running_at_least);
                let vids = versions(all.iter().map(|row| &row.vid).chain(gates));
                let new = vids.into_iter().find(|vid| {
                    let [own_before, own_after] =
                        [books.before, books.after].map(|rows| own_release(rows, model, destination, *vid));
                    let is_new = |running: &Option<Release>| {
                        allows(is, *vid, *running, own_after) && !allows(was, *vid, *running, own_before)
                    };
                    running.iter().any(is_new)
                });
                if let Some(vid) = new {
                    let about = |row: &ConversionRow| is_about(row, model.model, destination, mark);
                    let mut by = books.culprits(|rows| &rows.conversions, about);
                    by.extend(books.culprits(
                        |rows| &rows.targets,
                        |row: &TargetRow| row.destination == destination && row.load.family() == model.family,
                    ));
                    by.extend(books.culprits(|rows| &rows.loads, |row| row.load.family() == model.family));
                    by.extend(books.culprits(|rows| &rows.gates, |row| is_named(&row.models, &[], model.model)));
                    let model = model.model;
                    let what = format!("{model} {vid} can be converted for {destination} with the book's own target");
                    found.push(Relaxation { what, by });
                }
            }
        }
    }
}

/// The release of the book's own target for a phone: its row's, or the lowest that meets every gate.
fn own_release(rows: &Rows, model: &ModelRow, destination: Destination, vid: Vid) -> Option<Release> {
    let mut targets = rows.targets.iter();
    let own = targets.find(|row| row.destination == destination && row.load.family() == model.family)?.load;
    let gates = rows.gates.iter().filter(|row| {
        row.on == Stage::Target
            && row.destinations.contains(&destination)
            && row.vid.contains(vid)
            && is_named(&row.models, &row.except, model.model)
    });
    let minimum = gates.map(|row| row.minimum).max();
    let meets = |load: &LoadName| load.release() >= minimum && load.release().is_some();
    if meets(&own) {
        return own.release();
    }
    let needed: FirmwareType = destination.needs();
    let loads = rows.loads.iter().map(|row| row.load);
    let of_the_phone = loads
        .filter(|load| load.family() == model.family && load.firmware_type() == needed && !load.is_engineering_build());
    of_the_phone.filter(meets).min()?.release()
}

/// Hardware that is said to run another type, or one only: the conversion, and its license, may fall away.
fn single_firmware(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let runs = |rows: &Rows, key: Model| {
        levels(rows, key).find_map(|level| {
            let mut rows = rows.single_firmware.iter();
            rows.find(|row| row.models.contains(&level)).map(|row| row.runs)
        })
    };
    let touched = books.touched(|rows| &rows.single_firmware);
    let keys: BTreeSet<Model> = touched.iter().flat_map(|row| row.models.iter().copied()).collect();
    for key in keys {
        let (was, is) = (runs(books.before, key), runs(books.after, key));
        if was != is {
            let by = books.culprits(|rows| &rows.single_firmware, |row| row.models.contains(&key));
            let is = is.map_or("both types of firmware".to_owned(), |is| format!("{} firmware only", is.name()));
            found.push(Relaxation { what: format!("{key} is said to run {is}"), by });
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
            let about = |row: &GateRow| {
                row.on == on && row.destinations.contains(&destination) && is_named(&row.models, &[], model)
            };
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
        // Whether it speaks of a hardware version, and below which release.
        let warned = |rows: &[AdviceRow], vid: Vid| {
            rows.iter().filter(|row| row.vid.contains(vid)).map(|row| (true, row.below)).max()
        };
        let silent = versions(was.iter().chain(&is).map(|row| &row.vid))
            .into_iter()
            .find(|vid| warned(&is, *vid) < warned(&was, *vid));
        if let Some(vid) = silent {
            let about = |row: &AdviceRow| {
                row.says == says && row.destinations.contains(&destination) && is_named(&row.models, &[], model)
            };
            let by = books.culprits(|rows| &rows.advice, about);
            let what = format!("{model} {vid} for {destination} is not warned of {says} as before");
            found.push(Relaxation { what, by });
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
                let about =
                    |row: &LicenseRow| row.destination == destination && (row.series == was || row.series == is);
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
            let about = |row: &TargetRow| row.destination == destination && row.load.family() == family;
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
