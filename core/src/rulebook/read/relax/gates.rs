//! Gates that are lower, and warnings that are silent.

use std::collections::BTreeSet;

use super::{Books, Relaxation, versions};
use crate::destination::Destination;
use crate::phone::{Model, Vid};
use crate::rulebook::names::is_named;
use crate::rulebook::rows::{AdviceKind, AdviceRow, GateRow};

pub(super) fn gates(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.gates);
    let touched = touched.iter().map(|row| (&*row.models, &*row.destinations, row.on));
    for (model, destination, on) in asked(books, touched) {
        let is_about = |row: &GateRow, except: &[Model]| {
            row.on == on && row.destinations.contains(&destination) && is_named(&row.models, except, model)
        };
        let [was, is] = [books.before, books.after]
            .map(|rows| -> Vec<&GateRow> { rows.gates.iter().filter(|row| is_about(row, &row.except)).collect() });
        let minimum = |rows: &[&GateRow], vid: Vid, lasting: bool| {
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
            // A row that leaves the model out may have been about it before.
            let by = books.culprits(|rows| &rows.gates, |row| is_about(row, &[]));
            let what = format!("the {on} gate of {model} {vid} for {destination} is {is}, and was {was}");
            found.push(Relaxation { what, by });
        }
    }
}

/// Warnings; notes may come and go.
pub(super) fn advice(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let warns = |row: &&&AdviceRow| !matches!(row.says, AdviceKind::ReturningPhone | AdviceKind::LocalDataLost);
    let touched = books.touched(|rows| &rows.advice);
    let touched = touched.iter().filter(warns).map(|row| (&*row.models, &*row.destinations, row.says));
    for (model, destination, says) in asked(books, touched) {
        let is_about = |row: &AdviceRow, except: &[Model]| {
            row.says == says && row.destinations.contains(&destination) && is_named(&row.models, except, model)
        };
        let [was, is] = [books.before, books.after]
            .map(|rows| -> Vec<&AdviceRow> { rows.advice.iter().filter(|row| is_about(row, &row.except)).collect() });
        // Whether it speaks of a hardware version, and below which release.
        let warned = |rows: &[&AdviceRow], vid: Vid| {
            rows.iter().filter(|row| row.vid.contains(vid)).map(|row| (true, row.below)).max()
        };
        let silent = versions(was.iter().chain(&is).map(|row| &row.vid))
            .into_iter()
            .find(|vid| warned(&is, *vid) < warned(&was, *vid));
        if let Some(vid) = silent {
            let by = books.culprits(|rows| &rows.advice, |row| is_about(row, &[]));
            let what = format!("{model} {vid} for {destination} is not warned of {says} as before");
            found.push(Relaxation { what, by });
        }
    }
}

/// Models of the book before, on their ways, that some touched row is about, and what of them it tells.
fn asked<'r, K: Ord + Copy>(
    books: &Books<'_>,
    touched: impl Iterator<Item = (&'r [Model], &'r [Destination], K)>,
) -> BTreeSet<(Model, Destination, K)> {
    let mut asked = BTreeSet::new();
    for (models, destinations, kind) in touched {
        for model in books.models_before(models) {
            asked.extend(destinations.iter().map(|destination| (model, *destination, kind)));
        }
    }
    asked
}
