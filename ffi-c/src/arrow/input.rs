//! The stream that comes in.

use std::ffi::{CStr, c_int};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::checks;
use super::failure::StreamFailure;
use crate::error::Failure;
use crate::status::cg_status;

/// The columns of a stream, which stays where and whose it is.
///
/// # Safety
/// `stream` is a stream as the interface describes it, released or not, and nobody else uses it meanwhile.
pub(super) unsafe fn schema(stream: *mut FFI_ArrowArrayStream) -> Result<SchemaRef, Failure> {
    let refused = |what: String| Failure::new(cg_status::Stream, format!("in: {what}"));
    // SAFETY: as the caller says.
    let callbacks = unsafe { &*stream };
    if callbacks.release().is_none() {
        return Err(refused("the stream was released or moved before".to_owned()));
    }
    let (Some(get_schema), Some(_)) = (callbacks.get_schema(), callbacks.get_next()) else {
        return Err(refused("the stream has no get_schema or no get_next".to_owned()));
    };
    // Released when it is dropped.
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is not released, and its own callback is called with its own address.
    let errno = unsafe { get_schema(stream, &raw mut schema) };
    if errno != 0 {
        // SAFETY: the last call on the stream failed.
        return Err(refused(unsafe { failed(stream, "get_schema", errno) }.message));
    }
    checks::schema(&schema).map_err(|what| refused(format!("the schema is malformed: {what}")))?;
    let field = Field::try_from(&schema).map_err(|error| refused(format!("the schema cannot be read: {error}")))?;
    match field.data_type() {
        DataType::Struct(fields) => Ok(Arc::new(Schema::new_with_metadata(fields.clone(), field.metadata().clone()))),
        other => Err(refused(format!("a stream of {other}; expected a stream of batches, which are structs"))),
    }
}

/// What a stream says about the call that failed just now.
///
/// # Safety
/// `stream` is not released, and the last call of a callback of it returned `errno`, which is not zero.
unsafe fn failed(stream: *mut FFI_ArrowArrayStream, callback: &str, errno: c_int) -> StreamFailure {
    let mut message = format!("audit: the {callback} of the stream failed with error {errno}");
    // SAFETY: as the caller says.
    if let Some(get_last_error) = unsafe { &*stream }.get_last_error() {
        // SAFETY: the stream is not released, and its last call failed.
        let text = unsafe { get_last_error(stream) };
        if !text.is_null() {
            message += ": ";
            // SAFETY: the text is NUL-terminated and valid until the next call.
            message += &unsafe { CStr::from_ptr(text) }.to_string_lossy();
        }
    }
    StreamFailure { errno, message }
}

/// The batches of a stream that is moved into its [`Place`] once nothing can fail any more.
pub(super) struct Batches {
    schema: SchemaRef,
    stream: Arc<Mutex<FFI_ArrowArrayStream>>,
}

/// Where the stream goes.
pub(super) struct Place(Arc<Mutex<FFI_ArrowArrayStream>>);

impl Place {
    pub(super) fn fill(self, stream: FFI_ArrowArrayStream) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stream;
    }
}

impl Batches {
    pub(super) fn of(schema: SchemaRef) -> (Self, Place) {
        let stream = Arc::new(Mutex::new(FFI_ArrowArrayStream::empty()));
        (Self { schema, stream: Arc::clone(&stream) }, Place(stream))
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, StreamFailure> {
        let mut array = FFI_ArrowArray::empty();
        {
            let stream = &mut *self.stream.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(get_next) = stream.get_next() else { return Ok(None) };
            // SAFETY: the stream is not released while this owns it, and its own callback is called with its address.
            let errno = unsafe { get_next(stream, &raw mut array) };
            if errno != 0 {
                // SAFETY: the last call on the stream failed.
                return Err(unsafe { failed(stream, "get_next", errno) });
            }
        }
        if array.is_released() {
            return Ok(None);
        }
        let malformed =
            |what: String| StreamFailure::invalid(format!("audit: a batch of the stream is malformed: {what}"));
        if array.is_empty() {
            // Buffers of an empty array may be NULL.
            return Ok(Some(RecordBatch::new_empty(self.schema.clone())));
        }
        let data_type = DataType::Struct(self.schema.fields().clone());
        checks::array(&array, &data_type).map_err(malformed)?;
        self.import(array, data_type).map(Some).map_err(|error| malformed(error.to_string()))
    }

    fn import(&self, array: FFI_ArrowArray, data_type: DataType) -> Result<RecordBatch, ArrowError> {
        // SAFETY: its pointers and what they point to were checked as far as that is possible; that buffers have the
        // lengths that the array says is the word of the producer.
        let data = unsafe { from_ffi_and_data_type(array, data_type) }?;
        data.validate()?;
        let mut unchecked = vec![&data];
        while let Some(data) = unchecked.pop() {
            data.validate_nulls()?;
            unchecked.extend(data.child_data());
        }
        let rows = data.len();
        let (_, columns, nulls) = StructArray::from(data).into_parts();
        if nulls.is_some_and(|nulls| nulls.null_count() > 0) {
            return Err(ArrowError::CDataInterface("a row that is null as a whole".to_owned()));
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(self.schema.clone(), columns, &options)
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().map_err(ArrowError::from).transpose()
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
