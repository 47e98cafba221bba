//! Pages of phones: one page is one row, whatever came instead.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{BrokenRow, Came, Document, Inventory, ReadOptions, RowProblem, device_page, recognize};
use crossgrade::phone::Side;
use crossgrade::{Authorization, Code, Destination, Evidence, FleetRow, Phone, assess};
use proptest::prelude::*;
use proptest::sample::select;

const WITH_UDI: &str = include_str!("../data/inventory/device_information_8851.xml");
const WITHOUT_UDI: &str = include_str!("../data/inventory/device_information_no_udi.xml");
const IN_ROWS: &str = include_str!("../data/inventory/device_page_8845.html");
const OF_NETWORK: &str = include_str!("../data/inventory/network_page_8865.html");

fn read_named(name: &str, page: &[u8]) -> (FleetRow, Inventory) {
    let inventory = device_page::read([Document::new(name, page)]);
    assert_eq!((inventory.rows_read(), inventory.fleet().rows().len()), (1, 1), "{page:?}");
    (inventory.fleet().rows()[0].clone(), inventory)
}

fn read(page: &str) -> FleetRow {
    read_named("page", page.as_bytes()).0
}

/// What is known or unreadable of each field, in one line.
fn told(phone: &Phone<'_>) -> String {
    fn of<T: ToString + Copy>(evidence: &Evidence<'_, T>) -> String {
        match evidence {
            Evidence::Known(value) => value.to_string(),
            Evidence::Unreadable(text) => format!("?{text}"),
            Evidence::Contradictory(sides) => sides.iter().map(Side::text).collect::<Vec<_>>().join("/"),
            Evidence::Absent => String::new(),
        }
    }
    let texts = [
        match phone.product() {
            Evidence::Contradictory(sides) => sides.iter().map(Side::text).collect::<Vec<_>>().join("/"),
            _ => phone.product_text().unwrap_or_default().to_owned(),
        },
        of(phone.vid_evidence()),
        of(phone.mac_evidence()),
        of(phone.serial_evidence()),
        of(phone.load_evidence()),
        of(phone.release_evidence()),
        of(phone.authorization_evidence()),
    ];
    texts.join("|")
}

#[track_caller]
fn check(page: &str, expected: &str) {
    let row = read(page);
    assert_eq!((told(row.phone()).as_str(), row.problem()), (expected, None), "{page}");
}

fn codes(row: &FleetRow) -> Vec<Code> {
    assess(row.phone(), Destination::WebexCalling).findings().map(|finding| finding.code()).collect()
}

fn problem(inventory: &Inventory) -> Option<RowProblem> {
    inventory.broken_rows().next().map(|(_, BrokenRow { problem, .. })| *problem)
}

fn xml(inner: &str) -> String {
    format!("<DeviceInformation>{inner}</DeviceInformation>")
}

#[test]
fn the_samples_say_what_they_say() {
    check(WITH_UDI, "CP-8851-K9|V01|B000B4BA1DFA|FCH18219LDW|sip88xx.14-1-1-0001-125||");
    check(WITHOUT_UDI, "CP-7940||0003E369A1FF|INMXXXXXXX|?P00308010200|?8.1(2.0)|");
    check(IN_ROWS, "CP-8845|V00|AC7E8A000190|PUC1938ABC5|sip8845_65.14-3-1-0201-246||");
    check(OF_NETWORK, "CP-8865||00CCFC0000B1||||");
    assert_eq!(read(WITH_UDI).label().expect("a label").name.as_deref(), Some("SEPB000B4BA1DFA"));
    assert_eq!(read(OF_NETWORK).label().expect("a label").name.as_deref(), Some("SEP00CCFC0000B1"));
    for sample in [WITH_UDI, WITHOUT_UDI, IN_ROWS, OF_NETWORK] {
        assert_eq!(recognize(sample.as_bytes()), SourceKind::DevicePage);
        let inventory =
            crossgrade::inventory::read(&Document::new("x", sample), &ReadOptions::default()).expect("a page");
        assert_eq!(inventory.fleet().rows()[0].phone(), read(sample).phone());
    }
}

#[test]
fn blanks_of_any_kind_stand_between_the_words_of_udi() {
    for blank in ["\n", " ", "\t\t", "\r\n", "\u{a0}", "\u{3000}\n", "&#160;", "<!-- x --> "] {
        let words = ["phone", "Cisco IP Phone 8851", "CP-8851-K9", "V01", "FCH18219LDW"].join(blank);
        for page in [
            xml(&format!("<udi>{blank}{words}{blank}</udi>")),
            xml(&format!("<udi><![CDATA[{}]]></udi>", words.replace("&#160;", "\n"))),
        ] {
            if !page.contains("[CDATA") || !blank.contains('<') {
                check(&page, "CP-8851-K9|V01||FCH18219LDW|||");
            }
        }
    }
    check(&xml("<udi>phone\nCP-7841-K9=V04</udi>"), "CP-7841-K9=V04||||||");
    check(&xml("<udi>DP-9861 V02</udi>"), "DP-9861|V02|||||");
    // Without a PID, the model number names the product, and else the text that nobody can read.
    check(&xml("<udi>phone V02</udi><modelNumber>CP-8851</modelNumber>"), "CP-8851|V02|||||");
    check(&xml("<udi>phone V02</udi>"), "phone V02|V02|||||");
}

