//! Encodings of CSV files, and the lines of them that are no rows.

use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::inventory::{ChosenColumn, Document, Encoding, InventoryError, InventoryField};
use crossgrade::{Destination, FleetRow, Request, RuleBook};
use crossgrade_tests::results_wanted;
use proptest::prelude::*;

#[track_caller]
fn read(text: impl AsRef<[u8]>) -> CsvInventory {
    csv::read(text.as_ref()).unwrap_or_else(|error| panic!("{error}"))
}

fn lines(inventory: &CsvInventory) -> Vec<u64> {
    inventory.fleet().rows().iter().map(FleetRow::line).collect()
}

/// The same text as it is written in an encoding, with the byte order mark that makes it known.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let units = || text.encode_utf16();
    match encoding {
        Encoding::Utf16Le => b"\xff\xfe".iter().copied().chain(units().flat_map(u16::to_le_bytes)).collect(),
        Encoding::Utf16Be => b"\xfe\xff".iter().copied().chain(units().flat_map(u16::to_be_bytes)).collect(),
        Encoding::Windows1252 => text.chars().map(|letter| u8::try_from(letter).expect("Latin-1")).collect(),
        _ => text.as_bytes().to_vec(),
    }
}

#[test]
fn a_file_says_the_same_in_every_encoding() {
    let text = "Model,VID,Description\nCisco 7821,V01,\"Z\u{fc}rich, F2\"\nCisco 8841,V05,caf\u{e9}\n";
    let request = Request::to(Destination::ThirdParty);
    let requests = std::slice::from_ref(&request);
    let results = |bytes: &[u8]| results_wanted::of_csv(bytes, RuleBook::guide(), requests).unwrap().0;
    let expected = read(text);
    let expected_results = results(text.as_bytes());
    for encoding in Encoding::ALL.iter().copied() {
        let bytes = encoded(text, encoding);
        let inventory = read(&bytes);
        assert_eq!(inventory.encoding(), encoding);
        assert_eq!(inventory.fleet(), expected.fleet(), "{encoding}");
        assert!(inventory.broken_rows().is_empty());
        // Results are UTF-8, with a mark if there was one or the text was not UTF-8: a spreadsheet shows its letters.
        let is_marked = inventory.has_byte_order_mark() || encoding != Encoding::Utf8;
        let mark: &[u8] = if is_marked { b"\xef\xbb\xbf" } else { b"" };
        assert_eq!(results(&bytes), [mark, &expected_results].concat(), "{encoding}");
        let streamed = columnar::audit_csv(bytes.clone(), RuleBook::guide(), &request, &AuditOptions::default());
        let rows: usize = streamed.unwrap().map(|batch| batch.unwrap().num_rows()).sum();
        assert_eq!(rows, 2);
        // UTF-16 is told without its mark too.
        if let Some(bytes) = bytes.strip_prefix(b"\xff\xfe").or_else(|| bytes.strip_prefix(b"\xfe\xff")) {
            let unmarked = read(bytes);
            assert_eq!((unmarked.encoding(), unmarked.has_byte_order_mark()), (encoding, false));
            assert_eq!(unmarked.fleet(), expected.fleet(), "{encoding}");
            assert_eq!(results(bytes), [mark, &expected_results].concat(), "{encoding}");
        }
        // Whoever reads it is told, but not of what is usual.
        let document = csv::read_document(&Document::new("a.csv", &bytes), &[]).unwrap();
        assert_eq!(document.encoding(), Some(encoding));
        let notes: Vec<_> = document.notes().map(|(_, note)| note.to_owned()).collect();
        let first = inventory.to_string().lines().next().unwrap_or_default().to_owned();
        if encoding == Encoding::Utf8 {
            assert_eq!((first.as_str(), notes.len()), ("2 phones, comma separated", 0));
        } else {
            assert_eq!(first, format!("2 phones, comma separated, {encoding}"));
            assert_eq!(notes, [format!("written in {encoding}")]);
        }
        let description = document.fleet().rows()[0].label().and_then(|label| label.description.clone());
        assert_eq!(description.as_deref(), Some("Z\u{fc}rich, F2"));
    }
}

