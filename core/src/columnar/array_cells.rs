//! The cells of a column as bytes. What comes from outside is not trusted: bytes are never taken for text here, and an
//! offset or key that points outside its data is an error.

use std::fmt::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, downcast_integer_array};
use arrow_buffer::{ArrowNativeType, Buffer, NullBuffer};
use arrow_schema::DataType;

use crate::inventory::InventoryField;

/// Whether a column of this type can be read as this field.
pub(super) fn is_readable(field: InventoryField, data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => is_text(values),
        data_type if data_type.is_integer() => matches!(field, InventoryField::Pid | InventoryField::Mac),
        // Readers that guess types make a column of floats of one without values; any value in it is an error later.
        data_type => is_text(data_type) || *data_type == DataType::Null || data_type.is_floating(),
    }
}

fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// The column with its integers written as text, if it holds integers: type codes of Unified CM, or MAC addresses.
pub(super) fn with_integers_as_text(field: InventoryField, column: &ArrayRef) -> ArrayRef {
    let array = &**column;
    downcast_integer_array!(
        array => {
            let mut texts = StringBuilder::with_capacity(array.len(), array.len() * DIGITS);
            for number in array {
                match number {
                    Some(number) => {
                        // Writing into memory does not fail.
                        let _ = write_number(field, i128::from(number), &mut texts);
                        texts.append_value("");
                    }
                    None => texts.append_null(),
                }
            }
            Arc::new(texts.finish())
        },
        _ => Arc::clone(column),
    )
}

/// Few numbers that are meant have more.
const DIGITS: usize = 20;

/// A number of more than twelve digits can only be the 48 bits of an address. One of twelve or fewer may be that, or the
/// digits of an address that somebody took for a number, perhaps without its leading zeros: nobody knows, so it is not
/// readable.
fn write_number(field: InventoryField, number: i128, text: &mut impl Write) -> fmt::Result {
    match (field, number) {
        (InventoryField::Mac, 1_000_000_000_000..=0xffff_ffff_ffff) => write!(text, "{number:012X}"),
        (InventoryField::Mac, _) => write!(text, "number {number}"),
        _ => write!(text, "{number}"),
    }
}

/// The cells of one column of text.
pub(super) enum Cells<'a> {
    Utf8 {
        offsets: &'a [i32],
        bytes: &'a [u8],
        nulls: Option<&'a NullBuffer>,
    },
    LargeUtf8 {
        offsets: &'a [i64],
        bytes: &'a [u8],
        nulls: Option<&'a NullBuffer>,
    },
    /// Sixteen bytes for each row.
    Utf8View {
        views: &'a [u8],
        buffers: &'a [Buffer],
        nulls: Option<&'a NullBuffer>,
    },
    /// The code of a row is the place of its text in `values`.
    Dictionary {
        codes: Vec<u32>,
        values: Vec<&'a [u8]>,
    },
    /// Nothing but nulls.
    Nothing,
}

const OUTSIDE: &str = "a text that lies outside the data of the column";

/// Why the cells of a column cannot be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// The column contradicts its own description.
    Malformed { row: usize, what: &'static str },
    /// It holds values, and no text.
    Values,
}

impl<'a> Cells<'a> {
    pub(super) fn new(column: &'a dyn Array) -> Result<Self, Fault> {
        let nulls = column.nulls().filter(|nulls| nulls.null_count() > 0);
        Ok(match column.data_type() {
            DataType::Utf8 => {
                let column = column.as_string::<i32>();
                Self::Utf8 { offsets: column.value_offsets(), bytes: column.value_data(), nulls }
            }
            DataType::LargeUtf8 => {
                let column = column.as_string::<i64>();
                Self::LargeUtf8 { offsets: column.value_offsets(), bytes: column.value_data(), nulls }
            }
            DataType::Utf8View => {
                let column = column.as_string_view();
                Self::Utf8View { views: column.views().inner(), buffers: column.data_buffers(), nulls }
            }
            DataType::Dictionary(..) => {
                let column = column.as_any_dictionary();
                let values = Cells::new(&**column.values())?;
                // A value that nobody uses may be anything.
                let mut texts: Vec<_> = (0..column.values().len()).map(|row| values.cell(row)).collect();
                let codes = codes(column.keys(), &texts)?;
                // The last is that of a null.
                texts.push(Some(b""));
                Self::Dictionary { codes, values: texts.into_iter().map(Option::unwrap_or_default).collect() }
            }
            DataType::Null => Self::Nothing,
            data_type if data_type.is_floating() && column.null_count() == column.len() => Self::Nothing,
            _ => return Err(Fault::Values),
        })
    }

