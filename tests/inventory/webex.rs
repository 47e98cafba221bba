//! Device lists of Webex: every item is a row, whatever it is, and what stands before a cut is read.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, InventoryError, webex};
use crossgrade::phone::DeviceClass;
use crossgrade::{Destination, Evidence, FirmwareType, FleetRow, Phone, Verdict, assess};
use proptest::prelude::*;

const PAGE: &str = r#"{"items": [
 {"id": "Y2lzY29", "displayName": "Reception \u2116 1", "placeId": null, "capabilities": ["xapi"], "product": "Cisco 8841",
  "type": "phone", "tags": [], "ip": "10.1.2.3", "mac": "00:CC:FC:12:34:56", "serial": "FCH20100312",
  "software": "sip88xx.12-0-3MPP0001-87", "connectionStatus": "connected", "errorCodes": []},
 {"id": "Y2lzY2A", "displayName": "Board", "product": "Cisco Room Kit", "type": "roomdesk", "ip": "10.1.2.4",
  "mac": "00:CC:FC:12:34:57", "serial": "FOC2010NABC", "software": "RoomOS 11.19.0 stable", "connectionStatus": "disconnected"}
], "notFoundIds": null}"#;

fn try_read(bytes: impl AsRef<[u8]>) -> Result<Inventory, InventoryError> {
    webex::read(&Document::new("devices", bytes.as_ref()))
}

#[track_caller]
fn read(text: &str) -> Inventory {
    try_read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// One device with these members.
#[track_caller]
fn device(members: &str) -> Phone<'static> {
    let inventory = read(&format!("{{\"items\": [{{{members}}}]}}"));
    assert_eq!(inventory.rows_read(), 1, "{members}");
    inventory.fleet().rows()[0].phone().clone()
}

fn problems(inventory: &Inventory) -> Vec<&str> {
    inventory.fleet().rows().iter().map(|row| row.problem().unwrap_or_default()).collect()
}

fn cuts(inventory: &Inventory) -> Vec<String> {
    inventory.cuts().map(|(_, error)| error.to_string()).collect()
}

/// The product texts: of rows that nobody can read, what was there.
fn products(inventory: &Inventory) -> Vec<&str> {
    inventory.fleet().rows().iter().map(|row| row.phone().product_text().unwrap_or_default()).collect()
}

#[test]
fn a_phone_in_webex_runs_mpp_firmware_and_keeps_what_people_know_it_by() {
    let inventory = read(PAGE);
    assert_eq!(inventory.fleet().sources()[0].kind(), SourceKind::Webex);
    let [phone, room] = inventory.fleet().rows() else { panic!("{inventory}") };
    assert_eq!((phone.line(), room.line()), (1, 2), "devices are counted");
    let label = phone.label().expect("a label");
    assert_eq!(label.description.as_deref(), Some("Reception \u{2116} 1"));
    assert_eq!((label.ip_address.as_deref(), label.status.as_deref()), (Some("10.1.2.3"), Some("connected")));
    assert_eq!(label.name, None, "the display name is what people wrote, not the name of the device");
    assert_eq!(phone.phone().firmware_type_evidence(), &Evidence::Known(FirmwareType::Mpp));
    assert_eq!(
        phone.phone().load_evidence().known().map(|load| load.to_string()).as_deref(),
        Some("sip88xx.12-0-3MPP0001-87")
    );
    assert_eq!(
        phone.phone().serial_evidence().known().map(|serial| serial.to_string()).as_deref(),
        Some("FCH20100312")
    );
    let answer = assess(phone.phone(), Destination::WebexCalling);
    assert_eq!(answer.verdict(), Verdict::NotNeeded);
    // A room device is a row like any other; it is no phone, and says so.
    let room_kit = room.phone().product().known().map(|product| product.model());
    assert_eq!(room_kit.and_then(|model| model.device_class()), Some(DeviceClass::RoomSystem));
    assert_eq!(room.phone().product_text(), Some("Cisco Room Kit"));
    assert_eq!(room.phone().release_evidence().unreadable(), Some("RoomOS 11.19.0 stable"));
    assert_eq!(inventory.broken_rows().count() + inventory.cuts().count() + inventory.notes().count(), 0);
}

