//! An inventory: its audit for the command line, and what a change of the rules does to it.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crossgrade::exports::results;
use crossgrade::inventory::csv;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::errors::{export_error, inventory_error, request_error};
use crate::fleet::Fleet;
use crate::look_up::LookUp;
use crate::question::{Argument, wrong_type};
use crate::results::class;
use crate::rulebook::RuleBook;
use crate::words::Word;

/// Where phones shall go, and what the caller chose to install there.
#[pyclass(frozen, module = "crossgrade._native")]
pub(crate) struct Request(pub(crate) crossgrade::Request);

impl Request {
    /// Texts with surrogates are no destination and no target; the library says what would be.
    pub(crate) fn read(
        destination: &Bound<'_, PyAny>,
        target: Argument<'_, '_>,
        rulebook: &RuleBook,
    ) -> PyResult<Self> {
        fn text<'a>(name: &str, expected: &str, object: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, str>> {
            match object.cast::<PyString>() {
                Ok(text) => Ok(text.to_string_lossy()),
                Err(_) => Err(wrong_type(name, expected, object)),
            }
        }
        let destination = text("destination", "str", destination)?;
        let destination = crossgrade::Destination::named(&destination).map_err(request_error)?;
        let target = target.map(|target| text("target", "str or None", target)).transpose()?;
        rulebook.book().request(destination, target.as_deref()).map(Self).map_err(request_error)
    }
}

#[pymethods]
impl Request {
    #[new]
    #[pyo3(signature = (destination, target=None, rulebook=None))]
    fn new(
        py: Python<'_>,
        destination: &Bound<'_, PyAny>,
        target: Argument<'_, '_>,
        rulebook: Argument<'_, '_>,
    ) -> PyResult<Self> {
        Self::read(destination, target, RuleBook::or_guide(py, rulebook)?.get())
    }
}

/// A fleet read from CSV; `str()` says what was read.
#[pyclass(frozen, module = "crossgrade._native")]
pub(crate) struct CsvInventory {
    inventory: csv::CsvInventory,
    source: Option<String>,
}

/// Phones between two looks at the clock.
const STRIDE: usize = 1024;

#[pymethods]
impl CsvInventory {
    #[new]
    #[pyo3(signature = (data, source=None))]
    fn new(py: Python<'_>, data: &Bound<'_, PyBytes>, source: Option<String>) -> PyResult<Self> {
        let bytes = data.as_bytes();
        match py.detach(|| csv::read(bytes)) {
            Ok(inventory) => Ok(Self { inventory, source }),
            Err(error) => Err(inventory_error(&error, source.as_deref())),
        }
    }

    fn __len__(&self) -> usize {
        self.inventory.fleet().rows().len()
    }

    fn __str__(&self) -> String {
        self.inventory.to_string()
    }

    /// Whether the file was not read to its end.
    #[getter]
    fn is_cut(&self) -> bool {
        self.inventory.cut().is_some()
    }

    /// Assesses every phone and reports. `progress` is told now and then how many are done; what it raises, and Ctrl-C,
    /// ends the work.
    #[pyo3(signature = (request, progress=None, rulebook=None))]
    fn report(
        &self,
        py: Python<'_>,
        request: &Bound<'_, Request>,
        progress: Option<Py<PyAny>>,
        rulebook: Argument<'_, '_>,
    ) -> PyResult<String> {
        report(py, self.inventory.fleet(), request, progress, rulebook)
    }

