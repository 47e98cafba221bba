use semver::Version;

use super::check;
use super::references::References;
use super::sections::{self, Context};
use super::toml_row::{Row, Source};
use super::{RuleBookError, check_schema, document, scope};
use crate::rulebook::rows::Text;
use crate::rulebook::tables::{Rows, View};
use crate::rulebook::{Date, digest, index};

/// Reads a whole book. `Err` holds everything that is wrong with it.
pub(in crate::rulebook) fn book(text: &str) -> Result<(Rows, View), RuleBookError> {
    let source = Source::new(text);
    if let Some(document) = document(&source, text) {
        let file = Row::new(&source, &document, String::new(), 0..0);
        check_schema(&file);
        let references = References::default();
        let context = Context { references: &references, amendment: None };
        let mut rows = Rows::NONE;
        let (edition, revision) = (file.text("edition"), sections::revision(&file, "revision"));
        let mut changed = Vec::new();
        scope::section(&file, &context, &mut rows.sources, &mut changed, sections::source);
        changed.extend(scope::sections(&file, &context, &mut rows));
        file.finish();
        references.check(&source, &rows);
        // A row that is missing because it could not be read would cause complaints about the others.
        if changed.iter().all(|changed| changed.is_whole) {
            check::rows(&source, &changed, &Rows::NONE, &rows);
        }
        if let (true, Some(edition), Some(revision)) = (source.is_clean(), edition, revision) {
            let view = view(&rows, edition.clone(), edition, revision, None);
            return Ok((rows, view));
        }
    }
    Err(RuleBookError::new(source.into_problems()))
}

/// The view of a book whose rows are all in force.
pub(super) fn view(rows: &Rows, edition: Text, root: Text, revision: Version, as_of: Option<Date>) -> View {
    View { edition, root, revision, as_of, step: 0, digest: digest::of(rows, 0).into(), index: index::index(rows, 0) }
}
