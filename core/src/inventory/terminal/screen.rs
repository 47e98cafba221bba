//! The lines of a capture as the terminal showed them.
//!
//! A log of a terminal holds what came over the wire: several kinds of line ends, escapes for colors and cursors, and
//! `--More--` that was written over. What a person saw is read.

use std::borrow::Cow;

use super::pager;

/// A line, as a person saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Its number in the file, from 1.
    pub(crate) number: u64,
    /// Its text without blanks at the end.
    pub(crate) text: Cow<'t, str>,
}

/// The lines of a text. What asks for a key to go on with the next page is no part of them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let text = text.strip_suffix(end).unwrap_or(text);
    (1..).zip(text.split(end)).map(|(number, line)| Line { number, text: shown(line) })
}

fn shown(line: &str) -> Cow<'_, str> {
    let line = line.trim_end_matches(['\r', ' ', '\t']);
    let shown = match line.contains(['\r', '\u{8}', '\u{1b}', '\u{7}', '\0']) {
        true => Cow::Owned(written_over(line)),
        false => Cow::Borrowed(line),
    };
    match shown {
        Cow::Borrowed(line) => Cow::Borrowed(pager::without_pager(line).trim_end()),
        Cow::Owned(line) => Cow::Owned(pager::without_pager(&line).trim_end().to_owned()),
    }
}

/// What is left of a line in which later letters stand over earlier ones.
fn written_over(line: &str) -> String {
    let mut screen: Vec<char> = Vec::with_capacity(line.len());
    let mut cursor = 0_usize;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => cursor = 0,
            '\u{8}' => cursor = cursor.saturating_sub(1),
            '\u{1b}' => match escape(&mut letters) {
                Escape::EraseBehind => screen.truncate(cursor),
                // What comes next is written from the beginning of the line.
                Escape::EraseLine => {
                    screen.clear();
                    cursor = 0;
                }
                Escape::Other => {}
            },
            '\u{7}' | '\0' => {}
            letter => {
                match screen.get_mut(cursor) {
                    Some(place) => *place = letter,
                    None => screen.push(letter),
                }
                cursor += 1;
            }
        }
    }
    screen.into_iter().collect()
}

enum Escape {
    EraseBehind,
    EraseLine,
    Other,
}

/// What comes behind ESC: `[` with numbers and a letter, `]` with a text that BEL or ESC ends, or one letter.
fn escape(letters: &mut std::str::Chars<'_>) -> Escape {
    match letters.next() {
        Some('[') => {
            let mut numbers = String::new();
            for letter in letters.by_ref() {
                match letter {
                    'K' if numbers == "2" => return Escape::EraseLine,
                    'K' if matches!(numbers.as_str(), "" | "0") => return Escape::EraseBehind,
                    '@'..='~' => return Escape::Other,
                    letter => numbers.push(letter),
                }
            }
            Escape::Other
        }
        Some(']') => {
            let _ = letters.find(|letter| matches!(letter, '\u{7}' | '\\'));
            Escape::Other
        }
        _ => Escape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(lines(text).map(|line| line.text.into_owned()).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn lines_end_as_systems_end_them() {
        for end in ["\n", "\r\n", "\r\r\n", "\r"] {
            check(&format!("a{end}{end}b  {end}"), &["a", "", "b"]);
        }
        assert_eq!(lines("a\n\nb").map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn what_was_written_over_is_gone() {
        check("--More--\r        \rSEP00CCFC000021, Lab\n", &["SEP00CCFC000021, Lab"]);
        check(&format!("--More--{0}        {0}a, b", "\u{8}".repeat(8)), &["a, b"]);
        check("--More--\r\u{1b}[Ka, b\n", &["a, b"]);
        check("\u{1b}[1;32madmin:\u{1b}[0mshow", &["admin:show"]);
        check("\u{1b}]0;title\u{7}a", &["a"]);
        check("Press <enter> for 1 line, <space> for one page, or <q> to quit\r\na", &["", "a"]);
        check("\u{1b}", &[""]);
    }
}
