//! One walk through a document of JSON that finds its records.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::json_text::{Json, unquoted};
use super::judge::{RecordKind, Traits};
use super::keys::{self, is_of};
use super::members::{self, KEYS, keys_of, wrapped};
use super::own_keys::{self, own};
use super::survey::{Record, Survey};
use crate::inventory::folded_header::folded;
use crate::inventory::{ChosenColumn, InventoryError, limits};
use crate::phone::Mac;
use crate::text::{FieldText, Shown};

impl<'t> Survey<'t> {
    /// Looks through a document, as far as it can be read.
    ///
    /// # Errors
    /// If there is not enough memory for its records.
    pub(in crate::inventory) fn of(text: &'t str) -> Result<Self, InventoryError> {
        Self::with(text, &[])
    }

    /// The same; objects that have one of the columns that the caller chose are devices, whatever else they say.
    pub(in crate::inventory) fn with(text: &'t str, chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let mut survey = through(text, chosen);
        if let Some(error @ InventoryError::Memory { .. }) = survey.error {
            return Err(error);
        }
        if survey.records.iter().all(|record| record.kind.is_none()) {
            let candidates = std::mem::take(&mut survey.candidates);
            let bytes = size_of_val(&*candidates);
            survey.records.try_reserve(candidates.len()).map_err(|_| InventoryError::Memory { bytes })?;
            survey
                .records
                .extend(candidates.into_iter().map(|record| Record { kind: Some(RecordKind::Flat), ..record }));
        }
        if survey.has_risport {
            let is_of_answer =
                |record: &&mut Record<'_>| record.is_named_alone && record.kind == Some(RecordKind::Flat);
            survey.records.iter_mut().filter(is_of_answer).for_each(|record| record.kind = Some(RecordKind::Risport));
        }
        survey.records.sort_unstable_by_key(|record| record.at);
        Ok(survey)
    }
}

