use std::borrow::Cow;

use super::Sides;
use crate::text::{FieldText, trim};

/// What is known about one field of a phone.
///
/// None of the four is an error. A field that could not be read keeps its text, so that a person can look at it; one that was
/// said differently keeps all sides, each with the place where it was said.
///
/// # What it is made from
/// Setters of [`Phone`](super::Phone) take everything that converts into evidence:
/// - texts: `&str`, `String`, `&String`, `Box<str>`, `Cow<str>`, and bytes that nobody checked: `&[u8]`, `&[u8; N]`, `Vec<u8>`;
/// - values that were read, such as [`Vid`](super::Vid), and for a MAC address `[u8; 6]` or `MacAddr6`;
/// - evidence, such as that of [`Evidence::said`];
/// - an `Option` of all these, or a reference to one: what is missing is absent.
///
/// # Example
/// ```
/// use crossgrade::{Evidence, Vid};
///
/// let read: Evidence<'_, Vid> = "V03".into();
/// assert_eq!(read.known(), Vid::new(3));
/// assert_eq!(Evidence::<Vid>::from(" "), Evidence::Absent);
/// assert_eq!(Evidence::<Vid>::from("5"), Evidence::Unreadable("5".into()));
/// assert_eq!(Evidence::<Vid>::from(Some(b"V03")), read);
/// assert_eq!(Evidence::<Vid>::from(&None::<String>), Evidence::Absent);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Evidence<'a, T> {
    /// Nobody said anything. Empty text is absent.
    #[default]
    Absent,
    /// Somebody said something that cannot be read; the text is kept, bytes that are not UTF-8 as `\u{fffd}`.
    Unreadable(Cow<'a, str>),
    /// It was said more than once, and differently: no evidence, but all sides are kept. [`Evidence::said`] makes it.
    Contradictory(Sides<'a, T>),
    /// It was said and read.
    Known(T),
}

impl<'a, T: FieldText> Evidence<'a, T> {
    /// Reads the bytes of a field, whatever they are.
    #[inline]
    pub fn read(bytes: &'a [u8]) -> Self {
        match T::read(bytes) {
            Ok(value) => Self::Known(value),
            Err(_) => Self::not_read(bytes),
        }
    }

    /// What no reader reads: blank, or something else.
    #[cold]
    fn not_read(bytes: &'a [u8]) -> Self {
        match String::from_utf8_lossy(bytes) {
            text if trim(&text).is_empty() => Self::Absent,
            text => Self::Unreadable(text),
        }
    }
}

impl<'a, T> Evidence<'a, T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<T>
    where
        T: Copy,
    {
        match self {
            Self::Known(value) => Some(*value),
            Self::Absent | Self::Unreadable(_) | Self::Contradictory(_) => None,
        }
    }

    /// The text that could not be read.
    pub fn unreadable(&self) -> Option<&str> {
        match self {
            Self::Unreadable(text) => Some(text),
            Self::Absent | Self::Contradictory(_) | Self::Known(_) => None,
        }
    }

    /// What was said differently.
    pub fn sides(&self) -> Option<&Sides<'a, T>> {
        match self {
            Self::Contradictory(sides) => Some(sides),
            Self::Absent | Self::Unreadable(_) | Self::Known(_) => None,
        }
    }

    /// How many bytes its texts have.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn text_size(&self) -> usize {
        match self {
            Self::Absent | Self::Known(_) => 0,
            Self::Unreadable(text) => text.len(),
            Self::Contradictory(sides) => sides.iter().map(|side| side.text().len() + side.place().len()).sum(),
        }
    }

    /// The same with its text copied, so that it outlives what it was read from.
    pub fn into_owned(self) -> Evidence<'static, T> {
        match self {
            Self::Absent => Evidence::Absent,
            Self::Unreadable(text) => Evidence::Unreadable(Cow::Owned(text.into_owned())),
            Self::Contradictory(sides) => Evidence::Contradictory(sides.into_owned()),
            Self::Known(value) => Evidence::Known(value),
        }
    }
}
