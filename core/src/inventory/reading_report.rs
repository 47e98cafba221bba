use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::kept_columns_chosen::KeptReport;
use super::{BrokenRow, ColumnReport, Document, InventoryError, Keep};
use crate::assess::Field;
use crate::fleet::{Fleet, FleetRow, Origin, Source, SourceKind};
use crate::phone::Evidence;
use crate::text::{MOST_LINES, Shown};

/// What was read: the phones, and everything that a person should know of the reading.
///
/// No row is lost: [`Inventory::rows_read`] is the number of phones plus [`Inventory::rows_joined`]. If the file breaks off,
/// the rows before the cut are here, and [`Inventory::cuts`] says where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    pub(crate) fleet: Fleet,
    pub(crate) rows_read: u64,
    pub(crate) rows_joined: u64,
    pub(super) broken: Vec<(usize, BrokenRow)>,
    pub(super) cut: Vec<(usize, InventoryError)>,
    pub(super) notes: Vec<(usize, String)>,
    /// Notes without which the rest misleads: they stand in front.
    loud: Vec<(usize, String)>,
    /// Notes of what is no source, such as a sheet that is not read.
    about: Vec<About>,
    pub(super) columns: Vec<(usize, ColumnReport)>,
    pub(super) kept: KeptReport,
    /// A note tells that the source found more devices than it gave.
    pub(super) tells_missing: bool,
    #[cfg(any(feature = "csv", feature = "xml"))]
    pub(super) encoding: Option<super::Encoding>,
}

/// A note of what is no source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct About {
    name: String,
    note: String,
    is_loud: bool,
}

impl Inventory {
    /// Phones that the caller read, as one source of a [`merge`](crate::merge::merge()).
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::Inventory;
    /// use crossgrade::fleet::{Source, SourceKind};
    /// use crossgrade::{FleetRow, Phone};
    ///
    /// let row = FleetRow::new(1, Phone::new("CP-8841-K9=").mac("00CCFC123456"));
    /// let inventory = Inventory::of(Source::new(SourceKind::Table, "asset database"), [row]);
    /// assert_eq!(inventory.rows_read(), 1);
    /// ```
    pub fn of(source: Source, rows: impl IntoIterator<Item = FleetRow>) -> Self {
        let mut inventory = Self { fleet: Fleet::of(vec![source], Vec::new()), ..Self::nothing() };
        rows.into_iter().for_each(|row| inventory.push(row, None));
        inventory
    }

    /// The same with the columns that it was read from.
    #[cfg(feature = "arrow")]
    pub(crate) fn with_columns(self, columns: ColumnReport) -> Self {
        Self { columns: vec![(0, columns)], ..self }
    }

    /// The same, of which these columns are kept, as far as this table has them.
    ///
    /// # Errors
    /// If one of them has to be there, and is not.
    pub(crate) fn keeping(mut self, keep: &Keep, columns: &ColumnReport) -> Result<Self, InventoryError> {
        if keep.is_empty() {
            return Ok(self);
        }
        columns.kept_names().for_each(|name| self.kept.found(name));
        columns.headers().iter().for_each(|header| self.kept.there(header));
        self.asked_to_keep(keep)
    }

    /// The same for devices of which some have what these names stand for.
    ///
    /// # Errors
    /// As [`keeping`](Self::keeping); of no devices nobody knows what they have.
    #[cfg(any(feature = "xml", feature = "webex"))]
    pub(super) fn keeping_of_devices(
        mut self,
        keep: &Keep,
        found: &[bool],
        there: impl IntoIterator<Item: AsRef<str>>,
    ) -> Result<Self, InventoryError> {
        if keep.is_empty() {
            return Ok(self);
        }
        let is_of_none = self.rows_read == 0;
        let found = keep.columns().iter().zip(found).filter(|(_, is_found)| **is_found || is_of_none);
        found.for_each(|(column, _)| self.kept.found(column.shared_name()));
        there.into_iter().for_each(|name| self.kept.there(name.as_ref()));
        self.asked_to_keep(keep)
    }

