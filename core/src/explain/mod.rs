//! Everything that a book knows about a code, a model or a row, with sources and disagreements.

mod causes;
#[cfg(feature = "json")]
mod explanation_json;
mod explanation_text;

use std::collections::BTreeSet;

use crate::assess::Code;
use crate::phone::Model;
use crate::rulebook::RuleBook;
use crate::rulebook::rows::{AmendmentRow, DisagreementRow, ErratumRow, Row, SourceRow};
use crate::text::Shown;

/// What is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject<'a> {
    /// A finding code: what it means, and the rows that can cause it.
    Code(Code),
    /// A model: every row that is about it.
    Model(Model),
    /// A row, by its id.
    Row(&'a str),
}

/// Why nothing can be explained: the text names no code, no model and no row of the book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "explain: {} is no finding code, no model and no row of {edition}; expected such as CG203, 8851NR or {example}",
    Shown::quoted(text)
)]
pub struct ExplainError {
    text: String,
    edition: String,
    example: String,
}

/// Everything that a book knows about a code, a model or a row.
///
/// # Example
/// ```
/// use crossgrade::RuleBook;
///
/// let why = RuleBook::field().explain("8851NR")?;
/// assert!(why.rows().iter().any(|row| row.origin().id == "e2m-8851nr-mpp-12-0-5"));
/// assert!(why.disagreements().iter().any(|row| row.origin.id == "D01"));
/// assert!(why.sources().iter().any(|row| row.origin.id == "JR"));
/// assert!(RuleBook::guide().explain("no such thing").is_err());
/// # Ok::<(), crossgrade::explain::ExplainError>(())
/// ```
#[derive(Clone)]
pub struct Explanation<'a> {
    book: &'a RuleBook,
    subject: Subject<'a>,
    rows: Vec<&'a dyn Row>,
}

impl RuleBook {
    /// Explains a finding code (`CG203`, `vid-below-range`), a row (`e2m-7821`, `S2`, `D03`, `A01`, a load name) or a
    /// model (`8851NR`, or any product text that names one).
    ///
    /// # Errors
    /// If the text is none of these.
    pub fn explain(&self, about: &str) -> Result<Explanation<'_>, ExplainError> {
        let about = crate::text::trim(about);
        // A model is a row too; all that is said of it is more than its row.
        let by_case = || self.rows().find(|row| row.origin().id.eq_ignore_ascii_case(about));
        if let Some(row) = self.row(about).or_else(by_case).filter(|row| row.section() != "models") {
            let about = &*row.origin().id;
            let mut rows = vec![row];
            rows.extend(self.rows().filter(|other| names(*other, about)));
            return Ok(self.explanation(Subject::Row(&row.origin().id), rows));
        }
        if let Ok(code) = about.parse::<Code>() {
            return Ok(self.explanation(Subject::Code(code), causes::rows_of(self, code)));
        }
        let product = crate::phone::Phone::new(about);
        match product.product().known() {
            // CG108 has no row of a rule book: the reader of products knows which devices are no phones.
            Some(product) if product.model().device_class().is_some() => {
                Ok(self.explanation(Subject::Model(product.model()), Vec::new()))
            }
            Some(product) => Ok(self.explanation(Subject::Model(product.model()), self.rows_about(product.model()))),
            None => Err(ExplainError {
                text: about.to_owned(),
                edition: self.edition().to_owned(),
                example: self.conversions().next().map_or("a row", |row| &row.origin.id).to_owned(),
            }),
        }
    }

    fn explanation<'a>(&'a self, subject: Subject<'a>, rows: Vec<&'a dyn Row>) -> Explanation<'a> {
        Explanation { book: self, subject, rows }
    }
}

/// Whether a row stands on a source, disagreement or amendment.
fn names(row: &dyn Row, id: &str) -> bool {
    let origin = row.origin();
    origin.sources.iter().chain(origin.disagreements.iter()).chain(&origin.amendment).any(|named| named == id)
}

impl<'a> Explanation<'a> {
    /// The book that was asked.
    pub fn rulebook(&self) -> &'a RuleBook {
        self.book
    }

    /// What is explained.
    pub fn subject(&self) -> Subject<'a> {
        self.subject
    }

    /// The rows that say something about it, section by section; of a row that is explained, itself first.
    pub fn rows(&self) -> &[&'a dyn Row] {
        &self.rows
    }

    /// The codes that a row can make speak.
    pub fn codes(&self) -> Vec<Code> {
        match self.subject {
            Subject::Row(id) => causes::codes_of(self.book, id),
            Subject::Code(_) | Subject::Model(_) => Vec::new(),
        }
    }

    /// The amendments that made rows of it what they are, by id.
    pub fn amendments(&self) -> Vec<&'a AmendmentRow> {
        let named: BTreeSet<&str> = self.rows.iter().filter_map(|row| row.origin().amendment.as_deref()).collect();
        let is_told = |row: &&AmendmentRow| named.contains(&*row.origin.id) || self.is_it(&row.origin.id);
        let mut rows: Vec<_> = self.book.amendments().filter(is_told).collect();
        rows.sort_by_key(|row| &row.origin.id);
        rows
    }

    /// The disagreements that touch it, by id.
    pub fn disagreements(&self) -> Vec<&'a DisagreementRow> {
        let named: BTreeSet<&str> =
            self.rows.iter().flat_map(|row| row.origin().disagreements.iter().map(|id| &**id)).collect();
        let is_told = |id: &str| named.contains(id) || self.rows.iter().any(|row| row.origin().id == id);
        let mut rows: Vec<_> = self.book.disagreements().filter(|row| is_told(&row.origin.id)).collect();
        rows.sort_by_key(|row| &row.origin.id);
        rows
    }

    /// The sources of all that, and of a code that no row causes.
    pub fn sources(&self) -> Vec<&'a SourceRow> {
        let mut named: BTreeSet<&str> =
            self.rows.iter().flat_map(|row| row.origin().sources.iter().map(|id| &**id)).collect();
        named.extend(self.disagreements().iter().flat_map(|row| row.origin.sources.iter().map(|id| &**id)));
        named.extend(self.amendments().iter().flat_map(|row| row.origin.sources.iter().map(|id| &**id)));
        if let Subject::Code(code) = self.subject {
            named.extend(code.sources());
        }
        self.book.sources().filter(|row| named.contains(&*row.origin.id) || self.is_it(&row.origin.id)).collect()
    }

    /// Errors of these sources.
    pub fn errata(&self) -> Vec<&'a ErratumRow> {
        let sources: Vec<&str> = self.sources().iter().map(|row| &*row.origin.id).collect();
        let is_of = |row: &&ErratumRow| row.origin.sources.iter().any(|source| sources.contains(&&**source));
        self.book.errata().filter(is_of).collect()
    }

    fn is_it(&self, id: &str) -> bool {
        self.subject == Subject::Row(id)
    }
}
