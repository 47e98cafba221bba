//! Everything unsafe: what comes from C is checked here and nowhere else.

use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{ptr, slice};

use crate::call_failure::{Failure, cg_error};
use crate::status::cg_status;

/// Runs the body of a function that returns a status. No panic leaves it.
///
/// # Safety
/// `error` is NULL or points to a pointer that may be written.
pub(crate) unsafe fn guard(error: *mut *mut cg_error, body: impl FnOnce() -> Result<(), Failure>) -> i32 {
    let result = catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| Err(Failure::panic()));
    let Err(failure) = result else { return cg_status::Ok as i32 };
    let status = failure.status as i32;
    if error.is_null() {
        return status;
    }
    let made = catch_unwind(AssertUnwindSafe(|| {
        let message = c_text(&failure.message);
        Box::into_raw(Box::new(cg_error { status: failure.status, message }))
    }));
    if let Ok(made) = made {
        // SAFETY: not NULL, and the caller says that it may be written.
        unsafe { error.write(made) };
    }
    status
}

/// Runs the body of a getter; `fallback` is what its comment names.
pub(crate) fn getter<T>(fallback: T, body: impl FnOnce() -> Option<T>) -> T {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Some(value)) => value,
        Ok(None) | Err(_) => fallback,
    }
}

/// A reference to what a pointer from C points to; none for NULL.
///
/// # Safety
/// The pointer is NULL or points to a live object that nobody changes during `'a`.
pub(crate) unsafe fn reference<'a, T>(pointer: *const T) -> Option<&'a T> {
    // SAFETY: as the caller says.
    unsafe { pointer.as_ref() }
}

/// The same, to be changed.
///
/// # Safety
/// The pointer is NULL or points to a live object that nobody else uses during `'a`.
pub(crate) unsafe fn exclusive<'a, T>(pointer: *mut T) -> Option<&'a mut T> {
    // SAFETY: as the caller says.
    unsafe { pointer.as_mut() }
}

/// The bytes of a text from C; none for NULL.
///
/// # Safety
/// The pointer is NULL or points to a NUL-terminated text that nobody changes during `'a`.
pub(crate) unsafe fn bytes<'a>(text: *const c_char) -> Option<&'a [u8]> {
    if text.is_null() {
        return None;
    }
    // SAFETY: not NULL, and NUL-terminated as the caller says.
    Some(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// The bytes that C hands over with their number.
///
/// # Safety
/// The pointer is NULL or points to as many bytes, which nobody changes during `'a`.
pub(crate) unsafe fn sized_bytes<'a>(name: &str, bytes: *const c_char, len: usize) -> Result<&'a [u8], Failure> {
    if bytes.is_null() {
        return Err(Failure::null(name));
    }
    // SAFETY: as the caller says.
    unsafe { sized_items(name, bytes.cast(), len) }
}

/// The items that C hands over with their number; NULL may stand for none of them.
///
/// # Safety
/// The pointer is NULL or points to as many items, which nobody changes during `'a`.
pub(crate) unsafe fn sized_items<'a, T>(name: &str, items: *const T, len: usize) -> Result<&'a [T], Failure> {
    if items.is_null() {
        return if len == 0 { Ok(&[]) } else { Err(Failure::null(name)) };
    }
    if len.checked_mul(size_of::<T>()).is_none_or(|bytes| isize::try_from(bytes).is_err()) {
        let message = format!("{name}: the length is {len}; no object is that large, a negative number is");
        return Err(Failure::new(cg_status::Length, message));
    }
    // SAFETY: not NULL, not too long, and readable as the caller says.
    Ok(unsafe { slice::from_raw_parts(items, len) })
}

/// Bytes as text, or a failure with this status.
pub(crate) fn utf8<'a>(name: &str, bytes: &'a [u8], status: cg_status) -> Result<&'a str, Failure> {
    str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let is_newline = |byte: &&u8| **byte == b'\n';
        let place = match before.iter().rposition(|byte| is_newline(&byte)) {
            None => format!("byte {}", before.len() + 1),
            Some(newline) => {
                let lines = before.iter().filter(is_newline).count();
                format!("line {}, byte {}", lines + 1, before.len() - newline)
            }
        };
        Failure::new(status, format!("{name}: {place} is not UTF-8"))
    })
}

