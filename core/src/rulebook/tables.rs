//! All rows of a book, and an index by model over them.

use super::rows::*;
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::phone::Model;

/// Everything a rule book holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tables {
    pub(crate) edition: Text,
    pub(crate) revision: semver::Version,
    /// SHA-256 over the canonical form of the rows.
    pub(crate) digest: Text,
    pub(crate) sources: List<SourceRow>,
    pub(crate) models: List<ModelRow>,
    pub(crate) single_firmware: List<SingleFirmwareRow>,
    pub(crate) conversions: List<ConversionRow>,
    pub(crate) gates: List<GateRow>,
    pub(crate) loads: List<LoadRow>,
    pub(crate) targets: List<TargetRow>,
    pub(crate) load_servers: List<LoadServerRow>,
    pub(crate) licenses: List<LicenseRow>,
    pub(crate) evidence: List<EvidenceRow>,
    pub(crate) advice: List<AdviceRow>,
    pub(crate) disagreements: List<DisagreementRow>,
    pub(crate) errata: List<ErratumRow>,
    /// Sorted by key.
    pub(crate) profiles: List<Profile>,
}

/// Where the rows about one model, series or `other` stand: positions in the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) key: Model,
    pub(crate) model: Option<u16>,
    pub(crate) single_firmware: Option<u16>,
    /// By destination.
    pub(crate) conversions: [List<u16>; 3],
    pub(crate) gates: [List<u16>; 3],
    pub(crate) advice: [List<u16>; 3],
    pub(crate) target: [Option<u16>; 3],
    pub(crate) licenses: [List<u16>; 3],
}

/// What rows call every Cisco device that no row names.
pub(crate) const OTHER: Model = Model::constant("other");

impl Tables {
    /// The profile of a model: its own, that of its series, or that of every other device.
    pub(crate) fn profile(&self, model: Model) -> Option<&Profile> {
        let find = |key: Model| {
            let index = self.profiles.binary_search_by(|profile| profile.key.cmp(&key)).ok()?;
            Some(&self.profiles[index])
        };
        find(model).or_else(|| model.series().and_then(find)).or_else(|| find(OTHER))
    }

    /// Loads of this family and type, as the book lists them.
    pub(crate) fn loads_of(&self, family: LoadFamily, firmware_type: FirmwareType) -> impl Iterator<Item = &LoadRow> {
        self.loads.iter().filter(move |row| row.load.family() == family && row.load.firmware_type() == firmware_type)
    }

    /// The highest load of this release.
    pub(crate) fn load_of_release(
        &self,
        family: LoadFamily,
        firmware_type: FirmwareType,
        release: Release,
    ) -> Option<LoadName> {
        let loads = self.loads_of(family, firmware_type).map(|row| row.load);
        loads.filter(|load| load.release() == Some(release) && !load.is_engineering_build()).max()
    }

    pub(crate) fn load_server(&self, destination: Destination) -> Option<&str> {
        let row = self.load_servers.iter().find(|row| row.destination == destination)?;
        Some(&row.server)
    }

    pub(crate) fn evidence_rule(&self, means: EvidenceRule) -> Option<&EvidenceRow> {
        self.evidence.iter().find(|row| row.means == means)
    }

    pub(crate) fn disagreement(&self, id: &str) -> Option<&DisagreementRow> {
        self.disagreements.iter().find(|row| row.origin.id == id)
    }
}

/// Position of a destination in the arrays of a profile.
pub(crate) const fn slot(destination: Destination) -> usize {
    match destination {
        Destination::WebexCalling => 0,
        Destination::ThirdParty => 1,
        Destination::UnifiedCm => 2,
    }
}

/// Rows at these positions.
pub(crate) fn at<'a, T>(rows: &'a [T], positions: &'a [u16]) -> impl Iterator<Item = &'a T> + Clone {
    positions.iter().filter_map(move |position| rows.get(usize::from(*position)))
}
