//! What makes `field` out of `guide`.

use std::fmt::Write as _;

use crossgrade::rulebook::Change;
use crossgrade::rulebook::rows::AmendmentRow;

use crate::docs::books::Books;
use crate::docs::markdown::{amendment_anchor, codes, comma, grouped, lines, link, or_dash, table};

const INTRODUCTION: &str = "\
What makes `field` out of `guide`. An amendment holds from its date on; one without a date holds at every date. \
`field` as of a day has the amendments up to that day.

The confidence says how sure an amendment is. `high`: Cisco says so in a document that was read or is cited by \
number. `medium`: a good source outside Cisco's documents, or documents that do not agree. `low`: somebody says so.
";

/// Above this many rows of one section, their number says more than their ids.
const MANY: usize = 8;

pub(super) fn section(books: &Books) -> String {
    let amended = books.amended();
    let mut amendments: Vec<&AmendmentRow> = books.field().amendments().collect();
    amendments.sort_by_key(|row| &row.origin.id);
    let rows = amendments.into_iter().map(|row| {
        let id = &row.origin.id;
        let changes: Vec<&Change> =
            amended.iter().filter(|amended| amended.amendment == *id).map(|amended| &amended.change).collect();
        vec![
            format!("<a id=\"{}\"></a>{id}", amendment_anchor(id)),
            since(row),
            row.origin.confidence.map(|confidence| confidence.to_string()).unwrap_or_default(),
            comma(&*row.origin.sources),
            row.says.to_string(),
            or_dash(lines(added(&changes).into_iter().chain(changed(&changes)))),
        ]
    });
    let table = table(&["id", "since", "confidence", "sources", "what it says", "rows"], rows);
    format!("{INTRODUCTION}\n{table}{}{}", removed(books), reasons(books))
}

fn since(row: &AmendmentRow) -> String {
    row.origin.date.map_or_else(|| "every date".to_owned(), |date| date.to_string())
}

fn added(changes: &[&Change]) -> Option<String> {
    let added = changes.iter().filter(|change| matches!(change, Change::Added { .. }));
    let sections = grouped(added.map(|change| (change.section(), change.id())));
    let sections = sections.into_iter().map(|(section, ids)| match ids.len() {
        count if count > MANY => format!("{count} {section}"),
        _ => codes(ids),
    });
    let text = comma(sections);
    (!text.is_empty()).then(|| format!("adds {text}"))
}

/// The rows that say something else, with the keys that do.
fn changed(changes: &[&Change]) -> Vec<String> {
    let changed = changes.iter().filter_map(|change| {
        let Change::Changed { id, fields, .. } = change else { return None };
        let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
        let own = keys.iter().copied().filter(|key| !matches!(*key, "amendment" | "date" | "confidence" | "sources"));
        let own: Vec<&str> = own.collect();
        Some((codes(if own.is_empty() { vec!["sources"] } else { own }), id))
    });
    grouped(changed).into_iter().map(|(keys, ids)| format!("changes {keys} of {}", codes(ids))).collect()
}

fn removed(books: &Books) -> String {
    match books.removed() {
        ids if ids.is_empty() => String::new(),
        ids => format!("\nTaken away: {}.\n", codes(ids)),
    }
}

/// Rows that allow more than the book before say why.
fn reasons(books: &Books) -> String {
    let rows = books.field().rows().filter_map(|row| {
        let origin = row.origin();
        Some(((origin.amendment.as_deref()?, origin.reason.as_deref()?), &*origin.id))
    });
    let reasons = grouped(rows);
    if reasons.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nWhere an amendment allows more than the book did before, its rows say why:\n\n");
    for ((amendment, reason), ids) in reasons {
        let _ = writeln!(text, "- {}, {}: {reason}.", link(amendment), codes(ids));
    }
    text
}
