use std::fmt;

use macaddr::MacAddr6;

use crate::text::{Cursor, Fault, FieldText, Folded, ParseError, Spaces, fault, hexadecimal, read_and_print};

/// The MAC address of a phone: a license is bound to it, and Unified CM names the phone after it.
///
/// # Accepted spellings
/// Twelve hexadecimal digits, alone or in groups of two, four or six with one kind of separator (`:` `-` `.` or space),
/// with or without the `SEP` of a Unified CM device name: `00CCFC123456`, `00:CC:FC:12:34:56`, `00cc.fc12.3456`,
/// `SEP00CCFC123456`.
/// The zero address, the broadcast address and multicast addresses belong to no phone and are refused.
/// Locally administered addresses are fine: the address in Cisco's own example is one.
///
/// Printed as twelve upper-case digits, the way license files are named.
///
/// # Example
/// ```
/// use crossgrade::Mac;
///
/// let mac: Mac = "SEP00ccfc123456".parse()?;
/// assert_eq!(mac.to_string(), "00CCFC123456");
/// assert_eq!(mac, "00-CC-FC-12-34-56".parse()?);
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(MacAddr6);

impl Mac {
    /// The address as the type of the `macaddr` crate.
    pub const fn address(self) -> MacAddr6 {
        self.0
    }

    /// The twelve digits.
    pub(crate) fn digits(self) -> [u8; DIGITS] {
        const HEXADECIMAL: &[u8; 16] = b"0123456789ABCDEF";
        let bytes = self.0.into_array();
        std::array::from_fn(|index| {
            let byte = bytes[index / 2];
            HEXADECIMAL[usize::from(if index % 2 == 0 { byte >> 4 } else { byte & 15 })]
        })
    }
}

/// As everywhere, the zero address, the broadcast address and multicast addresses belong to no phone.
///
/// ```
/// # use crossgrade::Mac;
/// let mac = Mac::try_from([0x00, 0xCC, 0xFC, 0x12, 0x34, 0x56])?;
/// assert_eq!(mac.to_string(), "00CCFC123456");
/// assert!(Mac::try_from([0xFF; 6]).is_err());
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
impl TryFrom<[u8; 6]> for Mac {
    type Error = ParseError;

    fn try_from([a, b, c, d, e, f]: [u8; 6]) -> Result<Self, ParseError> {
        let number = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        unicast(number).or_else(|_| format!("{number:012X}").parse())
    }
}

impl TryFrom<MacAddr6> for Mac {
    type Error = ParseError;

    fn try_from(address: MacAddr6) -> Result<Self, ParseError> {
        address.into_array().try_into()
    }
}

const DIGITS: usize = 12;

impl FieldText for Mac {
    const THING: &'static str = "MAC";
    const EXPECTED: &'static str =
        "twelve hexadecimal digits of a unicast address, such as 00CCFC123456, 00:CC:FC:12:34:56 or SEP00CCFC123456";
    const SPACES: Spaces = Spaces::Keep;

    fn read(text: &[u8]) -> Result<Self, Fault> {
        if let Some(mac) = Self::usual(text) {
            return Ok(mac);
        }
        let mut folded = Folded::<24>::EMPTY;
        let mut cursor = Cursor::new(folded.fold(text, Self::SPACES)?);
        cursor.take(b"SEP");
        let first = cursor.at();
        let mut number = 0_u64;
        // The separator, and how many bytes stand before each.
        let mut grouping: Option<(u8, usize)> = None;
        for index in 0..6 {
            match grouping {
                Some((separator, size)) if index % size == 0 && !cursor.take(&[separator]) => {
                    return cursor.fault("another separator than between the groups before");
                }
                None if matches!(index, 1..=3) => {
                    let separator = cursor.take_if(|byte| matches!(byte, b':' | b'-' | b'.' | b' '));
                    grouping = separator.map(|separator| (separator, index));
                }
                _ => {}
            }
            number = number << 4 | u64::from(hexadecimal_digit(&mut cursor)?);
            number = number << 4 | u64::from(hexadecimal_digit(&mut cursor)?);
        }
        cursor.done("something after twelve digits")?;
        unicast(number).map_err(|what| fault(what, first))
    }
}

