//! Schemas: good ones come back as they were, others are refused, and none takes long.

use std::ptr;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, Field, Schema};
use proptest::prelude::*;

use super::generate::data_type;
use super::parts::SchemaPart;
use crate::limits::{DEPTH, NODES};

fn table(format: &str) -> SchemaPart {
    SchemaPart::new("+s", "", vec![SchemaPart::new(format, "PID", Vec::new())])
}

#[track_caller]
fn refused(mut part: SchemaPart, expected: &str) {
    assert_eq!(part.read().map(|_| ()), Err(format!("the schema is malformed: {expected}")));
}

fn changed(change: impl FnOnce(&mut SchemaPart)) -> SchemaPart {
    let mut part = table("u");
    change(&mut part.children[0]);
    part
}

#[test]
fn members_that_cannot_be_are_refused() {
    let column = "column \"PID\":";
    refused(
        changed(|part| part.raw.format = ptr::null()),
        &format!("{column} it has no format; expected one, such as \"u\""),
    );
    refused(changed(|part| part.raw.release = None), "column at index 0: it was released before");
    refused(
        changed(|part| part.raw.name = part.text(*b"PID\xff")),
        "column at index 0: its name is not UTF-8 from byte 4 on; expected UTF-8",
    );
    refused(
        changed(|part| part.raw.name = part.text(vec![b'x'; 65_537])),
        "column at index 0: its name has more than 65536 bytes; expected at most 65536",
    );
    refused(
        table("w:-1"),
        &format!("{column} its format is \"w:-1\"; expected a number from 0 to 2147483647 behind the colon"),
    );
    for (format, found) in [("u", -1), ("u", 1), ("u", 1 << 40), ("+l", 0), ("+l", 2), ("+r", 1), ("+ud:0,1", 3)] {
        let mut part = table(format);
        part.children[0].raw.n_children = found;
        let expected = match format {
            "u" => 0,
            "+l" => 1,
            _ => 2,
        };
        let what = format!("its format \"{format}\" comes with {found} children; expected {expected}");
        refused(part, &format!("{column} {what}"));
    }
    let mut part = table("u");
    part.raw.n_children = 1 << 40;
    refused(part, &format!("it has more than {NODES} columns and types within them; expected at most that"));
    let mut part = table("u");
    part.pointers[0] = ptr::null();
    refused(part, "column at index 0: the pointer to it is NULL");
    let mut part = table("u");
    part.raw.children = ptr::null();
    refused(part, "column at index 0: the pointers to it and its siblings are NULL");
    assert!(table("u").read().is_ok());
    let single = SchemaPart::new("l", "n", Vec::new()).read();
    let expected = "found a single column of type Int64; expected a table, which is a struct of its columns";
    assert_eq!(single, Err(expected.to_owned()));
}

#[test]
fn types_must_fit_together() {
    let column = "column \"PID\":";
    let nested = |format: &str, children: Vec<SchemaPart>| {
        SchemaPart::new("+s", "", vec![SchemaPart::new(format, "PID", children)])
    };
    let leaf = |format: &str| SchemaPart::new(format, "x", Vec::new());
    let map = format!("{column} a map of Int32; expected a struct of key and value");
    refused(nested("+m", vec![leaf("i")]), &map);
    let runs = format!("{column} ends of runs of type Utf8; expected Int16, Int32 or Int64");
    refused(nested("+r", vec![leaf("u"), leaf("u")]), &runs);
    let values = leaf("u");
    let mut part = table("u");
    part.children[0].raw.dictionary = &raw const *values.raw;
    refused(part, &format!("{column} a dictionary with keys of format \"u\"; expected integers"));
    let inner = nested("+l", vec![SchemaPart::new("what", "item", Vec::new())]);
    let unknown = "its format \"what\" is none of the Arrow C data interface";
    refused(inner, &format!("column \"PID\", field \"item\": {unknown}"));
}

#[test]
fn metadata_is_read_and_its_counts_are_checked() {
    let with = |bytes: &[u8]| {
        let mut part = changed(|part| part.raw.metadata = bytes.as_ptr().cast());
        part.read().map(|schema| schema.field(0).metadata().get("a").map(|value| value.to_string()))
    };
    let numbers = |numbers: &[i32]| numbers.iter().flat_map(|number| number.to_ne_bytes()).collect::<Vec<_>>();
    let good = [&numbers(&[1, 1])[..], b"a", &numbers(&[3]), b"one"].concat();
    assert_eq!(with(&good), Ok(Some("one".to_owned())));
    for bad in [&[-1][..], &[i32::MIN], &[4097], &[1, -1], &[1, 65_537], &[1, 0, -1], &[1, 0, i32::MAX]] {
        let message = with(&numbers(bad)).expect_err("it is refused");
        assert!(message.starts_with("the schema is malformed: ") && message.contains("metadata"), "{message}");
    }
}

