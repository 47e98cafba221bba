//! Records of JSON and XML: what each of them is, is judged by all its keys, wherever it stands and however it is spelled.

use crossgrade::inventory::{
    Document, Inventory, InventoryError, ReadOptions, axl, json, read, recognize, risport, webex,
};
use crossgrade::{Evidence, FirmwareType, FleetRow, SourceKind};
use proptest::prelude::*;

fn try_read(text: &str) -> Result<Inventory, InventoryError> {
    read(&Document::new("records", text), &ReadOptions::default())
}

#[track_caller]
fn read_any(text: &str) -> Inventory {
    try_read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What a test needs to know of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    kind: SourceKind,
    model: Option<String>,
    mac: Option<String>,
    load: Option<String>,
    firmware_type: Option<FirmwareType>,
}

fn seen(inventory: &Inventory) -> Vec<Seen> {
    let of = |row: &FleetRow| {
        let phone = row.phone();
        Seen {
            kind: inventory.fleet().source(row.origin()).expect("a source").kind(),
            model: phone.product().known().map(|product| product.model().to_string()),
            mac: phone.mac_evidence().known().map(|mac| mac.to_string()),
            load: phone.load_evidence().known().map(|load| load.to_string()),
            firmware_type: phone.firmware_type_evidence().known(),
        }
    };
    inventory.fleet().rows().iter().map(of).collect()
}

fn notes(inventory: &Inventory) -> String {
    inventory.notes().map(|(_, note)| note).collect::<Vec<_>>().join("\n")
}

/// A phone in an answer of RisPort.
#[derive(Debug, Clone)]
struct Device {
    number: u32,
    is_registered: bool,
}

const LOAD: &str = "sip88xx.14-0-1-0101-29";

impl Device {
    fn name(&self) -> String {
        format!("SEP00CCFC{:06X}", self.number)
    }

    fn status(&self) -> &'static str {
        if self.is_registered { "Registered" } else { "UnRegistered" }
    }

    /// Its members, each key spelled by `spell`.
    fn members(&self, spell: impl Fn(&str) -> String, with_name: bool) -> String {
        let name = match with_name {
            true => format!("\"{}\": \"{}\", ", spell("Name"), self.name()),
            false => String::new(),
        };
        format!(
            "{name}\"{}\": 683, \"{}\": \"{}\", \"{}\": \"{LOAD}\"",
            spell("Model"),
            spell("Status"),
            self.status(),
            spell("ActiveLoadID")
        )
    }

    fn is_as_expected(&self, seen: &Seen) {
        assert_eq!(seen.kind, SourceKind::Risport);
        assert_eq!(seen.model.as_deref(), Some("8841"));
        assert_eq!(seen.mac.as_deref(), self.name().strip_prefix("SEP"));
        assert_eq!(
            seen.load.as_deref(),
            self.is_registered.then_some(LOAD),
            "the last load of one that is gone runs nowhere"
        );
        assert_eq!(seen.firmware_type, self.is_registered.then_some(FirmwareType::Enterprise));
    }
}

fn as_it_is(key: &str) -> String {
    key.to_owned()
}

fn camel(key: &str) -> String {
    match key {
        "ActiveLoadID" => "activeLoadId".to_owned(),
        key => key.get(..1).unwrap_or_default().to_lowercase() + key.get(1..).unwrap_or_default(),
    }
}

fn snake(key: &str) -> String {
    if key == "ActiveLoadID" { "active_load_id".to_owned() } else { key.to_lowercase() }
}

