//! The enums of the header, and how they follow from those of the engine. 0 says unknown or none.

use engine::fleet::SourceKind;
use engine::rulebook::rows::{LicenseNeed, Stage};
use engine::{Destination, Effect, FirmwareType, GateStatus, Verdict};

/// Where a phone shall go.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_destination {
    /// No destination: not valid in a request.
    None = 0,
    /// Webex Calling.
    WebexCalling = 1,
    /// Another approved call control that MPP phones work with.
    ThirdParty = 2,
    /// Unified CM, on premises or as Hosted Collaboration Solution.
    UnifiedCm = 3,
}

/// The answer in one word.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_verdict {
    /// A rule that applies cannot be settled; the findings name the evidence that would settle it.
    Unknown = 0,
    /// The phone can be converted.
    Eligible = 1,
    /// A rule says no.
    Ineligible = 2,
    /// The phone runs the type of firmware that the destination needs.
    NotNeeded = 3,
}

/// What a finding did to the verdict.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_effect {
    /// No finding was written here.
    #[allow(dead_code, reason = "what zeroed memory reads as; Rust never writes it")]
    None = 0,
    /// The verdict is not-needed.
    Settled = 1,
    /// The verdict is ineligible, unless something settles.
    Blocks = 2,
    /// The verdict is unknown, unless something settles or blocks.
    Unsettled = 3,
    /// Something must be done; the verdict stays.
    Requires = 4,
    /// Something should be considered.
    Advises = 5,
    /// Something is good to know.
    Notes = 6,
}

/// When a gate must be passed.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_stage {
    /// No gate was written here.
    #[allow(dead_code, reason = "what zeroed memory reads as; Rust never writes it")]
    None = 0,
    /// By the release that runs, before the conversion.
    Start = 1,
    /// By the release that is installed.
    Target = 2,
}

/// Whether a gate is passed.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_gate_status {
    /// The evidence does not tell.
    Unknown = 0,
    /// It is.
    Met = 1,
    /// It is not.
    Unmet = 2,
}

/// A type of firmware.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_firmware_type {
    /// Not known.
    Unknown = 0,
    /// For Unified CM.
    Enterprise = 1,
    /// Multiplatform.
    Mpp = 2,
    /// The two-step load of 2019.
    TlexE2m = 3,
    /// One image for Unified CM, Webex Calling and BroadWorks: 9800 series and 8875.
    PhoneOs = 4,
}

/// Whether a license has to be had.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_license_need {
    /// Not known, or not a question for this verdict.
    Unknown = 0,
    /// To be bought, one for each phone.
    Purchase = 1,
    /// Control Hub issues it.
    IssuedByControlHub = 2,
    /// None.
    NotRequired = 3,
}

/// What kind of thing phones are read from.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_source_kind {
    /// Not said: recognized by its content.
    Unknown = 0,
    /// A page of the phone itself, as XML, as HTML or as text that was copied from a browser, in any language: its device
    /// information, another page that says by its heading which phone it is of, or the product information of an MPP phone.
    DevicePage = 1,
    /// An answer of Unified CM's RisPort service, selectCmDevice or selectCmDeviceExt, or a capture of what its command
    /// line says to "show risdb query phone".
    Risport = 2,
    /// A device list of Webex: JSON, or CSV of Control Hub.
    Webex = 3,
    /// A CSV file that somebody exported or keeps, a table of fixed width, as the command line of Unified CM writes it, or
    /// a table or list of phones in HTML or XML.
    Csv = 4,
    /// An Excel workbook.
    Xlsx = 5,
    /// What persons settled in a merge: a source of evidence, and of no phones.
    Settlement = 6,
    /// An answer of Unified CM's AXL service to listPhone, getPhone or executeSQLQuery, as XML or JSON: phones as they are
    /// configured, which is no evidence of what runs.
    Axl = 7,
    /// Records of any tool, as JSON: each device is an object, whose keys are read like the headers of a table.
    Json = 8,
}

impl cg_source_kind {
    const ALL: [(Self, Option<SourceKind>); 9] = [
        (Self::Unknown, None),
        (Self::DevicePage, Some(SourceKind::DevicePage)),
        (Self::Risport, Some(SourceKind::Risport)),
        (Self::Webex, Some(SourceKind::Webex)),
        (Self::Csv, Some(SourceKind::Csv)),
        (Self::Xlsx, Some(SourceKind::Xlsx)),
        (Self::Settlement, Some(SourceKind::Settlement)),
        (Self::Axl, Some(SourceKind::Axl)),
        (Self::Json, Some(SourceKind::Json)),
    ];

