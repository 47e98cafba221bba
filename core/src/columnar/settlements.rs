//! Tables as settlements.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatchReader};
use arrow_schema::ArrowError;

use super::array_cells::{Cells, with_integers_as_text};
use crate::inventory::InventoryField;
use crate::merge::{SettlementColumn, SettlementError, Settlements};
use crate::text::Shown;

/// Why a table cannot be read as settlements.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettlementsError {
    /// What a row says is refused.
    #[error(transparent)]
    Settlement(#[from] SettlementError),
    /// A column holds something that is not text.
    #[error("settlements: column {column} is of type {}; expected text", Shown::new(found))]
    ColumnType {
        /// The column.
        column: SettlementColumn,
        /// Its type.
        found: String,
    },
    /// What hands over the batches failed.
    #[error("settlements: {0}")]
    Arrow(#[from] ArrowError),
}

/// Reads settlements from a table with the columns of [`SettlementColumn`]; rows are counted from 1. Devices may be MAC
/// addresses that are integers of more than twelve digits; everything else is text.
///
/// # Errors
/// As [`Settlements::of_table`], and where a column is no text.
///
/// # Example
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
/// use crossgrade::columnar::read_settlements;
///
/// let column = |text| Arc::new(StringArray::from(vec![text])) as ArrayRef;
/// let columns = [("device", "SEP00CCFC123456"), ("field", "vid"), ("value", "V03"), ("said_by", "Anna")];
/// let batch = RecordBatch::try_from_iter(columns.map(|(name, text)| (name, column(text))))?;
/// let schema = batch.schema();
/// let settlements = read_settlements(RecordBatchIterator::new([Ok(batch)], schema), "labels")?;
/// assert_eq!(settlements.iter().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_settlements(table: impl RecordBatchReader, name: &str) -> Result<Settlements, SettlementsError> {
    let schema = table.schema();
    let known: Vec<(usize, SettlementColumn)> = schema
        .fields()
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((index, field.name().parse().ok()?)))
        .filter(|(_, column)| *column != SettlementColumn::Sides)
        .collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for batch in table {
        let batch = batch?;
        let begin = rows.len();
        rows.resize_with(begin + batch.num_rows(), Vec::new);
        for (index, column) in &known {
            let cells = batch.column(*index);
            let found = || SettlementsError::ColumnType { column: *column, found: cells.data_type().to_string() };
            let texts = texts(*column, cells);
            let texts = Cells::new(&*texts).map_err(|_| found())?;
            let rows = rows.get_mut(begin..).unwrap_or_default();
            let take = |row: usize, cell: &[u8]| {
                if let Some(cells) = rows.get_mut(row) {
                    cells.push(String::from_utf8_lossy(cell).into_owned());
                }
            };
            texts.each(0..batch.num_rows(), take).map_err(|_| found())?;
        }
    }
    let columns = known.iter().map(|(_, column)| column.as_str()).collect::<Vec<_>>();
    match columns.is_empty() {
        false => Ok(Settlements::of_table(name, &columns, rows)?),
        // The error tells what the columns are.
        true => {
            let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            Ok(Settlements::of_table(name, &names, rows)?)
        }
    }
}

/// The column as text, as far as it can be.
fn texts(column: SettlementColumn, cells: &ArrayRef) -> ArrayRef {
    match column {
        SettlementColumn::Device => with_integers_as_text(InventoryField::Mac, cells),
        _ if cells.data_type().is_integer() => with_integers_as_text(InventoryField::Pid, cells),
        _ => Arc::clone(cells),
    }
}
