//! The records of a document of JSON, what each of them is, and what is told of the others.

use std::borrow::Cow;

use super::judge::{RecordKind, Traits};
#[cfg(feature = "xml")]
use super::keys::{self, is_of};
use super::members::KEYS;
#[cfg(feature = "xml")]
use crate::inventory::folded_header::folded;
use crate::inventory::short_entries::ShortEntries;
use crate::inventory::{Inventory, InventoryError};
use crate::phone::Mac;
use crate::text::{Shown, ShownNames};

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
    pub(super) is_sure: bool,
    /// Around it are only lists and `items`.
    pub(super) is_plain: bool,
    /// It stands by itself under a key, and in no list.
    pub(super) is_single: bool,
    /// Its MAC address.
    pub(super) mac: Option<Mac>,
    /// It says which device or product it is, as parts of a device in a list do not.
    pub(super) is_no_part: bool,
    /// It is known by a name alone, as devices of RisPort are.
    pub(super) is_named_alone: bool,
}

impl<'t> Record<'t> {
    pub(super) fn other(text: &'t str, at: usize, is_cut: bool) -> Self {
        Self {
            kind: None,
            text,
            at,
            name: None,
            is_cut,
            is_sure: false,
            is_plain: true,
            is_single: false,
            mac: None,
            is_no_part: false,
            is_named_alone: false,
        }
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
    /// So many names of devices stand in lists without a record, and the key of the first list.
    pub(in crate::inventory) names_alone: Option<(String, u64)>,
    /// A key of a list of several devices that was flattened into one object.
    pub(in crate::inventory) flattened: Option<String>,
    /// Lists of an answer of RisPort are in it: what has no other keys is of it too.
    pub(in crate::inventory) has_risport: bool,
    /// Records that may be devices: they count if there are no others.
    pub(super) candidates: Vec<Record<'t>>,
}

impl<'t> Survey<'t> {
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

    /// Refuses what cannot be read as devices of their own.
    ///
    /// # Errors
    /// [`InventoryError::OtherThing`] with the cure.
    pub(in crate::inventory) fn check_flattened(&self) -> Result<(), InventoryError> {
        let Some(key) = &self.flattened else { return Ok(()) };
        Err(InventoryError::OtherThing {
            found: format!("an object with the keys of several devices, such as {}", Shown::quoted(key)),
            expected: "each device as an object of its own, before the list of them is flattened",
        })
    }

    /// The same document, in which the caller calls every record a flat one.
    #[cfg(feature = "inventory")]
    pub(in crate::inventory) fn into_flat(mut self) -> Self {
        let known = self.records.iter_mut().filter(|record| record.kind.is_some());
        known.for_each(|record| record.kind = Some(RecordKind::Flat));
        self
    }

    /// The records of one kind, each with its number in the document; entries that are no devices stay with the first kind.
    #[cfg(feature = "inventory")]
    pub(in crate::inventory) fn only(&self, kind: RecordKind, is_first: bool) -> (Self, Vec<u64>) {
        let is_own = |record: &Record<'_>| record.kind.map_or(is_first, |of| of == kind);
        let own = (1..).zip(&self.records).filter(|(_, record)| is_own(record));
        // Each is read by itself.
        let own = own.map(|(number, record)| (number, Record { is_plain: false, ..record.clone() }));
        let (numbers, records) = own.unzip();
        let survey = Self {
            records,
            short: if is_first { self.short.clone() } else { ShortEntries::default() },
            unknown_keys: if is_first { self.unknown_keys.clone() } else { Vec::new() },
            error: self.error.clone(),
            ..Self::default()
        };
        (survey, numbers)
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

    /// What a person should know of names of devices that stand alone.
    pub(in crate::inventory) fn note_of_names(&self) -> Option<String> {
        let (key, count) = self.names_alone.as_ref()?;
        let (names, are) = if *count == 1 { ("name of a device", "stands") } else { ("names of devices", "stand") };
        Some(format!("{count} {names} without anything else {are} in lists, such as {key}, and are no rows"))
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

    /// Of a device, its lines and the like are no devices unless they say so. What stands by itself under a key of a device
    /// that says which one it is, such as a neighbor, a port or a speed dial, is none, unless it is the same device.
    pub(super) fn drop_inner(&mut self, around: &Traits, records: usize, candidates: usize) {
        self.candidates.truncate(candidates);
        let inner = self.records.split_off(records.min(self.records.len()));
        let is_phone = around.is_sure && around.is_device_by_itself();
        let is_device = |record: &Record<'_>| {
            let is_beside =
                record.is_single && around.is_identified() && (record.mac.is_none() || record.mac != around.mac);
            match record.kind {
                None | Some(RecordKind::Flat) => record.is_sure && !is_beside && (record.is_no_part || !is_phone),
                Some(_) => true,
            }
        };
        self.records.extend(inner.into_iter().filter(is_device));
    }

    pub(super) fn unknown(&mut self, keys: &[String]) {
        for key in keys {
            if self.unknown_keys.len() < KEYS && !self.unknown_keys.contains(key) {
                self.unknown_keys.push(key.clone());
            }
        }
    }
}
