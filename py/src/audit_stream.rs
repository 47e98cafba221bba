//! The audit of a stream.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::audit_columns::AuditColumns;
use crate::audit_run::{AuditRun, Published};
use crate::audit_sources::Asked;
use crate::impact::Request;
use crate::question::Argument;
use crate::rulebook::RuleBook;
use crate::{audit_options, summary};

/// The audit of a stream, in one pass and in flat memory; `audit_stream` makes it.
///
/// It is a table that can be read once: `pa.RecordBatchReader.from_stream(stream)`, or what else reads an
/// `__arrow_c_stream__`. Each batch is read, audited and handed on before the next.
///
/// >>> stream = cg.audit_stream(b"PID,VID\nCP-7821-K9=,V03\n", destination="third-party")
/// >>> stream.summary().phones
/// 0
#[pyclass(frozen, module = "crossgrade")]
pub(crate) struct AuditStream {
    plan: Arc<AuditColumns>,
    /// Locked while it works, and so while Python runs inside it; only who reads it waits for it.
    run: Arc<Mutex<AuditRun>>,
    published: Published,
    is_taken: AtomicBool,
}

#[pymethods]
impl AuditStream {
    /// The names of the columns: those of the input, those of them that are kept under other names, then those of the results.
    #[getter]
    fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.plan.column_names(py)
    }

    /// Which column was read as what; `print()` shows it.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plan.columns(py)
    }

    /// Rows of CSV files read so far that are kept, though something is wrong with them: as `Audit.broken_rows`.
    #[getter]
    fn broken_rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.published.with(|passed| passed.broken.clone()))
    }

    /// Where CSV files that were read so far ended too soon: as `Audit.cuts`.
    #[getter]
    fn cuts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.published.with(|passed| passed.cuts()).raised(py)
    }

    /// What was read of each CSV file that is done: as `Audit.readings`.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.published.with(|passed| passed.readings()))
    }

    /// Where the phones shall go.
    #[getter]
    fn destination<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plan.destination(py)
    }

    /// What the caller chose to install, in canonical spelling, if anything.
    #[getter]
    fn target(&self) -> Option<String> {
        self.plan.target()
    }

    /// The rule book that answers.
    #[getter]
    fn rulebook(&self, py: Python<'_>) -> Py<RuleBook> {
        self.plan.rulebook().clone_ref(py)
    }

    /// The schema of what comes out, for a reader of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        self.plan.exported_schema(py)
    }

    /// The table, once. A requested schema is heard as that of an `Audit` is.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let wanted = self.plan.wanted(requested_schema)?;
        let (plan, run) = self.take()?;
        plan.export(py, wanted, Shared(run))
    }

    /// What the answers come to that have passed so far.
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let summary = self.published.with(|passed| passed.summary.clone());
        summary::summary(py, &summary, self.plan.rulebook())
    }

    fn __repr__(&self) -> String {
        let rows = self.published.with(|passed| passed.rows);
        format!("AuditStream(rows so far={rows}, {})", self.plan.label())
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("an AuditStream cannot be pickled; open it again where it is read"))
    }
}

impl AuditStream {
    /// What is to be read, for whoever comes first.
    pub(crate) fn take(&self) -> PyResult<(Arc<AuditColumns>, Arc<Mutex<AuditRun>>)> {
        if self.is_taken.swap(true, Ordering::Relaxed) {
            return Err(PyValueError::new_err(
                "an AuditStream can be read once, and was; use audit() for a table that is read as often as you like",
            ));
        }
        Ok((Arc::clone(&self.plan), Arc::clone(&self.run)))
    }
}

pub(crate) fn lock(run: &Mutex<AuditRun>) -> MutexGuard<'_, AuditRun> {
    run.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The batches of an audit for somebody who reads them through C, where there are no exceptions.
struct Shared(Arc<Mutex<AuditRun>>);

impl Iterator for Shared {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = lock(&self.0).next_batch()?;
        Some(next.map_err(|raised| ArrowError::ComputeError(told_in_c(&raised))))
    }
}

/// An exception as text; of Ctrl-C the name is all there is.
fn told_in_c(raised: &PyErr) -> String {
    let told = Python::try_attach(|py| {
        let text = raised.value(py).str()?.to_string_lossy().into_owned();
        Ok(if text.is_empty() { raised.get_type(py).name()?.to_string() } else { text })
    });
    told.and_then(PyResult::ok).unwrap_or_else(|| "the audit failed".to_owned())
}

/// Begins the audit of these sources: pairs of a name, or None, and a table, CSV in bytes, or the path of a CSV file.
#[pyfunction]
#[pyo3(signature = (
    sources, *, destination, target=None, rulebook=None, columns=None, keep=None, select=None, prefix, text,
    threads=None, progress=None
))]
#[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn audit_sources(
    py: Python<'_>,
    sources: &Bound<'_, PyAny>,
    destination: &Bound<'_, PyAny>,
    target: Argument<'_, '_>,
    rulebook: Argument<'_, '_>,
    columns: Argument<'_, '_>,
    keep: Argument<'_, '_>,
    select: Argument<'_, '_>,
    prefix: &Bound<'_, PyAny>,
    text: &Bound<'_, PyAny>,
    threads: Argument<'_, '_>,
    progress: Option<Py<PyAny>>,
) -> PyResult<AuditStream> {
    let rulebook = RuleBook::or_guide(py, rulebook)?;
    let Request(request) = Request::read(destination, target, rulebook.get())?;
    let options = audit_options::read(columns, keep, select, prefix, text, threads)?;
    let asked = Arc::new(Asked { rulebook, request, options });
    let run = AuditRun::begin(Arc::clone(&asked), &sources.try_iter()?, progress)?;
    let plan = Arc::new(AuditColumns::new(asked, &run));
    let published = run.published().clone();
    Ok(AuditStream { plan, published, run: Arc::new(Mutex::new(run)), is_taken: AtomicBool::new(false) })
}
