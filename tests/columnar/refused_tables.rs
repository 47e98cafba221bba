//! Tables that are refused, and how that is said.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch, RecordBatchIterator,
    StringArray,
};
use arrow_schema::ArrowError;
use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::inventory::{ChosenColumn, InventoryField};
use crossgrade::{Destination, Request, RuleBook};

fn refused(columns: Vec<(&str, ArrayRef)>, options: &AuditOptions) -> String {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let request = Request::to(Destination::ThirdParty);
    columnar::audit(&batch, RuleBook::guide(), &request, options).unwrap_err().to_string()
}

fn text(text: &str) -> ArrayRef {
    Arc::new(StringArray::from(vec![text]))
}

#[test]
fn a_column_of_another_type_is_named_with_its_type_and_what_is_accepted() {
    let number: ArrayRef = Arc::new(Int64Array::from(vec![5]));
    assert_eq!(
        refused(vec![("PID", text("x")), ("VID", Arc::clone(&number))], &AuditOptions::default()),
        "audit: column \"VID\", read as the vid, is of type Int64; expected text (Utf8, LargeUtf8, Utf8View or a \
         dictionary of those), or nothing but nulls"
    );
    let codes: ArrayRef = Arc::new(Float64Array::from(vec![683.0]));
    assert_eq!(
        refused(vec![("Model", codes)], &AuditOptions::default()),
        "audit: column \"Model\", read as the pid, is of type Float64; expected text (Utf8, LargeUtf8, Utf8View or a \
         dictionary of those), integers, or nothing but nulls"
    );
    // Readers that guess types make this of a column without values.
    let empty: ArrayRef = Arc::new(Float64Array::from(vec![None]));
    let batch = RecordBatch::try_from_iter([("PID", text("x")), ("Firmware", empty)]).unwrap();
    let request = Request::to(Destination::ThirdParty);
    assert!(columnar::audit(&batch, RuleBook::guide(), &request, &AuditOptions::default()).is_ok());
    let truth: ArrayRef = Arc::new(BooleanArray::from(vec![true]));
    assert!(refused(vec![("MAC", truth)], &AuditOptions::default()).contains("is of type Boolean"));
    let keys = Int32Array::from(vec![0]);
    let numbers: ArrayRef = Arc::new(DictionaryArray::try_new(keys, number).unwrap());
    assert!(refused(vec![("PID", numbers)], &AuditOptions::default()).contains("is of type Dictionary(Int32, Int64)"));
}

/// Somebody else's column of that name need not be renamed.
#[test]
fn a_field_can_be_left_out() {
    let version: ArrayRef = Arc::new(Int64Array::from(vec![5]));
    let columns = vec![("PID", text("CP-7821-K9=")), ("Software Version", version)];
    assert!(refused(columns.clone(), &AuditOptions::default()).contains("read as the firmware, is of type Int64"));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let options = AuditOptions::default().columns([ChosenColumn::none(InventoryField::Firmware)]);
    assert!(columnar::audit(&batch, RuleBook::guide(), &Request::to(Destination::ThirdParty), &options).is_ok());
    // Below an everyday word, what is no text is none of the field.
    let version: ArrayRef = Arc::new(Int64Array::from(vec![5]));
    let batch = RecordBatch::try_from_iter(vec![("PID", text("CP-7821-K9=")), ("Version", version)]).unwrap();
    let (request, options) = (Request::to(Destination::ThirdParty), AuditOptions::default());
    assert!(columnar::audit(&batch, RuleBook::guide(), &request, &options).is_ok());
}

#[test]
fn names_that_cannot_be_meant_are_refused() {
    let options = AuditOptions::default();
    assert_eq!(
        refused(vec![("PID", text("x")), ("verdict", text("y"))], &options),
        "audit: there is a column \"verdict\" already; expected a prefix that makes result columns differ"
    );
    assert_eq!(
        refused(vec![("PID", text("x")), ("product_id", text("y"))], &options),
        "inventory: columns \"PID\" and \"product_id\" could both be the pid; rename or remove one, or name the one that counts: \
         --columns pid=HEADER on a command line, columns={\"pid\": HEADER} in Python, \"pid=HEADER\" in columns in C, \
         ChosenColumn::new in Rust"
    );
    assert!(refused(vec![("Site", text("x"))], &options).starts_with("inventory: no column of [\"Site\"] is one"));
    let options = AuditOptions::default().columns([ChosenColumn::new(InventoryField::Vid, "HW")]);
    assert_eq!(
        refused(vec![("PID", text("x"))], &options),
        "inventory: there is no column \"HW\" to read the vid from; expected one of [\"PID\"]"
    );
}

#[test]
fn a_result_column_is_selected_once() {
    let options = AuditOptions::default().select([ResultColumn::Verdict, ResultColumn::Verdict]);
    assert_eq!(
        refused(vec![("PID", text("x"))], &options),
        "audit: the result column verdict is selected twice; expected each once"
    );
}

/// A reader that breaks its promise is told so, and nothing of the batch is decided.
#[test]
fn a_batch_with_other_columns_than_its_reader_promised_is_refused() {
    let promised = RecordBatch::try_from_iter([("Site", text("x")), ("PID", text("x"))]).unwrap();
    let number: ArrayRef = Arc::new(Int64Array::from(vec![5]));
    for columns in [vec![("PID", text("x"))], vec![("Site", text("x")), ("PID", number)]] {
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let reader = RecordBatchIterator::new([Ok(batch)], promised.schema());
        let request = Request::to(Destination::ThirdParty);
        let mut stream = columnar::audit_stream(reader, RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
        let error = stream.next_batch().unwrap().unwrap_err().to_string();
        assert!(error.starts_with("audit: Schema error: found a batch with columns of types ["), "{error}");
        assert_eq!(stream.summary().verdicts().total(), 0);
    }
}

#[test]
fn what_the_reader_says_is_passed_on_and_ends_the_stream() {
    let batch = RecordBatch::try_from_iter([("PID", text("CP-7821-K9="))]).unwrap();
    let error = Err(ArrowError::ComputeError("the disk is gone".to_owned()));
    let reader = RecordBatchIterator::new([Ok(batch.clone()), error, Ok(batch.clone())], batch.schema());
    let request = Request::to(Destination::ThirdParty);
    let stream = columnar::audit_stream(reader, RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    let told: Vec<_> =
        stream.map(|batch| batch.map(|batch| batch.num_rows()).map_err(|error| error.to_string())).collect();
    assert_eq!(told, [Ok(1), Err("Compute error: the disk is gone".to_owned())]);
}
