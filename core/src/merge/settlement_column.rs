//! The columns of a table of settlements, and the fields that can be settled.

use crate::assess::Field;
use crate::text::words;

words! {
    /// A column of a table of settlements.
    #[non_exhaustive]
    pub enum SettlementColumn as "column of settlements" {
        /// The MAC address or the name of the device, or the place of its row: `export.csv line 7`.
        Device = "device",
        /// The field that is settled.
        Field = "field",
        /// Its value; blank where nobody filled it in yet.
        Value = "value",
        /// Who says so.
        SaidBy = "said_by",
        /// When.
        When = "when",
        /// What was said where; it is there for people, and not read.
        Sides = "sides",
    }
}

/// The fields that can be settled.
pub(super) const FIELDS: [Field; 7] =
    [Field::Pid, Field::Vid, Field::Serial, Field::Load, Field::Release, Field::FirmwareType, Field::Authorization];
