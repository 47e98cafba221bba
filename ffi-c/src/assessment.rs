use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::OnceLock;

use engine::{Assessment, OwnedAssessment};

use crate::call_failure::{Failure, cg_error};
use crate::enums::{cg_license_need, cg_verdict};
use crate::ffi;
use crate::finding::{FindingTexts, cg_finding};
use crate::gate::{GateTexts, cg_gate};
use crate::phone::cg_phone;
use crate::request::cg_request;
use crate::rulebook::cg_rulebook;
use crate::status::cg_status;

/// An answer. Owns everything that it gives out; outlives the phone, the request and the book.
pub struct cg_assessment {
    answer: OwnedAssessment,
    // Written when first asked for.
    texts: OnceLock<Texts>,
    json: OnceLock<CString>,
    text: OnceLock<CString>,
}

/// What the getters give out.
struct Texts {
    findings: Vec<FindingTexts>,
    gates: Vec<GateTexts>,
    load: Option<CString>,
    file: Option<CString>,
    load_server: Option<CString>,
    need: cg_license_need,
    sku: Option<CString>,
    service_sku: Option<CString>,
    license_file: Option<CString>,
    decided_by: Option<CString>,
    evidence_needed: Option<CString>,
    install_first: Option<CString>,
    why: CString,
    not_a_phone: Option<CString>,
}

impl cg_assessment {
    fn answer(&self) -> Assessment<'_> {
        self.answer.answer()
    }

    fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| {
            let answer = self.answer();
            let firmware = answer.firmware();
            let license = answer.license();
            Texts {
                findings: answer.findings().map(|finding| FindingTexts::new(&finding)).collect(),
                gates: answer.gates().map(|gate| GateTexts::new(&gate)).collect(),
                load: firmware.and_then(|firmware| firmware.load()).map(|load| ffi::c_text(&load.to_string())),
                file: firmware.and_then(|firmware| firmware.file()).map(|file| ffi::c_text(&file)),
                load_server: firmware.and_then(|firmware| firmware.load_server()).map(ffi::c_text),
                need: license.map_or(cg_license_need::Unknown, |license| license.need().into()),
                sku: license.and_then(|license| license.sku()).map(ffi::c_text),
                service_sku: license.and_then(|license| license.service_sku()).map(ffi::c_text),
                license_file: license.and_then(|license| license.file()).map(|file| ffi::c_text(&file)),
                decided_by: listed(&answer.decided_by()),
                evidence_needed: listed(&answer.evidence_needed()),
                install_first: answer.install_first().map(|load| ffi::c_text(&load.to_string())),
                why: ffi::c_text(&answer.why()),
                not_a_phone: answer.not_a_phone().map(|class| ffi::c_text(class.as_str())),
            }
        })
    }
}

/// The words, separated by spaces; nothing if there are none.
fn listed(words: &[impl ToString]) -> Option<CString> {
    let words: Vec<_> = words.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| ffi::c_text(&words.join(" ")))
}

/// Decides about one phone and gives the answer in `*out`, to be freed with cg_assessment_free.
///
/// Returns CG_STATUS_OK for every verdict. Other statuses: CG_STATUS_NULL, CG_STATUS_STRUCT_SIZE,
/// CG_STATUS_STRUCT_EXTRA, CG_STATUS_DESTINATION, CG_STATUS_TARGET, CG_STATUS_TARGET_NOT_UTF8, CG_STATUS_MEMORY,
/// CG_STATUS_OPTIONS for a field of `said` that is none, CG_STATUS_LENGTH, CG_STATUS_PANIC; then `*out` stays as it was.
///
/// # Safety
/// `book` is a live rule book; `phone` and `request` have the size that they say and texts that are NULL or
/// NUL-terminated; `out` may be written; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assess(
    book: *const cg_rulebook,
    phone: *const cg_phone,
    request: *const cg_request,
    out: *mut *mut cg_assessment,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let book = &unsafe { ffi::reference(book) }.ok_or_else(|| Failure::null("book"))?.book;
        // SAFETY: as the caller says.
        let phone = unsafe { ffi::read_sized(phone) }?;
        // SAFETY: as the caller says.
        let request = unsafe { ffi::read_sized(request) }?;
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        // SAFETY: as the caller says.
        unsafe { phone.check_room() }?;
        // SAFETY: as the caller says; the texts are copied before the call ends.
        let (request, phone) = unsafe { (request.request(book)?, phone.phone()?) };
        let answer = book.assess_request(&phone, &request).into_owned();
        let (texts, json, text) = Default::default();
        // SAFETY: `out` is not NULL, and may be written as the caller says.
        unsafe { ffi::give(out, cg_assessment { answer, texts, json, text }) };
        Ok(())
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}

/// Frees an assessment and all texts that came from it. NULL is nothing.
///
/// # Safety
/// `assessment` is NULL or was not freed, and neither it nor its texts are used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_free(assessment: *mut cg_assessment) {
    // SAFETY: as the caller says.
    unsafe { ffi::free(assessment) };
}

/// One of CG_VERDICT_.... Returns CG_VERDICT_UNKNOWN for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_verdict(assessment: *const cg_assessment) -> i32 {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(cg_verdict::Unknown as i32, || Some(cg_verdict::from(assessment?.answer.verdict()) as i32))
}

/// How many findings there are; they are ordered by code, then by the id of the row. Returns 0 for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_finding_count(assessment: *const cg_assessment) -> usize {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(0, || Some(assessment?.texts().findings.len()))
}

