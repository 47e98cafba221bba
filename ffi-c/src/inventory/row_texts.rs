use std::borrow::Cow;
use std::ffi::c_char;
use std::ptr;

/// Texts for C side by side, each of which may be missing. Filled again for every phone, in the memory of the one
/// before.
#[derive(Debug, Clone)]
pub(super) struct Texts<const N: usize> {
    bytes: Vec<u8>,
    starts: [Option<usize>; N],
}

impl<const N: usize> Default for Texts<N> {
    fn default() -> Self {
        Self { bytes: Vec::new(), starts: [None; N] }
    }
}

impl<const N: usize> Texts<N> {
    /// These instead of those before. A NUL inside a text would end it too soon: U+FFFD stands for it.
    pub(super) fn fill(&mut self, texts: [Option<Cow<'_, str>>; N]) {
        self.bytes.clear();
        self.starts = texts.map(|text| {
            let text = text?;
            let start = self.bytes.len();
            for (index, part) in text.split('\0').enumerate() {
                self.bytes.extend_from_slice(if index == 0 { b"" } else { "\u{fffd}".as_bytes() });
                self.bytes.extend_from_slice(part.as_bytes());
            }
            self.bytes.push(0);
            Some(start)
        });
    }

    /// Where each begins; NULL for those that are missing. They live until the next change.
    pub(super) fn pointers(&self) -> [*const c_char; N] {
        self.starts.map(|start| {
            start.and_then(|start| self.bytes.get(start..)).map_or(ptr::null(), |text| text.as_ptr().cast())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    #[test]
    fn each_text_stands_alone() {
        let mut texts = Texts::default();
        texts.fill([Some("before".into())]);
        let mut texts = Texts::default();
        texts.fill([Some("a\0\0b".into()), None, Some("".into()), Some("c".into())]);
        let found = texts.pointers().map(|text| {
            // SAFETY: not NULL, NUL-terminated, and not changed.
            (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_str().unwrap())
        });
        assert_eq!(found, [Some("a\u{fffd}\u{fffd}b"), None, Some(""), Some("c")]);
        texts.fill([None, None, None, None]);
        assert!(texts.pointers().iter().all(|text| text.is_null()));
    }
}
