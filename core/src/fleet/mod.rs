//! Many phones: a fleet, its audit, and the summary that a person reads.

mod impact;
#[cfg(feature = "json")]
mod impact_json;
mod report;
mod summary;

pub use impact::{FindingChange, Impact, ImpactRow, Outcome};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use summary::Tally;
pub use summary::{LicenseCount, MissingEvidence, Summary, VerdictCounts};

use std::ops::ControlFlow;

use crate::destination::Request;
use crate::phone::Phone;
use crate::rulebook::RuleBook;

/// Phones in the order of their inventory, each with the place that it came from. No row is ever dropped.
///
/// # Example
/// ```
/// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook, Verdict};
///
/// let mut fleet = Fleet::default();
/// fleet.push(2, Phone::new("CP-7821-K9=").vid("V01"));
/// fleet.push(3, Phone::new("garbled"));
///
/// let summary = fleet.audit(RuleBook::guide(), &Request::to(Destination::ThirdParty));
/// assert_eq!(summary.verdicts().of(Verdict::Ineligible), 1);
/// assert_eq!(summary.verdicts().of(Verdict::Unknown), 1);
/// assert_eq!(summary.verdicts().total(), fleet.rows().len());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fleet {
    rows: Vec<FleetRow>,
}

/// One row of an inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetRow {
    line: u64,
    phone: Phone<'static>,
}

impl FleetRow {
    /// Where the row begins in its file, the first line being 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The phone.
    pub fn phone(&self) -> &Phone<'static> {
        &self.phone
    }
}

impl Fleet {
    /// Adds a phone that stood in this line.
    pub fn push(&mut self, line: u64, phone: Phone<'static>) {
        self.rows.push(FleetRow { line, phone });
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[FleetRow] {
        &self.rows
    }

    /// Decides about every phone and counts the answers.
    pub fn audit(&self, book: &RuleBook, request: &Request) -> Summary {
        let mut summary = Summary::new(book.clone(), request.clone());
        self.rows.iter().for_each(|row| summary.add(&book.assess_request(&row.phone, request)));
        summary
    }

    /// The same; after each phone `progress` hears how many are done, and may break the audit off.
    pub fn audit_with<B>(
        &self,
        book: &RuleBook,
        request: &Request,
        mut progress: impl FnMut(usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Summary> {
        let mut summary = Summary::new(book.clone(), request.clone());
        for (index, row) in self.rows.iter().enumerate() {
            summary.add(&book.assess_request(&row.phone, request));
            progress(index + 1)?;
        }
        ControlFlow::Continue(summary)
    }
}
