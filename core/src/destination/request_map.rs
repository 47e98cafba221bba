//! serde for targets and requests.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Destination, IntoTarget, Request, Target};

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A request as a map; the target may be missing, null or blank.
#[derive(Deserialize)]
#[serde(rename = "Request", deny_unknown_fields)]
pub(crate) struct RequestKeys {
    pub(crate) destination: Destination,
    #[serde(default)]
    pub(crate) target: Option<String>,
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "Request")]
        struct Keys<'a> {
            destination: Destination,
            target: Option<&'a Target>,
        }
        Keys { destination: self.destination(), target: self.chosen_target() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let RequestKeys { destination, target } = RequestKeys::deserialize(deserializer)?;
        let target = target.into_target().map_err(de::Error::custom)?;
        Self::unjudged(destination, target).map_err(de::Error::custom)
    }
}
