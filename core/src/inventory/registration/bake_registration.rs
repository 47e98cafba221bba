//! Bakes the authored words of registration into checked-in Rust.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::{Table, Value};

use crate::checked_in::{compare, source};
use crate::inventory::folded_header::folded;

const WORDS: &str = include_str!("../../../data/registration.toml");
const HEADERS: &str = include_str!("../../../data/headers.toml");
const GENERATED: &str = "// GENERATED from data/registration.toml and data/headers.toml by
// `cargo rules`. Do not edit.

use super::StatusColumn;
use super::registration_word::Word;
";

/// The keys of a language, and what calls them in Rust; `not` makes words of others.
const KEYS: [(&str, &str); 7] = [
    ("registered", "Registered"),
    ("there", "There"),
    ("partly", "PartlyRegistered"),
    ("gone", "Gone"),
    ("ambiguous", "Ambiguous"),
    ("yes", "Yes"),
    ("no", "No"),
];
const SAYS: [(&str, &str); 3] = [("registration", "Registration"), ("status", "Status"), ("state", "State")];

fn texts<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    let texts = table.get(key).and_then(Value::as_array).unwrap_or_else(|| panic!("{key}: no list"));
    texts.iter().map(|text| text.as_str().expect("a text")).collect()
}

fn add(words: &mut BTreeMap<String, &'static str>, word: &str, what: &'static str) {
    let key = folded(word);
    assert!(!key.is_empty(), "{word:?} has no letter");
    let before = words.insert(key, what);
    assert!(before.is_none_or(|before| before == what), "{word:?} is {what} and {before:?}");
}

fn words(file: &Table) -> BTreeMap<String, &'static str> {
    let mut words = BTreeMap::new();
    for language in file["words"].as_array().expect("languages") {
        let language = language.as_table().expect("a language");
        let known = |key: &String| ["language", "not"].contains(&&**key) || KEYS.iter().any(|(known, _)| known == key);
        assert!(language.keys().all(known), "{language:?}");
        for (key, what) in KEYS {
            texts(language, key).into_iter().for_each(|word| add(&mut words, word, what));
        }
        let of_phones = || texts(language, "registered").into_iter().chain(texts(language, "there"));
        for not in texts(language, "not") {
            of_phones().for_each(|word| add(&mut words, &format!("{not} {word}"), "Gone"));
        }
    }
    words
}

/// The columns of a status, best first: what their words are of, and what is left of their headers.
fn columns(file: &Table) -> Vec<(&'static str, Vec<String>)> {
    let groups = file["label"]["status"].as_array().expect("groups of headers");
    SAYS.iter()
        .map(|(key, what)| {
            let of_key = groups.iter().map(|group| group.as_table().expect("a group"));
            let of_key = of_key.filter(|group| group["says"].as_str().expect("what the words are of") == *key);
            (*what, of_key.flat_map(|group| texts(group, "headers")).map(folded).collect())
        })
        .collect()
}

#[test]
fn baked_words_of_registration_are_what_the_data_says() {
    let file: Table = WORDS.parse().expect("TOML");
    let mut out = format!("{GENERATED}\n/// What is left of each word, and what it says.\n#[rustfmt::skip]\n");
    out.push_str("pub(super) static WORDS: &[(&str, Word)] = &[\n");
    words(&file).iter().for_each(|(word, what)| _ = writeln!(out, "    ({word:?}, Word::{what}),"));
    out.push_str(
        "];\n\n/// The columns of a status, best first, by what is left of their headers.\n#[rustfmt::skip]\n",
    );
    out.push_str("pub(super) static COLUMNS: &[(StatusColumn, &[&str])] = &[\n");
    for (what, headers) in columns(&HEADERS.parse().expect("TOML")) {
        let _ = writeln!(out, "    (StatusColumn::{what}, &{headers:?}),");
    }
    let risport: Vec<_> =
        texts(file["risport"].as_table().expect("names"), "headers").into_iter().map(folded).collect();
    out.push_str("];\n\n/// Names of columns that only RisPort has.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static OF_RISPORT: &[&str] = &{risport:?};");
    let of_columns = file["columns"].as_table().expect("parts of names");
    for (key, name, what) in [
        ("parts", "PARTS", "Parts of names of columns that may tell a registration"),
        ("others", "OF_OTHERS", "Words of columns that tell the status of something else"),
    ] {
        let words: Vec<_> = texts(of_columns, key).into_iter().map(folded).collect();
        let _ = write!(out, "\n/// {what}.\n#[rustfmt::skip]\npub(super) static {name}: &[&str] = &{words:?};\n");
    }
    out.push_str("\n/// The short words of `show risdb`, and what RisPort says instead.\n#[rustfmt::skip]\n");
    out.push_str("pub(super) static OF_RISDB: &[(&str, &str)] = &[\n");
    for (short, word) in file["risdb"].as_table().expect("short words") {
        let _ = writeln!(out, "    ({short:?}, {:?}),", word.as_str().expect("a word"));
    }
    out.push_str("];\n");
    compare(&source("src/inventory/registration/baked_registration.rs"), &out);
}
