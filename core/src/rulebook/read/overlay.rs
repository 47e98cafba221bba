use std::borrow::Cow;

use semver::{Version, VersionReq};
use toml::de::{DeTable, DeValue};

use super::check;
use super::references::References;
use super::scope::{self, Changed};
use super::sections::{self, Amendment, Context};
use super::toml_book::view;
use super::toml_row::{Row, Source};
use super::{MOST_ROWS, RuleBookError, check_schema, document, relax};
use crate::rulebook::Date;
use crate::rulebook::rows::{AmendmentRow, Life, List, Origin, SectionRow, Text, with_sections};
use crate::rulebook::tables::{Rows, Tables, View};
use crate::text::Shown;

/// The name and version of an overlay.
struct Label {
    name: Text,
    version: Version,
}

/// The book with the amendments of the text, in the order of their dates.
pub(in crate::rulebook) fn overlay(base: Tables<'_>, text: &str) -> Result<(Rows, View), RuleBookError> {
    let before = in_force(base);
    let mut last = base.view.as_of;
    let (rows, label) = amend(base.view, &before, text, &mut |date, _| last = last.max(date))?;
    let edition = format!("{} + {} {}", base.view.edition, label.name, label.version);
    let view = view(&rows, edition.into(), base.view.root.clone(), base.view.revision.clone(), last);
    Ok((rows, view))
}

/// The rows after each date.
#[cfg(test)]
type States = Vec<(Option<Date>, Rows)>;

/// The rows after each date of the text, and its version.
#[cfg(test)]
pub(in crate::rulebook) fn timeline(base: Tables<'_>, text: &str) -> Result<(States, Version), RuleBookError> {
    let mut states = States::new();
    let (_, label) = amend(base.view, &in_force(base), text, &mut |date, rows| {
        states.retain(|(known, _)| *known != date);
        states.push((date, rows.clone()));
    })?;
    Ok((states, label.version))
}

/// What an overlay says of the book that it was written for.
#[derive(Default)]
pub(in crate::rulebook) struct Base {
    pub(in crate::rulebook) edition: Option<String>,
    pub(in crate::rulebook) digest: Option<String>,
}

/// The base of a text, if the text is an overlay.
pub(in crate::rulebook) fn base_of(text: &str) -> Option<Base> {
    let source = Source::new(text);
    let document = document(&source, text)?;
    let is_overlay = ["overlay", "base", "amendments"].iter().any(|key| document.contains_key(*key));
    let base = match document.get("base").map(|value| value.get_ref()) {
        Some(DeValue::Table(base)) => {
            let text = |key: &str| match base.get(key).map(|value| value.get_ref()) {
                Some(DeValue::String(text)) => Some(text.to_string()),
                _ => None,
            };
            Base { edition: text("edition"), digest: text("digest") }
        }
        _ => Base::default(),
    };
    is_overlay.then_some(base)
}

/// The rows of a book that are in force, for ever.
fn in_force(base: Tables<'_>) -> Rows {
    fn keep<T: SectionRow>(rows: &[T], step: u8) -> List<T> {
        let rows = rows.iter().filter(|row| row.origin().life.holds(step)).cloned();
        rows.map(|mut row| {
            row.origin_mut().life = Life::ALWAYS;
            row
        })
        .collect()
    }
    macro_rules! all {
        ($($name:ident: $row:ident, $about:literal,)+) => {
            Rows { $( $name: keep(&base.rows.$name, base.view.step), )+ }
        };
    }
    with_sections!(all)
}

/// Applies the amendments of a text, and tells the rows after each.
fn amend(
    base: &View,
    before: &Rows,
    text: &str,
    applied: &mut dyn FnMut(Option<Date>, &Rows),
) -> Result<(Rows, Label), RuleBookError> {
    let source = Source::new(text);
    if let Some(document) = document(&source, text)
        && let Some(amended) = apply(&source, &document, base, before, applied)
    {
        return Ok(amended);
    }
    Err(RuleBookError::new(source.into_problems()))
}

