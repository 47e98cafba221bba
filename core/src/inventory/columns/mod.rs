//! Which column is read as what.

#[cfg(any(feature = "csv", feature = "arrow"))]
mod cells_of_row;
mod chosen_columns;
mod column_report;
mod configured_loads;

#[cfg(feature = "xlsx")]
use std::collections::BTreeSet;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::header_rank::RankKind;
use super::known_headers::{is_udi, ranked};
use super::registration::Registration;
use super::row_labels::LabelColumns;
use super::{InventoryError, InventoryField, Keep, limits, neighbors};
use crate::fleet::FleetColumn;
use chosen_columns::Chosen;
pub use chosen_columns::ChosenColumn;
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(super) use column_report::reads_as_phone;
pub(super) use column_report::{NAME_IT, cure};

/// The columns of a field, best rank first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldColumns {
    pub(super) field: InventoryField,
    pub(super) columns: Vec<usize>,
    /// How many of them, the last ones, have everyday words as headers.
    pub(super) everyday: usize,
}

impl FieldColumns {
    fn is_everyday(&self, column: usize) -> bool {
        self.columns.iter().rev().take(self.everyday).any(|everyday| *everyday == column)
    }
}

/// The columns that are read, best first: those whose cells many phones have in common, and those that name one phone.
pub(crate) struct PartedColumns {
    pub(crate) combination: Vec<(InventoryField, usize)>,
    /// The columns that say whether phones are registered: they are a part of the combination.
    pub(crate) registration: Vec<usize>,
    pub(crate) macs: Vec<(InventoryField, usize)>,
    pub(crate) serials: Vec<(InventoryField, usize)>,
}

/// Which column of an inventory was read as what; printed for people. [`InventoryField`] says by which headers columns are
/// found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReport {
    headers: Vec<String>,
    fields: Vec<FieldColumns>,
    labels: LabelColumns,
    registration: Option<Registration>,
    /// The columns are those that crossgrade writes of a fleet.
    is_of_fleet: bool,
    /// The kept columns, each with its name in results.
    kept: Vec<(Arc<str>, usize)>,
    /// Columns of one rank, of which the first that says something counts.
    repeated: Vec<Vec<usize>>,
    /// Columns of loads that are configured, and no evidence of what runs.
    configured: Vec<usize>,
    /// Columns that say a product, a VID and a serial number each.
    udi: Vec<usize>,
}

impl ColumnReport {
    /// Finds the columns: those that the caller chose, and for the other fields those that have one of its names.
    pub(crate) fn find(headers: Vec<String>, chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        Self::found(headers, chosen, true)
    }

    /// The same for records, of which each may have other keys: several may be one field, and what one record says under two of
    /// them is told where they differ.
    #[cfg(feature = "inventory")]
    pub(crate) fn find_keys(keys: Vec<String>, chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        Self::found(keys, chosen, false)
    }

