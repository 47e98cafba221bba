//! Finds what amendments allow that the book before did not. A row that does has to say so: nothing is relaxed by
//! mistake.
//!
//! Two books are held against each other at every point where one of their rules changes its answer, so that it does not
//! matter how a rule is spelled, split or moved. Each row has to speak for itself: what the other rows allow without those
//! that say `relax = true` must be nothing new, and each that says it must allow something.

mod conversions;
mod floors;
mod hardware;
mod licenses;
mod lower_gates;
mod named_loads;
mod own_target;
mod rows_about_models;
mod silenced_advice;
mod vids;

use std::collections::{BTreeMap, BTreeSet};

use super::MOST_RELAXING;
use super::check::Report;
use super::scope::Changed;
use super::toml_row::Source;
use crate::phone::{Model, Vid};
use crate::rulebook::model_names::is_named;
use crate::rulebook::rows::{List, SectionRow, VidRange, with_sections};
use crate::rulebook::tables::Rows;

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
    let saying = |relaxes: bool| -> BTreeSet<&str> {
        changed.iter().filter(|changed| changed.relaxes == relaxes).map(|changed| &*changed.id).collect()
    };
    // A row that several amendments change says it in each of them.
    let flagged: BTreeSet<&str> = saying(true).difference(&saying(false)).copied().collect();
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
    conversions::conversions(&books, &mut found);
    conversions::own_targets(&books, &mut found);
    hardware::single_firmware(&books, &mut found);
    hardware::families(&books, &mut found);
    lower_gates::gates(&books, &mut found);
    floors::floors(&books, &mut found);
    silenced_advice::advice(&books, &mut found);
    licenses::licenses(&books, &mut found);
    named_loads::targets(&books, &mut found);
    named_loads::steps(&books, &mut found);
    named_loads::newest_loads(&books, &mut found);
    licenses::evidence(&books, &mut found);
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
        let rows = rows(self.after).iter().chain(rows(self.before));
        let differing = rows.filter(|row| self.changed.contains(&*row.origin().id) && is_about(row));
        let mut known = BTreeSet::new();
        differing.map(|row| &*row.origin().id).filter(|id| known.insert(*id)).map(str::to_owned).collect()
    }
}

fn has_load(rows: &Rows, model: Model) -> bool {
    rows.models.iter().any(|row| row.model == model)
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
