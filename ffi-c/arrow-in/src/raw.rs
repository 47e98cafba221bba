//! The structs of the interface, member by member, and the few steps that follow their pointers.

use std::ffi::{c_char, c_void};
use std::ptr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};

use crate::error::Fault;
use crate::limits::TEXT;

/// `struct ArrowSchema`.
#[repr(C)]
pub(crate) struct RawSchema {
    pub(crate) format: *const c_char,
    pub(crate) name: *const c_char,
    pub(crate) metadata: *const c_char,
    pub(crate) flags: i64,
    pub(crate) n_children: i64,
    pub(crate) children: *const *const RawSchema,
    pub(crate) dictionary: *const RawSchema,
    pub(crate) release: Option<unsafe extern "C" fn(*mut RawSchema)>,
    pub(crate) private_data: *mut c_void,
}

/// `struct ArrowArray`.
#[repr(C)]
pub(crate) struct RawArray {
    pub(crate) length: i64,
    pub(crate) null_count: i64,
    pub(crate) offset: i64,
    pub(crate) n_buffers: i64,
    pub(crate) n_children: i64,
    pub(crate) buffers: *const *const c_void,
    pub(crate) children: *const *const RawArray,
    pub(crate) dictionary: *const RawArray,
    pub(crate) release: Option<unsafe extern "C" fn(*mut RawArray)>,
    pub(crate) private_data: *mut c_void,
}

const _: () = assert!(size_of::<RawSchema>() == size_of::<FFI_ArrowSchema>());
const _: () = assert!(align_of::<RawSchema>() == align_of::<FFI_ArrowSchema>());
const _: () = assert!(size_of::<RawArray>() == size_of::<FFI_ArrowArray>());
const _: () = assert!(align_of::<RawArray>() == align_of::<FFI_ArrowArray>());

impl RawSchema {
    pub(crate) fn of(schema: &FFI_ArrowSchema) -> &Self {
        // SAFETY: the same struct of the interface under another name, and any bytes are valid for its members.
        unsafe { &*ptr::from_ref(schema).cast() }
    }

    pub(crate) fn is_released(&self) -> bool {
        self.release.is_none()
    }

    pub(crate) fn format(&self) -> Result<&str, Fault> {
        // SAFETY: NULL or NUL-terminated, by the interface.
        unsafe { text("format", self.format) }?
            .ok_or_else(|| Fault::new("it has no format; expected one, such as \"u\""))
    }

    /// Empty if there is none.
    pub(crate) fn name(&self) -> Result<&str, Fault> {
        // SAFETY: NULL or NUL-terminated, by the interface.
        Ok(unsafe { text("name", self.name) }?.unwrap_or_default())
    }

    pub(crate) fn metadata(&self) -> Option<*const u8> {
        (!self.metadata.is_null()).then_some(self.metadata.cast())
    }

    /// One of the children, of which there are more, as was compared with what the type allows.
    pub(crate) fn child(&self, index: usize) -> Result<&Self, Fault> {
        // SAFETY: as many pointers as the schema says, each NULL or to a schema, by the interface.
        unsafe { child(self.children, index, |child| child.is_released()) }
    }

    pub(crate) fn dictionary(&self) -> Result<Option<&Self>, Fault> {
        // SAFETY: NULL or a schema, by the interface.
        unsafe { struct_at(self.dictionary, "its dictionary", |dictionary| dictionary.is_released()) }
    }
}

impl RawArray {
    pub(crate) fn of(array: &FFI_ArrowArray) -> &Self {
        // SAFETY: the same struct of the interface under another name, and any bytes are valid for its members.
        unsafe { &*ptr::from_ref(array).cast() }
    }

    pub(crate) fn is_released(&self) -> bool {
        self.release.is_none()
    }

    pub(crate) fn has_buffers(&self) -> bool {
        !self.buffers.is_null()
    }

    /// One of the buffers, of which there are more, as was compared with what the type allows; [`Self::has_buffers`].
    pub(crate) fn buffer(&self, index: usize) -> *const c_void {
        // SAFETY: not NULL, and as many pointers as the array says, by the interface.
        unsafe { self.buffers.add(index).read_unaligned() }
    }

    /// One of the children, of which there are more, as was compared with what the type allows.
    pub(crate) fn child(&self, index: usize) -> Result<&Self, Fault> {
        // SAFETY: as many pointers as the array says, each NULL or to an array, by the interface.
        unsafe { child(self.children, index, |child| child.is_released()) }
    }

    pub(crate) fn dictionary(&self) -> Result<Option<&Self>, Fault> {
        // SAFETY: NULL or an array, by the interface.
        unsafe { struct_at(self.dictionary, "its dictionary", |dictionary| dictionary.is_released()) }
    }
}

/// # Safety
/// `children` is NULL or points to more pointers than `index`, each NULL or to a struct that lives during `'a`.
unsafe fn child<'a, T>(
    children: *const *const T,
    index: usize,
    is_released: impl FnOnce(&T) -> bool,
) -> Result<&'a T, Fault> {
    if children.is_null() {
        return Err(Fault::new("the pointers to it and its siblings are NULL"));
    }
    // SAFETY: as the caller says.
    let child = unsafe { struct_at(children.add(index).read_unaligned(), "it", is_released) }?;
    child.ok_or_else(|| Fault::new("the pointer to it is NULL"))
}

/// # Safety
/// `at` is NULL or points to a struct that lives during `'a`.
unsafe fn struct_at<'a, T>(
    at: *const T,
    what: &str,
    is_released: impl FnOnce(&T) -> bool,
) -> Result<Option<&'a T>, Fault> {
    if !at.is_aligned() {
        return Err(Fault::new(format!("the pointer to {what} is not aligned")));
    }
    // SAFETY: aligned, and NULL or to a struct, as the caller says.
    let found = unsafe { at.as_ref() };
    match found.is_some_and(is_released) {
        true => Err(Fault::new(format!("{what} was released before"))),
        false => Ok(found),
    }
}

/// A NUL-terminated text; none for NULL. No more is read than a text may have.
///
/// # Safety
/// `first` is NULL or NUL-terminated, and lives during `'a`.
unsafe fn text<'a>(what: &str, first: *const c_char) -> Result<Option<&'a str>, Fault> {
    if first.is_null() {
        return Ok(None);
    }
    let first: *const u8 = first.cast();
    // SAFETY: no byte before this one was the NUL that ends the text.
    let len = (0..=TEXT).find(|index| unsafe { first.add(*index).read() } == 0);
    let Some(len) = len else {
        return Err(Fault::new(format!("its {what} has more than {TEXT} bytes; expected at most {TEXT}")));
    };
    // SAFETY: so many bytes were read just now, and nobody changes them.
    let bytes = unsafe { std::slice::from_raw_parts(first, len) };
    let text = std::str::from_utf8(bytes);
    text.map(Some).map_err(|error| {
        Fault::new(format!("its {what} is not UTF-8 from byte {} on; expected UTF-8", error.valid_up_to() + 1))
    })
}
