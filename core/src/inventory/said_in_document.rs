//! What a document says of one thing, perhaps more than once.

use std::borrow::Cow;

use super::field_cell::Cell;
use super::{RowProblem, limits};

/// Of one thing, so many different texts are kept: enough to see that the document knows nothing.
const MOST: usize = 64;

/// All that a document says of one thing, each text once, in its order. Together they are no longer than a value may be.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'t> {
    texts: Vec<Cow<'t, str>>,
    /// Bytes of all that was said; if they are too many, only beginnings are kept.
    size: usize,
    /// Which text was heard last, and whether it was heard for the first time.
    last: (usize, bool),
}

impl<'t> Said<'t> {
    /// Keeps a text, unless the same was said before.
    pub(super) fn hear(&mut self, text: impl Into<Cow<'t, str>>, is_same: impl Fn(&str, &str) -> bool) {
        let text = text.into();
        match self.texts.iter().position(|before| is_same(before, &text)) {
            Some(before) => self.last = (before, false),
            None => self.push(text.len(), text),
        }
    }

    /// A piece more of the value that was heard last: nobody reads a value in pieces, so all of it stays a text for people.
    pub(super) fn hear_piece(&mut self, piece: &str) {
        let (last, is_new) = self.last;
        let Some(text) = self.texts.get(last) else { return };
        let text = format!("{text} and {piece}");
        if is_new && self.size <= limits::CELL {
            self.size -= self.texts.swap_remove(last).len();
        }
        self.push(text.len(), text.into());
    }

    /// Keeps the beginning of a text that has more bytes than are read.
    pub(super) fn hear_beginning(&mut self, beginning: String, found: usize) {
        self.push(found, beginning.into());
    }

    fn push(&mut self, found: usize, text: Cow<'t, str>) {
        let was_whole = self.size <= limits::CELL;
        self.size += found;
        // What is behind the beginning of what is too long is counted and not kept.
        if was_whole && self.texts.len() < MOST {
            self.last = (self.texts.len(), true);
            self.texts.push(text);
        }
        if self.size > limits::CELL {
            self.texts.iter_mut().filter(|text| text.len() > limits::LONGEST_BEGINNING).for_each(|text| {
                *text = limits::beginning(text).into();
            });
        }
    }

    /// The texts that differ, in their order.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        self.texts.iter().map(|text| &**text)
    }

    /// The same as cells that stand in this place.
    pub(super) fn cells<'s>(&'s self, place: &'s str) -> impl Iterator<Item = Cell<'s>> + Clone {
        self.texts().map(move |text| Cell::named(text, place))
    }

    /// The first text.
    pub(super) fn first(&self) -> Option<&str> {
        self.texts().next()
    }

    /// All texts in one, for people.
    pub(super) fn shown(&self) -> Option<String> {
        self.is_there().then(|| self.texts().collect::<Vec<_>>().join(" and "))
    }

    pub(super) fn is_there(&self) -> bool {
        !self.texts.is_empty()
    }

    /// What is wrong with it, if it is more than is read.
    pub(super) fn problem(&self) -> Option<RowProblem> {
        (self.size > limits::CELL).then_some(RowProblem::TooLong { found: self.size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(texts: impl IntoIterator<Item = String>) -> Said<'static> {
        let mut said = Said::default();
        texts.into_iter().for_each(|text| said.hear(text, |before, text| before == text));
        said
    }

    #[test]
    fn what_is_said_twice_and_differently_stays_apart() {
        let texts = |texts: &[&str]| -> Vec<String> {
            said(texts.iter().map(|text| text.to_string())).texts().map(str::to_owned).collect()
        };
        assert!(texts(&[]).is_empty());
        assert_eq!(texts(&["V03", "V03"]), ["V03"]);
        assert_eq!(texts(&["V03", "V01", "V03"]), ["V03", "V01"]);
    }

    #[test]
    fn many_texts_are_counted_and_few_are_kept() {
        let whole = said((0..4_000).map(|number| format!("{number:011}")));
        assert_eq!((whole.texts().count(), whole.problem()), (MOST, None));
        let cut = said((0..6_000).map(|number| format!("{number:011}")));
        assert_eq!((cut.texts().count(), cut.problem()), (MOST, Some(RowProblem::TooLong { found: 6_000 * 11 })));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut() {
        let cut = said(["0".repeat(70_000)]);
        let text = cut.first().expect("the beginning");
        assert!(text.ends_with('\u{2026}') && text.chars().count() == limits::KEPT + 1, "{text}");
    }

    #[test]
    fn a_beginning_is_too_long_however_short_it_is() {
        let mut said = Said::default();
        said.hear("V03", |before, text| before == text);
        said.hear_beginning("x\u{2026}".to_owned(), limits::CELL + 1);
        assert_eq!(said.texts().collect::<Vec<_>>(), ["V03", "x\u{2026}"]);
        assert_eq!(said.problem(), Some(RowProblem::TooLong { found: limits::CELL + 4 }));
    }
}
