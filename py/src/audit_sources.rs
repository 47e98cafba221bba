//! Where the phones of an audit come from: tables, and CSV files.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, FieldRef, SchemaRef};
use crossgrade::columnar::{self, AuditOptions, AuditStream};
use crossgrade::text::Shown;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator, PyTuple};

use crate::arrow::{import_batch, import_stream};
use crate::errors::audit_error;
use crate::fleet::Fleet;
use crate::read_inventories::file;
use crate::rulebook::RuleBook;

/// What is asked about every phone.
pub(crate) struct Asked {
    pub(crate) rulebook: Py<RuleBook>,
    pub(crate) request: crossgrade::Request,
    pub(crate) options: AuditOptions,
}

/// A batch reader of somebody else.
pub(crate) type Reader = Box<dyn RecordBatchReader + Send>;

impl Asked {
    /// Begins the audit of one source: what a CSV file holds, the path of one, a table, or an iterator of tables.
    pub(crate) fn open(&self, source: &Bound<'_, PyAny>, name: Option<&str>) -> PyResult<AuditStream<'static>> {
        let py = source.py();
        let book = self.rulebook.get().book();
        let csv = if let Ok(bytes) = source.cast::<PyBytes>() {
            bytes.as_bytes().to_vec()
        } else if let Ok(path) = source.extract::<PathBuf>() {
            py.detach(|| file(path, name.unwrap_or("CSV")))?
        } else if let Ok(fleet) = source.cast::<Fleet>() {
            // Its phones are known: their texts are not read again.
            let audit = columnar::audit_fleet(fleet.get().shared(), book, &self.request, &self.options);
            return audit.map_err(|error| audit_error(error, name));
        } else {
            let audit = match reader(source)? {
                Ok(reader) => columnar::audit_stream(reader, book, &self.request, &self.options),
                Err(error) => Err(error.into()),
            };
            return audit.map_err(|error| audit_error(error, name));
        };
        columnar::audit_csv(csv, book, &self.request, &self.options).map_err(|error| audit_error(error, name))
    }
}

/// What Python would raise: the class that belongs to the number, with the name of the file.
pub(crate) fn os_error(error: &io::Error, path: PathBuf) -> PyErr {
    let code = error.raw_os_error();
    let number = code.map_or_else(String::new, |code| format!(" (os error {code})"));
    let text = error.to_string();
    let text = text.strip_suffix(&number).unwrap_or(&text).to_owned();
    // The last one is heard on Windows only, where the code is not an errno.
    PyOSError::new_err((code, text, path.into_os_string(), code))
}

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