#[test]
fn version_id_is_whatever_it_reads_as() {
    for (version, expected) in [
        ("sip88xx.14-1-1-0001-125", "CP-8851||||sip88xx.14-1-1-0001-125||"),
        ("14.2(1)SR1", "CP-8851||||?rootfs88xx.14-1-1-0001-125|14.2(1)SR1|"),
        ("= V02", "CP-8851|V02|||?rootfs88xx.14-1-1-0001-125||"),
        ("3.1(0301.349)", "CP-8851||||?rootfs88xx.14-1-1-0001-125|?3.1(0301.349)|"),
        ("", "CP-8851||||?rootfs88xx.14-1-1-0001-125||"),
    ] {
        let page = xml(&format!(
            "<modelNumber>CP-8851</modelNumber><appLoadID>rootfs88xx.14-1-1-0001-125</appLoadID>\
             <versionID>{version}</versionID><hardwareRevision>0x0005</hardwareRevision>"
        ));
        check(&page, expected);
    }
    let page = xml("<appLoadID>sip88xx.14-1-1-0001-125</appLoadID><versionID>= V02</versionID>");
    check(&page, "|V02|||sip88xx.14-1-1-0001-125||");
}

#[test]
fn two_vids_that_differ_are_seen_by_the_assessment() {
    let page = |product: &str| xml(&format!("<udi>{product} V01</udi><versionID>= V02</versionID>"));
    let row = read(&page("CP-8851-K9"));
    assert!(codes(&row).contains(&Code::CG311), "{:?}", row.phone());
    assert!(!codes(&read(&page("CP-8851-K9").replace("V02", "V1"))).contains(&Code::CG311));
    check(&page(""), "V01|V01/= V02|||||");
}

#[test]
fn what_is_said_twice_and_differently_is_no_evidence() {
    let macs = "<MACAddress>00CCFC000001</MACAddress><HostName>SEP00CCFC000002</HostName>";
    assert_eq!(problem(&read_named("page", xml(macs).as_bytes()).1), SEVERAL, "a phone has one MAC address");
    let serials = "<serialNumber>FCH18219LDX</serialNumber><udi>FCH18219LDW</udi>";
    check(&xml(serials), "FCH18219LDW|||FCH18219LDX/FCH18219LDW|||");
    check(&xml("<udi>CP-8841-K9</udi><modelNumber>CP-8851</modelNumber>"), "CP-8841-K9/CP-8851||||||");
    check(&xml(&macs.replace("SEP00CCFC000002", "sep00ccfc000001")), "||00CCFC000001||||");
    check(&xml(&macs.replace("SEP00CCFC000002", "lobby")), "||00CCFC000001||||");
}

const MPP: [(&str, &str); 6] = [
    ("Product Name", "CP-8841-3PCC"),
    ("Serial Number", "FCH18219LDW"),
    ("MAC Address", "00:CC:FC:12:34:56"),
    ("Software Version", "sip88xx.12-0-3MPP0001-87"),
    ("Hardware Version", "V05"),
    ("Transition Authorization Type", "WxC"),
];
const MPP_TOLD: &str = "CP-8841-3PCC|V05|00CCFC123456|FCH18219LDW|sip88xx.12-0-3MPP0001-87||WxC";

/// The fields, each written by `line`.
fn product_information(line: impl Fn(&str, &str) -> String) -> String {
    MPP.iter().map(|(label, value)| line(label, value)).collect()
}

#[test]
fn an_mpp_phone_says_the_same_in_every_form() {
    let pages = [
        product_information(|label, value| format!("{label}: {value}\n")),
        product_information(|label, value| format!("  {label}\t{value}\r\n")),
        product_information(|label, value| format!("{} = {value}\n\n", label.to_lowercase().replace(' ', "_"))),
        product_information(|label, value| format!("{label}\n{value}\n")),
        product_information(|label, value| format!("{label}:\r\r{value}\r")),
        product_information(|label, value| format!("Unknown: 5\n{label} :\t {value}\nClient Certificate: Installed\n")),
        format!(
            "<s>{}</s>",
            product_information(|label, value| {
                let name = label.replace(' ', "_");
                format!("<Group><n:{name} x='y'>\n {value}\n</n:{name}></Group>")
            })
        ),
        format!(
            "<html><head><title>8841</title></head><table>{}</table><a href='login'>Admin Login</a>",
            product_information(|label, value| {
                format!(
                    "<TR><td><b>{}</b></td><td width=20></td><td><b>{value}</b></td></TR>\n",
                    label.replace(' ', "&nbsp;")
                )
            })
        ),
    ];
    for page in pages {
        check(&page, MPP_TOLD);
    }
}

