//! An answer and its parts as they are serialized, `crossgrade.assessment/1`; docs/assessment.schema.json describes it.

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::{
    Assessment, Contradiction, ContradictorySide, Finding, FirmwareToInstall, Gate, License, PhoneRead, Verdict,
};
use crate::destination::{Destination, Direction, Target};
use crate::rulebook::book_keys::BookKeys;

const SCHEMA: &str = "crossgrade.assessment/1";

/// The keys, in the order in which they are printed.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rulebook: BookKeys<'a>,
    phone: PhoneKeys<'a>,
    destination: Destination,
    direction: Direction,
    target: Option<&'a Target>,
    verdict: Verdict,
    findings: Vec<Finding<'a>>,
    gates: Vec<Gate<'a>>,
    firmware: Option<FirmwareToInstall<'a>>,
    license: Option<License<'a>>,
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

impl Serialize for Assessment<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = Document {
            schema: SCHEMA,
            rulebook: self.rulebook().into(),
            phone: PhoneKeys { read: self.phone_read(), contradictions: self.contradictions() },
            destination: self.request().destination(),
            direction: self.request().destination().direction(),
            target: self.request().chosen_target(),
            verdict: self.verdict(),
            findings: self.findings().collect(),
            gates: self.gates().collect(),
            firmware: self.firmware(),
            license: self.license(),
        };
        document.serialize(serializer)
    }
}

impl Serialize for Finding<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Finding", 8)?;
        keys.serialize_field("code", self.code().as_str())?;
        keys.serialize_field("name", self.code().name())?;
        keys.serialize_field("effect", &self.effect())?;
        keys.serialize_field("rule", &self.rule())?;
        keys.serialize_field("evidence", self.evidence())?;
        keys.serialize_field("message", &self.message())?;
        keys.serialize_field("remedy", self.remedy())?;
        keys.serialize_field("sources", &self.sources().collect::<Vec<_>>())?;
        keys.end()
    }
}

impl Serialize for Gate<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Gate", 7)?;
        keys.serialize_field("on", &self.on())?;
        keys.serialize_field("firmware_type", &self.firmware_type())?;
        keys.serialize_field("minimum", &self.minimum())?;
        keys.serialize_field("actual", &self.actual())?;
        keys.serialize_field("status", &self.status())?;
        keys.serialize_field("rule", self.rule())?;
        keys.serialize_field("sources", &self.sources().collect::<Vec<_>>())?;
        keys.end()
    }
}

impl Serialize for FirmwareToInstall<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("FirmwareToInstall", 5)?;
        keys.serialize_field("firmware_type", &self.firmware_type())?;
        keys.serialize_field("release", &self.release())?;
        keys.serialize_field("load", &self.load())?;
        keys.serialize_field("file", &self.file())?;
        keys.serialize_field("load_server", &self.load_server())?;
        keys.end()
    }
}

impl Serialize for License<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("License", 4)?;
        keys.serialize_field("need", &self.need())?;
        keys.serialize_field("sku", &self.sku())?;
        keys.serialize_field("service_sku", &self.service_sku())?;
        keys.serialize_field("file", &self.file())?;
        keys.end()
    }
}
