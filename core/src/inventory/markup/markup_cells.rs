//! The cells of a table, and which of its rows is the header.

use std::borrow::Cow;

use crate::inventory::capture_as_csv::Sheet;
use crate::inventory::known_headers::{ranked, stands_beside_phones};
use crate::inventory::table::is_evidence;
use crate::inventory::{ChosenColumn, InventoryError, limits};
use crate::text::trim;

/// Among how many rows the header is looked for, as in CSV.
const SEARCHED: usize = 20;
/// How many empty cells there may be for each byte of the file.
const MOST_EMPTY: usize = 2;
const ALWAYS_EMPTY: usize = 1 << 20;

/// The empty cells that may still be made. A header of hundreds of columns above short rows would make a table that is
/// hundreds of times as large as its file.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    /// The room of a file of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self(MOST_EMPTY.saturating_mul(bytes).saturating_add(ALWAYS_EMPTY))
    }

    pub(super) fn take(&mut self, cells: usize, line: u64) -> Result<(), InventoryError> {
        let found =
            || format!("a table whose rows are nearly empty, up to row {line}, below a header of too many columns");
        self.less(cells, found)
    }

    /// The same for the bytes of rows and cells that are repeated.
    pub(super) fn repeat(&mut self, bytes: usize, line: u64) -> Result<(), InventoryError> {
        self.less(bytes, || format!("a table that repeats row {line} or a cell of it more often than a table could"))
    }

    fn less(&mut self, taken: usize, found: impl Fn() -> String) -> Result<(), InventoryError> {
        let too_many = || InventoryError::OtherThing { found: found(), expected: super::EXPECTED };
        self.0 = self.0.checked_sub(taken).ok_or_else(too_many)?;
        Ok(())
    }
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Grid<'t> {
    pub(super) rows: Vec<Row<'t>>,
    /// Which of the rows is the header, if it is a table of phones.
    pub(super) header: Option<usize>,
    /// Tables without a header of their own that go on with this one.
    pub(super) joined: usize,
    /// It is not shown.
    pub(super) is_hidden: bool,
}

/// A row: its number from 1, and its cells up to the last that says anything.
#[derive(Debug, Default, Clone)]
pub(super) struct Row<'t> {
    pub(super) number: u64,
    pub(super) cells: Vec<Cow<'t, str>>,
}

impl Row<'_> {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| trim(cell)).filter(|cell| !cell.is_empty())
    }

    /// Whether it names a field and another column, and says nothing of a phone. Labels of pages end with a colon.
    fn is_header(&self, chosen: &[ChosenColumn]) -> bool {
        let is_field = |cell: &str| ranked(cell).is_some() || chosen.iter().any(|chosen| chosen.is_of(cell));
        let is_name = |cell: &&str| !cell.ends_with(':') && (is_field(cell) || stands_beside_phones(cell));
        let names = self.texts().filter(is_name).count();
        let needed = if self.texts().count() == 1 { 1 } else { 2 };
        names >= needed && self.texts().any(|cell| !cell.ends_with(':') && is_field(cell)) && !self.says_phone()
    }

    /// Whether a cell says something of a phone, as no name of a column does.
    fn says_phone(&self) -> bool {
        // A short number is a type code, and much else.
        let is_code = |cell: &str| cell.len() < 4 && cell.bytes().all(|byte| byte.is_ascii_digit());
        self.texts().any(|cell| ranked(cell).is_none() && !is_code(cell) && is_evidence(cell))
    }
}

impl Grid<'_> {
    /// Finds the header: one of the first rows, with a row below that says something of a phone.
    pub(super) fn find_header(&mut self, chosen: &[ChosenColumn]) {
        if self.is_hidden {
            return;
        }
        let rows = || self.rows.iter().enumerate().filter(|(_, row)| !row.is_blank());
        let header = rows().take(SEARCHED).find(|(_, row)| row.is_header(chosen)).map(|(at, _)| at);
        let is_of_phones = |header: &usize| rows().skip_while(|(at, _)| at <= header).any(|(_, row)| row.says_phone());
        self.header = header.filter(is_of_phones);
    }

    fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default()
    }
}

/// A table that goes on behind the end of a page has its header in the table before: as many columns, and rows that say
/// something of phones.
pub(super) fn join_pages(grids: &mut [Grid<'_>]) {
    // The last table with a header, and how wide it is.
    let mut last: Option<(usize, usize)> = None;
    for at in 0..grids.len() {
        let Some((before, [grid, ..])) = grids.split_at_mut_checked(at) else { break };
        if grid.header.is_some() {
            last = Some((at, grid.width()));
            continue;
        }
        let Some((first, width)) = last else { continue };
        let goes_on = !grid.is_hidden && grid.width() == width && grid.rows.iter().any(Row::says_phone);
        if let Some(first) = before.get_mut(first).filter(|_| goes_on) {
            let behind = first.rows.last().map_or(0, |row| row.number);
            let rows = std::mem::take(&mut grid.rows).into_iter();
            first.rows.extend(rows.map(|row| Row { number: row.number.saturating_add(behind), ..row }));
            first.joined += 1;
        }
    }
}

/// The tables as one CSV; `bytes` is how large the file is.
pub(super) fn as_csv(grids: Vec<Grid<'_>>, bytes: usize) -> Result<String, InventoryError> {
    let mut sheet = Sheet::default();
    let mut places = Vec::with_capacity(grids.len());
    for grid in &grids {
        let Some(header) = grid.header.and_then(|header| grid.rows.get(header)) else { continue };
        let names: Vec<String> = header.cells.iter().map(|cell| trim(cell).to_owned()).collect();
        places.push(sheet.columns(&names, header.number)?);
    }
    let mut room = Room::of(bytes);
    // The rows of the tables before this one, and the columns of all.
    let (mut before, columns) = (0, places.iter().flatten().max().map_or(0, |last| last + 1));
    for (index, (grid, places)) in grids.iter().filter(|grid| grid.header.is_some()).zip(&places).enumerate() {
        let header = grid.header.unwrap_or_default();
        for (at, row) in grid.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            let line = row.number.saturating_add(before);
            limits::check_rows(line, line)?;
            room.take(columns.saturating_sub(row.cells.len()), line)?;
            let cells = || row.cells.iter().map(AsRef::as_ref);
            match at.cmp(&header) {
                std::cmp::Ordering::Equal if index == 0 => sheet.header(line)?,
                // The first header stands for all.
                std::cmp::Ordering::Equal => {}
                std::cmp::Ordering::Less if index == 0 => sheet.write(line, cells())?,
                std::cmp::Ordering::Less => {}
                // Nobody knows what stands behind the last column.
                std::cmp::Ordering::Greater if row.cells.len() > places.len() => {
                    sheet.long_row(line, places, cells())?
                }
                std::cmp::Ordering::Greater if is_again(row, grid.rows.get(header)) => {}
                std::cmp::Ordering::Greater => sheet.row(line, places, cells())?,
            }
        }
        before = grid.rows.last().map_or(0, |row| row.number).saturating_add(before);
    }
    Ok(sheet.into_text())
}

/// Whether a row is the header once more.
fn is_again(row: &Row<'_>, header: Option<&Row<'_>>) -> bool {
    header.is_some_and(|header| row.cells == header.cells)
}
