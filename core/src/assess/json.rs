//! The assessment as JSON, `crossgrade.assessment/1`; docs/assessment.schema.json describes it.

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::{Assessment, Contradiction, ContradictorySide, Finding, FirmwareToInstall, Gate, License, PhoneRead};
use crate::rulebook::json::BookKeys;

const SCHEMA: &str = "crossgrade.assessment/1";

impl Assessment<'_> {
    /// The answer as compact JSON, byte for byte the same in every language.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Phone, assess};
    ///
    /// let json = assess(&Phone::new("CP-8841-K9="), Destination::WebexCalling).to_json();
    /// assert!(json.starts_with(r#"{"schema":"crossgrade.assessment/1","rulebook":{"edition":"guide","#));
    /// ```
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no text, and failing writers, can fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The keys, in the order in which they are printed.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rulebook: BookKeys<'a>,
    phone: PhoneKeys<'a>,
    destination: &'static str,
    direction: &'static str,
    target: Option<String>,
    verdict: &'static str,
    findings: Vec<FindingKeys<'a>>,
    gates: Vec<GateKeys<'a>>,
    firmware: Option<FirmwareKeys<'a>>,
    license: Option<LicenseKeys<'a>>,
}

/// What was read of the phone, then what was said differently.
#[derive(Serialize)]
struct PhoneKeys<'a> {
    #[serde(flatten)]
    read: PhoneRead,
    contradictions: Vec<Contradiction<'a>>,
}

impl Serialize for Contradiction<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Contradiction", 2)?;
        keys.serialize_field("field", self.field().as_str())?;
        keys.serialize_field("sides", self.sides())?;
        keys.end()
    }
}

impl Serialize for ContradictorySide<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("ContradictorySide", 3)?;
        keys.serialize_field("said_by", self.said_by().as_str())?;
        keys.serialize_field("value", self.value())?;
        keys.serialize_field("place", &self.place())?;
        keys.end()
    }
}

#[derive(Serialize)]
struct FindingKeys<'a> {
    code: &'static str,
    name: &'static str,
    effect: &'static str,
    rule: Option<&'a str>,
    evidence: Vec<&'static str>,
    message: String,
    remedy: &'static str,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct GateKeys<'a> {
    on: &'static str,
    firmware_type: &'static str,
    minimum: String,
    actual: Option<String>,
    status: &'static str,
    rule: &'a str,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct FirmwareKeys<'a> {
    firmware_type: &'static str,
    release: Option<String>,
    load: Option<String>,
    file: Option<String>,
    load_server: Option<&'a str>,
}

#[derive(Serialize)]
struct LicenseKeys<'a> {
    need: &'static str,
    sku: Option<&'a str>,
    service_sku: Option<&'a str>,
    file: Option<String>,
}

impl Serialize for Assessment<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = Document {
            schema: SCHEMA,
            rulebook: self.rulebook().into(),
            phone: PhoneKeys { read: self.phone_read(), contradictions: self.contradictions() },
            destination: self.request().destination().as_str(),
            direction: self.request().destination().direction().as_str(),
            target: self.request().chosen_target().map(ToString::to_string),
            verdict: self.verdict().as_str(),
            findings: self.findings().map(FindingKeys::from).collect(),
            gates: self.gates().map(GateKeys::from).collect(),
            firmware: self.firmware().map(FirmwareKeys::from),
            license: self.license().map(LicenseKeys::from),
        };
        document.serialize(serializer)
    }
}

impl<'a> From<Finding<'a>> for FindingKeys<'a> {
    fn from(finding: Finding<'a>) -> Self {
        Self {
            code: finding.code().as_str(),
            name: finding.code().name(),
            effect: finding.effect().as_str(),
            rule: finding.rule(),
            evidence: finding.evidence().iter().map(|field| field.as_str()).collect(),
            message: finding.message(),
            remedy: finding.remedy(),
            sources: finding.sources().collect(),
        }
    }
}

impl<'a> From<Gate<'a>> for GateKeys<'a> {
    fn from(gate: Gate<'a>) -> Self {
        Self {
            on: gate.on().as_str(),
            firmware_type: gate.firmware_type().as_str(),
            minimum: gate.minimum().to_string(),
            actual: gate.actual().map(|actual| actual.to_string()),
            status: gate.status().as_str(),
            rule: gate.rule(),
            sources: gate.sources().collect(),
        }
    }
}

impl<'a> From<FirmwareToInstall<'a>> for FirmwareKeys<'a> {
    fn from(firmware: FirmwareToInstall<'a>) -> Self {
        Self {
            firmware_type: firmware.firmware_type().as_str(),
            release: firmware.release().map(|release| release.to_string()),
            load: firmware.load().map(|load| load.to_string()),
            file: firmware.file(),
            load_server: firmware.load_server(),
        }
    }
}

impl<'a> From<License<'a>> for LicenseKeys<'a> {
    fn from(license: License<'a>) -> Self {
        Self {
            need: license.need().as_str(),
            sku: license.sku(),
            service_sku: license.service_sku(),
            file: license.file(),
        }
    }
}
