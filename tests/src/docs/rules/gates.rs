//! Minimum releases.

use crossgrade::rulebook::rows::GateRow;
use crossgrade::{Direction, Stage};

use crate::docs::books::Books;
use crate::docs::side_by_side::{Said, rows};
use crate::docs::words::{destinations, phones};

const INTRODUCTION: &str = "\
Minimum releases of what runs (start) and of what is installed (target). Without a VID, a gate for some hardware \
versions is met by a release that is high enough, and otherwise unknown.
";

const START: &str = "\
What must run before the conversion. A start gate never changes the verdict: it is work to do first ([CG305], or \
[CG306] where nobody knows what runs).
";

const TO_MPP: &str = "\
What must be installed. A target that the caller chose below a gate makes the phone `ineligible` ([CG307]). The \
book's own target never does: it makes way for the lowest load that passes. \"lasting\": afterwards the phone must \
never go below it ([CG308]).
";

const TO_ENTERPRISE: &str = "\
What the hardware needs on the way to `unified-cm`, from some hardware version on; these gates work as those above.
";

pub(super) fn section(books: &Books) -> String {
    format!(
        "{INTRODUCTION}\n### Start gates\n\n{START}\n{}\n### Target gates to MPP firmware\n\n{TO_MPP}\n{}\n\
         ### Target gates to Enterprise firmware\n\n{TO_ENTERPRISE}\n{}",
        table(books, &["to", "phones"], |row| row.on == Stage::Start),
        table(books, &["to", "phones"], |row| row.on == Stage::Target && direction(row) == Direction::EnterpriseToMpp),
        table(books, &["phones"], |row| row.on == Stage::Target && direction(row) == Direction::MppToEnterprise),
    )
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
    let says = format!("{} {}{}", firmware.name(), row.minimum, if row.lasting { ", lasting" } else { "" });
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
