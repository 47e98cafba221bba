//! Batches: good ones come back as they were, others are refused, and each is released once.

use std::ptr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Int32Array, ListArray, RecordBatch, RunArray, StringArray, StringViewArray, StructArray};
use arrow_data::ArrayData;
use proptest::prelude::*;

use super::generate::table;
use super::parts::ArrayPart;
use crate::limits::{MOST, VIEW_BUFFERS};

fn exported(batch: &RecordBatch) -> FFI_ArrowArray {
    FFI_ArrowArray::new(&ArrayData::from(StructArray::from(batch.clone())))
}

/// Reads a copy of the batch after it was changed.
fn read(batch: &RecordBatch, change: impl FnOnce(&mut ArrayPart)) -> Result<RecordBatch, String> {
    let original = exported(batch);
    let mut part = ArrayPart::of(&original);
    change(&mut part);
    let releases = usize::from(!part.raw.is_released());
    let (array, released) = part.hand_over();
    // SAFETY: no change of these tests makes a buffer longer than it is.
    let found = unsafe { crate::batch(array, &batch.schema()) }.map_err(|error| error.to_string());
    if let Ok(found) = &found {
        // Everything that is done with columns that pass through.
        let rows = found.num_rows();
        let again = exported(&found.slice(rows / 2, rows - rows / 2));
        // SAFETY: arrow exported it with this schema.
        unsafe { crate::batch(again, &found.schema()) }.expect("what came in goes out");
    }
    // Buffers of the copy must not outlive it.
    let found = found.map(drop);
    assert_eq!(released.load(Ordering::Relaxed), releases, "released once");
    found.map(|()| batch.clone())
}

fn of_columns<const N: usize>(columns: [ArrayRef; N]) -> RecordBatch {
    let named = columns.into_iter().enumerate().map(|(index, column)| (format!("c{index}"), column));
    RecordBatch::try_from_iter_with_nullable(named.map(|(name, column)| (name, column, true))).expect("a table")
}

#[track_caller]
fn refused(column: &ArrayRef, change: impl FnOnce(&mut ArrayPart), expected: &str) {
    let found = read(&of_columns([column.clone()]), |part| change(&mut part.children[0])).map(|_| ());
    assert_eq!(found, Err(format!("the table is malformed: {expected}")));
}

#[test]
fn counts_that_no_array_has_are_refused() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("8841"), None, Some("8851")]));
    let column = "column \"c0\":";
    let range = format!("expected both from 0, and together at most {MOST}");
    refused(
        &texts,
        |part| part.raw.length = -1,
        &format!("{column} -1 rows; expected at least 3, as its parent needs"),
    );
    refused(&texts, |part| part.raw.length = 2, &format!("{column} 2 rows; expected at least 3, as its parent needs"));
    let long = format!("{column} a length of 4611686018427387904 behind an offset of 0; {range}");
    refused(&texts, |part| part.raw.length = 1 << 62, &long);
    let far = format!("{column} a length of 3 behind an offset of {}; {range}", i64::MAX);
    refused(&texts, |part| part.raw.offset = i64::MAX, &far);
    refused(&texts, |part| part.raw.null_count = 4, &format!("{column} 4 nulls in 3 rows; expected -1 to 3"));
    let nulls = "a null count of 0, but 1 rows are null; expected 1 or -1";
    refused(&texts, |part| part.raw.null_count = 0, &format!("{column} {nulls}"));
    for found in [-1, 0, 2, 4, 1 << 40] {
        refused(&texts, |part| part.raw.n_buffers = found, &format!("{column} {found} buffers; expected 3"));
    }
    for found in [-1, 1, 1 << 40] {
        refused(&texts, |part| part.raw.n_children = found, &format!("{column} {found} children; expected 0"));
    }
    let table = of_columns([texts]);
    let found = read(&table, |part| part.raw.n_children = 1 << 40);
    assert_eq!(found, Err(format!("the table is malformed: {} children; expected 1", 1_i64 << 40)));
}

#[test]
fn pointers_that_lead_nowhere_are_refused() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("8841"), None, Some("8851")]));
    let column = "column \"c0\":";
    let table = of_columns([texts.clone()]);
    let malformed = |what: &str| Err(format!("the table is malformed: {what}"));
    let null = read(&table, |part| part.set_child(0, ptr::null()));
    assert_eq!(null, malformed("column \"c0\": the pointer to it is NULL"));
    let none = read(&table, |part| part.raw.children = ptr::null());
    assert_eq!(none, malformed("column \"c0\": the pointers to it and its siblings are NULL"));
    refused(&texts, |part| part.raw.release = None, &format!("{column} it was released before"));
    refused(&texts, |part| part.raw.buffers = ptr::null(), &format!("{column} the pointer to its buffers is NULL"));
    let offsets = "the pointer to its offsets is NULL; expected a buffer of 16 bytes";
    refused(&texts, |part| part.buffers[1] = ptr::null(), &format!("{column} {offsets}"));
    let data = "the pointer to its data is NULL; expected a buffer of 8 bytes";
    refused(&texts, |part| part.buffers[2] = ptr::null(), &format!("{column} {data}"));
    let validity = "1 nulls, but no buffer that says which; expected one, or no nulls";
    refused(&texts, |part| part.buffers[0] = ptr::null(), &format!("{column} {validity}"));
    let odd = "its offsets are not aligned; expected an address divisible by 4";
    refused(&texts, |part| part.buffers[1] = part.buffers[1].wrapping_byte_add(1), &format!("{column} {odd}"));
    refused(
        &texts,
        |part| part.raw.dictionary = &raw const *part.raw,
        &format!("{column} a dictionary; expected none, as in the schema"),
    );
}

