//! A file has one answer, whether it is read as a fleet or as a table.

use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::inventory::csv;
use crossgrade::{Destination, Request, RuleBook};
use crossgrade_tests::results;
use crossgrade_tests::table::{result_columns, texts};
use proptest::prelude::*;

/// The rows of the audit of a CSV text, nulls as empty texts.
fn rows(text: &[u8], request: &Request) -> Vec<Vec<String>> {
    let options = AuditOptions::default().text(TextLayout::Utf8);
    let stream = columnar::audit_csv(text.to_vec(), RuleBook::guide(), request, &options).unwrap();
    let mut rows = Vec::new();
    for batch in stream {
        let batch = batch.unwrap();
        let columns: Vec<_> = batch.columns().iter().map(|column| texts(&**column)).collect();
        rows.extend(
            (0..batch.num_rows())
                .map(|row| columns.iter().map(|column| column[row].clone().unwrap_or_default()).collect::<Vec<_>>()),
        );
    }
    rows
}

/// The same by way of CSV with results.
fn rows_by_results(text: &[u8], request: &Request) -> Vec<Vec<String>> {
    let (out, audit) = results::of_csv(text, RuleBook::guide(), std::slice::from_ref(request)).unwrap();
    let inventory = csv::read(text).unwrap();
    // What is written is counted, and is what the fleet is told.
    let report = inventory.fleet().audit(RuleBook::guide(), request).to_string();
    assert_eq!(audit.summaries().iter().map(ToString::to_string).collect::<Vec<_>>(), [report]);
    assert_eq!(audit.to_string(), inventory.to_string());
    let mut reader = ::csv::ReaderBuilder::new().delimiter(inventory.delimiter()).from_reader(&*out);
    let cells = |record: Result<::csv::ByteRecord, _>| {
        record.unwrap().iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
    };
    reader.byte_records().map(cells).collect()
}

#[test]
fn the_example_fleet_has_the_same_answers() {
    let text = include_bytes!("../../examples/data/fleet.csv");
    for destination in Destination::ALL {
        let request = Request::to(*destination);
        assert_eq!(rows(text, &request), rows_by_results(text, &request));
    }
}

#[test]
fn rows_that_do_not_line_up_are_kept_and_are_no_phone() {
    let text = b"PID,VID,Note\nCP-7821-K9=,V01\nCP-7821-K9=,V01,a,b\nCP-7821-K9=,V01,\xff\nCP-7821-K9=,\"V01,x\nCP-7821-K9=,V01,z\n";
    let request = Request::to(Destination::ThirdParty);
    let rows = rows(text, &request);
    assert_eq!(rows, rows_by_results(text, &request));
    let verdicts: Vec<_> = rows.iter().map(|row| row[3 + 5].as_str()).collect();
    assert_eq!(verdicts, ["unknown", "unknown", "ineligible", "unknown", "ineligible"]);
    assert_eq!(rows[1][..3], ["CP-7821-K9=", "V01", "a,b"], "nothing is lost");
}

/// Answers that are too many to remember are forgotten on the way; no row notices.
#[test]
fn a_file_without_repetition_is_answered_all_the_same() {
    let rows = 70_000;
    let release = |row: usize| format!("{}.{}({})SR{}", row / 125_000, row / 2500 % 50, row / 50 % 50, row % 50);
    let lines: String = (0..rows).map(|row| format!("CP-8841-K9=,{},mpp\n", release(row))).collect();
    let text = format!("PID,Release,Firmware Type\n{lines}");
    let request = Request::to(Destination::UnifiedCm);
    let requests = std::slice::from_ref(&request);
    let (out, _) = results::of_csv(text.as_bytes(), RuleBook::guide(), requests).unwrap();
    let mut reader = ::csv::Reader::from_reader(&*out);
    let inventory = csv::read(text.as_bytes()).unwrap();
    let mut seen = 0;
    for (row, record) in inventory.fleet().rows().iter().zip(reader.records()) {
        let decided = result_columns(&RuleBook::guide().assess_request(row.phone(), &request));
        let record = record.unwrap();
        assert!(record.iter().skip(3).eq(decided.iter().map(|text| text.as_deref().unwrap_or_default())), "{record:?}");
        seen += 1;
    }
    assert_eq!(seen, rows);
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_both_say_the_same(
        lines in prop::collection::vec("[A-Za-z0-9 .\"=-]{0,12}([,;\t\"][^\r\n]{0,8}){0,3}", 0..20),
        ends in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        destination in prop::sample::select(Destination::ALL),
    ) {
        let text = format!("PID,VID,Note{ends}{}", lines.join(ends));
        let request = Request::to(destination);
        let told = rows(text.as_bytes(), &request);
        prop_assert_eq!(&told, &rows_by_results(text.as_bytes(), &request));
        // And what both say is what is decided about each phone by itself.
        let inventory = csv::read(text.as_bytes()).unwrap();
        for (row, told) in inventory.fleet().rows().iter().zip(&told) {
            let answer = RuleBook::guide().assess_request(row.phone(), &request);
            let decided = result_columns(&answer).map(Option::unwrap_or_default);
            prop_assert_eq!(&told[told.len() - 15..], decided.as_slice());
        }
    }
}
