//! A CSV text that is no inventory: its rows as texts, by the same rules as those of phones.

use csv::ByteRecord;

use super::csv_rows::{RowQuotes, Rows};
use super::csv_table::text;
use crate::inventory::table::problem_of;
use crate::inventory::{InventoryError, RowProblem, limits};

/// The header of a text, and the rows behind it.
pub(crate) struct PlainTable {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<PlainRow>,
}

/// One row behind the header.
pub(crate) struct PlainRow {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
    /// Why nothing in it can be trusted.
    pub(crate) problem: Option<RowProblem>,
}

/// Each cell is kept as a text: of a wide table, that is far more than its bytes.
const MOST_COLUMNS: usize = 256;

/// So many records may stand above the header.
const ABOVE_HEADER: usize = 20;

/// The header, and the rows behind it but for those that are blank; nothing if no record is a header. Lines behind `#` are
/// comments.
pub(crate) fn plain_rows(
    bytes: &[u8],
    mut is_header: impl FnMut(&[String]) -> bool,
) -> Result<Option<PlainTable>, InventoryError> {
    let decoded = text(bytes)?;
    let mut rows = Rows::new(&*decoded.text);
    let mut cells = ByteRecord::new();
    let mut header = None;
    for _ in 0..ABOVE_HEADER {
        let Some(row) = rows.next(&mut cells, None) else { return Ok(None) };
        let line = row?.line;
        let texts = texts(&cells);
        if is_header(&texts) {
            limits::check_columns(cells.len(), line)?;
            header = Some(texts);
            break;
        }
        rows = rows.with_delimiter_of_next();
    }
    let Some(header) = header else { return Ok(None) };
    if header.len() > MOST_COLUMNS {
        let (found, limit) = (header.len() as u64, MOST_COLUMNS as u64);
        return Err(InventoryError::TooMuch { what: "columns", line: 1, found, limit });
    }
    let mut all = Vec::new();
    loop {
        // A cell in quotes is no comment.
        let is_comment = rows.begins_with(b'#');
        let Some(row) = rows.next(&mut cells, Some(header.len())) else { break };
        let row = row?;
        if is_comment || cells.as_slice().iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        limits::check_rows(all.len() as u64, row.line)?;
        let problem = problem(&cells, header.len(), row.quotes);
        let cells = if problem.is_none() { texts(&cells) } else { Vec::new() };
        all.push(PlainRow { line: row.line, cells, problem });
    }
    Ok(Some(PlainTable { header, rows: all }))
}

fn texts(cells: &ByteRecord) -> Vec<String> {
    cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
}

/// One cell too many says that a separator was not quoted, and one too few that the file ends in the middle of it.
fn problem(cells: &ByteRecord, expected: usize, quotes: RowQuotes) -> Option<RowProblem> {
    let is_too_long = cells.iter().skip(expected).any(|cell| !cell.trim_ascii().is_empty());
    let is_too_short = cells.len() < expected;
    match quotes {
        _ if problem_of(cells).is_some() => problem_of(cells),
        RowQuotes::Unclosed => Some(RowProblem::UnclosedQuote),
        RowQuotes::Ambiguous => Some(RowProblem::RowOrText),
        _ if is_too_long || is_too_short => Some(RowProblem::ColumnCount { found: cells.len(), expected }),
        RowQuotes::Fine | RowQuotes::HoldLines => None,
    }
}
