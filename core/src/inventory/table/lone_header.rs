//! Records in which one cell alone names a column that is read: the header of a table, or a word of a text.

use crate::inventory::everyday_headers::{counts, says};
use crate::inventory::{ColumnReport, InventoryError, InventoryField};

/// So many records below such a record are looked at for cells that read as its field.
const BELOW: usize = 20;

/// A record with one known name.
pub(super) struct Lone {
    pub(super) record: usize,
    pub(super) line: u64,
    columns: ColumnReport,
    /// The fields that its names may be, where the cells of each stand, and its column.
    fields: Vec<(InventoryField, usize, usize)>,
    /// How many records below it were looked at.
    below: usize,
}

impl Lone {
    /// `places` are those of the headers.
    pub(super) fn new(record: usize, line: u64, columns: ColumnReport, places: &[usize]) -> Self {
        let place = |column: &usize| Some((places.get(*column).copied()?, *column));
        let of = |field: &InventoryField| {
            let field = *field;
            columns
                .columns(field)
                .iter()
                .filter_map(place)
                .map(move |(place, column)| (field, place, column))
                .collect::<Vec<_>>()
        };
        let fields = InventoryField::ALL.iter().flat_map(of).collect();
        Self { record, line, columns, fields, below: 0 }
    }

    /// Whether a record below it says in one of the columns what reads as the field.
    pub(super) fn is_confirmed_by(&mut self, cells: &[String], places: &[usize]) -> bool {
        if self.below >= BELOW {
            return false;
        }
        self.below += 1;
        let cell = |place: &usize| places.binary_search(place).ok().and_then(|index| cells.get(index));
        self.fields.iter().any(|(field, place, column)| {
            let part = |cell: &String| self.columns.cell(*field, *column, cell.as_bytes()).bytes.to_vec();
            cell(place).is_some_and(|cell| reads(*field, &String::from_utf8_lossy(&part(cell))))
        })
    }

    /// Whether records below it may tell more.
    pub(super) fn is_open(&self) -> bool {
        self.below < BELOW
    }

    /// Whether nothing stands below it.
    pub(super) fn is_last(&self) -> bool {
        self.below == 0
    }

    pub(super) fn into_columns(self) -> ColumnReport {
        self.columns
    }

    /// Why it is no header.
    pub(super) fn refused(&self) -> InventoryError {
        let column = self.fields.first().and_then(|(field, ..)| Some((*field, *self.columns.columns(*field).first()?)));
        let Some((field, column)) = column else {
            return InventoryError::NoColumn { found: self.columns.headers().to_vec() };
        };
        let header = self.columns.header(column).to_owned();
        InventoryError::LoneHeader { line: self.line, header, field, below: self.below }
    }
}

/// Whether a cell reads as the field. Devices of Unified CM that are no desk phones have names of other shapes.
fn reads(field: InventoryField, cell: &str) -> bool {
    let is_fit = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    let is_name = || cell.len() > 3 && cell.bytes().all(is_fit) && cell.bytes().any(|byte| byte.is_ascii_uppercase());
    match field {
        InventoryField::Mac => says(field, cell.as_bytes()) || is_name(),
        // Many words are like serials.
        InventoryField::Serial => counts(field, cell.as_bytes()),
        // Many numbers are like releases, and the letters of words hint at MPP firmware (`aa ms ra`).
        InventoryField::Firmware => cell.bytes().any(|byte| byte.is_ascii_digit()) && counts(field, cell.as_bytes()),
        field => says(field, cell.as_bytes()),
    }
}
