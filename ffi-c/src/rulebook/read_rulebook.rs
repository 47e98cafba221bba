use std::ffi::c_char;

use engine::RuleBook;
use engine::rulebook::RuleBookError;

use super::{cg_rulebook, engine_book};
use crate::call_failure::{Failure, cg_error};
use crate::ffi;
use crate::owned_text;
use crate::status::cg_status;

/// Reads a whole rule book from TOML in the format of core/data/guide.toml: `len` bytes of UTF-8 at `text`, up to 1
/// MiB, without need for a NUL at the end. The text is not needed afterwards. The book in `*out` is to be freed with
/// cg_rulebook_free.
///
/// Returns CG_STATUS_RULEBOOK for a text that is no rule book; then nothing of it is used, and the message of the error
/// has a line for each problem, with the line and column of the text, what was found and what would be right: the first
/// 20, and how many more there are. Other statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_LENGTH, CG_STATUS_TEXT_NOT_UTF8, CG_STATUS_PANIC. `*out` is
/// written only for CG_STATUS_OK.
///
/// # Safety
/// `text` is NULL or has `len` bytes; `out` may be written; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_from_toml(
    text: *const c_char,
    len: usize,
    out: *mut *mut cg_rulebook,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { give(out, error, || read(RuleBook::from_toml(toml(text, len)?))) }
}

/// Lays the amendments of a TOML text over a book, in the order of their dates, and gives the new book in `*out`, to be
/// freed with cg_rulebook_free. The text is in the format of core/data/field.toml; docs/how-to-correct-a-rule.md walks
/// through one. `base` may be any book, also one that was overlaid before; it stays as it is and may be freed.
///
/// Text, statuses and error as for cg_rulebook_from_toml. An overlay that allows more than the book did without saying
/// `relax = true`, or that was written for another book, is refused with CG_STATUS_RULEBOOK too.
///
/// # Safety
/// `base` is NULL or a live rule book; `text` is NULL or has `len` bytes; `out` may be written; `error` is NULL or may
/// be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_overlay(
    base: *const cg_rulebook,
    text: *const c_char,
    len: usize,
    out: *mut *mut cg_rulebook,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { give(out, error, || read(engine_book("base", base)?.overlay(toml(text, len)?))) }
}

/// Checks a TOML text that is a whole book, or an overlay for the embedded book that it names, and gives the outcome in
/// `*out` as JSON, `crossgrade.rulebook-check/1`: `clean`, the book or null, and the problems, each with `line`,
/// `column`, `place` and `message`. To be freed with cg_text_free.
///
/// Returns CG_STATUS_OK whether the text is clean or not: that is the answer, in `clean`. Other statuses:
/// CG_STATUS_NULL, CG_STATUS_LENGTH, CG_STATUS_TEXT_NOT_UTF8, CG_STATUS_PANIC.
///
/// # Safety
/// `text` is NULL or has `len` bytes; `out` may be written; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_check_json(
    text: *const c_char,
    len: usize,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { owned_text::tell(out, error, || Ok(RuleBook::check_json(toml(text, len)?))) }
}

/// The text of a book.
///
/// # Safety
/// `text` is NULL or has `len` bytes, which nobody changes during `'a`.
unsafe fn toml<'a>(text: *const c_char, len: usize) -> Result<&'a str, Failure> {
    // SAFETY: as the caller says.
    ffi::utf8("text", unsafe { ffi::sized_bytes("text", text, len) }?, cg_status::TextNotUtf8)
}

fn read(outcome: Result<RuleBook, RuleBookError>) -> Result<RuleBook, Failure> {
    outcome.map_err(|error| Failure::new(cg_status::Rulebook, error.to_string()))
}

/// Runs the body of a function that gives a book to the caller.
///
/// # Safety
/// `out` and `error` are NULL or may be written.
unsafe fn give(
    out: *mut *mut cg_rulebook,
    error: *mut *mut cg_error,
    body: impl FnOnce() -> Result<RuleBook, Failure>,
) -> i32 {
    let body = || {
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        let book = cg_rulebook::new(body()?, false);
        // SAFETY: `out` is not NULL, and may be written as the caller says.
        unsafe { ffi::give(out, book) };
        Ok(())
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}
