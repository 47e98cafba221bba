//! What the arrow crates take for granted about structs from elsewhere, checked before they see them: pointers that must
//! be there, numbers that must not be negative, texts that must be UTF-8.

use std::ffi::{CStr, c_char, c_void};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_schema::{DataType, UnionMode};

/// `struct ArrowSchema`, member by member.
#[repr(C)]
struct RawSchema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *const *const RawSchema,
    dictionary: *const RawSchema,
    release: Option<unsafe extern "C" fn(*mut RawSchema)>,
    private_data: *mut c_void,
}

/// `struct ArrowArray`, member by member.
#[repr(C)]
struct RawArray {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *const *const c_void,
    children: *const *const RawArray,
    dictionary: *const RawArray,
    release: Option<unsafe extern "C" fn(*mut RawArray)>,
    private_data: *mut c_void,
}

const _: () = assert!(size_of::<RawSchema>() == size_of::<FFI_ArrowSchema>());
const _: () = assert!(size_of::<RawArray>() == size_of::<FFI_ArrowArray>());

/// Types within types; no table needs more.
const DEEPEST: usize = 64;
/// No array is longer: the sizes of its buffers could not be told.
const LONGEST: i64 = i64::MAX >> 8;

/// A schema that a producer filled in.
pub(super) fn schema(schema: &FFI_ArrowSchema) -> Result<(), String> {
    // SAFETY: the same struct under another name.
    let raw = unsafe { &*ptr::from_ref(schema).cast::<RawSchema>() };
    if raw.release.is_none() {
        return Err("it was released before".to_owned());
    }
    raw.check(DEEPEST)
}

impl RawSchema {
    fn check(&self, depth: usize) -> Result<(), String> {
        if depth == 0 {
            return Err(format!("types within types, more than {DEEPEST} deep"));
        }
        // SAFETY: NULL or NUL-terminated, by the interface.
        let text = |text: *const c_char| (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_str());
        let name = match text(self.name) {
            None => "",
            Some(Ok(name)) => name,
            Some(Err(_)) => return Err("a name that is not UTF-8".to_owned()),
        };
        let format = match text(self.format) {
            Some(Ok(format)) => format,
            _ => return Err(format!("field {name:?} has no format, or one that is not UTF-8")),
        };
        let nested = match format {
            "+l" | "+L" | "+vl" | "+vL" | "+m" => Some(1),
            "+r" => Some(2),
            format if format.starts_with("+w:") => Some(1),
            _ => None,
        };
        if self.n_children < 0 || nested.is_some_and(|children| children != self.n_children) {
            return Err(format!("field {name:?} of format {format:?} has {} children", self.n_children));
        }
        // SAFETY: as many pointers as the schema says, by the interface.
        let children = unsafe { children(self.children, self.n_children) };
        for child in children.map_err(|what| format!("field {name:?}: {what}"))? {
            child.check(depth - 1)?;
        }
        // SAFETY: NULL or a schema, by the interface.
        unsafe { self.dictionary.as_ref() }.map_or(Ok(()), |dictionary| dictionary.check(depth - 1))
    }
}

/// An array of this type that a producer filled in.
pub(super) fn array(array: &FFI_ArrowArray, data_type: &DataType) -> Result<(), String> {
    // SAFETY: the same struct under another name.
    unsafe { &*ptr::from_ref(array).cast::<RawArray>() }.check(data_type)
}

