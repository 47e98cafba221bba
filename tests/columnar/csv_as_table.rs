//! A file has one answer, whether it is read as a fleet or as a table.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::inventory::csv;
use crossgrade::{Destination, Request, RuleBook};
use crossgrade_tests::arrow_tables::{RESULTS, result_columns, texts};
use crossgrade_tests::results_wanted;
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
    let (out, audit) = results_wanted::of_csv(text, RuleBook::guide(), std::slice::from_ref(request)).unwrap();
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

/// The rows without apostrophes. A table has the cell, and a CSV file one more apostrophe where a reader takes one off:
/// the laws of `core/src/text/formula.rs` are about these.
fn without_marks(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let without = |row: &Vec<String>| row.iter().map(|cell| cell.replace('\'', "")).collect();
    rows.iter().map(without).collect()
}

#[test]
fn the_example_fleet_has_the_same_answers() {
    let text = include_bytes!("../../examples/data/fleet.csv");
    for destination in Destination::ALL {
        let request = Request::to(*destination);
        assert_eq!(rows(text, &request), rows_by_results(text, &request));
    }
}

/// Most programs read no table with two columns of one name, and Parquet that they wrote they cannot read back.
#[test]
fn every_column_of_the_table_has_a_name_of_its_own() {
    let text = b"PID,Note,,Note_2,Note,,verdict_2,Note\nCP-7821-K9=,a,b,c,d,e,f,g\n";
    let options = AuditOptions::default().select([ResultColumn::Verdict]).prefix("_2");
    let request = Request::to(Destination::ThirdParty);
    let mut stream = columnar::audit_csv(text.to_vec(), RuleBook::guide(), &request, &options).unwrap();
    let schema = RecordBatchReader::schema(&stream);
    let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, ["PID", "Note", "", "Note_2", "Note_3", "_2", "verdict_2", "Note_4", "_2verdict"]);
    // What was read is told by the names that it has in the file, and so is which column got another.
    assert_eq!(stream.columns().headers()[4], "Note");
    stream.next_batch().unwrap().unwrap();
    assert_eq!(
        stream.reading().unwrap().notes(),
        [
            r#"column 5 is "Note_3" in the table of results: another column is called "Note" too"#,
            r#"column 6 is "_2" in the table of results: another column is called "" too"#,
            r#"column 8 is "Note_4" in the table of results: another column is called "Note" too"#,
        ]
    );
    // A result column keeps its name: the other one gets the next number.
    let options = options.prefix("");
    let text = b"PID,x,x\nCP-7821-K9=,a,b\n";
    let stream = columnar::audit_csv(text.to_vec(), RuleBook::guide(), &request, &options).unwrap();
    assert_eq!(RecordBatchReader::schema(&stream).field(2).name(), "x_2");
    // A table in memory has names of the same kind.
    let table = RecordBatchReader::schema(&stream);
    let batch = RecordBatch::new_empty(Arc::new(arrow_schema::Schema::new(vec![
        table.field(0).clone(),
        table.field(1).clone(),
        table.field(1).clone(),
    ])));
    let reader = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    let stream = columnar::audit_stream(reader, RuleBook::guide(), &request, &options).unwrap();
    assert_eq!(RecordBatchReader::schema(&stream).field(2).name(), "x_2");
}

#[test]
fn rows_that_do_not_line_up_are_kept_and_are_no_phone() {
    let text = b"PID,VID,Note\nCP-7821-K9=,V01\nCP-7821-K9=,V01,a,b\nCP-7821-K9=,V01,\xff\nCP-7821-K9=,\"V01,x\nCP-7821-K9=,V01,z\n";
    let request = Request::to(Destination::ThirdParty);
    let rows = rows(text, &request);
    assert_eq!(rows, rows_by_results(text, &request));
    let verdicts: Vec<_> = rows.iter().map(|row| row[3 + 5].as_str()).collect();
    assert_eq!(verdicts, ["unknown", "unknown", "ineligible", "unknown", "ineligible"]);
    let text = "line 3: 4 columns where the header has 3: CP-7821-K9=,V01,a,b";
    assert_eq!(rows[1][..3], [text, "", ""], "nothing is lost");
}

