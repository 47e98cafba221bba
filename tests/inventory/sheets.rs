//! Workbooks of several sheets: those with phones are read, the others are told.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, InventoryError, Keep, ReadOptions, read};
use crossgrade_tests::workbook::{Sheet, texts, workbook};
use proptest::prelude::*;

fn of(sheets: &[Sheet], named: &[&str]) -> Result<Inventory, InventoryError> {
    let mut options = ReadOptions::default();
    options.sheets = named.iter().map(|name| (*name).to_owned()).collect();
    read(&Document::new("book.xlsx", &workbook(sheets)), &options)
}

fn places(inventory: &Inventory) -> Vec<String> {
    let sources = inventory.fleet().sources();
    inventory.fleet().rows().iter().map(|row| sources[row.origin().source()].place(row.line())).collect()
}

fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

/// As a Norwegian keeps it: a title, headers of his language, and a row that adds up.
fn norwegian(name: &'static str, mac: &str) -> Sheet {
    let rows = texts(&[
        &["Telefoner i Oslo, november", "", "", ""],
        &["Enhetsnavn", "Modell", "Maskinvareversjon", "Lokasjon"],
        &[&format!("SEP{mac}"), "Cisco 8841", "V05", "Oslo"],
        &["Sum", "", "1", ""],
    ]);
    Sheet::new(name, rows)
}

#[test]
fn a_workbook_with_titles_several_sheets_and_sums_comes_right() {
    let cover = Sheet::new("Forside", texts(&[&["Telefoner"], &["Laget av Kari"]]));
    let sheets = [cover, norwegian("Oslo", "00CCFC123456"), norwegian("Bergen", "00CCFC123457")];
    let inventory = of(&sheets, &[]).expect("phones");
    assert_eq!(
        inventory.fleet().sources().iter().map(|source| source.kind()).collect::<Vec<_>>(),
        [SourceKind::Xlsx; 2]
    );
    let expected = [
        "book.xlsx sheet Oslo row 3",
        "book.xlsx sheet Oslo row 4",
        "book.xlsx sheet Bergen row 3",
        "book.xlsx sheet Bergen row 4",
    ];
    assert_eq!(places(&inventory), expected);
    let phone = inventory.fleet().rows()[0].phone();
    assert_eq!(phone.vid_evidence().known().map(|vid| vid.number()), Some(5));
    assert!(phone.mac_evidence().known().is_some());
    let told = ("book.xlsx sheet Forside", "the sheet is not read, for no header of phones is found there");
    assert!(inventory.notes().any(|note| note == told), "{inventory}");
    // One sheet alone is the workbook.
    let one = of(&sheets, &["bergen"]).expect("phones");
    assert_eq!(places(&one), ["book.xlsx row 3", "book.xlsx row 4"]);
    assert_eq!(notes(&one), ["row 1: above the header"]);
    let two = of(&sheets, &["Bergen", "Oslo"]).expect("phones");
    assert_eq!(places(&two)[0], "book.xlsx sheet Bergen row 3");
}

#[test]
fn a_sheet_that_counts_phones_is_no_inventory_beside_one() {
    let count = || Sheet::new("Antall", texts(&[&["Modell", "Antall"], &["Cisco 8841", "1200"], &["Cisco 8851", "3"]]));
    let inventory = of(&[count(), norwegian("Oslo", "00CCFC123456")], &[]).expect("phones");
    assert_eq!(places(&inventory), ["book.xlsx row 3", "book.xlsx row 4"]);
    assert!(
        notes(&inventory)[0].starts_with("row 1: above")
            || notes(&inventory).iter().any(|note| note.starts_with("sheet \"Oslo\" is read"))
    );
    let told = ("book.xlsx sheet Antall", "the sheet is not read, for its rows count phones by model");
    assert!(inventory.notes().any(|note| note == told), "{inventory}");
    // Models without a count, and without a name, are told so.
    let models =
        || Sheet::new("Modeller", texts(&[&["Modell", "Merknad"], &["Cisco 8841", "x"], &["Cisco 8851", "y"]]));
    let inventory = of(&[models(), norwegian("Oslo", "00CCFC123456")], &[]).expect("phones");
    let told = "the sheet is not read, for no column there says a MAC address";
    let is_told = |(name, note): (&str, &str)| name == "book.xlsx sheet Modeller" && note.starts_with(told);
    assert!(inventory.notes().any(is_told), "{inventory}");
    // Alone, or named, they are read; a count of phones never is.
    assert_eq!(of(&[models()], &[]).expect("phones").fleet().rows().len(), 2);
    assert_eq!(
        of(&[models(), norwegian("Oslo", "00CCFC123456")], &["Modeller", "Oslo"]).expect("phones").rows_read(),
        4
    );
    for sheets in [&[count()][..], &[count(), norwegian("Oslo", "00CCFC123456")]] {
        assert!(of(sheets, &["Antall"]).unwrap_err().to_string().contains("a list that counts phones by model"));
    }
}

