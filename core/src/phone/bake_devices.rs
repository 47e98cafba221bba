//! Bakes the authored tables of devices into checked-in Rust, as the rule books are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use toml::{Table, Value};

use super::DeviceClass;
use super::no_phone_names::key_of;
use crate::checked_in::{compare, source};

const TYPES: &str = include_str!("../../data/cucm_types.toml");
const NO_PHONES: &str = include_str!("../../data/no_phones.toml");
const SOURCES: [&str; 4] = ["tables", "chan-sccp", "cisco-risport", "ours"];
const GENERATED: &str = "// GENERATED from data/cucm_types.toml and data/no_phones.toml by
// `cargo rules`. Do not edit.
";

/// What both files say, in Rust.
#[derive(Default)]
struct Baked {
    /// Type code and the expression of its model.
    types: BTreeMap<u32, String>,
    rows: Vec<String>,
    /// Key, the expression of the model, and the product id.
    names: BTreeMap<String, (String, String)>,
    families: Vec<(String, usize)>,
}

impl Baked {
    fn add_type(&mut self, code: u32, model: &str) {
        assert!(!(1000..10_000).contains(&code), "type code {code}: four digits are the number of a model");
        assert!(self.types.insert(code, model.to_owned()).is_none(), "type code {code} stands twice");
    }

    fn add_name(&mut self, name: &str, model: &str, pid: &str) {
        let known = self.names.insert(key_of(name), (model.to_owned(), pid.to_owned()));
        assert!(known.is_none_or(|(known, _)| known == model), "{name:?} names two devices");
    }

    fn add_phones(&mut self, file: &Table) {
        let constant = |model: &Value| format!("Model::constant({:?})", model.as_str().expect("a model"));
        for (code, model) in section(file, "types") {
            self.add_type(code.parse().expect("a type code"), &constant(model));
        }
        for (name, model) in section(file, "names") {
            self.add_name(name, &constant(model), "");
        }
        for (source, codes) in section(file, "one-source") {
            for code in codes.as_array().expect("a list of codes") {
                let code = code.as_integer().and_then(|code| code.try_into().ok()).expect("a code");
                assert!(self.types.contains_key(&code), "{source}: {code} is not among the types");
            }
        }
    }

    fn add_no_phones(&mut self, class: DeviceClass, rows: &Table) {
        for (name, row) in rows {
            let row = row.as_table().expect("a row");
            let number = self.rows.len();
            let model = format!("Model::of_no_phone({number})");
            let source = row["source"].as_str().expect("a source");
            assert!(SOURCES.contains(&source), "{name}: {source} is no source of the file");
            let only_source = Some(source).filter(|source| !["tables", "ours"].contains(source));
            self.rows.push(format!(
                "NoPhone {{ name: {name:?}, class: DeviceClass::{class:?}, only_source: {only_source:?} }}"
            ));
            if let Some(family) = row.get("family") {
                // The family alone names no device.
                self.families.push((family.as_str().expect("a family").to_owned(), number));
                continue;
            }
            self.add_name(name, &model, "");
            texts(row, "also").for_each(|also| self.add_name(also, &model, ""));
            texts(row, "pids").for_each(|pid| self.add_name(pid, &model, pid));
            for code in row.get("codes").and_then(Value::as_array).into_iter().flatten() {
                self.add_type(code.as_integer().and_then(|code| code.try_into().ok()).expect("a code"), &model);
            }
        }
    }
}

fn section<'t>(file: &'t Table, name: &str) -> &'t Table {
    file.get(name).and_then(Value::as_table).unwrap_or_else(|| panic!("section {name}"))
}

fn texts<'t>(row: &'t Table, key: &str) -> impl Iterator<Item = &'t str> {
    row.get(key).and_then(Value::as_array).into_iter().flatten().map(|text| text.as_str().expect("a text"))
}

#[test]
fn baked_devices_are_what_the_data_says() {
    let types: Table = TYPES.parse().expect("TOML");
    let no_phones: Table = NO_PHONES.parse().expect("TOML");
    let mut baked = Baked::default();
    baked.add_phones(&types);
    for class in DeviceClass::ALL {
        baked.add_no_phones(*class, section(&no_phones, class.as_str()));
    }
    let known: BTreeSet<_> = DeviceClass::ALL.iter().map(|class| class.as_str()).collect();
    no_phones.keys().for_each(|class| assert!(known.contains(&**class), "{class} is no class"));
    let refused = section(&types, "no-product");
    assert!(refused.keys().all(|code| !baked.types.contains_key(&code.parse().expect("a type code"))));

    let mut out = format!("{GENERATED}\nuse super::Model;\n");
    out.push_str("\n/// CUCM type codes and the models that they name, by code.\n");
    out.push_str("#[rustfmt::skip]\npub(super) static CUCM_TYPES: &[(u32, Model)] = &[\n");
    baked.types.iter().for_each(|(code, model)| _ = writeln!(out, "    ({code}, {model}),"));
    out.push_str("];\n\n/// CUCM type codes that name no product.\n");
    let refused: Vec<&str> = refused.keys().map(String::as_str).collect();
    let _ = writeln!(out, "pub(super) static NO_PRODUCT: &[u32] = &[{}];", refused.join(", "));
    compare(&source("src/phone/cucm_types.rs"), &out);

    let mut out = format!("{GENERATED}\nuse super::device_class::NoPhone;\nuse super::{{DeviceClass, Model}};\n");
    out.push_str("\n/// What is no phone.\n#[rustfmt::skip]\npub(super) static NO_PHONES: &[NoPhone] = &[\n");
    baked.rows.iter().for_each(|row| _ = writeln!(out, "    {row},"));
    out.push_str(
        "];\n\n/// Devices by what is left of their names, each with its product id if the name is one; by name.\n",
    );
    out.push_str("#[rustfmt::skip]\npub(super) static NAMES: &[(&str, Model, &str)] = &[\n");
    baked.names.iter().for_each(|(key, (model, pid))| _ = writeln!(out, "    ({key:?}, {model}, {pid:?}),"));
    out.push_str("];\n\n/// Families of such devices: a number follows the name.\n");
    let _ = writeln!(out, "pub(super) static FAMILIES: &[(&str, usize)] = &{:?};", baked.families);
    let sum = section(&no_phones, "sum-row")["Sum"].as_table().expect("the row of sums");
    let letters = |word: &str| key_of(word).chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let beside: BTreeSet<String> = texts(sum, "beside").map(letters).collect();
    out.push_str("\n/// What is left of the words that may stand beside that of a sum.\n#[rustfmt::skip]\n");
    let _ = writeln!(out, "pub(super) static BESIDE_SUMS: &[&str] = &{:?};", Vec::from_iter(beside));
    out.push_str(
        "\n/// Words of sums in other scripts than the Latin one.\n#[cfg(feature = \"csv\")]\n#[rustfmt::skip]\n",
    );
    let written: Vec<&str> = texts(sum, "written").collect();
    let _ = writeln!(out, "pub(crate) static SUMS_OF_OTHER_SCRIPTS: &[&str] = &{written:?};");
    compare(&source("src/phone/no_phones.rs"), &out);
}
