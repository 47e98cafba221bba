//! CSV as people keep it: every row of the file is a row of the fleet, in order, whatever is wrong with it.

use crossgrade::exports::results::{ResultsOptions, csv_to_csv};
use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::inventory::{ChosenColumn, InventoryError, InventoryField};
use crossgrade::{Code, Destination, Request, RuleBook, Verdict};
use crossgrade_tests::arrow_tables::result_columns;
use crossgrade_tests::results_wanted;
use proptest::prelude::*;

#[track_caller]
fn read(text: &str) -> CsvInventory {
    csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// Verdicts and codes of every row, to Webex Calling.
fn answers(inventory: &CsvInventory) -> Vec<(Verdict, Vec<Code>)> {
    let answer = |row: &crossgrade::FleetRow| {
        let answer = crossgrade::assess(row.phone(), Destination::WebexCalling);
        (answer.verdict(), answer.findings().map(|finding| finding.code()).collect())
    };
    inventory.fleet().rows().iter().map(answer).collect()
}

fn broken(inventory: &CsvInventory) -> Vec<String> {
    inventory.broken_rows().iter().map(ToString::to_string).collect()
}

#[test]
fn delimiters_marks_and_line_ends_do_not_matter() {
    let expected = answers(&read("PID,VID\nCP-7821-K9=,V01\nCP-8841-K9=,V05\n"));
    for text in [
        "PID;VID\nCP-7821-K9=;V01\nCP-8841-K9=;V05",
        "PID\tVID\r\nCP-7821-K9=\tV01\r\nCP-8841-K9=\tV05\r\n",
        "\u{feff}PID,VID\nCP-7821-K9=,V01\nCP-8841-K9=,V05\n",
        "\"PID\",\"VID\"\n\"CP-7821-K9=\",\"V01\"\n\n\"CP-8841-K9=\",\"V05\"\n",
        "sep=;\nPID;VID\nCP-7821-K9=;V01\nCP-8841-K9=;V05\n",
        "PID,VID\rCP-7821-K9=,V01\rCP-8841-K9=,V05\r",
        " product_id , V I D \nCP-7821-K9=,V01\nCP-8841-K9=,V05\n",
    ] {
        assert_eq!(answers(&read(text)), expected, "{text:?}");
    }
}

#[test]
fn a_field_is_read_from_the_best_column_that_says_anything() {
    let inventory = read(
        "Device Type,PID,Device Name\nCisco 8841,,SEP00CCFC123456\nCisco 8841,\u{a0},x\nCisco 7841,CP-8841-K9=,\n",
    );
    assert_eq!(inventory.columns().read_from(InventoryField::Pid).collect::<Vec<_>>(), ["PID", "Device Type"]);
    let models =
        inventory.fleet().rows().iter().map(|row| row.phone().product().known().map(|product| product.model()));
    assert!(models.flatten().all(|model| model.as_str() == "8841"));
}

#[test]
fn two_columns_that_name_different_models_name_none() {
    let inventory = read("Model,PID\nCisco 8851NR,CP-8851-K9=\nCisco 8851,CP-8851-3PCC-K9=\nThird-party,CP-8851-K9=\n");
    let answers = answers(&inventory);
    assert_eq!(answers[0].0, Verdict::Unknown);
    assert!(answers[0].1.contains(&Code::CG311), "one of them may be wrong, and only one can be converted");
    let sides = inventory.fleet().rows()[0].phone().product().sides().expect("two sides").clone();
    let told: Vec<_> = sides.iter().map(|side| (side.text(), side.place())).collect();
    assert_eq!(told, [("CP-8851-K9=", "column \"PID\""), ("Cisco 8851NR", "column \"Model\"")]);
    assert!(answers[1..].iter().all(|(_, codes)| !codes.contains(&Code::CG311)));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text =
            ["PID,VID", "CP-8841-K9=,V05", "", "\"CP-8841-K9=\",\"V\n05\"", "CP-8841-K9=", "CP-8841-K9=,V05"].join(end);
        let inventory = read(&text);
        let lines: Vec<u64> = inventory.fleet().rows().iter().map(crossgrade::FleetRow::line).collect();
        assert_eq!(lines, [2, 4, 6, 7], "{end:?}");
        assert_eq!(broken(&inventory), ["line 6: 1 columns where the header has 2"]);
    }
}

