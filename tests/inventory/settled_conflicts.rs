//! What a person settles: it outranks every source, stands in the trail, and is refused where it names nothing.

use crossgrade::fleet::{FleetColumn, Source, SourceKind};
use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::{Merged, Settlement, SettlementColumn, Settlements, merge, merge_settled};
use crossgrade::{Destination, Field, FleetRow, LoadName, Phone, Verdict};
use proptest::prelude::*;

use crate::merged_sources::{any_phone, any_source, verdicts};

const MAC: &str = "00CCFC123456";
const HEADER: &str = "device,field,value,said_by,when";

fn inventory(name: &str, text: &str) -> Inventory {
    read(&Document::new(name, text), &ReadOptions::default()).expect("an inventory")
}

/// A list and a page that differ in the VID.
fn in_conflict() -> [Inventory; 2] {
    [
        inventory("export.csv", "Device Name,PID,VID\nSEP00CCFC123456,CP-7821-K9=,V01\n"),
        inventory("labels.csv", "MAC,PID,VID\n00CCFC123456,CP-7821-K9=,V03\n"),
    ]
}

fn settlements(rows: &str) -> Settlements {
    let text = format!("{HEADER}\n{rows}");
    Settlements::read(&Document::new("settle.csv", &text)).expect("settlements")
}

fn settled(inventories: impl IntoIterator<Item = Inventory>, rows: &str) -> Merged {
    merge_settled(inventories, &settlements(rows)).expect("a merge")
}

#[track_caller]
fn only(merged: &Merged) -> &FleetRow {
    let [row] = merged.fleet().rows() else { panic!("one phone, not {:#?}", merged.fleet()) };
    row
}

#[track_caller]
fn column(merged: &Merged, column: FleetColumn) -> String {
    column.text(merged.fleet(), only(merged)).unwrap_or_default().into_owned()
}

fn verdict(merged: &Merged) -> Verdict {
    crossgrade::assess(only(merged).phone(), Destination::ThirdParty).verdict()
}

#[test]
fn what_a_person_says_counts_and_the_conflict_stays_in_the_trail() {
    assert_eq!(verdict(&merge(in_conflict())), Verdict::Unknown);
    let merged = settled(in_conflict(), "SEP00CCFC123456,vid,V03,Anna,2026-11-20\n");
    assert_eq!(verdict(&merged), Verdict::Eligible);
    assert_eq!(
        column(&merged, FleetColumn::Problem),
        "vid: V03 (settle.csv line 2, said by Anna, 2026-11-20) or V01 (export.csv line 2): the first counts"
    );
    assert_eq!(
        column(&merged, FleetColumn::Evidence),
        "export.csv line 2: pid mac; settle.csv line 2, said by Anna, 2026-11-20: vid"
    );
    assert_eq!(
        merged.report().to_string(),
        "2 rows read, 1 phone out: 1 row matched, 1 conflict, 0 orphans, 1 settled by hand"
    );
    let origin = only(&merged).trail().and_then(|trail| trail.origin(Field::Vid)).expect("an origin");
    let source = merged.fleet().source(origin).expect("a source");
    assert_eq!((source.kind(), source.name(), origin.row()), (SourceKind::Settlement, "settle.csv", 2));
    assert!(merged.to_settle().is_empty());
    assert!(!merged.to_string().contains("To settle"), "{merged}");
}

#[test]
fn a_device_is_named_by_its_address_its_name_or_its_place() {
    for device in [MAC, "00:cc:fc:12:34:56", "sep00ccfc123456", "export.csv line 2", " LABELS.csv line 2 "] {
        let merged = settled(in_conflict(), &format!("{device},vid,V03,,\n"));
        assert_eq!(column(&merged, FleetColumn::Vid), "V03", "{device}");
        assert!(column(&merged, FleetColumn::Problem).starts_with("vid: V03 (settle.csv line 2) or V01 "), "{device}");
    }
    let nameless = || [inventory("a.csv", "Device Name,PID,VID,HW Version\nCSFANNA,CP-7821-K9=,V01,V03\n")];
    let open = merge(nameless()).to_settle();
    let open: Vec<_> = open.iter().map(|open| (open.device.as_str(), open.sides.as_str())).collect();
    assert_eq!(open, [("CSFANNA", "V01 (a.csv line 2, column \"VID\") or V03 (a.csv line 2, column \"HW Version\")")]);
    assert_eq!(column(&settled(nameless(), "csfanna,vid,v3,,\n"), FleetColumn::Vid), "V03");
}

