//! How long a text of a cell may be, and what is kept of a longer one.

/// Bytes of a cell, an element or a value.
pub(crate) const LONGEST_CELL: usize = 64 << 10;

/// Characters that are kept of a text that is only shown, such as a value that is too long.
pub(crate) const KEPT: usize = 100;

/// The first of a text that is too long, with a sign that more follows: nobody can read it as anything.
pub(crate) fn beginning(text: &str) -> String {
    text.chars().take(KEPT).chain(['\u{2026}']).collect()
}