/// The same devices in every shape that programs give them.
fn shapes(devices: &[Device]) -> Vec<(&'static str, String)> {
    let objects = |spell: fn(&str) -> String| -> Vec<String> {
        devices.iter().map(|device| format!("{{{}}}", device.members(spell, true))).collect()
    };
    let by_name = |spell: fn(&str) -> String| -> String {
        let entry = |device: &Device| format!("\"{}\": {{{}}}", device.name(), device.members(spell, false));
        devices.iter().map(entry).collect::<Vec<_>>().join(", ")
    };
    let nested: Vec<_> = devices
        .iter()
        .map(|device| format!("{{\"name\": \"{}\", \"ris\": {{{}}}}}", device.name(), device.members(camel, false)))
        .collect();
    let xml: String = devices
        .iter()
        .map(|device| {
            format!(
                "<item><Name>{}</Name><Model>683</Model><Status>{}</Status><ActiveLoadID>{LOAD}</ActiveLoadID></item>",
                device.name(),
                device.status()
            )
        })
        .collect();
    let (zeep, flat, lower) = (objects(as_it_is), objects(camel), objects(snake));
    vec![
        ("XML", format!("<CmNodes><item><Name>n</Name><CmDevices>{xml}</CmDevices></item></CmNodes>")),
        (
            "zeep",
            format!(
                "{{\"CmNodes\": {{\"item\": [{{\"Name\": \"n\", \"CmDevices\": {{\"item\": [{}]}}}}]}}}}",
                zeep.join(",")
            ),
        ),
        (
            "camelCase",
            format!(
                "{{\"totalDevicesFound\": {}, \"cmNodes\": [{{\"name\": \"n\", \"devices\": [{}]}}]}}",
                devices.len(),
                flat.join(",")
            ),
        ),
        ("a list", format!("[{}]", flat.join(","))),
        ("a list of other keys", format!("[{}]", lower.join(",\n"))),
        ("lines", lower.join("\n")),
        ("a wrapper", format!("{{\"status\": \"ok\", \"data\": {{\"results\": [{}]}}}}", flat.join(","))),
        ("under ris", format!("{{\"ris\": [{}]}}", zeep.join(","))),
        ("by name", format!("{{{}}}", by_name(as_it_is))),
        ("by name under ris", format!("{{\"ris\": {{{}}}}}", by_name(camel))),
        ("ris in each", format!("{{\"phones\": [{}]}}", nested.join(","))),
    ]
}

fn devices() -> impl Strategy<Value = Vec<Device>> {
    let numbers = prop::collection::btree_set(1_u32..0xff_ffff, 1..8);
    (numbers, any::<u64>()).prop_map(|(numbers, bits)| {
        let device = |(at, number)| Device { number, is_registered: bits >> at & 1 == 0 };
        numbers.into_iter().enumerate().map(device).collect()
    })
}

/// A phone of Unified CM's configuration, in every shape.
fn shapes_of_axl(numbers: &[u32]) -> Vec<(&'static str, String)> {
    let each = |tell: &dyn Fn(u32) -> String, between: &str| -> String {
        numbers.iter().map(|number| tell(*number)).collect::<Vec<_>>().join(between)
    };
    let zeep = |value: &str, number: u32| {
        format!(
            "{{\"name\": \"SEP00CCFC{number:06X}\", \"product\": \"Cisco 8841\", \"model\": \"Cisco 8841\", \"class\": \"Phone\", \
             \"devicePoolName\": {{\"{value}\": \"DP\", \"uuid\": \"x\"}}, \"loadInformation\": {{\"{value}\": \"{LOAD}\"}}, \
             \"lines\": {{\"line\": [{{\"index\": 1, \"dirn\": {{\"pattern\": \"1001\", \"name\": \"x\"}}}}]}}}}"
        )
    };
    let element = |number: u32| {
        format!(
            "<phone uuid='x'><name>SEP00CCFC{number:06X}</name><model>Cisco 8841</model><product>Cisco 8841</product>\
             <loadInformation>{LOAD}</loadInformation><lines><line><dirn><pattern>1</pattern></dirn></line></lines></phone>"
        )
    };
    let row = |number: u32| format!("<row><name>SEP00CCFC{number:06X}</name><tkmodel>683</tkmodel></row>");
    let entry = |number: u32| {
        format!(
            "\"SEP00CCFC{number:06X}\": {{\"model\": \"Cisco 8841\", \"devicePoolName\": \"DP\", \"class\": \"Phone\"}}"
        )
    };
    let envelope = |name: &str, inner: String| {
        format!(
            "<s:Envelope><s:Body><ns:{name} xmlns:ns='http://www.cisco.com/AXL/API/12.5'><return>{inner}</return></ns:{name}></s:Body></s:Envelope>"
        )
    };
    vec![
        ("zeep", format!("[{}]", each(&|number| zeep("_value_1", number), ","))),
        (
            "an answer",
            format!(
                "{{\"return\": {{\"phone\": [{}]}}, \"sequence\": null}}",
                each(&|number| zeep("value", number), ",")
            ),
        ),
        ("xmltodict", format!("{{\"phones\": [{}]}}", each(&|number| zeep("#text", number), ","))),
        ("lines", each(&|number| zeep("_value_1", number), "\n")),
        ("by name", format!("{{{}}}", each(&entry, ","))),
        (
            "rows",
            format!(
                "[{}]",
                each(&|number| format!("{{\"name\": \"SEP00CCFC{number:06X}\", \"tkmodel\": \"683\"}}"), ",")
            ),
        ),
        ("listPhone", envelope("listPhoneResponse", each(&element, ""))),
        ("getPhone", envelope("getPhoneResponse", each(&element, ""))),
        ("executeSQLQuery", envelope("executeSQLQueryResponse", each(&row, "\n"))),
    ]
}

