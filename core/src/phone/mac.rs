use std::fmt;

use macaddr::MacAddr6;

use crate::text::{Fault, FieldText, Folded, Spaces, fault, read_and_print};

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
        let folded = Folded::<24>::new(text, Self::SPACES)?;
        let mut cursor = folded.cursor();
        cursor.take(b"SEP");
        let first = cursor.at();
        let mut bytes = [0_u8; 6];
        // The separator, and how many digits stand before each.
        let mut grouping: Option<(u8, usize)> = None;
        for digits in 0..DIGITS {
            match grouping {
                Some((separator, size)) if digits % size == 0 && !cursor.take(&[separator]) => {
                    return cursor.fault("not the separator that stands between the groups before");
                }
                None if matches!(digits, 2 | 4 | 6) => {
                    grouping = cursor.take_any(b":-. ").map(|separator| (separator, digits));
                }
                _ => {}
            }
            let Some(digit) = cursor.take_any(b"0123456789ABCDEF") else {
                return cursor.fault("no hexadecimal digit");
            };
            let value = if digit <= b'9' { digit - b'0' } else { digit - b'A' + 10 };
            bytes[digits / 2] = bytes[digits / 2] << 4 | value;
        }
        cursor.done("something after twelve digits")?;
        let address = MacAddr6::from(bytes);
        if address.is_nil() {
            return Err(fault("the zero address", first));
        }
        if address.is_multicast() {
            return Err(fault("a multicast or broadcast address", first));
        }
        Ok(Self(address))
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

read_and_print!(Mac);
