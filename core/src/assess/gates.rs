//! Minimum releases before and after the conversion (specification 2.5).

use std::cmp::Ordering;

use super::Verdict;
use super::case::Case;
use super::target_of_conversion::TargetOfConversion;
use crate::firmware::{Firmware, FirmwareType, LoadName, Release};
use crate::phone::Vid;
use crate::rulebook::rows::{FloorRow, GateRow, Origin, Stage, VidRange};
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

/// Where a minimum stands: in a row of gates, or in one of floors, which is a gate wherever firmware is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Minimum<'a> {
    Gate(&'a GateRow),
    Floor(&'a FloorRow),
}

impl<'a> Minimum<'a> {
    pub(super) fn origin(self) -> &'a Origin {
        match self {
            Self::Gate(row) => &row.origin,
            Self::Floor(row) => &row.origin,
        }
    }

    pub(super) fn release(self) -> Release {
        match self {
            Self::Gate(row) => row.minimum,
            Self::Floor(row) => row.minimum,
        }
    }

    pub(super) fn vid(self) -> VidRange {
        match self {
            Self::Gate(row) => row.vid,
            Self::Floor(row) => row.vid,
        }
    }

    /// Whether the phone must never go below it afterwards.
    pub(super) fn is_lasting(self) -> bool {
        matches!(self, Self::Floor(row) if row.lasting)
    }

    /// Rules for all hardware versions come before rules for some, the lowest minimum first.
    fn order(self) -> (bool, Release, &'a str) {
        (self.vid().has_bound(), self.release(), &self.origin().id)
    }

    /// Whether it is about hardware of this version.
    fn applies(self, vid: Option<Vid>) -> Applies {
        let range = self.vid();
        match vid {
            _ if !range.has_bound() => Applies::Yes,
            Some(vid) if range.contains(vid) => Applies::Yes,
            Some(_) => Applies::No,
            None => Applies::Perhaps,
        }
    }
}

/// A minimum release that a phone must run before the conversion, or that must be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate<'a> {
    pub(super) minimum: Minimum<'a>,
    on: Stage,
    pub(super) firmware_type: FirmwareType,
    pub(super) actual: Option<Release>,
    pub(super) status: GateStatus,
    pub(super) install_first: Option<LoadName>,
}

impl<'a> Gate<'a> {
    /// When it must be passed.
    pub fn on(&self) -> Stage {
        self.on
    }

    /// The type that the releases are of.
    pub fn firmware_type(&self) -> FirmwareType {
        self.firmware_type
    }

    /// The lowest release that passes.
    pub fn minimum(&self) -> Release {
        self.minimum.release()
    }

    /// The release that was compared; none if there was nothing to compare.
    pub fn actual(&self) -> Option<Release> {
        self.actual
    }

    /// Whether it is passed.
    pub fn status(&self) -> GateStatus {
        self.status
    }

    /// The load that gets the phone over its start gates: the one that a source names for this, or else the newest of the
    /// book, if it passes all of them and no floor of the hardware forbids it. None if this gate is met or unknown, is about
    /// the target, or the book has no such load.
    pub fn install_first(&self) -> Option<LoadName> {
        self.install_first
    }

    /// The id of the row that it stands in.
    pub fn rule(&self) -> &'a str {
        &self.minimum.origin().id
    }

    /// The sources of that row.
    pub fn sources(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.minimum.origin().sources.iter().map(|source| &**source)
    }
}

/// Whether a minimum is about hardware of some version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Applies {
    Yes,
    /// The version that decides is missing.
    Perhaps,
    No,
}

/// The rows of gates about a stage.
fn gate_rows<'a>(case: &Case<'a>, on: Stage) -> impl Iterator<Item = Minimum<'a>> + Clone + use<'a> {
    let span = case.profile.map(|profile| profile.gates[slot(case.destination())]);
    let gates = case.tables.at(&case.tables.rows.gates, span.unwrap_or_default());
    gates.filter(move |row| row.on == on).map(Minimum::Gate)
}

/// The floors that bind what is installed at a stage.
fn floor_rows<'a>(case: &Case<'a>, on: Stage) -> impl Iterator<Item = Minimum<'a>> + Clone + use<'a> {
    let tables = case.tables;
    let floors = case.profile.map(|profile| tables.floors(profile, case.installed_at(on)));
    floors.into_iter().flatten().map(Minimum::Floor)
}