#[test]
fn a_software_version_may_be_a_release_and_a_hardware_version_is_seldom_a_vid() {
    check("Product Name: CP-8841-3PCC\nSoftware Version: 11.3.6\nHardware Version: 5\n", "CP-8841-3PCC|||||11.3(6)|");
}

#[test]
fn an_enterprise_page_for_browsers_is_read_like_text() {
    let page = "<HTML><TITLE>Cisco Systems, Inc.</TITLE><TABLE><TR><TD><B>MAC Address</B></TD><td></td><TD>00CCFC123456</TD></TR>\
        <TR><TD>Model Number</TD><TD>CP-8841</TD></TR><TR><TD>Version</TD><TD>sip88xx.12-5-1SR3-74</TD></TR></TABLE></HTML>";
    check(page, "CP-8841||00CCFC123456||sip88xx.12-5-1SR3-74||");
}

#[test]
fn an_empty_authorization_is_blank_unless_the_page_breaks_off_there() {
    let blank = Evidence::Known(Authorization::Blank);
    for page in [
        "<a><Product_Name>CP-8841-3PCC</Product_Name><Transition_Authorization_Type/></a>",
        "<a><Transition_Authorization_Type> \n</Transition_Authorization_Type></a>",
        "Transition Authorization Type:\nHardware Version: 5\n",
        "Transition Authorization Type\nHardware Version\nV05\n",
        "Transition Authorization Type:\nClient Certificate: Installed\n",
        "Product Name: CP-8841-3PCC\nTransition Authorization Type: \n",
    ] {
        assert_eq!(read(page).phone().authorization_evidence(), &blank, "{page}");
    }
    for page in [
        "<a><Product_Name>CP-8841-3PCC</Product_Name><Transition_Authorization_Type>",
        "<a><Product_Name>CP-8841-3PCC</Product_Name><Transition_Authorization_Type></Transition_Au",
        "Product Name: CP-8841-3PCC\nTransition Authorization Type:",
        "Product Name:\nCP-8841-3PCC\nTransition Authorization Type:\n",
        "Product Name: CP-8841-3PCC\nTransition Authorization Type\n",
    ] {
        let row = read(page);
        assert_eq!(row.phone().authorization_evidence(), &Evidence::Absent, "{page}");
        assert_eq!(row.phone().product_text(), Some("CP-8841-3PCC"));
        assert_eq!(row.problem(), Some("the file ends within this row"), "{page}");
    }
}

#[test]
fn a_download_status_says_the_authorization_within_a_line() {
    let line = "12:01 Upgrade finished. Transition Authorization Type: WxC, reboot";
    for page in [
        format!("Product Name: CP-8841-3PCC\n{line}\n"),
        format!("<a><Product_Name>CP-8841-3PCC</Product_Name><Download_Status>{line}</Download_Status></a>"),
    ] {
        check(&page, "CP-8841-3PCC||||||WxC");
    }
    check("Transition Authorization Type: Classic", "||||||Classic");
    // Said twice, and differently.
    check("Transition Authorization Type: Classic\nTransition Authorization Type: WxC\n", "||||||Classic/WxC");
}

