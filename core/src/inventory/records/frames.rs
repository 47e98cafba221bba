//! Tables that are written as JSON without records: the names of columns stand once, and the values in lists or under numbers.
//!
//! | what writes it | it looks like |
//! |---|---|
//! | `df.to_json()` of pandas | `{"mac": {"0": "..."}, "model": {"0": "..."}}` |
//! | `orient="split"`, and interfaces of databases | `{"columns": ["mac", "model"], "data": [["...", "..."]]}` |
//! | a dictionary of lists | `{"mac": ["..."], "model": ["..."]}` |
//! | interfaces of sheets | `[["mac", "model"], ["...", "..."]]` |
//!
//! `orient="values"` has no names, and is refused with the cure. The other orients are records.

use std::borrow::Cow;

use super::json_text::{Json, unquoted};
use super::keys::{self, is_device_name, is_of};
use super::members::{KEYS, is_number, members, scalar};
use super::own_keys::is_known;
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::ranked;
use crate::inventory::{InventoryError, limits};

/// A table: the names of its columns, and the values of each row as they are written; values may lack at the end of a row.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::inventory) struct Frame<'t> {
    pub(in crate::inventory) headers: Vec<Cow<'t, str>>,
    pub(in crate::inventory) rows: Vec<Vec<&'t str>>,
}

/// So many objects around a table are looked through.
const AROUND: usize = 3;

const NAMED: &str = "rows with the names of their columns: in pandas, df.to_json(orient=\"records\")";

/// The key of a member, and its value as it is written.
type Member<'t> = (Cow<'t, str>, &'t str);

type Found<'t> = Result<Option<Frame<'t>>, InventoryError>;

/// The table that a document is; nothing if it is none.
///
/// # Errors
/// [`InventoryError::OtherThing`] for a table without names, or of which the lists do not fit together;
/// [`InventoryError::Broken`] if it is cut.
pub(in crate::inventory) fn of(text: &str) -> Found<'_> {
    let mut json = Json::new(text);
    match json.peek() {
        Some(b'[') if first_in(json.rest()) == Some(b'[') => rows_under_names(json.rest()),
        Some(b'{') => object(json.rest(), AROUND),
        _ => Ok(None),
    }
}

fn object(text: &str, around: usize) -> Found<'_> {
    let Some(members) = parts(text)? else { return Ok(None) };
    let under = |names: &[&str]| members.iter().find(|(key, _)| is_of(&folded(key), names)).map(|(_, value)| *value);
    if let (Some(names), Some(rows)) = (under(keys::COLUMNS), under(keys::ROWS))
        && first_in(rows) == Some(b'[')
        && let Some(headers) = names_of(names)
    {
        return split(headers, under(&["index"]), rows).map(Some);
    }
    let names_columns = members.iter().filter(|(key, value)| value.starts_with(['{', '[']) && is_column(key)).count();
    if names_columns > 0 {
        return match members.iter().all(|(_, value)| value.starts_with('{')) {
            true => columns(&members, names_columns),
            false => lists(&members),
        };
    }
    let mut inner = members.iter().filter(|(_, value)| value.starts_with(['{', '[']) && around > 0);
    let found = inner.find_map(|(_, value)| match value.starts_with('{') {
        true => object(value, around - 1).transpose(),
        false if first_in(value) == Some(b'[') => table_of_lists(value).map(Ok),
        false => None,
    });
    found.transpose()
}

/// The members of an object that may be a table, or stand around one; nothing for another one, as soon as that is seen.
fn parts(text: &str) -> Result<Option<Vec<Member<'_>>>, InventoryError> {
    let mut json = Json::new(text);
    let mut found = Vec::new();
    if !json.take(b'{') || json.peek() == Some(b'}') {
        return Ok(None);
    }
    let mut is_table = false;
    loop {
        let Ok(key) = json.name(1) else { return Ok(None) };
        json.peek();
        let is_list_of_objects = json.rest().starts_with('[') && first_in(json.rest()) == Some(b'{');
        if is_list_of_objects && !is_of(&folded(&key), keys::COLUMNS) || found.len() >= limits::COLUMNS {
            return Ok(None);
        }
        is_table |= is_column(&key) && is_filled_table(json.rest());
        match json.value(1) {
            Ok(value) => found.push((key, value)),
            // Of a table that is cut, no row is whole.
            Err(error) if is_table => return Err(error),
            Err(_) => return Ok(None),
        }
        if !json.take(b',') {
            return Ok((json.take(b'}')).then_some(found));
        }
    }
}

