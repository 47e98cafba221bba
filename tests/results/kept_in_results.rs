//! Kept columns in results: rows out are phones, and the texts are those that came in, whatever they hold.

use std::ops::ControlFlow;

use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::exports::results::{ResultsOptions, audit_csv_keeping, csv_to_csv, fleet_to_csv};
use crossgrade::exports::{self};
use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::{Document, Keep, ReadOptions, csv, read};
use crossgrade::merge::merge;
use crossgrade::{Destination, Request, RuleBook};
use crossgrade_tests::arrow_tables::texts;
use crossgrade_tests::law;
use proptest::prelude::*;

use super::laws_of_results::{hold_of, hostile};

fn keep(text: &str) -> Keep {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn requests() -> [Request; 1] {
    [Request::to(Destination::ThirdParty)]
}

/// The header and rows that an audit of a CSV text writes, as CSV and as a table.
fn results(text: &[u8], columns: &str) -> Result<Vec<Vec<String>>, String> {
    let mut out = Vec::new();
    let options = ResultsOptions::default().keep(keep(columns));
    csv_to_csv(text, RuleBook::guide(), &requests(), &options, &mut out).map_err(|error| error.to_string())?;
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&*out);
    let record = |record: ::csv::StringRecord| record.iter().map(str::to_owned).collect();
    let written: Vec<Vec<String>> = reader.records().map(|row| record(row.expect("a record"))).collect();

    let options = AuditOptions::default().keep(keep(columns)).text(TextLayout::Utf8);
    let audit = columnar::audit_csv(text.to_vec(), RuleBook::guide(), &requests()[0], &options).expect("an audit");
    let schema = arrow_array::RecordBatchReader::schema(&audit);
    assert_eq!(schema.fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>(), written[0]);
    assert_eq!(audit.inputs(), written[0].len() - ResultColumn::ALL.len());
    let mut rows = 0;
    for batch in audit {
        let batch = batch.expect("a batch");
        let columns: Vec<_> = batch.columns().iter().map(|column| texts(&**column)).collect();
        for row in 0..batch.num_rows() {
            let cells = columns.iter().map(|column| column[row].clone().unwrap_or_default()).collect::<Vec<_>>();
            assert_eq!(cells, written[rows + 1]);
            rows += 1;
        }
    }
    assert_eq!(rows + 1, written.len());
    Ok(written)
}

#[test]
fn a_table_that_keeps_its_own_columns_gets_no_second_one_of_a_name() {
    let text = b"PID,VID,Room,Location\nCP-7821-K9=,V03,1.23,Oslo\nCP-7821-K9=,V01,2,Ulm,stray\n";
    assert_eq!(results(text, "Room").expect("results")[0][..5], ["PID", "VID", "Room", "Location", "read_model"]);
    let rows = results(text, "room,site=Location").expect("results");
    assert_eq!(rows[0][..6], ["PID", "VID", "Room", "Location", "site", "read_model"]);
    assert_eq!(rows[1][..5], ["CP-7821-K9=", "V03", "1.23", "Oslo", "Oslo"]);
    assert_eq!(rows[2][4], "", "a row that cannot be trusted is one text");
    let error = results(text, "Floor").unwrap_err();
    assert_eq!(
        error,
        r#"inventory: there is no column "Floor" to keep; expected one of ["PID", "VID", "Room", "Location"]"#
    );
    let error = results(text, "room=Location").unwrap_err();
    assert!(error.contains("\"room\": the table has another column of this name; expected another name"), "{error}");
    // Who reads the results again would take it for what runs.
    let error = "Active Load ID=Room".parse::<Keep>().unwrap_err().to_string();
    assert!(error.contains("a column of this name is read as a field of the phone"), "{error}");
    // Counting alone looks for the column too.
    let progress = |_| ControlFlow::<()>::Continue(());
    let counted = audit_csv_keeping(text, RuleBook::guide(), &requests(), &[], &keep("Floor"), progress);
    let ControlFlow::Continue(Err(counted)) = counted else { panic!("{counted:?}") };
    assert!(counted.to_string().contains("no column \"Floor\" to keep"));
}

