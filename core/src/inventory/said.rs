//! What a document says of one thing, perhaps more than once.

use std::borrow::Cow;

use super::{RowProblem, limits};

/// A text that grows when the document says something else of the same thing. Nobody knows then which is right: all texts
/// stand in one, `V03 and V01`, which no reader takes for one of them. It grows no longer than a value may be.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'t> {
    text: Option<Cow<'t, str>>,
    /// Bytes of all that was said; if they are too many, only the beginning is kept.
    size: usize,
}

impl<'t> Said<'t> {
    /// Keeps a text, unless it is what was said before.
    pub(super) fn hear(&mut self, text: impl Into<Cow<'t, str>>, is_same: impl Fn(&str, &str) -> bool) {
        let text = text.into();
        self.push(text.len(), text, is_same);
    }

    /// Keeps the beginning of a text that has more bytes than are read.
    pub(super) fn hear_beginning(&mut self, beginning: String, found: usize) {
        self.push(found, beginning.into(), |_, _| false);
    }

    fn push(&mut self, found: usize, text: Cow<'t, str>, is_same: impl Fn(&str, &str) -> bool) {
        const BETWEEN: &str = " and ";
        match &mut self.text {
            None => {
                self.size = found;
                self.text = Some(text);
            }
            Some(before) if is_same(before, &text) => return,
            Some(before) => {
                let is_whole = self.size <= limits::CELL;
                self.size += BETWEEN.len() + found;
                // What is behind the beginning of a text that is too long is counted and not kept.
                if is_whole {
                    let before = before.to_mut();
                    before.push_str(BETWEEN);
                    before.push_str(&text);
                }
            }
        }
        if let Some(text) = &mut self.text
            && self.size > limits::CELL
            && text.len() > limits::LONGEST_BEGINNING
        {
            *text = limits::beginning(text).into();
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub(super) fn is_there(&self) -> bool {
        self.text.is_some()
    }

    /// What is wrong with it, if it is more than is read.
    pub(super) fn problem(&self) -> Option<RowProblem> {
        (self.size > limits::CELL).then_some(RowProblem::TooLong { found: self.size })
    }

    pub(super) fn into_owned(self) -> Option<String> {
        self.text.map(Cow::into_owned)
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
    fn what_is_said_twice_and_differently_is_one_text() {
        let text = |texts: &[&str]| said(texts.iter().map(|text| text.to_string())).into_owned();
        assert_eq!(text(&[]), None);
        assert_eq!(text(&["V03", "V03"]).as_deref(), Some("V03"));
        assert_eq!(text(&["V03", "V01", "V03"]).as_deref(), Some("V03 and V01 and V03"));
    }

    #[test]
    fn it_grows_no_longer_than_a_value() {
        let whole = said((0..4_000).map(|number| format!("{number:011}")));
        assert_eq!((whole.text().map(str::len), whole.problem()), (Some(4_000 * 16 - 5), None));
        let cut = said((0..5_000).map(|number| format!("{number:011}")));
        assert_eq!(cut.problem(), Some(RowProblem::TooLong { found: 5_000 * 16 - 5 }));
        let text = cut.text().expect("the beginning");
        assert!(text.starts_with("00000000000 and 00000000001 and ") && text.ends_with('\u{2026}'), "{text}");
        assert_eq!(text.chars().count(), limits::KEPT + 1);
    }

    #[test]
    fn a_beginning_is_too_long_however_short_it_is() {
        let mut said = Said::default();
        said.hear("V03", |before, text| before == text);
        said.hear_beginning("x\u{2026}".to_owned(), limits::CELL + 1);
        assert_eq!(said.text(), Some("V03 and x\u{2026}"));
        assert_eq!(said.problem(), Some(RowProblem::TooLong { found: limits::CELL + 9 }));
    }
}
