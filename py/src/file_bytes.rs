//! What a file holds.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use crossgrade::inventory::{self, InventoryError};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use crate::errors::inventory_error;

/// What Python would raise: the class that belongs to the number, with the name of the file.
pub(crate) fn os_error(error: &io::Error, path: PathBuf) -> PyErr {
    let code = error.raw_os_error();
    let number = code.map_or_else(String::new, |code| format!(" (os error {code})"));
    let text = error.to_string();
    let text = text.strip_suffix(&number).unwrap_or(&text).to_owned();
    // The last one is heard on Windows only, where the code is not an errno.
    PyOSError::new_err((code, text, path.into_os_string(), code))
}

/// Refuses a file that is larger than is read, or than `most`.
#[pyfunction]
#[pyo3(signature = (size, source, most=inventory::LARGEST_FILE))]
pub(crate) fn check_file(size: u64, source: &str, most: u64) -> PyResult<()> {
    if size <= most {
        return Ok(());
    }
    let error = InventoryError::TooMuch { what: "bytes", line: 1, found: size, limit: most };
    Err(inventory_error(&error, Some(source)))
}

/// What a file holds, unless it is larger than is read. It may grow while it is read.
pub(crate) fn file(path: PathBuf, name: &str) -> PyResult<Vec<u8>> {
    const MOST: u64 = inventory::LARGEST_FILE;
    let failed = |error: io::Error| os_error(&error, path.clone());
    let file = File::open(&path).map_err(failed)?;
    check_file(file.metadata().map_err(failed)?.len(), name, MOST)?;
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
    check_file(bytes.len() as u64, name, MOST)?;
    Ok(bytes)
}
