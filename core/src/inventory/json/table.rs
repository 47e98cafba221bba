//! Records as rows of one table: the keys of all of them are its columns.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::fleet::{Kept, RowLabel};
use crate::inventory::fold::folded;
use crate::inventory::records::json::unquoted;
use crate::inventory::records::members::{members, wrapped};
use crate::inventory::records::{Record, keys};
use crate::inventory::said::Said;
use crate::inventory::{ChosenColumn, ColumnReport, InventoryError, InventoryField, Keep, RowProblem, limits, row};
use crate::phone::Phone;

/// The column of the keys that records stand under.
const KEY_OF_RECORD: &str = "Device Name";

/// The columns of a list of records.
pub(super) struct RecordTable {
    pub(super) columns: ColumnReport,
    /// The column of each key, folded; keys that are equal in letters and digits are one column.
    places: HashMap<String, usize>,
    is_read: Vec<bool>,
}

impl RecordTable {
    pub(super) fn of<'r, 't: 'r>(
        records: impl Iterator<Item = &'r Record<'t>> + Clone,
        chosen: &[ChosenColumn],
        keep: &Keep,
    ) -> Result<Self, InventoryError> {
        let mut headers = Headers::default();
        for record in records {
            headers.hear(record)?;
        }
        let Headers { mut names, mut places, together } = headers;
        let columns = loop {
            match ColumnReport::find(names.clone(), chosen) {
                // Two tools call a field differently: no record says both.
                Err(InventoryError::Ambiguous { field, first, second }) => {
                    let place = |name: &String| names.iter().position(|known| known == name);
                    let (Some(one), Some(other)) = (place(&first), place(&second)) else {
                        return Err(InventoryError::Ambiguous { field, first, second });
                    };
                    if together.contains(&(one.min(other), one.max(other))) {
                        return Err(InventoryError::Ambiguous { field, first, second });
                    }
                    places.values_mut().filter(|column| **column == other).for_each(|column| *column = one);
                    // The field is not found by this name again.
                    if let Some(name) = names.get_mut(other) {
                        *name = format!("{name} (read as {first})");
                    }
                }
                found => break found?.keeping(keep)?,
            }
        };
        let mut is_read = vec![false; names.len()];
        for field in InventoryField::ALL {
            columns.columns(*field).iter().for_each(|column| {
                if let Some(is_read) = is_read.get_mut(*column) {
                    *is_read = true;
                }
            });
        }
        Ok(Self { columns, places, is_read })
    }
}

#[derive(Default)]
struct Headers {
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// Columns of fields that one record has both.
    together: std::collections::HashSet<(usize, usize)>,
}

impl Headers {
    fn hear(&mut self, record: &Record<'_>) -> Result<(), InventoryError> {
        let mut of_fields: Vec<usize> = Vec::new();
        each(record, |key, _| {
            let column = self.column(key);
            if super::is_field(&folded(key)) && !of_fields.contains(&column) && of_fields.len() < MOST_FIELDS {
                self.together.extend(of_fields.iter().map(|other| (*other.min(&column), *other.max(&column))));
                of_fields.push(column);
            }
        });
        limits::check_columns(self.names.len(), 1)
    }

    fn column(&mut self, key: &str) -> usize {
        let folded = key_of(key);
        if let Some(column) = self.places.get(&folded) {
            return *column;
        }
        let column = self.names.len();
        self.names.push(key.replace('\0', "\u{fffd}"));
        self.places.insert(folded, column);
        column
    }
}

/// So many keys of fields one record is looked at for: few have more than ten.
const MOST_FIELDS: usize = 100;

fn key_of(key: &str) -> String {
    let folded = folded(key);
    if folded.is_empty() { key.to_owned() } else { folded }
}

/// Each key of a record that is a column, and what stands under it.
fn each<'t>(record: &Record<'t>, mut hear: impl FnMut(&str, Cow<'t, str>)) {
    let mut has_name = false;
    for (key, value) in members(record.text) {
        if value == "null" {
            hear(&key, Cow::Borrowed(""));
            continue;
        }
        has_name |= keys::is_of(&folded(&key), keys::NAMES);
        let text = text_of(value);
        let is_part = text.is_none() && value.starts_with('{') && !keys::is_identified(value);
        hear(&key, text.unwrap_or(Cow::Borrowed(value)));
        if is_part {
            let parts = members(value).filter(|(key, _)| super::is_field(&folded(key)));
            parts.for_each(|(key, value)| {
                if let Some(text) = text_of(value).filter(|_| value != "null") {
                    hear(&key, text);
                }
            });
        }
    }
    if let Some(name) = record.name.clone().filter(|_| !has_name) {
        hear(KEY_OF_RECORD, name);
    }
}

/// The text of a value: its own, that of a wrapper, or that of a list of one.
fn text_of(value: &str) -> Option<Cow<'_, str>> {
    match value.as_bytes().first() {
        Some(b'{') => wrapped(value),
        Some(b'[') => None,
        _ => Some(unquoted(value).unwrap_or(Cow::Borrowed(value))),
    }
}

/// The cells of one record, each with its column.
pub(super) struct Cells<'t> {
    /// What each column says: a key that is said again and again is heard as often as a person could read it.
    cells: HashMap<usize, Said<'t>>,
    problem: Option<RowProblem>,
}

impl<'t> Cells<'t> {
    pub(super) fn of(record: &Record<'t>, table: &RecordTable) -> Self {
        let (mut cells, mut problem): (HashMap<usize, Said<'t>>, _) = (HashMap::new(), None);
        each(record, |key, text| {
            let Some(column) = table.places.get(&key_of(key)).copied() else { return };
            if text.is_empty() {
                return;
            }
            let said = cells.entry(column).or_default();
            match text.len() {
                ..=limits::CELL => said.hear(text, |before, text| before == text),
                found => said.hear_beginning(limits::beginning(&text), found),
            }
            if table.is_read.get(column).copied().unwrap_or(false) {
                problem = said.problem().or(problem);
            }
        });
        Self { cells, problem }
    }

    pub(super) fn problem(&self) -> Option<RowProblem> {
        self.problem
    }

    fn first(&self, column: usize) -> Option<&[u8]> {
        self.cells.get(&column)?.first().map(str::as_bytes)
    }

    pub(super) fn phone(&self, table: &RecordTable) -> Phone<'static> {
        let columns = &table.columns;
        let cells = |field| {
            columns.columns(field).iter().flat_map(move |column| {
                let texts = self.cells.get(column).into_iter().flat_map(Said::texts);
                texts.map(move |text| columns.cell(field, *column, text.as_bytes()))
            })
        };
        let status = columns
            .registration()
            .and_then(|column| Some(row::Cell::of_column(self.first(column)?, columns.header(column), false)));
        columns.phone(cells, status).into_owned()
    }

    /// Whether its phone is gone, and the record says with which load it was last seen.
    pub(super) fn says_last_load(&self, table: &RecordTable) -> bool {
        table.columns.last_load(|column| self.first(column)).is_some()
    }

    pub(super) fn label(&self, table: &RecordTable) -> RowLabel {
        table.columns.label(|column| self.first(column))
    }

    pub(super) fn kept(&self, table: &RecordTable) -> Kept {
        table.columns.kept(|column| self.first(column))
    }
}
