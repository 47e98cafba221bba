//! A merge has one row for each device of a cluster: devices are known by MAC address, and those without one by the name
//! that Unified CM gives them (issue 12, point 3).

use std::collections::BTreeSet;

use crossgrade::fleet::{FleetColumn, RowLabel, Source, SourceKind};
use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::{Merged, merge};
use crossgrade::{Evidence, Field, Fleet, FleetRow, Phone};
use proptest::prelude::*;

/// Four devices of one cluster, as Unified CM exports them.
const EXPORT: &str = "Device Name,Description,Device Type\n\
    SEP00CCFC123456,Lobby,Cisco 7821\n\
    CSFANNA,Anna,Cisco Unified Client Services Framework\n\
    ATA00CCFC123457,Fax,Cisco ATA 191\n\
    BOTANNA,Anna,Cisco Dual Mode for Android\n";

/// The same, as RisPort tells them: in another order, and with letters as the devices register.
const RISPORT: &str = r#"{"SelectCmDeviceResult":{"TotalDevicesFound":4,"CmNodes":{"item":[{"Name":"cucm1","CmDevices":{"item":[
    {"Name":"csfanna","Model":503,"Status":"Registered"},
    {"Name":"BOTANNA","Model":575,"Status":"UnRegistered"},
    {"Name":"ATA00CCFC123457","Model":36262,"Status":"Registered"},
    {"Name":"SEP00CCFC123456","Model":621,"Status":"Registered","ActiveLoadID":"sip78xx.14-2-1-0101-26"}]}}]}}}"#;

fn of(document: Document<'_>) -> Inventory {
    read(&document, &ReadOptions::default()).unwrap_or_else(|error| panic!("{}: {error}", document.name()))
}

fn devices(merged: &Merged) -> Vec<String> {
    let name = |row| FleetColumn::Device.text(merged.fleet(), row).unwrap_or_default().into_owned();
    merged.fleet().rows().iter().map(name).collect()
}

#[test]
fn an_export_and_risport_of_one_cluster_give_as_many_devices_as_the_cluster_has() {
    let merged = merge([of(Document::new("export.csv", EXPORT)), of(Document::new("risport.json", RISPORT))]);
    // RisPort ranks before a list, and so does its spelling.
    assert_eq!(devices(&merged), ["SEP00CCFC123456", "csfanna", "ATA00CCFC123457", "BOTANNA"]);
    assert_eq!(
        merged.report().to_string(),
        "8 rows read, 4 phones out: 4 rows matched (3 by device name), 0 conflicts, 0 orphans, 3 without MAC"
    );
    let anna = &merged.fleet().rows()[1];
    assert_eq!(anna.label().and_then(|label| label.description.as_deref()), Some("Anna"));
    assert_eq!(anna.phone().mac_evidence().unreadable(), Some("csfanna"), "the name stays where it was read");
    let trail = anna.trail().expect("two rows");
    assert_eq!(trail.rows().len(), 2);
}

#[test]
fn devices_of_different_clusters_never_join_by_name() {
    let of = |name, cluster| of(Document::new(name, EXPORT).cluster(cluster));
    let merged = merge([of("oslo.csv", "Oslo"), of("bergen.csv", "Bergen")]);
    // A MAC address is one phone wherever it registers.
    assert_eq!(devices(&merged).len(), 7);
    assert_eq!(merged.report().matched_by_name, 0);
    assert_eq!(merge([of("a.csv", "Oslo"), of("b.csv", "Oslo")]).report().matched_by_name, 3);
}

