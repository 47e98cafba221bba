//! One thing that a document says again and again: everything is counted, little is kept, and the row says so.
//!
//! `crossgrade_tests::shapes` has more such inputs; `tests/memory_growth.rs` shows that the work grows as they do.

use std::fmt::Write as _;

use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::{
    Document, Inventory, InventoryError, ReadOptions, RowProblem, device_page, read, risport, webex,
};
use crossgrade::merge::merge;
use crossgrade::{FleetRow, RuleBook};

const MANY: usize = 20_000;
/// A text that is put together for a person has so many bytes at most.
const LONGEST: usize = 16 << 10;
/// A value has.
const VALUE: usize = 64 << 10;

#[track_caller]
fn only(inventory: &Inventory) -> &FleetRow {
    let [row] = inventory.fleet().rows() else { panic!("{} rows", inventory.fleet().rows().len()) };
    row
}

/// The row is there, its texts are short, and it says how long the value would be.
#[track_caller]
fn is_too_long(inventory: &Inventory) {
    let row = only(inventory);
    let problems: Vec<_> = inventory.broken_rows().map(|(_, broken)| broken.problem).collect();
    let [RowProblem::TooLong { found }] = &*problems else { panic!("{problems:?}") };
    assert!(*found > VALUE, "{found}");
    assert!(row.problem().is_some_and(|problem| problem.contains(&format!("a value of {found} bytes"))));
    texts_are_short(inventory);
}

#[track_caller]
fn texts_are_short(inventory: &Inventory) {
    for row in inventory.fleet().rows() {
        for column in FleetColumn::ALL {
            let is_put_together = matches!(column, FleetColumn::Evidence | FleetColumn::Problem);
            let longest = if is_put_together { LONGEST } else { VALUE };
            let length = column.text(inventory.fleet(), row).map_or(0, |text| text.len());
            assert!(length <= longest, "{column}: {length} bytes");
        }
    }
    assert!(inventory.notes().all(|(_, note)| note.len() <= LONGEST));
}

fn answer(devices: &str) -> String {
    format!("<CmNodes><item><Name>n</Name><CmDevices>{devices}</CmDevices></item></CmNodes>")
}

