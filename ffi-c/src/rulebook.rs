use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::LazyLock;

use engine::RuleBook;

use crate::ffi;

/// A complete, checked set of rules. Immutable; may be shared by any number of threads.
pub struct cg_rulebook {
    pub(crate) book: RuleBook,
    edition: CString,
    revision: CString,
    digest: CString,
}

impl cg_rulebook {
    fn new(book: RuleBook) -> Self {
        Self {
            edition: ffi::c_text(book.edition()),
            revision: ffi::c_text(&book.revision().to_string()),
            digest: ffi::c_text(book.digest()),
            book,
        }
    }
}

/// What the documents S0, S1 and S2 say. Static: must not be freed.
#[unsafe(no_mangle)]
pub extern "C" fn cg_rulebook_guide() -> *const cg_rulebook {
    static GUIDE: LazyLock<cg_rulebook> = LazyLock::new(|| cg_rulebook::new(RuleBook::guide().clone()));
    ffi::getter(ptr::null(), || Some(ptr::from_ref(&*GUIDE)))
}

/// The name of the book, such as "guide". Returns NULL for NULL.
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

/// SHA-256 over its rows, 64 lower-case hexadecimal digits. Returns NULL for NULL.
///
/// # Safety
/// `book` is NULL or a live rule book.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_rulebook_digest(book: *const cg_rulebook) -> *const c_char {
    // SAFETY: as the caller says.
    ffi::getter(ptr::null(), || unsafe { ffi::reference(book) }.map(|book| book.digest.as_ptr()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_book_may_be_shared_by_threads() {
        fn is_shareable<T: Send + Sync>() {}
        is_shareable::<cg_rulebook>();
    }
}
