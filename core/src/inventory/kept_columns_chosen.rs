//! Columns of the caller that come with the phones: location, room, owner.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::InventoryError;
use super::folded_header::folded;
use super::known_headers::ranked;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::ResultColumn;
use crate::fleet::{FleetColumn, KeptColumns, is_same_column};
use crate::text::{Shown, trim};

/// One column that is kept: its header in the sources, and its name in fleets and results.
///
/// Text of it is `Room`, or `site=Location` for a column that has another name in results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptColumn {
    pub(super) header: String,
    pub(super) name: Arc<str>,
}

impl KeptColumn {
    /// The column of this header, under the same name.
    pub fn new(header: impl AsRef<str>) -> Self {
        Self::named(header.as_ref(), header.as_ref())
    }

    /// The column of this header, under another name.
    pub fn named(name: impl AsRef<str>, header: impl AsRef<str>) -> Self {
        Self { header: trim(header.as_ref()).to_owned(), name: trim(name.as_ref()).into() }
    }

    /// What it is called in fleets and results.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is called in the sources.
    pub fn header(&self) -> &str {
        &self.header
    }

    pub(crate) fn shared_name(&self) -> &Arc<str> {
        &self.name
    }

    /// Why a table cannot have a column of this name, or nobody could tell it from another.
    fn check_name(&self) -> Result<(), InventoryError> {
        let name = &*self.name;
        let is_column = |column: &str| is_same_column(name, column);
        if name.is_empty() || self.header.is_empty() {
            return self.refused("it is empty");
        }
        if name.len() > LONGEST_NAME {
            return self.refused("it has more than 1,000 bytes");
        }
        if name.contains(|letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')) {
            return self.refused("it holds a control character or the end of a line");
        }
        if FleetColumn::ALL.iter().any(|column| is_column(column.as_str())) {
            return self.refused("fleets have a column of this name");
        }
        #[cfg(any(feature = "csv", feature = "arrow"))]
        if ResultColumn::ALL.iter().any(|column| is_column(column.as_str())) {
            return self.refused("results have a column of this name");
        }
        // Who reads the results again would take it for evidence.
        if !is_same_column(name, &self.header) && ranked(name).is_some() {
            return self.refused(READ_AS_FIELD);
        }
        Ok(())
    }

    fn refused<T>(&self, why: &'static str) -> Result<T, InventoryError> {
        let (name, header) = (self.name.to_string(), self.header.clone());
        Err(InventoryError::KeptName { name, header, why })
    }
}

/// `Room`, or `site=Location`; the header may hold equals signs of its own.
impl FromStr for KeptColumn {
    type Err = InventoryError;

    fn from_str(text: &str) -> Result<Self, InventoryError> {
        let column = match text.split_once('=') {
            Some((name, header)) => Self::named(name, header),
            None => Self::new(text),
        };
        column.check_name().map(|()| column)
    }
}

impl fmt::Display for KeptColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self.name == *self.header {
            true => f.write_str(&self.header),
            false => write!(f, "{}={}", self.name, self.header),
        }
    }
}

const READ_AS_FIELD: &str = "a column of this name is read as a field of the phone";

/// Bytes of the name of a kept column.
const LONGEST_NAME: usize = 1_000;
/// So many columns are kept.
const MOST: usize = 1_000;
/// So many columns of one header are kept: what they say stands in one text, which is copied for each.
const MOST_OF_ONE_HEADER: usize = 20;
/// So many names of columns are remembered, for who looks for one that is not there.
pub(super) const REMEMBERED: usize = 1_000;

