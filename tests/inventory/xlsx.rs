//! Excel workbooks: what Excel made of a cell is never taken for what somebody wrote.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{
    ChosenColumn, Document, Inventory, InventoryError, InventoryField, ReadOptions, csv, xlsx,
};
use crossgrade::{Evidence, FleetRow, Phone};
use proptest::prelude::*;

use crossgrade_tests::workbook::{Part, Sheet, date, nothing, number, parts, row, text, texts, typed, workbook, zip};

#[track_caller]
fn read(bytes: &[u8]) -> Inventory {
    xlsx::read(&Document::new("phones.xlsx", bytes), &[], &[]).unwrap_or_else(|error| panic!("{error}"))
}

fn error(bytes: &[u8]) -> String {
    xlsx::read(&Document::new("phones.xlsx", bytes), &[], &[]).unwrap_err().to_string()
}

fn numbers(inventory: &Inventory) -> Vec<u64> {
    inventory.fleet().rows().iter().map(FleetRow::line).collect()
}

fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

/// The only phone below this header.
fn phone(headers: &[&str], cells: &[String]) -> Phone<'static> {
    let header: Vec<_> = headers.iter().map(|header| text(header)).collect();
    let inventory = read(&workbook(&[Sheet::new("Phones", row(1, &header) + &row(2, cells))]));
    let [row] = inventory.fleet().rows() else { panic!("{inventory}") };
    row.phone().clone()
}

#[test]
fn a_sheet_says_what_the_same_csv_says() {
    let rows: &[&[&str]] = &[
        &["Phones of Oslo"],
        &["Device Name", "Model", "VID", "Active Load ID", "Description"],
        &["SEP00CCFC123456", "Cisco 8841", "V05", "sip88xx.14-2-1-0101-26", "Reception"],
        &["", "CP-7841-K9= V20", "", "", "R&D <1>"],
        &["Device Name", "MODEL", "vid", "Active Load ID", "Description"],
        &["SEP00CCFC123457", "683", "3", "x", ""],
    ];
    let inventory = read(&workbook(&[Sheet::new("Phones", texts(rows))]));
    let lines: Vec<_> = rows.iter().map(|row| row.join(";")).collect();
    let expected = csv::read_document(&Document::new("phones.xlsx", &lines.join("\n")), &[]).unwrap();
    assert_eq!(inventory.fleet().rows(), expected.fleet().rows());
    assert_eq!(notes(&inventory), ["row 1: above the header", "row 5: the header again"]);
    assert_eq!(inventory.columns().map(|columns| columns.headers().len()), Some(5));
    assert_eq!(inventory.fleet().sources()[0].kind(), SourceKind::Xlsx);
}

#[test]
fn a_number_is_no_mac_address() {
    let headers = ["MAC", "PID"];
    // Twelve digits that could be one: whoever typed them lost nothing, or a zero, or a letter. Nobody knows.
    let evidence = |cell: String| phone(&headers, &[cell, text("CP-8841-K9=")]).mac_evidence().clone();
    assert_eq!(evidence(number("123456789012")).unreadable(), Some("123456789012 (a number)"));
    assert_eq!(evidence(number("123456789012.0")).unreadable(), Some("123456789012 (a number)"));
    assert_eq!(evidence(number("1.2E+11")).unreadable(), Some("120000000000 (a number)"));
    assert_eq!(evidence(number("56789012")).unreadable(), Some("56789012"));
    assert_eq!(evidence(number("1.2E+30")).unreadable(), Some("1.2E30"));
    assert_eq!(evidence(text("1.2E+11")).unreadable(), Some("1.2E+11"));
    // The evidence can be written down and read again, and is no MAC address then either.
    let again: Evidence<'_, crossgrade::Mac> = "123456789012 (a number)".into();
    assert!(again.unreadable().is_some());
    // Text is what somebody wrote.
    assert!(evidence(text("123456789012")).known().is_some());
}