#[test]
fn a_person_also_counts_where_sources_agree_or_say_nothing() {
    let one = || [inventory("a.csv", "MAC,PID,VID,Serial\n00CCFC123456,CP-7821-K9=,V01,\n")];
    let merged = settled(one(), &format!("{MAC},vid,V03,Anna,\n{MAC},serial,FCH20100312,Anna,\n"));
    assert_eq!(column(&merged, FleetColumn::Vid), "V03");
    assert_eq!(column(&merged, FleetColumn::Serial), "FCH20100312");
    assert_eq!(column(&merged, FleetColumn::Mac), MAC);
    assert_eq!(
        column(&merged, FleetColumn::Problem),
        "vid: V03 (settle.csv line 2, said by Anna) or V01 (a.csv line 2): the first counts"
    );
    assert_eq!((merged.report().conflicts, merged.report().open_conflicts, merged.report().orphans), (1, 0, 1));
}

#[test]
fn what_runs_is_settled_as_one_thing_by_a_load_a_release_or_both() {
    let differ = || {
        [
            inventory("a.csv", "MAC,PID,Active Load\n00CCFC123456,CP-7821-K9=,sip78xx.12-8-1-0001-455\n"),
            inventory("b.csv", "MAC,PID,Release\n00CCFC123456,CP-7821-K9=,11.2(1)\n"),
        ]
    };
    assert_eq!(merge(differ()).report().open_conflicts, 1);
    // A release says no type of firmware, and the load that it refutes does.
    let of_type = format!("\n{MAC},firmware_type,enterprise,,");
    for (rows, load, release) in [
        ("load,sip78xx.14-2-1-0101-26,,".to_owned(), "sip78xx.14-2-1-0101-26", ""),
        (format!("load,11.2(1),,{of_type}"), "", "11.2(1)"),
        (format!("release,11.2(1),,{of_type}"), "", "11.2(1)"),
    ] {
        let merged = settled(differ(), &format!("{MAC},{rows}\n"));
        assert_eq!(column(&merged, FleetColumn::Load), load, "{rows}");
        assert_eq!(column(&merged, FleetColumn::Release), release, "{rows}");
        assert_eq!(merged.report().open_conflicts, 0, "{rows}");
    }
    let both = settled(differ(), &format!("{MAC},load,sip78xx.14-2-1-0101-26,,\n{MAC},release,14.2(1)SR1,,\n"));
    assert_eq!(column(&both, FleetColumn::Release), "14.2(1)SR1");
    assert_eq!(both.report().settled, 2);
}

#[test]
fn where_sources_differ_beyond_a_settlement_nothing_is_assumed() {
    let sources = || {
        [
            inventory("a.csv", "MAC,PID\n00CCFC123456,CP-7821-K9=\n"),
            inventory("b.csv", "MAC,PID\n00CCFC123456,CP-7821-3PCC-K9=\n"),
        ]
    };
    let merged = settled(sources(), &format!("{MAC},pid,7821,Anna,\n"));
    assert_eq!(
        column(&merged, FleetColumn::Problem),
        "pid: 7821 (settle.csv line 2, said by Anna) or CP-7821-K9= (a.csv line 2) or CP-7821-3PCC-K9= (b.csv line 2): \
         no side counts"
    );
}

#[test]
fn a_source_that_agrees_with_a_person_keeps_what_it_adds() {
    let header = "MAC,PID,VID,Load\n";
    for (row, said) in [
        ("00CCFC123456,CP-8841-K9=,V05,sip88xx.12-0-3MPP0001-87\n", "release,12.0(3)"),
        ("00CCFC123456,CP-8841-3PCC-K9=,V05,\n", "pid,Cisco 8841"),
    ] {
        let source = || [inventory("a.csv", &format!("{header}{row}"))];
        let merged = settled(source(), &format!("{MAC},{said},Anna,\n"));
        assert_eq!(verdict(&merged), verdict(&merge(source())), "{said}");
        assert_eq!(merged.report().conflicts, 0, "{said}");
    }
}

