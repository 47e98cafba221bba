//! Records as rows of one table: the keys of all of them are its columns.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::fleet::{FleetColumn, Kept, RowLabel};
use crate::inventory::fold::folded;
use crate::inventory::records::members::{members, scalar, wrapped};
use crate::inventory::records::own::own;
use crate::inventory::records::{Record, keys, status};
use crate::inventory::registration;
use crate::inventory::said::Said;
use crate::inventory::{ChosenColumn, ColumnReport, InventoryError, InventoryField, Keep, RowProblem, limits};
use crate::phone::Phone;

/// A row: a record with its own keys, or values below the names of columns.
#[derive(Clone, Copy)]
pub(super) enum Row<'r, 't> {
    Record(&'r Record<'t>),
    Values { headers: &'r [Cow<'t, str>], values: &'r [&'t str] },
}

/// The columns of a list of records.
pub(super) struct RecordTable {
    pub(super) columns: ColumnReport,
    /// The column of each key, folded; keys that are equal in letters and digits are one column.
    places: HashMap<String, usize>,
    is_read: Vec<bool>,
}

impl RecordTable {
    pub(super) fn of<'r, 't: 'r>(
        rows: impl Iterator<Item = Row<'r, 't>>,
        chosen: &[ChosenColumn],
        keep: &Keep,
    ) -> Result<Self, InventoryError> {
        let mut headers = Headers::default();
        for row in rows {
            headers.hear(&row)?;
        }
        let (names, places) = headers.in_order();
        let columns = ColumnReport::find_keys(names, chosen)?.keeping(keep)?;
        let mut is_read = vec![false; columns.headers().len()];
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

/// The keys of all records, each once.
#[derive(Default)]
struct Headers {
    /// By what a key is called, how it is spelled; of several spellings the first by its letters.
    spelled: BTreeMap<String, String>,
    /// The rows of a table have the same.
    is_heard: bool,
}

impl Headers {
    fn hear(&mut self, row: &Row<'_, '_>) -> Result<(), InventoryError> {
        if matches!(row, Row::Values { .. }) && std::mem::replace(&mut self.is_heard, true) {
            return Ok(());
        }
        each(row, |key, _| match self.spelled.entry(key_of(key)) {
            Entry::Vacant(entry) => drop(entry.insert(key.to_owned())),
            Entry::Occupied(mut entry) => {
                if key < entry.get().as_str() {
                    entry.insert(key.to_owned());
                }
            }
        });
        limits::check_columns(self.spelled.len(), 1)
    }

    /// The names of the columns, and the column of each key. Neither the order of records nor that of keys matters; a fleet that
    /// was written as records has its own order.
    fn in_order(self) -> (Vec<String>, HashMap<String, usize>) {
        let is_of_fleet = |name: &String| FleetColumn::ALL.iter().position(|column| column.as_str() == name.as_str());
        let is_fleet = FleetColumn::ALL
            .iter()
            .all(|column| self.spelled.get(&key_of(column.as_str())).is_some_and(|name| name == column.as_str()));
        let mut columns: Vec<_> = self.spelled.into_iter().collect();
        if is_fleet {
            columns.sort_by_key(|(_, name)| is_of_fleet(name).unwrap_or(usize::MAX));
        }
        let places = columns.iter().enumerate().map(|(column, (key, _))| (key.clone(), column)).collect();
        let names = columns.into_iter().map(|(_, name)| name.replace('\0', "\u{fffd}")).collect();
        (names, places)
    }
}

fn key_of(key: &str) -> String {
    let folded = folded(key);
    if folded.is_empty() { key.to_owned() } else { folded }
}

/// Each key of a row that is a column, and what stands under it.
fn each<'t>(row: &Row<'_, 't>, mut hear: impl FnMut(&str, Cow<'t, str>)) {
    let record = match row {
        Row::Record(record) => record,
        Row::Values { headers, values } => {
            headers.iter().zip(*values).for_each(|(key, value)| each_of(key, value, &mut hear));
            return;
        }
    };
    let mut has_name = false;
    for (key, value) in members(record.text) {
        has_name |= value != "null" && keys::is_of(&folded(own(&key).name), keys::NAMES);
        each_of(&key, value, &mut hear);
    }
    if let Some(name) = record.name.clone().filter(|_| !has_name) {
        hear(keys::NAME_OF_RECORD, name);
    }
}

/// A key and its value; of a part of the record, each key that is a field.
fn each_of<'t>(key: &str, value: &'t str, hear: &mut impl FnMut(&str, Cow<'t, str>)) {
    let key = own(key).name;
    if value == "null" {
        hear(key, Cow::Borrowed(""));
        return;
    }
    let is_object = value.starts_with('{');
    if let Some(status) = status::within(value).filter(|_| is_object && registration::is_status(key)) {
        hear(key, status);
        return;
    }
    let text = if is_object { wrapped(value) } else { scalar(value) };
    let is_part = text.is_none() && is_object && !keys::is_identified(value);
    hear(key, text.unwrap_or(Cow::Borrowed(value)));
    if is_part {
        for (key, value) in members(value).filter(|(_, value)| *value != "null") {
            let key = own(&key).name;
            let text = if value.starts_with('{') { wrapped(value) } else { scalar(value) };
            match text {
                Some(text) if super::is_field(&folded(key)) => hear(key, text),
                Some(text) => {
                    status::answered(key, &text).into_iter().for_each(|status| hear(STATUS, Cow::Borrowed(status)))
                }
                None => {}
            }
        }
    }
}

/// The column of answers to the question whether a phone is registered.
const STATUS: &str = "Registration Status";

/// The cells of one record, each with its column.
pub(super) struct Cells<'t> {
    /// What each column says: a key that is said again and again is heard as often as a person could read it.
    cells: HashMap<usize, Said<'t>>,
    problem: Option<RowProblem>,
}

impl<'t> Cells<'t> {
    pub(super) fn of(row: &Row<'_, 't>, table: &RecordTable) -> Self {
        let (mut cells, mut problem): (HashMap<usize, Said<'t>>, _) = (HashMap::new(), None);
        each(row, |key, text| {
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
        // Of one key in several spellings, their order does not matter.
        self.cells.get(&column)?.texts().min().map(str::as_bytes)
    }

    pub(super) fn phone(&self, table: &RecordTable) -> Phone<'static> {
        let columns = &table.columns;
        let cells = |field| {
            columns.columns(field).iter().flat_map(move |column| {
                let mut texts: Vec<_> = self.cells.get(column).into_iter().flat_map(Said::texts).collect();
                texts.sort_unstable();
                texts.into_iter().map(move |text| columns.cell(field, *column, text.as_bytes()))
            })
        };
        columns.phone(cells, |column| self.first(column)).into_owned()
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
