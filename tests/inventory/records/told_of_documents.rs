//! What is told of documents that say nothing of devices, that are damaged, or that are refused.

use crossgrade::inventory::{Document, InventoryError, axl};

use super::{notes, read_any, try_read};

#[test]
fn what_says_nothing_of_devices_is_told_by_its_keys() {
    let error = |text: &str| try_read(text).expect_err(text).to_string();
    assert!(error(r#"[{"foo": 1, "bar": 2}]"#).contains("its keys are [\"foo\", \"bar\"]"));
    assert!(error(r#"{"name": "crossgrade", "version": 1}"#).contains("without a word about a device"));
    for (text, said) in [
        (r#"{"totalDevicesFound": 3, "cmNodes": []}"#, "\"totalDevicesFound\": 3"),
        (r#"{"total": 3, "results": []}"#, "\"total\": 3"),
        (r#"{"count": 12, "data": [{"foo": 1}]}"#, "\"count\": 12"),
    ] {
        assert!(
            error(text).contains(&format!("an answer that says {said} and has no device that is read")),
            "{}",
            error(text)
        );
    }
    // Among devices, it is a row that keeps its text.
    let inventory = read_any(r#"[{"mac": "00CCFC000001", "model": "CP-8841"}, {"foo": "bar"}, 7]"#);
    let products: Vec<_> = inventory.fleet().rows().iter().filter_map(|row| row.phone().product_text()).collect();
    assert_eq!(
        products,
        ["CP-8841", "an entry that is no device: {\"foo\": \"bar\"}", "an entry that is no device: 7"]
    );
    assert_eq!(notes(&inventory), "records that are no devices have the keys [\"foo\"]");
    // A list that is empty is one.
    for text in ["[]", "{\"items\": []}", "{\"totalDevicesFound\": 0, \"cmNodes\": []}"] {
        assert_eq!(read_any(text).rows_read(), 0, "{text}");
    }
}

#[test]
fn damage_is_told_with_its_cure() {
    for (text, cure) in [
        ("[{\"mac\": \"00CCFC000001\", \"x\": None}]", "json.dumps"),
        ("[{\"name\": undefined}]", "JSON.stringify"),
        ("[{\"a\": 1}, ", "save the whole answer"),
    ] {
        let told = match try_read(text) {
            Ok(inventory) => inventory.cuts().map(|(_, error)| error.to_string()).collect(),
            Err(error) => error.to_string(),
        };
        assert!(told.contains("line 1: ") && told.contains(cure), "{told}");
    }
}

#[test]
fn answers_of_axl_without_phones_say_so_and_faults_are_told() {
    let envelope = |inner: &str| format!("<e:Envelope><e:Body>{inner}</e:Body></e:Envelope>");
    for text in [
        envelope("<n:listPhoneResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'><return/></n:listPhoneResponse>"),
        envelope(
            "<n:executeSQLQueryResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'><return></return></n:executeSQLQueryResponse>",
        ),
    ] {
        let inventory = read_any(&text);
        assert!(inventory.rows_read() == 0 && notes(&inventory).ends_with("Response has no phones"), "{inventory}");
    }
    assert!(
        notes(&axl::read(&Document::new("x", r#"{"return": null, "sequence": null}"#)).unwrap()).contains("no phones")
    );
    for none in [
        r#"{"return": null, "sequence": null}"#,
        r#"{"soapenv:Envelope": {"soapenv:Body": {"ns:listPhoneResponse": {"return": null}}}}"#,
    ] {
        assert!(notes(&read_any(none)).contains("no phones"), "{none}");
    }
    let fault = envelope(
        "<e:Fault><faultcode>e:Server</faultcode><faultstring>Item not valid</faultstring><detail><axlError><axlcode>5007</axlcode></axlError></detail></e:Fault>",
    );
    let error = try_read(&fault).unwrap_err().to_string();
    assert_eq!(error, "inventory: the service answers with an error: e:Server: Item not valid: 5007");
    let other = envelope(
        "<n:listUserResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'><return><user><userid>a</userid></user></return></n:listUserResponse>",
    );
    assert!(try_read(&other).unwrap_err().to_string().contains("\"listUserResponse\""));
}

#[test]
fn of_what_is_said_again_and_again_the_first_texts_are_kept() {
    let macs: Vec<_> = (0..1_000).map(|number| format!("\"mac\": \"00CCFC{number:06X}\"")).collect();
    let inventory = read_any(&format!("[{{\"model\": \"CP-8841\", {}}}]", macs.join(", ")));
    let evidence = inventory.fleet().rows()[0].phone().mac_evidence().clone();
    assert_eq!(evidence.sides().map(|sides| sides.iter().count() < 100), Some(true), "it is contradictory, and short");
    let faults = |count: usize| -> String {
        (0..count).map(|number| format!("<faultstring>no {}</faultstring>", number / 2)).collect()
    };
    let error = |count| {
        let text = format!("<e:Envelope><e:Body><e:Fault>{}</e:Fault></e:Body></e:Envelope>", faults(count));
        match axl::read(&Document::new("x", &text)) {
            Err(InventoryError::Refused { message }) => message,
            other => panic!("{text}: {other:?}"),
        }
    };
    assert!(error(40).ends_with(": no 18: no 19"), "{}", error(40));
    assert!(error(60).ends_with(": no 19 and 20 more"), "those behind the first are counted: {}", error(60));
}