/// Whether a value begins as the values of a column do.
fn is_filled_table(value: &str) -> bool {
    let numbered = value.strip_prefix('{').map(str::trim_start).and_then(|inner| inner.strip_prefix('"'));
    numbered.is_some_and(|inner| inner.starts_with(|letter: char| letter.is_ascii_digit()))
        || value.starts_with('[') && matches!(first_in(value), Some(b'"' | b'0'..=b'9' | b'n'))
}

/// What the first entry of a list begins with.
fn first_in(list: &str) -> Option<u8> {
    let mut json = Json::new(list);
    json.take(b'[').then(|| json.peek()).flatten()
}

/// Whether a key is the name of a column that only tables of devices have.
fn is_column(key: &str) -> bool {
    ranked(key).is_some_and(|(field, rank)| !field.is_everyday(rank))
}

/// The entries of a list, as they are written.
fn entries(list: &str) -> Result<Vec<&str>, InventoryError> {
    let (mut json, mut found) = (Json::new(list), Vec::new());
    json.expect(b'[', "a list")?;
    if json.take(b']') {
        return Ok(found);
    }
    loop {
        found.push(json.value(1)?);
        if !json.take(b',') {
            json.expect(b']', "a comma or the end of the list")?;
            return Ok(found);
        }
    }
}

/// The entries of a list of values that are no lists and no objects.
fn scalars(list: &str) -> Option<Vec<&str>> {
    entries(list).ok().filter(|entries| entries.iter().all(|entry| !entry.starts_with(['[', '{'])))
}

/// Names of columns: texts, or objects with a name.
fn names_of(list: &str) -> Option<Vec<Cow<'_, str>>> {
    let name = |entry| match scalar(entry) {
        Some(name) => Some(name),
        None => members(entry)
            .take(KEYS)
            .find(|(key, _)| is_of(&folded(key), keys::NAMES_OF_COLUMNS))
            .and_then(|(_, value)| scalar(value)),
    };
    entries(list).ok()?.into_iter().map(name).collect()
}

fn split<'t>(
    mut headers: Vec<Cow<'t, str>>,
    index: Option<&'t str>,
    rows: &'t str,
) -> Result<Frame<'t>, InventoryError> {
    let mut found = Vec::new();
    for (number, row) in entries(rows)?.into_iter().enumerate() {
        let row = if row.starts_with('[') { entries(row)? } else { vec![row] };
        if row.len() != headers.len() {
            return Err(uneven(&format!(
                "row {} has {} values and the table {} columns",
                number + 1,
                row.len(),
                headers.len()
            )));
        }
        found.push(row);
    }
    let index = index.and_then(scalars).filter(|index| index.len() == found.len()).unwrap_or_default();
    if has_names(index.iter().filter_map(|entry| unquoted(entry))) {
        headers.push(Cow::Borrowed(keys::NAME_OF_RECORD));
        found.iter_mut().zip(index).for_each(|(row, name)| row.push(name));
    }
    Ok(Frame { headers, rows: found })
}

/// Rows without keys, of which the first may be the names of the columns.
fn rows_under_names(text: &str) -> Found<'_> {
    let first = || {
        let mut json = Json::new(text);
        json.take(b'[').then(|| json.value(1).ok()).flatten().and_then(scalars)
    };
    if first().is_none_or(|row| row.is_empty()) {
        return Ok(None);
    }
    match table_of_lists(text) {
        Some(frame) => Ok(Some(frame)),
        None => {
            entries(text)?;
            Err(InventoryError::OtherThing {
                found: "a list of rows without the names of their columns, as pandas writes it with orient=\"values\""
                    .to_owned(),
                expected: NAMED,
            })
        }
    }
}