/// Devices of Webex in every wrapper.
fn shapes_of_webex(numbers: &[u32]) -> Vec<(&'static str, String)> {
    let join = |tell: &dyn Fn(u32) -> String, between: &str| -> String {
        numbers.iter().map(|number| tell(*number)).collect::<Vec<_>>().join(between)
    };
    let device = |number: u32| {
        format!(
            "{{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC{number:06X}\", \"connectionStatus\": \"connected\", \"orgId\": \"x\"}}"
        )
    };
    let calling = |number: u32| {
        format!(
            "{{\"model\": \"DMS Cisco 8841\", \"mac\": \"00CCFC{number:06X}\", \"activationState\": \"activated\", \
             \"owner\": {{\"firstName\": \"Ann\"}}, \"description\": [\"a\"]}}"
        )
    };
    vec![
        ("a page", format!("{{\"items\": [{}]}}", join(&device, ","))),
        ("a list", format!("[{}]", join(&device, ","))),
        ("lines", join(&calling, "\n")),
        ("devices", format!("{{\"devices\": [{}], \"maxDeviceCount\": 35}}", join(&calling, ","))),
        ("a wrapper", format!("{{\"data\": {{\"phones\": [{}]}}}}", join(&calling, ","))),
    ]
}

/// Flat records in every wrapper.
fn shapes_of_any(numbers: &[u32]) -> Vec<(&'static str, String)> {
    let join = |tell: &dyn Fn(u32) -> String, between: &str| -> String {
        numbers.iter().map(|number| tell(*number)).collect::<Vec<_>>().join(between)
    };
    let flat =
        |number: u32| format!("{{\"macAddress\": \"00CCFC{number:06X}\", \"model\": \"CP-8841\", \"room\": {number}}}");
    let nested =
        |number: u32| format!("{{\"mac\": \"00CCFC{number:06X}\", \"hw\": {{\"Model\": {{\"value\": \"CP-8841\"}}}}}}");
    let mixed = |number: u32| if number.is_multiple_of(2) { flat(number) } else { nested(number) };
    vec![
        ("a list", format!("[{}]", join(&flat, ","))),
        ("parts", format!("[{}]", join(&nested, ","))),
        ("keys that differ", format!("{{\"phones\": [{}]}}", join(&mixed, ","))),
        ("lines", join(&flat, "\n")),
        ("a wrapper", format!("{{\"name\": \"Oslo\", \"data\": {{\"list\": [{}]}}}}", join(&flat, ","))),
    ]
}

/// What Webex has in common with other tools.
const SHARED: &[&str] = &[
    "\"personId\": \"77\"",
    "\"displayName\": \"Ann\"",
    "\"orgId\": \"1\"",
    "\"permissions\": [\"read\"]",
    "\"capabilities\": [\"xapi\"]",
    "\"errorCodes\": []",
    "\"type\": \"phone\"",
    "\"managedBy\": \"CUSTOMER\"",
    "\"upgradeChannel\": \"stable\"",
    "\"placeId\": \"3\"",
    "\"activeInterface\": \"wired\"",
    "\"primaryOwner\": \"Ann\"",
    "\"owner\": {\"id\": \"Y2lzY29zcGFyazov\", \"displayName\": \"Ann\"}",
];

/// What only Webex has.
const OF_WEBEX: &[&str] = &[
    "\"id\": \"Y2lzY29zcGFyazov\"",
    "\"workspaceId\": \"x\"",
    "\"primarySipUrl\": \"a@example.com\"",
    "\"activationState\": \"activated\"",
    "\"connectionStatus\": \"connected\"",
];

