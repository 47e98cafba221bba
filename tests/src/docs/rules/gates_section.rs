//! Minimum releases.

use crossgrade::rulebook::rows::{FloorRow, GateRow};
use crossgrade::{Direction, Stage};

use crate::docs::books::Books;
use crate::docs::side_by_side::{Said, rows};
use crate::docs::words_of_pages::{destinations, phones};

const INTRODUCTION: &str = "\
Minimum releases of what runs (start) and of what is installed (target). Without a VID, a gate for some hardware \
versions is met by a release that is high enough, and otherwise unknown.
";

const START: &str = "\
What must run before the conversion. A start gate never changes the verdict: it is work to do first ([CG305], or \
[CG306] where nobody knows what runs).
";

const TARGET: &str = "\
What must be installed. A target that the caller chose below a gate makes the phone `ineligible` ([CG307]). The \
book's own target never does: the newest load of the book takes its place.
";

const FLOORS: &str = "\
The lowest release that may be installed on some hardware. A floor is a target gate where the destination needs this \
type of firmware, and binds the load to install first in the other direction. \"lasting\": a document forbids to go \
below it ([CG308]).
";

pub(super) fn section(books: &Books) -> String {
    let [guide, field] = books.both().map(|book| {
        let mut floors: Vec<&FloorRow> = book.floors().collect();
        floors.sort_by_key(|row| (row.firmware_type.name(), row.models.first().copied(), row.vid.from));
        floors.into_iter().map(floor).collect()
    });
    format!(
        "{INTRODUCTION}\n### Start gates\n\n{START}\n{}\n### Target gates\n\n{TARGET}\n{}\n\
         ### Floors of the hardware\n\n{FLOORS}\n{}",
        table(books, &["to", "phones"], |row| row.on == Stage::Start),
        table(books, &["to", "phones"], |row| row.on == Stage::Target),
        rows(&["phones"], guide, field),
    )
}

fn floor(row: &FloorRow) -> Said<'_> {
    let lasting = if row.lasting { ", lasting" } else { "" };
    Said {
        about: vec![phones(&row.models, &[], row.vid)],
        says: format!("{} {}{lasting}", row.firmware_type.name(), row.minimum),
        origin: &row.origin,
    }
}

fn table(books: &Books, about: &[&str], fits: fn(&GateRow) -> bool) -> String {
    let [guide, field] = books.both().map(|book| {
        let mut gates: Vec<&GateRow> = book.gates().filter(|row| fits(row)).collect();
        // By phone where hardware versions decide, else in the order of the book.
        gates.sort_by_key(|row| row.vid.from.map(|from| (row.models.first().copied(), from)));
        gates.into_iter().map(|row| said(row, about)).collect()
    });
    rows(about, guide, field)
}

fn said<'b>(row: &'b GateRow, about: &[&str]) -> Said<'b> {
    let firmware = match row.on {
        Stage::Start => direction(row).from(),
        Stage::Target => direction(row).to(),
    };
    let says = format!("{} {}", firmware.name(), row.minimum);
    let cells = about.iter().map(|head| match *head {
        "to" => destinations(&row.destinations),
        _ => phones(&row.models, &row.except, row.vid),
    });
    Said { about: cells.collect(), says, origin: &row.origin }
}

/// The destinations of a gate all need the same type.
fn direction(row: &GateRow) -> Direction {
    row.destinations[0].direction()
}