#[test]
fn cells_become_the_text_that_excel_shows() {
    let one = |header: &str, cell: String| phone(&["MAC", header], &[text("00CCFC123456"), cell]);
    assert_eq!(
        one("Model", number("683")).product().known().map(|product| product.model().to_string()),
        Some("8841".into())
    );
    assert_eq!(one("Model", number("683.0")).product_text(), Some("683"));
    assert_eq!(one("Model", number("8841")).product_text(), Some("8841"));
    assert_eq!(one("VID", number("3")).vid_evidence().unreadable(), Some("3"));
    assert_eq!(one("VID", typed("str", "V05")).vid_evidence().known().map(|vid| vid.to_string()), Some("V05".into()));
    assert_eq!(one("VID", typed("b", "1")).vid_evidence().unreadable(), Some("TRUE"));
    assert_eq!(one("VID", typed("e", "#N/A")).vid_evidence().unreadable(), Some("#N/A"));
    assert_eq!(one("VID", date("46346")).vid_evidence().unreadable(), Some("2026-11-20"));
    assert_eq!(one("VID", nothing()).vid_evidence(), &Evidence::Absent);
    assert_eq!(
        one("Release", number("14.2")).release_evidence().known().map(|release| release.to_string()),
        Some("14.2(1)".into())
    );
    // Of a formula the value counts that was last seen.
    let formula = "<c r=\"@\" t=\"str\"><f>UPPER(\"v05\")</f><v>V05</v></c>".to_owned();
    assert!(one("VID", formula).vid_evidence().known().is_some());
    let shared = parts(
        &[Sheet::new("Phones", row(1, &[typed("s", "0")]) + &row(2, &[typed("s", "1")]))],
        &["PID", "CP-8841-K9="],
    );
    assert_eq!(read(&zip(&shared)).fleet().rows()[0].phone().product_text(), Some("CP-8841-K9="));
}

#[test]
fn all_visible_sheets_with_phones_are_read_or_those_that_are_named() {
    let pid = |pid| texts(&[&["PID"], &[pid]]);
    let hidden = Sheet { state: "hidden", ..Sheet::new("Lists", pid("CP-7811-K9=")) };
    let sheets = [
        hidden,
        Sheet::new("Cover", ""),
        Sheet::new("Oslo", pid("CP-7821-K9=")),
        Sheet::new("Ulm", pid("CP-7841-K9=")),
    ];
    let bytes = workbook(&sheets);
    let document = Document::new("phones.xlsx", &bytes);
    let all = read(&bytes);
    let products: Vec<_> = all.fleet().rows().iter().map(|row| row.phone().product_text()).collect();
    assert_eq!(products, [Some("CP-7821-K9="), Some("CP-7841-K9=")]);
    let sources: Vec<_> = all.fleet().sources().iter().map(|source| source.place(2)).collect();
    assert_eq!(sources, ["phones.xlsx sheet Oslo row 2", "phones.xlsx sheet Ulm row 2"]);
    assert_eq!(notes(&all), ["hidden sheets are not read: \"Lists\""]);
    for (name, pid) in [("Ulm", "CP-7841-K9="), ("oslo", "CP-7821-K9="), ("Lists", "CP-7811-K9=")] {
        let options = {
            let mut options = ReadOptions::default();
            options.sheets = vec![name.to_owned()];
            options
        };
        let inventory = crossgrade::inventory::read(&document, &options).unwrap();
        assert_eq!(inventory.fleet().rows()[0].phone().product_text(), Some(pid), "{name}");
        assert!(notes(&inventory).is_empty());
    }
    let missing = xlsx::read(&document, &["Bergen"], &[]).unwrap_err().to_string();
    assert_eq!(
        missing,
        "inventory: there is no sheet \"Bergen\"; expected one of [\"Lists\", \"Cover\", \"Oslo\", \"Ulm\"]"
    );
    assert_eq!(xlsx::read(&document, &["Cover"], &[]).unwrap_err(), InventoryError::Empty);
    assert_eq!(error(&workbook(&[])), InventoryError::Empty.to_string());
}

