//! Columns of the caller that come with the phones: location, room, owner.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::field::{folded, ranked};
use super::{Inventory, InventoryError};
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::audit::ResultColumn;
use crate::fleet::{FleetColumn, is_same_column};
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

/// Bytes of the name of a kept column.
const LONGEST_NAME: usize = 1_000;
/// So many columns are kept.
const MOST: usize = 1_000;
/// So many names of columns are remembered, for who looks for one that is not there.
const REMEMBERED: usize = 1_000;

/// The columns of the caller that come with the phones through reading, merging, audits and results.
///
/// A column is found by its header: the very text if there is such a column, else without regard to case, else by its
/// letters and digits alone, as [`InventoryField`](super::InventoryField) finds its own. Tables have columns, and the
/// devices of RisPort and Webex have elements and members; pages of phones have none. A column may be kept and be read as a
/// field too. A cell is kept as it was read, and says nothing if it is blank. Of a row whose cells cannot be trusted,
/// nothing is kept.
///
/// No two kept columns have one name, and none has the name of a [`FleetColumn`] or of a result column, whatever the case.
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
/// assert!(refused.to_string().contains("--keep my_Status=Status"));
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
        let is_there =
            |column: &KeptColumn| inventory.kept.found.iter().any(|found| is_same_column(found, &column.name));
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
        let missing = |column: &&KeptColumn| !self.is_optional && matches!(column.find(headers), Ok(None));
        self.columns.iter().find(missing).map_or(Ok(()), |column| Err(column.no_such(headers.to_vec())))
    }

    /// Where these headers have the columns: for each that is there its name, and the column.
    ///
    /// # Errors
    /// If two columns could be the same kept one.
    pub(crate) fn find(&self, headers: &[String]) -> Result<Vec<(Arc<str>, usize)>, InventoryError> {
        let mut found = Vec::new();
        for column in &self.columns {
            if let Some(position) = column.find(headers)? {
                found.push((Arc::clone(&column.name), position));
            }
        }
        Ok(found)
    }

    /// The same for a table that comes out with its own columns: the kept columns that it does not have under their names
    /// already.
    ///
    /// # Errors
    /// If a column is not there, or its name would be that of another.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn find_beside(&self, headers: &[String]) -> Result<Vec<(Arc<str>, usize)>, InventoryError> {
        let mut beside = Vec::new();
        for column in &self.columns {
            let Some(position) = column.find(headers)? else {
                if self.is_optional {
                    continue;
                }
                return Err(column.no_such(headers.to_vec()));
            };
            if headers.get(position).is_some_and(|header| is_same_column(header, &column.name)) {
                continue;
            }
            if headers.iter().any(|header| is_same_column(header, &column.name)) {
                return column.refused("the table has another column of this name");
            }
            // Who reads the results again would take it for evidence.
            if ranked(&folded(&column.name)).is_some() {
                return column.refused("a column of this name is read as a field of the phone");
            }
            beside.push((Arc::clone(&column.name), position));
        }
        Ok(beside)
    }

    /// Which of the columns is called so, in a document whose devices have names instead of columns.
    #[cfg(any(feature = "xml", feature = "webex"))]
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| {
            let folded_name = folded(name);
            column.header == name || !folded_name.is_empty() && folded_name == folded(&column.header)
        })
    }
}

/// Several, separated by commas: `Room,site=Location`. A comma of a header has a backslash in front.
impl FromStr for Keep {
    type Err = InventoryError;

    fn from_str(text: &str) -> Result<Self, InventoryError> {
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
        Self::of(texts.iter().map(|text| text.parse()).collect::<Result<Vec<_>, _>>()?)
    }
}

impl KeptColumn {
    fn no_such(&self, found: Vec<String>) -> InventoryError {
        InventoryError::NoSuchKept { column: self.header.clone(), found }
    }

