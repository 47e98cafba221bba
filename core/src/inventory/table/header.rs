//! Where the header of a table stands.
//!
//! A record is the header if it names a field, and beside it another column that tables of phones have; or if it names one
//! and a cell below reads as that. One word of a text is no table: texts of all kinds have lines such as `Version`.

use super::lone_header::Lone;
use crate::firmware::LoadName;
use crate::fleet::ResultColumn;
use crate::inventory::known_headers::{is_udi, ranked, stands_beside_phones};
use crate::inventory::{ChosenColumn, ColumnReport, InventoryError, limits, reads_as_phone};
use crate::phone::{DeviceClass, Mac, Product, Vid};
use crate::text::{FieldText, Shown, trim};

/// Among how many records the header is looked for: reports begin with a title and a date, not with pages of them.
const SEARCHED: usize = 20;

/// Looks at the first records of a table, one after the other, until one of them is the header.
pub(crate) struct HeaderSearch<'c> {
    chosen: &'c [ChosenColumn],
    records: usize,
    /// Why the first record is no header.
    refused: Option<InventoryError>,
    /// A line behind `#` that would be one, if no other is.
    commented: Option<Commented>,
    /// Records with one known name, and which of them cells below have shown to be the header.
    lone: Vec<Lone>,
    confirmed: Option<usize>,
    /// A record that is no comment.
    first: Option<usize>,
    is_mac_list: bool,
}

/// A line behind `#` with a known name: a header, or a comment that stands above one.
struct Commented {
    record: usize,
    columns: ColumnReport,
    /// How many of its cells are known names.
    known: usize,
    /// A record below it is a row, and so it is the header.
    has_row: bool,
    /// No record stands below it.
    is_last: bool,
}

impl Commented {
    /// Whether it may be the header.
    fn is_header(&self) -> bool {
        self.known > 1 || self.has_row || self.is_last
    }
}

/// What the search came to.
pub(crate) enum Found {
    /// This record, of those that were looked at, is the header.
    Header(usize, ColumnReport),
    /// There is no header, and every line is a MAC address.
    MacList(ColumnReport),
}

impl<'c> HeaderSearch<'c> {
    pub(crate) fn new(chosen: &'c [ChosenColumn]) -> Self {
        let (lone, is_mac_list) = (Vec::new(), chosen.is_empty());
        Self { chosen, records: 0, refused: None, commented: None, lone, confirmed: None, first: None, is_mac_list }
    }

    /// Whether enough records were looked at.
    pub(crate) fn is_over(&self) -> bool {
        self.confirmed.is_some() || self.records >= SEARCHED && !self.lone.iter().any(Lone::is_open)
    }

