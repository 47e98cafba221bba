use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::InventoryError;
use crate::text::words;

words! {
    /// How the letters of a file are written as bytes.
    #[non_exhaustive]
    pub enum Encoding as "encoding" {
        /// UTF-8: it says so in front, or all of it is valid.
        Utf8 = "UTF-8",
        /// UTF-16 with the low byte first, as Excel's "Unicode Text": a byte order mark says so, or every other byte is NUL.
        Utf16Le = "UTF-16LE",
        /// UTF-16 with the high byte first.
        Utf16Be = "UTF-16BE",
        /// Windows-1252, which Excel writes as "CSV" in western Europe and America: what is not valid UTF-8 is taken for it.
        Windows1252 = "Windows-1252",
    }
}

/// The bytes of a file that says how it is written.
const BYTE_ORDER_MARKS: [(&[u8], Encoding); 3] =
    [(b"\xef\xbb\xbf", Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];

/// A text in UTF-8, and how it was written. Only behind a byte order mark of UTF-8 may there be bytes that are not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, [u8]>,
    pub(crate) encoding: Encoding,
    pub(crate) has_byte_order_mark: bool,
}

/// Reads bytes as their byte order mark says; without one as UTF-16 if every other byte is NUL, as UTF-8 if they are, and else
/// as Windows-1252.
///
/// # Errors
/// [`InventoryError::Memory`] if there is none for the text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, InventoryError> {
    let marked = BYTE_ORDER_MARKS.iter().find_map(|(mark, encoding)| Some((bytes.strip_prefix(*mark)?, *encoding)));
    let (text, encoding) = marked.unwrap_or((bytes, unmarked(bytes)));
    let decoder = match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf16Le => Some(UTF_16LE),
        Encoding::Utf16Be => Some(UTF_16BE),
        Encoding::Windows1252 => Some(WINDOWS_1252),
    };
    let text = match decoder {
        None => Cow::Borrowed(text),
        Some(decoder) => Cow::Owned(decoded(decoder, text)?),
    };
    Ok(Decoded { text, encoding, has_byte_order_mark: marked.is_some() })
}

/// Bytes that are read at once: as much room is made for what they become.
const PIECE: usize = 64 << 10;

fn decoded(encoding: &'static encoding_rs::Encoding, mut bytes: &[u8]) -> Result<Vec<u8>, InventoryError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    loop {
        let piece = &bytes[..bytes.len().min(PIECE)];
        // No letter of these encodings becomes more.
        reserve(&mut text, 3 * piece.len() + 16)?;
        let (_, read, _) = decoder.decode_to_string(piece, &mut text, piece.len() == bytes.len());
        bytes = &bytes[read..];
        if bytes.is_empty() {
            return Ok(text.into_bytes());
        }
    }
}

/// A text with U+FFFD for what is no letter.
///
/// # Errors
/// [`InventoryError::Memory`] if there is none for the text.
#[cfg(any(feature = "xml", feature = "webex"))]
pub(crate) fn lossy(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, InventoryError> {
    // Most are UTF-8, which is checked faster than mended.
    let bytes = match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Cow::Borrowed(text)),
            Err(_) => Cow::Borrowed(bytes),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Ok(Cow::Owned(text)),
            Err(error) => Cow::Owned(error.into_bytes()),
        },
    };
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        reserve(&mut text, chunk.valid().len() + char::REPLACEMENT_CHARACTER.len_utf8())?;
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Ok(Cow::Owned(text))
}

fn reserve(text: &mut String, bytes: usize) -> Result<(), InventoryError> {
    let all = text.len() + bytes;
    text.try_reserve(bytes).map_err(|_| InventoryError::Memory { bytes: all })
}

/// How far into a text without byte order mark is looked for UTF-16.
const HEAD: usize = 4 << 10;