fn repeated(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

#[test]
fn one_phone_in_many_rows_is_one_phone_and_every_row_is_counted() {
    for states in [["Registered", "Registered"], ["Registered", "UnRegistered"], ["UnRegistered", "UnRegistered"]] {
        let device = |at: usize| {
            let (state, load) = (states[at % 2], at % 100);
            format!(
                "<item><Name>SEP00CCFC000001</Name><Status>{state}</Status><Model>683</Model>\
                 <ActiveLoadID>sip88xx.14-3-1-0001-{load}</ActiveLoadID></item>"
            )
        };
        let answer = answer(&repeated(MANY, device));
        let inventory = risport::read(&Document::new("risport.xml", &answer)).expect("an answer");
        let row = only(&inventory);
        assert_eq!((inventory.rows_read(), inventory.rows_joined()), (MANY as u64, MANY as u64 - 1));
        assert_eq!(row.trail().expect("a trail").rows().len(), MANY, "no row is lost");
        texts_are_short(&inventory);
    }
}

#[test]
fn a_value_in_many_parts_is_too_long_in_every_reader() {
    let models = repeated(MANY, |at| format!("<Model>{at:016}</Model>"));
    let device = answer(&format!("<item><Name>SEP00CCFC000001</Name>{models}</item>"));
    is_too_long(&risport::read(&Document::new("risport.xml", &device)).expect("an answer"));
    let models = repeated(MANY, |at| format!("\"Model\": \"{at:016}\", "));
    let device = format!("{{\"CmDevices\": [{{{models}\"Name\": \"SEP00CCFC000001\"}}]}}");
    is_too_long(&risport::read(&Document::new("risport.json", &device)).expect("an answer"));
    let products = repeated(MANY, |at| format!("\"product\": \"{at:016}\", "));
    let device = format!("{{\"items\": [{{{products}\"mac\": \"00CCFC000001\"}}]}}");
    is_too_long(&webex::read(&Document::new("webex.json", &device)).expect("a list"));
    let page = |inside: String| {
        format!("<DeviceInformation><MACAddress>00CCFC000001</MACAddress>{inside}</DeviceInformation>")
    };
    for page in [
        repeated(MANY, |at| format!("Software Version: {at:016}\nMAC Address: 00CCFC000001\n")),
        page(repeated(MANY, |at| format!("<versionID>{at:016}</versionID>"))),
        page(format!("<serialNumber>{}</serialNumber>", repeated(MANY, |at| format!("<b>{at}</b>")))),
        page(repeated(MANY, |at| format!("<a{at}>Transition Authorization Type: T{at:016}</a{at}>"))),
        page(format!("<udi>{}</udi>", repeated(6_000, |at| format!("FCH2010{at:04X} ")))),
    ] {
        is_too_long(&device_page::read([Document::new("page", &page)]));
    }
}

#[test]
fn nothing_of_a_text_that_is_too_long_is_evidence() {
    let parts = repeated(MANY, |at| format!("<b>phone CP-8851-K9 V{:02} FCH2010{at:04X}</b>", at % 90));
    let page =
        format!("<DeviceInformation><MACAddress>00CCFC000001</MACAddress><udi>{parts}</udi></DeviceInformation>");
    let inventory = device_page::read([Document::new("page", &page)]);
    is_too_long(&inventory);
    assert_eq!(only(&inventory).phone().vid_evidence().known(), None);
    assert_eq!(only(&inventory).phone().product().known(), None);
}

#[test]
fn devices_whose_names_are_too_long_are_not_one_phone() {
    let devices = format!("<item><Name>{}</Name></item>", "x".repeat(70_000)).repeat(2);
    let inventory = risport::read(&Document::new("risport.xml", &answer(&devices))).expect("an answer");
    assert_eq!((inventory.fleet().rows().len(), inventory.rows_joined()), (2, 0));
    assert_eq!(inventory.broken_rows().count(), 2);
}

#[test]
fn devices_that_a_service_says_it_found_may_be_more_than_can_be_counted() {
    let text = format!(
        "<r><TotalDevicesFound>{0}</TotalDevicesFound><TotalDevicesFound>{0}</TotalDevicesFound>{1}</r>",
        u64::MAX,
        answer("")
    );
    let inventory = risport::read(&Document::new("risport.xml", &text)).expect("an answer");
    assert!(inventory.notes().any(|(_, note)| note.contains(&u64::MAX.to_string())));
}

#[test]
fn a_phone_of_many_rows_names_some_places_and_counts_the_others() {
    let mut file = "PID,VID,MAC,Serial Number\n".to_owned();
    for at in 0..5_000 {
        let _ = writeln!(file, "CP-8841-K9=,revision {at},00CCFC000001,FCH2010{:04X}", at % 200);
    }
    let read = read(&Document::new("list.csv", &file), &ReadOptions::default()).expect("a list");
    let merged = merge([read]);
    let row = only(merged.inventory());
    texts_are_short(merged.inventory());
    let problem = FleetColumn::Problem.text(merged.fleet(), row).expect("a conflict");
    let beginning = "serial: FCH20100000 (list.csv line 2) or FCH20100001 (list.csv line 3) or ";
    assert!(problem.starts_with(beginning), "{problem}");
    // 64 sides are kept: 136 of 200 serial numbers, each in 25 rows, are none of them.
    let conflict = &row.trail().expect("a trail").conflicts()[0];
    assert_eq!((conflict.values.len(), conflict.more), (64, 136 * 25));
    let counted = format!(
        " and {} more: the first counts; vid: \"revision 1\" (list.csv line 3) cannot be read; ",
        44 + 136 * 25
    );
    assert!(problem.contains(&counted), "{problem}");
    // One text is the evidence, 63 are kept beside it, 20 of those are named.
    assert!(problem.ends_with(&format!(" and {} more", 4_999 - 20)), "{problem}");
}

#[test]
fn many_sources_of_one_name_are_told_apart() {
    let page = |at: usize| format!("<DeviceInformation><MACAddress>00CCFC{at:06X}</MACAddress></DeviceInformation>");
    let names = ["page", "page (3)", "page", "page", "page (3)", "", "", "page"];
    let read = |(at, name): (usize, &&str)| device_page::read([Document::new(name, &page(at))]);
    let merged = merge(names.iter().enumerate().map(read));
    let found: Vec<_> = merged.fleet().sources().iter().map(|source| source.name()).collect();
    let expected = ["page", "page (3)", "page (2)", "page (4)", "page (3) (2)", "", "(2)", "page (5)"];
    assert_eq!(found, expected);
}

#[test]
fn a_header_has_at_most_4096_columns() {
    let header = |columns: usize| format!("a title\nPID{}\nCP-8841-K9=\n", ",x".repeat(columns - 1));
    let read = |text: &str| read(&Document::new("a.csv", text), &ReadOptions::default());
    assert_eq!(read(&header(4_096)).map(|inventory| inventory.rows_read()), Ok(1));
    let error = read(&header(4_097)).expect_err("one column more");
    assert_eq!(error, InventoryError::TooMuch { what: "columns", line: 2, found: 4_097, limit: 4_096 });
    assert_eq!(error.to_string(), "inventory: line 2: 4097 columns; expected at most 4096");
}

#[test]
fn sheets_that_share_a_part_are_looked_at_once() {
    let bytes = include_bytes!("../data/inventory/hostile/sheets_share_one_part.xlsx");
    let read = |sheet: Option<&str>| {
        let mut options = ReadOptions::default();
        options.sheets = sheet.into_iter().map(str::to_owned).collect();
        read(&Document::new("a.xlsx", bytes), &options).map(|inventory| inventory.rows_read())
    };
    assert_eq!(read(None), Err(InventoryError::Empty));
    assert_eq!(read(Some("s7")), Err(InventoryError::Empty));
}

#[test]
fn gates_of_an_overlay_are_weighed_beside_rows_that_say_they_relax() {
    let work = (crossgrade_tests::shapes::named("overlay: gates beside 20 rows that relax").make)(900);
    (work.run)();
    let gate = |id: &str, minimum: &str, more: &str| {
        format!(
            "{id} = {{ on = \"start\", destination = \"third-party\", models = [\"7811\"], minimum = \"{minimum}\"{more} }}\n"
        )
    };
    let text = crossgrade_tests::overlays::head("guide", "acme")
        + "[amendments.acme-1.gates]\n"
        + &gate("a1", "12.9(1)", "")
        + &gate("a2", "12.8(1)", ", vid = \"V03-\", relax = true, reason = \"a test\"");
    let error = RuleBook::guide().overlay(&text).expect_err("a row that relaxes nothing").to_string();
    assert!(
        error.contains("amendments.acme-1.gates.a2: `relax = true`, but the row relaxes nothing of the book"),
        "{error}"
    );
    assert!(!error.contains("gates.a1"), "{error}");
}
