mod read_rulebook;
mod rulebook_told;

use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::{Mutex, PoisonError};

use engine::{Date, RuleBook};

use crate::call_failure::Failure;
use crate::ffi;

/// A complete, checked set of rules. Immutable; may be shared by any number of threads, and books may be used side by
/// side. Embedded books are static; those that were read from a text are freed with cg_rulebook_free.
pub struct cg_rulebook {
    pub(crate) book: RuleBook,
    is_static: bool,
    edition: CString,
    revision: CString,
    digest: CString,
    as_of: Option<CString>,
}

impl cg_rulebook {
    fn new(book: RuleBook, is_static: bool) -> Self {
        Self {
            is_static,
            edition: ffi::c_text(book.edition()),
            revision: ffi::c_text(&book.revision().to_string()),
            digest: ffi::c_text(book.digest()),
            as_of: book.as_of().map(|date| ffi::c_text(&date.to_string())),
            book,
        }
    }

    /// The one object of an embedded book.
    fn embedded(book: &'static RuleBook) -> *const Self {
        static MADE: Mutex<Vec<(&RuleBook, &cg_rulebook)>> = Mutex::new(Vec::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = made.iter().find(|(known, _)| ptr::eq(*known, book)) {
            return *made;
        }
        let new = Box::leak(Box::new(Self::new(book.clone(), true)));
        made.push((book, new));
        new
    }
}

/// The book behind a pointer.
///
/// # Safety
/// `book` is NULL or a live rule book.
pub(crate) unsafe fn engine_book<'a>(name: &str, book: *const cg_rulebook) -> Result<&'a RuleBook, Failure> {
    // SAFETY: as the caller says.
    unsafe { ffi::reference(book) }.map(|book| &book.book).ok_or_else(|| Failure::null(name))
}

/// What the documents S0, S1 and S2 say. Static: never NULL, the same pointer each time, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn cg_rulebook_guide() -> *const cg_rulebook {
    ffi::getter(ptr::null(), || Some(cg_rulebook::embedded(RuleBook::guide())))
}

/// The guide with all dated amendments: what is known beyond the documents, each change with its date, source and
/// confidence. Static: never NULL, the same pointer each time, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn cg_rulebook_field() -> *const cg_rulebook {
    ffi::getter(ptr::null(), || Some(cg_rulebook::embedded(RuleBook::field())))
}

/// The field book as it was known on a day: with the amendments dated up to it, that day included, and those without a
/// date. Year 1 to 9999, month 1 to 12, day 1 to 31; a day in the future has the field book of today. Static: not to be
/// freed; days between two amendments have the same book, by the same pointer. Returns NULL for a day that is not in
/// the calendar; a function that takes a book refuses NULL with CG_STATUS_NULL.
#[unsafe(no_mangle)]
pub extern "C" fn cg_rulebook_field_as_of(year: i32, month: i32, day: i32) -> *const cg_rulebook {
    ffi::getter(ptr::null(), || {
        let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)?;
        Some(cg_rulebook::embedded(RuleBook::field_as_of(date)))
    })
}

/// Frees a book that cg_rulebook_from_toml or cg_rulebook_overlay gave. NULL is nothing, and so is a static book.
/// Assessments by it, and books laid over it, stay valid; texts that its getters gave do not.
///
/// # Safety
/// `book` is NULL, static, or was not freed and is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_free(book: *mut cg_rulebook) {
    // SAFETY: as the caller says.
    if unsafe { ffi::reference(book) }.is_some_and(|book| !book.is_static) {
        // SAFETY: as the caller says; it was given to C by `ffi::give`.
        unsafe { ffi::free(book) };
    }
}

/// The name of the book: "guide", "field", "field as of 2024-08-26", "guide + acme 1.0.0". To be shown, not compared:
/// cg_rulebook_digest tells books apart. Returns NULL for NULL.
///
/// # Safety
/// `book` is NULL or a live rule book.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_edition(book: *const cg_rulebook) -> *const c_char {
    // SAFETY: as the caller says.
    ffi::getter(ptr::null(), || unsafe { ffi::reference(book) }.map(|book| book.edition.as_ptr()))
}

/// The revision of its data, such as "2026.11.0"; rises whenever a row changes. Returns NULL for NULL.
///
/// # Safety
/// `book` is NULL or a live rule book.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_revision(book: *const cg_rulebook) -> *const c_char {
    // SAFETY: as the caller says.
    ffi::getter(ptr::null(), || unsafe { ffi::reference(book) }.map(|book| book.revision.as_ptr()))
}

/// SHA-256 over its rows, 64 lower-case hexadecimal digits: equal digests, equal answers. Every answer carries it.
/// Returns NULL for NULL.
///
/// # Safety
/// `book` is NULL or a live rule book.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_digest(book: *const cg_rulebook) -> *const c_char {
    // SAFETY: as the caller says.
    ffi::getter(ptr::null(), || unsafe { ffi::reference(book) }.map(|book| book.digest.as_ptr()))
}

/// The day of its last amendment, such as "2024-08-26". Returns NULL for a book without dated amendments, such as the
/// guide or the field book before its first date, and for NULL.
///
/// # Safety
/// `book` is NULL or a live rule book.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_as_of(book: *const cg_rulebook) -> *const c_char {
    // SAFETY: as the caller says.
    ffi::getter(ptr::null(), || unsafe { ffi::reference(book) }.map(|book| ffi::pointer(book.as_of.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_book_may_be_shared_by_threads() {
        fn is_shareable<T: Send + Sync>() {}
        is_shareable::<cg_rulebook>();
    }

    #[test]
    fn an_embedded_book_is_one_object() {
        assert_eq!(cg_rulebook_guide(), cg_rulebook_guide());
        assert_ne!(cg_rulebook_guide(), cg_rulebook_field());
        assert_eq!(cg_rulebook_field_as_of(9999, 12, 31), cg_rulebook_field());
        assert!(cg_rulebook_field_as_of(2023, 2, 29).is_null());
    }
}
