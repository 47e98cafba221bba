use super::lanes::{self, Letters};
use super::{Fault, fault};

/// What folding does with spaces inside a text. Spaces around it are always dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spaces {
    /// Every space is dropped: Cisco's own pages print `sip78xx. 12-0-3MPP0001-87`.
    Drop,
    /// Spaces separate words and stay.
    Keep,
}

/// A text with its spelling folded: upper case, Unicode hyphens as `-`, Unicode spaces as a space.
///
/// Lives on the stack. What does not fold to ASCII, or is longer than `N`, is a fault: nothing that crossgrade reads
/// is long, so a long text is something else.
pub(crate) struct Folded<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Folded<N> {
    /// A place for a text.
    pub(crate) const EMPTY: Self = Self { bytes: [0; N], len: 0 };

    /// A text that is seldom read.
    pub(crate) fn new(text: &[u8], spaces: Spaces) -> Result<Self, Fault> {
        let mut folded = Self::EMPTY;
        folded.fold_any(text, spaces)?;
        Ok(folded)
    }

    /// The text folded: where it stands if it is so already, as most are, else in this place.
    #[inline]
    pub(crate) fn fold<'a>(&'a mut self, text: &'a [u8], spaces: Spaces) -> Result<&'a [u8], Fault> {
        let first = if spaces == Spaces::Keep { b' ' } else { b'!' };
        let has_blank_end = text.first() == Some(&b' ') || text.last() == Some(&b' ');
        match lanes::letters(text, first) {
            Letters::NoneLower if text.len() <= N && !has_blank_end => return Ok(text),
            Letters::SomeLower if text.len() <= N && !has_blank_end => {
                self.len = text.len();
                lanes::upper_case(text, &mut self.bytes[..text.len()]);
            }
            _ => self.fold_any(text, spaces)?,
        }
        Ok(self.bytes())
    }

    /// Folds whatever there is.
    #[cold]
    fn fold_any(&mut self, text: &[u8], spaces: Spaces) -> Result<(), Fault> {
        *self = Self::EMPTY;
        let text = match std::str::from_utf8(text) {
            Ok(text) => trim(text),
            Err(error) => return Err(fault("bytes that are not UTF-8", error.valid_up_to())),
        };
        for character in text.chars() {
            let byte = match character {
                '\u{21}'..='\u{7e}' => (character as u8).to_ascii_uppercase(),
                _ if is_blank(character) && spaces == Spaces::Drop => continue,
                _ if is_blank(character) => b' ',
                _ if is_hyphen(character) => b'-',
                _ => return Err(fault("a character that does not belong there", self.len)),
            };
            if self.len == N {
                return Err(fault("more characters than such a text can have", self.len));
            }
            self.bytes[self.len] = byte;
            self.len += 1;
        }
        Ok(())
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Trims white space of any kind, and the byte order mark and zero width space that spreadsheets leave behind.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}')
}

fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Reads a folded text from left to right.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many characters were read.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    #[inline]
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    #[inline]
    pub(crate) fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// Takes `text` if it comes next.
    #[inline(always)]
    pub(crate) fn take(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes the next byte if it fits.
    #[inline(always)]
    pub(crate) fn take_if(&mut self, fits: impl Fn(u8) -> bool) -> Option<u8> {
        let next = *self.rest().first()?;
        fits(next).then(|| {
            self.at += 1;
            next
        })
    }

    /// Takes bytes as long as they fit.
    #[inline]
    pub(crate) fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let len = rest.iter().take_while(|byte| fits(**byte)).count();
        self.at += len;
        &rest[..len]
    }

    /// Takes a run of digits.
    #[inline]
    pub(crate) fn digits(&mut self) -> &'a [u8] {
        self.take_while(|byte| byte.is_ascii_digit())
    }

    /// Takes a number of one to three digits up to 255.
    #[inline]
    pub(crate) fn small_number(&mut self, what: &'static str) -> Result<u8, Fault> {
        let at = self.at;
        number(self.digits()).ok_or(fault(what, at))
    }

    /// The whole text must have been read.
    #[inline]
    pub(crate) fn done(&self, what: &'static str) -> Result<(), Fault> {
        if self.is_done() { Ok(()) } else { Err(fault(what, self.at)) }
    }

    #[inline]
    pub(crate) fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(fault(what, self.at))
    }
}

/// The value of one to three digits, if it is at most 255.
#[inline]
pub(crate) fn number(digits: &[u8]) -> Option<u8> {
    if digits.is_empty() || digits.len() > 3 {
        return None;
    }
    let value = digits.iter().fold(0_u16, |value, digit| value * 10 + u16::from(digit - b'0'));
    u8::try_from(value).ok()
}