    fn found(headers: Vec<String>, chosen: &[ChosenColumn], is_table: bool) -> Result<Self, InventoryError> {
        limits::check_columns(headers.len(), 1)?;
        let (is_as_found, choice) = (chosen.is_empty(), chosen);
        // Who names columns knows what the table is.
        if is_as_found {
            neighbors::check(&headers)?;
        }
        let chosen = Chosen::find(&headers, chosen)?;
        // Behind the columns of a fleet come kept columns and results: their names make them no fields.
        let of_fleet = begins_as_fleet(&headers).then_some(FleetColumn::ALL.len());
        let named_columns = of_fleet.unwrap_or(headers.len());
        let named_headers = headers.get(..named_columns).unwrap_or_default();
        let mut named: BTreeMap<(InventoryField, usize), Vec<usize>> = BTreeMap::new();
        for (column, header) in named_headers.iter().enumerate().filter(|(column, _)| !chosen.columns.contains(column))
        {
            if let Some(rank) = ranked(header).filter(|(field, _)| !chosen.fields.contains_key(field)) {
                named.entry(rank).or_default().push(column);
            }
        }
        if is_table {
            check_best_ranks(&headers, &named)?;
        }
        let udi: Vec<usize> = named_headers
            .iter()
            .enumerate()
            .filter_map(|(column, header)| (is_udi(header) && !chosen.columns.contains(&column)).then_some(column))
            .collect();
        let mut fields = Vec::new();
        for field in InventoryField::ALL {
            let is_of_udi = SAID_BY_UDI.contains(field) && !chosen.fields.contains_key(field);
            let of_udi = udi.iter().copied().filter(|_| is_of_udi);
            let named = || named.range((*field, 0)..=(*field, usize::MAX));
            let chosen = chosen.fields.get(field).into_iter().flatten().copied();
            let columns: Vec<usize> =
                chosen.chain(of_udi).chain(named().flat_map(|(_, columns)| columns.iter().copied())).collect();
            let is_everyday = |(_, rank): &(InventoryField, usize)| field.is_everyday(*rank);
            let everyday = named().filter(|(rank, _)| is_everyday(rank)).map(|(_, columns)| columns.len()).sum();
            if !columns.is_empty() {
                fields.push(FieldColumns { field: *field, columns, everyday });
            }
        }
        let is_of_fleet = is_as_found && of_fleet.is_some();
        let says_running_firmware = named.contains_key(&(InventoryField::Firmware, 0));
        if fields.is_empty() {
            return Err(InventoryError::NoColumn { found: headers });
        }
        let labels = LabelColumns::find(named_headers);
        // The cells of a fleet were decided about when it was read.
        let has = |field| fields.iter().any(|columns: &FieldColumns| columns.field == field);
        let says_what_runs = has(InventoryField::Load) || has(InventoryField::Firmware);
        let registration = match of_fleet {
            // `Active Firmware` is no column of an asset list.
            None if says_what_runs => {
                Registration::find(named_headers, has(InventoryField::Load) || says_running_firmware)
            }
            _ => None,
        };
        let repeated = named.into_values().filter(|columns| columns.len() > 1);
        let repeated = repeated.chain(labels.repeated().map(<[_]>::to_vec)).collect();
        let is_running =
            |field: InventoryField, rank: usize| field.ranks().get(rank).is_some_and(|rank| rank.is_running);
        let configured = match registration.is_none() && configured_loads::are_of_database(named_headers) {
            true => configured_loads::take(&mut fields, &headers, choice, is_running),
            false => Vec::new(),
        };
        Ok(Self { headers, fields, labels, registration, is_of_fleet, kept: Vec::new(), repeated, configured, udi })
    }

    /// The same of a table that Unified CM's database shows: of loads it knows what is configured, and nothing else.
    #[cfg(feature = "csv")]
    pub(crate) fn of_database(mut self, chosen: &[ChosenColumn]) -> Self {
        let configured = configured_loads::take(&mut self.fields, &self.headers, chosen, |_, _| false);
        self.configured.extend(configured);
        self
    }

    /// The report of a file without headers, in which every line is a MAC address.
    #[cfg(feature = "csv")]
    pub(crate) fn of_mac_list() -> Self {
        let fields = vec![FieldColumns { field: InventoryField::Mac, columns: vec![0], everyday: 0 }];
        Self {
            headers: vec!["MAC".to_owned()],
            fields,
            labels: LabelColumns::default(),
            registration: None,
            is_of_fleet: false,
            kept: Vec::new(),
            repeated: Vec::new(),
            configured: Vec::new(),
            udi: Vec::new(),
        }
    }

    /// The same, of which these columns are kept, as far as they are there.
    ///
    /// # Errors
    /// If two columns could be the same kept one.
    pub(crate) fn keeping(self, keep: &Keep) -> Result<Self, InventoryError> {
        Ok(Self { kept: keep.find(&self.headers)?, ..self })
    }