#[test]
fn a_source_of_no_cluster_joins_where_only_one_cluster_has_the_name() {
    let list = || of(Document::new("list.csv", "Device Name\nCSFANNA\n"));
    let oslo = || of(Document::new("oslo.csv", EXPORT).cluster("Oslo"));
    let bergen = || of(Document::new("bergen.csv", EXPORT).cluster("Bergen"));
    assert_eq!(merge([list(), oslo()]).fleet().rows().len(), 4);
    let of_two = merge([list(), oslo(), bergen()]);
    assert_eq!(of_two.fleet().rows().len(), 1 + 4 + 3);
    assert_eq!(of_two.fleet(), merge([list(), oslo(), bergen()]).fleet());
    // Where nobody says of what cluster they are, they are of one.
    assert_eq!(merge([list(), of(Document::new("other.csv", EXPORT))]).fleet().rows().len(), 4);
}

#[test]
fn a_name_that_one_source_has_twice_is_the_name_of_no_device() {
    let people = "Name,Model\nAnna,8841\nAnna,8851\n";
    let merged =
        merge([of(Document::new("people.csv", people)), of(Document::new("more.csv", "Name,Model\nAnna,8841\n"))]);
    assert_eq!(merged.fleet().rows().len(), 3);
}

#[test]
fn what_stands_in_the_place_of_a_name_joins_nothing() {
    for placeholder in ["none", "Unknown", "N/A", "n.a.", "-", "0", "TBD", "Anna Smith"] {
        let text = format!("Device Name,Model\n{placeholder},Cisco 8841\n");
        let merged = merge(["a.csv", "b.csv"].map(|name| of(Document::new(name, &text))));
        assert_eq!(merged.fleet().rows().len(), 2, "{placeholder}");
    }
}

/// `ATA00CCFC123457` is the name of the device; one list has its MAC address too.
#[test]
fn a_row_without_mac_finds_the_mac_of_its_name() {
    let with_mac = "Device Name,MAC,Model\nATA00CCFC123457,00CCFC123457,Cisco ATA 191\n";
    let lists = |texts: &[&str]| -> Merged {
        let names = ["a.csv", "b.csv", "c.csv"];
        merge(texts.iter().zip(names).map(|(text, name)| of(Document::new(name, *text))))
    };
    let merged = lists(&[EXPORT, with_mac]);
    assert_eq!(merged.fleet().rows().len(), 4);
    let ata = merged.fleet().rows().iter().find(|row| row.trail().is_some()).expect("a row of two");
    assert_eq!(ata.phone().mac_evidence().known().map(|mac| mac.to_string()), Some("00CCFC123457".to_owned()));

    let with_another = "Device Name,MAC,Model\nATA00CCFC123457,00CCFC123458,Cisco ATA 191\n";
    assert_eq!(lists(&[EXPORT, with_mac, with_another]).fleet().rows().len(), 4 + 2, "two MAC addresses tell nothing");
}

#[test]
fn a_mac_that_is_said_twice_and_differently_is_not_replaced_by_a_name() {
    let mac = Evidence::said([("00CCFC123456", "the label"), ("00CCFC123457", "the page")]);
    let row = |phone: Phone<'static>| FleetRow::new(1, phone).labeled(RowLabel::default().with_name("ATA1"));
    let fleet = |name, row| Inventory::of(Source::new(SourceKind::Csv, name), [row]);
    let merged = merge([fleet("a", row(Phone::new("8841").mac(mac))), fleet("b", row(Phone::new("8841")))]);
    assert_eq!(merged.fleet().rows().len(), 2);
    assert_eq!(merged.fleet().rows()[0].said_differently().next().map(|(field, _)| field), Some(Field::Mac));
}

#[test]
fn display_names_of_webex_and_names_of_pages_are_no_names_of_devices() {
    let row = || FleetRow::new(1, Phone::new("8841")).labeled(RowLabel::default().with_name("CSFANNA"));
    for kind in [SourceKind::Webex, SourceKind::DevicePage] {
        let merged =
            merge([SourceKind::Csv, kind].map(|kind| Inventory::of(Source::new(kind, kind.as_str()), [row()])));
        assert_eq!(merged.fleet().rows().len(), 2, "{kind}");
    }
}