/// Fills `*finding` with the finding at `index`. Returns CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_STRUCT_SIZE,
/// CG_STATUS_INDEX or CG_STATUS_PANIC; `*finding` is written only for CG_STATUS_OK.
///
/// # Safety
/// `assessment` is NULL or was not freed; `finding` is NULL or has the size that it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_finding(
    assessment: *const cg_assessment,
    index: usize,
    finding: *mut cg_finding,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let assessment = unsafe { ffi::reference(assessment) }.ok_or_else(|| Failure::null("assessment"))?;
        let texts = assessment.texts().findings.get(index).ok_or_else(|| no_such(index))?;
        // SAFETY: as the caller says.
        unsafe { ffi::write_sized(finding, &texts.view()) }
    };
    // SAFETY: NULL is allowed.
    unsafe { ffi::guard(ptr::null_mut(), body) }
}

/// How many gates are listed, start before target. Returns 0 for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_gate_count(assessment: *const cg_assessment) -> usize {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(0, || Some(assessment?.texts().gates.len()))
}

/// Fills `*gate` with the gate at `index`. Returns CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_STRUCT_SIZE, CG_STATUS_INDEX
/// or CG_STATUS_PANIC; `*gate` is written only for CG_STATUS_OK.
///
/// # Safety
/// `assessment` is NULL or was not freed; `gate` is NULL or has the size that it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_gate(assessment: *const cg_assessment, index: usize, gate: *mut cg_gate) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let assessment = unsafe { ffi::reference(assessment) }.ok_or_else(|| Failure::null("assessment"))?;
        let texts = assessment.texts().gates.get(index).ok_or_else(|| no_such(index))?;
        // SAFETY: as the caller says.
        unsafe { ffi::write_sized(gate, &texts.view()) }
    };
    // SAFETY: NULL is allowed.
    unsafe { ffi::guard(ptr::null_mut(), body) }
}

fn no_such(index: usize) -> Failure {
    Failure::new(cg_status::Index, format!("nothing at index {index}"))
}

/// One of CG_LICENSE_NEED_...: for eligible, for unknown when the model is listed for the direction, and for not-needed
/// when the phone runs MPP firmware without a known license. Returns CG_LICENSE_NEED_UNKNOWN elsewhere, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_license_need(assessment: *const cg_assessment) -> i32 {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(cg_license_need::Unknown as i32, || Some(assessment?.texts().need as i32))
}

/// The load to install: what the phone-load field of Unified CM takes. It is set for eligible, and for unknown when the
/// model is listed for the direction; look at the verdict, at the findings that require something and at the start gates
/// (install_first) before it is used. NULL elsewhere, if the rule book knows none, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_target_load(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.load.as_ref()) }
}

/// The file of that load: what an upgrade rule names. NULL if there is none, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_target_file(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.file.as_ref()) }
}

/// What the load-server field of Unified CM takes. NULL if there is none, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_load_server(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.load_server.as_ref()) }
}

/// The license to buy. NULL unless the need is CG_LICENSE_NEED_PURCHASE, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_license_sku(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.sku.as_ref()) }
}

/// The support that goes with that license. NULL if there is none, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_service_sku(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.service_sku.as_ref()) }
}

/// The file name to keep that license under. NULL if there is none or the MAC is missing, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_license_file(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.license_file.as_ref()) }
}

/// The codes of the findings that decided the verdict, in order, each once, separated by spaces: what the result column
/// decided_by holds. NULL for eligible, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_decided_by(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.decided_by.as_ref()) }
}

/// The fields that would settle an unknown verdict, each once, separated by spaces: what the result column evidence_needed
/// holds. NULL for other verdicts, where no field would settle it, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_evidence_needed(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.evidence_needed.as_ref()) }
}

/// The load to install before the conversion, where a start gate is unmet and the rule book has one that gets the phone
/// over it. NULL elsewhere, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_install_first(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.install_first.as_ref()) }
}

/// One sentence that says why, or what comes first on the way of an eligible phone: what the result column why holds. It
/// quotes no text of the phone; the messages of the findings do. NULL for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_why(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| Some(&texts.why)) }
}

/// What kind of device it is, if it is no desk phone (CG108): "soft-client", "cti", "ata", "gateway", "room-system",
/// "expansion-module", "conference-bridge", "media-resource", "logical-device", "other-endpoint" or "sum-row"; others may
/// appear. Its verdict is CG_VERDICT_INELIGIBLE. NULL for a phone, where nobody can tell, and for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_not_a_phone(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { text_of(assessment, |texts| texts.not_a_phone.as_ref()) }
}

/// The answer as JSON, byte for byte the same in every language. NULL for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_json(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(ptr::null(), || {
        let assessment = assessment?;
        Some(assessment.json.get_or_init(|| ffi::c_text(&assessment.answer().to_json())).as_ptr())
    })
}

/// The answer as the text that a person reads. NULL for NULL.
///
/// # Safety
/// `assessment` is NULL or was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_assessment_text(assessment: *const cg_assessment) -> *const c_char {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(ptr::null(), || {
        let assessment = assessment?;
        Some(assessment.text.get_or_init(|| ffi::c_text(&assessment.answer().to_string())).as_ptr())
    })
}

/// A text that may be missing.
///
/// # Safety
/// `assessment` is NULL or was not freed.
unsafe fn text_of(assessment: *const cg_assessment, text: impl Fn(&Texts) -> Option<&CString>) -> *const c_char {
    // SAFETY: as the caller says.
    let assessment = unsafe { ffi::reference(assessment) };
    ffi::getter(ptr::null(), || Some(ffi::pointer(text(assessment?.texts()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assessment_may_be_read_by_threads() {
        fn is_shareable<T: Send + Sync>() {}
        is_shareable::<cg_assessment>();
    }
}
