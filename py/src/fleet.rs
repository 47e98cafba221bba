//! A fleet: what was read, with everything that a person should know of the reading.

use std::ops::{ControlFlow, Deref};
use std::sync::Arc;

use arrow_array::RecordBatchReader;
use crossgrade::columnar::FleetReader;
use crossgrade::exports;
use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::Inventory;
use crossgrade::merge::{Merged, Settlements as Said, ToSettle, merge_settled_with};
use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList, PyTuple};

use crate::enum_words::Word;
use crate::errors::{export_error, inventory_error};
use crate::interrupt::Interrupt;
use crate::python_class::class;
use crate::question::Argument;
use crate::settlements::{Settlements, settlement_error};
use crate::summary;
use crate::table_export;

/// What a fleet is made of.
enum Made {
    Read(Inventory),
    Merged(Merged),
}

impl Made {
    fn inventory(&self) -> &Inventory {
        match self {
            Self::Read(inventory) => inventory,
            Self::Merged(merged) => merged.inventory(),
        }
    }
}

/// The phones, for a reader that outlives the Python object.
#[derive(Clone)]
pub(crate) struct Phones(Arc<Made>);

impl Deref for Phones {
    type Target = crossgrade::Fleet;

    fn deref(&self) -> &crossgrade::Fleet {
        self.0.inventory().fleet()
    }
}

/// Phones that were read from files, answers, pages or tables; `read_csv` and its like make it, and `merge`.
///
/// It is a table: `pa.table(fleet)`, `pl.DataFrame(fleet)`, `pd.DataFrame.from_arrow(fleet)` and DuckDB's `from fleet` read
/// it as often as they like, and so does `audit`. Texts are canonical where they could be read, and as they came where
/// not. `len()` is the number of phones, `print()` tells what was read. Every row that was read is a phone, or joined one.
///
/// It cannot be changed, and it cannot be pickled: pickle the table that a library makes of it.
///
/// >>> fleet = cg.read_csv(b"Device Name,Model,VID\nSEP00CCFC123456,Cisco 7821,V03\n", name="export.csv")
/// >>> fleet
/// Fleet(phones=1, rows_read=1, sources=1, problems=0, cuts=0)
/// >>> fleet.sources
/// (Source(kind=<SourceKind.CSV: 'csv'>, name='export.csv', when=None, cluster=None),)
/// >>> cg.audit(fleet, destination="third-party").summary().verdicts[cg.Verdict.ELIGIBLE]
/// 1
#[pyclass(frozen, module = "crossgrade")]
pub(crate) struct Fleet(Arc<Made>);

impl Fleet {
    pub(crate) fn read(inventory: Inventory) -> Self {
        Self(Arc::new(Made::Read(inventory)))
    }

    /// One fleet of several, unless Ctrl-C is pressed meanwhile.
    pub(crate) fn merged(inventories: impl IntoIterator<Item = Inventory>, settle: &Said) -> PyResult<Self> {
        let mut interrupt = Interrupt::new(None);
        match merge_settled_with(inventories, settle, |done| interrupt.after_phone(done)) {
            ControlFlow::Continue(Ok(merged)) => Ok(Self(Arc::new(Made::Merged(merged)))),
            ControlFlow::Continue(Err(error)) => Err(settlement_error(&error)),
            ControlFlow::Break(raised) => Err(raised),
        }
    }

    pub(crate) fn inventory(&self) -> &Inventory {
        self.0.inventory()
    }

    pub(crate) fn phones(&self) -> &crossgrade::Fleet {
        self.inventory().fleet()
    }

    /// The phones, for a reader that outlives this object.
    pub(crate) fn shared(&self) -> Phones {
        Phones(Arc::clone(&self.0))
    }

    fn reader(&self) -> FleetReader<Phones> {
        FleetReader::new(self.shared())
    }
}

