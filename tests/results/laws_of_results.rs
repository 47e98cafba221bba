//! Laws of every fleet, with hostile texts in every field, through every reader.

use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::exports::results::{ResultsOptions, fleet_to_csv};
use crossgrade::exports::{self};
use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::{Document, ReadOptions, csv, read};
use crossgrade::merge::merge;
use crossgrade::{Destination, Evidence, Fleet, Phone, Request, RuleBook};
use crossgrade_tests::arrow_tables::{result_columns, texts};
use crossgrade_tests::law;
use crossgrade_tests::results_wanted;
use proptest::prelude::*;

/// The cells behind the columns of a fleet, row by row, as the csv crate reads them: it knows nothing of comments and marks.
fn records(csv: &[u8]) -> Vec<Vec<String>> {
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
    let record = |record: Result<::csv::ByteRecord, _>| record.expect("a record").iter().map(text).collect();
    ::csv::Reader::from_reader(csv).byte_records().map(record).collect()
}

/// What the result columns must hold, phone by phone.
fn decided(fleet: &Fleet, request: &Request) -> Vec<Vec<String>> {
    let row = |row: &crossgrade::FleetRow| {
        let columns = result_columns(&RuleBook::field().assess_request(row.phone(), request));
        columns.into_iter().map(Option::unwrap_or_default).collect()
    };
    fleet.rows().iter().map(row).collect()
}

/// The phones alone.
fn phones(fleet: &Fleet) -> Vec<&Phone<'static>> {
    fleet.rows().iter().map(crossgrade::FleetRow::phone).collect()
}

/// The laws, for one fleet.
pub(crate) fn hold_of(fleet: &Fleet) {
    let book = RuleBook::field();
    let inputs = FleetColumn::ALL.len() + fleet.kept_columns().len();
    for destination in Destination::ALL {
        let request = Request::to(*destination);
        let requests = std::slice::from_ref(&request);
        let decided = decided(fleet, &request);
        let report = fleet.audit(book, &request).to_string();
        // CSV, raw and for people.
        for is_raw in [true, false] {
            let (mut out, options) = (Vec::new(), ResultsOptions::default().raw(is_raw));
            let summaries = fleet_to_csv(fleet, book, requests, &options, &mut out).expect("results");
            let written: Vec<_> = records(&out).into_iter().map(|mut record| record.split_off(inputs)).collect();
            assert_eq!(written, decided, "rows out are phones, and verdicts those of the report");
            assert_eq!(summaries.iter().map(ToString::to_string).collect::<Vec<_>>(), [report.as_str()]);
            let again = csv::read(&out).expect("a fleet");
            assert_eq!(phones(again.fleet()), phones(fleet), "a file that is read again gives the same phones");
        }
        // Arrow.
        let options = AuditOptions::default().text(TextLayout::Utf8);
        let audit = columnar::audit_fleet(fleet, book, &request, &options).expect("an audit");
        let batches: Vec<_> = audit.map(|batch| batch.expect("a batch")).collect();
        let columns = |batch: &arrow_array::RecordBatch| {
            let columns: Vec<_> = batch.columns()[inputs..].iter().map(|column| texts(&**column)).collect();
            let row = |row: usize| columns.iter().map(|column| column[row].clone().unwrap_or_default()).collect();
            (0..batch.num_rows()).map(row).collect::<Vec<Vec<String>>>()
        };
        assert_eq!(batches.iter().flat_map(columns).collect::<Vec<_>>(), decided);
        // A table of a fleet that somebody else holds is read again, and gives the same phones.
        let table = columnar::FleetReader::new(fleet);
        let audit = columnar::audit_stream(table, book, &request, &options).expect("an audit");
        let batches: Vec<_> = audit.map(|batch| batch.expect("a batch")).collect();
        assert_eq!(batches.iter().flat_map(columns).collect::<Vec<_>>(), decided);
    }
    let csv = exports::fleet::to_csv(fleet).expect("a fleet");
    let again = csv::read_document(&Document::new("fleet.csv", &csv), &[]).expect("a fleet");
    assert_eq!(phones(again.fleet()), phones(fleet));
    assert_eq!(records(&csv).len(), fleet.rows().len());
}

