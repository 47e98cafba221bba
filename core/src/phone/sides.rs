use std::borrow::Cow;
use std::fmt;

use crate::text::FieldText;

/// One thing that was said of a field: the value that was read, its text, and where it was said.
///
/// # Example
/// ```
/// use crossgrade::phone::Side;
/// use crossgrade::Vid;
///
/// let side: Side<'_, Vid> = Side::read("v3", "labels.csv line 2").expect("a VID");
/// assert_eq!((side.value().number(), side.text(), side.place()), (3, "v3", "labels.csv line 2"));
/// assert!(Side::<Vid>::read("five", "labels.csv line 3").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Side<'a, T> {
    pub(super) value: T,
    pub(super) text: Cow<'a, str>,
    pub(super) place: Cow<'a, str>,
}

impl<'a, T> Side<'a, T> {
    /// A text that was said in a place, if it can be read. The place is what a person needs to find it again; it may be
    /// empty.
    pub fn read(text: impl Into<Cow<'a, str>>, place: impl Into<Cow<'a, str>>) -> Option<Self>
    where
        T: FieldText,
    {
        let text = text.into();
        let value = T::read(text.as_bytes()).ok()?;
        Some(Self { value, text, place: place.into() })
    }

    /// A value that was said in a place.
    pub fn of(value: T, place: impl Into<Cow<'a, str>>) -> Self
    where
        T: fmt::Display,
    {
        let text = Cow::Owned(value.to_string());
        Self { value, text, place: place.into() }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Its text, as it was said.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it was said; empty if nobody told.
    pub fn place(&self) -> &str {
        &self.place
    }

    fn into_owned(self) -> Side<'static, T> {
        let Self { value, text, place } = self;
        Side { value, text: Cow::Owned(text.into_owned()), place: Cow::Owned(place.into_owned()) }
    }
}

/// What was said of one field and differs: two sides or more, the best first, no two of the same value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sides<'a, T>(pub(super) Box<[Side<'a, T>]>);

impl<'a, T> Sides<'a, T> {
    /// The sides, the best first.
    pub fn iter(&self) -> std::slice::Iter<'_, Side<'a, T>> {
        self.0.iter()
    }

    /// The values, the best first.
    pub fn values(&self) -> impl Iterator<Item = &T> + Clone {
        self.0.iter().map(Side::value)
    }

    pub(super) fn into_owned(self) -> Sides<'static, T> {
        Sides(self.0.into_iter().map(Side::into_owned).collect())
    }
}

impl<'s, 'a, T> IntoIterator for &'s Sides<'a, T> {
    type Item = &'s Side<'a, T>;
    type IntoIter = std::slice::Iter<'s, Side<'a, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
