//! Short entries that stand where a device belongs, such as `1` or `{}`.

use super::limits;
use crate::text::MOST_LINES;

/// How many entries are no devices and short: the first are rows, and those behind them are only counted.
#[derive(Debug, Default, Clone)]
pub(super) struct ShortEntries(usize);

impl ShortEntries {
    /// Counts an entry of so many bytes that is no device, if it is short; tells whether it is a row.
    pub(super) fn is_row(&mut self, bytes: usize) -> bool {
        let is_short = bytes < limits::SHORT_ENTRY;
        self.0 += usize::from(is_short);
        !is_short || self.0 <= MOST_LINES
    }

    /// What a person should know of those that are no rows.
    pub(super) fn note(&self) -> Option<String> {
        match self.0.saturating_sub(MOST_LINES) {
            0 => None,
            1 => Some("1 more entry is no device, and no row".to_owned()),
            more => Some(format!("{more} more entries are no devices, and no rows")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_short_entries_are_rows_and_all_long_ones() {
        let mut entries = ShortEntries::default();
        assert!((0..MOST_LINES).all(|_| entries.is_row(limits::SHORT_ENTRY - 1)));
        assert_eq!(entries.note(), None);
        assert!(!entries.is_row(0));
        assert_eq!(entries.note().as_deref(), Some("1 more entry is no device, and no row"));
        assert!(entries.is_row(limits::SHORT_ENTRY), "one that is not short is a row, however many there are");
        assert!(!entries.is_row(limits::SHORT_ENTRY - 1));
        assert_eq!(entries.note().as_deref(), Some("2 more entries are no devices, and no rows"));
    }
}
