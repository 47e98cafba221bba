//! The labels under which pages show what they say, in any language.

use super::page_field::PageField;
use super::page_languages;

/// The same for what a page shows to people, in any language: an Enterprise phone shows its version ID as `Version`, and
/// people call it `VID`.
pub(super) fn shown_as(label: &str) -> Option<PageField> {
    if ["version", "vid"].iter().any(|name| label.eq_ignore_ascii_case(name)) {
        return Some(PageField::VersionId);
    }
    PageField::named(label).or_else(|| page_languages::labeled(label))
}

/// Whether a line with this label may be of a phone: other texts say a `Version` too.
#[cfg(feature = "inventory")]
pub(super) fn is_shown_by_phones(label: &str) -> bool {
    match shown_as(label) {
        None | Some(PageField::OfMpp) => false,
        Some(PageField::VersionId) => PageField::named(label).is_some(),
        Some(_) => true,
    }
}
