//! What a column may be made of.

use std::sync::Arc;

use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int64Array, LargeStringArray, NullArray, PrimitiveArray, RecordBatch,
    StringArray, StringViewArray, UInt16Array, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema};
use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions};
use crossgrade::inventory::{ChosenColumn, InventoryField};
use crossgrade::{Destination, Request, RuleBook};
use crossgrade_tests::arrow_tables::{RESULTS, texts};

const PIDS: [Option<&str>; 7] = [
    Some("CP-7821-K9="),
    None,
    Some(""),
    Some("PID VID: CP-8841-K9= V15"),
    Some("683"),
    Some("CP-7821-K9="),
    Some("8845"),
];

/// The read models, for a column of products beside VIDs that let some of them be decided.
fn models(pid: ArrayRef) -> Vec<Option<String>> {
    let batch = RecordBatch::try_from_iter_with_nullable([("PID", pid, true)]).unwrap();
    column(&batch, ResultColumn::ReadModel)
}

fn column(batch: &RecordBatch, column: ResultColumn) -> Vec<Option<String>> {
    let request = Request::to(Destination::ThirdParty);
    let options = AuditOptions::default().select([column]);
    let audit = columnar::audit(batch, RuleBook::guide(), &request, &options).unwrap();
    texts(&audit[column.as_str()])
}

fn dictionary<K: ArrowDictionaryKeyType>(values: ArrayRef, keys: [Option<K::Native>; 7]) -> ArrayRef {
    Arc::new(DictionaryArray::<K>::try_new(PrimitiveArray::from_iter(keys), values).unwrap())
}

#[test]
fn every_layout_of_text_is_read_alike() {
    let expected: Vec<_> = [Some("7821"), None, None, Some("8841"), Some("8841"), Some("7821"), Some("8845")]
        .map(|text| text.map(str::to_owned))
        .to_vec();
    let utf8: ArrayRef = Arc::new(StringArray::from_iter(PIDS));
    let large: ArrayRef = Arc::new(LargeStringArray::from_iter(PIDS));
    let view: ArrayRef = Arc::new(StringViewArray::from_iter(PIDS));
    let keys = [0, 1, 2, 3, 4, 5, 6];
    for values in [utf8, large, view] {
        assert_eq!(models(Arc::clone(&values)), expected, "{}", values.data_type());
        for column in [
            dictionary::<Int8Type>(Arc::clone(&values), keys.map(|key| Some(key as i8))),
            dictionary::<UInt8Type>(Arc::clone(&values), keys.map(|key| Some(key as u8))),
            dictionary::<UInt16Type>(Arc::clone(&values), keys.map(|key| Some(key as u16))),
            dictionary::<Int32Type>(Arc::clone(&values), keys.map(Some)),
            dictionary::<UInt32Type>(Arc::clone(&values), keys.map(|key| Some(key as u32))),
            dictionary::<Int64Type>(Arc::clone(&values), keys.map(|key| Some(i64::from(key)))),
        ] {
            assert_eq!(models(Arc::clone(&column)), expected, "{}", column.data_type());
            // A slice begins in the middle of its buffers.
            assert_eq!(models(column.slice(2, 4)), expected[2..6], "{}", column.data_type());
        }
    }
    let null_key = dictionary::<Int8Type>(
        Arc::new(StringArray::from_iter(PIDS)),
        [Some(0), None, None, Some(3), Some(4), Some(5), Some(6)],
    );
    assert_eq!(models(null_key), expected, "a null key is as good as a null value");
    assert_eq!(models(Arc::new(NullArray::new(2))), [None, None]);
}

#[test]
fn type_codes_may_be_integers() {
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(models(Arc::new(UInt16Array::from(vec![Some(683), None, Some(17)]))), [text("8841"), None, None]);
    assert_eq!(models(Arc::new(Int64Array::from(vec![683, -683]))), [text("8841"), None]);
}

