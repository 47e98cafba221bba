use std::ffi::{CString, c_char};
use std::mem::offset_of;

use engine::Gate;

use crate::enums::{cg_firmware_type, cg_gate_status, cg_stage};
use crate::ffi::{self, SizedStruct};

/// A minimum release that must run before the conversion, or that must be installed. Initialize with CG_GATE_INIT. Its
/// texts belong to the assessment.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_gate {
    /// sizeof(cg_gate), as CG_GATE_INIT sets it.
    pub struct_size: usize,
    /// One of CG_STAGE_...: before or after the conversion.
    pub on: i32,
    /// One of CG_FIRMWARE_TYPE_...: what the releases are of.
    pub firmware_type: i32,
    /// The lowest release that passes: "14.2(1)SR1". Never NULL.
    pub minimum: *const c_char,
    /// The release that was compared; NULL if there was none.
    pub actual: *const c_char,
    /// One of CG_GATE_STATUS_....
    pub status: i32,
    /// The id of the rule-book row. Never NULL.
    pub rule: *const c_char,
    /// The ids of the sources, separated by spaces. Never NULL.
    pub sources: *const c_char,
    /// The load to install first, where a start gate is unmet; NULL elsewhere, and if the rule book has none.
    pub install_first: *const c_char,
}

// SAFETY: repr(C), begins with its size, and zero and NULL are valid.
unsafe impl SizedStruct for cg_gate {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, install_first) + size_of::<*const c_char>();
    const NAME: &'static str = "gate";
}

/// The texts of a gate.
pub(crate) struct GateTexts {
    on: cg_stage,
    firmware_type: cg_firmware_type,
    minimum: CString,
    actual: Option<CString>,
    status: cg_gate_status,
    rule: CString,
    sources: CString,
    install_first: Option<CString>,
}

impl GateTexts {
    pub(crate) fn new(gate: &Gate<'_>) -> Self {
        Self {
            on: gate.on().into(),
            firmware_type: gate.firmware_type().into(),
            minimum: ffi::c_text(&gate.minimum().to_string()),
            actual: gate.actual().map(|actual| ffi::c_text(&actual.to_string())),
            status: gate.status().into(),
            rule: ffi::c_text(gate.rule()),
            sources: ffi::c_text(&gate.sources().collect::<Vec<_>>().join(" ")),
            install_first: gate.install_first().map(|load| ffi::c_text(&load.to_string())),
        }
    }

    pub(crate) fn view(&self) -> cg_gate {
        cg_gate {
            struct_size: size_of::<cg_gate>(),
            on: self.on as i32,
            firmware_type: self.firmware_type as i32,
            minimum: self.minimum.as_ptr(),
            actual: ffi::pointer(self.actual.as_ref()),
            status: self.status as i32,
            rule: self.rule.as_ptr(),
            sources: self.sources.as_ptr(),
            install_first: ffi::pointer(self.install_first.as_ref()),
        }
    }
}
