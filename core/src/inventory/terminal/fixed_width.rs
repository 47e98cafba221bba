//! Tables whose columns have a fixed width, below a ruler.

use super::ruler::Ruler;
use super::screen::Line;
use super::terminal_words;
use crate::inventory::capture_as_csv::{Sheet, is_table_header};
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::ranked;
use crate::inventory::neighbors::EXPECTED_OF_SWITCHES;
use crate::inventory::{ChosenColumn, InventoryError, InventoryField};
use crate::text::{Shown, listed};

/// So many lines a wrapped row has at most.
const MOST_LINES: usize = 16;

/// Columns of what a switch or a router lists of its ports, folded. A list of phones may have one beside a product.
const OF_PORTS: [&str; 12] = [
    "vlan",
    "vlanid",
    "interface",
    "port",
    "ports",
    "localintf",
    "localintrfce",
    "localinterface",
    "portid",
    "age",
    "ageminutes",
    "leasesec",
];

/// A table within a text.
struct Table {
    /// The place of its header, and of its first row, among the lines.
    header: usize,
    rows: usize,
    ruler: Ruler,
    headers: Vec<String>,
    /// The letters of a full line, and in how many lines the header was wrapped.
    wrapped: Option<(usize, usize)>,
}

/// Whether a text has such a table, and no other header above it.
pub(super) fn is_there(lines: &[Line<'_>], chosen: &[ChosenColumn]) -> bool {
    let Some(table) = (0..lines.len()).find_map(|at| Table::below(lines, at, chosen)) else { return false };
    !has_header_above(&lines[..table.header])
}

/// Whether a line is the header of another table. The words of SQL are none.
fn has_header_above(lines: &[Line<'_>]) -> bool {
    let begins_sql = |line: &Line<'_>| {
        let words = terminal_words::command(&line.text).unwrap_or(&line.text);
        words.split_whitespace().take(3).any(|word| word.eq_ignore_ascii_case("select"))
    };
    lines.iter().take_while(|line| !begins_sql(line)).any(|line| is_table_header(&line.text))
}

/// Reads all tables of a text into one.
pub(super) fn read(lines: &[Line<'_>], chosen: &[ChosenColumn]) -> Result<Sheet, InventoryError> {
    let mut sheet = Sheet::default();
    let mut at = 0;
    let mut tables = Vec::new();
    while at < lines.len() {
        match Table::below(lines, at, chosen) {
            Some(table) => {
                at = table.rows;
                tables.push(table);
            }
            None => at += 1,
        }
    }
    for table in &tables {
        table.check()?;
    }
    let columns = |table: &Table| sheet.columns(&table.headers, lines[table.header].number);
    let places: Vec<_> = tables.iter().map(columns).collect::<Result<_, _>>()?;
    if let Some(first) = tables.first() {
        sheet.header(lines[first.header].number)?;
    }
    let ends = tables.iter().skip(1).map(|table| table.header).chain([lines.len()]);
    for ((table, places), end) in tables.iter().zip(&places).zip(ends) {
        table.read(&lines[table.rows..end], places, end < lines.len(), &mut sheet)?;
    }
    Ok(sheet)
}

impl Table {
    /// The table whose header begins in this line.
    fn below(lines: &[Line<'_>], at: usize, chosen: &[ChosenColumn]) -> Option<Self> {
        let line = lines.get(at)?;
        if line.text.is_empty() || Ruler::read(&line.text).is_some() || terminal_words::command(&line.text).is_some() {
            return None;
        }
        // Few lines have a ruler below them.
        let pieces = (1..=MOST_LINES).find(|below| lines.get(at + below).is_some_and(|line| is_ruler(&line.text)))?;
        let rulers = lines[at + pieces..].iter().take(pieces).take_while(|line| is_ruler(&line.text)).count();
        if rulers < pieces || pieces > 1 && !is_wrapped(&lines[at + pieces..at + 2 * pieces]) {
            return None;
        }
        let width = lines[at + pieces..at + 2 * pieces].iter().map(|line| line.text.chars().count()).max()?;
        let ruler = Ruler::read(&joined(&lines[at + pieces..at + 2 * pieces], width))?;
        let header = joined(&lines[at..at + pieces], width);
        let headers: Vec<String> = ruler.cells(&header).into_iter().map(str::to_owned).collect();
        let is_known = |header: &&String| ranked(header).is_some() || chosen.iter().any(|chosen| chosen.is_of(header));
        let known = headers.iter().filter(is_known).count();
        // A line below a single word may underline a title.
        let is_header = known > 0 && (ruler.count() > 1 || ruler.end() >= header.trim_end().chars().count());
        let wrapped = (pieces > 1).then_some((width, pieces));
        is_header.then_some(Self { header: at, rows: at + 2 * pieces, ruler, headers, wrapped })
    }

    /// Refuses what a switch says of its ports.
    fn check(&self) -> Result<(), InventoryError> {
        let names: Vec<_> = self.headers.iter().map(|header| folded(header)).collect();
        let is_product = |name: &String| ranked(name).is_some_and(|(field, _)| field == InventoryField::Pid);
        if names.iter().any(is_product) || !names.iter().any(|name| OF_PORTS.contains(&name.as_str())) {
            return Ok(());
        }
        let columns = listed(&self.headers, ", ", 0, |header| Shown::quoted(header).to_string());
        Err(InventoryError::OtherThing {
            found: format!("a list that a switch or router shows of its ports, with the columns {columns}"),
            expected: EXPECTED_OF_SWITCHES,
        })
    }

    /// The rows of these lines, up to a prompt or a line that counts them.
    /// `is_followed` tells that another table stands below them.
    fn read(
        &self,
        lines: &[Line<'_>],
        places: &[usize],
        is_followed: bool,
        sheet: &mut Sheet,
    ) -> Result<(), InventoryError> {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if terminal_words::command(&line.text).is_some()
                || terminal_words::counts_rows(&line.text)
                || terminal_words::begins_log(&line.text)
            {
                break;
            }
            let pieces = match self.wrapped {
                Some((width, most)) => {
                    let is_full = |line: &&Line<'_>| line.text.chars().count() + 1 >= width;
                    let full = lines[at..].iter().take(most - 1).take_while(is_full).count();
                    (full + 1).min(lines.len() - at)
                }
                None => 1,
            };
            let row = &lines[at..at + pieces];
            at += pieces;
            if line.text.trim().is_empty() || Ruler::read(&line.text).is_some() {
                continue;
            }
            // `Format-Table -GroupBy` and listings of folders say above a table what is in it.
            let is_last = || lines[at..].iter().all(|line| line.text.trim().is_empty());
            if is_followed && is_group(&line.text) && is_last() {
                sheet.comment(line.number, line.text.trim())?;
                continue;
            }
            let width = self.wrapped.map_or(0, |(width, _)| width);
            let text = joined(row, width);
            let cells = self.ruler.cells(&text).into_iter().map(|cell| if is_null(cell) { "" } else { cell });
            sheet.row(line.number, places, cells)?;
        }
        Ok(())
    }
}

/// Whether a line says what is in the table below it: `   Site: Ulm`.
fn is_group(line: &str) -> bool {
    line.starts_with(' ') && line.trim().split_once(": ").is_some_and(|(name, _)| !name.contains("  "))
}

/// What databases write where a row says nothing.
fn is_null(cell: &str) -> bool {
    let inner = cell.trim_start_matches(['(', '<', '[']).trim_end_matches([')', '>', ']']);
    inner.eq_ignore_ascii_case("null")
}

fn is_ruler(line: &str) -> bool {
    line.trim_start().starts_with(|letter: char| "-=+|:".contains(letter) || !letter.is_ascii())
        && Ruler::read(line).is_some()
}

/// Whether several rulers are one that the terminal wrapped: all but the last are full, and none has bars.
fn is_wrapped(rulers: &[Line<'_>]) -> bool {
    let mut widths = rulers.iter().map(|line| line.text.chars().count());
    let Some(first) = widths.next() else { return false };
    let last = rulers.len().saturating_sub(2);
    let is_full = |(at, width): (usize, usize)| width.abs_diff(first) <= 1 || at >= last && width < first;
    widths.enumerate().all(is_full)
        && rulers.iter().all(|line| Ruler::read(&line.text).is_some_and(|ruler| !ruler.has_bars()))
}

/// The lines as one, each but the last as wide as the terminal.
fn joined(lines: &[Line<'_>], width: usize) -> String {
    let mut joined = String::new();
    for (at, line) in lines.iter().enumerate() {
        joined.push_str(&line.text);
        if at + 1 < lines.len() {
            let missing = width.saturating_sub(line.text.chars().count());
            joined.extend(std::iter::repeat_n(' ', missing));
        }
    }
    joined
}