#[test]
fn views_have_their_lengths() {
    let texts: ArrayRef = Arc::new(StringViewArray::from(vec!["CP-8841-K9= with more than twelve bytes"; 3]));
    let column = "column \"c0\":";
    let most = VIEW_BUFFERS + 3;
    for found in [2, 1 << 40, -1] {
        refused(&texts, |part| part.raw.n_buffers = found, &format!("{column} {found} buffers; expected 3 to {most}"));
    }
    let null = "the pointer to its lengths of data buffers is NULL; expected a buffer of 8 bytes";
    refused(&texts, |part| part.buffers[3] = ptr::null(), &format!("{column} {null}"));
    let lengths = [-1_i64];
    let negative = format!("{column} a data buffer of -1 bytes; expected 0 to {MOST}");
    refused(&texts, |part| part.buffers[3] = lengths.as_ptr().cast(), &negative);
}

#[test]
fn offsets_of_lists_and_ends_of_runs_stay_within() {
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1), Some(2)]), Some(vec![Some(3)])]);
    let lists: ArrayRef = Arc::new(lists);
    let column = "column \"c0\":";
    for offsets in [[0, 2, 4], [-1, 2, 3], [3, 2, 1], [0, 0, -1]] {
        let (first, last) = (offsets[0], offsets[2]);
        let expected = format!("{column} offsets from {first} to {last} into 3 items; expected them within");
        refused(&lists, |part| part.buffers[1] = offsets.as_ptr().cast(), &expected);
    }
    let runs = RunArray::try_new(&Int32Array::from(vec![2, 5]), &StringArray::from(vec!["a", "b"])).expect("runs");
    let runs: ArrayRef = Arc::new(runs);
    let ends = |ends: [i32; 2], expected: &str| {
        refused(&runs, |part| part.children[0].buffers[1] = ends.as_ptr().cast(), &format!("{column} {expected}"));
    };
    ends([2, 4], "runs that end at row 4 of 5; expected them to reach the end");
    ends([5, 5], "a run that ends at 5 behind one at 5; expected ends that rise");
    ends([-2, 5], "a run that ends at -2 behind one at 0; expected ends that rise");
}

#[test]
fn buffers_of_empty_arrays_may_be_missing() {
    let empty = of_columns([
        Arc::new(StringArray::from(Vec::<&str>::new())),
        Arc::new(StringViewArray::from(Vec::<&str>::new())),
    ]);
    let missing = |part: &mut ArrayPart| {
        part.buffers[0] = ptr::null();
        part.children.iter_mut().for_each(|child| child.buffers.fill(ptr::null()));
    };
    assert_eq!(read(&empty, missing), Ok(empty.clone()));
    let lists: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![]), Some(vec![])]));
    let table = of_columns([lists]);
    let missing = |part: &mut ArrayPart| part.at(&[0, 0]).buffers.fill(ptr::null());
    assert_eq!(read(&table, missing), Ok(table.clone()));
}

#[test]
fn polars_gives_a_column_of_nulls_a_buffer() {
    let table = of_columns([Arc::new(arrow_array::NullArray::new(3)) as ArrayRef]);
    let buffer = |part: &mut ArrayPart| {
        part.children[0].buffers = vec![ptr::null()];
        part.children[0].raw.buffers = part.children[0].buffers.as_ptr();
        part.children[0].raw.n_buffers = 1;
    };
    assert_eq!(read(&table, buffer), Ok(table.clone()));
}

/// What a member may be changed to so that no buffer gets longer than it is.
fn tamper(part: &mut ArrayPart, what: usize, number: i64) {
    let raw = &mut part.raw;
    let is_hostile = !(0..=MOST).contains(&number);
    match what {
        0 if is_hostile || (raw.length <= MOST && number < raw.length) => raw.length = number,
        1 if is_hostile => raw.offset = number,
        2 => raw.null_count = number,
        3 if is_hostile || (raw.n_buffers <= MOST && number < raw.n_buffers) => raw.n_buffers = number,
        4 => raw.n_children = number,
        5 => raw.buffers = ptr::null(),
        6 => raw.children = ptr::null(),
        7 => raw.dictionary = ptr::null(),
        8 => raw.release = None,
        9 if !part.buffers.is_empty() => {
            let index = number.unsigned_abs() as usize % part.buffers.len();
            part.buffers[index] = ptr::null();
        }
        10 if !part.children.is_empty() => {
            let index = number.unsigned_abs() as usize % part.children.len();
            part.set_child(index, ptr::null());
        }
        // Not of a dictionary: its values would be read as another type than theirs.
        11 if part.dictionary.is_none() => raw.dictionary = &raw const **raw,
        _ => {}
    }
}

proptest! {
    #[test]
    fn good_tables_come_back(batch in table()) {
        let array = exported(&batch);
        // SAFETY: arrow exported it with this schema.
        let found = unsafe { crate::batch(array, &batch.schema()) };
        prop_assert_eq!(found.as_ref(), Ok(&batch));
    }

    #[test]
    fn changed_tables_are_read_or_refused(
        batch in table(),
        changes in prop::collection::vec(
            (
                prop::collection::vec(0..4_usize, 0..5),
                0..12_usize,
                prop_oneof![-3_i64..5, Just(i64::MIN), Just(i64::MAX), Just(1_i64 << 40), Just(MOST), any::<i64>()],
            ),
            1..4,
        ),
    ) {
        let _ = read(&batch, |part| {
            for (path, what, number) in changes {
                tamper(part.at(&path), what, number);
            }
        });
    }
}
