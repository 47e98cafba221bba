//! Answers of AXL as programs keep them: as JSON.

use std::borrow::Cow;

use super::configured_phone::Device;
use super::{Answer, EXPECTED};
use crate::inventory::records::json_text::unquoted;
use crate::inventory::records::members::{members, wrapped};
use crate::inventory::records::own_keys::{is_part, own};
use crate::inventory::records::{Record, RecordKind, Survey, damage, keys, registration_status};
use crate::inventory::{InventoryError, RowProblem, limits, registration};

/// Reads a document that was looked through, as far as it goes.
pub(super) fn read(survey: &Survey<'_>, text: &str, answer: &mut Answer) -> Result<(), InventoryError> {
    if survey.is_answer_of_none(text) {
        answer.note_of_none("the answer");
        return Ok(());
    }
    survey.refuse_others(RecordKind::Axl, EXPECTED).map_err(|error| damage::with_cure(error, text))?;
    let of_others = survey.records.iter().filter(|record| !is_read(record)).count();
    for record in survey.records.iter().filter(|record| is_read(record)) {
        push(record, answer)?;
    }
    survey.short.note().into_iter().for_each(|note| answer.inventory.note(note));
    survey.note_of_unknown(&mut answer.inventory);
    match of_others {
        0 => {}
        1 => answer.inventory.note("1 device of another kind is not read".to_owned()),
        count => answer.inventory.note(format!("{count} devices of other kinds are not read")),
    }
    answer.unread.tell(&mut answer.inventory);
    if let Some(error) = &survey.error {
        answer.inventory.end_at(error.clone());
    }
    Ok(())
}

/// What the caller calls an answer of AXL may lack the keys that tell it from a list of any tool.
fn is_read(record: &Record<'_>) -> bool {
    matches!(record.kind, None | Some(RecordKind::Axl | RecordKind::Flat))
}

fn push(record: &Record<'_>, answer: &mut Answer) -> Result<(), InventoryError> {
    let mut device = Device::default();
    for (key, value) in members(record.text) {
        hear(&mut device, answer, &key, value);
    }
    if let Some(name) = record.name.as_deref().filter(|_| !device.has_name()) {
        device.hear("name", name);
    }
    let problem = record.is_cut.then_some(RowProblem::Cut);
    answer.push(device, record.text, problem)
}

fn hear(device: &mut Device, answer: &mut Answer, key: &str, value: &str) {
    if value == "null" {
        return;
    }
    let is_status = || registration::is_status(own(key).name);
    let text = match value.starts_with('{') {
        true if is_status() => registration_status::within(value),
        true => wrapped(value).or_else(|| name_in(value)),
        false if value.starts_with('[') => None,
        false => Some(unquoted(value).unwrap_or(Cow::Borrowed(value))),
    };
    device.hear_kept(&mut answer.names, key, text.as_deref().unwrap_or(value));
    match text {
        Some(text) if registration_status::answered(own(key).name, &text).is_some() => {
            registration_status::answered(own(key).name, &text)
                .into_iter()
                .for_each(|status| device.hear("status", status));
        }
        Some(text) if text.len() > limits::CELL => device.hear_beginning(key, &limits::beginning(&text), text.len()),
        Some(text) => device.hear(key, &text),
        // A part of the phone under a key of its own.
        None if value.starts_with('{') && !keys::is_identified(value) => {
            let is_own = is_part(key);
            for (key, value) in members(value).filter(|(_, value)| !value.starts_with('[')) {
                let text = if value.starts_with('{') { wrapped(value) } else { unquoted(value) };
                text.into_iter().for_each(|text| match is_own {
                    true => device.hear(&key, &text),
                    false => device.hear_known(&key, &text),
                });
            }
        }
        None => {}
    }
}

/// `{"name": "DP-Main", "uuid": "..."}` in the place of the name itself.
fn name_in(object: &str) -> Option<Cow<'_, str>> {
    let mut members = members(object).take(4);
    let (_, value) = members.find(|(key, _)| key.eq_ignore_ascii_case("name"))?;
    unquoted(value)
}