#[test]
fn rows_have_the_numbers_of_excel_and_blank_rows_are_none() {
    let cells = |cells: &[&str]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let rows = [
        row(3, &cells(&["", "PID", "", "VID"])),
        row(4, &cells(&["", "CP-8841-K9=", "beside", "V05"])),
        row(5, &cells(&["", " ", "", ""])),
        row(7, &cells(&["", "# spares"])),
        row(9, &cells(&["", "", "only a remark"])),
        row(10, &[nothing(), typed("e", "#N/A")]),
        row(12, &cells(&["", "CP-7821-K9=", "", "V01"])),
    ];
    let inventory = read(&workbook(&[Sheet::new("Phones", rows.concat())]));
    assert_eq!(numbers(&inventory), [4, 9, 10, 12]);
    assert_eq!(notes(&inventory), ["row 7: a comment", "row 5: no cell says anything"]);
    assert_eq!(inventory.columns().map(|columns| columns.headers().to_vec()), Some(vec!["PID".into(), "VID".into()]));
    assert_eq!(inventory.fleet().rows()[0].phone().vid_evidence().known().map(|vid| vid.number()), Some(5));
    assert_eq!(inventory.fleet().rows()[2].phone().product().unreadable(), Some("#N/A"));
    // The caller may choose columns here too.
    let german = workbook(&[Sheet::new("Telefone", texts(&[&["Artikel"], &["CP-8841-K9="]]))]);
    let columns = [ChosenColumn::new(InventoryField::Pid, "Artikel")];
    let inventory = xlsx::read(&Document::new("telefone.xlsx", &german), &[], &columns).unwrap();
    assert_eq!(inventory.fleet().rows()[0].phone().product_text(), Some("CP-8841-K9="));
    assert!(error(&german).starts_with("inventory: no column of [\"Artikel\"] is one that is read"));
}

#[test]
fn a_list_of_names_needs_no_header() {
    let rows: &[&[&str]] = &[&["SEP00CCFC123456"], &["# spares"], &["00:CC:FC:12:34:57"]];
    let inventory = read(&workbook(&[Sheet::new("Phones", texts(rows))]));
    assert_eq!(numbers(&inventory), [1, 3]);
    assert_eq!(notes(&inventory), ["no header: every row is read as a MAC address", "row 2: a comment"]);
}

#[test]
fn what_is_no_workbook_is_named() {
    for (bytes, found) in [
        (&b"PID,VID\n"[..], "no Excel workbook, which is a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls), or one with a password"),
        (b"PK\x03\x04cut", "a zip file that is damaged or was cut off ("),
        (&zip(&[Part::new("xl/workbook.bin", "x")]), "a binary Excel workbook (.xlsb)"),
        (&zip(&[Part::new("mimetype", "x"), Part::new("content.xml", "x")]), "an OpenDocument file"),
        (&zip(&[Part::new("xl/a.xml", "x")]), "a zip file without _rels/.rels, which every Excel workbook has"),
        (&zip(&[Part::new("Index/Document.iwa", "x")]), "an Apple Numbers, Pages or Keynote file"),
    ] {
        let error = error(bytes);
        assert!(error.starts_with(&format!("inventory: {found}")), "{error}");
        assert!(error.ends_with("; expected an Excel workbook (.xlsx) without password"), "{error}");
    }
    let other = error(&zip(&[Part::new("a/SEP00CCFC000001.xml", "x"), Part::new("phones.csv", "PID\n")]));
    assert!(
        other.contains("a zip file of 2 files (\"a/SEP00CCFC000001.xml\")") && other.contains("unpack it"),
        "{other}"
    );
    assert_eq!(error(b""), InventoryError::Empty.to_string());
    let whole = workbook(&[Sheet::new("Phones", texts(&[&["PID"], &["CP-8841-K9="]]))]);
    for end in 1..whole.len() {
        assert!(xlsx::read(&Document::new("cut.xlsx", &whole[..end]), &[], &[]).is_err(), "{end}");
    }
}

