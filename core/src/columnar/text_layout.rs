//! The layouts of text.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int16Type;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringViewArray};
use arrow_schema::{ArrowError, DataType, Schema};

use super::TextLayout;
use super::repeated_texts::gather;
use crate::fleet::ResultColumn;

/// The type of a result column.
pub(super) fn data_type(column: ResultColumn, layout: TextLayout) -> DataType {
    match layout {
        TextLayout::Dictionary if column.holds_mac() => DataType::Utf8,
        TextLayout::Dictionary => DataType::Dictionary(Box::new(DataType::Int16), Box::new(DataType::Utf8)),
        TextLayout::Utf8 => DataType::Utf8,
        TextLayout::LargeUtf8 => DataType::LargeUtf8,
        TextLayout::Utf8View => DataType::Utf8View,
    }
}

/// The same batch of an audit, with the columns of results laid out as a reader wants them: plain strings, with 64-bit
/// offsets, or views.
///
/// The columns of the schema are those of the batch, in order. The first `inputs` of them came from outside, and stay as they
/// are: nobody has checked that their bytes are text. So does a column for which the schema asks anything else.
///
/// # Errors
/// If the texts of a column do not fit into its layout.
pub fn with_layout_of(batch: &RecordBatch, inputs: usize, wanted: &Schema) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(batch.num_columns());
    let mut columns = Vec::with_capacity(batch.num_columns());
    for (index, (field, column)) in batch.schema_ref().fields().iter().zip(batch.columns()).enumerate() {
        let wanted = wanted.fields().get(index).filter(|_| index >= inputs);
        let wanted = wanted.and_then(|wanted| layout(wanted.data_type()));
        let column = match wanted {
            Some(wanted) => relaid(column, wanted)?,
            None => Arc::clone(column),
        };
        fields.push(Arc::new(field.as_ref().clone().with_data_type(column.data_type().clone())));
        columns.push(column);
    }
    let schema = Schema::new_with_metadata(fields, batch.schema_ref().metadata().clone());
    RecordBatch::try_new(Arc::new(schema), columns)
}

fn layout(data_type: &DataType) -> Option<TextLayout> {
    match data_type {
        DataType::Utf8 => Some(TextLayout::Utf8),
        DataType::LargeUtf8 => Some(TextLayout::LargeUtf8),
        DataType::Utf8View => Some(TextLayout::Utf8View),
        _ => None,
    }
}

/// Only for what an audit lays out itself: dictionaries with 16-bit keys, and plain strings.
fn relaid(column: &ArrayRef, layout: TextLayout) -> Result<ArrayRef, ArrowError> {
    if let Some(column) = column.as_dictionary_opt::<Int16Type>()
        && let Some(texts) = column.values().as_string_opt::<i32>()
    {
        let texts: Vec<&str> = texts.iter().map(Option::unwrap_or_default).collect();
        let places: Vec<u32> = column.keys().values().iter().map(|key| *key as u32).collect();
        return gather(layout, &texts, &places, column.logical_nulls());
    }
    Ok(match (column.as_string_opt::<i32>(), layout) {
        (Some(texts), TextLayout::LargeUtf8) => Arc::new(texts.iter().collect::<LargeStringArray>()),
        (Some(texts), TextLayout::Utf8View) => Arc::new(texts.iter().collect::<StringViewArray>()),
        _ => Arc::clone(column),
    })
}
