//! Rows of `show risdb query`, each cell below its header: rows that the terminal wrapped, and cells that hold commas.

use crate::inventory::folded_header::folded;
use crate::inventory::registration::is_of_risdb;
use crate::phone::Mac;
use crate::text::FieldText;

/// The columns whose cells have a shape, by the names that the capture gives them, folded.
const STATUS: &str = "regstatus";
const MODEL: &str = "devicemodel";
const MAC: &str = "macaddr";
const LOADS: [&str; 4] = ["loadid", "activeloadid", "inactiveloadid", "reqloadid"];
/// The columns that hold the text of somebody, which may hold commas.
const OF_TEXT: [&str; 4] = ["descr", "username", "dnldserver", "dnldfailreason"];

/// So many lines a description goes on at most.
const MOST_LINES: usize = 5;

type Pieces<'p> = &'p [(u64, String)];

/// A device, or what stands in its place.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
    /// Each cell belongs to the header above it.
    pub(crate) is_lined_up: bool,
}

/// The names of the columns, and the rows below them, of lines each of which is a header or row or a piece of one.
pub(super) fn read(header: &[String], pieces: Pieces<'_>) -> (Vec<String>, Vec<Row>) {
    let width = header.iter().map(|piece| piece.chars().count()).max().filter(|_| header.len() > 1);
    let whole = header.iter().fold(Wrapped::default(), |whole, piece| whole.and(piece, width));
    let headers = trimmed(&whole.text);
    let columns = Columns::of(&headers);
    let mut rows = Vec::new();
    let mut rest = pieces;
    while let [(line, first), behind @ ..] = rest {
        let (text, behind) = match width {
            Some(width) => unwrapped(first, behind, width, MOST_LINES * header.len(), &columns),
            None => (first.clone(), behind),
        };
        let (cells, behind) = match columns.line_up(&text) {
            Some(cells) => (Some(cells), behind),
            None => columns.line_up_with(&text, behind),
        };
        let is_lined_up = cells.is_some();
        rows.push(Row { line: *line, cells: cells.unwrap_or_else(|| trimmed(&text)), is_lined_up });
        rest = behind;
    }
    (headers, rows)
}

fn trimmed(cells: &str) -> Vec<String> {
    cells.split(',').map(|cell| cell.trim().to_owned()).collect()
}

/// A line that the terminal wrapped, as far as it was read.
#[derive(Default)]
struct Wrapped {
    text: String,
    /// Letters of the last piece.
    last: usize,
}

impl Wrapped {
    /// The same with the next piece. A blank at the end of a full line is not shown.
    fn and(mut self, piece: &str, width: Option<usize>) -> Self {
        if !self.text.is_empty() && width.is_some_and(|width| self.last < width) {
            self.text.push(' ');
        }
        self.text.push_str(piece);
        Self { text: self.text, last: piece.chars().count() }
    }
}

/// A row whose pieces fill the width of the terminal, but for the last, and what comes behind it.
fn unwrapped<'p>(
    first: &str,
    mut behind: Pieces<'p>,
    width: usize,
    most: usize,
    columns: &Columns,
) -> (String, Pieces<'p>) {
    let mut row = Wrapped::default().and(first, None);
    for _ in 0..most {
        let [(_, next), rest @ ..] = behind else { break };
        let is_whole = || {
            // Behind a comma there is one cell more.
            !row.text.ends_with(',') && columns.line_up(&row.text).is_some_and(|cells| columns.fits(&cells))
        };
        if row.last + 1 < width || columns.begins_row(next, &row.text) || is_whole() {
            break;
        }
        (row, behind) = (row.and(next, Some(width)), rest);
    }
    (row.text, behind)
}

/// The columns of a header whose cells have a shape.
struct Columns {
    count: usize,
    status: Option<usize>,
    model: Option<usize>,
    mac: Option<usize>,
    loads: Vec<usize>,
    of_text: Vec<usize>,
}

impl Columns {
    fn of(headers: &[String]) -> Self {
        let folded: Vec<_> = headers.iter().map(|header| folded(header)).collect();
        let find = |name: &str| folded.iter().position(|header| header == name);
        let all = |names: &[&str]| names.iter().filter_map(|name| find(name)).collect();
        Self {
            count: headers.len(),
            status: find(STATUS),
            model: find(MODEL),
            mac: find(MAC),
            loads: all(&LOADS),
            of_text: all(&OF_TEXT),
        }
    }

    /// Whether a line is the beginning of another row than that of `before`.
    fn begins_row(&self, line: &str, before: &str) -> bool {
        let name = |line: &str| line.split(',').next().map(|cell| cell.trim().to_owned());
        let (first, of_row) = (name(line), name(before));
        let is_phone = first.as_ref().is_some_and(|first| Mac::read(first.as_bytes()).is_ok());
        line.matches(',').count() + 1 >= self.count || is_phone && first != of_row
    }

    /// The same of a row that goes on in the next lines, because a description holds the end of a line.
    fn line_up_with<'p>(&self, text: &str, behind: Pieces<'p>) -> (Option<Vec<String>>, Pieces<'p>) {
        let mut joined = text.to_owned();
        let mut rest = behind;
        for _ in 1..MOST_LINES {
            let [(_, next), more @ ..] = rest else { break };
            if joined.matches(',').count() + 1 >= self.count || self.begins_row(next, text) {
                break;
            }
            joined.push(' ');
            joined.push_str(next);
            rest = more;
            if let Some(cells) = self.line_up(&joined) {
                return (Some(cells), rest);
            }
        }
        (None, behind)
    }

    /// The cells of a row, each of which belongs to the header above it, if there is one way to see it so.
    fn line_up(&self, text: &str) -> Option<Vec<String>> {
        let cells: Vec<&str> = text.split(',').collect();
        let trimmed = |cells: &[&str]| cells.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        match cells.len().checked_sub(self.count)? {
            0 => return Some(trimmed(&cells)),
            1 if cells.last().is_some_and(|cell| cell.trim().is_empty()) => {
                return Some(trimmed(&cells[..self.count])).filter(|cells| self.fits(cells));
            }
            _ => {}
        }
        let more = cells.len() - self.count;
        let with_commas_in = |column: usize| {
            let mut lined_up = trimmed(&cells[..column]);
            lined_up.push(cells[column..=column + more].join(",").trim().to_owned());
            lined_up.extend(trimmed(&cells[column + more + 1..]));
            lined_up
        };
        let mut ways = self.of_text.iter().map(|column| with_commas_in(*column)).filter(|cells| self.fits(cells));
        let first = ways.next()?;
        let says = |cells: &[String]| {
            let read = self.loads.iter().copied().chain(self.status).chain(self.model);
            read.map(|column| cells[column].clone()).collect::<Vec<_>>()
        };
        ways.all(|way| says(&way) == says(&first)).then_some(first)
    }

    /// Whether the cells have the shapes of their columns.
    fn fits(&self, cells: &[String]) -> bool {
        let is = |column: Option<usize>, fits: fn(&str) -> bool| {
            column.and_then(|column| cells.get(column)).is_none_or(|cell| cell.is_empty() || fits(cell))
        };
        is(self.status, is_of_risdb)
            && is(self.model, |cell| cell.bytes().all(|byte| byte.is_ascii_digit()))
            && is(self.mac, |cell| Mac::read(cell.as_bytes()).is_ok() || !cell.contains(' '))
            && self.loads.iter().all(|column| is(Some(*column), |cell| !cell.contains(' ')))
    }
}
