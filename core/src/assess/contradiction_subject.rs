//! What two pieces of evidence contradict each other about.

use super::registry::Field;

/// What two pieces of evidence disagree about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Type,
    /// What runs and what the hardware can run.
    Hardware,
    Release,
    /// What runs and what hardware of this version can run.
    Floor,
    Vid,
    Mac,
    Product,
    Serial,
    /// Two loads that say the same type and release.
    Load,
    Authorization,
}

impl Subject {
    /// What it is, in a sentence.
    pub(super) fn in_words(self) -> &'static str {
        in_words(match self {
            Self::Floor => return "the hardware version and the running release",
            Self::Type | Self::Hardware => Field::FirmwareType,
            Self::Release => Field::Release,
            Self::Vid => Field::Vid,
            Self::Mac => Field::Mac,
            Self::Product => Field::Pid,
            Self::Serial => Field::Serial,
            Self::Load => Field::Load,
            Self::Authorization => Field::Authorization,
        })
    }
}

/// What a field is about.
pub(super) fn in_words(field: Field) -> &'static str {
    match field {
        Field::Pid => "the product",
        Field::Vid => "the hardware version",
        Field::Mac => "the MAC address",
        Field::Serial => "the serial number",
        Field::Load => "the running load",
        Field::Release => "the running release",
        Field::FirmwareType => "what runs",
        Field::Authorization => "the transition authorization",
        Field::Target => "the target",
    }
}
