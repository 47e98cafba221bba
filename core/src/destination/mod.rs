//! Where a phone shall go: the call control to register with, and what the caller asks to install.

mod call_control;
mod into_target;
#[cfg(feature = "serde")]
mod request_map;
mod target;

pub use call_control::CallControl;
pub use into_target::IntoTarget;
#[cfg(feature = "serde")]
pub(crate) use request_map::RequestKeys;
pub use target::{Request, Target, TargetError};

use crate::firmware::FirmwareType;
use crate::text::words;

words! {
    /// The call control that a phone shall register with. It fixes the direction of the conversion.
    ///
    /// # Accepted spellings
    /// `webex-calling`, `third-party`, `unified-cm`; case, spaces and underscores do not matter. For product names such
    /// as Asterisk see [`CallControl`].
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Direction, FirmwareType};
    ///
    /// let destination: Destination = "Webex Calling".parse()?;
    /// assert_eq!(destination.needs(), FirmwareType::Mpp);
    /// assert_eq!(destination.direction(), Direction::EnterpriseToMpp);
    /// # Ok::<(), crossgrade::ParseError>(())
    /// ```
    ///
    /// Ordered as everything lists them, for sorted tables; none is more than another.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Destination as "destination" {
        /// Webex Calling.
        WebexCalling = "webex-calling",
        /// Another approved call control that MPP phones work with.
        ThirdParty = "third-party",
        /// Unified CM, on premises or as Hosted Collaboration Solution.
        UnifiedCm = "unified-cm",
    }
}

words! {
    /// The direction of a conversion.
    pub enum Direction as "direction" {
        /// E2M.
        EnterpriseToMpp = "enterprise-to-mpp" | "e2m",
        /// M2E.
        MppToEnterprise = "mpp-to-enterprise" | "m2e",
    }
}

impl Destination {
    /// The firmware type that phones need there.
    pub const fn needs(self) -> FirmwareType {
        self.direction().to()
    }

    /// The direction of a conversion to there.
    pub const fn direction(self) -> Direction {
        match self {
            Self::WebexCalling | Self::ThirdParty => Direction::EnterpriseToMpp,
            Self::UnifiedCm => Direction::MppToEnterprise,
        }
    }

    /// The name a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebexCalling => "Webex Calling",
            Self::ThirdParty => "third-party call control",
            Self::UnifiedCm => "Unified CM",
        }
    }
}

impl Direction {
    /// The firmware type that a phone leaves.
    pub const fn from(self) -> FirmwareType {
        match self {
            Self::EnterpriseToMpp => FirmwareType::Enterprise,
            Self::MppToEnterprise => FirmwareType::Mpp,
        }
    }

    /// The firmware type that a phone gets.
    pub const fn to(self) -> FirmwareType {
        match self {
            Self::EnterpriseToMpp => FirmwareType::Mpp,
            Self::MppToEnterprise => FirmwareType::Enterprise,
        }
    }
}
