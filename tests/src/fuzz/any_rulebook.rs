//! Any text as a rule book and as an overlay: no panic, no hang, bounded memory; what is accepted answers.

use crossgrade::{Destination, Phone, RuleBook};

/// Reads the text in every way; tells whether it was a book or an overlay.
pub fn run(text: &str) -> bool {
    let books = [RuleBook::from_toml(text), RuleBook::guide().overlay(text), RuleBook::field().overlay(text)];
    let mut is_book = false;
    for outcome in books {
        match outcome {
            Ok(book) => {
                is_book = true;
                answers(&book);
            }
            Err(error) => assert!(!error.problems().is_empty() && error.problems().len() <= 1001, "{error}"),
        }
    }
    is_book
}

/// A book that was accepted answers every question.
fn answers(book: &RuleBook) {
    assert_eq!(book.digest().len(), 64);
    for pid in ["CP-7821-K9=", "CP-8851NR-K9=", "CP-8841-3PCC-K9="] {
        for destination in Destination::ALL {
            let phone = Phone::new(pid).vid("V14").load("sip88xx.14-2-1-0101-26");
            assert!(!book.assess(&phone, *destination).to_json().is_empty());
        }
    }
    assert!(!RuleBook::guide().diff(book).to_json().is_empty());
    assert!(book.explain("7821").is_ok());
}
