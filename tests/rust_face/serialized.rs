//! The parts of an answer and of an audit serialize as they stand in the published documents.

use crossgrade::{Fleet, Phone, Request, RuleBook};
use crossgrade_tests::generate::questions;
use crossgrade_tests::law::config;
use proptest::prelude::*;
use serde_json::{Value, json, to_value};

proptest! {
    #![proptest_config(config(500, concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/rust_face.txt")))]

    #[test]
    fn a_part_of_an_answer_is_that_part_of_its_json((texts, request) in questions()) {
        let phone = texts.phone();
        let answer = RuleBook::field().assess_request(&phone, &request);
        let whole: Value = serde_json::from_str(&answer.to_json()).expect("JSON");
        let part = |value: Result<Value, serde_json::Error>| value.expect("JSON");
        prop_assert_eq!(&whole["findings"], &part(to_value(answer.findings().collect::<Vec<_>>())));
        prop_assert_eq!(&whole["gates"], &part(to_value(answer.gates().collect::<Vec<_>>())));
        prop_assert_eq!(&whole["firmware"], &part(to_value(answer.firmware())));
        prop_assert_eq!(&whole["license"], &part(to_value(answer.license())));
        let json = serde_json::to_string(&answer).expect("JSON");
        prop_assert_eq!(json, answer.to_json());
    }
}

#[test]
fn a_summary_has_the_keys_that_python_gives_it() {
    let products = ["CP-7841-K9=", "CP-7821-K9=", "garbled", "Cisco IP Communicator"];
    let mut fleet: Fleet = products.into_iter().map(|pid| Phone::new(pid).vid("V01")).collect();
    fleet.extend([Phone::new("CP-7841-K9=").vid("V05").load("sip78xx.12-8-1-0001-455")]);
    let summary = fleet.audit(RuleBook::guide(), &Request::to(crossgrade::Destination::ThirdParty));
    let value = to_value(&summary).expect("JSON");
    let text = serde_json::to_string(&summary).expect("JSON");
    let places: Vec<_> = [
        "rulebook",
        "destination",
        "target",
        "phones",
        "verdicts",
        "models",
        "not_a_phone",
        "no_phones",
        "findings",
        "licenses",
        "license_needs",
        "loads",
        "install_first",
        "without_load",
        "missing_evidence",
    ]
    .iter()
    .map(|key| text.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("no {key}: {text}")))
    .collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(value["verdicts"], json!({"eligible": 1, "ineligible": 3, "unknown": 1, "not-needed": 0}));
    let unread = json!({"model": null, "eligible": 0, "ineligible": 0, "unknown": 1, "not-needed": 0});
    assert_eq!(value["models"][0], unread);
    assert_eq!((&value["phones"], &value["not_a_phone"]), (&json!(5), &json!(1)));
    assert_eq!(value["no_phones"], json!({"soft-client": 1}));
    let blocked = json!({"code": "CG203", "name": "vid-below-range", "effect": "blocks", "phones": 2});
    assert!(value["findings"].as_array().expect("findings").contains(&blocked), "{text}");
    assert_eq!(value["licenses"][0]["eligible"], json!(1));
    assert_eq!(value["rulebook"]["digest"], json!(RuleBook::guide().digest()));
    assert_eq!(value["missing_evidence"].as_object().expect("a map").len(), 1);
}
