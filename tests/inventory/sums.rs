//! Sums of every inventory, whoever read it: rows read = phones + rows that joined another.

use std::fmt::Write as _;

use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::merge;
use proptest::prelude::*;
use proptest::sample::select;

#[track_caller]
fn sums_agree(inventory: &Inventory) {
    let (phones, joined) = (inventory.fleet().rows().len() as u64, inventory.rows_joined());
    assert_eq!(inventory.rows_read(), phones + joined);
    let text = inventory.to_string();
    let told = text.lines().next().unwrap_or_default();
    assert_eq!(told.ends_with(&format!(", {joined} of which joined another")), joined > 0, "{told}");
}

fn inventory(name: &str, text: &str) -> Inventory {
    read(&Document::new(name, text), &ReadOptions::default()).expect("an inventory")
}

/// A device of a cluster: few names, so that many are the same.
fn device() -> impl Strategy<Value = (&'static str, &'static str, &'static str)> {
    (
        select(vec!["SEP00CCFC000001", "sep00ccfc000001", "SEP00CCFC000002", "gateway", "gateway ", ""]),
        select(vec!["Registered", "PartiallyRegistered", "UnRegistered", "?", ""]),
        select(vec!["sip88xx.14-3-1-0001-60", "sip88xx.12-0-3MPP0001-87", "?", ""]),
    )
}

fn xml(devices: &[(&str, &str, &str)]) -> String {
    let mut items = String::new();
    for (name, status, load) in devices {
        let _ = write!(
            items,
            "<item><Name>{name}</Name><Status>{status}</Status><ActiveLoadID>{load}</ActiveLoadID></item>"
        );
    }
    format!("<CmNodes><item><CmDevices>{items}</CmDevices></item></CmNodes>")
}

fn json(devices: &[(&str, &str, &str)]) -> String {
    let device = |(name, status, load): &(&str, &str, &str)| {
        format!("{{\"Name\": \"{name}\", \"Status\": \"{status}\", \"ActiveLoadID\": \"{load}\"}}")
    };
    format!("{{\"CmDevices\": [{}]}}", devices.iter().map(device).collect::<Vec<_>>().join(", "))
}

proptest! {
    #[test]
    fn sums_of_an_answer_alone_and_of_a_merge_agree(devices in prop::collection::vec(device(), 0..12)) {
        let answers = [inventory("risport.xml", &xml(&devices)), inventory("risport.json", &json(&devices))];
        for answer in &answers {
            sums_agree(answer);
            prop_assert_eq!(answer.rows_read(), devices.len() as u64);
        }
        let merged = merge(answers.clone());
        sums_agree(merged.inventory());
        let report = merged.report();
        prop_assert_eq!(report.matched, merged.inventory().rows_joined());
        prop_assert_eq!(report.rows_read, report.phones + report.matched);
        let [first, second] = answers;
        let mut both = first;
        both.append(second);
        sums_agree(&both);
    }
}
