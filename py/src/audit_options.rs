//! How a table is audited, as Python said it.

use std::num::NonZeroUsize;
use std::str::FromStr;

use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{AuditOptions, TextLayout};
use crossgrade::inventory::{ChosenColumn, InventoryField, Keep, KeptColumn};
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyMapping, PySequence, PyString};

use crate::errors::{RequestError, inventory_error, request_error};
use crate::question::{Argument, wrong_type};

pub(crate) fn read(
    columns: Argument<'_, '_>,
    keep: Argument<'_, '_>,
    select: Argument<'_, '_>,
    prefix: &Bound<'_, PyAny>,
    text: &Bound<'_, PyAny>,
    threads: Argument<'_, '_>,
) -> PyResult<AuditOptions> {
    let mut options = AuditOptions::default().prefix(string("prefix", "str", prefix)?);
    options = options.text(word::<TextLayout>("text", text)?);
    if let Some(columns) = columns {
        options = options.columns(chosen(columns)?);
    }
    options = options.keep(self::keep(keep)?);
    if let Some(select) = select {
        options = options.select(selected(select)?);
    }
    if let Some(threads) = threads {
        options = options.threads(count(threads)?);
    }
    Ok(options)
}

fn string(name: &str, expected: &str, object: &Bound<'_, PyAny>) -> PyResult<String> {
    match object.cast::<PyString>() {
        Ok(text) => Ok(text.to_string_lossy().into_owned()),
        Err(_) => Err(wrong_type(name, expected, object)),
    }
}

fn word<W: FromStr<Err = crossgrade::ParseError>>(name: &str, object: &Bound<'_, PyAny>) -> PyResult<W> {
    string(name, "str", object)?.parse().map_err(request_error)
}

/// Fields and the columns to read them from: a name, several in their order, or None.
pub(crate) fn chosen(columns: &Bound<'_, PyAny>) -> PyResult<Vec<ChosenColumn>> {
    let Ok(mapping) = columns.cast::<PyMapping>() else {
        return Err(wrong_type("columns", "a mapping of fields to column names", columns));
    };
    let mut chosen = Vec::new();
    for item in mapping.items()? {
        let (field, column): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let field: InventoryField = word("columns", &field)?;
        let expected = "str, a list of str or None for a field";
        if column.is_none() {
            chosen.push(ChosenColumn::none(field));
        } else if !column.is_instance_of::<PyString>()
            && let Ok(names) = column.cast::<PySequence>()
        {
            for name in names.try_iter()? {
                chosen.push(ChosenColumn::new(field, string("columns", expected, &name?)?));
            }
        } else {
            chosen.push(ChosenColumn::new(field, string("columns", expected, &column)?));
        }
    }
    Ok(chosen)
}

/// The columns to keep: their headers, or a mapping of the names that they shall have to their headers.
pub(crate) fn keep(keep: Argument<'_, '_>) -> PyResult<Keep> {
    let expected = "a list of str, a mapping of names to headers, or None";
    let Some(keep) = keep else { return Ok(Keep::default()) };
    let columns: Vec<KeptColumn> = if let Ok(mapping) = keep.cast::<PyMapping>() {
        let column = |item: Bound<'_, PyAny>| {
            let (name, header): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
            Ok(KeptColumn::named(string("keep", expected, &name)?, string("keep", expected, &header)?))
        };
        mapping.items()?.iter().map(column).collect::<PyResult<_>>()?
    } else {
        let headers = keep.try_iter().ok().filter(|_| !keep.is_instance_of::<PyString>());
        let Some(headers) = headers else { return Err(wrong_type("keep", expected, keep)) };
        headers.map(|header| Ok(KeptColumn::new(string("keep", expected, &header?)?))).collect::<PyResult<_>>()?
    };
    Keep::of(columns).map_err(|error| inventory_error(&error, None))
}

/// The columns that the options of a command line name, as `keep` takes them.
#[pyfunction]
pub(crate) fn kept_columns(texts: Vec<String>) -> PyResult<Vec<(String, String)>> {
    let keep = Keep::of_texts(texts).map_err(|error| inventory_error(&error, None))?;
    Ok(keep.columns().iter().map(|column| (column.name().to_owned(), column.header().to_owned())).collect())
}

/// The columns that the options of a command line name, as `columns` takes them, one field after another.
#[pyfunction]
pub(crate) fn chosen_columns(texts: Vec<String>) -> PyResult<Vec<(String, Option<String>)>> {
    let columns = ChosenColumn::of_texts(texts).map_err(|error| inventory_error(&error, None))?;
    let pair = |column: &ChosenColumn| (column.field().to_string(), column.header().map(str::to_owned));
    Ok(columns.iter().map(pair).collect())
}

fn selected(select: &Bound<'_, PyAny>) -> PyResult<Vec<ResultColumn>> {
    let expected = "a list of result columns or None";
    if select.is_instance_of::<PyString>() {
        return Err(wrong_type("select", expected, select));
    }
    let Ok(names) = select.try_iter() else { return Err(wrong_type("select", expected, select)) };
    names.map(|name| word("select", &name?)).collect()
}

fn count(threads: &Bound<'_, PyAny>) -> PyResult<NonZeroUsize> {
    if !threads.is_instance_of::<PyInt>() {
        return Err(wrong_type("threads", "int or None", threads));
    }
    // A number that is too large for one of the machine is as good as the largest; the library makes fewer threads anyway.
    let count = if threads.gt(usize::MAX)? { usize::MAX } else { threads.extract().unwrap_or(0) };
    NonZeroUsize::new(count)
        .ok_or_else(|| RequestError::new_err(format!("threads: found {threads}; expected at least 1")))
}
