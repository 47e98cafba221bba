use std::ffi::c_char;
use std::ptr;

use engine::explain::Explanation;
use engine::fleet::Impact;
use engine::inventory::csv;
use engine::rulebook::RuleBookDiff;

use super::{cg_rulebook, engine_book};
use crate::call_failure::{Failure, cg_error};
use crate::ffi;
use crate::option_lists::keep;
use crate::owned_text::tell;
use crate::request::cg_request;
use crate::status::cg_status;

/// Gives every row that is in force in `*out` as JSON, `crossgrade.rulebook/1`, to be freed with cg_text_free.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_PANIC.
///
/// # Safety
/// `book` is NULL or a live rule book; `out` may be written; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_json(
    book: *const cg_rulebook,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(engine_book("book", book)?.to_json())) }
}

/// Gives what is different in the later book in `*out`, row by row, as JSON, `crossgrade.rulebook-diff/1`, to be freed
/// with cg_text_free. `changes` is empty for books that say the same, whatever they are called.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_PANIC.
///
/// # Safety
/// `before` and `after` are NULL or live rule books; `out` may be written; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_diff_json(
    before: *const cg_rulebook,
    after: *const cg_rulebook,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(diff(before, after)?.to_json())) }
}

/// As cg_rulebook_diff_json, but the text that a person reads.
///
/// # Safety
/// As for cg_rulebook_diff_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_diff_text(
    before: *const cg_rulebook,
    after: *const cg_rulebook,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(diff(before, after)?.to_string())) }
}

/// Gives everything that the book knows in `*out` as JSON, `crossgrade.explanation/1`, to be freed with cg_text_free:
/// about a finding code ("CG203", "vid-below-range"), a row ("e2m-7821", "S2", "D03", a load name) or a model
/// ("8851NR", or any text that a phone may have as pid). `about` is NUL-terminated UTF-8.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_TEXT_NOT_UTF8, CG_STATUS_PANIC, and CG_STATUS_SUBJECT if the text
/// is none of these.
///
/// # Safety
/// `book` is NULL or a live rule book; `about` is NULL or NUL-terminated; `out` may be written; `error` is NULL or may
/// be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_explain_json(
    book: *const cg_rulebook,
    about: *const c_char,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(explain(book, about)?.to_json())) }
}

/// As cg_rulebook_explain_json, but the text that a person reads.
///
/// # Safety
/// As for cg_rulebook_explain_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_explain_text(
    book: *const cg_rulebook,
    about: *const c_char,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(explain(book, about)?.to_string())) }
}

/// Gives in `*out` what changes for a fleet when a later book takes the place of an earlier one, as JSON,
/// `crossgrade.impact/1`, to be freed with cg_text_free: which phones get another verdict, load or license, counted and
/// one by one. The fleet is an inventory in CSV, `len` bytes at `csv` of any length, without need for a NUL at the end:
/// the first row names the columns, as auditors keep it; docs/guide-migration-engineer.md lists the names. A row that
/// cannot be read is a phone with unreadable evidence. The later book judges the target of the request.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_LENGTH, CG_STATUS_STRUCT_SIZE, CG_STATUS_STRUCT_EXTRA,
/// CG_STATUS_DESTINATION, CG_STATUS_TARGET, CG_STATUS_TARGET_NOT_UTF8, CG_STATUS_MEMORY, CG_STATUS_PANIC, and
/// CG_STATUS_INVENTORY for an inventory that cannot be read at all.
///
/// # Safety
/// `before` and `after` are NULL or live rule books; `csv` is NULL or has `len` bytes; `request` has the size that it
/// says and a target that is NULL or NUL-terminated; `out` may be written; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_impact_json(
    before: *const cg_rulebook,
    after: *const cg_rulebook,
    csv: *const c_char,
    len: usize,
    request: *const cg_request,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(impact(before, after, csv, len, request, ptr::null())?.to_json())) }
}

/// As cg_rulebook_impact_json, but each phone also says what stands in the columns to keep, which are those of
/// cg_inventory_options: texts such as "Room" or "site=Location", the last one followed by NULL. Also returns
/// CG_STATUS_OPTIONS, and CG_STATUS_INVENTORY if there is no such column.
///
/// # Safety
/// As for cg_rulebook_impact_json; `keep` is NULL or ends with NULL, and every text before that is NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_impact_json_keeping(
    before: *const cg_rulebook,
    after: *const cg_rulebook,
    csv: *const c_char,
    len: usize,
    request: *const cg_request,
    keep: *const *const c_char,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(impact(before, after, csv, len, request, keep)?.to_json())) }
}

/// As cg_rulebook_impact_json, but the text that a person reads, with the first phones only.
///
/// # Safety
/// As for cg_rulebook_impact_json.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_impact_text(
    before: *const cg_rulebook,
    after: *const cg_rulebook,
    csv: *const c_char,
    len: usize,
    request: *const cg_request,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { tell(out, error, || Ok(impact(before, after, csv, len, request, ptr::null())?.to_string())) }
}

/// # Safety
/// As for cg_rulebook_diff_json.
unsafe fn diff(before: *const cg_rulebook, after: *const cg_rulebook) -> Result<RuleBookDiff, Failure> {
    // SAFETY: as the caller says.
    let (before, after) = unsafe { (engine_book("before", before)?, engine_book("after", after)?) };
    Ok(before.diff(after))
}

/// # Safety
/// As for cg_rulebook_explain_json; nobody frees the book during `'a`.
unsafe fn explain<'a>(book: *const cg_rulebook, about: *const c_char) -> Result<Explanation<'a>, Failure> {
    // SAFETY: as the caller says.
    let (book, about) = unsafe { (engine_book("book", book)?, ffi::bytes(about)) };
    let about = ffi::utf8("about", about.ok_or_else(|| Failure::null("about"))?, cg_status::TextNotUtf8)?;
    book.explain(about).map_err(|error| Failure::new(cg_status::Subject, error.to_string()))
}

/// # Safety
/// As for cg_rulebook_impact_json.
unsafe fn impact(
    before: *const cg_rulebook,
    after: *const cg_rulebook,
    csv: *const c_char,
    len: usize,
    request: *const cg_request,
    columns: *const *const c_char,
) -> Result<Impact, Failure> {
    // SAFETY: as the caller says.
    let (before, after) = unsafe { (engine_book("before", before)?, engine_book("after", after)?) };
    // SAFETY: as the caller says.
    let (csv, request) = unsafe { (ffi::sized_bytes("csv", csv, len)?, ffi::read_sized(request)?.request(after)?) };
    // SAFETY: as the caller says.
    let keep = unsafe { keep(columns) }?;
    let inventory = csv::read_keeping(csv, &[], &keep).map_err(|error| Failure::inventory(&error))?;
    Ok(inventory.fleet().impact(before, after, &request))
}
