//! The batches of tables of other libraries, and of several tables one after another.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, FieldRef, SchemaRef};
use crossgrade::text::Shown;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};

use crate::arrow::{import_batch, import_stream};

/// A batch reader of somebody else.
pub(crate) type Reader = Box<dyn RecordBatchReader + Send>;

/// The batches of a table, or of tables one after another.
pub(crate) fn reader(object: &Bound<'_, PyAny>) -> PyResult<Result<Reader, ArrowError>> {
    match table(object)? {
        Some(reader) => Ok(reader),
        None => Ok(Pieces::new(object.try_iter()?)?.map(|pieces| Box::new(pieces) as Reader)),
    }
}

/// The batches of an object that is a table.
fn table(object: &Bound<'_, PyAny>) -> PyResult<Option<Result<Reader, ArrowError>>> {
    if let Some(stream) = object.getattr_opt("__arrow_c_stream__")? {
        let stream = import_stream(&stream.call0()?)?;
        return Ok(Some(stream.map(|stream| Box::new(stream) as Reader)));
    }
    let Some(array) = object.getattr_opt("__arrow_c_array__")? else { return Ok(None) };
    let capsules = array.call0()?.cast_into::<PyTuple>()?;
    let batch = import_batch(&capsules.get_item(0)?, &capsules.get_item(1)?)?;
    Ok(Some(batch.map(|batch| {
        let schema = batch.schema();
        Box::new(RecordBatchIterator::new([Ok(batch)], schema)) as Reader
    })))
}

/// Tables one after another. What Python raises comes out as it is.
struct Pieces {
    tables: Py<PyIterator>,
    piece: Reader,
    schema: SchemaRef,
}

impl Pieces {
    /// The first table tells the columns.
    fn new(mut tables: Bound<'_, PyIterator>) -> PyResult<Result<Self, ArrowError>> {
        let Some(first) = tables.next().transpose()? else {
            return Ok(Err(ArrowError::CDataInterface("no table; expected at least one".to_owned())));
        };
        let piece = table(&first)?.unwrap_or_else(|| Err(ArrowError::CDataInterface("no table".to_owned())));
        Ok(piece.map(|piece| Self { tables: tables.unbind(), schema: piece.schema(), piece }))
    }

    /// The next table, if there is one.
    fn step(&mut self) -> Result<bool, ArrowError> {
        let next = Python::attach(|py| match self.tables.bind(py).clone().next().transpose()? {
            Some(object) => table(&object),
            None => Ok(None),
        });
        let Some(piece) = next.map_err(|raised| ArrowError::ExternalError(Box::new(raised)))? else { return Ok(false) };
        self.piece = piece?;
        match difference(self.piece.schema().fields(), self.schema.fields()) {
            Some(difference) => Err(ArrowError::CDataInterface(difference)),
            None => Ok(true),
        }
    }
}

impl Iterator for Pieces {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.piece.next() {
                return Some(batch);
            }
            match self.step() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl RecordBatchReader for Pieces {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// What makes the columns of a table others than those of the first: their names, or a type.
pub(crate) fn difference(found: &[FieldRef], first: &[FieldRef]) -> Option<String> {
    let names = |fields: &[FieldRef]| fields.iter().map(|field| field.name().clone()).collect::<Vec<_>>();
    let (found_names, first_names) = (names(found), names(first));
    if found_names != first_names {
        let (found, first) = (format!("{found_names:?}"), format!("{first_names:?}"));
        return Some(format!("the columns are {}; expected {}, as before", Shown::new(&found), Shown::new(&first)));
    }
    let (found, first) = found.iter().zip(first).find(|(found, first)| found.data_type() != first.data_type())?;
    let (name, found, first) = (found.name(), found.data_type().to_string(), first.data_type().to_string());
    let (name, found, first) = (Shown::quoted(name), Shown::new(&found), Shown::new(&first));
    Some(format!("column {name} is of type {found}; expected {first}, as before"))
}
