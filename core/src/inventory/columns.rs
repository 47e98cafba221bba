//! Which column is read as what.

#[cfg(feature = "xlsx")]
use std::collections::BTreeSet;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::field::{folded, ranked};
use super::labels::LabelColumns;
use super::registration::Registration;
use super::{InventoryError, InventoryField, Keep, limits};
#[cfg(any(feature = "csv", feature = "arrow"))]
use super::{registration, row};
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::firmware::FirmwareType;
use crate::fleet::FleetColumn;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::Kept;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::RowLabel;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::phone::Phone;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::text::trim;
use crate::text::{Shown, listed};

/// The column that the caller wants a field to be read from, whatever the column is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenColumn {
    field: InventoryField,
    column: Option<String>,
}

impl ChosenColumn {
    /// This field is read from this column.
    pub fn new(field: InventoryField, column: impl Into<String>) -> Self {
        Self { field, column: Some(column.into()) }
    }

    /// This field is read from no column, even if one has its name.
    pub fn none(field: InventoryField) -> Self {
        Self { field, column: None }
    }

    /// Whether it is the column of this header.
    #[cfg(any(feature = "csv", feature = "xml"))]
    pub(super) fn is_of(&self, header: &str) -> bool {
        self.column.as_deref() == Some(header)
    }
}

/// What a row says of a phone that RisPort shows registered.
#[cfg(any(feature = "csv", feature = "arrow"))]
const ENTERPRISE: &str = FirmwareType::Enterprise.as_str();

/// The columns of a field, best rank first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldColumns {
    pub(super) field: InventoryField,
    pub(super) columns: Vec<usize>,
}

/// The columns that are read, best first: those whose cells many phones have in common, and those that name one phone.
pub(crate) struct PartedColumns {
    pub(crate) combination: Vec<(InventoryField, usize)>,
    /// The column that says whether phones are registered: it is a part of the combination where there is one.
    pub(crate) registration: Option<usize>,
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
}

/// The columns that the caller chose.
struct Chosen {
    /// Of each field of which something is said, the columns; none for a field that is read from no column.
    fields: BTreeMap<InventoryField, Vec<usize>>,
    columns: HashSet<usize>,
}

impl Chosen {
    fn find(headers: &[String], chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let mut found = Self { fields: BTreeMap::new(), columns: HashSet::new() };
        let mut positions: HashMap<&str, usize> = HashMap::new();
        if !chosen.is_empty() {
            for (column, name) in headers.iter().enumerate() {
                positions.entry(name).or_insert(column);
            }
        }
        for ChosenColumn { field, column } in chosen {
            let of_field = found.fields.entry(*field).or_default();
            let Some(column) = column else { continue };
            let Some(position) = positions.get(column.as_str()) else {
                let (field, column, found) = (*field, column.clone(), headers.to_vec());
                return Err(InventoryError::NoSuchColumn { field, column, found });
            };
            if found.columns.insert(*position) || !of_field.contains(position) {
                of_field.push(*position);
            }
        }
        Ok(found)
    }
}

impl ColumnReport {
    /// Finds the columns: those that the caller chose, and for the other fields those that have one of its names.
    pub(crate) fn find(headers: Vec<String>, chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        limits::check_columns(headers.len(), 1)?;
        let is_as_found = chosen.is_empty();
        let chosen = Chosen::find(&headers, chosen)?;
        // Behind the columns of a fleet come kept columns and results: their names make them no fields.
        let of_fleet = begins_as_fleet(&headers).then_some(FleetColumn::ALL.len());
        let named_columns = of_fleet.unwrap_or(headers.len());
        let folded: Vec<String> = headers.iter().take(named_columns).map(|header| folded(header)).collect();
        let mut named: BTreeMap<(InventoryField, usize), usize> = BTreeMap::new();
        // The first field that two columns could be, and the columns.
        let mut ambiguous: Option<((InventoryField, usize), [usize; 2])> = None;
        for (column, folded) in folded.iter().enumerate().filter(|(column, _)| !chosen.columns.contains(column)) {
            let Some(rank) = ranked(folded).filter(|(field, _)| !chosen.fields.contains_key(field)) else { continue };
            match named.get(&rank) {
                None => drop(named.insert(rank, column)),
                Some(first) if ambiguous.is_none_or(|(known, _)| rank < known) => {
                    ambiguous = Some((rank, [*first, column]));
                }
                Some(_) => {}
            }
        }
        if let Some(((field, _), [first, second])) = ambiguous {
            let [first, second] = [first, second].map(|column| headers.get(column).cloned().unwrap_or_default());
            return Err(InventoryError::Ambiguous { field, first, second });
        }
        let mut fields = Vec::new();
        for field in InventoryField::ALL {
            let named = named.range((*field, 0)..=(*field, usize::MAX)).map(|(_, column)| *column);
            let chosen = chosen.fields.get(field).into_iter().flatten().copied();
            let columns: Vec<usize> = chosen.chain(named).collect();
            if !columns.is_empty() {
                fields.push(FieldColumns { field: *field, columns });
            }
        }
        let is_of_fleet = is_as_found && of_fleet.is_some();
        if fields.is_empty() {
            return Err(InventoryError::NoColumn { found: headers });
        }
        let labels = LabelColumns::find(&folded);
        // The cells of a fleet were decided about when it was read.
        let has = |field| fields.iter().any(|columns: &FieldColumns| columns.field == field);
        let says_what_runs = has(InventoryField::Load) || has(InventoryField::Firmware);
        let registration = match of_fleet {
            None if says_what_runs => Registration::find(&folded, has(InventoryField::Load)),
            _ => None,
        };
        Ok(Self { headers, fields, labels, registration, is_of_fleet, kept: Vec::new() })
    }

