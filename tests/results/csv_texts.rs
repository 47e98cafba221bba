//! CSV that is quoted properly, and CSV that is not.

use crossgrade::exports::results::{ResultsOptions, csv_to_csv};
use crossgrade::inventory::csv;
use crossgrade::{Destination, Fleet, Phone, Request, RuleBook, Verdict, exports};
use crossgrade_tests::{law, results_wanted};
use proptest::prelude::*;

fn lines(text: &str) -> Vec<u64> {
    csv::read(text.as_bytes()).unwrap().fleet().rows().iter().map(crossgrade::FleetRow::line).collect()
}

/// RFC 4180: what stands between the quotes of a cell is its text. A person is told where that text looks like rows.
#[test]
fn what_stands_between_quotes_is_the_text_of_the_cell() {
    let text = "PID,VID,Note\nCP-7821-K9=,V03,\"x\nCP-8841-K9=,V05,forged\ny\"\nCP-7841-K9=,V05,\n";
    assert_eq!(lines(text), [2, 5]);
    let inventory = csv::read(text.as_bytes()).unwrap();
    let [broken] = inventory.broken_rows() else { panic!("{inventory}") };
    assert_eq!(
        broken.to_string(),
        "line 2: a quoted cell of several lines that look like rows; they are read as its text"
    );
    // A row with a cell too many forges no phone either.
    assert_eq!(lines("PID,VID,Note\nCP-7821-K9=,V03,\"x\nCP-8841-K9=,V05,forged\ny\",\n"), [2]);
    // Nor one that begins as a comment does.
    assert_eq!(lines("Note,PID,VID\n#1,\"CP-7821-K9=\nCP-8841-K9=\",\n"), [2]);
}

/// Whoever writes a description can make each line of it line up with the header, so that the file is the same as one with
/// two stray quotes: then no line is a phone that anybody trusts, and none is lost.
#[test]
fn a_description_that_nobody_can_tell_from_rows_forges_no_phone_that_is_eligible() {
    let text = "PID,VID,Note\nCP-8841-K9=,V05,\"x\nCP-8841-K9=,V05,forged\nCP-8841-K9=,V05,y\"\n";
    let inventory = csv::read(text.as_bytes()).unwrap();
    assert_eq!(lines(text), [2, 3, 4]);
    let summary = inventory.fleet().audit(RuleBook::guide(), &Request::to(Destination::ThirdParty));
    assert_eq!(summary.verdicts().of(Verdict::Unknown), 3);
    // In a file that crossgrade wrote of a fleet there are no stray quotes.
    let mut fleet = Fleet::default();
    let delimiters = ",".repeat(crossgrade::fleet::FleetColumn::ALL.len() - 1);
    fleet.push(2, Phone::new(format!("x{delimiters}\n{delimiters}\n{delimiters}")));
    let again = csv::read(&exports::fleet::to_csv(&fleet).unwrap()).unwrap();
    assert_eq!(again.fleet().rows()[0].phone(), fleet.rows()[0].phone());
}

#[test]
fn a_quote_that_nobody_meant_swallows_no_phone() {
    let stray = "PID,VID,Note\nCP-7821-K9=,V03,\"19 inch\nCP-8841-K9=,V05,x\nCP-7841-K9=,V05,\"two\" racks\n";
    assert_eq!(lines(stray), [2, 3, 4]);
}

#[test]
fn a_comment_with_an_open_quote_is_a_comment() {
    assert_eq!(lines("PID,VID\n# ask \"Kari\nCP-7821-K9=,V03\n#,\"open\nCP-7821-K9=,V03\n"), [3, 5]);
}

/// A line `sep=|` says what separates cells; without it nobody finds the header of the results again.
#[test]
fn a_delimiter_that_the_file_says_is_said_in_the_results() {
    for delimiter in [',', ';', '\t', '|'] {
        let text = format!("sep={delimiter}\nPID{delimiter}VID\nCP-7821-K9={delimiter}V03\n");
        for text in [text.clone(), format!("\u{feff}{text}")] {
            let (out, audit) = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), &requests()).unwrap();
            assert!(String::from_utf8_lossy(&out).contains(&format!("sep={delimiter}\n")));
            let again = csv::read(&out).unwrap();
            assert_eq!(again.fleet().rows()[0].phone(), csv::read(text.as_bytes()).unwrap().fleet().rows()[0].phone());
            assert_eq!(again.has_byte_order_mark(), audit.reading().has_byte_order_mark());
        }
    }
}

