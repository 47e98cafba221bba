use std::fmt;

use jiff::civil;

use crate::text::{Fault, FieldText, Folded, fault, read_and_print};

/// A day, as amendments are dated: `2024-08-26`. Ordered; without a time or time zone.
///
/// # Accepted spellings
/// `2024-08-26`, the form of ISO 8601 that TOML has.
///
/// # Example
/// ```
/// use crossgrade::Date;
///
/// let day: Date = "2024-08-26".parse()?;
/// assert_eq!(Date::new(2024, 8, 26), Some(day));
/// assert_eq!(Date::new(2024, 2, 30), None);
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day of this year (1 to 9999), month and day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().filter(|date| date.year() >= 1).map(Self)
    }

    /// For baked tables: a day that exists.
    pub(crate) const fn constant(year: i16, month: i8, day: i8) -> Self {
        Self(civil::date(year, month, day))
    }

    /// Year and month.
    pub(crate) fn month(self) -> (i16, i8) {
        (self.0.year(), self.0.month())
    }

    #[cfg(all(test, feature = "load"))]
    pub(crate) fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl FieldText for Date {
    const THING: &'static str = "date";
    const EXPECTED: &'static str = "a day such as 2024-08-26";

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let folded = Folded::<16>::new(text, Self::SPACES)?;
        let number = |digits: &[u8]| -> Option<i16> {
            let all_digits = digits.iter().all(u8::is_ascii_digit);
            std::str::from_utf8(digits).ok().filter(|_| all_digits)?.parse().ok()
        };
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *folded.bytes() else {
            return Err(fault("not year, month and day with hyphens between", 0));
        };
        let (Some(year), Some(month), Some(day)) = (number(&[y1, y2, y3, y4]), number(&[m1, m2]), number(&[d1, d2]))
        else {
            return Err(fault("something else than digits", 0));
        };
        // Two digits always fit.
        Self::new(year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0))
            .ok_or(fault("no such day in the calendar", 0))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

read_and_print!(Date);