#[test]
fn a_row_that_says_two_mac_addresses_keeps_them() {
    let row = || [inventory("a.csv", "MAC,Device Name,PID,VID\n00CCFC123456,SEP00CCFC123457,CP-7821-K9=,V01\n")];
    let before = merge(row());
    let merged = settled(row(), "a.csv line 2,vid,V03,,\n");
    assert_eq!(column(&merged, FleetColumn::Vid), "V03");
    assert_eq!(only(&merged).phone().mac_evidence(), only(&before).phone().mac_evidence());
}

#[test]
fn a_file_is_read_in_the_shapes_that_people_keep() {
    let vid = |text: &[u8]| {
        let settlements = Settlements::read(&Document::new("settle.csv", text)).expect("settlements");
        column(&merge_settled(in_conflict(), &settlements).expect("a merge"), FleetColumn::Vid)
    };
    let utf16: Vec<u8> =
        "\u{feff}device;field;value\r\nSEP00CCFC123456;vid;V03\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts: [&[u8]; 6] = [
        b"device;field;value;said_by;when\nSEP00CCFC123456;VID;V03;J\xfcrgen;\n",
        b"sep=;\r\nDevice;Field;Value\r\n\"SEP00CCFC123456\";\"vid\";\"V03\"\r\n",
        b"what we saw on Friday\n\nwhen,said by,VALUE,field,device\n,,V03,vid,00CCFC123456\n",
        b"device,field,value,said_by,when,sides\n# not sure of this one\n00CCFC123456,vid,V03,,,\"V01, or V03\"\n",
        b"device,field,value\n00CCFC123456,vid,V03\n00CCFC123456,vid,v3\n,,\n",
        &utf16,
    ];
    for text in texts {
        assert_eq!(vid(text), "V03", "{:?}", String::from_utf8_lossy(text));
    }
}

#[test]
fn rows_that_are_not_filled_in_are_told() {
    let merged = settled(in_conflict(), "SEP00CCFC123456,vid,,,\nnobody,vid,,,\n");
    assert_eq!(merged.report().open_conflicts, 1);
    assert_eq!(merged.inventory().notes().collect::<Vec<_>>(), [("settle.csv", "2 rows have no value yet")]);
}

#[test]
fn what_names_nothing_is_refused() {
    let refused = |text: &str| {
        let settlements = Settlements::read(&Document::new("settle.csv", text));
        let merged = settlements.and_then(|settlements| merge_settled(in_conflict(), &settlements));
        let error = merged.expect_err(text);
        (error.to_string(), error.row(), error.column().map(SettlementColumn::as_str))
    };
    let of_row = |rows: &str| refused(&format!("{HEADER}\n{rows}\n"));
    let fields = "pid, vid, serial, load, release, firmware_type, authorization";
    let a_device = "a MAC address, the name of a device, or a place such as export.csv line 2";
    for (row, message, column) in [
        (
            "SEP00CCFC999999,vid,V03,,",
            format!("device \"SEP00CCFC999999\" is no phone of the merge; expected {a_device}"),
            "device",
        ),
        (",vid,V03,,", format!("the device is blank; expected {a_device}"), "device"),
        ("SEP00CCFC123456,vidd,V03,,", format!("field \"vidd\" is unknown; expected one of {fields}"), "field"),
        (
            "SEP00CCFC123456,mac,00CCFC123457,,",
            format!(
                "mac cannot be settled, for it is by what a phone is told from others, and belongs corrected in its \
                 source; expected one of {fields}"
            ),
            "field",
        ),
        (
            "SEP00CCFC123456,target,12.0(5),,",
            format!(
                "target cannot be settled, for it is what the caller asks for and nothing of the phone; expected one of \
                 {fields}"
            ),
            "field",
        ),
        (
            "SEP00CCFC123456,vid,five,,",
            "VID: no letter V before the digits at character 1 of \"five\"; expected V and one to three digits, such as V03"
                .to_owned(),
            "value",
        ),
    ] {
        assert_eq!(of_row(row), (format!("settle.csv line 2: {message}"), Some(2), Some(column)));
    }
    let differ = "SEP00CCFC123456,vid,V03,,\n00CCFC123456,vid,V04,,";
    assert_eq!(
        of_row(differ).0,
        "settle.csv line 3: the vid of device \"00CCFC123456\" is V04, but line 2 says V03; expected one of them"
    );
    assert_eq!(
        of_row("SEP00CCFC123456,vid,V03,,,on the label").0,
        "settle.csv line 2: 6 columns where the header has 5; \
         expected a row of as many cells, quoted where they hold separators"
    );
    assert_eq!(
        of_row("SEP00CCFC123456,vid,\"V03,,").0,
        "settle.csv line 2: a quote that is never closed; \
         expected a row of as many cells, quoted where they hold separators"
    );
    assert_eq!(
        refused("SEP00CCFC123456,vid,V03\n").0,
        format!("settle.csv: its columns are [\"SEP00CCFC123456\", \"vid\", \"V03\"]; expected a header {HEADER}")
    );
    assert_eq!(refused("").0, format!("settle.csv: there is nothing in it; expected a header {HEADER}"));
    let parquet = refused("PAR1").0;
    assert!(parquet.starts_with("settle.csv: inventory: the file is Parquet; expected text: CSV with a header row"));
    let twins = inventory("a.csv", "Name,PID\nLobby,CP-7821-K9=\nLobby,CP-8841-K9=\n");
    let error = merge_settled([twins], &settlements("lobby,vid,V03,,\n")).expect_err("two phones");
    assert_eq!(
        error.to_string(),
        "settle.csv line 2: device \"lobby\" may be any of 2 phones; \
         expected a MAC address, or a place: a.csv line 2 or a.csv line 3"
    );
}

