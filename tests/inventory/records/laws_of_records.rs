//! What is true of every list of records.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, ReadOptions, axl, json, read, risport, webex};
use crossgrade::{Evidence, FirmwareType};
use proptest::prelude::*;

use super::shapes_of_a_list::{LOAD, devices, shapes, shapes_of_any, shapes_of_axl, shapes_of_webex};
use super::{Seen, read_any, seen, try_read};

/// What Webex has in common with other tools.
const SHARED: &[&str] = &[
    "\"personId\": \"77\"",
    "\"displayName\": \"Ann\"",
    "\"orgId\": \"1\"",
    "\"permissions\": [\"read\"]",
    "\"capabilities\": [\"xapi\"]",
    "\"errorCodes\": []",
    "\"type\": \"phone\"",
    "\"managedBy\": \"CUSTOMER\"",
    "\"upgradeChannel\": \"stable\"",
    "\"placeId\": \"3\"",
    "\"activeInterface\": \"wired\"",
    "\"primaryOwner\": \"Ann\"",
    "\"owner\": {\"id\": \"Y2lzY29zcGFyazov\", \"displayName\": \"Ann\"}",
];

/// What only Webex has.
const OF_WEBEX: &[&str] = &[
    "\"id\": \"Y2lzY29zcGFyazov\"",
    "\"workspaceId\": \"x\"",
    "\"primarySipUrl\": \"a@example.com\"",
    "\"activationState\": \"activated\"",
    "\"connectionStatus\": \"connected\"",
];

/// What records of any tool say.
const FLAT: &[&str] = &[
    "\"mac\": \"00CCFC000001\", \"model\": \"CP-8841-K9=\"",
    "\"mac\": \"00CCFC000001\", \"product\": \"Cisco 8841\", \"software\": \"sip88xx.12-8-1-0001-455\"",
    "\"name\": \"SEP00CCFC000001\", \"product\": \"Cisco 8841\"",
    "\"product\": \"Cisco 8841\", \"serial\": \"FCH20100312\"",
];

/// The phones that are read for these numbers: each is an 8841 without a load.
fn phones(numbers: &[u32], kind: SourceKind, firmware_type: Option<FirmwareType>) -> Vec<Seen> {
    let phone = |number: &u32| Seen {
        kind,
        model: Some("8841".to_owned()),
        mac: Some(format!("00CCFC{number:06X}")),
        load: None,
        firmware_type,
    };
    numbers.iter().map(phone).collect()
}

