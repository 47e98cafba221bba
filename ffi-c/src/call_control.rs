use std::ffi::c_char;

use engine::CallControl;

use crate::enums::cg_destination;
use crate::ffi;

/// The destination that a call control is, by its product name ("Asterisk", "Unified CM"). Returns CG_DESTINATION_NONE
/// for NULL, for a name that is not known, and for one where phones only come from.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_call_control_destination(name: *const c_char) -> i32 {
    ffi::getter(cg_destination::None as i32, || {
        // SAFETY: as the caller says.
        let name = std::str::from_utf8(unsafe { ffi::bytes(name) }?).ok()?;
        let destination = name.parse::<CallControl>().ok()?.destination()?;
        Some(cg_destination::from(destination) as i32)
    })
}
