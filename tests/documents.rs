//! Runs the corpus of documents against the Rust face.

use std::collections::{BTreeMap, BTreeSet};

use crossgrade::{Request, RuleBook};
use crossgrade_tests::documents::{self, Case, Expected};

/// Everything in which the answer differs from what the case expects.
fn differences(case: &Case, expected: &Expected) -> Vec<String> {
    let lines = case.lines();
    let parts = |kind: &str| {
        let lines = lines.iter().map(|line| line.split('\t').skip(1).collect::<Vec<_>>());
        lines.filter(|parts| parts[0] == kind).map(|parts| parts[1..].to_vec()).collect::<Vec<_>>()
    };
    let (rows, phones, told, errors) = (parts("rows"), parts("phone"), parts("told"), parts("error"));
    let mut differences = Vec::new();
    let mut differs = |what: &str, expected: &dyn std::fmt::Debug, found: &dyn std::fmt::Debug| {
        differences.push(format!("{}: {what}: expected {expected:?}, found {found:?}", case.name));
    };

    match (&expected.error, errors.first()) {
        (None, None) => {}
        (Some(text), Some(error)) if error[0].contains(text) => {}
        (text, error) => differs("error", text, &error),
    }
    if let Some(expected) = expected.rows_read
        && rows.first().map(|parts| parts[0]) != Some(&expected.to_string())
    {
        differs("rows_read", &expected, &rows);
    }
    if let Some(expected) = expected.phones {
        if phones.len() != expected {
            differs("phones", &expected, &phones);
        }
        let mut verdicts = BTreeMap::new();
        for phone in &phones {
            *verdicts.entry(phone[4].to_owned()).or_insert(0) += 1;
        }
        if verdicts != case.gives.as_ref().expect("what is expected").verdicts {
            differs("verdicts", &case.gives.as_ref().map(|gives| &gives.verdicts), &verdicts);
        }
    }
    let report: Vec<&str> = phones.iter().map(|parts| parts[3]).chain(told.iter().map(|parts| parts[0])).collect();
    let mut rest = report.join("\n");
    for text in &expected.told {
        match rest.find(text) {
            Some(at) => rest = rest.split_off(at + text.len()),
            None => differs("told", text, &report),
        }
    }
    for text in &expected.silent {
        if let Some(line) = lines.iter().find(|line| line.contains(text)) {
            differs("silent", text, line);
        }
    }
    differences
}

/// The corpus of documents, of all three languages.
#[test]
fn documents_give_what_they_must() {
    let cases = documents::load();
    let named: Vec<_> = cases.iter().filter_map(|case| Some((case, case.gives.as_ref()?))).collect();
    assert!(named.len() >= 20, "only {} documents", named.len());
    let differences: Vec<String> = named.iter().flat_map(|(case, expected)| differences(case, expected)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The file of results says of each phone what it is answered by itself.
#[test]
fn results_say_what_the_answers_say() {
    for case in documents::load() {
        let Ok((fleet, _, _)) = case.inventory() else { continue };
        let request = Request::to(case.destination());
        let answers = fleet.rows().iter().map(|row| RuleBook::guide().assess_request(row.phone(), &request).verdict());
        let answers: Vec<_> = answers.map(|verdict| verdict.to_string()).collect();
        assert_eq!(documents::verdicts(&fleet, &request), answers, "{}", case.name);
    }
}

/// Two cases of one name would hide each other; a case without reason teaches nobody.
#[test]
fn documents_have_names_and_reasons() {
    let cases = documents::load();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    for case in &cases {
        assert!(case.why.len() > 20, "{}: why must it be so?", case.name);
    }
}
