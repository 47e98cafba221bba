//! One walk through a document of JSON that finds its records, and tells what each of them is.

use std::borrow::Cow;

use super::json::{Json, unquoted};
use super::judge::{RecordKind, Traits};
use super::keys::{self, is_of};
use crate::inventory::field::folded;
use crate::inventory::short_entries::ShortEntries;
use crate::inventory::{ChosenColumn, Inventory, InventoryError, limits};
use crate::text::{Shown, ShownNames};

/// So many keys of records are remembered that are recognized as nothing.
const KEYS: usize = 20;

/// An object, or another entry of a list, that is a row.
#[derive(Debug, Clone)]
pub(in crate::inventory) struct Record<'t> {
    /// What it is; nothing if it stands among records and is none.
    pub(in crate::inventory) kind: Option<RecordKind>,
    /// All of it.
    pub(in crate::inventory) text: &'t str,
    /// Where it begins.
    pub(super) at: usize,
    /// The key that it stands under, where that is the name of a device.
    pub(in crate::inventory) name: Option<Cow<'t, str>>,
    /// The document ends or breaks within it.
    pub(in crate::inventory) is_cut: bool,
    /// Some value of it reads as that of a device.
    is_sure: bool,
    /// Around it are only lists and `items`.
    is_plain: bool,
    /// It is known by a name alone, as devices of RisPort are.
    is_named_alone: bool,
}

impl<'t> Record<'t> {
    fn other(text: &'t str, at: usize, is_cut: bool) -> Self {
        Self { kind: None, text, at, name: None, is_cut, is_sure: false, is_plain: true, is_named_alone: false }
    }
}

/// What stands in a document.
#[derive(Debug, Default)]
pub(in crate::inventory) struct Survey<'t> {
    /// The records in their order.
    pub(in crate::inventory) records: Vec<Record<'t>>,
    /// Short entries of lists of records.
    pub(in crate::inventory) short: ShortEntries,
    /// The greatest number of devices that the document says it has, and the key that says so.
    pub(in crate::inventory) count: Option<(String, u64)>,
    /// Keys of objects that are recognized as nothing.
    pub(in crate::inventory) unknown_keys: Vec<String>,
    /// Why nothing more is read.
    pub(in crate::inventory) error: Option<InventoryError>,
    /// Some key is one that stands around devices of RisPort, or of Webex.
    pub(in crate::inventory) is_like_risport: bool,
    pub(in crate::inventory) is_like_webex: bool,
    /// Some key is that of an answer of AXL.
    pub(in crate::inventory) is_like_axl: bool,
    /// Lists of an answer of RisPort are in it: what has no other keys is of it too.
    has_risport: bool,
    /// Records that may be devices: they count if there are no others.
    candidates: Vec<Record<'t>>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    level: usize,
    key: Option<&'p str>,
    in_risport: bool,
    /// Around it are only lists and `items`.
    is_plain: bool,
}