#[test]
fn a_report_prints_the_file_to_fill_in() {
    let report = merge(in_conflict()).to_string();
    let expected = "
  To settle: 1 open conflict
    Fill in value, said_by and when, save the rows as a file, and merge again with --settle FILE.
    device,field,value,said_by,when,sides
    00:CC:FC:12:34:56,vid,,,,V01 (export.csv line 2) or V03 (labels.csv line 2)
";
    assert!(report.ends_with(expected), "{report}");
    let many = (0..25).map(|number| format!("00CCFC1234{number:02},CP-7821-K9=,V01,V03\n")).collect::<String>();
    let merged = merge([inventory("a.csv", &format!("MAC,PID,VID,HW Version\n{many}"))]);
    let report = merged.to_string();
    assert!(report.ends_with("    and 5 more; --to-settle FILE writes all of them\n"), "{report}");
    assert_eq!(merged.to_settle().to_string().lines().count(), 26);
    // What no answer hinges on is not asked for.
    assert!(
        merge([inventory("a.csv", "MAC,PID,VID,HW Version\n00CCFC123456,CP-8841-K9=,V01,V03\n")])
            .to_settle()
            .is_empty()
    );
}

#[test]
fn a_name_that_a_spreadsheet_would_run_comes_back_as_it_was() {
    let hostile = || [inventory("a.csv", "Device Name,PID,VID,HW Version\n\"=1,\"\"x\",CP-7821-K9=,V01,V03\n")];
    let file = merge(hostile()).to_settle().to_string();
    assert!(file.contains("\n\"'=1,\"\"x\",vid,,,,"), "{file}");
    let filled = file.replace(",vid,,,", ",vid,V03,Anna,today");
    let settlements = Settlements::read(&Document::new("settle.csv", &filled)).expect("settlements");
    assert_eq!(column(&merge_settled(hostile(), &settlements).expect("a merge"), FleetColumn::Vid), "V03");
}

#[test]
fn a_merge_of_merges_keeps_what_was_settled() {
    let first = settled(in_conflict(), &format!("{MAC},vid,V03,Anna,\n"));
    let again = merge([first.clone().into_parts().0]);
    assert_eq!(again.fleet(), first.fleet());
    let page = Inventory::of(
        Source::new(SourceKind::DevicePage, "pages"),
        [FleetRow::new(1, Phone::new("CP-7821-K9").vid("V01").mac(MAC))],
    );
    let with_page = merge([page.clone(), first.clone().into_parts().0]);
    assert_eq!(column(&with_page, FleetColumn::Vid), "V03", "a person outranks the page too");
    assert_eq!(with_page.report().open_conflicts, 0);

    let other = settled(in_conflict(), &format!("{MAC},vid,V01,Berta,\n"));
    let differ = [first.into_parts().0, other.into_parts().0];
    let merged = merge(differ.clone());
    assert_eq!(merged.report().open_conflicts, 1, "two persons differ");
    assert_eq!(
        column(&merged, FleetColumn::Problem),
        "vid: V03 (settle.csv line 2, said by Anna) or V01 (settle.csv (2) line 2, said by Berta): no side counts"
    );
    let third = settled(differ, &format!("{MAC},vid,V01,Carla,\n"));
    assert_eq!((column(&third, FleetColumn::Vid), third.report().open_conflicts), ("V01".to_owned(), 0));
}

