//! A summary as it is serialized: the keys of `Summary.to_dict()` in Python, in its order.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::audit_report::VERDICTS;
use super::{LicenseCount, Summary, VerdictCounts};
use crate::assess::{Code, Effect};
use crate::phone::Model;
use crate::rulebook::book_keys::BookKeys;

/// A map of all verdicts, in the order in which a person reads them.
impl Serialize for VerdictCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(VERDICTS.map(|verdict| (verdict, self.of(verdict))))
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let models: Vec<_> = self.models().iter().map(|(model, counts)| ModelKeys(model, *counts)).collect();
        let findings: Vec<_> =
            self.findings().iter().map(|((code, effect), phones)| FindingKeys(*code, *effect, *phones)).collect();
        let licenses: Vec<_> = self.licenses().iter().map(|(sku, count)| LicenseKeys(sku, count)).collect();
        let mut keys = serializer.serialize_struct("Summary", 15)?;
        keys.serialize_field("rulebook", &BookKeys::from(self.rulebook()))?;
        keys.serialize_field("destination", &self.request().destination())?;
        keys.serialize_field("target", &self.request().chosen_target())?;
        keys.serialize_field("phones", &self.verdicts().total())?;
        keys.serialize_field("verdicts", &self.verdicts())?;
        keys.serialize_field("models", &models)?;
        keys.serialize_field("not_a_phone", &self.not_a_phone())?;
        keys.serialize_field("no_phones", self.no_phones())?;
        keys.serialize_field("findings", &findings)?;
        keys.serialize_field("licenses", &licenses)?;
        keys.serialize_field("license_needs", self.license_needs())?;
        keys.serialize_field("loads", self.loads())?;
        keys.serialize_field("install_first", self.loads_to_install_first())?;
        keys.serialize_field("without_load", &self.without_load())?;
        keys.serialize_field("missing_evidence", &Printed(self.missing_evidence()))?;
        keys.end()
    }
}

/// The model, which is null where nobody can read it, and beside it the verdicts.
struct ModelKeys<'a>(&'a Option<Model>, VerdictCounts);

impl Serialize for ModelKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_map(Some(1 + VERDICTS.len()))?;
        keys.serialize_entry("model", self.0)?;
        VERDICTS.iter().try_for_each(|verdict| keys.serialize_entry(verdict, &self.1.of(*verdict)))?;
        keys.end()
    }
}

struct FindingKeys(Code, Effect, usize);

impl Serialize for FindingKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("FindingCount", 4)?;
        keys.serialize_field("code", &self.0)?;
        keys.serialize_field("name", self.0.name())?;
        keys.serialize_field("effect", &self.1)?;
        keys.serialize_field("phones", &self.2)?;
        keys.end()
    }
}

struct LicenseKeys<'a>(&'a str, &'a LicenseCount);

impl Serialize for LicenseKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let LicenseCount { service_sku, eligible, unknown, not_needed } = self.1;
        let mut keys = serializer.serialize_struct("LicenseCount", 5)?;
        keys.serialize_field("sku", self.0)?;
        keys.serialize_field("service_sku", service_sku)?;
        keys.serialize_field("eligible", eligible)?;
        keys.serialize_field("unknown", unknown)?;
        keys.serialize_field("not_needed", not_needed)?;
        keys.end()
    }
}

/// A map whose keys are printed.
struct Printed<'a, K>(&'a BTreeMap<K, usize>);

impl<K: Display> Serialize for Printed<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, phones)| (key.to_string(), phones)))
    }
}
