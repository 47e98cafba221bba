//! Inventories in: documents of every kind, pages of phones, tables.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use crossgrade::columnar;
use crossgrade::fleet::{Source, SourceKind};
use crossgrade::inventory::{self, ChosenColumn, Document, Inventory, LeftOut, ReadOptions, read_folder};
use crossgrade::merge::Settlements;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::audit_options::{chosen, keep as keep_of};
use crate::errors::{audit_error, inventory_error, request_error};
use crate::file_bytes::file;
use crate::fleet::Fleet;
use crate::interrupt::Interrupt;
use crate::question::Argument;
use crate::table_batches::{Reader, reader};

/// What a document is read from.
#[derive(FromPyObject)]
enum Content {
    Bytes(PyBackedBytes),
    Path(PathBuf),
}

/// The document of this name, when the caller says.
fn document<'a>(name: &'a str, bytes: &'a [u8], when: Option<&'a str>) -> Document<'a> {
    let document = Document::new(name, bytes);
    match when {
        Some(when) => document.when(when),
        None => document,
    }
}

/// The same, of the cluster that the caller says.
fn of_cluster<'a>(document: Document<'a>, cluster: Option<&'a str>) -> Document<'a> {
    match cluster {
        Some(cluster) => document.cluster(cluster),
        None => document,
    }
}

/// Reads documents, pairs of a name and bytes or the path of a file, one after another; a phone for each row, or on request
/// a phone for each MAC address. A column to keep is in one of the documents, or may be elsewhere
/// if they are some of several, as may the columns of fields.
#[pyfunction]
#[pyo3(signature = (
    documents, *, kind=None, sheets=None, columns=None, keep=None, when=None, cluster=None, merged=false,
    several=false
))]
#[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn read_documents(
    py: Python<'_>,
    documents: &Bound<'_, PyAny>,
    kind: Option<&str>,
    sheets: Option<Vec<String>>,
    columns: Argument<'_, '_>,
    keep: Argument<'_, '_>,
    when: Option<&str>,
    cluster: Option<&str>,
    merged: bool,
    several: bool,
) -> PyResult<Fleet> {
    let mut options = ReadOptions::default();
    options.kind = kind.map(|kind| kind.parse().map_err(request_error)).transpose()?;
    options.sheets = sheets.unwrap_or_default();
    options.columns = columns.map(chosen).transpose()?.unwrap_or_default();
    if several {
        options.columns = options.columns.into_iter().map(ChosenColumn::optional).collect();
    }
    let keep = keep_of(keep)?;
    // Of several documents, one must have a column.
    options.keep = keep.clone().optional();
    let (mut inventories, mut names) = (Vec::new(), Vec::new());
    for pair in documents.try_iter()? {
        py.check_signals()?;
        let (name, content): (String, Content) = pair?.extract()?;
        let inventory = py.detach(|| {
            let read = |bytes: &[u8]| read(&of_cluster(document(&name, bytes, when), cluster), &options);
            match content {
                Content::Bytes(bytes) => read(&bytes),
                Content::Path(path) => read(&file(path, &name)?),
            }
        })?;
        inventories.push(inventory);
        names.push(name);
    }
    let fleet = py.detach(|| match merged {
        true => Fleet::merged(inventories, &Settlements::default()),
        false => Ok(joined(inventories)),
    })?;
    if !several {
        let source = if let [name] = &*names { Some(&**name) } else { None };
        keep.check(fleet.inventory()).map_err(|error| inventory_error(&error, source))?;
    }
    Ok(fleet)
}

/// Refuses a fleet none of whose sources has one of these columns.
#[pyfunction]
pub(crate) fn check_keep(fleet: &Bound<'_, Fleet>, keep: &Bound<'_, PyAny>) -> PyResult<()> {
    keep_of(Some(keep))?.check(fleet.get().inventory()).map_err(|error| inventory_error(&error, None))
}

