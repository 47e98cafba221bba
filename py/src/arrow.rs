//! Tables in and out of Python: the capsules of the [Arrow PyCapsule interface][1]. All that is unsafe is here; what stands
//! in the structs of a capsule, [`arrow_in`] reads and checks.
//!
//! [1]: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_in::Batches;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Moves the stream out of a capsule and asks it for its schema, which may run Python.
pub(crate) fn import_stream(capsule: &Bound<'_, PyAny>) -> PyResult<Result<Batches, ArrowError>> {
    let pointer = pointer(capsule, STREAM)?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds a pointer to an initialized structure of this type that lives as long as the
    // capsule does, so says the interface. It is left behind released, so that the destructor of the capsule finds
    // nothing to release.
    let mut stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    // SAFETY: a stream as the interface describes it, which is owned here.
    let schema = match unsafe { arrow_in::stream_schema(&raw mut stream) } {
        Ok(schema) => schema,
        Err(error) => return Ok(Err(error.into())),
    };
    let (batches, place) = Batches::of(schema);
    // SAFETY: it told the schema, and is owned here.
    unsafe { place.fill(&raw mut stream) };
    Ok(Ok(batches))
}

/// Moves one table out of the two capsules of `__arrow_c_array__`.
pub(crate) fn import_batch(
    schema: &Bound<'_, PyAny>,
    array: &Bound<'_, PyAny>,
) -> PyResult<Result<RecordBatch, ArrowError>> {
    let schema = import_schema(schema)?;
    let pointer = pointer(array, ARRAY)?.cast::<FFI_ArrowArray>();
    // SAFETY: as for a stream; a capsule of this name holds an array.
    let array = unsafe { FFI_ArrowArray::from_raw(pointer.as_ptr()) };
    // SAFETY: the two capsules belong together, so says the interface.
    Ok(schema.and_then(|schema| unsafe { arrow_in::batch(array, &schema) }.map_err(ArrowError::from)))
}

/// Moves the schema of a table out of a capsule.
pub(crate) fn import_schema(capsule: &Bound<'_, PyAny>) -> PyResult<Result<SchemaRef, ArrowError>> {
    let pointer = pointer(capsule, SCHEMA)?.cast::<FFI_ArrowSchema>();
    // SAFETY: as for a stream; a capsule of this name holds a schema.
    let schema = unsafe { FFI_ArrowSchema::from_raw(pointer.as_ptr()) };
    Ok(arrow_in::schema(&schema).map_err(ArrowError::from))
}

/// A capsule that hands on the batches of a reader once. What panics or cannot be told in C becomes an error there.
pub(crate) fn export_stream<'py>(
    py: Python<'py>,
    reader: impl RecordBatchReader + Send + 'static,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(Exported { reader, failed: None })), STREAM)
}

/// A capsule with the schema of a table.
pub(crate) fn export_schema<'py>(
    py: Python<'py>,
    schema: &Schema,
) -> PyResult<Result<Bound<'py, PyCapsule>, ArrowError>> {
    match FFI_ArrowSchema::try_from(schema) {
        Ok(schema) => PyCapsule::new_with_value(py, schema, SCHEMA).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<NonNull<std::ffi::c_void>> {
    let expected = || format!("expected a capsule named '{}'", name.to_string_lossy());
    let Ok(capsule) = capsule.cast::<PyCapsule>() else {
        return Err(PyTypeError::new_err(format!("{}, not {}", expected(), capsule.get_type().name()?)));
    };
    capsule
        .pointer_checked(Some(name))
        .map_err(|_| PyTypeError::new_err(format!("{}, not one of another name", expected())))
}

/// A reader whose failures can be told in C: an error without null bytes, and no panic, which would end the process.
///
/// What failed stays so: whoever asks again hears the same, and never that the end was reached.
struct Exported<R> {
    reader: R,
    failed: Option<String>,
}

impl<R: RecordBatchReader> Iterator for Exported<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed.is_none() {
            let next = catch_unwind(AssertUnwindSafe(|| self.reader.next()));
            match next.unwrap_or_else(|_| Some(Err(ArrowError::ComputeError("internal error".to_owned())))) {
                Some(Err(error)) => self.failed = Some(text(error).replace('\0', "\u{fffd}")),
                next => return next,
            }
        }
        self.failed.clone().map(|text| Err(ArrowError::ComputeError(text)))
    }
}

fn text(error: ArrowError) -> String {
    match error {
        ArrowError::ComputeError(text) => text,
        error => error.to_string(),
    }
}

impl<R: RecordBatchReader> RecordBatchReader for Exported<R> {
    fn schema(&self) -> SchemaRef {
        self.reader.schema()
    }
}
