//! Where the sources disagree.

use std::fmt::Write as _;

use crossgrade::RuleBook;
use crossgrade::rulebook::rows::{DisagreementRow, Side};

use crate::docs::books::{Books, amended_when};
use crate::docs::findings::rows_that_disagree;
use crate::docs::markdown::{codes, comma};
use crate::docs::words_of_pages::vids;

const INTRODUCTION: &str = "\
Where the sources do not say the same: every side, and what each book follows. A disagreement that no row names \
touches nothing that a book decides.
";

pub(super) fn section(books: &Books) -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut rows: Vec<&DisagreementRow> = books.field().disagreements().collect();
    rows.sort_by_key(|row| &row.origin.id);
    for row in rows {
        let old = books.guide().disagreements().find(|old| old.origin.id == row.origin.id);
        let _ = write!(text, "\n### {} {}\n\n", row.origin.id, row.subject);
        for side in row.sides.iter() {
            let is_new = old.is_some_and(|old| !old.sides.contains(side));
            let _ = writeln!(text, "- {}{}", told(side), if is_new { " (in `field`)" } else { "" });
        }
        text.push_str(&followed(books, row, old));
        if let Some(vids) = vids(row.vid) {
            let _ = writeln!(text, "- only for VID {vids}");
        }
        text.push_str(&touched(books, &row.origin.id));
    }
    text
}

fn told(side: &Side) -> String {
    format!("{}: {}", comma(&*side.sources), side.says)
}

/// What each book follows, and what `field` followed before.
fn followed(books: &Books, row: &DisagreementRow, old: Option<&DisagreementRow>) -> String {
    if let Some(old) = old.filter(|old| old.follows == row.follows) {
        return format!("- **`guide` and `field` follow**: {}\n", old.follows);
    }
    let mut text = old.map(|old| format!("- **`guide` follows**: {}\n", old.follows)).unwrap_or_default();
    let mut steps: Vec<(&str, String)> = Vec::new();
    for step in books.steps() {
        let row = step.disagreements().find(|step| step.origin.id == row.origin.id);
        let Some((row, when)) = row.and_then(|row| Some((row, amended_when(&row.origin)?))) else { continue };
        if steps.last().is_none_or(|(_, last)| *last != when) {
            steps.push((&row.follows, when));
        }
    }
    for (place, (follows, when)) in steps.into_iter().rev().enumerate() {
        let verb = if place == 0 { "follows" } else { "followed before" };
        let _ = writeln!(text, "- **`field` {verb}**: {follows} ({when})");
    }
    text
}

/// The rows that take a side.
fn touched(books: &Books, id: &str) -> String {
    let named = |book: &'static RuleBook| rows_that_disagree(book, id);
    let (guide, field) = (named(books.guide()), named(books.field()));
    let new: Vec<&str> = field.iter().copied().filter(|id| !guide.contains(id)).collect();
    match (guide.is_empty(), new.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("- rows: {}\n", codes(guide)),
        (true, false) => format!("- rows, in `field` only: {}\n", codes(new)),
        (false, false) => format!("- rows: {}; in `field` also {}\n", codes(guide), codes(new)),
    }
}