    /// One cell; none where the column contradicts its own description.
    pub(super) fn cell(&self, row: usize) -> Option<&'a [u8]> {
        let mut found = None;
        self.each(row..row + 1, |_, cell| found = Some(cell)).ok()?;
        found
    }

    /// Hands over the cells of these rows, counted from 0; a null says nothing, like an empty text.
    pub(super) fn each(&self, rows: Range<usize>, take: impl FnMut(usize, &'a [u8])) -> Result<(), Fault> {
        match self {
            Self::Utf8 { offsets, bytes, nulls } => each(rows, *nulls, |row| slice(offsets, bytes, row), take),
            Self::LargeUtf8 { offsets, bytes, nulls } => each(rows, *nulls, |row| slice(offsets, bytes, row), take),
            Self::Utf8View { views, buffers, nulls } => each(rows, *nulls, |row| view(views, buffers, row), take),
            Self::Dictionary { codes, values } => {
                each(rows, None, |row| values.get(codes[row] as usize).copied(), take)
            }
            Self::Nothing => each(rows, None, |_| Some(b""), take),
        }
    }
}

#[inline]
fn each<'a>(
    rows: Range<usize>,
    nulls: Option<&NullBuffer>,
    text: impl Fn(usize) -> Option<&'a [u8]>,
    mut take: impl FnMut(usize, &'a [u8]),
) -> Result<(), Fault> {
    for (index, row) in rows.enumerate() {
        let cell = match nulls {
            Some(nulls) if nulls.is_null(row) => b"",
            _ => text(row).ok_or(Fault::Malformed { row, what: OUTSIDE })?,
        };
        take(index, cell);
    }
    Ok(())
}

fn slice<'a, O: ArrowNativeType>(offsets: &[O], bytes: &'a [u8], row: usize) -> Option<&'a [u8]> {
    // A negative offset becomes a huge one, which no data reaches.
    bytes.get(offsets[row].as_usize()..offsets[row + 1].as_usize())
}

/// A view holds the length of its text, and the text if that has up to twelve bytes; else four bytes of it, the number of
/// a buffer and the place in it.
fn view<'a>(views: &'a [u8], buffers: &'a [Buffer], row: usize) -> Option<&'a [u8]> {
    let view = views.get(row * 16..row * 16 + 16)?;
    let number = |at: usize| Some(u32::from_le_bytes(view.get(at..at + 4)?.try_into().ok()?) as usize);
    let len = number(0)?;
    if len <= 12 {
        return view.get(4..4 + len);
    }
    let (buffer, begin) = (number(8)?, number(12)?);
    buffers.get(buffer)?.as_slice().get(begin..begin.checked_add(len)?)
}

/// The keys of a dictionary with these values; a null gets the place behind the last.
fn codes(keys: &dyn Array, values: &[Option<&[u8]>]) -> Result<Vec<u32>, Fault> {
    let Ok(null) = u32::try_from(values.len()) else {
        return Err(Fault::Malformed { row: 0, what: "a dictionary of more than 32 bits" });
    };
    let code = |row: usize, key: usize| match values.get(key) {
        Some(Some(_)) => Ok(key as u32),
        Some(None) => Err(Fault::Malformed { row, what: OUTSIDE }),
        None => Err(Fault::Malformed { row, what: "a dictionary key without a value" }),
    };
    // A negative key becomes a huge one.
    downcast_integer_array!(
        keys => match keys.nulls().filter(|nulls| nulls.null_count() > 0) {
            None => keys.values().iter().enumerate().map(|(row, key)| code(row, key.as_usize())).collect(),
            Some(_) => {
                keys.iter().enumerate().map(|(row, key)| key.map_or(Ok(null), |key| code(row, key.as_usize()))).collect()
            }
        },
        _ => Err(Fault::Malformed { row: 0, what: "dictionary keys that are no integers" }),
    )
}
