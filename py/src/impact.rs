//! What a change of the rules does to a fleet, and what a document is.

use std::borrow::Cow;
use std::ops::ControlFlow;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::enum_words::Word;
use crate::errors::request_error;
use crate::fleet::Fleet;
use crate::interrupt::Interrupt;
use crate::python_class::class;
use crate::question::{Argument, wrong_type};
use crate::rulebook::RuleBook;

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

    /// What is told of a target of which the book has no load, if it has none.
    fn unknown_target(&self, rulebook: &Bound<'_, RuleBook>) -> Option<String> {
        rulebook.get().book().unknown_target(&self.0).map(|unknown| unknown.to_string())
    }
}

/// What changes for the phones of a fleet between two books. `progress` is told now and then how many are done; what it raises,
/// and Ctrl-C, ends the work.
#[pyfunction]
#[pyo3(signature = (fleet, before, after, destination, target=None, progress=None))]
pub(crate) fn impact_fleet<'py>(
    py: Python<'py>,
    fleet: &Bound<'py, Fleet>,
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
    let fleet = fleet.get();
    let impact = py.detach(|| {
        let mut interrupt = Interrupt::new(progress);
        let impact = fleet.phones().impact_with(before, after, &request, |done| interrupt.after_phone(done));
        impact.map_continue(|impact| (impact.to_json(), impact.to_string()))
    });
    match impact {
        ControlFlow::Continue(texts) => class!(py, "crossgrade._impact", "Impact")?.call1(texts),
        ControlFlow::Break(raised) => Err(raised),
    }
}

/// What kind of inventory these bytes are, by their content.
#[pyfunction]
pub(crate) fn recognize<'py>(py: Python<'py>, data: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    crossgrade::inventory::recognize(data.as_bytes()).member(py)
}
