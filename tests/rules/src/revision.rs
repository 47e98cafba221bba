//! The revision rises whenever a row changes, which digests tell: comments and spelling do not count.

use std::process::Command;

use crate::cargo::root;

const GUIDE: &str = "core/data/guide.toml";
const BAKED: &str = "core/src/rulebook/baked.rs";

/// The old and the new revision, if rows changed since the last commit and the revision had not.
pub(crate) fn raise_if_rows_changed() -> Result<Option<(String, String)>, String> {
    let Some(committed) = committed(BAKED) else {
        println!("No commit to compare with: raise the revision in {GUIDE} by hand if rows changed.");
        return Ok(None);
    };
    let baked = read(BAKED)?;
    // A baked file of another layout has no digests that could be compared.
    if digests(&committed).is_empty() || digests(&committed) == digests(&baked) {
        return Ok(None);
    }
    let (old, guide) = (self::committed(GUIDE).unwrap_or_default(), read(GUIDE)?);
    let Some(revision) = revision(&guide).filter(|revision| self::revision(&old) == Some(revision)) else {
        return Ok(None);
    };
    let next = next(revision).ok_or(format!("{GUIDE}: revision {revision}: expected three numbers"))?;
    let (was, is) = (format!("\nrevision = \"{revision}\"\n"), format!("\nrevision = \"{next}\"\n"));
    std::fs::write(root().join(GUIDE), guide.replace(&was, &is)).map_err(|error| format!("{GUIDE}: {error}"))?;
    Ok(Some((revision.to_owned(), next)))
}

/// A file as it is in the last commit, if there is one.
fn committed(path: &str) -> Option<String> {
    let shown = Command::new("git").args(["show", &format!("HEAD:{path}")]).current_dir(root()).output().ok()?;
    shown.status.success().then(|| String::from_utf8_lossy(&shown.stdout).into_owned())
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

/// The texts of 64 digits, one for each date of the books.
fn digests(baked: &str) -> Vec<&str> {
    let is_digest = |text: &&str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    baked.split('"').filter(is_digest).collect()
}

fn revision(guide: &str) -> Option<&str> {
    guide.lines().find_map(|line| line.strip_prefix("revision = \"")?.strip_suffix('"'))
}

fn next(revision: &str) -> Option<String> {
    let (before, last) = revision.rsplit_once('.')?;
    Some(format!("{before}.{}", last.parse::<u32>().ok()?.checked_add(1)?))
}