    pub(super) fn asked_to_keep(mut self, keep: &Keep) -> Result<Self, InventoryError> {
        let names = keep.columns().iter().map(|column| column.shared_name());
        self.fleet = std::mem::take(&mut self.fleet).keeping(names);
        keep.check_required(&self)?;
        Ok(self)
    }

    /// Nothing yet from this document.
    pub(super) fn begin(kind: SourceKind, document: &Document<'_>) -> Self {
        Self { fleet: Fleet::of(vec![document.source(kind)], Vec::new()), ..Self::nothing() }
    }

    /// The same rows, of this source instead of their only one.
    #[cfg(feature = "xlsx")]
    pub(super) fn set_source(&mut self, source: Source) {
        let (_, rows, kept) = std::mem::take(&mut self.fleet).into_parts();
        self.fleet = Fleet::of(vec![source], rows).keeping(kept.names());
    }

    /// Nothing from nowhere.
    pub(crate) fn nothing() -> Self {
        let fleet = Fleet::default();
        Self {
            fleet,
            rows_read: 0,
            rows_joined: 0,
            broken: Vec::new(),
            cut: Vec::new(),
            notes: Vec::new(),
            loud: Vec::new(),
            about: Vec::new(),
            columns: Vec::new(),
            kept: KeptReport::default(),
            tells_missing: false,
            #[cfg(any(feature = "csv", feature = "xml"))]
            encoding: None,
        }
    }

    /// Makes room for so many rows more: without memory for them, this is an error and not the end of the process.
    ///
    /// # Errors
    /// [`InventoryError::Memory`].
    pub fn try_reserve(&mut self, rows: usize) -> Result<(), InventoryError> {
        self.fleet.try_reserve(rows).map_err(|bytes| InventoryError::Memory { bytes })
    }

    /// One row more, with what is wrong with it.
    pub(super) fn push(&mut self, row: FleetRow, broken: Option<BrokenRow>) {
        self.rows_read += 1;
        let source = self.fleet.sources().len().saturating_sub(1);
        let mut row = row;
        if let Some(broken) = &broken {
            row.add_problem(broken.problem.to_string());
        }
        self.fleet.push_row(row);
        self.broken.extend(broken.map(|broken| (source, broken)));
    }

    /// Gives rows their numbers in a document of which they are a part: `numbers` are in their order. Rows that have another trail
    /// than their own number stay.
    #[cfg(feature = "inventory")]
    pub(super) fn renumber(&mut self, numbers: &[u64]) {
        let rows = self.fleet.rows().len();
        if rows != numbers.len() || self.rows_joined > 0 {
            return;
        }
        let number = |row: u64| {
            let place = usize::try_from(row).ok().and_then(|row| row.checked_sub(1));
            place.and_then(|place| numbers.get(place)).copied().unwrap_or(row)
        };
        self.fleet.renumber(number);
        self.broken.iter_mut().for_each(|(_, broken)| broken.line = number(broken.line));
    }

    /// A row that joined a phone which another row began, with what is wrong with it.
    #[cfg(feature = "xml")]
    pub(super) fn push_joined(&mut self, broken: Option<BrokenRow>) {
        self.rows_read += 1;
        self.rows_joined += 1;
        let source = self.fleet.sources().len().saturating_sub(1);
        self.broken.extend(broken.map(|broken| (source, broken)));
    }

    /// Reading ends here, too soon.
    pub(super) fn end_at(&mut self, error: InventoryError) {
        self.cut.push((self.fleet.sources().len().saturating_sub(1), error));
    }

    /// A file may end too soon; that there is no memory for its rows is no end, and the rows before are not kept.
    ///
    /// # Errors
    /// [`InventoryError::Memory`] if reading ended for that. The readers that give an error do so themselves; of pages
    /// ([`device_page::read`](super::device_page::read)) the caller asks.
    pub fn within_memory(self) -> Result<Self, InventoryError> {
        match self.cut.iter().find(|(_, error)| matches!(error, InventoryError::Memory { .. })) {
            Some((_, error)) => Err(error.clone()),
            None => Ok(self),
        }
    }

