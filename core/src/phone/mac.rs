use std::fmt;

use macaddr::MacAddr6;

use crate::text::{Cursor, Fault, FieldText, Folded, Spaces, fault, hexadecimal, read_and_print};

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
                    return cursor.fault("not the separator that stands between the groups before");
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
        _ if bytes[0] & 1 == 1 => Err("a multicast or broadcast address"),
        _ => Ok(Mac(MacAddr6::from(bytes))),
    }
}

impl Mac {
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
