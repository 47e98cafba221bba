//! The two embedded books and how the one became the other.

use crossgrade::rulebook::Change;
use crossgrade::rulebook::rows::Origin;
use crossgrade::{Date, RuleBook};

use super::markdown::{comma, link};

/// `guide`, then `field` as of each day on which it changed.
pub(super) struct Books {
    steps: Vec<&'static RuleBook>,
}

/// What an amendment did to a row.
pub(super) struct Amended {
    /// The id of the amendment.
    pub(super) amendment: String,
    pub(super) change: Change,
}

impl Books {
    pub(super) fn embedded() -> Self {
        let before_all_dates = Date::new(0, 1, 1).map(RuleBook::field_as_of);
        let dated = RuleBook::field_dates().map(RuleBook::field_as_of);
        Self { steps: std::iter::once(RuleBook::guide()).chain(before_all_dates).chain(dated).collect() }
    }

    pub(super) fn guide(&self) -> &'static RuleBook {
        RuleBook::guide()
    }

    pub(super) fn field(&self) -> &'static RuleBook {
        RuleBook::field()
    }

    pub(super) fn both(&self) -> [&'static RuleBook; 2] {
        [self.guide(), self.field()]
    }

    /// `guide`, then `field` as of each day on which it changed.
    pub(super) fn steps(&self) -> &[&'static RuleBook] {
        &self.steps
    }

    /// Every row that an amendment added or changed, in the order of the days.
    pub(super) fn amended(&self) -> Vec<Amended> {
        let mut amended = Vec::new();
        for step in self.steps.windows(2) {
            for change in step[0].diff(step[1]).changes() {
                let origin = step[1].row(change.id()).map(|row| row.origin());
                if let Some(amendment) = origin.and_then(|origin| origin.amendment.as_deref()) {
                    amended.push(Amended { amendment: amendment.to_owned(), change: change.clone() });
                }
            }
        }
        amended
    }

    /// The rows that some amendment took away; the books do not keep which one did.
    pub(super) fn removed(&self) -> Vec<String> {
        let diff = self.guide().diff(self.field());
        let removed = diff.changes().iter().filter(|change| matches!(change, Change::Removed { .. }));
        removed.map(|change| change.id().to_owned()).collect()
    }
}

/// `[A13] since 2021-04-01, medium, FN, RN`: who made the row what it is in `field`; nothing for a row of `guide`.
pub(super) fn amended_by(origin: &Origin) -> Option<String> {
    Some(format!("{}, {}", amended_when(origin)?, comma(&*origin.sources)))
}

/// As [`amended_by`], without the sources.
pub(super) fn amended_when(origin: &Origin) -> Option<String> {
    let amendment = link(origin.amendment.as_deref()?);
    let confidence = origin.confidence.map(|confidence| format!(", {confidence}")).unwrap_or_default();
    Some(match origin.date {
        Some(date) => format!("{amendment} since {date}{confidence}"),
        None => format!("{amendment} at every date{confidence}"),
    })
}
