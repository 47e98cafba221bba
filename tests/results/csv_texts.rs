//! CSV that is quoted properly, and CSV that is not.

use crossgrade::inventory::csv;
use crossgrade::{Destination, Fleet, Phone, Request, RuleBook, Verdict, exports};

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
    let delimiters = ",".repeat(15);
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