#[test]
fn a_sheet_that_breaks_off_keeps_the_rows_before() {
    let rows = texts(&[&["PID"], &["CP-8841-K9="], &["CP-7821-K9="]]);
    let damaged =
        workbook(&[Sheet::new("Phones", format!("{rows}<row r=\"4\"><c r=\"A4\" t=\"s\"><v>99</v></c></row>"))]);
    let inventory = read(&damaged);
    assert_eq!(numbers(&inventory), [2, 3]);
    let cuts: Vec<_> = inventory.cuts().map(|(_, error)| error.to_string()).collect();
    let [cut] = &*cuts else { panic!("{cuts:?}") };
    assert!(cut.starts_with("inventory: line 3: the sheet is damaged in this row or behind it: "), "{cut}");
    // Numbers that no sheet has: calamine counts in 32 bits.
    for cell in ["<c r=\"ZZZZZZZZ4\"><v>1</v></c>", "<c r=\"A99999999999\"><v>1</v></c>", "<c r=\"XFE4\"><v>1</v></c>"]
    {
        let bytes = workbook(&[Sheet::new("Phones", format!("{rows}<row r=\"4\">{cell}</row>"))]);
        let rows = read(&bytes).fleet().rows().len();
        assert!((2..=3).contains(&rows), "{cell}: {rows}");
    }
}

#[test]
fn what_would_become_too_large_is_refused_before_it_is_unpacked() {
    let sheet = || parts(&[Sheet::new("Phones", texts(&[&["PID"], &["CP-8841-K9="]]))], &["x"]);
    let mut stated = sheet();
    stated[1].stated_size = (1 << 30) + 1;
    let error = error(&zip(&stated));
    assert!(error.contains(" bytes unpacked; expected at most 1073741824"), "{error}");
    // A directory that says less than there is: what is unpacked ends where it said.
    let mut lying = sheet();
    lying[1].stated_size = 100;
    let lying = xlsx::read(&Document::new("phones.xlsx", &zip(&lying)), &[], &[]);
    assert!(lying.is_err() || lying.is_ok_and(|inventory| inventory.cuts().count() == 1));
    // Room is made for as many texts as a workbook says it has.
    let promise = |count: &str| {
        let mut parts = sheet();
        let strings = parts.last_mut().expect("a part");
        let text =
            String::from_utf8_lossy(&strings.bytes).replace("uniqueCount=\"1\"", &format!("uniqueCount=\"{count}\""));
        *strings = Part::new(&strings.name, text);
        zip(&parts)
    };
    assert_eq!(read(&promise("1")).rows_read(), 1);
    for count in ["1000000000000", "18446744073709551615"] {
        let error = self::error(&promise(count));
        assert!(error.contains(&format!("says that it has {count} texts")), "{error}");
    }
    let long = "x".repeat(64 * 1024 + 1);
    let inventory = read(&workbook(&[Sheet::new("Phones", texts(&[&["PID"], &[&long], &["CP-8841-K9="]]))]));
    let broken: Vec<_> = inventory.broken_rows().map(|(_, row)| row.to_string()).collect();
    assert_eq!(broken, ["line 2: a value of 65537 bytes; expected at most 65536"]);
    assert_eq!(inventory.rows_read(), 2);
}

/// The same as it is written by other programs: `data/make_workbooks.py`.
/// Cells share texts: a small file may say a gigabyte.
#[test]
fn texts_that_cells_share_are_counted_as_often_as_they_are_said() {
    let (long, too_long) = ("x".repeat(60_000), "x".repeat(70_000));
    let shared = |count: usize, text: u8| format!("<c r=\"B@\" t=\"s\"><v>{text}</v></c>").repeat(count);
    let read = |rows: &str| {
        let header = row(1, &[text("PID"), text("Note")]);
        let sheet = Sheet::new("Phones", format!("{header}{rows}"));
        self::read(&zip(&parts(&[sheet], &[&long, &too_long, "y"])))
    };
    let good = row(2, &[text("CP-8841-K9="), text("ok")]);
    for (row, error) in [
        (shared(300, 0), "inventory: line 3: 16800000 bytes of text in a row; expected at most 16777216"),
        (shared(16_385, 2), "inventory: line 3: 16385 cells in a row; expected at most 16384"),
    ] {
        let inventory = read(&format!("{good}<row r=\"3\">{}</row>", row.replace('@', "3")));
        assert_eq!(numbers(&inventory), [2]);
        assert_eq!(inventory.cuts().map(|(_, error)| error.to_string()).collect::<Vec<_>>(), [error]);
    }
    let many: String = (3..200)
        .map(|number| format!("<row r=\"{number}\">{}</row>", shared(100, 0).replace('@', &number.to_string())))
        .collect();
    let inventory = read(&format!("{good}{many}"));
    assert_eq!(numbers(&inventory), (2..=180).collect::<Vec<u64>>());
    let [(_, error)] = &*inventory.cuts().collect::<Vec<_>>() else { panic!("{inventory}") };
    assert!(error.to_string().contains(" bytes of text; expected at most 1073741824"), "{error}");
    // Of a text that is too long for a cell, nearly nothing is kept, and so a row may say it often.
    let inventory = read(&format!("{good}<row r=\"3\">{}</row>", shared(10_000, 1).replace('@', "3")));
    assert_eq!((numbers(&inventory), inventory.cuts().count()), (vec![2, 3], 0));
    let broken: Vec<_> = inventory.broken_rows().map(|(_, broken)| broken.to_string()).collect();
    assert_eq!(broken, ["line 3: a value of 70000 bytes; expected at most 65536"]);
}