/// What was found of a value.
enum Seen<'t> {
    /// Nothing that is told, or what is told already.
    Done,
    /// An object that is no record by itself.
    Open(Box<Traits>, Record<'t>),
    /// Another value.
    Other(Record<'t>),
}

impl<'t> Survey<'t> {
    /// Looks through a document, as far as it can be read.
    pub(in crate::inventory) fn of(text: &'t str) -> Self {
        Self::with(text, &[])
    }

    /// The same; objects that have one of the columns that the caller chose are devices, whatever else they say.
    pub(in crate::inventory) fn with(text: &'t str, chosen: &[ChosenColumn]) -> Self {
        let survey = Survey::default();
        let mut walk = Walk { json: Json::new(text), survey, chosen, cut_part: None };
        let place = Place { level: 0, key: None, in_risport: false, is_plain: true };
        while walk.json.peek().is_some() {
            if let Err(error) = walk.top(place) {
                walk.survey.error = Some(error);
                break;
            }
        }
        let mut survey = walk.survey;
        if survey.records.iter().all(|record| record.kind.is_none()) {
            let candidates = std::mem::take(&mut survey.candidates).into_iter();
            survey.records.extend(candidates.map(|record| Record { kind: Some(RecordKind::Flat), ..record }));
        }
        if survey.has_risport {
            let is_of_answer =
                |record: &&mut Record<'_>| record.is_named_alone && record.kind == Some(RecordKind::Flat);
            survey.records.iter_mut().filter(is_of_answer).for_each(|record| record.kind = Some(RecordKind::Risport));
        }
        survey.records.sort_by_key(|record| record.at);
        survey
    }

    /// The kinds of the records, in the order in which they come first.
    pub(in crate::inventory) fn kinds(&self) -> Vec<RecordKind> {
        let mut kinds = Vec::new();
        for kind in self.records.iter().filter_map(|record| record.kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// Refuses a document that the caller calls an answer of this kind, if it has devices of others alone.
    ///
    /// # Errors
    /// [`InventoryError::OtherThing`], which says what it is; and what ends the reading before the first record.
    pub(in crate::inventory) fn refuse_others(
        &self,
        kind: RecordKind,
        expected: &'static str,
    ) -> Result<(), InventoryError> {
        let is_read = |record: &&Record<'_>| record.kind.is_some_and(|of| of == kind || of == RecordKind::Flat);
        if self.records.iter().any(|record| is_read(&record)) {
            return Ok(());
        }
        if let Some(of) = self.kinds().first() {
            return Err(InventoryError::OtherThing { found: of.as_str().to_owned(), expected });
        }
        match &self.error {
            Some(error) => Err(error.clone()),
            None => Err(self.nothing(expected)),
        }
    }

    /// Whether it is an answer that has no devices, and says so.
    #[cfg(feature = "xml")]
    pub(in crate::inventory) fn is_answer_of_none(&self, text: &str) -> bool {
        let is_around = |key: &String| is_of(&folded(key), keys::AROUND_AXL) || folded(key).ends_with("envelope");
        self.records.is_empty()
            && self.error.is_none()
            && (self.is_like_axl && self.unknown_keys.iter().all(is_around) || self.is_empty_list(text))
    }

    /// Whether there is nothing but empty lists.
    #[cfg(feature = "xml")]
    pub(in crate::inventory) fn is_empty_list(&self, text: &str) -> bool {
        let is_of_lists = |letter: char| matches!(letter, '[' | ']' | '\u{feff}') || letter.is_whitespace();
        self.unknown_keys.is_empty() && text.chars().all(is_of_lists)
    }

    /// What a document is that has no record of a device.
    pub(in crate::inventory) fn nothing(&self, expected: &'static str) -> InventoryError {
        let keys = |keys: &[String]| match keys {
            [] => String::new(),
            keys => format!("; its keys are {}", ShownNames(keys)),
        };
        let found = match &self.count {
            Some((key, count)) if *count > 0 => {
                format!("an answer that says {key}: {count} and has no device that is read{}", keys(&self.unknown_keys))
            }
            _ => format!("JSON without a word about a device{}", keys(&self.unknown_keys)),
        };
        InventoryError::OtherThing { found, expected }
    }

    /// Tells of what is recognized as nothing by which keys it has.
    pub(in crate::inventory) fn note_of_unknown(&self, inventory: &mut Inventory) {
        if !self.unknown_keys.is_empty() && self.records.iter().any(|record| record.kind.is_none()) {
            inventory.note(format!("records that are no devices have the keys {}", ShownNames(&self.unknown_keys)));
        }
    }

    /// Whether the devices of Webex, or those that the caller calls so, stand where the service puts none.
    #[cfg(feature = "webex")]
    pub(in crate::inventory) fn has_webex_elsewhere(&self) -> bool {
        let is_read = |record: &&Record<'_>| matches!(record.kind, Some(RecordKind::Webex | RecordKind::Flat));
        let mut records = self.records.iter().filter(is_read).peekable();
        records.peek().is_some()
            && (self.records.iter().any(|record| record.kind == Some(RecordKind::Webex) && !record.is_plain)
                || records.all(|record| !record.is_plain))
    }

    /// Of a device, its lines and the like are no devices unless they say so.
    fn drop_unsure(&mut self, records: usize, candidates: usize) {
        self.candidates.truncate(candidates);
        let inner = self.records.split_off(records.min(self.records.len()));
        let is_device = |record: &Record<'_>| record.is_sure || !matches!(record.kind, None | Some(RecordKind::Flat));
        self.records.extend(inner.into_iter().filter(is_device));
    }

    fn unknown(&mut self, keys: &[String]) {
        for key in keys {
            if self.unknown_keys.len() < KEYS && !self.unknown_keys.contains(key) {
                self.unknown_keys.push(key.clone());
            }
        }
    }
}

struct Walk<'t, 'c> {
    json: Json<'t>,
    survey: Survey<'t>,
    chosen: &'c [ChosenColumn],
    /// What may be a part of the device around it, where the document ends within it.
    cut_part: Option<(Box<Traits>, Record<'t>)>,
}

impl<'t> Walk<'t, '_> {
    /// A value that stands by itself.
    fn top(&mut self, place: Place<'_>) -> Result<(), InventoryError> {
        match self.value(place)? {
            Seen::Open(traits, record) if traits.has_product => self.survey.candidates.push(record),
            Seen::Open(_, record) => self.survey.unknown(&keys_of(record.text)),
            Seen::Other(_) | Seen::Done => {}
        }
        Ok(())
    }

    fn value(&mut self, place: Place<'_>) -> Result<Seen<'t>, InventoryError> {
        match self.json.peek() {
            Some(b'{') => self.object(place),
            Some(b'[') => self.list(place),
            Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let at = self.json.at();
                let text = self.json.value(place.level)?;
                Ok(Seen::Other(Record::other(text, at, false)))
            }
            _ => Err(self.json.broken("a value")),
        }
    }

    fn within(&self, level: usize) -> Result<(), InventoryError> {
        match level {
            ..=limits::DEPTH => Ok(()),
            found => {
                let (what, limit) = ("values within values", limits::DEPTH as u64);
                Err(InventoryError::TooMuch { what, line: self.json.line(), found: found as u64, limit })
            }
        }
    }

    fn list(&mut self, place: Place<'_>) -> Result<Seen<'t>, InventoryError> {
        let (at, level) = (self.json.at(), place.level + 1);
        self.within(level)?;
        self.json.expect(b'[', "a list")?;
        let before = self.survey.records.len();
        let mut others = Vec::new();
        let outcome = self.list_items(Place { level, key: None, ..place }, &mut others);
        let has_records = self.survey.records.get(before..).is_some_and(|new| new.iter().any(|new| new.kind.is_some()));
        for (record, may_be_device) in others {
            let is_short = !self.survey.short.is_row(if has_records { record.text.len() } else { usize::MAX });
            if is_short {
                continue;
            }
            match (has_records, may_be_device) {
                (true, _) => self.survey.records.push(record),
                (false, true) => self.survey.candidates.push(record),
                (false, false) => {}
            }
        }
        outcome?;
        let text = self.json.since(at);
        Ok(if text.len() > 2 { Seen::Done } else { Seen::Other(Record::other(text, at, false)) })
    }

    fn list_items(&mut self, place: Place<'_>, others: &mut Vec<(Record<'t>, bool)>) -> Result<(), InventoryError> {
        if self.json.take(b']') {
            return Ok(());
        }
        let mut keys = Vec::new();
        loop {
            let (begin, known) = (self.json.at(), self.survey.records.len());
            match self.value(place) {
                Ok(Seen::Done) => {}
                Ok(Seen::Other(record)) => others.push((record, false)),
                Ok(Seen::Open(traits, record)) => {
                    let may_be_device = traits.may_be_device();
                    if !may_be_device && keys.len() < KEYS {
                        keys.extend(self::keys_of(record.text));
                    }
                    others.push((record, may_be_device));
                }
                Err(error) => {
                    let is_told = self.survey.records.len() > known;
                    if !is_told && !matches!(error, InventoryError::TooMuch { .. }) {
                        let text = self.json.since(begin);
                        others.push((Record::other(text, begin, true), false));
                    }
                    self.survey.unknown(&keys);
                    return Err(error);
                }
            }
            if !self.json.take(b',') {
                self.survey.unknown(&keys);
                return self.json.expect(b']', "a comma or the end of the list");
            }
        }
    }

    fn object(&mut self, place: Place<'_>) -> Result<Seen<'t>, InventoryError> {
        self.within(place.level + 1)?;
        self.json.peek();
        let at = self.json.at();
        let name = place.key.filter(|key| keys::is_device_name(key)).map(|key| Cow::Owned(key.to_owned()));
        let mut traits = Traits::under(name.as_deref());
        if place.in_risport {
            traits.in_risport();
        }
        let (before, candidates) = (self.survey.records.len(), self.survey.candidates.len());
        let mut inner = Vec::new();
        let outcome = self.members(place, &mut traits, &mut inner);
        let parts = || inner.iter().map(|(part, _)| part).filter(|part: &&Box<Traits>| !part.has_own_identity());
        // Several parts that are devices by themselves are several devices.
        if traits.is_identified() && parts().filter(|part| part.kind().is_some()).count() < 2 {
            parts().for_each(|part| traits.take_over(part));
        }
        let text = self.json.since(at);
        let kind = traits.kind();
        let mut record = Record {
            kind,
            text,
            at,
            name,
            is_cut: outcome.is_err(),
            is_sure: traits.is_sure,
            is_plain: place.is_plain,
            is_named_alone: traits.is_named_alone(),
        };
        let has_inner = self.survey.records.len() > before;
        // What has no name may be a part of what is around it.
        let is_part = !traits.has_own_identity() && place.key.is_some() && !has_inner;
        let is_wrapper = has_inner && kind == Some(RecordKind::Flat) && !traits.is_sure;
        if kind.is_some() && !is_part && !is_wrapper {
            self.survey.drop_unsure(before, candidates);
            self.survey.records.push(record);
            return outcome.map(|()| Seen::Done);
        }
        if is_part {
            let part = (Box::new(traits), record);
            return match outcome {
                Ok(()) => Ok(Seen::Open(part.0, part.1)),
                Err(error) => {
                    self.cut_part = Some(part);
                    Err(error)
                }
            };
        }
        record.kind = None;
        // Programs put devices under keys of their own: `{"phone": {...}, "ris": {...}}`.
        for (part, record) in inner {
            if record.kind.is_some() {
                self.survey.records.push(record);
            } else if part.has_product {
                self.survey.candidates.push(record);
            }
        }
        outcome?;
        let is_told = self.survey.records.len() > before;
        Ok(if is_told { Seen::Done } else { Seen::Open(Box::new(traits), record) })
    }

    fn members(
        &mut self,
        place: Place<'_>,
        traits: &mut Traits,
        inner: &mut Vec<(Box<Traits>, Record<'t>)>,
    ) -> Result<(), InventoryError> {
        let level = place.level + 1;
        self.json.expect(b'{', "an object")?;
        if self.json.take(b'}') {
            return Ok(());
        }
        loop {
            let key = self.json.name(level)?;
            let folded = folded(&key);
            self.survey.is_like_risport |= is_of(&folded, keys::AROUND_RISPORT);
            self.survey.has_risport |= is_of(&folded, keys::LISTS_OF_RISPORT);
            self.survey.is_like_axl |=
                folded == "return" || keys::ANSWERS_OF_AXL.iter().any(|answer| folded.ends_with(answer));
            self.survey.is_like_webex |= is_of(&folded, keys::AROUND_WEBEX);
            let is_entry = || folded == "item" || keys::is_device_name(&key);
            let in_risport = folded == keys::DEVICES_OF_RISPORT || place.in_risport && is_entry();
            let is_plain = place.is_plain && key == "items";
            // A value that stands in a wrapper is that of the key around it.
            let is_wrapped = keys::VALUES.contains(&&*key);
            let value = self.value(Place { level, key: Some(&key), in_risport, is_plain });
            inner.extend(self.cut_part.take());
            match value? {
                Seen::Other(record) => {
                    let text = unquoted(record.text).unwrap_or(Cow::Borrowed(record.text));
                    let text = Some(&*text).filter(|text| !matches!(*text, "null" | "[]" | "{}"));
                    traits.hear(&key, text.filter(|text| text.len() <= limits::CELL));
                    self.hear_count(&folded, &key, text);
                    if is_wrapped && let (Some(around), Some(text)) = (place.key, text) {
                        traits.hear(around, Some(text));
                    }
                }
                Seen::Open(part, record) => {
                    traits.hear(
                        &key,
                        Some(record.text).filter(|text| text.len() <= limits::CELL).and_then(wrapped).as_deref(),
                    );
                    inner.push((part, record));
                }
                Seen::Done => traits.hear(&key, None),
            }
            traits.is_sure |= self.chosen.iter().any(|chosen| chosen.is_of(&key));
            if !self.json.take(b',') {
                return self.json.expect(b'}', "a comma or the end of the object");
            }
        }
    }

    /// A member may say how many devices there are.
    fn hear_count(&mut self, folded: &str, key: &str, text: Option<&str>) {
        let Some(count) = text.filter(|_| is_of(folded, keys::COUNTS)).and_then(|text| text.parse().ok()) else {
            return;
        };
        if self.survey.count.as_ref().is_none_or(|(_, before)| *before < count) {
            self.survey.count = Some((Shown::quoted(key).to_string(), count));
        }
    }
}

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

fn keys_of(object: &str) -> Vec<String> {
    members(object).take(KEYS).map(|(key, _)| key.into_owned()).collect()
}
