//! The transition authorization type, wherever a line says it.

use crate::phone::Authorization;
use crate::text::{FieldText, trim};

const LABEL: &str = "Transition Authorization Type";

/// The shortest text that may say it.
pub(super) const SHORTEST: usize = LABEL.len() + ":WxC".len();

/// What stands behind the label in a longer text; nothing if nothing does.
pub(super) fn within(text: &str) -> Option<&str> {
    let begins = |part: &[u8]| part.eq_ignore_ascii_case(LABEL.as_bytes());
    let at = text.as_bytes().windows(LABEL.len()).position(begins)?;
    let behind = text.get(at + LABEL.len()..)?;
    let value = trim(behind).strip_prefix([':', '='])?;
    let value = trim(value.split(['\n', '\r', ',', ';', '|']).next()?);
    let word = value.split_whitespace().next()?.trim_end_matches(['.', ')', ']', '"', '\'']);
    let readable = [value, word].into_iter().find(|text| Authorization::read(text.as_bytes()).is_ok());
    Some(readable.unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_any_length_may_say_it() {
        for (text, expected) in [
            ("Transition Authorization Type: WxC", Some("WxC")),
            ("12:01 upgrade done, transition authorization type=Classic; restarting", Some("Classic")),
            ("[Transition Authorization Type: WxC]", Some("WxC")),
            ("Transition Authorization Type: not read yet", Some("not read yet")),
            ("Transition Authorization Type:", None),
            ("Transition Authorization Type: , done", None),
            ("a Transition Authorization Type is left on the phone", None),
        ] {
            assert_eq!(within(text), expected, "{text}");
        }
    }
}
