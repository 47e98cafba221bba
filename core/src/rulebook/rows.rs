//! The rows of a rule book: what, never how. All if-then is in `assess`.

use std::borrow::Cow;

use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::phone::{Model, Vid};
use crate::text::words;

/// A text of a row: part of the library, or read from a file.
pub type Text = Cow<'static, str>;
/// A list in a row.
pub type List<T> = Cow<'static, [T]>;

/// What every rule row has: an id, sources, and the disagreements that it takes a side in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The id of the row, unique in its book and never reused.
    pub id: Text,
    /// Ids of the sources.
    pub sources: List<Text>,
    /// Ids of the disagreements.
    pub disagreements: List<Text>,
}

/// A document that rules come from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceRow {
    /// `S2`
    pub id: Text,
    /// What it is.
    pub title: Text,
    /// Which part was used.
    pub section: Text,
    /// Its language, by ISO 639.
    pub language: Text,
    /// When it was read, `YYYY-MM-DD`.
    pub read: Text,
}

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

/// Hardware that runs one type of firmware only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SingleFirmwareRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Models, series or `other`.
    pub models: List<Model>,
    /// The type.
    pub runs: FirmwareType,
}

/// A range of hardware versions; open ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        self.from.is_none_or(|from| from <= vid) && self.to.is_none_or(|to| vid <= to)
    }
}

words! {
    /// What a rule book answers about a model and direction.
    #[non_exhaustive]
    pub enum Answer as "answer" {
        /// Yes, within the range of hardware versions.
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
    /// The hardware versions that it holds for.
    pub vid: VidRange,
}

words! {
    /// When a gate must be passed.
    pub enum Stage as "stage" {
        /// By the release that runs, before the conversion.
        Start = "start",
        /// By the release that is installed.
        Target = "target",
    }
}

/// A minimum release.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GateRow {
    /// Where it comes from.
    pub origin: Origin,
    /// When it must be passed.
    pub on: Stage,
    /// Models.
    pub models: List<Model>,
    /// The destinations that it is about.
    pub destinations: List<Destination>,
    /// The hardware versions that it is about.
    pub vid: VidRange,
    /// The lowest release that passes.
    pub minimum: Release,
    /// Whether the phone must never go below it afterwards.
    pub lasting: bool,
}

/// A load that the book knows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadRow {
    /// Where it comes from; the id is the load name.
    pub origin: Origin,
    /// The load.
    pub load: LoadName,
}

/// The load that is installed when the caller chooses none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TargetRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes.
    pub destination: Destination,
    /// The load, which names its family.
    pub load: LoadName,
}

/// The server that Unified CM's field "Load Server" takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadServerRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes.
    pub destination: Destination,
    /// The name of the server.
    pub server: Text,
}

words! {
    /// Whether a license has to be had.
    #[non_exhaustive]
    pub enum LicenseNeed as "license need" {
        /// Not known; nothing in a rule book says so, only missing evidence does.
        Unknown = "unknown",
        /// To be bought, one for each phone.
        Purchase = "purchase",
        /// Control Hub issues it; nothing to order.
        IssuedByControlHub = "issued-by-control-hub",
        /// None.
        NotRequired = "not-required",
    }
}

words! {
    /// Which transition authorization a license row is about.
    #[non_exhaustive]
    pub enum AuthorizationState as "authorization state" {
        /// Whatever the phone shows.
        Any = "any",
        /// Blank; or not known, on a phone that was sold with MPP firmware.
        Without = "none",
        /// Classic or WxC.
        Given = "given",
    }
}

/// The license of a conversion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LicenseRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes.
    pub destination: Destination,
    /// The series that it is sold for.
    pub series: Text,
    /// Which transition authorization the phone shows.
    pub when: AuthorizationState,
    /// Whether it has to be had.
    pub need: LicenseNeed,
    /// What to order.
    pub sku: Option<Text>,
    /// The support that goes with it.
    pub service_sku: Option<Text>,
    /// The name of its file, with `{MAC}` for the address.
    pub file: Option<Text>,
}

words! {
    /// What a row about evidence says.
    #[non_exhaustive]
    pub enum EvidenceRule as "evidence rule" {
        /// An untokened load of this major release contradicts a 3PCC mark.
        ContradictsMark = "3pcc-load-contradicts",
        /// The first MPP release on which an authorization can be read.
        AuthorizationReadable = "authorization-readable-from",
    }
}

/// What evidence is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EvidenceRow {
    /// Where it comes from.
    pub origin: Origin,
    /// What it says.
    pub means: EvidenceRule,
    /// The release that it is about; for a rule about a major release, its first.
    pub release: Release,
}

words! {
    /// What a person should know beside the verdict, by the name of the finding.
    #[non_exhaustive]
    pub enum AdviceKind as "advice" {
        /// CG310
        ReturningPhone = "returning-phone",
        /// CG314
        TargetUnverified = "target-unverified",
        /// CG401
        FeaturesLost = "features-lost",
        /// CG402
        UseWiredConnection = "use-wired-connection",
        /// CG404
        LocalDataLost = "local-data-lost",
        /// CG602
        TargetUnconfirmed = "target-unconfirmed",
    }
}

/// A remark that accompanies an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AdviceRow {
    /// Where it comes from.
    pub origin: Origin,
    /// What it says.
    pub says: AdviceKind,
    /// Models.
    pub models: List<Model>,
    /// The destinations that it is about.
    pub destinations: List<Destination>,
    /// The release to choose instead, for [`AdviceKind::TargetUnconfirmed`].
    pub choose: Option<Release>,
    /// The release below which it speaks, for [`AdviceKind::TargetUnverified`].
    pub below: Option<Release>,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// What is said.
    pub says: Text,
    /// Who says so.
    pub sources: List<Text>,
}

/// A point on which the sources disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DisagreementRow {
    /// Where it comes from: the sources of all sides.
    pub origin: Origin,
    /// What it is about.
    pub subject: Text,
    /// The hardware versions that it touches.
    pub vid: VidRange,
    /// Every side.
    pub sides: List<Side>,
    /// What this book does.
    pub follows: Text,
}

/// An error in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErratumRow {
    /// Where it stands.
    pub origin: Origin,
    /// What is wrong.
    pub says: Text,
}
