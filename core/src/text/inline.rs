use std::fmt;

use super::lanes;

/// A short ASCII text that lives where it stands: `Copy`, ordered as text, never on the heap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct InlineText<const N: usize> {
    // Unused bytes are zero, so that comparing the arrays compares the texts.
    bytes: [u8; N],
    len: u8,
}

impl<const N: usize> InlineText<N> {
    pub(crate) const EMPTY: Self = {
        assert!(N <= u8::MAX as usize);
        Self { bytes: [0; N], len: 0 }
    };

    /// For tables: panics while compiling if the text does not fit.
    pub(crate) const fn constant(text: &str) -> Self {
        let source = text.as_bytes();
        let mut bytes = [0; N];
        let mut index = 0;
        while index < source.len() {
            assert!(source[index].is_ascii());
            bytes[index] = source[index];
            index += 1;
        }
        Self { bytes, len: source.len() as u8 }
    }

    /// For tables: a text of three characters, of which none may be printable.
    pub(crate) const fn ascii(text: [u8; 3]) -> Self {
        let mut bytes = [0; N];
        let mut index = 0;
        while index < text.len() {
            assert!(text[index].is_ascii());
            bytes[index] = text[index];
            index += 1;
        }
        Self { bytes, len: text.len() as u8 }
    }

    /// `None` if the text does not fit or is not ASCII.
    #[inline]
    pub(crate) fn new(text: &[u8]) -> Option<Self> {
        Self::mapped(text, |eight| eight)
    }

    /// The same in lower case.
    #[inline]
    pub(crate) fn lower_case(text: &[u8]) -> Option<Self> {
        Self::mapped(text, lanes::lower_case)
    }

    /// The text after a change of its characters, eight at a time, in registers: what was written byte by byte a moment ago
    /// is slow to move.
    #[inline(always)]
    fn mapped(text: &[u8], change: impl Fn(u64) -> u64) -> Option<Self> {
        const { assert!(N <= 16) };
        if text.len() > N {
            return None;
        }
        let (first, second) = match (text.first_chunk(), text.last_chunk()) {
            (Some(first), Some(last)) => {
                // The last eight overlap the first by so much.
                let known = 8 * (16 - text.len() as u32);
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last).checked_shr(known).unwrap_or(0))
            }
            _ => (text.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)), 0),
        };
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&change(first).to_le_bytes());
        bytes[8..].copy_from_slice(&change(second).to_le_bytes());
        let bytes = *bytes.first_chunk()?;
        lanes::are_ascii(first | second).then_some(Self { bytes, len: text.len() as u8 })
    }

    /// `None` if the text does not fit or is not ASCII; a part of it may be there then. Texts are short: byte by byte is
    /// faster than asking for a copy.
    #[inline]
    pub(crate) fn push(&mut self, text: &[u8]) -> Option<()> {
        text.iter().try_for_each(|byte| {
            let place = self.bytes.get_mut(usize::from(self.len)).filter(|_| byte.is_ascii())?;
            *place = *byte;
            self.len += 1;
            Some(())
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub(crate) fn as_str(&self) -> &str {
        // Only ASCII gets in.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Debug for InlineText<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const N: usize> fmt::Display for InlineText<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_length_is_kept_or_refused() {
        let text = b"0123456789abcXYZ~";
        for len in 0..=text.len() {
            let text = &text[..len];
            let kept = InlineText::<16>::new(text);
            assert_eq!(kept.as_ref().map(InlineText::as_bytes), (len <= 16).then_some(text));
            let mut pushed = InlineText::<16>::EMPTY;
            assert_eq!(pushed.push(text).map(|()| pushed), kept);
            let lower = InlineText::<16>::lower_case(text);
            assert_eq!(lower, kept.and_then(|kept| InlineText::new(&kept.as_bytes().to_ascii_lowercase())));
            for place in 0..len {
                let mut other = text.to_vec();
                other[place] = 0x80;
                assert_eq!(InlineText::<16>::new(&other), None);
            }
        }
    }
}
