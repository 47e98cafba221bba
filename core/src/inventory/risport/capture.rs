//! Captures of `show risdb query phone`: each row is a device, as an answer has them.

use super::answer::Answer;
use super::other;
use crate::inventory::folded_header::folded;
use crate::inventory::terminal::aligned::Row;
use crate::inventory::terminal::risdb::{self, Query};
use crate::inventory::{InventoryError, RowProblem, registration};

/// The columns that are read, folded, by the names that answers have for them.
const NAMES: [(&str, &str); 7] = [
    ("devicename", "Name"),
    ("descr", "Description"),
    ("ipaddr", "IPAddress"),
    ("regstatus", "Status"),
    ("devicemodel", "Model"),
    ("activeloadid", "ActiveLoadID"),
    ("loadid", OTHER_LOAD),
];
/// The load that is read where the active one is not said.
const OTHER_LOAD: &str = "LoadID";
const ACTIVE_LOAD: &str = "ActiveLoadID";

/// Reads a capture. What it says of devices that are no phones is told.
///
/// # Errors
/// If the text is no capture, if it is one of other devices alone, or if it counts phones and shows none; the inner one as
/// [`Answer::close`].
pub(super) fn read(text: &str, answer: &mut Answer) -> Result<Result<(), InventoryError>, InventoryError> {
    if !risdb::is_there(text) {
        return Err(other("text that is neither XML nor JSON"));
    }
    let capture = risdb::read(text);
    if let Some(found) = capture.shows_nothing() {
        return Err(other(&found));
    }
    let total = capture.queries.iter().filter_map(|query| query.total).reduce(u64::saturating_add);
    answer.found = total;
    answer.has_no_phones = capture.queries.iter().filter(|query| query.rows.is_empty()).count();
    answer.other_queries = capture.others();
    answer.open("CmNodes");
    Ok(capture.queries.iter().try_for_each(|query| node(query, answer)).and_then(|()| answer.close()))
}

fn node(query: &Query, answer: &mut Answer) -> Result<(), InventoryError> {
    answer.open("item");
    answer.open("CmDevices");
    for row in &query.rows {
        answer.open("item");
        match row.is_lined_up {
            true => device(query, row, answer)?,
            false => {
                let problem = RowProblem::ColumnCount { found: row.cells.len(), expected: query.headers.len() };
                answer.spoil(problem, &row.cells.join(", "));
            }
        }
        answer.close()?;
    }
    answer.close()?;
    answer.close()
}

fn device(query: &Query, row: &Row, answer: &mut Answer) -> Result<(), InventoryError> {
    let name = |header: &str| NAMES.iter().find(|(column, _)| folded(header).ends_with(column)).map(|(_, name)| *name);
    let named = |header: &String| NAMES.iter().find(|(column, _)| folded(header) == *column).map(|(_, name)| *name);
    // A prompt may stand in front of the first column.
    let names = query.headers.iter().enumerate().map(|(at, header)| if at == 0 { name(header) } else { named(header) });
    let cells: Vec<_> = names.zip(&query.headers).zip(&row.cells).filter(|(_, cell)| !cell.is_empty()).collect();
    let has_active_load = cells.iter().any(|((name, _), _)| *name == Some(ACTIVE_LOAD));
    for ((name, header), cell) in cells {
        let name = match name {
            Some(OTHER_LOAD) if !has_active_load => ACTIVE_LOAD,
            name => name.unwrap_or(header),
        };
        answer.open_called(name, header);
        answer.text(if name == "Status" { registration::in_words_of_risport(cell) } else { cell });
        answer.close()?;
    }
    Ok(())
}
