use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::text::words;

words! {
    /// How the letters of a file are written as bytes.
    #[non_exhaustive]
    pub enum Encoding as "encoding" {
        /// UTF-8: it says so in front, or all of it is valid.
        Utf8 = "UTF-8",
        /// UTF-16 with the low byte first, as Excel's "Unicode Text".
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

/// Reads bytes as their byte order mark says; without one as UTF-8 if they are, and else as Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
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
        Some(decoder) => Cow::Owned(decoder.decode_without_bom_handling(text).0.into_owned().into_bytes()),
    };
    Decoded { text, encoding, has_byte_order_mark: marked.is_some() }
}

/// A letter that is cut off at the end is no sign of another encoding: the file breaks off there.
fn unmarked(bytes: &[u8]) -> Encoding {
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
        let decoded = decode(bytes);
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
    fn a_letter_that_is_cut_off_is_no_other_encoding() {
        check(b"Z\xc3\xbcrich, Z\xc3", "Z\u{fc}rich, Z\u{fffd}", Encoding::Utf8);
    }
}