    /// The report of a file without headers, in which every line is a MAC address.
    #[cfg(feature = "csv")]
    pub(crate) fn of_mac_list() -> Self {
        let fields = vec![FieldColumns { field: InventoryField::Mac, columns: vec![0] }];
        Self {
            headers: vec!["MAC".to_owned()],
            fields,
            labels: LabelColumns::default(),
            registration: None,
            is_of_fleet: false,
            kept: Vec::new(),
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

    /// What a row says in the kept columns.
    #[cfg(feature = "csv")]
    pub(crate) fn kept<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> Kept {
        let mut kept = Kept::default();
        for (name, column) in &self.kept {
            kept.say(name, &String::from_utf8_lossy(cell(*column).unwrap_or_default()));
        }
        kept
    }

    /// The headers that are kept, each with its name in results.
    pub fn kept_as(&self) -> impl Iterator<Item = (&str, &str)> {
        self.kept.iter().map(|(name, column)| (self.header(*column), &**name))
    }

    /// The columns of which [`label`](Self::label) reads cells.
    #[cfg(feature = "arrow")]
    pub(crate) fn label_columns(&self) -> impl Iterator<Item = usize> {
        let registration = self.registration.map(|registration| registration.column);
        let loads = self.columns_of_what_runs().filter(move |_| registration.is_some());
        self.labels.columns().chain(registration).chain(loads)
    }

    /// The columns that say what runs, best first.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    fn columns_of_what_runs(&self) -> impl Iterator<Item = usize> {
        let fields = InventoryField::ALL.iter().filter(|field| registration::says_what_runs(**field));
        fields.flat_map(|field| self.columns(*field)).copied()
    }

    /// The load of a row whose status says that its phone is gone.
    #[inline]
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn last_load<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> Option<&'a [u8]> {
        let registration = self.registration?;
        match registration.is_gone(cell(registration.column).unwrap_or_default()) {
            true => registration::first_said(self.columns_of_what_runs().filter_map(cell)),
            false => None,
        }
    }

    /// The columns that are read, in order, and the report of a table of nothing but these: a header may be far wider than
    /// what is read of its rows.
    #[cfg(feature = "xlsx")]
    pub(crate) fn narrowed(&self) -> (Vec<usize>, Self) {
        let fields = self.fields.iter().flat_map(|field| field.columns.iter().copied());
        let kept = self.kept.iter().map(|(_, column)| *column);
        let registration = self.registration.map(|registration| registration.column);
        let read: BTreeSet<usize> = fields.chain(self.labels.columns()).chain(registration).chain(kept).collect();
        let read: Vec<usize> = read.into_iter().collect();
        let place = |column: usize| read.partition_point(|other| *other < column);
        let moved = |of: &FieldColumns| {
            let columns = of.columns.iter().map(|column| place(*column)).collect();
            FieldColumns { field: of.field, columns }
        };
        let headers = read.iter().filter_map(|column| self.headers.get(*column).cloned()).collect();
        let fields = self.fields.iter().map(moved).collect();
        let kept = self.kept.iter().map(|(name, column)| (Arc::clone(name), place(*column))).collect();
        let narrow = Self {
            headers,
            fields,
            labels: self.labels.moved(place),
            registration: self.registration.map(|registration| registration.moved(place)),
            is_of_fleet: self.is_of_fleet,
            kept,
        };
        (read, narrow)
    }