#[test]
fn pages_lists_and_devices_in_any_arrangement_are_the_same_devices() {
    let (one, two) = (r#"{"product": "Cisco 8841", "mac": "00CCFC000001"}"#, r#"{"product": "Cisco 7821"}"#);
    let expected: Vec<_> =
        read(&format!("[{one},{two}]")).fleet().rows().iter().map(FleetRow::phone).cloned().collect();
    for text in [
        format!("{{\"items\":[{one},{two}]}}"),
        format!("{{\"links\":{{\"next\":\"x\"}},\"items\":[{one},{two}],\"message\":\"fine\"}}"),
        format!("{{\"items\":[{one}]}}{{\"items\":[{two}]}}"),
        format!("{{\"items\":[{one}]}}\r\n\u{feff}{{\"items\":[]}}\r\n{{\"items\":[{two}]}}\r\n"),
        format!("[{{\"items\":[{one}]}},{{\"items\":[{two}]}}]"),
        format!("{one}\n{two}\n"),
        format!("{one}{two}"),
        format!("[{one}][{two}]"),
        // PowerShell writes one device where a list of one was meant, and null for none.
        format!("{{\"items\":null}}{{\"items\":{one}}}{{\"items\":{two}}}"),
        format!("\u{feff} \n[{one},{two}]"),
    ] {
        let inventory = read(&text);
        let phones: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::phone).cloned().collect();
        assert_eq!(phones, expected, "{text}");
        let lines: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
        assert_eq!((lines, problems(&inventory)), (vec![1, 2], vec!["", ""]), "{text}");
    }
}

#[test]
fn the_same_device_on_two_pages_is_two_rows() {
    let page = r#"{"items": [{"product": "Cisco 8841", "mac": "00CCFC000001"}]}"#;
    assert_eq!(read(&page.repeat(3)).fleet().rows().len(), 3, "merge joins them, and says so");
}

#[test]
fn encodings_of_windows_are_read() {
    let expected = read(PAGE);
    let utf16: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let inventory = try_read([b"\xff\xfe", &*utf16].concat()).unwrap();
    assert_eq!(inventory.fleet(), expected.fleet());
    assert_eq!(inventory.notes().map(|(_, note)| note).collect::<Vec<_>>(), ["read as UTF-16LE"]);
    assert_eq!(try_read(format!("\u{feff}{PAGE}")).unwrap(), expected);
    let inventory = try_read(b"[{\"product\": \"Cisco 8841\", \"displayName\": \"Z\xfcrich\"}]").unwrap();
    let label = inventory.fleet().rows()[0].label().and_then(|label| label.description.as_deref());
    assert_eq!(label, Some("Z\u{fc}rich"));
}

