//! What reading an inventory costs, beside a reader alone that looks at the same bytes.
//!
//! ```text
//! cargo bench -p crossgrade --features inventory --bench inventory
//! ```
//! prints criterion's report, then the medians of this run for one page and their ratio. One thread works.

mod median;

use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::Duration;

use criterion::Criterion;
use crossgrade::inventory::{self, Document, device_page};
use median::median;
use quick_xml::events::Event;

const PAGES: usize = 1 << 12;
const ROWS: usize = 1 << 18;

/// A list with four narrow columns, in which few products meet many phones.
fn list() -> Vec<u8> {
    let mut text = b"PID,VID,MAC,Active Load ID\n".to_vec();
    for row in 0..ROWS {
        // Neighbors differ, as in a list that nobody sorted.
        let kind = row.wrapping_mul(0x9e37_79b9) >> 7;
        let (model, load) =
            [("7821", "sip78xx"), ("7841", "sip78xx"), ("8841", "sip88xx"), ("8851", "sip88xx")][kind % 4];
        let (vid, build) = (1 + kind / 4 % 20, 26 + kind / 80 % 3);
        text.extend(format!("CP-{model}-K9=,V{vid:02},00CCFC{row:06X},{load}.14-2-1-0101-{build}\n").bytes());
    }
    text
}

/// Every record of the list.
fn csv_alone(list: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new().from_reader(list);
    let mut record = csv::ByteRecord::new();
    let mut bytes = 0;
    while reader.read_byte_record(&mut record).expect("a list") {
        bytes += black_box(&record).len();
    }
    bytes
}

/// Every phone of the list, read one by one.
fn each_phone(list: &[u8]) -> usize {
    let mut known = 0;
    let done = inventory::csv::each_phone(list, &[], |_, phone| {
        known += usize::from(black_box(phone).mac_evidence().known().is_some());
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(done, Ok(ControlFlow::Continue(())));
    known
}

/// The page of an Enterprise phone, as long as real ones are.
fn page(number: usize) -> String {
    let mac = format!("00CCFC{number:06X}");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DeviceInformation>\n<MACAddress>{mac}</MACAddress>\n\
         <HostName>SEP{mac}</HostName>\n<phoneDN>{number}</phoneDN>\n\
         <appLoadID>rootfs88xx.14-1-1-0001-125</appLoadID>\n<bootLoadID>sboot288xx.BE-01-020</bootLoadID>\n\
         <versionID>sip88xx.14-1-1-0001-125</versionID>\n<keyExpansionModule1></keyExpansionModule1>\n\
         <keyExpansionModule2></keyExpansionModule2>\n<hardwareRevision>1.0</hardwareRevision>\n\
         <serialNumber>FCH18219LDW</serialNumber>\n<modelNumber>CP-8851</modelNumber>\n\
         <MessageWaiting>No</MessageWaiting>\n<udi>phone\nCisco IP Phone 8851\nCP-8851-K9\nV01\nFCH18219LDW</udi>\n\
         <time>11:22:33</time>\n<timezone>Europe/Oslo</timezone>\n<date>11/20/26</date>\n\
         <systemFreeMemory>1211400192</systemFreeMemory>\n<javaHeapFreeMemory>6512024</javaHeapFreeMemory>\n\
         <fipsModeEnabled>No</fipsModeEnabled>\n</DeviceInformation>\n"
    )
}

/// Every event of every page.
fn quick_xml_alone(pages: &[(String, String)]) -> usize {
    let mut events = 0;
    for (_, page) in pages {
        let mut reader = quick_xml::Reader::from_str(page);
        loop {
            match black_box(reader.read_event()).expect("a page") {
                Event::Eof => break,
                _ => events += 1,
            }
        }
    }
    events
}

fn main() {
    let pages: Vec<_> = (0..PAGES).map(|number| (format!("SEP00CCFC{number:06X}.xml"), page(number))).collect();
    let documents = || pages.iter().map(|(name, page)| Document::new(name, page));
    let inventory = device_page::read(documents());
    assert_eq!((inventory.rows_read(), inventory.broken_rows().count()), (PAGES as u64, 0));

    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("device pages");
    group.bench_function("quick-xml alone", |bencher| bencher.iter(|| black_box(quick_xml_alone(&pages))));
    group.bench_function("device_page", |bencher| bencher.iter(|| black_box(device_page::read(documents()))));
    group.finish();

    let list = list();
    assert_eq!((csv_alone(&list), each_phone(&list)), (4 * ROWS, ROWS));
    let fleet = || inventory::csv::read_document(&Document::new("list.csv", &list), &[]).expect("a list");
    let mut group = criterion.benchmark_group("CSV");
    group.bench_function("csv alone", |bencher| bencher.iter(|| black_box(csv_alone(&list))));
    group.bench_function("each phone", |bencher| bencher.iter(|| black_box(each_phone(&list))));
    group.bench_function("fleet", |bencher| bencher.iter(|| black_box(fleet())));
    group.finish();
    criterion.final_summary();

    let per_page = |name: &str| median(&format!("device pages/{name}")).map(|nanoseconds| nanoseconds / PAGES as f64);
    if let (Some(alone), Some(read)) = (per_page("quick-xml alone"), per_page("device_page")) {
        println!("nanoseconds a page: quick-xml alone {alone:.0}, device_page {read:.0}, {:.1} times", read / alone);
        println!("{:.0} pages a second", 1e9 / read);
    }
    let per_row = |name: &str| median(&format!("CSV/{name}")).map(|nanoseconds| nanoseconds / ROWS as f64);
    if let (Some(alone), Some(each), Some(fleet)) = (per_row("csv alone"), per_row("each phone"), per_row("fleet")) {
        println!(
            "nanoseconds a row: csv alone {alone:.0}, each phone {each:.0} ({:.1} times), fleet {fleet:.0}",
            each / alone
        );
        println!("{:.1} million rows a second", 1e3 / each);
    }
}
