//! CSV as a table: its columns as text, row by row, so that a file has one answer whoever reads it.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::audit_stream::{Fragment, Source};
use super::{AuditError, AuditOptions, AuditStream};
use crate::destination::Request;
use crate::inventory::csv::{self, CsvReading, RowsRead, Table, TableText};
use crate::inventory::{BrokenRow, InventoryError};
use crate::rulebook::RuleBook;

/// How many rows are read at once, and how many bytes of their file: a column of text ends at two gigabytes.
const ROWS: usize = 1 << 16;
const BYTES: usize = 1 << 28;
/// How many cells: a wide header makes every short row as wide.
const CELLS: usize = 1 << 22;

/// Audits a CSV text, read as [`inventory::csv`](crate::inventory::csv) reads it. The text is kept in memory, its rows are
/// not; it is copied only if it is not UTF-8.
///
/// Its columns come out as plain strings; bytes that are not UTF-8 as `\u{fffd}`. Of a row whose cells cannot be trusted, such as
/// one with more or fewer than the header, there is one text, in the best column that is read, and the other cells are null;
/// only a row with too long a cell stays as it is.
///
/// # Errors
/// As [`audit`](super::audit), and if there is no header row.
pub fn audit_csv(
    bytes: Vec<u8>,
    book: &RuleBook,
    request: &Request,
    options: &AuditOptions,
) -> Result<AuditStream<'static>, AuditError> {
    let bytes = Buffer::from(bytes);
    let TableText { text, written } = csv::text_of_phones(&bytes, &options.columns)?;
    let text = match text {
        Cow::Borrowed(text) => bytes.slice(bytes.len() - text.len()),
        Cow::Owned(text) => Buffer::from(text),
    };
    let table = Table::open(Bytes(text), written, &options.columns)?.keeping(&options.keep)?;
    let field = |name: &String| Field::new(name, DataType::Utf8, true);
    let schema = Schema::new(table.columns().headers().iter().map(field).collect::<Vec<_>>());
    AuditStream::new(
        CsvSource { table, schema: Arc::new(schema), rows: RowsRead::keeping_all() },
        book,
        request,
        options,
    )
}

/// Bytes that are shared, not copied.
#[derive(Clone)]
struct Bytes(Buffer);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

struct CsvSource {
    table: Table<Bytes>,
    schema: SchemaRef,
    rows: RowsRead,
}

impl CsvSource {
    fn read(&mut self) -> Result<Option<Fragment>, AuditError> {
        let mut columns: Vec<StringBuilder> = self.schema.fields().iter().map(|_| StringBuilder::new()).collect();
        let mut broken = StringBuilder::new();
        let (mut rows, mut bytes) = (0, 0);
        let most_rows = ROWS.min(CELLS / columns.len().max(1)).max(1);
        while rows < most_rows
            && bytes < BYTES
            && let Some(row) = self.table.next()
        {
            let row = row?;
            // Delimiters come back in rows that do not line up.
            let size = row.cells.as_slice().len() + row.cells.len();
            if size > BYTES {
                let message = format!("a row of {size} bytes; expected at most {BYTES}");
                return Err(InventoryError::Broken { line: row.line, message }.into());
            }
            for (column, cell) in columns.iter_mut().zip(row.lined_up()) {
                column.append_option(cell.as_deref().map(String::from_utf8_lossy));
            }
            broken.append_option(row.unreadable());
            self.rows.add(&row);
            (rows, bytes) = (rows + 1, bytes + size);
        }
        if rows == 0 {
            return Ok(None);
        }
        let columns = columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        Ok(Some(Fragment { batch, broken: Some(broken.finish()) }))
    }
}

impl Source for CsvSource {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn next(&mut self) -> Option<Result<Fragment, AuditError>> {
        self.read().transpose()
    }

    fn broken_rows(&self) -> &[BrokenRow] {
        self.rows.broken()
    }

    fn reading(&self) -> Option<CsvReading> {
        Some(self.rows.with_few().end(&self.table))
    }
}