fn table_of_lists(text: &str) -> Option<Frame<'_>> {
    let mut rows = entries(text).ok()?.into_iter().map(scalars);
    let headers: Vec<_> = rows.next()??.into_iter().map(unquoted).collect::<Option<_>>()?;
    let is_header = |header: &Cow<'_, str>| is_column(header) && !is_device_name(header);
    let found: Vec<_> = rows.collect::<Option<_>>()?;
    // Interfaces of sheets leave out what is empty at the end of a row: memory is bounded by what stands there.
    if !headers.iter().any(is_header) || found.iter().any(|row: &Vec<&str>| row.len() > headers.len()) {
        return None;
    }
    Some(Frame { headers, rows: found })
}

/// Columns that are objects: the values of a row stand under the same key.
fn columns<'t>(members: &[(Cow<'t, str>, &'t str)], names: usize) -> Found<'t> {
    let mut index: Option<Vec<Cow<'t, str>>> = None;
    let mut values = Vec::new();
    for (_, column) in members {
        let cells: Vec<_> = self::members(column).collect();
        if cells.is_empty() || cells.iter().any(|(_, value)| value.starts_with('{')) {
            return Ok(None);
        }
        let (rows, cells): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
        if index.get_or_insert_with(|| rows.clone()) != &rows {
            return Ok(None);
        }
        values.push(cells);
    }
    let index = index.unwrap_or_default();
    let is_numbered = index.iter().all(|row| is_number(row));
    let has_names = has_names(index.iter().cloned());
    // Other keys may be those of parts of one device.
    let is_labeled =
        || names > 1 && index.iter().all(|row| !is_known(row) && !is_of(&folded(row), keys::BESIDE_VALUES));
    if !is_numbered && !has_names && !is_labeled() {
        return Ok(None);
    }
    let mut headers: Vec<_> = members.iter().map(|(key, _)| key.clone()).collect();
    let mut rows: Vec<Vec<&str>> = vec![Vec::new(); index.len()];
    for cells in values {
        rows.iter_mut().zip(cells).for_each(|(row, cell)| row.push(cell));
    }
    if has_names {
        headers.push(Cow::Borrowed(keys::NAME_OF_RECORD));
        // The names are written in the first column.
        let first = members.first().map(|(_, column)| *column).unwrap_or_default();
        rows.iter_mut().zip(keys_as_written(first)).for_each(|(row, name)| row.push(name));
    }
    Ok(Some(Frame { headers, rows }))
}

fn keys_as_written(object: &str) -> Vec<&str> {
    let (mut json, mut found) = (Json::new(object), Vec::new());
    let mut is_open = json.take(b'{');
    while is_open {
        let Ok(key) = json.value(1) else { break };
        found.push(key);
        is_open = json.take(b':') && json.value(1).is_ok() && json.take(b',');
    }
    found
}

fn has_names<'n>(mut index: impl Iterator<Item = Cow<'n, str>>) -> bool {
    let Some(first) = index.next() else { return false };
    is_device_name(&first) && !is_number(&first) && index.all(|name| is_device_name(&name))
}

/// Columns that are lists.
fn lists<'t>(members: &[(Cow<'t, str>, &'t str)]) -> Found<'t> {
    let mut lists = Vec::new();
    for (key, value) in members {
        match scalars(value) {
            Some(values) => lists.push((key, values)),
            // How many there are.
            None if is_of(&folded(key), keys::COUNTS) => {}
            None => return Ok(None),
        }
    }
    let length = lists.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    if length == 1 {
        // One device, of which programs keep each value in a list, and none in an empty one.
        lists.iter_mut().filter(|(_, values)| values.is_empty()).for_each(|(_, values)| values.push("null"));
    }
    let length = lists.first().map_or(length, |(_, values)| values.len());
    if let Some((key, other)) = lists.iter().find(|(_, values)| values.len() != length) {
        return Err(uneven(&format!("the list of {key} has {} values and another one {length}", other.len())));
    }
    let headers = lists.iter().map(|(key, _)| (*key).clone()).collect();
    let mut rows: Vec<Vec<&str>> = vec![Vec::new(); length];
    for (_, values) in lists {
        rows.iter_mut().zip(values).for_each(|(row, value)| row.push(value));
    }
    Ok(Some(Frame { headers, rows }))
}

fn uneven(what: &str) -> InventoryError {
    InventoryError::OtherThing { found: format!("a table of which {what}"), expected: NAMED }
}
