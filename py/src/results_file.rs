//! Results as a file for people: phones with the answers behind them, handed on piece by piece, and the reports.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use crossgrade::exports::ExportError;
use crossgrade::exports::results::{self, ResultsOptions};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::audit_options;
use crate::errors::export_error;
use crate::fleet::Fleet;
use crate::impact::Request;
use crate::interrupt::Interrupt;
use crate::question::Argument;
use crate::rulebook::RuleBook;
use crate::terminal_text::reading_of;

/// What an audit of a CSV file came to; `str()` says what was read.
#[pyclass(frozen, module = "crossgrade._native")]
pub(crate) struct CsvAudit {
    audit: results::CsvAudit,
    source: Option<String>,
}

#[pymethods]
impl CsvAudit {
    fn __len__(&self) -> usize {
        usize::try_from(self.audit.reading().phones()).unwrap_or(usize::MAX)
    }

    fn __str__(&self) -> String {
        reading_of(self.audit.reading(), self.source.as_deref())
    }

    /// Whether the file was not read to its end.
    #[getter]
    fn is_cut(&self) -> bool {
        self.audit.reading().cut().is_some()
    }

    /// The reports, by request.
    #[getter]
    fn reports(&self) -> Vec<String> {
        self.audit.summaries().iter().map(ToString::to_string).collect()
    }
}

/// Audits a CSV file row by row, keeping none. `write`, if given, gets the file with the answers in pieces of bytes; a cell
/// that a spreadsheet would run as a formula is marked unless `raw`. `progress` is told now and then how many phones are done;
/// what either raises, and Ctrl-C, ends the work.
#[pyfunction]
#[pyo3(signature = (data, requests, *, source=None, write=None, prefix="", raw=false, columns=None, keep=None, progress=None, rulebook=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub(crate) fn audit_csv(
    py: Python<'_>,
    data: &Bound<'_, PyBytes>,
    requests: Vec<Bound<'_, Request>>,
    source: Option<String>,
    write: Option<Py<PyAny>>,
    prefix: &str,
    raw: bool,
    columns: Argument<'_, '_>,
    keep: Argument<'_, '_>,
    progress: Option<Py<PyAny>>,
    rulebook: Argument<'_, '_>,
) -> PyResult<CsvAudit> {
    let keep = audit_options::keep(keep)?;
    let columns = columns.map(audit_options::chosen).transpose()?.unwrap_or_default();
    let options = ResultsOptions::default().prefix(prefix).raw(raw).keep(keep.clone()).columns(columns.clone());
    let requests = asked(&requests);
    let rulebook = RuleBook::or_guide(py, rulebook)?;
    let (book, bytes, out) = (rulebook.get().book(), data.as_bytes(), Pieces::new(write));
    let audit = py.detach(|| {
        let mut interrupt = Interrupt::new(progress);
        let progress = |done: u64| interrupt.after_phone(usize::try_from(done).unwrap_or(usize::MAX));
        match out.write {
            Some(_) => results::csv_to_csv_with(bytes, book, &requests, &options, out.clone(), progress),
            None => results::audit_csv_keeping(bytes, book, &requests, &columns, &keep, progress),
        }
    });
    let audit = out.outcome(audit, source.as_deref())?;
    Ok(CsvAudit { audit, source })
}

/// Audits a fleet; the reports, by request. `write`, `raw` and `progress` as for a CSV file.
#[pyfunction]
#[pyo3(signature = (fleet, requests, *, write=None, prefix="", raw=false, progress=None, rulebook=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub(crate) fn audit_fleet(
    py: Python<'_>,
    fleet: &Bound<'_, Fleet>,
    requests: Vec<Bound<'_, Request>>,
    write: Option<Py<PyAny>>,
    prefix: &str,
    raw: bool,
    progress: Option<Py<PyAny>>,
    rulebook: Argument<'_, '_>,
) -> PyResult<Vec<String>> {
    let (requests, options) = (asked(&requests), ResultsOptions::default().prefix(prefix).raw(raw));
    let rulebook = RuleBook::or_guide(py, rulebook)?;
    let (book, fleet, out) = (rulebook.get().book(), fleet.get().phones(), Pieces::new(write));
    let summaries = py.detach(|| {
        let mut interrupt = Interrupt::new(progress);
        let progress = |done: u64| interrupt.after_phone(usize::try_from(done).unwrap_or(usize::MAX));
        results::fleet_to_csv_with(fleet, book, &requests, &options, out.clone(), progress)
    });
    Ok(out.outcome(summaries, None)?.iter().map(ToString::to_string).collect())
}

fn asked(requests: &[Bound<'_, Request>]) -> Vec<crossgrade::Request> {
    requests.iter().map(|request| request.get().0.clone()).collect()
}

/// An output that hands pieces of a file to a function of Python, or to nobody.
#[derive(Clone)]
struct Pieces {
    write: Option<Arc<Py<PyAny>>>,
    /// What the function raised.
    raised: Arc<Mutex<Option<PyErr>>>,
}

impl Pieces {
    fn new(write: Option<Py<PyAny>>) -> Self {
        Self { write: write.map(Arc::new), raised: Arc::default() }
    }

    /// What the work came to, or what ended it: what Python raised comes out as it was.
    fn outcome<T>(&self, outcome: ControlFlow<PyErr, Result<T, ExportError>>, source: Option<&str>) -> PyResult<T> {
        match outcome {
            ControlFlow::Continue(Ok(done)) => Ok(done),
            ControlFlow::Continue(Err(error)) => {
                let raised = self.raised.lock().unwrap_or_else(PoisonError::into_inner).take();
                Err(raised.unwrap_or_else(|| export_error(&error, source)))
            }
            ControlFlow::Break(raised) => Err(raised),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let Some(write) = &self.write else { return Ok(piece.len()) };
        Python::attach(|py| write.call1(py, (PyBytes::new(py, piece),))).map_err(|raised| {
            *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(raised);
            io::Error::other("the function that writes raised an exception")
        })?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
