//! Answers of Webex that no service writes: a device is a row wherever it stands, and everything else is told.

use crossgrade::FleetRow;
use crossgrade::inventory::{Document, Inventory, InventoryError, webex};
use proptest::prelude::*;

fn try_read(text: &str) -> Result<Inventory, InventoryError> {
    webex::read(&Document::new("devices", text))
}

#[track_caller]
fn read(text: &str) -> Inventory {
    try_read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The MAC addresses of the phones, in order.
fn macs(inventory: &Inventory) -> Vec<String> {
    let mac = |row: &FleetRow| row.phone().mac_evidence().known().map(|mac| mac.to_string());
    inventory.fleet().rows().iter().filter_map(mac).collect()
}

fn cuts(inventory: &Inventory) -> Vec<String> {
    inventory.cuts().map(|(_, error)| error.to_string()).collect()
}

fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

fn device(number: usize) -> String {
    format!("{{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC{number:06X}\"}}")
}

#[test]
fn devices_are_rows_however_lists_and_pages_are_nested() {
    let [one, two, three] = [1, 2, 3].map(device);
    let with_items = |items: &str| one.replacen('{', &format!("{{\"items\": {items}, "), 1);
    for (text, expected) in [
        (format!("{{\"items\": [[{one}, {two}], [[{three}]]]}}"), [1, 2, 3]),
        (format!("[[{one}], [{{\"items\": [{two}]}}, {three}]]"), [1, 2, 3]),
        (with_items(&format!("[{two}, {three}]")), [2, 3, 1]),
        (format!("[{}]", with_items(&format!("{{\"items\": [{two}, {three}]}}"))), [2, 3, 1]),
        (format!("{{\"items\": [{}, {three}]}}", with_items(&format!("[{two}]"))), [2, 1, 3]),
        (format!("{{\"items\": {{\"items\": {{\"items\": [{one}]}}}}, \"items\": [{two}, {three}]}}"), [1, 2, 3]),
    ] {
        let inventory = read(&text);
        assert_eq!(macs(&inventory), expected.map(|number| format!("00CCFC{number:06X}")), "{text}");
        assert_eq!(
            (inventory.rows_read(), inventory.broken_rows().count(), cuts(&inventory).len()),
            (3, 0, 0),
            "{text}"
        );
    }
    // What an item has for items that is no list says nothing of a device.
    assert_eq!(read(&format!("{{\"items\": [{}]}}", with_items("3"))).rows_read(), 1);
    // Nesting is as deep as that of any value.
    let deep = format!("{{\"items\": {}{}{}}}", "[".repeat(63), one, "]".repeat(63));
    assert!(matches!(try_read(&deep), Err(InventoryError::TooMuch { found: 65, limit: 64, .. })));
    let deep = format!("{{\"items\": {}{}{}}}", "[".repeat(62), one, "]".repeat(62));
    assert_eq!(macs(&read(&deep)), ["00CCFC000001"]);
}

#[test]
fn an_error_of_the_service_beside_devices_is_told_and_the_devices_are_rows() {
    let devices = format!("\"items\": [{}]", device(1));
    let errors = "\"message\": \"Try again later\", \"errors\": [{\"description\": \"x\"}], \"trackingId\": \"y\"";
    let told = "inventory: the service answers with an error: Try again later";
    for text in [
        format!("{{{devices}, {errors}}}"),
        format!("{{{errors}, {devices}}}"),
        format!("[{{{errors}, {devices}}}]"),
        format!("{{\"items\": {{{errors}, {devices}}}}}"),
    ] {
        let inventory = read(&text);
        assert_eq!((macs(&inventory).len(), inventory.rows_read()), (1, 1), "{text}");
        assert_eq!(cuts(&inventory), [told], "{text}");
    }
    let alone = read(&format!("{{{devices}, \"errors\": [{{\"description\": \"x\"}}]}}"));
    assert_eq!(cuts(&alone), ["inventory: the service answers with an error: [{\"description\": \"x\"}]"]);
    for nothing in ["null", "[]", "{}", "\"\"", "\" \""] {
        let inventory = read(&format!("{{{devices}, \"errors\": {nothing}, \"message\": {nothing}}}"));
        assert_eq!(inventory.cuts().count(), 0, "{nothing}");
    }
    // No device came, and an error did.
    let inventory = try_read(&format!("{{\"items\": [], {errors}}}"));
    assert_eq!(inventory.unwrap_err(), InventoryError::Refused { message: "Try again later".to_owned() });
}

#[test]
fn a_member_that_may_hold_devices_is_told() {
    let (one, two) = (device(1), device(2));
    let inventory =
        read(&format!("{{\"items\": [{one}], \"others\": {{\"list\": [{two}]}}, \"links\": {{\"next\": \"x\"}}}}"));
    assert_eq!(notes(&inventory), ["the member \"others\" is not read, and may hold devices"]);
    let nested = one.replacen('{', &format!("{{\"children\": [{two}], "), 1);
    let inventory = read(&format!("[{nested}, {nested}]"));
    assert_eq!(notes(&inventory), ["2 members are not read, and may hold devices; the first is \"children\""]);
    let inventory = read(&format!("{{\"items\": [{one}], \"notFoundIds\": [\"Y2\"]}}"));
    assert_eq!(notes(&inventory), ["the service did not find [\"Y2\"]"]);
}

#[test]
fn devices_of_another_kind_are_told() {
    let one = device(1);
    let risport = "[{\"Name\": \"SEP00CCFC000002\", \"Model\": 683}]";
    for (text, name) in [
        (format!("{{\"items\": [{one}], \"CmDevices\": {risport}}}"), "CmDevices"),
        (format!("{{\"items\": [{one}], \"CmNodes\": {{\"item\": {risport}}}}}"), "CmNodes"),
        (format!("{{\"x\": {{\"CmNodes\": {{\"item\": {risport}}}}}, \"items\": [{one}]}}"), "x"),
        (
            format!("{{\"items\": [{one}], \"DeviceInformation\": {{\"MACAddress\": \"00CCFC000002\"}}}}"),
            "DeviceInformation",
        ),
        (
            format!(
                "{{\"items\": [{one}], \"phones\": [{{\"macAddress\": \"00CCFC000002\", \"serial_number\": \"FCH20100312\"}}]}}"
            ),
            "phones",
        ),
        (format!("{{\"items\": [{one}], \"x\": {{\"displayName\": \"a\", \"product\": \"Cisco 8841\"}}}}"), "x"),
        (format!("{{\"items\": [{one}], \"cmdevices\": {risport}}}"), "cmdevices"),
    ] {
        let told = format!("the member \"{name}\" is not read, and may hold devices");
        assert_eq!(notes(&read(&text)), [told], "{text}");
    }
    let nothing = format!("{{\"items\": [{one}], \"CmNodes\": [], \"CmDevices\": null, \"x\": {{\"udid\": 1}}}}");
    assert_eq!(notes(&read(&nothing)).len(), 0);
    let program = format!(
        "{{\"items\": [{one}], \"collector\": {{\"product\": \"x\", \"by\": {{\"displayName\": \"Ann\"}}}}, \"x\": [\"mac\"]}}"
    );
    assert_eq!(notes(&read(&program)).len(), 0);
    // By itself, what is no device of Webex is a row that nobody can read.
    let inventory = read(&format!("{{\"items\": [{one}]}} {{\"CmDevices\": {risport}}}"));
    assert_eq!((inventory.rows_read(), inventory.broken_rows().count()), (2, 1));
}

#[test]
fn of_short_entries_that_are_no_devices_the_first_are_rows_and_the_others_are_counted() {
    for (entry, more) in
        [("1", "480 more entries are no devices, and no rows"), ("{}", "480 more entries are no devices, and no rows")]
    {
        let inventory = read(&format!("[{}]", vec![entry; 500].join(",")));
        assert_eq!((inventory.rows_read(), notes(&inventory)), (20, vec![more]));
        assert_eq!(inventory.broken_rows().count(), 20);
    }
    assert_eq!(notes(&read(&format!("[{}]", vec!["[]"; 21].join(",")))), ["1 more entry is no device, and no row"]);
    // What may be the name of a phone is a row, and a device among numbers too.
    let names = vec!["\"SEP00CCFC123456\""; 500].join(",");
    assert_eq!(read(&format!("[{names}]")).rows_read(), 500);
    let inventory = read(&format!("[{}, {}]", vec!["1"; 500].join(","), device(1)));
    assert_eq!((inventory.rows_read(), macs(&inventory).len()), (21, 1));
}

/// Any arrangement of devices, and how many devices there are.
fn arrangement() -> impl Strategy<Value = (String, usize)> {
    let leaf = prop_oneof![
        3 => Just((device(1), 1)),
        1 => prop::sample::select(vec!["1", "null", "[]", "{}", "\"SEP00CCFC123456\""]).prop_map(|text| (text.to_owned(), 0)),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let several = prop::collection::vec(inner, 1..4).prop_map(|parts| {
            let count = parts.iter().map(|(_, count)| count).sum();
            (parts.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(","), count)
        });
        prop_oneof![
            several.clone().prop_map(|(text, count): (String, usize)| (format!("[{text}]"), count)),
            several.clone().prop_map(|(text, count)| (format!("{{\"items\": [{text}]}}"), count)),
            several
                .prop_map(|(text, count)| (device(2).replacen('{', &format!("{{\"items\": [{text}], "), 1), count + 1)),
        ]
    })
}

proptest! {
    #[test]
    fn no_arrangement_loses_a_device((text, count) in arrangement()) {
        let inventory = read(&format!("[{text}]"));
        prop_assert_eq!(macs(&inventory).len(), count, "{}", text);
    }
}
