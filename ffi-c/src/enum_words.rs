//! The words of the enums, as JSON, Python and the documents have them.

use std::ffi::{CStr, c_char};

use engine::fleet::SourceKind;
use engine::rulebook::rows::{LicenseNeed, Stage};
use engine::{Destination, Effect, FirmwareType, GateStatus, Verdict};

use crate::enums::{
    cg_destination, cg_effect, cg_firmware_type, cg_gate_status, cg_license_need, cg_source_kind, cg_stage, cg_verdict,
};

/// The numbers of C and the words of the engine, value for value. The words get their NUL when this is compiled.
macro_rules! words {
    ($number:ident, $engine:ident: $($value:ident),+) => {
        [$(($number::$value as i32, {
            const WORD: &str = $engine::$value.as_str();
            const BYTES: [u8; WORD.len() + 1] = with_nul(WORD);
            const { terminated(&BYTES) }
        })),+]
    };
}

const fn with_nul<const LEN: usize>(word: &str) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    bytes.split_at_mut(word.len()).0.copy_from_slice(word.as_bytes());
    bytes
}

/// A text that ends with its only NUL.
const fn terminated(bytes: &'static [u8]) -> &'static CStr {
    match CStr::from_bytes_with_nul(bytes) {
        Ok(text) => text,
        Err(_) => panic!("a word of the engine has a NUL"),
    }
}

/// The word of a value; the last is for every other number.
fn word(words: &[(i32, &'static CStr)], value: i32, other: &'static CStr) -> *const c_char {
    let found = words.iter().find(|(number, _)| *number == value);
    found.map_or(other, |(_, word)| word).as_ptr()
}

/// The word of a verdict, such as "not-needed"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_verdict_text(verdict: i32) -> *const c_char {
    let words = words!(cg_verdict, Verdict: Eligible, Ineligible, NotNeeded);
    word(&words, verdict, c"unknown")
}

/// The word of an effect, such as "blocks"; "none" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_effect_text(effect: i32) -> *const c_char {
    let words = words!(cg_effect, Effect: Settled, Blocks, Unsettled, Requires, Advises, Notes);
    word(&words, effect, c"none")
}

/// The word of a destination, such as "webex-calling"; "none" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_destination_text(destination: i32) -> *const c_char {
    let words = words!(cg_destination, Destination: WebexCalling, ThirdParty, UnifiedCm);
    word(&words, destination, c"none")
}

/// The word of a stage: "start" or "target"; "none" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_stage_text(stage: i32) -> *const c_char {
    let words = words!(cg_stage, Stage: Start, Target);
    word(&words, stage, c"none")
}

/// The word of a gate status: "met" or "unmet"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_gate_status_text(status: i32) -> *const c_char {
    let words = words!(cg_gate_status, GateStatus: Met, Unmet);
    word(&words, status, c"unknown")
}

/// The word of a firmware type, such as "mpp"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_firmware_type_text(firmware_type: i32) -> *const c_char {
    let words = words!(cg_firmware_type, FirmwareType: Enterprise, Mpp, TlexE2m, PhoneOs);
    word(&words, firmware_type, c"unknown")
}

/// The word of a license need, such as "purchase"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_license_need_text(need: i32) -> *const c_char {
    let words = words!(cg_license_need, LicenseNeed: Purchase, IssuedByControlHub, NotRequired);
    word(&words, need, c"unknown")
}

/// The word of a kind of inventory, such as "risport"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_source_kind_text(kind: i32) -> *const c_char {
    let words = words!(cg_source_kind, SourceKind: DevicePage, Risport, Webex, Csv, Xlsx, Settlement, Axl, Json);
    word(&words, kind, c"unknown")
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use super::*;

    /// The words here must be those of the engine, value for value.
    #[track_caller]
    fn same<T: Copy + Display, C: From<T>>(
        values: &[T],
        number: impl Fn(C) -> i32,
        text: extern "C" fn(i32) -> *const c_char,
    ) {
        for value in values {
            // SAFETY: static and NUL-terminated.
            let word = unsafe { CStr::from_ptr(text(number(C::from(*value)))) };
            assert_eq!(word.to_str(), Ok(value.to_string().as_str()));
        }
    }

    #[test]
    fn words_are_those_of_the_engine() {
        same::<Verdict, cg_verdict>(Verdict::ALL, |value| value as i32, cg_verdict_text);
        same::<Effect, cg_effect>(Effect::ALL, |value| value as i32, cg_effect_text);
        same::<Destination, cg_destination>(Destination::ALL, |value| value as i32, cg_destination_text);
        same::<Stage, cg_stage>(Stage::ALL, |value| value as i32, cg_stage_text);
        same::<GateStatus, cg_gate_status>(GateStatus::ALL, |value| value as i32, cg_gate_status_text);
        same::<FirmwareType, cg_firmware_type>(FirmwareType::ALL, |value| value as i32, cg_firmware_type_text);
        let kinds: Vec<_> = SourceKind::ALL.iter().copied().filter(|kind| *kind != SourceKind::Table).collect();
        same::<SourceKind, cg_source_kind>(&kinds, |value| value as i32, cg_source_kind_text);
        same::<LicenseNeed, cg_license_need>(LicenseNeed::ALL, |value| value as i32, cg_license_need_text);
    }
}
