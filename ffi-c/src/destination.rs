use std::ffi::c_char;

use engine::Destination;

use crate::enums::cg_destination;
use crate::ffi;

/// The destination behind a text: one of the words "webex-calling", "third-party", "unified-cm", or the product name of
/// a call control ("Ring Central", "Verizon", "Asterisk", "Centile", "Metaswitch", "CUCM", "Hosted Collaboration
/// Solution", ...). Case, spaces, hyphens and underscores do not matter. Returns CG_DESTINATION_NONE for NULL, for a text
/// that is not known, and for Spark Calling, where phones only come from.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_destination_read(text: *const c_char) -> i32 {
    ffi::getter(cg_destination::None as i32, || {
        // SAFETY: as the caller says.
        let text = std::str::from_utf8(unsafe { ffi::bytes(text) }?).ok()?;
        Some(cg_destination::from(Destination::named(text).ok()?) as i32)
    })
}
