//! Many phones: a fleet, its audit, and the summary that a person reads.

mod audit_report;
mod collection;
#[cfg(feature = "json")]
mod contradictions_cell;
#[cfg(any(feature = "csv", feature = "arrow"))]
mod contradictions_read;
mod fleet_column;
mod fleet_row;
mod impact;
#[cfg(feature = "json")]
mod impact_json;
mod kept_cells;
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) mod result_column;
mod source;
mod source_names;
mod summary;
#[cfg(feature = "serde")]
mod summary_serialize;
mod trail;

#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use contradictions_read::with as with_contradictions;
pub use fleet_column::FleetColumn;
pub use fleet_row::{FleetRow, RowLabel};
pub use impact::{FindingChange, Impact, ImpactRow, Outcome};
pub(crate) use kept_cells::{Kept, KeptColumns, KeptOfRows, is_same as is_same_column};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use result_column::ResultColumn;
#[cfg(feature = "csv")]
pub(crate) use result_column::result_columns;
pub use source::{Origin, Source, SourceKind};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use summary::Tally;
pub use summary::{LicenseCount, MissingEvidence, Summary, VerdictCounts};
pub use trail::{Conflict, ConflictValue, Trail};

#[cfg(feature = "csv")]
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use self::source_names::Names;
use crate::destination::Request;
use crate::phone::Phone;
use crate::rulebook::RuleBook;

/// Phones in the order of their inventory, each with the place that it came from. No row is ever dropped.
///
/// # Example
/// ```
/// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook, Verdict};
///
/// let mut fleet = Fleet::default();
/// fleet.push(2, Phone::new("CP-7821-K9=").vid("V01"));
/// fleet.push(3, Phone::new("garbled"));
///
/// let summary = fleet.audit(RuleBook::guide(), &Request::to(Destination::ThirdParty));
/// assert_eq!(summary.verdicts().of(Verdict::Ineligible), 1);
/// assert_eq!(summary.verdicts().of(Verdict::Unknown), 1);
/// assert_eq!(summary.verdicts().total(), fleet.rows().len());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fleet {
    sources: Vec<Source>,
    rows: Vec<FleetRow>,
    names: Names,
    /// The names of the kept columns.
    kept: KeptColumns,
}

impl Fleet {
    /// A fleet of rows, each of which says in which of the sources it stood.
    pub(crate) fn of(sources: Vec<Source>, rows: Vec<FleetRow>) -> Self {
        Self { sources, rows, ..Self::default() }
    }

