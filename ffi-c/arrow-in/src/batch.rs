//! Tables: a schema is a struct of its columns, and a batch an array of that struct.

use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::{Array, RecordBatch, RecordBatchOptions, StructArray};
use arrow_schema::{DataType, Schema, SchemaRef};
use crossgrade::text::Shown;

use crate::error::{Error, Fault};
use crate::raw::RawSchema;
use crate::{array, schema as fields};

/// The columns of a table.
///
/// # Errors
/// If the schema contradicts itself, is more than [`limits`](crate::limits) allow, or is none of a table.
pub fn schema(schema: &FFI_ArrowSchema) -> Result<SchemaRef, Error> {
    let field = fields::field(RawSchema::of(schema)).map_err(Error::schema)?;
    match field.data_type() {
        DataType::Struct(fields) => Ok(Arc::new(Schema::new_with_metadata(fields.clone(), field.metadata().clone()))),
        other => Err(Error::NoTable { found: Shown::new(&other.to_string()).to_string() }),
    }
}

/// A batch of a table with these columns. The array is released when nothing of the batch is left.
///
/// # Errors
/// If the array contradicts itself or the schema.
///
/// # Safety
/// The array came with this schema: its buffers are of the types that the schema says, and as long as the array says.
pub unsafe fn batch(array: FFI_ArrowArray, schema: &SchemaRef) -> Result<RecordBatch, Error> {
    let data_type = DataType::Struct(schema.fields().clone());
    // SAFETY: as the caller says.
    let data = unsafe { array::data(array, &data_type) }.map_err(Error::batch)?;
    let rows = data.len();
    let (_, columns, nulls) = StructArray::from(data).into_parts();
    if nulls.is_some_and(|nulls| nulls.null_count() > 0) {
        return Err(Error::batch(Fault::new("a row that is null as a whole; expected null cells")));
    }
    for (field, column) in schema.fields().iter().zip(&columns) {
        if !field.is_nullable() && column.null_count() > 0 {
            let fault = Fault::new(format!("{} nulls; expected none, as in the schema", column.null_count()));
            return Err(Error::batch(fault.in_column(field.name())));
        }
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    let batch = RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options);
    batch.map_err(|error| Error::batch(Fault::new(Shown::new(&error.to_string()).to_string())))
}
