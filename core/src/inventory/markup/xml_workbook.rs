//! Spreadsheets in one file of XML: that of Excel 2003 (`Workbook`, saved as `.xls` or `.xml`) and the flat one of
//! LibreOffice (`.fods`).

use std::borrow::Cow;
use std::collections::HashSet;

use super::markup_cells::{Grid, Room, Row};
use super::{InventoryError, cut};
use crate::inventory::MOST_COLUMNS;
use crate::inventory::xml_elements::{Event, Events};
use crate::phone::Mac;
use crate::text::{FieldText, trim};

/// How far into a text is looked for its outermost element.
const LOOKED_AT: usize = 4096;

/// Elements, each as Excel and as LibreOffice call it.
const SHEETS: [&str; 2] = ["Worksheet", "table"];
const ROWS: [&str; 2] = ["Row", "table-row"];
const CELLS: [&str; 3] = ["Cell", "table-cell", "covered-table-cell"];
/// The rows that Excel has: more is a mistake, or an attack.
const MOST_ROWS: u64 = 1 << 20;
/// What stands within a cell and is not its text.
const BESIDE: [&str; 3] = ["Comment", "annotation", "PhoneticText"];

/// Whether a text is such a spreadsheet.
pub(super) fn is_there(text: &str) -> bool {
    let end = (0..=text.len().min(LOOKED_AT)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let head = text.get(..end).unwrap_or_default();
    ["urn:schemas-microsoft-com:office:spreadsheet", "opendocument.spreadsheet", "opendocument:xmlns:table:"]
        .iter()
        .any(|of_spreadsheets| head.contains(of_spreadsheets))
}

struct Reader<'t> {
    room: Room,
    grids: Vec<Grid<'t>>,
    /// The styles of sheets that are not shown (LibreOffice), and the style that was named last.
    hidden: HashSet<Cow<'t, str>>,
    style: Cow<'t, str>,
    row: Row<'t>,
    /// How often the row stands there, and the number of the last one.
    times: u64,
    last: u64,
    /// The column of the cell that has begun, from 0, and of the next one.
    column: usize,
    next: usize,
    /// How often the cell stands there.
    cells: usize,
    is_number: bool,
    text: Cow<'t, str>,
}

/// What an open element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Row,
    Cell,
    /// Its text is none of the cell.
    Beside,
    /// Whether the sheet is shown.
    Visible,
    Other,
}

/// The sheets, each with the rows that say anything.
pub(super) fn sheets(text: &str) -> Result<Vec<Grid<'_>>, InventoryError> {
    let (mut events, mut open): (_, Vec<Open>) = (Events::new(text), Vec::new());
    let mut reader = Reader {
        room: Room::of(text.len()),
        grids: Vec::new(),
        hidden: HashSet::new(),
        style: Cow::Borrowed(""),
        row: Row::default(),
        times: 1,
        last: 0,
        column: 0,
        next: 0,
        cells: 1,
        is_number: false,
        text: Cow::Borrowed(""),
    };
    while let Some(event) = events.next() {
        match event {
            Ok(Event::Open(name)) => {
                let what = reader.begin(name, &events)?;
                open.push(what);
            }
            Ok(Event::Text(text)) => match open.last() {
                Some(Open::Visible) if trim(&text) != "SheetVisible" => {
                    reader.grids.last_mut().into_iter().for_each(|grid| grid.is_hidden = true);
                }
                _ if open.contains(&Open::Cell) && !open.contains(&Open::Beside) => reader.say(text),
                _ => {}
            },
            Ok(Event::TooLong { beginning, .. }) if open.contains(&Open::Cell) => reader.say(Cow::Owned(beginning)),
            Ok(Event::TooLong { .. }) => {}
            Ok(Event::Close) => match open.pop() {
                Some(Open::Cell) => reader.end_cell()?,
                Some(Open::Row) => reader.end_row()?,
                _ => {}
            },
            Err(error) => {
                return Err(match *error {
                    InventoryError::Broken { line, message } => {
                        cut(&format!("a spreadsheet in XML that is damaged at line {line}: {message}"))
                    }
                    error => error,
                });
            }
        }
    }
    Ok(reader.grids)
}

