//! Tables and lists in HTML and XML, blocks without anything between them, and bare lists of names: as many phones come
//! out as went in, each as it was written, or the file is refused by what it is. A text of several phones is never one.

use crossgrade::FleetRow;
use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, InventoryError, ReadOptions, device_page, read, recognize};
use proptest::prelude::*;
use proptest::sample::select;

fn try_read(text: &str) -> Result<Inventory, InventoryError> {
    read(&Document::new("a", text), &ReadOptions::default())
}

/// What a person reads of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    mac: String,
    model: Option<String>,
    vid: Option<String>,
}

fn seen(inventory: &Inventory) -> Vec<Seen> {
    let of = |row: &FleetRow| {
        let phone = row.phone();
        assert_eq!(phone.firmware_type_evidence().known(), None, "such a source says nothing of what runs");
        Seen {
            mac: phone.mac_evidence().known().map(|mac| mac.to_string()).unwrap_or_default(),
            model: phone.product().known().map(|product| product.model().to_string()),
            vid: phone.vid_evidence().known().map(|vid| vid.to_string()),
        }
    };
    inventory.fleet().rows().iter().map(of).collect()
}

#[track_caller]
fn phones(text: &str) -> Vec<Seen> {
    seen(&try_read(text).unwrap_or_else(|error| panic!("{text}\n{error}")))
}

/// A phone, and how it is written down.
#[derive(Debug, Clone)]
struct Phone {
    number: u32,
    model: &'static str,
    vid: Option<u8>,
}

impl Phone {
    fn name(&self) -> String {
        format!("SEP00CCFC{:06X}", self.number)
    }

    fn vid(&self) -> String {
        self.vid.map(|vid| format!("V{vid:02}")).unwrap_or_default()
    }

    fn seen(&self) -> Seen {
        Seen {
            mac: self.name().replace("SEP", ""),
            model: Some(self.model.to_owned()),
            vid: self.vid.map(|_| self.vid()),
        }
    }

