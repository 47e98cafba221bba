//! Eight ASCII characters at once, one in each byte of a `u64`.
//!
//! The sum of two bytes below 0x80 stays in its byte, so one addition compares all eight. A comparison answers with the
//! highest bit of each byte.

const EACH: u64 = u64::from_le_bytes([1; 8]);
const HIGHEST_BITS: u64 = EACH << 7;

/// The characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Something else than printable ASCII is among them.
    Unknown,
    /// Some are in lower case.
    SomeLower,
    /// None is in lower case.
    NoneLower,
}

/// Which characters the text has. The first one that counts as printable is `!`, or a space where that is fine.
#[inline]
pub(super) fn letters(text: &[u8], first: u8) -> Letters {
    let (mut ascii, mut printable, mut lower) = (true, HIGHEST_BITS, 0);
    let mut look = |eight: u64| {
        ascii &= are_ascii(eight);
        printable &= between(eight, first, b'~');
        lower |= between(eight, b'a', b'z');
    };
    match text.last_chunk() {
        Some(last) => {
            text.as_chunks().0.iter().for_each(|eight| look(u64::from_le_bytes(*eight)));
            // They overlap those before if the length is no multiple of eight, and are looked at twice.
            look(u64::from_le_bytes(*last));
        }
        // Filled up with zeros that are digits.
        None => look(text.iter().rev().fold(EACH * b'0' as u64, |eight, byte| eight << 8 | u64::from(*byte))),
    }
    match (ascii && printable == HIGHEST_BITS, lower) {
        (false, _) => Letters::Unknown,
        (true, 0) => Letters::NoneLower,
        (true, _) => Letters::SomeLower,
    }
}

/// Writes the text in upper case, which is as long. It has to be ASCII.
#[inline]
pub(super) fn upper_case(text: &[u8], upper: &mut [u8]) {
    // The letters of the two cases differ in the bit 0x20.
    let upper_of = |eight: [u8; 8]| {
        let eight = u64::from_le_bytes(eight);
        (eight ^ between(eight, b'a', b'z') >> 2).to_le_bytes()
    };
    match (text.last_chunk(), upper.last_chunk_mut()) {
        (Some(last), Some(place)) => {
            *place = upper_of(*last);
            text.as_chunks().0.iter().zip(upper.as_chunks_mut().0).for_each(|(eight, place)| *place = upper_of(*eight));
        }
        _ => text.iter().zip(upper).for_each(|(byte, place)| *place = byte.to_ascii_uppercase()),
    }
}

/// Which of eight characters are letters, and which are digits: the highest bit of the byte of each. None if some are not ASCII.
#[inline]
pub(crate) fn letters_and_digits(text: &[u8; 8]) -> Option<(u64, u64)> {
    let characters = u64::from_le_bytes(*text);
    let letters = between(characters | EACH << 5, b'a', b'z');
    are_ascii(characters).then_some((letters, between(characters, b'0', b'9')))
}

/// The number that eight hexadecimal digits spell, in any case.
#[inline]
pub(crate) fn hexadecimal(text: &[u8; 8]) -> Option<u32> {
    // The first digit counts most.
    let characters = u64::from_be_bytes(*text);
    let letters = between(characters | EACH << 5, b'a', b'f');
    if !are_ascii(characters) || letters | between(characters, b'0', b'9') != HIGHEST_BITS {
        return None;
    }
    // A letter is nine more than its lowest bits say.
    let digits = (characters & (EACH * 15)) + (letters >> 7) * 9;
    let pairs = (digits | digits >> 4) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    Some((fours | fours >> 16) as u32)
}

/// The characters in lower case. All have to be ASCII.
#[inline]
pub(super) const fn lower_case(characters: u64) -> u64 {
    characters | between(characters, b'A', b'Z') >> 2
}

#[inline]
pub(super) const fn are_ascii(characters: u64) -> bool {
    characters & HIGHEST_BITS == 0
}

/// The characters that are in this range. All have to be ASCII.
const fn between(characters: u64, first: u8, last: u8) -> u64 {
    at_least(characters, first) & !at_least(characters, last + 1)
}

/// The characters that are at least this one. All have to be ASCII.
const fn at_least(characters: u64, first: u8) -> u64 {
    characters.wrapping_add(EACH * (0x80 - first as u64)) & HIGHEST_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each byte in each place of texts of each length, beside the first and the last characters that count.
    #[test]
    fn what_is_said_of_eight_characters_is_true_of_each() {
        for (len, beside) in (1..=25).flat_map(|len| [b' ', b'!', b'A', b'a', b'z', b'~'].map(|beside| (len, beside))) {
            for (place, byte) in (0..len).flat_map(|place| (0..=u8::MAX).map(move |byte| (place, byte))) {
                let mut text = vec![beside; len];
                text[place] = byte;
                for first in [b' ', b'!'] {
                    let expected = match &text {
                        text if !text.iter().all(|byte| (first..=b'~').contains(byte)) => Letters::Unknown,
                        text if text.iter().any(u8::is_ascii_lowercase) => Letters::SomeLower,
                        _ => Letters::NoneLower,
                    };
                    assert_eq!(letters(&text, first), expected, "{text:?}");
                }
                let mut upper = vec![0; len];
                if text.is_ascii() {
                    upper_case(&text, &mut upper);
                    assert_eq!(upper, text.to_ascii_uppercase());
                }
            }
        }
        assert_eq!(letters(b"", b'!'), Letters::NoneLower);
    }
}
