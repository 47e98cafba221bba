//! Rows that add up a table are no phones, in whatever language and column the word stands, and whoever reads the table.

use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::{Destination, assess};
use crossgrade_tests::workbook::{Sheet, texts, workbook};
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: [&str; 26] = [
    "Total",
    "TOTAL:",
    "Total phones",
    "Grand Total",
    "Total number of phones",
    "Summe",
    "Gesamt",
    "Gesamt: 1 Telefon",
    "Gesamtzahl der Geräte",
    "Zwischensumme",
    "Somme",
    "Total général",
    "Sous-total",
    "Total de teléfonos",
    "Suma",
    "Soma",
    "Total geral",
    "Totale telefoni",
    "Totaal",
    "Eindtotaal",
    "Totalt",
    "Totalsum",
    "Summa",
    "Razem",
    "合計",
    "总计",
];

fn of(name: &str, bytes: &[u8]) -> Inventory {
    read(&Document::new(name, bytes), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Which rows are no phones.
fn no_phones(inventory: &Inventory) -> Vec<bool> {
    let is_none = |row: &crossgrade::FleetRow| assess(row.phone(), Destination::ThirdParty).not_a_phone().is_some();
    inventory.fleet().rows().iter().map(is_none).collect()
}

proptest! {
    #[test]
    fn a_sum_is_no_phone_wherever_it_stands(
        rows in prop::collection::vec((prop::option::of((select(WORDS.to_vec()), 0_usize..4, 0_u16..400)), any::<bool>()), 1..8),
        delimiter in select(vec![",", ";", "\t"]),
    ) {
        let mut table = vec![["Name", "Model", "Site", "Ports"].map(str::to_owned).to_vec()];
        for (number, (sum, says_name)) in rows.iter().enumerate() {
            let name = if *says_name { format!("SEP00CCFC{number:06X}") } else { String::new() };
            let mut cells = vec![name, "CP-8841".to_owned(), "Oslo".to_owned(), "2".to_owned()];
            if let Some((word, column, count)) = sum {
                cells = vec![String::new(); 4];
                // A number right behind the word, in another column, or none.
                cells[(column + 1 + usize::from(*count) % 3) % 4] = count.to_string();
                cells[*column] = (*word).to_owned();
            }
            table.push(cells);
        }
        let expected: Vec<bool> = rows.iter().map(|(sum, _)| sum.is_some()).collect();
        let csv: String = table.iter().map(|row| row.join(delimiter) + "\n").collect();
        prop_assert_eq!(no_phones(&of("a.csv", csv.as_bytes())), expected.clone(), "{}", csv);
        let cells: Vec<Vec<&str>> = table.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
        let book = workbook(&[Sheet::new("Phones", texts(&cells))]);
        prop_assert_eq!(no_phones(&of("a.xlsx", &book)), expected);
    }
}

#[test]
fn a_short_sum_is_a_sum() {
    let text = "Name,Model,Ports\nSEP00CCFC000001,CP-8841,2\nTotal: 37\nTotal,37\n,Oslo\n";
    let inventory = of("a.csv", text.as_bytes());
    assert_eq!(no_phones(&inventory), [false, true, true, false]);
    let problems: Vec<_> = inventory.problems().collect();
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].ends_with("line 3: a row that adds up the table"), "{problems:?}");
}

/// Why a file is refused.
fn refused(name: &str, bytes: &[u8]) -> String {
    read(&Document::new(name, bytes), &ReadOptions::default()).expect_err(name).to_string()
}

/// Of thirty-seven phones in one row, none has a name.
#[test]
fn a_list_that_counts_phones_is_no_list_of_phones() {
    for text in [
        "Model,Count\nCP-8841,37\nCP-7821,1\nTotal,38\n",
        "Modell;Anzahl\nCP-8841;1\nCP-7821;12\n",
        "Model,VID,Site,Qty\nCP-8841,V05,Oslo,3\n",
        "Device Type\tCount of Device Name\nCisco 8841\t37\n",
        "Phones by model\n\nModel,Phones,Grand Total\nCP-8841,37,37\n",
    ] {
        let told = refused("counts.csv", text.as_bytes());
        assert!(told.contains("a list that counts phones by model") && told.contains("a row for each phone"), "{told}");
        let cells: Vec<Vec<&str>> = text.lines().map(|line| line.split([',', ';', '\t']).collect()).collect();
        let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
        let book = workbook(&[Sheet::new("Counts", texts(&cells))]);
        assert!(refused("counts.xlsx", &book).contains("a list that counts phones by model"), "{text}");
        let phones: [&[&str]; 2] = [&["Name", "Model"], &["SEP00CCFC000001", "CP-8841"]];
        let both = workbook(&[Sheet::new("Counts", texts(&cells)), Sheet::new("Phones", texts(&phones))]);
        let inventory = of("both.xlsx", &both);
        assert_eq!(inventory.fleet().rows().len(), 1, "{inventory}");
        assert!(
            inventory
                .to_string()
                .contains("both.xlsx sheet Counts: the sheet is not read, for its rows count phones by model"),
            "{inventory}"
        );
    }
    // What is counted are no phones, or one odd cell is a number.
    for text in
        ["Model,VID,Number of Lines\nCP-8841,V05,5\nCP-7821,V03,2\n", "Model,Qty\nCP-8841,\nCP-7821,\nCP-7841,2\n"]
    {
        assert!(!of("a.csv", text.as_bytes()).fleet().rows().is_empty(), "{text}");
    }
    // A row of one phone is a phone, and so is a row that says which phone it is.
    for text in
        ["Model,Quantity\nCP-8841,1\nCP-7821,1\n", "Model,MAC,Count\nCP-8841,00CCFC000001,2\nCP-7821,00CCFC000002,1\n"]
    {
        assert_eq!(of("a.csv", text.as_bytes()).fleet().rows().len(), 2, "{text}");
    }
}
