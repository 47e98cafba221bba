use std::ops::Range;

use super::sections::{self, Context};
use super::toml_row::Row;
use super::{MOST_MODELS, MOST_ROWS};
use crate::rulebook::rows::{List, SectionRow};
use crate::rulebook::tables::Rows;

/// A row of the text that added, changed or removed one of the book.
pub(super) struct Changed {
    pub(super) section: &'static str,
    pub(super) id: String,
    pub(super) span: Range<usize>,
    pub(super) place: String,
    /// It says that it allows more than the book did.
    pub(super) relaxes: bool,
    /// It takes a row away.
    pub(super) is_removal: bool,
    /// It could be read, so the book has it.
    pub(super) is_whole: bool,
}

/// Reads all sections of a book, or of an amendment, into the rows that are there already. What could not be read is
/// among the problems.
pub(super) fn sections(scope: &Row<'_, '_>, context: &Context<'_>, rows: &mut Rows) -> Vec<Changed> {
    let mut changed = Vec::new();
    let done = &mut changed;
    section(scope, context, &mut rows.models, done, sections::model);
    section(scope, context, &mut rows.single_firmware, done, sections::single_firmware);
    section(scope, context, &mut rows.conversions, done, sections::conversion);
    section(scope, context, &mut rows.gates, done, sections::gate);
    section(scope, context, &mut rows.floors, done, sections::floor);
    section(scope, context, &mut rows.loads, done, sections::load);
    section(scope, context, &mut rows.targets, done, sections::target);
    section(scope, context, &mut rows.steps, done, sections::step);
    section(scope, context, &mut rows.load_servers, done, sections::load_server);
    section(scope, context, &mut rows.licenses, done, sections::license);
    section(scope, context, &mut rows.evidence, done, sections::evidence);
    section(scope, context, &mut rows.advice, done, sections::advice);
    section(scope, context, &mut rows.disagreements, done, sections::disagreement);
    section(scope, context, &mut rows.errata, done, sections::erratum);
    if rows.models.len() > MOST_MODELS {
        let message = format!("{} models; expected at most {MOST_MODELS}", rows.models.len());
        scope.problem("models", scope.span.clone(), message);
    }
    changed
}

/// How the row of an id is read, perhaps as a change of one that is there.
type Reader<T> = fn(&Context<'_>, &str, &Row<'_, '_>, Option<&T>) -> Option<T>;

/// Reads one section.
pub(super) fn section<T: SectionRow>(
    scope: &Row<'_, '_>,
    context: &Context<'_>,
    rows: &mut List<T>,
    changed: &mut Vec<Changed>,
    read: Reader<T>,
) {
    for (id, row) in scope.rows(T::SECTION) {
        context.references.declare(T::SECTION, id.value, &row);
        let position = rows.iter().position(|row| row.origin().id == id.value);
        let mut relaxes = false;
        if context.amendment.is_some() {
            relaxes = row.flag("relax", false);
            if relaxes && !row.has("reason") {
                row.problem(
                    "reason",
                    row.span.clone(),
                    "missing; expected why the row may allow more than the book did",
                );
            }
            if row.flag("remove", false) {
                row.text_if_any("reason");
                row.finish();
                match position {
                    Some(position) => drop(rows.to_mut().remove(position)),
                    None => row.problem(
                        "remove",
                        row.span.clone(),
                        "found nothing to remove; expected the id of a row of the book",
                    ),
                }
                changed.push(Changed { is_removal: true, ..Changed::of(T::SECTION, id.value, &row, relaxes) });
                continue;
            }
        }
        let value = read(context, id.value, &row, position.map(|position| &rows[position]));
        row.finish();
        if context.amendment.is_some() && position.is_none() && !row.is_whole() {
            let message =
                format!("the book has no row {:?} in section {}; a new row needs every key", id.value, T::SECTION);
            row.problem("", row.span.clone(), message);
        }
        changed.push(Changed::of(T::SECTION, id.value, &row, relaxes));
        match (value.filter(|_| row.is_whole()), position) {
            (Some(value), Some(position)) => rows.to_mut()[position] = value,
            (Some(value), None) if rows.len() < MOST_ROWS => rows.to_mut().push(value),
            (Some(_), None) => {
                row.problem("", row.span.clone(), format!("more than {MOST_ROWS} rows in section {}", T::SECTION));
                return;
            }
            (None, _) => {}
        }
    }
}

impl Changed {
    fn of(section: &'static str, id: &str, row: &Row<'_, '_>, relaxes: bool) -> Self {
        Self {
            section,
            id: id.to_owned(),
            span: row.span.clone(),
            place: row.place_of(""),
            relaxes,
            is_removal: false,
            is_whole: row.is_whole(),
        }
    }
}
