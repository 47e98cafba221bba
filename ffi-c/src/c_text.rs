//! Texts for C.

use std::ffi::CString;

/// A text for C. A NUL inside, which a rule book from elsewhere may have, would end it too soon: U+FFFD stands for it.
pub(crate) fn c_text(text: &str) -> CString {
    CString::new(text).unwrap_or_else(|error| without_nul(error.into_vec()))
}

pub(crate) fn without_nul(text: Vec<u8>) -> CString {
    CString::new(String::from_utf8_lossy(&text).replace('\0', "\u{fffd}")).unwrap_or_default()
}
