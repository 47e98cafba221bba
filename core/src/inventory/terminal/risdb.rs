//! `show risdb query`: what a node of Unified CM knows of the devices that registered with it, as its command line shows it.
//!
//! Cells stand between commas, also where a description holds commas. Such a row is longer than the header: it is aligned
//! from both ends, if the cells then have the shapes of their columns, and in one way only. A row that cannot be aligned is
//! kept as a broken one. Rows and the header may go on in the next line: the terminal wrapped them, or a description holds
//! the end of a line.

use super::screen::lines;
use super::words;
use crate::inventory::field::folded;
use crate::phone::Mac;
use crate::text::{FieldText, listed};

/// What should have come.
#[cfg(feature = "csv")]
pub(crate) const EXPECTED: &str = "a capture of `show risdb query phone`, with its header and its rows";

/// The columns that are read, by the names that the capture gives them, folded.
const NAME: &str = "devicename";
const STATUS: &str = "regstatus";
const MODEL: &str = "devicemodel";
const MAC: &str = "macaddr";
const LOADS: [&str; 4] = ["loadid", "activeloadid", "inactiveloadid", "reqloadid"];
/// The columns that hold the text of somebody, which may hold commas.
const OF_TEXT: [&str; 4] = ["descr", "username", "dnldserver", "dnldfailreason"];
/// Names of columns, so many of which make a line the header.
const OF_HEADER: [&str; 12] = [
    "descr",
    "ipaddr",
    "ipv6addr",
    "ipv4attr",
    "ipv6attr",
    "regstatus",
    "macaddr",
    "phoneprotocol",
    "devicemodel",
    "httpsupport",
    "loadid",
    "activeloadid",
];
const ENOUGH: usize = 3;
const STATUSES: [&str; 7] = ["reg", "unr", "rej", "part", "none", "unk", "unknown"];

/// So many lines a description goes on at most.
const MOST_LINES: usize = 5;

/// The queries of a capture, of one node or several.
#[derive(Debug, Default)]
pub(crate) struct Capture {
    /// Those of phones.
    pub(crate) queries: Vec<Query>,
    /// What others were of, such as `Gateway`.
    pub(crate) others: Vec<String>,
}

/// The answer to one query.
#[derive(Debug)]
pub(crate) struct Query {
    /// The line of the header.
    pub(crate) line: u64,
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Row>,
    /// How many rows it says that it has.
    pub(crate) total: Option<u64>,
}

/// A device, or what stands in its place.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
    /// Each cell belongs to the header above it.
    pub(crate) is_lined_up: bool,
}

/// Whether a text is such a capture.
#[cfg(feature = "xml")]
pub(crate) fn is_there(text: &str) -> bool {
    let lines: Vec<_> = lines(text).collect();
    begins_in(lines.iter().map(|line| &*line.text)).is_some()
}

/// Whether lines are a capture of some query, perhaps of no phones: how the first of them is found.
pub(crate) fn begins_in<'l>(mut lines: impl Iterator<Item = &'l str> + Clone) -> Option<usize> {
    let has_summary = lines.clone().any(|line| line.trim_start().starts_with("#Total"));
    lines.position(|line| is_header(line) || queried(line).is_some() || has_summary && heading(line).is_some())
}

/// Whether a line is the header of phones.
pub(crate) fn is_header(line: &str) -> bool {
    let mut cells = line.trim_start().split(',').map(folded);
    let begins_so = cells.next().is_some_and(|cell| cell.ends_with(NAME));
    begins_so && cells.filter(|cell| OF_HEADER.contains(&cell.as_str())).count() >= ENOUGH
}

/// What a heading `------ Phone Information ------` is of.
pub(crate) fn heading(line: &str) -> Option<&str> {
    let line = line.trim();
    let inner = line.trim_matches('-').trim();
    let of = inner.strip_suffix("Information").map(str::trim);
    of.filter(|of| line.starts_with("--") && line.ends_with("--") && !of.is_empty())
}

/// What a command queries: `show risdb query gateway`.
pub(crate) fn queried(line: &str) -> Option<&str> {
    let mut typed = words::command(line)?.split_whitespace();
    let is_query = ["show", "risdb", "query"].iter().all(|word| typed.next().is_some_and(|typed| typed == *word));
    is_query.then(|| typed.next()).flatten()
}

/// Where in a capture a line stands.
enum Place {
    Around,
    Header,
    Rows,
    /// Within what is of no phones.
    Other,
}

