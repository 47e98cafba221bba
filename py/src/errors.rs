//! Errors of the library as exceptions; `crossgrade/exceptions.py` defines the classes.

use pyo3::{PyErr, import_exception};

import_exception!(crossgrade.exceptions, InventoryError);
import_exception!(crossgrade.exceptions, RequestError);
import_exception!(crossgrade.exceptions, RuleBookError);

/// A destination that is none, or a target that cannot be asked for, in the words of the library.
pub(crate) fn request_error(error: impl std::error::Error) -> PyErr {
    RequestError::new_err(error.to_string())
}

/// Why an inventory cannot be read; `source` names the file.
pub(crate) fn inventory_error(error: &crossgrade::inventory::InventoryError, source: Option<&str>) -> PyErr {
    use crossgrade::inventory::InventoryError as Reason;
    let row = match error {
        Reason::Broken { line, .. } => Some(*line),
        _ => None,
    };
    let column = match error {
        Reason::Ambiguous { first, .. } => Some(first.clone()),
        _ => None,
    };
    raise(error, source, row, column)
}

/// Why results cannot be written; `source` names the inventory.
pub(crate) fn export_error(error: &crossgrade::exports::ExportError, source: Option<&str>) -> PyErr {
    let column = match error {
        crossgrade::exports::ExportError::ColumnClash { column } => Some(column.clone()),
        _ => None,
    };
    raise(error, source, None, column)
}

fn raise(error: impl std::error::Error, source: Option<&str>, row: Option<u64>, column: Option<String>) -> PyErr {
    let message = match source {
        Some(source) => format!("{source}: {error}"),
        None => error.to_string(),
    };
    InventoryError::new_err((message, source.map(str::to_owned), row, column))
}