    /// The kind behind a number, which is none if it shall be recognized; nothing for any other number.
    pub(crate) fn read(number: i32) -> Option<Option<SourceKind>> {
        Self::ALL.iter().find(|(known, _)| *known as i32 == number).map(|(_, kind)| *kind)
    }
}

impl From<SourceKind> for cg_source_kind {
    fn from(kind: SourceKind) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == Some(kind)).map_or(Self::Unknown, |(known, _)| *known)
    }
}

impl cg_destination {
    /// The destination behind a number; none for any other number.
    pub(crate) fn read(number: i32) -> Option<Destination> {
        Destination::ALL.iter().copied().find(|destination| Self::from(*destination) as i32 == number)
    }
}

impl From<Destination> for cg_destination {
    fn from(destination: Destination) -> Self {
        match destination {
            Destination::WebexCalling => Self::WebexCalling,
            Destination::ThirdParty => Self::ThirdParty,
            Destination::UnifiedCm => Self::UnifiedCm,
            _ => Self::None,
        }
    }
}

impl From<Verdict> for cg_verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Unknown => Self::Unknown,
            Verdict::Eligible => Self::Eligible,
            Verdict::Ineligible => Self::Ineligible,
            Verdict::NotNeeded => Self::NotNeeded,
        }
    }
}

impl From<Effect> for cg_effect {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Settled => Self::Settled,
            Effect::Blocks => Self::Blocks,
            Effect::Unsettled => Self::Unsettled,
            Effect::Requires => Self::Requires,
            Effect::Advises => Self::Advises,
            Effect::Notes => Self::Notes,
        }
    }
}

impl From<Stage> for cg_stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Start => Self::Start,
            Stage::Target => Self::Target,
        }
    }
}

impl From<GateStatus> for cg_gate_status {
    fn from(status: GateStatus) -> Self {
        match status {
            GateStatus::Unknown => Self::Unknown,
            GateStatus::Met => Self::Met,
            GateStatus::Unmet => Self::Unmet,
        }
    }
}

impl From<FirmwareType> for cg_firmware_type {
    fn from(firmware_type: FirmwareType) -> Self {
        match firmware_type {
            FirmwareType::Enterprise => Self::Enterprise,
            FirmwareType::Mpp => Self::Mpp,
            FirmwareType::TlexE2m => Self::TlexE2m,
            FirmwareType::PhoneOs => Self::PhoneOs,
            _ => Self::Unknown,
        }
    }
}

impl From<LicenseNeed> for cg_license_need {
    fn from(need: LicenseNeed) -> Self {
        match need {
            LicenseNeed::Purchase => Self::Purchase,
            LicenseNeed::IssuedByControlHub => Self::IssuedByControlHub,
            LicenseNeed::NotRequired => Self::NotRequired,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that the engine grows must not become 0 here unnoticed.
    #[test]
    fn every_value_of_the_engine_has_its_own_number() {
        assert!(Destination::ALL.iter().all(|value| cg_destination::from(*value) != cg_destination::None));
        assert!(FirmwareType::ALL.iter().all(|value| cg_firmware_type::from(*value) != cg_firmware_type::Unknown));
        let needs = LicenseNeed::ALL.iter().filter(|need| **need != LicenseNeed::Unknown);
        assert!(needs.copied().all(|need| cg_license_need::from(need) != cg_license_need::Unknown));
    }

    /// Tables in memory do not come as bytes.
    #[test]
    fn every_kind_of_file_has_its_own_number() {
        let kinds = SourceKind::ALL.iter().filter(|kind| **kind != SourceKind::Table);
        assert!(kinds.copied().all(|kind| cg_source_kind::read(cg_source_kind::from(kind) as i32) == Some(Some(kind))));
        assert_eq!(cg_source_kind::read(0), Some(None));
        assert!([9, -1, i32::MAX].iter().all(|number| cg_source_kind::read(*number).is_none()));
    }

    #[test]
    fn only_the_numbers_of_destinations_are_destinations() {
        assert_eq!(cg_destination::read(1), Some(Destination::WebexCalling));
        assert!([0, 4, -1, i32::MAX].iter().all(|number| cg_destination::read(*number).is_none()));
    }
}
