//! What rows say of hardware versions: every version at once, instead of every row for every version.

use std::collections::BTreeMap;

use crate::phone::Vid;
use crate::rulebook::rows::VidRange;

/// For each hardware version the highest value of the rows that hold for it.
pub(super) struct Highest<T> {
    /// From which number on which value is the highest.
    steps: BTreeMap<u16, Option<T>>,
}

impl<T: Copy + Ord> Highest<T> {
    /// Begins and ends of all ranges are gone through once, in their order.
    pub(super) fn of<'r>(rows: impl Iterator<Item = (&'r VidRange, T)>) -> Self {
        let mut changes: BTreeMap<u16, Vec<(T, bool)>> = BTreeMap::new();
        for (range, value) in rows {
            changes.entry(range.from.map_or(0, Vid::number)).or_default().push((value, true));
            if let Some(to) = range.to {
                changes.entry(to.number() + 1).or_default().push((value, false));
            }
        }
        let mut holding: BTreeMap<T, usize> = BTreeMap::new();
        let mut steps = BTreeMap::new();
        for (number, changes) in changes {
            for (value, begins) in changes {
                let count = holding.entry(value).or_default();
                *count = if begins { *count + 1 } else { count.saturating_sub(1) };
                if *count == 0 {
                    holding.remove(&value);
                }
            }
            steps.insert(number, holding.last_key_value().map(|(value, _)| *value));
        }
        Self { steps }
    }

    pub(super) fn at(&self, vid: Vid) -> Option<T> {
        self.steps.range(..=vid.number()).next_back().and_then(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of ranges with ends among few numbers, and each value.
    #[test]
    fn it_is_the_highest_of_all_rows_that_hold() {
        let ends = || [None, Vid::new(0), Vid::new(1), Vid::new(3), Vid::new(999)].into_iter();
        let ranges: Vec<VidRange> = ends().flat_map(|from| ends().map(move |to| VidRange { from, to })).collect();
        let is_range = |range: &&VidRange| range.from.zip(range.to).is_none_or(|(from, to)| from <= to);
        let vids: Vec<Vid> = [0, 1, 2, 3, 4, 998, 999].into_iter().filter_map(Vid::new).collect();
        for first in ranges.iter().filter(is_range) {
            for (second, value) in ranges.iter().filter(is_range).flat_map(|range| [(range, 1), (range, 2)]) {
                let rows = [(first, 1), (second, value)];
                let highest = Highest::of(rows.into_iter());
                for vid in &vids {
                    let expected = rows.iter().filter(|(range, _)| range.contains(*vid)).map(|(_, value)| *value).max();
                    assert_eq!(highest.at(*vid), expected, "{vid}");
                }
            }
        }
        assert_eq!(Highest::<u8>::of(std::iter::empty()).at(vids[0]), None);
    }
}
