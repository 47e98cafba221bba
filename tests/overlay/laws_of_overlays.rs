//! The laws that hold for all overlays, over random ones.

use crate::digests::dates;
use crate::{laid, root};
use crossgrade::RuleBook;
use crossgrade::rulebook::Problem;
use crossgrade_tests::law::config;
use crossgrade_tests::overlays::{
    Edit, QUESTIONS, Question, Strictness, edits, overlay, overlay_otherwise, some_edits,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Cases that failed once.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/overlay.txt");

/// The answer but for what the book is called.
pub(crate) fn json(book: &RuleBook, question: &Question) -> String {
    question.ask(book).to_json().replacen(&format!("{:?}", book.edition()), "\"\"", 1)
}

#[track_caller]
pub(crate) fn same_answers(one: &RuleBook, other: &RuleBook, questions: &[Question]) {
    let without_digest = |book: &RuleBook, question: &Question| json(book, question).replacen(book.digest(), "", 1);
    for question in questions {
        assert_eq!(without_digest(one, question), without_digest(other, question), "{question:?}");
    }
}

/// The two embedded books, and one that is itself the product of an overlay.
pub(crate) fn bases() -> [&'static RuleBook; 3] {
    static LAID: LazyLock<RuleBook> = LazyLock::new(|| {
        laid(
            RuleBook::field(),
            "[amendments.acme-1.conversions]\ne2m-8841 = { vid = \"V03-\" }\ne2m-8811 = { remove = true }",
        )
    });
    [RuleBook::guide(), RuleBook::field(), &LAID]
}

#[test]
fn the_empty_overlay_is_the_identity() {
    for base in bases().into_iter().chain(dates().into_iter().map(RuleBook::field_as_of)) {
        let name = format!("base = {{ edition = {:?}, digest = {:?} }}", root(base), base.digest());
        let book = base.overlay(&format!("schema = 1\noverlay = \"none\"\nversion = \"0.0.1\"\n{name}\n"));
        let book = book.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(book.edition(), format!("{} + none 0.0.1", base.edition()));
        assert_eq!((book.revision(), book.digest(), book.as_of()), (base.revision(), base.digest(), base.as_of()));
        let rows = |book: &RuleBook| -> BTreeSet<String> {
            book.rows().map(|row| format!("{} {} {:?}", row.section(), row.origin().id, row.fields())).collect()
        };
        assert_eq!(rows(&book), rows(base));
        assert!(base.diff(&book).is_empty() && book.diff(base).is_empty());
        for question in &QUESTIONS[QUESTIONS.len() - 1000..] {
            assert_eq!(json(&book, question), json(base, question), "{question:?}");
        }
    }
}

/// Answers of the embedded books to all questions.
pub(crate) static BEFORE: LazyLock<[Vec<Strictness>; 2]> = LazyLock::new(|| {
    let answers = |book: &RuleBook| QUESTIONS.iter().map(|question| Strictness::of(&question.ask(book))).collect();
    [RuleBook::guide(), RuleBook::field()].map(answers)
});

/// What a book allows that the embedded book of this position does not, if anything.
pub(crate) fn loosened(position: usize, book: &RuleBook) -> Option<String> {
    QUESTIONS.iter().zip(&BEFORE[position]).find_map(|(question, before)| {
        let what = before.loosened(&Strictness::of(&question.ask(book)))?;
        Some(format!("{what}: {question:?}"))
    })
}

pub(crate) fn either_book() -> impl Strategy<Value = (usize, Vec<Edit>)> {
    prop_oneof![
        some_edits(RuleBook::guide()).prop_map(|edits| (0, edits)),
        some_edits(RuleBook::field()).prop_map(|edits| (1, edits)),
    ]
}

proptest! {
    #![proptest_config(config(1000, KEPT))]

    /// No row of these overlays says that it relaxes anything. One that is accepted makes no phone eligible, lowers no
    /// gate, ends no purchase, takes no warning away and installs nothing older.
    #[test]
    fn relaxing_is_never_silent((position, edits) in either_book()) {
        let base = bases()[position];
        if let Ok(book) = base.overlay(&overlay(root(base), "acme", &edits)) {
            let loosened = loosened(position, &book);
            prop_assert!(loosened.is_none(), "{}", loosened.unwrap_or_default());
        }
    }
}

proptest! {
    #![proptest_config(config(3000, KEPT))]

    /// A row needs `relax` or must not have it; there is no third way.
    #[test]
    fn a_row_is_accepted_either_with_relax_or_without((position, edits) in either_book()) {
        let base = bases()[position];
        let [edit] = &*edits else { return Ok(()) };
        let without = base.overlay(&overlay(root(base), "acme", std::slice::from_ref(edit)));
        let with = base.overlay(&overlay(root(base), "acme", &[edit.relaxing()]));
        match (&without, &with) {
            (Ok(_), Err(error)) => {
                let messages: Vec<_> = error.problems().iter().map(|problem| &*problem.message).collect();
                let message = "`relax = true`, but the row relaxes nothing of the book; expected it without";
                prop_assert_eq!(messages, [message]);
            }
            (Err(error), Ok(_)) => {
                let [problem] = error.problems() else { return Err(TestCaseError::fail(error.to_string())) };
                prop_assert!(problem.message.starts_with("relaxes the book: "), "{}", problem);
            }
            // Something else is wrong with it.
            (Err(_), Err(_)) => {}
            (Ok(_), Ok(_)) => prop_assert!(false, "accepted with and without"),
        }
    }

    /// Overlays that touch different rows may come in either order.
    #[test]
    fn overlays_that_touch_different_rows_commute((position, one) in either_book(), (_, other) in either_book()) {
        let base = bases()[position];
        let is_apart = one.iter().all(|edit| other.iter().all(|other| edit.id != other.id));
        let texts = [("one", &one), ("other", &other)].map(|(name, edits)| overlay(root(base), name, edits));
        let in_order = |first: &str, second: &str| base.overlay(first)?.overlay(second);
        let orders = (in_order(&texts[0], &texts[1]), in_order(&texts[1], &texts[0]));
        if let (true, (Ok(there), Ok(back))) = (is_apart, orders) {
            prop_assert_eq!(there.digest(), back.digest());
            prop_assert!(there.diff(&back).is_empty());
            for question in &QUESTIONS[QUESTIONS.len() - 200..] {
                prop_assert_eq!(json(&there, question), json(&back, question));
            }
        }
    }

    /// Rows, sections and keys in another order, and every row as a table of its own.
    #[test]
    fn the_digest_does_not_depend_on_how_an_overlay_is_written((position, edits) in either_book()) {
        let base = bases()[position];
        let other_keys = edits.iter().all(|edit| !edit.keys.iter().any(|(_, value)| value.contains(" = ")));
        let one = base.overlay(&overlay(root(base), "acme", &edits));
        if let (true, Ok(one)) = (other_keys, one) {
            let other = base.overlay(&overlay_otherwise(root(base), "acme", &edits));
            let other = other.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(one.digest(), other.digest());
            prop_assert!(one.diff(&other).is_empty());
            for question in &QUESTIONS[QUESTIONS.len() - 200..] {
                prop_assert_eq!(json(&one, question), json(&other, question));
            }
        }
    }
}

/// A law over overlays that are all refused would prove nothing.
#[test]
fn a_good_share_of_the_random_overlays_is_accepted_and_a_good_share_relaxes() {
    let mut runner = TestRunner::deterministic();
    let rows = [RuleBook::guide(), RuleBook::field()].map(edits);
    let overlays = either_book();
    let (mut accepted, mut relaxing, mut commuting) = (0, 0, 0);
    let mut kinds = BTreeMap::<(&str, &str), [usize; 2]>::new();
    let asked = 3000;
    for _ in 0..asked {
        let (position, edits) = overlays.new_tree(&mut runner).expect("an overlay").current();
        let base = bases()[position];
        let relaxes = |problem: &Problem| problem.message.starts_with("relaxes the book: ");
        match base.overlay(&overlay(root(base), "acme", &edits)) {
            Ok(book) => {
                accepted += 1;
                let other = rows[position].new_tree(&mut runner).expect("a row").current();
                commuting += usize::from(book.overlay(&overlay(root(base), "other", &[other])).is_ok());
                let [edit] = &*edits else { continue };
                kinds.entry((edit.section, kind(base, edit))).or_default()[0] += 1;
            }
            Err(error) if error.problems().iter().all(relaxes) => {
                relaxing += 1;
                let [edit] = &*edits else { continue };
                kinds.entry((edit.section, kind(base, edit))).or_default()[1] += 1;
            }
            Err(_) => {}
        }
    }
    assert!(accepted * 4 > asked, "only {accepted} of {asked} are accepted");
    assert!(relaxing * 5 > asked, "only {relaxing} of {asked} relax");
    assert!(commuting * 4 > accepted, "only {commuting} of {accepted} let another lie over them");
    for (section, kind, is_accepted, is_relaxing) in [
        ("advice", "added", true, false),
        ("advice", "changed", true, true),
        ("advice", "removed", true, true),
        ("conversions", "added", true, true),
        ("conversions", "changed", true, true),
        ("conversions", "removed", true, false),
        ("evidence", "changed", true, true),
        ("evidence", "removed", false, true),
        ("floors", "added", true, false),
        ("floors", "changed", true, true),
        ("floors", "removed", false, true),
        ("gates", "added", true, false),
        ("gates", "changed", true, true),
        ("gates", "removed", false, true),
        ("licenses", "changed", true, true),
        ("loads", "added", true, false),
        ("models", "added", true, false),
        ("models", "changed", true, true),
        // A row may say once more what the series runs.
        ("single-firmware", "added", true, true),
        ("steps", "changed", true, true),
        ("targets", "changed", true, true),
    ] {
        let counts = kinds.get(&(section, kind)).copied().unwrap_or_default();
        assert_eq!([counts[0] > 0, counts[1] > 0], [is_accepted, is_relaxing], "{section} {kind}: {counts:?}");
    }
    // Few of these are drawn, and fewer say once more what the series runs: relaxing.rs has one of each.
    for kind in ["changed", "removed"] {
        assert!(kinds.get(&("single-firmware", kind)).is_some_and(|counts| counts[1] > 0), "single-firmware {kind}");
    }
}

pub(crate) fn kind(base: &RuleBook, edit: &Edit) -> &'static str {
    if edit.keys.iter().any(|(key, _)| *key == "remove") {
        "removed"
    } else if base.row(&edit.id).is_some() {
        "changed"
    } else {
        "added"
    }
}