/// Of a cluster of these devices each source knows some, in any order, each once.
fn sources() -> impl Strategy<Value = Vec<(SourceKind, Vec<usize>)>> {
    let kind = prop_oneof![Just(SourceKind::Csv), Just(SourceKind::Risport), Just(SourceKind::Xlsx)];
    let known = proptest::sample::subsequence((0..12).collect::<Vec<_>>(), 0..=12).prop_shuffle();
    proptest::collection::vec((kind, known), 1..5)
}

/// Every third device has a MAC address; it is named after it.
fn device(number: usize, in_small_letters: bool) -> FleetRow {
    let name = if number.is_multiple_of(3) { format!("SEP00CCFC1234{number:02}") } else { format!("CSFUSER{number}") };
    let name = if in_small_letters { name.to_ascii_lowercase() } else { name };
    let phone = Phone::new("8841").mac(name.clone()).into_owned();
    FleetRow::new(number as u64 + 1, phone).labeled(RowLabel::default().with_name(name))
}

fn inventories(sources: &[(SourceKind, Vec<usize>)]) -> Vec<Inventory> {
    let of = |(place, (kind, known)): (usize, &(SourceKind, Vec<usize>))| {
        let rows = known.iter().map(|number| device(*number, place % 2 == 1));
        Inventory::of(Source::new(*kind, format!("source {place}")), rows)
    };
    sources.iter().enumerate().map(of).collect()
}

proptest! {
    #[test]
    fn as_many_devices_come_out_as_the_sources_know(sources in sources()) {
        let known: BTreeSet<usize> = sources.iter().flat_map(|(_, known)| known).copied().collect();
        let merged = merge(inventories(&sources));
        prop_assert_eq!(merged.fleet().rows().len(), known.len());
        let report = merged.report();
        prop_assert_eq!(report.rows_read, report.phones + report.matched);
        prop_assert_eq!(report.without_mac, known.iter().filter(|number| *number % 3 != 0).count() as u64);
        let names = |fleet: &Fleet| -> BTreeSet<String> {
            let name = |row| FleetColumn::Device.text(fleet, row).unwrap_or_default().to_ascii_uppercase();
            fleet.rows().iter().map(name).collect()
        };
        let expected: BTreeSet<_> = known.iter().map(|number| device(*number, false).label().and_then(|label| label.name.clone()).unwrap_or_default()).collect();
        prop_assert_eq!(names(merged.fleet()), expected);

        // What was merged before is the same device once more.
        let again = merge([merged.into_parts().0, inventories(&sources).swap_remove(0)]);
        prop_assert_eq!(again.fleet().rows().len(), known.len());
    }
}

