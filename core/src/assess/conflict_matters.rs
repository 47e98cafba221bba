//! Does a conflict matter? The one question that a merge of sources asks: whether a choice between values that were said
//! could change an answer.

use std::sync::OnceLock;

use super::{Effect, Field, Verdict};
use crate::destination::{Destination, Request};
use crate::phone::Phone;
use crate::rulebook::RuleBook;
use crate::rulebook::rows::{LicenseNeed, Stage};

/// One thing of which several values were said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contested {
    /// The fields by which an answer asks for it.
    pub(crate) fields: &'static [Field],
    /// How many values were said; with one or none there is nothing to choose.
    pub(crate) values: usize,
}

/// Which value of each thing a phone has; none where its evidence contradicts itself.
pub(crate) type Choice<const N: usize> = [Option<usize>; N];

/// The choice that nobody has to make: of things that change no answer the first value, and of the others none.
///
/// `phone` gives the phone of a choice. Verdict and license are asked of [`questions`]. A thing is settled once all its values
/// give the same answers beside what is not settled yet, which is no evidence then. Where such an answer is unknown, another
/// thing may be why, and a choice there could bring up what this one changes: then it stays open.
pub(crate) fn settled<'p, const N: usize>(things: [Contested; N], phone: impl Fn(Choice<N>) -> Phone<'p>) -> Choice<N> {
    let mut choice = things.map(|thing| if thing.values > 1 { None } else { Some(0) });
    loop {
        let open: Vec<usize> = (0..N).filter(|thing| choice[*thing].is_none()).collect();
        let others = |thing: usize| -> Vec<Field> {
            open.iter().filter(|other| **other != thing).flat_map(|other| things[*other].fields).copied().collect()
        };
        let changes_nothing = |thing: &usize| {
            let of_value = |value: usize| {
                let mut choice = choice;
                choice[*thing] = Some(value);
                phone(choice)
            };
            are_answered_alike((0..things[*thing].values).map(of_value).collect(), &others(*thing))
        };
        match open.iter().copied().find(changes_nothing) {
            Some(thing) => choice[thing] = Some(0),
            None => return choice,
        }
    }
}

/// Whether all answers about these phones are the same, and would be whatever were known of fields that are open.
fn are_answered_alike(phones: Vec<Phone<'_>>, open: &[Field]) -> bool {
    let Some((first, others)) = phones.split_first() else { return true };
    questions().iter().all(|(book, request)| {
        let outcome = outcome(book, request, first);
        let is_final =
            open.is_empty() || outcome.0 != Verdict::Unknown || is_unknown_without(book, request, first, open);
        is_final && others.iter().all(|other| self::outcome(book, request, other) == outcome)
    })
}

/// Whether something leaves the verdict open that no field among these would settle.
fn is_unknown_without(book: &RuleBook, request: &Request, phone: &Phone<'_>, open: &[Field]) -> bool {
    let answer = book.assess_request(phone, request);
    let mut unsettled = answer.findings().filter(|finding| finding.effect() == Effect::Unsettled);
    unsettled.any(|finding| !finding.evidence().iter().any(|field| open.contains(field)))
}

/// What matters of an answer.
type Outcome<'a> = (Verdict, Option<LicenseNeed>, Option<&'a str>);

fn outcome<'a>(book: &'a RuleBook, request: &'a Request, phone: &'a Phone<'a>) -> Outcome<'a> {
    let answer = book.assess_request(phone, request);
    let license = answer.license();
    (answer.verdict(), license.map(|license| license.need()), license.and_then(|license| license.sku()))
}

/// Below every release that a rule names.
const LOWEST: &str = "1.0(1)";

/// `guide`, `field`, and `field` as of each of its dates, with requests to every destination: with the book's own target,
/// and with each release at which a rule about the target turns.
fn questions() -> &'static [(&'static RuleBook, Request)] {
    static QUESTIONS: OnceLock<Vec<(&'static RuleBook, Request)>> = OnceLock::new();
    QUESTIONS.get_or_init(|| {
        let books = [RuleBook::guide(), RuleBook::field()];
        let books = books.into_iter().chain(RuleBook::field_dates().map(RuleBook::field_as_of));
        let mut books: Vec<_> = books.map(|book| (book, rows_that_decide(book))).collect();
        books.dedup_by(|(_, one), (_, other)| one == other);
        let targets = targets();
        let mut questions = Vec::new();
        for (book, destination) in
            books.into_iter().flat_map(|(book, _)| Destination::ALL.iter().map(move |to| (book, *to)))
        {
            questions.push((book, Request::to(destination)));
            let chosen = targets.iter().filter_map(|target| book.request(destination, Some(target)).ok());
            questions.extend(chosen.map(|request| (book, request)));
        }
        questions
    })
}

/// The rows of a book but for those that no verdict and no license depends on.
fn rows_that_decide(book: &RuleBook) -> Vec<String> {
    const ASIDE: [&str; 5] = ["amendments", "sources", "advice", "disagreements", "errata"];
    let rows = book.rows().filter(|row| !ASIDE.contains(&row.section()));
    rows.map(|row| format!("{} {:?}", row.origin().id, row.fields())).collect()
}

/// The releases at which rules about the target turn, and one below them all.
fn targets() -> Vec<String> {
    let field = RuleBook::field();
    let gates = field.gates().filter(|gate| gate.on == Stage::Target).map(|gate| gate.minimum);
    let conversions = field.conversions().filter_map(|conversion| conversion.target_at_least);
    let floors = field.floors().map(|floor| floor.minimum);
    let mut releases: Vec<_> = gates.chain(floors).chain(conversions).collect();
    releases.sort();
    releases.dedup();
    std::iter::once(LOWEST.to_owned()).chain(releases.iter().map(ToString::to_string)).collect()
}