    fn cells(&self) -> [(&'static str, String); 4] {
        [
            ("name", self.name()),
            ("model", format!("Cisco {}", self.model)),
            ("vid", self.vid()),
            ("description", format!("Desk & chair <{}>", self.number)),
        ]
    }
}

fn fleets() -> impl Strategy<Value = Vec<Phone>> {
    fleets_of(1..8)
}

fn fleets_of(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Phone>> {
    let phone = (select(&["7841", "8841", "8851", "8865"][..]), proptest::option::of(1..30_u8));
    prop::collection::vec(phone, count).prop_map(|phones| {
        let phone = |((model, vid), number)| Phone { number, model, vid };
        phones.into_iter().zip(1..).map(phone).collect()
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// How an HTML table is written.
#[derive(Debug, Clone, Copy)]
struct Html {
    is_upper_case: bool,
    /// Cells and rows never end, as in old pages.
    is_open: bool,
    /// Another table stands around it.
    is_nested: bool,
    /// Styles and a title stand above it.
    has_head: bool,
    /// The header stands there again behind so many rows.
    again: usize,
    /// What stands in a cell beside its text.
    wrap: (&'static str, &'static str),
}

fn pages() -> impl Strategy<Value = Html> {
    let wraps =
        [("", ""), ("<p class=x>", "</p>"), ("<b>", "</b><br>"), ("\n  <span>", "</span>\n"), ("<a href='#'>", "</a>")];
    (any::<[bool; 4]>(), 1..9_usize, select(wraps.to_vec())).prop_map(|(flags, again, wrap)| {
        let [is_upper_case, is_open, is_nested, has_head] = flags;
        Html { is_upper_case, is_open, is_nested, has_head, again, wrap }
    })
}

impl Html {
    fn page(self, phones: &[Phone]) -> String {
        let row = |tag: &str, cells: Vec<String>| {
            let end = |tag: &str| if self.is_open { String::new() } else { format!("</{tag}>") };
            let cell = |cell: String| format!("<{tag}>{}{}{}{}", self.wrap.0, escaped(&cell), self.wrap.1, end(tag));
            format!("<tr>{}{}\n", cells.into_iter().map(cell).collect::<String>(), end("tr"))
        };
        let header = || row("th", ["Device Name", "Model", "VID", "Description"].map(str::to_owned).to_vec());
        let mut table = format!("<table border=1>{}", header());
        for (at, phone) in phones.iter().enumerate() {
            if at > 0 && at % self.again == 0 {
                table.push_str(&header());
            }
            table.push_str(&row("td", phone.cells().map(|(_, text)| text).to_vec()));
        }
        table.push_str("</table>");
        if self.is_nested {
            table = format!("<table><tr><td>Phones of Oslo</td><td>{table}</td></tr></table>");
        }
        let head =
            if self.has_head { "<head><title>Phones</title><style>td > p { color: red }</style></head>" } else { "" };
        let page = format!("<html>{head}<body><h1>Phones</h1>{table}<p>{} phones</p></body></html>", phones.len());
        if !self.is_upper_case {
            return page;
        }
        // Names of elements may be written so.
        ["table", "tr", "td", "th"].iter().fold(page, |page, name| {
            let upper = name.to_uppercase();
            page.replace(&format!("<{name}>"), &format!("<{upper}>"))
                .replace(&format!("</{name}>"), &format!("</{upper}>"))
        })
    }
}

/// XML of tools, in which a phone is an element.
const XML: [fn(&[Phone]) -> String; 7] =
    [excel_2003, libre_office, clixml, convert_to_xml, elements, attributes, parts];

fn each(phones: &[Phone], one: impl Fn(&Phone) -> String) -> String {
    phones.iter().map(one).collect()
}

fn excel_2003(phones: &[Phone]) -> String {
    let cell = |(at, text): (usize, String)| match text.as_str() {
        "" => String::new(),
        text => format!("<Cell ss:Index=\"{}\"><Data ss:Type=\"String\">{}</Data></Cell>", at + 1, escaped(text)),
    };
    let row =
        |cells: Vec<String>| format!("<Row>{}</Row>", cells.into_iter().enumerate().map(cell).collect::<String>());
    let header = row(["Device Name", "Model", "VID", "Description"].map(str::to_owned).to_vec());
    let rows = each(phones, |phone| row(phone.cells().map(|(_, text)| text).to_vec()));
    format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"A\"><Table>{header}{rows}</Table></Worksheet></Workbook>"
    )
}

fn libre_office(phones: &[Phone]) -> String {
    let cell = |text: String| match text.as_str() {
        "" => "<table:table-cell table:number-columns-repeated=\"1\"/>".to_owned(),
        text => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        ),
    };
    let row = |cells: Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.into_iter().map(cell).collect::<String>())
    };
    let header = row(["Device Name", "Model", "VID", "Description"].map(str::to_owned).to_vec());
    let rows = each(phones, |phone| row(phone.cells().map(|(_, text)| text).to_vec()));
    format!(
        "<?xml version=\"1.0\"?><office:document xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"A\">{header}{rows}</table:table></office:spreadsheet></office:body></office:document>"
    )
}

fn clixml(phones: &[Phone]) -> String {
    let field = |(name, text): (&str, String)| match text.as_str() {
        "" => format!("<Nil N=\"{name}\" />"),
        text => format!("<S N=\"{name}\">{}</S>", escaped(text)),
    };
    let objects = each(phones, |phone| {
        let fields: String = phone.cells().into_iter().map(field).collect();
        format!("<Obj RefId=\"{}\"><TN RefId=\"0\"><T>System.Object</T></TN><MS>{fields}</MS></Obj>", phone.number)
    });
    format!("<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">{objects}</Objs>")
}

fn convert_to_xml(phones: &[Phone]) -> String {
    let field = |(name, text): (&str, String)| {
        format!("<Property Name=\"{name}\" Type=\"System.String\">{}</Property>", escaped(&text))
    };
    let objects = each(phones, |phone| {
        format!("<Object Type=\"x\">{}</Object>", phone.cells().into_iter().map(field).collect::<String>())
    });
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Objects>{objects}</Objects>")
}

fn elements(phones: &[Phone]) -> String {
    let field = |(name, text): (&str, String)| format!("  <{name}>{}</{name}>\n", escaped(&text));
    let devices = each(phones, |phone| {
        format!("<device>\n{}</device>\n", phone.cells().into_iter().map(field).collect::<String>())
    });
    format!("<export><site>Oslo</site><devices>\n{devices}</devices></export>")
}

fn attributes(phones: &[Phone]) -> String {
    let field = |(name, text): (&str, String)| format!(" {name}=\"{}\"", escaped(&text));
    let devices = each(phones, |phone| format!("<phone{}/>", phone.cells().into_iter().map(field).collect::<String>()));
    format!("<phones xmlns:a='b'>{devices}</phones>")
}

fn parts(phones: &[Phone]) -> String {
    let devices = each(phones, |phone| {
        let (name, model, vid) = (phone.name(), phone.model, phone.vid());
        format!(
            "<device id=\"{name}\"><name>{name}</name><lines><line><number>1</number></line><line><number>2</number></line></lines>\
                 <hardware><model>Cisco {model}</model><vid>{vid}</vid></hardware></device>"
        )
    });
    format!("<inventory><devices>{devices}</devices></inventory>")
}

/// Blocks of names and values.
fn blocks(phones: &[Phone], sign: &str, between: &str) -> String {
    let block = |phone: &Phone| {
        let pairs = phone.cells().into_iter().map(|(name, text)| format!("{name}{sign}{text}\n"));
        pairs.collect::<String>()
    };
    phones.iter().map(block).collect::<Vec<_>>().join(between)
}

proptest! {
    #[test]
    fn as_many_phones_come_out_of_an_html_table_as_went_in(fleet in fleets(), page in pages()) {
        let text = page.page(&fleet);
        prop_assert_eq!(recognize(text.as_bytes()), SourceKind::Csv, "{}", text);
        prop_assert_eq!(phones(&text), fleet.iter().map(Phone::seen).collect::<Vec<_>>(), "{}", text);
    }

    #[test]
    fn as_many_phones_come_out_of_xml_as_went_in(fleet in fleets(), shape in select(&XML[..])) {
        let text = shape(&fleet);
        prop_assert_eq!(phones(&text), fleet.iter().map(Phone::seen).collect::<Vec<_>>(), "{}", text);
    }

    /// Wherever a text breaks off: it is refused, or the phones before are there and none is made up.
    #[test]
    fn a_text_that_breaks_off_makes_up_no_phone(fleet in fleets(), shape in select(&XML[..]), page in pages(), is_html: bool, at: prop::sample::Index) {
        let text = if is_html { page.page(&fleet) } else { shape(&fleet) };
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let text = &text[..cuts[at.index(cuts.len())]];
        if let Ok(inventory) = try_read(text) {
            let broken: Vec<u64> = inventory.broken_rows().map(|(_, row)| row.line).collect();
            let all: Vec<Seen> = fleet.iter().map(Phone::seen).collect();
            let is_cut = inventory.cuts().next().is_some();
            for (row, phone) in inventory.fleet().rows().iter().zip(seen(&inventory)) {
                prop_assert!(broken.contains(&row.line()) || is_cut || all.contains(&phone), "{}\n{:?}", text, phone);
            }
        }
    }

    #[test]
    fn as_many_phones_come_out_of_blocks_as_went_in(fleet in fleets_of(2..8), sign in select(&["=", ": ", " = ", ":"][..]), between in select(&["", "\n", "\n\n", "-----\n"][..])) {

        let text = blocks(&fleet, sign, between);
        prop_assert_eq!(phones(&text), fleet.iter().map(Phone::seen).collect::<Vec<_>>(), "{}", text);
    }

    #[test]
    fn as_many_names_come_out_of_a_bare_list_as_went_in(
        fleet in fleets_of(4..8),
        bullet in select(&["", "- ", "* ", "\u{2022} "][..]),
        end in select(&["", ",", ";", "  "][..]),
        odd in prop::collection::vec((0..8_usize, select(&["Forbidden City", "Phones of Oslo:", "(all of them)", "# new"][..])), 0..3),
    ) {

        let mut lines: Vec<String> = fleet.iter().map(|phone| format!("{bullet}{}{end}", phone.name())).collect();
        odd.iter().for_each(|(at, line)| lines.insert((*at).min(lines.len()), (*line).to_owned()));
        let text = lines.join("\n");
        let macs: Vec<String> = phones(&text).into_iter().map(|phone| phone.mac).collect();
        prop_assert_eq!(macs, fleet.iter().map(|phone| phone.seen().mac).collect::<Vec<_>>(), "{}", text);
    }

    /// Whatever the caller says that it is, a page is of one phone, or nobody can read it.
    #[test]
    fn several_phones_are_no_page(fleet in fleets_of(2..8), shape in select(&XML[..]), page in pages(), is_html: bool) {

        let text = if is_html { page.page(&fleet) } else { shape(&fleet) };
        let inventory = device_page::read([Document::new("a", &text)]);
        prop_assert_eq!(inventory.broken_rows().count(), 1, "{}", text);
    }
}

/// Also where fields have the names that pages have.
#[test]
fn several_phones_with_names_of_fields_of_pages_are_no_page() {
    let text = "<phones><phone><deviceName>SEP00CCFC000001</deviceName><productName>CP-8841</productName></phone>\
        <phone><deviceName>SEP00CCFC000002</deviceName><productName>CP-8851</productName></phone></phones>";
    assert_eq!(device_page::read([Document::new("a", text)]).broken_rows().count(), 1);
    assert_eq!(phones(text).len(), 2);
}

#[test]
fn a_cell_may_stand_for_several_rows_and_columns() {
    let text = "<table><tr><th>Site<th>MAC<th>PID<th>VID<tr><td rowspan=2>Oslo<td>00CCFC000001<td>CP-8841-K9<td>V05\
        <tr><td>00CCFC000002<td colspan='2'>CP-8851-K9</table>";
    let found = phones(text);
    assert_eq!(found.iter().map(|phone| phone.model.as_deref()).collect::<Vec<_>>(), [Some("8841"), Some("8851")]);
    assert_eq!(found[1].mac, "00CCFC000002");
}

#[test]
fn a_table_that_goes_on_behind_a_page_is_one_table() {
    let text = "<table><tr><th>MAC</th><th>PID</th></tr><tr><td>00CCFC000001</td><td>CP-8841-K9</td></tr></table>\
        <table><tr><td>00CCFC000002</td><td>CP-8851-K9</td></tr></table><table><tr><td>Page</td><td>2</td></tr></table>";
    assert_eq!(phones(text).len(), 2);
    let inventory = try_read(text).expect("a table");
    let notes: Vec<_> = inventory.notes().map(|(_, note)| note.to_owned()).collect();
    assert!(notes.iter().any(|note| note.contains("another one has no header")), "{notes:?}");
}

#[test]
fn a_page_that_breaks_off_within_its_table_is_refused() {
    let rows = "<table><tr><th>MAC<th>PID<tr><td>00CCFC000001<td>CP-8841-K9<tr><td>00CCFC0000";
    let error = try_read(rows).expect_err("a part").to_string();
    assert!(error.contains("ends within its table") && error.contains("save or export it again"), "{error}");
    assert_eq!(phones(&format!("<html>{rows}02<td>CP-8851-K9</html>")).len(), 2);
}

#[test]
fn a_page_of_one_phone_stays_one() {
    for text in [
        "<html><body><table><tr><td>MAC Address</td><td>00CCFC000001</td></tr><tr><td>Host Name</td><td>SEP00CCFC000001</td></tr>\
         <tr><td>Model Number</td><td>CP-8841</td></tr><tr><td>Serial Number</td><td>FCH18219LDW</td></tr></table></body></html>",
        "<html><table><tr><td>Product Name:</td><td>CP-8841-3PCC</td><td>Serial Number:</td><td>FCH18219LDW</td></tr>\
         <tr><td>MAC Address:</td><td>00CCFC000001</td><td>Software Version:</td><td>sip88xx.11-3-1MPP-123</td></tr></table></html>",
        // A message of it may name others.
        "<html><h1>Cisco IP Phone CP-8845 ( SEP00CCFC000001 )</h1><table><tr><td>10:00</td><td>SEP00CCFC000002 rejected</td></tr></table></html>",
        "<status><info><MAC_Address>00CCFC000001</MAC_Address><Product_Name>CP-8841-3PCC</Product_Name></info></status>",
    ] {
        assert_eq!(recognize(text.as_bytes()), SourceKind::DevicePage, "{text}");
        assert_eq!(phones(text).len(), 1, "{text}");
    }
}

#[test]
fn what_names_several_phones_and_has_no_table_is_refused_by_name() {
    let check = |text: &str, found: &str| {
        let error = try_read(text).expect_err("no table").to_string();
        assert!(error.contains(found), "{text}\n{error}");
    };
    check("<ul><li>SEP00CCFC000001</li><li>SEP00CCFC000002</li></ul>", "an HTML page that names 2 phones");
    check(
        "<table><tr><td>SEP00CCFC000001<td>Oslo<tr><td>SEP00CCFC000002<td>Ulm</table>",
        "an HTML page that names 2 phones",
    );
    check(
        "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet/></Workbook>",
        "a spreadsheet in XML without a table",
    );
    check("- name: SEP00CCFC000001\n  model: Cisco 8841\n- name: SEP00CCFC000002\n", "YAML");
    check("SEP00CCFC000001:\n  model: Cisco 8841\nSEP00CCFC000002:\n  model: Cisco 8841\n", "YAML");
    check("[[phone]]\nname = \"SEP00CCFC000001\"\n", "TOML");
    check("[SEP00CCFC000001]\nmodel=8841\n[SEP00CCFC000002]\nmodel=8841\n", "a file of sections");
    check("INSERT INTO phones (name) VALUES ('SEP00CCFC000001');\n", "SQL");
    check(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        "a web page in one file",
    );
}

/// A header of hundreds of columns above rows of one cell would make much of little.
#[test]
fn little_text_makes_no_large_table() {
    let names: String = (0..200).map(|at| format!("<th>{at}")).collect();
    let rows = "<tr><td>00CCFC000001<td>CP-8841".repeat(40_000);
    let text = format!("<table><tr><th>MAC<th>PID{names}{rows}</table>");
    let error = try_read(&text).expect_err("too much").to_string();
    assert!(error.contains("nearly empty"), "{error}");
    let spanning = "<td rowspan=1000 colspan=1000>a".repeat(10);
    let text = format!("<table><tr><th>MAC<th>PID<tr>{spanning}{}</table>", "<tr><td>b".repeat(100_000));
    let error = try_read(&text).expect_err("too much").to_string();
    assert!(error.contains("stand for more rows and columns"), "{error}");
}

/// A sheet of LibreOffice with these rows.
fn sheet_of(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">\
         <office:automatic-styles><style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/>\
         </style:style><style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/>\
         </style:style></office:automatic-styles><office:body><office:spreadsheet>{rows}</office:spreadsheet></office:body></office:document>"
    )
}

fn cells_of(cells: &[&str]) -> String {
    cells.iter().map(|cell| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>")).collect()
}

#[test]
fn rows_and_columns_have_ends() {
    let rows = |index: &str| {
        format!(
            "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table><Row><Cell><Data>MAC</Data></Cell><Cell>\
             <Data>PID</Data></Cell></Row><Row ss:Index=\"{index}\"><Cell><Data>00CCFC000001</Data></Cell><Cell><Data>CP-8841</Data></Cell></Row>\
             </Table></Worksheet></Workbook>"
        )
    };
    for index in ["18446744073709551615", "200000000", "1048577"] {
        let error = try_read(&rows(index)).expect_err("no such row").to_string();
        assert!(error.contains(&format!("a cell in row {index}; expected at most 1048576")), "{error}");
    }
    assert_eq!(phones(&rows("1048576")).len(), 1);
    let cells = rows("2").replace("<Cell><Data>CP", "<Cell ss:Index=\"18446744073709551615\"><Data>CP");
    assert!(try_read(&cells).expect_err("no such column").to_string().contains("columns"));
}

#[test]
fn what_is_repeated_stands_there_as_often() {
    let sheet = |times: &str, columns: &str| {
        let row = |times: &str, cells: &str| format!("<table:table-row {times}>{cells}</table:table-row>");
        let phone = row(
            times,
            &cells_of(&["Cisco 8841", "Oslo", "CP-8841-K9"]).replacen("cell>", &format!("cell {columns}>"), 3),
        );
        let phone = phone.replace(&format!("</table:table-cell {columns}>"), "</table:table-cell>");
        sheet_of(&format!("<table:table>{}{phone}</table:table>", row("", &cells_of(&["Model", "Site", "PID"]))))
    };
    assert_eq!(phones(&sheet("table:number-rows-repeated=\"3\"", "")).len(), 3);
    let error = try_read(&sheet("table:number-rows-repeated=\"1000000\"", "")).expect_err("too many").to_string();
    assert!(error.contains("repeats row 2"), "{error}");
    let error =
        try_read(&sheet("table:number-rows-repeated=\"18446744073709551615\"", "")).expect_err("too many").to_string();
    assert!(error.contains("1048576"), "{error}");
    let cells = cells_of(&["00CCFC000001"])
        + "<table:table-cell table:number-columns-repeated=\"2\"><text:p>CP-8841-K9</text:p></table:table-cell>";
    let header = cells_of(&["MAC", "Room", "PID"]);
    let rows = [header, cells].map(|cells| format!("<table:table-row>{cells}</table:table-row>")).concat();
    let found = phones(&sheet_of(&format!("<table:table>{rows}</table:table>")));
    assert_eq!(found.first().and_then(|phone| phone.model.as_deref()), Some("8841"));
    let many = rows.replace("repeated=\"2\"", "repeated=\"18446744073709551615\"");
    assert!(try_read(&sheet_of(&format!("<table:table>{many}</table:table>"))).is_err());
}

#[test]
fn sheets_that_are_hidden_by_their_style_are_not_read() {
    let table = |style: &str, mac: &str| {
        let rows = [cells_of(&["MAC", "PID"]), cells_of(&[mac, "CP-8841-K9"])];
        let rows = rows.map(|cells| format!("<table:table-row>{cells}</table:table-row>")).concat();
        format!("<table:table table:style-name=\"{style}\">{rows}</table:table>")
    };
    let found = phones(&sheet_of(&(table("ta1", "00CCFC000001") + &table("ta2", "00CCFC000002"))));
    assert_eq!(found.iter().map(|phone| &*phone.mac).collect::<Vec<_>>(), ["00CCFC000001"]);
}

#[test]
fn rows_longer_than_their_own_header_stay_below_it() {
    let text = "<table><tr><th>MAC<th>PID<th>Site<tr><td>00CCFC000001<td>CP-8841-K9<td>Oslo</table>\
        <table><tr><th>PID<th>MAC<tr><td>CP-8851-K9<td>00CCFC000002<td>extra</table>";
    let inventory = try_read(text).expect("tables");
    assert_eq!(inventory.fleet().rows().len(), 2);
    assert_eq!(inventory.broken_rows().count(), 1);
    let found = seen(&inventory);
    assert!(found.iter().all(|phone| phone.mac != "CP-8851-K9"), "{found:?}");
}

#[test]
fn words_of_sums_are_names_of_columns_too() {
    for name in ["Nombre", "Total", "Count", "Summe"] {
        let text = format!("<table><tr><th>{name}<th>MAC<th>PID<tr><td>3<td>00CCFC000001<td>CP-8841-K9</table>");
        assert_eq!(phones(&text).len(), 1, "{name}");
    }
}

#[test]
fn phones_in_a_list_within_a_device_are_phones() {
    let phone = |number: u32| format!("<phone><name>SEP00CCFC00000{number}</name><model>Cisco 8841</model></phone>");
    let switch =
        |at: u32, phones: &str| format!("<switch><mac>00CCFC0000A{at}</mac><phones>{phones}</phones></switch>");
    let text = format!("<all>{}{}</all>", switch(1, &(phone(1) + &phone(2))), switch(2, &phone(3)));
    let found = phones(&text);
    assert_eq!(found.iter().filter(|phone| phone.model.as_deref() == Some("8841")).count(), 3, "{found:?}");
    // A module of a phone is a part.
    let text = "<phones><phone><name>SEP00CCFC000001</name><model>Cisco 8851</model><modules><module><mac>00CCFC000002</mac>\
        <model>CP-BEKEM</model></module></modules></phone></phones>";
    assert_eq!(phones(text).len(), 1);
}

/// What was, and what shall be, is no evidence of what runs.
#[test]
fn loads_within_other_parts_say_nothing_of_what_runs() {
    let read = |within: &str| {
        let text = format!(
            "<phones><phone><name>SEP00CCFC000001</name><model>Cisco 8841</model>{within}</phone>\
             <phone><name>SEP00CCFC000002</name><model>Cisco 8841</model></phone></phones>"
        );
        let inventory = try_read(&text).expect("phones");
        let phone = inventory.fleet().rows()[0].phone();
        phone.firmware_type_evidence().known().is_some() || phone.load_evidence().known().is_some()
    };
    let load = "<load>sip88xx.12-0-1MPP-123</load>";
    for part in ["target", "history", "configured", "previous", "default", "backup"] {
        assert!(!read(&format!("<{part}>{load}</{part}>")), "{part}");
    }
    assert!(read(load));
    assert!(read(&format!("<firmware>{load}</firmware>")));
    let load = "<ActiveLoadID>sip88xx.12-8-1-0001-455</ActiveLoadID>";
    assert!(read(load));
    assert!(!read(&format!("{load}<ris><status>UnRegistered</status></ris>")));
}

#[test]
fn a_block_alone_is_one_phone() {
    for sign in ["=", ": "] {
        let text = format!("name{sign}SEP00CCFC000001\nmodel{sign}CP-8841-K9=\nvid{sign}V05\n");
        let expected = Seen { mac: "00CCFC000001".into(), model: Some("8841".into()), vid: Some("V05".into()) };
        assert_eq!(phones(&text), [expected], "{text}");
    }
}

/// `Format-Table -GroupBy` says above each table what is in it.
#[test]
fn lines_above_a_further_table_are_told_and_no_phones() {
    for group in ["   Site: Oslo", "    Directory: C:\\phones"] {
        let table = |number: u32| {
            format!("{group}\n\nName            Model\n----            -----\nSEP00CCFC00000{number} CP-8841\n\n\n")
        };
        let text = table(1) + &table(2);
        assert_eq!(phones(&text).len(), 2, "{text}");
        let inventory = try_read(&text).expect("tables");
        assert!(inventory.notes().any(|(_, note)| note == "line 8: a comment"), "{text}");
    }
}

#[test]
fn blanks_part_labels_of_pages_from_values() {
    for between in [" ", "   ", "\t", ": "] {
        let fields = [
            ("MAC Address", "00CCFC000001"),
            ("Host Name", "SEP00CCFC000001"),
            ("Model Number", "CP-8841"),
            ("Serial Number", "FCH18219LDW"),
            ("Version", "sip88xx.12-8-1-0001-455"),
            ("VID", "V05"),
        ];
        let text: String = fields.iter().map(|(label, value)| format!("{label}{between}{value}\n")).collect();
        assert_eq!(recognize(text.as_bytes()), SourceKind::DevicePage, "{text}");
        let inventory = device_page::read([Document::new("a", &text)]);
        let phone = inventory.fleet().rows()[0].phone();
        assert_eq!(
            phone.mac_evidence().known().map(|text| text.to_string()).as_deref(),
            Some("00CCFC000001"),
            "{text}"
        );
        assert_eq!(
            phone.serial_evidence().known().map(|text| text.to_string()).as_deref(),
            Some("FCH18219LDW"),
            "{text}"
        );
        assert!(phone.load_evidence().known().is_some(), "{text}");
    }
}

#[test]
fn lists_and_several_pages_say_how_they_are_counted() {
    let inventory = try_read("SEP00CCFC000001, SEP00CCFC000002\nSEP00CCFC000003\n").expect("a list");
    let notes: Vec<_> = inventory.notes().map(|(_, note)| note.to_owned()).collect();
    assert!(notes.iter().any(|note| note.contains("several stand on a line")), "{notes:?}");
    assert!(!notes.iter().any(|note| note.contains("every line is read")), "{notes:?}");
    let page =
        |number: u32| format!("Cisco IP Phone CP-8841 ( SEP00CCFC00000{number} )\nSerial Number\tFCH1821900{number}\n");
    let inventory = try_read(&(page(1) + &page(2) + &page(3))).expect("pages");
    let broken: Vec<_> = inventory.broken_rows().map(|(_, row)| row.to_string()).collect();
    assert!(broken.iter().all(|row| row.contains("one page for each file")) && broken.len() == 1, "{broken:?}");
}
