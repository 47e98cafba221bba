//! Everything that may be asked about a phone: what a choice between two values must not change.

use std::sync::OnceLock;

use crate::assess::Verdict;
use crate::destination::{Destination, Request};
use crate::phone::Phone;
use crate::rulebook::RuleBook;
use crate::rulebook::rows::{LicenseNeed, Stage};

/// What matters of an answer.
pub(super) type Outcome = (Verdict, Option<LicenseNeed>, Option<String>);

/// Below every release that a rule names.
const LOWEST: &str = "1.0(1)";

/// `guide`, `field`, and `field` as of each of its dates, with requests to every destination: with the book's own target,
/// and with each release at which a rule about the target turns.
fn questions() -> &'static [(&'static RuleBook, Request)] {
    static QUESTIONS: OnceLock<Vec<(&'static RuleBook, Request)>> = OnceLock::new();
    QUESTIONS.get_or_init(|| {
        let books = [RuleBook::guide(), RuleBook::field()];
        let books = books.into_iter().chain(RuleBook::field_dates().map(RuleBook::field_as_of));
        let targets = targets();
        let mut questions = Vec::new();
        for (book, destination) in books.flat_map(|book| Destination::ALL.iter().map(move |to| (book, *to))) {
            questions.push((book, Request::to(destination)));
            let chosen = targets.iter().filter_map(|target| book.request(destination, Some(target)).ok());
            questions.extend(chosen.map(|request| (book, request)));
        }
        questions
    })
}

/// The releases at which rules about the target turn, and one below them all.
fn targets() -> Vec<String> {
    let field = RuleBook::field();
    let gates = field.gates().filter(|gate| gate.on == Stage::Target).map(|gate| gate.minimum);
    let conversions = field.conversions().filter_map(|conversion| conversion.target_at_least);
    let mut releases: Vec<_> = gates.chain(conversions).collect();
    releases.sort();
    releases.dedup();
    std::iter::once(LOWEST.to_owned()).chain(releases.iter().map(ToString::to_string)).collect()
}

/// What matters of all answers about a phone.
pub(super) fn outcomes<'p>(phone: &'p Phone<'_>) -> impl Iterator<Item = Outcome> + use<'p> {
    questions().iter().map(move |(book, request)| {
        let answer = book.assess_request(phone, request);
        let license = answer.license();
        let sku = license.and_then(|license| license.sku().map(str::to_owned));
        (answer.verdict(), license.map(|license| license.need()), sku)
    })
}