proptest! {
    #[test]
    fn one_answer_of_risport_is_the_same_phones_in_every_shape(devices in devices()) {
        for (shape, text) in shapes(&devices) {
            let is_in_answer = ["XML", "zeep", "camelCase"].contains(&shape);
            let inventory = read_any(&text);
            prop_assert_eq!(inventory.fleet().rows().len(), devices.len(), "{}: {}", shape, text);
            devices.iter().zip(&seen(&inventory)).for_each(|(device, seen)| device.is_as_expected(seen, is_in_answer));
            prop_assert_eq!(inventory.broken_rows().count() + inventory.cuts().count(), 0, "{}", shape);
            // The caller's word makes an answer of every shape.
            let called = risport::read(&Document::new("records", &text)).expect(shape);
            devices.iter().zip(&seen(&called)).for_each(|(device, seen)| device.is_as_expected(seen, true));
        }
    }

    #[test]
    fn phones_of_unified_cm_are_rows_and_nothing_says_what_runs(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..8)) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_axl(&numbers) {
            let inventory = read_any(&text);
            prop_assert_eq!(seen(&inventory), phones(&numbers, SourceKind::Axl, None), "{}: {}", shape, text);
            prop_assert_eq!(inventory.broken_rows().count(), 0, "{}", shape);
            prop_assert!(inventory.fleet().rows().iter().all(|row| row.phone().release_evidence() == &Evidence::Absent));
            prop_assert_eq!(&axl::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    #[test]
    fn devices_of_webex_run_mpp_in_every_wrapper(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..8)) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_webex(&numbers) {
            let inventory = read_any(&text);
            let expected = phones(&numbers, SourceKind::Webex, Some(FirmwareType::Mpp));
            prop_assert_eq!(seen(&inventory), expected, "{}: {}", shape, text);
            prop_assert_eq!(&webex::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    #[test]
    fn flat_records_are_rows_and_say_nothing_of_the_type(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..8)) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        for (shape, text) in shapes_of_any(&numbers) {
            let inventory = read_any(&text);
            prop_assert_eq!(seen(&inventory), phones(&numbers, SourceKind::Json, None), "{}: {}", shape, text);
            prop_assert_eq!(&json::read(&Document::new("records", &text)).expect(shape), &inventory);
        }
    }

    /// What Webex has in common with other tools changes nothing in what a record of another tool says.
    #[test]
    fn keys_that_others_have_too_prove_nothing(
        shared in prop::sample::subsequence(SHARED, 0..=SHARED.len()),
        flat in prop::sample::select(FLAT),
        with_foreign in any::<bool>(),
        of_webex in prop::sample::subsequence(OF_WEBEX, 0..=OF_WEBEX.len()),
    ) {
        let foreign = "\"vid\": \"V05\", \"load\": \"sip88xx.12-8-1-0001-455\"";
        // A record that no device of Webex can be proves nothing, whatever else it says.
        let beside = if with_foreign { [vec![foreign], of_webex].concat() } else { Vec::new() };
        let alone = beside.iter().filter(|part| **part == foreign).copied();
        let before = read_any(&format!("[{{{}}}]", [flat].into_iter().chain(alone).collect::<Vec<_>>().join(", ")));
        for members in [[&shared[..], &[flat], &beside[..]].concat(), [&[flat], &beside[..], &shared[..]].concat()] {
            let text = format!("[{{{}}}]", members.join(", "));
            let inventory = read_any(&text);
            let kind = |inventory: &Inventory| inventory.fleet().source(inventory.fleet().rows()[0].origin()).unwrap().kind();
            prop_assert_eq!(kind(&inventory), SourceKind::Json, "{}", text);
            let phone = |inventory: &Inventory| inventory.fleet().rows()[0].phone().clone();
            prop_assert_eq!(phone(&inventory), phone(&before), "{}", text);
        }
    }

    /// In one list, each record is what its own keys say, and none is lost.
    #[test]
    fn records_of_several_kinds_are_read_each_as_its_own(kinds in prop::collection::vec(0_usize..4, 1..12)) {
        let record = |(number, kind): (usize, &usize)| match kind {
            0 => format!(
                "{{\"Name\": \"SEP00CCFC{number:06X}\", \"Model\": 683, \"Status\": \"Registered\", \"ActiveLoadID\": \"{LOAD}\", \
                 \"StatusReason\": 0, \"DirNumber\": \"1\"}}"
            ),
            1 => format!("{{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC{number:06X}\", \"workspaceId\": \"x\"}}"),
            2 => format!("{{\"name\": \"SEP00CCFC{number:06X}\", \"product\": \"Cisco 8841\", \"pkid\": \"x\", \"model\": \"Cisco 8841\"}}"),
            _ => format!("{{\"mac\": \"00CCFC{number:06X}\", \"product\": \"CP-8841\"}}"),
        };
        let records: Vec<_> = kinds.iter().enumerate().map(|(number, kind)| record((number + 1, kind))).collect();
        for text in [format!("[{}]", records.join(",\n")), records.join("\n"), format!("{{\"devices\": [{}]}}", records.join(","))] {
            let inventory = read_any(&text);
            let mut seen = seen(&inventory);
            seen.sort_by(|one, other| one.mac.cmp(&other.mac));
            prop_assert_eq!(seen.len(), kinds.len(), "{}", text);
            for row in inventory.fleet().rows() {
                let number = format!("00CCFC{:06X}", row.origin().row());
                prop_assert_eq!(row.phone().mac_evidence().known().map(|mac| mac.to_string()), Some(number), "{}", text);
            }
            for (number, (seen, kind)) in seen.iter().zip(&kinds).enumerate() {
                let expected = [
                    (SourceKind::Risport, Some(FirmwareType::Enterprise)),
                    (SourceKind::Webex, Some(FirmwareType::Mpp)),
                    (SourceKind::Axl, None),
                    (SourceKind::Json, None),
                ][*kind];
                prop_assert_eq!((seen.kind, seen.firmware_type), expected);
                let mac = format!("00CCFC{:06X}", number + 1);
                prop_assert_eq!((seen.mac.as_deref(), seen.model.as_deref()), (Some(&*mac), Some("8841")));
            }
        }
    }

    /// A cut costs the record that it stands in, and none before it.
    #[test]
    fn what_stands_before_a_cut_is_read(numbers in prop::collection::btree_set(1_u32..0xff_ffff, 1..5), end in any::<prop::sample::Index>()) {
        let numbers: Vec<_> = numbers.into_iter().collect();
        let shapes = shapes_of_axl(&numbers).into_iter().chain(shapes_of_any(&numbers)).chain(shapes_of_webex(&numbers));
        for (shape, text) in shapes {
            let whole = read_any(&text);
            let cut = &text[..end.index(text.len())];
            // A record is whole where the next one has begun.
            let begun = numbers.iter().filter(|number| cut.contains(&format!("00CCFC{number:06X}"))).count();
            let Ok(inventory) = try_read(cut) else {
                prop_assert!(begun < 2, "{}: nothing is read of {}", shape, cut);
                continue;
            };
            let rows = inventory.fleet().rows();
            prop_assert!(rows.len() + 1 >= begun && rows.len() <= numbers.len(), "{}: {} rows of {}", shape, rows.len(), cut);
            for (row, expected) in rows.iter().zip(whole.fleet().rows()).take(begun.saturating_sub(1)) {
                prop_assert_eq!(row.phone(), expected.phone(), "{}: {}", shape, cut);
            }
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in any::<Vec<u8>>(), head in prop::sample::select(&["", "[", "{\"pkid\":", "<row>", "[{\"mac\":\"x\"},"][..])) {
        let bytes = [head.as_bytes(), &bytes].concat();
        let document = Document::new("records", &bytes);
        let outcomes = [axl::read(&document), json::read(&document), read(&document, &ReadOptions::default())];
        for inventory in outcomes.into_iter().flatten() {
            prop_assert_eq!(inventory.rows_read() - inventory.rows_joined(), inventory.fleet().rows().len() as u64);
        }
    }
}