/// Moves an object to C.
///
/// # Safety
/// `out` points to a pointer that may be written.
pub(crate) unsafe fn give<T>(out: *mut *mut T, object: T) {
    // SAFETY: as the caller says.
    unsafe { out.write(Box::into_raw(Box::new(object))) };
}

/// Moves a text to C, to be given back to [`free_text`].
///
/// # Safety
/// `out` points to a pointer that may be written.
pub(crate) unsafe fn give_text(out: *mut *mut c_char, mut text: String) -> Result<(), Failure> {
    // For the NUL.
    text.try_reserve_exact(1).map_err(|_| Failure::memory("out", text.len() + 1))?;
    let text = CString::new(text).unwrap_or_else(|error| without_nul(error.into_vec()));
    // SAFETY: as the caller says.
    unsafe { out.write(text.into_raw()) };
    Ok(())
}

/// Whether there is memory for so many items at once, which the engine is going to ask for: it can only give up then.
pub(crate) fn check_room<T>(what: &str, items: usize) -> Result<(), Failure> {
    let mut room = Vec::<T>::new();
    let asked = room.try_reserve_exact(items);
    // A compiler may leave out an allocation that nobody looks at.
    std::hint::black_box(&room);
    asked.map_err(|_| Failure::memory(what, items.saturating_mul(size_of::<T>())))
}

/// Takes a text back from C; NULL is nothing.
///
/// # Safety
/// The pointer is NULL or came from [`give_text`], the text has the length that it had, and it is not used any more.
pub(crate) unsafe fn free_text(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: it was made by CString::into_raw, and the caller gives it up.
        drop(unsafe { CString::from_raw(text) });
    }
}

/// Takes an object back from C and drops it; NULL is nothing.
///
/// # Safety
/// The pointer is NULL or came from [`give`] or [`guard`], and is not used any more.
pub(crate) unsafe fn free<T>(object: *mut T) {
    if !object.is_null() {
        // SAFETY: it was made by Box::into_raw, and the caller gives it up. A destructor that panics must not unwind
        // into C.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(unsafe { Box::from_raw(object) })));
    }
}

/// A struct of the header that begins with its size.
///
/// # Safety
/// The type is `repr(C)`, begins with a `usize` that holds the size, and all zero bytes are a valid value of it. Members
/// are appended in pairs where that avoids padding at the end, so that its last bytes belong to a member.
pub(crate) unsafe trait SizedStruct: Copy {
    /// The size of the struct in the first release that had it: nothing smaller exists.
    const SMALLEST: usize;
    /// Its name in the header.
    const NAME: &'static str;
}

/// Reads a struct that the caller filled, which may be of an older or newer release.
///
/// # Safety
/// The pointer is NULL or points to as many readable bytes as its first member says.
pub(crate) unsafe fn read_sized<T: SizedStruct>(pointer: *const T) -> Result<T, Failure> {
    // SAFETY: as for the caller.
    let size = unsafe { checked_size(pointer) }?;
    // SAFETY: all zeros are a value of the type, as its implementation of the trait says.
    let mut value: T = unsafe { std::mem::zeroed() };
    let known = size.min(size_of::<T>());
    // SAFETY: `known` bytes can be read, as the caller says, and fit into `value`.
    unsafe { ptr::copy_nonoverlapping(pointer.cast::<u8>(), (&raw mut value).cast::<u8>(), known) };
    // SAFETY: the caller says that `size` bytes can be read.
    let unknown = unsafe { std::slice::from_raw_parts(pointer.cast::<u8>().add(known), size - known) };
    if unknown.iter().any(|byte| *byte != 0) {
        return Err(Failure::new(
            cg_status::StructExtra,
            format!(
                "{}: the {} bytes that this library does not know are not all zero; expected zero, or a newer library",
                T::NAME,
                unknown.len()
            ),
        ));
    }
    Ok(value)
}