fn apply<'t>(
    source: &Source<'t>,
    document: &DeTable<'t>,
    base: &View,
    before: &Rows,
    applied: &mut dyn FnMut(Option<Date>, &Rows),
) -> Option<(Rows, Label)> {
    let file = Row::new(source, document, String::new(), 0..0);
    check_schema(&file);
    let name = name(&file);
    let version = version(&file, document, name.as_deref(), base);
    check_base(&file, base);
    let references = References::default();
    let mut rows = before.clone();
    let mut changed: Vec<Changed> = Vec::new();
    let context = Context { references: &references, amendment: None };
    scope::section(&file, &context, &mut rows.sources, &mut changed, sections::source);

    let mut amendments: Vec<(AmendmentRow, Row<'_, 't>)> = Vec::new();
    let found = file.rows("amendments");
    if found.len() > MOST_ROWS {
        file.problem("amendments", 0..0, format!("{} amendments; expected at most {MOST_ROWS}", found.len()));
        return None;
    }
    for (id, row) in found {
        references.declare("amendments", id.value, &row);
        if before.amendments.iter().any(|known| known.origin.id == id.value) {
            row.problem("", id.span, format!("the book has an amendment {:?} already; expected another id", id.value));
        }
        amendments.push((amendment(&context, id.value, &row), row));
    }
    file.finish();
    // Those without a date hold at every date; of one date, in the order of the file.
    amendments.sort_by_key(|(amendment, _)| amendment.origin.date);
    for (amendment, scope) in amendments {
        let Origin { id, sources, date, confidence, .. } = &amendment.origin;
        let said = Amendment { id: id.clone(), date: *date, confidence: *confidence, sources: sources.clone() };
        let context = Context { references: &references, amendment: Some(&said) };
        changed.extend(scope::sections(&scope, &context, &mut rows));
        scope.finish();
        rows.amendments.to_mut().push(amendment);
        applied(said.date, &rows);
    }

    references.check(source, &rows);
    // A row that is missing because it could not be read would cause complaints about the others.
    if changed.iter().all(|changed| changed.is_whole) {
        check::rows(source, &changed, before, &rows);
    }
    relax::check(source, &changed, before, &rows);
    let label = Label { name: name?, version: version? };
    source.is_clean().then_some((rows, label))
}

/// What an amendment says of itself; its sections are read when its turn comes, whatever is wrong here.
fn amendment(context: &Context<'_>, id: &str, row: &Row<'_, '_>) -> AmendmentRow {
    let sources = row.texts("sources");
    context.references.sources(row, "sources", &sources);
    let origin = Origin {
        sources: sections::sorted(&sources),
        date: row.date_if_any("date"),
        confidence: row.read("confidence").map(|confidence| confidence.value),
        ..sections::bare_origin(id)
    };
    AmendmentRow { origin, says: row.text("says").unwrap_or_default() }
}

/// The name of an overlay becomes a part of the edition.
fn name(file: &Row<'_, '_>) -> Option<Text> {
    let name = file.located_text("overlay")?;
    let is_word = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if !name.value.chars().all(is_word) || name.value.len() > 40 {
        let message = format!(
            "found {}; expected up to 40 letters, digits, hyphens and dots, such as acme",
            Shown::quoted(name.value)
        );
        file.problem("overlay", name.span, message);
        return None;
    }
    Some(Cow::Owned(name.value.to_owned()))
}

/// An overlay has a version of its own. `field` alone, which is baked with `guide`, has that of its base: so one line says
/// the revision of both.
fn version(file: &Row<'_, '_>, document: &DeTable<'_>, name: Option<&str>, base: &View) -> Option<Version> {
    let version = document.get("version").map(|value| value.get_ref());
    if name == Some("field") && matches!(version, Some(DeValue::String(text)) if text == "base") {
        file.text_if_any("version")?;
        return Some(base.revision.clone());
    }
    sections::revision(file, "version")
}

/// An overlay says for which book it was written, by revision or by digest.
fn check_base(file: &Row<'_, '_>, base: &View) {
    const EXPECTED: &str = "expected such as { edition = \"guide\", revision = \"2026.11.0\" } or { digest = \"...\" }";
    let Some(asked) = file.table("base", EXPECTED) else { return };
    let (edition, revision) = (asked.text_if_any("edition"), asked.text_if_any("revision"));
    let digest = asked.text_if_any("digest");
    match (&edition, &revision, &digest) {
        (Some(_), Some(_), _) | (_, _, Some(_)) => {}
        _ => asked.problem("", asked.span.clone(), format!("incomplete; {EXPECTED}")),
    }
    // Amendments do not change what a book is at its root; a dated edition means that very day.
    if let Some(edition) = edition.filter(|edition| edition.value != base.root && edition.value != base.edition) {
        let (found, root) = (edition.value, &base.root);
        let message =
            format!("written for {}; this book is {:?}; expected edition {root:?}", Shown::quoted(found), base.edition);
        asked.problem("edition", edition.span, message);
    }
    if let Some(revision) = revision {
        // A version means that very one; `>=2026.11` or the like means a range.
        let exact = Version::parse(revision.value).is_ok().then(|| format!("={}", revision.value));
        match VersionReq::parse(exact.as_deref().unwrap_or(revision.value)) {
            Ok(wanted) if wanted.matches(&base.revision) => {}
            Ok(_) => {
                let message = format!("written for {}; this book is {}", Shown::new(revision.value), base.revision);
                asked.problem("revision", revision.span, message);
            }
            Err(error) => {
                let message =
                    format!("found {}: {error}; expected a version such as 2026.11.0", Shown::quoted(revision.value));
                asked.problem("revision", revision.span, message);
            }
        }
    }
    if let Some(digest) = digest.filter(|digest| digest.value != base.digest) {
        let message = format!("written for {}; the digest of this book is {}", Shown::new(digest.value), base.digest);
        asked.problem("digest", digest.span, message);
    }
    asked.finish();
}