/// The address of twelve digits, if it can be that of a phone.
#[inline]
fn unicast(number: u64) -> Result<Mac, &'static str> {
    let [_, _, bytes @ ..] = number.to_be_bytes();
    match number {
        0 => Err("the zero address"),
        0xFFFF_FFFF_FFFF => Err("the broadcast address"),
        _ if bytes[0] & 1 == 1 => Err("a multicast address"),
        _ => Ok(Mac(MacAddr6::from(bytes))),
    }
}

impl Mac {
    /// What is wrong with a text that is no address of a phone: `it has 11 hexadecimal digits, not 12`.
    pub(crate) fn what_is_wrong(text: &str) -> String {
        let trimmed = text.trim();
        let name = trimmed.get(..3).filter(|start| start.eq_ignore_ascii_case("SEP")).unwrap_or_default();
        let is_separator = |character: char| matches!(character, ':' | '-' | '.' | ' ');
        let digits = || trimmed[name.len()..].chars().filter(|character| !is_separator(*character));
        let count = digits().count();
        let are_digits = digits().all(|character| character.is_ascii_hexdigit());
        match ParseError::reading::<Self>(text) {
            _ if are_digits && count != DIGITS => format!("it has {count} hexadecimal digits, not {DIGITS}"),
            Err(error) if error.what().ends_with("address") => format!("it is {}", error.what()),
            Err(error) => format!("there is {} at character {}", error.what(), error.position()),
            // Bytes that are no text.
            Ok(_) => "it cannot be read as text".to_owned(),
        }
    }

    #[inline]
    fn of_digits(digits: &[u8; DIGITS]) -> Option<Self> {
        // The first eight, and the last eight, of which four are new.
        let (first, last) = (hexadecimal(digits.first_chunk()?)?, hexadecimal(digits.last_chunk()?)?);
        unicast(u64::from(first) << 16 | u64::from(last & 0xffff)).ok()
    }

    /// Reads the spellings that inventories are full of: twelve digits, alone, behind `SEP` or in pairs. Everything else, and
    /// whatever is wrong, is left to the reader of all spellings; a law holds the two against each other.
    #[inline]
    pub(crate) fn usual(text: &[u8]) -> Option<Self> {
        let digits = match text.len() {
            15 => text.strip_prefix(b"SEP")?.try_into().ok()?,
            12 => text.try_into().ok()?,
            17 => &in_pairs(text.try_into().ok()?)?,
            _ => return None,
        };
        Self::of_digits(digits)
    }
}

/// The digits of six pairs.
fn in_pairs(text: &[u8; 17]) -> Option<[u8; DIGITS]> {
    let separator = text[2];
    if ![5, 8, 11, 14].iter().all(|at| text[*at] == separator) || !matches!(separator, b':' | b'-') {
        return None;
    }
    Some(std::array::from_fn(|digit| text[digit / 2 * 3 + digit % 2]))
}

#[inline]
fn hexadecimal_digit(cursor: &mut Cursor<'_>) -> Result<u8, Fault> {
    match cursor.take_if(|byte| VALUES[usize::from(byte)] != NO_DIGIT) {
        Some(digit) => Ok(VALUES[usize::from(digit)]),
        None => cursor.fault("no hexadecimal digit"),
    }
}

/// The values of the hexadecimal digits. A processor guesses badly whether the next one is a letter, so it looks it up.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let digits = b"0123456789ABCDEF";
    let mut value = 0;
    while value < digits.len() {
        values[digits[value] as usize] = value as u8;
        value += 1;
    }
    values
};
const NO_DIGIT: u8 = u8::MAX;

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

read_and_print!(Mac);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_address_is_told() {
        for (text, told) in [
            ("00CCFC12345", "it has 11 hexadecimal digits, not 12"),
            ("SEP00CCFC1234567", "it has 13 hexadecimal digits, not 12"),
            ("00:CC:FC:12:34", "it has 10 hexadecimal digits, not 12"),
            ("01005E000001", "it is a multicast address"),
            ("SEPFFFFFFFFFFFF", "it is the broadcast address"),
            ("00-00-00-00-00-00", "it is the zero address"),
            ("00CCFC12345G", "there is no hexadecimal digit at character 12"),
            ("00:CC-FC:12:34:56", "there is another separator than between the groups before at character 6"),
            ("", "it has 0 hexadecimal digits, not 12"),
            ("\u{fffd}", "there is a character that does not belong there at character 1"),
        ] {
            assert_eq!(Mac::what_is_wrong(text), told, "{text:?}");
        }
    }
}