/// Phones below no header are left out, and nobody may miss that.
#[test]
fn phones_in_a_sheet_without_header_are_told_in_front() {
    let bare = || {
        Sheet::new("Bergen", texts(&[&["SEP00CCFC000001", "Cisco 8841"], &["SEP00CCFC000002", "CP-7821"], &["", "x"]]))
    };
    for sheets in [[bare(), norwegian("Oslo", "00CCFC123456")], [norwegian("Oslo", "00CCFC123456"), bare()]] {
        let inventory = of(&sheets, &[]).expect("phones");
        let (name, note) = inventory.notes().next().expect("a note");
        assert_eq!(name, "book.xlsx sheet Bergen");
        assert!(note.contains("it may hold 2 phones"), "{note}");
        let second = inventory.to_string().lines().nth(1).map(str::to_owned).unwrap_or_default();
        assert!(second.starts_with("  book.xlsx sheet Bergen: the sheet is not read"), "{inventory}");
    }
}

#[test]
fn phones_that_stand_in_several_sheets_are_told() {
    let inventory = of(&[norwegian("Oslo", "00CCFC123456"), norwegian("Alle", "00CCFC123456")], &[]).expect("phones");
    let told = "1 phone in several sheets, by MAC address: name the sheets to read, or merge";
    assert!(notes(&inventory).contains(&told), "{inventory}");
}

#[test]
fn what_is_wrong_is_told_with_the_sheet() {
    let twice = Sheet::new("Gamle", texts(&[&["PID", "Product ID"], &["CP-8841-K9=", "CP-7821-K9="]]));
    let error = of(&[norwegian("Oslo", "00CCFC123456"), twice], &[]).unwrap_err().to_string();
    assert!(
        error.starts_with("inventory: sheet \"Gamle\": columns \"PID\" and \"Product ID\" could both be"),
        "{error}"
    );
    let text = || Sheet::new("Merknader", texts(&[&["Noe annet"], &["enda noe"]]));
    let error = of(&[norwegian("Oslo", "00CCFC123456"), text()], &["Oslo", "Merknader"]).unwrap_err().to_string();
    assert!(error.starts_with("inventory: sheet \"Merknader\": no column of"), "{error}");
    assert!(of(&[text(), text()], &[]).is_err());
}

#[test]
fn a_column_to_keep_may_be_in_one_of_the_sheets() {
    let plain = Sheet::new("Ulm", texts(&[&["MAC", "PID"], &["00CCFC123458", "CP-8841-K9="]]));
    let bytes = workbook(&[norwegian("Oslo", "00CCFC123456"), plain]);
    let mut options = ReadOptions::default();
    options.keep = "Lokasjon".parse::<Keep>().expect("a name");
    let inventory = read(&Document::new("book.xlsx", &bytes), &options).expect("phones");
    assert_eq!(inventory.fleet().rows()[0].kept_in("Lokasjon"), Some("Oslo"));
    options.keep = "Etasje".parse::<Keep>().expect("a name");
    assert!(matches!(read(&Document::new("book.xlsx", &bytes), &options), Err(InventoryError::NoSuchKept { .. })));
}

proptest! {
    /// Whatever stands beside them, every phone of every sheet with a header is there once.
    #[test]
    fn as_many_phones_come_out_as_went_in(counts in prop::collection::vec(0..5_usize, 1..5), covers in 0..3_usize) {
        const NAMES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let mut mac = 0;
        let mut sheets: Vec<Sheet> = (0..covers).map(|cover| Sheet::new(NAMES[cover + 5], texts(&[&["Merknad om alt"]]))).collect();
        for (name, count) in NAMES.iter().zip(&counts) {
            let mut rows = vec![vec!["MAC-adresse".to_owned(), "Modell".to_owned()]];
            rows.extend((0..*count).map(|_| {
                mac += 1;
                vec![format!("00CCFC{mac:06X}"), "Cisco 8841".to_owned()]
            }));
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            sheets.push(Sheet::new(name, texts(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())));
        }
        let inventory = of(&sheets, &[]).expect("phones");
        prop_assert_eq!(inventory.fleet().rows().len(), counts.iter().sum::<usize>());
        prop_assert_eq!(inventory.rows_read(), counts.iter().sum::<usize>() as u64);
    }
}