impl RawArray {
    fn check(&self, data_type: &DataType) -> Result<(), String> {
        let (length, offset, nulls) = (self.length, self.offset, self.null_count);
        let end = length.checked_add(offset).filter(|end| length >= 0 && offset >= 0 && *end <= LONGEST);
        let Some(end) = end else { return Err(format!("a length of {length} behind an offset of {offset}")) };
        if !(-1..=length).contains(&nulls) {
            return Err(format!("{nulls} nulls in {length} values"));
        }
        // SAFETY: as many pointers as the array says, by the interface.
        let buffers = unsafe { pointers(self.buffers, self.n_buffers) }?;
        let buffer = |index: usize| buffers.get(index).copied().unwrap_or(ptr::null());
        match data_type {
            DataType::Utf8 | DataType::Binary | DataType::List(_) | DataType::Map(..) => {
                // SAFETY: one more offset than there are values, by the interface.
                unsafe { last_offset::<i32>(buffer(1), end) }?;
            }
            DataType::LargeUtf8 | DataType::LargeBinary | DataType::LargeList(_) => {
                // SAFETY: as above.
                unsafe { last_offset::<i64>(buffer(1), end) }?;
            }
            DataType::Utf8View | DataType::BinaryView => {
                // The validity, the views, any number of buffers, and the lengths of those.
                let [_, _, texts @ .., lengths] = buffers else {
                    return Err(format!("a column of views with {} buffers", buffers.len()));
                };
                if !texts.is_empty() {
                    // SAFETY: as many lengths as there are buffers of text, by the interface.
                    let lengths = unsafe { numbers::<i64>(*lengths, texts.len()) }?;
                    if let Some(length) = lengths.iter().find(|length| !(0..=LONGEST).contains(*length)) {
                        return Err(format!("a buffer of {length} bytes"));
                    }
                }
            }
            _ => {}
        }
        let (types, dictionary): (Vec<&DataType>, _) = match data_type {
            DataType::List(field)
            | DataType::LargeList(field)
            | DataType::ListView(field)
            | DataType::LargeListView(field)
            | DataType::FixedSizeList(field, _)
            | DataType::Map(field, _) => (vec![field.data_type()], None),
            DataType::Struct(fields) => (fields.iter().map(|field| field.data_type()).collect(), None),
            DataType::Union(fields, UnionMode::Dense | UnionMode::Sparse) => {
                (fields.iter().map(|(_, field)| field.data_type()).collect(), None)
            }
            DataType::RunEndEncoded(ends, values) => (vec![ends.data_type(), values.data_type()], None),
            DataType::Dictionary(_, values) => (Vec::new(), Some(values)),
            _ => (Vec::new(), None),
        };
        // SAFETY: as many pointers as the array says, by the interface.
        let children = unsafe { children(self.children, self.n_children) }?;
        if children.len() != types.len() {
            return Err(format!("{} children; expected {}", children.len(), types.len()));
        }
        for (index, (child, child_type)) in children.into_iter().zip(types).enumerate() {
            child.check(child_type).map_err(|what| match data_type {
                DataType::Struct(fields) => format!("column {:?}: {what}", fields[index].name()),
                _ => what,
            })?;
        }
        // SAFETY: NULL or an array, by the interface.
        match (unsafe { self.dictionary.as_ref() }, dictionary) {
            (Some(array), Some(values)) => array.check(values),
            (None, None) => Ok(()),
            (Some(_), None) => Err("a dictionary where the schema has none".to_owned()),
            (None, Some(_)) => Err("no dictionary where the schema has one".to_owned()),
        }
    }
}

/// Pointers that stand in a row; none may be missing if there is a number of them.
///
/// # Safety
/// `first` is NULL or points to as many pointers.
unsafe fn pointers<'a, T>(first: *const *const T, count: i64) -> Result<&'a [*const T], String> {
    // SAFETY: as the caller says.
    unsafe { numbers(first.cast(), usize::try_from(count).map_err(|_| format!("{count} pointers"))?) }
}

/// # Safety
/// `first` is NULL or points to as many pointers, each NULL or to what lives during `'a`.
unsafe fn children<'a, T>(first: *const *const T, count: i64) -> Result<Vec<&'a T>, String> {
    // SAFETY: as the caller says.
    let children = unsafe { pointers(first, count) }?;
    // SAFETY: as the caller says.
    children.iter().map(|child| unsafe { child.as_ref() }.ok_or_else(|| "a child that is NULL".to_owned())).collect()
}

/// # Safety
/// `first` is NULL or points to as many values of `T`, of which all bytes are valid.
unsafe fn numbers<'a, T>(first: *const c_void, count: usize) -> Result<&'a [T], String> {
    if count == 0 {
        return Ok(&[]);
    }
    let first: *const T = first.cast();
    if first.is_null() || !first.is_aligned() {
        return Err("a buffer that is NULL or not aligned".to_owned());
    }
    // SAFETY: not NULL, aligned, and as many as the caller says.
    Ok(unsafe { std::slice::from_raw_parts(first, count) })
}

/// The last offset is what the length of the data behind it is taken from. An array without values may have none.
///
/// # Safety
/// `offsets` is NULL or points to one more offset than `end`.
unsafe fn last_offset<O: Copy + Into<i64>>(offsets: *const c_void, end: i64) -> Result<(), String> {
    if end == 0 {
        return Ok(());
    }
    // SAFETY: as the caller says; `end` is not negative, and an array is never so long that the sum ends elsewhere.
    let last = unsafe { numbers::<O>(offsets, end as usize + 1) }?[end as usize].into();
    if (0..=LONGEST).contains(&last) { Ok(()) } else { Err(format!("a last offset of {last}")) }
}
