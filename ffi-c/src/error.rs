use std::ffi::{CString, c_char};
use std::ptr;

use engine::inventory::InventoryError;
use engine::merge::{SettlementError, SettlementProblem};

use crate::ffi;
use crate::status::cg_status;

/// Why a call failed, with the details that a status does not tell.
pub struct cg_error {
    status: cg_status,
    message: CString,
}

/// A call that cannot be answered.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: cg_status,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(status: cg_status, message: String) -> Self {
        Self { status, message }
    }

    pub(crate) fn null(argument: &str) -> Self {
        Self::new(cg_status::Null, format!("{argument} is NULL"))
    }

    /// What an inventory says that cannot be read.
    pub(crate) fn inventory(error: &InventoryError) -> Self {
        let status = match error {
            InventoryError::Memory { .. } => cg_status::Memory,
            _ => cg_status::Inventory,
        };
        Self::new(status, error.to_string())
    }

    /// Why settlements are refused; the message names them and the row.
    pub(crate) fn settlement(error: &SettlementError) -> Self {
        let status = match error.problem() {
            SettlementProblem::Unreadable(InventoryError::Memory { .. }) => cg_status::Memory,
            _ => cg_status::Inventory,
        };
        Self::new(status, error.to_string())
    }

    /// There is no memory for so many bytes.
    pub(crate) fn memory(what: &str, bytes: usize) -> Self {
        Self::new(cg_status::Memory, format!("{what}: there is not enough memory for {bytes} bytes"))
    }

    pub(crate) fn panic() -> Self {
        Self::new(cg_status::Panic, "a defect of the library; please report it".to_owned())
    }
}

impl cg_error {
    pub(crate) fn new(failure: Failure) -> Self {
        Self { status: failure.status, message: ffi::c_text(&failure.message) }
    }
}

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
