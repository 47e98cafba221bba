//! Errors of the library as exceptions; `crossgrade/exceptions.py` defines the classes.

use arrow_schema::ArrowError;
use crossgrade::columnar::AuditError;
use crossgrade::text::Shown;
use pyo3::exceptions::{PyBaseException, PyKeyboardInterrupt, PyMemoryError};
use pyo3::types::{PyAnyMethods, PyTuple};
use pyo3::{Py, PyErr, PyResult, Python, import_exception, pyfunction};

use crate::python_class::class;

import_exception!(crossgrade.exceptions, InventoryError);
import_exception!(crossgrade.exceptions, RequestError);
import_exception!(crossgrade.exceptions, RuleBookError);

/// What cannot be asked for, such as a destination that is none, in the words of the library.
pub(crate) fn request_error(error: impl std::error::Error) -> PyErr {
    RequestError::new_err(error.to_string())
}

/// Why a text is no rule book, with every problem.
pub(crate) fn rule_book_error(py: Python<'_>, error: &crossgrade::rulebook::RuleBookError) -> PyErr {
    rule_book_problems(py, error.to_string(), error)
}

/// The same with another message.
pub(crate) fn rule_book_problems(
    py: Python<'_>,
    message: String,
    error: &crossgrade::rulebook::RuleBookError,
) -> PyErr {
    let problems =
        error.problems().iter().map(|crossgrade::rulebook::Problem { line, column, place, message, .. }| {
            class!(py, "crossgrade.exceptions", "Problem")?.call1((line, column, place, message))
        });
    match problems.collect::<PyResult<Vec<_>>>().and_then(|problems| PyTuple::new(py, problems)) {
        Ok(problems) => RuleBookError::new_err((message, problems.unbind())),
        Err(raised) => raised,
    }
}

/// Why an inventory cannot be read; `source` names the file.
pub(crate) fn inventory_error(error: &crossgrade::inventory::InventoryError, source: Option<&str>) -> PyErr {
    use crossgrade::inventory::InventoryError as Reason;
    if let Reason::Memory { .. } = error {
        return PyMemoryError::new_err(error.to_string());
    }
    // What is wrong with a sheet is wrong with its rows and columns.
    let reason = if let Reason::Sheet { error, .. } = error { error } else { error };
    let row = match reason {
        Reason::Broken { line, .. } | Reason::TooMuch { line, .. } | Reason::LoneHeader { line, .. } => Some(*line),
        _ => None,
    };
    let column = match reason {
        Reason::Ambiguous { first: column, .. }
        | Reason::LoneHeader { header: column, .. }
        | Reason::NoSuchColumn { column, .. }
        | Reason::NoSuchKept { column, .. }
        | Reason::AmbiguousKept { column, .. }
        | Reason::KeptName { name: column, .. } => Some(column.clone()),
        _ => None,
    };
    raise(error, source, row, column)
}

/// Why a table cannot be audited; `source` names the file. What was raised on the way comes out as it was.
pub(crate) fn audit_error(error: AuditError, source: Option<&str>) -> PyErr {
    let column = match &error {
        AuditError::Inventory(error) => return inventory_error(error, source),
        AuditError::ColumnType { column, .. }
        | AuditError::ColumnClash { column }
        | AuditError::KeptType { column, .. }
        | AuditError::Malformed { column, .. }
        | AuditError::TooManyTexts { column } => Some(column.clone()),
        _ => None,
    };
    match error {
        AuditError::Arrow(ArrowError::ExternalError(error)) => match error.downcast::<PyErr>() {
            Ok(raised) => *raised,
            Err(error) if is_interrupt(&*error) => PyKeyboardInterrupt::new_err(()),
            Err(error) if is_memory(&*error) => PyMemoryError::new_err(format!("audit: {error}")),
            Err(error) if error.is::<arrow_in::Error>() => raise(format!("audit: {error}"), source, None, None),
            Err(error) => raise(AuditError::Arrow(ArrowError::ExternalError(error)), source, None, None),
        },
        // Nobody else says anything in this form: it is what the modules beside this one found.
        AuditError::Arrow(ArrowError::CDataInterface(text)) => raise(format!("audit: {text}"), source, None, None),
        AuditError::ColumnType { .. } => {
            let cure = "in pandas, read the file with dtype=str, or use astype(\"Int64\") for type codes; \
                        columns={field: None} reads the field from no column";
            raise(format!("{error} ({cure})"), source, None, column)
        }
        error => raise(error, source, None, column),
    }
}

/// What is raised where a result column has the name of another column: for Python, where it puts tables together.
#[pyfunction]
#[pyo3(signature = (column, source=None))]
pub(crate) fn column_clash(py: Python<'_>, column: String, source: Option<&str>) -> Py<PyBaseException> {
    audit_error(AuditError::ColumnClash { column }, source).into_value(py)
}

/// C has no exceptions: of what Python raised in somebody else's stream, only the text arrives.
fn is_interrupt(error: &(dyn std::error::Error + 'static)) -> bool {
    match error.downcast_ref() {
        Some(arrow_in::Error::Failed { text: Some(text), .. }) => text.trim_end().ends_with("KeyboardInterrupt"),
        _ => false,
    }
}

fn is_memory(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(arrow_in::Error::Memory))
}

/// Why results cannot be written; `source` names the inventory.
pub(crate) fn export_error(error: &crossgrade::exports::ExportError, source: Option<&str>) -> PyErr {
    let column = match error {
        crossgrade::exports::ExportError::Inventory(error) => return inventory_error(error, source),
        crossgrade::exports::ExportError::ColumnClash { column } => Some(column.clone()),
        _ => None,
    };
    raise(error, source, None, column)
}

fn raise(error: impl std::fmt::Display, source: Option<&str>, row: Option<u64>, column: Option<String>) -> PyErr {
    let message = match source {
        Some(source) => format!("{}: {error}", Shown::both_ends(source)),
        None => error.to_string(),
    };
    InventoryError::new_err((message, source.map(str::to_owned), row, column))
}
