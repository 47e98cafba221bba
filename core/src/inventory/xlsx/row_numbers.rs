//! Which numbers the rows of a sheet have.

use std::collections::BTreeMap;

/// Numbers as ranges: those of a sheet that is in order are one.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The last of each range, by its first.
    ranges: BTreeMap<u64, u64>,
}

impl Numbers {
    /// Whether it is one of them.
    pub(super) fn contains(&self, number: u64) -> bool {
        self.ranges.range(..=number).next_back().is_some_and(|(_, last)| *last >= number)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Keeps a number; tells whether it is a new one.
    pub(super) fn insert(&mut self, number: u64) -> bool {
        let before = self.ranges.range(..=number).next_back().map(|(first, last)| (*first, *last));
        if before.is_some_and(|(_, last)| last >= number) {
            return false;
        }
        let last = match self.ranges.remove(&(number + 1)) {
            Some(last) => last,
            None => number,
        };
        let first = before.filter(|(_, last)| last + 1 == number).map_or(number, |(first, _)| first);
        self.ranges.insert(first, last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_one_range_in_whatever_order() {
        let mut numbers = Numbers::default();
        for number in [5, 4, 1, 2, 9, 3] {
            assert!(numbers.insert(number), "{number}");
        }
        for number in [1, 2, 3, 4, 5, 9] {
            assert!(numbers.contains(number) && !numbers.insert(number), "{number}");
        }
        assert!([0, 6, 8, 10].into_iter().all(|number| !numbers.contains(number)));
        assert_eq!(numbers.ranges, BTreeMap::from([(1, 5), (9, 9)]));
    }
}
