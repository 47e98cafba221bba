//! serde for a phone: a map of the fields that anybody said something about, in the texts that were read.
//!
//! A field that was said differently is a list of its sides, as is a product that is known without its text. Whatever a
//! phone holds comes back the same, or is refused when it is written; nothing comes back as something else.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Error, Serialize, Serializer};

use super::{Evidence, Phone, Product, ProductField, Sides};
use crate::text::{FieldText, trim};

/// The keys of a phone; every one may be missing or null.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "Phone", default, deny_unknown_fields)]
#[derive(Default)]
struct Keys<'a> {
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    pid: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    vid: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    mac: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    serial: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    load: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    release: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    firmware_type: Said<'a>,
    #[serde(borrow, skip_serializing_if = "Said::is_nothing")]
    authorization: Said<'a>,
}

/// What a map says of one field.
#[derive(Default)]
enum Said<'a> {
    #[default]
    Nothing,
    Text(Cow<'a, str>),
    Sides(Vec<SideKeys<'a>>),
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "Side", deny_unknown_fields)]
struct SideKeys<'a> {
    #[serde(borrow)]
    value: Cow<'a, str>,
    #[serde(borrow, default)]
    place: Cow<'a, str>,
}

impl Said<'_> {
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    fn evidence<T: FieldText + PartialEq>(self) -> Evidence<'static, T> {
        match self {
            Self::Nothing => Evidence::Absent,
            Self::Text(text) => text.into_owned().into(),
            Self::Sides(sides) => {
                Evidence::said(sides.into_iter().map(|side| (side.value.into_owned(), side.place.into_owned())))
            }
        }
    }

    fn product(self) -> ProductField<'static> {
        match self {
            Self::Text(text) => text.into_owned().into(),
            other => other.evidence::<Product>().into(),
        }
    }
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Sides(sides) => sides.serialize(serializer),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Said<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SaidVisitor)
    }
}

struct SaidVisitor;

impl<'de> Visitor<'de> for SaidVisitor {
    type Value = Said<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, null, or a list of what was said, each with `value` and `place`")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Said::Nothing)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Said::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Said::deserialize(deserializer)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Said::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Said::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sides: A) -> Result<Self::Value, A::Error> {
        let mut said = Vec::new();
        while let Some(side) = sides.next_element()? {
            said.push(side);
        }
        Ok(Said::Sides(said))
    }
}

impl<'de> Deserialize<'de> for Phone<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::deserialize(deserializer)?;
        Ok(Phone::new(keys.pid.product())
            .vid(keys.vid.evidence())
            .mac(keys.mac.evidence())
            .serial(keys.serial.evidence())
            .load(keys.load.evidence())
            .release(keys.release.evidence())
            .firmware_type(keys.firmware_type.evidence())
            .authorization(keys.authorization.evidence()))
    }
}

/// A map of the fields that anybody said something about. It is refused if evidence was put together by hand that no text
/// gives: a text marked unreadable that can be read, or a product that is known with more than its name says, without the
/// text that says it.
impl Serialize for Phone<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = Keys {
            pid: said_of_product(self)?,
            vid: said("vid", &self.vid)?,
            mac: said("mac", &self.mac)?,
            serial: said("serial", &self.serial)?,
            load: said("load", &self.load)?,
            release: said("release", &self.release)?,
            firmware_type: said("firmware_type", &self.firmware_type)?,
            authorization: said("authorization", &self.authorization)?,
        };
        keys.serialize(serializer)
    }
}

fn said<'e, T, E>(key: &str, evidence: &'e Evidence<'_, T>) -> Result<Said<'e>, E>
where
    T: FieldText + PartialEq + fmt::Display,
    E: Error,
{
    match evidence {
        Evidence::Absent => Ok(Said::Nothing),
        Evidence::Unreadable(text) => unreadable::<T, E>(key, text),
        Evidence::Contradictory(sides) => Ok(all_sides(sides)),
        Evidence::Known(value) => Ok(Said::Text(value.to_string().into())),
    }
}

fn said_of_product<'p, E: Error>(phone: &'p Phone<'_>) -> Result<Said<'p>, E> {
    match (&phone.product, phone.product_text()) {
        (Evidence::Absent, _) => Ok(Said::Nothing),
        (Evidence::Contradictory(sides), _) => Ok(all_sides(sides)),
        (Evidence::Known(_), Some(text)) => Ok(Said::Text(text.into())),
        (Evidence::Unreadable(text), _) => unreadable::<Product, E>("pid", text),
        (Evidence::Known(product), None) => {
            let name = product.pid().map_or_else(|| product.model().to_string(), |pid| pid.to_string());
            match Product::read(name.as_bytes()) {
                Ok(read) if read == *product => {
                    Ok(Said::Sides(vec![SideKeys { value: name.into(), place: Cow::Borrowed("") }]))
                }
                _ => {
                    Err(E::custom(format!("pid: the product {name} says more than its name, and its text is missing")))
                }
            }
        }
    }
}

fn unreadable<'e, T: FieldText, E: Error>(key: &str, text: &'e str) -> Result<Said<'e>, E> {
    if T::read(text.as_bytes()).is_ok() || trim(text).is_empty() {
        return Err(E::custom(format!("{key}: a text that can be read is marked as unreadable: {text:?}")));
    }
    Ok(Said::Text(text.into()))
}

fn all_sides<'s, T>(sides: &'s Sides<'_, T>) -> Said<'s> {
    let keys = sides.iter().map(|side| SideKeys { value: side.text().into(), place: side.place().into() });
    Said::Sides(keys.collect())
}
