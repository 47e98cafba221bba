//! Loads that are named for a use, and the newest of a book: what is installed gets older.

use std::collections::BTreeSet;

use super::floors::Floors;
use super::rows_about_models::{About, Question};
use super::{Books, Relaxation};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::rulebook::rows::{SectionRow, Stage, StepRow, TargetRow};
use crate::rulebook::tables::Rows;

/// What is installed by a conversion.
pub(super) fn targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    named_loads(books, |rows| &rows.targets, (Stage::Target, "the target for"), found);
}

/// What is installed before a conversion.
pub(super) fn steps(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    named_loads(books, |rows| &rows.steps, (Stage::Start, "the load to install before"), found);
}

fn named_loads<R: NamesLoad>(
    books: &Books<'_>,
    section: fn(&Rows) -> &[R],
    (stage, use_of_it): (Stage, &str),
    found: &mut Vec<Relaxation>,
) {
    let asked: BTreeSet<_> = books.touched(section).into_iter().map(NamesLoad::named_for).collect();
    for (destination, family) in asked {
        let is_about = |row: &R| row.named_for() == (destination, family);
        let named = [books.before, books.after].map(|rows| section(rows).iter().find(|row| is_about(row)));
        let named = named.map(|row| row.map(NamesLoad::load));
        if let Some([was, is]) = older(books, (destination, family, stage), named) {
            let by = books.culprits(section, is_about);
            found.push(Relaxation { what: format!("{use_of_it} {destination} is {is}, older than {was}"), by });
        }
    }
}

/// A row that names a load for the phones of its family on their way to a destination.
trait NamesLoad: SectionRow {
    fn destination(&self) -> Destination;
    fn load(&self) -> LoadName;

    fn named_for(&self) -> (Destination, LoadFamily) {
        (self.destination(), self.load().family())
    }
}

macro_rules! names_load {
    ($($row:ident),+) => { $(
        impl NamesLoad for $row {
            fn destination(&self) -> Destination {
                self.destination
            }

            fn load(&self) -> LoadName {
                self.load
            }
        }
    )+ };
}

names_load!(TargetRow, StepRow);

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
