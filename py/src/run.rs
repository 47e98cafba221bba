//! One audit over one source or several: batches in, batches out, in the order of the sources.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, FieldRef, SchemaRef};
use crossgrade::Summary;
use crossgrade::columnar::{AuditError, AuditStream};
use crossgrade::inventory::ColumnReport;
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::errors::audit_error;
use crate::look_up::LookUp;
use crate::sources::{Asked, difference};

/// An audit that is under way.
pub(crate) struct Run {
    asked: Arc<Asked>,
    /// Pairs of a name, or None, and a source.
    sources: Py<PyIterator>,
    /// The source that is read; none after an error.
    leg: Option<Leg>,
    schema: SchemaRef,
    columns: ColumnReport,
    rows: usize,
    /// What the sources before this one came to, and what was wrong with rows of theirs.
    before: Summary,
    broken: Vec<String>,
    look_up: LookUp,
}

struct Leg {
    stream: AuditStream<'static>,
    name: Option<String>,
}

impl Leg {
    fn open(asked: &Asked, sources: &Bound<'_, PyIterator>) -> PyResult<Option<Self>> {
        let Some(next) = sources.clone().next().transpose()? else { return Ok(None) };
        let (name, source): (Option<String>, Bound<'_, PyAny>) = next.extract()?;
        Ok(Some(Self { stream: asked.open(&source, name.as_deref())?, name }))
    }

    fn schema(&self) -> SchemaRef {
        RecordBatchReader::schema(&self.stream)
    }

    /// The columns of the source, without those of the results.
    fn input(&self) -> Vec<FieldRef> {
        self.schema().fields().iter().take(self.stream.columns().headers().len()).cloned().collect()
    }

    fn broken_rows(&self) -> impl Iterator<Item = String> {
        self.stream.broken_rows().iter().map(|row| match &self.name {
            Some(name) => format!("{name}: {row}"),
            None => row.to_string(),
        })
    }

    fn error(&self, error: AuditError) -> PyErr {
        audit_error(error, self.name.as_deref())
    }
}

impl Run {
    /// Opens the first source, whose columns all must have.
    pub(crate) fn begin(
        asked: Arc<Asked>,
        sources: &Bound<'_, PyIterator>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let Some(leg) = Leg::open(&asked, sources)? else {
            return Err(audit_error(
                ArrowError::CDataInterface("nothing to read; expected a path".to_owned()).into(),
                None,
            ));
        };
        Ok(Self {
            asked,
            sources: sources.clone().unbind(),
            schema: leg.schema(),
            columns: leg.stream.columns().clone(),
            rows: 0,
            before: leg.stream.summary(),
            broken: Vec::new(),
            leg: Some(leg),
            look_up: LookUp::new(progress),
        })
    }

    /// The columns of the input, then those of the results.
    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Which column is read as what.
    pub(crate) fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    /// The answers so far, counted.
    pub(crate) fn summary(&self) -> Summary {
        let mut summary = self.before.clone();
        if let Some(leg) = &self.leg {
            summary.merge(&leg.stream.summary());
        }
        summary
    }

    /// The rows so far that were kept, though something is wrong with them: file, line, and what is wrong.
    pub(crate) fn broken_rows(&self) -> Vec<String> {
        let current = self.leg.iter().flat_map(Leg::broken_rows);
        self.broken.iter().cloned().chain(current).collect()
    }

    /// How many rows came out so far.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The next batch. After an error there is nothing more.
    pub(crate) fn next_batch(&mut self) -> Option<PyResult<RecordBatch>> {
        let next = self.step().transpose();
        if let Some(Err(_)) | None = next {
            self.end();
        }
        next
    }

    fn step(&mut self) -> PyResult<Option<RecordBatch>> {
        loop {
            let Some(leg) = &mut self.leg else { return Ok(None) };
            if let Some(batch) = leg.stream.next_batch() {
                let batch = batch.map_err(|error| leg.error(error))?;
                self.rows += batch.num_rows();
                self.look_up.at(self.rows)?;
                return self.with_first_schema(batch).map(Some);
            }
            self.next_leg()?;
            if self.leg.is_none() {
                self.look_up.end(self.rows)?;
            }
        }
    }

    /// Lets go of the source, so that nothing more is read, but not of what it came to.
    fn end(&mut self) {
        self.before = self.summary();
        self.broken = self.broken_rows();
        self.leg = None;
    }

    fn next_leg(&mut self) -> PyResult<()> {
        let next = Python::attach(|py| Leg::open(&self.asked, self.sources.bind(py)))?;
        let first = &self.schema.fields()[..self.columns.headers().len()];
        if let Some(leg) = &next
            && let Some(difference) = difference(&leg.input(), first)
        {
            return Err(leg.error(ArrowError::CDataInterface(difference).into()));
        }
        self.end();
        self.leg = next;
        Ok(())
    }

    /// Sources may differ in what no row shows, such as metadata.
    fn with_first_schema(&self, batch: RecordBatch) -> PyResult<RecordBatch> {
        if batch.schema_ref() == &self.schema {
            return Ok(batch);
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), batch.columns().to_vec());
        batch.map_err(|error| audit_error(error.into(), self.leg.as_ref().and_then(|leg| leg.name.as_deref())))
    }
}