/// Reads a capture.
pub(crate) fn read(text: &str) -> Capture {
    let mut capture = Capture::default();
    let mut place = Place::Around;
    // The lines of the header and of the rows of the query that is being read.
    let mut header: Vec<String> = Vec::new();
    let mut pieces: Vec<(u64, String)> = Vec::new();
    for line in lines(text) {
        let text = line.text.trim_start();
        if text.is_empty() {
            continue;
        }
        let total = words::total(text);
        let is_other = |of: &str| !of.to_ascii_lowercase().starts_with("phone");
        let of = heading(text).or(queried(text));
        let ends = total.is_some() || of.is_some() || words::begins_log(text) || words::command(text).is_some();
        if (ends || is_header(text)) && !header.is_empty() {
            capture.add(std::mem::take(&mut header), std::mem::take(&mut pieces));
        }
        if let Some(of) = of {
            place = if is_other(of) { Place::Other } else { Place::Around };
            if is_other(of) && !capture.others.iter().any(|other| other.eq_ignore_ascii_case(of)) {
                capture.others.push(of.to_owned());
            }
        } else if ends {
            if let (Some(total), false, Some(query)) =
                (total, matches!(place, Place::Other), capture.queries.last_mut())
            {
                query.total = query.total.or(Some(total));
            }
            place = Place::Around;
        } else if matches!(place, Place::Other) || words::is_drawn(text) {
        } else if is_header(text) {
            capture.queries.push(Query { line: line.number, headers: Vec::new(), rows: Vec::new(), total: None });
            header.push(line.text.into_owned());
            place = Place::Header;
        } else if matches!(place, Place::Header) && continues_header(&header, text) {
            header.push(line.text.into_owned());
        } else if matches!(place, Place::Header | Place::Rows) {
            pieces.push((line.number, line.text.into_owned()));
            place = Place::Rows;
        }
    }
    if !header.is_empty() {
        capture.add(header, pieces);
    }
    capture
}

/// Whether a line below the lines of a header belongs to it: it names columns, or is the end of such a name, or stands below
/// the second or a later line that fills the terminal.
fn continues_header(header: &[String], line: &str) -> bool {
    const MORE: [&str; 7] =
        ["prodid", "seq", "reqloadid", "dnldserver", "dnldstatus", "inactiveloadid", "perfmonobject"];
    let names = |name: &str| OF_HEADER.contains(&name) || MORE.contains(&name) || name.contains("timestamp");
    let width = |line: &String| line.chars().count();
    let is_below_full = || match header {
        [first, .., last] => width(last) + 1 >= width(first),
        _ => false,
    };
    let is_phone = || line.split(',').next().is_some_and(|name| Mac::read(name.trim().as_bytes()).is_ok());
    line.split(',').any(|cell| names(&folded(cell)))
        || !line.contains(',') && line.len() < "Perfmon Object".len()
        || is_below_full() && !is_phone()
}

impl Capture {
    /// What the others were of, for people.
    pub(crate) fn others(&self) -> Option<String> {
        let others = listed(&self.others, ", ", 0, |other| format!("`{}`", other.to_lowercase()));
        (!self.others.is_empty()).then_some(others)
    }

    /// What it is, if it shows no phones though it should.
    pub(crate) fn shows_nothing(&self) -> Option<String> {
        let others = self.others().filter(|_| self.queries.is_empty());
        if let Some(others) = others {
            return Some(format!("a capture of `show risdb query` that is of no phones, but of {others}"));
        } else if self.queries.is_empty() {
            return Some("a capture of `show risdb query` without the header of its rows".to_owned());
        }
        let total = self.queries.iter().filter_map(|query| query.total).max().filter(|total| *total > 0);
        let is_bare = self.queries.iter().all(|query| query.rows.is_empty());
        total.filter(|_| is_bare).map(|total| format!("a capture that counts {total} phones and shows none"))
    }

    /// The header and the rows of the last query, each of which may be several lines.
    fn add(&mut self, header: Vec<String>, pieces: Vec<(u64, String)>) {
        let Some(query) = self.queries.last_mut() else { return };
        let width = header.iter().map(|piece| piece.chars().count()).max().filter(|_| header.len() > 1);
        let whole = header.iter().fold(Wrapped::default(), |whole, piece| whole.and(piece, width));
        query.headers = whole.text.split(',').map(|cell| cell.trim().to_owned()).collect();
        let columns = Columns::of(&query.headers);
        let mut rest = pieces.as_slice();
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
            let cells = cells.unwrap_or_else(|| text.split(',').map(|cell| cell.trim().to_owned()).collect());
            query.rows.push(Row { line: *line, cells, is_lined_up });
            rest = behind;
        }
    }
}

type Pieces<'p> = &'p [(u64, String)];

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
        is(self.status, |cell| STATUSES.contains(&folded(cell).as_str()))
            && is(self.model, |cell| cell.bytes().all(|byte| byte.is_ascii_digit()))
            && is(self.mac, |cell| Mac::read(cell.as_bytes()).is_ok() || !cell.contains(' '))
            && self.loads.iter().all(|column| is(Some(*column), |cell| !cell.contains(' ')))
    }
}
