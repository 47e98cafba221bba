//! Whether a schema or array from outside can be what it says: lengths that no memory has, missing buffers, missing
//! children.
//!
//! Offsets, keys and views in the middle of a column are checked where they are read; here is what is used to find out how
//! large the column is.

use std::ffi::{CStr, c_char, c_void};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_schema::{DataType, UnionMode};

/// No column has more rows, and no buffer more bytes: it is the address space of a process.
const MOST: i64 = 1 << 47;
/// Types within types; no table needs more.
const DEEPEST: usize = 64;

/// A structure of the Arrow C data interface, which never changes.
#[repr(C)]
struct RawSchema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *const *const RawSchema,
    dictionary: *const RawSchema,
    release: *const c_void,
    private_data: *const c_void,
}

/// The other one.
#[repr(C)]
struct RawArray {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *const *const c_void,
    children: *const *mut RawArray,
    dictionary: *mut RawArray,
    release: *const c_void,
    private_data: *const c_void,
}

/// Refuses a schema of which no type could be made.
pub(super) fn check_schema(schema: &FFI_ArrowSchema) -> Result<(), &'static str> {
    let schema: *const FFI_ArrowSchema = schema;
    // SAFETY: both types are the same structure of the C data interface.
    let schema = unsafe { &*schema.cast::<RawSchema>() };
    if schema.release.is_null() {
        return Err("a schema that is released already");
    }
    check_raw_schema(schema, DEEPEST)
}

fn check_raw_schema(schema: &RawSchema, depth: usize) -> Result<(), &'static str> {
    if depth == 0 {
        return Err("types within types, more than 64 deep");
    }
    if schema.format.is_null() {
        return Err("a type is missing");
    }
    for text in [schema.format, schema.name] {
        // SAFETY: it is null or a C string, says the interface.
        if !text.is_null() && unsafe { CStr::from_ptr(text) }.to_str().is_err() {
            return Err("the name or format of a column is not UTF-8");
        }
    }
    if !(0..=MOST).contains(&schema.n_children) || (schema.n_children > 0 && schema.children.is_null()) {
        return Err("the columns are missing");
    }
    for index in 0..schema.n_children {
        // SAFETY: there are as many children as the schema says, pointers to schemas or null.
        let child = unsafe { schema.children.add(index as usize).read_unaligned().as_ref() };
        check_raw_schema(child.ok_or("a column is missing")?, depth - 1)?;
    }
    // SAFETY: it is null or points to a schema, says the interface.
    unsafe { schema.dictionary.as_ref() }.map_or(Ok(()), |dictionary| check_raw_schema(dictionary, depth - 1))
}

/// Refuses an array of which no column of this type could be made.
pub(super) fn check(array: &mut FFI_ArrowArray, data_type: &DataType) -> Result<(), &'static str> {
    let array: *mut FFI_ArrowArray = array;
    // SAFETY: both types are the same structure of the C data interface.
    check_raw(unsafe { &mut *array.cast::<RawArray>() }, data_type)
}

fn check_raw(array: &mut RawArray, data_type: &DataType) -> Result<(), &'static str> {
    if *data_type == DataType::Null {
        // polars gives a column of nulls a buffer, which the format does not.
        array.n_buffers = 0;
    }
    let sizes = 0..=MOST;
    if !sizes.contains(&array.length) || !sizes.contains(&array.offset) {
        return Err("a length or offset that no column has");
    }
    let rows = array.length + array.offset;
    let (buffers, children) = parts(data_type);
    if array.n_buffers < buffers || (buffers > 0 && array.buffers.is_null()) || array.n_buffers > MOST {
        return Err("a buffer is missing");
    }
    if array.n_children != children || (children > 0 && array.children.is_null()) {
        return Err("the number of children is not that of its type");
    }
    match data_type {
        DataType::Utf8 | DataType::Binary => last_offset::<i32>(array, rows)?,
        DataType::LargeUtf8 | DataType::LargeBinary => last_offset::<i64>(array, rows)?,
        DataType::Utf8View | DataType::BinaryView => buffer_lengths(array)?,
        _ => {}
    }
    for (index, (child_type, least)) in children_of(data_type, rows).into_iter().enumerate() {
        // SAFETY: there are as many children as this type has, which was checked; the interface says that they are
        // pointers to arrays, or null.
        let child = unsafe { array.children.add(index).read_unaligned().as_mut() }.ok_or("a child is missing")?;
        check_raw(child, child_type)?;
        if child.length < least {
            return Err("a child has fewer rows than its parent");
        }
    }
    // SAFETY: it is null or points to an array, says the interface.
    match (data_type, unsafe { array.dictionary.as_mut() }) {
        (DataType::Dictionary(_, values), Some(dictionary)) => check_raw(dictionary, values),
        (DataType::Dictionary(..), None) => Err("a dictionary is missing"),
        (_, Some(_)) => Err("a dictionary that its type does not have"),
        (_, None) => Ok(()),
    }
}

