//! One list of devices in every shape that programs give it.

use crossgrade::FirmwareType;
use crossgrade::fleet::SourceKind;
use proptest::prelude::*;

use super::Seen;

/// A phone in an answer of RisPort.
#[derive(Debug, Clone)]
pub(super) struct Device {
    number: u32,
    is_registered: bool,
}

pub(super) const LOAD: &str = "sip88xx.14-0-1-0101-29";

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

    /// `is_in_answer` tells whether the shape is an answer of RisPort, in which a registration proves Enterprise firmware.
    pub(super) fn is_as_expected(&self, seen: &Seen, is_in_answer: bool) {
        assert_eq!(seen.kind, SourceKind::Risport);
        assert_eq!(seen.model.as_deref(), Some("8841"));
        assert_eq!(seen.mac.as_deref(), self.name().strip_prefix("SEP"));
        assert_eq!(
            seen.load.as_deref(),
            self.is_registered.then_some(LOAD),
            "the last load of one that is gone runs nowhere"
        );
        let is_proof = self.is_registered && is_in_answer;
        assert_eq!(seen.firmware_type, is_proof.then_some(FirmwareType::Enterprise));
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
pub(super) fn shapes(devices: &[Device]) -> Vec<(&'static str, String)> {
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

pub(super) fn devices() -> impl Strategy<Value = Vec<Device>> {
    let numbers = prop::collection::btree_set(1_u32..0xff_ffff, 1..8);
    (numbers, any::<u64>()).prop_map(|(numbers, bits)| {
        let device = |(at, number)| Device { number, is_registered: bits >> at & 1 == 0 };
        numbers.into_iter().enumerate().map(device).collect()
    })
}

/// A phone of Unified CM's configuration, in every shape.
pub(super) fn shapes_of_axl(numbers: &[u32]) -> Vec<(&'static str, String)> {
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
pub(super) fn shapes_of_webex(numbers: &[u32]) -> Vec<(&'static str, String)> {
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
pub(super) fn shapes_of_any(numbers: &[u32]) -> Vec<(&'static str, String)> {
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
