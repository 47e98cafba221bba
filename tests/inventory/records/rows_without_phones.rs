//! Rows of tables and lists that are no phones, and rows that lack values.

use super::{notes, read_any, seen, try_read};
use crossgrade::inventory::InventoryError;

#[test]
fn rows_that_lack_values_take_no_more_than_they_say() {
    let names: Vec<_> = (0..4000).map(|number| format!("\"column {number}\"")).collect();
    let rows = ",[]".repeat(20_000);
    let text = format!(r#"[["model",{}],["CP-8841-K9="]{rows}]"#, names.join(","));
    let inventory = read_any(&text);
    assert_eq!(seen(&inventory).len(), 1);
    assert!(notes(&inventory).contains("and 19990 more: no cell says anything"), "{}", notes(&inventory));
    let names: Vec<_> = (0..5000).map(|number| format!("\"column {number}\"")).collect();
    let text = format!(r#"[["model",{}],["CP-8841-K9="]]"#, names.join(","));
    assert!(matches!(try_read(&text), Err(InventoryError::TooMuch { what: "columns", .. })));
    // A column whose first row lacks it is read.
    let text = r#"[["model", "mac"], ["CP-8841-K9="], [], ["CP-8851-K9=", "00CCFC123456"]]"#;
    let seen = seen(&read_any(text));
    assert_eq!((seen.len(), seen[1].mac.as_deref()), (2, Some("00CCFC123456")));
}

#[test]
fn lists_of_one_value_and_none_are_one_device() {
    let seen = seen(&read_any(r#"{"name": ["SEP00CCFC123456"], "model": ["8841"], "ip": []}"#));
    assert_eq!((seen.len(), seen[0].mac.as_deref()), (1, Some("00CCFC123456")));
    assert_eq!(seen[0].model.as_deref(), Some("8841"));
    assert!(try_read(r#"{"name": ["SEP00CCFC123456", "SEP00CCFC123457"], "model": ["8841"], "ip": []}"#).is_err());
}

#[test]
fn sums_and_counts_are_told_as_in_tables() {
    let text = r#"[{"name": "SEP00CCFC123456", "model": "CP-8841-K9="}, {"name": "Total phones", "model": "37"}]"#;
    let inventory = read_any(text);
    assert_eq!(inventory.broken_rows().count(), 1, "{}", notes(&inventory));
    assert_eq!(seen(&inventory)[1].mac, None);
    let counts = r#"[{"model": "Cisco 8841", "count": 37}, {"model": "Cisco 8851", "count": 12}]"#;
    assert!(matches!(try_read(counts), Err(InventoryError::OtherThing { .. })));
}

#[test]
fn phones_of_other_makers_run_no_firmware_of_cisco() {
    for key in ["product", "model"] {
        let text = format!(
            r#"{{"items": [{{"id": "Y2lzY29zcGFyazovL3Vz", "{key}": "DMS Poly VVX 250", "mac": "00CCFC123456",
                "connectionStatus": "connected"}}]}}"#
        );
        assert_eq!(seen(&read_any(&text))[0].firmware_type, None, "{text}");
    }
}
