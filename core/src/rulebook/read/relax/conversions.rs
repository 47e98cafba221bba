//! What can be converted that could not, and what the book's own targets let go.

use std::collections::BTreeSet;

use super::{Books, Relaxation, has_load, versions};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::{Model, Vid};
use crate::rulebook::names::{is_named, levels};
use crate::rulebook::read::check::{Answers, MOST_ALTERNATIVES, by_question};
use crate::rulebook::rows::{Answer, ConversionRow, ModelRow, PidMark, Stage, TargetRow};
use crate::rulebook::tables::Rows;

/// Whether a row is about this model, or a level above it.
fn is_about(row: &ConversionRow, key: Model, destination: Destination, mark: PidMark) -> bool {
    levels(key, false).any(|level| row.models.contains(&level))
        && row.destinations.contains(&destination)
        && (row.pid == PidMark::Any || row.pid == mark)
}

pub(super) fn conversions(books: &Books<'_>, found: &mut Vec<Relaxation>) {
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
    by_question: &'r Answers<'r>,
    key: Model,
    destination: Destination,
    mark: PidMark,
) -> &'r [&'r ConversionRow] {
    let mut found = levels(key, has_load(rows, key)).filter_map(|level| by_question.get(&(level, destination, mark)));
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
pub(super) fn own_targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
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
