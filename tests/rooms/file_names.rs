//! A file is found by its name: no two files of a crate share one.

use std::collections::BTreeMap;

/// Every folder may have one of these.
const MAY_REPEAT: [&str; 3] = ["mod.rs", "lib.rs", "main.rs"];

pub(crate) fn repeated(crate_folder: &str, files: &[String]) -> Vec<String> {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files {
        let name = file.rsplit('/').next().unwrap_or(file);
        by_name.entry(name).or_default().push(file);
    }
    let repeated = by_name.into_iter().filter(|(name, files)| files.len() > 1 && !MAY_REPEAT.contains(name));
    repeated
        .map(|(name, files)| format!("{crate_folder} has {name} {} times: {}", files.len(), files.join(", ")))
        .collect()
}