/// Fills a struct that the caller made, as far as its release knows it; the rest becomes zero. `struct_size` stays.
///
/// # Safety
/// The pointer is NULL or points to as many writable bytes as its first member says.
pub(crate) unsafe fn write_sized<T: SizedStruct>(pointer: *mut T, value: &T) -> Result<(), Failure> {
    // SAFETY: as for the caller.
    let size = unsafe { checked_size(pointer.cast_const()) }?;
    let known = size.min(size_of::<T>());
    let skip = size_of::<usize>();
    let bytes = pointer.cast::<u8>();
    // SAFETY: both sides have `known` bytes, `size` of them can be written, and they do not overlap.
    unsafe {
        ptr::copy_nonoverlapping(ptr::from_ref(value).cast::<u8>().add(skip), bytes.add(skip), known - skip);
        ptr::write_bytes(bytes.add(known), 0, size - known);
    }
    Ok(())
}

/// The size that a struct says it has.
///
/// # Safety
/// The pointer is NULL or points to a readable `usize`.
pub(crate) unsafe fn checked_size<T: SizedStruct>(pointer: *const T) -> Result<usize, Failure> {
    if pointer.is_null() {
        return Err(Failure::null(T::NAME));
    }
    // A struct of ten pages is no struct of a newer release.
    const LARGEST: usize = 40_960;
    // SAFETY: not NULL, and the first member is a usize.
    let size = unsafe { pointer.cast::<usize>().read_unaligned() };
    if (T::SMALLEST..=LARGEST).contains(&size) {
        return Ok(size);
    }
    Err(Failure::new(
        cg_status::StructSize,
        format!("{}: struct_size is {size}; expected {}, as its CG_..._INIT sets it", T::NAME, size_of::<T>()),
    ))
}

/// A text for C. A NUL inside, which a rule book from elsewhere may have, would end it too soon: U+FFFD stands for it.
pub(crate) fn c_text(text: &str) -> CString {
    CString::new(text).unwrap_or_else(|error| without_nul(error.into_vec()))
}

fn without_nul(text: Vec<u8>) -> CString {
    CString::new(String::from_utf8_lossy(&text).replace('\0', "\u{fffd}")).unwrap_or_default()
}

/// The pointer of a text that may be missing.
pub(crate) fn pointer(text: Option<&CString>) -> *const c_char {
    text.map_or(ptr::null(), |text| text.as_ptr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_does_not_end_a_text() {
        assert_eq!(c_text("a\0b").to_str(), Ok("a\u{fffd}b"));
    }

    #[test]
    fn what_is_not_utf8_is_told_by_its_place() {
        let message = |bytes| utf8("text", bytes, cg_status::TextNotUtf8).err().map(|failure| failure.message);
        assert_eq!(message(b"a\nb"), None);
        assert_eq!(message(b"ab\xff").as_deref(), Some("text: byte 3 is not UTF-8"));
        assert_eq!(message(b"a\n\nbc\xff").as_deref(), Some("text: line 3, byte 3 is not UTF-8"));
    }

    #[test]
    fn a_panic_becomes_a_status() {
        let mut error = ptr::null_mut();
        // SAFETY: the address of a pointer that may be written.
        let status = unsafe { guard(&raw mut error, || panic!("a defect")) };
        assert_eq!(status, cg_status::Panic as i32);
        assert!(!error.is_null());
        // SAFETY: it came from guard.
        unsafe { free(error) };
        assert_eq!(getter(7, || panic!("a defect")), 7);
    }
}
