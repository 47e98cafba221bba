//! What can be converted that could not, and what the book's own targets let go.

use std::collections::BTreeSet;

use super::own_target::OwnTargets;
use super::{Books, Relaxation, has_load, versions};
use crate::destination::Destination;
use crate::phone::{Model, Vid};
use crate::rulebook::model_names::{is_named, levels};
use crate::rulebook::read::check::{Answers, MOST_ALTERNATIVES, by_question};
use crate::rulebook::rows::{Answer, ConversionRow, PidMark, Stage, TargetRow};
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

/// Whether a row lets a phone of this hardware version be converted, under its own conditions.
fn says_yes(row: &ConversionRow, vid: Vid) -> bool {
    row.answer == Answer::Convertible && row.vid.contains(vid)
}

/// A hardware version that can be converted now under some condition under which it could not. Conditions are minimums: what
/// is new under any is new under those of some row.
fn newly_allowed(before: &[&ConversionRow], after: &[&ConversionRow]) -> Option<Vid> {
    // More alternatives are refused, and would take long.
    if before.len() + after.len() > 2 * MOST_ALTERNATIVES {
        return None;
    }
    versions(before.iter().chain(after).map(|row| &row.vid)).into_iter().find(|vid| {
        after.iter().filter(|row| says_yes(row, *vid)).any(|new| {
            !before.iter().any(|old| {
                says_yes(old, *vid)
                    && old.running_at_least <= new.running_at_least
                    && old.target_at_least <= new.target_at_least
            })
        })
    })
}

/// A row that asks for a target may be met by a newer load of the book's own.
pub(super) fn own_targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let is_touched = !books.touched(|rows| &rows.loads).is_empty()
        || !books.touched(|rows| &rows.targets).is_empty()
        || !books.touched(|rows| &rows.gates).is_empty()
        || !books.touched(|rows| &rows.floors).is_empty();
    if !is_touched {
        return;
    }
    let (before, after) = (by_question(&books.before.conversions), by_question(&books.after.conversions));
    let models = books.after.models.iter().flat_map(|row| Destination::ALL.iter().map(move |to| (row.model, *to)));
    let asked: BTreeSet<_> = models.map(|(model, destination)| (model, destination, Stage::Target)).collect();
    let [own_before, own_after] = [books.before, books.after].map(|rows| OwnTargets::of(rows, &asked));
    for model in books.after.models.iter() {
        for destination in Destination::ALL.iter().copied() {
            for mark in [PidMark::Other, PidMark::Marked] {
                let was = nearest(books.before, &before, model.model, destination, mark);
                let is = nearest(books.after, &after, model.model, destination, mark);
                let asks = is.iter().any(|row| row.target_at_least.is_some());
                if !asks || was.len() + is.len() > 2 * MOST_ALTERNATIVES {
                    continue;
                }
                let (old, new) = (own_before.of_model(model, destination), own_after.of_model(model, destination));
                let ranges = was.iter().chain(is).map(|row| &row.vid).chain(old.ranges()).chain(new.ranges());
                let vid = versions(ranges).into_iter().find(|vid| {
                    let (own_before, own_after) = (old.release(*vid), new.release(*vid));
                    let is_met = |row: &&&ConversionRow| says_yes(row, *vid) && row.target_at_least <= own_after;
                    is.iter().filter(is_met).any(|new| {
                        !was.iter().any(|old| {
                            says_yes(old, *vid)
                                && old.running_at_least <= new.running_at_least
                                && old.target_at_least <= own_before
                        })
                    })
                });
                if let Some(vid) = vid {
                    let about = |row: &ConversionRow| is_about(row, model.model, destination, mark);
                    let mut by = books.culprits(|rows| &rows.conversions, about);
                    by.extend(books.culprits(
                        |rows| &rows.targets,
                        |row: &TargetRow| row.destination == destination && row.load.family() == model.family,
                    ));
                    by.extend(books.culprits(|rows| &rows.loads, |row| row.load.family() == model.family));
                    by.extend(books.culprits(|rows| &rows.gates, |row| is_named(&row.models, &[], model.model)));
                    by.extend(books.culprits(|rows| &rows.floors, |row| is_named(&row.models, &[], model.model)));
                    let model = model.model;
                    let what = format!("{model} {vid} can be converted for {destination} with the book's own target");
                    found.push(Relaxation { what, by });
                }
            }
        }
    }
}
