//! Types and tables of any kind.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray, make_array};
use arrow_data::ArrayData;
use arrow_schema::{DataType, Field, Fields, IntervalUnit, Schema, TimeUnit, UnionFields, UnionMode};
use proptest::prelude::*;

fn field(name: &str, data_type: DataType) -> Arc<Field> {
    Arc::new(Field::new(name, data_type, true))
}

/// Any type of the interface, not too deep.
pub(super) fn data_type() -> impl Strategy<Value = DataType> {
    let leaves = vec![
        DataType::Null,
        DataType::Boolean,
        DataType::Int8,
        DataType::UInt16,
        DataType::Int32,
        DataType::Int64,
        DataType::Float16,
        DataType::Float64,
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Utf8View,
        DataType::Binary,
        DataType::LargeBinary,
        DataType::BinaryView,
        DataType::FixedSizeBinary(0),
        DataType::FixedSizeBinary(5),
        DataType::Decimal32(5, 2),
        DataType::Decimal128(20, -2),
        DataType::Decimal256(40, 2),
        DataType::Date32,
        DataType::Time64(TimeUnit::Nanosecond),
        DataType::Timestamp(TimeUnit::Second, Some("UTC".into())),
        DataType::Duration(TimeUnit::Microsecond),
        DataType::Interval(IntervalUnit::MonthDayNano),
        DataType::Interval(IntervalUnit::DayTime),
    ];
    let keys = prop::sample::select(vec![DataType::Int8, DataType::UInt8, DataType::Int16, DataType::UInt64]);
    let ends = prop::sample::select(vec![DataType::Int16, DataType::Int32, DataType::Int64]);
    prop::sample::select(leaves).prop_recursive(3, 12, 3, move |inner| {
        let (keys, ends) = (keys.clone(), ends.clone());
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            inner.clone().prop_map(|items| DataType::List(field("item", items))),
            inner.clone().prop_map(|items| DataType::LargeList(field("item", items))),
            inner.clone().prop_map(|items| DataType::ListView(field("item", items))),
            inner.clone().prop_map(|items| DataType::LargeListView(field("item", items))),
            (inner.clone(), 0..3).prop_map(|(items, size)| DataType::FixedSizeList(field("item", items), size)),
            (inner.clone(), any::<bool>()).prop_map(|(values, sorted)| {
                let fields = Fields::from(vec![field("key", DataType::Int32), field("value", values)]);
                DataType::Map(field("entries", DataType::Struct(fields)), sorted)
            }),
            several.clone().prop_map(|types| DataType::Struct(numbered(types).into())),
            (several, any::<bool>()).prop_map(|(types, dense)| {
                let ids: Vec<i8> = (0..types.len() as i8).map(|id| id * 3).collect();
                let fields = UnionFields::try_new(ids, numbered(types)).expect("type ids that differ");
                DataType::Union(fields, if dense { UnionMode::Dense } else { UnionMode::Sparse })
            }),
            (keys, inner.clone()).prop_map(|(keys, values)| DataType::Dictionary(keys.into(), values.into())),
            (ends, inner).prop_map(|(ends, values)| {
                let ends = Arc::new(Field::new("run_ends", ends, false));
                DataType::RunEndEncoded(ends, field("values", values))
            }),
        ]
    })
}

fn numbered(types: Vec<DataType>) -> Vec<Arc<Field>> {
    types.into_iter().enumerate().map(|(index, data_type)| field(&format!("f{index}"), data_type)).collect()
}

/// A table of texts and of any other columns, some rows of it cut off.
pub(super) fn table() -> impl Strategy<Value = RecordBatch> {
    let cells = prop::collection::vec(prop::option::of("[a-zA-Z0-9é-]{0,20}"), 0..20);
    (cells, prop::collection::vec(data_type(), 0..4), 0..4_usize).prop_map(|(cells, types, cut)| {
        let rows = cells.len();
        let mut columns: Vec<ArrayRef> = vec![Arc::new(StringArray::from(cells))];
        columns.extend(types.iter().map(|data_type| make_array(ArrayData::new_null(data_type, rows))));
        let fields = columns
            .iter()
            .enumerate()
            .map(|(index, column)| Field::new(format!("c{index}"), column.data_type().clone(), true));
        let schema = Schema::new(fields.collect::<Vec<_>>());
        let batch = RecordBatch::try_new(Arc::new(schema), columns).expect("columns of one length");
        batch.slice(cut.min(rows), rows - cut.min(rows))
    })
}
