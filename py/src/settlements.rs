//! What persons say to settle open conflicts, as Python hands it over.

use std::path::PathBuf;

use crossgrade::columnar::{SettlementsError, read_settlements as read_table};
use crossgrade::inventory::{Document, InventoryError};
use crossgrade::merge::{SettlementError, SettlementProblem, Settlements as Said};
use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMapping, PyString, PyTuple};

use crate::errors::{InventoryError as Raised, audit_error};
use crate::file_bytes::file;
use crate::question::wrong_type;
use crate::table_batches::reader;

/// Settlements that were read.
#[pyclass(frozen, module = "crossgrade._native")]
pub(crate) struct Settlements(pub(crate) Said);

/// Reads settlements: what a CSV file holds, the path of one, a table, or a row or rows as mappings of columns to cells.
#[pyfunction]
pub(crate) fn read_settlements(source: &Bound<'_, PyAny>, name: &str) -> PyResult<Settlements> {
    let py = source.py();
    if let Ok(bytes) = source.cast::<PyBytes>() {
        let bytes = bytes.as_bytes();
        return py.detach(|| of_text(name, bytes));
    }
    if let Ok(path) = source.extract::<PathBuf>() {
        return py.detach(|| of_text(name, &file(path, name)?));
    }
    if source.hasattr("__arrow_c_stream__")? || source.hasattr("__arrow_c_array__")? {
        let table = reader(source)?.map_err(|error| audit_error(error.into(), Some(name)))?;
        return match py.detach(|| read_table(table, name)) {
            Ok(said) => Ok(Settlements(said)),
            Err(SettlementsError::Settlement(error)) => Err(settlement_error(&error)),
            Err(SettlementsError::Arrow(error)) => Err(audit_error(error.into(), Some(name))),
            Err(error) => Err(Raised::new_err((format!("{name}: {error}"), name.to_owned()))),
        };
    }
    of_rows(source, name)
}

fn of_text(name: &str, bytes: &[u8]) -> PyResult<Settlements> {
    Said::read(&Document::new(name, bytes)).map(Settlements).map_err(|error| settlement_error(&error))
}

/// The columns are those of all rows; None, NaN, NaT and NA are blank cells.
fn of_rows(rows: &Bound<'_, PyAny>, name: &str) -> PyResult<Settlements> {
    let expected = "the path of a CSV file, bytes, a table, a mapping, or an iterable of mappings";
    let wrong = |object: &Bound<'_, PyAny>| wrong_type("settle", expected, object);
    if rows.is_instance_of::<PyString>() {
        return Err(wrong(rows));
    }
    let rows = match rows.cast::<PyMapping>() {
        Ok(row) => PyTuple::new(rows.py(), [row])?.into_any(),
        Err(_) => rows.clone(),
    };
    let (mut columns, mut cells): (Vec<String>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    for row in rows.try_iter().map_err(|_| wrong(&rows))? {
        let row = row?;
        let Ok(row) = row.cast::<PyMapping>() else { return Err(wrong(&row)) };
        let mut of_row = vec![String::new(); columns.len()];
        for item in row.items()? {
            let (column, cell): (String, Bound<'_, PyAny>) = item.extract()?;
            // What is not equal to itself is the NaN, NaT or NA of a frame.
            let is_blank = cell.is_none() || !cell.eq(&cell).unwrap_or(false);
            let cell = if is_blank { String::new() } else { cell.str()?.to_string_lossy().into_owned() };
            match columns.iter().position(|known| *known == column).and_then(|at| of_row.get_mut(at)) {
                Some(place) => *place = cell,
                None => {
                    columns.push(column);
                    of_row.push(cell);
                }
            }
        }
        cells.push(of_row);
    }
    if cells.is_empty() {
        return Ok(Settlements(Said::new(name)));
    }
    Said::of_table(name, &columns, cells).map(Settlements).map_err(|error| settlement_error(&error))
}

/// Why settlements are refused: the message names them and the row.
pub(crate) fn settlement_error(error: &SettlementError) -> PyErr {
    if let SettlementProblem::Unreadable(InventoryError::Memory { .. }) = error.problem() {
        return PyMemoryError::new_err(error.to_string());
    }
    let column = error.column().map(|column| column.as_str());
    Raised::new_err((error.to_string(), error.name().to_owned(), error.row(), column))
}