#[test]
fn what_came_instead_of_a_page_is_a_finding() {
    let login = "<html><head><title>Sign In</title></head><body><form>";
    for (page, came, shown) in [
        ("", Came::Nothing, "nothing instead of the page of a phone"),
        (" \r\n\u{feff}", Came::Nothing, "nothing instead of the page of a phone"),
        (
            login,
            Came::Login,
            "a login page instead of the page of a phone: <html><head><title>Sign In</title></head><body><form>",
        ),
        (
            "<html><form><input name='p' type='password'>",
            Came::Login,
            "a login page instead of the page of a phone: <html><form><input name='p' type='password'>",
        ),
        ("<h1>401</h1>\n<p>x", Came::Html, "an HTML page instead of the page of a phone: <h1>401</h1> <p>x"),
        ("<!DOCTYPE html", Came::Html, "an HTML page instead of the page of a phone: <!DOCTYPE html"),
        (
            "<rss><item>x</item></rss>",
            Came::OtherXml,
            "XML without a word about a phone instead of the page of a phone: <rss><item>x</item></rss>",
        ),
        (
            "<DeviceInformation><MACAdd",
            Came::DamagedXml,
            "damaged XML instead of the page of a phone: <DeviceInformation><MACAdd",
        ),
        (
            "404 Not Found",
            Came::OtherText,
            "text without a word about a phone instead of the page of a phone: 404 Not Found",
        ),
        (
            "Version: 5\n",
            Came::OtherText,
            "text without a word about a phone instead of the page of a phone: Version: 5",
        ),
        ("\u{1}\u{2}PNG", Came::Binary, "bytes that are no text instead of the page of a phone: PNG"),
    ] {
        let (row, inventory) = read_named("pages/SEP00CCFC123456.xml", page.as_bytes());
        assert_eq!(problem(&inventory), Some(RowProblem::Came(came)), "{page}");
        assert_eq!(row.phone().product().unreadable(), Some(shown));
        assert_eq!(row.phone().mac_evidence().known().expect("of its name").to_string(), "00CCFC123456");
        let answer = assess(row.phone(), Destination::WebexCalling);
        let finding = answer.findings().find(|finding| finding.code() == Code::CG102).expect("CG102");
        assert!(finding.message().to_string().contains(came.as_str()), "{}", finding.message());
    }
    let text = read(&format!("<html>{}", "many words ".repeat(100))).phone().product_text().expect("a text").to_owned();
    assert!(text.len() < 120, "{text}");
}

#[test]
fn the_name_of_a_page_counts_less_than_the_page() {
    let (row, inventory) = read_named("SEP00CCFC123456.xml", WITH_UDI.as_bytes());
    assert_eq!(row.phone().mac_evidence().known().expect("a MAC").to_string(), "B000B4BA1DFA");
    let notes: Vec<_> = inventory.notes().map(|(_, note)| note.to_owned()).collect();
    assert_eq!(notes, ["SEP00CCFC123456.xml: the page says that it is of B000B4BA1DFA, which counts"]);
    assert_eq!(read_named("SEPB000B4BA1DFA.xml", WITH_UDI.as_bytes()).1.notes().count(), 0);
    // A page that says no MAC is of the phone that its name names.
    let (row, _) = read_named("SEP00CCFC123456.xml", b"<a><modelNumber>CP-8841</modelNumber></a>");
    assert_eq!(told(row.phone()), "CP-8841||00CCFC123456||||");
}

#[test]
fn pages_are_one_source_and_keep_their_names() {
    let pages = [Document::new("10.0.1.101.xml", WITH_UDI).when("today"), Document::new("http://10.0.1.102/x", "")];
    let inventory = device_page::read(pages);
    assert_eq!(
        inventory.fleet().sources().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["pages (device-page, today)"]
    );
    let labels: Vec<_> = inventory.fleet().rows().iter().map(|row| row.label().expect("a label").clone()).collect();
    assert_eq!(labels[0].name.as_deref(), Some("SEPB000B4BA1DFA"));
    assert_eq!(labels[0].ip_address.as_deref(), Some("10.0.1.101"));
    // A file has a name too, but a phone is not called so: in a merge the name that another source says counts.
    assert_eq!(labels[1].name, None);
    assert_eq!(inventory.fleet().sources()[0].place(2), "page http://10.0.1.102/x");
    assert_eq!(labels[1].ip_address.as_deref(), Some("10.0.1.102"));
    assert_eq!(inventory.fleet().rows().iter().map(FleetRow::line).collect::<Vec<_>>(), [1, 2]);

    let one = device_page::read(pages.into_iter().take(1));
    assert_eq!(one.fleet().sources()[0].name(), "10.0.1.101.xml");
    assert_eq!(device_page::read([]).rows_read(), 0);
}

#[test]
fn every_encoding_is_read() {
    let text = WITHOUT_UDI.replace(" OUI", " O\u{fc}I");
    let expected = told(read(&text).phone());
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).expect("Latin")).collect();
    for bytes in [utf16, windows, format!("\u{feff}{text}").into_bytes()] {
        assert_eq!(told(read_named("x", &bytes).0.phone()), expected);
    }
}

#[test]
fn nothing_is_expanded_or_fetched_and_nothing_too_deep_is_followed() {
    let page =
        "<!DOCTYPE a [<!ENTITY x \"V01\"><!ENTITY y SYSTEM 'file:///etc/passwd'>]><a><udi>CP-8841-K9 &x;&y;</udi></a>";
    check(page, "CP-8841-K9||||||");
    let page = format!("<a><modelNumber>CP-8841</modelNumber>{}<udi>CP-8851-K9</udi>", "<b>".repeat(70));
    assert_eq!(read(&page).phone().product_text(), Some("CP-8841"));
    let page = format!("<a><modelNumber>CP-8841{}</modelNumber></a>", " ".repeat(70_000));
    let (row, inventory) = read_named("x", page.as_bytes());
    assert!(matches!(problem(&inventory), Some(RowProblem::TooLong { .. })));
    assert!(row.phone().product().unreadable().is_some_and(|text| text.len() < 200));
}

