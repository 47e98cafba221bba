//! What every reader of a text shares: folding of spellings, small inline texts, errors, how texts from outside are
//! shown, closed sets of words.
//!
//! Nothing here knows a phone. Readers take bytes, because Arrow and C hand over bytes that nobody checked.

mod cell_length;
mod fault;
mod folded_text;
#[cfg(feature = "csv")]
#[allow(dead_code, reason = "the writer and the reader of CSV use it")]
pub(crate) mod formula;
mod inline;
mod lanes;
mod listed;
mod parse_error;
mod shown;
mod words;

pub(crate) use cell_length::{KEPT, LONGEST_CELL, beginning};
pub(crate) use fault::{Fault, fault};
pub(crate) use folded_text::{Cursor, Folded, Spaces, is_blank, trim};
pub(crate) use inline::InlineText;
pub(crate) use lanes::{hexadecimal, letters_and_digits};
pub(crate) use listed::listed;
pub use parse_error::ParseError;
pub use shown::Shown;
pub(crate) use shown::{MOST_LINES, ShownNames};
pub(crate) use words::words;

/// A vocabulary type that can be read from the text of one field.
///
/// Sealed: the readers of this crate are the only ones.
pub trait FieldText: Sized + private::Sealed {
    /// What the thing is called in an error, such as `VID`.
    #[doc(hidden)]
    const THING: &'static str;
    /// What would be right, in words.
    #[doc(hidden)]
    const EXPECTED: &'static str;
    /// How the reader treats spaces, to say where an error is.
    #[doc(hidden)]
    const SPACES: Spaces = Spaces::Drop;

    /// Reads the bytes of a field. Blank text is a fault.
    #[doc(hidden)]
    fn read(text: &[u8]) -> Result<Self, Fault>;

    /// Whether it says all that another one says, so that the other one is no contradiction.
    #[doc(hidden)]
    fn covers(&self, other: &Self) -> bool
    where
        Self: PartialEq,
    {
        self == other
    }
}

pub(crate) mod private {
    pub trait Sealed {}
}

/// `FromStr`, and with the feature `serde` text in and text out, for types that print what they read.
macro_rules! read_and_print {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::text::private::Sealed for $name {}

        impl std::str::FromStr for $name {
            type Err = $crate::ParseError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::ParseError::reading(text)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use read_and_print;
