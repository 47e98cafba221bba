//! A CSV text that ends in the middle of a row is told as one that broke off, whoever reads it.

use crossgrade::exports::results::{ResultsOptions, csv_to_csv};
use crossgrade::inventory::{Document, csv};
use crossgrade::{Destination, Request, RuleBook};
use proptest::prelude::*;

/// What each reader says of the end: all the same.
fn cut(text: &str) -> Option<String> {
    let inventory = csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    let told = inventory.cut().map(ToString::to_string);
    let document = Document::new("export.csv", text.as_bytes());
    let of_document = csv::read_document(&document, &[]).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(of_document.cuts().map(|(_, error)| error.to_string()).next(), told, "{text:?}");
    assert_eq!(of_document.fleet().rows().len(), inventory.fleet().rows().len(), "{text:?}");
    let requests = [Request::to(Destination::ThirdParty)];
    let options = ResultsOptions::default();
    let audit = csv_to_csv(text.as_bytes(), RuleBook::guide(), &requests, &options, std::io::sink());
    let audit = audit.unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(audit.reading().cut().map(ToString::to_string), told, "{text:?}");
    // Whoever names the file finds its name in every line about it.
    let report = audit.reading().named(&"export.csv").to_string();
    assert!(told.iter().all(|told| report.contains(&format!("\n    export.csv: {told}\n"))), "{report}");
    let broken = audit.reading().broken_rows().iter();
    assert!(broken.take(20).all(|row| report.contains(&format!("\n    export.csv {row}\n"))), "{report}");
    told
}

#[test]
fn what_ends_within_a_row_is_told() {
    let within_row = |line| Some(format!("inventory: line {line}: the file ends within this row"));
    let within_quotes =
        |line| Some(format!("inventory: line {line}: the file ends within a cell whose quote is never closed"));
    for (text, told) in [
        ("PID,VID,Note\nCP-7821-K9=,V03,a\nCP-7821-K9=,V", within_row(3)),
        ("PID,VID,Note\nCP-7821-K9=", within_row(2)),
        ("PID,VID,Note\r\nCP-7821-K9=,V03,a\r\nCP-7821-K9=,V03", within_row(3)),
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a", within_quotes(2)),
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a\n", within_quotes(2)),
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a\nb\n\nc, d\ne", within_quotes(2)),
        ("PID,VID,Note\nCP-7821-K9=,V03\n# exported 2026\nCP-7821-K9=", within_row(4)),
        ("PID,VID,Note\nCP-7821-K9=,V03\nPID,VID", within_row(3)),
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a\n# exported 2026", within_quotes(2)),
        // Whole files, some with a row that is broken.
        ("PID,VID,Note\nCP-7821-K9=,V03,a\nCP-7821-K9=,V03\n", None),
        ("PID,VID,Note\nCP-7821-K9=,V03,a\nCP-7821-K9=,V03,a", None),
        ("PID,VID,Note\nCP-7821-K9=,V03,a\nCP-7821-K9=,V03,a,b", None),
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a\nCP-7821-K9=,V03,a\n", None),
        ("PID,VID,Note\nCP-7821-K9=,V03,3\"\nCP-7821-K9=,V03,3\"", None),
        ("PID,VID,Note\n", None),
        // Behind a short row stand lines that are no rows: it is complete, as is the file.
        ("PID,VID,Note\nCP-7821-K9=,V03\n# exported 2026", None),
        ("PID,VID,Note\r\nCP-7821-K9=,V03\r\n# exported 2026", None),
        ("PID,VID,Note\nCP-7821-K9=,V03\n  ", None),
        ("PID,VID,Note\nCP-7821-K9=,V03\n,", None),
        ("PID,VID,Note\nCP-7821-K9=,V03\n,,", None),
        ("PID,VID,Note\nCP-7821-K9=,V03\nPID,VID,Note", None),
        // The header stands within no quotes.
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a\nPID,VID,Note\n", None),
        ("PID,VID,Note\nCP-7821-K9=,V03,\"a\nPID,VID,Note", None),
    ] {
        assert_eq!(cut(text), told, "{text:?}");
    }
}

#[test]
fn a_file_of_a_fleet_that_ends_within_quotes_is_told() {
    let fleet = csv::read(b"PID,VID\nCP-7821-K9=,V03\n").expect("a table").fleet().clone();
    let file = crossgrade::exports::fleet::to_csv(&fleet).expect("a table");
    let text = String::from_utf8(file).expect("UTF-8");
    assert_eq!(cut(&text), None);
    assert!(cut(&format!("{text}\"SEP00CCFC123456\nmore\n")).is_some());
}

