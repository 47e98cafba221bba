//! The same of tables: workbooks and their parts, Arrow tables and their columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, RecordBatchIterator, StringArray, StructArray};
use arrow_schema::{DataType, Field};
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::fleet::{Source, SourceKind};
use crossgrade::inventory::{ChosenColumn, Document, InventoryField, ReadOptions, csv, read};
use crossgrade::{Destination, Request, RuleBook};
use proptest::prelude::*;
use proptest::sample::Index;

use crossgrade_tests::workbook::{Part, Sheet, number, parts, row, text, typed, zip};

use crate::messages::{is_short_and_harmless, long, messages, with_long};

/// The parts of a workbook with cells of every kind.
fn workbook() -> Vec<Part> {
    let header = ["PID", "VID", "MAC", "Description"].map(text);
    let cells = [typed("s", "0"), number("5"), typed("e", "#N/A"), typed("str", "a formula")];
    let again = [text("CP-8841-K9="), typed("b", "1"), text("00CCFC123457"), text("Reception")];
    let rows = row(1, &header) + &row(2, &cells) + &row(3, &again) + &row(3, &again);
    let hidden = Sheet { name: "Old", state: "hidden", rows: row(1, &header) };
    parts(&[Sheet::new("Phones", rows), hidden], &["CP-7821-K9=", "shared"])
}

/// What stands behind a table of one row, and of which its columns are read as what.
fn told_of_audit(columns: Vec<(String, ArrayRef)>, chosen: &[ChosenColumn], prefix: &str) -> Vec<String> {
    let request = Request::to(Destination::ThirdParty);
    let options = AuditOptions::default().columns(chosen.to_vec()).prefix(prefix);
    let batch = RecordBatch::try_from_iter(columns).expect("a table");
    let audit = columnar::audit(&batch, RuleBook::guide(), &request, &options);
    let audit = audit.map_or_else(|error| vec![error.to_string()], |_| Vec::new());
    let table = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    let inventory = columnar::read(table, Source::new(SourceKind::Table, long()), chosen);
    let inventory = match inventory {
        Ok(inventory) => messages(&Ok(inventory)),
        Err(error) => vec![error.to_string()],
    };
    audit.into_iter().chain(inventory).collect()
}

fn texts(text: &str) -> ArrayRef {
    Arc::new(StringArray::from(vec![text]))
}

#[test]
fn of_arrow_columns() {
    let truth = || -> ArrayRef { Arc::new(BooleanArray::from(vec![true])) };
    let field = Arc::new(Field::new(long(), DataType::Boolean, true));
    let nested: ArrayRef = Arc::new(StructArray::from(vec![(field, truth())]));
    let chosen = [ChosenColumn::new(InventoryField::Vid, long())];
    let pid = || ("PID".to_owned(), texts("CP-7821-K9="));
    for (columns, chosen, prefix) in [
        (vec![pid(), (long(), truth())], &chosen[..], ""),
        (vec![pid(), ("VID".to_owned(), nested)], &[], ""),
        (vec![(long(), texts("CP-7821-K9="))], &[], ""),
        (vec![pid()], &chosen, ""),
        (vec![pid(), (format!("{}verdict", long()), texts(""))], &[], &*long()),
        (vec![pid(), (format!("{}\0", long()), texts(""))], &[], ""),
        (vec![("PID".to_owned(), texts(&long()))], &[], ""),
    ] {
        let told = told_of_audit(columns, chosen, prefix);
        assert!(!told.is_empty());
        assert!(told.iter().all(|message| is_short_and_harmless(message)), "{told:?}");
    }
}

#[test]
fn of_a_sheet_that_is_not_there() {
    let bytes = zip(&workbook());
    let mut options = ReadOptions::default();
    options.sheets = vec![long()];
    let told = messages(&read(&Document::new("phones.xlsx", &bytes), &options));
    assert!(told.iter().all(|message| is_short_and_harmless(message)), "{told:?}");
    assert!(told[0].contains('\u{17e}'), "{told:?}");
}

proptest! {
    #[test]
    fn of_workbooks(part in any::<Index>(), at in any::<Index>(), in_its_name in any::<bool>(), name in any::<bool>()) {
        let mut parts = workbook();
        let part = part.get_mut(&mut parts);
        if in_its_name {
            part.name = with_long(&part.name, at);
        } else {
            let text = String::from_utf8(part.bytes.clone()).expect("XML");
            *part = Part::new(&part.name, with_long(&text, at));
        }
        let (bytes, name) = (zip(&parts), if name { long() } else { "phones.xlsx".to_owned() });
        for message in messages(&read(&Document::new(&name, &bytes), &ReadOptions::default())) {
            prop_assert!(is_short_and_harmless(&message), "{}", message);
        }
    }

    /// What an audit of CSV tells, in its report and its broken rows.
    #[test]
    fn of_audits_of_csv(at in any::<Index>()) {
        let text = with_long("PID,VID,Note\nCP-7821-K9=,V03,\"a\nCP-7821-K9=\n# note\n,,\nCP-8841-K9=,V0", at);
        let request = Request::to(Destination::ThirdParty);
        let options = AuditOptions::default();
        let told = match columnar::audit_csv(text.clone().into_bytes(), RuleBook::guide(), &request, &options) {
            Err(error) => vec![error.to_string()],
            Ok(mut stream) => {
                let errors: Vec<_> = stream.by_ref().filter_map(|batch| Some(batch.err()?.to_string())).collect();
                let reading = stream.reading().expect("CSV").to_string();
                let broken = stream.broken_rows().iter().map(ToString::to_string);
                errors.into_iter().chain(reading.lines().map(str::to_owned)).chain(broken).collect()
            }
        };
        let of_text = csv::read(text.as_bytes()).map_or_else(|error| error.to_string(), |inventory| inventory.to_string());
        for message in told.iter().map(String::as_str).chain(of_text.lines()) {
            prop_assert!(is_short_and_harmless(message), "{}", message);
        }
    }
}
