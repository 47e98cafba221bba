//! One audit over one source or several: batches in, batches out, in the order of the sources.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, FieldRef, SchemaRef};
use crossgrade::Summary;
use crossgrade::columnar::{AuditError, AuditStream};
use crossgrade::inventory::csv::CsvReading;
use crossgrade::inventory::{ColumnReport, InventoryError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};

use crate::audit_sources::Asked;
use crate::errors::{audit_error, inventory_error};
use crate::interrupt::Interrupt;
use crate::table_batches::difference;
use crate::terminal_text::reading_of;

/// What has passed so far.
#[derive(Clone)]
pub(crate) struct Passed {
    /// How many rows came out.
    pub(crate) rows: usize,
    /// Their answers, counted.
    pub(crate) summary: Summary,
    /// Rows that were kept, though something is wrong with them: file, line, and what is wrong.
    pub(crate) broken: Vec<String>,
    /// What was read of each CSV file that is done, with its name.
    pub(crate) readings: Vec<(Option<String>, CsvReading)>,
}

impl Passed {
    /// What was read of CSV files, for people.
    pub(crate) fn readings(&self) -> Vec<String> {
        self.readings.iter().map(|(name, reading)| reading_of(reading, name.as_deref())).collect()
    }

    /// Where files broke off.
    pub(crate) fn cuts(&self) -> Cuts {
        Cuts(self.readings.iter().filter_map(|(name, reading)| Some((name.clone(), reading.cut()?.clone()))).collect())
    }
}

/// Where files broke off, each with its name.
pub(crate) struct Cuts(Vec<(Option<String>, InventoryError)>);

impl Cuts {
    /// The same as exceptions.
    pub(crate) fn raised<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let cuts = self.0.iter().map(|(name, error)| inventory_error(error, name.as_deref()).into_value(py));
        PyTuple::new(py, cuts.collect::<Vec<_>>())
    }
}

/// What has passed so far, for whoever asks while the audit works.
///
/// Python that runs inside the audit may ask too, so it is locked only to read or write it, never while Python runs.
#[derive(Clone)]
pub(crate) struct Published(Arc<Mutex<Passed>>);

impl Published {
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Passed) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// An audit that is under way.
pub(crate) struct AuditRun {
    asked: Arc<Asked>,
    /// Pairs of a name, or None, and a source.
    sources: Py<PyIterator>,
    /// The source that is read; none after an error.
    leg: Option<Leg>,
    schema: SchemaRef,
    columns: ColumnReport,
    inputs: usize,
    rows: usize,
    /// What the sources before this one came to.
    before: Summary,
    published: Published,
    interrupt: Interrupt,
}

struct Leg {
    stream: AuditStream<'static>,
    name: Option<String>,
    /// How many of its broken rows are published.
    told: usize,
    /// All of it was read.
    is_read: bool,
}

impl Leg {
    fn open(asked: &Asked, sources: &Bound<'_, PyIterator>) -> PyResult<Option<Self>> {
        let Some(next) = sources.clone().next().transpose()? else { return Ok(None) };
        let (name, source): (Option<String>, Bound<'_, PyAny>) = next.extract()?;
        Ok(Some(Self { stream: asked.open(&source, name.as_deref())?, name, told: 0, is_read: false }))
    }

    fn schema(&self) -> SchemaRef {
        RecordBatchReader::schema(&self.stream)
    }

    /// The columns of the source, without what stands behind them.
    fn input(&self) -> Vec<FieldRef> {
        self.schema().fields().iter().take(self.stream.columns().headers().len()).cloned().collect()
    }

    /// The broken rows that were not asked for before.
    fn new_broken_rows(&mut self) -> Vec<String> {
        let rows = self.stream.broken_rows();
        let new = rows[self.told..].iter().map(|row| match &self.name {
            Some(name) => format!("{name}: {row}"),
            None => row.to_string(),
        });
        let new = new.collect();
        self.told = rows.len();
        new
    }

    fn error(&self, error: AuditError) -> PyErr {
        audit_error(error, self.name.as_deref())
    }
}

impl AuditRun {
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
        let before = leg.stream.summary();
        let passed = Passed { rows: 0, summary: before.clone(), broken: Vec::new(), readings: Vec::new() };
        Ok(Self {
            asked,
            sources: sources.clone().unbind(),
            schema: leg.schema(),
            columns: leg.stream.columns().clone(),
            inputs: leg.stream.inputs(),
            rows: 0,
            before,
            published: Published(Arc::new(Mutex::new(passed))),
            leg: Some(leg),
            interrupt: Interrupt::new(progress),
        })
    }

    /// The columns of the input, those that are kept under other names, then those of the results.
    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many columns stand before those of the results.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Which column is read as what.
    pub(crate) fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    /// What has passed so far, which can be asked for at any time.
    pub(crate) fn published(&self) -> &Published {
        &self.published
    }

    fn publish(&mut self) {
        let mut summary = self.before.clone();
        let mut broken = Vec::new();
        if let Some(leg) = &mut self.leg {
            summary.merge(&leg.stream.summary());
            broken = leg.new_broken_rows();
        }
        self.published.with(|passed| {
            passed.rows = self.rows;
            passed.summary = summary;
            passed.broken.append(&mut broken);
        });
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
                self.publish();
                self.interrupt.at(self.rows)?;
                return self.with_first_schema(batch).map(Some);
            }
            leg.is_read = true;
            self.next_leg()?;
            if self.leg.is_none() {
                self.interrupt.end(self.rows)?;
            }
        }
    }

    /// Lets go of the source, so that nothing more is read, but not of what it came to. What was read of it is published if that
    /// is all of it.
    fn end(&mut self) {
        self.publish();
        let leg = self.leg.take();
        let reading = leg.filter(|leg| leg.is_read).and_then(|leg| Some((leg.name, leg.stream.reading()?)));
        self.before = self.published.with(|passed| {
            passed.readings.extend(reading);
            passed.summary.clone()
        });
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
