//! The forms in which callers hand over what an inventory says: texts and bytes, borrowed or owned, which may be missing, and
//! values that were read already.
//!
//! They are `From`s of the standard library, so that the bound of a setter is a type that a caller can name and make.

use std::borrow::Cow;

use macaddr::MacAddr6;

use super::{Evidence, Mac, Model, Phone, Pid, Product, ProductField};
use crate::text::FieldText;

/// Forms that lend their bytes for as long as the phone lives.
macro_rules! lent {
    ($([$($parameter:tt)*] $form:ty as $bytes:ident;)+) => {$(
        impl<'a, $($parameter)* T: FieldText> From<$form> for Evidence<'a, T> {
            #[inline]
            fn from(said: $form) -> Self {
                Self::read(said.$bytes())
            }
        }

        impl<'a, $($parameter)*> From<$form> for ProductField<'a> {
            #[inline]
            fn from(said: $form) -> Self {
                Self::read(said.$bytes())
            }
        }
    )+};
}

lent! {
    [] &'a str as as_bytes;
    [] &'a &str as as_bytes;
    [] &'a String as as_bytes;
    [] &'a Box<str> as as_bytes;
    [] &'a Cow<'_, str> as as_bytes;
    [] &'a [u8] as as_ref;
    [] &'a Vec<u8> as as_slice;
    [const N: usize,] &'a [u8; N] as as_slice;
}

/// Forms that are given away: of what can be read no text is kept.
macro_rules! given {
    ($($form:ty as $bytes:ident;)+) => {$(
        impl<T: FieldText> From<$form> for Evidence<'_, T> {
            fn from(said: $form) -> Self {
                Evidence::read(said.$bytes()).into_owned()
            }
        }

        impl From<$form> for ProductField<'_> {
            fn from(said: $form) -> Self {
                ProductField::read(said.$bytes()).into_owned()
            }
        }
    )+};
}

given! {
    String as as_bytes;
    Box<str> as as_bytes;
    Vec<u8> as as_slice;
}

/// Forms that may be either.
macro_rules! lent_or_given {
    ($($form:ty)+) => {$(
        impl<'a, T: FieldText> From<Cow<'a, $form>> for Evidence<'a, T> {
            fn from(said: Cow<'a, $form>) -> Self {
                match said {
                    Cow::Borrowed(said) => said.into(),
                    Cow::Owned(said) => said.into(),
                }
            }
        }

        impl<'a> From<Cow<'a, $form>> for ProductField<'a> {
            fn from(said: Cow<'a, $form>) -> Self {
                match said {
                    Cow::Borrowed(said) => said.into(),
                    Cow::Owned(said) => said.into(),
                }
            }
        }
    )+};
}

lent_or_given! { str [u8] }

/// What is missing is absent.
impl<'a, T, S> From<Option<S>> for Evidence<'a, T>
where
    Self: From<S>,
{
    #[inline]
    fn from(said: Option<S>) -> Self {
        said.map_or(Self::Absent, <Self as From<S>>::from)
    }
}

/// What may be missing, by reference. These are listed: one rule for all of them would apply to itself without end where the
/// compiler looks for the conversion from a text.
macro_rules! missing {
    ($($form:ty)+) => {$(
        impl<'a, T: FieldText> From<&'a Option<$form>> for Evidence<'a, T> {
            fn from(said: &'a Option<$form>) -> Self {
                said.as_ref().map_or(Self::Absent, |said| said.into())
            }
        }

        impl<'a> From<&'a Option<$form>> for ProductField<'a> {
            fn from(said: &'a Option<$form>) -> Self {
                said.as_ref().map(|said| said.into()).unwrap_or_default()
            }
        }
    )+};
}

missing! { &str String Box<str> Cow<'_, str> Vec<u8> }

/// Bytes that may be missing, by reference.
impl<'a, T: FieldText> From<&Option<&'a [u8]>> for Evidence<'a, T> {
    fn from(said: &Option<&'a [u8]>) -> Self {
        (*said).into()
    }
}

impl<'a> From<&Option<&'a [u8]>> for ProductField<'a> {
    fn from(said: &Option<&'a [u8]>) -> Self {
        (*said).into()
    }
}

impl<T: FieldText + Copy> From<&Option<T>> for Evidence<'_, T> {
    fn from(value: &Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Known)
    }
}

impl<T: FieldText> From<T> for Evidence<'_, T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: FieldText + Copy> From<&T> for Evidence<'_, T> {
    fn from(value: &T) -> Self {
        Self::Known(*value)
    }
}

impl<'a, T: Clone> From<&Evidence<'a, T>> for Evidence<'a, T> {
    fn from(evidence: &Evidence<'a, T>) -> Self {
        evidence.clone()
    }
}

/// The six bytes of an address. One that belongs to no phone, such as the broadcast address, is unreadable evidence.
impl From<MacAddr6> for Evidence<'_, Mac> {
    fn from(address: MacAddr6) -> Self {
        Mac::try_from(address).map_or_else(|_| Self::Unreadable(Cow::Owned(address.to_string())), Self::Known)
    }
}

impl From<&Option<[u8; 6]>> for Evidence<'_, Mac> {
    fn from(bytes: &Option<[u8; 6]>) -> Self {
        (*bytes).into()
    }
}

/// As of [`MacAddr6`]. A reference to six bytes is a text, as of any number of bytes.
impl From<[u8; 6]> for Evidence<'_, Mac> {
    fn from(bytes: [u8; 6]) -> Self {
        MacAddr6::from(bytes).into()
    }
}

/// What is missing is absent.
impl<S> From<Option<S>> for ProductField<'_>
where
    Self: From<S>,
{
    #[inline]
    fn from(said: Option<S>) -> Self {
        said.map(<Self as From<S>>::from).unwrap_or_default()
    }
}

impl<'a> From<Evidence<'a, Product>> for ProductField<'a> {
    /// Of a product that is known the text is not; what cannot be read is its own text.
    fn from(evidence: Evidence<'a, Product>) -> Self {
        Self { text: evidence.unreadable().map(|text| Cow::Owned(text.to_owned())), evidence }
    }
}

impl<'a> From<&Evidence<'a, Product>> for ProductField<'a> {
    fn from(evidence: &Evidence<'a, Product>) -> Self {
        evidence.clone().into()
    }
}

/// The product of another phone, with its text.
impl<'a> From<&Phone<'a>> for ProductField<'a> {
    fn from(phone: &Phone<'a>) -> Self {
        Self { text: phone.product_text.clone(), evidence: phone.product.clone() }
    }
}

/// Values that name a product.
macro_rules! named {
    ($($value:ty)+) => {$(
        impl From<$value> for ProductField<'_> {
            fn from(value: $value) -> Self {
                Self { text: None, evidence: Evidence::Known(value.into()) }
            }
        }

        impl From<&$value> for ProductField<'_> {
            fn from(value: &$value) -> Self {
                (*value).into()
            }
        }

        impl From<&Option<$value>> for ProductField<'_> {
            fn from(value: &Option<$value>) -> Self {
                (*value).into()
            }
        }
    )+};
}

named! { Product Pid Model }
