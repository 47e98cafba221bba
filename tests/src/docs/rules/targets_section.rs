//! What is installed when the caller chooses nothing.

use crossgrade::firmware::LoadFamily;
use crossgrade::rulebook::rows::{LoadServerRow, StepRow, TargetRow};
use crossgrade::{Destination, Direction, Model, RuleBook};

use crate::docs::books::{Books, amended_by};
use crate::docs::markdown::{code, comma, lines};
use crate::docs::side_by_side::{Line, SAME, Said, in_one_cell, rows, table_of};
use crate::docs::words_of_pages::{destinations_of, firmware, once_each, row_ids};

const INTRODUCTION: &str = "\
The load that is installed when the caller chooses none, by load family. Where the phone's hardware needs a later \
release, the newest load of the book takes its place, if that passes its [gates](#gates). Before the first day that is given, `field` \
installs what `guide` does.
";

const STEPS: &str = "\
What is installed before the conversion, where what runs is too old for it ([CG305]): by the same rule, the load that is \
named here, or else the newest of the book.
";

const SERVERS: &str = "\
What Unified CM's field \"Load Server\" takes, where somebody serves the loads.
";

pub(super) fn section(books: &Books) -> String {
    let [guide, field] = books.both().map(|book| {
        let server = |row: &'static LoadServerRow| Said {
            about: vec![code(row.destination)],
            says: code(&row.server),
            origin: &row.origin,
        };
        book.load_servers().map(server).collect()
    });
    let [guide_steps, field_steps] = books.both().map(|book| {
        let step = |row: &'static StepRow| Said {
            about: vec![code(row.destination), row.load.family().to_string()],
            says: format!("{} {}", firmware(row.load), code(row.load)),
            origin: &row.origin,
        };
        book.steps().map(step).collect()
    });
    format!(
        "{INTRODUCTION}\n### Targets to MPP firmware\n\n{}\n### Targets to Enterprise firmware\n\n{}\n\
         ### Loads to install first\n\n{STEPS}\n{}\n### Load servers\n\n{SERVERS}\n{}",
        table(books, &destinations_of(Direction::EnterpriseToMpp)),
        table(books, &destinations_of(Direction::MppToEnterprise)),
        rows(&["to", "family"], guide_steps, field_steps),
        rows(&["to"], guide, field),
    )
}

/// A line for each load family.
fn table(books: &Books, destinations: &[Destination]) -> String {
    let mut families: Vec<LoadFamily> = Vec::new();
    for row in books.both().into_iter().flat_map(RuleBook::targets) {
        if !families.contains(&row.load.family()) {
            families.push(row.load.family());
        }
    }
    let lines = families.into_iter().map(|family| {
        let guide = destinations.iter().map(|to| {
            let target = target(books.guide(), *to, family);
            (code(to), target.map(says).unwrap_or_default())
        });
        let field = destinations.iter().map(|to| (code(to), in_field(books, *to, family)));
        let mut rows: Vec<&TargetRow> = Vec::new();
        for to in destinations {
            let both = books.both().into_iter().filter_map(|book| target(book, *to, family));
            rows.extend(both);
        }
        Line {
            about: vec![family.to_string(), comma(models(books, family))],
            guide: in_one_cell(&guide.collect::<Vec<_>>()),
            field: in_one_cell(&field.collect::<Vec<_>>()),
            behind: vec![row_ids(once_each(rows.into_iter().map(|row| &row.origin)))],
        }
    });
    table_of(&["family", "models"], &["rows"], lines.collect())
}

/// The models that take loads of this family.
fn models(books: &Books, family: LoadFamily) -> impl Iterator<Item = Model> {
    books.field().models().filter(move |row| row.family == family).map(|row| row.model)
}

fn target(book: &RuleBook, to: Destination, family: LoadFamily) -> Option<&TargetRow> {
    book.targets().find(|row| row.destination == to && row.load.family() == family)
}

fn says(row: &TargetRow) -> String {
    format!("{} {}", firmware(row.load), code(row.load))
}

/// What `field` installs, and before that did since an earlier day.
fn in_field(books: &Books, to: Destination, family: LoadFamily) -> String {
    let mut since: Vec<(String, String)> = Vec::new();
    for row in books.steps().iter().filter_map(|book| target(book, to, family)) {
        let Some(by) = amended_by(&row.origin) else { continue };
        let says = (says(row), by);
        if since.last() != Some(&says) {
            since.push(says);
        }
    }
    if target(books.field(), to, family).is_none() {
        return String::new();
    }
    if since.is_empty() {
        return SAME.to_owned();
    }
    let since = since.into_iter().rev().enumerate();
    lines(since.map(|(place, (says, by))| format!("{}{says} ({by})", if place == 0 { "" } else { "before that " })))
}
