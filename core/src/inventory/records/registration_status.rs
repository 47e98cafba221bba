//! What a record says of a registration, in whatever way programs write it, in words of RisPort.

use std::borrow::Cow;

use super::keys::{self, is_of};
use super::members::{KEYS, VALUES, is_number, members, scalar};
use crate::inventory::folded_header::folded;
use crate::inventory::registration;

/// `Registered` or `UnRegistered`, where a key asks whether a phone is registered and this is the answer.
pub(in crate::inventory) fn answered(key: &str, answer: &str) -> Option<&'static str> {
    if registration::is_status(key) {
        return None;
    }
    match registration::is_registered(key, answer)? {
        true => is_of(&folded(key), keys::REGISTERED).then_some("Registered"),
        false => Some("UnRegistered"),
    }
}

/// The status that an object says which stands under the key of one: `{"registered": false}`, `{"state": "UnRegistered"}`.
pub(in crate::inventory) fn within(object: &str) -> Option<Cow<'_, str>> {
    let said = || members(object).take(KEYS).filter_map(|(key, value)| Some((key, scalar(value)?)));
    let is_status = |key: &str| {
        let folded = folded(key);
        registration::is_status(key) || is_of(&folded, keys::STATUS_WITHIN) || VALUES.contains(&key)
    };
    let texts = || said().filter(|(key, _)| is_status(key)).map(|(_, text)| text);
    let answered = said().find_map(|(key, text)| answered(&key, &text)).map(Cow::Borrowed);
    answered.or_else(|| texts().find(|text| !is_number(text))).or_else(|| texts().next())
}
