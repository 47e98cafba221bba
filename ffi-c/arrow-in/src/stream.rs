//! Streams of batches.

use std::ffi::{c_char, c_int};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};

use crate::batch;
use crate::error::Error;
use crate::limits::TEXT;

/// The columns of a stream, which stays where and whose it is.
///
/// # Errors
/// If the stream was released, or if it does not tell the schema of a table.
///
/// # Safety
/// `stream` points to a stream as the interface describes it, released or not, and nobody else uses it meanwhile.
pub unsafe fn stream_schema(stream: *mut FFI_ArrowArrayStream) -> Result<SchemaRef, Error> {
    // SAFETY: as the caller says.
    let callbacks = unsafe { &*stream };
    if callbacks.release().is_none() {
        return Err(Error::Released);
    }
    let (Some(get_schema), Some(_)) = (callbacks.get_schema(), callbacks.get_next()) else {
        return Err(Error::NoCallback);
    };
    // Released when it is dropped.
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is not released, and its own callback is called with its own address.
    let errno = unsafe { get_schema(stream, &raw mut schema) };
    if errno != 0 {
        // Whatever a call that failed left there is no schema, and nothing to release.
        std::mem::forget(schema);
        // SAFETY: the last call on the stream failed.
        return Err(unsafe { failed(stream, "get_schema", errno) });
    }
    batch::schema(&schema)
}

/// What a stream says about the call that failed just now.
///
/// # Safety
/// `stream` is not released, and the last call of a callback of it returned `errno`, which is not zero.
unsafe fn failed(stream: *mut FFI_ArrowArrayStream, callback: &'static str, errno: c_int) -> Error {
    // SAFETY: as the caller says.
    let text = unsafe { &*stream }.get_last_error().and_then(|get_last_error| {
        // SAFETY: the stream is not released, and its last call failed. The text is valid until the next call.
        unsafe { beginning(get_last_error(stream)) }
    });
    Error::Failed { callback, errno, text }
}

/// The beginning of a text, whatever its bytes are; none for NULL.
///
/// # Safety
/// `first` is NULL or NUL-terminated.
unsafe fn beginning(first: *const c_char) -> Option<String> {
    if first.is_null() {
        return None;
    }
    let first: *const u8 = first.cast();
    // SAFETY: no byte before this one was the NUL that ends the text.
    let len = (0..TEXT).find(|index| unsafe { first.add(*index).read() } == 0).unwrap_or(TEXT);
    // SAFETY: so many bytes were read just now.
    Some(String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(first, len) }).into_owned())
}

/// The batches of a stream that is moved into its [`Place`]. What failed stays so: every later call gives the same error.
pub struct Batches {
    schema: SchemaRef,
    stream: Arc<Mutex<FFI_ArrowArrayStream>>,
    /// Why there is nothing more: an error, or the end.
    last: Option<Option<Error>>,
}

/// Where the stream of some [`Batches`] goes, once nothing can fail any more.
pub struct Place(Arc<Mutex<FFI_ArrowArrayStream>>);

impl Place {
    /// Moves the stream in.
    ///
    /// # Safety
    /// `stream` points to the stream that told the schema of the batches, and nobody else uses it.
    pub unsafe fn fill(self, stream: *mut FFI_ArrowArrayStream) {
        // SAFETY: as the caller says.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stream;
    }
}

impl Batches {
    /// The batches of a stream that told this schema. Until its place is filled there are none.
    pub fn of(schema: SchemaRef) -> (Self, Place) {
        let stream = Arc::new(Mutex::new(FFI_ArrowArrayStream::empty()));
        (Self { schema, stream: Arc::clone(&stream), last: None }, Place(stream))
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, Error> {
        let mut array = FFI_ArrowArray::empty();
        {
            let stream = &mut *self.stream.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(get_next) = stream.get_next() else { return Ok(None) };
            // SAFETY: the stream is not released while this owns it, and its own callback is called with its address.
            let errno = unsafe { get_next(stream, &raw mut array) };
            if errno != 0 {
                // Whatever a call that failed left there is no batch, and nothing to release.
                std::mem::forget(array);
                // SAFETY: the last call on the stream failed.
                return Err(unsafe { failed(stream, "get_next", errno) });
            }
        }
        if array.is_released() {
            return Ok(None);
        }
        // SAFETY: the stream said that its batches have this schema.
        unsafe { batch::batch(array, &self.schema) }.map(Some)
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let last = match &self.last {
            Some(last) => last,
            None => match self.read() {
                Ok(Some(batch)) => return Some(Ok(batch)),
                Ok(None) => self.last.insert(None),
                Err(error) => self.last.insert(Some(error)),
            },
        };
        last.clone().map(|error| Err(error.into()))
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
