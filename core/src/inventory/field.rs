//! The fields that tables have columns for, and the headers by which they are found.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::words;

words! {
    /// A field that inventories have columns for.
    ///
    /// A column is found by its header. Only the letters and digits of a header count, and their case does not matter:
    /// `Serial No.`, `serial_no` and `SerialNo` are one header. Where a cell of a better column is empty, the next one is
    /// asked.
    ///
    /// | field | columns, best first |
    /// |---|---|
    /// | pid | `PID`, `Product ID`; `PID VID`; `Part Number`, `Part No`, `P/N`, `Product Number`; `Model Number`; `Model`, `Phone Model`, `Device Model`, `Model Name`; `Product`, `Product Type`, `Product Name`; `Device Type`, `Phone Type` |
    /// | vid | `VID`, `Hardware Version ID`; `Version ID`; `Hardware Version`, `HW Version`, `HW Ver`; `Hardware Revision`, `HW Revision`, `HW Rev` |
    /// | mac | `MAC`, `MAC Address`, `MAC Addr`; `Device Name`, `Device Name (Line)`, `Phone Name`, `SEP`, `SEP Name`; `Host Name`; `Name` |
    /// | serial | `Serial Number`, `Serial`, `Serial No`, `S/N`, `Phone Serial Number`, `Device Serial Number` |
    /// | load | `Active Load ID`, `Active Load`, `Active Load Name`, `Running Load`, `Running Load ID`; `Load`, `Load ID`, `Firmware Load` |
    /// | firmware | `Firmware`, `Firmware Version`, `Running Firmware`; `Software Version`, `Software`, `Version`, `Release` |
    /// | firmware_type | `Firmware Type` |
    /// | authorization | `Transition Authorization Type`, `Transition Authorization`; `Authorization Type`, `Authorization` |
    /// | contradictions | `contradictions` |
    ///
    /// `contradictions` is read in tables that crossgrade wrote of a fleet, and nowhere else. `Phone Load Name` of Unified CM, `InactiveLoadID` and `bootLoadID` are missing on purpose: they do not say what runs.
    /// `Name` comes last for a MAC address, for it often is the name of a person: what is no device name there is
    /// unreadable, and never a MAC address. A `Version ID` that is a load name counts as firmware, as phones use that place
    /// for either.
    #[non_exhaustive]
    pub enum InventoryField as "inventory field" {
        /// The product text.
        Pid = "pid",
        /// The hardware version.
        Vid = "vid",
        /// The MAC address or device name.
        Mac = "mac",
        /// The serial number.
        Serial = "serial",
        /// The load that runs.
        Load = "load",
        /// A load or a release that runs, whichever it reads as.
        Firmware = "firmware",
        /// The type that runs.
        FirmwareType = "firmware_type",
        /// The transition authorization.
        Authorization = "authorization",
        /// What was said differently, in a table that crossgrade wrote of a fleet; elsewhere it is not read.
        Contradictions = "contradictions",
    }
}

impl InventoryField {
    /// The headers that it is found by, best rank first. Two headers of one rank in one table are ambiguous.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::InventoryField;
    ///
    /// assert_eq!(InventoryField::Vid.headers()[0], ["VID", "Hardware Version ID"]);
    /// ```
    pub fn headers(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Pid => &[
                &["PID", "Product ID"],
                &["PID VID"],
                &["Part Number", "Part No", "P/N", "Product Number"],
                // What a phone says of itself (`CP-8851`), in the same table as what the call control says.
                &["Model Number"],
                &["Model", "Phone Model", "Device Model", "Model Name"],
                &["Product", "Product Type", "Product Name"],
                // Control Hub says `IP` here.
                &["Device Type", "Phone Type"],
            ],
            Self::Vid => &[
                &["VID", "Hardware Version ID"],
                &["Version ID"],
                &["Hardware Version", "HW Version", "HW Ver"],
                &["Hardware Revision", "HW Revision", "HW Rev"],
            ],
            Self::Mac => &[
                &["MAC", "MAC Address", "MAC Addr"],
                &["Device Name", "Device Name (Line)", "Phone Name", "SEP", "SEP Name"],
                &["Host Name"],
                &["Name"],
            ],
            Self::Serial => {
                &[&["Serial Number", "Serial", "Serial No", "S/N", "Phone Serial Number", "Device Serial Number"]]
            }
            Self::Load => &[
                &["Active Load ID", "Active Load", "Active Load Name", "Running Load", "Running Load ID"],
                &["Load", "Load ID", "Firmware Load"],
            ],
            Self::Firmware => &[
                &["Firmware", "Firmware Version", "Running Firmware"],
                &["Software Version", "Software", "Version", "Release"],
            ],
            Self::FirmwareType => &[&["Firmware Type"]],
            Self::Authorization => &[
                &["Transition Authorization Type", "Transition Authorization"],
                &["Authorization Type", "Authorization"],
            ],
            Self::Contradictions => &[&["contradictions"]],
        }
    }
}

/// A header without what does not matter: two headers are the same if this is.
pub(super) fn folded(header: &str) -> String {
    header.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The field that has a header of this name, [`folded`], and the rank of the header.
///
/// A tree, because valgrind takes a hash map that lives as long as the program for one that was lost.
pub(super) fn ranked(folded: &str) -> Option<(InventoryField, usize)> {
    static RANKS: LazyLock<BTreeMap<String, (InventoryField, usize)>> = LazyLock::new(|| {
        let mut ranks = BTreeMap::new();
        for field in InventoryField::ALL {
            for (rank, names) in field.headers().iter().enumerate() {
                ranks.extend(names.iter().map(|name| (self::folded(name), (*field, rank))));
            }
        }
        ranks
    });
    RANKS.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the table of headers, as the documentation shows them.
    fn rows() -> impl Iterator<Item = String> {
        InventoryField::ALL.iter().map(|field| {
            let rank = |rank: &&[&str]| rank.iter().map(|header| format!("`{header}`")).collect::<Vec<_>>().join(", ");
            let ranks: Vec<_> = field.headers().iter().map(rank).collect();
            format!("| {field} | {} |", ranks.join("; "))
        })
    }

    #[test]
    fn the_documented_tables_are_the_headers_that_are_read() {
        let guide = include_str!("../../../docs/guide-migration-engineer.md");
        for row in rows() {
            assert!(include_str!("field.rs").contains(&format!("    /// {row}\n")), "InventoryField lacks {row}");
            assert!(guide.contains(&format!("\n{row}\n")), "docs/guide-migration-engineer.md lacks {row}");
        }
    }

    #[test]
    fn no_header_is_told_twice() {
        let mut headers: Vec<String> = InventoryField::ALL
            .iter()
            .flat_map(|field| field.headers().iter().flat_map(|rank| rank.iter()))
            .map(|header| folded(header))
            .collect();
        let count = headers.len();
        headers.sort_unstable();
        headers.dedup();
        assert_eq!(headers.len(), count);
    }
}