#[test]
fn what_is_configured_is_not_what_runs() {
    let inventory = read("PID,Phone Load Name\nCP-8841-K9=,sip88xx.12-0-3MPP0001-87\n");
    assert_eq!(inventory.columns().not_read().collect::<Vec<_>>(), ["Phone Load Name"]);
    assert_eq!(answers(&inventory)[0].0, Verdict::Eligible);
}

#[test]
fn a_load_in_the_firmware_column_is_a_load() {
    let header = "PID,VID,Active Load,Firmware\n";
    let one = |cells: &str| answers(&read(&format!("{header}CP-8841-K9=,V05,{cells}\n"))).remove(0);
    // Alone, or beside a load cell that says nothing, it is the load.
    let (verdict, codes) = one(",sip78xx.12-0-3MPP0001-87");
    assert_eq!(verdict, Verdict::Unknown);
    assert!(codes.contains(&Code::CG304));
    assert_eq!(one("Unknown,sip78xx.12-0-3MPP0001-87"), (verdict, codes));
    assert_eq!(one("sip88xx.12-0-3MPP0001-87,").0, Verdict::NotNeeded);
    // Two that agree are one; two that do not contradict each other.
    assert_eq!(one("sip88xx.12-0-3MPP0001-87,sip88xx.12-0-3MPP0001-87").0, Verdict::NotNeeded);
    let (verdict, codes) = one("sip88xx.14-2-1-0101-26,sip88xx.12-0-3MPP0001-87");
    assert_eq!(verdict, Verdict::Unknown);
    assert!(codes.contains(&Code::CG311));
    let (verdict, codes) = one("sip88xx.14-2-1-0101-26,sip78xx.12-0-3MPP0001-87");
    assert_eq!(verdict, Verdict::Unknown);
    assert!(codes.contains(&Code::CG311), "loads of two families");
    // A release is a release.
    assert_eq!(one("sip88xx.14-2-1-0101-26,14.2(1)SR1").0, Verdict::Eligible);
}

