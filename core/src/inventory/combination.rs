//! Combinations of cells that were met before, and what was made of each.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Remembers a limited number of combinations of cells, with a value for each.
///
/// A combination is known again by its bytes, never by its hash alone. When the memory is full, [`Combinations::make_room`]
/// empties it: an inventory that has so many combinations gains little from it.
pub(crate) struct Combinations<V> {
    places: HashTable<Place>,
    hasher: RandomState,
    entries: Vec<(Key, V)>,
    /// Bytes of all combinations.
    size: usize,
}

/// Where a combination is remembered, until the memory is emptied.
pub(crate) type Place = u32;

/// At most this many combinations, with so many bytes together: some megabytes.
const MOST_COMBINATIONS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 22;

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
        let is_at = |place: &Place| self.entries[*place as usize].0.is(is_broken, cells.clone());
        let hash = hash(&self.hasher, cells.clone());
        match self.places.find(hash, is_at) {
            Some(place) => *place,
            None => self.add(hash, Key::new(is_broken, cells), value()),
        }
    }

    #[cold]
    fn add(&mut self, of_key: u64, key: Key, value: V) -> Place {
        let place = self.entries.len() as Place;
        self.size += key.bytes.len();
        self.entries.push((key, value));
        let (entries, hasher) = (&self.entries, &self.hasher);
        self.places.insert_unique(of_key, place, |place| hash(hasher, entries[*place as usize].0.cells()));
        place
    }

    /// What was made of the combination of this place.
    #[inline]
    pub(crate) fn value(&mut self, place: Place) -> &mut V {
        &mut self.entries[place as usize].1
    }
}
