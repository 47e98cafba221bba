//! Days, as `datetime.date`.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};

use crate::errors::request_error;
use crate::question::wrong_type;

static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A day: a text such as `2024-09-01`, or a `datetime.date`. A `datetime.datetime` is refused: which day it is depends on
/// the place.
pub(crate) fn read(name: &str, object: &Bound<'_, PyAny>) -> PyResult<crossgrade::Date> {
    let py = object.py();
    if let Ok(text) = object.cast::<PyString>() {
        return text.to_string_lossy().parse().map_err(request_error);
    }
    let is_a = |class: &'static PyOnceLock<Py<PyType>>, name| object.is_instance(class.import(py, "datetime", name)?);
    if !is_a(&DATE, "date")? || is_a(&DATETIME, "datetime")? {
        return Err(wrong_type(name, "str (such as '2024-09-01'), datetime.date or None", object));
    }
    let text: String = object.call_method0("isoformat")?.extract()?;
    text.parse().map_err(request_error)
}

pub(crate) fn show(py: Python<'_>, date: crossgrade::Date) -> PyResult<Bound<'_, PyAny>> {
    DATE.import(py, "datetime", "date")?.call_method1("fromisoformat", (date.to_string(),))
}
