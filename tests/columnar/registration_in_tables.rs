//! A status beside a load in tables in memory: the same answers as of the same rows in CSV, whatever type the column has.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::fleet::{Source, SourceKind};
use crossgrade::inventory::csv;
use crossgrade::{Destination, Fleet, Request, RuleBook};
use proptest::prelude::*;
use proptest::sample::select;

const HEADERS: [&str; 4] = ["Name", "Model", "ActiveLoadID", "Status"];
const LOADS: [&str; 3] = ["sip88xx.12-8-1-0001-455", "sip88xx.12-0-3MPP0001-87", ""];

fn table(columns: Vec<ArrayRef>) -> RecordBatch {
    let field = |(name, column): (&&str, &ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let fields: Vec<Field> = HEADERS.iter().zip(&columns).map(field).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).expect("columns of one length")
}

fn texts(texts: Vec<String>, is_dictionary: bool) -> ArrayRef {
    match is_dictionary {
        true => Arc::new(texts.iter().map(String::as_str).collect::<DictionaryArray<Int32Type>>()),
        false => Arc::new(StringArray::from(texts)),
    }
}

fn read(batch: &RecordBatch) -> crossgrade::inventory::Inventory {
    let reader = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    columnar::read(reader, Source::new(SourceKind::Table, "table"), &[]).expect("a table")
}

fn verdicts(batch: &RecordBatch) -> Vec<Option<String>> {
    let request = Request::to(Destination::UnifiedCm);
    let audit = columnar::audit(batch, RuleBook::guide(), &request, &AuditOptions::default()).expect("a table");
    crossgrade_tests::arrow_tables::texts(&**audit.column_by_name("verdict").expect("verdicts"))
}

/// Loads, verdicts and statuses of a fleet.
fn said(fleet: &Fleet) -> Vec<(Option<String>, String)> {
    let request = Request::to(Destination::UnifiedCm);
    let row = |row: &crossgrade::FleetRow| {
        let load = row.phone().load_evidence().known().map(|load| load.to_string());
        (load, RuleBook::guide().assess_request(row.phone(), &request).verdict().to_string())
    };
    fleet.rows().iter().map(row).collect()
}

proptest! {
    #[test]
    fn a_table_in_memory_says_what_the_same_csv_says(
        rows in prop::collection::vec(
            (select(LOADS.to_vec()), select(vec!["Registered", "UnRegistered", "None", "part", "Active", "unr", ""])),
            1..20,
        ),
        is_dictionary in any::<bool>(),
    ) {
        let cell = |number: usize| [format!("SEP00CCFC{number:06X}"), "Cisco 8841".to_owned(), rows[number].0.to_owned(), rows[number].1.to_owned()];
        let cells: Vec<_> = (0..rows.len()).map(cell).collect();
        let column = |at: usize| texts(cells.iter().map(|row| row[at].clone()).collect(), is_dictionary);
        let batch = table((0..4).map(column).collect());
        let text: String = [HEADERS.join(",")].into_iter().chain(cells.iter().map(|row| row.join(","))).map(|row| row + "\n").collect();
        let from_csv = csv::read_document(&crossgrade::inventory::Document::new("a.csv", &text), &[]).expect("a table");
        let from_table = read(&batch);
        prop_assert_eq!(said(from_table.fleet()), said(from_csv.fleet()));
        let labels = |fleet: &Fleet| fleet.rows().iter().map(|row| row.label().and_then(|label| label.status.clone())).collect::<Vec<_>>();
        prop_assert_eq!(labels(from_table.fleet()), labels(from_csv.fleet()));
        let notes = |inventory: &crossgrade::inventory::Inventory| inventory.notes().map(|(_, note)| note.to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(notes(&from_table), notes(&from_csv));
        let expected: Vec<_> = said(from_csv.fleet()).into_iter().map(|(_, verdict)| Some(verdict)).collect();
        prop_assert_eq!(verdicts(&batch), expected);
    }
}

/// Nobody asked for the column of the status: numbers in it are no words, and refuse nothing.
#[test]
fn a_status_of_numbers_says_nothing() {
    let text = |text: &str| texts(vec![text.to_owned()], false);
    let statuses: [ArrayRef; 2] = [Arc::new(Int64Array::from(vec![4])), Arc::new(Float64Array::from(vec![4.0]))];
    for status in statuses {
        assert!(matches!(status.data_type(), DataType::Int64 | DataType::Float64));
        let batch = table(vec![text("SEP00CCFC000001"), text("Cisco 8841"), text(LOADS[0]), status]);
        assert_eq!(said(read(&batch).fleet())[0].0.as_deref(), Some(LOADS[0]));
        assert_eq!(verdicts(&batch).len(), 1);
    }
}
