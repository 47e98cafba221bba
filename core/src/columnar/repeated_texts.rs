//! Columns of plain text in which each row has one of some texts.
//!
//! `take` of `arrow-select` does the same for columns of every type, and is a quarter of a program that asks it for this.

use std::sync::Arc;

use arrow_array::builder::make_view;
use arrow_array::{ArrayRef, GenericStringArray, OffsetSizeTrait, StringViewArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::ArrowError;

use super::TextLayout;

/// The texts at these places, but for rows that are null; not as a dictionary.
pub(super) fn gather(
    layout: TextLayout,
    texts: &[&str],
    places: &[u32],
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    Ok(match layout {
        TextLayout::Dictionary | TextLayout::Utf8 => Arc::new(strings::<i32>(texts, places, nulls)?),
        TextLayout::LargeUtf8 => Arc::new(strings::<i64>(texts, places, nulls)?),
        TextLayout::Utf8View => Arc::new(views(texts, places, nulls)?),
    })
}

/// All rows with one text have one view: the texts stand in the buffer once.
fn views(texts: &[&str], places: &[u32], nulls: Option<NullBuffer>) -> Result<StringViewArray, ArrowError> {
    let mut bytes = Vec::new();
    let view = |text: &&str| {
        let begin = bytes.len();
        bytes.extend_from_slice(text.as_bytes());
        make_view(text.as_bytes(), 0, begin as u32)
    };
    // A row without a text may have any view.
    let views: Vec<u128> = texts.iter().map(view).collect();
    let none = make_view(b"", 0, 0);
    let views: Vec<u128> = places.iter().map(|place| views.get(*place as usize).copied().unwrap_or(none)).collect();
    StringViewArray::try_new(views.into(), vec![bytes.into()], nulls)
}

fn strings<O: OffsetSizeTrait>(
    texts: &[&str],
    places: &[u32],
    nulls: Option<NullBuffer>,
) -> Result<GenericStringArray<O>, ArrowError> {
    let is_there = |row| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
    let mut end = 0;
    let mut offsets = Vec::with_capacity(places.len() + 1);
    offsets.push(O::zero());
    for (row, place) in places.iter().enumerate() {
        end += if is_there(row) { texts[*place as usize].len() } else { 0 };
        offsets.push(O::usize_as(end));
    }
    // The last is the largest.
    if O::from_usize(end).is_none() {
        return Err(ArrowError::OffsetOverflowError(end));
    }
    let mut bytes = Vec::with_capacity(end);
    for (row, place) in places.iter().enumerate() {
        if is_there(row) {
            bytes.extend_from_slice(texts[*place as usize].as_bytes());
        }
    }
    GenericStringArray::try_new(OffsetBuffer::new(offsets.into()), bytes.into(), nulls)
}
