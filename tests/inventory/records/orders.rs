//! Neither the order of records nor that of their keys matters.

use crossgrade::inventory::Inventory;
use proptest::prelude::*;

use super::try_read;

/// Members of records: of each field several keys, of one rank and of others.
const MEMBERS: &[&str] = &[
    r#""mac": "00CCFC000001""#,
    r#""macAddress": "00CCFC000001""#,
    r#""MAC_Address": "00CCFC000002""#,
    r#""model": "CP-8841""#,
    r#""Model": "CP-8841""#,
    r#""phoneModel": "CP-8845""#,
    r#""product": "Cisco 8841""#,
    r#""vid": "V05""#,
    r#""VID": "V01""#,
    r#""serial": "FCH20100312""#,
    r#""serialNumber": "FCH20100313""#,
    r#""load": "sip88xx.12-8-1-0001-455""#,
    r#""load_id": "sip88xx.14-0-1-0101-29""#,
    r#""status": "Registered""#,
    r#""description": "Ann""#,
    r#""Description": "Bob""#,
];

fn told(text: &str) -> Vec<String> {
    let of = |inventory: Inventory| -> Vec<String> {
        let rows = inventory.fleet().rows().iter();
        rows.map(|row| format!("{:?} {:?}", row.phone(), row.label())).collect()
    };
    let mut rows = try_read(text).map_or_else(|_| vec!["an error".to_owned()], of);
    rows.sort();
    rows
}

/// What says nothing of a device is told as it is written, so each says its name.
fn record(members: &[&str]) -> String {
    format!("{{{}, \"host_name\": \"SEP00CCFC000001\"}}", members.join(", "))
}

proptest! {
    #[test]
    fn the_order_of_records_and_keys_does_not_matter(
        records in prop::collection::vec(prop::sample::subsequence(MEMBERS, 1..6), 1..5),
        shuffled in any::<u64>(),
    ) {
        let text = format!("[{}]", records.iter().map(|members| record(members)).collect::<Vec<_>>().join(","));
        let turn = |length: usize| usize::try_from(shuffled).unwrap_or_default() % length;
        let mut others = records.clone();
        others.rotate_left(turn(records.len()));
        others.iter_mut().for_each(|members| {
            members.reverse();
            let length = members.len();
            members.rotate_left(turn(length));
        });
        let other = format!("[{}]", others.iter().map(|members| record(members)).collect::<Vec<_>>().join(","));
        prop_assert_eq!(told(&text), told(&other), "{} and {}", text, other);
    }
}