#[test]
fn the_header_is_the_first_record_with_a_known_column() {
    let header_and_row = "PID;VID;Note\nCP-8841-K9=;V05;x\n";
    for (above, line, notes) in [
        ("", 2, &[][..]),
        ("Phones of Oslo, Bergen\n\n", 4, &["line 1: above the header"][..]),
        ("Phones\n2026-11-20;;\n\n\n", 6, &["lines 1, 2: above the header"]),
        ("# made by hand, ask Kari\n", 3, &["line 1: a comment"]),
        ("# Model, see below\nPhones\n", 4, &["line 2: above the header", "line 1: a comment"]),
        ("sep=;\n", 3, &[]),
    ] {
        let inventory = read(format!("{above}{header_and_row}"));
        assert_eq!(lines(&inventory), [line], "{above:?}");
        assert_eq!(inventory.notes(), notes, "{above:?}");
        assert_eq!(inventory.delimiter(), b';');
        assert_eq!(inventory.columns().headers(), ["PID", "VID", "Note"]);
        assert!(inventory.broken_rows().is_empty());
    }
    // A header that nobody would look for so far below is none.
    let far = format!("{}{header_and_row}", "no phone\n".repeat(20));
    assert!(matches!(csv::read(far.as_bytes()), Err(InventoryError::NoColumn { found }) if found == ["no phone"]));
    // What the caller calls a column is a known column.
    let columns = [ChosenColumn::new(InventoryField::Pid, "Artikel")];
    let inventory = csv::read_with(b"Telefone\n\nArtikel,Ort\nCP-8841-K9=,Ulm\n", &columns).unwrap();
    assert_eq!((lines(&inventory), inventory.notes().len()), (vec![4], 1));
}

#[test]
fn a_line_in_front_says_the_delimiter_or_nothing() {
    for (first, delimiter) in
        [("sep=;", ';'), ("SEP=;", ';'), ("Sep=,", ','), ("sep=|", '|'), ("sep=\t", '\t'), ("sep=;;;", ';')]
    {
        for end in ["\n", "\r\n", "\r"] {
            // The header has more of another one.
            let text = format!("{first}{end}PID{delimiter}VID{delimiter}a,b;c{end}CP-8841-K9={delimiter}V05{end}");
            let inventory = read(&text);
            assert_eq!((inventory.delimiter(), lines(&inventory)), (delimiter as u8, vec![3]), "{text:?}");
            assert_eq!(inventory.columns().headers()[..2], ["PID", "VID"], "{text:?}");
            assert!(inventory.notes().is_empty(), "{text:?}");
        }
    }
    // What says no delimiter is told, and names no column.
    for first in ["sep=", "sep=\"", "sep=x", "SEP=:", "sep=;x", "separate=;"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("{first}{end}PID;VID;Note{end}CP-8841-K9=;V05;{end}");
            let inventory = read(&text);
            assert_eq!((inventory.delimiter(), lines(&inventory)), (b';', vec![3]), "{text:?}");
            assert_eq!(inventory.notes(), ["line 1: above the header"], "{text:?}");
        }
    }
}

#[test]
fn a_column_may_be_called_by_the_mark_of_comments() {
    let inventory = read("#,PID,VID\n1,CP-8841-K9=,V05\n# spares follow\n#2,CP-8841-K9=,V05\n#,\"CP\n8841\",V05\n");
    assert_eq!(lines(&inventory), [2, 4, 5]);
    assert_eq!(inventory.notes(), ["line 3: a comment"]);
    // A header behind the mark is one if there is no other.
    let inventory = read("# PID,VID\nCP-8841-K9=,V05\n#CP-7821-K9=,V05\n");
    assert_eq!(inventory.columns().read_from(InventoryField::Pid).collect::<Vec<_>>(), ["# PID"]);
    assert_eq!(lines(&inventory), [2, 3], "what lines up is a row, and nothing is guessed of it");
}

#[test]
fn comments_blank_rows_and_repeated_headers_are_told_and_are_no_phones() {
    let text = "PID,VID,Note\nCP-8841-K9=,V05,\n# a comment\n\n,,\npid , v i d,NOTE\nCP-7821-K9=,V01,\n \n#one, \"more\nCP-7841-K9=,V05,\n#,\",open\nTotal,3,\n";
    let inventory = read(text);
    assert_eq!(lines(&inventory), [2, 7, 10, 12], "a row of totals is a row: nobody can tell it from a phone");
    let notes = ["lines 3, 9, 11: a comment", "line 6: the header again", "lines 5, 8: no cell says anything"];
    assert_eq!(inventory.notes(), notes);
    let text = inventory.to_string();
    assert!(text.ends_with("\n  Notes\n    lines 3, 9, 11: a comment\n    line 6: the header again\n    lines 5, 8: no cell says anything\n"), "{text}");
}

