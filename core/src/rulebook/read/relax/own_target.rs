//! The release of a book's own target for a phone: its row's, or the lowest that meets every gate.

use std::collections::{BTreeMap, BTreeSet};

use super::about::{About, Question};
use super::gates::minimums;
use super::vids::Highest;
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::phone::Vid;
use crate::rulebook::rows::{GateRow, ModelRow, Stage, VidRange};
use crate::rulebook::tables::Rows;

/// What a book has to choose from.
pub(super) struct OwnTargets<'r> {
    targets: BTreeMap<(Destination, LoadFamily), LoadName>,
    loads: BTreeMap<(LoadFamily, FirmwareType), Loads>,
    gates: About<'r, GateRow>,
}

/// Loads of one family and type by release, each with the first by name of those that are not older.
type Loads = Vec<(Option<Release>, LoadName)>;

/// What a book has to choose from for one model on its way.
pub(super) struct OwnTarget<'o, 'r> {
    own: Option<LoadName>,
    loads: &'o [(Option<Release>, LoadName)],
    gates: &'o [&'r GateRow],
    minimum: Highest<Release>,
}

impl<'r> OwnTargets<'r> {
    pub(super) fn of(rows: &'r Rows, asked: &BTreeSet<Question<Stage>>) -> Self {
        let mut targets = BTreeMap::new();
        for row in rows.targets.iter() {
            targets.entry((row.destination, row.load.family())).or_insert(row.load);
        }
        let mut loads: BTreeMap<_, Loads> = BTreeMap::new();
        let fit = rows.loads.iter().map(|row| row.load).filter(|load| !load.is_engineering_build());
        for load in fit.filter(|load| load.release().is_some()) {
            loads.entry((load.family(), load.firmware_type())).or_default().push((load.release(), load));
        }
        for loads in loads.values_mut() {
            loads.sort_by_key(|(release, _)| *release);
            let mut first = None;
            for (_, load) in loads.iter_mut().rev() {
                let least = first.map_or(*load, |first: LoadName| first.min(*load));
                (first, *load) = (Some(least), least);
            }
        }
        Self { targets, loads, gates: About::of(&rows.gates, asked) }
    }

    pub(super) fn of_model<'o>(&'o self, model: &ModelRow, destination: Destination) -> OwnTarget<'o, 'r> {
        let gates = self.gates.rows(&(model.model, destination, Stage::Target));
        let [minimum, _] = minimums(gates);
        OwnTarget {
            own: self.targets.get(&(destination, model.family)).copied(),
            loads: self.loads.get(&(model.family, destination.needs())).map_or(&[], Vec::as_slice),
            gates,
            minimum,
        }
    }
}

impl OwnTarget<'_, '_> {
    /// The hardware versions at which the target changes.
    pub(super) fn ranges(&self) -> impl Iterator<Item = &VidRange> {
        self.gates.iter().map(|row| &row.vid)
    }

    pub(super) fn release(&self, vid: Vid) -> Option<Release> {
        let (own, minimum) = (self.own?, self.minimum.at(vid));
        if own.release().is_some() && own.release() >= minimum {
            return own.release();
        }
        let meets = self.loads.partition_point(|(release, _)| *release < minimum);
        self.loads.get(meets)?.1.release()
    }
}