#[test]
fn a_broken_row_is_a_row_with_a_verdict() {
    let inventory = read("PID,VID,Note\nCP-8841-K9=,V05\nCP-8841-K9=,V05,a,b\nCP-8841-K9=,V05,ok\n");
    assert_eq!(
        broken(&inventory),
        ["line 2: 2 columns where the header has 3", "line 3: 4 columns where the header has 3"]
    );
    let answers = answers(&inventory);
    assert!(answers[..2].iter().all(|(verdict, codes)| *verdict == Verdict::Unknown && codes.contains(&Code::CG102)));
    assert_eq!(answers[2].0, Verdict::Eligible);

    // Only a file that says it is UTF-8 can hold bytes that are not: any other would be of another encoding.
    let inventory = csv::read(b"\xef\xbb\xbfPID,Note\nCP-8841-K9=,caf\xe9\nCP-\xff,x\n").unwrap();
    assert_eq!(broken(&inventory), ["line 2: bytes that are not UTF-8", "line 3: bytes that are not UTF-8"]);
    let answers = self::answers(&inventory);
    assert_eq!(answers[0].0, Verdict::Eligible, "the other cells are read");
    assert!(answers[1].1.contains(&Code::CG102));
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_phone() {
    let inventory = read("PID,VID\nCP-8841-K9=,\"V05\nCP-7821-K9=,V01\nCP-7841-K9=,V05\n");
    assert_eq!(broken(&inventory), ["line 2: a quote that is never closed"]);
    let verdicts: Vec<_> = answers(&inventory).into_iter().map(|(verdict, _)| verdict).collect();
    assert_eq!(verdicts, [Verdict::Unknown, Verdict::Ineligible, Verdict::Eligible]);
    // An inch and a quote inside quotes are no such thing.
    let inventory = read("PID,Note\nCP-8841-K9=,\"a \"\"good\"\" one\"\nCP-8841-K9=,13\" desk");
    assert_eq!(broken(&inventory), [""; 0]);
    assert_eq!(inventory.fleet().rows().len(), 2);
}

#[test]
fn stray_quotes_swallow_no_phone() {
    let row = "CP-7821-K9=,V01,MAC2";
    for (opens, closes, is_ambiguous) in [
        ("\"CP-8841-K9=,V05,MAC1", "CP-8841-K9=\",V05,MAC4", true),
        ("CP-8841-K9=,\"V05,MAC1", "CP-8841-K9=,V05\",MAC4", true),
        ("\"CP-8841-K9=,V05,MAC1", "CP-8841-K9=,V05\",MAC4", true),
        ("CP-8841-K9=,V05,\"MAC1", "CP-8841-K9=,\"V05\",\"MAC4\"", false),
    ] {
        for between in 0..3 {
            let rows = [&[opens][..], &vec![row; between], &[closes, row]].concat();
            for end in ["\n", "\r\n", "\r"] {
                let inventory = read(&[&["PID,VID,MAC"], &*rows].concat().join(end));
                let lines: Vec<_> = inventory.fleet().rows().iter().map(crossgrade::FleetRow::line).collect();
                assert_eq!(lines, (2..2 + rows.len() as u64).collect::<Vec<_>>(), "{opens} {between} {closes}");
                // Quotes that open and close cells may enclose the text of one, written by whoever wants to forge a row.
                let what = "a line that is a row or the text of a cell: the quotes around it allow both";
                let expected: Vec<_> = match is_ambiguous {
                    true => (2..4 + between).map(|line| format!("line {line}: {what}")).collect(),
                    false => vec!["line 2: a quote that is never closed".to_owned()],
                };
                assert_eq!(broken(&inventory), expected, "{opens} {between} {closes}");
                let verdicts: Vec<_> = answers(&inventory).into_iter().map(|(verdict, _)| verdict).collect();
                assert!(!is_ambiguous || verdicts[..2 + between].iter().all(|verdict| *verdict == Verdict::Unknown));
            }
        }
    }
    // Lines of a cell that was meant to have them are no rows.
    for note in ["\"two\nlines\"", "\"three\n\nlines, \"\"good\"\" ones\"", "\"a, b\nc\""] {
        for row in [format!("CP-8841-K9=,V05,{note}"), format!("CP-8841-K9=,{note},V05")] {
            let inventory = read(&format!("PID,Note,VID\n{row}\n"));
            assert_eq!((inventory.fleet().rows().len(), broken(&inventory).len()), (1, 0), "{row}");
        }
    }
}

#[test]
fn only_a_file_without_a_phone_column_or_with_two_alike_is_refused() {
    let error = |text: &[u8]| csv::read(text).unwrap_err().to_string();
    let parquet = error(b"PAR1\x15\x04");
    assert_eq!(
        parquet,
        "inventory: the file is Parquet; expected text: CSV with a header row, or in Python the table that pandas or Polars reads from the file"
    );
    assert_eq!(csv::read(b"").unwrap_err(), InventoryError::Empty);
    assert!(error(b"a,b\n1,2\n").starts_with("inventory: no column of [\"a\", \"b\"] is one that is read"));
    let two = error(b"PID,Product ID\nx,y\n");
    assert_eq!(
        two,
        "inventory: columns \"PID\" and \"Product ID\" could both be the pid; rename or remove one, or name the one that counts: \
         --columns pid=HEADER on a command line, columns={\"pid\": HEADER} in Python, \"pid=HEADER\" in columns in C, \
         ChosenColumn::new in Rust"
    );
    let old = error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    assert!(old.starts_with("inventory: the file is an old Excel workbook (.xls), or one with a password; expected"));
    // A chosen column that is not there is told with the headers of the file, not with its title.
    let columns = [ChosenColumn::new(InventoryField::Vid, "Version")];
    let chosen = csv::read_with(b"Phones\nPID,Revision\nCP-8841-K9=,V05\n", &columns).unwrap_err().to_string();
    assert!(chosen.ends_with("expected one of [\"PID\", \"Revision\"]"), "{chosen}");
}

#[test]
fn results_stand_beside_every_row_and_lose_no_cell() {
    let text = b"PID,Note\nCP-7821-K9=,\nCP-8841-K9=,a,b\n";
    let requests = [Request::to(Destination::ThirdParty)];
    let (out, _) = results_wanted::of_csv(text, RuleBook::guide(), &requests).unwrap();
    let out = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3);
    // Below their headers, the cells of this row would be read again as those of a phone.
    let broken = "\"line 3: 3 columns where the header has 2: CP-8841-K9=,a,b\",,,,,,,unknown,CG102 ";
    assert!(lines[2].starts_with(broken), "{}", lines[2]);
    let clash = b"PID,verdict\nCP-7821-K9=,\n";
    let error = results_wanted::of_csv(clash, RuleBook::guide(), &requests).unwrap_err().to_string();
    assert!(error.starts_with("results: there is a column \"verdict\" already"), "{error}");
    let prefixed = ResultsOptions::default().prefix("cg_");
    assert!(csv_to_csv(clash, RuleBook::guide(), &requests, &prefixed, std::io::sink()).is_ok());
    let twice = [Request::to(Destination::ThirdParty), Request::to(Destination::ThirdParty)];
    assert!(results_wanted::of_csv(text, RuleBook::guide(), &twice).is_err());
}

