//! Prints the corpus of documents for programs in other languages.
//!
//! `document_lines questions FOLDER`: writes each file into the folder, and prints a line for each case: its name, the
//! destination, then for each file its name and where it was written, separated by tabs (read by tests/c/documents.c).
//! `document_lines answers`: the lines that Rust answers, to compare with C and Python byte for byte.

use std::path::Path;

use crossgrade_tests::source_documents::{self, Case};

fn question(folder: &Path, number: usize, case: &Case) -> String {
    let mut line = vec![case.name.clone(), case.to.clone()];
    for (part, file) in case.file.iter().enumerate() {
        let path = folder.join(format!("{number}-{part}"));
        std::fs::write(&path, file.bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        line.extend([file.name.clone(), path.display().to_string()]);
    }
    assert!(line.iter().all(|text| !text.contains(['\t', '\n'])), "{}: a name holds a tab or newline", case.name);
    line.join("\t")
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let cases = source_documents::load();
    match &*arguments.iter().map(String::as_str).collect::<Vec<_>>() {
        ["questions", folder] => {
            let folder = Path::new(folder);
            let lines = cases.iter().enumerate().map(|(number, case)| question(folder, number, case));
            lines.for_each(|line| println!("{line}"));
        }
        ["answers"] => cases.iter().flat_map(Case::lines).for_each(|line| println!("{line}")),
        _ => panic!("usage: document_lines questions FOLDER | answers"),
    }
}
