//! Bakes the authored headers of tables into checked-in Rust.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::{Table, Value};

use super::InventoryField;
use super::folded_header::folded;
use crate::checked_in::{compare, source};

const HEADERS: &str = include_str!("../../data/headers.toml");
const GENERATED: &str = "// GENERATED from data/headers.toml by `cargo rules`. Do not edit.

use super::InventoryField;
use super::header_rank::{LabelPart, Rank, RankKind};
";

/// The parts of labels, and what calls them in Rust.
const LABELS: [(&str, &str); 5] = [
    ("name", "Name"),
    ("description", "Description"),
    ("ip_address", "IpAddress"),
    ("status", "Status"),
    ("node", "Node"),
];

fn groups<'t>(table: &'t Table, name: &str) -> impl Iterator<Item = &'t Table> {
    let groups = table.get(name).and_then(Value::as_array).unwrap_or_else(|| panic!("{name}: no groups"));
    groups.iter().map(|group| group.as_table().expect("a group"))
}

fn headers(group: &Table) -> impl Iterator<Item = &str> {
    let headers = group["headers"].as_array().expect("a list of headers");
    headers.iter().map(|header| header.as_str().expect("a header"))
}

fn is(group: &Table, flag: &str) -> bool {
    group.get(flag).is_some_and(|flag| flag.as_bool().expect("true or false"))
}

/// The ranks of a field or label, best first: kind, whether the headers say that the load runs, and headers.
fn ranks<'t>(table: &'t Table, name: &str) -> Vec<(&'static str, bool, Vec<&'t str>)> {
    let mut ranks: Vec<(&str, bool, Vec<&str>)> = Vec::new();
    for group in groups(table, name) {
        let keys = ["rank", "language", "source", "translated", "everyday", "running", "says", "headers"];
        group.keys().for_each(|key| assert!(keys.contains(&&**key), "{name}: {key} is no key"));
        assert!(["seen", "usual", "ours"].contains(&group["source"].as_str().expect("a source")), "{name}: source");
        let rank = group["rank"].as_integer().expect("a rank");
        let kind = match (is(group, "everyday"), is(group, "translated")) {
            (true, _) => "Everyday",
            (false, true) => "Translated",
            (false, false) => "Known",
        };
        let last = ranks.len() as i64;
        match ranks.last_mut() {
            Some((known, running, headers_of_rank)) if rank == last => {
                assert_eq!((*known, *running), (kind, is(group, "running")), "{name}: rank {rank} is of two kinds");
                headers_of_rank.extend(headers(group));
            }
            _ => {
                assert_eq!(rank, last + 1, "{name}: ranks stand in order, from 1");
                let is_behind_everyday = ranks.last().is_some_and(|(kind, ..)| *kind == "Everyday");
                assert!(kind == "Everyday" || !is_behind_everyday, "{name}: everyday words come last");
                ranks.push((kind, is(group, "running"), headers(group).collect()));
            }
        }
    }
    ranks
}

/// Each header once, folded, with what it is.
#[derive(Default)]
struct Words(BTreeMap<String, String>);

impl Words {
    fn add(&mut self, header: &str, what: String) {
        let folded = folded(header);
        assert!(!folded.is_empty(), "{header:?} has no letter");
        assert!(self.0.insert(folded, what).is_none(), "{header:?} stands twice");
    }

    fn write(&self, out: &mut String, name: &str, of: &str) {
        let _ = write!(out, "\n/// {of}, by what is left of each header.\n#[rustfmt::skip]\n");
        let _ = writeln!(
            out,
            "pub(super) static {name}: &[(&str, {})] = &[",
            if name == "LABELS" { "LabelPart, u8" } else { "InventoryField, u8" }
        );
        self.0.iter().for_each(|(folded, what)| _ = writeln!(out, "    ({folded:?}, {what}),"));
        out.push_str("];\n");
    }
}

