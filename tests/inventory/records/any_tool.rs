//! Records of any tool: rows of a table, whose keys are the headers.

use crossgrade::inventory::{ChosenColumn, Document, Inventory, InventoryError, InventoryField, ReadOptions, read};

use super::{notes, read_any, seen};

#[test]
fn columns_and_kept_keys_are_those_of_tables() {
    let mut options = ReadOptions::default();
    options.columns = vec![ChosenColumn::new(InventoryField::Vid, "rev")];
    options.keep = "room,where=site".parse().unwrap();
    let text =
        r#"{"list": [{"model": "CP-8841", "rev": "V05", "room": 12, "site": {"name": "Oslo"}}, {"rev": "V07"}]}"#;
    let inventory = read(&Document::new("x", text), &options).unwrap();
    let rows = inventory.fleet().rows();
    assert_eq!(rows[0].phone().vid_evidence().known().map(|vid| vid.to_string()).as_deref(), Some("V05"));
    assert_eq!((rows[0].kept_in("room"), rows[0].kept_in("where")), (Some("12"), Some("{\"name\": \"Oslo\"}")));
    assert_eq!(rows.len(), 2);
    options.keep = "floor".parse().unwrap();
    assert!(matches!(read(&Document::new("x", text), &options), Err(InventoryError::NoSuchKept { .. })));
}

#[test]
fn what_stands_alone_beside_a_device_is_no_device() {
    const PHONE: &str = r#""mac": "00CCFC000001", "model": "CP-8841", "serial": "FCH20100312""#;
    for beside in [
        r#""neighbor": {"mac": "00CCFC000002", "model": "CP-7841", "port": "1/0/1"}"#,
        r#""pcPort": {"mac": "00CCFC000002"}"#,
        r#""network": {"lldp": {"neighbor": {"name": "SEP00CCFC000002", "model": "CP-7841"}}}"#,
        r#""speedDials": {"one": {"name": "SEP00CCFC000002", "number": "1001"}, "two": {"mac": "00CCFC000003"}}"#,
    ] {
        for record in [format!("{{{PHONE}, {beside}}}"), format!("{{{beside}, {PHONE}}}")] {
            for text in [format!("[{record}]"), record.clone(), format!("{{\"phones\": [{record}]}}")] {
                let seen = seen(&read_any(&text));
                let macs: Vec<_> = seen.iter().filter_map(|seen| seen.mac.as_deref()).collect();
                assert_eq!((seen.len(), macs), (1, vec!["00CCFC000001"]), "{text}");
                assert_eq!(seen[0].model.as_deref(), Some("8841"), "{text}");
            }
        }
    }
    // One that nobody can read but by its serial number has a port, too.
    let text = r#"[{"serial": "FCH20100312", "model": "x", "pcPort": {"mac": "00CCFC000002"}}]"#;
    assert_eq!(seen(&read_any(text)).iter().filter(|seen| seen.mac.is_none()).count(), 1);
    // In a list stand devices, and below a wrapper that is none.
    for text in [
        r#"[{"mac": "00CCFC000001", "stack": [{"mac": "00CCFC000002", "model": "CP-7841"}]}]"#,
        r#"{"name": "Oslo", "one": {"mac": "00CCFC000001"}, "two": {"mac": "00CCFC000002"}}"#,
    ] {
        assert_eq!(seen(&read_any(text)).len(), 2, "{text}");
    }
}

#[test]
fn a_soft_client_is_a_row_as_in_a_table() {
    let names = ["SEP00CCFC000001", "CSFANNA", "BOTBOB", "TCTCARL", "TABDORA", "UPCEVE"];
    let records = |between: &str| names.map(|name| format!("{{\"name\": \"{name}\"}}")).join(between);
    let table = read_any(&format!("name,model\n{}\n", names.map(|name| format!("{name},")).join("\n")));
    let phones = |inventory: &Inventory| -> Vec<_> {
        inventory.fleet().rows().iter().map(|row| row.phone().clone().into_owned()).collect()
    };
    for text in [format!("[{}]", records(",")), records("\n"), format!("{{\"phones\": [{}]}}", records(", "))] {
        let inventory = read_any(&text);
        assert_eq!(phones(&inventory), phones(&table), "{text}");
        assert_eq!((inventory.broken_rows().count(), notes(&inventory)), (0, String::new()), "{text}");
    }
    assert_eq!(seen(&read_any(r#"[{"name": "CSFANNA"}, {"name": "CSFBOB"}]"#)).len(), 2);
}
