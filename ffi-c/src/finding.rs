use std::ffi::{CString, c_char};
use std::mem::offset_of;

use engine::Finding;

use crate::enums::cg_effect;
use crate::ffi::{self, SizedStruct};

/// One finding of an answer. Initialize with CG_FINDING_INIT. Its texts belong to the assessment.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_finding {
    /// sizeof(cg_finding), as CG_FINDING_INIT sets it.
    pub struct_size: usize,
    /// The code, stable for ever: "CG203". Never NULL.
    pub code: *const c_char,
    /// Its name: "vid-below-range". Never NULL.
    pub name: *const c_char,
    /// One of CG_EFFECT_...: what it did to the verdict here.
    pub effect: i32,
    /// The id of the rule-book row that spoke, or NULL.
    pub rule: *const c_char,
    /// The fields that would settle it, separated by spaces; empty if none. Never NULL.
    pub evidence: *const c_char,
    /// What was found, as a sentence about this phone. Never NULL.
    pub message: *const c_char,
    /// What to do about it. Never NULL.
    pub remedy: *const c_char,
    /// The ids of the sources, separated by spaces. Never NULL.
    pub sources: *const c_char,
}

// SAFETY: repr(C), begins with its size, and zero and NULL are valid.
unsafe impl SizedStruct for cg_finding {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, sources) + size_of::<*const c_char>();
    const NAME: &'static str = "finding";
}

/// The texts of a finding.
pub(crate) struct FindingTexts {
    code: CString,
    name: CString,
    effect: cg_effect,
    rule: Option<CString>,
    evidence: CString,
    message: CString,
    remedy: CString,
    sources: CString,
}

impl FindingTexts {
    pub(crate) fn new(finding: &Finding<'_>) -> Self {
        let evidence: Vec<&str> = finding.evidence().iter().map(|field| field.as_str()).collect();
        let sources: Vec<&str> = finding.sources().collect();
        Self {
            code: ffi::c_text(finding.code().as_str()),
            name: ffi::c_text(finding.code().name()),
            effect: finding.effect().into(),
            rule: finding.rule().map(ffi::c_text),
            evidence: ffi::c_text(&evidence.join(" ")),
            message: ffi::c_text(&finding.message()),
            remedy: ffi::c_text(finding.remedy()),
            sources: ffi::c_text(&sources.join(" ")),
        }
    }

    pub(crate) fn view(&self) -> cg_finding {
        cg_finding {
            struct_size: size_of::<cg_finding>(),
            code: self.code.as_ptr(),
            name: self.name.as_ptr(),
            effect: self.effect as i32,
            rule: ffi::pointer(self.rule.as_ref()),
            evidence: self.evidence.as_ptr(),
            message: self.message.as_ptr(),
            remedy: self.remedy.as_ptr(),
            sources: self.sources.as_ptr(),
        }
    }
}
