//! Which column is read as what.

#[cfg(feature = "xlsx")]
use std::collections::BTreeSet;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::field::{RankKind, is_udi, ranked};
use super::keep::comma_separated;
use super::labels::LabelColumns;
use super::registration::Registration;
use super::{Inventory, InventoryError, InventoryField, Keep, configured, limits};
#[cfg(any(feature = "csv", feature = "arrow"))]
use super::{everyday, registration, row, udi};
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::firmware::FirmwareType;
use crate::fleet::FleetColumn;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::Kept;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::RowLabel;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::phone::Phone;
use crate::text::{Shown, listed, trim};

/// The column that the caller wants a field to be read from, whatever the column is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenColumn {
    field: InventoryField,
    column: Option<String>,
    is_optional: bool,
}

impl ChosenColumn {
    /// This field is read from this column.
    pub fn new(field: InventoryField, column: impl Into<String>) -> Self {
        Self { field, column: Some(column.into()), is_optional: false }
    }

    /// This field is read from no column, even if one has its name.
    pub fn none(field: InventoryField) -> Self {
        Self { field, column: None, is_optional: false }
    }

    /// The columns that these texts name, each of which may be several with commas between: `pid=Part No,mac=Address`. A comma of a
    /// header has a backslash in front. `mac=` reads the field from no column.
    ///
    /// # Errors
    /// [`InventoryError::ChosenText`] for a text without `=`, or without the name of a field in front.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::{ChosenColumn, InventoryField};
    ///
    /// let columns = ChosenColumn::of_texts(["pid=Part No,mac=", "serial=Nr"])?;
    /// assert_eq!(columns[0], ChosenColumn::new(InventoryField::Pid, "Part No"));
    /// assert_eq!(columns[1], ChosenColumn::none(InventoryField::Mac));
    /// assert!(ChosenColumn::of_texts(["product=Part No"]).unwrap_err().to_string().contains("expected pid, vid, mac"));
    /// # Ok::<(), crossgrade::inventory::InventoryError>(())
    /// ```
    pub fn of_texts(texts: impl IntoIterator<Item: AsRef<str>>) -> Result<Vec<Self>, InventoryError> {
        let mut columns = Vec::new();
        for text in texts {
            for text in comma_separated(text.as_ref()) {
                columns.push(text.parse()?);
            }
        }
        Ok(columns)
    }

    /// The field.
    pub fn field(&self) -> InventoryField {
        self.field
    }