fn in_any_order<const N: usize>(documents: [Document<'_>; N]) -> Vec<usize> {
    (0..N)
        .map(|first| {
            let order = documents.iter().cycle().skip(first).take(N);
            merge(order.map(|document| of(*document))).fleet().rows().len()
        })
        .collect()
}

#[test]
fn the_order_of_sources_joins_nothing_of_two_clusters() {
    let with_mac = "Device Name,MAC,PID\nLOBBY,00CCFC123456,CP-8841-K9=\n";
    let without = "Device Name,PID\nLOBBY,CP-8841-K9=\n";
    let of_no_cluster = Document::new("list.csv", with_mac);
    let of_b = Document::new("b.csv", with_mac).cluster("B");
    assert_eq!(in_any_order([of_no_cluster, of_b, Document::new("a.csv", without).cluster("A")]), [2, 2, 2]);
    // The phone is known in both clusters, so it is the one that B calls so.
    let of_a = Document::new("a.csv", with_mac).cluster("A");
    assert_eq!(in_any_order([of_a, of_b, Document::new("b2.csv", without).cluster("B")]), [1, 1, 1]);
    // Spelling and blanks make no other cluster, and a blank is none.
    let spelled = |cluster| Document::new(cluster, without).cluster(cluster);
    assert_eq!(in_any_order([spelled("Oslo"), spelled(" oslo "), spelled("OSLO"), spelled("  ")]), [1; 4]);
}

#[test]
fn of_two_lists_the_one_that_was_given_first_counts_whatever_joined_them() {
    let first = "Device Name,PID,Serial Number\nLOBBY,CP-8841-K9=,FCH2140DABC\n";
    let second = "Device Name,PID,MAC,Serial Number\nOTHER,8841,00CCFC123457,\nLOBBY,8841,00CCFC123456,FCH2140DDEF\n";
    let merged = merge([of(Document::new("first.csv", first)), of(Document::new("second.csv", second))]);
    assert_eq!(devices(&merged), ["LOBBY", "OTHER"]);
    let lobby = &merged.fleet().rows()[0];
    assert_eq!(FleetColumn::Serial.text(merged.fleet(), lobby).as_deref(), Some("FCH2140DABC"));
    assert_eq!(lobby.phone().mac_evidence().known().map(|mac| mac.to_string()).as_deref(), Some("00CCFC123456"));
}

#[test]
fn a_merge_in_steps_joins_what_a_merge_at_once_joins() {
    let page = || {
        let row = FleetRow::new(1, Phone::new("CP-8841-K9").mac("00CCFC123456"));
        Inventory::of(Source::new(SourceKind::DevicePage, "10.0.1.7"), [row])
    };
    let with_mac = || of(Document::new("r.csv", "Device Name,MAC,PID\nLOBBY,00CCFC123456,CP-8841-K9=\n"));
    let without = || of(Document::new("l.csv", "Device Name,PID\nLOBBY,CP-8841-K9=\n"));
    assert_eq!(merge([page(), with_mac(), without()]).fleet().rows().len(), 1);
    let once = merge([page(), with_mac()]).into_parts().0;
    assert_eq!(merge([once, without()]).fleet().rows().len(), 1);
}

#[test]
fn a_page_that_says_nothing_belongs_to_the_phone_of_its_address_in_its_cluster() {
    let risport = |name, cluster, mac: &str| {
        let label = RowLabel::default().with_status("Registered").with_ip_address("10.0.1.7");
        let row = FleetRow::new(1, Phone::new("8841").mac(mac.to_owned())).labeled(label);
        Inventory::of(Source::new(SourceKind::Risport, name).cluster(cluster), [row])
    };
    let page = |cluster| {
        let label = RowLabel::default().with_ip_address("10.0.1.7");
        let row = FleetRow::new(1, Phone::default()).labeled(label);
        Inventory::of(Source::new(SourceKind::DevicePage, "10.0.1.7").cluster(cluster), [row])
    };
    let both = || [risport("oslo", "Oslo", "00CCFC123456"), risport("bergen", "Bergen", "00CCFC123457")];
    let [oslo, bergen] = both();
    assert_eq!(merge([oslo, bergen, page("Oslo"), page("Bergen")]).fleet().rows().len(), 2);
    let [oslo, bergen] = both();
    assert_eq!(merge([oslo, bergen, page("")]).fleet().rows().len(), 3, "of which of the two?");
    let [oslo, _] = both();
    assert_eq!(merge([oslo, page("Bergen")]).fleet().rows().len(), 2);
}

#[test]
fn names_that_several_clusters_have_are_told_of_sources_of_none() {
    let oslo = of(Document::new("oslo.csv", EXPORT).cluster("Oslo"));
    let bergen = of(Document::new("bergen.csv", EXPORT).cluster("Bergen"));
    let merged = merge([oslo, bergen, of(Document::new("list.csv", "Device Name\nCSFANNA\nBOTANNA\nCSFLARS\n"))]);
    let notes: Vec<_> = merged.inventory().notes().collect();
    let told = "2 names are those of devices in several clusters; nobody says of which cluster this source is";
    // That it says no product stands in front.
    assert_eq!((notes.len(), notes.last()), (2, Some(&("list.csv", told))));
}