/// The text of a row that nobody can read is in one column; nothing was written in the others.
#[test]
fn a_row_that_became_one_text_has_nulls_beside_it() {
    let text = b"PID,VID,Note\nCP-7821-K9=,V01,\"a\nCP-7821-K9=,V01,\nCP-7821-K9=\n";
    let request = Request::to(Destination::ThirdParty);
    let stream = columnar::audit_csv(text.to_vec(), RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    let batch = stream.into_iter().next().unwrap().unwrap();
    let is_null = |row: usize| [0, 1, 2].map(|column| batch.column(column).is_null(row));
    assert_eq!(is_null(0), [false, true, true]);
    assert_eq!(is_null(1), [false, false, false], "an empty cell is an empty text");
    assert_eq!(is_null(2), [false, true, true]);
}

/// What is told of a text before its end is true then: nothing is said of an end that nobody has seen.
#[test]
fn a_reading_tells_of_no_end_before_it_is_reached() {
    let rows = "CP-7821-K9=,V01,a\n".repeat((1 << 16) - 1);
    for (end, is_cut) in [("CP-7821-K9=,V01,a\n", false), ("CP-7821-K9=,V01", true)] {
        // Of what is read at once, the last row has an open quote: what is behind it closes nothing, but lines up.
        let text = format!("PID,VID,Note\n{rows}CP-7821-K9=,V01,\"a\nCP-7821-K9=,V01,a\n{end}");
        let request = Request::to(Destination::ThirdParty);
        let mut stream =
            columnar::audit_csv(text.into_bytes(), RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
        assert_eq!(stream.reading().unwrap().cut(), None);
        assert!(stream.next_batch().is_some());
        assert_eq!(stream.reading().unwrap().cut(), None);
        assert_eq!(stream.broken_rows().len(), 1);
        assert!(stream.by_ref().all(|batch| batch.is_ok()));
        assert_eq!(stream.reading().unwrap().cut().is_some(), is_cut);
    }
}

/// The rows of an audit are all there to ask for; a report of them is for people.
#[test]
fn a_stream_has_all_broken_rows_and_its_reading_the_first() {
    let text = format!("PID,VID,Note\n{}", "CP-7821-K9=,V01\n".repeat(50));
    let request = Request::to(Destination::ThirdParty);
    let mut stream =
        columnar::audit_csv(text.into_bytes(), RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    assert!(stream.by_ref().all(|batch| batch.is_ok()));
    let reading = stream.reading().unwrap();
    assert_eq!((stream.broken_rows().len(), reading.broken_rows().len(), reading.broken_row_count()), (50, 20, 50));
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
    let (out, _) = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), requests).unwrap();
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

/// `''-` in a CSV file is the cell `'-`: the table has that, the file with results the one apostrophe more.
#[test]
fn the_mark_of_a_cell_is_in_the_file_and_not_in_the_table() {
    let text = b"PID,VID,Note\nCP-7821-K9=,V03,''-\n";
    let request = Request::to(Destination::ThirdParty);
    assert_eq!(rows(text, &request)[0][2], "'-");
    assert_eq!(rows_by_results(text, &request)[0][2], "''-");
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
        let written = rows_by_results(text.as_bytes(), &request);
        prop_assert_eq!(without_marks(&told), without_marks(&written));
        // And what both say is what is decided about each phone by itself.
        let inventory = csv::read(text.as_bytes()).unwrap();
        for (row, told) in inventory.fleet().rows().iter().zip(&told) {
            let answer = RuleBook::guide().assess_request(row.phone(), &request);
            let decided = result_columns(&answer).map(Option::unwrap_or_default);
            prop_assert_eq!(&told[told.len() - RESULTS..], decided.as_slice());
        }
    }
}
