//! The stream that goes out.

use std::ffi::{CString, c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, RecordBatchReader, StructArray};
use engine::columnar::AuditStream;

use super::failure::{EIO, StreamFailure};
use crate::call_failure::Failure;
use crate::ffi;

/// What stands behind the callbacks.
struct Exported {
    audit: AuditStream<'static>,
    /// After an error there is nothing more, and never an end that could be taken for success.
    failed: Option<c_int>,
    last_error: CString,
}

/// An audit as a stream for C.
pub(super) fn stream(audit: AuditStream<'static>) -> FFI_ArrowArrayStream {
    let exported = Box::new(Exported { audit, failed: None, last_error: CString::default() });
    // SAFETY: the callbacks are sound for a stream whose private data is this box, and `release` frees it.
    unsafe {
        FFI_ArrowArrayStream::new_unchecked(
            Some(get_schema),
            Some(get_next),
            Some(get_last_error),
            Some(release),
            Box::into_raw(exported).cast(),
        )
    }
}

impl Exported {
    /// Behind the pointer that a callback got.
    ///
    /// # Safety
    /// `stream` is a stream of [`stream`] that is not released, and nobody else uses it during `'a`.
    unsafe fn of<'a>(stream: *mut FFI_ArrowArrayStream) -> &'a mut Self {
        // SAFETY: as the caller says, it is the box that `stream` made.
        unsafe { &mut *(*stream).private_data().cast::<Self>() }
    }

    /// Runs the body of a callback: what it returns, zero or an errno value. No panic leaves it.
    fn call(&mut self, body: impl FnOnce(&mut Self) -> Result<(), StreamFailure>) -> Result<(), c_int> {
        let panicked = || StreamFailure { errno: EIO, message: format!("audit: {}", Failure::panic().message) };
        let result = catch_unwind(AssertUnwindSafe(|| body(self))).unwrap_or_else(|_| Err(panicked()));
        result.map_err(|failure| {
            self.last_error = ffi::c_text(&failure.message);
            failure.errno
        })
    }
}

/// # Safety
/// As the interface says of its callbacks: `stream` is not released, nobody else uses it, and `out` may be written.
unsafe extern "C" fn get_schema(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowSchema) -> c_int {
    // SAFETY: as the caller says.
    let exported = unsafe { Exported::of(stream) };
    let outcome = exported.call(|exported| {
        let schema = FFI_ArrowSchema::try_from(exported.audit.schema().as_ref());
        let schema = schema.map_err(|error| StreamFailure::invalid(format!("audit: {error}")))?;
        // SAFETY: as the caller says; what is there is not released, it holds nothing.
        unsafe { out.write(schema) };
        Ok(())
    });
    outcome.err().unwrap_or(0)
}

/// # Safety
/// As for [`get_schema`].
unsafe extern "C" fn get_next(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowArray) -> c_int {
    // SAFETY: as the caller says.
    let exported = unsafe { Exported::of(stream) };
    if let Some(errno) = exported.failed {
        return errno;
    }
    let outcome = exported.call(|exported| {
        let array = match exported.audit.next_batch().transpose() {
            // Released: the end of the stream.
            Ok(None) => FFI_ArrowArray::empty(),
            Ok(Some(batch)) => FFI_ArrowArray::new(&StructArray::from(batch).into_data()),
            Err(error) => return Err(StreamFailure::of(&error)),
        };
        // SAFETY: as the caller says; what is there is not released, it holds nothing.
        unsafe { out.write(array) };
        Ok(())
    });
    exported.failed = outcome.err();
    exported.failed.unwrap_or(0)
}

/// # Safety
/// As for [`get_schema`].
unsafe extern "C" fn get_last_error(stream: *mut FFI_ArrowArrayStream) -> *const c_char {
    // SAFETY: as the caller says.
    let exported = unsafe { Exported::of(stream) };
    if exported.last_error.is_empty() { ptr::null() } else { exported.last_error.as_ptr() }
}

/// # Safety
/// As for [`get_schema`]; arrays and schemas that came from the stream may be alive.
unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: as the caller says.
    let exported = unsafe { (*stream).private_data() }.cast::<Exported>();
    // SAFETY: as the caller says; without a release callback nobody releases it again.
    unsafe { stream.write(FFI_ArrowArrayStream::empty()) };
    // SAFETY: made by `stream`, and nobody reaches it any more.
    unsafe { ffi::free(exported) };
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;
    use std::sync::Arc;

    use arrow_array::RecordBatchIterator;
    use arrow_schema::{DataType, Field, Schema};
    use engine::columnar::{AuditOptions, audit_stream};
    use engine::{Destination, Request, RuleBook};

    use super::*;

    #[test]
    fn a_panic_becomes_an_errno_value_and_stays_one() {
        let schema = Arc::new(Schema::new(vec![Field::new("PID", DataType::Utf8, true)]));
        let batches = RecordBatchIterator::new(std::iter::from_fn(|| panic!("a defect")), schema);
        let request = Request::to(Destination::ThirdParty);
        let audit = audit_stream(batches, RuleBook::guide(), &request, &AuditOptions::default()).expect("an audit");
        let mut stream = stream(audit);
        for _ in 0..2 {
            let mut array = FFI_ArrowArray::empty();
            // SAFETY: the stream is not released, and `array` may be written.
            assert_eq!(unsafe { get_next(&raw mut stream, &raw mut array) }, EIO);
            assert!(array.is_released());
            // SAFETY: the last call failed, and the text is not used after the next.
            let message = unsafe { CStr::from_ptr(get_last_error(&raw mut stream)) };
            assert_eq!(message.to_str(), Ok("audit: a defect of the library; please report it"));
        }
    }

    #[test]
    fn a_stream_may_be_used_by_any_thread() {
        fn is_movable<T: Send>() {}
        is_movable::<Exported>();
    }
}