    fn find(&self, headers: &[String]) -> Result<Option<usize>, InventoryError> {
        let folded_header = folded(&self.header);
        let is_exact = |header: &str| trim(header) == self.header;
        let is_same = |header: &str| is_same_column(trim(header), &self.header);
        let is_folded = |header: &str| !folded_header.is_empty() && folded(header) == folded_header;
        let ways: [&dyn Fn(&str) -> bool; 3] = [&is_exact, &is_same, &is_folded];
        for is_it in ways {
            let mut found = headers.iter().enumerate().filter(|(_, header)| is_it(header));
            match (found.next(), found.next()) {
                (None, _) => {}
                (Some((position, _)), None) => return Ok(Some(position)),
                (Some((_, first)), Some((_, second))) => {
                    let (first, second) = (first.clone(), second.clone());
                    return Err(InventoryError::AmbiguousKept { column: self.header.clone(), first, second });
                }
            }
        }
        Ok(None)
    }
}

/// Which kept columns the sources of an inventory have, and which columns there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct KeptReport {
    found: Vec<Arc<str>>,
    there: Vec<String>,
}

impl KeptReport {
    pub(super) fn found(&mut self, name: &Arc<str>) {
        if !self.found.contains(name) {
            self.found.push(Arc::clone(name));
        }
    }

    /// A column is there, whether it is kept or not.
    pub(super) fn there(&mut self, name: &str) {
        if self.there.len() < REMEMBERED && !self.there.iter().any(|known| known == name) {
            self.there.push(Shown::new(name).to_string());
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        other.found.iter().for_each(|name| self.found(name));
        other.there.iter().for_each(|name| self.there(name));
    }
}

#[cfg(any(feature = "xml", feature = "webex"))]
pub(super) use of_devices::{KeptOfDevice, NamesOfDevices};

/// Documents whose devices have names instead of columns.
#[cfg(any(feature = "xml", feature = "webex"))]
mod of_devices {
    use std::collections::BTreeSet;

    use super::{Keep, REMEMBERED};
    use crate::fleet::Kept;
    use crate::inventory::said::Said;
    use crate::inventory::{Inventory, InventoryError};

    /// What one device says under the names that are kept: nothing for most devices, so a list of what it does say.
    #[derive(Debug, Default)]
    pub(in crate::inventory) struct KeptOfDevice(Vec<(usize, Said<'static>)>);

    impl KeptOfDevice {
        /// Hears what stands under the name of this index. Several texts are told one behind the other.
        pub(in crate::inventory) fn hear(&mut self, index: usize, text: &str) {
            if crate::text::trim(text).is_empty() {
                return;
            }
            let place = match self.0.iter().position(|(of, _)| *of == index) {
                Some(place) => place,
                None => {
                    self.0.push((index, Said::default()));
                    self.0.len() - 1
                }
            };
            if let Some((_, said)) = self.0.get_mut(place) {
                said.hear(text.to_owned(), |before, text| before == text);
            }
        }

        pub(in crate::inventory) fn of(&self, keep: &Keep) -> Kept {
            let mut kept = Kept::default();
            for (index, column) in keep.columns.iter().enumerate() {
                let said = self.0.iter().find(|(of, _)| *of == index).and_then(|(_, said)| said.shown());
                said.into_iter().for_each(|text| kept.say(&column.name, &text));
            }
            kept
        }
    }

    /// The names that devices have, and which of them are kept.
    #[derive(Debug)]
    pub(in crate::inventory) struct NamesOfDevices {
        pub(in crate::inventory) keep: Keep,
        is_found: Vec<bool>,
        there: BTreeSet<String>,
    }

    impl NamesOfDevices {
        pub(in crate::inventory) fn new(keep: &Keep) -> Self {
            Self { keep: keep.clone(), is_found: vec![false; keep.columns.len()], there: BTreeSet::new() }
        }

        /// Something has this name: which of the kept columns it is, if it is one.
        pub(in crate::inventory) fn hear(&mut self, name: &str) -> Option<usize> {
            if self.keep.is_empty() {
                return None;
            }
            if self.there.len() < REMEMBERED && !self.there.contains(name) {
                self.there.insert(crate::text::Shown::new(name).to_string());
            }
            let index = self.keep.named(name)?;
            if let Some(is_found) = self.is_found.get_mut(index) {
                *is_found = true;
            }
            Some(index)
        }

        /// The inventory of these devices.
        pub(in crate::inventory) fn end(self, inventory: Inventory) -> Result<Inventory, InventoryError> {
            inventory.keeping_of_devices(&self.keep, &self.is_found, self.there)
        }
    }
}