/// Texts that have fooled a reader or a writer, pieces of them put together, and any others.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "#",
        "#1",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        "'",
        "=",
        "+",
        "-",
        "@",
        "\t",
        ",",
        ";",
        "|",
        " ",
        "\u{a0}",
        "\u{feff}",
        "\u{202e}",
        "\u{200b}",
        "\u{1b}[31m",
        "sep=;",
        "device,description",
        "PID,VID",
        "V03",
        "= V03",
        "V99",
        "CP-8841-K9=",
        "CP-7821-K9=V01",
        "8841 MPP",
        "683",
        "00CCFC0000FF",
        "SEP00CCFC0000FE",
        "sip88xx.14-2-1-0101-26",
        "sip78xx.12-0-3MPP0001-87",
        "14.2(1)SR1",
        "enterprise",
        "mpp",
        "blank",
        "Classic",
        "{MAC}",
        "\u{fffd}",
        "x",
        "&amp;",
        "<b>",
        "]]>",
        " and ",
        "enterprise and mpp",
        "SEP00CCFC0000FF,forged,10.0.0.9,Registered,CP-8841-K9=,V15,00CCFC0000FF,,sip88xx.14-2-1-0101-26,,enterprise,,,x,9,,",
    ]);
    prop_oneof![
        1 => Just(String::new()),
        5 => prop::collection::vec(pieces, 1..6).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// Whether each line of a record over several lines that begins with this text has as many cells as the record. The first
/// line ends within quotes, and two cells follow the last.
fn lines_up(text: &str) -> bool {
    let mut lines: Vec<_> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect();
    if !text.contains(['\n', '\r']) {
        return false;
    }
    if text.ends_with(['\n', '\r']) {
        lines.push("");
    }
    let commas = |line: &str| line.matches(',').count();
    let (last, before) = lines.split_last().expect("a line");
    commas(last) == 0 && before.iter().all(|line| commas(line) == 2)
}

/// Texts that can be read as something, and others.
fn said() -> impl Strategy<Value = String> {
    let texts = prop::sample::select(vec![
        "CP-8841-K9=",
        "CP-8841-3PCC-K9=",
        "Cisco 7821",
        "8851 MPP",
        "683",
        "V01",
        "v3",
        "V26",
        "00CCFC000001",
        "SEP00CCFC000002",
        "FCH20100312",
        "FCH20100313",
        "sip88xx.14-2-1-0101-26",
        "sip88xx.12-0-3MPP0001-87",
        "sip78xx.12-8-1-0001-455",
        "sip88xx.10-1-1-9",
        "14.2(1)SR1",
        "12.0(3)",
        "enterprise",
        "mpp",
        "Classic",
        "WxC",
        "blank",
        "?",
        "",
    ]);
    prop_oneof![5 => texts.prop_map(str::to_owned), 1 => hostile()]
}

/// The eight texts of a phone and four of its label.
fn row() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(hostile(), 12)
}

