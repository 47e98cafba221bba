use std::fmt;

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

    /// `None` if the text does not fit or is not ASCII.
    pub(crate) fn new(text: &[u8]) -> Option<Self> {
        let mut inline = Self::EMPTY;
        inline.push(text)?;
        Some(inline)
    }

    /// `None` if the text does not fit or is not ASCII. Texts are short: byte by byte is faster than asking for a copy.
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
