//! Runs the corpus against the Rust face.

use std::collections::BTreeSet;

use crossgrade::Code;
use crossgrade_tests::corpus_cases::{self, Case};
use serde_json::Value;

/// Everything in which the answer differs from what the case expects.
fn differences(case: &Case, answer: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    let findings = answer["findings"].as_array().expect("findings");
    let said: Vec<String> =
        findings.iter().map(|finding| format!("{} {}", text(&finding["code"]), text(&finding["effect"]))).collect();
    let mut differences = Vec::new();
    let mut differs = |what: &str, expected: &dyn std::fmt::Debug, found: &dyn std::fmt::Debug| {
        differences.push(format!("{what}: expected {expected:?}, found {found:?}"));
    };

    // What an embedded book says is never cut off, and a side of a dispute is not told as the verdict.
    for message in findings.iter().map(|finding| text(&finding["message"])) {
        if message.contains(" characters)") || answer["verdict"] != "eligible" && message.contains("follows: eligible")
        {
            differs("message", &"whole, and of this verdict", &message);
        }
    }
    if text(&answer["verdict"]) != case.verdict {
        differs("verdict", &case.verdict, &text(&answer["verdict"]));
    }
    for expected in case.says.iter().filter(|expected| !said.contains(expected)) {
        differs("says", expected, &said);
    }
    let help: Vec<String> =
        findings.iter().map(|finding| format!("{} {}", text(&finding["code"]), text(&finding["remedy"]))).collect();
    let told: Vec<String> =
        findings.iter().map(|finding| format!("{} {}", text(&finding["code"]), text(&finding["message"]))).collect();
    let tells = |expected: &str| {
        let (code, words) = expected.split_once(' ').expect("a code and words");
        told.iter().any(|message| message.starts_with(code) && message.contains(words))
    };
    for expected in case.tells.iter().filter(|expected| !tells(expected)) {
        differs("tells", expected, &told);
    }
    for expected in case.remedies.iter().filter(|expected| !help.contains(expected)) {
        differs("remedies", expected, &help);
    }
    for code in case.says.iter().chain(&case.silent) {
        let code = code.split(' ').next().unwrap_or_default();
        assert!(Code::ALL.iter().any(|known| known.as_str() == code), "{}: {code} is no code", case.name);
    }
    for code in case.silent.iter().filter(|code| said.iter().any(|said| said.starts_with(code.as_str()))) {
        differs("silent", code, &said);
    }
    for (key, expected) in &case.read {
        assert!(answer["phone"].get(key).is_some(), "{}: {key} is no key of phone", case.name);
        if Some(text(&answer["phone"][key]).as_str()) != expected.as_str() {
            differs(&format!("read.{key}"), expected, &answer["phone"][key]);
        }
    }
    if let Some(expected) = &case.gates {
        let gates = answer["gates"].as_array().expect("gates").iter().map(|gate| {
            let [on, firmware_type, minimum, actual, status] =
                ["on", "firmware_type", "minimum", "actual", "status"].map(|key| text(&gate[key]));
            format!("{on} {firmware_type} {minimum} actual {actual} {status}")
        });
        let gates: Vec<String> = gates.collect();
        if &gates != expected {
            differs("gates", expected, &gates);
        }
    }
    if let Some(expected) = &case.load {
        let found = match &answer["firmware"] {
            Value::Null => "none".to_owned(),
            firmware => text(&firmware["load"]),
        };
        if &found != expected {
            differs("load", expected, &found);
        }
    }
    if let Some(expected) = &case.first {
        let found = case.install_first();
        if &found != expected {
            differs("first", expected, &found);
        }
    }
    match (&case.license, &answer["license"]) {
        (None, _) => {}
        (Some(toml::Value::Table(expected)), license @ Value::Object(_)) => {
            for (key, expected) in expected {
                assert!(license.get(key).is_some(), "{}: {key} is no key of license", case.name);
                if Some(text(&license[key]).as_str()) != expected.as_str() {
                    differs(&format!("license.{key}"), expected, &license[key]);
                }
            }
        }
        (Some(toml::Value::String(none)), Value::Null) if none == "none" => {}
        (Some(expected), license) => differs("license", expected, license),
    }
    if let Some(expected) = &case.disagreements {
        let told = findings.iter().filter(|finding| finding["code"] == "CG601").map(|finding| text(&finding["rule"]));
        let told: Vec<String> = told.collect();
        if &told != expected {
            differs("disagreements", expected, &told);
        }
    }
    differences
}

#[test]
fn every_case_is_answered_as_the_documents_say() {
    let mut failures = Vec::new();
    for case in corpus_cases::load() {
        let json = case.answer();
        let parsed: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        for difference in differences(&case, &parsed) {
            failures.push(format!("{} ({})\n    {difference}", case.name, case.source));
        }
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_target_that_is_refused_is_told_as_the_case_says() {
    let revision = crossgrade::RuleBook::guide().revision().to_string();
    for case in corpus_cases::refused() {
        assert_eq!(case.error(), case.error.replace("REVISION", &revision), "{}", case.name);
    }
}

#[test]
fn cases_are_unique_and_say_why_and_where() {
    let cases = corpus_cases::load();
    assert!(cases.len() >= 150, "only {} cases", cases.len());
    let mut names = BTreeSet::new();
    for case in &cases {
        assert!(names.insert(&case.name), "{} twice", case.name);
        assert!(case.why.len() >= 10 && !case.source.is_empty(), "{} does not say why or where", case.name);
    }
    let refused = corpus_cases::refused();
    for case in &refused {
        assert!(names.insert(&case.name), "{} twice", case.name);
        assert!(case.why.len() >= 10 && !case.source.is_empty(), "{} does not say why or where", case.name);
    }
}

#[test]
fn every_code_has_a_case_that_says_it_and_one_that_does_not() {
    let cases = corpus_cases::load();
    for code in Code::ALL {
        let said = |case: &&Case| case.says.iter().any(|said| said.starts_with(code.as_str()));
        let silent = |case: &&Case| case.silent.iter().any(|silent| silent == code.as_str());
        assert!(cases.iter().any(|case| said(&case)), "no case says {code}; add one to tests/cases");
        assert!(cases.iter().any(|case| silent(&case)), "no case where {code} is silent; add one to tests/cases");
    }
}
