//! Which load is installed, before the conversion or by it: one rule for both (specification 2.6).

use std::fmt;

use super::case::Case;
use super::gates;
use crate::firmware::{Firmware, FirmwareType, LoadName, Release};
use crate::rulebook::rows::{Stage, TargetRow};
use crate::rulebook::slot;

impl<'a> Case<'a> {
    /// The type of the firmware that is installed at a stage.
    pub(super) fn installed_at(&self, stage: Stage) -> FirmwareType {
        match stage {
            Stage::Start => self.direction().from(),
            Stage::Target => self.direction().to(),
        }
    }

    /// The load to install before the conversion, where what runs is too old for it.
    pub(super) fn step(&self) -> Option<LoadName> {
        let row = self.profile?.step[slot(self.destination())];
        let named = row.and_then(|position| self.tables.rows.steps.get(usize::from(position)));
        self.load_for(Stage::Start, named.map(|row| row.load))
    }

    /// The load to install where the caller chooses none, and the row that names one, also where hardware needs a later.
    pub(super) fn own_target(&self) -> Option<(LoadName, Option<&'a TargetRow>)> {
        let row = self.profile?.target[slot(self.destination())];
        let named = row.and_then(|position| self.tables.rows.targets.get(usize::from(position)));
        self.load_for(Stage::Target, named.map(|row| row.load)).map(|load| (load, named))
    }

    /// What to install in place of firmware that is too old, for the same call control: the newest load of the book, if it is
    /// new enough and no floor forbids it; else the lowest release that is. Nothing for a model without loads.
    pub(super) fn release_to_upgrade_to(&self, runs: Firmware, lowest: Release) -> Option<ReleaseOfType> {
        let (profile, firmware_type) = (self.profile.filter(|profile| profile.model.is_some())?, runs.firmware_type());
        let lowest = gates::lowest_that_may_run(self, firmware_type).map_or(lowest, |floor| lowest.max(floor));
        let newest = self.tables.newest_load(profile, firmware_type).and_then(|row| row.load.release());
        Some(ReleaseOfType(firmware_type, newest.map_or(lowest, |newest| newest.max(lowest))))
    }

    /// The load that a source names for this use; where it fails a gate of the stage or a floor that could apply, the newest
    /// of the book, if that passes. So a book that knows more loads never names an older one.
    fn load_for(&self, stage: Stage, named: Option<LoadName>) -> Option<LoadName> {
        let lowest = gates::lowest_to_install(self, stage);
        let passes = |load: &LoadName| load.release().is_some_and(|release| Some(release) >= lowest);
        let newest = || self.tables.newest_load(self.profile?, self.installed_at(stage));
        named.filter(passes).or_else(|| newest().map(|row| row.load).filter(passes))
    }
}

/// `MPP 12.0(7)SR5`
pub(super) struct ReleaseOfType(FirmwareType, Release);

impl fmt::Display for ReleaseOfType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.name(), self.1)
    }
}
