//! Overlays: what a user's TOML may change, what is refused and in which words, and the laws that hold for all of them.
//!
//! An overlay has the format of `core/data/field.toml`. It is applied whole or not at all, the book in use stays as it
//! was, and nothing is relaxed that does not say so (specification 5). `tests/src/overlays.rs` writes overlays, random
//! ones too; its `head` has twelve lines, so the rows of the texts below begin in line 13.

mod accepted_overlays;
mod advice_in_overlays;
mod conditions;
mod digests;
mod laws_of_overlays;
mod limits_of_overlays;
mod loads_in_overlays;
mod refused_overlays;
mod relaxing;
mod ways_around;

use crossgrade::{Code, Destination, LicenseNeed, Phone, RuleBook, Verdict};
use crossgrade_tests::overlays::head;

/// The edition that an overlay for this book names as its base.
pub(crate) fn root(book: &RuleBook) -> &'static str {
    if book.edition().starts_with("field") { "field" } else { "guide" }
}

/// The overlay `acme` with these rows.
pub(crate) fn acme(base: &RuleBook, rows: &str) -> String {
    head(root(base), "acme") + rows
}

/// The book with these rows; the book in use stays what it was.
#[track_caller]
pub(crate) fn laid(base: &RuleBook, rows: &str) -> RuleBook {
    let (edition, digest) = (base.edition().to_owned(), base.digest().to_owned());
    let book = base.overlay(&acme(base, rows)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((base.edition(), base.digest()), (&*edition, &*digest), "the book in use");
    assert_eq!(book.edition(), format!("{edition} + acme 1.0.0"));
    assert_eq!(book.revision(), base.revision());
    book
}

/// These rows turn one answer into another, in the new book only, and change no other row.
#[track_caller]
pub(crate) fn turns<T: std::fmt::Debug + PartialEq>(
    base: &RuleBook,
    rows: &str,
    ask: impl Fn(&RuleBook) -> T,
    was: T,
    is: T,
) {
    assert_eq!(ask(base), was, "before");
    let book = laid(base, rows);
    assert_eq!(ask(&book), is, "afterwards");
    assert_eq!(ask(base), was, "the book in use");
    assert_ne!(book.digest(), base.digest());
    for change in base.diff(&book).changes() {
        let is_meant = rows.contains(change.id()) || ["acme-1", "TAC-acme"].contains(&change.id());
        assert!(is_meant, "{} {} {}", change.kind(), change.section(), change.id());
    }
}

pub(crate) fn verdict(book: &RuleBook, phone: &Phone<'_>, destination: Destination) -> Verdict {
    book.assess(phone, destination).verdict()
}

/// `start 14.1(1) met, target 12.0(3) met`
pub(crate) fn gates(book: &RuleBook, phone: &Phone<'_>, destination: Destination) -> String {
    let answer = book.assess(phone, destination);
    let gates = answer.gates().map(|gate| format!("{} {} {}", gate.on(), gate.minimum(), gate.status()));
    gates.collect::<Vec<_>>().join(", ")
}

pub(crate) fn own_load(book: &RuleBook, phone: &Phone<'_>, destination: Destination) -> Option<String> {
    Some(book.assess(phone, destination).firmware()?.load()?.to_string())
}

pub(crate) fn license(
    book: &RuleBook,
    phone: &Phone<'_>,
    destination: Destination,
) -> Option<(LicenseNeed, Option<String>)> {
    let license = book.assess(phone, destination).license()?;
    Some((license.need(), license.sku().map(str::to_owned)))
}

pub(crate) fn says(book: &RuleBook, phone: &Phone<'_>, destination: Destination, code: Code) -> bool {
    book.assess(phone, destination).findings().any(|finding| finding.code() == code)
}