#[test]
fn a_number_is_a_mac_only_where_it_can_be_nothing_else() {
    let macs = |numbers: ArrayRef| {
        let batch = RecordBatch::try_from_iter_with_nullable([("MAC", numbers, true)]).unwrap();
        (column(&batch, ResultColumn::ReadMac), column(&batch, ResultColumn::Findings))
    };
    let (read, findings) = macs(Arc::new(UInt64Array::from(vec![
        Some(0x2C_01_B5_11_22_33),
        // The bits of 00CCFC123456, or the digits of 880400676950.
        Some(0x00_CC_FC_12_34_56),
        // The digits 001122334455 without their zeros.
        Some(1_122_334_455),
        None,
        // Multicast, and more than 48 bits.
        Some(0x01_00_5E_00_00_01_u64 << 8),
        Some(u64::MAX),
    ])));
    assert_eq!(read, [Some("2C01B5112233".to_owned()), None, None, None, None, None]);
    let says = |row: usize, code: &str| findings[row].as_deref().is_some_and(|codes| codes.contains(code));
    assert!(says(1, "CG112") && says(2, "CG112") && says(4, "CG112") && says(5, "CG112"), "{findings:?}");
    assert!(says(3, "CG111"), "a null is a missing address");
    assert_eq!(macs(Arc::new(Int64Array::from(vec![-1, 0]))).0, [None, None]);
}

#[test]
fn the_columns_of_the_table_come_out_as_they_are_with_results_behind_them() {
    let pid: ArrayRef = Arc::new(StringViewArray::from_iter(PIDS));
    let site: ArrayRef = Arc::new(Int64Array::from_iter_values(0..7));
    let batch = RecordBatch::try_from_iter([("Part", pid), ("verdict", site)]).unwrap();
    let request = RuleBook::guide().request(Destination::UnifiedCm, Some("14.2(1)SR1")).unwrap();
    let options = AuditOptions::default()
        .columns([ChosenColumn::new(InventoryField::Pid, "Part")])
        .select([ResultColumn::LicenseSku, ResultColumn::Verdict])
        .prefix("cg_");
    let audit = columnar::audit(&batch, RuleBook::guide(), &request, &options).unwrap();
    let names: Vec<_> = audit.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["Part", "verdict", "cg_license_sku", "cg_verdict"]);
    assert_eq!(&audit.columns()[..2], batch.columns());
    let schema = audit.schema();
    let metadata = |key: &str| schema.metadata().get(&format!("crossgrade.{key}")).map(String::as_str);
    assert_eq!(metadata("destination"), Some("unified-cm"));
    assert_eq!(metadata("target"), Some("14.2(1)SR1"));
    assert_eq!(metadata("rulebook.edition"), Some("guide"));
    assert_eq!(metadata("rulebook.digest"), Some(RuleBook::guide().digest()));
}

#[test]
fn an_empty_table_has_an_empty_audit() {
    let pid: ArrayRef = Arc::new(StringArray::from_iter_values([""; 0]));
    let batch = RecordBatch::try_from_iter([("PID", pid)]).unwrap();
    let request = Request::to(Destination::ThirdParty);
    let audit = columnar::audit(&batch, RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    assert_eq!((audit.num_rows(), audit.num_columns()), (0, 1 + RESULTS));
}

/// What a reader requests of result columns is heard, and the columns that came in stay as they are.
#[test]
fn result_columns_are_laid_out_again_and_no_others() {
    let pid: ArrayRef = Arc::new(StringArray::from_iter(PIDS));
    let mac: ArrayRef = Arc::new(StringArray::from_iter(PIDS.map(|_| Some("00CCFC123456"))));
    let batch = RecordBatch::try_from_iter_with_nullable([("PID", pid, true), ("MAC", mac, true)]).unwrap();
    let request = Request::to(Destination::ThirdParty);
    let audit = columnar::audit(&batch, RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    for wanted in [DataType::Utf8, DataType::LargeUtf8, DataType::Utf8View] {
        let field = |field: &Arc<Field>| field.as_ref().clone().with_data_type(wanted.clone());
        let schema = Schema::new(audit.schema().fields().iter().map(field).collect::<Vec<_>>());
        let relaid = columnar::with_layout_of(&audit, 2, &schema).unwrap();
        assert_eq!(relaid.columns()[..2], audit.columns()[..2]);
        for (before, after) in audit.columns()[2..].iter().zip(&relaid.columns()[2..]) {
            assert_eq!(after.data_type(), &wanted);
            assert_eq!(texts(&**after), texts(&**before));
        }
    }
    assert_eq!(columnar::with_layout_of(&audit, 2, &audit.schema()).unwrap(), audit, "nothing requested, nothing done");
}