    /// The inventory with the result columns behind it, as CSV. `progress` and Ctrl-C as for the report.
    #[pyo3(signature = (requests, prefix="", progress=None, rulebook=None))]
    fn results<'py>(
        &self,
        py: Python<'py>,
        requests: Vec<Bound<'py, Request>>,
        prefix: &str,
        progress: Option<Py<PyAny>>,
        rulebook: Argument<'_, '_>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let requests: Vec<_> = requests.iter().map(|request| request.get().0.clone()).collect();
        let rulebook = RuleBook::or_guide(py, rulebook)?;
        let book = rulebook.get().book();
        let results = py.detach(|| {
            let mut look_up = LookUp::new(progress);
            results::to_csv_with(&self.inventory, book, &requests, prefix, |done| at(&mut look_up, done))
        });
        match results {
            ControlFlow::Continue(Ok(csv)) => Ok(PyBytes::new(py, &csv)),
            ControlFlow::Continue(Err(error)) => Err(export_error(&error, self.source.as_deref())),
            ControlFlow::Break(raised) => Err(raised),
        }
    }

    /// What changes for the phones between two books. `progress` and Ctrl-C as for the report.
    #[pyo3(signature = (before, after, destination, target=None, progress=None))]
    fn impact<'py>(
        &self,
        py: Python<'py>,
        before: &Bound<'py, PyAny>,
        after: &Bound<'py, PyAny>,
        destination: &Bound<'py, PyAny>,
        target: Argument<'_, 'py>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let before = RuleBook::required("before", before)?.book();
        let after = RuleBook::required("after", after)?;
        let Request(request) = Request::read(destination, target, after)?;
        let after = after.book();
        let impact = py.detach(|| {
            let mut look_up = LookUp::new(progress);
            let impact = self.inventory.fleet().impact_with(before, after, &request, |done| at(&mut look_up, done));
            impact.map_continue(|impact| (impact.to_json(), impact.to_string()))
        });
        match impact {
            ControlFlow::Continue(texts) => class!(py, "crossgrade._impact", "Impact")?.call1(texts),
            ControlFlow::Break(raised) => Err(raised),
        }
    }
}

/// The report about the phones of a fleet. `progress` and Ctrl-C as for that of a CSV inventory.
#[pyfunction]
#[pyo3(signature = (fleet, request, progress=None, rulebook=None))]
pub(crate) fn fleet_report(
    py: Python<'_>,
    fleet: &Bound<'_, Fleet>,
    request: &Bound<'_, Request>,
    progress: Option<Py<PyAny>>,
    rulebook: Argument<'_, '_>,
) -> PyResult<String> {
    report(py, fleet.get().phones(), request, progress, rulebook)
}

fn report(
    py: Python<'_>,
    fleet: &crossgrade::Fleet,
    request: &Bound<'_, Request>,
    progress: Option<Py<PyAny>>,
    rulebook: Argument<'_, '_>,
) -> PyResult<String> {
    let Request(request) = request.get();
    let rulebook = RuleBook::or_guide(py, rulebook)?;
    let book = rulebook.get().book();
    py.detach(|| {
        let mut look_up = LookUp::new(progress);
        match fleet.audit_with(book, request, |done| at(&mut look_up, done)) {
            ControlFlow::Continue(summary) => Ok(summary.to_string()),
            ControlFlow::Break(raised) => Err(raised),
        }
    })
}

/// A fleet as CSV, with the result columns behind its own.
#[pyfunction]
#[pyo3(signature = (fleet, requests, prefix="", rulebook=None))]
pub(crate) fn fleet_results<'py>(
    py: Python<'py>,
    fleet: &Bound<'py, Fleet>,
    requests: Vec<Bound<'py, Request>>,
    prefix: &str,
    rulebook: Argument<'_, '_>,
) -> PyResult<Bound<'py, PyBytes>> {
    let requests: Vec<_> = requests.iter().map(|request| request.get().0.clone()).collect();
    let rulebook = RuleBook::or_guide(py, rulebook)?;
    let book = rulebook.get().book();
    let fleet = fleet.get().phones();
    match py.detach(|| results::fleet_to_csv(fleet, book, &requests, prefix)) {
        Ok(csv) => Ok(PyBytes::new(py, &csv)),
        Err(error) => Err(export_error(&error, None)),
    }
}

/// What kind of inventory these bytes are, by their content.
#[pyfunction]
pub(crate) fn recognize<'py>(py: Python<'py>, data: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    crossgrade::inventory::recognize(data.as_bytes()).member(py)
}

/// After each phone.
fn at(look_up: &mut LookUp, done: usize) -> ControlFlow<PyErr> {
    if !done.is_multiple_of(STRIDE) {
        return ControlFlow::Continue(());
    }
    look_up.at(done).map_or_else(ControlFlow::Break, ControlFlow::Continue)
}
