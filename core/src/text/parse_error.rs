use std::fmt;

use super::{Fault, FieldText, Shown, Spaces, is_blank};

/// A text that is not what it was read as: the thing, the place, what was found and what would be right.
///
/// # Example
/// ```
/// use crossgrade::Vid;
///
/// let error = "0x0005".parse::<Vid>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "VID: no letter V before the digits at character 1 of \"0x0005\"; expected V and one to three digits, such as V03"
/// );
/// assert_eq!(error.position(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ParseError(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    thing: &'static str,
    what: &'static str,
    position: usize,
    text: Box<str>,
    expected: &'static str,
}

impl ParseError {
    pub(crate) fn reading<T: FieldText>(text: &str) -> Result<T, Self> {
        T::read(text.as_bytes()).map_err(|fault| Self::of::<T>(text, fault, T::EXPECTED))
    }

    /// What a reader stumbled over where more is right than its thing.
    pub(crate) fn of<T: FieldText>(text: &str, fault: Fault, expected: &'static str) -> Self {
        Self(Box::new(Parts {
            thing: T::THING,
            what: fault.what,
            position: place(text, fault.at, T::SPACES),
            text: text.into(),
            expected,
        }))
    }

    /// The same, where more would be right.
    pub(crate) fn expecting(mut self, expected: &'static str) -> Self {
        self.0.expected = expected;
        self
    }

    /// What the text was read as, such as `VID`.
    pub fn thing(&self) -> &'static str {
        self.0.thing
    }

    /// The text that was read.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// What it stumbled over.
    pub(crate) fn what(&self) -> &'static str {
        self.0.what
    }

    /// The character where it went wrong, the first being 1; one past the last if something is missing there.
    pub fn position(&self) -> usize {
        self.0.position
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { thing, what, position, text, expected } = &*self.0;
        write!(f, "{thing}: {what} at character {position} of {}; expected {expected}", Shown::quoted(text))
    }
}

/// From an index into the folded text to a character of the original one.
fn place(text: &str, at: usize, spaces: Spaces) -> usize {
    let leading = text.chars().take_while(|character| is_blank(*character)).count();
    let kept = text
        .chars()
        .enumerate()
        .skip(leading)
        .filter(|(_, character)| spaces == Spaces::Keep || !is_blank(*character))
        .map(|(index, _)| index);
    kept.clone().nth(at).or(kept.last().map(|last| last + 1)).unwrap_or(leading) + 1
}