/// The columns of the caller that come with the phones through reading, merging, audits and results.
///
/// A column is found by its header: the very text if there is such a column, else without regard to case, else by its
/// letters and digits alone, as [`InventoryField`](super::InventoryField) finds its own. Tables have columns, and the
/// devices of RisPort and Webex have elements and members; pages of phones have none. A column may be kept and be read as a
/// field too. Of several columns of one header, all that they say is kept in order, with `; ` between. A cell is kept as it was read, and
/// says nothing if it is blank. Of a row whose cells cannot be trusted,
/// nothing is kept.
///
/// The name is what the caller writes, however each source spells the header; a single CSV file or table, whose own columns
/// come out in results, keeps its own spelling where only the case differs.
///
/// No two kept columns have one name, whatever the case. None has the name of a [`FleetColumn`], of a result column, of
/// another column of its table, or, unless the column is called so itself, a name that is read as a field.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, Keep, ReadOptions, read};
///
/// let mut options = ReadOptions::default();
/// options.keep = "Room,site=Location".parse()?;
/// let export = "Device Name,Model,room,Location\nSEP00CCFC123456,Cisco 7821,1.23,Oslo\n";
/// let fleet = read(&Document::new("export.csv", export), &options)?.into_fleet();
/// assert_eq!(fleet.kept_columns().collect::<Vec<_>>(), ["Room", "site"]);
/// assert_eq!(fleet.rows()[0].kept().collect::<Vec<_>>(), [("Room", "1.23"), ("site", "Oslo")]);
///
/// let refused = "Status".parse::<Keep>().unwrap_err();
/// assert!(refused.to_string().contains(r#"such as "my_Status" for the column "Status""#));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keep {
    pub(super) columns: Vec<KeptColumn>,
    pub(super) is_optional: bool,
}

impl Keep {
    /// These columns.
    ///
    /// # Errors
    /// [`InventoryError::KeptName`] for a name that no kept column can have, or that two have.
    pub fn of(columns: impl IntoIterator<Item = KeptColumn>) -> Result<Self, InventoryError> {
        let columns: Vec<KeptColumn> = columns.into_iter().collect();
        if columns.len() > MOST {
            let (found, limit) = (columns.len() as u64, MOST as u64);
            return Err(InventoryError::TooMuch { what: "columns to keep", line: 1, found, limit });
        }
        let mut names = HashSet::new();
        for column in &columns {
            column.check_name()?;
            if !names.insert(column.name.to_lowercase()) {
                return column.refused("another kept column has this name");
            }
        }
        Ok(Self { columns, is_optional: false })
    }

    /// The columns that these texts name, each of which may be several with commas between: `Room,site=Location`.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn of_texts(texts: impl IntoIterator<Item: AsRef<str>>) -> Result<Self, InventoryError> {
        let mut columns = Vec::new();
        for text in texts {
            columns.extend(text.as_ref().parse::<Self>()?.columns);
        }
        Self::of(columns)
    }

    /// The same for one source of several: one that lacks a column is read all the same, and its rows say nothing there.
    /// Ask [`check`](Self::check) when all are read.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The columns.
    pub fn columns(&self) -> &[KeptColumn] {
        &self.columns
    }

    /// Refuses a single table without one of the columns.
    #[cfg(feature = "csv")]
    pub(super) fn check_headers(&self, headers: &[String]) -> Result<(), InventoryError> {
        let there = Headers::of(headers);
        let missing = |column: &&KeptColumn| !self.is_optional && matches!(there.find(column), Ok([]));
        self.columns.iter().find(missing).map_or(Ok(()), |column| Err(column.no_such(headers.to_vec())))
    }

    /// Where these headers have the columns: for each that is there its name, and the column; of several that are spelled alike all,
    /// one behind the other. One table alone and one of several
    /// refuse the same names.
    ///
    /// # Errors
    /// If two columns could be the same kept one, or if the name of one would be that of another.
    pub(crate) fn find(&self, headers: &[String]) -> Result<Vec<(Arc<str>, usize)>, InventoryError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let (mut found, headers) = (Vec::new(), Headers::of(headers));
        for column in &self.columns {
            let positions = headers.find(column)?;
            if let Some(first) = positions.first() {
                headers.check_name(column, *first)?;
            }
            if positions.len() > MOST_OF_ONE_HEADER {
                let (found, limit) = (positions.len() as u64, MOST_OF_ONE_HEADER as u64);
                return Err(InventoryError::TooMuch { what: "columns of one header to keep", line: 1, found, limit });
            }
            found.extend(positions.iter().map(|position| (Arc::clone(&column.name), *position)));
        }
        Ok(found)
    }

    /// The same for a table that comes out with its own columns: the kept columns that it does not have under their names
    /// already.
    ///
    /// # Errors
    /// As [`find`](Self::find), or if a column is not there.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn find_beside(&self, headers: &[String]) -> Result<Vec<(Arc<str>, usize)>, InventoryError> {
        let found = self.find(headers)?;
        let names = KeptColumns::of(found.iter().map(|(name, _)| name));
        let missing = |column: &&KeptColumn| !self.is_optional && names.index(&column.name).is_none();
        if let Some(column) = self.columns.iter().find(missing) {
            return Err(column.no_such(headers.to_vec()));
        }
        let is_beside = |(name, position): &(Arc<str>, usize)| {
            !headers.get(*position).is_some_and(|header| is_same_column(trim(header), name))
        };
        let mut beside: Vec<_> = found.into_iter().filter(is_beside).collect();
        // The others of one header come out with the table itself.
        beside.dedup_by(|(later, _), (before, _)| later == before);
        Ok(beside)
    }
}