#[test]
fn workbooks_of_other_programs_are_read() {
    let inventory = read(include_bytes!("../data/phones.xlsx"));
    assert_eq!(numbers(&inventory), [5, 6, 7, 9]);
    assert_eq!(notes(&inventory)[..2], ["rows 1, 2: above the header", "row 10: the header again"]);
    let macs: Vec<_> = inventory.fleet().rows().iter().map(|row| row.phone().mac_evidence().clone()).collect();
    assert_eq!(macs.iter().filter(|mac| mac.known().is_some()).count(), 2);
    assert_eq!(macs[2].unreadable(), Some("223456789012 (a number)"));
}

fn any_cell() -> impl Strategy<Value = (String, bool)> {
    prop_oneof![
        4 => "[A-Za-z0-9=.-]{1,12}".prop_map(|cell| (text(&cell), true)),
        1 => "[0-9]{1,14}(\\.[0-9]{1,3})?(E[0-9]{1,2})?".prop_map(|cell| (number(&cell), true)),
        1 => prop::sample::select(vec!["#N/A", "#REF!"]).prop_map(|cell| (typed("e", cell), true)),
        1 => "[0-9]{1,5}".prop_map(|days| (date(&days), true)),
        2 => prop::sample::select(vec![nothing(), text(""), text(" \u{a0}")]).prop_map(|cell| (cell, false)),
    ]
}

proptest! {
    /// Whatever stands in the cells, every row that says anything is a phone, with its number.
    #[test]
    fn every_row_of_a_sheet_is_a_phone(
        rows in prop::collection::vec((1_usize..4, prop::collection::vec(any_cell(), 0..5)), 0..20),
        above in 0_usize..4,
    ) {
        let header: Vec<_> = ["MAC", "PID", "VID"].map(text).into();
        let mut number = above + 1;
        let mut xml = (1..=above).map(|above| row(above, &[text("Phones of Oslo")])).collect::<String>() + &row(number, &header);
        let mut expected = Vec::new();
        for (gap, cells) in &rows {
            number += gap;
            xml += &row(number, &cells.iter().map(|(cell, _)| cell.clone()).collect::<Vec<_>>());
            if cells.iter().any(|(_, says_anything)| *says_anything) {
                expected.push(number as u64);
            }
        }
        let inventory = read(&workbook(&[Sheet::new("Phones", xml)]));
        prop_assert_eq!(numbers(&inventory), expected);
        let number_as_mac = |row: &FleetRow| row.phone().mac_evidence().unreadable().is_some_and(|mac| mac.ends_with("(a number)"));
        prop_assert!(inventory.fleet().rows().iter().all(|row| !number_as_mac(row) || row.phone().mac_evidence().known().is_none()));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 1..6)) {
        let rows = texts(&[&["PID", "MAC"], &["CP-8841-K9=", "SEP00CCFC123456"], &["CP-7821-K9=", "x"]]);
        let mut whole = zip(&parts(&[Sheet::new("Phones", rows)], &["x"]));
        let at = at.index(whole.len() - bytes.len());
        whole[at..at + bytes.len()].copy_from_slice(&bytes);
        if let Ok(inventory) = xlsx::read(&Document::new("damaged.xlsx", &whole), &[], &[]) {
            prop_assert_eq!(inventory.rows_read(), inventory.fleet().rows().len() as u64);
        }
    }
}
