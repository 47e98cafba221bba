//! A table with the answers behind it.

use std::sync::Arc;

use arrow_array::RecordBatch;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyTuple};

use crate::audit_columns::AuditColumns;
use crate::audit_run::Passed;
use crate::audit_stream::{AuditStream, lock};
use crate::question::Argument;
use crate::rulebook::RuleBook;
use crate::summary;

/// A fleet with the answers behind it; `audit` makes it.
///
/// It is a table: `pa.table(audit)`, `pl.DataFrame(audit)`, `pd.DataFrame.from_arrow(audit)` and DuckDB's `from audit` read
/// it as often as they like. Its columns are those of the input as they came, those that are kept under other names, then the
/// result columns; a name that an earlier
/// column has gets a number (`Note_2`). The metadata of its schema names destination, target and rule book. `len()` is the
/// number of phones.
///
/// It cannot be pickled: pickle the table that a library makes of it. Its `summary()` can be.
///
/// >>> audit = cg.audit(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,V01\n", destination="third-party")
/// >>> len(audit), audit.column_names[:2]
/// (2, ('PID', 'VID'))
/// >>> audit
/// Audit(rows=2, destination='third-party', rulebook='guide', eligible=1, ineligible=1, unknown=0, not-needed=0)
#[pyclass(frozen, module = "crossgrade")]
pub(crate) struct Audit {
    plan: Arc<AuditColumns>,
    batches: Vec<RecordBatch>,
    passed: Passed,
}

#[pymethods]
impl Audit {
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

    /// Rows of CSV files that are kept, though something is wrong with them: their file, their line, and what is wrong.
    ///
    /// >>> cg.audit(b"PID,VID\nCP-7821-K9=,V03,stray\n", destination="third-party").broken_rows
    /// ('line 2: 3 columns where the header has 2',)
    #[getter]
    fn broken_rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.passed.broken)
    }

    /// Where CSV files ended too soon, each an `InventoryError` that names source and place. The rows before it have answers.
    ///
    /// >>> audit = cg.audit(b"PID,VID,Note\nCP-7821-K9=,V03,new\nCP-7821-K9=,V", destination="third-party")
    /// >>> [str(cut) for cut in audit.cuts]
    /// ['inventory: line 3: the file ends within this row']
    #[getter]
    fn cuts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.passed.cuts().raised(py)
    }

    /// What was read of each CSV file, for people: columns, broken rows, lines that are no rows.
    #[getter]
    fn readings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.passed.readings())
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

    /// The table, as often as it is asked for.
    ///
    /// A requested schema decides how the texts of result columns are laid out: plain strings, with 64-bit offsets, or
    /// views. Whatever else it asks is not heard.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let wanted = self.plan.wanted(requested_schema)?;
        self.plan.export(py, wanted, self.batches.clone().into_iter().map(Ok))
    }

    /// What the answers come to; `print()` shows the report of `python -m crossgrade audit`.
    ///
    /// >>> audit = cg.audit(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,V01\n", destination="third-party")
    /// >>> audit.summary().verdicts[cg.Verdict.ELIGIBLE]
    /// 1
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        summary::summary(py, &self.passed.summary, self.plan.rulebook())
    }

    /// Licenses to order, by SKU: for eligible phones, for phones that run MPP firmware without a license (CG506), and on
    /// request for unknown ones too.
    ///
    /// >>> audit = cg.audit(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,\n", destination="third-party")
    /// >>> audit.bill_of_materials(include_unknown=True)
    /// (LicenseOrder(sku='L-CP-E2M-78XX-CNV=', service_sku=..., quantity=2),)
    #[pyo3(signature = (*, include_unknown=false))]
    fn bill_of_materials<'py>(&self, py: Python<'py>, include_unknown: bool) -> PyResult<Bound<'py, PyAny>> {
        let summary = self.summary(py)?;
        summary.call_method1("bill_of_materials", (include_unknown,))
    }

    /// The answers as a dictionary of lists, by result column: for programs that need no library of tables. The columns of
    /// the input are not in it.
    ///
    /// >>> audit = cg.audit(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,V01\n", destination="third-party")
    /// >>> audit.to_dict()["verdict"]
    /// ['eligible', 'ineligible']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.plan.results(py, &self.batches)
    }

    fn __len__(&self) -> usize {
        self.passed.summary.verdicts().total()
    }

    fn __repr__(&self) -> String {
        let counts = self.passed.summary.verdicts();
        let verdicts = summary::VERDICTS.map(|verdict| format!("{verdict}={}", counts.of(verdict))).join(", ");
        format!("Audit(rows={}, {}, {verdicts})", counts.total(), self.plan.label())
    }

    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.summary(py)?.call_method0("_repr_html_")
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "an Audit cannot be pickled; make a table of it, such as pyarrow.table(audit), and pickle that",
        ))
    }
}

/// Reads a stream to its end.
#[pyfunction]
pub(crate) fn collect(py: Python<'_>, stream: &Bound<'_, AuditStream>) -> PyResult<Audit> {
    let (plan, run) = stream.get().take()?;
    let (batches, passed) = py.detach(|| {
        let mut run = lock(&run);
        let batches = std::iter::from_fn(|| run.next_batch()).collect::<PyResult<Vec<_>>>();
        batches.map(|batches| (batches, run.published().with(|passed| passed.clone())))
    })?;
    Ok(Audit { plan, batches, passed })
}
