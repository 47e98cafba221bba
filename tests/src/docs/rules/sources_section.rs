//! What stands behind the rules: models, documents, and errors in them.

use crossgrade::rulebook::rows::{ErratumRow, ModelRow, SourceRow};

use crate::docs::books::Books;
use crate::docs::markdown::{comma, grouped, table};
use crate::docs::side_by_side::{Said, rows};

const MODELS: &str = "\
The listed models, those that have a load: the family of their loads, and the series that their licenses are sold for.
";

const SOURCES: &str = "\
The documents that rules come from. A source that was superseded stays with the rules that cite it until an amendment \
changes them.
";

const ERRATA: &str = "\
Errors in the documents, so that nobody takes them for rules. Behind the id stands the document.
";

/// A line for all models that take the same loads. The id of a model's row is the model.
pub(super) fn models(books: &Books) -> String {
    let told = |row: &ModelRow| [row.family.to_string(), row.series.to_string(), comma(&*row.origin.sources)];
    let is_in_guide = |row: &ModelRow| books.guide().models().any(|old| old == row);
    let models = books.field().models().map(|row| {
        let only = if is_in_guide(row) { "" } else { " (`field` only)" };
        (told(row), format!("{}{only}", row.model))
    });
    let lines =
        grouped(models).into_iter().map(|(cells, models)| std::iter::once(comma(models)).chain(cells).collect());
    format!("{MODELS}\n{}", table(&["models", "load family", "license series", "sources"], lines))
}

pub(super) fn sources(books: &Books) -> String {
    let rows = books.field().sources().map(|row| {
        let SourceRow { origin, title, section, language, read, superseded_by, .. } = row;
        let is_new = !books.guide().sources().any(|old| old.origin.id == origin.id);
        let id = format!("{}{}", origin.id, if is_new { " (`field` only)" } else { "" });
        let superseded = superseded_by.as_ref().map(|by| format!("; superseded by {by}")).unwrap_or_default();
        vec![id, format!("{title}{superseded}"), section.to_string(), format!("{read}, in `{language}`")]
    });
    format!("{SOURCES}\n{}", table(&["id", "document", "part", "read on"], rows))
}

pub(super) fn errata(books: &Books) -> String {
    let said = |row: &'static ErratumRow| Said { about: Vec::new(), says: row.says.to_string(), origin: &row.origin };
    let [guide, field] = books.both().map(|book| book.errata().map(said).collect());
    format!("{ERRATA}\n{}", rows(&[], guide, field))
}