/// Those that are, or may be, about this hardware.
fn about_hardware<'a, R: Iterator<Item = Minimum<'a>> + Clone>(
    vid: Option<Vid>,
    rows: R,
) -> impl Iterator<Item = (Minimum<'a>, Applies)> + Clone + use<'a, R> {
    rows.map(move |row| (row, row.applies(vid))).filter(|(_, applies)| *applies != Applies::No)
}

/// What must be passed by the release that is installed at a stage, in no order.
fn minimums<'a>(case: &Case<'a>, on: Stage) -> impl Iterator<Item = (Minimum<'a>, Applies)> + Clone + use<'a> {
    about_hardware(case.vid.known(), gate_rows(case, on).chain(floor_rows(case, on)))
}

/// The lowest release that may be installed at a stage, whatever hardware version a phone without one has.
pub(super) fn lowest_to_install(case: &Case<'_>, on: Stage) -> Option<Release> {
    minimums(case, on).map(|(row, _)| row.release()).max()
}

/// The lowest release of a type that hardware of this version, or of any that it may have, may run; where the destination
/// needs the type, by its target gates, too.
pub(super) fn lowest_that_may_run(case: &Case<'_>, firmware_type: FirmwareType) -> Option<Release> {
    if firmware_type == case.needed() {
        return lowest_to_install(case, Stage::Target);
    }
    let floors = case.tables.floors(case.profile?, firmware_type).map(Minimum::Floor);
    about_hardware(case.vid.known(), floors).map(|(row, _)| row.release()).max()
}

/// The gates on what runs now.
pub(super) fn start<'a>(case: &Case<'a>) -> impl Iterator<Item = Gate<'a>> + use<'a> {
    let (firmware_type, runs) = (case.installed_at(Stage::Start), case.running_firmware());
    let case = *case;
    let rows = about_hardware(case.vid.known(), gate_rows(&case, Stage::Start));
    let gates = rows.map(move |(row, applies)| gate(row, applies, Stage::Start, firmware_type, runs));
    gates.map(move |gate| match gate.status {
        GateStatus::Unmet => Gate { install_first: case.step(), ..gate },
        GateStatus::Met | GateStatus::Unknown => gate,
    })
}

/// The gates on what would be installed.
pub(super) fn target<'a>(
    case: &Case<'a>,
    intended: &TargetOfConversion<'a>,
) -> impl Iterator<Item = Gate<'a>> + use<'a> {
    let firmware_type = case.installed_at(Stage::Target);
    let installed = intended.comparable_release().map(|release| Firmware::new(firmware_type, release));
    let rows = in_order(gate_rows(case, Stage::Target), floor_rows(case, Stage::Target));
    let rows = about_hardware(case.vid.known(), rows);
    rows.map(move |(row, applies)| gate(row, applies, Stage::Target, firmware_type, installed))
}

/// Two lists, each in its order, as one.
fn in_order<'a, G: Iterator<Item = Minimum<'a>> + Clone, F: Iterator<Item = Minimum<'a>> + Clone>(
    gates: G,
    floors: F,
) -> impl Iterator<Item = Minimum<'a>> + Clone + use<'a, G, F> {
    let (mut gates, mut floors) = (gates.peekable(), floors.peekable());
    std::iter::from_fn(move || match (gates.peek(), floors.peek()) {
        (Some(gate), Some(floor)) if floor.order() < gate.order() => floors.next(),
        (None, _) => floors.next(),
        _ => gates.next(),
    })
}

/// Firmware of different types does not compare, so a gate on the other type is unknown.
fn gate(
    minimum: Minimum<'_>,
    applies: Applies,
    on: Stage,
    firmware_type: FirmwareType,
    firmware: Option<Firmware>,
) -> Gate<'_> {
    let compared = firmware.and_then(|firmware| firmware.partial_cmp(&Firmware::new(firmware_type, minimum.release())));
    let status = match compared {
        None => GateStatus::Unknown,
        Some(Ordering::Equal | Ordering::Greater) => GateStatus::Met,
        Some(Ordering::Less) if applies == Applies::Perhaps => GateStatus::Unknown,
        Some(Ordering::Less) => GateStatus::Unmet,
    };
    let actual = firmware.filter(|_| compared.is_some()).map(Firmware::release);
    Gate { minimum, on, firmware_type, actual, status, install_first: None }
}

/// Whether this release would fail a target gate on this phone, or on some hardware version that it may have.
pub(super) fn could_stop(case: &Case<'_>, release: Release) -> bool {
    lowest_to_install(case, Stage::Target).is_some_and(|minimum| release < minimum)
}

/// The minimum by which the missing hardware version decides about a chosen target.
pub(super) fn decided_by_vid<'a>(case: &Case<'a>) -> Option<Minimum<'a>> {
    let release = case.chosen_target_of_conversion()?.comparable_release()?;
    let rows = in_order(gate_rows(case, Stage::Target), floor_rows(case, Stage::Target));
    let mut open = about_hardware(case.vid.known(), rows).filter(|(_, applies)| *applies == Applies::Perhaps);
    open.find(|(row, _)| release < row.release()).map(|(row, _)| row)
}

/// The gates that an answer lists: start before target, for eligible and for unknown with a model of the table.
pub(super) fn listed<'a>(case: &Case<'a>, verdict: Verdict) -> impl Iterator<Item = Gate<'a>> + use<'a> {
    let intended = case.target_of_conversion().filter(|_| matches!(verdict, Verdict::Eligible | Verdict::Unknown));
    let start = intended.is_some().then(|| start(case)).into_iter().flatten();
    start.chain(intended.map(|intended| target(case, &intended)).into_iter().flatten())
}
