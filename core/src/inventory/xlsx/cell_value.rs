//! What stands in a cell beside the value that calamine reads of it.

use crate::inventory::limits;
use crate::text::trim;

/// What a cell is made of.
#[derive(Debug, Default)]
pub(super) struct CellParts {
    kind: Kind,
    formula: Option<String>,
    /// How many values it has, read or not.
    values: usize,
    /// The beginning of all texts but that of the formula.
    raw: String,
    /// Texts of the value that calamine reads, and those that it passes over.
    read: usize,
    passed_over: usize,
}

/// What a cell says of its type.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A number, or whatever else: calamine reads the first piece of its text.
    #[default]
    Plain,
    /// The number of a shared text.
    Shared,
    /// A text, of which all pieces are read.
    Text,
    Inline,
}

/// Where in a cell a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Formula,
    Value,
    Inline,
}

impl Part {
    /// The part of a cell that an element of this name is.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "f" => Some(Self::Formula),
            "v" => Some(Self::Value),
            "is" => Some(Self::Inline),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Formula => "f",
            Self::Value => "v",
            Self::Inline => "is",
        }
    }
}

/// A piece of text, as XML is cut into pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Text,
    Reference,
    Data,
}

impl CellParts {
    /// Another cell, of this type.
    pub(super) fn begin(&mut self, kind: Option<&str>) {
        let kind = match kind {
            None | Some("n" | "b" | "e") => Kind::Plain,
            Some("s") => Kind::Shared,
            Some("inlineStr" | "is") => Kind::Inline,
            Some(_) => Kind::Text,
        };
        self.raw.clear();
        (self.kind, self.formula, self.values, self.read, self.passed_over) = (kind, None, 0, 0, 0);
    }

    /// A part of it begins.
    pub(super) fn open(&mut self, part: Part) {
        match part {
            Part::Formula => drop(self.formula.get_or_insert_default()),
            Part::Value | Part::Inline => self.values += 1,
        }
    }

    /// A text in a part of it, or beside all.
    pub(super) fn text(&mut self, part: Option<Part>, piece: Piece, text: &str) {
        let is_read = match (part, self.kind, piece) {
            (Some(Part::Formula), ..) => {
                return append(self.formula.get_or_insert_default(), text);
            }
            (Some(Part::Inline), ..) | (Some(Part::Value), Kind::Text, Piece::Text | Piece::Reference) => true,
            (Some(Part::Value), Kind::Plain | Kind::Shared, Piece::Text) => self.read == 0,
            _ => false,
        };
        append(&mut self.raw, text);
        if is_read {
            self.read += 1;
        } else if !trim(text).is_empty() {
            self.passed_over += 1;
        }
    }

    /// What is to be read instead of the value, if calamine read none (`has_value`), or only a part of what is there: a text
    /// that is evidence of nothing.
    pub(super) fn instead(&self, has_value: bool) -> Option<String> {
        let raw = trim(&self.raw);
        // calamine takes everything else for the first text.
        let is_index = || self.raw.bytes().all(|byte| byte.is_ascii_digit()) && self.raw.parse::<usize>().is_ok();
        let is_odd = self.passed_over > 0
            || self.values > 1
            || self.kind == Kind::Shared && !raw.is_empty() && !is_index()
            // A text that cells share may be empty.
            || self.kind != Kind::Shared && !has_value && !raw.is_empty();
        if is_odd {
            return Some(format!("a cell that no spreadsheet writes: {raw}"));
        }
        // Excel keeps an empty text with a formula; programs that cannot calculate keep nothing.
        let has_empty_text = self.kind == Kind::Text && self.values > 0;
        let formula = self.formula.as_ref().filter(|_| !has_value && !has_empty_text)?;
        Some(format!("a formula without value: ={}", trim(formula)))
    }
}

/// Keeps no more than is shown.
fn append(kept: &mut String, text: &str) {
    if kept.len() < limits::KEPT {
        kept.extend(text.chars().take(limits::KEPT));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(kind: Option<&str>, texts: &[(Option<Part>, Piece, &str)]) -> CellParts {
        let (mut cell, mut open) = (CellParts::default(), None);
        cell.begin(kind);
        for (part, piece, text) in texts {
            if let (Some(part), true) = (*part, open != *part) {
                cell.open(part);
            }
            open = *part;
            cell.text(*part, *piece, text);
        }
        cell
    }

    #[test]
    fn a_value_that_is_read_whole_is_the_value() {
        let (formula, value, inline) = (Some(Part::Formula), Some(Part::Value), Some(Part::Inline));
        for (kind, texts) in [
            (None, &[(value, Piece::Text, "683")][..]),
            (Some("n"), &[(formula, Piece::Text, "A1"), (value, Piece::Text, "683")]),
            (Some("s"), &[(value, Piece::Text, "12")]),
            (Some("str"), &[(value, Piece::Text, "R"), (value, Piece::Reference, "&"), (value, Piece::Text, "D")]),
            (Some("inlineStr"), &[(inline, Piece::Text, "R"), (inline, Piece::Data, "D"), (None, Piece::Text, " \n")]),
        ] {
            assert_eq!(cell(kind, texts).instead(true), None, "{kind:?} {texts:?}");
        }
    }

    #[test]
    fn what_is_not_read_or_only_in_part_is_told() {
        let (formula, value, inline) = (Some(Part::Formula), Some(Part::Value), Some(Part::Inline));
        let odd = "a cell that no spreadsheet writes: ";
        for (kind, texts, has_value, expected) in [
            (None, &[(value, Piece::Text, "R"), (value, Piece::Reference, "&")][..], true, format!("{odd}R&")),
            (None, &[(value, Piece::Data, "683")], false, format!("{odd}683")),
            (Some("s"), &[(value, Piece::Text, "-1")], true, format!("{odd}-1")),
            (Some("s"), &[(value, Piece::Text, " 1")], true, format!("{odd}1")),
            (Some("str"), &[(value, Piece::Text, "a"), (value, Piece::Data, "b")], true, format!("{odd}ab")),
            (None, &[(value, Piece::Text, "1"), (formula, Piece::Text, "A1")], false, format!("{odd}1")),
            (None, &[(value, Piece::Text, "1"), (inline, Piece::Text, "2")], true, format!("{odd}12")),
            (Some("inlineStr"), &[(value, Piece::Text, "1")], false, format!("{odd}1")),
            (None, &[(None, Piece::Text, "1")], false, format!("{odd}1")),
            (None, &[(formula, Piece::Text, "A1")], false, "a formula without value: =A1".to_owned()),
            (Some("str"), &[(formula, Piece::Text, "A1")], false, "a formula without value: =A1".to_owned()),
            (
                None,
                &[(formula, Piece::Text, "A1"), (value, Piece::Text, "")],
                false,
                "a formula without value: =A1".to_owned(),
            ),
        ] {
            assert_eq!(cell(kind, texts).instead(has_value), Some(expected), "{kind:?} {texts:?}");
        }
        let empty_text = [(formula, Piece::Text, "A1"), (value, Piece::Text, "")];
        assert_eq!(cell(Some("str"), &empty_text).instead(false), None, "as Excel keeps it");
        assert_eq!(
            cell(Some("s"), &[(value, Piece::Text, "0")]).instead(false),
            None,
            "the text that is shared is empty"
        );
        assert_eq!(cell(None, &[]).instead(false), None);
    }
}
