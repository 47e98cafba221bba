//! Which keys a row of advice needs, and which say something to it: a key that nobody asks about never speaks.

use super::AdviceKind;

/// A key of advice that bears on some kinds only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdviceKey {
    Choose,
    From,
    Below,
    RunningBelow,
    MadeFrom,
    Told,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bearing {
    /// Without it there is nothing to say, or nobody to say it to.
    Needed,
    Optional,
    None,
}

impl AdviceKind {
    /// Whether a row of this kind says nothing without the key.
    pub(crate) fn needs(self, key: AdviceKey) -> bool {
        self.bearing(key) == Bearing::Needed
    }

    /// Whether the key says something to a row of this kind.
    pub(crate) fn takes(self, key: AdviceKey) -> bool {
        self.bearing(key) != Bearing::None
    }

    /// Whether it warns; notes may come and go.
    pub(crate) fn warns(self) -> bool {
        !matches!(self, Self::ReturningPhone | Self::LocalDataLost | Self::CallControlsDocumented)
    }

    fn bearing(self, key: AdviceKey) -> Bearing {
        use AdviceKey::*;
        use Bearing::{Needed, Optional};
        match self {
            // These findings have words of their own.
            Self::ReturningPhone
            | Self::FeaturesLost
            | Self::UseWiredConnection
            | Self::DegradedPerformance
            | Self::LocalDataLost => match key {
                Told => Optional,
                _ => Bearing::None,
            },
            Self::TargetUnconfirmed => match key {
                Choose | Told => Optional,
                _ => Bearing::None,
            },
            Self::TargetUnverified => match key {
                Below => Needed,
                Told => Optional,
                _ => Bearing::None,
            },
            Self::FixMissing => match key {
                Below | Told => Needed,
                From => Optional,
                _ => Bearing::None,
            },
            Self::CertificateNotRenewed | Self::ChangesOnArrival | Self::CallControlsDocumented => match key {
                Told => Needed,
                From | Below => Optional,
                _ => Bearing::None,
            },
            Self::NewCertificateAuthority => match key {
                Told => Needed,
                MadeFrom => Optional,
                _ => Bearing::None,
            },
            Self::TooOldToOnboard => match key {
                RunningBelow | Told => Needed,
                _ => Bearing::None,
            },
            Self::UpgradeInSteps => match key {
                RunningBelow | Told => Needed,
                From => Optional,
                _ => Bearing::None,
            },
            Self::WebAccessOff => match key {
                Told => Needed,
                _ => Bearing::None,
            },
        }
    }
}
