//! What reading an inventory costs, beside a reader alone that looks at the same bytes.
//!
//! ```text
//! cargo bench -p crossgrade --features inventory --bench inventory
//! ```
//! prints criterion's report, then the medians of this run for one page and their ratio. One thread works.

mod median;

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use crossgrade::inventory::{Document, device_page};
use median::median;
use quick_xml::events::Event;

const PAGES: usize = 1 << 12;

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
    criterion.final_summary();

    let per_page = |name: &str| median(&format!("device pages/{name}")).map(|nanoseconds| nanoseconds / PAGES as f64);
    if let (Some(alone), Some(read)) = (per_page("quick-xml alone"), per_page("device_page")) {
        println!("nanoseconds a page: quick-xml alone {alone:.0}, device_page {read:.0}, {:.1} times", read / alone);
        println!("{:.0} pages a second", 1e9 / read);
    }
}
