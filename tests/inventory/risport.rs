//! Answers of RisPort: every device is a row or joins one, however the answer is written and wherever it breaks off.

use std::fmt::Write as _;

use crossgrade::fleet::{Conflict, SourceKind};
use crossgrade::inventory::{Document, Inventory, InventoryError, ReadOptions, RowProblem, recognize, risport};
use crossgrade::merge::merge;
use crossgrade::{Code, Destination, Field, FirmwareType, FleetRow, GateStatus, assess};
use proptest::prelude::*;
use proptest::sample::select;

const SAMPLE: &str = include_str!("../data/inventory/risport_select_cm_device.xml");

#[track_caller]
fn read(text: &str) -> Inventory {
    risport::read(&Document::new("cluster", text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(text: &str) -> String {
    risport::read(&Document::new("cluster", text)).expect_err(text).to_string()
}

fn loads(inventory: &Inventory) -> Vec<Option<String>> {
    let load = |row: &FleetRow| row.phone().load_evidence().known().map(|load| load.to_string());
    inventory.fleet().rows().iter().map(load).collect()
}

fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

/// An answer of one node with these devices.
fn answer(devices: &str) -> String {
    format!(
        "<SelectCmDeviceResult><CmNodes><item><Name>n</Name><CmDevices>{devices}</CmDevices></item></CmNodes></SelectCmDeviceResult>"
    )
}

#[test]
fn of_the_rows_of_one_phone_the_registered_one_counts() {
    let inventory = read(SAMPLE);
    let rows = inventory.fleet().rows();
    assert_eq!((inventory.rows_read(), rows.len(), inventory.rows_joined()), (4, 3, 1));
    // The phones stand where they appear first.
    let lines: Vec<_> = rows.iter().map(FleetRow::line).collect();
    assert_eq!(lines, [1, 3, 4]);
    let expected = [Some("sip88xx.14-3-1-0001-60"), Some("sip88xx.12-5-1SR3-74"), None];
    assert_eq!(loads(&inventory), expected.map(|load| load.map(str::to_owned)));
    let types: Vec<_> = rows.iter().map(|row| row.phone().firmware_type_evidence().known()).collect();
    assert_eq!(types, [Some(FirmwareType::Enterprise), Some(FirmwareType::Enterprise), None]);

    let trail = rows[1].trail().expect("two rows");
    assert_eq!(trail.rows().iter().map(|origin| origin.row()).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(trail.set_aside().iter().map(|origin| origin.row()).collect::<Vec<_>>(), [2]);
    assert_eq!(trail.origin(Field::Load).map(|origin| origin.row()), Some(3));
    assert!(rows[0].trail().is_none() && notes(&inventory).is_empty());
}

#[test]
fn the_sample_says_models_by_type_code_and_labels() {
    let inventory = read(SAMPLE);
    let rows = inventory.fleet().rows();
    let models: Vec<_> = rows.iter().map(|row| row.phone().product().known().map(|product| product.model())).collect();
    assert_eq!(models.iter().flatten().map(|model| model.as_str()).collect::<Vec<_>>(), ["8841", "8851NR"]);
    // 255 is no type code of a phone: the text stays, and a finding says so.
    assert_eq!(rows[2].phone().product().unreadable(), Some("255"));
    let answer = assess(rows[2].phone(), Destination::WebexCalling);
    assert!(answer.findings().any(|finding| finding.code() == Code::CG102));

    let label = rows[0].label().expect("a label");
    assert_eq!(label.name.as_deref(), Some("SEP00CCFC992E7C"));
    assert_eq!(label.description.as_deref(), Some("Conference Room"));
    assert_eq!(label.ip_address.as_deref(), Some("10.0.1.101"));
    assert_eq!(label.status.as_deref(), Some("Registered"));
    assert_eq!(label.node.as_deref(), Some("cucm-pub"));
    assert_eq!(rows[1].label().expect("a label").node.as_deref(), Some("cucm-sub1"));
}

#[test]
fn only_the_exact_word_is_evidence_of_enterprise_firmware() {
    for (status, expected) in [
        ("Registered", Some(FirmwareType::Enterprise)),
        (" REGISTERED\n", Some(FirmwareType::Enterprise)),
        ("PartiallyRegistered", None),
        ("UnRegistered", None),
        ("Rejected", None),
        ("Unknown", None),
        ("Registered with cucm-pub", None),
        ("", None),
    ] {
        let inventory = read(&answer(&format!("<item><Model>683</Model><Status>{status}</Status></item>")));
        let phone = inventory.fleet().rows()[0].phone();
        assert_eq!(phone.firmware_type_evidence().known(), expected, "{status}");
    }
}

#[test]
fn the_load_of_a_phone_that_is_gone_is_no_evidence_of_what_runs() {
    const LOAD: &str = "sip88xx.14-2-1-0101-26";
    for (status, is_running) in [
        ("<Status>Registered</Status>", true),
        ("<Status>PartiallyRegistered</Status>", true),
        ("<Status>UnRegistered</Status>", false),
        ("<Status>Rejected</Status>", false),
        ("<Status>Unknown</Status>", false),
        // Said twice: nobody knows.
        ("<Status>Registered</Status><Status>UnRegistered</Status>", false),
        ("", false),
    ] {
        let device = format!(
            "<item><Name>SEP00CCFC000001</Name><Model>684</Model>{status}<ActiveLoadID>{LOAD}</ActiveLoadID></item>"
        );
        let inventory = read(&answer(&device));
        let row = &inventory.fleet().rows()[0];
        assert_eq!(loads(&inventory), [is_running.then(|| LOAD.to_owned())], "{status}");
        // A phone that was converted since looks like this: no answer hinges on what ran once.
        let answer = assess(row.phone(), Destination::ThirdParty);
        let start = answer.gates().next().map(|gate| gate.status());
        assert_eq!(start, Some(if is_running { GateStatus::Met } else { GateStatus::Unknown }), "{status}");
        let told = row.label().and_then(|label| label.status.as_deref()).unwrap_or_default();
        assert_eq!(told.ends_with("last seen with load sip88xx.14-2-1-0101-26"), !is_running, "{told}");
        let note = "1 phone is not registered: the load that it was last seen with is no evidence of what runs";
        assert_eq!(notes(&inventory), if is_running { vec![] } else { vec![note] }, "{status}");
    }
}

#[test]
fn without_a_registered_row_the_first_that_says_a_load_counts() {
    let name = "<Name>SEP00CCFC000001</Name>";
    let device = |rest: &str| format!("<item>{name}{rest}</item>");
    let bare = device("<Status>Unknown</Status>");
    let first = device("<ActiveLoadID>sip88xx.12-5-1SR3-74</ActiveLoadID><Status>UnRegistered</Status>");
    let second = device("<ActiveLoadID>sip88xx.14-3-1-0001-60</ActiveLoadID>");
    let inventory = read(&answer(&[bare.clone(), first, second.clone()].concat()));
    assert_eq!(loads(&inventory), [None]);
    let row = &inventory.fleet().rows()[0];
    let status = row.label().and_then(|label| label.status.as_deref());
    assert_eq!(status, Some("UnRegistered, last seen with load sip88xx.12-5-1SR3-74"));
    assert_eq!((row.line(), row.trail().expect("three rows").rows().len()), (2, 3));
    let partial = device("<ActiveLoadID>sip88xx.14-2-1-0101-26</ActiveLoadID><Status>PartiallyRegistered</Status>");
    assert_eq!(loads(&read(&answer(&[second, partial].concat()))), [Some("sip88xx.14-2-1-0101-26".to_owned())]);
    assert_eq!(read(&answer(&bare.repeat(2))).fleet().rows()[0].line(), 1);
}

#[test]
fn two_registered_rows_that_differ_are_told() {
    let device = |name: &str, load: &str| {
        format!("<item><Name>{name}</Name><Status>Registered</Status><ActiveLoadID>{load}</ActiveLoadID></item>")
    };
    let (one, two) = ("sip88xx.12-5-1SR3-74", "sip88xx.14-3-1-0001-60");
    let inventory = read(&answer(&(device("SEP00CCFC000001", one) + &device("sep00ccfc000001", two))));
    let expected = "SEP00CCFC000001 is registered twice, and differently (load): device 1 on n, device 2 on n";
    assert_eq!(notes(&inventory), [expected]);
    let same = device("SEP00CCFC000001", one).repeat(2);
    let inventory = read(&answer(&same));
    assert_eq!((notes(&inventory), loads(&inventory)), (vec![], vec![Some(one.to_owned())]));
    // What is no phone keeps the name that its rows were joined by.
    let port = device("CTI-PORT-1", one) + &device("CTI-PORT-1", two);
    assert_eq!(read(&answer(&port)).fleet().rows()[0].phone().mac_evidence().unreadable(), Some("CTI-PORT-1"));
}

#[test]
fn the_order_of_registered_rows_decides_nothing_just_as_in_two_files() {
    let device = |status: &str, model: &str, load: &str| {
        format!(
            "<item><Name>SEP00CCFC000001</Name><Model>{model}</Model><Status>{status}</Status>\
             <ActiveLoadID>{load}</ActiveLoadID></item>"
        )
    };
    let (old, new) = ("sip88xx.10-1-1-9", "sip88xx.14-2-1-0101-26");
    let gone = device("UnRegistered", "685", "sip88xx.12-5-1SR3-74");
    for (one, two, is_open) in [
        // A TLexE2M load, or a model that does not convert: the answer hinges on them.
        (device("Registered", "683", new), device("Registered", "684", "sip88xx.TLexE2M-11-2-3C-9"), true),
        (device("PartiallyRegistered", "683", new), device("PartiallyRegistered", "36232", new), true),
        (device("Registered", "683", new), device("Registered", "Cisco 8841", new), false),
        (device("Registered", "683", old), device("Registered", "683", new), false),
    ] {
        let verdicts = |inventory: &[FleetRow]| {
            let phone = inventory[0].phone();
            Destination::ALL.iter().map(|destination| assess(phone, *destination).verdict()).collect::<Vec<_>>()
        };
        let conflicts = |rows: &[FleetRow]| {
            let conflicts = rows[0].trail().expect("several rows").conflicts();
            let of = |conflict: &Conflict| (conflict.field, conflict.values.len());
            conflicts.iter().map(of).collect::<Vec<_>>()
        };
        let files = merge([read(&answer(&one)), read(&answer(&two))]);
        for devices in [&one, &two, &gone].map(|first| [first, &one, &two]) {
            let all = devices.map(String::as_str).concat();
            let inventory = read(&answer(&all));
            let rows = inventory.fleet().rows();
            assert_eq!((rows.len(), inventory.rows_read()), (1, 3), "{all}");
            assert_eq!(verdicts(rows), verdicts(files.fleet().rows()), "{all}");
            assert_eq!(conflicts(rows), conflicts(files.fleet().rows()), "{all}");
            // Only a merge asks whether an answer hinges on it.
            let is_decisive = files.report().open_conflicts > 0;
            assert_eq!(is_decisive, is_open, "{all}");
            let trail = rows[0].trail().expect("three rows");
            assert_eq!((trail.rows().len(), trail.set_aside().len()), (3, usize::from(devices[0] == &gone)), "{all}");
        }
    }
}

#[test]
fn devices_that_are_no_phones_are_rows_and_join_by_name() {
    let inventory = read(&answer(
        "<CmDevice><Name>CTI-PORT-1</Name><DeviceClass>Cti</DeviceClass></CmDevice>\
         <x:Device xmlns:x='y'><Name>CTI-PORT-1</Name></x:Device><item/><item/>",
    ));
    assert_eq!((inventory.rows_read(), inventory.fleet().rows().len()), (4, 3));
    assert_eq!(inventory.fleet().rows()[0].phone().mac_evidence().unreadable(), Some("CTI-PORT-1"));
}

#[test]
fn an_address_is_found_in_every_shape() {
    let items = |addresses: &[&str]| {
        addresses
            .iter()
            .map(|text| format!("<item><IP>{text}</IP><IPAddrType>x</IPAddrType></item>"))
            .collect::<String>()
    };
    for (shape, expected) in [
        ("<IPAddress>10.0.1.101</IPAddress>".to_owned(), Some("10.0.1.101")),
        (format!("<IPAddress>{}</IPAddress>", items(&["2001:db8::1", "10.0.1.101"])), Some("10.0.1.101")),
        (format!("<IPAddress>{}</IPAddress>", items(&["10.0.1.101", "10.0.1.102"])), Some("10.0.1.101")),
        (format!("<IPAddress>{}</IPAddress>", items(&["2001:db8::1"])), Some("2001:db8::1")),
        ("<IpAddress>10.0.1.101</IpAddress>".to_owned(), Some("10.0.1.101")),
        ("<IPAddress/>".to_owned(), None),
        ("<IPAddress xsi:nil='true'/>".to_owned(), None),
        (String::new(), None),
    ] {
        let inventory = read(&answer(&format!("<item><Name>a</Name>{shape}</item>")));
        let label = inventory.fleet().rows()[0].label().expect("a label");
        assert_eq!(label.ip_address.as_deref(), expected, "{shape}");
    }
    for (shape, expected) in [
        (r#""10.0.1.101""#, Some("10.0.1.101")),
        (r#"{"item": [{"IP": "2001:db8::1"}, {"IP": "10.0.1.101", "IPAddrType": "ipv4"}]}"#, Some("10.0.1.101")),
        (r#"{"item": {"IP": "10.0.1.101"}}"#, Some("10.0.1.101")),
        (r#"[{"IP": "10.0.1.101"}]"#, Some("10.0.1.101")),
        (r#"["10.0.1.101"]"#, Some("10.0.1.101")),
        (r#"{"item": null}"#, None),
        ("null", None),
        ("[]", None),
    ] {
        let inventory = read(&format!(r#"{{"CmDevices": [{{"Name": "a", "IPAddress": {shape}}}]}}"#));
        let label = inventory.fleet().rows()[0].label().expect("a label");
        assert_eq!(label.ip_address.as_deref(), expected, "{shape}");
    }
}

#[test]
fn any_part_of_the_tree_is_an_answer_in_json() {
    let devices = r#"{"item": {"Name": "SEP00CCFC000001", "Model": 683, "Status": null}}"#;
    let node = format!(r#"{{"CmDevices": {devices}, "Name": "cucm-pub", "ReturnCode": "Ok"}}"#);
    let result = format!(r#"{{"TotalDevicesFound": 1, "CmNodes": {{"item": [{node}]}}, "StateInfo": null}}"#);
    for text in [
        node.clone(),
        format!("[{node}]"),
        format!(r#"{{"item": [{node}]}}"#),
        result.clone(),
        format!("\u{feff}\n[{result}]\n"),
        format!(r#"{{"SelectCmDeviceResult": {result}, "StateInfo": "x"}}"#),
        format!(r#"{{"CmNodes": [{node}]}}"#),
    ] {
        let inventory = read(&text);
        let row = &inventory.fleet().rows()[0];
        assert_eq!(inventory.rows_read(), 1, "{text}");
        assert_eq!(row.phone().product_text(), Some("683"), "{text}");
        // The name of a node may stand behind its devices.
        assert_eq!(row.label().expect("a label").node.as_deref(), Some("cucm-pub"), "{text}");
        assert_eq!((notes(&inventory).len(), inventory.cuts().count()), (0, 0), "{text}");
    }
    let empty = r#"{"SelectCmDeviceResult": {"TotalDevicesFound": 0, "CmNodes": null}}"#;
    assert_eq!(read(empty).rows_read(), 0);
}

#[test]
fn a_value_that_no_json_reader_takes_costs_no_device() {
    for bad in [r#""Meeting \ud83d""#, r#""\ude00""#, "NaN", "-Infinity", "1e999", r#""C:\x""#, r#""\u12""#] {
        for field in ["Description", "Model", "TimeStamp", "Extra"] {
            let text = format!(
                r#"{{"CmDevices": [{{"Name": "SEP00CCFC000001", "{field}": {bad}, "Status": "Registered"}},
                    {{"Name": "SEP00CCFC000002", "Model": 683}}]}}"#
            );
            let inventory = read(&text);
            assert_eq!((inventory.rows_read(), inventory.cuts().count()), (2, 0), "{text}");
            let rows = inventory.fleet().rows();
            assert_eq!(rows[0].phone().firmware_type_evidence().known(), Some(FirmwareType::Enterprise), "{text}");
            assert_eq!(rows[1].phone().product_text(), Some("683"), "{text}");
        }
    }
}

#[test]
fn what_is_missing_in_the_answer_is_told() {
    let text = answer("<item><Name>a</Name></item>").replacen(
        "<CmNodes>",
        "<TotalDevicesFound>1500</TotalDevicesFound><CmNodes>",
        1,
    );
    let few = text.replace("1500", "2");
    assert_eq!(notes(&read(&few)), ["the service found 2 devices and 1 is in the answer; ask again for the rest"]);
    let none = answer("").replacen("<CmNodes>", "<TotalDevicesFound>1</TotalDevicesFound><CmNodes>", 1);
    assert_eq!(notes(&read(&none)), ["the service found 1 device and 0 are in the answer; ask again for the rest"]);
    let text = text.replacen("<Name>n", "<ReturnCode>NotFound</ReturnCode><Name>n", 1);
    let inventory = read(&text);
    assert_eq!(
        notes(&inventory),
        [
            "the service found 1500 devices and 1 is in the answer: it gives 1,000 at most; ask again for the rest",
            "n answers \"NotFound\", not \"Ok\": it may have phones that are not in the answer"
        ]
    );
}

#[test]
fn a_fault_is_told_in_the_words_of_the_service() {
    let text = "<soapenv:Envelope><soapenv:Body><soapenv:Fault><faultcode>ns:RateControl</faultcode>\
        <faultstring>Exceeded allowed rate</faultstring><detail><text>x</text></detail></soapenv:Fault>";
    let expected = "inventory: the service answers with an error: ns:RateControl: Exceeded allowed rate";
    // Also if the answer breaks off behind it.
    for text in [format!("{text}</soapenv:Body></soapenv:Envelope>"), text.to_owned()] {
        assert_eq!(error(&text), expected);
    }
    let newer =
        "<e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text>No</e:Text></e:Reason></e:Fault>";
    assert_eq!(error(newer), "inventory: the service answers with an error: e:Sender: No");
}

#[test]
fn what_is_no_answer_is_told_by_what_it_is() {
    for (text, found) in [
        ("", "nothing"),
        (" \n", "nothing"),
        ("PID,VID\n", "text that is neither XML nor JSON"),
        ("<!DOCTYPE html><html><head><title>CUCM</title>", "an HTML page"),
        ("<axl:list><phone/></axl:list>", "XML that says nothing of devices and begins with \"list\""),
        ("{\"items\": [{}]}", "JSON that says nothing of devices and begins with \"items\""),
        ("[1, 2]", "JSON that says nothing of devices"),
    ] {
        let expected = "an answer to selectCmDevice or selectCmDeviceExt of RisPort70, as XML or JSON, or a capture of `show risdb query phone`";
        assert_eq!(error(text), format!("inventory: {found}; expected {expected}"));
    }
    assert!(error("<a>").contains("damaged XML that says nothing of devices (inventory: line 1: "));
}

#[test]
fn a_document_that_is_too_deep_is_refused_and_keeps_what_stands_before() {
    let deep = format!("<item>{}</item>", "<a>".repeat(61));
    let inventory = read(&answer(&format!("<item><Name>a</Name></item>{deep}")));
    let (_, error) = inventory.cuts().next().expect("too deep");
    assert!(matches!(error, InventoryError::TooMuch { found: 65, limit: 64, .. }), "{error}");
    assert_eq!(inventory.rows_read(), 2);
    let deep = format!(r#"{{"CmDevices": [{{"Name": "a"}}, {{"x": {}"#, "[".repeat(100_000));
    let inventory = read(&deep);
    let (_, error) = inventory.cuts().next().expect("too deep");
    assert!(matches!(error, InventoryError::TooMuch { found: 65, limit: 64, .. }), "{error}");
    assert!(matches!(risport::read(&Document::new("", &"<a>".repeat(65))), Err(InventoryError::TooMuch { .. })));
}

#[test]
fn nothing_is_expanded_or_fetched() {
    let mut laughs = "<!DOCTYPE x [<!ENTITY a \"Registered\"><!ENTITY f SYSTEM \"file:///etc/passwd\">".to_owned();
    for (letter, before) in ('b'..='e').zip('a'..) {
        let _ = write!(laughs, "<!ENTITY {letter} \"{}\">", format!("&{before};").repeat(1000));
    }
    let text = format!("{laughs}]>{}", answer("<item><Name>&e;&f;</Name><Status>&a;</Status></item>"));
    let inventory = read(&text);
    let row = &inventory.fleet().rows()[0];
    let label = row.label().expect("a label");
    assert_eq!((label.name.as_deref(), label.status.as_deref()), (Some("&e;&f;"), Some("&a;")));
    assert_eq!(row.phone().firmware_type_evidence().known(), None);
}

#[test]
fn a_value_that_is_too_long_is_unreadable_and_reading_goes_on() {
    let long = format!("sip88xx.14-3-1-0001-60{}", " ".repeat(70_000));
    let devices = format!(
        "<item><Status>Registered</Status><ActiveLoadID>{long}x</ActiveLoadID></item><item><Model>683</Model></item>"
    );
    for text in [
        answer(&devices),
        format!(r#"{{"CmDevices": [{{"Status": "Registered", "ActiveLoadID": "{long}"}}, {{"Model": 683}}]}}"#),
    ] {
        let inventory = read(&text);
        let (_, broken) = inventory.broken_rows().next().expect("a long value");
        assert!(matches!(broken.problem, RowProblem::TooLong { found: 70_000.. }), "{broken}");
        let load = inventory.fleet().rows()[0].phone().load_evidence().unreadable().expect("unreadable").to_owned();
        assert!(load.starts_with("sip88xx.14-3-1-0001-60") && load.len() < 200);
        assert_eq!(inventory.fleet().rows()[1].phone().product_text(), Some("683"));
    }
}

#[test]
fn a_cut_device_has_only_what_was_complete() {
    let whole =
        answer("<item><Name>SEP00CCFC000001</Name></item><item><Model>683</Model><Status>Registered</Status></item>");
    let place = |text: &str| whole.find(text).expect("in the answer");
    for (end, model, registered) in [
        (place("</Model>"), None, false),
        (place("</Model>") + 8, Some("683"), false),
        (place("ed</Status>"), Some("683"), false),
        (place("</Status>") + 9, Some("683"), true),
    ] {
        let inventory = read(&whole[..end]);
        let row = &inventory.fleet().rows()[1];
        assert_eq!(row.phone().product_text(), model);
        assert_eq!(row.phone().firmware_type_evidence().known().is_some(), registered);
        assert_eq!(row.problem(), Some("the file ends within this row"));
        let (name, error) = inventory.cuts().next().expect("a cut");
        assert_eq!((name, matches!(error, InventoryError::Broken { line: 1, .. })), ("cluster", true));
    }
    // The type code 683 is not that of the number that begins so.
    let inventory = read(r#"{"CmDevices": [{"Name": "a", "Model": 6"#);
    assert_eq!(inventory.fleet().rows()[0].phone().product_text(), None);
}

#[test]
fn the_kind_is_recognized_and_read() {
    assert_eq!(recognize(SAMPLE.as_bytes()), SourceKind::Risport);
    let document = Document::new("cluster", SAMPLE).when("today");
    let inventory = crossgrade::inventory::read(&document, &ReadOptions::default()).expect("an answer");
    assert_eq!(inventory.fleet().sources()[0].to_string(), "cluster (risport, today)");
    assert_eq!(inventory.rows_read(), 4);
}

#[derive(Debug, Clone)]
struct Device {
    name: String,
    model: &'static str,
    status: &'static str,
    load: &'static str,
    addresses: Vec<&'static str>,
    shape: usize,
}

fn devices() -> impl Strategy<Value = Vec<Vec<Device>>> {
    let name = prop_oneof![
        (0_u8..6).prop_map(|digit| format!("SEP00CCFC00000{digit}")),
        select(vec!["CTI 1", "R&D", "<z>", ""]).prop_map(str::to_owned),
    ];
    let device = (
        name,
        select(vec!["683", "36232", "255", "Cisco 8841", ""]),
        select(vec!["Registered", "UnRegistered", "Unknown", "PartiallyRegistered", "registered", ""]),
        select(vec!["sip88xx.14-3-1-0001-60", "sip88xx.12-0-3MPP0001-87", "P0030801", ""]),
        prop::collection::vec(select(vec!["10.0.0.1", "2001:db8::1", "10.0.0.2"]), 0..3),
        0_usize..3,
    );
    let device = device.prop_map(|(name, model, status, load, addresses, shape)| Device {
        name,
        model,
        status,
        load,
        addresses,
        shape,
    });
    prop::collection::vec(prop::collection::vec(device, 0..5), 0..4)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The answer as XML, with this prefix and these blanks between elements, and the places where devices end.
fn xml(nodes: &[Vec<Device>], prefix: &str, blank: &str) -> (String, Vec<usize>) {
    let element = |name: &str, text: &str| format!("{blank}<{prefix}{name}>{text}</{prefix}{name}>");
    let (mut text, mut ends) = (format!("<{prefix}selectCmDeviceResponse xmlns:n='x'><{prefix}CmNodes>"), Vec::new());
    for (index, devices) in nodes.iter().enumerate() {
        let _ = write!(text, "{blank}<{prefix}item>{}<{prefix}CmDevices>", element("Name", &format!("n{index}")));
        for device in devices {
            let addresses: String = match device.shape {
                0 => device.addresses.first().map(|address| element("IPAddress", address)).unwrap_or_default(),
                _ => {
                    let item = |address: &&str| element("item", &element("IP", address));
                    element("IPAddress", &device.addresses.iter().map(item).collect::<String>())
                }
            };
            let fields = [
                element("Name", &escaped(&device.name)),
                addresses,
                element("Model", device.model),
                element("Product", "568"),
                element("Status", device.status),
                element("ActiveLoadID", device.load),
            ];
            let _ = write!(text, "{blank}<{prefix}item>{}{blank}</{prefix}item>", fields.concat());
            ends.push(text.len());
        }
        let _ = write!(text, "{blank}</{prefix}CmDevices></{prefix}item>");
    }
    let _ = write!(text, "</{prefix}CmNodes></{prefix}selectCmDeviceResponse>");
    (text, ends)
}

/// The same as JSON.
fn json(nodes: &[Vec<Device>], is_sparse: bool) -> (String, Vec<usize>) {
    let quoted = |text: &str| if text.is_empty() { "null".to_owned() } else { serde_json::json!(text).to_string() };
    let (mut text, mut ends) = (r#"{"SelectCmDeviceResult": {"CmNodes": {"item": ["#.to_owned(), Vec::new());
    for (index, devices) in nodes.iter().enumerate() {
        let comma = if index > 0 { ", " } else { "" };
        let list = if is_sparse { "" } else { r#"{"item": "# };
        let _ = write!(text, r#"{comma}{{"Name": "n{index}", "CmDevices": {list}["#);
        for (number, device) in devices.iter().enumerate() {
            let address = match (device.shape, device.addresses.as_slice()) {
                (_, []) => "null".to_owned(),
                (0, [first, ..]) => quoted(first),
                (_, all) => {
                    let items: Vec<_> = all.iter().map(|address| format!(r#"{{"IP": "{address}"}}"#)).collect();
                    format!(r#"{{"item": [{}]}}"#, items.join(","))
                }
            };
            let model = device.model.parse::<u32>().map_or_else(|_| quoted(device.model), |code| code.to_string());
            let comma = if number > 0 { ",\n" } else { "" };
            let _ = write!(
                text,
                r#"{comma}{{"Name": {}, "IPAddress": {address}, "Model": {model}, "Product": 568, "Status": {}, "ActiveLoadID": {}}}"#,
                quoted(&device.name),
                quoted(device.status),
                quoted(device.load),
            );
            ends.push(text.len());
        }
        let _ = write!(text, "]{}}}", if is_sparse { "" } else { "}" });
    }
    text.push_str("]}}}");
    (text, ends)
}

/// What was read of an answer. An entry that says nothing of a device is told with the names of its members, which a form may
/// leave out where they say nothing.
fn told(inventory: &Inventory) -> Vec<String> {
    let broken: Vec<_> = inventory.broken_rows().map(|(_, row)| row.clone()).collect();
    let is_none = |row: &FleetRow| row.problem() == Some("an entry that is no device");
    let rows = inventory.fleet().rows().iter().map(|row| match is_none(row) {
        true => format!("{:?} {:?} {:?}", row.origin(), row.label(), row.problem()),
        false => format!("{row:?}"),
    });
    let notes = inventory.notes().map(|(_, note)| note.to_owned());
    let cuts = inventory.cuts().map(|(_, cut)| cut.to_string());
    rows.chain(notes)
        .chain(cuts)
        .chain([format!("{broken:?} {} {}", inventory.rows_read(), inventory.rows_joined())])
        .collect()
}

fn check_sums(inventory: &Inventory, devices: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(inventory.rows_read(), devices as u64);
    let rows = inventory.fleet().rows();
    let of_rows: usize = rows.iter().map(|row| row.trail().map_or(1, |trail| trail.rows().len())).sum();
    prop_assert_eq!(of_rows, devices, "every device is in exactly one row");
    prop_assert_eq!(inventory.rows_joined() as usize + rows.len(), devices);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn every_device_is_read_in_whatever_form(nodes in devices(), is_sparse: bool) {
        let count = nodes.iter().map(Vec::len).sum();
        let expected = read(&xml(&nodes, "", "").0);
        check_sums(&expected, count)?;
        for (prefix, blank) in [("n:", ""), ("", "\r\n\t"), ("soap-x:", " <!-- x -->")] {
            prop_assert_eq!(told(&read(&xml(&nodes, prefix, blank).0)), told(&expected));
        }
        prop_assert_eq!(told(&read(&json(&nodes, is_sparse).0)), told(&expected));
    }

    #[test]
    fn wherever_an_answer_is_cut_what_stands_before_is_read(nodes in devices(), is_json: bool, is_sparse: bool) {
        let (text, ends) = if is_json { json(&nodes, is_sparse) } else { xml(&nodes, "n:", "") };
        for cut in 0..text.len() {
            let Some(before) = text.get(..cut) else { continue };
            let complete = ends.iter().filter(|end| **end <= cut).count();
            match risport::read(&Document::new("cluster", before)) {
                Ok(inventory) => {
                    prop_assert_eq!(inventory.cuts().count(), 1);
                    let half = inventory.broken_rows().filter(|(_, row)| row.problem == RowProblem::Cut).count();
                    check_sums(&inventory, complete + half)?;
                    prop_assert!(half <= 1);
                }
                Err(error) => prop_assert_eq!(complete, 0, "{}", error),
            }
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes: Vec<u8>, begin in select(vec!["", "<CmDevices>", "{\"CmDevices\": [{", "<!DOCTYPE ["])) {
        let bytes = [begin.as_bytes(), &bytes].concat();
        let _ = risport::read(&Document::new("", &bytes));
    }

    #[test]
    fn damage_anywhere_is_survived(nodes in devices(), at: prop::sample::Index, byte: u8, is_json: bool) {
        let (text, _) = if is_json { json(&nodes, false) } else { xml(&nodes, "", "\n") };
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(inventory) = risport::read(&Document::new("", &bytes)) {
            check_sums(&inventory, inventory.rows_read() as usize)?;
        }
    }
}
