use super::{List, Origin, Text, VidRange, row};
use crate::destination::Destination;
use crate::firmware::Release;
use crate::phone::Model;
use crate::rulebook::Date;
use crate::text::words;

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

row! {
    EvidenceRow in "evidence" { means, release } fields => {
        fields.text("means", means);
        match means {
            EvidenceRule::ContradictsMark => fields.text("major", &release.major()),
            EvidenceRule::AuthorizationReadable => fields.text("release", release),
        }
    }
}

words! {
    /// What a person should know beside the verdict, by the name of the finding or its code.
    ///
    /// Ordered as everything lists them, for sorted tables; none is more than another.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum AdviceKind as "advice" {
        /// CG310
        ReturningPhone = "returning-phone" | "CG310",
        /// CG314
        TargetUnverified = "target-unverified" | "CG314",
        /// CG401
        FeaturesLost = "features-lost" | "CG401",
        /// CG402
        UseWiredConnection = "use-wired-connection" | "CG402",
        /// CG403
        DegradedPerformance = "degraded-performance" | "CG403",
        /// CG404
        LocalDataLost = "local-data-lost" | "CG404",
        /// CG405
        FixMissing = "fix-missing" | "CG405",
        /// CG406
        CertificateNotRenewed = "certificate-not-renewed" | "CG406",
        /// CG407
        NewCertificateAuthority = "new-certificate-authority" | "CG407",
        /// CG408
        ChangesOnArrival = "changes-on-arrival" | "CG408",
        /// CG409
        TooOldToOnboard = "too-old-to-onboard" | "CG409",
        /// CG410
        WebAccessOff = "web-access-off" | "CG410",
        /// CG411
        UpgradeInSteps = "upgrade-in-steps" | "CG411",
        /// CG602
        TargetUnconfirmed = "target-unconfirmed" | "CG602",
        /// CG603
        CallControlsDocumented = "call-controls-documented" | "CG603",
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
    /// Models, series, or `listed`: every model with a load. Of models without a load it speaks by their very name, or by
    /// that of a series that a row about single firmware names.
    pub models: List<Model>,
    /// Models that `listed` leaves out.
    pub except: List<Model>,
    /// The destinations that it is about.
    pub destinations: List<Destination>,
    /// The hardware versions that it is about.
    pub vid: VidRange,
    /// The release to choose instead, for [`AdviceKind::TargetUnconfirmed`].
    pub choose: Option<Release>,
    /// The release from which on it speaks: of what the phone runs in the end, or of what runs now beside `running_below`.
    pub from: Option<Release>,
    /// The release below which it speaks: of what the phone runs in the end, or of a chosen target for
    /// [`AdviceKind::TargetUnverified`].
    pub below: Option<Release>,
    /// The MPP release below which it speaks, of what runs now.
    pub running_below: Option<Release>,
    /// Units made in the month of this day or later carry what it is about, and maybe those of the year before: sources
    /// differ by one year in how they read serial numbers.
    pub made_from: Option<Date>,
    /// What the sources say, as part of the sentence.
    pub told: Option<Text>,
}

impl AdviceRow {
    /// Whether it speaks of this release: of what runs now for kinds that have `running_below`, else of what runs in the end.
    pub(crate) fn is_about_release(&self, release: Release) -> bool {
        let below = self.below.or(self.running_below);
        self.from.is_none_or(|from| release >= from) && below.is_none_or(|below| release < below)
    }

    /// Whether it speaks whatever release runs: no release renews the certificate, or the call control asks it of all.
    pub(crate) fn is_of_any_release(&self) -> bool {
        let may_be = matches!(self.says, AdviceKind::CertificateNotRenewed | AdviceKind::CallControlsDocumented);
        may_be && self.from.is_none() && self.below.is_none()
    }

    /// Whether it speaks depends on the month in which a phone was made.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn asks_for_month(&self) -> bool {
        self.made_from.is_some()
    }
}

row! {
    AdviceRow in "advice" {
        says, models, except, destinations, vid, choose, from, below, running_below, made_from, told
    } fields => {
        fields.text("says", says);
        fields.list("models", models);
        fields.list("except", except);
        fields.list("destinations", destinations);
        fields.if_any("vid", vid.has_bound().then_some(vid));
        fields.if_any("choose", choose.as_ref());
        fields.if_any("from", from.as_ref());
        fields.if_any("below", below.as_ref());
        fields.if_any("running-below", running_below.as_ref());
        fields.if_any("made-from", made_from.as_ref());
        fields.if_any("told", told.as_ref());
    }
}