/// Several, separated by commas: `Room,site=Location`. A comma of a header has a backslash in front.
impl FromStr for Keep {
    type Err = InventoryError;

    fn from_str(text: &str) -> Result<Self, InventoryError> {
        Self::of(comma_separated(text).iter().map(|text| text.parse()).collect::<Result<Vec<_>, _>>()?)
    }
}

/// The texts between commas; a comma of a text has a backslash in front.
pub(super) fn comma_separated(text: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ',' => texts.push(String::new()),
            '\\' if letters.next_if_eq(&',').is_some() => {
                texts.iter_mut().rev().take(1).for_each(|text| text.push(','))
            }
            letter => texts.iter_mut().rev().take(1).for_each(|text| text.push(letter)),
        }
    }
    texts
}

impl KeptColumn {
    pub(super) fn no_such(&self, found: Vec<String>) -> InventoryError {
        InventoryError::NoSuchKept { column: self.header.clone(), found }
    }
}

/// The headers of a table, each found at once by its spelling, without regard to case, and by letters and digits.
struct Headers<'h> {
    headers: &'h [String],
    /// The headers that are spelled so, in order.
    ways: [HashMap<String, Vec<usize>>; 3],
}

impl<'h> Headers<'h> {
    fn of(headers: &'h [String]) -> Self {
        let mut ways: [HashMap<_, Vec<usize>>; 3] = Default::default();
        for (position, header) in headers.iter().enumerate() {
            for (way, key) in ways.iter_mut().zip(Self::keys(trim(header))) {
                way.entry(key).or_default().push(position);
            }
        }
        Self { headers, ways }
    }

    fn keys(header: &str) -> [String; 3] {
        [header.to_owned(), header.to_lowercase(), folded(header)]
    }

    /// The columns of this header: several if they are spelled alike, none if there is none.
    fn find(&self, column: &KeptColumn) -> Result<&[usize], InventoryError> {
        for (way, key) in self.ways.iter().zip(Self::keys(&column.header)).filter(|(_, key)| !key.is_empty()) {
            let Some(positions) = way.get(&key) else { continue };
            let header = |position: &usize| self.headers.get(*position).map_or("", |header| trim(header));
            let first = positions.first().map_or("", header);
            return match positions.iter().map(header).find(|header| *header != first) {
                None => Ok(positions),
                Some(second) => {
                    let (column, first, second) = (column.header.clone(), first.to_owned(), second.to_owned());
                    Err(InventoryError::AmbiguousKept { column, first, second })
                }
            };
        }
        Ok(&[])
    }

    /// Refuses a name that the results of this table would have twice, or that would be read again as a field.
    fn check_name(&self, column: &KeptColumn, position: usize) -> Result<(), InventoryError> {
        let [_, by_case, _] = &self.ways;
        if self.headers.get(position).is_some_and(|header| is_same_column(trim(header), &column.name)) {
            return Ok(());
        }
        if by_case.contains_key(&column.name.to_lowercase()) {
            return column.refused("the table has another column of this name");
        }
        if ranked(&column.name).is_some() {
            return column.refused(READ_AS_FIELD);
        }
        Ok(())
    }
}

/// Which kept columns the sources of an inventory have, and which columns there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct KeptReport {
    pub(super) found: KeptColumns,
    pub(super) there: Vec<String>,
}

impl KeptReport {
    pub(super) fn found(&mut self, name: &Arc<str>) {
        self.found.push(name);
    }

    /// A column is there, whether it is kept or not.
    pub(super) fn there(&mut self, name: &str) {
        if self.there.len() < REMEMBERED && !self.there.iter().any(|known| known == name) {
            self.there.push(Shown::new(name).to_string());
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        other.found.names().iter().for_each(|name| self.found(name));
        other.there.iter().for_each(|name| self.there(name));
    }
}
