//! From `struct ArrowArray` to the data of an array. What an array needs is told by its type, never by its own counts: they
//! only must agree.

mod buffers;
mod layout;
mod runs;

use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_buffer::Buffer;
use arrow_data::{ArrayData, BufferSpec};
use arrow_schema::DataType;

use self::buffers::{Buffers, ends};
use self::layout::{Layout, children};
use crate::error::Fault;
use crate::limits::MOST;
use crate::raw::RawArray;

/// The data of an array that is said to be of this type.
///
/// # Safety
/// The array is of this type, as far as the checks below cannot see it: its buffers are as long as it says.
pub(crate) unsafe fn data(array: FFI_ArrowArray, data_type: &DataType) -> Result<ArrayData, Fault> {
    let owner = Arc::new(array);
    let raw = RawArray::of(&owner);
    if raw.is_released() {
        return Err(Fault::new("it was released before"));
    }
    read(raw, data_type, &owner, 0)
}

fn read(array: &RawArray, data_type: &DataType, owner: &Arc<FFI_ArrowArray>, depth: usize) -> Result<ArrayData, Fault> {
    let rows = rows(array)?;
    let layout = Layout::of(data_type);
    check_buffers(array, layout)?;
    let children = read_children(array, data_type, rows, owner, depth)?;
    let values = dictionary(array, data_type, owner, depth)?;
    if array.length == 0 {
        // Buffers of an empty array may be NULL.
        return Ok(ArrayData::new_empty(data_type));
    }
    let buffers = Buffers { array, layout, rows, owner };
    let (nulls, others) = (buffers.validity()?, buffers.others()?);
    if let (Layout::List(width), [offsets], [items]) = (layout, &*others, &*children) {
        check_list(ends(offsets, width, array), items.len())?;
    }
    if let (Layout::RunEndEncoded, [ends, values]) = (layout, &*children) {
        runs::check(ends, values, rows)?;
    }
    check_copies(data_type, &others)?;
    let builder = ArrayData::builder(data_type.clone())
        .len(array.length as usize)
        .offset(array.offset as usize)
        .nulls(nulls)
        .buffers(others)
        .child_data(children.into_iter().chain(values).collect())
        .align_buffers(true);
    // SAFETY: buffers and children are as long as the length of the array needs them; what they hold is not relied on,
    // see the top of the crate.
    let data = unsafe { builder.skip_validation(true) }.build();
    data.map_err(|error| Fault::new(error.to_string()))
}

/// Length and offset together.
fn rows(array: &RawArray) -> Result<i64, Fault> {
    let (length, offset, nulls) = (array.length, array.offset, array.null_count);
    let rows = length.checked_add(offset).filter(|rows| length >= 0 && offset >= 0 && *rows <= MOST);
    let Some(rows) = rows else {
        return Err(Fault::new(format!(
            "a length of {length} behind an offset of {offset}; expected both from 0, and together at most {MOST}"
        )));
    };
    if !(-1..=length).contains(&nulls) {
        return Err(Fault::new(format!("{nulls} nulls in {length} rows; expected -1 to {length}")));
    }
    Ok(rows)
}

/// Their number, and that there is a place for them.
fn check_buffers(array: &RawArray, layout: Layout) -> Result<(), Fault> {
    let (least, most) = layout.buffers();
    let found = array.n_buffers;
    if !usize::try_from(found).is_ok_and(|found| (least..=most).contains(&found)) {
        let expected = if least == most { least.to_string() } else { format!("{least} to {most}") };
        return Err(Fault::new(format!("{found} buffers; expected {expected}")));
    }
    match least > 0 && !array.has_buffers() {
        true => Err(Fault::new("the pointer to its buffers is NULL")),
        false => Ok(()),
    }
}

fn read_children(
    array: &RawArray,
    data_type: &DataType,
    rows: i64,
    owner: &Arc<FFI_ArrowArray>,
    depth: usize,
) -> Result<Vec<ArrayData>, Fault> {
    let expected = children(data_type, rows);
    if usize::try_from(array.n_children) != Ok(expected.len()) {
        return Err(Fault::new(format!("{} children; expected {}", array.n_children, expected.len())));
    }
    let child = |(index, (name, data_type, least)): (usize, (&str, &DataType, i64))| {
        let read = || {
            let child = array.child(index)?;
            if child.length < least && array.length > 0 {
                return Err(Fault::new(format!(
                    "{} rows; expected at least {least}, as its parent needs",
                    child.length
                )));
            }
            read(child, data_type, owner, depth + 1)
        };
        read().map_err(|fault| if depth == 0 { fault.in_column(name) } else { fault.in_field(name) })
    };
    expected.into_iter().enumerate().map(child).collect()
}

fn dictionary(
    array: &RawArray,
    data_type: &DataType,
    owner: &Arc<FFI_ArrowArray>,
    depth: usize,
) -> Result<Option<ArrayData>, Fault> {
    match (array.dictionary()?, data_type) {
        (Some(values), DataType::Dictionary(_, value_type)) => read(values, value_type, owner, depth + 1).map(Some),
        (None, DataType::Dictionary(..)) => Err(Fault::new("no dictionary; expected one, as in the schema")),
        (Some(_), _) => Err(Fault::new("a dictionary; expected none, as in the schema")),
        (None, _) => Ok(None),
    }
}

/// Buffers that are not aligned will be copied by arrow, which gives up where there is no memory: that is asked for first.
fn check_copies(data_type: &DataType, buffers: &[Buffer]) -> Result<(), Fault> {
    for (buffer, spec) in buffers.iter().zip(&arrow_data::layout(data_type).buffers) {
        let BufferSpec::FixedWidth { alignment, .. } = spec else { continue };
        if !buffer.as_ptr().addr().is_multiple_of(*alignment) {
            let mut copy = Vec::<u8>::new();
            let asked = copy.try_reserve_exact(buffer.len());
            // A compiler may leave out an allocation that nobody looks at.
            std::hint::black_box(&copy);
            asked.map_err(|_| Fault::memory())?;
        }
    }
    Ok(())
}

fn check_list((first, last): (i64, i64), items: usize) -> Result<(), Fault> {
    match 0 <= first && first <= last && usize::try_from(last).is_ok_and(|last| last <= items) {
        true => Ok(()),
        false => Err(Fault::new(format!("offsets from {first} to {last} into {items} items; expected them within"))),
    }
}
