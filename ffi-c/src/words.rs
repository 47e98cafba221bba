//! The words of the enums, as JSON, Python and the documents have them.

use std::ffi::{CStr, c_char};

use crate::enums::{
    cg_destination, cg_effect, cg_firmware_type, cg_gate_status, cg_license_need, cg_source_kind, cg_stage, cg_verdict,
};

/// The word of a value; the last is for every other number.
fn word(words: &[(i32, &'static CStr)], value: i32, other: &'static CStr) -> *const c_char {
    let found = words.iter().find(|(number, _)| *number == value);
    found.map_or(other, |(_, word)| word).as_ptr()
}

/// The word of a verdict, such as "not-needed"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_verdict_text(verdict: i32) -> *const c_char {
    let words = [
        (cg_verdict::Eligible as i32, c"eligible"),
        (cg_verdict::Ineligible as i32, c"ineligible"),
        (cg_verdict::NotNeeded as i32, c"not-needed"),
    ];
    word(&words, verdict, c"unknown")
}

/// The word of an effect, such as "blocks"; "none" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_effect_text(effect: i32) -> *const c_char {
    let words = [
        (cg_effect::Settled as i32, c"settled"),
        (cg_effect::Blocks as i32, c"blocks"),
        (cg_effect::Unsettled as i32, c"unsettled"),
        (cg_effect::Requires as i32, c"requires"),
        (cg_effect::Advises as i32, c"advises"),
        (cg_effect::Notes as i32, c"notes"),
    ];
    word(&words, effect, c"none")
}

/// The word of a destination, such as "webex-calling"; "none" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_destination_text(destination: i32) -> *const c_char {
    let words = [
        (cg_destination::WebexCalling as i32, c"webex-calling"),
        (cg_destination::ThirdParty as i32, c"third-party"),
        (cg_destination::UnifiedCm as i32, c"unified-cm"),
    ];
    word(&words, destination, c"none")
}

/// The word of a stage: "start" or "target"; "none" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_stage_text(stage: i32) -> *const c_char {
    let words = [(cg_stage::Start as i32, c"start"), (cg_stage::Target as i32, c"target")];
    word(&words, stage, c"none")
}

/// The word of a gate status: "met" or "unmet"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_gate_status_text(status: i32) -> *const c_char {
    let words = [(cg_gate_status::Met as i32, c"met"), (cg_gate_status::Unmet as i32, c"unmet")];
    word(&words, status, c"unknown")
}

/// The word of a firmware type, such as "mpp"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_firmware_type_text(firmware_type: i32) -> *const c_char {
    let words = [
        (cg_firmware_type::Enterprise as i32, c"enterprise"),
        (cg_firmware_type::Mpp as i32, c"mpp"),
        (cg_firmware_type::TlexE2m as i32, c"tlexe2m"),
        (cg_firmware_type::PhoneOs as i32, c"phoneos"),
    ];
    word(&words, firmware_type, c"unknown")
}

/// The word of a license need, such as "purchase"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_license_need_text(need: i32) -> *const c_char {
    let words = [
        (cg_license_need::Purchase as i32, c"purchase"),
        (cg_license_need::IssuedByControlHub as i32, c"issued-by-control-hub"),
        (cg_license_need::NotRequired as i32, c"not-required"),
    ];
    word(&words, need, c"unknown")
}

/// The word of a kind of inventory, such as "risport"; "unknown" for every other number. Static, never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_source_kind_text(kind: i32) -> *const c_char {
    let words = [
        (cg_source_kind::DevicePage as i32, c"device-page"),
        (cg_source_kind::Risport as i32, c"risport"),
        (cg_source_kind::Webex as i32, c"webex"),
        (cg_source_kind::Csv as i32, c"csv"),
        (cg_source_kind::Xlsx as i32, c"xlsx"),
        (cg_source_kind::Settlement as i32, c"settlement"),
        (cg_source_kind::Axl as i32, c"axl"),
        (cg_source_kind::Json as i32, c"json"),
    ];
    word(&words, kind, c"unknown")
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use engine::fleet::SourceKind;
    use engine::{Destination, Effect, FirmwareType, GateStatus, LicenseNeed, Stage, Verdict};

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
