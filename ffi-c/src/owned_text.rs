use std::ffi::c_char;

use crate::call_failure::{Failure, cg_error};
use crate::ffi;

/// Frees a text that a function gave into a char **. NULL is nothing. Texts of getters belong to their objects and must
/// not come here; nor may a text of this library go to free().
///
/// # Safety
/// `text` is NULL, or was given into a `char **`, has the length that it had, was not freed, and is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_text_free(text: *mut c_char) {
    // SAFETY: as the caller says.
    unsafe { ffi::free_text(text) };
}

/// Runs the body of a function that gives a text to the caller.
///
/// # Safety
/// `out` and `error` are NULL or may be written.
pub(crate) unsafe fn tell(
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
    body: impl FnOnce() -> Result<String, Failure>,
) -> i32 {
    let body = || {
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        let text = body()?;
        // SAFETY: `out` is not NULL, and may be written as the caller says.
        unsafe { ffi::give_text(out, text) }
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}
