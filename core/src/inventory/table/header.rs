//! Where the header of a table stands.

use crate::firmware::LoadName;
use crate::inventory::field::{folded, ranked};
use crate::inventory::{ChosenColumn, ColumnReport, InventoryError, limits};
use crate::phone::{Mac, Product, Vid};
use crate::text::{FieldText, trim};

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
        Self { chosen, records: 0, refused: None, commented: None, is_mac_list: chosen.is_empty() }
    }

    /// Whether enough records were looked at.
    pub(crate) fn is_over(&self) -> bool {
        self.records >= SEARCHED
    }

    /// Looks at the next record, which stands in this line: it is the header if one of its columns is known.
    pub(crate) fn look(
        &mut self,
        line: u64,
        cells: impl Iterator<Item: AsRef<[u8]>> + Clone,
    ) -> Result<Option<ColumnReport>, InventoryError> {
        limits::check_columns(cells.clone().count(), line)?;
        // No table of other programs can carry a NUL in a name.
        let header = |cell: &[u8]| trim(&String::from_utf8_lossy(cell)).replace('\0', "\u{fffd}");
        let headers: Vec<_> = cells.map(|cell| header(cell.as_ref())).collect();
        let first = headers.first().map_or("", String::as_str);
        // Of a column that is called `#`, but not of a comment, the header begins so.
        let is_comment = first.starts_with('#') && first.len() > 1;
        self.is_mac_list &= is_comment || headers.len() == 1 && is_like_mac(first);
        let record = self.records;
        self.records += 1;
        let known = headers.iter().filter(|header| self.is_known(header)).count();
        if !is_comment && self.is_row_below_comment(&headers, known) {
            return Ok(None);
        }
        match ColumnReport::find(headers, self.chosen) {
            Ok(columns) if is_comment => {
                self.commented.get_or_insert(Commented { record, columns, known, has_row: false });
                Ok(None)
            }
            Ok(columns) => Ok(Some(columns)),
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

    /// Whether a header is the name of a column that is read.
    fn is_known(&self, header: &str) -> bool {
        ranked(&folded(header)).is_some() || self.chosen.iter().any(|chosen| chosen.is_of(header))
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
        match (self.commented, self.refused) {
            (Some(Commented { record, columns, .. }), _) => Ok(Found::Header(record, columns)),
            (None, Some(_)) if self.is_mac_list => Ok(Found::MacList(ColumnReport::of_mac_list())),
            (None, refused) => Err(refused.unwrap_or(InventoryError::Empty)),
        }
    }
}

/// Whether a cell says something of a phone, as no name of a column does.
fn is_evidence(cell: &str) -> bool {
    let cell = cell.as_bytes();
    Mac::read(cell).is_ok() || Product::read(cell).is_ok() || Vid::read(cell).is_ok() || LoadName::read(cell).is_ok()
}

/// Whether a text is twelve digits as those of a MAC address, even if they belong to no phone (`SEP0123456789AB`).
fn is_like_mac(text: &str) -> bool {
    let digits = text.strip_prefix("SEP").or_else(|| text.strip_prefix("sep")).unwrap_or(text);
    let digits = digits.chars().filter(|letter| !matches!(letter, ':' | '-' | '.' | ' '));
    let count = digits.map(|digit| digit.is_ascii_hexdigit().then_some(1)).sum::<Option<usize>>();
    count == Some(12)
}