/// How many buffers a column of this type has at least, and how many children exactly.
fn parts(data_type: &DataType) -> (i64, i64) {
    match data_type {
        DataType::Null => (0, 0),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => (3, 0),
        DataType::Utf8View | DataType::BinaryView => (3, 0),
        DataType::Struct(fields) => (1, fields.len() as i64),
        DataType::FixedSizeList(..) => (1, 1),
        DataType::List(_) | DataType::LargeList(_) | DataType::Map(..) => (2, 1),
        DataType::ListView(_) | DataType::LargeListView(_) => (3, 1),
        DataType::Union(fields, UnionMode::Sparse) => (1, fields.len() as i64),
        DataType::Union(fields, UnionMode::Dense) => (2, fields.len() as i64),
        DataType::RunEndEncoded(..) => (0, 2),
        _ => (2, 0),
    }
}

/// The types of the children, and how many rows each has at least.
fn children_of(data_type: &DataType, rows: i64) -> Vec<(&DataType, i64)> {
    match data_type {
        DataType::Struct(fields) => fields.iter().map(|field| (field.data_type(), rows)).collect(),
        DataType::FixedSizeList(field, size) => vec![(field.data_type(), rows.saturating_mul(i64::from(*size)))],
        DataType::List(field) | DataType::LargeList(field) | DataType::Map(field, _) => vec![(field.data_type(), 0)],
        DataType::ListView(field) | DataType::LargeListView(field) => vec![(field.data_type(), 0)],
        DataType::Union(fields, UnionMode::Sparse) => {
            fields.iter().map(|(_, field)| (field.data_type(), rows)).collect()
        }
        DataType::Union(fields, UnionMode::Dense) => fields.iter().map(|(_, field)| (field.data_type(), 0)).collect(),
        DataType::RunEndEncoded(ends, values) => vec![(ends.data_type(), 0), (values.data_type(), 0)],
        _ => Vec::new(),
    }
}

/// The last offset says how many bytes of text there are.
fn last_offset<O: Into<i64>>(array: &RawArray, rows: i64) -> Result<(), &'static str> {
    if rows == 0 {
        return Ok(());
    }
    let offsets = buffer(array, 1).cast::<O>();
    if offsets.is_null() {
        return Err("the offsets of texts are missing");
    }
    if !offsets.is_aligned() {
        return Err("the offsets of texts are not aligned");
    }
    // SAFETY: a column of so many rows has one offset more, says its format.
    let last = unsafe { offsets.add(rows as usize).read() }.into();
    if (0..=MOST).contains(&last) { Ok(()) } else { Err("texts that end before they begin") }
}

/// The last buffer of views says how large the buffers between are.
fn buffer_lengths(array: &RawArray) -> Result<(), &'static str> {
    let count = array.n_buffers - 3;
    if count == 0 {
        return Ok(());
    }
    let lengths = buffer(array, array.n_buffers - 1).cast::<i64>();
    if lengths.is_null() {
        return Err("the sizes of buffers are missing");
    }
    if !lengths.is_aligned() {
        return Err("the sizes of buffers are not aligned");
    }
    for index in 0..count {
        // SAFETY: there is one size for each buffer between, says the format.
        let length = unsafe { lengths.add(index as usize).read() };
        if !(0..=MOST).contains(&length) {
            return Err("a buffer of a size that no memory has");
        }
    }
    Ok(())
}

/// One of the buffers that were checked to be there.
fn buffer(array: &RawArray, index: i64) -> *const c_void {
    // SAFETY: there are more buffers than this, which was checked.
    unsafe { array.buffers.add(index as usize).read_unaligned() }
}