#[test]
fn a_list_of_names_needs_no_header() {
    let names: Vec<_> = (10..30).map(|last| format!("SEP00CCFC1234{last}")).collect();
    let text = format!("{}\r\n\n# spares\n00:cc:fc:12:34:56\nreception\nSEP00B0D063C227,x\n", names.join("\n"));
    let inventory = read(text);
    assert_eq!(lines(&inventory), (1..=20).chain(23..=25).collect::<Vec<u64>>());
    assert_eq!(inventory.notes(), ["no header: every line is read as a MAC address", "line 22: a comment"]);
    let evidence: Vec<_> = inventory.fleet().rows().iter().map(|row| row.phone().mac_evidence().clone()).collect();
    assert!(evidence[..21].iter().all(|mac| mac.known().is_some()));
    assert_eq!(evidence[21].unreadable(), Some("reception"));
    assert_eq!(inventory.broken_rows()[0].to_string(), "line 25: 2 columns where the header has 1");
    // What Unified CM takes. The first name of the sample is of no phone, and still a line of a list.
    assert_eq!(lines(&read("SEP0123456789AB\nSEP00B0D063C226\n")), [1, 2]);
    // One odd line among the first makes it no list, so that the wrong file is not taken for one.
    assert!(csv::read(b"reception\nSEP00B0D063C226\n").is_err());
}

#[test]
fn a_file_that_is_cut_keeps_the_rows_before_the_cut() {
    let text = "PID,VID,Note\nCP-8841-K9=,V05,a\nCP-7821-K9=,V01,\"b, c\"\nCP-7841-K9=,V05,\"Z\u{fc}rich\"\n";
    let header = text.find('\n').unwrap_or_default();
    for end in header + 1..=text.len() {
        let whole = text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count() - 1;
        let inventory = read(&text.as_bytes()[..end]);
        let rows = inventory.fleet().rows();
        assert!(rows.len() == whole || rows.len() == whole + 1, "{end}: {} rows", rows.len());
        assert_eq!(rows[..whole], read(text).fleet().rows()[..whole], "{end}");
    }
}

#[test]
fn a_cell_that_is_too_long_spoils_its_row_only() {
    let long = "x".repeat(64 * 1024 + 1);
    let text = format!("PID,VID,Note\nCP-8841-K9=,V05,{long}\nCP-7821-K9=,V01,ok\n");
    let inventory = read(&text);
    assert_eq!(inventory.broken_rows()[0].to_string(), "line 2: a value of 65537 bytes; expected at most 65536");
    let product = inventory.fleet().rows()[0].phone().product().unreadable().map(str::len);
    assert!(product.is_some_and(|bytes| bytes < 200), "only the beginning is kept");
    assert!(inventory.fleet().rows()[1].phone().product().known().is_some());
    let requests = [Request::to(Destination::ThirdParty)];
    let out = results_wanted::of_csv(text.as_bytes(), RuleBook::guide(), &requests).unwrap().0;
    assert!(String::from_utf8_lossy(&out).contains(&long), "what is written back is whole");
    let exact = read(format!("PID,VID,Note\nCP-8841-K9=,V05,{}\n", &long[1..]));
    assert!(exact.broken_rows().is_empty());
}

/// Rows with a quote too many. It opens a cell; one that closes a cell, which another row opened, makes one row of them all,
/// as CSV is quoted.
const STRAY_QUOTES: &[&str] = &["\"CP|V05|x", "CP|\"V05|x", "CP|V05|\"x"];

