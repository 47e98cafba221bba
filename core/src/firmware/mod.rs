//! Firmware: its type, its releases, and the names of the loads that carry it.

mod load_family;
mod load_name;
mod mpp_hint;
mod release;
mod version;

use std::cmp::Ordering;
use std::fmt;

pub use load_family::LoadFamily;
pub use load_name::LoadName;
pub(crate) use mpp_hint::mentions_mpp;
pub use release::Release;
#[cfg(any(test, not(crossgrade_unbaked)))]
pub(crate) use version::LoadForm;

use crate::text::{Fault, FieldText, Folded, Spaces, fault, read_and_print, words};

words! {
    /// What kind of firmware a phone runs.
    ///
    /// # Accepted spellings
    /// `enterprise`, `mpp` (also `multiplatform`), `tlexe2m`, `phoneos`; case does not matter.
    ///
    /// # Example
    /// ```
    /// use crossgrade::FirmwareType;
    ///
    /// assert_eq!("MPP".parse(), Ok(FirmwareType::Mpp));
    /// assert_eq!(FirmwareType::Enterprise.to_string(), "enterprise");
    /// ```
    ///
    /// Ordered as everything lists them, for sorted tables; none is more than another, and releases of different types do not
    /// compare ([`Firmware`]).
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum FirmwareType as "firmware type" {
        /// For Unified CM.
        Enterprise = "enterprise",
        /// Multiplatform: for Webex Calling and other approved call controls.
        Mpp = "mpp" | "multiplatform",
        /// The two-step load of 2019 on the way from Enterprise to MPP; neither of the two.
        TlexE2m = "tlexe2m",
        /// One image for Unified CM, Webex Calling and BroadWorks: 9800 series and 8875.
        PhoneOs = "phoneos",
    }
}

impl FirmwareType {
    /// The name a person reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enterprise => "Enterprise",
            Self::Mpp => "MPP",
            Self::TlexE2m => "TLexE2M",
            Self::PhoneOs => "PhoneOS",
        }
    }
}

/// A release of one type of firmware.
///
/// Enterprise and MPP count their releases separately: 14.2(1) is not newer than 12.0(3) if one is Enterprise and the
/// other MPP. So firmware of different types compares to `None`.
///
/// # Accepted spellings
/// A type and a release, as [`FirmwareType`] and [`Release`] read them: `MPP 12.0(3)`, `Enterprise 14.2.1SR1`.
///
/// # Example
/// ```
/// use crossgrade::firmware::Firmware;
/// use crossgrade::FirmwareType;
///
/// let enterprise = Firmware::new(FirmwareType::Enterprise, "14.2(1)".parse()?);
/// let mpp = Firmware::new(FirmwareType::Mpp, "12.0(3)".parse()?);
/// assert_eq!(enterprise.partial_cmp(&mpp), None);
/// assert!(mpp < Firmware::new(FirmwareType::Mpp, "12.0(3)SR1".parse()?));
/// assert_eq!(mpp.to_string(), "MPP 12.0(3)");
/// assert_eq!("mpp 12.0.3".parse(), Ok(mpp));
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Firmware {
    firmware_type: FirmwareType,
    release: Release,
}

impl Firmware {
    /// This release of this type.
    pub const fn new(firmware_type: FirmwareType, release: Release) -> Self {
        Self { firmware_type, release }
    }

    /// The type.
    pub const fn firmware_type(self) -> FirmwareType {
        self.firmware_type
    }

    /// The release.
    pub const fn release(self) -> Release {
        self.release
    }
}

impl PartialOrd for Firmware {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.firmware_type == other.firmware_type).then(|| self.release.cmp(&other.release))
    }
}

impl FieldText for Firmware {
    const THING: &'static str = "firmware";
    const EXPECTED: &'static str = "a type and a release, such as MPP 12.0(3) or Enterprise 14.2(1)SR1";
    const SPACES: Spaces = Spaces::Keep;

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<64>::EMPTY;
        let text = folded.fold(text, Self::SPACES)?;
        let end = text.iter().position(|byte| *byte == b' ').ok_or(fault("no space behind the type", text.len()))?;
        let (firmware_type, release) = text.split_at(end);
        let firmware_type = FirmwareType::read(firmware_type)?;
        let release = Release::read(release).map_err(|inner| fault(inner.what, end + 1 + inner.at))?;
        Ok(Self { firmware_type, release })
    }
}

read_and_print!(Firmware);

impl fmt::Display for Firmware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.firmware_type.name(), self.release)
    }
}