/// Walks through a document, as far as it can be read.
fn through<'t>(text: &'t str, chosen: &[ChosenColumn]) -> Survey<'t> {
    let mut walk = Walk { json: Json::new(text), survey: Survey::default(), chosen, cut_part: None };
    let place = Place { level: 0, key: None, in_risport: false, in_return: false, in_axl: false, is_plain: true };
    while walk.json.peek().is_some() {
        if let Err(error) = walk.top(place) {
            walk.survey.error = Some(error);
            break;
        }
    }
    walk.survey
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    level: usize,
    key: Option<&'p str>,
    in_risport: bool,
    /// In the answer of AXL itself, and in the place of a phone or a row of it.
    in_return: bool,
    in_axl: bool,
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
            Seen::Open(traits, record) if traits.has_product => push(&mut self.survey.candidates, record)?,
            Seen::Open(_, record) => self.survey.unknown(&keys_of(record.text)),
            Seen::Other(_) | Seen::Done => {}
        }
        Ok(())
    }

    fn value(&mut self, place: Place<'_>) -> Result<Seen<'t>, InventoryError> {
        match self.json.peek() {
            Some(b'{') if self.is_numbered() => self.list(place, b'}'),
            Some(b'{') => self.object(place),
            Some(b'[') => self.list(place, b']'),
            Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let at = self.json.at();
                let text = self.json.value(place.level)?;
                Ok(Seen::Other(Record::other(text, at, false)))
            }
            _ => Err(self.json.broken("a value")),
        }
    }

    /// Whether objects stand under numbers, as pandas and others write a list: `{"0": {...}, "1": {...}}`.
    fn is_numbered(&self) -> bool {
        let mut json = Json::new(self.json.rest());
        let is_number = |key: &str| !key.is_empty() && members::is_number(key);
        json.take(b'{') && json.key().is_some_and(is_number) && json.peek() == Some(b'{')
    }

    /// A list, or an object whose members are one.
    fn list(&mut self, place: Place<'_>, end: u8) -> Result<Seen<'t>, InventoryError> {
        let (at, level) = (self.json.at(), place.level + 1);
        self.json.within(level)?;
        self.json.expect(if end == b']' { b'[' } else { b'{' }, "a list")?;
        let before = self.survey.records.len();
        let mut others = Vec::new();
        let outcome = self.list_items(Place { level, key: None, ..place }, end, &mut others);
        if let Some(key) = place.key {
            self.hear_names(key, others.iter().map(|(record, _)| record.text));
        }
        let has_records = self.survey.records.get(before..).is_some_and(|new| new.iter().any(|new| new.kind.is_some()));
        for (record, may_be_device) in others {
            let is_short = !self.survey.short.is_row(if has_records { record.text.len() } else { usize::MAX });
            if is_short {
                continue;
            }
            match (has_records, may_be_device) {
                (true, _) => push(&mut self.survey.records, record)?,
                (false, true) => push(&mut self.survey.candidates, record)?,
                (false, false) => {}
            }
        }
        outcome?;
        let text = self.json.since(at);
        Ok(if text.len() > 2 { Seen::Done } else { Seen::Other(Record::other(text, at, false)) })
    }

    fn list_items(
        &mut self,
        place: Place<'_>,
        end: u8,
        others: &mut Vec<(Record<'t>, bool)>,
    ) -> Result<(), InventoryError> {
        if self.json.take(end) {
            return Ok(());
        }
        let mut keys = Vec::new();
        loop {
            if end == b'}' {
                self.json.name(place.level)?;
            }
            let (begin, known) = (self.json.at(), self.survey.records.len());
            match self.value(place) {
                Ok(Seen::Done) => {}
                Ok(Seen::Other(record)) => push(others, (record, false))?,
                Ok(Seen::Open(traits, record)) => {
                    let may_be_device = traits.may_be_device();
                    if !may_be_device && keys.len() < KEYS {
                        keys.extend(self::keys_of(record.text));
                    }
                    push(others, (record, may_be_device))?;
                }
                Err(error) => {
                    let is_told = self.survey.records.len() > known;
                    if !is_told && !matches!(error, InventoryError::TooMuch { .. }) {
                        let text = self.json.since(begin);
                        push(others, (Record::other(text, begin, true), false))?;
                    }
                    self.survey.unknown(&keys);
                    return Err(error);
                }
            }
            if !self.json.take(b',') {
                self.survey.unknown(&keys);
                return self.json.expect(end, "a comma or the end of the list");
            }
        }
    }

    fn object(&mut self, place: Place<'_>) -> Result<Seen<'t>, InventoryError> {
        self.json.within(place.level + 1)?;
        self.json.peek();
        let at = self.json.at();
        let name = place.key.filter(|key| keys::is_device_name(key)).map(|key| Cow::Owned(key.to_owned()));
        let mut traits = Traits::under(name.as_deref());
        if place.in_risport {
            traits.in_risport();
        }
        if place.in_axl {
            traits.in_axl();
        }
        let (count, names_alone) = (self.survey.count.clone(), self.survey.names_alone.clone());
        let (before, candidates) = (self.survey.records.len(), self.survey.candidates.len());
        let mut inner = Vec::new();
        let outcome = self.members(place, &mut traits, &mut inner);
        let has_inner = self.survey.records.len() > before;
        let parts = || inner.iter().map(|(part, _)| &**part).filter(|part: &&Traits| !part.has_own_identity());
        // Several parts that are devices by themselves are several devices, unless one that is named is around them.
        let is_of_one = traits.is_device_by_itself() || parts().filter(|part| part.kind().is_some()).count() < 2;
        // What has no name may be a part of what is around it.
        let is_part = !traits.has_own_identity() && place.key.is_some() && !has_inner && is_of_one;
        if is_of_one && (traits.is_identified() || is_part) {
            parts().for_each(|part| traits.take_over(part));
        }
        let text = self.json.since(at);
        let kind = traits.kind();
        // What a device counts are its lines and the like.
        if kind.is_some() && !has_inner {
            self.survey.count = count;
            self.survey.names_alone = names_alone;
        }
        let is_single = place.key.is_some() && name.is_none();
        let mut record = Record {
            kind,
            text,
            at,
            name,
            is_single,
            mac: traits.mac,
            is_cut: outcome.is_err(),
            is_sure: traits.is_sure,
            is_plain: place.is_plain,
            is_no_part: traits.is_no_part(),
            is_named_alone: traits.is_named_alone(),
        };
        let is_beside = |inner: &[Record<'_>]| inner.iter().all(|inner| inner.is_single);
        let has_list = !traits.is_device_by_itself() || !self.survey.records.get(before..).is_some_and(is_beside);
        let is_wrapper = has_inner && kind == Some(RecordKind::Flat) && !traits.is_sure && has_list;
        if kind.is_some() && !is_part && !is_wrapper {
            self.survey.drop_inner(&traits, before, candidates);
            push(&mut self.survey.records, record)?;
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
                push(&mut self.survey.records, record)?;
            } else if part.has_product {
                push(&mut self.survey.candidates, record)?;
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
        // Names of devices in a list that was flattened: the key of the first, and what it says.
        let mut identified = BTreeMap::new();
        loop {
            let key = self.json.name(level)?;
            let folded = folded(&key);
            self.survey.is_like_risport |= is_of(&folded, keys::AROUND_RISPORT);
            self.survey.has_risport |= is_of(&folded, keys::LISTS_OF_RISPORT);
            self.survey.is_like_webex |= is_of(&folded, keys::AROUND_WEBEX);
            let is_entry = || folded == "item" || keys::is_device_name(&key);
            let in_risport = folded == keys::DEVICES_OF_RISPORT || place.in_risport && is_entry();
            let in_return = folded == "return" || keys::ANSWERS_OF_AXL.iter().any(|answer| folded.ends_with(answer));
            self.survey.is_like_axl |= in_return;
            let in_axl = place.in_return && is_of(&folded, keys::PHONES_OF_AXL);
            let is_plain = place.is_plain && key == "items";
            let value = self.value(Place { level, key: Some(&key), in_risport, in_return, in_axl, is_plain });
            inner.extend(self.cut_part.take());
            match value? {
                Seen::Other(record) => {
                    let text = unquoted(record.text).unwrap_or(Cow::Borrowed(record.text));
                    let text = Some(&*text).filter(|text| !matches!(*text, "null" | "[]" | "{}"));
                    if let Some(text) = text
                        && is_of_another(&key, text, &mut identified)
                    {
                        self.survey.flattened.get_or_insert_with(|| key.clone().into_owned());
                    }
                    traits.hear(&key, text.filter(|text| text.len() <= limits::CELL));
                    self.hear_count(&folded, &key, text);
                    if keys::is_mac_of_device(&key) && !place.in_risport && !place.in_axl {
                        // A device of which nothing else is known.
                        let name = Some(Cow::Owned(key.clone().into_owned()));
                        let mac = Mac::read(key.as_bytes()).ok();
                        let kind = Some(RecordKind::Flat);
                        let is_single = place.key.is_some();
                        let (is_sure, is_no_part, is_plain) = (true, true, place.is_plain);
                        let record = Record { kind, name, mac, is_single, is_sure, is_no_part, is_plain, ..record };
                        push(&mut self.survey.records, record)?;
                    }
                }
                Seen::Open(part, record) => {
                    traits.hear(
                        &key,
                        Some(record.text).filter(|text| text.len() <= limits::CELL).and_then(wrapped).as_deref(),
                    );
                    push(inner, (part, record))?;
                }
                Seen::Done => traits.hear(&key, None),
            }
            traits.is_sure |= self.chosen.iter().any(|chosen| chosen.is_of(&key));
            if !self.json.take(b',') {
                return self.json.expect(b'}', "a comma or the end of the object");
            }
        }
    }

    /// A list under a key may have nothing but names of devices.
    fn hear_names<'n>(&mut self, key: &str, texts: impl Iterator<Item = &'n str>) {
        let is_name = |text: &&str| unquoted(text).is_some_and(|text| keys::is_mac_of_device(&text));
        let count = texts.filter(is_name).count() as u64;
        if count > 0 {
            let (_, before) = self.survey.names_alone.get_or_insert_with(|| (Shown::quoted(key).to_string(), 0));
            *before += count;
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

/// Whether a key names another device than one that ends as it does and stands under another number: both are of a list that
/// was flattened. One device may have a number, too.
fn is_of_another(key: &str, text: &str, identified: &mut BTreeMap<String, String>) -> bool {
    let name = folded(own(key).name);
    if !own_keys::is_of_list(key)
        || !(is_of(&name, keys::NAMES) || is_of(&name, keys::MACS))
        || !keys::is_device_name(text)
    {
        return false;
    }
    identified.entry(name).or_insert_with(|| text.to_owned()) != text
}

/// Keeps one more, unless memory is scarce: records are as many as the input likes.
fn push<T>(list: &mut Vec<T>, one: T) -> Result<(), InventoryError> {
    list.try_reserve(1).map_err(|_| InventoryError::Memory { bytes: list.len().saturating_mul(2 * size_of::<T>()) })?;
    list.push(one);
    Ok(())
}