#[test]
fn kept_columns_of_a_fleet_stand_before_the_results() {
    let mut options = ReadOptions::default();
    options.keep = keep("Room");
    let fleet = read(&Document::new("a.csv", "PID,VID,Room\nCP-7821-K9=,V03,=1+1\n"), &options).expect("a file");
    let mut out = Vec::new();
    fleet_to_csv(fleet.fleet(), RuleBook::guide(), &requests(), &ResultsOptions::default(), &mut out).expect("results");
    let mut reader = ::csv::Reader::from_reader(&*out);
    let names = reader.headers().expect("a header").clone();
    let at = FleetColumn::ALL.len();
    assert_eq!((&names[at - 1], &names[at], &names[at + 1]), ("problem", "Room", "read_model"));
    let row = reader.records().next().expect("a row").expect("a record");
    assert_eq!(&row[at], "'=1+1", "what a spreadsheet would run is marked");
    let raw = exports::fleet::to_csv(fleet.fleet()).expect("a file");
    assert!(String::from_utf8_lossy(&raw).contains(",=1+1\n"), "but not for programs");
    // A prefix may make a result column of the name.
    let clash = ResultsOptions::default().prefix("Ro");
    let mut options = ReadOptions::default();
    options.keep = keep("Roverdict=Room");
    let fleet = read(&Document::new("a.csv", "PID,Room\nCP-7821-K9=,1\n"), &options).expect("a file");
    let error = fleet_to_csv(fleet.fleet(), RuleBook::guide(), &requests(), &clash, std::io::sink()).unwrap_err();
    assert!(error.to_string().contains("there is a column \"Roverdict\" already"), "{error}");
}

proptest! {
    #![proptest_config(law::config(160, "regressions/results.txt"))]

    #[test]
    fn hostile_texts_are_kept_and_forge_no_row(rows in prop::collection::vec((hostile(), hostile(), hostile()), 1..6)) {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(["PID", "MAC", "Room", "Location"]).unwrap();
        for (index, (pid, room, location)) in rows.iter().enumerate() {
            let mac = format!("00CCFC00000{}", index % 3);
            writer.write_record([pid, &mac, room, location]).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let mut options = ReadOptions::default();
        options.keep = keep("Room,whose=Location");
        options.kind = Some(crossgrade::fleet::SourceKind::Csv);
        let inventory = read(&Document::new("a.csv", &text), &options).unwrap();
        prop_assert_eq!(inventory.fleet().rows().len(), inventory.rows_read() as usize);
        hold_of(inventory.fleet());
        let merged = merge([inventory.clone(), inventory.clone()]);
        hold_of(merged.fleet());
        for fleet in [inventory.fleet(), merged.fleet()] {
            let again = csv::read_keeping(&exports::fleet::to_csv(fleet).unwrap(), &[], &keep("Room,whose")).unwrap();
            let kept = |fleet: &crossgrade::Fleet| -> Vec<Vec<(String, String)>> {
                let of = |row: &crossgrade::FleetRow| row.kept().map(|(column, text)| (column.to_owned(), text.to_owned())).collect();
                fleet.rows().iter().map(of).collect()
            };
            prop_assert_eq!(kept(again.fleet()), kept(fleet));
        }
        // And beside its own columns.
        let mut out = Vec::new();
        let options = ResultsOptions::default().keep(keep("Room,site=Location"));
        let audit = csv_to_csv(&text, RuleBook::guide(), &requests(), &options, &mut out).unwrap();
        let report = inventory.fleet().audit(RuleBook::guide(), &requests()[0]).to_string();
        prop_assert_eq!(audit.summaries()[0].to_string(), report);
        let records = ::csv::ReaderBuilder::new().flexible(true).from_reader(&*out).byte_records().count();
        prop_assert_eq!(records, inventory.fleet().rows().len());
    }
}
