use std::ffi::c_char;
use std::ptr;

use crate::call_failure::cg_error;
use crate::ffi;
use crate::status::cg_status;

/// The status of the call. Returns CG_STATUS_OK for NULL.
///
/// # Safety
/// `error` is NULL or an error that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_error_status(error: *const cg_error) -> i32 {
    // SAFETY: as the caller says.
    ffi::getter(cg_status::Ok as i32, || unsafe { ffi::reference(error) }.map(|error| error.status as i32))
}

/// What was wrong and what would be right, in words. Valid until the error is freed. Returns NULL for NULL.
///
/// # Safety
/// `error` is NULL or an error that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_error_message(error: *const cg_error) -> *const c_char {
    // SAFETY: as the caller says.
    ffi::getter(ptr::null(), || unsafe { ffi::reference(error) }.map(|error| error.message.as_ptr()))
}

/// Frees an error. NULL is nothing.
///
/// # Safety
/// `error` is NULL or an error that was not freed, and no text of it is used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_error_free(error: *mut cg_error) {
    // SAFETY: as the caller says.
    unsafe { ffi::free(error) };
}