    /// Something a person should know of the last source.
    pub(crate) fn note(&mut self, note: String) {
        // It is made for people only, and may hold texts of the source.
        let note = Shown::escaped(&note).to_string();
        self.notes.push((self.fleet.sources().len().saturating_sub(1), note));
    }

    /// Tells of the table of the last source, which has these columns, what a person should know of them: most of all that no row of it
    /// says a product.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn note_columns(&mut self, columns: &ColumnReport) {
        let source = self.fleet.sources().len().saturating_sub(1);
        let says_nothing = |row: &FleetRow| row.phone().product() == &Evidence::Absent;
        if !self.fleet.rows().is_empty() && self.fleet.rows().iter().all(says_nothing) {
            self.loud.push((source, Shown::escaped(&columns.without_product()).to_string()));
        }
        columns.notes().for_each(|note| self.note(note));
    }

    /// Of a merged fleet: what a table lacks is not told if other sources say the products of all its phones.
    pub(crate) fn forget_what_others_say(&mut self) {
        if self.loud.is_empty() {
            return;
        }
        let without = self.fleet.rows().iter().filter(|row| row.phone().product() == &Evidence::Absent);
        let origins = |row: &FleetRow| row.trail().map_or_else(|| vec![row.origin()], |trail| trail.rows().to_vec());
        let sources: HashSet<usize> = without.flat_map(origins).map(Origin::source).collect();
        self.loud.retain(|(source, _)| sources.contains(source));
    }

    /// Something a person should know of this source.
    pub(crate) fn note_of(&mut self, source: usize, note: String) {
        self.notes.push((source, Shown::escaped(&note).to_string()));
    }

    /// Something a person should know of what is no source, by this name; in front of all others if the rest misleads without it.
    #[cfg(feature = "xlsx")]
    pub(super) fn note_about(&mut self, name: String, note: &str, is_loud: bool) {
        self.about.push(About { name, note: Shown::escaped(note).to_string(), is_loud });
    }

    fn about(&self, is_loud: bool) -> impl Iterator<Item = (&str, &str)> {
        let about = self.about.iter().filter(move |about| about.is_loud == is_loud);
        about.map(|about| (about.name.as_str(), about.note.as_str()))
    }

    fn loud_notes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.loud.iter().map(|(source, note)| (self.name(*source), note.as_str())).chain(self.about(true))
    }

    fn other_notes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.notes.iter().map(|(source, note)| (self.name(*source), note.as_str())).chain(self.about(false))
    }

    /// What was read of another document, behind what was read before. Phones are not joined: see [`merge`](crate::merge).
    pub fn append(&mut self, other: Self) {
        let before = self.fleet.sources().len();
        self.fleet.append(other.fleet);
        self.rows_read += other.rows_read;
        self.rows_joined += other.rows_joined;
        self.broken.extend(other.broken.into_iter().map(|(source, broken)| (source + before, broken)));
        self.cut.extend(other.cut.into_iter().map(|(source, error)| (source + before, error)));
        self.notes.extend(other.notes.into_iter().map(|(source, note)| (source + before, note)));
        self.loud.extend(other.loud.into_iter().map(|(source, note)| (source + before, note)));
        self.about.extend(other.about);
        self.kept.append(other.kept);
        self.tells_missing |= other.tells_missing;
        self.columns.extend(other.columns.into_iter().map(|(source, columns)| (source + before, columns)));
        #[cfg(any(feature = "csv", feature = "xml"))]
        {
            self.encoding = None;
        }
    }

    /// The phones, each with the row that it came from.
    pub fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// The phones alone.
    pub fn into_fleet(self) -> Fleet {
        self.fleet
    }

    /// How many rows, devices or pages were read.
    pub fn rows_read(&self) -> u64 {
        self.rows_read
    }

    /// How many of them joined a phone that another row began.
    pub fn rows_joined(&self) -> u64 {
        self.rows_joined
    }

    /// Rows with something wrong, in order, with their source. They are in the fleet too.
    pub fn broken_rows(&self) -> impl Iterator<Item = (&Source, &BrokenRow)> {
        self.broken.iter().filter_map(|(source, broken)| Some((self.fleet.sources().get(*source)?, broken)))
    }

    /// The same as texts for people: `export.csv line 7: 3 columns where the header has 4`.
    pub fn problems(&self) -> impl Iterator<Item = String> {
        self.broken_rows().map(|(source, broken)| format!("{}: {}", source.place(broken.line), broken.problem))
    }

    /// Where reading ended too soon, with the name of the source. The rows before it are in the fleet.
    pub fn cuts(&self) -> impl DoubleEndedIterator<Item = (&str, &InventoryError)> + ExactSizeIterator {
        self.cut.iter().map(|(source, error)| (self.name(*source), error))
    }

    /// What else a person should know, with the name of the source.
    pub fn notes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.loud_notes().chain(self.other_notes())
    }

    /// Which column was read as what, for a single table.
    pub fn columns(&self) -> Option<&ColumnReport> {
        match (self.columns.as_slice(), self.fleet.sources()) {
            ([(_, columns)], [_]) => Some(columns),
            _ => None,
        }
    }

    /// How the file was written, for a single text.
    #[cfg(any(feature = "csv", feature = "xml"))]
    pub fn encoding(&self) -> Option<super::Encoding> {
        self.encoding
    }

    /// For each source, of how many phones it gave which field.
    fn evidence_counts(&self) -> Vec<BTreeMap<Field, usize>> {
        let mut counts = vec![BTreeMap::new(); self.fleet.sources().len()];
        for (field, origin) in self.fleet.rows().iter().flat_map(|row| row.evidence()) {
            if let Some(of_source) = counts.get_mut(origin.source()) {
                *of_source.entry(field).or_default() += 1;
            }
        }
        counts
    }

    fn name(&self, source: usize) -> &str {
        self.fleet.sources().get(source).map_or("", |source| source.name())
    }
}

