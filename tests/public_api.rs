//! What the crate `crossgrade` exports, compared with a list that is checked in: a change of the Rust face is seen in review.
//!
//! The list is made of rustdoc's JSON, whose format differs from compiler to compiler. Where the crate `public-api` reads
//! another one, or rustdoc refuses, the test says so and is skipped; CROSSGRADE_REQUIRE_TOOLS=1 makes that an error.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use public_api::PublicItem;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/public_api.txt");

/// The JSON of rustdoc for all features, in a target folder of its own: the bootstrap variable is part of the fingerprint
/// of every dependency.
fn rustdoc_json() -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public-api");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let done = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "rustdoc",
            "--locked",
            "--offline",
            "-q",
            "-p",
            "crossgrade",
            "--lib",
            "--all-features",
            "--manifest-path",
        ])
        .arg(manifest)
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Zunstable-options", "--output-format=json", "--cap-lints=allow"])
        // rustdoc of a stable toolchain writes JSON too, if it is told that this is meant.
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !done.status.success() {
        return Err(format!("rustdoc gives no JSON: {}", String::from_utf8_lossy(&done.stderr)));
    }
    Ok(target.join("doc/crossgrade.json"))
}

fn exported() -> Result<String, String> {
    let json = rustdoc_json()?;
    let api = public_api::Builder::from_rustdoc_json(json)
        .sorted(true)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .map_err(|error| format!("public-api does not read it: {error}"))?;
    let is_impl_of_trait = |line: &str| line.starts_with("impl") && line.contains(" for ");
    // What such an impl holds follows from its line.
    let impls: HashSet<_> =
        api.items().filter(|item| is_impl_of_trait(&item.to_string())).map(|item| item.id()).collect();
    let of_impl = |item: &&PublicItem| item.parent_id().is_some_and(|parent| impls.contains(&parent));
    // An impl is listed with each of its types.
    let mut listed = HashSet::new();
    let lines = api.items().filter(|item| !of_impl(item)).map(|item| item.to_string());
    let lines = lines.filter(|line| !line.contains("core::marker::StructuralPartialEq for "));
    let lines: Vec<String> = lines.filter(|line| listed.insert(line.clone())).collect();
    Ok(lines.join("\n") + "\n")
}

#[test]
fn what_the_crate_exports_is_listed() {
    let found = match exported() {
        Ok(found) => found,
        Err(why) if std::env::var_os("CROSSGRADE_REQUIRE_TOOLS").is_some_and(|required| required == "1") => {
            panic!("{why}")
        }
        Err(why) => return eprintln!("public_api: SKIPPED: {why}"),
    };
    if std::env::var_os("UPDATE").is_some() {
        fs::write(LIST, &found).expect("the list can be written");
    }
    let listed = fs::read_to_string(LIST).unwrap_or_default();
    let gone: Vec<_> = listed.lines().filter(|line| !found.lines().any(|other| other == *line)).collect();
    let new: Vec<_> = found.lines().filter(|line| !listed.lines().any(|other| other == *line)).collect();
    assert!(
        found == listed,
        "the public API is not the one that is listed. Gone:\n{}\nNew:\n{}\nTell it in CHANGELOG.md, and write the list: \
         UPDATE=1 cargo test -p crossgrade-tests --test public_api",
        gone.join("\n"),
        new.join("\n"),
    );
}
