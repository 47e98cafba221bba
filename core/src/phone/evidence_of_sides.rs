//! What several texts say of one field.

use std::borrow::Cow;

use super::{Evidence, Side, Sides};
use crate::firmware::mentions_mpp;
use crate::text::{FieldText, trim};

impl<'a, T: FieldText + PartialEq> FromIterator<Side<'a, T>> for Evidence<'a, T> {
    /// What all sides come to, the best first: nothing if there is none, the value if they agree, and otherwise a
    /// contradiction. Of sides that agree the first stays, or the one that says more: `CP-8841-K9=` of that and `8841`.
    fn from_iter<I: IntoIterator<Item = Side<'a, T>>>(sides: I) -> Self {
        let mut differing: Vec<Side<'a, T>> = Vec::new();
        for side in sides {
            if differing.iter().any(|known| known.value.covers(&side.value)) {
                continue;
            }
            match differing.iter().position(|known| side.value.covers(&known.value)) {
                None => differing.push(side),
                Some(first) => {
                    let mut place = 0..;
                    differing.retain(|known| place.next() <= Some(first) || !side.value.covers(&known.value));
                    if let Some(known) = differing.get_mut(first) {
                        *known = side;
                    }
                }
            }
        }
        match differing.len() {
            0 => Self::Absent,
            1 => differing.pop().map_or(Self::Absent, |side| Self::Known(side.value)),
            _ => Self::Contradictory(Sides(differing.into())),
        }
    }
}

impl<'a, T: FieldText + PartialEq> Evidence<'a, T> {
    /// What several texts say of one field, each with the place where it was said, the best first. Blank texts say nothing,
    /// and what can be read beats what cannot; of texts that cannot be read, the first that mentions MPP stays, else the first.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Evidence, Phone, Verdict, assess};
    ///
    /// let vid = Evidence::said([("V03", "page 10.0.0.7"), ("V01", "export.csv line 2"), ("?", "a label")]);
    /// let phone = Phone::new("CP-7821-K9=").vid(vid);
    /// let answer = assess(&phone, Destination::ThirdParty);
    /// assert_eq!(answer.verdict(), Verdict::Unknown);
    /// let finding = answer.findings().find(|finding| finding.code() == crossgrade::Code::CG311).unwrap();
    /// assert_eq!(
    ///     finding.message(),
    ///     "Evidence of the hardware version contradicts itself: the VID says V03 (page 10.0.0.7); \
    ///      the VID says V01 (export.csv line 2)."
    /// );
    /// ```
    pub fn said<S: Into<Cow<'a, str>>, P: Into<Cow<'a, str>>>(said: impl IntoIterator<Item = (S, P)>) -> Self {
        let mut unreadable: Option<Cow<'a, str>> = None;
        let mut readable = Vec::new();
        for (text, place) in said {
            let text = text.into();
            match T::read(text.as_bytes()) {
                Ok(value) => readable.push(Side { value, text, place: place.into() }),
                Err(_) if trim(&text).is_empty() => {}
                // Over a text that hints at MPP nothing may be assumed, wherever it stands among others.
                Err(_) if unreadable.as_deref().is_none_or(|kept| !mentions_mpp(kept) && mentions_mpp(&text)) => {
                    unreadable = Some(text);
                }
                Err(_) => {}
            }
        }
        match readable.into_iter().collect() {
            Self::Absent => unreadable.map_or(Self::Absent, Self::Unreadable),
            evidence => evidence,
        }
    }
}
