//! Pages of phones.

use crossgrade::inventory::{Document, device_page};

use super::{Shape, Work, tell};

pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: "page as text: a label, again and again",
        size: 20_000,
        make: |n| Work::reading("page", (0..n).map(|at| format!("Serial Number: {at}\n")).collect::<String>()),
    },
    Shape {
        name: "page as text: a label without value, again and again",
        size: 20_000,
        make: |n| Work::reading("page", "Transition Authorization Type:\n".repeat(n) + "MAC Address: 00CCFC000001\n"),
    },
    Shape {
        name: "page as text: a value of blanks, said again and again with one",
        size: 2_000,
        make: |n| {
            let page = format!("Serial Number: 0{}0\n{}", " ".repeat(8 * n), "Serial Number: 0 0\n".repeat(4 * n));
            Work::reading("page", page)
        },
    },
    Shape {
        name: "page as XML: an element, again and again",
        size: 20_000,
        make: |n| page((0..n).map(|at| format!("<serialNumber>{at}</serialNumber>")).collect()),
    },
    Shape {
        name: "page as XML: elements that say an authorization",
        size: 20_000,
        make: |n| page((0..n).map(|at| format!("<a{at}>Transition Authorization Type: T{at}</a{at}>")).collect()),
    },
    Shape {
        name: "page as XML: words of a udi",
        size: 1_000,
        make: |n| page(format!("<udi>{}</udi>", (0..n).map(|at| format!("FCH2010{at:04X} ")).collect::<String>())),
    },
    Shape {
        name: "page as HTML: rows of a table",
        size: 5_000,
        make: |n| {
            let rows = "<tr><td>Serial Number</td><td>FCH20101234</td></tr>".repeat(n);
            Work::reading("page", format!("<html><table>{rows}<tr><td>Product Name</td><td>x</td></tr></table></html>"))
        },
    },
    Shape {
        name: "page as HTML: elements that never end",
        size: 20_000,
        make: |n| Work::reading("page", "<html".repeat(n)),
    },
    Shape {
        name: "page as HTML: references to characters",
        size: 20_000,
        make: |n| {
            Work::reading("page", html(&format!("<td>UDI<td>{}", "&#x2D;&NotEqualTilde;&amp&nobody;&#".repeat(n))))
        },
    },
    Shape {
        name: "page as HTML: a reference that never ends",
        size: 20_000,
        make: |n| Work::reading("page", html(&format!("<td>&#{}<td>&{}", "0".repeat(4 * n), "a".repeat(4 * n)))),
    },
    Shape {
        name: "page as HTML: rows of udi",
        size: 10_000,
        make: |n| Work::reading("page", html(&format!("<td>UDI{}", "<td>CP-8841-K9 V01<br>V02<tr><td>".repeat(n)))),
    },
    Shape {
        name: "page as HTML: labels that nobody knows",
        size: 10_000,
        make: |n| {
            let rows: String =
                (0..n).map(|at| format!("<tr><td>\u{142}<td>FCH2010{at:04X}<td>V{}", at % 100)).collect();
            Work::reading("page", html(&rows))
        },
    },
    Shape {
        name: "page as HTML: cells of one row",
        size: 20_000,
        make: |n| Work::reading("page", html(&"<td>Serial Number<td>FCH18219LDW".repeat(n))),
    },
    Shape {
        name: "page as text: headings",
        size: 10_000,
        make: |n| {
            let headings = (0..n).map(|at| format!("Cisco IP Phone CP-88{:02} ( SEP00CCFC000001 )\n", at % 100));
            Work::reading("page", headings.collect::<String>())
        },
    },
    Shape { name: "pages", size: 2_000, make: pages },
];

fn page(inside: String) -> Work {
    let page = format!("<DeviceInformation><MACAddress>00CCFC000001</MACAddress>{inside}</DeviceInformation>");
    Work::reading("page", page)
}

fn html(rows: &str) -> String {
    format!("<html><p>Cisco IP Phone CP-8841 ( SEP00CCFC000001 )<table><tr>{rows}</table></html>")
}

fn pages(count: usize) -> Work {
    let page = |at| format!("<DeviceInformation><MACAddress>00CCFC{at:06X}</MACAddress></DeviceInformation>");
    let pages: Vec<String> = (0..count).map(page).collect();
    let run = move || tell(&device_page::read(pages.iter().map(|page| Document::new("10.0.0.1", page))));
    Work { bytes: 76 * count, run: Box::new(run) }
}