    /// The names of the kept columns that are there.
    pub(crate) fn kept_names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.kept.iter().map(|(name, _)| name)
    }

    /// The kept columns themselves.
    #[cfg(feature = "arrow")]
    pub(crate) fn kept_columns(&self) -> &[(Arc<str>, usize)] {
        &self.kept
    }

    /// The headers that are kept, each with its name in results.
    pub fn kept_as(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_first = |index: &usize| *index == 0 || self.kept[index - 1].0 != self.kept[*index].0;
        let kept = self.kept.iter().enumerate().filter(move |(index, _)| is_first(index));
        kept.map(|(_, (name, column))| (self.header(*column), &**name))
    }

    /// The columns that are read, in order, and the report of a table of nothing but these: a header may be far wider than
    /// what is read of its rows.
    #[cfg(feature = "xlsx")]
    pub(crate) fn narrowed(&self) -> (Vec<usize>, Self) {
        let fields = self.fields.iter().flat_map(|field| field.columns.iter().copied());
        let kept = self.kept.iter().map(|(_, column)| *column);
        let registration = self.registration.into_iter().flat_map(Registration::columns);
        let read: BTreeSet<usize> = fields.chain(self.labels.columns()).chain(registration).chain(kept).collect();
        let read: Vec<usize> = read.into_iter().collect();
        let place = |column: usize| read.partition_point(|other| *other < column);
        let moved = |of: &FieldColumns| {
            let columns = of.columns.iter().map(|column| place(*column)).collect();
            FieldColumns { field: of.field, columns, everyday: of.everyday }
        };
        let headers = read.iter().filter_map(|column| self.headers.get(*column).cloned()).collect();
        let fields = self.fields.iter().map(moved).collect();
        let kept = self.kept.iter().map(|(name, column)| (Arc::clone(name), place(*column))).collect();
        let (labels, is_of_fleet) = (self.labels.moved(place), self.is_of_fleet);
        // What is told of the columns is told of the whole header.
        let registration = self.registration.map(|registration| registration.moved(place));
        let (repeated, configured) = Default::default();
        let udi = self.udi.iter().map(|column| place(*column)).collect();
        let narrow = Self { headers, fields, labels, registration, is_of_fleet, kept, repeated, configured, udi };
        (read, narrow)
    }

    /// The headers of the file.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The header of a column.
    pub(crate) fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    /// The headers that a field was read from, best first.
    pub fn read_from(&self, field: InventoryField) -> impl Iterator<Item = &str> {
        self.columns(field).iter().map(|column| self.headers[*column].as_str())
    }

    pub(crate) fn columns(&self, field: InventoryField) -> &[usize] {
        self.fields.iter().find(|columns| columns.field == field).map_or(&[], |columns| &columns.columns)
    }

    /// Whether a header names a field by a word that means nothing else.
    #[cfg(feature = "csv")]
    pub(crate) fn names_a_field(&self) -> bool {
        self.fields.iter().any(|field| field.columns.len() > field.everyday)
    }

    /// Whether a column says more than one field.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn is_of_udi(&self, column: usize) -> bool {
        self.udi.contains(&column)
    }

    /// Whether a column is read as this field only where its cells read so.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn is_everyday(&self, field: InventoryField, column: usize) -> bool {
        self.fields.iter().any(|columns| columns.field == field && columns.is_everyday(column))
    }

    /// The best of the columns that are read: that of the product, if there is one.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn best(&self) -> usize {
        self.fields.iter().flat_map(|field| &field.columns).next().copied().unwrap_or_default()
    }

    /// Whether the columns are those that crossgrade writes of a fleet.
    #[cfg(feature = "csv")]
    pub(crate) fn is_of_fleet(&self) -> bool {
        self.is_of_fleet
    }

    /// The columns by what they do to an answer.
    pub(crate) fn parted(&self) -> PartedColumns {
        let of = |fits: fn(InventoryField) -> bool| {
            let fields = InventoryField::ALL.iter().copied().filter(move |field| fits(*field));
            fields.flat_map(|field| self.columns(field).iter().map(move |column| (field, *column))).collect()
        };
        PartedColumns {
            combination: of(|field| !matches!(field, InventoryField::Mac | InventoryField::Serial)),
            registration: self.registration.into_iter().flat_map(Registration::columns).collect(),
            macs: of(|field| field == InventoryField::Mac),
            serials: of(|field| field == InventoryField::Serial),
        }
    }

    /// The headers that were read as nothing, and are not kept.
    pub fn not_read(&self) -> impl Iterator<Item = &str> {
        let kept = self.kept.iter().map(|(_, column)| *column);
        let fields = self.fields.iter().flat_map(|field| field.columns.iter().copied());
        let read: HashSet<usize> = fields.chain(kept).collect();
        self.headers
            .iter()
            .enumerate()
            .filter(move |(index, _)| !read.contains(index))
            .map(|(_, header)| header.as_str())
    }
}

/// What a column of `udi` says.
const SAID_BY_UDI: [InventoryField; 3] = [InventoryField::Pid, InventoryField::Vid, InventoryField::Serial];

/// What the headers of this rank are worth.
/// Refuses a table in which two columns could equally be a field: those of the best rank that it has, if such a header is known
/// to mean the field. Below it, the first that says something counts, and what two say differently is told of the phone.
fn check_best_ranks(
    headers: &[String],
    named: &BTreeMap<(InventoryField, usize), Vec<usize>>,
) -> Result<(), InventoryError> {
    let mut best = None;
    for ((field, rank), columns) in named {
        if best.replace(*field) == Some(*field) || field.kind(*rank) != RankKind::Known {
            continue;
        }
        if let [first, second, ..] = columns[..] {
            let [first, second] = [first, second].map(|column| headers.get(column).cloned().unwrap_or_default());
            return Err(InventoryError::Ambiguous { field: *field, first, second });
        }
    }
    Ok(())
}

/// Whether the first columns are those of [`FleetColumn`], in its order: nobody else writes such a header.
fn begins_as_fleet(headers: &[String]) -> bool {
    let first = headers.get(..FleetColumn::ALL.len());
    first.is_some_and(|first| first.iter().zip(FleetColumn::ALL).all(|(header, column)| header == column.as_str()))
}
