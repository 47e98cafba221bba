//! Whole tables, on the [Arrow C stream interface]: a stream of batches in, a stream of batches out.
//!
//! Ownership is what that page says, and nothing else: what has a release callback is released through it, once, by whoever
//! owns it, and moving leaves a NULL callback behind. The structs that go out are those of the arrow crates; what comes in,
//! [`arrow_in`] reads and checks.
//!
//! [Arrow C stream interface]: https://arrow.apache.org/docs/format/CStreamInterface.html

mod arrow_output;
mod audit_options;
mod failure;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_in::Batches;
use engine::columnar::{AuditError, AuditOptions, audit_stream};

use crate::arrow::audit_options::cg_audit_options;
use crate::call_failure::{Failure, cg_error};
use crate::ffi;
use crate::request::cg_request;
use crate::rulebook::{cg_rulebook, engine_book};
use crate::status::cg_status;

/// Audits a stream of batches: the stream in `*out` gives the batches of `*in` with the result columns behind their
/// columns, each when it is asked for. Every result column is there (cg_audit_options lists them), as dictionaries.
///
/// For CG_STATUS_OK the stream was moved out of `*in`, whose release callback is NULL from then on, and `*out` is the
/// caller's, to be released with its release callback; that releases the stream that came in. What `*out` held before is
/// not released; `out` may be `in`. Arrays and schemas that `*out` gave live on after it. Book and request are not needed
/// any more. For every other status `*in` is still the caller's, to be used or released, though its get_schema may have
/// been called, and `*out` stays as it was.
///
/// Batches come in the order of the input; one of many rows may come out as several. What is wrong with a batch is told
/// when its turn comes: get_next returns an errno value (that of the stream behind it if that failed, else EINVAL) and
/// get_last_error the message; every later get_next says the same. A phone that cannot be read is an answer and never an
/// error. Lengths are taken for true, as nobody can check them; offsets, keys and text of the columns that are read as a
/// field are not. Other columns are handed on as they came.
///
/// The stream may be used by any thread, by one at a time; `in` is used by the same.
///
/// Other statuses: CG_STATUS_NULL, CG_STATUS_STRUCT_SIZE, CG_STATUS_STRUCT_EXTRA, CG_STATUS_DESTINATION,
/// CG_STATUS_TARGET, CG_STATUS_TARGET_NOT_UTF8, CG_STATUS_STREAM, CG_STATUS_INVENTORY, CG_STATUS_COLUMN_TYPE,
/// CG_STATUS_COLUMN_CLASH, CG_STATUS_MEMORY, CG_STATUS_PANIC.
///
/// # Safety
/// `book` is NULL or a live rule book; `in` is NULL or a stream as the interface describes it, which no other thread uses;
/// `request` has the size that it says and a target that is NULL or NUL-terminated; `out` may be written; `error` is NULL
/// or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_audit_arrow_stream(
    book: *const cg_rulebook,
    r#in: *mut FFI_ArrowArrayStream,
    request: *const cg_request,
    out: *mut FFI_ArrowArrayStream,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, || audit(book, r#in, request, AuditOptions::default(), out)) }
}

/// As cg_audit_arrow_stream, with options.
///
/// Other statuses: those of cg_audit_arrow_stream, and CG_STATUS_OPTIONS.
///
/// # Safety
/// As for cg_audit_arrow_stream; `options` has the size that it says, texts that are NULL or NUL-terminated, and columns
/// that are NULL or end with NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_audit_arrow_stream_with(
    book: *const cg_rulebook,
    r#in: *mut FFI_ArrowArrayStream,
    request: *const cg_request,
    options: *const cg_audit_options,
    out: *mut FFI_ArrowArrayStream,
    error: *mut *mut cg_error,
) -> i32 {
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, || audit(book, r#in, request, ffi::read_sized(options)?.options()?, out)) }
}

/// # Safety
/// As for [`cg_audit_arrow_stream`].
unsafe fn audit(
    book: *const cg_rulebook,
    stream: *mut FFI_ArrowArrayStream,
    request: *const cg_request,
    options: AuditOptions,
    out: *mut FFI_ArrowArrayStream,
) -> Result<(), Failure> {
    // SAFETY: as the caller says.
    let book = unsafe { engine_book("book", book) }?;
    if stream.is_null() {
        return Err(Failure::null("in"));
    }
    // SAFETY: as the caller says.
    let request = unsafe { ffi::read_sized(request)?.request(book) }?;
    if out.is_null() {
        return Err(Failure::null("out"));
    }
    // SAFETY: not NULL, and a stream that nobody else uses, as the caller says.
    let schema = unsafe { arrow_in::stream_schema(stream) };
    let schema = schema.map_err(|error| {
        let status = if error == arrow_in::Error::Memory { cg_status::Memory } else { cg_status::Stream };
        Failure::new(status, format!("in: {error}"))
    })?;
    let (batches, place) = Batches::of(schema);
    let audit = audit_stream(batches, book, &request, &options).map_err(|error| {
        let status = match error {
            AuditError::Inventory(_) => cg_status::Inventory,
            AuditError::ColumnType { .. } => cg_status::ColumnType,
            AuditError::ColumnClash { .. } | AuditError::SelectedTwice { .. } => cg_status::ColumnClash,
            _ => cg_status::Stream,
        };
        Failure::new(status, error.to_string())
    })?;
    let audit = arrow_output::stream(audit);
    // Nothing can fail from here on.
    // SAFETY: `stream` may be moved from, as the caller says.
    unsafe { place.fill(stream) };
    // SAFETY: `out` is not NULL, and may be written as the caller says.
    unsafe { out.write(audit) };
    Ok(())
}
