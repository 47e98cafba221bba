//! Builds the index by model once, when a book is baked or loaded, so that no decision has to search.

use std::collections::BTreeSet;

use super::rows::{List, PidMark};
use super::tables::{Profile, Tables, slot};
use crate::destination::Destination;
use crate::phone::Model;

/// One profile for each model, series or `other` that some row names, sorted by key.
pub(super) fn profiles(tables: &Tables) -> Vec<Profile> {
    let mut keys: BTreeSet<Model> = tables.models.iter().map(|row| row.model).collect();
    keys.extend(tables.single_firmware.iter().flat_map(|row| row.models.iter()));
    keys.extend(tables.conversions.iter().flat_map(|row| row.models.iter()));
    keys.into_iter().map(|key| profile(tables, key)).collect()
}

fn profile(tables: &Tables, key: Model) -> Profile {
    let model = tables.models.iter().position(|row| row.model == key);
    let row = model.map(|index| &tables.models[index]);
    let by_destination = |rows: &dyn Fn(Destination) -> List<u16>| -> [List<u16>; 3] {
        let mut lists = [const { List::Borrowed(&[]) }; 3];
        for destination in Destination::ALL {
            lists[slot(*destination)] = rows(*destination);
        }
        lists
    };
    let conversions = by_destination(&|destination| {
        // Rows about marked product ids first, so that position tells nothing and the mark everything.
        let mut rows: Vec<u16> =
            positions(&tables.conversions, |row| row.models.contains(&key) && row.destinations.contains(&destination));
        rows.sort_by_key(|row| tables.conversions[usize::from(*row)].pid != PidMark::Marked);
        rows.into()
    });
    let mut target = [None; 3];
    if let Some(row) = row {
        for destination in Destination::ALL {
            let mut rows = positions(&tables.targets, |target| {
                target.destination == *destination && target.load.family() == row.family
            });
            target[slot(*destination)] = rows.pop();
        }
    }
    Profile {
        key,
        model: model.map(number),
        single_firmware: positions(&tables.single_firmware, |row| row.models.contains(&key)).pop(),
        conversions,
        gates: by_destination(&|destination| {
            let mut rows =
                positions(&tables.gates, |row| row.models.contains(&key) && row.destinations.contains(&destination));
            // Start before target; rules for all hardware versions before rules for some.
            rows.sort_by_key(|row| {
                let row = &tables.gates[usize::from(*row)];
                (row.on, row.vid.has_bound(), row.origin.id.clone())
            });
            rows.into()
        }),
        advice: by_destination(&|destination| {
            positions(&tables.advice, |row| row.models.contains(&key) && row.destinations.contains(&destination)).into()
        }),
        target,
        licenses: by_destination(&|destination| {
            positions(&tables.licenses, |license| {
                license.destination == destination && row.is_some_and(|row| row.series == license.series)
            })
            .into()
        }),
    }
}

fn positions<T>(rows: &[T], fits: impl Fn(&T) -> bool) -> Vec<u16> {
    rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(index, _)| number(index)).collect()
}

/// A book of more than 65,535 rows of one kind is not read: files are limited to 1 MiB.
fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
