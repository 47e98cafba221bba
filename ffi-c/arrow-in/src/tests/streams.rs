//! Streams: what failed stays so, and nothing is read behind the end.

use std::ffi::{c_char, c_int};
use std::ptr;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Int8Array, RecordBatch, RecordBatchIterator};
use arrow_schema::ArrowError;

use crate::raw::{RawArray, RawSchema};
use crate::{Batches, Error, stream_schema};

fn batch() -> RecordBatch {
    RecordBatch::try_from_iter([("n", Arc::new(Int8Array::from(vec![1, 2])) as ArrayRef)]).expect("a table")
}

fn read(stream: &mut FFI_ArrowArrayStream) -> Result<Batches, Error> {
    // SAFETY: a stream that nobody else uses.
    let schema = unsafe { stream_schema(stream) }?;
    let (batches, place) = Batches::of(schema);
    // SAFETY: it told the schema.
    unsafe { place.fill(stream) };
    Ok(batches)
}

#[test]
fn batches_come_out_and_an_error_stays() {
    let broken = || ArrowError::ComputeError("the disk\nis on fire".to_owned());
    let all = [Ok(batch()), Err(broken()), Ok(batch())];
    let reader = RecordBatchIterator::new(all, batch().schema());
    let mut batches = read(&mut FFI_ArrowArrayStream::new(Box::new(reader))).expect("a stream");
    assert_eq!(batches.next().expect("a batch").expect("it is good"), batch());
    for _ in 0..2 {
        let error = batches.next().expect("an error").expect_err("no batch").to_string();
        assert!(error.contains("the get_next of the stream failed with error"), "{error}");
        assert!(error.contains("the disk\\nis on fire"), "{error}");
    }
}

#[test]
fn the_end_is_the_end() {
    let reader = RecordBatchIterator::new([Ok(batch())], batch().schema());
    let mut batches = read(&mut FFI_ArrowArrayStream::new(Box::new(reader))).expect("a stream");
    assert!(batches.next().is_some_and(|batch| batch.is_ok()));
    assert!(batches.next().is_none() && batches.next().is_none());
}

#[test]
fn a_released_stream_is_refused() {
    assert!(matches!(read(&mut FFI_ArrowArrayStream::empty()), Err(Error::Released)));
}

unsafe extern "C" fn no_schema(_: *mut FFI_ArrowArrayStream, _: *mut FFI_ArrowSchema) -> c_int {
    -5
}

/// Says that there is a schema, and gives none.
unsafe extern "C" fn empty_schema(_: *mut FFI_ArrowArrayStream, _: *mut FFI_ArrowSchema) -> c_int {
    0
}

unsafe extern "C" fn no_batch(_: *mut FFI_ArrowArrayStream, _: *mut FFI_ArrowArray) -> c_int {
    0
}

unsafe extern "C" fn no_words(_: *mut FFI_ArrowArrayStream) -> *const c_char {
    ptr::null()
}

unsafe extern "C" fn long_words(_: *mut FFI_ArrowArrayStream) -> *const c_char {
    const WORDS: &[u8; 100_001] = &{
        let mut words = [b'\x1b'; 100_001];
        words[100_000] = 0;
        words
    };
    WORDS.as_ptr().cast()
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: the callback of a stream that is not released.
    unsafe { ptr::write(stream, FFI_ArrowArrayStream::empty()) };
}

type GetSchema = unsafe extern "C" fn(*mut FFI_ArrowArrayStream, *mut FFI_ArrowSchema) -> c_int;
type GetLastError = unsafe extern "C" fn(*mut FFI_ArrowArrayStream) -> *const c_char;

#[track_caller]
fn refused(get_schema: Option<GetSchema>, get_last_error: Option<GetLastError>) -> String {
    // SAFETY: the callbacks need no private data.
    let mut stream = unsafe {
        FFI_ArrowArrayStream::new_unchecked(get_schema, Some(no_batch), get_last_error, Some(release), ptr::null_mut())
    };
    let Err(error) = read(&mut stream) else { panic!("it is read") };
    error.to_string()
}

#[test]
fn callbacks_that_fail_are_told_in_few_words() {
    assert_eq!(refused(None, None), "the stream has no get_schema or no get_next");
    assert_eq!(refused(Some(no_schema), None), "the get_schema of the stream failed with error -5");
    assert_eq!(refused(Some(no_schema), Some(no_words)), "the get_schema of the stream failed with error -5");
    assert_eq!(refused(Some(empty_schema), None), "the schema is malformed: it was released before");
    let long = refused(Some(no_schema), Some(long_words));
    assert!(long.ends_with("\\u{1b}\\u{1b}... (65536 characters)") && long.len() < 1000, "{long}");
}

/// The release callback of what a failed call leaves behind: nobody may call it.
unsafe extern "C" fn never<T>(_: *mut T) {
    std::process::abort();
}

unsafe extern "C" fn schema_that_fails(_: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowSchema) -> c_int {
    // SAFETY: as the interface says; a schema like this has a release callback and nothing else.
    unsafe { (*out.cast::<RawSchema>()).release = Some(never) };
    5
}

unsafe extern "C" fn one_column(_: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowSchema) -> c_int {
    let schema = FFI_ArrowSchema::try_from(&*batch().schema()).expect("a schema");
    // SAFETY: as the interface says, nothing is there yet.
    unsafe { out.write(schema) };
    0
}

unsafe extern "C" fn batch_that_fails(_: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowArray) -> c_int {
    // SAFETY: as the interface says; an array like this has a release callback and nothing else.
    unsafe { (*out.cast::<RawArray>()).release = Some(never) };
    5
}

#[test]
fn what_a_failed_call_leaves_is_not_released() {
    assert_eq!(refused(Some(schema_that_fails), None), "the get_schema of the stream failed with error 5");
    // SAFETY: the callbacks do as the interface says.
    let mut stream = unsafe {
        FFI_ArrowArrayStream::new_unchecked(
            Some(one_column),
            Some(batch_that_fails),
            None,
            Some(release),
            ptr::null_mut(),
        )
    };
    let mut batches = read(&mut stream).expect("a schema");
    let error = batches.next().expect("an error").expect_err("no batch").to_string();
    assert!(error.contains("the get_next of the stream failed with error 5"), "{error}");
}
