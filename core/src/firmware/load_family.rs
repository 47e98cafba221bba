use std::fmt;

use crate::text::{Cursor, Fault, FieldText, Folded, InlineText, fault, read_and_print};

/// The phones that share one load: `78xx`, `7832`, `88xx`, `8832`, `8845_65`.
///
/// Open on purpose: loads of other families are read too (`68xx`, `8821`, `9971`), and a rule book can add families.
///
/// # Accepted spellings
/// Four digits, the last two of which may be `x`, and for two numbers in one family `_` and two to four digits more;
/// case does not matter.
///
/// # Example
/// ```
/// use crossgrade::firmware::LoadFamily;
///
/// let family: LoadFamily = "88XX".parse()?;
/// assert_eq!(family.as_str(), "88xx");
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LoadFamily(InlineText<9>);

impl LoadFamily {
    /// For tables: the family of this name.
    pub(crate) const fn constant(name: &str) -> Self {
        Self(InlineText::constant(name))
    }

    /// All phones that run PhoneOS.
    pub(super) const PHONE_OS: Self = Self::constant("phoneos");

    /// The name of the family.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Reads the family that comes next.
    #[inline(always)]
    pub(super) fn next(cursor: &mut Cursor<'_>) -> Result<Self, Fault> {
        let at = cursor.at();
        let name = cursor.take_while(|byte| matches!(byte, b'0'..=b'9' | b'X' | b'_'));
        let fits = match name {
            [a, b, c, d, more @ ..] => {
                [a, b].iter().all(|byte| byte.is_ascii_digit())
                    && [c, d].iter().all(|byte| byte.is_ascii_digit() || **byte == b'X')
                    && matches!(more, [] | [b'_', _, _] | [b'_', _, _, _] | [b'_', _, _, _, _])
                    && more.iter().skip(1).all(u8::is_ascii_digit)
            }
            _ => false,
        };
        let family = if fits { InlineText::lower_case(name) } else { None };
        family.map(Self).ok_or(fault("no load family", at))
    }
}

impl FieldText for LoadFamily {
    const THING: &'static str = "load family";
    const EXPECTED: &'static str = "a load family such as 78xx, 8832 or 8845_65";

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<12>::EMPTY;
        let mut cursor = Cursor::new(folded.fold(text, Self::SPACES)?);
        let family = Self::next(&mut cursor)?;
        cursor.done("something after the family")?;
        Ok(family)
    }
}

impl fmt::Debug for LoadFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoadFamily({})", self.0)
    }
}

impl fmt::Display for LoadFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

read_and_print!(LoadFamily);
