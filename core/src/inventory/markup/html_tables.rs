//! The tables of an HTML page, as a browser shows them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::markup_cells::{Grid, Row};
use super::{InventoryError, device_names};
use crate::inventory::html_text::{Piece, Pieces, begins_line};

/// The most columns and rows that one cell stands for: more is a mistake, or an attack.
const MOST_SPANNED: usize = 1000;

/// All tables of a page in the order in which they begin, also those within others.
///
/// # Errors
/// If cells stand for more rows and columns than the page could have.
pub(super) fn tables(text: &str) -> Result<Vec<Grid<'static>>, InventoryError> {
    let mut page = Page { grids: Vec::new(), open: Vec::new(), room: text.len().saturating_add(4096) };
    for piece in Pieces(text) {
        match piece {
            Piece::Text(text) => page.text(text),
            Piece::Tag { name, attributes } => page.tag(&name, attributes)?,
        }
    }
    while !page.open.is_empty() {
        page.end_table()?;
    }
    Ok(page.grids)
}

/// Whether the page ends within a table that it began; some pages never end their tables, but themselves.
pub(super) fn is_cut(text: &str) -> bool {
    let ends_with = |end: &str| {
        let from = text.len().saturating_sub(end.len());
        text.get(from..).is_some_and(|last| last.eq_ignore_ascii_case(end))
    };
    if ends_with("</html>") || ends_with("</body>") {
        return false;
    }
    let mut open = 0_usize;
    for piece in Pieces(text) {
        match piece {
            Piece::Tag { name, .. } if name == "table" => open += 1,
            Piece::Tag { name, .. } if name == "/table" => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open > 0
}

/// How many phones a page names, by the names of devices such as `SEP00CCFC123456`.
pub(super) fn names(text: &str) -> usize {
    let mut names = HashSet::new();
    for piece in Pieces(text) {
        if let Piece::Text(text) = piece {
            names.extend(device_names(&htmlize::unescape(text)));
        }
    }
    names.len()
}

struct Page {
    grids: Vec<Grid<'static>>,
    open: Vec<Table>,
    /// Cells that may still be filled in, because another stands for them.
    room: usize,
}

/// A table that has begun.
struct Table {
    /// Its place among all.
    index: usize,
    row: Vec<String>,
    is_row: bool,
    /// The cell that has begun, and the columns and rows that it stands for.
    cell: Option<(Text, usize, usize)>,
    /// By column, what a cell above says and for how many rows more.
    above: Vec<(usize, String)>,
}

/// The text of a cell; blanks are one space.
#[derive(Default)]
struct Text {
    text: String,
    has_blank: bool,
}

impl Page {
    fn tag(&mut self, name: &str, attributes: &str) -> Result<(), InventoryError> {
        match name {
            "table" => {
                let index = self.grids.len();
                self.grids.push(Grid::default());
                self.open.push(Table { index, row: Vec::new(), is_row: false, cell: None, above: Vec::new() });
            }
            "/table" => self.end_table()?,
            "tr" => {
                self.end_row()?;
                self.open.last_mut().into_iter().for_each(|table| table.is_row = true);
            }
            "/tr" | "/tbody" | "/thead" | "/tfoot" => self.end_row()?,
            "td" | "th" => {
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    table.is_row = true;
                    let (columns, rows) = (spanned(attributes, "colspan"), spanned(attributes, "rowspan"));
                    table.cell = Some((Text::default(), columns, rows));
                }
            }
            "/td" | "/th" => self.end_cell()?,
            name if begins_line(name) => {
                let cell = self.open.last_mut().and_then(|table| table.cell.as_mut());
                cell.into_iter().for_each(|(text, ..)| text.has_blank = true);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some((cell, ..)) = self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.push(&htmlize::unescape(text));
        }
    }

    /// Writes what cells above say in the next columns.
    fn fill(&mut self) -> Result<(), InventoryError> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        while let Some((rows, text)) = table.above.get_mut(table.row.len()).filter(|(rows, _)| *rows > 0) {
            *rows -= 1;
            self.room = self.room.checked_sub(text.len() + 1).ok_or_else(too_many)?;
            table.row.push(text.clone());
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), InventoryError> {
        let Some((cell, columns, rows)) = self.open.last_mut().and_then(|table| table.cell.take()) else {
            return Ok(());
        };
        self.fill()?;
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        self.room = self.room.checked_sub(columns - 1).ok_or_else(too_many)?;
        for column in 0..columns {
            let text = if column == 0 { cell.text.clone() } else { String::new() };
            if rows > 1 {
                let place = table.row.len();
                if table.above.len() <= place {
                    table.above.resize(place + 1, (0, String::new()));
                }
                if let Some(above) = table.above.get_mut(place) {
                    *above = (rows - 1, text.clone());
                }
            }
            table.row.push(text);
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), InventoryError> {
        self.end_cell()?;
        if !self.open.last_mut().is_some_and(|table| std::mem::take(&mut table.is_row)) {
            return Ok(());
        }
        self.fill()?;
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        // Columns behind the last cell that a cell above stands for: a shorter row ends before them.
        let end = table.row.len();
        for (rows, _) in table.above.iter_mut().skip(end) {
            self.room = self.room.checked_sub(1).ok_or_else(too_many)?;
            *rows = rows.saturating_sub(1);
        }
        let mut cells = std::mem::take(&mut table.row);
        cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        if let Some(grid) = self.grids.get_mut(table.index) {
            let number = grid.rows.len() as u64 + 1;
            grid.rows.push(Row { number, cells: cells.into_iter().map(Cow::Owned).collect() });
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), InventoryError> {
        self.end_row()?;
        self.open.pop();
        Ok(())
    }
}

impl Text {
    fn push(&mut self, text: &str) {
        self.has_blank |= text.starts_with(char::is_whitespace);
        for (at, word) in text.split_whitespace().enumerate() {
            if (at > 0 || self.has_blank) && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.has_blank = false;
        }
        self.has_blank |= text.ends_with(char::is_whitespace);
    }
}

/// The number that an attribute of a cell says.
fn spanned(attributes: &str, name: &str) -> usize {
    let found = attributes.match_indices('=').find_map(|(at, _)| {
        let (before, value) = (attributes.get(..at)?.trim_end(), attributes.get(at + 1..)?);
        let (front, begin) = before.split_at_checked(before.len().checked_sub(name.len())?)?;
        let is_name =
            begin.eq_ignore_ascii_case(name) && !front.ends_with(|end: char| end.is_alphanumeric() || end == '-');
        is_name.then(|| value.trim_start().trim_start_matches(['"', '\'']))
    });
    let digits = found.map(|value| value.split(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1).clamp(1, MOST_SPANNED)
}

fn too_many() -> InventoryError {
    InventoryError::OtherThing {
        found: "an HTML table with cells that stand for more rows and columns than it could have".to_owned(),
        expected: super::EXPECTED,
    }
}
