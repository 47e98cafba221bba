//! The fact tables of `tests/data`: loads that Cisco published, and the numbers by which Unified CM calls devices.

use std::sync::LazyLock;

/// A load that Cisco published.
#[derive(Debug, Clone, Copy)]
pub struct LoadFact {
    /// `sip88xx.14-2-1-0101-26`
    pub name: &'static str,
    /// `Enterprise`, `MPP` or `Transition E2M`.
    pub firmware_type: &'static str,
    /// The release, perhaps with a remark behind it: `11.3(6) (as printed)`.
    pub release: &'static str,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
}

/// Every row of `data/load_names.tsv`.
pub fn loads() -> Vec<LoadFact> {
    let rows = rows(include_str!("../data/load_names.tsv"));
    let fact =
        |row: Vec<&'static str>| LoadFact { name: row[0], firmware_type: row[1], release: row[3], confidence: row[4] };
    rows.map(fact).collect()
}

/// A device as Unified CM numbers it.
#[derive(Debug, Clone, Copy)]
pub struct CucmFact {
    /// `Cisco 8841`
    pub device: &'static str,
    /// The number in RisPort's `Model`, from the table typemodel.
    pub model: &'static str,
    /// The number in the table typeproduct, which is something else; empty where it is not known.
    pub product: &'static str,
    /// `soft-client`, `gateway`, `convertible-phone`, ...
    pub class: &'static str,
    /// What the facts remark.
    pub note: &'static str,
}

impl CucmFact {
    /// Whether the facts show that it is no desk phone. Of `other` they show it only with a word of the note.
    pub fn is_no_phone(&self) -> bool {
        let says = |words: &[&str]| words.iter().any(|word| self.note.contains(word) || self.device.contains(word));
        match self.class {
            "convertible-phone" | "enterprise-only-phone" | "phoneos-phone" => false,
            "other" => {
                says(&["media resource", "logical", "tablet endpoint", "Voice Mail", "Voice Inbox", "Interactive"])
            }
            _ => true,
        }
    }

    /// Whether the name of the type says of no device what it is.
    pub fn names_no_product(&self) -> bool {
        matches!(self.device, "Unknown" | "SIP Station") || self.note == "third-party SIP"
    }
}

/// Every row of `data/cucm_typemodel.tsv`.
pub fn cucm() -> &'static [CucmFact] {
    static FACTS: LazyLock<Vec<CucmFact>> = LazyLock::new(|| {
        let fact = |row: Vec<&'static str>| CucmFact {
            device: row[0],
            model: row[1],
            product: row[2],
            class: row[3],
            note: row[6],
        };
        rows(include_str!("../data/cucm_typemodel.tsv")).map(fact).collect()
    });
    &FACTS
}

/// The cells of a table with a head.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split('\t').collect())
}