/// A file of such lines is read in one go, and not once more for each of them.
#[test]
fn many_quotes_that_are_never_closed_swallow_no_phone() {
    let lines = 100_000;
    let inventory = read(&format!("PID,VID\n{}CP-8841-K9=,V05\n", "a\",\",\n".repeat(lines)));
    assert_eq!(inventory.fleet().rows().len(), lines + 1);
    let broken: Vec<u64> = inventory.broken_rows().iter().map(|row| row.line).collect();
    assert_eq!(broken, (2..=lines as u64 + 1).collect::<Vec<_>>());
    assert_eq!(answers(&inventory)[lines].0, Verdict::Eligible);
}

/// The answers of every row, by assessing each phone by itself.
fn assessed(inventory: &CsvInventory, requests: &[Request]) -> Vec<Vec<String>> {
    let row = |row: &crossgrade::FleetRow| {
        let answers = requests.iter().enumerate().flat_map(|(index, request)| {
            let columns = result_columns(&RuleBook::field().assess_request(row.phone(), request));
            columns.into_iter().skip(if index == 0 { 0 } else { 5 }).map(Option::unwrap_or_default)
        });
        answers.collect()
    };
    inventory.fleet().rows().iter().map(row).collect()
}

#[test]
fn results_are_the_answers_of_assess_for_every_destination() {
    let text = include_bytes!("../../examples/data/fleet.csv");
    let inventory = csv::read(text).unwrap();
    let requests: Vec<_> = Destination::ALL.iter().copied().map(Request::to).collect();
    let (out, audit) = results_wanted::of_csv(text, RuleBook::field(), &requests).unwrap();
    for (request, summary) in requests.iter().zip(audit.summaries()) {
        assert_eq!(summary.to_string(), inventory.fleet().audit(RuleBook::field(), request).to_string());
    }
    let columns = inventory.columns().headers().len();
    let results = |record: Result<::csv::ByteRecord, _>| {
        record.unwrap().iter().skip(columns).map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
    };
    let written: Vec<Vec<String>> = ::csv::Reader::from_reader(&*out).byte_records().map(results).collect();
    assert_eq!(written, assessed(&inventory, &requests));
}

