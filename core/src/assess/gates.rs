//! Minimum releases before and after the conversion (specification 2.5).

use std::cmp::Ordering;

use super::Verdict;
use super::aim::Aim;
use super::case::Case;
use crate::firmware::{Firmware, FirmwareType, LoadName, Release};
use crate::phone::Vid;
use crate::rulebook::rows::{GateRow, Stage};
use crate::rulebook::slot;
use crate::text::words;

words! {
    /// Whether a gate is passed.
    pub enum GateStatus as "gate status" {
        /// The evidence does not tell.
        Unknown = "unknown",
        /// It is.
        Met = "met",
        /// It is not.
        Unmet = "unmet",
    }
}

/// A minimum release that a phone must run before the conversion, or that must be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate<'a> {
    pub(super) row: &'a GateRow,
    pub(super) firmware_type: FirmwareType,
    pub(super) actual: Option<Release>,
    pub(super) status: GateStatus,
    pub(super) install_first: Option<LoadName>,
}

impl<'a> Gate<'a> {
    /// When it must be passed.
    pub fn on(&self) -> Stage {
        self.row.on
    }

    /// The type that the releases are of.
    pub fn firmware_type(&self) -> FirmwareType {
        self.firmware_type
    }

    /// The lowest release that passes.
    pub fn minimum(&self) -> Release {
        self.row.minimum
    }

    /// The release that was compared; none if there was nothing to compare.
    pub fn actual(&self) -> Option<Release> {
        self.actual
    }

    /// Whether it is passed.
    pub fn status(&self) -> GateStatus {
        self.status
    }

    /// The load that gets the phone over its start gates that are unmet: the lowest of the book that passes them all. None
    /// if this gate is met or unknown, is about the target, or the book has none.
    pub fn install_first(&self) -> Option<LoadName> {
        self.install_first
    }

    /// The id of the row that it stands in.
    pub fn rule(&self) -> &'a str {
        &self.row.origin.id
    }

    /// The sources of that row.
    pub fn sources(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.row.origin.sources.iter().map(|source| &**source)
    }
}

/// Whether a gate is about hardware of this version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Applies {
    Yes,
    /// The version that decides is missing.
    Perhaps,
    No,
}

fn applies(row: &GateRow, vid: Option<Vid>) -> Applies {
    match vid {
        _ if !row.vid.has_bound() => Applies::Yes,
        Some(vid) if row.vid.contains(vid) => Applies::Yes,
        Some(_) => Applies::No,
        None => Applies::Perhaps,
    }
}

fn rows<'a>(case: &Case<'a>, on: Stage) -> impl Iterator<Item = (&'a GateRow, Applies)> + Clone + use<'a> {
    let vid = case.vid.known();
    let span = case.profile.map(|profile| profile.gates[slot(case.destination())]);
    let gates = case.tables.at(&case.tables.rows.gates, span.unwrap_or_default());
    gates
        .filter(move |row| row.on == on)
        .map(move |row| (row, applies(row, vid)))
        .filter(|(_, applies)| *applies != Applies::No)
}

/// The gates on what runs now.
pub(super) fn start<'a>(case: &Case<'a>) -> impl Iterator<Item = Gate<'a>> + use<'a> {
    let (firmware_type, runs) = (case.direction().from(), case.running_firmware());
    let case = *case;
    let gates = rows(&case, Stage::Start).map(move |(row, applies)| gate(row, applies, firmware_type, runs));
    let highest = gates.clone().filter(|gate| gate.status == GateStatus::Unmet).map(|gate| gate.row.minimum).max();
    gates.map(move |gate| {
        let minimum = highest.filter(|_| gate.status == GateStatus::Unmet);
        Gate { install_first: minimum.and_then(|minimum| case.lowest_load(firmware_type, minimum)), ..gate }
    })
}

/// The gates on what would be installed.
pub(super) fn target<'a>(case: &Case<'a>, aim: &Aim<'a>) -> impl Iterator<Item = Gate<'a>> + use<'a> {
    let firmware_type = case.direction().to();
    let installed = aim.comparable_release().map(|release| Firmware::new(firmware_type, release));
    rows(case, Stage::Target).map(move |(row, applies)| gate(row, applies, firmware_type, installed))
}

/// Firmware of different types does not compare, so a gate on the other type is unknown.
fn gate(row: &GateRow, applies: Applies, firmware_type: FirmwareType, firmware: Option<Firmware>) -> Gate<'_> {
    let minimum = Firmware::new(firmware_type, row.minimum);
    let compared = firmware.and_then(|firmware| firmware.partial_cmp(&minimum));
    let status = match compared {
        None => GateStatus::Unknown,
        Some(Ordering::Equal | Ordering::Greater) => GateStatus::Met,
        Some(Ordering::Less) if applies == Applies::Perhaps => GateStatus::Unknown,
        Some(Ordering::Less) => GateStatus::Unmet,
    };
    let actual = firmware.filter(|_| compared.is_some()).map(Firmware::release);
    Gate { row, firmware_type, actual, status, install_first: None }
}

impl Case<'_> {
    /// The lowest load of the book for this phone that has at least this release.
    fn lowest_load(&self, firmware_type: FirmwareType, minimum: Release) -> Option<LoadName> {
        self.loads(firmware_type).find(|load| load.release().is_some_and(|release| release >= minimum))
    }
}

/// The target gates that this release would fail on this phone, or on some hardware version that it may have.
pub(super) fn could_stop<'a>(case: &Case<'a>, release: Release) -> impl Iterator<Item = &'a GateRow> + use<'a> {
    rows(case, Stage::Target).map(|(row, _)| row).filter(move |row| release < row.minimum)
}

/// The gate by which the missing hardware version decides about a chosen target.
pub(super) fn decided_by_vid<'a>(case: &Case<'a>) -> Option<&'a GateRow> {
    let release = case.chosen_aim()?.comparable_release()?;
    let mut open = rows(case, Stage::Target).filter(|(_, applies)| *applies == Applies::Perhaps);
    open.find(|(row, _)| release < row.minimum).map(|(row, _)| row)
}

/// The gates that an answer lists: start before target, for eligible and for unknown with a model of the table.
pub(super) fn listed<'a>(case: &Case<'a>, verdict: Verdict) -> impl Iterator<Item = Gate<'a>> + use<'a> {
    let aim = case.aim().filter(|_| matches!(verdict, Verdict::Eligible | Verdict::Unknown));
    let start = aim.is_some().then(|| start(case)).into_iter().flatten();
    start.chain(aim.map(|aim| target(case, &aim)).into_iter().flatten())
}
