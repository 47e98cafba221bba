//! Bakes what the words of product ids mean into checked-in Rust.

use std::fmt::Write as _;

use toml::{Table, Value};

use crate::checked_in::{compare, source};

const PRODUCTS: &str = include_str!("../../data/products.toml");
const SOURCES: [&str; 4] = ["S2", "ids", "tables", "ours"];
const HEAD: &str = "// GENERATED from data/products.toml by `cargo rules`. Do not edit.
";

/// The keys of a section, each row of which names a source and has no other key than these.
fn words<'t>(file: &'t Table, section: &str, keys: &[&str]) -> Vec<(&'t str, &'t Table)> {
    let rows =
        file.get(section).and_then(Value::as_table).unwrap_or_else(|| panic!("products.toml: section {section}"));
    let rows: Vec<_> = rows.iter().map(|(word, row)| (word.as_str(), row.as_table().expect("a row"))).collect();
    for (word, row) in &rows {
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        assert!(is_word, "products.toml: {section}.{word}: expected capital letters and digits");
        let source = row.get("source").and_then(Value::as_str).unwrap_or_default();
        assert!(SOURCES.contains(&source), "products.toml: {section}.{word}: {source:?} is no source");
        let unknown = row.keys().find(|key| *key != "source" && !keys.contains(&key.as_str()));
        assert!(unknown.is_none(), "products.toml: {section}.{word}: unknown key {unknown:?}");
    }
    assert!(!rows.is_empty(), "products.toml: {section} is empty");
    rows
}

fn pattern<'t>(words: impl Iterator<Item = &'t str>) -> String {
    words.map(|word| format!("b\"{word}\"")).collect::<Vec<_>>().join(" | ")
}

fn is(out: &mut String, about: &str, name: &str, matched: &str, pattern: &str) {
    let _ = write!(
        out,
        "\n/// {about}\n#[rustfmt::skip]\npub(super) fn {name}(word: &[u8]) -> bool {{\n    matches!({matched}, {pattern})\n}}\n"
    );
}

#[test]
fn baked_words_of_products_are_what_the_data_says() {
    let file: Table = PRODUCTS.parse().unwrap_or_else(|error| panic!("products.toml: {error}"));
    let named = |section: &str| pattern(words(&file, section, &[]).into_iter().map(|(word, _)| word));
    let mut out = HEAD.to_owned();

    let series = words(&file, "series", &["behind", "apart"]);
    assert!(series.iter().all(|(digits, _)| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())));
    let of_series = pattern(series.iter().map(|(digits, _)| *digits));
    let about = "Whether the number is of a series of Cisco phones, so that it may stand without `CP`.";
    is(&mut out, about, "is_of_series", "word.first_chunk()", &format!("Some({of_series})"));
    for (key, name, about) in [
        ("behind", "is_suffix", "Whether these letters may stand directly behind a number of the series."),
        ("apart", "is_word_of_series", "Whether this word may stand behind a number of the series, apart."),
    ] {
        let arms: String = series
            .iter()
            .filter_map(|(digits, row)| {
                let words = row.get(key)?.as_array().expect("a list of words");
                let words = words.iter().map(|word| word.as_str().expect("a word"));
                Some(format!("        Some(b\"{digits}\") => matches!(word, {}),\n", pattern(words)))
            })
            .collect();
        let _ = write!(
            out,
            "\n/// {about}\n#[rustfmt::skip]\npub(super) fn {name}(number: &[u8], word: &[u8]) -> bool {{\n    match number.first_chunk() {{\n{arms}        _ => false,\n    }}\n}}\n"
        );
    }
    let mixed: Vec<String> = words(&file, "not-all-phones", &[])
        .into_iter()
        .map(|(digits, _)| format!("number.starts_with(b\"{digits}\")"))
        .collect();
    let _ = write!(
        out,
        "\n/// Whether numbers that begin so are of phones and of other devices.\npub(super) fn may_be_no_phone(number: &[u8]) -> bool {{\n    {}\n}}\n",
        mixed.join(" || ")
    );
    let others = words(&file, "other-devices", &[]);
    let names: Vec<String> = others.iter().map(|(name, _)| format!("b\"{name}\"")).collect();
    let _ = write!(
        out,
        "\n/// Cisco devices that are no phones of those series; a number follows.\n#[rustfmt::skip]\npub(super) const OTHER_DEVICES: [&[u8]; {}] = [{}];\n",
        names.len(),
        names.join(", ")
    );
    is(&mut out, "Marks of MPP hardware.", "is_mark", "word", &named("marks"));
    let about = "Variants of the same phone that documents explain. Any other word may name another phone.";
    is(&mut out, about, "is_variant", "word", &named("variants"));
    is(&mut out, "What Cisco sells the same phone as, behind `K9`.", "is_sales_form", "word", &named("sales-forms"));
    let about = "Words of marketing names between `Cisco` and the number.";
    is(&mut out, about, "is_name_word", "word", &named("name-words"));
    compare(&source("src/phone/product_words.rs"), &out);
}
