//! Gates that are lower, and warnings that are silent.

use std::collections::BTreeSet;

use super::{Books, Relaxation, versions};
use crate::destination::Destination;
use crate::phone::{Model, Vid};
use crate::rulebook::names::is_named;
use crate::rulebook::rows::{AdviceKind, AdviceRow, GateRow, Stage};
use crate::rulebook::tables::Rows;

pub(super) fn gates(books: &Books<'_>, found: &mut Vec<Relaxation>) {
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
pub(super) fn advice(books: &Books<'_>, found: &mut Vec<Relaxation>) {
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
