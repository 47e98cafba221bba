//! Combinations of cells, and phones without their identity, that were met before, and what was made of each.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::{FoldHasher, RandomState};
use hashbrown::HashTable;

/// Remembers a limited number of combinations of cells, with a value for each.
///
/// A combination is known again by its bytes, a phone by its fields, neither by its hash alone. When the memory is full, [`Combinations::make_room`]
/// empties it: an inventory that has so many combinations gains little from it.
pub(crate) struct Combinations<V> {
    places: HashTable<Place>,
    hasher: RandomState,
    entries: Vec<Entry<V>>,
    /// Bytes of all combinations.
    size: usize,
}

/// Where a combination is remembered, until the memory is emptied.
pub(crate) type Place = u32;

/// At most this many combinations, with so many bytes together: some megabytes.
const MOST_COMBINATIONS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 22;

struct Entry<V> {
    hash: u64,
    /// Nothing for an entry that is known again by its value.
    key: Option<Key>,
    value: V,
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
}

#[inline]
fn hash<'c>(hasher: &RandomState, cells: impl Iterator<Item = &'c [u8]>) -> u64 {
    let mut hasher = hasher.build_hasher();
    cells.for_each(|cell| hasher.write(cell));
    hasher.finish()
}

impl<V> Default for Combinations<V> {
    fn default() -> Self {
        Self { places: HashTable::new(), hasher: RandomState::default(), entries: Vec::new(), size: 0 }
    }
}

impl<V> Combinations<V> {
    /// Forgets everything; places from before mean nothing any more.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.entries.clear();
        self.size = 0;
    }

    /// Forgets everything if so many rows may be too many, and says whether it did. Until the next time, places stay.
    #[inline]
    pub(crate) fn make_room(&mut self, rows: usize) -> bool {
        let is_full = self.entries.len() + rows > MOST_COMBINATIONS || self.size > MOST_BYTES;
        if is_full {
            self.clear();
        }
        is_full
    }

    /// The place of these cells, or of a row that is broken as a whole; `value` is made the first time.
    #[inline]
    pub(crate) fn place<'c>(
        &mut self,
        is_broken: bool,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
        value: impl FnOnce() -> V,
    ) -> Place {
        let is_at = |place: &Place| {
            self.entries[*place as usize].key.as_ref().is_some_and(|key| key.is(is_broken, cells.clone()))
        };
        let hash = hash(&self.hasher, cells.clone());
        match self.places.find(hash, is_at) {
            Some(place) => *place,
            None => {
                let key = Key::new(is_broken, cells);
                let size = key.bytes.len();
                self.add(Entry { hash, key: Some(key), value: value() }, size)
            }
        }
    }

    /// The place of something that is no row of cells: it is known again by the value that was made of it the first time.
    pub(crate) fn place_of_value(
        &mut self,
        hash: impl FnOnce(&mut FoldHasher<'_>),
        is_made_of_it: impl Fn(&V) -> bool,
        value: impl FnOnce() -> V,
        size: usize,
    ) -> Place {
        let mut hasher = self.hasher.build_hasher();
        hash(&mut hasher);
        let hash = hasher.finish();
        let is_at = |place: &Place| {
            let entry = &self.entries[*place as usize];
            entry.key.is_none() && entry.hash == hash && is_made_of_it(&entry.value)
        };
        match self.places.find(hash, is_at) {
            Some(place) => *place,
            None => self.add(Entry { hash, key: None, value: value() }, size),
        }
    }

    #[cold]
    fn add(&mut self, entry: Entry<V>, size: usize) -> Place {
        let (place, hash) = (self.entries.len() as Place, entry.hash);
        self.size += size;
        self.entries.push(entry);
        let entries = &self.entries;
        self.places.insert_unique(hash, place, |place| entries[*place as usize].hash);
        place
    }

    /// What was made of the combination of this place.
    #[inline]
    pub(crate) fn value(&mut self, place: Place) -> &mut V {
        &mut self.entries[place as usize].value
    }
}