#[test]
fn what_is_no_text_stays_as_it_was_said() {
    assert_eq!(device(r#""mac": 112233, "product": "Cisco 8841""#).mac_evidence().unreadable(), Some("112233"));
    assert_eq!(device(r#""mac": ["00CCFC000001"]"#).mac_evidence().unreadable(), Some(r#"["00CCFC000001"]"#));
    assert_eq!(device(r#""product": {"a": "Cisco 8841"}"#).product().unreadable(), Some(r#"{"a": "Cisco 8841"}"#));
    assert_eq!(device(r#""software": true"#).release_evidence().unreadable(), Some("true"));
    assert_eq!(device(r#""software": 1e999"#).release_evidence().unreadable(), Some("1e999"));
    // Half a letter, as programs leave it that cut texts by their length.
    assert_eq!(device(r#""serial": "\ud83d""#).serial_evidence().unreadable(), Some(r#""\ud83d""#));
    for nothing in [r#""mac": null, "ip": "x""#, r#""mac": "", "ip": "x""#, r#""mac": " \u00a0", "ip": "x""#] {
        assert_eq!(device(nothing).mac_evidence(), &Evidence::Absent, "{nothing}");
    }
}

#[test]
fn what_is_said_twice_is_said_once_or_unreadable() {
    let mac = |members: &str| device(members).mac_evidence().clone();
    assert_eq!(mac(r#""mac": "00CCFC000001", "mac": "00CCFC000001""#), mac(r#""mac": "00CCFC000001""#));
    assert_eq!(mac(r#""mac": null, "mac": "00CCFC000001", "mac": """#), mac(r#""mac": "00CCFC000001""#));
    let two = mac(r#""mac": "00CCFC000001", "mac": "00CCFC000002""#);
    let sides: Vec<_> = two.sides().expect("two sides").iter().map(|side| (side.text(), side.place())).collect();
    assert_eq!(sides, [("00CCFC000001", "mac"), ("00CCFC000002", "mac")]);
    let phone = device(r#""product": "Cisco 8841", "product": "Cisco 8851""#);
    assert_eq!(phone.product().sides().map(|sides| sides.iter().count()), Some(2));
}

#[test]
fn firmware_without_a_readable_name_is_a_release() {
    let release = device(r#""product": "Cisco 8841", "software": "12.0(3)""#);
    assert_eq!(release.release_evidence().known().map(|release| release.to_string()).as_deref(), Some("12.0(3)"));
    // An unmarked load of a phone in Webex is an MPP load or a contradiction; that is decided elsewhere.
    let load = device(r#""product": "Cisco 8841", "software": "sip88xx.14-2-1-0101-26.loads""#);
    assert_eq!(load.load_evidence().known().map(|load| load.firmware_type()), Some(FirmwareType::Enterprise));
    assert_eq!(load.firmware_type_evidence(), &Evidence::Known(FirmwareType::Mpp));
}

#[test]
fn an_item_that_is_no_device_is_a_row_that_shows_its_beginning() {
    let inventory =
        read(r#"{"items": [8841, "Cisco 8841", null, [1], {}, {"emails": ["a@example.com"]}, true, -1.5]}"#);
    let expected = ["8841", "\"Cisco 8841\"", "null", "1", "{}", "{\"emails\": [\"a@example.com\"]}", "true", "-1.5"];
    let expected = expected.map(|text| format!("an entry that is no device: {text}"));
    assert_eq!(products(&inventory), expected);
    assert!(problems(&inventory).iter().all(|problem| *problem == "an entry that is no device"));
    for row in inventory.fleet().rows() {
        assert!(row.phone().product().unreadable().is_some(), "8841 in a list is no phone");
        assert_eq!(row.phone().firmware_type_evidence(), &Evidence::Absent);
    }
    let long = format!("[{:?}]", "x".repeat(1000));
    assert!(products(&read(&long))[0].chars().count() < 200);
}

#[test]
fn an_overlong_value_is_a_row_that_nobody_can_read_and_the_next_row_is_read() {
    let inventory = read(&format!(
        r#"[{{"product": "Cisco 8841{}", "mac": "00CCFC000001"}}, {{"product": "Cisco 8841", "capabilities": "{}"}}]"#,
        " ".repeat(70_000),
        "x".repeat(70_000)
    ));
    assert_eq!(
        problems(&inventory),
        ["a value of 70010 bytes; expected at most 65536", ""],
        "what is not read may be long"
    );
    let phone = inventory.fleet().rows()[0].phone();
    assert!(phone.product().unreadable().is_some_and(|text| text.len() < 200), "a beginning is no product");
    assert!(phone.mac_evidence().known().is_some(), "the other members count");
    let many = r#""mac": "00CCFC000001", "mac": "00CCFC000002", "#.repeat(100_000);
    let device = device(&format!("{many}\"ip\": null"));
    assert_eq!(device.mac_evidence().sides().map(|sides| sides.iter().count()), Some(2));
}

#[test]
fn an_error_of_the_service_is_told_in_its_words() {
    let error = r#"{"message": "The request requires a valid access token.", "errors": [{"description": "x"}], "trackingId": "ROUTER_1"}"#;
    let message = "The request requires a valid access token.".to_owned();
    assert_eq!(try_read(error), Err(InventoryError::Refused { message: message.clone() }));
    assert!(matches!(try_read(r#"{"errors": [{"description": "x"}]}"#), Err(InventoryError::Refused { .. })));
    // Behind a page: the devices stay, and reading goes on with the next page.
    let inventory = read(&format!("{PAGE}{error}{PAGE}"));
    assert_eq!(inventory.rows_read(), 4);
    assert_eq!(cuts(&inventory), [format!("inventory: the service answers with an error: {message}")]);
}

#[test]
fn other_json_is_refused_and_an_empty_list_is_a_list() {
    for text in ["{}", "{\"name\": \"crossgrade\", \"version\": 1}"] {
        assert!(matches!(try_read(text), Err(InventoryError::OtherThing { .. })), "{text}");
    }
    for text in ["[]", "{\"items\": []}", "{\"items\":null}", "[]\n[]"] {
        assert_eq!(read(text).rows_read(), 0, "{text}");
    }
    assert_eq!(try_read(""), Err(InventoryError::Empty));
    assert!(matches!(try_read("<html>"), Err(InventoryError::OtherThing { .. })));
}

#[test]
fn what_is_too_deep_is_refused_and_what_stands_before_it_is_read() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    let too_deep = |found| InventoryError::TooMuch { what: "values within values", line: 1, found, limit: 64 };
    assert_eq!(read(&deep(64)).rows_read(), 1);
    assert_eq!(try_read(deep(65)), Err(too_deep(65)));
    assert_eq!(try_read("[".repeat(1_000_000)), Err(too_deep(65)), "also if it never ends");
    assert_eq!(try_read("{\"a\":".repeat(100_000)), Err(too_deep(66)));
    let inventory = read(&format!("{}\n[{{\"mac\": \"x\", \"tags\": {}}}]", PAGE, "[".repeat(100_000)));
    assert_eq!((inventory.rows_read(), cuts(&inventory).len()), (3, 1), "a device that says too much is still a row");
    assert!(cuts(&inventory)[0].starts_with("inventory: line 8: 6"), "{:?}", cuts(&inventory));
}

#[test]
fn the_item_that_is_cut_is_a_row_with_what_was_complete() {
    let cut = |text: &str| read(text);
    let inventory = cut(r#"{"items": [{"product": "Cisco 8841", "mac": "00CCFC000001", "serial": "FCH201"#);
    assert_eq!(problems(&inventory), ["the file ends within this row"]);
    let phone = inventory.fleet().rows()[0].phone();
    assert!(phone.product().known().is_some() && phone.mac_evidence().known().is_some());
    assert_eq!(phone.serial_evidence(), &Evidence::Absent, "half a serial number is none");
    assert_eq!(cuts(&inventory), ["inventory: line 1: the file ends within a JSON value"]);

    let inventory = cut("{\"items\": [{\"mac\": \"00CCFC000001\"},\n{\"id\": \"x\", \"prod");
    assert_eq!(products(&inventory)[1], "the file ends within this row: {\"id\": \"x\", \"prod");
    assert_eq!(cuts(&inventory), ["inventory: line 2: the file ends within a JSON value"]);
    // Another digit might have followed.
    assert_eq!(products(&cut("[{\"product\": 8841")), ["the file ends within this row: {\"product\": 8841"]);
    // Damage in the middle: there is no telling what follows.
    let inventory = cut("[{\"product\": \"Cisco 8841\"},\n{\"product\": oops}, {\"product\": \"Cisco 8841\"}]");
    assert_eq!(cuts(&inventory), ["inventory: line 2: expected value"]);
    assert_eq!(inventory.rows_read(), 2);
    assert!(matches!(try_read("{\"items\": "), Err(InventoryError::Broken { line: 1, .. })));
    assert!(matches!(try_read("[] x"), Err(InventoryError::Broken { .. })));
}

#[test]
fn rows_before_a_cut_are_there_wherever_it_is() {
    let device = |number: u32| format!("{{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC00000{number}\", \"ip\": 10}}");
    let devices: Vec<_> = (0..3).map(device).collect();
    for text in [
        format!("{{\"items\": [{}], \"notFoundIds\": []}}", devices.join(", ")),
        format!("[{}]", devices.join(",\n")),
        devices.join("\n"),
        format!("[{{\"items\": [{}]}}, {{\"items\": [{}]}}]", devices[..2].join(","), devices[2]),
    ] {
        for end in 1..text.len() {
            let whole = devices.iter().filter(|device| text[..end].contains(*device)).count();
            let inventory = match try_read(&text[..end]) {
                Ok(inventory) => inventory,
                Err(error) => {
                    assert_eq!(whole, 0, "{error}: {}", &text[..end]);
                    continue;
                }
            };
            let rows = inventory.fleet().rows();
            assert!((whole..=whole + 1).contains(&rows.len()), "{} of {whole}: {}", rows.len(), &text[..end]);
            for (number, row) in rows[..whole].iter().enumerate() {
                assert_eq!(row.problem(), None, "{}", &text[..end]);
                assert_eq!(
                    row.phone().mac_evidence().known().map(|mac| mac.to_string()),
                    Some(format!("00CCFC00000{number}"))
                );
            }
            assert!(rows[whole..].iter().all(|row| row.problem() == Some("the file ends within this row")));
            // Devices that stand by themselves may be fewer without being cut.
            let is_whole = rows.len() == whole && devices.join("\n").starts_with(&text[..end]);
            assert_eq!(inventory.cuts().count(), usize::from(!is_whole), "{}", &text[..end]);
        }
    }
}

#[test]
fn the_template_lists_phones_that_are_not_in_webex_yet() {
    for text in [
        "Username,Type,Phone Number,Extension,Device Type,Model,MAC Address,Location,Calling Plan\n\
         alice@example.com,USER,,,IP,Cisco 8841,00CCFC123456,HQ-Oslo,\n",
        "Model,MAC Address\nCisco 8841,00CCFC123456\n",
        "mac_address;MODEL\n00:CC:FC:12:34:56;Cisco 8841\n",
    ] {
        let inventory = read(text);
        assert_eq!(inventory.fleet().sources()[0].kind(), SourceKind::Webex);
        let phone = inventory.fleet().rows()[0].phone();
        assert_eq!(phone.firmware_type_evidence(), &Evidence::Absent, "{text}");
        assert!(phone.product().known().is_some() && phone.mac_evidence().known().is_some(), "{text}");
        assert_eq!(assess(phone, Destination::WebexCalling).verdict(), Verdict::Eligible, "{text}");
        assert!(inventory.notes().any(|(_, note)| note.contains("no evidence of MPP")), "{text}");
    }
    // `IP` in the column Device Type is no product.
    let inventory = read("Device Type,Model,MAC Address\nIP,,00CCFC123456\n");
    assert_eq!(inventory.fleet().rows()[0].phone().product(), &Evidence::Absent);
    // Somebody added a column of their own to the template.
    let inventory =
        read("Username,Type,Model,MAC Address,Calling Plan,Serial Number\na,USER,Cisco 8841,00CCFC123456,,x\n");
    assert_eq!(inventory.fleet().rows()[0].phone().firmware_type_evidence(), &Evidence::Absent);
}

#[test]
fn an_export_of_devices_is_evidence_of_mpp_firmware() {
    let inventory = read(
        "Product,MAC Address,Serial Number,Software Version,Connection Status\n\
         Cisco 8841,00:CC:FC:12:34:56,FCH20100312,sip88xx.12-0-3MPP0001-87,Connected\n\
         Cisco 7821,00:CC:FC:12:34:57\n\
         ,,,,Offline\n",
    );
    let types: Vec<_> =
        inventory.fleet().rows().iter().map(|row| row.phone().firmware_type_evidence().known()).collect();
    assert_eq!(types, [Some(FirmwareType::Mpp), None, None], "a row that cannot be trusted, and one that says nothing");
    assert_eq!(problems(&inventory)[1], "2 columns where the header has 5");
    let lines: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
    assert_eq!((lines, inventory.notes().count()), (vec![2, 3, 4], 0));
    // A person counts lines in a file of lines, and devices in an answer.
    let told: Vec<_> = inventory.problems().collect();
    assert!(told[0].contains(" line 3: 2 columns"), "{told:?}");
    let inventory = read(
        "Product,MAC Address,Firmware Type,Online Status\nCisco 8841,00CCFC123456,Enterprise,Online with issues\n",
    );
    let phone = inventory.fleet().rows()[0].phone();
    assert_eq!(
        phone.firmware_type_evidence().known(),
        Some(FirmwareType::Enterprise),
        "what the row says itself stays"
    );
    let inventory = read("Phone Name,Phone Model\nSEP00CCFC123456,Cisco 8841\n");
    assert_eq!(inventory.fleet().rows()[0].phone().firmware_type_evidence(), &Evidence::Absent);
    assert_eq!(inventory.notes().count(), 1);
}

/// An item of a list as JSON: devices, and everything else.
#[test]
fn only_what_webex_says_of_a_connection_is_evidence_of_mpp_firmware() {
    let types = |text: &str| {
        let inventory = read(text);
        let notes: Vec<_> = inventory.notes().map(|(_, note)| note.to_owned()).collect();
        let phones = inventory.fleet().rows().iter().map(FleetRow::phone);
        (phones.map(|phone| phone.firmware_type_evidence().known()).collect::<Vec<_>>(), notes)
    };
    let nothing = ["nothing shows that Webex knows these phones: no evidence of MPP firmware"];
    for list in [
        // Somebody's list of what is to be done.
        "Model,MAC Address,Status\nCisco 8841,00CCFC123456,to migrate\n",
        // A list of Unified CM.
        "Device Name,Model,Serial Number,Status\nSEP00CCFC123456,Cisco 8841,FCH20100312,Registered\n",
        "Product,MAC Address,Software Version\nCisco 8841,00CCFC123456,sip88xx.14-2-1-0101-26\n",
        "Model,MAC Address,Serial Number\nCisco 8841,00CCFC123456,FCH20100312\n",
        "Model,MAC Address,Connection Status\nCisco 8841,00CCFC123456,activating\n",
        "Username,Model,MAC Address,Calling Plan,Status\na,Cisco 8841,00CCFC123456,,Online\n",
    ] {
        assert_eq!(types(list), (vec![None], nothing.map(str::to_owned).to_vec()), "{list}");
        let inventory = read(list);
        let answer = assess(inventory.fleet().rows()[0].phone(), Destination::WebexCalling);
        assert_eq!(answer.verdict(), Verdict::Eligible, "{list}");
    }
    for status in [
        "connected",
        "Connected_With_Issues",
        "DISCONNECTED",
        "online",
        "Online, with issues",
        "Offline",
        "offline_expired",
    ] {
        for header in ["Connection Status", "Online Status", "Status"] {
            let text = format!("Model;MAC Address;{header}\nCisco 8841;00CCFC123456;{status}\n");
            assert_eq!(types(&text), (vec![Some(FirmwareType::Mpp)], vec![]), "{text}");
        }
    }
    // Row by row; a load with MPP says what runs by itself.
    let mixed = "Model,MAC Address,Status,Connection Status,Software\n\
        Cisco 8841,00CCFC000001,active,connected,\n\
        Cisco 8841,00CCFC000002,active,,sip88xx.12-0-3MPP0001-87\n\
        Cisco 8841,00CCFC000003,active,,\n";
    let note = "of 1 phone nothing shows that Webex knows it: no evidence of MPP firmware";
    assert_eq!(types(mixed), (vec![Some(FirmwareType::Mpp), None, None], vec![note.to_owned()]));
}

fn item() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[A-Za-z0-9 :.=-]{0,12}".prop_map(|text| format!("{text:?}")),
        Just("\"Cisco 8841\"".to_owned()),
        Just("\"\\ud83d\\u0000\"".to_owned()),
        any::<f64>()
            .prop_filter("JSON has no other numbers", |number| number.is_finite())
            .prop_map(|number| number.to_string()),
        Just("null".to_owned()),
        Just("[{\"items\": [1]}]".to_owned()),
    ];
    let name = prop::sample::select(&["product", "mac", "serial", "software", "ip", "displayName", "message", "x"][..]);
    let object = prop::collection::vec((name, value.clone()), 0..6).prop_map(|members| {
        let members: Vec<_> = members.into_iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        format!("{{{}}}", members.join(", "))
    });
    prop_oneof![4 => object, 1 => value]
}

proptest! {
    #[test]
    fn every_item_is_a_row_and_every_row_has_an_answer(items in prop::collection::vec(item(), 0..20), end in any::<prop::sample::Index>()) {
        let text = format!("{{\"items\": [{}]}}", items.join(",\n"));
        let inventory = try_read(&text).unwrap();
        prop_assert_eq!(inventory.fleet().rows().len(), items.len());
        prop_assert_eq!((inventory.rows_read(), inventory.cuts().count()), (items.len() as u64, 0));
        for destination in Destination::ALL {
            let summary = inventory.fleet().audit(crossgrade::RuleBook::guide(), &crossgrade::Request::to(*destination));
            prop_assert_eq!(summary.verdicts().total(), items.len());
        }
        // Cut anywhere, the rows before the cut are the same rows.
        let end = end.index(text.len());
        if let Some(Ok(cut)) = text.get(..end).map(try_read) {
            let whole = cut.fleet().rows().len().saturating_sub(1);
            prop_assert_eq!(&cut.fleet().rows()[..whole], &inventory.fleet().rows()[..whole]);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in any::<Vec<u8>>(), head in prop::sample::select(&["", "[", "{\"items\":[{\"mac\":", "{"][..])) {
        if let Ok(inventory) = try_read([head.as_bytes(), &bytes].concat()) {
            prop_assert_eq!(inventory.rows_read(), inventory.fleet().rows().len() as u64);
        }
    }
}
