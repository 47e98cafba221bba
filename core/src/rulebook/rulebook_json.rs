//! Rows, differences and problems as JSON, the same bytes in every language. Each names its format under `schema`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::RuleBook;
use super::book_keys::BookKeys;
use super::diff::{Change, FieldChange, RuleBookDiff};
use super::rows::{FieldValue, Row};

impl Serialize for FieldValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
        }
    }
}

/// The fields of a row, in its order.
pub(crate) struct FieldsKeys<'a>(pub(crate) &'a [(&'static str, FieldValue)]);

impl Serialize for FieldsKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

/// A row with its section and id.
pub(crate) struct RowKeys<'a>(pub(crate) &'a dyn Row);

impl Serialize for RowKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.fields();
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("section", self.0.section())?;
        map.serialize_entry("id", &self.0.origin().id)?;
        map.serialize_entry("fields", &FieldsKeys(&fields))?;
        map.end()
    }
}

impl Serialize for FieldChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("key", self.key)?;
        map.serialize_entry("before", &self.before)?;
        map.serialize_entry("after", &self.after)?;
        map.end()
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("change", self.kind())?;
        map.serialize_entry("section", self.section())?;
        map.serialize_entry("id", self.id())?;
        match self {
            Self::Added { fields, .. } | Self::Removed { fields, .. } => {
                map.serialize_entry("fields", &FieldsKeys(fields))?;
            }
            Self::Changed { fields, .. } => map.serialize_entry("fields", fields)?,
        }
        map.end()
    }
}

impl RuleBookDiff {
    /// The differences as compact JSON, `crossgrade.rulebook-diff/1`.
    ///
    /// # Example
    /// ```
    /// use crossgrade::RuleBook;
    ///
    /// let json = RuleBook::guide().diff(RuleBook::field()).to_json();
    /// assert!(json.starts_with(r#"{"schema":"crossgrade.rulebook-diff/1","before":{"edition":"guide","#));
    /// ```
    pub fn to_json(&self) -> String {
        #[derive(serde::Serialize)]
        struct Document<'a> {
            schema: &'static str,
            before: BookKeys<'a>,
            after: BookKeys<'a>,
            changes: &'a [Change],
        }
        let document = Document {
            schema: "crossgrade.rulebook-diff/1",
            before: (&self.before).into(),
            after: (&self.after).into(),
            changes: self.changes(),
        };
        serde_json::to_string(&document).unwrap_or_default()
    }
}

impl RuleBook {
    /// Every row that is in force as compact JSON, `crossgrade.rulebook/1`.
    pub fn to_json(&self) -> String {
        #[derive(serde::Serialize)]
        struct Document<'a> {
            schema: &'static str,
            rulebook: BookKeys<'a>,
            rows: Vec<RowKeys<'a>>,
        }
        let rows = self.rows().map(RowKeys).collect();
        let document = Document { schema: "crossgrade.rulebook/1", rulebook: self.into(), rows };
        serde_json::to_string(&document).unwrap_or_default()
    }

    /// What [`check`](Self::check) finds, as compact JSON, `crossgrade.rulebook-check/1`: the book, or null, and the
    /// problems.
    #[cfg(feature = "load")]
    pub fn check_json(text: &str) -> String {
        check_json(&Self::check(text))
    }
}

/// The outcome of reading a book or an overlay as JSON.
#[cfg(feature = "load")]
pub(crate) fn check_json(outcome: &Result<RuleBook, super::RuleBookError>) -> String {
    #[derive(serde::Serialize)]
    struct Document<'a> {
        schema: &'static str,
        clean: bool,
        rulebook: Option<BookKeys<'a>>,
        problems: Vec<ProblemKeys<'a>>,
    }
    #[derive(serde::Serialize)]
    struct ProblemKeys<'a> {
        line: usize,
        column: usize,
        place: &'a str,
        message: &'a str,
    }
    let problems = outcome.as_ref().err().map_or(&[][..], super::RuleBookError::problems);
    let document = Document {
        schema: "crossgrade.rulebook-check/1",
        clean: outcome.is_ok(),
        rulebook: outcome.as_ref().ok().map(BookKeys::from),
        problems: problems
            .iter()
            .map(|super::Problem { line, column, place, message }| ProblemKeys {
                line: *line,
                column: *column,
                place,
                message,
            })
            .collect(),
    };
    serde_json::to_string(&document).unwrap_or_default()
}
