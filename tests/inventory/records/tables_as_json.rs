//! Tables that are written as JSON: as many rows in, as many phones out.

use crossgrade::Phone;
use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, json};
use proptest::prelude::*;

use super::{notes, read_any, seen, try_read};

/// A phone, of which something may be missing.
type Row = (u32, Option<&'static str>, Option<&'static str>);

const COLUMNS: [&str; 3] = ["mac", "model", "hw_rev"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let models = prop::option::of(prop::sample::select(vec!["CP-8841", "Cisco 7841", "8865"]));
    let vids = prop::option::of(prop::sample::select(vec!["V01", "V05"]));
    prop::collection::vec((models, vids), 1..8)
        .prop_map(|rows| (1..).zip(rows).map(|(number, (model, vid))| (number, model, vid)).collect())
}

fn values(row: &Row) -> [String; 3] {
    let or_null = |text: Option<&str>| text.map_or("null".to_owned(), |text| format!("\"{text}\""));
    [format!("\"00CCFC{:06X}\"", row.0), or_null(row.1), or_null(row.2)]
}

/// What pandas and others write of one table, each with the names of its rows.
fn shapes(rows: &[Row], indented: bool) -> Vec<(&'static str, String)> {
    let joined = |parts: Vec<String>| parts.join(if indented { ",\n " } else { "," });
    let record = |row: &Row| {
        let members = COLUMNS.iter().zip(values(row)).map(|(column, value)| format!("\"{column}\": {value}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
    };
    let column = |at: usize| -> Vec<String> { rows.iter().map(|row| values(row)[at].clone()).collect() };
    let under = |names: &dyn Fn(usize) -> String, values: Vec<String>| {
        joined(values.into_iter().enumerate().map(|(at, value)| format!("\"{}\":{value}", names(at))).collect())
    };
    let number = |at: usize| at.to_string();
    let of_columns = |names: &dyn Fn(usize) -> String| {
        let columns =
            COLUMNS.iter().enumerate().map(|(at, name)| format!("\"{name}\":{{{}}}", under(names, column(at))));
        format!("{{{}}}", joined(columns.collect()))
    };
    let lists: Vec<String> = rows.iter().map(|row| format!("[{}]", values(row).join(","))).collect();
    let headers = "[\"mac\",\"model\",\"hw_rev\"]";
    let records: Vec<String> = rows.iter().map(record).collect();
    let schema = r#"{"fields":[{"name":"index","type":"integer"},{"name":"mac","type":"string"},{"name":"model","type":"string"}],"primaryKey":["index"],"pandas_version":"1.4.0"}"#;
    vec![
        ("records", format!("[{}]", joined(records.clone()))),
        ("lines", records.join("\n")),
        ("index", format!("{{{}}}", under(&number, records.clone()))),
        ("columns", of_columns(&number)),
        ("columns with names of rows", of_columns(&|at| format!("A-{at}"))),
        (
            "split",
            format!(
                "{{\"columns\":{headers},\"index\":[{}],\"data\":[{}]}}",
                (0..rows.len()).map(number).collect::<Vec<_>>().join(","),
                joined(lists.clone())
            ),
        ),
        (
            "rows of a database",
            format!(
                "{{\"result\":{{\"rows\":[{}],\"columns\":[{{\"name\":\"mac\"}},{{\"name\":\"model\"}},{{\"name\":\"hw_rev\"}}]}}}}",
                joined(lists.clone())
            ),
        ),
        ("table", format!("{{\"schema\":{schema},\"data\":[{}]}}", joined(records))),
        (
            "lists",
            format!(
                "{{{}}}",
                joined(
                    COLUMNS
                        .iter()
                        .enumerate()
                        .map(|(at, name)| format!("\"{name}\":[{}]", joined(column(at))))
                        .collect()
                )
            ),
        ),
        ("a sheet", format!("[{headers},{}]", joined(lists))),
    ]
}

fn phones(inventory: &Inventory) -> Vec<Phone<'static>> {
    inventory.fleet().rows().iter().map(|row| row.phone().clone()).collect()
}

proptest! {
    #[test]
    fn a_table_is_the_same_phones_in_every_shape(rows in rows(), indented in any::<bool>()) {
        let csv: String = rows
            .iter()
            .map(|row| format!("00CCFC{:06X},{},{}\n", row.0, row.1.unwrap_or_default(), row.2.unwrap_or_default()))
            .collect();
        let expected = phones(&read_any(&format!("mac,model,hw_rev\n{csv}")));
        for (shape, text) in shapes(&rows, indented) {
            let inventory = read_any(&text);
            prop_assert_eq!(seen(&inventory)[0].kind, SourceKind::Json, "{}: {}", shape, text);
            prop_assert_eq!(phones(&inventory), expected.clone(), "{}: {}", shape, text);
            prop_assert_eq!(inventory.broken_rows().count() + inventory.cuts().count(), 0, "{}: {}", shape, text);
            let called = json::read(&Document::new("x", &text)).expect(shape);
            prop_assert_eq!(phones(&called), expected.clone(), "{}", shape);
        }
    }

    /// Of a table without names nothing is guessed, and of one that is cut no row is whole.
    #[test]
    fn a_table_that_is_cut_is_no_other_table(rows in rows(), end in any::<prop::sample::Index>()) {
        for (shape, text) in shapes(&rows, false) {
            let cut = &text[..end.index(text.len())];
            let Ok(inventory) = try_read(cut) else { continue };
            let whole = phones(&read_any(&text));
            let is_last = |at: usize| at + 1 == inventory.fleet().rows().len();
            prop_assert!(inventory.fleet().rows().len() <= rows.len(), "{}: {}", shape, cut);
            for (at, (phone, expected)) in phones(&inventory).iter().zip(&whole).enumerate() {
                prop_assert!(phone == expected || is_last(at), "{}: {}", shape, cut);
            }
        }
    }
}

#[test]
fn names_of_rows_are_names_of_devices_where_they_are_such() {
    for text in [
        r#"{"model": {"SEP00CCFC000001": "CP-8841", "SEP00CCFC000002": "CP-7841"}, "vid": {"SEP00CCFC000001": "V05", "SEP00CCFC000002": null}}"#,
        r#"{"columns": ["model", "vid"], "index": ["SEP00CCFC000001", "SEP00CCFC000002"], "data": [["CP-8841", "V05"], ["CP-7841", null]]}"#,
        r#"{"SEP00CCFC000001": {"model": "CP-8841", "vid": "V05"}, "SEP00CCFC000002": {"model": "CP-7841", "vid": null}}"#,
    ] {
        let seen = seen(&read_any(text));
        let macs: Vec<_> = seen.iter().filter_map(|seen| seen.mac.as_deref()).collect();
        assert_eq!(macs, ["00CCFC000001", "00CCFC000002"], "{text}");
        assert_eq!(seen[1].model.as_deref(), Some("7841"), "{text}");
    }
}

#[test]
fn what_has_no_names_or_is_uneven_is_refused_with_the_cure() {
    for (text, said) in [
        (r#"[["00CCFC000001", "CP-8841"], ["00CCFC000002", "CP-7841"]]"#, "orient=\"values\""),
        (r#"{"mac": ["00CCFC000001", "00CCFC000002"], "model": ["CP-8841"]}"#, "the list of model has 1 values"),
        (r#"{"columns": ["mac", "model"], "data": [["00CCFC000001"]]}"#, "row 1 has 1 values and the table 2 columns"),
    ] {
        let error = try_read(text).expect_err(text).to_string();
        assert!(error.contains(said) && error.contains("df.to_json(orient=\"records\")"), "{error}");
    }
    assert_eq!(
        notes(&read_any(r#"{"columns": ["mac"], "index": [], "data": [[]]}"#.replace("[[]]", "[[null]]").as_str())),
        ""
    );
}

#[test]
fn parts_of_one_device_are_no_table() {
    for text in [
        r#"[{"name": "SEP00CCFC000001", "model": {"name": "CP-8841", "id": 1}, "product": {"name": "Cisco 8841", "id": 2}}]"#,
        r#"{"mac": "00CCFC000001", "model": {"value": "CP-8841"}, "vid": {"value": "V05"}}"#,
        r#"{"mac": {"value": "00CCFC000001", "type": "x"}, "model": {"value": "CP-8841", "type": "y"}}"#,
    ] {
        let seen = seen(&read_any(text));
        assert_eq!((seen.len(), seen[0].mac.as_deref()), (1, Some("00CCFC000001")), "{text}");
    }
}