impl<'t> Reader<'t> {
    fn begin(&mut self, name: &'t str, events: &Events<'t>) -> Result<Open, InventoryError> {
        let said = |name: &str| events.attributes().find(|(key, _)| *key == name).map(|(_, value)| value);
        let number = |name: &str| said(name).and_then(|value| trim(&value).parse::<usize>().ok());
        if SHEETS.contains(&name) {
            let is_hidden = said("style-name").is_some_and(|style| self.hidden.contains(&style));
            self.grids.push(Grid { is_hidden, ..Grid::default() });
            self.last = 0;
        } else if ROWS.contains(&name) {
            let next = self.last.saturating_add(1);
            self.row = Row { number: number("Index").map_or(next, |index| next.max(index as u64)), cells: Vec::new() };
            (self.next, self.times) = (0, number("number-rows-repeated").unwrap_or(1).max(1) as u64);
            return Ok(Open::Row);
        } else if CELLS.contains(&name) {
            self.column = number("Index").map_or(self.next, |index| index.saturating_sub(1).max(self.next));
            // A merged cell stands in the first of its columns, a repeated one in each.
            self.cells = number("number-columns-repeated").unwrap_or(1).max(1);
            let columns = number("MergeAcross").map_or(self.cells, |more| more.saturating_add(1));
            self.next = self.column.saturating_add(columns);
            self.is_number = said("value-type").is_some_and(|kind| kind == "float");
            self.text = Cow::Borrowed("");
            return Ok(Open::Cell);
        } else if name == "Data" {
            self.is_number = said("Type").is_some_and(|kind| kind == "Number");
        } else if name == "style" {
            self.style = said("name").unwrap_or_default();
        } else if name == "table-properties" && said("display").is_some_and(|display| display == "false") {
            self.hidden.insert(self.style.clone());
        } else if BESIDE.contains(&name) {
            return Ok(Open::Beside);
        } else if name == "Visible" {
            return Ok(Open::Visible);
        }
        Ok(Open::Other)
    }

    /// Lines of a cell are put together with a blank.
    fn say(&mut self, text: Cow<'t, str>) {
        let is_empty = self.text.is_empty();
        match is_empty {
            true => self.text = text,
            false => {
                let before = self.text.to_mut();
                before.push(' ');
                before.push_str(&text);
            }
        }
    }

    fn end_cell(&mut self) -> Result<(), InventoryError> {
        let text = std::mem::take(&mut self.text);
        if trim(&text).is_empty() {
            return Ok(());
        }
        let end = self.column.saturating_add(self.cells);
        if end > MOST_COLUMNS {
            let (found, limit) = (end as u64, MOST_COLUMNS as u64);
            return Err(InventoryError::TooMuch { what: "columns", line: self.row.number, found, limit });
        }
        // A spreadsheet takes leading zeros or digits of a MAC address away that has no letters.
        let is_spoiled = self.is_number && Mac::read(text.as_bytes()).is_ok();
        let text = if is_spoiled { Cow::Owned(format!("{text} (a number)")) } else { text };
        self.room.take(self.column.saturating_sub(self.row.cells.len()), self.row.number)?;
        self.row.cells.resize(self.column.max(self.row.cells.len()), Cow::Borrowed(""));
        self.room.repeat((self.cells - 1).saturating_mul(text.len() + 1), self.row.number)?;
        self.row.cells.extend(std::iter::repeat_n(text, self.cells));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), InventoryError> {
        let row = std::mem::take(&mut self.row);
        self.last = row.number.saturating_add(self.times - 1);
        // Empty rows are repeated up to the end of the sheet.
        let Some(grid) = self.grids.last_mut().filter(|_| !row.cells.is_empty()) else { return Ok(()) };
        if self.last > MOST_ROWS {
            let message = format!("a cell in row {}; expected at most {MOST_ROWS}", self.last);
            return Err(InventoryError::Broken { line: row.number, message });
        }
        let bytes: usize = row.cells.iter().map(|cell| cell.len() + 1).sum();
        let copies = usize::try_from(self.times - 1).unwrap_or(usize::MAX);
        self.room.repeat(bytes.saturating_mul(copies), row.number)?;
        grid.rows.extend((row.number..=self.last).map(|number| Row { number, cells: row.cells.clone() }));
        Ok(())
    }
}
