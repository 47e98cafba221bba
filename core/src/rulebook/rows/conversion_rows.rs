use std::fmt;

use super::{List, Origin, Text, row};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, Release};
use crate::phone::{Model, Vid};
use crate::text::words;

/// A model with a load.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelRow {
    /// Where it comes from.
    pub origin: Origin,
    /// The model.
    pub model: Model,
    /// The load family that it takes.
    pub family: LoadFamily,
    /// The series its licenses are sold for.
    pub series: Text,
}

row! {
    ModelRow in "models" { model, family, series } fields => {
        fields.text("model", model);
        fields.text("family", family);
        fields.text("series", series);
    }
}

/// Hardware that runs one type of firmware only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SingleFirmwareRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Models, series or `other`.
    pub models: List<Model>,
    /// The type; [`FirmwareType::PhoneOs`] serves every destination.
    pub runs: FirmwareType,
    /// What else an answer about it says.
    pub remark: Option<Text>,
}

impl SingleFirmwareRow {
    /// Whether one image serves every call control.
    pub(crate) fn serves_all(&self) -> bool {
        self.runs == FirmwareType::PhoneOs
    }
}

row! {
    SingleFirmwareRow in "single-firmware" { models, runs, remark } fields => {
        fields.list("models", models);
        fields.text("runs", runs);
        fields.if_any("remark", remark.as_ref());
    }
}

/// A range of hardware versions; open ends are included. Prints as books spell it: `V03-V24`, `V04-`, `-V24`, `any`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct VidRange {
    /// The lowest.
    pub from: Option<Vid>,
    /// The highest.
    pub to: Option<Vid>,
}

impl VidRange {
    /// Every hardware version.
    pub const ANY: Self = Self { from: None, to: None };

    /// Whether it excludes some hardware version.
    pub fn has_bound(&self) -> bool {
        *self != Self::ANY
    }

    /// Whether this hardware version is in it.
    pub fn contains(&self, vid: Vid) -> bool {
        // Of phones in any order no branch could foretell which models have bounds.
        let from = self.from.map_or(u16::MIN, Vid::number);
        let to = self.to.map_or(u16::MAX, Vid::number);
        (from <= vid.number()) & (vid.number() <= to)
    }

    /// Whether every hardware version of the other range is in it.
    pub fn covers(&self, other: &Self) -> bool {
        let from = self.from.is_none_or(|from| other.from.is_some_and(|other| from <= other));
        from && self.to.is_none_or(|to| other.to.is_some_and(|other| other <= to))
    }
}

impl fmt::Display for VidRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) => write!(f, "{from}-{to}"),
            (Some(from), None) => write!(f, "{from}-"),
            (None, Some(to)) => write!(f, "-{to}"),
            (None, None) => f.write_str("any"),
        }
    }
}

words! {
    /// What a rule book answers about a model and direction.
    #[non_exhaustive]
    pub enum Answer as "answer" {
        /// Yes, under the conditions of the row.
        Convertible = "convertible",
        /// No: a document names the model.
        Excluded = "excluded",
        /// No: a document names the series that can, and it is another.
        SeriesExcluded = "series-excluded",
        /// Not known: no document names the model.
        NotListed = "not-listed",
        /// Not known: documents name the model, but not this product id.
        PidNotListed = "pid-not-listed",
    }
}

words! {
    /// Which product ids a row is about.
    ///
    /// Ordered as everything lists them, for sorted tables; none is more than another.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum PidMark as "PID mark" {
        /// All.
        Any = "any",
        /// Those that mark MPP hardware.
        Marked = "3pcc",
        /// Those that do not.
        Other = "other",
    }
}

/// Whether a model can be converted.
///
/// Rows that say yes about the same phone are alternatives: one whose conditions all hold is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConversionRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Models, series or `other`.
    pub models: List<Model>,
    /// The destinations that it is about.
    pub destinations: List<Destination>,
    /// The product ids that it is about.
    pub pid: PidMark,
    /// The answer.
    pub answer: Answer,
    /// Condition: the hardware version is in this range.
    pub vid: VidRange,
    /// Condition: at least this release runs, of the type that the phone leaves.
    pub running_at_least: Option<Release>,
    /// Condition: at least this release is installed, of the type that the destination needs.
    pub target_at_least: Option<Release>,
}

row! {
    ConversionRow in "conversions" {
        models, destinations, pid, answer, vid, running_at_least, target_at_least
    } fields => {
        fields.list("models", models);
        fields.list("destinations", destinations);
        fields.if_any("pid", (*pid != PidMark::Any).then_some(pid));
        fields.text("answer", answer);
        fields.if_any("vid", vid.has_bound().then_some(vid));
        fields.if_any("running-at-least", running_at_least.as_ref());
        fields.if_any("target-at-least", target_at_least.as_ref());
    }
}
