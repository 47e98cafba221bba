//! Which of these texts a document is, and the same as CSV.

use super::screen::{Line, lines};
use super::{blocks, fixed_width, loose, risdb};
use crate::inventory::bare_names::Bare;
use crate::inventory::capture_as_csv::{Sheet, is_table_header};
#[cfg(feature = "xml")]
use crate::inventory::markup::Markup;
use crate::inventory::{ChosenColumn, InventoryError};

/// What kind of text without delimiter a table was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Risdb,
    Fixed,
    Blocks,
    /// A list of nothing but names.
    Bare(Bare),
    /// A table or list in HTML or XML.
    #[cfg(feature = "xml")]
    Markup(Markup),
}

impl Layout {
    /// Whether a row ends with its last cell that is not empty.
    pub(crate) fn has_short_rows(self) -> bool {
        !matches!(self, Self::Risdb)
    }

    /// How its cells are told apart.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Risdb => "a capture",
            Self::Fixed => "columns of fixed width",
            Self::Blocks => "blocks of names and values",
            Self::Bare(_) => "a list of names",
            #[cfg(feature = "xml")]
            Self::Markup(_) => "tables in markup",
        }
    }

    /// What a person should know of it.
    pub(crate) fn note(self) -> String {
        let note = match self {
            Self::Risdb => "a capture of `show risdb query phone`, read as a table",
            Self::Fixed => "a table whose columns have fixed widths, read by the ruler below its header",
            Self::Blocks => "blocks of names and values, each read as a row that stands in the last line of its block",
            Self::Bare(bare) => return bare.note(),
            #[cfg(feature = "xml")]
            Self::Markup(markup) => return markup.to_string(),
        };
        note.to_owned()
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
        () if fixed_width::is_there(&lines, chosen) => Some(Layout::Fixed),
        () if blocks::is_there(&lines, chosen, is_cut) => Some(Layout::Blocks),
        () if loose::is_there(&lines, chosen, is_cut) => Some(Layout::Blocks),
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
        Layout::Bare(_) => return Ok(None),
        #[cfg(feature = "xml")]
        Layout::Markup(_) => return Ok(None),
    };
    let sheet = match layout {
        Layout::Blocks => match blocks::read(&lines, chosen)? {
            None => loose::read(&lines, chosen)?,
            sheet => sheet,
        },
        _ => Some(fixed_width::read(&lines, chosen)?),
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
