//! Prints the corpus as lines for programs in other languages.
//!
//! `corpus_lines questions`: the fields of each question, separated by tabs, `\N` for absent, then the rule book
//! (`guide`, `field`, or a day for `field` as of it), then field, text and place of all that is said more than once (read
//! by tests/c/corpus.c).
//! `corpus_lines answers`: name and JSON as Rust answers, to compare with C and Python byte for byte; the error, where the
//! target is refused.

use crossgrade_tests::corpus_cases::{self, Case, Refusal};

fn question(case: &Case) -> String {
    let phone = &case.phone;
    let fields = [
        &phone.pid,
        &phone.vid,
        &phone.mac,
        &phone.serial,
        &phone.load,
        &phone.release,
        &phone.firmware_type,
        &phone.authorization,
    ];
    let texts = std::iter::once(&case.target).chain(fields).map(|text| text.as_deref().unwrap_or("\\N"));
    let head = [case.name.as_str(), case.to.as_str()];
    let said = case.said.iter().flat_map(|(field, pairs)| {
        pairs.iter().flat_map(move |(text, place)| [field.as_str(), text.as_str(), place.as_str()])
    });
    let line: Vec<&str> = head.into_iter().chain(texts).chain([case.rulebook()]).chain(said).collect();
    assert!(line.iter().all(|text| !text.contains(['\t', '\n'])), "{}: a field holds a tab or newline", case.name);
    line.join("\t")
}

fn answer(case: &Case) -> String {
    format!("{}\t{}", case.name, case.answer())
}

/// About no phone: the target alone is refused.
fn refused_question(refusal: &Refusal) -> String {
    let phone = ["\\N"; 8];
    [&[refusal.name.as_str(), &refusal.to, &refusal.target][..], &phone, &[refusal.rulebook()]].concat().join("\t")
}

fn refusal(refusal: &Refusal) -> String {
    format!("{}\t{}", refusal.name, refusal.error())
}

fn main() {
    type Lines = (fn(&Case) -> String, fn(&Refusal) -> String);
    let (line, refused): Lines = match std::env::args().nth(1).as_deref() {
        Some("questions") => (question, refused_question),
        Some("answers") => (answer, refusal),
        _ => panic!("usage: corpus_lines questions|answers"),
    };
    corpus_cases::load().iter().for_each(|case| println!("{}", line(case)));
    corpus_cases::refused().iter().for_each(|refusal| println!("{}", refused(refusal)));
}
