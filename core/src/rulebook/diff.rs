//! What is different between two books.

use std::collections::BTreeMap;
use std::fmt;

use super::RuleBook;
use super::rows::{FieldValue, SECTIONS};
use crate::text::Shown;

/// What is different between two books, row by row; what the books are called does not count.
///
/// # Example
/// ```
/// use crossgrade::rulebook::Change;
/// use crossgrade::RuleBook;
///
/// let before = RuleBook::field_as_of("2024-08-25".parse()?);
/// let diff = before.diff(RuleBook::field_as_of("2024-08-26".parse()?));
/// let row = diff.changes().iter().find(|change| change.id() == "m2e-8851nr").unwrap();
/// assert!(matches!(row, Change::Changed { fields, .. } if fields.iter().any(|field| field.key == "pid")));
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleBookDiff {
    pub(super) before: RuleBook,
    pub(super) after: RuleBook,
    changes: Vec<Change>,
}

/// Books count by edition, revision and digest.
impl PartialEq for RuleBookDiff {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |one: &RuleBook, other: &RuleBook| {
            (one.edition(), one.revision(), one.digest()) == (other.edition(), other.revision(), other.digest())
        };
        is_same(&self.before, &other.before) && is_same(&self.after, &other.after) && self.changes == other.changes
    }
}

impl Eq for RuleBookDiff {}

/// One row that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// It is in the later book only.
    #[non_exhaustive]
    Added {
        /// The section that it stands in.
        section: &'static str,
        /// Its id.
        id: String,
        /// Everything that it says.
        fields: Vec<(&'static str, FieldValue)>,
    },
    /// It was in the earlier book only.
    #[non_exhaustive]
    Removed {
        /// The section that it stood in.
        section: &'static str,
        /// Its id.
        id: String,
        /// Everything that it said.
        fields: Vec<(&'static str, FieldValue)>,
    },
    /// It says something else.
    #[non_exhaustive]
    Changed {
        /// The section that it stands in.
        section: &'static str,
        /// Its id.
        id: String,
        /// What is different, in the order of the row.
        fields: Vec<FieldChange>,
    },
}

/// One key of a row that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The key.
    pub key: &'static str,
    /// What it said; none if it said nothing.
    pub before: Option<FieldValue>,
    /// What it says; none if it says nothing.
    pub after: Option<FieldValue>,
}

impl Change {
    /// The id of the row.
    pub fn id(&self) -> &str {
        match self {
            Self::Added { id, .. } | Self::Removed { id, .. } | Self::Changed { id, .. } => id,
        }
    }

    /// The section of the row.
    pub fn section(&self) -> &'static str {
        match self {
            Self::Added { section, .. } | Self::Removed { section, .. } | Self::Changed { section, .. } => section,
        }
    }

    /// `added`, `removed` or `changed`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::Changed { .. } => "changed",
        }
    }
}

impl RuleBook {
    /// What is different in a later book.
    pub fn diff(&self, later: &Self) -> RuleBookDiff {
        let by_id = |book: &Self| -> BTreeMap<(&'static str, String), Vec<(&'static str, FieldValue)>> {
            book.rows().map(|row| ((row.section(), row.origin().id.to_string()), row.fields())).collect()
        };
        let (mut was, is) = (by_id(self), by_id(later));
        let mut changes = Vec::new();
        for ((section, id), fields) in is {
            match was.remove(&(section, id.clone())) {
                None => changes.push(Change::Added { section, id, fields }),
                Some(old) if old == fields => {}
                Some(old) => changes.push(Change::Changed { section, id, fields: field_changes(&old, &fields) }),
            }
        }
        changes.extend(was.into_iter().map(|((section, id), fields)| Change::Removed { section, id, fields }));
        let rank = |section: &str| SECTIONS.iter().position(|name| *name == section);
        changes.sort_by_key(|change| (rank(change.section()), change.id().to_owned()));
        RuleBookDiff { before: self.clone(), after: later.clone(), changes }
    }
}

fn field_changes(was: &[(&'static str, FieldValue)], is: &[(&'static str, FieldValue)]) -> Vec<FieldChange> {
    let value = |fields: &[(&'static str, FieldValue)], key: &str| {
        fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    };
    let new = is.iter().filter(|(key, _)| value(was, key).is_none());
    let keys = was.iter().chain(new).map(|(key, _)| *key);
    keys.map(|key| FieldChange { key, before: value(was, key), after: value(is, key) })
        .filter(|change| change.before != change.after)
        .collect()
}

impl RuleBookDiff {
    /// Every row that is different, section by section, by id.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether the books say the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

fn shown(value: &FieldValue) -> String {
    Shown::of_rule(&value.to_string()).to_string()
}

/// The text that a person reads.
impl fmt::Display for RuleBookDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after, changes } = self;
        writeln!(f, "from {} {} to {} {}", before.edition(), before.revision(), after.edition(), after.revision())?;
        let count = |kind| changes.iter().filter(|change| change.kind() == kind).count();
        write!(f, "{} added, {} removed, {} changed", count("added"), count("removed"), count("changed"))?;
        for change in changes {
            let (section, id) = (change.section(), change.id());
            match change {
                Change::Added { fields, .. } => {
                    write!(f, "\n+ {section} {id}")?;
                    fields.iter().try_for_each(|(key, value)| write!(f, "\n    {key}: {}", shown(value)))?;
                }
                Change::Removed { fields, .. } => {
                    write!(f, "\n- {section} {id}")?;
                    fields.iter().try_for_each(|(key, value)| write!(f, "\n    {key}: {}", shown(value)))?;
                }
                Change::Changed { fields, .. } => {
                    write!(f, "\n~ {section} {id}")?;
                    for FieldChange { key, before, after } in fields {
                        let said = |value: &Option<FieldValue>| value.as_ref().map_or("-".to_owned(), shown);
                        write!(f, "\n    {key}: {} -> {}", said(before), said(after))?;
                    }
                }
            }
        }
        Ok(())
    }
}
