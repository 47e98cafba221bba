//! Runs the corpus of sources against the Rust face.

use std::collections::{BTreeMap, BTreeSet};

use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::recognize;
use crossgrade::{Request, RuleBook};
use crossgrade_tests::source_documents::{self, Case, Expected};

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
    if let Some(expected) = expected.phones.filter(|expected| phones.len() != *expected) {
        differs("phones", &expected, &phones);
    }
    let mut verdicts = BTreeMap::new();
    for phone in &phones {
        *verdicts.entry(phone[4].to_owned()).or_insert(0) += 1;
    }
    let says_verdicts = !expected.verdicts.is_empty() || expected.phones.is_some() && expected.reads.is_none();
    if says_verdicts && verdicts != expected.verdicts {
        differs("verdicts", &expected.verdicts, &verdicts);
    }
    if let Some(expected) = &expected.reads {
        let found = reads(case, expected);
        if found != *expected {
            differs("reads", expected, &found);
        }
    }
    for file in &case.file {
        let Some(expected) = &file.kind else { continue };
        let found = recognize(&file.bytes()).to_string();
        if found != *expected {
            differs("kind", expected, &found);
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

/// What was read of each phone, in the columns of which the case says something; of more phones than it names, all columns.
fn reads(case: &Case, expected: &[BTreeMap<String, String>]) -> Vec<BTreeMap<String, String>> {
    let Ok((fleet, _, _)) = case.inventory() else { return Vec::new() };
    let columns = |number: usize| -> Vec<FleetColumn> {
        let named =
            |phone: &BTreeMap<String, String>| phone.keys().map(|name| name.parse().expect("a column")).collect();
        expected.get(number).map_or_else(|| FleetColumn::ALL.to_vec(), named)
    };
    let said = |row, column: FleetColumn| column.text(&fleet, row).unwrap_or_default().to_string();
    let phone =
        |(number, row)| columns(number).into_iter().map(|column| (column.to_string(), said(row, column))).collect();
    fleet.rows().iter().enumerate().map(phone).collect()
}

/// The corpus of sources, of all three languages.
#[test]
fn documents_give_what_they_must() {
    let cases = source_documents::load();
    let named: Vec<_> = cases.iter().filter_map(|case| Some((case, case.gives.as_ref()?))).collect();
    assert!(named.len() >= 20, "only {} documents", named.len());
    let differences: Vec<String> = named.iter().flat_map(|(case, expected)| differences(case, expected)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The file of results says of each phone what it is answered by itself.
#[test]
fn results_say_what_the_answers_say() {
    for case in source_documents::load() {
        let Ok((fleet, _, _)) = case.inventory() else { continue };
        let request = Request::to(case.destination());
        let answers = fleet.rows().iter().map(|row| RuleBook::guide().assess_request(row.phone(), &request).verdict());
        let answers: Vec<_> = answers.map(|verdict| verdict.to_string()).collect();
        assert_eq!(source_documents::verdicts(&fleet, &request), answers, "{}", case.name);
    }
}

/// Two cases of one name would hide each other; a case without reason teaches nobody.
#[test]
fn documents_have_names_and_reasons() {
    let cases = source_documents::load();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    for case in &cases {
        assert!(case.why.len() > 20, "{}: why must it be so?", case.name);
    }
}
