//! Warnings that are silent where they spoke before: topic by topic, over all hardware versions, releases and months.

use std::collections::{BTreeMap, BTreeSet};

use super::rows_about_models::{About, Question, names_it};
use super::vids::Highest;
use super::{Books, Relaxation, has_load, versions};
use crate::firmware::Release;
use crate::phone::{Model, Vid};
use crate::rulebook::Date;
use crate::rulebook::rows::{AdviceKey, AdviceKind, AdviceRow};
use crate::rulebook::tables::LISTED;

pub(super) fn advice(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.advice).into_iter().filter(|row| row.says.warns());
    let mut asked: BTreeSet<Question<AdviceKind>> = BTreeSet::new();
    for row in touched {
        for model in warned(books, row) {
            asked.extend(row.destinations.iter().map(|destination| (model, *destination, row.says)));
        }
    }
    let [before, after] = [books.before, books.after].map(|rows| About::of(rows, |rows| &rows.advice, &asked));
    for question in &asked {
        let (model, destination, says) = *question;
        let after = by_topic(after.rows(question));
        for (topic, was) in by_topic(before.rows(question)) {
            let is = after.get(&topic).map_or(&[][..], Vec::as_slice);
            let Some((vid, place)) = silent(&was, is) else { continue };
            let is_about = |row: &AdviceRow| {
                let is_named = [books.before, books.after].into_iter().any(|book| names_it(book, row, model));
                row.says == says && row.destinations.contains(&destination) && is_named
            };
            let by = books.culprits(|rows| &rows.advice, is_about);
            let told = topic.told.map_or_else(String::new, |told| format!(" ({told})"));
            let what = format!("{model} {vid} for {destination}{place} is not warned of {says}{told} as before");
            found.push(Relaxation { what, by });
        }
    }
}

/// The models that a row may warn of: those with a load, and what else it names.
fn warned<'r>(books: &'r Books<'_>, row: &'r AdviceRow) -> impl Iterator<Item = Model> + 'r {
    let without_load = |model: &Model| *model != LISTED && !has_load(books.before, *model);
    books.models_before(&row.models).chain(row.models.iter().copied().filter(without_load))
}

/// What somebody is warned of. Another text is another warning, unless the finding has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Topic<'r> {
    told: Option<&'r str>,
    /// Whether it speaks of phones whose release nobody knows, too.
    is_of_any_release: bool,
}

fn by_topic<'r>(rows: &[&'r AdviceRow]) -> BTreeMap<Topic<'r>, Vec<&'r AdviceRow>> {
    let mut topics: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        let topic = Topic {
            told: row.told.as_deref().filter(|_| row.says.needs(AdviceKey::Told)),
            is_of_any_release: row.is_of_any_release(),
        };
        topics.entry(topic).or_default().push(*row);
    }
    topics
}

/// A release or a month at which a row begins or ends to speak, beside the hardware version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Lowest,
    Release(Release),
    Month((i16, i8)),
    Highest,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lowest | Self::Highest => Ok(()),
            Self::Release(release) => write!(f, " with release {release}"),
            Self::Month((year, month)) => write!(f, " made in {year}-{month:02}"),
        }
    }
}

/// From where on it speaks, and from where on no longer. Each kind of advice asks for releases or for months.
fn speaks(row: &AdviceRow) -> [Place; 2] {
    let from = row.from.map(Place::Release).or(row.made_from.map(Date::month).map(Place::Month));
    let to = row.below.or(row.running_below).map(Place::Release);
    [from.unwrap_or(Place::Lowest), to.unwrap_or(Place::Highest)]
}

/// A hardware version, and a release or month, of which rows spoke and no row speaks any more.
fn silent(was: &[&AdviceRow], is: &[&AdviceRow]) -> Option<(Vid, Place)> {
    // What is said changes at no other place.
    let places: BTreeSet<Place> = was.iter().chain(is).flat_map(|row| speaks(row)).collect();
    let vids = versions(was.iter().chain(is).map(|row| &row.vid));
    places.into_iter().filter(|place| *place != Place::Highest).find_map(|place| {
        let [warned_before, warned_after] = [was, is].map(|rows| {
            let speaking = rows.iter().filter(|row| {
                let [from, to] = speaks(row);
                from <= place && place < to
            });
            Highest::of(speaking.map(|row| (&row.vid, ())))
        });
        let is_silent = |vid: &Vid| warned_after.at(*vid) < warned_before.at(*vid);
        vids.iter().copied().find(is_silent).map(|vid| (vid, place))
    })
}
