use std::fmt;

use crate::text::{Cursor, Fault, FieldText, Folded, fault, read_and_print};

/// Hardware version id (VID): an ordered number, never compared as text.
///
/// # Accepted spellings
/// `V03`, `v03`, `V3`, `= V02` (some phone pages), `VID V03` and `VID: V03` (labels).
/// Digits without `V` (`5`, `1.0`, `0x0005`) are not a VID: phones report other numbers in that place.
///
/// # Example
/// ```
/// use crossgrade::Vid;
///
/// let vid: Vid = "v3".parse()?;
/// assert_eq!(vid.to_string(), "V03");
/// assert!(vid < "V10".parse()?);
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vid(u16);

impl Vid {
    /// The version with this number, at most 999.
    ///
    /// ```
    /// # use crossgrade::Vid;
    /// assert_eq!(Vid::new(15).unwrap().to_string(), "V15");
    /// assert_eq!(Vid::new(1000), None);
    /// ```
    pub const fn new(number: u16) -> Option<Self> {
        if number <= 999 { Some(Self(number)) } else { None }
    }

    /// For baked tables, whose numbers were read from text once.
    pub(crate) const fn baked(number: u16) -> Self {
        Self(number)
    }

    /// The number behind the `V`.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl FieldText for Vid {
    const THING: &'static str = "VID";
    const EXPECTED: &'static str = "V and one to three digits, such as V03";

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<24>::EMPTY;
        let mut cursor = Cursor::new(folded.fold(text, Self::SPACES)?);
        cursor.take(b"=");
        if cursor.take(b"VID") {
            cursor.take(b":");
        }
        if !cursor.take(b"V") {
            return cursor.fault("no letter V before the digits");
        }
        let at = cursor.at();
        let digits = cursor.digits();
        if digits.is_empty() || digits.len() > 3 {
            return Err(fault("not one to three digits", at));
        }
        cursor.done("something after the digits")?;
        Ok(Self(digits.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))))
    }
}

impl fmt::Display for Vid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "V{:02}", self.0)
    }
}

read_and_print!(Vid);
