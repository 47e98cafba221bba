use std::borrow::Cow;
use std::ffi::{CString, c_char};
use std::ptr;

use engine::{Field, FleetRow};

use crate::call_failure::Failure;
use crate::ffi;
use crate::status::cg_status;

/// One thing more that was said of a field of a phone. Where values differ, the evidence contradicts itself: no value
/// counts, and the answer names all of them, each with its place. All texts may be NULL in zeroed memory, which says
/// nothing.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_said {
    /// Which field: "pid", "vid", "mac", "serial", "load", "release", "firmware_type" or "authorization".
    pub field: *const c_char,
    /// What was said, as for the member of cg_phone.
    pub value: *const c_char,
    /// Where it was said, as a person finds it: "export.csv line 2". NULL or empty if nobody told.
    pub place: *const c_char,
}

/// What was said of a phone beside its members.
pub(crate) struct AlsoSaid<'a> {
    said: Vec<(Field, &'a [u8], &'a [u8])>,
}

impl<'a> AlsoSaid<'a> {
    /// Reads what C hands over.
    ///
    /// # Safety
    /// Each text is NULL or NUL-terminated, and nobody changes it during `'a`.
    pub(crate) unsafe fn read(said: &'a [cg_said]) -> Result<Self, Failure> {
        let mut read = Vec::new();
        for (index, one) in said.iter().enumerate() {
            // SAFETY: as the caller says.
            let [field, value, place] = [one.field, one.value, one.place].map(|text| unsafe { ffi::bytes(text) });
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            let field = field.and_then(|field| str::from_utf8(field).ok()?.parse::<Field>().ok());
            let Some(field) = field.filter(|field| *field != Field::Target) else {
                let message = format!("said: the field at index {index} is none; expected one such as \"vid\"");
                return Err(Failure::new(cg_status::Options, message));
            };
            read.push((field, value, place.unwrap_or_default()));
        }
        Ok(Self { said: read })
    }

    /// What the member of a field says and what else was said of it, each with its place; nothing if that is the member alone.
    pub(crate) fn texts(&self, field: Field, member: Option<&'a [u8]>) -> Option<Vec<(Cow<'a, str>, Cow<'a, str>)>> {
        let of_field = self.said.iter().filter(|(of, ..)| *of == field).map(|(_, value, place)| (*value, *place));
        let mut others = of_field.peekable();
        others.peek()?;
        let all = member.map(|member| (member, &b""[..])).into_iter().chain(others);
        Some(all.map(|(value, place)| (String::from_utf8_lossy(value), String::from_utf8_lossy(place))).collect())
    }
}

/// What a phone of the engine says differently, for C: the texts stay where they are.
#[derive(Default)]
pub(crate) struct Contradicted {
    // What the views point to.
    texts: Vec<CString>,
    views: Vec<cg_said>,
}

// SAFETY: the pointers are those of the texts, which nobody changes.
unsafe impl Send for Contradicted {}
// SAFETY: as above.
unsafe impl Sync for Contradicted {}

impl Contradicted {
    pub(crate) fn of(row: &FleetRow) -> Self {
        let mut all = Self::default();
        for (field, sides) in row.said_differently() {
            for (value, place) in sides {
                let texts = [field.as_str(), value, place].map(ffi::c_text);
                let [field, value, place] = [&texts[0], &texts[1], &texts[2]].map(|text| text.as_ptr());
                all.texts.extend(texts);
                all.views.push(cg_said { field, value, place });
            }
        }
        all
    }

    /// The first of them, and how many there are; NULL for none.
    pub(crate) fn pointer(&self) -> (*const cg_said, usize) {
        match self.views.as_slice() {
            [] => (ptr::null(), 0),
            views => (views.as_ptr(), views.len()),
        }
    }
}
