//! What programs write as JSON and no JSON reader takes: one such value must not cost the devices behind it.

use std::borrow::Cow;

/// The same text, in which every escape and number can be read. Lines stay what they are, and so does what is cut.
pub(in crate::inventory) fn mended(text: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let (mut at, mut taken, mut is_in_string) = (0, 0, false);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, instead) = if is_in_string { in_string(rest) } else { outside(rest) };
        is_in_string ^= rest.starts_with('"');
        if let Some(instead) = instead {
            mended.push_str(text.get(taken..at).unwrap_or_default());
            mended.push_str(&instead);
            taken = at + length;
        }
        at += length;
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    mended.push_str(text.get(taken..).unwrap_or_default());
    Cow::Owned(mended)
}

/// How many bytes of a string belong together, and what they should be if they cannot be read.
fn in_string(rest: &str) -> (usize, Option<String>) {
    if !rest.starts_with('\\') {
        let plain = rest.find(['"', '\\']).unwrap_or(rest.len());
        return (plain.max(1), None);
    }
    match rest.as_bytes().get(1) {
        None => (1, None),
        Some(b'u') if rest.len() < 6 => (rest.len(), None),
        Some(b'u') => match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, None),
            // The end of a cut text may lack the other half.
            (Some(0xd800..=0xdbff), None) if rest.len() < 12 && !rest.contains('"') => (rest.len(), None),
            (Some(0xd800..=0xdfff), _) => (6, Some("\\ufffd".to_owned())),
            (Some(_), _) => (6, None),
            (None, _) => (1, Some("\\\\".to_owned())),
        },
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (2, None),
        Some(_) => (1, Some("\\\\".to_owned())),
    }
}

/// The code unit of an escape that stands in front.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// The same between strings.
fn outside(rest: &str) -> (usize, Option<String>) {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    let is_other = |letter: char| !is_of_word(letter);
    let end = rest.find(is_other);
    let Some(end) = end.filter(|end| *end > 0) else {
        let none = rest.find(|letter| is_of_word(letter) || letter == '"');
        // What stands at the very end may be cut.
        return if end.is_none() { (rest.len(), None) } else { (none.unwrap_or(rest.len()).max(1), None) };
    };
    let word = rest.get(..end).unwrap_or_default();
    let is_number = word.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit());
    let instead = match word {
        "NaN" | "-NaN" | "Infinity" | "-Infinity" => Some("null".to_owned()),
        _ if is_number && word.parse::<f64>().is_ok_and(f64::is_infinite) => Some(format!("\"{word}\"")),
        _ => None,
    };
    (end, instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_and_what_is_cut_stays() {
        for text in [
            "",
            r#"{"a": [1, -2.5e3, true, null], "b": "NaN \" \\ \ud83d\ude00 1e999"}"#,
            r#"{"a": "\u00"#,
            r#"{"a": "\ud83d"#,
            r#"{"a": "\ud83d\ude"#,
            r#"{"a": "\"#,
            r#"{"a": Na"#,
            r#"{"a": 1e999"#,
            "{\"\u{2116}\": \u{2116}}",
        ] {
            assert!(matches!(mended(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_no_reader_takes_is_replaced_and_no_more() {
        for (text, expected) in [
            (
                r#"["\ud83d", "\ude00", "\ud83d\u0041", "\ud83d\ud83d\ude00"]"#,
                r#"["\ufffd", "\ufffd", "\ufffd\u0041", "\ufffd\ud83d\ude00"]"#,
            ),
            ("[NaN,-Infinity, Infinity ]", "[null,null, null ]"),
            ("[1e999, -1E+400]", r#"["1e999", "-1E+400"]"#),
            (r#"["\x41", "\u00zz", "\'"]"#, r#"["\\x41", "\\u00zz", "\\'"]"#),
        ] {
            assert_eq!(mended(text), expected);
            assert!(serde_json::from_str::<serde_json::Value>(expected).is_ok(), "{expected}");
        }
    }
}
