//! The members of an object of JSON.

use std::borrow::Cow;

use super::json::{Json, unquoted};
use super::keys;

/// So many keys of an object are looked at or remembered, where it is recognized as nothing.
pub(super) const KEYS: usize = 20;

/// The value of an object that programs wrap a value in: `{"_value_1": "x", "uuid": "y"}`.
pub(in crate::inventory) fn wrapped(object: &str) -> Option<Cow<'_, str>> {
    members(object).take(KEYS).find_map(|(key, value)| {
        let is_scalar = !value.starts_with(['{', '[']) && value != "null";
        (is_scalar && keys::VALUES.contains(&&*key)).then(|| unquoted(value).unwrap_or(Cow::Borrowed(value)))
    })
}

/// The members of an object, as far as it can be read.
pub(in crate::inventory) fn members(object: &str) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
    let mut json = Json::new(object);
    let mut is_open = json.take(b'{') && json.peek() != Some(b'}');
    std::iter::from_fn(move || {
        let member = is_open.then(|| json.name(1).and_then(|key| Ok((key, json.value(1)?)))).and_then(Result::ok);
        is_open = member.is_some() && json.take(b',');
        member
    })
}

/// The first keys of an object.
pub(super) fn keys_of(object: &str) -> Vec<String> {
    members(object).take(KEYS).map(|(key, _)| key.into_owned()).collect()
}
