//! What was decided before.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;

use super::answer::{AnswerId, Answers};
use super::identity::{Identity, Kind};
use crate::destination::Request;
use crate::phone::{Mac, Phone};
use crate::rulebook::RuleBook;

/// Remembers a limited number of combinations of cells, and their answers.
///
/// A combination is known again by its bytes. When the memory is full it is emptied and fills again: a fleet that has so
/// many combinations gains little from it.
pub(crate) struct Memo {
    book: RuleBook,
    requests: Vec<Request>,
    places: HashMap<Box<[u8]>, Place, RandomState>,
    combinations: Vec<Combination>,
    /// Bytes of all keys.
    size: usize,
    key: Vec<u8>,
    /// The key before, and its place.
    last_key: Vec<u8>,
    last: Option<Place>,
    generation: u32,
}

/// Where a combination is remembered, until the memory is emptied.
pub(crate) type Place = u32;

/// At most this many combinations, with keys of so many bytes together: some megabytes for each thread.
const MOST_COMBINATIONS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 22;

/// A phone without the identity that differs from row to row.
struct Combination {
    phone: Phone<'static>,
    /// The MAC address that its product text holds.
    mac: Option<Mac>,
    /// By request, then by kind of identity.
    answers: Box<[Option<AnswerId>]>,
}

impl Memo {
    pub(crate) fn new(book: RuleBook, requests: Vec<Request>) -> Self {
        Self {
            book,
            requests,
            places: HashMap::default(),
            combinations: Vec::new(),
            size: 0,
            key: Vec::new(),
            last_key: Vec::new(),
            last: None,
            generation: 0,
        }
    }

    /// Forgets everything; places from before mean nothing any more.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.combinations.clear();
        self.size = 0;
        self.last = None;
        self.generation = self.generation.wrapping_add(1);
    }

    /// How often it was emptied.
    #[cfg(feature = "arrow")]
    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    /// The place of these cells; `phone` reads them the first time. Of MAC address and serial number nothing is kept.
    pub(crate) fn place<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c [u8]>,
        phone: impl FnOnce() -> Phone<'static>,
    ) -> Place {
        self.key.clear();
        for cell in cells {
            self.push_length(cell.len());
            self.key.extend_from_slice(cell);
        }
        self.place_of_key(phone)
    }

    /// The place of a row that is broken as a whole. No cell has the length that its key begins with.
    pub(crate) fn place_of_broken(&mut self, text: &str) -> Place {
        self.key.clear();
        self.push_length(usize::MAX);
        self.key.extend_from_slice(text.as_bytes());
        self.place_of_key(|| Phone::new(text).into_owned())
    }

    /// Lengths make a key unambiguous, whatever bytes the cells hold.
    fn push_length(&mut self, length: usize) {
        match u8::try_from(length) {
            Ok(length) if length < u8::MAX => self.key.push(length),
            _ => {
                self.key.push(u8::MAX);
                self.key.extend_from_slice(&length.to_le_bytes());
            }
        }
    }

    fn place_of_key(&mut self, phone: impl FnOnce() -> Phone<'static>) -> Place {
        // Sorted inventories repeat the row before.
        if let Some(last) = self.last
            && self.key == self.last_key
        {
            return last;
        }
        let place = match self.places.get(&*self.key) {
            Some(place) => *place,
            None => self.add(phone()),
        };
        self.last = Some(place);
        std::mem::swap(&mut self.key, &mut self.last_key);
        place
    }

    /// Remembers the combination of the key.
    fn add(&mut self, phone: Phone<'static>) -> Place {
        if self.combinations.len() == MOST_COMBINATIONS || self.size > MOST_BYTES {
            self.clear();
        }
        let place = self.combinations.len() as Place;
        let mac = phone.product().known().and_then(|product| product.mac());
        let answers = vec![None; Kind::COUNT * self.requests.len()].into();
        self.combinations.push(Combination { phone, mac, answers });
        self.size += self.key.len();
        self.places.insert(self.key.as_slice().into(), place);
        place
    }

    /// The answer for the phone of this place and identity. A new one goes to `answers`.
    #[inline]
    pub(crate) fn answer(
        &mut self,
        place: Place,
        identity: Identity,
        request: usize,
        answers: &Mutex<Answers>,
    ) -> AnswerId {
        let combination = &self.combinations[place as usize];
        let kind = Kind::of(identity, combination.mac);
        let known = &combination.answers[request * Kind::COUNT + kind.index()];
        match *known {
            Some(id) => id,
            None => self.decide(place, identity, kind, request, answers),
        }
    }

    fn decide(
        &mut self,
        place: Place,
        identity: Identity,
        kind: Kind,
        request: usize,
        answers: &Mutex<Answers>,
    ) -> AnswerId {
        let combination = &mut self.combinations[place as usize];
        let (mac, serial) = identity.evidence();
        let phone = combination.phone.clone().mac(mac).serial(serial);
        let assessment = self.book.assess_request(&phone, &self.requests[request]);
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        let id = answers.add(&assessment, kind.has_mac_of_row());
        combination.answers[request * Kind::COUNT + kind.index()] = Some(id);
        id
    }
}