#[test]
fn baked_headers_are_what_the_data_says() {
    let file: Table = HEADERS.parse().expect("TOML");
    let (mut fields, mut labels) = (Words::default(), Words::default());
    let mut out = format!("{GENERATED}\n/// The ranks of each field, in the order of [`InventoryField::ALL`].\n");
    out.push_str("#[rustfmt::skip]\npub(super) static RANKS: &[&[Rank]] = &[\n");
    let mut all = String::new();
    for field in InventoryField::ALL {
        out.push_str("    &[\n");
        all.push_str("    &[");
        for (rank, (kind, running, headers)) in ranks(&file, field.as_str()).into_iter().enumerate() {
            let _ = writeln!(
                out,
                "        Rank {{ kind: RankKind::{kind}, is_running: {running}, headers: &{headers:?} }},"
            );
            let _ = write!(all, "&{headers:?}, ");
            headers.iter().for_each(|header| fields.add(header, format!("InventoryField::{field:?}, {rank}")));
        }
        out.push_str("    ],\n");
        all.truncate(all.trim_end_matches(", ").len());
        all.push_str("],\n");
    }
    out.push_str("];\n\n/// The headers alone.\n#[rustfmt::skip]\npub(super) static HEADERS: &[&[&[&str]]] = &[\n");
    out.push_str(&all);
    out.push_str("];\n");
    fields.write(&mut out, "FIELDS", "The field and the rank");

    let parts = file["label"].as_table().expect("labels");
    assert_eq!(parts.len(), LABELS.len());
    for (part, name) in LABELS {
        for (rank, (.., headers)) in ranks(parts, part).into_iter().enumerate() {
            headers.iter().for_each(|header| labels.add(header, format!("LabelPart::{name}, {rank}")));
        }
    }
    labels.write(&mut out, "LABELS", "The part of a label and the rank");

    let beside = file["beside"].as_table().expect("what stands beside phones");
    let mut words = BTreeMap::new();
    for (header, of) in
        beside.keys().flat_map(|of| groups(beside, of).flat_map(headers).map(move |header| (header, of)))
    {
        assert!(words.insert(folded(header), of).is_none(), "{header:?} stands twice");
        assert!(!fields.0.contains_key(&folded(header)), "{header:?} is read as a field");
    }
    out.push_str(
        "\n/// What stands beside phones and is read as nothing: what is left of each header.\n#[rustfmt::skip]\n",
    );
    let _ = writeln!(out, "pub(super) static BESIDE: &[&str] = &{:?};", words.keys().collect::<Vec<_>>());
    let template = |name: &str| -> Vec<String> {
        let templates = file["template"].as_table().expect("templates");
        groups(templates, name).flat_map(headers).map(folded).collect()
    };
    let udi: Vec<_> = groups(&file, "udi").flat_map(headers).map(folded).collect();
    out.push_str(
        "\n/// Columns of product, VID and serial number in one text: what is left of each header.\n#[rustfmt::skip]\n",
    );
    let _ = writeln!(out, "pub(super) static OF_UDI: &[&str] = &{udi:?};");
    out.push_str("\n/// The columns of the template of Control Hub: what is left of each header.\n");
    out.push_str("#[cfg(feature = \"webex\")]\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static WEBEX_TEMPLATE: &[&str] = &{:?};", template("webex"));
    out.push_str("\n/// Columns that only tables of Unified CM's database have, and keys that only records of AXL have: what is left of each header.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static OF_DATABASE: &[&str] = &{:?};", template("database"));
    out.push_str("\n/// Columns that count phones: what is left of each header.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static COUNTS: &[&str] = &{:?};", template("counts"));
    out.push_str("\n/// How pivot tables begin such a header: what is left of each beginning.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static COUNTS_OF: &[&str] = &{:?};", template("counts_of"));
    out.push_str(
        "\n/// Columns of what a switch sees of its neighbors: what is left of each header.\n#[rustfmt::skip]\n",
    );
    let _ = writeln!(out, "pub(super) static OF_NEIGHBORS: &[&str] = &{:?};", template("neighbors"));
    compare(&source("src/inventory/headers.rs"), &out);
}
