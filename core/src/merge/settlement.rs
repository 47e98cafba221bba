//! What persons say to settle open conflicts.

use super::settlement_column::SettlementColumn;
#[cfg(feature = "csv")]
use super::settlement_error::from_reading;
use super::settlement_error::{SettlementError, SettlementProblem};
use crate::assess::Field;
use crate::fleet::{FleetRow, Origin, Source, SourceKind};
#[cfg(feature = "csv")]
use crate::inventory::Document;
use crate::inventory::Inventory;
#[cfg(feature = "csv")]
use crate::inventory::csv::{PlainTable, plain_rows};
use crate::phone::{Evidence, Phone, Product};
use crate::text::ParseError;

/// What a person says of one field of one device.
///
/// # Example
/// ```
/// use crossgrade::Field;
/// use crossgrade::merge::Settlement;
///
/// let label = Settlement::new("SEP00CCFC123456", Field::Vid, "V03").said_by("Anna").when("2026-11-20");
/// assert_eq!((label.device(), label.value()), ("SEP00CCFC123456", "V03"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    device: String,
    field: Field,
    value: String,
    said_by: Option<String>,
    when: Option<String>,
}

impl Settlement {
    /// A device has this value. It is named by its MAC address, its name, or the place of its row (`export.csv line 7`); a
    /// load may also be said as a release.
    pub fn new(device: impl Into<String>, field: Field, value: impl Into<String>) -> Self {
        Self { device: device.into(), field, value: value.into(), said_by: None, when: None }
    }

    /// Who says so.
    #[must_use]
    pub fn said_by(self, who: impl Into<String>) -> Self {
        Self { said_by: filled(who.into()), ..self }
    }

    /// When, in the caller's words: it is kept and shown, and decides nothing.
    #[must_use]
    pub fn when(self, when: impl Into<String>) -> Self {
        Self { when: filled(when.into()), ..self }
    }

    /// The device, as it was named.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The field.
    pub fn field(&self) -> Field {
        self.field
    }

    /// The value, as it was said.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// `said by Anna, 2026-11-20`; nothing if neither is known.
    fn said(&self) -> Option<String> {
        match (&self.said_by, &self.when) {
            (Some(who), Some(when)) => Some(format!("said by {who}, {when}")),
            (Some(who), None) => Some(format!("said by {who}")),
            (None, Some(when)) => Some(format!("said {when}")),
            (None, None) => None,
        }
    }

    /// The phone of which this alone is known.
    fn phone(&self) -> Result<Phone<'static>, SettlementProblem> {
        let (phone, value) = (Phone::new(None::<&str>), self.value.as_str());
        let unreadable = |error: ParseError| SettlementProblem::Value { field: self.field, error };
        Ok(match self.field {
            Field::Pid => {
                let _: Product = value.parse().map_err(unreadable)?;
                Phone::new(value.to_owned())
            }
            Field::Vid => phone.vid(read(value).map_err(unreadable)?),
            Field::Serial => phone.serial(read(value).map_err(unreadable)?),
            // A list of what is open says of a phone what was said of what runs, and that may be a release.
            Field::Load => match (read(value), value.parse()) {
                (Ok(load), _) => phone.load(load),
                (Err(_), Ok(release)) => phone.release(Evidence::Known(release)),
                (Err(error), Err(_)) => return Err(unreadable(error)),
            },
            Field::Release => phone.release(read(value).map_err(unreadable)?),
            Field::FirmwareType => phone.firmware_type(read(value).map_err(unreadable)?),
            Field::Authorization => phone.authorization(read(value).map_err(unreadable)?),
            Field::Mac | Field::Target => return Err(SettlementProblem::NotSettled { field: self.field }),
        })
    }
}

fn read<T: std::str::FromStr<Err = ParseError>>(text: &str) -> Result<Evidence<'static, T>, ParseError> {
    text.parse().map(Evidence::Known)
}