/// A line of a generated file with `|` for the delimiter, and whether it is a phone.
fn any_line() -> impl Strategy<Value = (String, bool)> {
    prop_oneof![
        4 => "[A-Za-z0-9=-]{1,12}(\\|[A-Za-z0-9\u{e4}\u{f6}\u{fc} .]{0,8}){0,4}".prop_map(|line| (line, true)),
        1 => "[A-Z]{1,4}\\|\"[a-z]{1,4}\\|{0,2}\"\"[a-z]{1,3}\"(\\|[a-z]{0,4}){0,2}".prop_map(|line| (line, true)),
        1 => "[A-Z]{1,4}\\|13\" [a-z]{0,6}".prop_map(|line| (line, true)),
        1 => prop::sample::select(STRAY_QUOTES).prop_map(|line| (line.to_owned(), true)),
        // A quote at the end of a cell would close one that a row opened: then nobody can tell them from one cell.
        1 => "#[a-z ]{0,8}(\"[a-z]{1,3})?(\\|\"[a-z]{1,4})?".prop_map(|line| (line, false)),
        1 => prop::sample::select(vec!["PID|VID|Note", "pid | Vid |NOTE"]).prop_map(|line| (line.to_owned(), false)),
        1 => "[ |]{0,4}".prop_map(|line| (line, false)),
    ]
}

/// A file is read in the time that its bytes take, whatever its lines are: nothing is begun anew for each of them. No time is
/// asserted; with work for each line this test takes minutes, and whoever runs it sees that.
#[test]
fn no_line_takes_longer_than_its_bytes() {
    let two = |line: &str| line.repeat(300_000);
    for (lines, rows) in [
        (two("#\n"), 0),
        (two("#\nCP|V05|\n"), 300_000),
        (two("\"CP|V05|x\n"), 300_000),
        // Each of these would be one record with all lines below it.
        (format!("{}x\"\n", two("a\"b|\"c\n")), 300_001),
    ] {
        let inventory = read(format!("PID|VID|Note\n{lines}").replace('|', ","));
        assert_eq!(inventory.fleet().rows().len(), rows);
    }
}

proptest! {
    /// Whatever is wrong with a file, every row is a phone, in its line, and nothing else is one.
    #[test]
    fn every_row_of_a_broken_file_is_a_phone_and_no_other_line(
        lines in prop::collection::vec(any_line(), 0..30),
        delimiter in prop::sample::select(vec![",", ";", "\t"]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        encoding in prop::sample::select(Encoding::ALL),
        title in prop::sample::select(vec!["", "Phones; of, Oslo"]),
        unclosed in any::<bool>(),
    ) {
        let mut text: Vec<_> = lines.iter().map(|(line, _)| line.replace('|', delimiter)).collect();
        let header = ["PID", "VID", "Note"].join(delimiter);
        let above = if title.is_empty() { vec![header] } else { vec![title.to_owned(), String::new(), header] };
        let first = above.len() as u64 + 1;
        let phones = (first..).zip(&lines).filter(|(_, (_, is_phone))| *is_phone).map(|(line, _)| line);
        let mut expected: Vec<u64> = phones.collect();
        if unclosed {
            text.push(format!("CP-8841-K9={delimiter}\"V05"));
            expected.push(first + lines.len() as u64);
        }
        let file = encoded(&[above, text].concat().join(end), encoding);
        let inventory = read(&file);
        prop_assert_eq!(self::lines(&inventory), expected);
        let document = csv::read_document(&Document::new("a.csv", &file), &[]).unwrap();
        prop_assert_eq!(document.fleet().rows().len(), inventory.fleet().rows().len());
        prop_assert_eq!(document.rows_read(), inventory.fleet().rows().len() as u64);
    }

    /// The three ways to read a file agree, whatever its bytes are.
    #[test]
    fn all_readers_of_a_file_agree(bytes in any::<Vec<u8>>(), head in "(Phones\n)?(PID,VID\n|#,PID\n)?(SEP00B0D063C226\n)?#?") {
        let bytes = [head.as_bytes(), &bytes].concat();
        let request = Request::to(Destination::ThirdParty);
        let options = AuditOptions::default().text(TextLayout::Utf8);
        let streamed = columnar::audit_csv(bytes.clone(), RuleBook::guide(), &request, &options);
        let document = csv::read_document(&Document::new("a.csv", &bytes), &[]);
        match csv::read(&bytes) {
            Ok(inventory) => {
                let rows = inventory.fleet().rows().len();
                prop_assert_eq!(streamed.unwrap().map(|batch| batch.unwrap().num_rows()).sum::<usize>(), rows);
                prop_assert_eq!(document.unwrap().fleet().rows().len(), rows);
            }
            Err(error) => {
                prop_assert!(streamed.is_err());
                prop_assert_eq!(document.unwrap_err(), error);
            }
        }
    }
}
