//! An answer that owns its question says what the one that borrows says.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crossgrade::{Destination, OwnedAssessment, Phone, Request, RuleBook, Verdict, assess};
use crossgrade_tests::generate::questions;
use crossgrade_tests::law::config;
use proptest::prelude::*;

fn ask(pid: &str) -> OwnedAssessment {
    assess(&Phone::new(pid).vid("V03"), Destination::ThirdParty).into_owned()
}

fn hash(answer: &OwnedAssessment) -> u64 {
    let mut hasher = DefaultHasher::new();
    answer.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #![proptest_config(config(500, concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/rust_face.txt")))]

    #[test]
    fn an_owned_answer_says_the_same((texts, request) in questions()) {
        let phone = texts.phone();
        let answer = RuleBook::field().assess_request(&phone, &request);
        let owned = OwnedAssessment::from(answer);
        prop_assert_eq!(owned.to_string(), answer.to_string());
        prop_assert_eq!(format!("{owned:?}"), format!("{answer:?}"));
        prop_assert_eq!(serde_json::to_string(&owned).expect("JSON"), answer.to_json());
        prop_assert_eq!(owned.answer().to_json(), answer.to_json());
        prop_assert_eq!(owned.verdict(), answer.verdict());
        prop_assert_eq!(owned.phone(), &phone);
        prop_assert_eq!(owned.request(), &request);
    }
}

#[test]
fn an_owned_answer_is_kept_compared_hashed_and_sent() {
    let answers =
        std::thread::spawn(|| ["CP-7821-K9=", "CP-8841-K9=", "CP-7821-K9="].map(ask)).join().expect("no panic");
    assert_eq!(answers[0], answers[2]);
    assert_eq!(hash(&answers[0]), hash(&answers[2].clone()));
    assert_ne!(answers[0], answers[1]);
    assert_eq!(HashSet::from(answers).len(), 2);
}

#[test]
fn answers_of_other_books_requests_and_texts_are_others() {
    let phone = Phone::new("CP-7821-K9=").vid("V03");
    let ask = |book: &RuleBook, phone: &Phone<'_>, request: &Request| book.assess_request(phone, request).into_owned();
    let (guide, field) = (RuleBook::guide(), RuleBook::field());
    let request = Request::to(Destination::ThirdParty);
    let answer = ask(guide, &phone, &request);
    assert_eq!((answer.verdict(), answer.rulebook().edition()), (Verdict::Eligible, "guide"));
    assert_ne!(answer, ask(field, &phone, &request));
    assert_ne!(answer, ask(guide, &phone, &Request::to(Destination::WebexCalling)));
    assert_ne!(answer, ask(guide, &Phone::new("cp-7821-k9").vid("V03"), &request), "the text is part of the question");
    assert_eq!(answer, ask(&guide.clone(), &phone.clone(), &request.clone()));
}