    /// The header of the column; nothing for none.
    pub fn header(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The same for one table of several: one that lacks the column is read as if nothing were said of it. Ask
    /// [`check`](Self::check) when all are read.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// Refuses an inventory if one of these columns is in none of its tables.
    ///
    /// # Errors
    /// [`InventoryError::NoSuchColumn`] with the headers that there are.
    pub fn check(columns: &[Self], inventory: &Inventory) -> Result<(), InventoryError> {
        let headers = || inventory.columns.iter().flat_map(|(_, columns)| columns.headers());
        for Self { field, column, .. } in columns {
            let Some(column) = column else { continue };
            if !headers().any(|header| header == column) {
                let mut found: Vec<String> = headers().cloned().collect();
                found.truncate(limits::COLUMNS);
                return Err(InventoryError::NoSuchColumn { field: *field, column: column.clone(), found });
            }
        }
        Ok(())
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

/// A field, an equals sign, and the header of its column, which may hold equals signs of its own; nothing for no column.
impl FromStr for ChosenColumn {
    type Err = InventoryError;

    fn from_str(text: &str) -> Result<Self, InventoryError> {
        let refused = || InventoryError::ChosenText { text: text.to_owned() };
        let (field, column) = text.split_once('=').ok_or_else(refused)?;
        let field = field.parse().map_err(|_| refused())?;
        Ok(match trim(column) {
            "" => Self::none(field),
            column => Self::new(field, column),
        })
    }
}

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
    /// Columns of one rank, of which the first that says something counts.
    repeated: Vec<Vec<usize>>,
    /// Columns of loads that are configured, and no evidence of what runs.
    configured: Vec<usize>,
    /// Columns that say a product, a VID and a serial number each.
    udi: Vec<usize>,
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
        for ChosenColumn { field, column, is_optional } in chosen {
            let position = column.as_ref().map(|column| (column, positions.get(column.as_str())));
            if *is_optional && matches!(position, Some((_, None))) {
                continue;
            }
            let of_field = found.fields.entry(*field).or_default();
            let Some((column, position)) = position else { continue };
            let Some(position) = position else {
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
        let (is_as_found, choice) = (chosen.is_empty(), chosen);
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
        check_best_ranks(&headers, &named)?;
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
            let is_everyday = |(_, rank): &(InventoryField, usize)| kind(*field, *rank) == RankKind::Everyday;
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
        let configured = match registration.is_none() && configured::are_of_database(named_headers) {
            true => configured::take(&mut fields, &headers, choice, is_running),
            false => Vec::new(),
        };
        Ok(Self { headers, fields, labels, registration, is_of_fleet, kept: Vec::new(), repeated, configured, udi })
    }

    /// The same of a table that Unified CM's database shows: of loads it knows what is configured, and nothing else.
    #[cfg(feature = "csv")]
    pub(crate) fn of_database(mut self, chosen: &[ChosenColumn]) -> Self {
        let configured = configured::take(&mut self.fields, &self.headers, chosen, |_, _| false);
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
        let loads = self.columns_of_what_runs().map(|(_, column)| column).filter(move |_| registration.is_some());
        self.labels.columns().chain(registration).chain(loads)
    }

    /// The columns that say what runs, best first.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    fn columns_of_what_runs(&self) -> impl Iterator<Item = (InventoryField, usize)> {
        let fields = InventoryField::ALL.iter().filter(|field| registration::says_what_runs(**field));
        fields.flat_map(|field| self.columns(*field).iter().map(|column| (*field, *column)))
    }

    /// The load of a row whose status says that its phone is gone.
    #[inline]
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn last_load<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> Option<&'a [u8]> {
        let registration = self.registration?;
        match registration.is_gone(cell(registration.column).unwrap_or_default()) {
            true => {
                let of_field = |(field, column)| {
                    let said = cell(column)?;
                    (!self.is_everyday(field, column) || everyday::counts(field, said)).then_some(said)
                };
                registration::first_said(self.columns_of_what_runs().filter_map(of_field))
            }
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

    /// A column as a person is told of it: `Platform (where it reads so)`.
    fn told(&self, field: InventoryField, column: usize) -> String {
        let header = shown(self.header(column));
        let is_everyday = self.fields.iter().any(|columns| columns.field == field && columns.is_everyday(column));
        if is_everyday { format!("{header} (only cells that read so)") } else { header }
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

    /// Whether a header names a field by a word that means nothing else.
    #[cfg(feature = "csv")]
    pub(crate) fn names_a_field(&self) -> bool {
        self.fields.iter().any(|field| field.columns.len() > field.everyday)
    }

    /// A cell of a column that is read as this field.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn cell<'a>(&'a self, field: InventoryField, column: usize, bytes: &'a [u8]) -> row::Cell<'a> {
        let bytes = if self.udi.contains(&column) { udi::part(field, bytes) } else { bytes };
        row::Cell::of_column(bytes, self.header(column), self.is_everyday(field, column))
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

    /// What a person should know of the columns: those of which only the first that says something counts, and loads that are
    /// configured.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let repeated = self.repeated.iter().map(|columns| {
            format!("columns {} say the same thing: the first that says something counts", self.quoted(columns))
        });
        let columns = if self.configured.len() == 1 { "column" } else { "columns" };
        let configured = (!self.configured.is_empty()).then(|| {
            format!(
                "{columns} {}: of loads, the database of Unified CM knows what is configured, which is no evidence of what runs",
                self.quoted(&self.configured)
            )
        });
        repeated.chain(configured)
    }

    /// `"Load", "Firmware"`
    fn quoted(&self, columns: &[usize]) -> String {
        listed(columns.iter().map(|column| self.header(*column)), ", ", 0, |header| Shown::quoted(header).to_string())
    }

    /// The note for a person whose table has no product in any row.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn without_product(&self) -> String {
        let found = listed(self.headers.iter(), ", ", 0, |header| Shown::quoted(header).to_string());
        format!(
            "no column says which product a phone is, and so this table alone decides nothing; it has {found}; {NAME_IT}"
        )
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
            let from = listed(self.columns(*field).iter(), ", where empty ", 0, |column| self.told(*field, *column));
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

/// What a column of `udi` says.
const SAID_BY_UDI: [InventoryField; 3] = [InventoryField::Pid, InventoryField::Vid, InventoryField::Serial];

/// How a caller says which column is which.
pub(super) const NAME_IT: &str = "say which column is which: --columns pid=HEADER on a command line, \
                                  columns={\"pid\": HEADER} in Python, \"pid=HEADER\" in columns in C, \
                                  ChosenColumn::new in Rust";

/// What the headers of this rank are worth.
fn kind(field: InventoryField, rank: usize) -> RankKind {
    field.ranks().get(rank).map_or(RankKind::Known, |rank| rank.kind)
}

/// Refuses a table in which two columns could equally be a field: those of the best rank that it has, if such a header is known
/// to mean the field. Below it, the first that says something counts, and what two say differently is told of the phone.
fn check_best_ranks(
    headers: &[String],
    named: &BTreeMap<(InventoryField, usize), Vec<usize>>,
) -> Result<(), InventoryError> {
    let mut best = None;
    for ((field, rank), columns) in named {
        if best.replace(*field) == Some(*field) || kind(*field, *rank) != RankKind::Known {
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

/// A header as a person is shown it.
fn shown(header: &str) -> String {
    Shown::new(header).to_string()
}

#[cfg(feature = "csv")]
fn plain(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase)
}
