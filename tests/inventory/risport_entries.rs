//! Entries of RisPort that are no devices: what they say is told, and short ones are counted beyond the first.

use proptest::prelude::*;

use crate::risport_astray::{fields, names, notes, read};

#[test]
fn an_entry_that_is_no_device_is_a_broken_row_and_short_ones_are_counted() {
    let problem = "an entry that is no device";
    for (text, told) in [
        ("<CmDevices><item>SEP00CCFC123456</item></CmDevices>", "an entry that is no device: SEP00CCFC123456"),
        ("<CmDevices><item>SEP00CCFC123456<b/></item></CmDevices>", "an entry that is no device: SEP00CCFC123456 b"),
        (
            "<CmDevices><item><b>x</b>SEP00CCFC123456</item></CmDevices>",
            "an entry that is no device: b x SEP00CCFC123456",
        ),
        (
            "{\"CmDevices\": [{\"Phone\": \"SEP00CCFC123456\", \"Kind\": 683}]}",
            "an entry that is no device: Phone SEP00CCFC123456 Kind 683",
        ),
        ("<CmDevices><item/></CmDevices>", problem),
        ("{\"CmDevices\": [\"SEP00CCFC123456\"]}", "an entry that is no device: SEP00CCFC123456"),
        ("{\"CmDevices\": {\"item\": [683]}}", "an entry that is no device: 683"),
        ("{\"CmDevices\": [null]}", problem),
        ("{\"CmDevices\": [{}]}", problem),
    ] {
        let inventory = read(text);
        let [row] = inventory.fleet().rows() else { panic!("{text}: {inventory}") };
        assert_eq!((row.phone().product_text(), row.problem()), (Some(told), Some(problem)), "{text}");
        assert_eq!(row.phone().mac_evidence().known(), None, "{text}");
    }
    for nothing in ["{\"CmDevices\": {\"item\": null}}", "{\"CmDevices\": null}", "{\"CmDevices\": []}"] {
        assert_eq!(read(nothing).rows_read(), 0, "{nothing}");
    }
    for text in [
        format!("{{\"CmDevices\": [{}]}}", vec!["1"; 500].join(",")),
        format!("<CmDevices>{}</CmDevices>", "<a/>".repeat(500)),
    ] {
        let inventory = read(&text);
        assert_eq!(
            (inventory.rows_read(), notes(&inventory)),
            (20, vec!["480 more entries are no devices, and no rows"])
        );
    }
    // An entry is as long as all that it says: of what no reader knows, each is a row.
    for text in [
        format!("{{\"CmDevices\": [{}]}}", vec!["{\"Phone\": \"abcdef\", \"Kind\": 1}"; 500].join(",")),
        format!("<CmDevices>{}</CmDevices>", "<item><Device>SEP00CCFC123456</Device></item>".repeat(500)),
        format!("<CmDevices>{}</CmDevices>", "<item>SEP00CCFC123456<b/></item>".repeat(500)),
    ] {
        let inventory = read(&text);
        assert_eq!((inventory.rows_read(), inventory.broken_rows().count(), notes(&inventory)), (500, 500, vec![]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Wherever texts stand in an entry that is no device, its row tells them; beside the elements of a device, a note does.
    #[test]
    fn no_text_of_an_entry_is_lost(pieces in prop::collection::vec(0..3_u8, 0..6)) {
        let piece = |(at, kind): (usize, &u8)| match kind {
            0 => format!("w{at}."),
            1 => "<b/>".to_owned(),
            _ => format!("<Other>w{at}.</Other>"),
        };
        let inside: String = pieces.iter().enumerate().map(piece).collect();
        let inventory = read(&format!("<CmDevices><item>{inside}</item></CmDevices>"));
        let [row] = inventory.fleet().rows() else { panic!("{inside}: {inventory}") };
        let told = row.phone().product_text().unwrap_or_default();
        for at in (0..pieces.len()).filter(|at| pieces[*at] != 1) {
            prop_assert!(told.contains(&format!("w{at}.")), "{}: {}", inside, told);
        }
        let inventory = read(&format!("<CmDevices><item>{inside}{}{inside}</item></CmDevices>", fields(1)));
        prop_assert_eq!((names(&inventory), inventory.broken_rows().count()), (vec!["SEP00CCFC000001"], 0));
        let first = pieces.iter().position(|kind| *kind == 0).map(|at| format!("w{at}."));
        let notes = notes(&inventory).concat();
        prop_assert!(first.map_or(notes.is_empty(), |first| notes.contains(&first)), "{}: {}", inside, notes);
    }
}