/// A column of this name is no instruction, and the results are read again with their header.
#[test]
fn a_first_column_that_looks_like_an_instruction_is_a_column() {
    for name in ["sep=", "SEP=;", "sep=,"] {
        let text = format!("\"{name}\",PID,VID\nx,CP-7821-K9=,V03\nName,CP-8841-K9=,V15\n");
        let (out, _) = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), &requests()).unwrap();
        assert!(out.starts_with(b"sep=,\n"));
        let again = csv::read(&out).unwrap();
        assert_eq!((again.columns().headers()[0].as_str(), again.fleet().rows().len()), (name, 2));
    }
}

/// Spreadsheets take a file in UTF-8 without a mark for one in the encoding of their country.
#[test]
fn results_of_another_encoding_begin_with_a_byte_order_mark() {
    let (out, _) = results_wanted::of_csv(b"PID,Note\nCP-7821-K9=,Malm\xf6\n", RuleBook::guide(), &requests()).unwrap();
    assert!(out.starts_with("\u{feff}PID,Note,".as_bytes()));
    assert!(String::from_utf8_lossy(&out).contains("Malm\u{f6}"));
    let (out, _) =
        results_wanted::of_csv("PID,Note\nCP-7821-K9=,Malm\u{f6}\n".as_bytes(), RuleBook::guide(), &requests())
            .unwrap();
    assert!(out.starts_with(b"PID,Note,"));
}

/// A row with a cell too many is a phone that nobody can read. Lined up, its cells would be read from the results as those
/// of a phone that is eligible.
#[test]
fn a_broken_row_stays_broken_in_the_results() {
    let text = "PID;VID;Note\nCP-7821-K9=;V03;x;stray\nCP-7821-K9=;V03\nCP-7821-K9=;V03;\"open\n";
    let (out, audit) = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), &requests()).unwrap();
    let written = String::from_utf8_lossy(&out);
    let rows: Vec<_> = written.lines().skip(1).collect();
    let row = |beginning: &str| rows.iter().any(|row| row.starts_with(beginning));
    assert!(row("\"line 2: 4 columns where the header has 3: CP-7821-K9=;V03;x;stray\";;;"), "{written}");
    assert!(row("\"line 3: 2 columns where the header has 3: CP-7821-K9=;V03\";;;"), "{written}");
    assert_eq!(audit.summaries()[0].verdicts().of(Verdict::Unknown), 3);
    let again = csv::read(&out).unwrap();
    let summary = again.fleet().audit(RuleBook::guide(), &requests()[0]);
    assert_eq!(summary.verdicts().of(Verdict::Unknown), 3);
    // Without a column of the product it is the best of the others.
    let (out, _) = results_wanted::of_csv(b"Description,MAC\n00CCFC123456\n", RuleBook::guide(), &requests()).unwrap();
    assert!(String::from_utf8_lossy(&out).contains("\n,line 2: 1 columns where the header has 2: 00CCFC123456,"));
}

fn requests() -> [Request; 1] {
    [Request::to(Destination::ThirdParty)]
}

