//! The checked-in header is what these files say, complete and documented.

use std::path::Path;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn generated() -> String {
    let config = cbindgen::Config::from_file(folder().join("cbindgen.toml")).expect("cbindgen.toml");
    let builder = cbindgen::Builder::new().with_crate(folder()).with_config(config);
    let mut header = Vec::new();
    builder.generate().expect("a header").write(&mut header);
    // Doxygen calls for the C reader; `# Safety` is for the Rust one and says what the conventions on top say.
    let text = String::from_utf8(header).expect("UTF-8");
    without_safety_sections(&text)
}

/// Drops the `# Safety` section of every comment.
fn without_safety_sections(header: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut is_skipping = false;
    for line in header.lines() {
        if line.trim() == "* # Safety" {
            is_skipping = true;
            // The empty line of the comment before the section.
            if lines.last().is_some_and(|last| last.trim() == "*") {
                lines.pop();
            }
        }
        is_skipping &= line.trim() != "*/";
        if !is_skipping {
            lines.push(line);
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn header_is_up_to_date() {
    let path = folder().join("include/crossgrade.h");
    let expected = generated();
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, expected).expect("include/crossgrade.h");
        return;
    }
    panic!("include/crossgrade.h is not what src/ says; run `UPDATE=1 cargo test -p crossgrade-capi header`");
}

#[test]
fn header_versions_are_those_of_the_package() {
    let header = generated();
    let define = |name: &str| {
        let line = header.lines().find(|line| line.starts_with(&format!("#define {name} ")));
        line.and_then(|line| line.split_whitespace().nth(2)).unwrap_or_default().trim_matches('"').to_owned()
    };
    let parts = ["CG_VERSION_MAJOR", "CG_VERSION_MINOR", "CG_VERSION_PATCH"].map(define);
    assert_eq!(parts.join("."), env!("CARGO_PKG_VERSION"));
    assert_eq!(define("CG_VERSION"), env!("CARGO_PKG_VERSION"));
    let [major, minor, patch] = parts.map(|part| part.parse::<u32>().expect("a number"));
    assert_eq!(define("CG_VERSION_NUMBER"), (major * 1_000_000 + minor * 1_000 + patch).to_string());
}

#[test]
fn every_function_and_type_of_the_header_has_a_comment() {
    let header = generated();
    let lines: Vec<&str> = header.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let is_declared = line.starts_with("typedef") || (line.contains(" cg_") && line.contains('('));
        if !is_declared || line.starts_with([' ', '#', '}', '/', '*']) {
            continue;
        }
        assert!(lines[index - 1].trim().ends_with("*/"), "no comment above: {line}");
    }
}