proptest! {
    /// N rows in, N rows out, in order; the totals reconcile; and whatever the bytes are, nothing panics.
    #[test]
    fn every_row_is_a_row_of_the_fleet_and_of_the_results(
        rows in prop::collection::vec("[A-Za-z0-9][A-Za-z0-9 .=-]{0,11}(,[^,;\"\r\n\t]{0,8}){0,3}", 1..20)
    ) {
        let text = format!("PID,VID,Note\n{}\n", rows.join("\n"));
        let inventory = read(&text);
        prop_assert_eq!(inventory.fleet().rows().len(), rows.len());
        let lines: Vec<u64> = inventory.fleet().rows().iter().map(crossgrade::FleetRow::line).collect();
        prop_assert_eq!(lines, (2..=rows.len() as u64 + 1).collect::<Vec<_>>());
        let request = Request::to(Destination::UnifiedCm);
        let summary = inventory.fleet().audit(RuleBook::guide(), &request);
        prop_assert_eq!(summary.verdicts().total(), rows.len());
        let by_model: usize = summary.models().values().map(|counts| counts.total()).sum();
        prop_assert_eq!(by_model, rows.len());
        let (out, _) = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), &[request]).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(&out).lines().count(), rows.len() + 1);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in any::<Vec<u8>>(), head in "(PID,VID\n)?") {
        let bytes = [head.as_bytes(), &bytes].concat();
        if let Ok(inventory) = csv::read(&bytes) {
            let summary = inventory.fleet().audit(RuleBook::guide(), &Request::to(Destination::ThirdParty));
            prop_assert_eq!(summary.verdicts().total(), inventory.fleet().rows().len());
        }
    }
}

#[test]
fn empty_lines_in_front_hide_no_delimiter() {
    for end in ["\n", "\r\n", "\r"] {
        for delimiter in [",", ";", "\t"] {
            let lines = [
                "",
                "",
                "Device Name;PID;VID;Description",
                "SEP00CCFC000001;CP-8841-K9=;V15;a",
                "SEP00CCFC000002;x;V03;Name",
            ];
            let inventory = read(&lines.join(end).replace(';', delimiter));
            assert_eq!(
                (inventory.fleet().rows().len(), inventory.delimiter()),
                (2, delimiter.as_bytes()[0]),
                "{end:?}"
            );
        }
    }
}

/// N rows in, N rows out: a sum is a row, and it is work for nobody.
#[test]
fn a_row_that_adds_up_the_table_says_so() {
    let text = "Site,Model,Ports\nPorto,8841,3\nTotal,,245\nSumme,300,\n";
    let inventory = read(text);
    let codes = |row: usize| answers(&inventory)[row].clone();
    assert_eq!(codes(1), (Verdict::Ineligible, vec![Code::CG108]));
    assert_eq!(codes(2), (Verdict::Ineligible, vec![Code::CG108]));
    assert_eq!(broken(&inventory), ["line 3: a row that adds up the table", "line 4: a row that adds up the table"]);
    // What is written is read again as the same.
    let fleet = inventory.fleet();
    assert_eq!(fleet.rows()[1].phone().product_text(), Some("Total,,245"));

    // The word in the column of products is enough; a row that names a product is of a phone, and a long one is no sum.
    let text = "Site,Model,Ports\n,Grand Total,245\nTotal,8841,\nTotal,,245 tables\nSumer,,245\n";
    let verdicts = answers(&read(text)).into_iter().map(|(_, codes)| codes.contains(&Code::CG108));
    assert_eq!(verdicts.collect::<Vec<_>>(), [true, false, false, false]);
    assert!(broken(&read(text)).is_empty());
}
