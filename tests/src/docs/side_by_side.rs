//! Tables with a column for each book.

use crossgrade::rulebook::rows::Origin;

use super::books::amended_by;
use super::markdown::{self, or_dash, table};
use super::words_of_pages::row_ids;

/// What the column of `field` says where nothing is different.
pub(super) const SAME: &str = "as `guide`";

/// One line of a table.
pub(super) struct Line {
    /// What the line is about.
    pub(super) about: Vec<String>,
    /// What `guide` says; empty if nothing.
    pub(super) guide: String,
    /// What `field` says; [`SAME`] if the same.
    pub(super) field: String,
    /// What stands behind the columns of the books.
    pub(super) behind: Vec<String>,
}

/// A table of lines. The books share a column if they say the same on every line, and `guide` has none where it says
/// nothing at all.
pub(super) fn table_of(about: &[&str], behind: &[&str], lines: Vec<Line>) -> String {
    let is_same = lines.iter().all(|line| line.field == SAME);
    let is_new = lines.iter().all(|line| line.guide.is_empty());
    let books: &[&str] = match (is_same, is_new) {
        (true, _) => &["`guide` and `field`"],
        (_, true) => &["`field` only"],
        _ => &["`guide`", "`field`"],
    };
    let head: Vec<&str> = about.iter().chain(books).chain(behind).copied().collect();
    let rows = lines.into_iter().map(|Line { about, guide, field, behind }| {
        let books = match (is_same, is_new) {
            (true, _) => vec![guide],
            (_, true) => vec![field],
            _ => vec![or_dash(guide), or_dash(field)],
        };
        about.into_iter().chain(books).chain(behind).collect()
    });
    table(&head, rows)
}

/// What one row says.
pub(super) struct Said<'b> {
    /// What it is about.
    pub(super) about: Vec<String>,
    /// What it says of that.
    pub(super) says: String,
    pub(super) origin: &'b Origin,
}

/// A line for each row. A row that is about something else in `field` has two.
pub(super) fn rows(about: &[&str], guide: Vec<Said<'_>>, field: Vec<Said<'_>>) -> String {
    table_of(about, &["row"], lines(guide, field))
}

/// The lines of [`rows`]: those of `guide` in its order, then what `field` adds.
pub(super) fn lines(guide: Vec<Said<'_>>, field: Vec<Said<'_>>) -> Vec<Line> {
    let is_same_row = |one: &Said<'_>, other: &Said<'_>| one.origin.id == other.origin.id && one.about == other.about;
    let new = field.iter().filter(|row| !guide.iter().any(|old| is_same_row(old, row)));
    let new = new.map(|row| Line {
        about: row.about.clone(),
        guide: String::new(),
        field: with_amendment(&row.says, row.origin),
        behind: vec![row_ids([row.origin])],
    });
    let old = guide.iter().map(|row| {
        let later = field.iter().find(|later| is_same_row(row, later));
        Line {
            about: row.about.clone(),
            guide: row.says.clone(),
            field: match later {
                Some(later) if later.says == row.says => with_amendment(SAME, later.origin),
                Some(later) => with_amendment(&later.says, later.origin),
                None => "no longer".to_owned(),
            },
            behind: vec![row_ids([row.origin])],
        }
    });
    old.chain(new).collect()
}

/// What a row says, and which amendment made it say so.
fn with_amendment(says: &str, origin: &Origin) -> String {
    amended_by(origin).map_or_else(|| says.to_owned(), |by| format!("{says} ({by})"))
}

/// Answers to several questions in one cell: once if they are the same, else each behind its label.
pub(super) fn in_one_cell(answers: &[(String, String)]) -> String {
    let [(_, first), rest @ ..] = answers else { return String::new() };
    if rest.iter().all(|(_, answer)| answer == first) {
        return first.clone();
    }
    markdown::lines(answers.iter().map(|(label, answer)| format!("{label}: {answer}")))
}
