//! What a record is, and what the caller says that it is.

use crossgrade::FirmwareType;
use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, InventoryError, axl, json, recognize, risport, webex};

use super::{notes, read_any, seen};

#[test]
fn a_record_is_judged_by_all_its_keys() {
    for (kind, record) in [
        (SourceKind::Json, r#"{"product": "Cisco 8841"}"#),
        (SourceKind::Json, r#"{"product": "Cisco 8841", "mac": "00CCFC000001", "managed_by": "IT", "serial": "x"}"#),
        (SourceKind::Json, r#"{"mac": "00CCFC000001", "model": "CP-8841", "org_id": "x", "site_id": "y"}"#),
        (SourceKind::Json, r#"{"mac": "00CCFC000001", "model": "CP-8841", "connectionStatus": "ONLINE"}"#),
        (SourceKind::Json, r#"{"name": "SEP00CCFC000001", "model": "Cisco 8841", "status": "Registered"}"#),
        (SourceKind::Webex, r#"{"mac": "00CCFC000001", "product": "Cisco 8841", "connection_status": "connected"}"#),
        (
            SourceKind::Webex,
            r#"{"id": "Y2lzY29zcGFyazovL3VzL0RFVklDRS8x", "product": "Cisco 8841", "mac": "00CCFC000001"}"#,
        ),
        // Lists of phones that shall come to Webex have such names, too.
        (SourceKind::Json, r#"{"mac": "00CCFC000001", "model": "DMS Cisco 8811"}"#),
        (SourceKind::Webex, r#"{"mac": "00CCFC000001", "model": "DMS Cisco 8811", "activationState": "activated"}"#),
        (SourceKind::Json, r#"{"displayName": "a", "product": "Cisco 8841", "mac": "00CCFC000001", "software": "x"}"#),
        (SourceKind::Json, r#"{"displayName": "a", "product": "Cisco 8841", "managedBy": "CUSTOMER"}"#),
        (SourceKind::Webex, r#"{"activationState": "activated", "model": "Cisco 8841", "managedBy": "CUSTOMER"}"#),
        (SourceKind::Json, r#"{"mac": "00CCFC000001", "model": "CP-8841", "personId": "77", "orgId": "1"}"#),
        (SourceKind::Json, r#"{"mac": "00CCFC000001", "model": "CP-8841", "owner": {"id": "Y2lzY29zcGFyazov"}}"#),
        (SourceKind::Json, r#"{"mac": "00CCFC000001", "model": "CP-8841", "vid": "V05", "workspaceId": "x"}"#),
        (SourceKind::Json, r#"{"product": "Cisco 8841", "mac": "00CCFC000001", "software": "x", "last_seen": "y"}"#),
        (SourceKind::Risport, r#"{"name": "SEP00CCFC000001", "status": "Registered", "nodeName": "cucm-pub"}"#),
        (SourceKind::Risport, r#"{"device_name": "SEP00CCFC000001", "dir_number": "1001-Registered"}"#),
        (SourceKind::Axl, r#"{"name": "SEP00CCFC000001", "product": "Cisco 8841", "ownerUserName": null}"#),
        (SourceKind::Axl, r#"{"name": "SEP00CCFC000001", "fkdevicepool": "x", "description": "y"}"#),
        (SourceKind::Axl, r#"{"@uuid": "{1}", "name": "SEP00CCFC000001", "model": "Cisco 8841"}"#),
    ] {
        assert_eq!(recognize(record.as_bytes()), kind, "{record}");
        assert_eq!(recognize(format!("{{\"a\": {{\"b\": [{record}]}}}}").as_bytes()), kind, "{record}");
    }
}

#[test]
fn a_document_of_another_kind_is_refused_by_what_it_is() {
    let axl_list = r#"[{"name": "SEP00CCFC000001", "model": "Cisco 8841", "product": "Cisco 8841", "pkid": "x"}]"#;
    let ris = r#"[{"Name": "SEP00CCFC000001", "Status": "Registered", "ActiveLoadID": "sip88xx.14-0-1-0101-29"}]"#;
    let hub = r#"{"items": [{"product": "Cisco 8841", "mac": "00CCFC000001", "workspaceId": "x"}]}"#;
    type Reader = fn(&Document<'_>) -> Result<Inventory, InventoryError>;
    let refused = |reader: Reader, text: &str, found: &str| {
        let error = reader(&Document::new("x", text)).expect_err(text).to_string();
        assert!(error.starts_with(&format!("inventory: {found}; expected ")), "{error}");
    };
    refused(webex::read, axl_list, "an answer of AXL");
    refused(webex::read, ris, "an answer of RisPort");
    refused(risport::read, axl_list, "an answer of AXL");
    refused(risport::read, hub, "a device list of Webex");
    refused(axl::read, ris, "an answer of RisPort");
    refused(axl::read, hub, "a device list of Webex");
    refused(axl::read, "PID,VID\n", "text that is neither XML nor JSON");
    refused(axl::read, "<html><body>x</body></html>", "an HTML page");
    refused(json::read, "<a/>", "XML or HTML");
    // A caller who calls them flat records gets them read so, by the rules of tables.
    for text in [axl_list, ris, hub] {
        let inventory = json::read(&Document::new("x", text)).expect(text);
        let phones = seen(&inventory);
        assert_eq!((phones.len(), phones[0].kind, phones[0].firmware_type), (1, SourceKind::Json, None), "{text}");
        assert_eq!(phones[0].mac.as_deref(), Some("00CCFC000001"), "{text}");
    }
    // The caller's word makes no device of Webex of what has a VID or a load.
    let text = r#"[{"mac": "00CCFC000001", "product": "Cisco 8841", "vid": "V05", "load": "sip88xx.12-8-1-0001-455"}]"#;
    let inventory = webex::read(&Document::new("x", text)).expect(text);
    let phone = &seen(&inventory)[0];
    assert_eq!((phone.load.as_deref(), phone.firmware_type), (Some("sip88xx.12-8-1-0001-455"), None));
    assert!(inventory.fleet().rows()[0].phone().vid_evidence().known().is_some());
    let text = r#"{"items": [{"product": "Cisco 8841", "mac": "00CCFC000001"}]}"#;
    let inventory = webex::read(&Document::new("x", text)).expect(text);
    assert_eq!(seen(&inventory)[0].firmware_type, Some(FirmwareType::Mpp));
    // What nobody can tell is what the caller calls it.
    let flat = r#"[{"name": "SEP00CCFC000001", "model": "Cisco 8841", "status": "Registered"}]"#;
    for (reader, firmware_type) in [
        (webex::read as Reader, Some(FirmwareType::Mpp)),
        (risport::read, Some(FirmwareType::Enterprise)),
        (axl::read, None),
        (json::read, None),
    ] {
        let inventory = reader(&Document::new("x", flat)).expect(flat);
        assert_eq!(seen(&inventory)[0].firmware_type, firmware_type);
    }
}

#[test]
fn the_configured_load_is_told_and_proves_nothing() {
    let inventory = read_any(
        r#"{"name": "SEP00CCFC000001", "tkmodel": 683, "product": 569, "loadInformation": {"_value_1": "sip88xx.14-0-1-0101-29", "special": "true"}}"#,
    );
    let row = &inventory.fleet().rows()[0];
    assert_eq!(row.phone().product_text(), Some("683"));
    assert_eq!(row.label().unwrap().status.as_deref(), Some("configured with load sip88xx.14-0-1-0101-29"));
    assert_eq!(notes(&inventory), "1 phone is configured with a load, which is no evidence of what runs");
}

#[test]
fn a_device_that_is_added_to_webex_and_not_activated_proves_nothing() {
    for (state, expected) in [("ACTIVATED", Some(FirmwareType::Mpp)), ("ACTIVATING", None), ("DEACTIVATED", None)] {
        let text = format!(
            "{{\"devices\": [{{\"model\": \"DMS Cisco 8851\", \"mac\": \"00CCFC000001\", \"activationState\": \"{state}\"}}]}}"
        );
        assert_eq!(seen(&read_any(&text))[0].firmware_type, expected, "{state}");
    }
}
