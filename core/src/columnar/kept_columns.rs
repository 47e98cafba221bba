//! The columns that the caller keeps, as text.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float16Type, Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef, downcast_integer_array};
use arrow_schema::{DataType, Field};

use super::AuditError;
use super::array_cells::{Cells, Fault};

/// Whether a column of this type can be kept as text.
pub(super) fn is_readable(data_type: &DataType) -> bool {
    let is_text = |data_type: &DataType| matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    match data_type {
        DataType::Dictionary(_, values) => is_text(values),
        DataType::Null | DataType::Boolean => true,
        data_type => is_text(data_type) || data_type.is_integer() || data_type.is_floating(),
    }
}

pub(super) fn wrong_type(name: &str, column: &Field) -> AuditError {
    let (column, found) = (column.name().clone(), column.data_type().clone());
    AuditError::KeptType { column, name: name.to_owned(), found }
}

/// Where a column contradicts its own description, and how.
type Malformed = (usize, &'static str);

/// Hands over the text of each row that says something. Bytes that are no text become U+FFFD.
pub(super) fn texts(column: &ArrayRef, mut take: impl FnMut(usize, &str)) -> Result<(), Malformed> {
    fn each<T: ToString>(values: impl Iterator<Item = Option<T>>, mut take: impl FnMut(usize, &str)) {
        for (row, value) in values.enumerate() {
            if let Some(value) = value {
                take(row, &value.to_string());
            }
        }
    }
    let array: &dyn Array = &**column;
    match array.data_type() {
        DataType::Boolean => each(array.as_boolean().iter(), take),
        DataType::Float16 => each(array.as_primitive::<Float16Type>().iter(), take),
        DataType::Float32 => each(array.as_primitive::<Float32Type>().iter(), take),
        DataType::Float64 => each(array.as_primitive::<Float64Type>().iter(), take),
        data_type if data_type.is_integer() => downcast_integer_array!(
            array => each(array.iter(), take),
            _ => {}
        ),
        _ => {
            let malformed = |fault| match fault {
                Fault::Malformed { row, what } => (row, what),
                Fault::Values => (0, "values that are no text"),
            };
            let cells = Cells::new(array).map_err(malformed)?;
            let take = |row, cell: &[u8]| take(row, &String::from_utf8_lossy(cell));
            return cells.each(0..array.len(), take).map_err(malformed);
        }
    }
    Ok(())
}
