//! What an element says, before anybody knows what it is.

use crate::inventory::limits;

/// The text of an element; of more than is read, the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    Text(String),
    TooLong { beginning: String, found: usize },
}

impl Heard {
    pub(super) fn new(text: &str) -> Self {
        match text.len() {
            ..=limits::CELL => Self::Text(text.to_owned()),
            found => Self::TooLong { beginning: limits::beginning(text), found },
        }
    }

    /// The same with another piece of the text, which other elements part from the first.
    pub(super) fn and(self, more: Self) -> Self {
        match (self, more) {
            (Self::Text(before), Self::Text(more)) if before.len() + 1 + more.len() <= limits::CELL => {
                let mut text = before;
                text.push(' ');
                text.push_str(&more);
                Self::Text(text)
            }
            (before, more) => {
                let found = before.len() + 1 + more.len();
                let beginning = match before {
                    Self::Text(text) => limits::beginning(&format!("{text} {}", more.text())),
                    Self::TooLong { beginning, .. } => beginning,
                };
                Self::TooLong { beginning, found }
            }
        }
    }

    /// What is kept of it.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::TooLong { beginning: text, .. } => text,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::TooLong { found, .. } => *found,
        }
    }
}

/// All that an entry of a list of devices says: the names of its elements and their texts, in order.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// How many bytes they have.
    size: usize,
    /// The first of them, with blanks between.
    text: String,
}

impl Entry {
    pub(super) fn hear(&mut self, text: &str, size: usize) {
        self.size += size;
        if self.text.len() < limits::KEPT && !text.is_empty() {
            let blank = if self.text.is_empty() { "" } else { " " };
            self.text.extend(blank.chars().chain(text.chars().take(limits::KEPT)));
        }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_one_text_until_it_is_too_long() {
        let text = |text: &str| Heard::new(text);
        assert_eq!(text("a").and(text("b")), text("a b"));
        let half = "x".repeat(limits::CELL / 2);
        let whole = format!("{half} {half}");
        assert_eq!(text(&half).and(text(&half)), text(&whole));
        let found = whole.len() + 2;
        assert_eq!(
            text(&half).and(text(&half)).and(text("y")),
            Heard::TooLong { beginning: limits::beginning(&whole), found }
        );
    }
}
