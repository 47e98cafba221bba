//! Tables and lists in HTML and XML, blocks without anything between them, and bare lists.

use super::{Shape, Work};

pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: "HTML table: rows",
        size: 5_000,
        make: |n| {
            Work::reading("table", table((0..n).map(|at| format!("<tr><td>00CCFC{at:06X}<td>Cisco 8841")).collect()))
        },
    },
    Shape {
        name: "HTML table: headers, again and again",
        size: 5_000,
        make: |n| Work::reading("table", table("<tr><td>00CCFC000001<td>Cisco 8841<tr><th>MAC<th>Model".repeat(n))),
    },
    Shape {
        name: "HTML table: blanks in front of the attributes of a cell",
        size: 20_000,
        make: |n| {
            Work::reading("table", table(format!("<tr><td{0}colspan{0}=1>00CCFC000001<td>Cisco 8841", " ".repeat(n))))
        },
    },
    Shape {
        name: "HTML tables, one behind the other",
        size: 2_000,
        make: |n| Work::reading("table", table("<tr><td>00CCFC000001<td>Cisco 8841".to_owned()).repeat(n)),
    },
    Shape {
        name: "HTML tables without header that go on with the first",
        size: 2_000,
        make: |n| {
            let more = "<table><tr><td>00CCFC000001<td>Cisco 8841</table>".repeat(n);
            Work::reading("table", format!("{}{more}", table("<tr><td>00CCFC000002<td>Cisco 8841".to_owned())))
        },
    },
    Shape {
        name: "HTML tables within tables",
        size: 2_000,
        make: |n| Work::reading("table", format!("{}{}", "<table><tr><td>a<td>b".repeat(n), "</table>".repeat(n))),
    },
    Shape {
        name: "HTML table: cells that stand for many rows, above empty rows",
        size: 2_000,
        make: |n| {
            let spanning = "<td rowspan=1000 colspan=10>a".repeat(20);
            Work::reading("table", table(format!("<tr>{spanning}{}", "<tr><td>b".repeat(n))))
        },
    },
    Shape {
        name: "HTML: names of phones in no table",
        size: 5_000,
        make: |n| Work::reading("page", (0..n).map(|at| format!("<p>SEP00CCFC{at:06X}</p>")).collect::<String>()),
    },
    Shape {
        name: "HTML table: attributes of a cell",
        size: 5_000,
        make: |n| {
            Work::reading("table", table(format!("<tr><td {}>00CCFC000001<td>Cisco 8841", "x=colspan ".repeat(n))))
        },
    },
    Shape {
        name: "spreadsheet in XML: rows of one cell far to the right",
        size: 2_000,
        make: |n| {
            let row = "<Row><Cell ss:Index=\"200\"><Data>Cisco 8841</Data></Cell></Row>".repeat(n);
            let header = "<Row><Cell><Data>MAC</Data></Cell><Cell><Data>Model</Data></Cell></Row>";
            Work::reading(
                "book",
                format!(
                    "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>{header}{row}</Table></Worksheet></Workbook>"
                ),
            )
        },
    },
    Shape {
        name: "XML: devices",
        size: 5_000,
        make: |n| {
            list(
                (0..n)
                    .map(|at| format!("<device><name>SEP00CCFC{at:06X}</name><model>8841</model></device>"))
                    .collect(),
            )
        },
    },
    Shape {
        name: "XML: a field of a device, again and again",
        size: 200,
        make: |n| {
            list(format!("<device><name>SEP00CCFC000001</name>{}</device>", "<model>8841</model>".repeat(n.min(2_000))))
        },
    },
    Shape {
        name: "XML: parts of a device",
        size: 5_000,
        make: |n| {
            list(format!(
                "<device><name>SEP00CCFC000001</name>{}</device>",
                (0..n).map(|at| format!("<p{at}><vid>V05</vid></p{at}>")).collect::<String>()
            ))
        },
    },
    Shape {
        name: "XML: elements within elements beside a device",
        size: 2_000,
        make: |n| {
            list(format!(
                "<device><name>SEP00CCFC000001</name></device>{}",
                format!("{}{}", "<a>".repeat(50), "</a>".repeat(50)).repeat(n)
            ))
        },
    },
    Shape {
        name: "XML: attributes of a device",
        size: 5_000,
        make: |n| {
            list(format!(
                "<device name=\"SEP00CCFC000001\" {}/>",
                (0..n.min(200)).map(|at| format!("a{at}=\"x\" ")).collect::<String>() + &"b=\"x\" ".repeat(n)
            ))
        },
    },
    Shape {
        name: "blocks: devices with nothing between them",
        size: 5_000,
        make: |n| {
            Work::reading(
                "blocks",
                (0..n).map(|at| format!("Name=SEP00CCFC{at:06X}\nModel=8841\n")).collect::<String>(),
            )
        },
    },
    Shape {
        name: "bare list: names with marks",
        size: 5_000,
        make: |n| Work::reading("list", (0..n).map(|at| format!("- SEP00CCFC{at:06X}\n")).collect::<String>()),
    },
    Shape {
        name: "bare list: names on one line",
        size: 5_000,
        make: |n| Work::reading("list", (0..n).map(|at| format!("SEP00CCFC{at:06X}, ")).collect::<String>()),
    },
    Shape {
        name: "YAML: devices",
        size: 5_000,
        make: |n| {
            Work::reading(
                "yaml",
                (0..n).map(|at| format!("- name: SEP00CCFC{at:06X}\n  model: 8841\n")).collect::<String>(),
            )
        },
    },
];

fn table(rows: String) -> String {
    format!("<table><tr><th>MAC<th>Model{rows}</table>")
}

fn list(devices: String) -> Work {
    Work::reading("list", format!("<devices>{devices}</devices>"))
}
