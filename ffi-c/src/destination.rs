use std::ffi::c_char;

use engine::{CallControl, Destination, FirmwareType};

use crate::call_failure::{Failure, cg_error};
use crate::enums::{cg_destination, cg_firmware_type};
use crate::ffi;
use crate::owned_text::tell;
use crate::status::cg_status;

/// The destination behind a text: one of the words "webex-calling", "third-party", "unified-cm", or the product name of
/// a call control ("Ring Central", "Verizon", "Asterisk", "Centile", "Metaswitch", "BroadWorks", "CUCM", "Cisco Unified
/// Communications Manager (Call Manager)", "Hosted Collaboration Solution", "3CX", "Zoom", ...). Any other call control is
/// asked about as "third-party". Case, spaces, hyphens and underscores do not matter. Returns CG_DESTINATION_NONE for
/// NULL, for a text that is not known, and for Spark Calling, where phones only come from.
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

/// Whether phones with firmware of a type (CG_FIRMWARE_TYPE_...) register with a call control, named as for
/// cg_destination_read ("third-party" too): 1 or 0 in `*registers`, which may be NULL, and why in `*why`, one sentence
/// to be freed with cg_text_free. No phone registers with Spark Calling. `call_control` is NUL-terminated UTF-8.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_TEXT_NOT_UTF8, CG_STATUS_PANIC, and CG_STATUS_SUBJECT if the text
/// names no call control or the number no type of firmware.
///
/// # Safety
/// `call_control` is NULL or NUL-terminated; `registers` is NULL or may be written; `why` may be written; `error` is NULL
/// or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_call_control_registers(
    call_control: *const c_char,
    firmware_type: i32,
    registers: *mut i32,
    why: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let text = unsafe { ffi::bytes(call_control) }.ok_or_else(|| Failure::null("call_control"))?;
        let text = ffi::utf8("call_control", text, cg_status::TextNotUtf8)?;
        let subject = |message: String| Failure::new(cg_status::Subject, message);
        let call_control: CallControl = text.parse().map_err(|error: engine::ParseError| subject(error.to_string()))?;
        let is_meant = |value: &&FirmwareType| cg_firmware_type::from(**value) as i32 == firmware_type;
        let Some(firmware_type) = FirmwareType::ALL.iter().find(is_meant) else {
            return Err(subject(format!("firmware_type is {firmware_type}; expected one of CG_FIRMWARE_TYPE_...")));
        };
        // SAFETY: as the caller says.
        if let Some(registers) = unsafe { ffi::exclusive(registers) } {
            *registers = i32::from(call_control.registers(*firmware_type));
        }
        Ok(call_control.why(*firmware_type))
    };
    // SAFETY: as the caller says.
    unsafe { tell(why, error, body) }
}
