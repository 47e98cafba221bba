//! What is known of an audit before its first row, and how its batches are handed on.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int16Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use crossgrade::inventory::ColumnReport;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};

use crate::audit_run::AuditRun;
use crate::audit_sources::Asked;
use crate::enum_words::Word;
use crate::question::Argument;
use crate::rulebook::RuleBook;
use crate::summary;
use crate::table_export::{export, exported_schema, wanted};

/// What is known of an audit before its first row.
pub(crate) struct AuditColumns {
    asked: Arc<Asked>,
    schema: SchemaRef,
    columns: ColumnReport,
    /// How many columns stand before those of the results.
    inputs: usize,
}

impl AuditColumns {
    pub(crate) fn new(asked: Arc<Asked>, run: &AuditRun) -> Self {
        Self { asked, schema: Arc::clone(run.schema()), columns: run.columns().clone(), inputs: run.inputs() }
    }

    pub(crate) fn target(&self) -> Option<String> {
        self.asked.request.chosen_target().map(ToString::to_string)
    }

    pub(crate) fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.schema.fields().iter().map(|field| field.name()))
    }

    pub(crate) fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        summary::columns(py, &self.columns)
    }

    pub(crate) fn destination<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.asked.request.destination().member(py)
    }

    pub(crate) fn rulebook(&self) -> &Py<RuleBook> {
        &self.asked.rulebook
    }

    /// `destination='webex-calling', rulebook='guide'`.
    pub(crate) fn label(&self) -> String {
        let target = self.target().map_or_else(String::new, |target| format!(", target='{target}'"));
        let book = self.asked.rulebook.get().book();
        format!("destination='{}'{target}, rulebook='{}'", self.asked.request.destination(), book.edition())
    }

    /// The texts of the result columns, by name.
    pub(crate) fn results<'py>(&self, py: Python<'py>, batches: &[RecordBatch]) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (index, field) in self.schema.fields().iter().enumerate().skip(self.inputs) {
            let cells = PyList::empty(py);
            for batch in batches {
                texts(batch.column(index), &cells)?;
            }
            columns.set_item(field.name(), cells)?;
        }
        Ok(columns)
    }

    /// A capsule that hands on these batches, with the result columns laid out as is wanted.
    pub(crate) fn export<'py>(
        &self,
        py: Python<'py>,
        wanted: Option<Schema>,
        batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        export(py, &self.schema, self.inputs, wanted, batches)
    }

    /// Our schema with the types that a consumer requests of result columns, whatever the order of his.
    pub(crate) fn wanted(&self, requested: Argument<'_, '_>) -> PyResult<Option<Schema>> {
        wanted(&self.schema, self.inputs, requested)
    }

    pub(crate) fn exported_schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        exported_schema(py, &self.schema)
    }
}

/// Adds the texts of a result column, however they are laid out.
fn texts(column: &ArrayRef, cells: &Bound<'_, PyList>) -> PyResult<()> {
    fn all<'a>(mut texts: impl Iterator<Item = Option<&'a str>>, cells: &Bound<'_, PyList>) -> PyResult<()> {
        texts.try_for_each(|text| cells.append(text))
    }
    match column.data_type() {
        DataType::LargeUtf8 => all(column.as_string::<i64>().iter(), cells),
        DataType::Utf8View => all(column.as_string_view().iter(), cells),
        DataType::Utf8 => all(column.as_string::<i32>().iter(), cells),
        _ => {
            let keys = column.as_dictionary::<Int16Type>();
            match keys.downcast_dict::<StringArray>() {
                Some(texts) => all(texts.into_iter(), cells),
                None => Ok(()),
            }
        }
    }
}
