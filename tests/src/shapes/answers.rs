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
        make: |n| webex((0..n).map(|at| format!("{{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC{at:06X}\"}}"))),
    },
    Shape {
        name: "Webex: a key in one device, again and again",
        size: 20_000,
        make: |n| {
            let products: String = (0..n).map(|at| format!("\"product\": \"{at}\", ")).collect();
            webex([format!("{{{products}\"mac\": \"00CCFC000001\"}}")])
        },
    },
    Shape {
        name: "Webex: errors of the service, one behind the other",
        size: 5_000,
        make: |n| Work::reading("webex.json", "{\"message\": \"try again\"}\n".repeat(n)),
    },
];

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
