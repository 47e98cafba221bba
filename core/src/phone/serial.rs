use std::fmt;

use crate::text::{Fault, FieldText, Folded, InlineText, fault, letters_and_digits, read_and_print};

/// The serial number of a phone.
///
/// # Accepted spellings
/// Four to sixteen letters and digits, any case. [`Serial::is_usual`] tells whether it has the shape that Cisco's
/// factories use; another shape is a reason to look twice, not an error.
///
/// # Example
/// ```
/// use crossgrade::Serial;
///
/// let serial: Serial = "fch20100312".parse()?;
/// assert_eq!(serial.to_string(), "FCH20100312");
/// assert!(serial.is_usual()); // made in 2016, week 10
/// assert!(!"INMXXXXXXX".parse::<Serial>()?.is_usual());
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(InlineText<16>);

impl Serial {
    /// Three letters of the site, year minus 1996 and week (01 to 53) in two digits each, four letters or digits.
    pub fn is_usual(&self) -> bool {
        Self::is_usual_text(self.0.as_bytes())
    }

    /// Whether a text is a serial of the usual shape, in letters of any case.
    #[inline]
    pub(crate) fn is_usual_text(text: &[u8]) -> bool {
        // The first eight characters, and the last eight, which begin with year and week.
        let (Some(first), Some(last), 11) = (text.first_chunk(), text.last_chunk(), text.len()) else { return false };
        let (Some((site, _)), Some((letters, digits))) = (letters_and_digits(first), letters_and_digits(last)) else {
            return false;
        };
        // A character is marked by the highest bit of its byte, the first in the lowest.
        const FIRST_THREE: u64 = 0x80_8080;
        const LAST_FOUR: u64 = 0x8080_8080_0000_0000;
        const ALL: u64 = 0x8080_8080_8080_8080;
        let is_spelled = site & FIRST_THREE == FIRST_THREE && digits | letters & LAST_FOUR == ALL;
        let [_, _, week_tens, week_ones, ..] = last;
        is_spelled && matches!((week_tens - b'0') * 10 + (week_ones - b'0'), 1..=53)
    }

    /// The year and the month in which the phone was made, where the serial has the usual shape: it says the year minus 1996,
    /// and the week.
    ///
    /// ```
    /// # use crossgrade::Serial;
    /// assert_eq!("FCH17300123".parse::<Serial>()?.made_in(), Some((2013, 7)));
    /// # Ok::<(), crossgrade::ParseError>(())
    /// ```
    pub fn made_in(&self) -> Option<(i16, i8)> {
        let year_and_week = self.0.as_bytes().get(3..)?.first_chunk().filter(|_| self.is_usual())?;
        Some(Self::month_of(*year_and_week))
    }

    /// The year and the month of the four digits of a serial of the usual shape.
    #[inline]
    pub(crate) fn month_of(year_and_week: [u8; 4]) -> (i16, i8) {
        // The last week of each month.
        const LAST_WEEKS: [u8; 12] = [5, 9, 14, 18, 22, 27, 31, 35, 40, 44, 48, 53];
        let [year, tens, week, ones] = year_and_week.map(|digit| digit.wrapping_sub(b'0'));
        let (year, week) = (i16::from(year) * 10 + i16::from(tens), week.wrapping_mul(10).wrapping_add(ones));
        let months_before = LAST_WEEKS.iter().map(|last| i8::from(*last < week)).sum::<i8>();
        (1996 + year, months_before + 1)
    }

    /// The serial as it is printed on the label.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FieldText for Serial {
    const THING: &'static str = "serial";
    const EXPECTED: &'static str = "four to sixteen letters and digits, such as FCH20100312";

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<16>::EMPTY;
        let serial = folded.fold(text, Self::SPACES)?;
        // Not `||`: whether a letter or a digit comes next cannot be guessed.
        let is_fit = |byte: &u8| byte.is_ascii_digit() | byte.is_ascii_uppercase();
        if let Some(at) = serial.iter().position(|byte| !is_fit(byte)) {
            return Err(fault("a character that is no letter or digit", at));
        }
        match InlineText::new(serial) {
            Some(text) if serial.len() >= 4 => Ok(Self(text)),
            _ => Err(fault("fewer than four characters", serial.len())),
        }
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

read_and_print!(Serial);
