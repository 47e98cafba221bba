//! The members of an object of JSON.

use std::borrow::Cow;

use super::json_text::{Json, unquoted};

/// Keys under which the value of the key around them stands: programs keep attributes beside it.
pub(in crate::inventory) const VALUES: &[&str] = &["_value_1", "value", "#text", "$", "_"];

/// So many keys of an object are looked at or remembered, where it is recognized as nothing.
pub(super) const KEYS: usize = 20;

/// The value of an object that programs wrap a value in: `{"_value_1": "x", "uuid": "y"}`. PowerShell tells a word and its
/// number, `{"value": 2, "Value": "Registered"}`, of which the word counts.
pub(in crate::inventory) fn wrapped(object: &str) -> Option<Cow<'_, str>> {
    let is_value = |key: &str| VALUES.iter().any(|known| known.eq_ignore_ascii_case(key));
    let texts = || members(object).take(KEYS).filter(|(key, _)| is_value(key)).filter_map(|(_, value)| scalar(value));
    texts().find(|text| !is_number(text)).or_else(|| texts().next())
}

pub(in crate::inventory) fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text of a value that is no object and no list of several; nothing of null.
pub(in crate::inventory) fn scalar(value: &str) -> Option<Cow<'_, str>> {
    match value.as_bytes().first() {
        Some(b'{') => None,
        Some(b'[') => only(value).and_then(scalar),
        _ if value == "null" => None,
        _ => Some(unquoted(value).unwrap_or(Cow::Borrowed(value))),
    }
}

/// The only entry of a list, if it is no list and no object itself.
fn only(list: &str) -> Option<&str> {
    let mut json = Json::new(list);
    if !json.take(b'[') || matches!(json.peek(), Some(b'[' | b'{' | b']')) {
        return None;
    }
    let value = json.value(1).ok()?;
    json.take(b']').then_some(value)
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