#[pymethods]
impl Fleet {
    /// The names of the columns of the table.
    #[getter]
    fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.reader().schema().fields().iter().map(|field| field.name()))
    }

    /// Which column was read as what, if the fleet was read from one table or file with columns.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.inventory().columns().map(|columns| summary::columns(py, columns)).transpose()
    }

    /// The names of the columns that are kept: in the table they stand behind those that every fleet has.
    ///
    /// >>> fleet = cg.read_csv(b"PID,Room,Location\nCP-7821-K9=,1.23,Oslo\n", keep={"room": "Room", "site": "Location"})
    /// >>> fleet.kept_columns, fleet.to_dict()["site"]
    /// (('room', 'site'), ['Oslo'])
    #[getter]
    fn kept_columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.phones().kept_columns())
    }

    /// Where the phones came from, each a `Source`.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let sources = self.phones().sources().iter().map(|source| {
            let (kind, name) = (source.kind().member(py)?, source.name());
            class!(py, "crossgrade._fleet", "Source")?.call1((kind, name, source.fetched(), source.of_cluster()))
        });
        PyTuple::new(py, sources.collect::<PyResult<Vec<_>>>()?)
    }

    /// How many rows, devices and pages were read.
    #[getter]
    fn rows_read(&self) -> u64 {
        self.inventory().rows_read()
    }

    /// How many of these rows joined a phone that another row began: in a merge, or because a cluster tells one phone on
    /// several nodes. `len(fleet) + fleet.rows_joined == fleet.rows_read`.
    #[getter]
    fn rows_joined(&self) -> u64 {
        self.inventory().rows_joined()
    }

    /// Rows that are kept, though something is wrong with them: where they stand, and what is wrong.
    ///
    /// >>> cg.read_csv(b"PID,VID\nCP-7821-K9=,V03,stray\n", name="export.csv").problems
    /// ('export.csv line 2: 3 columns where the header has 2',)
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inventory().problems().collect::<Vec<_>>())
    }

    /// Where reading ended too soon, each an `InventoryError` that names source and place. The rows before it are in the
    /// fleet.
    #[getter]
    fn cuts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let cuts = self.inventory().cuts().map(|(name, error)| inventory_error(error, Some(name)).into_value(py));
        PyTuple::new(py, cuts.collect::<Vec<_>>())
    }

    /// What else a person should know, with the name of the source.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let notes = self
            .inventory()
            .notes()
            .map(|(name, note)| format!("{}: {note}", crossgrade::text::Shown::both_ends(name)));
        PyTuple::new(py, notes.collect::<Vec<_>>())
    }

    /// Where rows of one phone disagree, each a `Conflict`.
    ///
    /// >>> page = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V03,00CCFC123456\n", name="labels.csv")
    /// >>> list = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V01,00CCFC123456\n", name="export.csv")
    /// >>> (conflict,) = cg.merge(page, list).conflicts
    /// >>> conflict.field, conflict.is_open
    /// (<Field.VID: 'vid'>, True)
    /// >>> [(value.value, value.place) for value in conflict.values]
    /// [('V03', 'labels.csv line 2'), ('V01', 'export.csv line 2')]
    #[getter]
    fn conflicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let phones = self.phones();
        let trails = phones.rows().iter().enumerate().filter_map(|(index, row)| Some((index, row.trail()?)));
        let conflicts = trails.flat_map(|(index, trail)| trail.conflicts().iter().map(move |found| (index, found)));
        let conflicts = conflicts.map(|(index, conflict)| {
            let values = conflict.values.iter().map(|side| {
                let (source, row) = (phones.source(side.origin), side.origin.row());
                let place = source.map_or_else(|| format!("row {row}"), |source| source.place(row));
                let source = source.map(crossgrade::fleet::Source::name);
                class!(py, "crossgrade._fleet", "ConflictValue")?.call1((&side.value, source, row, place))
            });
            let values = PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)?;
            let field = conflict.field.member(py)?;
            class!(py, "crossgrade._fleet", "Conflict")?.call1((index, field, values, conflict.is_open, conflict.more))
        });
        PyTuple::new(py, conflicts.collect::<PyResult<Vec<_>>>()?)
    }

    /// What the merge came to, a `MergeReport`; None if the fleet is not merged.
    #[getter]
    fn merge_report<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Made::Merged(merged) = &*self.0 else { return Ok(None) };
        let report = merged.report();
        let counts = (
            report.rows_read,
            report.phones,
            report.matched,
            report.matched_by_name,
            report.conflicts,
            report.open_conflicts,
            report.orphans,
            report.without_mac,
            report.settled,
            report.to_string(),
        );
        class!(py, "crossgrade._fleet", "MergeReport")?.call1(counts).map(Some)
    }

    /// What `assess` takes of the phone at this index: its texts by field, None where nothing was said, and of a field that
    /// was said differently a list of pairs (text, place).
    ///
    /// >>> fleet = cg.read_csv(b"PID,VID,Hardware Version\nCP-7821-K9=,V03,V01\n", name="export.csv")
    /// >>> fleet.phone(0)["pid"], fleet.phone(0)["vid"]
    /// ('CP-7821-K9=', [('V03', 'column "VID"'), ('V01', 'column "Hardware Version"')])
    /// >>> cg.assess(**fleet.phone(0), destination="third-party").verdict
    /// <Verdict.UNKNOWN: 'unknown'>
    fn phone<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyDict>> {
        let (phones, fields) = (self.phones(), PyDict::new(py));
        let Some(row) = phones.rows().get(index) else {
            let message = format!("phone: index {index}; expected one below {}", phones.rows().len());
            return Err(PyIndexError::new_err(message));
        };
        for field in FleetColumn::OF_QUESTION {
            fields.set_item(field.as_str(), field.text(phones, row))?;
        }
        for (field, sides) in row.said_differently() {
            fields.set_item(field.as_str(), sides)?;
        }
        Ok(fields)
    }

    /// The table as a dictionary of lists, by column: for programs that need no library of tables.
    ///
    /// >>> fleet = cg.read_csv(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,\n")
    /// >>> fleet.to_dict()["vid"]
    /// ['V03', None]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (phones, columns) = (self.phones(), PyDict::new(py));
        for column in FleetColumn::ALL {
            let cells = PyList::empty(py);
            for row in phones.rows() {
                match column {
                    FleetColumn::Row => cells.append(row.line())?,
                    _ => cells.append(column.text(phones, row))?,
                }
            }
            columns.set_item(column.as_str(), cells)?;
        }
        let kept: Vec<_> = phones.kept_columns().map(|column| (column, PyList::empty(py))).collect();
        for row in phones.rows() {
            kept.iter().zip(phones.kept_cells(row)).try_for_each(|((_, cells), cell)| cells.append(cell))?;
        }
        for (column, cells) in kept {
            columns.set_item(column, cells)?;
        }
        Ok(columns)
    }

    /// The table as CSV with a header row, in UTF-8.
    ///
    /// >>> fleet = cg.read_csv(b"PID,VID\nCP-7821-K9=,V03\n")
    /// >>> fleet.to_csv().splitlines()[0].startswith(b"device,description,ip_address,status,pid,vid,mac,")
    /// True
    fn to_csv<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        match py.detach(|| exports::fleet::to_csv(self.phones())) {
            Ok(csv) => Ok(PyBytes::new(py, &csv)),
            Err(error) => Err(export_error(&error, None)),
        }
    }

    /// The open conflicts as CSV to fill in, in UTF-8: `merge(..., settle=)` takes the file again. Only its header, if
    /// nothing is open.
    ///
    /// >>> labels = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V03,00CCFC123456\n", name="labels.csv")
    /// >>> export = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V01,00CCFC123456\n", name="export.csv")
    /// >>> print(cg.merge(labels, export).to_settle().decode())
    /// device,field,value,said_by,when,sides
    /// 00:CC:FC:12:34:56,vid,,,,V03 (labels.csv line 2) or V01 (export.csv line 2)
    /// <BLANKLINE>
    fn to_settle<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let file = py.detach(|| ToSettle::of(self.phones()).to_string());
        PyBytes::new(py, file.as_bytes())
    }

    /// The schema of the table, for a reader of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        table_export::exported_schema(py, &self.reader().schema())
    }

    /// The table, as often as it is asked for.
    ///
    /// A requested schema decides how texts are laid out: plain strings, with 64-bit offsets, or views. Whatever else it
    /// asks is not heard.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let reader = self.reader();
        let schema = reader.schema();
        let wanted = table_export::wanted(&schema, 0, requested_schema)?;
        table_export::export(py, &schema, 0, wanted, reader)
    }

    fn __len__(&self) -> usize {
        self.phones().rows().len()
    }

    fn __str__(&self) -> String {
        match &*self.0 {
            Made::Read(inventory) => inventory.to_string(),
            Made::Merged(merged) => merged.to_string(),
        }
    }

    fn __repr__(&self) -> String {
        let (inventory, phones) = (self.inventory(), self.phones());
        let merged = match &*self.0 {
            Made::Read(_) => String::new(),
            Made::Merged(merged) => {
                let report = merged.report();
                format!(", matched={}, conflicts={}", report.matched, report.conflicts)
            }
        };
        let (problems, cuts) = (inventory.broken_rows().count(), inventory.cuts().count());
        format!(
            "Fleet(phones={}, rows_read={}, sources={}, problems={problems}, cuts={cuts}{merged})",
            phones.rows().len(),
            inventory.rows_read(),
            phones.sources().len(),
        )
    }

    fn __reduce__(&self) -> PyResult<()> {
        let cure = "make a table of it, such as pyarrow.table(fleet), and pickle that";
        Err(PyTypeError::new_err(format!("a Fleet cannot be pickled; {cure}")))
    }
}

/// One fleet of several, where persons say what is so. Ctrl-C ends the work.
#[pyfunction]
#[pyo3(signature = (fleets, settle=None))]
pub(crate) fn merge_fleets(
    py: Python<'_>,
    fleets: Vec<Bound<'_, Fleet>>,
    settle: Option<&Bound<'_, Settlements>>,
) -> PyResult<Fleet> {
    let fleets: Vec<_> = fleets.iter().map(|fleet| Arc::clone(&fleet.get().0)).collect();
    let (none, settle) = (Said::default(), settle.map(|settle| &settle.get().0));
    let settle = settle.unwrap_or(&none);
    py.detach(|| Fleet::merged(fleets.iter().map(|made| made.inventory().clone()), settle))
}