/// Refuses a fleet of whose tables none has one of these columns.
#[pyfunction]
pub(crate) fn check_columns(fleet: &Bound<'_, Fleet>, columns: &Bound<'_, PyAny>) -> PyResult<()> {
    let columns = chosen(columns)?;
    ChosenColumn::check(&columns, fleet.get().inventory()).map_err(|error| inventory_error(&error, None))
}

fn read(document: &Document<'_>, options: &ReadOptions) -> PyResult<Inventory> {
    inventory::read(document, options).map_err(|error| inventory_error(&error, Some(document.name())))
}

/// One behind the other.
fn joined(inventories: Vec<Inventory>) -> Fleet {
    let mut inventories = inventories.into_iter();
    let mut first = inventories.next().unwrap_or_else(|| crossgrade::merge::merge([]).into_parts().0);
    inventories.for_each(|inventory| first.append(inventory));
    Fleet::read(first)
}

/// Reads pages of phones: pairs of a name and what came. What a folder holds beside pages is told: pairs of why it was left out
/// and its name.
#[pyfunction]
#[pyo3(signature = (pages, *, when=None, cluster=None, left_out=Vec::new()))]
pub(crate) fn read_pages(
    py: Python<'_>,
    pages: &Bound<'_, PyAny>,
    when: Option<&str>,
    cluster: Option<&str>,
    left_out: Vec<(String, String)>,
) -> PyResult<Fleet> {
    let left_out = left_out.into_iter().map(|(why, name)| Ok((why.parse().map_err(request_error)?, name)));
    let left_out = left_out.collect::<PyResult<Vec<(LeftOut, String)>>>()?;
    let mut documents: Vec<(String, PyBackedBytes)> = Vec::new();
    for page in pages.try_iter()? {
        py.check_signals()?;
        documents.push(page?.extract()?);
    }
    let read = py.detach(|| {
        let (mut interrupt, mut raised) = (Interrupt::new(None), None);
        let watched = documents.iter().enumerate().map_while(|(done, (name, bytes))| {
            raised = interrupt.at(done).err();
            raised.is_none().then(|| of_cluster(document(name, bytes, when), cluster))
        });
        let inventory = read_folder(watched, &left_out);
        match raised {
            None => inventory.within_memory().map_err(|error| inventory_error(&error, None)),
            Some(raised) => Err(raised),
        }
    });
    read.map(Fleet::read)
}

/// Reads a table.
#[pyfunction]
#[pyo3(signature = (table, *, name, columns=None, keep=None, when=None, cluster=None))]
pub(crate) fn read_stream(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    name: &str,
    columns: Argument<'_, '_>,
    keep: Argument<'_, '_>,
    when: Option<&str>,
    cluster: Option<&str>,
) -> PyResult<Fleet> {
    let columns = columns.map(chosen).transpose()?.unwrap_or_default();
    let keep = keep_of(keep)?;
    let reader = reader(table)?.map_err(|error| audit_error(error.into(), Some(name)))?;
    let source = Source::new(SourceKind::Table, name);
    let source = match when {
        Some(when) => source.when(when),
        None => source,
    };
    let source = match cluster {
        Some(cluster) => source.cluster(cluster),
        None => source,
    };
    let watched = Watched { reader, rows: 0, interrupt: Interrupt::new(None) };
    match py.detach(|| columnar::read_keeping(watched, source, &columns, &keep)) {
        Ok(inventory) => Ok(Fleet::read(inventory)),
        Err(error) => Err(audit_error(error, Some(name))),
    }
}

/// Batches between which Ctrl-C is heard.
struct Watched {
    reader: Reader,
    rows: usize,
    interrupt: Interrupt,
}

impl Iterator for Watched {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        self.rows += batch.as_ref().map_or(0, RecordBatch::num_rows);
        match self.interrupt.at(self.rows) {
            Ok(()) => Some(batch),
            Err(raised) => Some(Err(ArrowError::ExternalError(Box::new(raised)))),
        }
    }
}

impl RecordBatchReader for Watched {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.reader.schema())
    }
}
