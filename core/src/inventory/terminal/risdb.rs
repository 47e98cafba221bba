//! `show risdb query`: what a node of Unified CM knows of the devices that registered with it, as its command line shows it.
//!
//! Cells stand between commas, also where a description holds commas. Such a row is longer than the header: it is aligned
//! from both ends, if the cells then have the shapes of their columns, and in one way only. A row that cannot be aligned is
//! kept as a broken one. Rows and the header may go on in the next line: the terminal wrapped them, or a description holds
//! the end of a line.

use super::aligned::{self, Row};
use super::screen::lines;
use super::terminal_words;
use crate::inventory::folded_header::folded;
use crate::phone::Mac;
use crate::text::{FieldText, listed};

/// So many lines the header takes at most, in a terminal of 20 letters.
const MOST_LINES_OF_HEADER: usize = 24;

/// What should have come.
#[cfg(feature = "csv")]
pub(crate) const EXPECTED: &str = "a capture of `show risdb query phone`, with its header and its rows";

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
    let begins_so = cells.next().is_some_and(|cell| cell.ends_with("devicename"));
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
    let mut typed = terminal_words::command(line)?.split_whitespace();
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
        let total = terminal_words::total(text);
        let is_other = |of: &str| !of.to_ascii_lowercase().starts_with("phone");
        let of = heading(text).or(queried(text));
        let ends = total.is_some()
            || of.is_some()
            || terminal_words::begins_log(text)
            || terminal_words::command(text).is_some();
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
        } else if matches!(place, Place::Other) || terminal_words::is_drawn(text) {
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
    if header.len() > MOST_LINES_OF_HEADER {
        return false;
    }
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
        let phones = |total| if total == 1 { "1 phone".to_owned() } else { format!("{total} phones") };
        total.filter(|_| is_bare).map(|total| format!("a capture that counts {} and shows none", phones(total)))
    }

    /// The header and the rows of the last query, each of which may be several lines.
    fn add(&mut self, header: Vec<String>, pieces: Vec<(u64, String)>) {
        if let Some(query) = self.queries.last_mut() {
            (query.headers, query.rows) = aligned::read(&header, &pieces);
        }
    }
}