    /// Looks at the next record, which stands in this line, cell by cell, each with its column: it is the header if it names a
    /// field and another column.
    pub(crate) fn look(
        &mut self,
        line: u64,
        cells: impl Iterator<Item = (usize, impl AsRef<[u8]>)> + Clone,
    ) -> Result<Option<ColumnReport>, InventoryError> {
        limits::check_columns(cells.clone().count(), line)?;
        // No table of other programs can carry a NUL in a name.
        let header = |cell: &[u8]| trim(&String::from_utf8_lossy(cell)).replace('\0', "\u{fffd}");
        let (places, headers): (Vec<_>, Vec<_>) = cells.map(|(place, cell)| (place, header(cell.as_ref()))).unzip();
        let first = headers.first().map_or("", String::as_str);
        // Of a column that is called `#`, but not of a comment, the header begins so.
        let is_comment = first.starts_with('#') && first.len() > 1;
        self.is_mac_list &= is_comment || headers.len() == 1 && is_like_mac(first);
        let record = self.records;
        self.records += 1;
        let known = headers.iter().filter(|header| self.is_known(header)).count();
        if !is_comment {
            self.first.get_or_insert(record);
            let confirmed = self
                .lone
                .iter_mut()
                .rev()
                .find_map(|lone| lone.is_confirmed_by(&headers, &places).then_some(lone.record));
            if confirmed.is_some() {
                self.confirmed = confirmed;
                return Ok(None);
            }
            if self.is_row_below_comment(&headers, known) || record >= SEARCHED {
                return Ok(None);
            }
        }
        let row = headers.iter().find(|header| self.is_chosen(header) && reads_as_phone(header));
        if let Some(cell) = row {
            let found =
                format!("no line of headers: {} in line {line} is what a row says of a phone", Shown::quoted(cell));
            return Err(InventoryError::OtherThing { found, expected: IN_FRONT });
        }
        match ColumnReport::find(headers, self.chosen) {
            Ok(columns) if is_comment => {
                self.commented.get_or_insert(Commented { record, columns, known, has_row: false, is_last: true });
                Ok(None)
            }
            Ok(columns) if self.is_certain(&columns) => Ok(Some(columns)),
            Ok(columns) => {
                // Of everyday words it takes two, whatever stands below: a text says a load below `Version` too.
                if columns.names_a_field() || self.names(&columns) > 1 {
                    self.lone.push(Lone::new(record, line, columns, &places));
                } else {
                    self.refuse(InventoryError::NoColumn { found: columns.headers().to_vec() }, false);
                }
                Ok(None)
            }
            Err(InventoryError::NoColumn { found }) => {
                self.refuse(InventoryError::NoColumn { found }, is_comment);
                Ok(None)
            }
            // Without the column that the caller chose, a header is told by its other columns.
            Err(InventoryError::NoSuchColumn { field, column, found }) => {
                let is_header = ColumnReport::find(found.clone(), &[]).is_ok();
                let error = InventoryError::NoSuchColumn { field, column, found };
                if is_header && !is_comment {
                    return Err(error);
                }
                self.refuse(error, is_comment);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a record is a header whatever stands below it: the caller named a column of it, or it names a field by a word that
    /// means nothing else, and another column that tables of phones have.
    fn is_certain(&self, columns: &ColumnReport) -> bool {
        columns.headers().iter().any(|header| self.is_chosen(header))
            || columns.names_a_field() && self.names(columns) > 1
    }

    /// How many headers are names that tables of phones have.
    fn names(&self, columns: &ColumnReport) -> usize {
        let is_name = |header: &&String| {
            self.is_known(header)
                || stands_beside_phones(header)
                || ResultColumn::ALL.iter().any(|column| column.as_str() == **header)
        };
        columns.headers().iter().filter(is_name).count()
    }

    /// Whether a header is the name of a column that is read.
    fn is_known(&self, header: &str) -> bool {
        ranked(header).is_some() || is_udi(header) || self.is_chosen(header)
    }

    /// Whether the caller named this column.
    fn is_chosen(&self, header: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen.is_of(header))
    }

    /// Whether a record is a row below a header behind `#`, though some of its cells may be known names: a description may
    /// be `Model`. A record that says a MAC address, a product, a VID or a load is a row, and so is all that comes behind
    /// it. Else it is a header, unless it says fewer names than the one above, beside other things, and all of them where
    /// that has a column of text. How many cells it has tells nothing.
    fn is_row_below_comment(&mut self, cells: &[String], known: usize) -> bool {
        let is_name = |cell: &String| self.is_known(cell);
        let Some(commented) = &self.commented else { return false };
        let has_evidence = cells.iter().any(|cell| is_evidence(cell) && !is_name(cell));
        let is_read = |column: usize| commented.columns.headers().get(column).is_some_and(is_name);
        let says_something_else = cells.iter().any(|cell| !cell.is_empty() && !is_name(cell));
        let is_beside_names = || cells.iter().enumerate().all(|(column, cell)| !is_name(cell) || !is_read(column));
        let is_row =
            commented.has_row || has_evidence || known < commented.known && says_something_else && is_beside_names();
        if let Some(commented) = &mut self.commented {
            commented.has_row |= has_evidence;
            commented.is_last = false;
        }
        is_row
    }

    fn refuse(&mut self, error: InventoryError, is_comment: bool) {
        if !is_comment {
            self.refused.get_or_insert(error);
        }
    }

    /// What the records come to, none of which is the header for certain.
    pub(crate) fn end(self) -> Result<Found, InventoryError> {
        let Self { commented, refused, lone, confirmed, first, is_mac_list, .. } = self;
        // A header may have no row, but a text has more than this word.
        let is_all = |lone: &Lone| lone.is_last() && Some(lone.record) == first;
        let why = lone.last().map(Lone::refused);
        let mut lone = lone.into_iter();
        if let Some(lone) = lone.find(|lone| Some(lone.record) == confirmed || confirmed.is_none() && is_all(lone)) {
            return Ok(Found::Header(lone.record, lone.into_columns()));
        }
        match (commented.filter(Commented::is_header), why.or(refused)) {
            (Some(Commented { record, columns, .. }), _) => Ok(Found::Header(record, columns)),
            (None, Some(_)) if is_mac_list => Ok(Found::MacList(ColumnReport::of_mac_list())),
            (None, why) => Err(why.unwrap_or(InventoryError::Empty)),
        }
    }
}

/// What to do with a table without headers.
const IN_FRONT: &str = "a line of headers: write one in front, such as MAC,PID,VID";

/// Whether a cell says something of a phone, as no name of a column does. `Total` or `Nombre` may be one.
pub(crate) fn is_evidence(cell: &str) -> bool {
    let cell = cell.as_bytes();
    let is_product =
        || Product::read(cell).is_ok_and(|product| product.model().device_class() != Some(DeviceClass::SumRow));
    Mac::read(cell).is_ok() || is_product() || Vid::read(cell).is_ok() || LoadName::read(cell).is_ok()
}

/// Whether a text is twelve digits as those of a MAC address, even if they belong to no phone (`SEP0123456789AB`).
fn is_like_mac(text: &str) -> bool {
    let digits = text.strip_prefix("SEP").or_else(|| text.strip_prefix("sep")).unwrap_or(text);
    let digits = digits.chars().filter(|letter| !matches!(letter, ':' | '-' | '.' | ' '));
    let count = digits.map(|digit| digit.is_ascii_hexdigit().then_some(1)).sum::<Option<usize>>();
    count == Some(12)
}
