//! Records as rows of one table: the keys of all of them are its columns.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::firmware::LoadName;
use crate::fleet::{FleetColumn, Kept, RowLabel};
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::{is_udi, ranked};
use crate::inventory::records::members::{members, scalar, wrapped};
use crate::inventory::records::own_keys::{self, own};
use crate::inventory::records::{Record, keys, registration_status};
use crate::inventory::registration;
use crate::inventory::said_in_document::Said;
use crate::inventory::table::{as_product, is_sum};
use crate::inventory::{ChosenColumn, ColumnReport, InventoryError, InventoryField, Keep, RowProblem, limits};
use crate::phone::Phone;
use crate::text::{FieldText, trim};

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
        let mut spell = |key: &str| match self.spelled.entry(key_of(key)) {
            Entry::Vacant(entry) => drop(entry.insert(key.to_owned())),
            Entry::Occupied(mut entry) => {
                if key < entry.get().as_str() {
                    entry.insert(key.to_owned());
                }
            }
        };
        match row {
            // The names of a table stand once, and not each row has a value below all of them.
            Row::Values { headers, .. } if !std::mem::replace(&mut self.is_heard, true) => {
                limits::check_columns(headers.len(), 1)?;
                headers.iter().for_each(|key| spell(own(key).name));
                each(row, |key, _| spell(key), |_| {});
            }
            Row::Values { .. } => {}
            Row::Record(_) => each(row, |key, _| spell(key), |_| {}),
        }
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
/// Of parts, what reads as what runs and is not heard goes to `skip`.
fn each<'t>(row: &Row<'_, 't>, mut hear: impl FnMut(&str, Cow<'t, str>), mut skip: impl FnMut(String)) {
    let record = match row {
        Row::Record(record) => record,
        Row::Values { headers, values } => {
            headers.iter().zip(*values).for_each(|(key, value)| each_of(key, value, &mut hear, &mut skip));
            return;
        }
    };
    let mut has_name = false;
    for (key, value) in members(record.text) {
        has_name |= value != "null" && keys::is_of(&folded(own(&key).name), keys::NAMES);
        each_of(&key, value, &mut hear, &mut skip);
    }
    if let Some(name) = record.name.clone().filter(|_| !has_name) {
        hear(keys::NAME_OF_RECORD, name);
    }
}

/// A key and its value; of a part of the record, each key that is a field.
fn each_of<'t>(key: &str, value: &'t str, hear: &mut impl FnMut(&str, Cow<'t, str>), skip: &mut impl FnMut(String)) {
    let key = own(key).name;
    if matches!(value, "null" | "[]" | "{}") {
        hear(key, Cow::Borrowed(""));
        return;
    }
    let is_object = value.starts_with('{');
    if let Some(status) = registration_status::within(value).filter(|_| is_object && registration::is_status(key)) {
        hear(key, status);
        return;
    }
    let text = if is_object { wrapped(value) } else { scalar(value) };
    let is_part = text.is_none() && is_object;
    hear(key, text.unwrap_or(Cow::Borrowed(value)));
    if !is_part {
        return;
    }
    let is_own = own_keys::is_part(key);
    let is_other = keys::is_identified(value) || !is_own && is_identified_by_field(value);
    for (name, value) in members(value).filter(|(_, value)| *value != "null") {
        let name = own(&name).name;
        let Some(text) = (if value.starts_with('{') { wrapped(value) } else { scalar(value) }) else { continue };
        // What a phone is configured with, had before or shall get runs on none, and what another device says is not said of it.
        if is_other || !is_own && says_what_runs(name, &text) {
            if LoadName::read(trim(&text).as_bytes()).is_ok() {
                skip(format!("{key}.{name}"));
            }
        } else if super::is_field(&folded(name)) || is_own && registration::is_status(name) {
            hear(name, text);
        } else {
            registration_status::answered(name, &text)
                .into_iter()
                .for_each(|status| hear(STATUS, Cow::Borrowed(status)));
        }
    }
}

/// Whether a part says by itself which product it is, or which device.
fn is_identified_by_field(part: &str) -> bool {
    const IDENTITY: [InventoryField; 3] = [InventoryField::Pid, InventoryField::Mac, InventoryField::Serial];
    members(part).any(|(key, value)| {
        let key = own(&key).name;
        value != "null" && (is_udi(key) || ranked(key).is_some_and(|(field, _)| IDENTITY.contains(&field)))
    })
}

/// Whether a member of a part says which firmware runs, or of which type it is.
fn says_what_runs(key: &str, text: &str) -> bool {
    const FIELDS: [InventoryField; 3] = [InventoryField::Load, InventoryField::Firmware, InventoryField::FirmwareType];
    ranked(key).is_some_and(|(field, _)| FIELDS.contains(&field)) || LoadName::read(trim(text).as_bytes()).is_ok()
}

/// The column of answers to the question whether a phone is registered.
const STATUS: &str = "Registration Status";

/// The cells of one record, each with its column.
pub(super) struct Cells<'t> {
    /// What each column says: a key that is said again and again is heard as often as a person could read it.
    cells: HashMap<usize, Said<'t>>,
    problem: Option<RowProblem>,
    /// Keys of parts below which loads stand that are not read.
    pub(super) skipped: Vec<String>,
}

impl<'t> Cells<'t> {
    pub(super) fn of(row: &Row<'_, 't>, table: &RecordTable) -> Self {
        let (mut cells, mut problem): (HashMap<usize, Said<'t>>, _) = (HashMap::new(), None);
        let mut skipped = Vec::new();
        let hear = |key: &str, text: Cow<'t, str>| {
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
        };
        each(row, hear, |key| skipped.push(key));
        Self { cells, problem, skipped }
    }

    /// Whether the row adds up a list, and what it says then.
    pub(super) fn sum(&self, table: &RecordTable) -> Option<String> {
        let products = table.columns.columns(InventoryField::Pid);
        let columns: BTreeMap<_, _> = self.cells.iter().collect();
        let cells = || columns.iter().flat_map(|(column, said)| said.texts().map(move |text| (**column, text)));
        is_sum(cells().map(|(column, text)| (products.contains(&column), text)))
            .then(|| as_product(cells().map(|(_, text)| text).collect::<Vec<_>>().join(",")))
    }

    pub(super) fn problem(&self) -> Option<RowProblem> {
        self.problem
    }

    pub(super) fn first(&self, column: usize) -> Option<&[u8]> {
        // Of one key in several spellings, their order does not matter.
        self.cells.get(&column)?.texts().min().map(str::as_bytes)
    }

    /// All that the row says.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.values().flat_map(Said::texts).map(str::as_bytes)
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
