//! Where the phones of an audit come from: tables, and CSV files.

use std::path::PathBuf;

use crossgrade::columnar::{self, AuditOptions, AuditStream};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::audit_error;
use crate::file_bytes::file;
use crate::fleet::Fleet;
use crate::rulebook::RuleBook;
use crate::table_batches::reader;

/// What is asked about every phone.
pub(crate) struct Asked {
    pub(crate) rulebook: Py<RuleBook>,
    pub(crate) request: crossgrade::Request,
    pub(crate) options: AuditOptions,
}

impl Asked {
    /// Begins the audit of one source: what a CSV file holds, the path of one, a table, or an iterator of tables.
    pub(crate) fn open(&self, source: &Bound<'_, PyAny>, name: Option<&str>) -> PyResult<AuditStream<'static>> {
        let py = source.py();
        let book = self.rulebook.get().book();
        let csv = if let Ok(bytes) = source.cast::<PyBytes>() {
            bytes.as_bytes().to_vec()
        } else if let Ok(path) = source.extract::<PathBuf>() {
            py.detach(|| file(path, name.unwrap_or("CSV")))?
        } else if let Ok(fleet) = source.cast::<Fleet>() {
            // Its phones are known: their texts are not read again.
            let audit = columnar::audit_fleet(fleet.get().shared(), book, &self.request, &self.options);
            return audit.map_err(|error| audit_error(error, name));
        } else {
            let audit = match reader(source)? {
                Ok(reader) => columnar::audit_stream(reader, book, &self.request, &self.options),
                Err(error) => Err(error.into()),
            };
            return audit.map_err(|error| audit_error(error, name));
        };
        columnar::audit_csv(csv, book, &self.request, &self.options).map_err(|error| audit_error(error, name))
    }
}
