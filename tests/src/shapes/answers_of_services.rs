//! Answers of RisPort and Webex.

use super::{Shape, Work};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "RisPort: devices", size: 5_000, make: |n| risport((0..n).map(|at| device(at, "Registered"))) },
    Shape {
        name: "RisPort: rows of one phone, all registered",
        size: 5_000,
        make: |n| risport((0..n).map(|_| device(1, "Registered"))),
    },
    Shape {
        name: "RisPort: rows of one phone, every other registered",
        size: 5_000,
        make: |n| risport((0..n).map(|at| device(1, if at % 2 == 0 { "Registered" } else { "UnRegistered" }))),
    },
    Shape {
        name: "RisPort: rows of one phone, each with another load",
        size: 5_000,
        make: |n| risport((0..n).map(|at| device(1, "Registered").replace("-60", &format!("-{at}")))),
    },
    Shape {
        name: "RisPort: a model in one device, again and again",
        size: 20_000,
        make: |n| {
            let models: String = (0..n).map(|at| format!("<Model>{at}</Model>")).collect();
            risport([format!("<item><Name>SEP00CCFC000001</Name>{models}</item>")])
        },
    },
    Shape {
        name: "RisPort as JSON: a key in one device, again and again",
        size: 20_000,
        make: |n| {
            let models: String = (0..n).map(|at| format!("\"Model\": {at}, ")).collect();
            let device = format!("{{{models}\"Name\": \"SEP00CCFC000001\"}}");
            Work::reading("risport.json", format!("{{\"CmNodes\": [{{\"Name\": \"n\", \"CmDevices\": [{device}]}}]}}"))
        },
    },
    Shape {
        name: "RisPort: nodes that answer with an error",
        size: 5_000,
        make: |n| {
            let node = |at| format!("<item><ReturnCode>Error</ReturnCode><Name>n{at}</Name></item>");
            Work::reading("risport.xml", format!("<CmNodes>{}</CmNodes>", (0..n).map(node).collect::<String>()))
        },
    },
    Shape {
        name: "RisPort: texts of a fault",
        size: 20_000,
        make: |n| {
            let texts = "<faultstring>down</faultstring>".repeat(n);
            Work::reading("risport.xml", format!("<s:Envelope><Fault>{texts}</Fault></s:Envelope>"))
        },
    },
    Shape {
        name: "Webex: devices",
        size: 5_000,
        make: |n| {
            webex((0..n).map(|at| {
                format!("{{\"product\": \"Cisco 8841\", \"workspaceId\": \"w\", \"mac\": \"00CCFC{at:06X}\"}}")
            }))
        },
    },
    Shape {
        name: "Webex: a key in one device, again and again",
        size: 20_000,
        make: |n| {
            let products: String = (0..n).map(|at| format!("\"product\": \"{at}\", ")).collect();
            webex([format!("{{{products}\"workspaceId\": \"w\", \"mac\": \"00CCFC000001\"}}")])
        },
    },
    Shape {
        name: "Webex: errors of the service, one behind the other",
        size: 5_000,
        make: |n| Work::reading("webex.json", "{\"message\": \"try again\"}\n".repeat(n)),
    },
    Shape { name: "Webex: entries that are no devices", size: 20_000, make: |n| list("webex.json", "[", "1", "]", n) },
    Shape {
        name: "Webex: lists within lists, again and again",
        size: 2_000,
        make: |n| list("webex.json", "{\"items\": [", "[[[[[{\"mac\": \"x\", \"workspaceId\": \"w\"}]]]]]", "]}", n),
    },
    Shape {
        name: "Webex: pages of pages, each with an error",
        size: 2_000,
        make: |n| list("webex.json", "{\"items\": [", "{\"items\": [{}], \"message\": \"no\"}", "]}", n),
    },
    Shape {
        name: "Webex: members that may hold devices",
        size: 2_000,
        make: |n| {
            list("webex.json", "[", "{\"mac\": \"x\", \"workspaceId\": \"w\", \"more\": [{\"mac\": \"x\"}]}", "]", n)
        },
    },
    Shape {
        name: "RisPort as JSON: entries that are no devices",
        size: 20_000,
        make: |n| list("risport.json", "{\"CmDevices\": [", "1", "]}", n),
    },
    Shape {
        name: "RisPort: devices within devices",
        size: 2_000,
        make: |n| {
            let (begin, end) = ("<item>".repeat(30), "<Name>a</Name></item>".repeat(30));
            Work::reading(
                "risport.xml",
                format!("<CmDevices>{}</CmDevices>", format!("{begin}{end}").repeat(n / 30 + 1)),
            )
        },
    },
    Shape {
        name: "RisPort: texts and devices where none belong",
        size: 2_000,
        make: |n| {
            let astray = "text<x><item><Model>683</Model></item></x>".repeat(n);
            Work::reading("risport.xml", format!("<CmNodes>{astray}</CmNodes>"))
        },
    },
    Shape {
        name: "RisPort as JSON: devices under their names",
        size: 5_000,
        make: |n| {
            let device = |at| {
                format!(
                    "\"SEP00CCFC{at:06X}\": {{\"Model\": 683, \"Status\": \"Registered\", \"ActiveLoadID\": \"x\"}}"
                )
            };
            Work::reading("ris.json", format!("{{{}}}", (0..n).map(device).collect::<Vec<_>>().join(",")))
        },
    },
    Shape {
        name: "Webex: devices in another wrapper",
        size: 5_000,
        make: |n| list("calling.json", "{\"devices\": [", "{\"model\": \"DMS Cisco 8841\", \"mac\": \"x\"}", "]}", n),
    },
    Shape {
        name: "AXL: phones",
        size: 5_000,
        make: |n| {
            let phone = "<phone><name>SEP00CCFC000001</name><model>Cisco 8841</model><devicePoolName>x</devicePoolName></phone>";
            Work::reading(
                "axl.xml",
                format!("<listPhoneResponse><return>{}</return></listPhoneResponse>", phone.repeat(n)),
            )
        },
    },
    Shape {
        name: "AXL as JSON: phones",
        size: 5_000,
        make: |n| {
            list(
                "axl.json",
                "[",
                "{\"name\": \"SEP00CCFC000001\", \"pkid\": \"x\", \"model\": {\"_value_1\": \"Cisco 8841\"}}",
                "]",
                n,
            )
        },
    },
    Shape {
        name: "AXL: texts of a fault that differ",
        size: 10_000,
        make: |n| {
            let faults: String = (0..n).map(|number| format!("<faultstring>no {number}</faultstring>")).collect();
            Work::reading("axl.xml", format!("<e:Envelope><e:Body><e:Fault>{faults}</e:Fault></e:Body></e:Envelope>"))
        },
    },
    Shape {
        name: "JSON: a key in one record, again and again",
        size: 10_000,
        make: |n| {
            let macs: Vec<_> = (0..n).map(|number| format!("\"mac\": \"00CCFC{number:06X}\"")).collect();
            Work::reading("tool.json", format!("[{{{}}}]", macs.join(",")))
        },
    },
    Shape {
        name: "JSON: records",
        size: 5_000,
        make: |n| list("tool.json", "[", "{\"mac\": \"00CCFC000001\", \"hw\": {\"model\": \"CP-8841\"}}", "]", n),
    },
    Shape {
        name: "JSON: records of two kinds, line by line",
        size: 2_000,
        make: |n| {
            Work::reading(
                "two.json",
                "{\"mac\": \"00CCFC000001\"}\n{\"name\": \"SEP00CCFC000001\", \"tkmodel\": 683}\n".repeat(n),
            )
        },
    },
    Shape {
        name: "JSON: a record with devices of another kind in it",
        size: 2_000,
        make: |n| {
            list(
                "two.json",
                "[{\"mac\": \"00CCFC000001\", \"x\": [",
                "{\"name\": \"SEP00CCFC000001\", \"tkmodel\": 683}",
                "]}]",
                n,
            )
        },
    },
    Shape {
        name: "JSON: objects that nobody knows, one in the other",
        size: 2_000,
        make: |n| {
            let one = format!("{}1{}", "{\"a\": [".repeat(20), "]}".repeat(20));
            Work::reading("unknown.json", format!("[{}]", vec![one; n / 20 + 1].join(",")))
        },
    },
];

/// A list of so many of one entry.
fn list(name: &'static str, begin: &str, entry: &str, end: &str, count: usize) -> Work {
    Work::reading(name, format!("{begin}{}{end}", vec![entry; count.max(1)].join(",")))
}

fn device(number: usize, status: &str) -> String {
    format!(
        "<item><Name>SEP00CCFC{number:06X}</Name><Status>{status}</Status><Model>683</Model>\
         <ActiveLoadID>sip88xx.14-3-1-0001-60</ActiveLoadID></item>"
    )
}

fn risport(devices: impl IntoIterator<Item = String>) -> Work {
    let devices: String = devices.into_iter().collect();
    let nodes = format!("<CmNodes><item><Name>n</Name><CmDevices>{devices}</CmDevices></item></CmNodes>");
    Work::reading("risport.xml", format!("<selectCmDeviceResult>{nodes}</selectCmDeviceResult>"))
}

fn webex(devices: impl IntoIterator<Item = String>) -> Work {
    let devices: Vec<_> = devices.into_iter().collect();
    Work::reading("webex.json", format!("{{\"items\": [{}]}}", devices.join(",")))
}
