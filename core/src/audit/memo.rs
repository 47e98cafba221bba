//! What was decided before.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::answer::{AnswerId, Answers};
use super::identity::{Identity, Kind};
use crate::destination::Request;
use crate::phone::{Mac, Phone};
use crate::rulebook::RuleBook;

/// Remembers a limited number of combinations of cells, and their answers.
///
/// A combination is known again by its bytes, never by its hash alone. When the memory is full, [`Memo::make_room`] empties it:
/// a fleet that has so many combinations gains little from it.
pub(crate) struct Memo {
    book: RuleBook,
    requests: Vec<Request>,
    places: HashTable<Place>,
    hasher: RandomState,
    combinations: Vec<Combination>,
    /// Bytes of all combinations.
    size: usize,
    generation: u32,
}

/// Where a combination is remembered, until the memory is emptied.
pub(crate) type Place = u32;

/// At most this many combinations, with so many bytes together: some megabytes for each thread.
const MOST_COMBINATIONS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 22;

/// A phone without the identity that differs from row to row.
struct Combination {
    key: Key,
    phone: Phone<'static>,
    /// The MAC address that its product text holds.
    mac: Option<Mac>,
    /// By request, then by kind of identity.
    answers: Box<[Option<AnswerId>]>,
}

/// The cells of a combination, or the text that stands for a row that is broken as a whole.
struct Key {
    is_broken: bool,
    bytes: Box<[u8]>,
    /// Where each cell ends.
    ends: Box<[usize]>,
}

impl Key {
    fn new<'c>(is_broken: bool, cells: impl Iterator<Item = &'c [u8]>) -> Self {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for cell in cells {
            bytes.extend_from_slice(cell);
            ends.push(bytes.len());
        }
        Self { is_broken, bytes: bytes.into(), ends: ends.into() }
    }

    #[inline]
    fn is<'c>(&self, is_broken: bool, mut cells: impl Iterator<Item = &'c [u8]>) -> bool {
        let mut begin = 0;
        for end in &self.ends {
            match cells.next() {
                Some(cell) if &self.bytes[begin..*end] == cell => begin = *end,
                _ => return false,
            }
        }
        self.is_broken == is_broken && cells.next().is_none()
    }

    fn cells(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| &self.bytes[begin..*end])
    }
}

#[inline]
fn hash<'c>(hasher: &RandomState, cells: impl Iterator<Item = &'c [u8]>) -> u64 {
    let mut hasher = hasher.build_hasher();
    cells.for_each(|cell| hasher.write(cell));
    hasher.finish()
}

impl Memo {
    pub(crate) fn new(book: RuleBook, requests: Vec<Request>) -> Self {
        Self {
            book,
            requests,
            places: HashTable::new(),
            hasher: RandomState::default(),
            combinations: Vec::new(),
            size: 0,
            generation: 0,
        }
    }

    /// Forgets everything; places from before mean nothing any more.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.combinations.clear();
        self.size = 0;
        self.generation = self.generation.wrapping_add(1);
    }

    /// How often it was emptied.
    #[cfg(feature = "arrow")]
    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    /// The place of these cells; `phone` reads them the first time. Of MAC address and serial number nothing is kept.
    #[inline]
    pub(crate) fn place<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
        phone: impl FnOnce() -> Phone<'static>,
    ) -> Place {
        self.place_of(false, cells, phone)
    }

    /// The place of a row that is broken as a whole.
    pub(crate) fn place_of_broken(&mut self, text: &str) -> Place {
        self.place_of(true, std::iter::once(text.as_bytes()), || Phone::new(text).into_owned())
    }

    #[inline]
    fn place_of<'c>(
        &mut self,
        is_broken: bool,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
        phone: impl FnOnce() -> Phone<'static>,
    ) -> Place {
        let is_at = |place: &Place| self.combinations[*place as usize].key.is(is_broken, cells.clone());
        let hash = hash(&self.hasher, cells.clone());
        match self.places.find(hash, is_at) {
            Some(place) => *place,
            None => self.add(hash, Key::new(is_broken, cells), phone()),
        }
    }

    /// Forgets everything if so many rows may be too many. Until the next time, places stay.
    pub(crate) fn make_room(&mut self, rows: usize) {
        if self.combinations.len() + rows > MOST_COMBINATIONS || self.size > MOST_BYTES {
            self.clear();
        }
    }

    #[cold]
    fn add(&mut self, of_key: u64, key: Key, phone: Phone<'static>) -> Place {
        let place = self.combinations.len() as Place;
        let mac = phone.product().known().and_then(|product| product.mac());
        let answers = vec![None; Kind::COUNT * self.requests.len()].into();
        self.size += key.bytes.len();
        self.combinations.push(Combination { key, phone, mac, answers });
        let (combinations, hasher) = (&self.combinations, &self.hasher);
        self.places.insert_unique(of_key, place, |place| hash(hasher, combinations[*place as usize].key.cells()));
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
        let kind = match combination.mac {
            None => identity.kind(),
            Some(mac) => identity.kind_beside(mac),
        };
        match combination.answers[request * Kind::COUNT + kind.index()] {
            Some(id) => id,
            None => self.decide(place, identity, kind, request, answers),
        }
    }

    #[cold]
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
