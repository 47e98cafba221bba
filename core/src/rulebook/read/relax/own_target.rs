//! The release of a book's own target for a phone: its row's, or else the newest, if it meets every gate and floor.

use std::collections::{BTreeMap, BTreeSet};

use super::floors::Floors;
use super::rows_about_models::{About, Question};
use super::vids::Highest;
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::phone::Vid;
use crate::rulebook::rows::{GateRow, ModelRow, Stage, VidRange};
use crate::rulebook::tables::Rows;

/// What a book has to choose from.
pub(super) struct OwnTargets<'r> {
    targets: BTreeMap<(Destination, LoadFamily), LoadName>,
    newest: BTreeMap<(LoadFamily, FirmwareType), LoadName>,
    gates: About<'r, GateRow>,
    floors: Floors<'r>,
}

/// What a book has to choose from for one model on its way.
pub(super) struct OwnTarget<'r> {
    own: Option<LoadName>,
    newest: Option<LoadName>,
    minimums: Vec<(&'r VidRange, Release)>,
    minimum: Highest<Release>,
}

impl<'r> OwnTargets<'r> {
    pub(super) fn of(rows: &'r Rows, asked: &BTreeSet<Question<Stage>>) -> Self {
        let mut targets = BTreeMap::new();
        for row in rows.targets.iter() {
            targets.entry((row.destination, row.load.family())).or_insert(row.load);
        }
        let mut newest = BTreeMap::new();
        for load in rows.loads.iter().filter(|row| row.may_be_chosen()).map(|row| row.load) {
            let known = newest.entry((load.family(), load.firmware_type())).or_insert(load);
            *known = load.max(*known);
        }
        let floors = Floors::of(&rows.floors, asked.iter().map(|(model, ..)| *model));
        Self { targets, newest, gates: About::of(rows, |rows| &rows.gates, asked), floors }
    }

    pub(super) fn of_model(&self, model: &ModelRow, destination: Destination) -> OwnTarget<'r> {
        let gates = self.gates.rows(&(model.model, destination, Stage::Target));
        let gates = gates.iter().map(|row| (&row.vid, row.minimum));
        let minimums: Vec<_> = gates.chain(self.floors.minimums(model.model, destination.needs())).collect();
        OwnTarget {
            own: self.targets.get(&(destination, model.family)).copied(),
            newest: self.newest.get(&(model.family, destination.needs())).copied(),
            minimum: Highest::of(minimums.iter().copied()),
            minimums,
        }
    }
}

impl OwnTarget<'_> {
    /// The hardware versions at which the target changes.
    pub(super) fn ranges(&self) -> impl Iterator<Item = &VidRange> {
        self.minimums.iter().map(|(vid, _)| *vid)
    }

    pub(super) fn release(&self, vid: Vid) -> Option<Release> {
        let minimum = self.minimum.at(vid);
        let releases = [self.own, self.newest].into_iter().filter_map(|load| load?.release());
        releases.into_iter().find(|release| Some(*release) >= minimum)
    }
}
