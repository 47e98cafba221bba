//! What `docs/architecture.md` names is there.

use crate::house_sources::{read_text, root};

const PAGE: &str = "docs/architecture.md";

/// The beginnings of paths from the root of the repository.
const FOLDERS: [&str; 6] = ["core/", "ffi-c/", "py/", "tests/", "docs/", "examples/"];

/// The paths in code marks, also within a command, and the targets of links, which start at `docs`.
fn paths(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for code in page.split('`').skip(1).step_by(2) {
        let words = code.split_whitespace().filter(|word| FOLDERS.iter().any(|folder| word.starts_with(folder)));
        found.extend(words.map(str::to_owned));
    }
    for target in page.split("](").skip(1) {
        let target = target.split([')', '#']).next().unwrap_or_default();
        if !target.is_empty() && !target.contains("://") {
            found.push(format!("docs/{target}"));
        }
    }
    found
}

/// Those of `paths` that do not exist below the root.
fn missing(page: &str) -> Vec<String> {
    paths(page).into_iter().filter(|path| !root().join(path).exists()).collect()
}

#[test]
fn every_path_of_the_page_exists() {
    let page = read_text(PAGE);
    assert!(paths(&page).len() > 20, "{PAGE} names few paths: the test reads it wrongly");
    assert_eq!(missing(&page), Vec::<String>::new(), "{PAGE} names what is not there");
}

#[test]
fn a_wrong_path_is_noticed() {
    let page = "See `core/src/lib.rs`, `tests/run`, `cargo test` and `core/src/nothing.rs`, [here](nowhere.md#words) or \
                [there](index.md).";
    assert_eq!(missing(page), ["core/src/nothing.rs", "docs/nowhere.md"]);
}