fn filled(text: String) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What persons say of conflicts, each in a row of a table of this name. It outranks every source of a
/// [merge](super::merge_settled()).
///
/// # Example
/// ```
/// use crossgrade::inventory::Document;
/// use crossgrade::merge::Settlements;
///
/// let file = "device,field,value,said_by,when\nSEP00CCFC123456,vid,V03,Anna,2026-11-20\nSEP00CCFC123457,vid,,,\n";
/// let settlements = Settlements::read(&Document::new("settle.csv", file))?;
/// assert_eq!((settlements.iter().count(), settlements.blank()), (1, 1));
///
/// let error = Settlements::read(&Document::new("settle.csv", &file.replace("V03", "five"))).unwrap_err();
/// assert!(error.to_string().starts_with("settle.csv line 2: VID: "));
/// # Ok::<(), crossgrade::merge::SettlementError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlements {
    name: String,
    has_lines: bool,
    all: Vec<Said>,
    blank: u64,
}

/// A settlement and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    row: u64,
    settlement: Settlement,
    phone: Phone<'static>,
}

impl Settlements {
    /// None yet, of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// One more, whose row is behind those before.
    ///
    /// # Errors
    /// If nobody can settle the field, the value cannot be read as it, or the device is blank.
    ///
    /// # Example
    /// ```
    /// use crossgrade::Field;
    /// use crossgrade::merge::{Settlement, Settlements};
    ///
    /// let mut settlements = Settlements::new("asset database");
    /// settlements.push(Settlement::new("00CCFC123456", Field::Vid, "V03"))?;
    /// let error = settlements.push(Settlement::new("00CCFC123456", Field::Mac, "00CCFC123457")).unwrap_err();
    /// assert!(error.to_string().starts_with("asset database row 2: mac cannot be settled"));
    /// # Ok::<(), crossgrade::merge::SettlementError>(())
    /// ```
    pub fn push(&mut self, settlement: Settlement) -> Result<(), SettlementError> {
        let row = self.all.last().map_or(0, |said| said.row).max(self.blank + self.all.len() as u64) + 1;
        self.push_at(row, settlement)
    }

    fn push_at(&mut self, row: u64, settlement: Settlement) -> Result<(), SettlementError> {
        if settlement.device.trim().is_empty() {
            return Err(self.error(row, SettlementProblem::NoDevice));
        }
        let phone = settlement.phone().map_err(|problem| self.error(row, problem))?;
        self.all.push(Said { row, settlement, phone });
        Ok(())
    }

    /// Reads a CSV file in any of the shapes that [`inventory::csv`](crate::inventory::csv) reads. Its header has the columns
    /// `device`, `field` and `value`, and if they are known `said_by` and `when`; further columns are not read. A row with
    /// a blank value is not filled in yet, and counted.
    ///
    /// # Errors
    /// Where a row cannot be read as a settlement, and which. Whether the device is one of the fleet, a merge says.
    #[cfg(feature = "csv")]
    pub fn read(document: &Document<'_>) -> Result<Self, SettlementError> {
        let name = document.name();
        let mut found = Vec::new();
        let is_header = |cells: &[String]| {
            let is_header = Columns::find(cells).is_some();
            if !is_header && found.is_empty() {
                found = cells.to_vec();
            }
            is_header
        };
        let rows = plain_rows(document.bytes(), is_header).map_err(|error| from_reading(name, error))?;
        let settlements = Self { has_lines: true, ..Self::new(name) };
        let Some(PlainTable { header, rows }) = rows else {
            return Err(SettlementError::of_table(name, SettlementProblem::NoHeader { found }));
        };
        Columns::check(&header).map_err(|problem| SettlementError::of_table(name, problem))?;
        let columns = Columns::find(&header).unwrap_or_default();
        rows.into_iter().try_fold(settlements, |settlements, row| match row.problem {
            Some(problem) => Err(settlements.error(row.line, SettlementProblem::Row { problem })),
            None => settlements.with_row(row.line, &columns, &row.cells),
        })
    }