/// XML says no control characters.
fn in_xml(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn read_one(name: &str, text: &[u8], kind: crossgrade::fleet::SourceKind) -> Option<crossgrade::inventory::Inventory> {
    let mut options = ReadOptions::default();
    options.kind = Some(kind);
    read(&Document::new(name, text), &options).ok()
}

proptest! {
    #![proptest_config(law::config(160, "regressions/results.txt"))]

    #[test]
    fn of_phones_that_were_pushed(rows in prop::collection::vec(row(), 0..6)) {
        let mut fleet = Fleet::default();
        for (line, texts) in (2..).zip(&rows) {
            let text = |index: usize| texts[index].as_str();
            let phone = Phone::new(text(0)).vid(text(1)).mac(text(2)).serial(text(3)).load(text(4)).release(text(5));
            fleet.push(line, phone.firmware_type(text(6)).authorization(text(7)).into_owned());
        }
        hold_of(&fleet);
    }

    #[test]
    fn of_phones_of_which_several_things_were_said(
        rows in prop::collection::vec((prop::collection::vec(prop::collection::vec((said(), hostile()), 0..4), 8), row()), 0..6),
    ) {
        let mut fleet = Fleet::default();
        for (line, (said, texts)) in (2..).zip(&rows) {
            let of = |field: usize| said[field].iter().map(|(text, place)| (text.as_str(), place.as_str()));
            let phone = match Evidence::said(of(0)) {
                product @ Evidence::Contradictory(_) => Phone::new(product),
                _ => Phone::new(texts[0].as_str()),
            };
            let phone = phone.vid(Evidence::said(of(1))).mac(Evidence::said(of(2))).serial(Evidence::said(of(3)));
            let phone = phone.load(Evidence::said(of(4))).release(Evidence::said(of(5)));
            let phone = phone.firmware_type(Evidence::said(of(6))).authorization(Evidence::said(of(7)));
            fleet.push(line, phone.into_owned());
        }
        hold_of(&fleet);
    }

    #[test]
    fn of_csv_that_is_quoted_properly(
        rows in prop::collection::vec(row(), 1..6),
        delimiter in prop::sample::select(vec![b',', b';', b'\t']),
    ) {
        let headers = [
            "Description", "PID", "VID", "MAC", "Serial Number", "Active Load ID", "Release", "Firmware Type",
            "Authorization", "Device Name", "IP Address", "Status",
        ];
        let mut writer = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(headers).unwrap();
        for row in &rows {
            // A row says something: lines of empty cells are no phones.
            let texts = std::iter::once(format!("x{}", row[0])).chain(row[1..].iter().cloned());
            writer.write_record(texts.collect::<Vec<_>>()).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let inventory = csv::read(&text).unwrap();
        prop_assert_eq!(inventory.fleet().rows().len(), rows.len());
        prop_assert_eq!(inventory.cut(), None);
        hold_of(inventory.fleet());
        // And beside its own columns.
        let request = Request::to(Destination::WebexCalling);
        let (out, audit) = results_wanted::of_csv(&text, RuleBook::field(), std::slice::from_ref(&request)).unwrap();
        let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(&*out);
        let verdicts: Vec<_> = reader.byte_records().map(|record| record.unwrap().iter().skip(headers.len()).map(|cell| String::from_utf8_lossy(cell).into_owned()).collect::<Vec<_>>()).collect();
        prop_assert_eq!(verdicts, decided(inventory.fleet(), &request));
        prop_assert_eq!(audit.summaries()[0].to_string(), inventory.fleet().audit(RuleBook::field(), &request).to_string());
    }

    #[test]
    fn of_a_properly_quoted_row_whatever_its_first_cell(first in hostile(), note in hostile()) {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(["Note", "PID", "VID"]).unwrap();
        let first = format!("#{first}");
        writer.write_record([first.as_str(), "CP-7821-K9=", "V03"]).unwrap();
        writer.write_record([note.as_str(), "CP-7821-K9=", "V01"]).unwrap();
        // A text of several lines that line up with the header: nobody can tell it from rows, and all of them are broken.
        prop_assume!(!lines_up(&first) && !lines_up(&note));
        let inventory = csv::read(&writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(inventory.fleet().rows().len(), 2);
        hold_of(inventory.fleet());
    }

    #[test]
    fn of_risport_answers(rows in prop::collection::vec(row(), 1..6)) {
        let device = |row: &Vec<String>| {
            let names = ["Name", "Description", "Model", "ActiveLoadID", "Status", "IpAddress", "LoginUserId"];
            let parts = names.iter().zip(row).map(|(name, text)| format!("<{name}>{}</{name}>", in_xml(text)));
            format!("<item>{}</item>", parts.collect::<String>())
        };
        let devices: String = rows.iter().map(device).collect();
        let text = format!("<selectCmDeviceResult><CmNodes><item><Name>n</Name><CmDevices>{devices}</CmDevices></item></CmNodes></selectCmDeviceResult>");
        let inventory = read_one("risport.xml", text.as_bytes(), crossgrade::fleet::SourceKind::Risport).unwrap();
        prop_assert_eq!(inventory.rows_read(), rows.len() as u64);
        hold_of(inventory.fleet());
    }

    #[test]
    fn of_device_lists_of_webex(rows in prop::collection::vec(row(), 1..6)) {
        let names = ["displayName", "product", "mac", "serial", "software", "ip", "connectionStatus"];
        let device = |row: &Vec<String>| serde_json::Value::Object(names.iter().zip(row).map(|(name, text)| ((*name).to_owned(), text.clone().into())).collect());
        let text = serde_json::json!({"items": rows.iter().map(device).collect::<Vec<_>>()}).to_string();
        let inventory = read_one("webex.json", text.as_bytes(), crossgrade::fleet::SourceKind::Webex).unwrap();
        prop_assert_eq!(inventory.fleet().rows().len(), rows.len());
        hold_of(inventory.fleet());
    }

    #[test]
    fn of_pages(row in row()) {
        let names = ["MACAddress", "HostName", "serialNumber", "modelNumber", "versionID", "appLoadID", "udi"];
        let parts = names.iter().zip(&row).map(|(name, text)| format!("<{name}>{}</{name}>", in_xml(text)));
        let text = format!("<DeviceInformation>{}</DeviceInformation>", parts.collect::<String>());
        let inventory = read_one("10.0.0.1.xml", text.as_bytes(), crossgrade::fleet::SourceKind::DevicePage).unwrap();
        prop_assert_eq!(inventory.fleet().rows().len(), 1);
        hold_of(inventory.fleet());
    }

    #[test]
    fn of_merged_sources(rows in prop::collection::vec(row(), 2..6)) {
        let headers = ["MAC", "PID", "VID", "Serial Number", "Active Load ID", "Firmware Type", "Authorization", "Description"];
        let source = |row: &Vec<String>| {
            let mut writer = ::csv::Writer::from_writer(Vec::new());
            writer.write_record(headers).unwrap();
            let rest = row[1..headers.len()].iter().map(String::as_str);
            writer.write_record(std::iter::once("00CCFC000001").chain(rest)).unwrap();
            writer.into_inner().unwrap()
        };
        let inventories = rows.iter().map(|row| csv::read_document(&Document::new(&row[0], &source(row)), &[]).unwrap());
        let merged = merge(inventories.collect::<Vec<_>>());
        prop_assert_eq!(merged.fleet().rows().len(), 1);
        hold_of(merged.fleet());
    }

    #[test]
    fn of_bytes_that_are_anything(bytes in any::<Vec<u8>>(), head in prop::sample::select(vec!["", "PID,VID,Note\n", "{\"items\":[", "<a>"])) {
        let bytes = [head.as_bytes(), &bytes].concat();
        if let Ok(inventory) = read(&Document::new("x", &bytes), &ReadOptions::default()) {
            hold_of(inventory.fleet());
        }
    }
}