#[test]
fn a_cut_page_says_what_stands_before_the_cut() {
    let whole = read(WITH_UDI);
    for cut in 0..WITH_UDI.len() {
        let (row, inventory) = read_named("x", &WITH_UDI.as_bytes()[..cut]);
        let (told, all) = (told(row.phone()), told(whole.phone()));
        match problem(&inventory) {
            Some(RowProblem::Came(_)) => assert!(cut < WITH_UDI.find("</MACAddress>").expect("a MAC") + 13, "{cut}"),
            Some(RowProblem::Cut) => {
                // The page is told as broken, and no field is another than in the whole page; the product of the label
                // stands behind the model number.
                let fields = told.split('|').zip(all.split('|')).enumerate();
                for (field, (part, whole)) in fields {
                    let is_earlier = field == 0 && part == "CP-8851" || field == 4 && part.starts_with("?rootfs");
                    assert!(part.is_empty() || part == whole || is_earlier, "{cut}: {told}");
                }
            }
            other => assert_eq!((other, &told), (None, &all), "{cut}"),
        }
    }
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(vec![
        "<DeviceInformation>",
        "</DeviceInformation>",
        "<udi>",
        "</udi>",
        "<MACAddress>",
        "</MACAddress>",
        "00CCFC123456",
        "<html>",
        "<td>",
        "<title>",
        "</title",
        "<script>",
        "<!--",
        "-->",
        "<!DOCTYPE ",
        "[",
        "]",
        "<![CDATA[",
        "]]>",
        "&",
        ";",
        "&#",
        "x41",
        "Product Name",
        ":",
        "=",
        "\t",
        "\n",
        "CP-8841-K9",
        "V01",
        "Transition Authorization Type",
        "\u{a0}",
        "<?",
        "?>",
        "\"",
        "'",
        "<",
        ">",
        "/",
    ]);
    let piece = prop_oneof![4 => piece.prop_map(|text| text.as_bytes().to_vec()), 1 => any::<Vec<u8>>()];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_value_in_pieces_or_in_an_element_is_said_and_never_in_part() {
    let product = |text: &str| {
        let page = format!("<DeviceInformation><MACAddress>00CCFC123456</MACAddress>{text}</DeviceInformation>");
        let inventory = device_page::read([Document::new("page", &page)]);
        inventory.fleet().rows()[0].phone().product_text().map(str::to_owned)
    };
    for (text, expected) in [
        ("<modelNumber><b>CP-8851</b></modelNumber>", "CP-8851"),
        ("<modelNumber>\n<b><i>CP-8851</i></b><b/></modelNumber>", "CP-8851"),
        ("<modelNumber>CP-88<b/>51</modelNumber>", "CP-88 and 51"),
        ("<modelNumber>CP-88<b>51</b></modelNumber>", "CP-88 and 51"),
        // Within another field, a field is what its name says.
        ("<serialNumber><modelNumber>CP-8851</modelNumber></serialNumber>", "CP-8851"),
    ] {
        assert_eq!(product(text).as_deref(), Some(expected), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn every_page_is_a_row_whatever_it_is(pages in prop::collection::vec(pieces(), 0..6), name in "[a-z0-9./:\\[\\]]{0,12}") {
        let documents = pages.iter().map(|page| Document::new(&name, page));
        let inventory = device_page::read(documents);
        prop_assert_eq!(inventory.rows_read(), pages.len() as u64);
        prop_assert_eq!(inventory.fleet().rows().len(), pages.len());
        let lines: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
        prop_assert_eq!(lines, (1..=pages.len() as u64).collect::<Vec<_>>());
    }
}

/// A page as HTML, with these rows of a label and its value.
fn html(rows: &[[&str; 2]]) -> String {
    let row =
        |[label, value]: &[&str; 2]| format!("<tr><td><b> {label}</b></td><td width=20></td><td>{value}</td></tr>");
    format!("<html><table>{}</table></html>", rows.iter().map(row).collect::<String>())
}

#[test]
fn rows_of_udi_end_with_the_next_label() {
    let mac = ["MAC address", "00CCFC000001"];
    let version = ["Version", "sip88xx.14-1-1-0001-125"];
    for (rows, expected) in [
        (
            &[mac, ["UDI", "phone"], ["", "CP-8841-K9"], ["", "V05"], ["Other", "V06"]][..],
            "CP-8841-K9|V05|00CCFC000001||||",
        ),
        (&[mac, ["UDI", ""], ["", "CP-8841-K9, V05; FCH18219LDW"]], "CP-8841-K9|V05|00CCFC000001|FCH18219LDW|||"),
        (&[["UDI", "phone"], ["", "CP-8841-K9"], version, ["", "V05"]], "CP-8841-K9||||sip88xx.14-1-1-0001-125||"),
        // Two that differ are a contradiction, not the first of them.
        (&[["UDI", "CP-8841-K9"], ["", "V05"], ["", "V06"]], "CP-8841-K9|V05/V06|||||"),
        // Without a PID, other rows under a label that is not known are no UDI.
        (
            &[mac, ["Model number", "CP-8841"], ["Module", "phone"], ["", "V05"], ["", "FCH18219LDW"]],
            "CP-8841||00CCFC000001||||",
        ),
        (
            &[mac, ["Model number", "CP-8841"], ["Sz\u{e1}m", "CP-8841-K9"], ["", "V05"]],
            "CP-8841-K9|V05|00CCFC000001||||",
        ),
    ] {
        check(&html(rows), expected);
    }
}

#[test]
fn values_count_by_their_shape_only_where_no_label_is_known() {
    let unknown = [["1", "CP-8841"], ["2", "sip88xx.14-1-1-0001-125"], ["3", "FCH18219LDW"], ["4", "SEP00CCFC000001"]];
    check(&html(&unknown), "CP-8841||00CCFC000001|FCH18219LDW|sip88xx.14-1-1-0001-125||");
    // A page about the network names the switch, some of which are called by their serial number.
    let known = [&unknown[1..], &[["MAC address", "00CCFC000002"], ["Model number", "CP-8851"]]].concat();
    check(&html(&known), "CP-8851||00CCFC000002||||");
    // On the page that shows UDI, a load is what runs.
    let loads = [&[["MAC-adresse", "00CCFC000002"], ["UDI", "CP-8851-K9"]], &unknown[1..2]].concat();
    check(&html(&loads), "CP-8851-K9||00CCFC000002||sip88xx.14-1-1-0001-125||");
    let labeled = [&loads[..], &[["Version", "12.8(1)"]]].concat();
    check(&html(&labeled), "CP-8851-K9||00CCFC000002|||12.8(1)|");
    let differing = [&unknown[..], &[["5", "FCH20100312"]]].concat();
    check(&html(&differing), "CP-8841||00CCFC000001|FCH18219LDW/FCH20100312|sip88xx.14-1-1-0001-125||");
    // Neither a product nor a load alone makes a page.
    for rows in [&unknown[..1], &unknown[1..]] {
        assert_eq!(
            problem(&read_named("page", html(rows).as_bytes()).1),
            Some(RowProblem::Came(Came::Html)),
            "{rows:?}"
        );
    }
}

#[test]
fn the_heading_says_which_phone_and_another_one_is_another_page() {
    let heading = "Cisco IP Phone CP-8841 ( SEP00CCFC000001 )";
    let page = |rows: &str| format!("<html><p>Status messages<p><b>{heading}</b><table>{rows}</table></html>");
    check(&page("<tr><td>Wireless headset</td><td>CP-HS-WL-730</td></tr>"), "CP-8841||00CCFC000001||||");
    check(&format!("{heading}\n9:52:58p No Trust List Installed\n"), "CP-8841||00CCFC000001||||");
    check(&page("<tr><td>Model number</td><td>CP-8851</td></tr>"), "CP-8851/CP-8841||00CCFC000001||||");
    check(&page("<tr><td>Host name</td><td>lobby</td></tr>"), "CP-8841||00CCFC000001||||");
    let other = page("<tr><td>MAC address</td><td>00CCFC000002</td></tr>");
    assert_eq!(problem(&read_named("page", other.as_bytes()).1), SEVERAL);
    // A name that somebody made unreadable hides the MAC address and not the product.
    check(&page("").replace("SEP00CCFC000001", "SEPxxxxxxxxxxxx"), "CP-8841||?SEPxxxxxxxxxxxx||||");
    // Older phones say no product there.
    let rows = [["MAC Address", "00CCFC000001"], ["Host Name", "SEP00CCFC000001"]];
    check(&html(&rows), "||00CCFC000001||||");
    assert_eq!(problem(&read_named("page", html(&rows[..1]).as_bytes()).1), Some(RowProblem::Came(Came::Html)));
}

#[test]
fn a_page_says_mpp_only_where_it_proves_it() {
    let fields = [["Product Name", "CP-8841-3PCC"], ["Software Version", "12.0(3)"], ["Customization", "Open"]];
    let says_mpp = |rows: &[[&str; 2]]| read(&html(&[rows, &[["MAC address", "00CCFC000001"]]].concat()));
    let mpp = |rows: &[[&str; 2]]| says_mpp(rows).phone().firmware_type_evidence().known().is_some();
    assert!(mpp(&fields));
    assert!(!mpp(&fields[..2]), "anybody may write these two");
    assert!(!mpp(&[["Model Number", "CP-8841"], fields[1], fields[2]]));
    // A load says its type itself.
    assert!(!mpp(&[fields[0], ["Software Version", "sip88xx.14-1-1-0001-125"], fields[2]]));
}

#[test]
fn an_empty_cell_has_no_value_and_takes_none_from_the_next_row() {
    let rows =
        [["MAC address", "00CCFC000001"], ["Serial number", ""], ["Wireless headset", ""], ["Model number", "CP-8841"]];
    check(&html(&rows), "CP-8841||00CCFC000001||||");
    check(
        "MAC address\t\t00CCFC000001\nModel number\t\tCP-8841\nSerial number\t\t\nWireless headset\n",
        "CP-8841||00CCFC000001||||",
    );
    check(
        &html(&[["MAC address", ""], ["", "00CCFC000001"], ["Model number", "CP-8841"]]),
        "CP-8841||00CCFC000001||||",
    );
}

/// Two phones in one file would be one with the MAC address of the first and the hardware version of the second.
#[test]
fn several_pages_in_one_file_are_never_one_phone() {
    let one = "<DeviceInformation><MACAddress>00CCFC000001</MACAddress><modelNumber>CP-8841</modelNumber></DeviceInformation>";
    let two =
        "<DeviceInformation><versionID>V15</versionID><serialNumber>FCH20100312</serialNumber></DeviceInformation>";
    for page in [
        format!("{one}{two}"),
        format!("{one}\n{one}"),
        format!("<all>{one}{two}</all>"),
        format!("{one}<x><versionID>V15</versionID></x>"),
    ] {
        let (row, inventory) = read_named("all.xml", page.as_bytes());
        assert_eq!(problem(&inventory), Some(RowProblem::Came(Came::SeveralPages)), "{page}");
        assert!(row.phone().product().unreadable().is_some_and(|text| text.starts_with("several pages")), "{page}");
        assert_eq!((row.phone().vid_evidence(), row.phone().mac_evidence()), (&Evidence::Absent, &Evidence::Absent));
    }
}

const SEVERAL: Option<RowProblem> = Some(RowProblem::Came(Came::SeveralPages));

#[test]
fn several_pages_of_text_are_never_one_phone() {
    let page = |mac: &str, more: &str| format!("Product Name: CP-8841-3PCC\nMAC Address: {mac}\n{more}");
    let one = page("00CCFC000001", "Serial Number: FCH18219LDW\n");
    for two in [
        page("00CCFC000002", "Hardware Version: V15\n"),
        "MAC Address: 00CCFC000002\nHardware Version: V15\n".to_owned(),
        "Serial Number: FCH20100312\nHardware Version: V15\n".to_owned(),
        "Host Name: SEP00CCFC000002\nHardware Version: V15\n".to_owned(),
        "Host Name: SEP00CCFC000002.example.org\n".to_owned(),
        "Host Name=SEP00CCFC000001\nHost Name=SEP00CCFC000002\n".to_owned(),
        "UDI:\nCP-8841-K9 V01\nUDI:\nCP-7821-K9 V02\n".to_owned(),
        WITH_UDI.to_owned(),
        "<MACAddress>00CCFC000001</MACAddress>\n".to_owned(),
        "<?xml version=\"1.0\"?>\n<x:Serial_Number>FCH20100312</x:Serial_Number>".to_owned(),
    ] {
        for text in [format!("{one}{two}"), format!("{one}\n\n{two}")] {
            let (row, inventory) = read_named("all.txt", text.as_bytes());
            assert_eq!(problem(&inventory), SEVERAL, "{text}");
            assert_eq!(
                (row.phone().vid_evidence(), row.phone().mac_evidence()),
                (&Evidence::Absent, &Evidence::Absent)
            );
        }
    }
    // A phone that says a second product contradicts itself.
    let second = "Product Name\nCP-7821-3PCC\nHardware Version\nV15\n";
    check(&format!("{one}{second}"), "CP-8841-3PCC/CP-7821-3PCC|V15|00CCFC000001|FCH18219LDW|||");
    // Said again, in whatever way, a value is that of the same phone.
    for again in [
        one.clone(),
        page("00:cc:fc:00:00:01", ""),
        "serial_number=fch18219ldw\n".to_owned(),
        "Model Number: CP-8841\nHost Name: SEP00CCFC000001\n".to_owned(),
        "Host Name: SEP00CCFC000001\nHost Name: sep00ccfc000001.example.org\n".to_owned(),
        "Host Name: lobby.example.org\nHost Name: LOBBY\n".to_owned(),
        "Product Name: CP-8841-3PCC-K9\n".to_owned(),
        "UDI: phone CP-8841-3PCC V05\nUDI:  phone\u{a0}CP-8841-3PCC \tV05\n".to_owned(),
        "Serial Number:\n".to_owned(),
        "Software Version: 12.0(3)\nSoftware Version: 12.0(4)\n".to_owned(),
    ] {
        let (row, inventory) = read_named("one.txt", format!("{one}{again}").as_bytes());
        assert_eq!(problem(&inventory), None, "{again}");
        assert!(row.phone().mac_evidence().known().is_some(), "{again}");
    }
    for (page, expected) in [
        (
            "MAC Address: 00CCFC000001\nHost Name: SEP00CCFC000001\nHost Name: SEP00CCFC000001.a.b\n",
            "||00CCFC000001||||",
        ),
        ("Model Number: CP-8841\nHost Name: SEP00CCFC000001.example.org\n", "CP-8841||00CCFC000001||||"),
        (
            "Product Name: CP-8841-K9\nProduct Name: cp-8841-k9=\nMAC Address: 00CCFC000001\n",
            "CP-8841-K9||00CCFC000001||||",
        ),
    ] {
        check(page, expected);
    }
}

/// A value that counts as the one before, however many blanks it has, is not walked again for each label.
#[test]
fn a_long_value_that_is_said_again_costs_no_more() {
    let page = format!("Serial Number: 0{}0\n{}", " ".repeat(60_000), "Serial Number: 0 0\n".repeat(200_000));
    check(&page, "|||?0 0|||");
}

#[test]
fn what_came_instead_of_a_page_is_told_though_it_says_two_names() {
    let login = "<html><title>Login</title><table><tr><td>Host Name</td><td>a</td></tr>\
        <tr><td>Host Name</td><td>b</td></tr></table><input type=password></html>";
    assert_eq!(problem(&read_named("page", login.as_bytes()).1), Some(RowProblem::Came(Came::Login)));
}

#[test]
fn a_download_status_before_a_page_is_of_the_same_phone() {
    let page = xml("\n<MACAddress>00CCFC000001</MACAddress>\n<modelNumber>CP-8841</modelNumber>\n");
    let status = "Transition Authorization Type: WxC\n";
    for status in [status.to_owned(), format!("12:01 {status}"), format!("{status}Version: 12.0(3)\r\n\n")] {
        let row = read(&format!("{status}{page}"));
        assert_eq!((row.problem(), row.phone().product_text()), (None, Some("CP-8841")), "{status}");
        assert_eq!(row.phone().authorization_evidence().known(), Some(Authorization::WxC), "{status}");
        assert!(row.phone().mac_evidence().known().is_some(), "{status}");
    }
    check(&format!("Transition Authorization Type:\n<?xml version='1.0'?>\n{page}"), "CP-8841||00CCFC000001||||blank");
    for page in [
        format!("{status}{page}{page}"),
        format!("{status}{page}Serial Number: FCH18219LDW\n"),
        format!("{status}Host Name: lobby\n{page}"),
        format!("{status}Hardware Version:\n{page}"),
        format!("{status}<?xml version='1.0'?><html>x</html>"),
    ] {
        assert_eq!(problem(&read_named("page", page.as_bytes()).1), SEVERAL, "{page}");
    }
}

#[test]
fn pages_of_several_phones_are_told_in_every_form() {
    let rows = |mac: &str| {
        format!("<tr><td>MAC Address</td><td>{mac}</td></tr><tr><td>Model Number</td><td>CP-8841</td></tr>")
    };
    let shown = |macs: [&str; 2]| format!("<html><table>{}{}</table></html>", rows(macs[0]), rows(macs[1]));
    let phone = |mac: &str| format!("<phone><MACAddress>{mac}</MACAddress><modelNumber>CP-8841</modelNumber></phone>");
    let (one, two) = ("00CCFC000001", "00CCFC000002");
    let text = "Product Name: CP-7821-3PCC\nMAC Address: 00CCFC000002\n";
    let risport = "<CmDevices><item><Name>SEP00CCFC000002</Name></item></CmDevices>";
    for page in [
        shown([one, two]),
        format!("<phones>{}{}</phones>", phone(one), phone(two)),
        format!("{}\n{text}", phone(one)),
        format!("{}\n{text}", WITH_UDI.trim_end()),
        format!("<all>{}{risport}</all>", xml(&phone(one))),
    ] {
        assert_eq!(problem(&read_named("all", page.as_bytes()).1), SEVERAL, "{page}");
    }
    for page in [
        shown([one, one]),
        format!("<phones>{}{}</phones>", phone(one), phone(one)),
        format!("{}\nTransition Authorization Type: WxC\n", phone(one)),
    ] {
        let (row, inventory) = read_named("one", page.as_bytes());
        assert_eq!((problem(&inventory), told(row.phone())), (None, told(read(&page).phone())), "{page}");
        assert!(row.phone().mac_evidence().known().is_some(), "{page}");
    }
}
