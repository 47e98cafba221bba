//! Which files are read, and where they stand.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::declared_modules::Tree;

/// The folders whose modules are looked at. Each is the source of one crate.
pub(crate) const TREES: [&str; 5] = ["core/src", "ffi-c/src", "ffi-c/arrow-in/src", "py/src", "tests/src"];

/// The crates whose files have names of their own: the folder, and the folders in it that stand apart, as crates of their
/// own or as programs.
const CRATES: [(&str, &[&str]); 5] = [
    ("core", &["core/benches"]),
    ("ffi-c", &["ffi-c/arrow-in"]),
    ("ffi-c/arrow-in", &[]),
    ("py", &[]),
    ("tests", &["tests/fuzz", "tests/instructions", "tests/rules", "tests/src/bin"]),
];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand below the root").to_owned()
}

#[track_caller]
pub(crate) fn read_text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Rust file below `folder`, as a path from the root, sorted.
fn rust_files(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && name != "target" => files.extend(rust_files(&path)),
            Ok(kind) if kind.is_file() && name.ends_with(".rs") => files.push(path),
            _ => {}
        }
    }
    files.sort();
    files
}

fn tree(folder: &str) -> Tree {
    // A program beside the library is another crate.
    let files = rust_files(folder).into_iter().filter(|file| !file.starts_with(&format!("{folder}/bin/")));
    let texts: Vec<(String, String)> =
        files.map(|file| (file[folder.len() + 1..].to_owned(), read_text(&file))).collect();
    Tree::read(folder, texts.iter().map(|(file, text)| (&**file, &**text))).unwrap_or_else(|error| panic!("{error}"))
}

static ALL: LazyLock<[Tree; TREES.len()]> = LazyLock::new(|| TREES.map(tree));

pub(crate) fn trees() -> &'static [Tree] {
    &*ALL
}

fn of_folder(folder: &str) -> &'static Tree {
    trees().iter().find(|tree| tree.folder == folder).unwrap_or_else(|| panic!("{folder} is not looked at"))
}

pub(crate) fn core_tree() -> &'static Tree {
    of_folder("core/src")
}

/// The two faces, with the name of the folder that they stand in.
pub(crate) fn faces() -> [(&'static str, &'static Tree); 2] {
    [("ffi-c", of_folder("ffi-c/src")), ("py", of_folder("py/src"))]
}

pub(crate) fn crates_with_files() -> Vec<(&'static str, Vec<String>)> {
    let files_of = |(folder, apart): (&'static str, &[&str])| {
        let stands_apart = |file: &str| apart.iter().any(|other| file.starts_with(&format!("{other}/")));
        (folder, rust_files(folder).into_iter().filter(|file| !stands_apart(file)).collect())
    };
    CRATES.map(files_of).into()
}