/// What records of any tool say.
const FLAT: &[&str] = &[
    "\"mac\": \"00CCFC000001\", \"model\": \"CP-8841-K9=\"",
    "\"mac\": \"00CCFC000001\", \"product\": \"Cisco 8841\", \"software\": \"sip88xx.12-8-1-0001-455\"",
    "\"name\": \"SEP00CCFC000001\", \"product\": \"Cisco 8841\"",
    "\"product\": \"Cisco 8841\", \"serial\": \"FCH20100312\"",
];

proptest! {
    #[test]
    fn one_answer_of_risport_is_the_same_phones_in_every_shape(devices in devices()) {
        for (shape, text) in shapes(&devices) {
            let inventory = read_any(&text);
            let seen = seen(&inventory);
            prop_assert_eq!(seen.len(), devices.len(), "{}: {}", shape, text);
            devices.iter().zip(&seen).for_each(|(device, seen)| device.is_as_expected(seen));
            prop_assert_eq!(inventory.broken_rows().count() + inventory.cuts().count(), 0, "{}", shape);
            // The caller's word comes to the same.
            prop_assert_eq!(&risport::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    #[test]
    fn phones_of_unified_cm_are_rows_and_nothing_says_what_runs(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..8)) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_axl(&numbers) {
            let inventory = read_any(&text);
            let expected = |number: &u32| Seen {
                kind: SourceKind::Axl,
                model: Some("8841".to_owned()),
                mac: Some(format!("00CCFC{number:06X}")),
                load: None,
                firmware_type: None,
            };
            prop_assert_eq!(seen(&inventory), numbers.iter().map(expected).collect::<Vec<_>>(), "{}: {}", shape, text);
            prop_assert_eq!(inventory.broken_rows().count(), 0, "{}", shape);
            prop_assert!(inventory.fleet().rows().iter().all(|row| row.phone().release_evidence() == &Evidence::Absent));
            prop_assert_eq!(&axl::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    #[test]
    fn devices_of_webex_run_mpp_in_every_wrapper(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..8)) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_webex(&numbers) {
            let inventory = read_any(&text);
            let expected = |number: &u32| Seen {
                kind: SourceKind::Webex,
                model: Some("8841".to_owned()),
                mac: Some(format!("00CCFC{number:06X}")),
                load: None,
                firmware_type: Some(FirmwareType::Mpp),
            };
            prop_assert_eq!(seen(&inventory), numbers.iter().map(expected).collect::<Vec<_>>(), "{}: {}", shape, text);
            prop_assert_eq!(&webex::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    #[test]
    fn flat_records_are_rows_and_say_nothing_of_the_type(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..8)) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_any(&numbers) {
            let inventory = read_any(&text);
            let expected = |number: &u32| Seen {
                kind: SourceKind::Json,
                model: Some("8841".to_owned()),
                mac: Some(format!("00CCFC{number:06X}")),
                load: None,
                firmware_type: None,
            };
            prop_assert_eq!(seen(&inventory), numbers.iter().map(expected).collect::<Vec<_>>(), "{}: {}", shape, text);
            prop_assert_eq!(&json::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    /// What Webex has in common with other tools changes nothing in what a record of another tool says.
    #[test]
    fn keys_that_others_have_too_prove_nothing(
        shared in prop::sample::subsequence(SHARED, 0..=SHARED.len()),
        flat in prop::sample::select(FLAT),
        with_foreign in any::<bool>(),
        of_webex in prop::sample::subsequence(OF_WEBEX, 0..=OF_WEBEX.len()),
    ) {
        let foreign = "\"vid\": \"V05\", \"load\": \"sip88xx.12-8-1-0001-455\"";
        // A record that no device of Webex can be proves nothing, whatever else it says.
        let beside = if with_foreign { [vec![foreign], of_webex].concat() } else { Vec::new() };
        let alone = beside.iter().filter(|part| **part == foreign).copied();
        let before = read_any(&format!("[{{{}}}]", [flat].into_iter().chain(alone).collect::<Vec<_>>().join(", ")));
        for members in [[&shared[..], &[flat], &beside[..]].concat(), [&[flat], &beside[..], &shared[..]].concat()] {
            let text = format!("[{{{}}}]", members.join(", "));
            let inventory = read_any(&text);
            let kind = |inventory: &Inventory| inventory.fleet().source(inventory.fleet().rows()[0].origin()).unwrap().kind();
            prop_assert_eq!(kind(&inventory), SourceKind::Json, "{}", text);
            let phone = |inventory: &Inventory| inventory.fleet().rows()[0].phone().clone();
            prop_assert_eq!(phone(&inventory), phone(&before), "{}", text);
        }
    }

    /// In one list, each record is what its own keys say, and none is lost.
    #[test]
    fn records_of_several_kinds_are_read_each_as_its_own(kinds in prop::collection::vec(0_usize..4, 1..12)) {
        let record = |(number, kind): (usize, &usize)| match kind {
            0 => format!("{{\"Name\": \"SEP00CCFC{number:06X}\", \"Model\": 683, \"Status\": \"Registered\", \"ActiveLoadID\": \"{LOAD}\"}}"),
            1 => format!("{{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC{number:06X}\", \"workspaceId\": \"x\"}}"),
            2 => format!("{{\"name\": \"SEP00CCFC{number:06X}\", \"product\": \"Cisco 8841\", \"pkid\": \"x\", \"model\": \"Cisco 8841\"}}"),
            _ => format!("{{\"mac\": \"00CCFC{number:06X}\", \"product\": \"CP-8841\"}}"),
        };
        let records: Vec<_> = kinds.iter().enumerate().map(|(number, kind)| record((number + 1, kind))).collect();
        for text in [format!("[{}]", records.join(",\n")), records.join("\n"), format!("{{\"devices\": [{}]}}", records.join(","))] {
            let inventory = read_any(&text);
            let mut seen = seen(&inventory);
            seen.sort_by(|one, other| one.mac.cmp(&other.mac));
            prop_assert_eq!(seen.len(), kinds.len(), "{}", text);
            for (number, (seen, kind)) in seen.iter().zip(&kinds).enumerate() {
                let expected = [
                    (SourceKind::Risport, Some(FirmwareType::Enterprise)),
                    (SourceKind::Webex, Some(FirmwareType::Mpp)),
                    (SourceKind::Axl, None),
                    (SourceKind::Json, None),
                ][*kind];
                prop_assert_eq!((seen.kind, seen.firmware_type), expected);
                let mac = format!("00CCFC{:06X}", number + 1);
                prop_assert_eq!((seen.mac.as_deref(), seen.model.as_deref()), (Some(&*mac), Some("8841")));
            }
        }
    }

    /// A cut costs the record that it stands in, and none before it.
    #[test]
    fn what_stands_before_a_cut_is_read(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..5), end in any::<prop::sample::Index>()) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_axl(&numbers).into_iter().chain(shapes_of_any(&numbers)) {
            let whole = read_any(&text);
            let cut = &text[..end.index(text.len())];
            let Ok(inventory) = try_read(cut) else { continue };
            let rows = inventory.fleet().rows();
            prop_assert!(rows.len() <= whole.fleet().rows().len(), "{}: {}", shape, cut);
            for (row, expected) in rows.iter().zip(whole.fleet().rows()).take(rows.len().saturating_sub(1)) {
                prop_assert_eq!(row.phone(), expected.phone(), "{}: {}", shape, cut);
            }
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in any::<Vec<u8>>(), head in prop::sample::select(&["", "[", "{\"pkid\":", "<row>", "[{\"mac\":\"x\"},"][..])) {
        let bytes = [head.as_bytes(), &bytes].concat();
        let document = Document::new("records", &bytes);
        let outcomes = [axl::read(&document), json::read(&document), read(&document, &ReadOptions::default())];
        for inventory in outcomes.into_iter().flatten() {
            prop_assert_eq!(inventory.rows_read() - inventory.rows_joined(), inventory.fleet().rows().len() as u64);
        }
    }
}

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
        (SourceKind::Webex, r#"{"mac": "00CCFC000001", "model": "DMS Cisco 8811"}"#),
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
    refused(json::read, hub, "a device list of Webex");
    refused(axl::read, "PID,VID\n", "text that is neither XML nor JSON");
    refused(axl::read, "<html><body>x</body></html>", "an HTML page");
    refused(json::read, "<a/>", "XML or HTML");
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

#[test]
fn columns_and_kept_keys_are_those_of_tables() {
    let mut options = ReadOptions::default();
    options.columns = vec![crossgrade::inventory::ChosenColumn::new(crossgrade::inventory::InventoryField::Vid, "rev")];
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
