//! Workbooks that no spreadsheet writes: whatever rows and cells say of their places, no phone is lost and none is forged.

use crossgrade::FleetRow;
use crossgrade::inventory::{Document, Inventory, InventoryError, xlsx};
use proptest::prelude::*;
use proptest::sample::select;

use crossgrade_tests::workbook::{Part, Sheet, parts, text, texts, workbook, zip};

fn try_read(rows: impl Into<String>) -> Result<Inventory, InventoryError> {
    xlsx::read(&Document::new("phones.xlsx", &workbook(&[Sheet::new("Phones", rows)])), &[], &[])
}

#[track_caller]
pub(crate) fn read(rows: impl Into<String>) -> Inventory {
    try_read(rows).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

pub(crate) fn cuts(inventory: &Inventory) -> Vec<String> {
    inventory.cuts().map(|(_, error)| error.to_string()).collect()
}

/// Number, product text and problem of each row.
pub(crate) fn rows(inventory: &Inventory) -> Vec<(u64, String, String)> {
    let of = |row: &FleetRow| {
        let pid = row.phone().product_text().unwrap_or_default().to_owned();
        (row.line(), pid, row.problem().unwrap_or_default().to_owned())
    };
    inventory.fleet().rows().iter().map(of).collect()
}

/// A cell of a text with this reference.
pub(crate) fn cell(place: &str, said: &str) -> String {
    text(said).replace('@', place)
}

pub(crate) const HEADER: &[&[&str]] = &[&["PID", "VID"]];

#[test]
fn a_cell_of_another_row_breaks_both_rows() {
    let inventory = read(
        texts(HEADER)
            + &format!("<row r=\"2\">{}{}</row>", cell("A2", "CP-8841-K9="), cell("B3", "V05"))
            + &format!("<row r=\"3\">{}</row>", cell("A3", "CP-7821-K9="))
            // Numbers of rows may be missing: cells say theirs.
            + &format!("<row>{}{}</row>", cell("A9", "CP-7841-K9="), cell("B9", "V05"))
            + &format!("<row>{}</row>", text("CP-7811-K9=").replace(" r=\"@\"", "")),
    );
    let (problem, claimed) = ("a cell that says it is of row 3", "a row of which a cell stands in another row");
    let expected = [
        (2, &*format!("line 2: {problem}: CP-8841-K9=\tV05"), problem),
        (3, &*format!("line 3: {claimed}: CP-7821-K9="), claimed),
        (9, "CP-7841-K9=", ""),
        (10, "CP-7811-K9=", ""),
    ];
    assert_eq!(rows(&inventory), expected.map(|(row, pid, problem)| (row, pid.to_owned(), problem.to_owned())));
}

#[test]
fn the_row_that_a_cell_says_is_broken_wherever_it_stands() {
    let claimed = "a row of which a cell stands in another row";
    let row = |number: u64, cells: &str| format!("<row r=\"{number}\">{cells}</row>");
    let phone = |number: u64| row(number, &cell(&format!("A{number}"), "CP-8841-K9="));
    let astray =
        |number: u64, place: &str| row(number, &(cell(&format!("A{number}"), "CP-7821-K9=") + &cell(place, "V05")));
    let problems = |written: String| -> Vec<_> {
        let rows = rows(&read(texts(HEADER) + &written));
        rows.into_iter().map(|(line, _, problem)| (line, problem)).collect()
    };
    let of = |row: u64| format!("a cell that says it is of row {row}");
    // Above and below; a row that does not exist; a row that says nothing; two rows that say each other.
    let (three, whole) = ((3, claimed.to_owned()), (2, String::new()));
    assert_eq!(problems(phone(2) + &phone(3) + &astray(4, "B3")), [whole.clone(), three.clone(), (4, of(3))]);
    assert_eq!(problems(phone(2) + &astray(4, "B3") + &phone(3)), [whole.clone(), (4, of(3)), three]);
    assert_eq!(problems(phone(2) + &astray(4, "B9")), [whole.clone(), (4, of(9))]);
    assert_eq!(problems(phone(2) + &astray(4, "B9") + "<row r=\"9\"/>"), [whole.clone(), (4, of(9))]);
    assert_eq!(problems(phone(2) + &astray(3, "B4") + &astray(4, "B3")), [whole.clone(), (3, of(4)), (4, of(3))]);
    // A blank cell takes nothing from another row, and the header is told.
    assert_eq!(
        problems(phone(2) + &row(3, &(cell("A3", "CP-7821-K9=") + "<c r=\"B2\"/>"))),
        [whole, (3, String::new())]
    );
    let inventory = read(texts(HEADER) + &astray(2, "B1"));
    assert_eq!(notes(&inventory), [format!("row 1, the header: {claimed}")]);
}

#[test]
fn texts_outside_of_cells_are_told() {
    let phone = texts(&[&["PID"], &["CP-8841-K9="]]);
    let told = |what: &str| format!("inventory: line 2: {what}; expected cells (c) in rows");
    let first = "1 text outside of cells is not read, the first in row 3 is \"CP-7821-K9=\"";
    for (written, expected) in [
        ("<row r=\"3\">CP-7821-K9=</row>", told(first)),
        ("<row r=\"3\"><v>CP-7821-K9=</v></row>", told(first)),
        ("CP-7821-K9= &amp; more", told("1 text outside of cells is not read, the first is \"CP-7821-K9= & more\"")),
        (
            "<row r=\"3\">CP-7821-K9=<x/>x</row>y",
            told("3 texts outside of cells are not read, the first in row 3 is \"CP-7821-K9=\""),
        ),
    ] {
        let inventory = read(phone.clone() + written);
        assert_eq!((inventory.rows_read(), cuts(&inventory)), (1, vec![expected]), "{written}");
    }
    assert_eq!(cuts(&read(phone + "\n <row r=\"3\"> </row>")).len(), 0, "blanks say nothing");
    // A sheet of nothing but such texts is not passed over as an empty one.
    let bytes = workbook(&[
        Sheet::new("Phones", "<row r=\"1\">CP-8841-K9=</row>"),
        Sheet::new("Lists", texts(&[&["PID"], &["CP-8841-K9="]])),
    ]);
    let inventory = xlsx::read(&Document::new("phones.xlsx", &bytes), &[], &[]).expect("the other sheet");
    let (sheet, error) = inventory.cuts().next().expect("a cut");
    assert_eq!(sheet, "phones.xlsx sheet Phones");
    let error = error.to_string();
    assert!(error.contains("1 text outside of cells is not read, the first in row 1 is \"CP-8841-K9=\""), "{error}");
}

#[test]
fn of_sheets_with_one_name_the_first_is_read_and_the_others_are_told() {
    let phones = |pid: &str| texts(&[&["PID"], &[pid]]);
    let twins = "sheets that have the name of another sheet are not read: ";
    let try_book = |sheets: &[(&'static str, &'static str, &str)], wanted: Option<&str>| {
        let sheet = |(name, state, pid): &(&'static str, &'static str, &str)| Sheet {
            state,
            ..Sheet::new(name, if pid.is_empty() { String::new() } else { phones(pid) })
        };
        let bytes = workbook(&sheets.iter().map(sheet).collect::<Vec<_>>());
        xlsx::read(&Document::new("phones.xlsx", &bytes), wanted.as_slice(), &[])
    };
    let (one, two) = ("CP-8841-K9=", "CP-7821-K9=");
    for (sheets, wanted, pid, note) in [
        (&[("Phones", "visible", one), ("Phones", "visible", two)][..], None, one, "\"Phones\" (sheet 2)"),
        (&[("Phones", "visible", one), ("Phones", "visible", two)], Some("phones"), one, "\"Phones\" (sheet 2)"),
        (&[("Phones", "visible", one), ("Phones", "hidden", two)], None, one, "\"Phones\" (sheet 2)"),
        (&[("PHONES", "visible", one), ("Phones", "visible", two)], Some("Phones"), two, "\"PHONES\" (sheet 1)"),
        (&[("PHONES", "visible", one), ("Phones", "visible", two)], Some("phones"), one, "\"Phones\" (sheet 2)"),
        (
            &[("A", "visible", one), ("B", "visible", ""), ("A", "visible", two), ("B", "visible", two)],
            None,
            one,
            "\"A\" (sheet 3), \"B\" (sheet 4)",
        ),
        (&[("A", "visible", one), ("B", "visible", two), ("B", "visible", two)], Some("A"), one, ""),
        (&[("A", "visible", one), ("a", "visible", two)], None, one, ""),
    ] {
        let inventory = try_book(sheets, wanted).unwrap_or_else(|error| panic!("{sheets:?}: {error}"));
        assert_eq!(inventory.fleet().rows()[0].phone().product_text(), Some(pid), "{sheets:?}");
        let told: Vec<_> = notes(&inventory).into_iter().filter_map(|note| note.strip_prefix(twins)).collect();
        assert_eq!(told, Some(note).filter(|note| !note.is_empty()).into_iter().collect::<Vec<_>>(), "{sheets:?}");
    }
    // The one that is hidden is not read in the place of the other, and an empty one does not hide it.
    for first in [("Phones", "hidden", one), ("Phones", "visible", "")] {
        let error = try_book(&[first, ("Phones", "visible", two)], None).unwrap_err().to_string();
        let told = format!("a workbook without rows in the sheets that can be read; {twins}\"Phones\" (sheet 2)");
        assert!(error.contains(&told), "{error}");
    }
}

#[test]
fn what_one_cell_says_twice_is_said_once_or_unreadable() {
    let phone = |cells: &str| {
        let inventory = read(texts(HEADER) + &format!("<row r=\"2\">{}{cells}</row>", cell("A2", "CP-8841-K9=")));
        assert_eq!(inventory.rows_read(), 1);
        inventory.fleet().rows()[0].phone().clone()
    };
    let vid =
        |cells: &[&str]| phone(&cells.iter().map(|said| cell("B2", said)).collect::<String>()).vid_evidence().clone();
    assert!(vid(&["V05", "V05"]).known().is_some());
    assert!(vid(&["", "V05", ""]).known().is_some(), "a blank cell says nothing");
    assert_eq!(vid(&["V05", "V01"]).unreadable(), Some("V05 and V01"));
    assert_eq!(phone(&cell("A2", "CP-7821-K9=")).product().unreadable(), Some("CP-8841-K9= and CP-7821-K9="));
    let long = "x".repeat(40_000);
    let rows = format!("<row r=\"2\">{}{}</row>", cell("A2", &long), cell("A2", &long.replace('x', "y")));
    assert_eq!(self::rows(&read(texts(HEADER) + &rows))[0].2, "a value of 80000 bytes; expected at most 65536");
}

#[test]
fn rows_in_descending_order_are_phones_and_titles_by_their_numbers() {
    let row = |number: u64, cells: &[&str]| {
        let cells: String =
            (b'A'..).zip(cells).map(|(column, said)| cell(&format!("{}{number}", column as char), said)).collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let title = row(1, &["Oslo"]);
    let rows =
        [row(5, &["CP-8841-K9=", "V05"]), row(4, &["CP-7821-K9=", "V05"]), row(3, &["PID", "VID"]), row(2, &["# x"])];
    for written in [rows.concat() + &title, title.clone() + &rows.concat()] {
        let inventory = read(written);
        let numbers: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
        assert_eq!(numbers, [5, 4]);
        assert_eq!(inventory.fleet().rows()[0].phone().product_text(), Some("CP-8841-K9="));
        assert_eq!(notes(&inventory), ["row 1: above the header", "row 2: a comment"]);
    }
    // More than are searched for the header: it is not found, and that is told.
    let many: String = (2..40).rev().map(|number| row(number, &["CP-8841-K9="])).collect();
    assert!(try_read(many + &row(1, &["PID"])).unwrap_err().to_string().starts_with("inventory: no column of "));
}

#[test]
fn a_formula_without_value_is_evidence_that_nobody_can_read() {
    let value = |cell: &str| {
        let inventory = read(texts(&[&["VID", "PID"]]) + &format!("<row r=\"2\">{cell}</row>"));
        let rows = inventory.fleet().rows();
        rows.first().map(|row| row.phone().vid_evidence().unreadable().map(str::to_owned))
    };
    let told = |formula: &str| Some(Some(format!("a formula without value: ={formula}")));
    for (cell, expected) in [
        ("<c r=\"A2\"><f>UPPER(\"v05\")</f></c>", told("UPPER(\"v05\")")),
        ("<c r=\"A2\"><f>V05</f><v></v></c>", told("V05")),
        ("<c r=\"A2\"><f>V05</f><v/></c>", told("V05")),
        ("<c r=\"A2\" t=\"str\"><f>B2&amp;C2</f></c>", told("B2&C2")),
        (
            "<c r=\"A2\"><f>IF(B2&lt;&gt;&quot;&#65;&quot;,&apos;x&apos;!A1,&unknown;)</f></c>",
            told("IF(B2<>\"A\",'x'!A1,&unknown;)"),
        ),
        ("<c r=\"A2\"><f t=\"shared\" si=\"0\"/></c>", told("")),
        // Excel keeps the empty text that it saw.
        ("<c r=\"A2\" t=\"str\"><f>B2</f><v></v></c>", None),
        ("<c r=\"A2\"><v></v></c>", None),
        ("<c r=\"A2\" s=\"1\"/>", None),
    ] {
        assert_eq!(value(cell), expected, "{cell}");
    }
    // A sheet of nothing but such formulas says so, and not that it is empty.
    let error = try_read("<row r=\"1\"><c r=\"A1\"><f>B1</f></c></row>").unwrap_err().to_string();
    assert!(error.contains("a formula without value: =B1"), "{error}");
}

#[test]
fn a_value_that_would_be_read_in_part_is_no_evidence() {
    let shared = |cell: &str| {
        let sheet = Sheet::new("Phones", format!("{}<row r=\"2\">{cell}</row>", texts(HEADER)));
        let bytes = zip(&parts(&[sheet], &["CP-8841-K9="]));
        xlsx::read(&Document::new("phones.xlsx", &bytes), &[], &[]).unwrap()
    };
    for cell in [
        "<c r=\"A2\" t=\"s\"><v>-1</v></c>",
        "<c r=\"A2\" t=\"s\"><v>first</v></c>",
        "<c r=\"A2\" t=\"inlineStr\"><v>CP-8841-K9=</v></c>",
        "<c r=\"A2\" t=\"str\"><v>CP-8841-K9=<![CDATA[ V05]]></v></c>",
        "<c r=\"A2\"><v>CP-8841-K9=&#32;V05</v></c>",
        "<c r=\"A2\"><v><![CDATA[CP-8841-K9=]]></v></c>",
        "<c r=\"A2\"><is><t>CP-7821-K9=</t></is><v>CP-8841-K9=</v></c>",
        "<c r=\"A2\"><v>CP-8841-K9=</v><f>B2</f></c>",
        "<c r=\"A2\">CP-8841-K9=</c>",
        "<c r=\"A2\"><is>CP-8841-<t>K9=</t></is></c>",
    ] {
        let inventory = shared(cell);
        let [row] = inventory.fleet().rows() else { panic!("{cell}: {inventory}") };
        let told = row.phone().product().unreadable().unwrap_or_else(|| panic!("{cell}: {:?}", row.phone()));
        assert!(told.starts_with("a cell that no spreadsheet writes: "), "{cell}: {told}");
    }
    assert!(shared("<c r=\"A2\" t=\"s\"><v>0</v></c>").fleet().rows()[0].phone().product().known().is_some());
}

#[test]
fn cells_that_nobody_reads_are_told_by_a_cut() {
    let more = "<sheetData><row r=\"3\"><c r=\"A3\"/><c r=\"B3\"/></row></sheetData>";
    let inventory = read(texts(&[&["PID"], &["CP-8841-K9="]]) + "</sheetData>" + more + "<sheetData>");
    let told = "inventory: line 2: 2 cells outside of the first table of cells (sheetData) of the sheet are not read";
    assert_eq!((inventory.rows_read(), cuts(&inventory)), (1, vec![told.to_owned()]));
    // The same of a sheet that would be passed over as an empty one.
    let bytes = workbook(&[
        Sheet::new("Phones", format!("</sheetData>{more}<sheetData>")),
        Sheet::new("Lists", texts(&[&["PID"], &["CP-8841-K9="]])),
    ]);
    let inventory = xlsx::read(&Document::new("phones.xlsx", &bytes), &[], &[]).expect("the other sheet");
    let (sheet, error) = inventory.cuts().next().expect("a cut");
    assert_eq!(sheet, "phones.xlsx sheet Phones");
    let error = error.to_string();
    assert_eq!(error, told.replace("line 2", "line 1"));
    // What calamine would read otherwise than it is written ends the reading.
    for (cells, what) in [
        ("<c r=\"A3\"><v>1<v></v></v></c>", "an element \"v\" within a value"),
        ("<row r=\"4\"><c r=\"A4\"><v>1</v></c></row>", "a row within a row"),
    ] {
        let inventory = read(texts(&[&["PID"], &["CP-8841-K9="]]) + &format!("<row r=\"3\">{cells}</row>"));
        let told = format!("inventory: line 2: the sheet is damaged in this row or behind it: {what}");
        assert_eq!((inventory.rows_read(), cuts(&inventory)), (1, vec![told]), "{cells}");
    }
}

#[test]
fn blank_rows_and_hidden_sheets_are_told() {
    let rows = texts(&[&["PID"], &["CP-8841-K9="], &[" "], &["CP-7821-K9="], &[""]]);
    let inventory = read(rows.clone() + "<row r=\"9\"/>");
    assert_eq!((inventory.rows_read(), notes(&inventory)), (2, vec!["rows 3, 5: no cell says anything"]));
    let hidden = Sheet { state: "veryHidden", ..Sheet::new("More", texts(&[&["PID"], &["CP-7841-K9="]])) };
    let bytes = workbook(&[Sheet::new("Phones", rows), hidden]);
    let inventory = xlsx::read(&Document::new("phones.xlsx", &bytes), &[], &[]).unwrap();
    assert!(notes(&inventory).contains(&"hidden sheets are not read: \"More\""), "{inventory}");
}

#[test]
fn texts_that_cells_share_are_read_however_they_are_written() {
    let mut parts = parts(
        &[Sheet::new("Phones", "<row r=\"1\"><c t=\"s\"><v>0</v></c></row><row r=\"2\"><c t=\"s\"><v>1</v></c></row>")],
        &["PID"],
    );
    let strings = parts.last_mut().expect("a part");
    let name = strings.name.clone();
    *strings = Part::new(&name, "<sst><si><t>PID</t></si><si><t><![CDATA[CP-8841-K9=]]></t></si></sst>");
    let inventory = xlsx::read(&Document::new("phones.xlsx", &zip(&parts)), &[], &[]).unwrap();
    assert!(inventory.fleet().rows()[0].phone().product().known().is_some());
    // An empty one says nothing, and one that would be read in part is refused.
    let mut with = |second: &str| {
        let strings = parts.last_mut().expect("a part");
        *strings = Part::new(&name, format!("<sst><si><t>PID</t></si><si>{second}</si></sst>"));
        xlsx::read(&Document::new("phones.xlsx", &zip(&parts)), &[], &[])
    };
    for empty in ["<t/>", "<t></t>", "", "<t> </t>", "<r><t/></r>", "<t>&#160;</t>"] {
        let inventory = with(empty).unwrap();
        assert_eq!((inventory.rows_read(), notes(&inventory)), (0, vec!["row 2: no cell says anything"]), "{empty}");
    }
    let error = with("CP-8841-<t>K9=</t>").unwrap_err().to_string();
    assert!(error.contains("a damaged Excel workbook, which has \"CP-8841-\" beside its texts"), "{error}");
}

/// A row as some program might write it: its number, and its cells with what they say of their places.
pub(crate) fn any_row() -> impl Strategy<Value = String> {
    let place = || select(vec![" r=\"A2\"", " r=\"B3\"", " r=\"A4\"", " r=\"C2\"", ""]);
    let value = select(vec![
        "<is><t>CP-8841-K9=</t></is>",
        "<v>683</v>",
        "<f>A1</f>",
        "<f>A1</f><v>7</v>",
        "<v>1</v><f/>",
        "",
        "<v/>",
    ]);
    let cell = (place(), value).prop_map(|(place, value)| format!("<c{place}>{value}</c>"));
    let number = select(vec![" r=\"2\"", " r=\"3\"", " r=\"9\"", ""]);
    let row = (number, prop::collection::vec(cell, 0..4))
        .prop_map(|(number, cells)| format!("<row{number}>{}</row>", cells.concat()));
    prop_oneof![4 => row, 1 => select(vec!["<row/>".to_owned(), "<row></row>".to_owned(), "<row><c/></row>".to_owned()])]
}

proptest! {
    /// Whatever rows say of their places: each that says anything is a row, in the order in which they are written.
    #[test]
    fn every_row_that_says_anything_is_a_row(written in prop::collection::vec(any_row(), 0..12)) {
        let header = "<row r=\"1\"><c r=\"A1\"><is><t>Model</t></is></c><c r=\"B1\"><is><t>VID</t></is></c></row>";
        let says_anything = |row: &&String| ["<t>", "<v>", "<f>"].iter().any(|part| row.contains(part));
        let expected = written.iter().filter(says_anything).count();
        let inventory = read(header.to_owned() + &written.concat());
        prop_assert_eq!(inventory.rows_read() as usize, expected, "{}", inventory);
        prop_assert_eq!(inventory.cuts().count(), 0);
        // Of a number that several rows have, none is evidence.
        let lines: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
        for row in inventory.fleet().rows().iter().filter(|row| row.problem().is_none()) {
            prop_assert_eq!(lines.iter().filter(|line| **line == row.line()).count(), 1, "{}", inventory);
        }
    }

    /// A formula without value is no evidence, whatever it is.
    #[test]
    fn no_formula_is_evidence(formula in "[A-Z0-9=.()-]{0,12}|CP-8841-K9= V05|V05|SEP00CCFC123456|sip88xx\\.14-2-1-0101-26") {
        let headers = ["PID", "VID", "MAC", "Serial Number", "Load", "Firmware", "Firmware Type", "Authorization"];
        let cells: String = headers.iter().map(|_| format!("<c><f>{formula}</f></c>")).collect();
        let inventory = read(texts(&[&headers]) + &format!("<row r=\"2\">{cells}</row>"));
        let phone = inventory.fleet().rows()[0].phone();
        prop_assert!(phone.product().known().is_none() && phone.vid_evidence().known().is_none());
        prop_assert!(phone.mac_evidence().known().is_none() && phone.serial_evidence().known().is_none());
        prop_assert!(phone.load_evidence().known().is_none() && phone.release_evidence().known().is_none());
        prop_assert!(phone.firmware_type_evidence().known().is_none() && phone.authorization_evidence().known().is_none());
    }
}
