//! A CSV text whose header is known, row by row.

use std::borrow::Cow;

use csv::ByteRecord;

use super::rows::{Row, Rows};
use crate::inventory::row::phone;
use crate::inventory::{BrokenRow, ChosenColumn, ColumnReport, InventoryError, RowProblem};
use crate::phone::Phone;
use crate::text::trim;

pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The rows behind the header.
pub(crate) struct Table<B> {
    columns: ColumnReport,
    has_byte_order_mark: bool,
    rows: Rows<B>,
    cells: ByteRecord,
}

/// One row.
pub(crate) struct TableRow<'t> {
    pub(crate) line: u64,
    pub(crate) cells: &'t ByteRecord,
    pub(crate) broken: Option<BrokenRow>,
    pub(super) columns: &'t ColumnReport,
    pub(super) delimiter: u8,
}

impl<B: AsRef<[u8]> + Clone> Table<B> {
    pub(crate) fn open(bytes: B, columns: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let text = bytes.as_ref();
        if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
            return Err(InventoryError::Utf16);
        }
        for (beginning, found) in [
            (&b"PAR1"[..], "Parquet"),
            (b"PK\x03\x04", "an Excel workbook or another zip file"),
            (b"ARROW1", "an Arrow file"),
            (b"\x1f\x8b", "compressed by gzip"),
        ] {
            if text.starts_with(beginning) {
                return Err(InventoryError::NotText { found });
            }
        }
        let has_byte_order_mark = text.starts_with(BYTE_ORDER_MARK);
        let mut rows = Rows::new(bytes, if has_byte_order_mark { BYTE_ORDER_MARK.len() } else { 0 });
        let mut cells = ByteRecord::new();
        match rows.next(&mut cells) {
            None => return Err(InventoryError::Empty),
            Some(row) => row.map_err(|error| unreadable(&error))?,
        };
        let headers = cells.iter().map(|cell| trim(&String::from_utf8_lossy(cell)).to_owned()).collect();
        Ok(Self { columns: ColumnReport::find(headers, columns)?, has_byte_order_mark, rows, cells })
    }

    pub(crate) fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    pub(crate) fn into_columns(self) -> ColumnReport {
        self.columns
    }

    pub(crate) fn has_byte_order_mark(&self) -> bool {
        self.has_byte_order_mark
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.rows.delimiter()
    }

    pub(crate) fn next(&mut self) -> Option<Result<TableRow<'_>, InventoryError>> {
        let Row { line, is_unclosed } = match self.rows.next(&mut self.cells)? {
            Ok(row) => row,
            Err(error) => return Some(Err(unreadable(&error))),
        };
        let (cells, columns, delimiter) = (&self.cells, &self.columns, self.rows.delimiter());
        let problem = problem(cells, columns.headers().len(), is_unclosed);
        let broken = problem.map(|problem| BrokenRow { line, problem });
        Some(Ok(TableRow { line, cells, broken, columns, delimiter }))
    }
}

fn unreadable(error: &csv::Error) -> InventoryError {
    let line = error.position().map_or(1, csv::Position::line);
    InventoryError::Broken { line, message: error.to_string() }
}

fn problem(cells: &ByteRecord, expected: usize, is_unclosed: bool) -> Option<RowProblem> {
    let found = cells.len();
    if is_unclosed {
        Some(RowProblem::UnclosedQuote)
    } else if found != expected {
        Some(RowProblem::ColumnCount { found, expected })
    } else if !cells.as_slice().is_ascii() && cells.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        Some(RowProblem::NotUtf8)
    } else {
        None
    }
}

impl<'t> TableRow<'t> {
    pub(crate) fn phone(&self) -> Phone<'t> {
        match self.unreadable() {
            Some(text) => Phone::new(text),
            None => {
                let cells = self.cells;
                phone(|field| self.columns.columns(field).iter().filter_map(|column| cells.get(*column)))
            }
        }
    }

    /// Of a row whose cells cannot be trusted: all of them, as the text that nobody can read.
    pub(crate) fn unreadable(&self) -> Option<String> {
        let broken = self.broken.as_ref().filter(|broken| broken.problem.spoils_the_row())?;
        let texts: Vec<_> = self.cells.iter().map(String::from_utf8_lossy).collect();
        Some(format!("{broken}: {}", texts.join(&char::from(self.delimiter).to_string())))
    }

    /// The cells below the headers: a row may have too few, or too many, which stay in the last cell. Nothing is lost.
    pub(crate) fn lined_up(&self) -> impl Iterator<Item = Cow<'t, [u8]>> + use<'t> {
        let (cells, columns, delimiter) = (self.cells, self.columns.headers().len(), self.delimiter);
        (0..columns).map(move |column| {
            if column + 1 == columns && cells.len() > columns {
                let rest: Vec<_> = cells.iter().skip(column).collect();
                return Cow::Owned(rest.join(&delimiter));
            }
            Cow::Borrowed(cells.get(column).unwrap_or_default())
        })
    }
}
