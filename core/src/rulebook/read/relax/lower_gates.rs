//! Gates that are lower.

use std::collections::BTreeSet;

use super::floors::Floors;
use super::rows_about_models::{About, Question};
use super::vids::Highest;
use super::{Books, Relaxation, versions};
use crate::rulebook::model_names::is_named;
use crate::rulebook::rows::{GateRow, Stage};

pub(super) fn gates(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let asked = asked(books, &books.touched(|rows| &rows.gates));
    let [before, after] = [books.before, books.after].map(|rows| {
        let floors = Floors::of(&rows.floors, asked.iter().map(|(model, ..)| *model));
        (About::of(rows, |rows| &rows.gates, &asked), floors)
    });
    for question in &asked {
        let (model, destination, on) = *question;
        // A floor is a target gate, too: what one is taken away may be said by the other.
        let [was, is] = [&before, &after].map(|(gates, floors)| {
            let floors = (on == Stage::Target).then(|| floors.minimums(model, destination.needs()));
            let gates = gates.rows(question).iter().map(|row| (&row.vid, row.minimum));
            gates.chain(floors.into_iter().flatten()).collect::<Vec<_>>()
        });
        let [lowest_before, lowest_after] = [&was, &is].map(|rows| Highest::of(rows.iter().copied()));
        let relaxed = versions(was.iter().chain(&is).map(|(vid, _)| *vid)).into_iter().find_map(|vid| {
            let (was, is) = (lowest_before.at(vid)?, lowest_after.at(vid));
            (is < Some(was)).then_some((vid, was, is))
        });
        if let Some((vid, was, is)) = relaxed {
            let is = is.map_or("none".to_owned(), |is| is.to_string());
            // A row that leaves the model out may have been about it before.
            let is_about = |row: &GateRow| {
                row.on == on && row.destinations.contains(&destination) && is_named(&row.models, &[], model)
            };
            let by = books.culprits(|rows| &rows.gates, is_about);
            let what = format!("the {on} gate of {model} {vid} for {destination} is {is}, and was {was}");
            found.push(Relaxation { what, by });
        }
    }
}

/// Models of the book before, on their ways, that some touched gate is about.
fn asked(books: &Books<'_>, touched: &[&GateRow]) -> BTreeSet<Question<Stage>> {
    let mut asked = BTreeSet::new();
    for row in touched {
        for model in books.models_before(&row.models) {
            asked.extend(row.destinations.iter().map(|destination| (model, *destination, row.on)));
        }
    }
    asked
}
