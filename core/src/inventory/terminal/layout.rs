//! Which of these texts a document is, and the same as CSV.

use super::screen::{Line, lines};
use super::sheet::{Sheet, is_table_header};
use super::{blocks, fixed, risdb};
use crate::inventory::{ChosenColumn, InventoryError};

/// What a capture should be, where it says nothing of phones.
pub(in crate::inventory) const EXPECTED_OF_PHONES: &str = "an inventory of phones, such as a device export of Unified CM or an answer of \
     RisPort; a switch does not know which hardware version a phone has and which firmware it runs";

/// What kind of text without delimiter a table was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Risdb,
    Fixed,
    Blocks,
}

impl Layout {
    /// Whether a row ends with its last cell that is not empty.
    pub(crate) fn has_short_rows(self) -> bool {
        matches!(self, Self::Fixed | Self::Blocks)
    }

    /// What a person should know of it.
    pub(crate) fn note(self) -> &'static str {
        match self {
            Self::Risdb => "a capture of `show risdb query phone`, read as a table",
            Self::Fixed => "a table whose columns have fixed widths, read by the ruler below its header",
            Self::Blocks => "blocks of names and values, each read as a row that stands in the last line of its block",
        }
    }
}

/// What the beginning of a text shows it to be. `is_cut` tells that there is more.
pub(in crate::inventory) fn recognize(head: &str, is_cut: bool, chosen: &[ChosenColumn]) -> Option<Layout> {
    let lines: Vec<Line<'_>> = lines(head).collect();
    if let Some(at) = risdb::begins_in(lines.iter().map(|line| &*line.text)) {
        let is_below_header = lines[..at].iter().any(|line| is_table_header(&line.text));
        return (!is_below_header).then_some(Layout::Risdb);
    }
    match () {
        () if fixed::is_there(&lines, chosen) => Some(Layout::Fixed),
        () if blocks::is_there(&lines, chosen, is_cut) => Some(Layout::Blocks),
        () => None,
    }
}

/// The text of a capture as CSV.
///
/// # Errors
/// If it is what a switch says of its ports, or if there is not enough memory.
pub(in crate::inventory) fn as_csv(
    text: &str,
    layout: Layout,
    chosen: &[ChosenColumn],
) -> Result<Option<String>, InventoryError> {
    let lines: Vec<Line<'_>> = match layout {
        Layout::Risdb => return risdb_as_csv(text),
        Layout::Fixed | Layout::Blocks => lines(text).collect(),
    };
    let sheet = match layout {
        Layout::Blocks => blocks::read(&lines, chosen)?,
        _ => Some(fixed::read(&lines, chosen)?),
    };
    Ok(sheet.map(Sheet::into_text))
}

fn risdb_as_csv(text: &str) -> Result<Option<String>, InventoryError> {
    let capture = risdb::read(text);
    if let Some(found) = capture.shows_nothing() {
        return Err(InventoryError::OtherThing { found, expected: risdb::EXPECTED });
    }
    let mut sheet = Sheet::default();
    let columns = |query: &risdb::Query| sheet.columns(&query.headers, query.line);
    let places: Vec<_> = capture.queries.iter().map(columns).collect::<Result<_, _>>()?;
    let Some(first) = capture.queries.first() else { return Ok(None) };
    sheet.header(first.line)?;
    for (query, places) in capture.queries.iter().zip(&places) {
        for row in &query.rows {
            let cells = row.cells.iter().map(String::as_str);
            match row.is_lined_up {
                true => sheet.whole_row(row.line, places, cells)?,
                false => sheet.write(row.line, cells)?,
            }
        }
    }
    Ok(Some(sheet.into_text()))
}
