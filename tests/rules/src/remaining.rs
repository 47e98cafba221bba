//! What a change of the rules needs beside: told in words, because only a person can read the document twice.

use std::process::Command;

use crate::cargo::root;

/// Files that a person writes, and what for.
const BY_HAND: &[(&[&str], &str)] = &[
    (
        &["tests/src/naive", "tests/data/load_names.tsv"],
        "write the rule a second time, from the document: tests/src/naive/tables.rs, for loads tests/data/load_names.tsv",
    ),
    (&["tests/cases"], "add a case on each side of the rule: tests/cases"),
    (&["CHANGELOG.md"], "add a line with the ids of the rows: CHANGELOG.md"),
];

pub(crate) fn tell() {
    let changed = changed();
    let list = |title: &str, lines: &[String]| {
        println!("\n{title}");
        lines.iter().for_each(|line| println!("  {line}"));
    };
    if !changed.is_empty() {
        list("Changed since the last commit:", &changed);
    }
    let is_touched = |path: &str| changed.iter().any(|file| file.starts_with(path));
    if ["core/data/guide.toml", "core/data/field.toml"].into_iter().any(is_touched) {
        let missing: Vec<String> = BY_HAND
            .iter()
            .filter(|(paths, _)| !paths.iter().copied().any(is_touched))
            .map(|(_, what)| (*what).to_owned())
            .collect();
        match missing.is_empty() {
            true => println!("\nRule, naive implementation, case and CHANGELOG are all touched."),
            false => list("By hand, if the rule answers otherwise than before:", &missing),
        }
    }
    let tests = [
        "cargo test --profile quick -p crossgrade --all-features --lib",
        "cargo test --profile quick -p crossgrade-tests --test corpus --test rulebook --test docs --test documents --test targets",
        "cargo test --profile quick -p crossgrade-tests --test whole_domain at_once",
        "cargo test --profile quick -p crossgrade-tests --test overlay -- accepted:: conditions:: digests::field refused::",
        "tests/run                 everything, also the whole domain and what pages quote",
    ];
    list("Then run (tests/README.md tells which tests notice what):", &tests.map(str::to_owned));
}

/// The files that differ from the last commit, new ones with them.
fn changed() -> Vec<String> {
    let status = Command::new("git").args(["status", "--porcelain", "-uall"]).current_dir(root()).output();
    let text = status.map(|status| String::from_utf8_lossy(&status.stdout).into_owned()).unwrap_or_default();
    text.lines().filter_map(|line| line.get(3..)).map(|path| path.trim_matches('"').to_owned()).collect()
}
