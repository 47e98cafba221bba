//! What a model is called, and what is no phone by its name.

use std::fmt;

use super::device_class::NoPhone;
use super::model::{BASE, MARK};
use super::no_phones::{BESIDE_SUMS, FAMILIES, NAMES, NO_PHONES};
use super::{DeviceClass, Model};

impl Model {
    /// The name of the model.
    pub fn as_str(&self) -> &str {
        self.row_of_name().map_or(self.0.as_str(), |row| row.name)
    }

    /// What kind of device it is, if it is no desk phone.
    pub fn device_class(&self) -> Option<DeviceClass> {
        self.no_phone().map(|row| row.class)
    }

    /// Its row, where its name stands in one.
    pub(super) fn row_of_name(&self) -> Option<&'static NoPhone> {
        match *self.0.as_bytes() {
            [MARK, high, low] => NO_PHONES.get((usize::from(high) - 1) * BASE + usize::from(low) - 1),
            _ => None,
        }
    }

    /// The row that says that it is no phone. Names of phones start with a digit, so that they are told at once.
    #[inline(always)]
    pub(crate) fn no_phone(&self) -> Option<&'static NoPhone> {
        match self.0.as_bytes().first() {
            Some(b'0'..=b'9') | None => None,
            Some(_) => self.row_of_name().or_else(|| self.row_of_family()),
        }
    }

    /// `ATA191` is of the family `ATA`.
    #[cold]
    fn row_of_family(&self) -> Option<&'static NoPhone> {
        let is_of = |family: &str| {
            let number = self.0.as_bytes().strip_prefix(family.as_bytes());
            number.and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit)
        };
        let (_, row) = FAMILIES.iter().find(|(family, _)| is_of(family))?;
        NO_PHONES.get(*row)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({})", self.as_str())
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A device by a name that is no product id of a phone: what it is, and its own product id if the text is one.
pub(super) fn by_name(folded: &[u8]) -> Option<(Model, &'static str)> {
    let mut key = [0; 96];
    let mut len = 0;
    for byte in folded.iter().filter(|byte| byte.is_ascii_alphanumeric() || **byte == b'+') {
        *key.get_mut(len)? = *byte;
        len += 1;
    }
    let key = &key[..len];
    // Numbers alone are no names: `Cisco 840` is not `840`.
    let is_name = |key: &&[u8]| !key.iter().all(u8::is_ascii_digit);
    let without_cisco = || key.strip_prefix(b"CISCO").filter(is_name).and_then(find);
    Some(key).filter(is_name).and_then(find).or_else(without_cisco).or_else(|| of_sum(folded))
}

/// A row that adds up a table: `Total: 245`, `Gesamt: 1 Telefon`. Behind a word and a colon any text may stand.
fn of_sum(folded: &[u8]) -> Option<(Model, &'static str)> {
    let colon = folded.iter().position(|byte| *byte == b':');
    colon.and_then(|colon| sum_of_words(&folded[..colon])).or_else(|| sum_of_words(folded))
}

/// So many words may stand beside that of a sum.
const BESIDE_ONE_SUM: usize = 4;

fn sum_of_words(folded: &[u8]) -> Option<(Model, &'static str)> {
    let (mut letters, mut len) = ([0; 96], 0);
    for byte in folded.iter().filter(|byte| byte.is_ascii_alphabetic()) {
        *letters.get_mut(len)? = *byte;
        len += 1;
    }
    let mut letters = &letters[..len];
    for _ in 0..=BESIDE_ONE_SUM {
        let is_sum = |found: &(Model, &str)| found.0.device_class() == Some(DeviceClass::SumRow);
        if let Some(found) = find(letters).filter(is_sum) {
            return Some(found);
        }
        let without = |word: &&str| {
            let word = word.as_bytes();
            letters.strip_suffix(word).or_else(|| letters.strip_prefix(word)).filter(|rest| !rest.is_empty())
        };
        // The longest, for some are a part of others.
        letters = BESIDE_SUMS.iter().filter_map(without).min_by_key(|rest| rest.len())?;
    }
    None
}

/// A device by the key of its name.
fn find(key: &[u8]) -> Option<(Model, &'static str)> {
    let index = NAMES.binary_search_by_key(&key, |(name, _, _)| name.as_bytes()).ok()?;
    NAMES.get(index).map(|(_, model, pid)| (*model, *pid))
}

/// What a name that was read as a model is, if it is no phone: `7915`, `SPA8800`.
#[cold]
pub(super) fn no_phone_of_name(name: &[u8]) -> Option<Model> {
    find(name).map(|(model, _)| model).filter(|model| model.no_phone().is_some())
}

/// The key of a name in the baked table.
#[cfg(all(test, feature = "load"))]
pub(super) fn key_of(name: &str) -> String {
    let name = name.to_ascii_uppercase();
    let key: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '+').collect();
    match key.strip_prefix("CISCO") {
        Some(rest) if !rest.is_empty() && !rest.bytes().all(|byte| byte.is_ascii_digit()) => rest.to_owned(),
        _ => key,
    }
}