proptest! {
    /// Only the last line can be cut: behind the end of a short row, a line that is no row says nothing of a cut.
    #[test]
    fn lines_that_are_no_rows_are_no_cut(
        rows in prop::collection::vec(prop::sample::select(vec!["CP-7821-K9=", "CP-7821-K9=,V03", "CP-7821-K9=,V03,a"]), 1..5),
        others in prop::collection::vec(prop::sample::select(vec!["# exported, 2026", "#", "  ", "\t", ",", ",,", "PID,VID,Note", ""]), 0..4),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let lines: Vec<&str> = std::iter::once("PID,VID,Note").chain(rows.iter().copied()).chain(others.iter().copied()).collect();
        let text = lines.join(end);
        let is_cut = others.is_empty() && rows.last().is_some_and(|row| row.matches(',').count() < 2);
        prop_assert_eq!(cut(&text).is_some(), is_cut, "{:?}", text);
        prop_assert_eq!(cut(&format!("{text}{end}")), None);
    }

    /// Cut anywhere, a file is told as cut wherever that can be seen: cells are missing, or a quote is open.
    #[test]
    fn a_file_that_is_cut_is_told(
        // No line of a note lines up with the header.
        notes in prop::collection::vec("[a-z \n]{0,12}", 1..6),
        place in any::<prop::sample::Index>(),
    ) {
        let header = "PID,VID,Note\n";
        let rows: Vec<String> = notes.iter().map(|note| format!("CP-7821-K9=,V03,\"{note}\"\n")).collect();
        let text = format!("{header}{}", rows.concat());
        prop_assert_eq!(cut(&text), None);
        let at = header.len() + 1 + place.index(text.len() - header.len() - 1);
        let mut begin = header.len();
        for row in &rows {
            let end = begin + row.len();
            if (begin..end).contains(&at) && at > begin {
                let is_whole = at >= end - 1;
                let told = cut(&text[..at]);
                // Before the quote, all three cells are there.
                let is_before_quote = at == begin + "CP-7821-K9=,V03,".len();
                prop_assert!(is_before_quote || told.is_some() != is_whole, "{:?}: {:?}", &text[..at], told);
            }
            begin = end;
        }
    }
}

#[test]
fn lines_that_end_as_no_csv_does_are_refused_by_name() {
    for (end, name) in [("\u{2028}", "U+2028"), ("\u{2029}", "U+2029"), ("\u{85}", "U+0085")] {
        let expected =
            format!("inventory: a text whose lines end with {name}; expected lines that end with LF, CR LF or CR");
        for lines in [
            "PID,VID|CP-8841-K9=,V05|CP-7821-K9=,V03|",
            "PID|CP-8841-K9=|\r\n",
            "SEP00CCFC000001|SEP00CCFC000002",
            "sep=,\nPID,VID|CP-8841-K9=,V05|",
            "PID,VID|CP-8841-K9=,V05|\n#end\n",
            "# of 2026\rPID,VID|CP-8841-K9=,V05|\r\n,\r\n",
            "#PID,VID|CP-8841-K9=,V05|\n#end\n",
            "sep=,\nSEP00CCFC000001|SEP00CCFC000002\n",
        ] {
            let text = lines.replace('|', end);
            assert_eq!(csv::read(text.as_bytes()).unwrap_err().to_string(), expected);
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(csv::read(&[b"\xff\xfe", &*units].concat()).unwrap_err().to_string(), expected);
        }
        // In a text of lines they are letters.
        for line_end in ["\n", "\r\n", "\r"] {
            let text = format!("PID,Description{line_end}CP-8841-K9=,one{end}two{line_end}");
            let inventory = csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((inventory.fleet().rows().len(), inventory.broken_rows().len()), (1, 0), "{text:?}");
            let text = format!("Of{end}2026{line_end}PID,Name{end}of it{line_end}CP-8841-K9=,one{line_end}");
            let inventory = csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((inventory.fleet().rows().len(), inventory.broken_rows().len()), (1, 0), "{text:?}");
        }
        let error = csv::read(format!("Of{end}2026,\nFirst,Last\n").as_bytes()).unwrap_err().to_string();
        assert!(error.contains(name), "{error}");
        let wide = format!("PID,VID{end}{}", format!("CP-8841-K9=,V05{end}").repeat(5000));
        assert_eq!(csv::read(wide.as_bytes()).unwrap_err().to_string(), expected);
    }
}
