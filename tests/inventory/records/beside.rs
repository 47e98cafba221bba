//! What a record says beside what records of its kind have.

use crossgrade::FirmwareType;
use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{ChosenColumn, Document, Inventory, InventoryField, ReadOptions, read};
use proptest::prelude::*;

use super::{notes, read_any, seen, try_read};

/// Records of each kind, without their end.
const RECORDS: [(SourceKind, &str); 4] = [
    (SourceKind::Risport, r#""Model": 683, "Status": "Registered", "ActiveLoadID": "sip88xx.14-0-1-0101-29""#),
    (SourceKind::Axl, r#""model": "Cisco 8841", "pkid": "x", "name": "SEP00CCFC000001""#),
    (SourceKind::Webex, r#""product": "Cisco 8841", "workspaceId": "x""#),
    (SourceKind::Json, r#""model": "Cisco 8841""#),
];

/// Spellings of the keys of a field, and a value.
const FIELDS: [(InventoryField, &[&str], &str); 3] = [
    (InventoryField::Vid, &["vid", "VID", "hw_version", "hw_ver", "device.vid", "hw_vid"], "V05"),
    (InventoryField::Serial, &["serial_number", "Serial No", "serialNumber", "phone.serial_number"], "FCH20100312"),
    (InventoryField::Mac, &["mac", "macAddress", "MAC Address", "device_mac"], "00CCFC000001"),
];

fn said(inventory: &Inventory, field: InventoryField) -> Option<String> {
    let [row] = inventory.fleet().rows() else { panic!("{} rows", inventory.fleet().rows().len()) };
    let phone = row.phone();
    match field {
        InventoryField::Vid => phone.vid_evidence().known().map(|vid| vid.to_string()),
        InventoryField::Serial => phone.serial_evidence().known().map(|serial| serial.to_string()),
        _ => phone.mac_evidence().known().map(|mac| mac.to_string()),
    }
}

proptest! {
    #[test]
    fn every_kind_reads_the_fields_that_tables_have(
        kind in 0..RECORDS.len(),
        keys in [any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()],
        wrapper in 0..3,
        is_in_front in any::<bool>(),
    ) {
        let (kind, record) = RECORDS[kind];
        let member = |(at, (_, names, value)): (usize, &(InventoryField, &[&str], &str))| {
            let key = keys[at].get(names);
            match wrapper {
                0 => format!("\"{key}\": \"{value}\""),
                1 => format!("\"{key}\": {{\"value\": \"{value}\"}}"),
                _ if at == 2 => format!("\"{key}\": \"{value}\""),
                _ => format!("\"{}\": {{\"{key}\": \"{value}\"}}", ["hw", "hardware"][at]),
            }
        };
        let more: Vec<_> = FIELDS.iter().enumerate().map(member).collect();
        let more = more.join(", ");
        let text = if is_in_front { format!("[{{{more}, {record}}}]") } else { format!("[{{{record}, {more}}}]") };
        let inventory = read_any(&text);
        // What has a VID is no record of Webex.
        let expected = if kind == SourceKind::Webex { SourceKind::Json } else { kind };
        prop_assert_eq!(seen(&inventory)[0].kind, expected, "{}", text);
        for (field, _, value) in FIELDS {
            prop_assert_eq!(said(&inventory, field), Some(value.to_owned()), "{} of {}", field, text);
        }
    }
}

#[test]
fn a_udi_is_a_product_a_vid_and_a_serial_number() {
    for (kind, record) in RECORDS {
        let name = if kind == SourceKind::Webex { "" } else { r#", "name": "SEP00CCFC000001""# };
        let text = format!(r#"[{{{record}, "udi": "CP-8841-K9= V05 FCH20100312"{name}}}]"#);
        let inventory = read_any(&text);
        assert_eq!(said(&inventory, InventoryField::Vid).as_deref(), Some("V05"), "{text}");
        assert_eq!(said(&inventory, InventoryField::Serial).as_deref(), Some("FCH20100312"), "{text}");
    }
}

#[test]
fn what_a_kind_cannot_know_is_no_evidence() {
    // Loads of AXL are configured, whatever they are called.
    for key in ["load", "loadInformation", "load_id", "firmware", "software_version", "version", "phoneLoad"] {
        for text in [
            format!(r#"[{{"name": "SEP00CCFC000001", "tkmodel": 683, "{key}": "sip88xx.12-0-3MPP0001-87"}}]"#),
            format!(
                r#"{{"return": {{"phone": {{"name": "SEP00CCFC000001", "model": "Cisco 8841", "{key}": "sip88xx.12-0-3MPP0001-87"}}}}}}"#
            ),
            format!(
                r#"{{"Body": {{"getPhoneResponse": {{"return": {{"phone": {{"name": "SEP00CCFC000001", "product": "Cisco 8841", "{key}": {{"_value_1": "sip88xx.12-0-3MPP0001-87"}}}}}}}}}}}}"#
            ),
        ] {
            let inventory = read_any(&text);
            let phone = &seen(&inventory)[0];
            assert_eq!((phone.kind, &phone.load, phone.firmware_type), (SourceKind::Axl, &None, None), "{text}");
            let status = inventory.fleet().rows()[0].label().and_then(|label| label.status.as_deref());
            assert_eq!(status, Some("configured with load sip88xx.12-0-3MPP0001-87"), "{text}");
        }
    }
    // Two names that only RisPort has prove no more in JSON than in a table.
    for (more, expected) in [("", None), (r#", "dirNumber": "1", "statusReason": 0"#, Some(FirmwareType::Enterprise))] {
        let text = format!(
            r#"[{{"name": "SEP00CCFC000001", "model": 683, "status": "Registered", "activeLoadId": ""{more}}}]"#
        );
        assert_eq!(seen(&read_any(&text))[0].firmware_type, expected, "{text}");
        let headers = if more.is_empty() { "" } else { ",dirNumber,statusReason" };
        let cells = if more.is_empty() { "" } else { ",1,0" };
        let table = format!("name,model,status,activeLoadId{headers}\nSEP00CCFC000001,683,Registered,{cells}\n");
        assert_eq!(seen(&read_any(&table))[0].firmware_type, expected, "{table}");
    }
    // Numbers of products are codes of another list.
    let inventory =
        read_any(r#"[{"Name": "SEP00CCFC000001", "Product": 569, "Status": "Registered", "ActiveLoadID": "x"}]"#);
    assert_eq!(seen(&inventory)[0].model, None);
    // A switch has a serial number of its own.
    let inventory = read_any(
        r#"[{"Name": "SEP00CCFC000001", "Model": 683, "ActiveLoadID": "x", "switch": {"serial": "FCH20100312"}, "switch_mac": "00CCFC000009"}]"#,
    );
    assert_eq!(
        (said(&inventory, InventoryField::Serial), seen(&inventory)[0].mac.as_deref()),
        (None, Some("00CCFC000001"))
    );
    assert!(
        notes(&inventory).contains("what stands under [\"switch_mac\"] reads as something that a phone says"),
        "{inventory}"
    );
}

#[test]
fn models_of_webex_calling_prove_as_much_as_in_a_table() {
    for model in ["DMS Cisco 8841", "DMS Cisco 191", "DMS Cisco ATA 192"] {
        let table = read_any(&format!("Name,Model,MAC\nx,{model},00CCFC000001\n"));
        let records = read_any(&format!(r#"[{{"Name": "x", "Model": "{model}", "MAC": "00CCFC000001"}}]"#));
        let phone = |inventory: &Inventory| inventory.fleet().rows()[0].phone().clone();
        assert_eq!(phone(&table), phone(&records), "{model}");
    }
    let calling = |model: &str| {
        seen(&read_any(&format!(
            r#"{{"devices": [{{"model": "{model}", "mac": "00CCFC000001", "activationState": "activated", "managedBy": "CUSTOMER"}}]}}"#
        )))[0]
            .clone()
    };
    assert_eq!(calling("DMS Cisco 8841").firmware_type, Some(FirmwareType::Mpp));
    assert_eq!(calling("DMS Poly VVX 250").firmware_type, None);
}

#[test]
fn the_last_load_of_a_phone_that_is_gone_runs_nowhere() {
    const LOAD: &str = "sip88xx.14-0-1-0101-29";
    for status in [
        r#""registered": false"#,
        r#""isRegistered": false"#,
        r#""is_registered": 0"#,
        r#""registered": "no""#,
        r#""status": {"registered": false}"#,
        r#""status": {"state": "UnRegistered", "since": "2026-01-01"}"#,
        r#""status": {"value": 3, "Value": "UnRegistered"}"#,
        r#""registration": {"status": "unregistered"}"#,
        r#""device.status": "UnRegistered""#,
        r#""online": false"#,
        r#""Registrierungsstatus": "Nicht registriert""#,
        r#""status": {"online": "no"}"#,
    ] {
        for load in ["activeLoadId", "load", "active_load"] {
            for order in [0, 1] {
                let load = format!(r#""{load}": "{LOAD}""#);
                let more = if order == 0 { format!("{status}, {load}") } else { format!("{load}, {status}") };
                let inventory = read_any(&format!(r#"[{{"name": "SEP00CCFC000001", "model": 683, {more}}}]"#));
                let phone = &seen(&inventory)[0];
                assert_eq!((&phone.load, phone.firmware_type), (&None, None), "{more}");
                let status = inventory.fleet().rows()[0].label().and_then(|label| label.status.clone());
                assert!(
                    status.is_some_and(|status| status.ends_with(&format!("last seen with load {LOAD}"))),
                    "{more}"
                );
            }
        }
    }
    for status in [r#""registered": true"#, r#""status": {"value": 2, "Value": "Registered"}"#, r#""isRegistered": 1"#]
    {
        let text = format!(r#"[{{"name": "SEP00CCFC000001", "model": 683, "activeLoadId": "{LOAD}", {status}}}]"#);
        assert_eq!(seen(&read_any(&text))[0].load.as_deref(), Some(LOAD), "{text}");
    }
}

#[test]
fn columns_are_refused_by_name_where_there_are_none() {
    let mut options = ReadOptions::default();
    options.columns = vec![ChosenColumn::new(InventoryField::Vid, "rev")];
    for (kind, record) in RECORDS.iter().filter(|(kind, _)| *kind != SourceKind::Json) {
        let key = if *kind == SourceKind::Webex { "id" } else { "Name" };
        let text = format!(r#"[{{{record}, "{key}": "SEP00CCFC000001", "rev": "V05"}}]"#);
        let error = read(&Document::new("x", &text), &options).expect_err(&text).to_string();
        assert!(
            error.contains("no columns that can be named, as vid=rev does") && error.contains("read_json"),
            "{error}"
        );
        options.kind = Some(*kind);
        assert!(read(&Document::new("x", &text), &options).is_err(), "the caller's word gives no columns: {text}");
        options.kind = Some(SourceKind::Json);
        let inventory = read(&Document::new("x", &text), &options).expect(&text);
        assert_eq!(said(&inventory, InventoryField::Vid).as_deref(), Some("V05"), "{text}");
        options.kind = None;
    }
}

#[test]
fn references_of_soap_are_no_devices() {
    let text = "<e:Envelope><e:Body><selectCmDeviceResponse><CmNodes><CmNodes href='#id0'/></CmNodes></selectCmDeviceResponse>\
        <multiRef id='id0'><Name>pub</Name><CmDevices><CmDevices href='#id1'/><CmDevices href='#id2'/></CmDevices></multiRef>\
        <multiRef id='id1'><Name>SEP00CCFC000001</Name><Model>683</Model><Status>Registered</Status></multiRef>\
        <multiRef id='id2'><Name>SEP00CCFC000002</Name><Model>684</Model><Status>UnRegistered</Status></multiRef>\
        </e:Body></e:Envelope>";
    let inventory = read_any(text);
    assert_eq!((seen(&inventory).len(), inventory.broken_rows().count()), (2, 0), "{inventory}");
    let text = "<Envelope><Body><listPhoneResponse><return><phone href='#1'/><phone href='#2'/></return></listPhoneResponse>\
        <multiRef id='1'><name>SEP00CCFC000001</name><model>Cisco 8841</model><devicePoolName>x</devicePoolName></multiRef>\
        <multiRef id='2'><name>SEP00CCFC000002</name><model>Cisco 8841</model><devicePoolName>x</devicePoolName></multiRef></Body></Envelope>";
    let inventory = read_any(text);
    assert_eq!((seen(&inventory).len(), inventory.broken_rows().count()), (2, 0), "{inventory}");
}

#[test]
fn several_devices_in_one_object_are_refused() {
    let text =
        r#"{"CmDevice.0.Name": "SEP00CCFC000001", "CmDevice.0.Model": 683, "CmDevice.1.Name": "SEP00CCFC000002"}"#;
    let error = try_read(text).expect_err(text).to_string();
    assert!(error.contains("the keys of several devices, such as \"CmDevice.1.Name\""), "{error}");
    let one =
        read_any(r#"{"CmDevice.0.Name": "SEP00CCFC000001", "CmDevice.0.ActiveLoadID": "x", "CmDevice.0.Model": 683}"#);
    assert_eq!((seen(&one)[0].kind, seen(&one)[0].model.as_deref()), (SourceKind::Risport, Some("8841")));
}

#[test]
fn devices_that_an_answer_counts_and_has_not_are_told() {
    const FLAT: &str = r#"{"mac": "00CCFC000001", "model": "CP-8841", "lines": {"count": 6}}"#;
    for text in [format!(r#"{{"total": 3, "phones": [{FLAT}]}}"#), format!(r#"{{"phones": [{FLAT}], "found": 3}}"#)] {
        let notes = notes(&read_any(&text));
        assert!(notes.contains("and has 1 device: 2 devices are missing; ask again for the rest"), "{notes}");
    }
    for text in [format!("[{FLAT}]"), format!(r#"{{"total": 1, "phones": [{FLAT}]}}"#)] {
        assert_eq!(notes(&read_any(&text)), "", "{text}");
    }
}