/// `1 phone`, `2 phones`.
pub(super) fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What was read, for people: sources, columns, what is wrong.
impl fmt::Display for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phones = self.fleet.rows().len() as u64;
        write!(f, "{} from {}", counted(phones, "phone"), counted(self.rows_read, "row"))?;
        match self.rows_joined {
            0 => writeln!(f)?,
            joined => writeln!(f, ", {joined} of which joined another")?,
        }
        for (name, note) in self.loud_notes().take(MOST_LINES) {
            writeln!(f, "  {}: {note}", Shown::both_ends(name))?;
        }
        for (index, counts) in self.evidence_counts().iter().enumerate().take(MOST_LINES) {
            let Some(source) = self.fleet.sources().get(index) else { continue };
            let counts: Vec<_> = counts.iter().map(|(field, count)| format!("{field} {count}")).collect();
            let counts = if counts.is_empty() { "no evidence".to_owned() } else { counts.join(", ") };
            writeln!(f, "  {source}: {counts}")?;
            if let (None, Some((_, columns))) = (self.columns(), self.columns.iter().find(|(of, _)| *of == index)) {
                writeln!(f, "    columns: {}", columns.in_a_line())?;
            }
        }
        more(f, self.fleet.sources().len())?;
        if let Some(columns) = self.columns() {
            write!(f, "\n{columns}")?;
        }
        section(f, "Broken rows, kept", self.problems(), self.broken.len())?;
        section(
            f,
            "Cut short",
            self.cuts().map(|(name, error)| format!("{}: {error}", Shown::both_ends(name))),
            self.cut.len(),
        )?;
        section(
            f,
            "Notes",
            self.other_notes().map(|(name, note)| format!("{}: {note}", Shown::both_ends(name))),
            self.other_notes().count(),
        )
    }
}

pub(super) fn section(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    lines: impl Iterator<Item = impl fmt::Display>,
    count: usize,
) -> fmt::Result {
    if count == 0 {
        return Ok(());
    }
    writeln!(f, "\n  {title}")?;
    lines.take(MOST_LINES).try_for_each(|line| writeln!(f, "    {line}"))?;
    more(f, count)
}

fn more(f: &mut fmt::Formatter<'_>, count: usize) -> fmt::Result {
    if count > MOST_LINES { writeln!(f, "    and {} more", count - MOST_LINES) } else { Ok(()) }
}