/// Whoever walks them without a limit takes longer than the world lasts, or runs out of stack.
#[test]
fn shared_and_cyclic_children_are_counted() {
    let too_many = format!("it has more than {NODES} columns and types within them; expected at most that");
    let mut parts = vec![SchemaPart::new("u", "leaf", Vec::new())];
    for _ in 0..40 {
        let mut part = SchemaPart::new("+s", "", Vec::new());
        let below = &raw const *parts[parts.len() - 1].raw;
        part.pointers = vec![below; 2];
        part.raw.children = part.pointers.as_ptr();
        part.raw.n_children = 2;
        parts.push(part);
    }
    let message = parts[40].read().expect_err("it is refused");
    assert!(message.ends_with(&too_many), "{message}");

    let mut cycle = SchemaPart::new("+s", "", vec![SchemaPart::new("+s", "", Vec::new())]);
    let below = &raw const *cycle.children[0].raw;
    cycle.children[0].pointers = vec![below];
    cycle.children[0].raw.children = cycle.children[0].pointers.as_ptr();
    cycle.children[0].raw.n_children = 1;
    let message = cycle.read().expect_err("it is refused");
    assert!(message.ends_with(&format!("types within types, more than {DEPTH} deep")), "{message}");
}

/// Many columns may share one long name; what is read of them all together is limited.
#[test]
fn shared_texts_are_counted() {
    let mut column = SchemaPart::new("u", "", Vec::new());
    column.raw.name = column.text(vec![b'x'; 65_536]);
    let mut table = SchemaPart::new("+s", "", Vec::new());
    table.pointers = vec![&raw const *column.raw; 4096];
    table.raw.children = table.pointers.as_ptr();
    table.raw.n_children = 4096;
    let message = table.read().expect_err("it is refused");
    assert!(message.contains("have more than 16777216 bytes") && message.len() < 400, "{message}");
}

#[test]
fn every_column_of_a_wide_table_is_read() {
    let columns = (0..NODES - 1).map(|_| SchemaPart::new("u", "x", Vec::new())).collect();
    assert_eq!(SchemaPart::new("+s", "", columns).read().map(|schema| schema.fields().len()), Ok(NODES - 1));
}

fn formats() -> impl Strategy<Value = String> {
    let known = "n b c u U vu vz w:3 w:-1 w:99999999999 +w:2 +w:-1 d:1,2 d:999,1 tss: tsu:x +l +L +vl +vL +s +m +r +ud:0 +us:0,1 +ud:";
    prop_oneof![prop::sample::select(known.split(' ').map(str::to_owned).collect::<Vec<_>>()), "[+a-z:0-9,-]{0,6}"]
}

proptest! {
    #[test]
    fn good_schemas_come_back(data_type in data_type(), name in "[^\0]{0,20}", nullable: bool) {
        let schema = Schema::new(vec![Field::new(name, data_type, nullable)]);
        let exported = FFI_ArrowSchema::try_from(&schema).expect("it can be named in C");
        let found = crate::schema(&exported);
        prop_assert_eq!(found.as_deref(), Ok(&schema));
    }

    #[test]
    fn changed_schemas_are_read_or_refused(
        types in prop::collection::vec(data_type(), 0..4),
        changes in prop::collection::vec((prop::collection::vec(0..4_usize, 0..5), 0..6_usize, formats()), 1..4),
        number in prop_oneof![Just(-1_i64), Just(0), Just(i64::MIN), Just(i64::MAX), Just(1_i64 << 40)],
    ) {
        let fields = types.into_iter().map(|data_type| Field::new("x", data_type, true)).collect::<Vec<_>>();
        let exported = FFI_ArrowSchema::try_from(&DataType::Struct(fields.into())).expect("it can be named in C");
        let mut part = SchemaPart::of(&exported);
        for (path, what, format) in changes {
            let part = part.at(&path);
            match what {
                0 | 1 => part.set_format(&format),
                // No format of a number of children that is not there: structs take any.
                2 if number <= 0 || number >= 1 << 40 => part.raw.n_children = number,
                3 => part.raw.children = ptr::null(),
                4 => part.raw.release = None,
                _ => part.raw.dictionary = &raw const *part.raw,
            }
        }
        if let Ok(schema) = part.read() {
            prop_assert!(DataType::Struct(schema.fields().clone()).to_string().len() > 1);
        }
    }
}