    /// The same of a table in memory: the names of its columns, and the cells of each row in their order.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    ///
    /// # Example
    /// ```
    /// use crossgrade::merge::Settlements;
    ///
    /// let rows = [vec!["SEP00CCFC123456".to_owned(), "vid".to_owned(), "V03".to_owned()]];
    /// let settlements = Settlements::of_table("labels", &["device", "field", "value"], rows)?;
    /// assert_eq!(settlements.iter().count(), 1);
    /// # Ok::<(), crossgrade::merge::SettlementError>(())
    /// ```
    pub fn of_table(
        name: impl Into<String>,
        columns: &[impl AsRef<str>],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Result<Self, SettlementError> {
        let settlements = Self::new(name);
        let headers: Vec<String> = columns.iter().map(|column| column.as_ref().to_owned()).collect();
        let Some(columns) = Columns::find(&headers) else {
            return Err(SettlementError::of_table(&settlements.name, SettlementProblem::NoHeader { found: headers }));
        };
        Columns::check(&headers).map_err(|problem| SettlementError::of_table(&settlements.name, problem))?;
        let mut rows = (1..).zip(rows);
        rows.try_fold(settlements, |settlements, (row, cells)| settlements.with_row(row, &columns, &cells))
    }

    fn with_row(mut self, row: u64, columns: &Columns, cells: &[String]) -> Result<Self, SettlementError> {
        let cell = |column: Option<usize>| column.and_then(|column| cells.get(column)).map_or("", |cell| cell.trim());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(self);
        }
        let value = cell(columns.value);
        if value.is_empty() {
            self.blank += 1;
            return Ok(self);
        }
        let field = cell(columns.field);
        let field = field.parse().map_err(|_| self.error(row, SettlementProblem::Field { found: field.to_owned() }))?;
        let settlement = Settlement::new(cell(columns.device), field, value);
        let settlement = settlement.said_by(cell(columns.said_by)).when(cell(columns.when));
        self.push_at(row, settlement)?;
        Ok(self)
    }

    /// The name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its rows are lines of a file.
    pub(super) fn has_lines(&self) -> bool {
        self.has_lines
    }

    /// What was said, in the order of the rows.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Settlement> {
        self.all.iter().map(|said| &said.settlement)
    }

    /// How many rows are not filled in yet.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// The same with the row of each, and a row of a fleet that holds what was said.
    pub(super) fn rows(&self, source: usize) -> impl Iterator<Item = (u64, &Settlement, FleetRow)> {
        let at = move |said: &Said| FleetRow::at(Origin::new(source, said.row), said.phone.clone());
        self.all.iter().map(move |said| (said.row, &said.settlement, at(said)))
    }

    /// The source that it is in a merge: no phones, and what a person should know.
    pub(super) fn inventory(&self) -> Option<Inventory> {
        if self.all.is_empty() && self.blank == 0 {
            return None;
        }
        let source = Source::new(SourceKind::Settlement, &self.name);
        let mut source = if self.has_lines { source.in_lines() } else { source };
        for said in &self.all {
            if let Some(text) = said.settlement.said() {
                source.set_said_by(said.row, &text);
            }
        }
        let mut inventory = Inventory::of(source, []);
        match self.blank {
            0 => {}
            1 => inventory.note("1 row has no value yet".to_owned()),
            more => inventory.note(format!("{more} rows have no value yet")),
        }
        Some(inventory)
    }

    pub(super) fn error(&self, row: u64, problem: SettlementProblem) -> SettlementError {
        SettlementError::of_row(&self.name, row, self.has_lines, problem)
    }
}

/// Where the columns stand.
#[derive(Default)]
struct Columns {
    device: Option<usize>,
    field: Option<usize>,
    value: Option<usize>,
    said_by: Option<usize>,
    when: Option<usize>,
}

impl Columns {
    /// Refuses a column that is there twice: nobody knows which one counts.
    fn check(headers: &[String]) -> Result<(), SettlementProblem> {
        for column in SettlementColumn::ALL {
            if headers.iter().filter(|header| header.parse() == Ok(*column)).count() > 1 {
                return Err(SettlementProblem::ColumnTwice { column: *column });
            }
        }
        Ok(())
    }

    /// Nothing if one that is needed is missing.
    fn find(headers: &[String]) -> Option<Self> {
        let at = |column| headers.iter().position(|header| header.parse() == Ok(column));
        let needed = |column| at(column).map(Some);
        Some(Self {
            device: needed(SettlementColumn::Device)?,
            field: needed(SettlementColumn::Field)?,
            value: needed(SettlementColumn::Value)?,
            said_by: at(SettlementColumn::SaidBy),
            when: at(SettlementColumn::When),
        })
    }
}