    /// What a row says of its phone beside evidence.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn label<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> RowLabel {
        let load = self.last_load(&cell).map(String::from_utf8_lossy);
        let label = self.labels.label(cell);
        let status = registration::last_seen(label.status, load.as_deref().map(trim));
        RowLabel { status, ..label }
    }

    /// Whether a record is the header again: case and spaces do not matter.
    #[cfg(feature = "csv")]
    pub(crate) fn is_header(&self, cells: &csv::ByteRecord) -> bool {
        let is_same = |(cell, header): (&[u8], &String)| plain(cell).eq(plain(header.as_bytes()));
        cells.len() == self.headers.len() && cells.iter().zip(&self.headers).all(is_same)
    }

    /// The headers of the file.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The header of a column.
    pub(crate) fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    /// `pid from PID, Model; mac from Device Name; kept: Room, Location as site`.
    pub(super) fn in_a_line(&self) -> String {
        let told = |field: &InventoryField| {
            let headers = listed(self.read_from(*field), ", ", 0, shown);
            (!headers.is_empty()).then(|| format!("{field} from {headers}"))
        };
        let kept = (!self.kept.is_empty()).then(|| format!("kept: {}", self.told_kept()));
        InventoryField::ALL.iter().filter_map(told).chain(kept).collect::<Vec<_>>().join("; ")
    }

    /// `Room, Location as site`.
    fn told_kept(&self) -> String {
        listed(self.kept_as(), ", ", 0, |(header, name)| match header == name {
            true => shown(header),
            false => format!("{} as {}", shown(header), shown(name)),
        })
    }

    /// The headers that a field was read from, best first.
    pub fn read_from(&self, field: InventoryField) -> impl Iterator<Item = &str> {
        self.columns(field).iter().map(|column| self.headers[*column].as_str())
    }

    pub(crate) fn columns(&self, field: InventoryField) -> &[usize] {
        self.fields.iter().find(|columns| columns.field == field).map_or(&[], |columns| &columns.columns)
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

    /// The phone of a row with these cells, of which `status` says whether it is registered.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn phone<'a, C>(&self, cells: impl Fn(InventoryField) -> C, status: Option<row::Cell<'a>>) -> Phone<'a>
    where
        C: Iterator<Item = row::Cell<'a>>,
    {
        let Some(registration) = self.registration else {
            return if self.is_of_fleet { row::phone_of_fleet(cells) } else { row::phone(cells) };
        };
        let said = status.map_or(&b""[..], |status| status.bytes);
        let is_gone = registration.is_gone(said);
        let enterprise = status.filter(|_| registration.is_of_enterprise(said)).map(|status| status.saying(ENTERPRISE));
        row::phone(|field| {
            let is_last_seen = move |cell: &row::Cell<'a>| match field {
                // What phones call a version may be a load.
                InventoryField::Vid => row::is_load(cell),
                field => registration::says_what_runs(field),
            };
            let said = cells(field).filter(move |cell| !is_gone || !is_last_seen(cell));
            said.chain(enterprise.filter(|_| field == InventoryField::FirmwareType))
        })
    }

    /// The column that says whether phones are registered, if there is one beside what runs.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn registration(&self) -> Option<usize> {
        self.registration.map(|registration| registration.column)
    }

    /// The columns by what they do to an answer.
    pub(crate) fn parted(&self) -> PartedColumns {
        let of = |fits: fn(InventoryField) -> bool| {
            let fields = InventoryField::ALL.iter().copied().filter(move |field| fits(*field));
            fields.flat_map(|field| self.columns(field).iter().map(move |column| (field, *column))).collect()
        };
        PartedColumns {
            combination: of(|field| !matches!(field, InventoryField::Mac | InventoryField::Serial)),
            registration: self.registration.map(|registration| registration.column),
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

impl fmt::Display for ColumnReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  Columns")?;
        // Only files of crossgrade have a column of contradictions; nobody misses it elsewhere.
        let is_missed = |field: &&InventoryField| **field != InventoryField::Contradictions;
        for field in InventoryField::ALL.iter().filter(|field| is_missed(field) || !self.columns(**field).is_empty()) {
            let from = listed(self.read_from(*field), ", where empty ", 0, shown);
            let from = if self.columns(*field).is_empty() { "no column" } else { &from };
            writeln!(f, "    {:<14} {from}", field.as_str())?;
        }
        if !self.kept.is_empty() {
            writeln!(f, "    {:<14} {}", "kept", self.told_kept())?;
        }
        if self.not_read().next().is_some() {
            writeln!(f, "    {:<14} {}", "not read", listed(self.not_read(), ", ", 0, shown))?;
        }
        Ok(())
    }
}

/// Whether the first columns are those of [`FleetColumn`], in its order: nobody else writes such a header.
fn begins_as_fleet(headers: &[String]) -> bool {
    let first = headers.get(..FleetColumn::ALL.len());
    first.is_some_and(|first| first.iter().zip(FleetColumn::ALL).all(|(header, column)| header == column.as_str()))
}

/// A header as a person is shown it.
fn shown(header: &str) -> String {
    Shown::new(header).to_string()
}

#[cfg(feature = "csv")]
fn plain(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase)
}