    /// The same, which has these kept columns too, whether a row says anything in them or not.
    #[must_use]
    pub(crate) fn keeping<'n>(mut self, names: impl IntoIterator<Item = &'n Arc<str>>) -> Self {
        names.into_iter().for_each(|name| self.kept.push(name));
        self
    }

    /// Sources, rows, and the names of kept columns.
    pub(crate) fn into_parts(self) -> (Vec<Source>, Vec<FleetRow>, KeptColumns) {
        (self.sources, self.rows, self.kept)
    }

    /// The columns that the caller keeps, in the order in which they were asked for; behind those of [`FleetColumn`] they
    /// are columns of the fleet as a table. See [`Keep`](crate::inventory::Keep).
    pub fn kept_columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.kept.names().iter().map(|name| &**name)
    }

    /// What a row of the fleet says in [`kept_columns`](Self::kept_columns), in their order.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::csv;
    ///
    /// let text = b"PID,Room,Owner\nCP-7821-K9=,,Kari\n";
    /// let inventory = csv::read_keeping(text, &[], &"Room,Owner".parse()?)?;
    /// let fleet = inventory.fleet();
    /// assert_eq!(fleet.kept_cells(&fleet.rows()[0]), [None, Some("Kari")]);
    /// # Ok::<(), crossgrade::inventory::InventoryError>(())
    /// ```
    pub fn kept_cells<'r>(&self, row: &'r FleetRow) -> Vec<Option<&'r str>> {
        let mut cells = vec![None; self.kept.names().len()];
        for (column, text) in row.kept() {
            if let Some(cell) = self.kept.index(column).and_then(|index| cells.get_mut(index)) {
                *cell = Some(text);
            }
        }
        cells
    }

    /// The names of its columns as a table: those of [`FleetColumn`], then the kept ones.
    #[cfg(feature = "csv")]
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        FleetColumn::ALL.iter().map(|column| column.as_str()).chain(self.kept_columns())
    }

    /// The cells of a row in its columns as a table, in their order.
    #[cfg(feature = "csv")]
    pub(crate) fn cells<'a>(&'a self, row: &'a FleetRow) -> impl Iterator<Item = Option<Cow<'a, str>>> {
        let kept = self.kept_cells(row).into_iter().map(|cell| cell.map(Cow::Borrowed));
        FleetColumn::ALL.iter().map(|column| column.text(self, row)).chain(kept)
    }

    /// Adds a phone that stood in this line.
    pub fn push(&mut self, line: u64, phone: Phone<'static>) {
        self.rows.push(FleetRow::new(line, phone));
    }

    /// Makes room for so many rows more.
    ///
    /// # Errors
    /// How many bytes there is no memory for.
    pub(crate) fn try_reserve(&mut self, rows: usize) -> Result<(), usize> {
        let bytes = self.rows.len().saturating_add(rows).saturating_mul(size_of::<FleetRow>());
        self.rows.try_reserve(rows).map_err(|_| bytes)
    }

    /// The last source has one page more, of this name.
    #[cfg_attr(not(feature = "xml"), allow(dead_code, reason = "only pages have names of their own"))]
    pub(crate) fn push_page(&mut self, name: &str) {
        if let Some(source) = self.sources.last_mut() {
            source.push_page(name);
        }
    }

    /// Gives rows other numbers.
    #[cfg(feature = "inventory")]
    pub(crate) fn renumber(&mut self, number: impl Fn(u64) -> u64) {
        self.rows = std::mem::take(&mut self.rows).into_iter().map(|row| row.renumbered(&number)).collect();
    }

    /// Adds a row of the last source.
    pub(crate) fn push_row(&mut self, row: FleetRow) {
        let source = self.sources.len().saturating_sub(1);
        self.rows.push(row.moved(|_| source));
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[FleetRow] {
        &self.rows
    }

    /// The rows alone.
    #[cfg(feature = "webex")]
    pub(crate) fn into_rows(self) -> impl Iterator<Item = FleetRow> {
        self.rows.into_iter()
    }

    /// Where the rows came from; empty for a fleet that was pushed together.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source of a row.
    pub fn source(&self, origin: Origin) -> Option<&Source> {
        self.sources.get(origin.source())
    }

    /// The rows of another fleet behind those of this one, with their sources. Sources of equal names get a number.
    pub fn append(&mut self, other: Self) {
        let before = self.sources.len();
        for source in other.sources {
            let source = self.names.tell_apart(source, &self.sources);
            self.sources.push(source);
        }
        other.kept.names().iter().for_each(|name| self.kept.push(name));
        self.rows.extend(other.rows.into_iter().map(|row| row.moved(|source| source + before)));
    }

    /// Decides about every phone and counts the answers.
    pub fn audit(&self, book: &RuleBook, request: &Request) -> Summary {
        let mut summary = Summary::new(book.clone(), request.clone());
        self.rows.iter().for_each(|row| summary.add(&book.assess_request(row.phone(), request)));
        summary
    }

    /// The same; after each phone `progress` hears how many are done, and may break the audit off.
    pub fn audit_with<B>(
        &self,
        book: &RuleBook,
        request: &Request,
        mut progress: impl FnMut(usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Summary> {
        let mut summary = Summary::new(book.clone(), request.clone());
        for (index, row) in self.rows.iter().enumerate() {
            summary.add(&book.assess_request(row.phone(), request));
            progress(index + 1)?;
        }
        ControlFlow::Continue(summary)
    }
}
