//! Tables whose columns are called as the elements of the pages of phones: what somebody's script collected.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
use crossgrade::Phone;
use crossgrade::columnar;
use crossgrade::fleet::{Source, SourceKind};
use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade_tests::workbook::{Sheet, texts, workbook};
use proptest::prelude::*;
use proptest::sample::select;

const NAMES: [&str; 10] = [
    "MACAddress",
    "HostName",
    "phoneDN",
    "appLoadID",
    "bootLoadID",
    "versionID",
    "hardwareRevision",
    "serialNumber",
    "modelNumber",
    "udi",
];
const LOAD: &str = "sip88xx.14-2-1-0101-26";

fn of(name: &str, bytes: &[u8]) -> Inventory {
    read(&Document::new(name, bytes), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn said(phone: &Phone<'_>) -> [String; 5] {
    fn text<T: ToString>(known: Option<T>) -> String {
        known.map(|known| known.to_string()).unwrap_or_default()
    }
    [
        text(phone.product().known().map(|product| product.model())),
        text(phone.vid_evidence().known()),
        text(phone.serial_evidence().known()),
        text(phone.mac_evidence().known()),
        text(phone.load_evidence().known()),
    ]
}

fn all(inventory: &Inventory) -> Vec<[String; 5]> {
    inventory.fleet().rows().iter().map(|row| said(row.phone())).collect()
}

fn of_arrow(headers: &[&str], rows: &[Vec<String>]) -> Vec<[String; 5]> {
    let columns = headers.iter().enumerate().map(|(at, header)| {
        let cells = rows.iter().map(|row| row[at].as_str());
        ((*header).to_owned(), Arc::new(StringArray::from_iter_values(cells)) as ArrayRef)
    });
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let reader = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    all(&columnar::read(reader, Source::new(SourceKind::Table, "table"), &[]).expect("a table"))
}

/// The texts of one phone: which column says the VID differs from phone to phone, and the number of `hardwareRevision` is none.
fn phone(number: usize, says: u8, revision: &str, blanks: &str) -> (Vec<String>, [String; 5]) {
    let (mac, serial) = (format!("00CCFC{number:06X}"), format!("FCH2043{number:04}"));
    let udi = match says {
        0 | 1 => ["CP-8851-K9=", "V05", &serial].join(blanks),
        2 => ["CP-8851-K9=", &*serial].join(blanks),
        _ => String::new(),
    };
    let (app, version) = match says {
        0 => ("rootfs88xx.14-2-1-0101-26", LOAD),
        _ => (LOAD, "= V05"),
    };
    let cells = [&*mac, &format!("SEP{mac}"), "1001", app, "boot88xx", version, revision, &serial, "CP-8851", &udi];
    let expected = ["8851".to_owned(), "V05".to_owned(), serial.clone(), mac.clone(), LOAD.to_owned()];
    (cells.map(str::to_owned).to_vec(), expected)
}

proptest! {
    #[test]
    fn a_table_of_pages_says_what_the_pages_say(
        phones in prop::collection::vec((0_u8..4, select(vec!["1.0", "0x0005", "5", "", "rev.2"])), 1..8),
        order in Just((0..NAMES.len()).collect::<Vec<_>>()).prop_shuffle(),
        blanks in select(vec![" ", "  ", ", "]),
    ) {
        let (rows, expected): (Vec<Vec<String>>, Vec<_>) = phones
            .iter()
            .enumerate()
            .map(|(number, (says, revision))| phone(number, *says, revision, blanks))
            .unzip();
        let headers: Vec<&str> = order.iter().map(|at| NAMES[*at]).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect();

        let line = |cells: Vec<&str>| cells.join(";") + "\n";
        let csv: String = std::iter::once(headers.clone())
            .chain(rows.iter().map(|row| row.iter().map(String::as_str).collect()))
            .map(line)
            .collect();
        prop_assert_eq!(all(&of("pages.csv", csv.as_bytes())), expected.clone(), "{}", csv);
        let record = |row: &Vec<String>| {
            let members: Vec<_> = headers.iter().zip(row).map(|(key, text)| format!("\"{key}\": \"{text}\"")).collect();
            format!("{{{}}}", members.join(", "))
        };
        let json = format!("[{}]", rows.iter().map(record).collect::<Vec<_>>().join(",\n"));
        prop_assert_eq!(all(&of("pages.json", json.as_bytes())), expected.clone(), "{}", json);
        let mut cells: Vec<Vec<&str>> = vec![headers.clone()];
        cells.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect::<Vec<_>>()));
        let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
        let book = workbook(&[Sheet::new("Pages", texts(&cells))]);
        prop_assert_eq!(all(&of("pages.xlsx", &book)), expected.clone());
        prop_assert_eq!(of_arrow(&headers, &rows), expected);
    }
}

#[test]
fn udi_alone_says_product_vid_and_serial() {
    let text = "udi,MAC\nCP-8841-K9= V05 FCH2043ABCD,00CCFC000001\n,00CCFC000002\nsomething,00CCFC000003\n";
    let inventory = of("udi.csv", text.as_bytes());
    assert_eq!(all(&inventory)[0], ["8841", "V05", "FCH2043ABCD", "00CCFC000001", ""]);
    assert_eq!(all(&inventory)[1], ["", "", "", "00CCFC000002", ""]);
    // What nobody can read stays as it is written.
    assert_eq!(inventory.fleet().rows()[2].phone().product_text(), Some("something"));
    // What another column says differently is a contradiction.
    let text = "udi,VID,PID\nCP-8841-K9= V05 FCH2043ABCD,V04,CP-8851-K9=\n";
    let inventory = of("udi.csv", text.as_bytes());
    let phone = inventory.fleet().rows()[0].phone();
    assert!(phone.vid_evidence().sides().is_some() && phone.product().sides().is_some());
}

#[test]
fn a_hardware_revision_counts_where_it_reads_as_a_vid_and_no_other_column_says_one() {
    let vid = |text: &str| {
        let inventory = of("a.csv", text.as_bytes());
        inventory.fleet().rows()[0].phone().vid_evidence().known().map(|vid| vid.to_string())
    };
    assert_eq!(vid("Model,Hardware Rev\nCP-8841,V05\n").as_deref(), Some("V05"));
    assert_eq!(vid("Model,Hardware Rev,VID\nCP-8841,V03,V05\n").as_deref(), Some("V05"));
    assert_eq!(vid("Model,Hardware Rev,VID\nCP-8841,1.0,V05\n").as_deref(), Some("V05"));
    assert_eq!(vid("Model,Hardware Rev\nCP-8841,1.0\n"), None);
}
