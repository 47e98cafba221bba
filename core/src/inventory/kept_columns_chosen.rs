//! Columns of the caller that come with the phones: location, room, owner.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::folded_header::folded;
use super::inventory_field::ranked;
use super::{Inventory, InventoryError};
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::audit::ResultColumn;
use crate::fleet::{FleetColumn, KeptColumns, is_same_column};
use crate::text::{Shown, trim};

/// One column that is kept: its header in the sources, and its name in fleets and results.
///
/// Text of it is `Room`, or `site=Location` for a column that has another name in results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptColumn {
    header: String,
    name: Arc<str>,
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
const REMEMBERED: usize = 1_000;

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
    columns: Vec<KeptColumn>,
    is_optional: bool,
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

    /// Refuses an inventory of which no source has one of the columns.
    ///
    /// # Errors
    /// [`InventoryError::NoSuchKept`] with the names of the columns that there are.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::{Document, Keep, ReadOptions, read};
    ///
    /// let keep: Keep = "Room".parse()?;
    /// let mut options = ReadOptions::default();
    /// options.keep = keep.clone().optional();
    /// let labels = read(&Document::new("labels.csv", "PID,MAC\nCP-7821-K9=,00CCFC123456\n"), &options)?;
    /// let error = keep.check(&labels).unwrap_err();
    /// assert_eq!(error.to_string(), r#"inventory: there is no column "Room" to keep; expected one of ["PID", "MAC"]"#);
    /// # Ok::<(), crossgrade::inventory::InventoryError>(())
    /// ```
    pub fn check(&self, inventory: &Inventory) -> Result<(), InventoryError> {
        let is_there = |column: &KeptColumn| inventory.kept.found.index(&column.name).is_some();
        match self.columns.iter().find(|column| !is_there(column)) {
            None => Ok(()),
            Some(column) => Err(column.no_such(inventory.kept.there.clone())),
        }
    }

    /// The same, unless a source may lack them.
    pub(super) fn check_required(&self, inventory: &Inventory) -> Result<(), InventoryError> {
        if self.is_optional { Ok(()) } else { self.check(inventory) }
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
    fn no_such(&self, found: Vec<String>) -> InventoryError {
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
    found: KeptColumns,
    there: Vec<String>,
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

#[cfg(any(feature = "xml", feature = "webex"))]
pub(super) use of_devices::{KeptOfDevice, NamesOfDevices};

/// Documents whose devices have names instead of columns.
#[cfg(any(feature = "xml", feature = "webex"))]
mod of_devices {
    use std::collections::{BTreeMap, BTreeSet, HashMap};

    use super::{Keep, REMEMBERED, folded};
    use crate::fleet::Kept;
    use crate::inventory::said_in_document::Said;
    use crate::inventory::{Inventory, InventoryError};

    /// What one device says under the names that are kept: nothing for most devices, so only what it does say.
    #[derive(Debug, Default)]
    pub(in crate::inventory) struct KeptOfDevice(BTreeMap<usize, Said<'static>>);

    impl KeptOfDevice {
        /// Hears what stands under the name of this index. Several texts are told one behind the other.
        pub(in crate::inventory) fn hear(&mut self, index: usize, text: &str) {
            if crate::text::trim(text).is_empty() {
                return;
            }
            self.0.entry(index).or_default().hear(text.to_owned(), |before, text| before == text);
        }

        /// Hears all that a part of the device says.
        #[cfg(feature = "xml")]
        pub(in crate::inventory) fn take_over(&mut self, part: Self) {
            for (index, said) in &part.0 {
                said.texts().for_each(|text| self.hear(*index, text));
            }
        }

        pub(in crate::inventory) fn of(&self, names: &NamesOfDevices) -> Kept {
            let mut kept = Kept::default();
            for (column, element) in names.keep.columns.iter().zip(&names.element_of) {
                let said = self.0.get(element).and_then(Said::shown);
                said.into_iter().for_each(|text| kept.say(&column.name, &text));
            }
            kept
        }
    }

    /// The names that devices have, and which of them are kept.
    #[derive(Debug)]
    pub(in crate::inventory) struct NamesOfDevices {
        pub(in crate::inventory) keep: Keep,
        /// What the headers name, each with its index. Several columns may keep one element.
        elements: HashMap<String, usize>,
        /// The index of what each column keeps.
        element_of: Vec<usize>,
        is_found: Vec<bool>,
        there: BTreeSet<String>,
    }

    /// Names that are equal in letters and digits are one; a name without any is itself.
    fn key(name: &str) -> String {
        let folded = folded(name);
        if folded.is_empty() { name.to_owned() } else { folded }
    }

    impl NamesOfDevices {
        pub(in crate::inventory) fn new(keep: &Keep) -> Self {
            let (mut elements, mut element_of) = (HashMap::new(), Vec::new());
            for column in &keep.columns {
                let next = elements.len();
                element_of.push(*elements.entry(key(&column.header)).or_insert(next));
            }
            let is_found = vec![false; elements.len()];
            Self { keep: keep.clone(), elements, element_of, is_found, there: BTreeSet::new() }
        }

        /// Something has this name: the index of what is kept of it, if it is kept.
        pub(in crate::inventory) fn hear(&mut self, name: &str) -> Option<usize> {
            if self.keep.is_empty() {
                return None;
            }
            if self.there.len() < REMEMBERED && !self.there.contains(name) {
                self.there.insert(crate::text::Shown::new(name).to_string());
            }
            let index = *self.elements.get(&key(name))?;
            if let Some(is_found) = self.is_found.get_mut(index) {
                *is_found = true;
            }
            Some(index)
        }

        /// The inventory of these devices.
        pub(in crate::inventory) fn end(self, inventory: Inventory) -> Result<Inventory, InventoryError> {
            let is_found = |element: &usize| self.is_found.get(*element).copied().unwrap_or(false);
            let found: Vec<bool> = self.element_of.iter().map(is_found).collect();
            inventory.keeping_of_devices(&self.keep, &found, self.there)
        }
    }
}
