//! JSON as a text with a place in it. Values are taken one after another, so that what stands before a cut is read.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::inventory::{InventoryError, limits};

/// Prefixes of XML in front of a colon, beside short ones with a number (`ns1`).
const PREFIXES: &[&str] = &["axl", "axlapi", "env", "ns", "ris", "s", "ser", "soap", "soapenv", "tns", "typens", "urn"];

/// A text of JSON values, and how far it is read.
pub(in crate::inventory) struct Json<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Json<'t> {
    pub(in crate::inventory) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes are read.
    pub(in crate::inventory) fn at(&self) -> usize {
        self.at
    }

    /// What was read from there on.
    pub(in crate::inventory) fn since(&self, begin: usize) -> &'t str {
        self.text.get(begin..self.at).unwrap_or_default()
    }

    /// What is not read yet.
    pub(in crate::inventory) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The line of the place; counted anew each time, for errors that end the reading.
    pub(in crate::inventory) fn line(&self) -> u64 {
        let before = self.text.get(..self.at).unwrap_or_default();
        before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1
    }

    /// What comes next behind blanks. Files that were joined may have a byte order mark in the middle.
    pub(in crate::inventory) fn peek(&mut self) -> Option<u8> {
        let rest = self.rest().trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        self.at = self.text.len() - rest.len();
        rest.bytes().next()
    }

    /// Takes this byte if it comes next.
    pub(in crate::inventory) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Takes this byte, which must come next.
    pub(in crate::inventory) fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), InventoryError> {
        if self.take(byte) { Ok(()) } else { Err(self.broken(expected)) }
    }

    /// Takes the name of a member and the colon behind it.
    pub(in crate::inventory) fn name(&mut self, level: usize) -> Result<Cow<'t, str>, InventoryError> {
        if self.peek() != Some(b'"') {
            return Err(self.broken("the name of a member"));
        }
        let name = self.value(level)?;
        self.expect(b':', "a colon")?;
        Ok(match unquoted(name).unwrap_or(Cow::Borrowed(name)) {
            Cow::Borrowed(name) => Cow::Borrowed(without_prefix(name)),
            Cow::Owned(name) => Cow::Owned(without_prefix(&name).to_owned()),
        })
    }

    /// Takes a member's name and the colon behind it, as it is written, if that is what comes.
    pub(in crate::inventory) fn key(&mut self) -> Option<&'t str> {
        let rest = self.rest().trim_start_matches([' ', '\t', '\r', '\n']).strip_prefix('"')?;
        let (key, _) = rest.split_once('"').filter(|(key, _)| key.len() < limits::KEPT)?;
        let begin = self.text.len() - rest.len();
        self.at = begin + key.len() + 1;
        self.take(b':').then_some(key)
    }

    /// Refuses what stands within too many values.
    pub(in crate::inventory) fn within(&self, level: usize) -> Result<(), InventoryError> {
        match level {
            ..=limits::DEPTH => Ok(()),
            found => {
                let (what, limit) = ("values within values", limits::DEPTH as u64);
                Err(InventoryError::TooMuch { what, line: self.line(), found: found as u64, limit })
            }
        }
    }

    /// Takes a value, whatever it is, that stands within so many others.
    pub(in crate::inventory) fn value(&mut self, level: usize) -> Result<&'t str, InventoryError> {
        self.peek();
        let (begin, rest) = (self.at, self.rest());
        self.within(level + depth(rest))?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => self.at += values.byte_offset(),
            Some(Err(error)) if !error.is_eof() => {
                let message = error.to_string();
                let message = message.rsplit_once(" at line ").map_or(&*message, |(what, _)| what).to_owned();
                return Err(InventoryError::Broken {
                    line: self.line() + (error.line() as u64).saturating_sub(1),
                    message,
                });
            }
            Some(Err(_)) | None => return Err(self.cut()),
        }
        let value = self.since(begin);
        // Within an object or a list, a number at the very end may be the beginning of a longer one.
        if level > 0 && self.rest().is_empty() && !value.ends_with(['"', '}', ']']) {
            return Err(self.cut());
        }
        Ok(value)
    }

    /// What is wrong here, where something else is expected.
    pub(in crate::inventory) fn broken(&mut self, expected: &'static str) -> InventoryError {
        match self.peek() {
            None => self.cut(),
            Some(_) => {
                let found = self.rest().chars().next().unwrap_or_default();
                let message = format!("{found:?} in JSON; expected {expected}");
                InventoryError::Broken { line: self.line(), message }
            }
        }
    }

    fn cut(&mut self) -> InventoryError {
        self.at = self.text.len();
        InventoryError::Broken { line: self.line(), message: "the file ends within a JSON value".to_owned() }
    }
}

/// A key without the prefix of XML that programs keep in it: `ns1:Name`. What stands before a colon otherwise may be another
/// device: `switch:mac`.
pub(in crate::inventory) fn without_prefix(key: &str) -> &str {
    let is_prefix = |prefix: &str| {
        let letters = prefix.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let is_numbered = letters.len() < prefix.len();
        let is_short = matches!(letters.len(), 1..=4) && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
        is_short && is_numbered || PREFIXES.contains(&letters)
    };
    let parted = key.split_once(':').filter(|(prefix, name)| is_prefix(prefix) && !name.is_empty());
    parted.filter(|(_, name)| !name.contains(':')).map_or(key, |(_, name)| name)
}

/// The text of a JSON string; nothing if the value is none, or holds half a letter.
pub(in crate::inventory) fn unquoted(value: &str) -> Option<Cow<'_, str>> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str(value).ok().map(Cow::Owned)
}

/// How many lists and objects stand within each other at most in the first value; no further than counts.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => now += 1,
            b']' | b'}' => now = now.saturating_sub(1),
            b'"' => {
                while let Some(letter) = bytes.next().filter(|letter| *letter != b'"') {
                    if letter == b'\\' {
                        bytes.next();
                    }
                }
            }
            _ => {}
        }
        most = most.max(now);
        if now == 0 || most > limits::DEPTH {
            break;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_as_they_stand() {
        let mut json = Json::new(" [1, {\"a\": \"]\"}]\u{feff}\n 1e999 null");
        assert_eq!(json.value(0), Ok("[1, {\"a\": \"]\"}]"));
        assert_eq!((json.value(0), json.line()), (Ok("1e999"), 2));
        assert_eq!((json.value(0), json.peek()), (Ok("null"), None));
        assert_eq!(json.value(0).unwrap_err().to_string(), "inventory: line 2: the file ends within a JSON value");
    }

    #[test]
    fn depth_is_that_of_the_first_value() {
        for (text, expected) in
            [("", 0), ("1 [[", 0), ("[]", 1), ("[[{}], 1] [[[[", 3), ("\"[[\\\"[\" [", 0), ("[\"[\\\\\", []]", 2)]
        {
            assert_eq!(depth(text), expected, "{text}");
        }
        assert_eq!(depth(&"[".repeat(1 << 20)), limits::DEPTH + 1, "no further than counts");
    }

    #[test]
    fn half_a_letter_is_no_text() {
        assert_eq!(unquoted(r#""Z\u00fcrich""#).as_deref(), Some("Z\u{fc}rich"));
        assert_eq!(unquoted(r#""\ud83d""#), None);
        assert_eq!(unquoted("12"), None);
    }
}
