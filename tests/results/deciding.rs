//! Columns that say what decides, as an analyst meets them: one text for one reason, whatever the cells hold.

use std::collections::BTreeMap;

use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::inventory::csv;
use crossgrade::{Destination, Fleet, Phone, Request, RuleBook};
use crossgrade_tests::arrow_tables::texts;
use crossgrade_tests::results_wanted;

/// Of each row these columns, in CSV; Arrow must hold the same.
fn told(text: &str, book: &RuleBook, destination: Destination, wanted: &[ResultColumn]) -> Vec<Vec<String>> {
    let request = Request::to(destination);
    let (out, _) = results_wanted::of_csv(text.as_bytes(), book, std::slice::from_ref(&request)).unwrap();
    let mut reader = ::csv::Reader::from_reader(&*out);
    let headers = reader.headers().unwrap().clone();
    let places: Vec<_> = wanted
        .iter()
        .map(|column| headers.iter().position(|header| header == column.as_str()).expect("a result column"))
        .collect();
    let row = |record: Result<::csv::StringRecord, _>| {
        let record = record.unwrap();
        places.iter().map(|place| record[*place].to_owned()).collect::<Vec<_>>()
    };
    let rows: Vec<_> = reader.records().map(row).collect();

    let options = AuditOptions::default().select(wanted.iter().copied());
    let audit = columnar::audit_csv(text.as_bytes().to_vec(), book, &request, &options).unwrap();
    let batches: Vec<_> = audit.collect::<Result<_, _>>().unwrap();
    let columns = batches[0].columns();
    let columns: Vec<_> = columns[columns.len() - wanted.len()..].iter().map(|column| texts(&**column)).collect();
    let row = |row: usize| columns.iter().map(|column| column[row].clone().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!((0..batches[0].num_rows()).map(row).collect::<Vec<_>>(), rows);
    rows
}

const WHAT_DECIDES: [ResultColumn; 5] = [
    ResultColumn::Verdict,
    ResultColumn::DecidedBy,
    ResultColumn::EvidenceNeeded,
    ResultColumn::InstallFirst,
    ResultColumn::Why,
];

#[test]
fn each_verdict_says_what_decided_it_in_words() {
    let text = "PID,VID,MAC,Active Load ID\n\
        CP-7821-K9=,V03,00CCFC123456,sip78xx.14-2-1-0101-26\n\
        CP-7821-K9=,V03,00CCFC123456,sip78xx.12-8-1-0001-455\n\
        CP-7821-K9=,V03,00CCFC123456,\n\
        CP-7821-K9=,V01,,\n\
        CP-7821-K9=,,,\n\
        CP-7821-K9=,1.0,,\n\
        CP-8841-3PCC-K9=,V03,,\n\
        CP-8841-K9=,V15,,sip88xx.12-0-3MPP0001-87\n\
        CP-8841-K9=,V15,,sip78xx.14-2-1-0101-26\n\
        CP-8841-K9=,V15,,sip88xx.TLexE2M-11-2-3C-12\n\
        CP-8851NR-K9=,V15,,\n\
        a phone,V15,,\n\
        CP-7965G,,,\n";
    let rows = told(text, RuleBook::guide(), Destination::ThirdParty, &WHAT_DECIDES);
    let order = "order L-CP-E2M-78XX-CNV=";
    let expected = [
        format!("eligible||||The phone can be converted to MPP firmware; {order}."),
        format!(
            "eligible|||sip78xx.14-2-1-0101-26|The phone can be converted to MPP firmware; \
             install sip78xx.14-2-1-0101-26 first, and {order}."
        ),
        format!(
            "eligible||||The phone can be converted to MPP firmware; \
             find out first whether Enterprise 14.2(1)SR1 or later runs, and {order}."
        ),
        "ineligible|CG203|||V01 is below V03, the lowest hardware version of the 7821 that rule e2m-7821 allows.".into(),
        "unknown|CG201|vid||The hardware version (VID) is missing; rule e2m-7821 asks for it.".into(),
        "unknown|CG202|vid||The hardware version (VID) cannot be read; rule e2m-7821 asks for it.".into(),
        "unknown|CG106|load firmware_type||The product id marks MPP hardware, which is not in the list of phones to \
         convert; nothing reliable says that MPP firmware already runs."
            .into(),
        "not-needed|CG301|||The phone runs MPP firmware, which third-party call control needs.".into(),
        "unknown|CG304 CG315|pid load firmware_type||The running load is for other phones; the 8841 takes loads of \
         family 88xx."
            .into(),
        "eligible||||The phone can be converted to MPP firmware; order L-CP-E2M-88XX-CNV=, and apply its license before \
         the load."
            .into(),
        "unknown|CG105|||The 8851NR is not listed to be converted from Enterprise to MPP firmware (rule \
         e2m-8851nr-third-party)."
            .into(),
        "unknown|CG102|pid||The product text names no device that crossgrade can read.".into(),
        "ineligible|CG103|||The 7965 is of no series that runs MPP firmware (rule e2m-79xx).".into(),
    ];
    assert_eq!(rows.iter().map(|row| row.join("|")).collect::<Vec<_>>(), expected);
}

/// A fleet of cells that nobody can read, each another one, has few different sentences: a table holds each once.
#[test]
fn cells_that_nobody_can_read_make_no_sentence_of_their_own() {
    let mut fleet = Fleet::default();
    for row in 0..40_000 {
        let phone = match row % 4 {
            0 => Phone::new(format!("a device of kind {row}")),
            1 => Phone::new("CP-7821-K9=").vid(format!("version {row}")),
            2 => Phone::new("CP-8841-K9=").load(format!("sip88xx.14-2-1-0101-{row}")).firmware_type("mpp"),
            _ => Phone::new("CP-7841-K9=").vid(format!("V{:02}", row % 3)),
        };
        fleet.push(row, phone.into_owned());
    }
    let request = Request::to(Destination::ThirdParty);
    let options = AuditOptions::default().select([ResultColumn::Why]);
    let audit = columnar::audit_fleet(&fleet, RuleBook::field(), &request, &options).unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for batch in audit {
        let batch = batch.unwrap();
        for why in texts(&**batch.columns().last().unwrap()) {
            *counts.entry(why.expect("every row says why")).or_default() += 1;
        }
    }
    assert_eq!(counts.values().sum::<usize>(), 40_000);
    assert!(counts.len() <= 6, "{counts:?}");
}

/// Results that are read again: their columns are no evidence, and cells with commas and semicolons stay cells.
#[test]
fn results_that_are_read_again_give_the_same_answers() {
    let text = "PID;VID;Active Load ID\nCP-7821-K9=;V01;\nCP-7841-K9=;V05;sip78xx.12-8-1-0001-455\nx;;\n";
    let request = [Request::to(Destination::ThirdParty)];
    let (out, _) = results_wanted::of_csv(text.as_bytes(), RuleBook::field(), &request).unwrap();
    let (first, again) = (csv::read(text.as_bytes()).unwrap(), csv::read(&out).unwrap());
    let phones = |fleet: &Fleet| fleet.rows().iter().map(|row| row.phone().clone()).collect::<Vec<_>>();
    assert_eq!(phones(again.fleet()), phones(first.fleet()));
}

/// Field notice FN72302: a 7841 made from 2022-02 on carries certificates of the new authority; with the year of slack that
/// facts/certificates.tsv asks for, from 2021-02 on. Rows that differ in nothing
/// but the serial number are one combination, and still each row has the advice for its own month.
#[test]
fn advice_by_the_month_of_manufacture_is_that_of_the_row() {
    let rows = [
        ("FCH2504AAAA", false, "week 4 of 2021 is January"),
        ("FCH2506AAAA", true, "week 6 of 2021 is February"),
        ("FCH2001AAAB", false, "2016"),
        ("FCH2701AAAB", true, "2023"),
        ("", true, "without a serial number it may be one of them"),
        ("FCH2504AAAC", false, "another phone of January 2021"),
    ];
    let mut text = String::from("PID,VID,Serial,Active Load ID\n");
    rows.iter().for_each(|(serial, ..)| text += &format!("CP-7841-K9=,V05,{serial},sip78xx.12-8-1-0001-455\n"));
    let told = told(&text, RuleBook::field(), Destination::ThirdParty, &[ResultColumn::Findings]);
    assert_eq!(told.len(), rows.len());
    for ((serial, has_advice, why), findings) in rows.iter().zip(&told) {
        assert_eq!(findings[0].contains("CG407"), *has_advice, "{serial}: {why}: {findings:?}");
    }
}
