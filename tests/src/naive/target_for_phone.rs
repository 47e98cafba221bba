//! What a target is (2.6), and what it means for one phone.

use super::read::{Load, Release, read_load, read_release};

/// 2.6: what the caller chose, or the book's own.
pub(super) enum Target {
    Own,
    Release(Release),
    Loads(Vec<Load>),
}

/// What a target means for one phone.
#[derive(Clone)]
pub(super) enum Served {
    /// The target serves this release, by this load if one was named.
    With(Release, Option<Load>),
    /// 2.6: the target does not serve the family (CG312), or the book has no own load.
    Not,
}

/// 2.6: "`target` is a release, a load, or one load per family."
pub(super) fn read_target(text: Option<&str>) -> Target {
    let text = text.unwrap_or("").trim();
    let loads: Vec<Load> = text.split(',').filter_map(read_load).collect();
    match read_release(text) {
        _ if !loads.is_empty() => Target::Loads(loads),
        Some(release) => Target::Release(release),
        None => Target::Own,
    }
}

impl Target {
    /// 4: "what the caller chose, canonical, or null"
    pub(super) fn canonical(&self) -> Option<String> {
        match self {
            Target::Own => None,
            Target::Release(release) => Some(release.display()),
            Target::Loads(loads) => {
                let names: Vec<&str> = loads.iter().map(|load| load.name.as_str()).collect();
                Some(names.join(","))
            }
        }
    }
}
