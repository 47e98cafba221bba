//! The laws about the loads that a book knows, over books with random rows of loads.

use crossgrade::rulebook::rows::FloorRow;
use crossgrade::{Assessment, FirmwareType, LoadName, Release, RuleBook};
use crossgrade_tests::law::config;
use crossgrade_tests::overlays::{Edit, QUESTIONS, new_loads, overlay};
use proptest::prelude::*;

use crate::digests::dates;
use crate::root;

/// Cases that failed once.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/loads.txt");

/// The embedded books, with up to five loads that they do not have.
fn with_more_loads() -> impl Strategy<Value = (&'static RuleBook, RuleBook)> {
    let books: Vec<&RuleBook> =
        [RuleBook::guide()].into_iter().chain(dates().into_iter().map(RuleBook::field_as_of)).collect();
    let loads = prop::collection::btree_set(new_loads(), 1..6);
    (prop::sample::select(books), loads).prop_map(|(before, loads)| {
        let after = loads.into_iter().enumerate().fold(before.clone(), |book, (number, id)| {
            let row = Edit { section: "loads", id, keys: Vec::new() };
            // A load may let a phone be converted that has to get one so new.
            let relaxing = row.relaxing();
            let laid = |row| book.overlay(&overlay(root(before), &format!("more{number}"), &[row]));
            laid(row).or_else(|_| laid(relaxing)).unwrap_or_else(|error| panic!("{error}"))
        });
        (before, after)
    })
}

/// The loads that an answer chooses by itself: to install first, and by the conversion.
fn chosen(answer: &Assessment<'_>) -> [Option<LoadName>; 2] {
    let is_own = answer.request().chosen_target().is_none();
    [answer.install_first(), answer.firmware().filter(|_| is_own).and_then(|firmware| firmware.load())]
}

/// The highest floor that could be one of this phone, without its hardware version that of any.
fn highest_floor(answer: &Assessment<'_>, firmware_type: FirmwareType) -> Option<Release> {
    let (model, vid) = (answer.phone_read().model?, answer.phone_read().vid);
    let is_about = |row: &&FloorRow| {
        let named = row.models.contains(&model);
        named && row.firmware_type == firmware_type && vid.is_none_or(|vid| row.vid.contains(vid))
    };
    answer.rulebook().floors().filter(is_about).map(|row| row.minimum).max()
}

proptest! {
    #![proptest_config(config(60, KEPT))]

    /// A book that knows more loads never names an older one, and none below a floor of the phone.
    #[test]
    fn more_loads_make_nothing_older((before, after) in with_more_loads()) {
        for question in QUESTIONS.iter() {
            let (was, is) = (question.ask(before), question.ask(&after));
            for (was, is) in chosen(&was).into_iter().zip(chosen(&is)) {
                let is_older = was.is_some_and(|was| is.is_none_or(|is| is.release() < was.release()));
                prop_assert!(!is_older, "{was:?} became {is:?}: {question:?}");
            }
            for load in chosen(&is).into_iter().flatten() {
                let floor = highest_floor(&is, load.firmware_type());
                prop_assert!(load.release() >= floor, "{load} is below the floor {floor:?}: {question:?}");
            }
        }
    }
}
