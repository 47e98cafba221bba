//! Tables in and out of Python: the capsules of the [Arrow PyCapsule interface][1]. All that is unsafe is here.
//!
//! What comes in is checked as far as it can be: see [`check`]. How much memory stands behind a pointer is what the
//! producer says; no consumer can know better.
//!
//! [1]: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html

mod check;

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Moves the stream out of a capsule and asks it for its schema, which may run Python.
pub(crate) fn import_stream(capsule: &Bound<'_, PyAny>) -> PyResult<Result<ImportedStream, ArrowError>> {
    let pointer = pointer(capsule, STREAM)?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds a pointer to an initialized structure of this type that lives as long as the
    // capsule does, so says the interface. It is left behind released, so that the destructor of the capsule finds
    // nothing to release.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    Ok(ImportedStream::new(stream))
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
    Ok(schema.and_then(|schema| batch(array, &schema)))
}

/// Moves the schema of a table out of a capsule.
pub(crate) fn import_schema(capsule: &Bound<'_, PyAny>) -> PyResult<Result<SchemaRef, ArrowError>> {
    let pointer = pointer(capsule, SCHEMA)?.cast::<FFI_ArrowSchema>();
    // SAFETY: as for a stream; a capsule of this name holds a schema.
    let schema = unsafe { FFI_ArrowSchema::from_raw(pointer.as_ptr()) };
    Ok(table_schema(&schema))
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

fn malformed(what: &str) -> ArrowError {
    ArrowError::CDataInterface(format!("the table is malformed: {what}"))
}

/// The columns of a table, which is a structure.
fn table_schema(schema: &FFI_ArrowSchema) -> Result<SchemaRef, ArrowError> {
    check::check_schema(schema).map_err(malformed)?;
    let field = catch_unwind(AssertUnwindSafe(|| Field::try_from(schema)))
        .unwrap_or_else(|_| Err(malformed("a type contradicts itself")))?;
    match field.data_type() {
        DataType::Struct(fields) => Ok(Arc::new(Schema::new_with_metadata(fields.clone(), field.metadata().clone()))),
        other => Err(ArrowError::CDataInterface(format!("found a single column of type {other}; expected a table"))),
    }
}

fn batch(mut array: FFI_ArrowArray, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let data_type = DataType::Struct(schema.fields().clone());
    check::check(&mut array, &data_type).map_err(malformed)?;
    let import = || {
        // SAFETY: the array was checked to be of this type, and owns its memory until it is dropped, so says the
        // interface. Nothing takes its bytes for text.
        let data = unsafe { from_ffi_and_data_type(array, data_type) }?;
        let rows = RecordBatchOptions::new().with_row_count(Some(data.len()));
        let (_, columns, nulls) = StructArray::from(data).into_parts();
        if nulls.is_some_and(|nulls| nulls.null_count() > 0) {
            return Err(malformed("a row that is null as a whole"));
        }
        RecordBatch::try_new_with_options(Arc::clone(schema), columns, &rows)
    };
    // What the checks let through may still panic in a nested column of a rare type.
    catch_unwind(AssertUnwindSafe(import)).unwrap_or_else(|_| Err(malformed("a column contradicts its type")))
}

/// The batches of somebody else's stream.
pub(crate) struct ImportedStream {
    stream: FFI_ArrowArrayStream,
    schema: SchemaRef,
}

impl ImportedStream {
    fn new(mut stream: FFI_ArrowArrayStream) -> Result<Self, ArrowError> {
        let (Some(_), Some(get_schema)) = (stream.release(), stream.get_schema()) else {
            return Err(malformed("a stream that is released already"));
        };
        let mut schema = FFI_ArrowSchema::empty();
        // SAFETY: the callback belongs to this stream, which is not released; both pointers are valid.
        let status = unsafe { get_schema(&raw mut stream, &raw mut schema) };
        if status != 0 {
            return Err(last_error(&mut stream, status));
        }
        Ok(Self { schema: table_schema(&schema)?, stream })
    }
}

impl Iterator for ImportedStream {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let get_next = self.stream.get_next()?;
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: the callback belongs to this stream, which is not released; both pointers are valid.
        let status = unsafe { get_next(&raw mut self.stream, &raw mut array) };
        if status != 0 {
            return Some(Err(last_error(&mut self.stream, status)));
        }
        // A released array is the end.
        (!array.is_released()).then(|| batch(array, &self.schema))
    }
}

impl RecordBatchReader for ImportedStream {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// What the producer says of the call that just failed.
fn last_error(stream: &mut FFI_ArrowArrayStream, status: i32) -> ArrowError {
    let text = stream.get_last_error().map_or(std::ptr::null(), |get_last_error| {
        // SAFETY: the callback belongs to this stream, whose last call failed.
        unsafe { get_last_error(stream) }
    });
    ArrowError::CDataInterface(match NonNull::new(text.cast_mut()) {
        // SAFETY: the producer hands over a C string that stays until the next call on the stream.
        Some(text) => unsafe { CStr::from_ptr(text.as_ptr()) }.to_string_lossy().into_owned(),
        None => format!("the producer failed with status {status}"),
    })
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