/// UTF-16 without a byte order mark: names of columns and elements are ASCII, and so one byte of each letter is NUL. In a
/// text of another encoding that holds some NULs, more of its letters stand beside each other without one.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let (mut low_first, mut high_first, mut neither, mut nothing) = (0, 0, 0, 0);
    for pair in bytes.get(..HEAD).unwrap_or(bytes).chunks_exact(2) {
        match pair {
            [1..=0x7f, 0] => low_first += 1,
            [0, 1..=0x7f] => high_first += 1,
            [1..=0x7f, 1..=0x7f] => neither += 1,
            // As in UTF-32.
            [0, 0] => nothing += 1,
            _ => {}
        }
    }
    let is_so = |these: usize, others: usize| these >= 2 && these > neither && these / 4 >= others + nothing;
    match (is_so(low_first, high_first), is_so(high_first, low_first)) {
        (true, _) => Some(Encoding::Utf16Le),
        (_, true) => Some(Encoding::Utf16Be),
        (false, false) => None,
    }
}

/// A letter that is cut off at the end is no sign of another encoding: the file breaks off there.
fn unmarked(bytes: &[u8]) -> Encoding {
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding;
    }
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_some() => Encoding::Windows1252,
        Ok(_) | Err(_) => Encoding::Utf8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        let decoded = decode(bytes).expect("there is memory");
        assert_eq!((String::from_utf8_lossy(&decoded.text).as_ref(), decoded.encoding), (text, encoding));
    }

    #[test]
    fn a_mark_decides_then_validity() {
        check(b"\xef\xbb\xbfZ\xc3\xbcrich", "Z\u{fc}rich", Encoding::Utf8);
        check(b"Z\xc3\xbcrich", "Z\u{fc}rich", Encoding::Utf8);
        check(b"\xff\xfeZ\0\xfc\0", "Z\u{fc}", Encoding::Utf16Le);
        check(b"\xfe\xff\0Z\0\xfc", "Z\u{fc}", Encoding::Utf16Be);
        check(b"Z\xfcrich \x80", "Z\u{fc}rich \u{20ac}", Encoding::Windows1252);
    }

    #[test]
    fn utf16_needs_no_mark_and_a_nul_here_and_there_is_none() {
        // The second holds letters of which both bytes could be ASCII, and one of which the low byte is NUL.
        for text in ["PID,VID\r\n", "<a>\u{5c0f}\u{4e00}\u{6d77}\u{0416}</a>", "[]", "{\n"] {
            let units = || text.encode_utf16();
            check(&units().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), text, Encoding::Utf16Le);
            check(&units().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), text, Encoding::Utf16Be);
        }
        for text in ["P\0ID,VID\n", "PID\0\n", "\0\0\0\0", "a\0", "\0", "PID\nCP\0\0\0\0\0\0", "P\0\0\0I\0\0\0"] {
            check(text.as_bytes(), text, Encoding::Utf8);
        }
    }

    /// A letter may stand on both sides of where a piece ends, and the file may end within one.
    #[test]
    fn long_texts_are_read_piece_by_piece() {
        let text = format!("{}\u{1f600}{}", "a".repeat(PIECE / 2 - 1), "\u{e9}".repeat(PIECE));
        let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&[b"\xff\xfe", &*low].concat(), &text, Encoding::Utf16Le);
        check(&[b"\xff\xfe", &*low, b"a"].concat(), &format!("{text}\u{fffd}"), Encoding::Utf16Le);
        check(
            &[&vec![b'a'; PIECE][..], b"\xe9!"].concat(),
            &format!("{}\u{e9}!", "a".repeat(PIECE)),
            Encoding::Windows1252,
        );
        check(b"\xff\xfe", "", Encoding::Utf16Le);
    }

    #[cfg(any(feature = "xml", feature = "webex"))]
    #[test]
    fn what_is_no_letter_is_mended_as_the_standard_library_does() {
        for bytes in [&b"a\xffb\xe2\x82"[..], b"", b"\xff\xff", "Z\u{fc}rich".as_bytes()] {
            assert_eq!(lossy(Cow::Borrowed(bytes)).as_deref(), Ok(&*String::from_utf8_lossy(bytes)));
            assert_eq!(lossy(Cow::Owned(bytes.to_vec())).as_deref(), Ok(&*String::from_utf8_lossy(bytes)));
        }
    }

    #[test]
    fn a_letter_that_is_cut_off_is_no_other_encoding() {
        check(b"Z\xc3\xbcrich, Z\xc3", "Z\u{fc}rich, Z\u{fffd}", Encoding::Utf8);
    }
}
