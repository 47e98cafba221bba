use super::{Fields, List, Text};
use crate::rulebook::Date;
use crate::text::words;

words! {
    /// How sure an amendment is.
    #[non_exhaustive]
    pub enum Confidence as "confidence" {
        /// Cisco says so in a document that was read or is cited by number.
        High = "high",
        /// A good source outside Cisco's documents, or documents that do not agree.
        Medium = "medium",
        /// Somebody says so.
        Low = "low",
    }
}

/// What every row has: an id, sources, the disagreements that it takes a side in, and the amendment that made it what it
/// is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The id of the row, unique in its book and never reused.
    pub id: Text,
    /// Ids of the sources.
    pub sources: List<Text>,
    /// Ids of the disagreements.
    pub disagreements: List<Text>,
    /// The amendment that added the row or changed it last; none in the book that was amended.
    pub amendment: Option<Text>,
    /// The day from which the amendment holds; none if it holds at every date.
    pub date: Option<Date>,
    /// How sure the amendment is.
    pub confidence: Option<Confidence>,
    /// Why it may allow more than the row before.
    pub reason: Option<Text>,
    /// The date steps of the book at which the row is in force.
    pub(crate) life: Life,
}

impl Origin {
    /// The fields that every row has, but its id.
    pub(crate) fn fields(&self, fields: &mut Fields) {
        let Self { id: _, sources, disagreements, amendment, date, confidence, reason, life: _ } = self;
        fields.list("sources", sources);
        fields.list("disagreements", disagreements);
        fields.if_any("amendment", amendment.as_ref());
        fields.if_any("date", date.as_ref());
        fields.if_any("confidence", confidence.as_ref());
        fields.if_any("reason", reason.as_ref());
    }
}

/// The date steps of a book at which a row is in force: from the first, until before the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Life {
    pub(crate) from: u8,
    pub(crate) until: u8,
}

impl Life {
    /// In force at every step.
    #[cfg(feature = "load")]
    pub(crate) const ALWAYS: Self = Self { from: 0, until: u8::MAX };

    pub(crate) const fn holds(self, step: u8) -> bool {
        self.from <= step && step < self.until
    }
}
