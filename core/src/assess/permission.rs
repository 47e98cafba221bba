//! Whether the rows about a model let it be converted: rows that say yes are alternatives, and a no holds where none of
//! them does.

use std::cmp::Ordering;

use super::case::{Case, Told};
use crate::firmware::{Firmware, Release};
use crate::phone::Vid;
use crate::rulebook::rows::{Answer, ConversionRow, VidRange};
use crate::rulebook::slot;

/// What the rows about a model come to.
#[derive(Clone, Copy)]
pub(super) enum Permission<'a> {
    /// A row lets it.
    Yes(&'a ConversionRow),
    /// The evidence does not tell whether a row lets it.
    Open,
    /// This row says no, or is the one to tell why none says yes.
    No(&'a ConversionRow, Why),
    /// No row speaks of it.
    NoRow,
}

/// Why a row does not let a phone be converted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It is what the row answers.
    Answer,
    /// The hardware version is below the range.
    VidBelow,
    /// It is above the range.
    VidAbove,
    /// The release to install is too old.
    Target,
    /// The release that runs is too old.
    Running,
}

/// Whether a phone is as a row asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    Holds,
    Fails,
    /// The evidence does not tell.
    Open,
}

/// How the conditions of a row stand.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    pub(super) vid: Condition,
    pub(super) running: Condition,
    pub(super) target: Condition,
}

impl Standing {
    /// How all of them stand together.
    fn together(self) -> Condition {
        match (self.vid, self.running, self.target) {
            (Condition::Holds, Condition::Holds, Condition::Holds) => Condition::Holds,
            (Condition::Fails, _, _) | (_, Condition::Fails, _) | (_, _, Condition::Fails) => Condition::Fails,
            _ => Condition::Open,
        }
    }
}

impl<'a> Case<'a> {
    /// The rows about this model and product id; those that ask for no release come first.
    pub(super) fn conversions(&self) -> impl Iterator<Item = &'a ConversionRow> + Clone + use<'a> {
        let span =
            self.profile.map(|profile| profile.conversions[slot(self.destination())][usize::from(self.is_marked())]);
        self.tables.at(&self.tables.rows.conversions, span.unwrap_or_default())
    }

    /// The rows that would say yes.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &'a ConversionRow> + Clone + use<'a> {
        self.conversions().filter(|row| row.answer == Answer::Convertible)
    }

    /// The rows that say yes as far as the evidence goes.
    pub(super) fn open_alternatives(&self) -> impl Iterator<Item = (&'a ConversionRow, Standing)> {
        let standings = self.alternatives().map(|row| (row, self.standing(row)));
        standings.filter(|(_, standing)| standing.together() != Condition::Fails)
    }

    /// Whether the rows let this phone be converted.
    #[inline(always)]
    pub(super) fn permission(&self) -> Permission<'a> {
        let mut is_open = false;
        for row in self.alternatives() {
            match self.standing(row).together() {
                Condition::Holds => return Permission::Yes(row),
                Condition::Open => is_open = true,
                Condition::Fails => {}
            }
        }
        if is_open { self.permission_for_any_vid() } else { self.denial() }
    }

    /// Rows that together leave no hardware version out do not need to know it.
    #[cold]
    fn permission_for_any_vid(&self) -> Permission<'a> {
        let holds_but_for_vid = |standing: Standing| {
            standing.vid == Condition::Open
                && standing.running == Condition::Holds
                && standing.target == Condition::Holds
        };
        let mut next = Some(0);
        let mut last = None;
        while let Some(vid) = next.and_then(Vid::new) {
            let mut rows = self.open_alternatives().filter(|(_, standing)| holds_but_for_vid(*standing));
            let Some((row, _)) = rows.find(|(row, _)| row.vid.contains(vid)) else { return Permission::Open };
            last = Some(row);
            next = row.vid.to.map(|to| to.number() + 1);
        }
        last.map_or(Permission::Open, Permission::Yes)
    }

    /// The row that tells the no.
    #[cold]
    fn denial(&self) -> Permission<'a> {
        if let Some(row) = self.conversions().find(|row| row.answer != Answer::Convertible) {
            return Permission::No(row, Why::Answer);
        }
        let Some(row) = self.alternatives().next() else { return Permission::NoRow };
        let standing = self.standing(row);
        let why = match (standing.vid, standing.target) {
            (Condition::Fails, _) if is_below(self.vid, row.vid) => Why::VidBelow,
            (Condition::Fails, _) => Why::VidAbove,
            (_, Condition::Fails) => Why::Target,
            _ => Why::Running,
        };
        Permission::No(row, why)
    }

    /// How the conditions of a row stand for this phone.
    #[inline(always)]
    pub(super) fn standing(&self, row: &ConversionRow) -> Standing {
        Standing {
            vid: match self.vid.known() {
                Some(vid) if row.vid.contains(vid) => Condition::Holds,
                Some(_) => Condition::Fails,
                None if row.vid.has_bound() => Condition::Open,
                None => Condition::Holds,
            },
            running: row.running_at_least.map_or(Condition::Holds, |minimum| self.runs_at_least(minimum)),
            target: row.target_at_least.map_or(Condition::Holds, |minimum| self.aims_at_least(minimum)),
        }
    }

    #[cold]
    fn runs_at_least(&self, minimum: Release) -> Condition {
        let minimum = Firmware::new(self.direction().from(), minimum);
        at_least(self.running_firmware().and_then(|runs| runs.partial_cmp(&minimum)))
    }

    #[cold]
    fn aims_at_least(&self, minimum: Release) -> Condition {
        let release = self.target_of_conversion().and_then(|intended| intended.comparable_release());
        at_least(release.map(|release| release.cmp(&minimum)))
    }

    /// Whether a row would let this hardware be converted with another release, on it or to install.
    pub(super) fn is_a_matter_of_releases(&self, row: &ConversionRow) -> bool {
        let standing = self.standing(row);
        standing.vid == Condition::Holds && standing.together() != Condition::Holds
    }
}

fn is_below(vid: Told<Vid>, range: VidRange) -> bool {
    vid.known().is_some_and(|vid| range.from.is_some_and(|from| vid < from))
}

/// How a condition stands whose minimum compares like this to what there is.
fn at_least(compared: Option<Ordering>) -> Condition {
    match compared {
        Some(Ordering::Equal | Ordering::Greater) => Condition::Holds,
        Some(Ordering::Less) => Condition::Fails,
        None => Condition::Open,
    }
}
