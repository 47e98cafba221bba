//! Gates that are lower, and warnings that are silent.

use std::collections::BTreeSet;

use super::about::{About, NamesModels, Question};
use super::floors::Floors;
use super::vids::Highest;
use super::{Books, Relaxation, versions};
use crate::destination::Destination;
use crate::phone::Model;
use crate::rulebook::names::is_named;
use crate::rulebook::rows::{AdviceKind, AdviceRow, GateRow, Stage};

impl NamesModels for GateRow {
    type Kind = Stage;

    fn models(&self) -> &[Model] {
        &self.models
    }

    fn except(&self) -> &[Model] {
        &self.except
    }

    fn destinations(&self) -> &[Destination] {
        &self.destinations
    }

    fn kind(&self) -> Stage {
        self.on
    }
}

impl NamesModels for AdviceRow {
    type Kind = AdviceKind;

    fn models(&self) -> &[Model] {
        &self.models
    }

    fn except(&self) -> &[Model] {
        &self.except
    }

    fn destinations(&self) -> &[Destination] {
        &self.destinations
    }

    fn kind(&self) -> AdviceKind {
        self.says
    }
}

pub(super) fn gates(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let asked = asked(books, &books.touched(|rows| &rows.gates));
    let [before, after] = [books.before, books.after].map(|rows| {
        let floors = Floors::of(&rows.floors, asked.iter().map(|(model, ..)| *model));
        (About::of(&rows.gates, &asked), floors)
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

/// Warnings; notes may come and go.
pub(super) fn advice(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let warns = |row: &&AdviceRow| !matches!(row.says, AdviceKind::ReturningPhone | AdviceKind::LocalDataLost);
    let touched: Vec<_> = books.touched(|rows| &rows.advice).into_iter().filter(warns).collect();
    let asked = asked(books, &touched);
    let [before, after] = [books.before, books.after].map(|rows| About::of(&rows.advice, &asked));
    for question in &asked {
        let (model, destination, says) = *question;
        let (was, is) = (before.rows(question), after.rows(question));
        // Whether it speaks of a hardware version, and below which release.
        let [warned_before, warned_after] =
            [was, is].map(|rows| Highest::of(rows.iter().map(|row| (&row.vid, (true, row.below)))));
        let silent = versions(was.iter().chain(is).map(|row| &row.vid))
            .into_iter()
            .find(|vid| warned_after.at(*vid) < warned_before.at(*vid));
        if let Some(vid) = silent {
            let is_about = |row: &AdviceRow| {
                row.says == says && row.destinations.contains(&destination) && is_named(&row.models, &[], model)
            };
            let by = books.culprits(|rows| &rows.advice, is_about);
            let what = format!("{model} {vid} for {destination} is not warned of {says} as before");
            found.push(Relaxation { what, by });
        }
    }
}

/// Models of the book before, on their ways, that some touched row is about, and what of them it tells.
fn asked<R: NamesModels>(books: &Books<'_>, touched: &[&R]) -> BTreeSet<Question<R::Kind>> {
    let mut asked = BTreeSet::new();
    for row in touched {
        for model in books.models_before(row.models()) {
            asked.extend(row.destinations().iter().map(|destination| (model, *destination, row.kind())));
        }
    }
    asked
}
