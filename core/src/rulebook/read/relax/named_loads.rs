//! Loads that are named for a use, and the newest of a book: what is installed gets older.

use std::collections::BTreeSet;

use super::about::{About, Question};
use super::floors::Floors;
use super::{Books, Relaxation};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::rulebook::rows::{Stage, StepRow, TargetRow};
use crate::rulebook::tables::Rows;

/// What is installed by a conversion.
pub(super) fn targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.targets);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.destination, row.load.family())).collect();
    for (destination, family) in asked {
        let is_about = |row: &TargetRow| row.destination == destination && row.load.family() == family;
        let named = [books.before, books.after].map(|rows| rows.targets.iter().find(|row| is_about(row)));
        let named = named.map(|row| row.map(|row| row.load));
        if let Some([was, is]) = older(books, (destination, family, Stage::Target), named) {
            let by = books.culprits(|rows| &rows.targets, is_about);
            found.push(Relaxation { what: format!("the target for {destination} is {is}, older than {was}"), by });
        }
    }
}

/// What is installed before a conversion.
pub(super) fn steps(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.steps);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.destination, row.load.family())).collect();
    for (destination, family) in asked {
        let is_about = |row: &StepRow| row.destination == destination && row.load.family() == family;
        let named = [books.before, books.after].map(|rows| rows.steps.iter().find(|row| is_about(row)));
        let named = named.map(|row| row.map(|row| row.load));
        if let Some([was, is]) = older(books, (destination, family, Stage::Start), named) {
            let by = books.culprits(|rows| &rows.steps, is_about);
            let what = format!("the load to install before {destination} is {is}, older than {was}");
            found.push(Relaxation { what, by });
        }
    }
}

/// The newest load takes the place of one that the hardware forbids.
pub(super) fn newest_loads(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.loads);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.load.family(), row.load.firmware_type().name())).collect();
    for (family, name) in asked {
        let fits = |load: &LoadName| load.family() == family && load.firmware_type().name() == name;
        let of = |rows: &Rows| newest(rows, fits);
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && is.release() < was.release()
        {
            let by = books.culprits(|rows| &rows.loads, |row| fits(&row.load));
            found.push(Relaxation { what: format!("the newest {name} load is {is}, older than {was}"), by });
        }
    }
}

fn newest(rows: &Rows, fits: impl Fn(&LoadName) -> bool) -> Option<LoadName> {
    rows.loads.iter().filter(|row| row.may_be_chosen()).map(|row| row.load).filter(fits).max()
}

/// What was installed and is, if that is older for some hardware: a named load that its gates and floors forbid gives way to the
/// newest, so that a later one that they allow may still be older than what was installed.
fn older(
    books: &Books<'_>,
    (destination, family, stage): (Destination, LoadFamily, Stage),
    [was, is]: [Option<LoadName>; 2],
) -> Option<[LoadName; 2]> {
    let firmware_type = match stage {
        Stage::Start => destination.direction().from(),
        Stage::Target => destination.needs(),
    };
    let newest = newest(books.before, |load| load.family() == family && load.firmware_type() == firmware_type);
    let installed = |named: Option<LoadName>, lowest: Option<Release>| {
        [named, newest].into_iter().flatten().find(|load| load.release() >= lowest)
    };
    let lowest = lowest_releases(books, (destination, family, stage), firmware_type);
    lowest.into_iter().find_map(|lowest| {
        let installed = [installed(was, lowest)?, installed(is, lowest)?];
        (installed[1] < installed[0]).then_some(installed)
    })
}

/// The minimums that hardware of the family may have at this stage, and none.
fn lowest_releases(
    books: &Books<'_>,
    (destination, family, stage): (Destination, LoadFamily, Stage),
    firmware_type: FirmwareType,
) -> BTreeSet<Option<Release>> {
    let mut lowest = BTreeSet::from([None]);
    for rows in [books.before, books.after] {
        let models: Vec<_> = rows.models.iter().filter(|row| row.family == family).map(|row| row.model).collect();
        let asked: BTreeSet<Question<Stage>> = models.iter().map(|model| (*model, destination, stage)).collect();
        let gates = About::of(rows, |rows| &rows.gates, &asked);
        let floors = Floors::of(&rows.floors, models.iter().copied());
        for question in &asked {
            lowest.extend(gates.rows(question).iter().map(|row| Some(row.minimum)));
            lowest.extend(floors.minimums(question.0, firmware_type).map(|(_, minimum)| Some(minimum)));
        }
    }
    lowest
}
