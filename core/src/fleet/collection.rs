//! A fleet as a collection: it is gathered from phones or rows, grows by more, and gives its rows.

use super::{Fleet, FleetRow};
use crate::phone::Phone;

/// The rows, in order. What a row says of its source is a number; [`Fleet::sources`] has the names.
impl<'f> IntoIterator for &'f Fleet {
    type Item = &'f FleetRow;
    type IntoIter = std::slice::Iter<'f, FleetRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

/// The rows, in order, without the sources that they came from: [`Fleet::retain`] and [`Fleet::append`] keep those.
impl IntoIterator for Fleet {
    type Item = FleetRow;
    type IntoIter = std::vec::IntoIter<FleetRow>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

/// Phones without a place of their own, numbered on from the last line, at first from 1. What they borrow is copied.
///
/// # Example
/// ```
/// use crossgrade::{Fleet, Phone};
///
/// let mut fleet: Fleet = ["CP-7821-K9=", "CP-8841-K9="].into_iter().map(Phone::new).collect();
/// fleet.extend([Phone::new("CP-8865-K9=")]);
/// fleet.extend([(27, Phone::new("CP-8811-K9="))]);
/// assert_eq!(fleet.into_iter().map(|row| row.line()).collect::<Vec<_>>(), [1, 2, 3, 27]);
/// ```
impl<'p> Extend<Phone<'p>> for Fleet {
    fn extend<I: IntoIterator<Item = Phone<'p>>>(&mut self, phones: I) {
        let last = self.rows.last().map_or(0, FleetRow::line);
        self.extend((1..).map(|step| last.saturating_add(step)).zip(phones));
    }
}

/// Phones, each with the line that it stood in.
impl<'p> Extend<(u64, Phone<'p>)> for Fleet {
    fn extend<I: IntoIterator<Item = (u64, Phone<'p>)>>(&mut self, phones: I) {
        self.extend(phones.into_iter().map(|(line, phone)| FleetRow::new(line, phone.into_owned())));
    }
}

/// Rows that become rows of the last source. [`Fleet::append`] adds a fleet with its sources.
impl Extend<FleetRow> for Fleet {
    fn extend<I: IntoIterator<Item = FleetRow>>(&mut self, rows: I) {
        for row in rows {
            row.kept_names().for_each(|name| self.kept.push(name));
            self.push_row(row);
        }
    }
}

impl<T> FromIterator<T> for Fleet
where
    Fleet: Extend<T>,
{
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut fleet = Self::default();
        fleet.extend(items);
        fleet
    }
}

impl Fleet {
    /// Keeps the rows of which `is_kept` says so, and every source.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Fleet, Phone};
    ///
    /// let mut fleet: Fleet = ["CP-7821-K9=", "Cisco IP Communicator"].into_iter().map(Phone::new).collect();
    /// fleet.retain(|row| row.phone().product().known().is_some_and(|product| product.model().device_class().is_none()));
    /// assert_eq!(fleet.rows().len(), 1);
    /// ```
    pub fn retain(&mut self, is_kept: impl FnMut(&FleetRow) -> bool) {
        self.rows.retain(is_kept);
    }
}
