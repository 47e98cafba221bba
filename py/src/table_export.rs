//! Tables for readers of the Arrow C data interface, laid out as they want them.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use crossgrade::columnar;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow::{export_schema, export_stream, import_schema};
use crate::errors::audit_error;
use crate::question::Argument;

/// A capsule with this schema.
pub(crate) fn exported_schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    export_schema(py, schema)?.map_err(arrow_error)
}

/// A capsule that hands on these batches, with the columns behind the first `inputs` laid out as is wanted.
pub(crate) fn export<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
    inputs: usize,
    wanted: Option<Schema>,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
) -> PyResult<Bound<'py, PyCapsule>> {
    let Some(wanted) = wanted else {
        return export_stream(py, RecordBatchIterator::new(batches, Arc::clone(schema)));
    };
    let empty = columnar::with_layout_of(&RecordBatch::new_empty(Arc::clone(schema)), inputs, &wanted);
    let schema = empty.map_err(arrow_error)?.schema();
    let batches = batches.map(move |batch| columnar::with_layout_of(&batch?, inputs, &wanted));
    export_stream(py, RecordBatchIterator::new(batches, schema))
}

/// This schema with the types that a consumer requests of the columns behind the first `inputs`, whatever the order of
/// his.
pub(crate) fn wanted(schema: &Schema, inputs: usize, requested: Argument<'_, '_>) -> PyResult<Option<Schema>> {
    let Some(requested) = requested else { return Ok(None) };
    let requested = import_schema(requested)?.map_err(arrow_error)?;
    let fields = schema.fields().iter().enumerate().map(|(index, field)| match requested.fields().find(field.name()) {
        Some((_, wanted)) if index >= inputs => Arc::clone(wanted),
        _ => Arc::clone(field),
    });
    Ok(Some(Schema::new(fields.collect::<Vec<_>>())))
}

fn arrow_error(error: ArrowError) -> PyErr {
    audit_error(error.into(), None)
}