/// Texts that a source may say of the field.
fn values(phones: &[Phone<'static>], field: Field) -> Vec<String> {
    let known = |phone: &Phone<'static>| match field {
        Field::Pid => phone.product().known().and(phone.product_text()).map(str::to_owned),
        Field::Vid => phone.vid_evidence().known().map(|vid| vid.to_string()),
        Field::FirmwareType => phone.firmware_type_evidence().known().map(|known| known.to_string()),
        Field::Load => phone.load_evidence().known().map(|known| known.to_string()),
        Field::Release => phone
            .release_evidence()
            .known()
            .or(phone.load_evidence().known().and_then(|load| load.release()))
            .map(|known| known.to_string()),
        Field::Authorization => phone.authorization_evidence().known().map(|known| known.to_string()),
        _ => None,
    };
    phones.iter().filter_map(known).collect()
}

fn is_no_settlement(inventory: &Inventory) -> bool {
    inventory.fleet().sources().iter().all(|source| source.kind() != SourceKind::Settlement)
}

proptest! {
    /// Whichever side is filled in, nothing that can be settled stays open, and no row is lost.
    #[test]
    fn a_file_that_is_filled_in_settles_what_it_says(
        // Nothing reads phones of settlements: what a person said before cannot be unreadable.
        sources in proptest::collection::vec(any_source().prop_filter("settlements", is_no_settlement), 0..5),
        sides in proptest::collection::vec(0..3_usize, 40),
    ) {
        let before = merge(sources.clone());
        let open = before.to_settle();
        let mut said = Settlements::new("settle.csv");
        let (mut filled_in, mut count) = (Vec::new(), 0);
        for (open, side) in open.iter().zip(sides.iter().cycle()) {
            let sides: Vec<_> = open.sides.split(" or ").filter_map(|side| Some(side.split_once(" (")?.0)).collect();
            let value = sides[side % sides.len()];
            // Of a load that cannot be read and mentions MPP nobody can say that it runs.
            let settlement = Settlement::new(&open.device, open.field, value).said_by("Anna");
            let says_no_type = open.field == Field::Load && value.parse::<LoadName>().is_err();
            let says_no_mark = open.field == Field::Pid && !value.contains('-');
            if said.push(settlement).is_ok() {
                count += 1;
                // What a person says nothing of may still be open.
                if !says_no_type && !says_no_mark {
                    filled_in.push((open.device.clone(), open.field));
                }
            }
        }
        let after = merge_settled(sources, &said).expect("every device is one of the merge");
        // What made no difference beside an open conflict may make one now: then it is asked next.
        let asked = after.to_settle();
        let is_asked_again = asked.iter().any(|open| filled_in.contains(&(open.device.clone(), open.field)));
        prop_assert!(!is_asked_again, "{asked}");
        prop_assert_eq!(after.report().rows_read, before.report().rows_read);
        prop_assert_eq!(after.report().phones, before.report().phones);
        prop_assert_eq!(after.report().settled as usize, count);
        let mut origins: Vec<_> = after.fleet().rows().iter().flat_map(|row| {
            row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec())
        }).collect();
        origins.sort();
        origins.dedup();
        prop_assert_eq!(origins.len() as u64, after.report().rows_read);
        let again = merge([after.clone().into_parts().0]);
        let phones = |merged: &Merged| merged.fleet().rows().iter().map(|row| row.phone().clone()).collect::<Vec<_>>();
        prop_assert_eq!(phones(&again), phones(&after), "merged again, the phones are the same");
    }

    /// A settled phone is answered as one of which that is known and nothing else of the field.
    #[test]
    fn a_settled_phone_is_answered_as_the_phone_that_a_person_saw(
        phones in proptest::collection::vec(any_phone(), 1..4),
        which in proptest::sample::select(vec![Field::Pid, Field::Vid, Field::Load, Field::FirmwareType, Field::Authorization]),
        seen in any_phone(),
    ) {
        let Some(value) = values(&[seen], which).pop() else { return Ok(()) };
        let is_pid = which == Field::Pid;
        // A product text may say more than a product, and so may a load beside a release.
        if is_pid && (value.contains("MPP") || !value.contains('-')) {
            return Ok(());
        }
        let base = |phone: Phone<'static>| {
            let bare = Phone::new(if is_pid { phone.product_text().unwrap_or_default().to_owned() } else { "CP-7821-K9=".to_owned() });
            let bare = if which == Field::Vid { bare.vid(phone.vid_evidence().clone()) } else { bare.vid("V26") };
            match which {
                Field::Load => bare.load(phone.load_evidence().clone()).release(phone.release_evidence().clone()),
                Field::FirmwareType => bare.firmware_type(phone.firmware_type_evidence().clone()),
                Field::Authorization => bare.authorization(phone.authorization_evidence().clone()),
                _ => bare,
            }.mac(MAC)
        };
        if is_pid && phones.iter().any(|phone| phone.product_text().is_some_and(|text| text.contains("MPP"))) {
            return Ok(());
        }
        let inventories: Vec<_> = phones.into_iter().map(|phone| {
            Inventory::of(Source::new(SourceKind::Csv, "list"), [FleetRow::new(1, base(phone))])
        }).collect();
        let of_person = |inventories: Vec<Inventory>| {
            let merged = settled(inventories, &format!("{MAC},{which},{value},Anna,\n"));
            only(&merged).phone().clone()
        };
        let merged = of_person(inventories.clone());
        let alone = match which {
            Field::Pid => Phone::new(value.clone()).vid("V26"),
            Field::Vid => Phone::new("CP-7821-K9=").vid(value.as_str()),
            Field::Load => Phone::new("CP-7821-K9=").vid("V26").load(value.as_str()),
            Field::FirmwareType => Phone::new("CP-7821-K9=").vid("V26").firmware_type(value.as_str()),
            _ => Phone::new("CP-7821-K9=").vid("V26").authorization(value.as_str()),
        }.mac(MAC).into_owned();
        prop_assert_eq!(verdicts(&merged), verdicts(&alone), "{:?} {:?}", merged, alone);
        let backwards = inventories.into_iter().rev().collect();
        prop_assert_eq!(of_person(backwards), merged, "the order of sources does not matter");
    }

    /// A person who says what a source says changes no verdict but an unknown one.
    #[test]
    fn a_person_who_agrees_with_a_source_changes_no_verdict(
        phones in proptest::collection::vec(any_phone(), 1..4),
        of in 0..4_usize,
        which in proptest::sample::select(vec![Field::Pid, Field::Load, Field::Release]),
    ) {
        let phones: Vec<_> = phones.into_iter().map(|phone| phone.mac(MAC)).collect();
        let Some(value) = values(&phones[of % phones.len()..][..1], which).pop() else { return Ok(()) };
        if value.contains("MPP") && which == Field::Pid {
            return Ok(());
        }
        // A source may contradict itself, also where its load is for other phones and says nothing of this one.
        let contradicts_itself = |phone: &Phone<'_>| {
            let (load, release) = (phone.load_evidence().known(), phone.release_evidence().known());
            let differ = load.and_then(|load| load.release()).zip(release).is_some_and(|(one, other)| one != other);
            differ || !crossgrade::assess(phone, Destination::ThirdParty).contradictions().is_empty()
        };
        let is_contradictory = phones.iter().any(contradicts_itself);
        let inventories: Vec<_> = phones.into_iter().map(|phone| {
            Inventory::of(Source::new(SourceKind::Csv, "list"), [FleetRow::new(1, phone)])
        }).collect();
        let before = merge(inventories.clone());
        let after = settled(inventories, &format!("{MAC},{which},{value},Anna,\n"));
        // Of sources that differ, a person may pick the one that no product bears out.
        let differ = before.report().conflicts > 0 || is_contradictory;
        for (before, after) in verdicts(only(&before).phone()).into_iter().zip(verdicts(only(&after).phone())) {
            prop_assert!(before == after || before == Verdict::Unknown || (differ && after == Verdict::Unknown), "{before:?} {after:?} {which} {value}");
        }
    }

    /// Bytes from anywhere are read or refused.
    #[test]
    fn any_file_is_settlements_or_refused(
        text in "(device,field,value\\n)?([,;\"\\n#]|device|vid|V0[1-3]|SEP00CCFC123456|field|value|said_by){0,30}",
    ) {
        if let Ok(settlements) = Settlements::read(&Document::new("settle.csv", &text)) {
            let _ = merge_settled(in_conflict(), &settlements);
        }
    }
}

