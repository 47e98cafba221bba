//! What parts of a record say of its device, and what they do not.

use super::{notes, read_any, seen};

const M: &str = "SEP00CCFC123456";
const E: &str = "sip88xx.14-2-1-0101-26";
const MP: &str = "sip88xx.12-0-3MPP0001-87";

#[test]
fn only_a_part_of_the_running_state_says_what_runs() {
    const OTHERS: [&str; 13] = [
        "configured",
        "lastSeen",
        "previous",
        "target",
        "upgrade",
        "planned",
        "desired",
        "inactive",
        "backup",
        "available",
        "axl",
        "cucm",
        "whatever",
    ];
    for part in OTHERS {
        for key in ["load", "firmware", "version", "loadInformation", "activeFirmware", "running_load"] {
            let text = format!(r#"[{{"name": "{M}", "model": "Cisco 8841", "{part}": {{"{key}": "{MP}"}}}}]"#);
            let inventory = read_any(&text);
            let phone = inventory.fleet().rows()[0].phone();
            assert_eq!(phone.load_evidence().known(), None, "{text}");
            assert_eq!(phone.firmware_type_evidence().known(), None, "{text}");
            // Unified CM's own word for it makes it a record of AXL.
            let told =
                if key == "loadInformation" { "configured with a load".to_owned() } else { format!("{part}.{key}") };
            assert!(notes(&inventory).contains(&told), "{text}: {}", notes(&inventory));
        }
    }
    for part in ["ris", "device", "details", "firmware"] {
        let text = format!(r#"[{{"name": "{M}", "model": "Cisco 8841", "{part}": {{"load": "{MP}"}}}}]"#);
        assert_eq!(seen(&read_any(&text))[0].load.as_deref(), Some(MP), "{text}");
    }
}

#[test]
fn a_status_in_an_own_part_counts_like_one_beside_the_load() {
    for status in
        [r#""ris": {"status": "UnRegistered"}"#, r#""ris": {"registered": false}"#, r#""status": "UnRegistered""#]
    {
        let text = format!(r#"[{{"name": "{M}", "model": "Cisco 8861", "firmware": "{MP}", {status}}}]"#);
        let inventory = read_any(&text);
        assert_eq!(seen(&inventory)[0].load, None, "{text}");
        assert!(notes(&inventory).contains("1 phone is not registered"), "{text}");
    }
}

#[test]
fn a_part_that_is_another_device_says_nothing_of_the_phone() {
    for part in [
        r#""kem": {"model": "CP-BEKEM", "serial": "FCH2010ABCD", "vid": "V02"}"#,
        r#""kem": {"serial": "FCH2010ABCD", "vid": "V02"}"#,
        r#""switch": {"hostname": "sw-1", "serial_number": "FCH2010ABCD", "vid": "V02"}"#,
    ] {
        let text = format!(r#"[{{"name": "{M}", "model": "CP-8851-K9=", {part}}}]"#);
        let inventory = read_any(&text);
        let rows = inventory.fleet().rows();
        assert_eq!(rows.len(), 1, "{text}");
        let phone = rows[0].phone();
        assert_eq!(phone.vid_evidence().known(), None, "{text}");
        assert_eq!(phone.serial_evidence().known(), None, "{text}");
        assert_eq!(
            phone.product().known().map(|product| product.model().to_string()).as_deref(),
            Some("8851"),
            "{text}"
        );
    }
    let text = format!(r#"[{{"name": "{M}", "model": "CP-8851-K9=", "hw": {{"vid": "V05"}}}}]"#);
    assert!(read_any(&text).fleet().rows()[0].phone().vid_evidence().known().is_some());
}

#[test]
fn a_load_without_any_status_counts_as_in_a_table() {
    let inventory = read_any(&format!(r#"[{{"name": "{M}", "model": "Cisco 8841", "ActiveLoadID": "{E}"}}]"#));
    assert_eq!(seen(&inventory)[0].load.as_deref(), Some(E));
    assert!(!notes(&inventory).contains("not registered"), "{}", notes(&inventory));
    let gone =
        format!(r#"[{{"name": "{M}", "model": "Cisco 8841", "ActiveLoadID": "{E}", "Status": "UnRegistered"}}]"#);
    assert_eq!(seen(&read_any(&gone))[0].load, None);
}

#[test]
fn a_number_in_a_key_is_no_second_device() {
    for text in [
        format!(r#"{{"CmDevice.1.Name": "{M}", "CmDevice.1.Model": "Cisco 8841"}}"#),
        format!(
            r#"[{{"name": "{M}", "model": "Cisco 8841", "attributes.1.name": "color", "attributes.2.name": "room"}}]"#
        ),
    ] {
        let seen = seen(&read_any(&text));
        assert_eq!((seen.len(), seen[0].mac.as_deref()), (1, Some("00CCFC123456")), "{text}");
    }
    let several = r#"{"CmNode.0.CmDevices.1.Name": "SEP00CCFC123456", "CmNode.1.CmDevices.0.Name": "SEP00CCFC123457"}"#;
    assert!(super::try_read(several).is_err());
}

#[test]
fn prefixes_of_xml_in_keys_are_dropped() {
    for prefix in ["ns1:", "ns2:", "tns:", "ax21:", ""] {
        let text = format!(
            r#"[{{"{prefix}Name": "{M}", "{prefix}Model": "Cisco 8841", "{prefix}Status": "Registered",
                "{prefix}ActiveLoadID": "{E}"}}]"#
        );
        let seen = seen(&read_any(&text));
        let first = &seen[0];
        assert_eq!((seen.len(), first.mac.as_deref()), (1, Some("00CCFC123456")), "{text}");
        assert_eq!((first.model.as_deref(), first.load.as_deref()), (Some("8841"), Some(E)), "{text}");
        let answer = format!(
            r#"{{"{prefix}CmNodes": {{"{prefix}item": {{"{prefix}CmDevices": {{"{prefix}item": {}}}}}}}}}"#,
            text.trim_start_matches('[').trim_end_matches(']')
        );
        assert_eq!(super::seen(&read_any(&answer))[0].load.as_deref(), Some(E), "{answer}");
    }
    let text = format!(r#"[{{"name": "{M}", "model": "CP-8841-K9=", "switch:mac": "00CCFC999999"}}]"#);
    assert_eq!(seen(&read_any(&text))[0].mac.as_deref(), Some("00CCFC123456"));
}

#[test]
fn entries_of_a_list_within_a_phone_are_its_parts() {
    for list in [
        format!(r#""history": [{{"firmware": "{MP}"}}, {{"firmware": "{E}"}}]"#),
        format!(r#""updates": [{{"version": "{MP}", "state": "done"}}, {{"version": "{E}", "state": "failed"}}]"#),
        r#""interfaces": [{"name": "SW", "mac_address": "00CCFC999999"}, {"name": "PC", "mac_address": "00CCFC999998"}]"#.to_owned(),
    ] {
        let text = format!(r#"[{{"name": "{M}", "model": "CP-8841-K9=", {list}}}]"#);
        let seen = seen(&read_any(&text));
        assert_eq!((seen.len(), seen[0].mac.as_deref(), &seen[0].load), (1, Some("00CCFC123456"), &None), "{text}");
    }
}

#[test]
fn a_device_of_webex_is_one_whatever_its_state() {
    for state in [r#""unknown""#, r#""offline""#, "null", r#""none""#, r#""connected""#] {
        let text = format!(
            r#"{{"items": [{{"id": "a1", "orgId": "b2", "personId": "c3", "type": "phone", "product": "Cisco 8841",
                "mac": "00:CC:FC:12:34:56", "connectionStatus": {state}}}]}}"#
        );
        assert_eq!(seen(&read_any(&text))[0].kind, crossgrade::fleet::SourceKind::Webex, "{text}");
    }
    let other = r#"[{"id": "a1", "orgId": "b2", "product": "Cisco 8841", "mac": "00:CC:FC:12:34:56"}]"#;
    assert_eq!(seen(&read_any(other))[0].kind, crossgrade::fleet::SourceKind::Json);
}

#[test]
fn keys_that_are_names_of_devices_are_devices() {
    let text =
        format!(r#"{{"{M}": {{"model": "CP-8841-K9="}}, "SEP00CCFCAABB03": null, "SEP00CCFCAABB04": "unreachable"}}"#);
    let macs: Vec<_> = seen(&read_any(&text)).into_iter().map(|seen| seen.mac).collect();
    assert_eq!(macs, ["00CCFC123456", "00CCFCAABB03", "00CCFCAABB04"].map(|mac| Some(mac.to_owned())));
    let text = format!(r#"[{{"name": "{M}", "model": "CP-8841-K9=", "neighbors": {{"SEP00CCFCAABB03": "x"}}}}]"#);
    assert_eq!(seen(&read_any(&text)).len(), 1);
    let text = format!(
        r#"{{"phones": [{{"name": "{M}", "model": "CP-8841-K9="}}], "failed": ["SEP00CCFCAABB03", "SEP00CCFCAABB04"]}}"#
    );
    let inventory = read_any(&text);
    assert_eq!(seen(&inventory).len(), 1);
    assert!(notes(&inventory).contains("2 names of devices"), "{}", notes(&inventory));
}
