//! Builds the index by model once, when a book is baked or loaded, so that no decision has to search.

use std::collections::BTreeSet;

use super::rows::List;
use super::tables::{OTHER, Profile, Tables, slot};
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
    // What is said of a model outweighs what is said of its series, and that what is said of every other device.
    let levels: Vec<Model> =
        [Some(key), key.series().filter(|series| *series != key), Some(OTHER).filter(|_| row.is_none())]
            .into_iter()
            .flatten()
            .collect();
    let nearest = |fits: &dyn Fn(Model) -> Vec<u16>| {
        levels.iter().map(|level| fits(*level)).find(|rows| !rows.is_empty()).unwrap_or_default()
    };
    let is_named =
        |models: &[Model]| models.contains(&key) || key.series().is_some_and(|series| models.contains(&series));
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
        single_firmware: nearest(&|level| positions(&tables.single_firmware, |row| row.models.contains(&level))).pop(),
        conversions: by_destination(&|destination| {
            nearest(&|level| {
                positions(&tables.conversions, |row| {
                    row.models.contains(&level) && row.destinations.contains(&destination)
                })
            })
        }),
        gates: by_destination(&|destination| {
            let mut rows =
                positions(&tables.gates, |row| is_named(&row.models) && row.destinations.contains(&destination));
            // Start before target; rules for all hardware versions before rules for some.
            rows.sort_by_key(|row| {
                let row = &tables.gates[usize::from(*row)];
                (row.on, row.vid.has_bound(), row.origin.id.clone())
            });
            rows
        }),
        advice: by_destination(&|destination| {
            positions(&tables.advice, |row| is_named(&row.models) && row.destinations.contains(&destination))
        }),
        target,
        licenses: by_destination(&|destination| {
            positions(&tables.licenses, |license| {
                license.destination == destination && row.is_some_and(|row| row.series == license.series)
            })
        }),
    }
}

/// One list for each destination.
fn by_destination(rows: &dyn Fn(Destination) -> Vec<u16>) -> [List<u16>; 3] {
    let mut lists = [const { List::Borrowed(&[]) }; 3];
    for destination in Destination::ALL {
        lists[slot(*destination)] = rows(*destination).into();
    }
    lists
}

fn positions<T>(rows: &[T], fits: impl Fn(&T) -> bool) -> Vec<u16> {
    rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(index, _)| number(index)).collect()
}

/// Files are limited to 1 MiB, which holds fewer than 65,536 rows: the shortest row has more than 16 bytes.
fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
