//! serde for a phone: a map of the fields that anybody said something about, in the texts that were read.

use serde::de::{Deserialize, Deserializer};

use super::Phone;

/// The keys of a phone; every one may be missing or null.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    #[serde(default)]
    pid: Option<String>,
    #[serde(default)]
    vid: Option<String>,
    #[serde(default)]
    mac: Option<String>,
    #[serde(default)]
    serial: Option<String>,
    #[serde(default)]
    load: Option<String>,
    #[serde(default)]
    release: Option<String>,
    #[serde(default)]
    firmware_type: Option<String>,
    #[serde(default)]
    authorization: Option<String>,
}

impl<'de> Deserialize<'de> for Phone<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::deserialize(deserializer)?;
        let phone = Phone::new(keys.pid.as_deref())
            .vid(keys.vid.as_deref())
            .mac(keys.mac.as_deref())
            .serial(keys.serial.as_deref())
            .load(keys.load.as_deref())
            .release(keys.release.as_deref())
            .firmware_type(keys.firmware_type.as_deref())
            .authorization(keys.authorization.as_deref());
        Ok(phone.into_owned())
    }
}