/// A name may look like the place of another phone: nobody knows which is meant, so neither is settled.
#[test]
fn a_name_that_is_the_place_of_another_phone_is_refused() {
    let text = "Device Name,PID,VID,HW Version\n,CP-7821-K9=,V01,V03\np.csv line 2,CP-7821-K9=,V01,\n";
    let fleet = || read(&Document::new("p.csv", text), &ReadOptions::default()).expect("phones");
    let said =
        Settlements::read(&Document::new("s.csv", "device,field,value\np.csv line 2,vid,V03\n")).expect("one row");
    let error = merge_settled([fleet()], &said).expect_err("two phones");
    assert!(error.to_string().contains("may be any of 2 phones"), "{error}");
}

#[test]
fn columns_that_are_there_twice_are_refused() {
    let error = Settlements::read(&Document::new("s.csv", "device,field,value,Value\n00CCFC123456,vid,,V03\n"));
    assert_eq!(error.expect_err("two values").to_string(), "s.csv: column value is there twice; expected once");
}

#[test]
fn a_row_that_was_cut_short_is_refused() {
    let text = "device,field,value,said_by,when,sides\n00CCFC123456,vid,V1";
    let error = Settlements::read(&Document::new("s.csv", text)).expect_err("V1 of V15").to_string();
    assert!(error.starts_with("s.csv line 2: 3 columns where the header has 6"), "{error}");
}

