//! Files that have broken a promise once.

use crossgrade::columnar::{self, AuditOptions};
use crossgrade::exports::results::{ResultsOptions, csv_to_csv, fleet_to_csv};
use crossgrade::inventory::{Document, InventoryError, ReadOptions, csv, read};
use crossgrade::merge::merge;
use crossgrade::{Destination, Request, RuleBook, Verdict};
use crossgrade_tests::arrow_tables::RESULTS;

use super::laws_of_results;

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../data/hostile/", $name))
    };
}

fn inventory(name: &str, bytes: &[u8]) -> crossgrade::inventory::Inventory {
    read(&Document::new(name, bytes), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A name that begins as a comment and a description of several lines are texts of phones.
#[test]
fn a_description_of_two_lines_is_no_row_and_a_name_behind_the_mark_of_comments_is_a_phone() {
    let fleet = inventory("hash.xml", sample!("hash.xml")).into_fleet();
    assert_eq!(fleet.rows().len(), 3);
    laws_of_results::hold_of(&fleet);
    let inventory = csv::read(sample!("hash.csv")).unwrap();
    assert_eq!(inventory.fleet().rows().len(), 2);
    assert!(inventory.notes().is_empty(), "no line is a comment");
    laws_of_results::hold_of(inventory.fleet());
}

/// A description that looks like a row of the results is no phone.
#[test]
fn a_description_forges_no_phone() {
    let fleet = inventory("forge.xml", sample!("forge.xml")).into_fleet();
    assert_eq!(fleet.rows().len(), 2);
    let again = csv::read(&crossgrade::exports::fleet::to_csv(&fleet).unwrap()).unwrap();
    assert_eq!(again.fleet().rows().len(), 2);
    let macs = again.fleet().rows().iter().filter_map(|row| row.phone().mac_evidence().known());
    assert!(macs.map(|mac| mac.to_string()).all(|mac| mac != "00CCFC0000FF"));
    laws_of_results::hold_of(&fleet);
}

/// A cell of 64 KiB that joins the texts of a conflict does not grow into a broken row.
#[test]
fn a_conflict_of_long_texts_keeps_its_verdict() {
    let sources = [("a.csv", &sample!("a.csv")[..]), ("b.csv", sample!("b.csv"))];
    let merged = merge(sources.map(|(name, bytes)| inventory(name, bytes)));
    laws_of_results::hold_of(merged.fleet());
}

#[test]
fn a_formula_is_marked_for_people_and_stays_for_programs() {
    let fleet = inventory("formula.xml", sample!("formula.xml")).into_fleet();
    let requests = [Request::to(Destination::ThirdParty)];
    let written = |is_raw| {
        let mut out = Vec::new();
        let options = ResultsOptions::default().raw(is_raw);
        fleet_to_csv(&fleet, RuleBook::guide(), &requests, &options, &mut out).unwrap();
        ::csv::Reader::from_reader(&*out).records().next().unwrap().unwrap()
    };
    assert!(written(true)[1].starts_with('='), "{:?}", written(true));
    assert!(written(false)[1].starts_with("'="), "{:?}", written(false));
    laws_of_results::hold_of(&fleet);
}

/// Names in Arrow end at a NUL outside Rust.
#[test]
fn a_nul_in_a_header_is_replaced_and_told() {
    let text = sample!("nul_in_header.csv");
    let inventory = csv::read(text).unwrap();
    assert!(inventory.columns().headers().iter().all(|header| !header.contains('\0')));
    let [note] = inventory.notes() else { panic!("{:?}", inventory.notes()) };
    assert!(note.contains("a NUL in the name became U+FFFD"), "{note}");
    let request = Request::to(Destination::ThirdParty);
    let audit = columnar::audit_csv(text.to_vec(), RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    let schema = arrow_array::RecordBatchReader::schema(&audit);
    assert!(schema.fields().iter().all(|field| !field.name().contains('\0')));
    // What the caller names is refused.
    let options = AuditOptions::default().prefix("a\0");
    let error = columnar::audit_csv(text.to_vec(), RuleBook::guide(), &request, &options).err().expect("an error");
    assert!(error.to_string().contains("holds a NUL"), "{error}");
}

/// 30 KB must not become 100 MB: a wide header makes every short row as wide.
#[test]
fn a_table_is_at_most_4096_columns_wide() {
    let requests = [Request::to(Destination::ThirdParty)];
    let wide = |columns: usize| format!("PID,VID{}\nx\n", ",c".repeat(columns - 2));
    let results = |text: &[u8]| {
        csv_to_csv(text, RuleBook::guide(), &requests, &ResultsOptions::default(), std::io::sink())
            .map(|audit| audit.reading().phones())
    };
    assert_eq!(results(wide(4096 - RESULTS).as_bytes()), Ok(1));
    for text in [wide(4097 - RESULTS).as_bytes(), sample!("wide_header_short_rows.csv")] {
        let error = results(text).unwrap_err().to_string();
        assert!(error.contains("columns") && error.contains("; expected at most 4096"), "{error}");
        let request = &requests[0];
        let error = columnar::audit_csv(text.to_vec(), RuleBook::guide(), request, &AuditOptions::default());
        assert!(error.err().expect("an error").to_string().contains("; expected at most 4096"));
    }
    assert!(matches!(csv::read(wide(4097).as_bytes()), Err(InventoryError::TooMuch { what: "columns", .. })));
}

/// The rows before a limit are written, and the answers counted are those written.
#[test]
fn what_is_written_is_what_is_counted() {
    let text = b"PID,VID\nCP-7821-K9=,V01\nCP-7821-K9=,V03\n\"a\"b,V03\n";
    let requests = [Request::to(Destination::ThirdParty), Request::to(Destination::UnifiedCm)];
    let mut out = Vec::new();
    let audit = csv_to_csv(text, RuleBook::guide(), &requests, &ResultsOptions::default(), &mut out).unwrap();
    let mut verdicts = [[0; 2]; 4];
    let mut reader = ::csv::Reader::from_reader(&*out);
    let columns = ["third_party_verdict", "unified_cm_verdict"]
        .map(|name| reader.headers().unwrap().iter().position(|header| header == name).unwrap());
    for record in reader.records() {
        let record = record.unwrap();
        for (request, column) in columns.into_iter().enumerate() {
            verdicts[record[column].parse::<Verdict>().unwrap() as usize][request] += 1;
        }
    }
    for (request, summary) in audit.summaries().iter().enumerate() {
        for verdict in Verdict::ALL {
            assert_eq!(summary.verdicts().of(*verdict), verdicts[*verdict as usize][request]);
        }
    }
}

/// Whoever opens results in a spreadsheet and saves them as a workbook has the mark in the cells.
#[test]
fn the_mark_of_formulas_is_taken_off_wherever_it_is_read() {
    let csv = csv::read(b"PID,VID,Note\nCP-7821-K9=,'= V05,'+x\n").unwrap();
    let vid =
        |inventory: &crossgrade::Fleet| inventory.rows()[0].phone().vid_evidence().known().map(|vid| vid.to_string());
    assert_eq!(vid(csv.fleet()).as_deref(), Some("V05"));
    let webex = b"Product,MAC Address,Connection Status\n'=8841,00CCFC123456,x\n";
    let webex = read(&Document::new("webex.csv", webex), &ReadOptions::default()).unwrap();
    assert_eq!(webex.fleet().rows()[0].phone().product_text(), Some("=8841"));
}
