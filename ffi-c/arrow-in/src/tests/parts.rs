//! Structs of the interface that a test can change member by member. They are copies: what they were copied from owns the
//! memory, so that nothing is lost or released twice, whatever is written into a copy.

use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};

use crate::raw::{RawArray, RawSchema};

/// A copy of an array with its children.
pub(super) struct ArrayPart {
    pub(super) raw: Box<RawArray>,
    pub(super) buffers: Vec<*const c_void>,
    pub(super) children: Vec<ArrayPart>,
    pub(super) dictionary: Option<Box<ArrayPart>>,
    pointers: Vec<*const RawArray>,
}

unsafe extern "C" fn release_array(array: *mut RawArray) {
    // SAFETY: the callback of an array that is not released; its private data is a counter that lives longer, or NULL.
    unsafe {
        if let Some(released) = (*array).private_data.cast::<AtomicUsize>().as_ref() {
            released.fetch_add(1, Ordering::Relaxed);
        }
        (*array).release = None;
    }
}

impl ArrayPart {
    /// What `array` points to must outlive the copy.
    pub(super) fn of(array: &FFI_ArrowArray) -> Self {
        Self::copy(RawArray::of(array))
    }

    fn copy(raw: &RawArray) -> Self {
        let dictionary = raw.dictionary().expect("a good array").map(|values| Box::new(Self::copy(values)));
        let children = (0..raw.n_children as usize).map(|index| Self::copy(raw.child(index).expect("a good array")));
        let mut part = Self {
            raw: Box::new(RawArray { release: Some(release_array), private_data: ptr::null_mut(), ..*raw }),
            buffers: (0..raw.n_buffers as usize).map(|index| raw.buffer(index)).collect(),
            children: children.collect(),
            dictionary,
            pointers: Vec::new(),
        };
        part.pointers = part.children.iter().map(|child| ptr::from_ref(&*child.raw)).collect();
        part.raw.buffers = part.buffers.as_ptr();
        part.raw.children = part.pointers.as_ptr();
        part.raw.dictionary = part.dictionary.as_ref().map_or(ptr::null(), |values| ptr::from_ref(&*values.raw));
        part
    }

    /// The part at a path of indexes, each taken modulo the number of parts below.
    pub(super) fn at(&mut self, path: &[usize]) -> &mut Self {
        let parts = self.children.len() + usize::from(self.dictionary.is_some());
        match path {
            [first, rest @ ..] if parts > 0 => match (first % parts, &mut self.dictionary) {
                (0, Some(values)) if self.children.is_empty() => values.at(rest),
                (index, _) => self.children[index].at(rest),
            },
            _ => self,
        }
    }

    pub(super) fn set_child(&mut self, index: usize, child: *const RawArray) {
        self.pointers[index] = child;
    }

    /// The array, as a producer hands it over, and a counter of how often it was released.
    pub(super) fn hand_over(&mut self) -> (FFI_ArrowArray, Arc<AtomicUsize>) {
        let released = Arc::new(AtomicUsize::new(0));
        self.raw.private_data = Arc::as_ptr(&released).cast_mut().cast();
        let raw: *mut RawArray = &raw mut *self.raw;
        // SAFETY: the same struct of the interface under another name.
        (unsafe { FFI_ArrowArray::from_raw(raw.cast()) }, released)
    }
}

/// A copy of a schema with its children.
pub(super) struct SchemaPart {
    pub(super) raw: Box<RawSchema>,
    pub(super) children: Vec<SchemaPart>,
    pub(super) dictionary: Option<Box<SchemaPart>>,
    pub(super) pointers: Vec<*const RawSchema>,
    texts: Vec<CString>,
}

unsafe extern "C" fn release_schema(schema: *mut RawSchema) {
    // SAFETY: the callback of a schema that is not released.
    unsafe { (*schema).release = None };
}

impl SchemaPart {
    /// A schema by itself.
    pub(super) fn new(format: &str, name: &str, children: Vec<Self>) -> Self {
        let texts = [format, name].map(|text| CString::new(text).expect("no NUL")).to_vec();
        let mut part = Self {
            raw: Box::new(RawSchema {
                format: texts[0].as_ptr(),
                name: texts[1].as_ptr(),
                metadata: ptr::null(),
                flags: 2,
                n_children: children.len() as i64,
                children: ptr::null(),
                dictionary: ptr::null(),
                release: Some(release_schema),
                private_data: ptr::null_mut(),
            }),
            pointers: children.iter().map(|child| ptr::from_ref(&*child.raw)).collect(),
            children,
            dictionary: None,
            texts,
        };
        part.raw.children = part.pointers.as_ptr();
        part
    }

    /// A copy, texts included.
    pub(super) fn of(schema: &FFI_ArrowSchema) -> Self {
        let mut part =
            Self::new(schema.format(), schema.name().unwrap_or_default(), schema.children().map(Self::of).collect());
        part.raw.flags = RawSchema::of(schema).flags;
        part.dictionary = schema.dictionary().map(|values| Box::new(Self::of(values)));
        part.raw.dictionary = part.dictionary.as_ref().map_or(ptr::null(), |values| ptr::from_ref(&*values.raw));
        part
    }

    pub(super) fn at(&mut self, path: &[usize]) -> &mut Self {
        let parts = self.children.len() + usize::from(self.dictionary.is_some());
        match path {
            [first, rest @ ..] if parts > 0 => match (first % parts, &mut self.dictionary) {
                (0, Some(values)) if self.children.is_empty() => values.at(rest),
                (index, _) => self.children[index].at(rest),
            },
            _ => self,
        }
    }

    /// Another format or name, whose bytes live as long as the part.
    pub(super) fn text(&mut self, text: impl Into<Vec<u8>>) -> *const c_char {
        self.texts.push(CString::new(text).expect("no NUL"));
        self.texts.last().map_or(ptr::null(), |text| text.as_ptr())
    }

    pub(super) fn set_format(&mut self, format: &str) {
        self.raw.format = self.text(format);
    }

    pub(super) fn read(&mut self) -> Result<arrow_schema::SchemaRef, String> {
        let raw: *const RawSchema = &raw const *self.raw;
        // SAFETY: the same struct of the interface under another name.
        crate::schema(unsafe { &*raw.cast::<FFI_ArrowSchema>() }).map_err(|error| error.to_string())
    }
}
