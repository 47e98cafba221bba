//! Files that are written by a test and checked in.

use std::path::{Path, PathBuf};

/// The checked-in file must be what the data says; with `UPDATE=1` it is rewritten.
#[track_caller]
pub(crate) fn compare(path: &Path, expected: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, expected).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    panic!("{} is not what core/data says; run `cargo rules` and look at the diff", path.display());
}

pub(crate) fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