proptest! {
    #![proptest_config(law::config(400, "regressions/csv_texts.txt"))]

    /// Lines with too few cells, too many, stray quotes, marks, comments: results that are read again give the same phones.
    #[test]
    fn results_that_are_read_again_give_the_same_phones(
        lines in prop::collection::vec("(CP-7821-K9=|V03|V01|00CCFC000001|sip78xx\\.12-8-1-0001-455|x|[,;|\"'=#+\t -]){0,9}", 0..8),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        is_raw in any::<bool>(),
    ) {
        let header = ["Note", "PID", "VID", "MAC", "Load"].join(&delimiter.to_string());
        let text = format!("sep={delimiter}\n{header}\n{}\n", lines.join("\n"));
        let phones = |text: &[u8]| {
            let inventory = csv::read(text).expect("a CSV text");
            inventory.fleet().rows().iter().map(|row| row.phone().clone()).collect::<Vec<_>>()
        };
        let (mut out, options) = (Vec::new(), ResultsOptions::default().raw(is_raw));
        csv_to_csv(text.as_bytes(), RuleBook::guide(), &requests(), &options, &mut out).expect("results");
        prop_assert_eq!(phones(&out), phones(text.as_bytes()), "{}", String::from_utf8_lossy(&out));
    }

    /// Without a column of the product, with long cells, and with cells of several lines: no row that was unknown because it
    /// is broken is anything else when the results are read again.
    #[test]
    fn what_is_broken_stays_unknown_in_the_results(
        header in prop::sample::select(vec!["MAC;Note;Load", "Note;Serial;MAC;VID", "PID;VID;Note", "Description;PID"]),
        rows in prop::collection::vec(prop::collection::vec(
            prop_oneof![
                "[a-z;\"\n=']{0,6}",
                Just("CP-7821-K9=".to_owned()),
                Just("V03".to_owned()),
                Just("00CCFC000001".to_owned()),
                Just("y".repeat(65_300)),
                Just("z".repeat(65_530)),
                Just("z".repeat(70_000)),
            ],
            1..6,
        ), 1..4),
    ) {
        let lines: Vec<_> = rows.iter().map(|cells| cells.join(";")).collect();
        let text = format!("{header}\n{}\n", lines.join("\n"));
        let inventory = csv::read(text.as_bytes()).expect("a CSV text");
        let (out, _) = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), &requests()).unwrap();
        let again = csv::read(&out).expect("results");
        let unknown = |inventory: &csv::CsvInventory| {
            let summary = inventory.fleet().audit(RuleBook::guide(), &requests()[0]);
            (summary.verdicts().total(), summary.verdicts().of(Verdict::Unknown))
        };
        let ((rows, before), (rows_again, after)) = (unknown(&inventory), unknown(&again));
        // A cell of several lines may look like rows below a wider header: then each of them is unknown.
        prop_assert!(rows_again >= rows && rows_again - after <= rows - before, "{} {}", text, again);
    }

    /// Whatever a spreadsheet splits at, no cell of its own making runs.
    #[test]
    fn no_cell_of_the_results_runs_wherever_a_spreadsheet_splits_them(
        cells in prop::collection::vec("([,;|=+@\t\n\r\"' a1-]){0,8}", 2),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let mut writer = ::csv::WriterBuilder::new().delimiter(delimiter as u8).from_writer(format!("sep={delimiter}\n").into_bytes());
        writer.write_record(["Description", "PID"]).unwrap();
        writer.write_record(&cells).unwrap();
        let text = writer.into_inner().unwrap();
        let mut out = Vec::new();
        csv_to_csv(&text, RuleBook::guide(), &requests(), &ResultsOptions::default(), &mut out).expect("results");
        for other in *b",;\t|" {
            let reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(other).from_reader(&*out);
            for record in reader.into_byte_records() {
                for cell in &record.expect("a record") {
                    let text = String::from_utf8_lossy(cell);
                    // What follows the first delimiter belongs to another cell of ours; a quote ends a cell of ours.
                    let first = text.trim_start_matches(['\t', '\n', '\r', ' ']).split([',', ';', '|', '\t']).next();
                    let first = first.unwrap_or_default().trim_end_matches('"');
                    let is_digits = |rest: &str| rest.bytes().all(|byte| byte == b' ' || byte.is_ascii_digit());
                    let is_number =
                        first.get(1..).is_some_and(|rest| rest.trim().parse::<f64>().is_ok() || is_digits(rest));
                    prop_assert!(!first.starts_with(['=', '+', '-', '@']) || is_number, "{text:?} in {:?}", String::from_utf8_lossy(&out));
                }
            }
        }
    }
}
