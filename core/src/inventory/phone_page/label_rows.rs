//! The rows behind a label: phones show `UDI` in several, of which only the first has the label.

use std::borrow::Cow;

use crate::inventory::udi::{Word, words};

/// So many values are kept of one label. Phones show five rows of `UDI`.
const MOST: usize = 16;

/// The values of a label that may go on in the next rows.
#[derive(Default)]
pub(super) struct Rows<'a> {
    values: [&'a str; MOST],
    len: usize,
    label: Label,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Label {
    /// No label stands above, or one whose value is in its own row.
    #[default]
    None,
    Udi,
    /// One that is not known, perhaps `UDI` in another language.
    Unknown,
}

impl<'a> Rows<'a> {
    pub(super) fn of_udi() -> Self {
        Self { label: Label::Udi, ..Self::default() }
    }

    pub(super) fn of_unknown() -> Self {
        Self { label: Label::Unknown, ..Self::default() }
    }

    /// Whether what comes next may belong to the label.
    pub(super) fn go_on(&self) -> bool {
        self.label != Label::None && self.len < MOST
    }

    pub(super) fn push(&mut self, value: &'a str) {
        if let Some(free) = self.values.get_mut(self.len).filter(|_| self.label != Label::None) {
            *free = value;
            self.len += 1;
        }
    }

    /// What the rows say as `udi`: all values of that label; those of a label that is not known if a PID stands right before
    /// a VID or a serial number, as it does nowhere else.
    pub(super) fn udi(&self) -> Option<Cow<'a, str>> {
        let values = self.values.get(..self.len).unwrap_or_default();
        let is_udi = match self.label {
            Label::None => false,
            Label::Udi => true,
            Label::Unknown => has_udi(values),
        };
        match values {
            [value] if is_udi => Some(Cow::Borrowed(value)),
            [_, ..] if is_udi => Some(Cow::Owned(values.join(" "))),
            _ => None,
        }
    }
}

fn has_udi(values: &[&str]) -> bool {
    // No more than a UDI has: other values may be long.
    const LONGEST: usize = 255;
    let mut before = Word::Other;
    values.iter().filter(|value| value.len() <= LONGEST).flat_map(|value| words(value)).any(|word| {
        let word = Word::of(word);
        std::mem::replace(&mut before, word) == Word::Pid && matches!(word, Word::Vid | Word::Serial)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn udi(mut rows: Rows<'static>, values: &[&'static str]) -> Option<String> {
        values.iter().for_each(|value| rows.push(value));
        rows.udi().map(Cow::into_owned)
    }

    #[test]
    fn the_rows_of_an_unknown_label_are_a_udi_if_they_look_so() {
        let shown = ["phone", "Cisco IP Phone 8845, Global", "CP-8845", "V00", "PUC1938ABC5"];
        let joined = Some("phone Cisco IP Phone 8845, Global CP-8845 V00 PUC1938ABC5".to_owned());
        assert_eq!(udi(Rows::of_udi(), &shown), joined);
        assert_eq!(udi(Rows::of_unknown(), &shown), joined);
        assert_eq!(udi(Rows::default(), &shown), None);
        assert_eq!(udi(Rows::of_udi(), &["phone"]).as_deref(), Some("phone"));
        assert_eq!(udi(Rows::of_unknown(), &["CP-8845, V00"]).as_deref(), Some("CP-8845, V00"));
        for other in [&["CP-8845", "Hardware", "V01"][..], &["V00", "PUC1938ABC5"], &["CP-8845"], &[]] {
            assert_eq!(udi(Rows::of_unknown(), other), None, "{other:?}");
        }
    }

    #[test]
    fn no_more_than_a_few_rows_are_kept() {
        let mut rows = Rows::of_udi();
        (0..100).for_each(|_| rows.push("V01"));
        assert!(!rows.go_on());
        assert_eq!(rows.udi().map(|udi| udi.len()), Some(MOST * 4 - 1));
    }
}
