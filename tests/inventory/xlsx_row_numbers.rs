//! The numbers of rows of a sheet: as Excel shows them, and none is evidence that several rows have.

use crossgrade::FleetRow;
use proptest::prelude::*;

use crate::xlsx_rows::{HEADER, any_row, cell, cuts, notes, read, rows};
use crossgrade_tests::workbook::{text, texts};

const AGAIN: &str = "a row with the number of another row";

#[test]
fn rows_of_one_number_are_rows_and_none_is_evidence() {
    let row = |number: u64, pid: &str| format!("<row r=\"{number}\">{}</row>", cell(&format!("A{number}"), pid));
    let broken = |line: u64, pid: &str| (line, format!("line {line}: {AGAIN}: {pid}"), AGAIN.to_owned());
    let whole = |line: u64, pid: &str| (line, pid.to_owned(), String::new());
    let written = row(2, "CP-8841-K9=") + &row(3, "CP-8851-K9=") + &row(2, "CP-7821-K9=") + &row(4, "CP-8861-K9=");
    let inventory = read(texts(HEADER) + &written + &row(2, "CP-7811-K9="));
    let expected = [
        broken(2, "CP-8841-K9="),
        whole(3, "CP-8851-K9="),
        broken(2, "CP-7821-K9="),
        whole(4, "CP-8861-K9="),
        broken(2, "CP-7811-K9="),
    ];
    assert_eq!(rows(&inventory), expected);
    let is_known = |row: &FleetRow| row.phone().product().known().is_some();
    assert!(inventory.fleet().rows().iter().all(|row| is_known(row) == row.problem().is_none()));
    assert_eq!((inventory.rows_read(), inventory.broken_rows().count()), (5, 3));
    // Rows that say nothing are no rows of this number, and a row with the number of the header is told at both.
    let inventory = read(texts(HEADER) + &row(2, "CP-8841-K9=") + &row(2, " ") + "<row r=\"2\"/><row r=\"3\"/>");
    assert_eq!(rows(&inventory), [whole(2, "CP-8841-K9=")]);
    let inventory = read(texts(HEADER) + &row(1, "CP-7841-K9=") + &row(2, "CP-8841-K9="));
    assert_eq!(rows(&inventory), [broken(1, "CP-7841-K9="), whole(2, "CP-8841-K9=")]);
    assert_eq!(notes(&inventory), [format!("row 1, the header: {AGAIN}")]);
}

#[test]
fn rows_without_number_are_counted_as_excel_counts_them() {
    let pid = text("CP-8841-K9=").replace(" r=\"@\"", "");
    let row = format!("<row>{pid}</row>");
    for (written, expected) in [
        (format!("<row/>{row}<row r=\"2\">{pid}</row>"), vec![3, 2]),
        (format!("<row></row><row><c/></row>{row}{row}"), vec![4, 5]),
        (format!("<row r=\"9\"/>{row}<row/>{row}"), vec![10, 12]),
        (format!("<row r=\"1048575\"/>{row}"), vec![1_048_576]),
    ] {
        let inventory = read(texts(HEADER) + &written);
        let numbers: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
        assert_eq!(numbers, expected, "{written}");
        assert_eq!((inventory.broken_rows().count(), inventory.cuts().count()), (0, 0), "{written}");
    }
}

#[test]
fn no_sheet_has_more_rows_than_excel() {
    let pid = |place: &str| cell(place, "CP-8841-K9=");
    let no_place = text("CP-8841-K9=").replace(" r=\"@\"", "");
    for (written, found) in [
        (format!("<row r=\"1048577\">{}</row>", pid("A1048577")), 1_048_577),
        (format!("<row r=\"3\">{}</row>", pid("A1048577")), 1_048_577),
        (format!("<row r=\"1048576\"/><row>{no_place}</row>"), 1_048_577),
        (format!("<row r=\"4294967295\"/><row>{no_place}</row>"), 4_294_967_296_u64),
        (pid("A1048577"), 1_048_577),
    ] {
        let inventory = read(texts(&[&["PID"], &["CP-8841-K9="]]) + &written);
        let told = format!("inventory: line 2: a cell in row {found}; expected at most 1048576");
        assert_eq!((inventory.rows_read(), cuts(&inventory)), (1, vec![told]), "{written}");
    }
}

/// The number of the row as a plain count has it, where no cell says another: that of its element, or the next.
fn numbers_of(written: &[String]) -> Vec<u64> {
    let number = |row: &String| row.strip_prefix("<row r=\"")?.split('"').next()?.parse().ok();
    let mut last = 1;
    written
        .iter()
        .map(|row| {
            last = number(row).unwrap_or(last + 1);
            last
        })
        .collect()
}

proptest! {
    /// Where cells say nothing of their places, rows have the numbers of a plain count, blank rows too.
    #[test]
    fn rows_have_the_numbers_that_excel_shows(written in prop::collection::vec(any_row(), 0..12)) {
        let placeless = |row: &String| ["A2", "B3", "A4", "C2"].iter().fold(row.clone(), |row, place| row.replace(&format!("<c r=\"{place}\""), "<c"));
        let written: Vec<_> = written.iter().map(placeless).collect();
        let header = "<row r=\"1\"><c><is><t>Model</t></is></c><c><is><t>VID</t></is></c></row>";
        let says_anything = |row: &String| ["<t>", "<v>", "<f>"].iter().any(|part| row.contains(part));
        let numbers = numbers_of(&written);
        let expected: Vec<_> =
            written.iter().zip(&numbers).filter(|(row, _)| says_anything(row)).map(|(_, number)| *number).collect();
        let inventory = read(header.to_owned() + &written.concat());
        let found: Vec<_> = inventory.fleet().rows().iter().map(FleetRow::line).collect();
        prop_assert_eq!(&found, &expected, "{:?}", written);
        for row in inventory.fleet().rows() {
            let count = expected.iter().filter(|number| **number == row.line()).count();
            prop_assert_eq!(row.problem(), (count > 1).then_some(AGAIN), "{:?}", written);
        }
    }
}