#[test]
fn a_quoted_device_behind_a_hash_is_no_comment() {
    let text = "# by Anna\ndevice,field,value\n\"#lobby\",vid,V03\n#other,vid,V04\n";
    let said = Settlements::read(&Document::new("s.csv", text)).expect("a row");
    assert_eq!(said.iter().map(|said| said.device()).collect::<Vec<_>>(), ["#lobby"]);
}

/// What a product text says beside its field is a side like another cell.
#[test]
fn a_row_whose_product_contradicts_its_field_is_to_be_settled() {
    let text = "Device Name,PID,VID\nSEP00CCFC123456,CP-7821-K9=V01,V03\n";
    let fleet = read(&Document::new("a.csv", text), &ReadOptions::default()).expect("a phone");
    let file = merge([fleet.clone()]).to_settle().to_string();
    assert_eq!(file.lines().nth(1), Some("00:CC:FC:12:34:56,vid,,,,V03 (a.csv line 2) or V01 (a.csv line 2)"));
    let filled = file.replace(",vid,,,", ",vid,V03,Anna,today");
    let said = Settlements::read(&Document::new("s.csv", &filled)).expect("a row");
    assert!(merge_settled([fleet], &said).expect("settled").to_settle().is_empty());
}

/// A person who says which type runs has decided between two loads.
#[test]
fn a_settled_type_decides_between_loads() {
    let list = |name, load: &str| {
        let text = format!("PID,VID,MAC,Load\nCP-8851-K9=,V05,00CCFC123456,{load}\n");
        read(&Document::new(name, &text), &ReadOptions::default()).expect("a phone")
    };
    let both = || [list("a.csv", "sip88xx.14-2-1-0101-26"), list("b.csv", "sip88xx.12-0-3MPP0001-87")];
    assert_eq!(merge(both()).report().open_conflicts, 1);
    for (firmware_type, load) in [("mpp", "sip88xx.12-0-3MPP0001-87"), ("enterprise", "sip88xx.14-2-1-0101-26")] {
        let text = format!("device,field,value\n00CCFC123456,firmware_type,{firmware_type}\n");
        let said = Settlements::read(&Document::new("s.csv", &text)).expect("a row");
        let merged = merge_settled(both(), &said).expect("settled");
        assert_eq!(merged.report().open_conflicts, 0, "{firmware_type}");
        let phone = merged.fleet().rows()[0].phone();
        assert_eq!(phone.load_evidence().known().map(|load| load.to_string()).as_deref(), Some(load));
    }
}
