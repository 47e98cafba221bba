use std::fmt::{self, Write as _};

/// Characters that are shown of a text from outside.
const MOST: usize = 120;
/// Characters that are shown of a text of a rule book to whoever asks what the book says.
const MOST_OF_RULE: usize = 2000;
/// Of a long name both ends are shown: that of a file is told from others by its end.
const BEGINNING_OF_NAME: usize = 40;
/// Bytes of the longest name of a file.
const LONGEST_NAME: usize = 4096;
/// Names that are listed one by one.
const MOST_NAMES: usize = 20;
/// Lines of one kind in a report: a fleet of broken rows has a report that a person reads.
pub(crate) const MOST_LINES: usize = 20;

/// A text from outside as every message of this crate shows it, safe for a terminal.
///
/// Control characters, line breaks, marks that turn the direction of writing, and characters that nobody sees are escaped,
/// such as `\u{1b}`. At most 120 characters are shown, unless the caller asks for all; then a sign says how many the text has.
///
/// # Example
/// ```
/// use crossgrade::text::Shown;
///
/// assert_eq!(Shown::new("Caf\u{e9}\u{1b}[2J\n").to_string(), r"Café\u{1b}[2J\n");
/// assert_eq!(Shown::quoted("SEP\u{202e}\"").to_string(), r#""SEP\u{202e}\"""#);
/// assert!(Shown::new(&"x".repeat(1 << 20)).to_string().ends_with("xxx... (1048576 characters)"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    text: &'a str,
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Beginning { most: usize },
    Quoted,
    BothEnds,
    Lines,
    Json,
}

impl<'a> Shown<'a> {
    /// The first 120 characters.
    pub fn new(text: &'a str) -> Self {
        Self { text, form: Form::Beginning { most: MOST } }
    }

    /// The first 120 characters in quotes; quotes and backslashes in the text are escaped.
    pub fn quoted(text: &'a str) -> Self {
        Self { text, form: Form::Quoted }
    }

    /// Beginning and end, 120 characters in all: a file is told from others by the end of its name.
    pub fn both_ends(text: &'a str) -> Self {
        Self { text, form: Form::BothEnds }
    }

    /// All characters: for a message whose quoted texts were shortened when it was made, and for what somebody asked to see.
    pub fn escaped(text: &'a str) -> Self {
        Self { text, form: Form::Beginning { most: usize::MAX } }
    }

    /// The name of a file that the caller gave, in full; of what is longer than the name of any file, both ends.
    pub fn file(name: &'a str) -> Self {
        if name.len() <= LONGEST_NAME { Self::escaped(name) } else { Self::both_ends(name) }
    }

    /// All characters of a text of several lines, in which line breaks and tabs stay: a table, or a message with hints below.
    pub fn lines(text: &'a str) -> Self {
        Self { text, form: Form::Lines }
    }

    /// All of a JSON text, which stays JSON that says the same: line breaks stay, and escapes are those of JSON (`\u001b`).
    pub fn json(text: &'a str) -> Self {
        Self { text, form: Form::Json }
    }

    /// The first 2,000 characters: of what a rule book says, for somebody who asked for it.
    pub(crate) fn of_rule(text: &'a str) -> Self {
        Self { text, form: Form::Beginning { most: MOST_OF_RULE } }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text;
        let most = match self.form {
            Form::Beginning { most } => most,
            Form::Quoted | Form::BothEnds => MOST,
            Form::Lines => return escaped(f, text, line_escape),
            Form::Json => return escaped(f, text, json_escape),
        };
        let end = text.char_indices().nth(most).map(|(end, _)| end);
        let beginning = &text[..end.unwrap_or(text.len())];
        match (self.form, end) {
            (Form::Quoted, _) => escaped(f, &format!("{beginning:?}"), escape)?,
            (Form::BothEnds, Some(_)) => {
                let beginning = text.char_indices().nth(BEGINNING_OF_NAME).map_or(0, |(end, _)| end);
                let end = text.char_indices().rev().nth(MOST - BEGINNING_OF_NAME - 1).map_or(text.len(), |(at, _)| at);
                escaped(f, &text[..beginning], escape)?;
                f.write_str("...")?;
                escaped(f, &text[end..], escape)?;
                return write!(f, " ({} characters)", text.chars().count());
            }
            _ => escaped(f, beginning, escape)?,
        }
        match end {
            Some(_) => write!(f, "... ({} characters)", text.chars().count()),
            None => Ok(()),
        }
    }
}

type Escape = fn(&mut fmt::Formatter<'_>, char) -> fmt::Result;

fn escaped(f: &mut fmt::Formatter<'_>, text: &str, escape: Escape) -> fmt::Result {
    let mut rest = text;
    while let Some((at, letter)) = rest.char_indices().find(|(_, letter)| is_unseen(*letter)) {
        f.write_str(&rest[..at])?;
        escape(f, letter)?;
        rest = &rest[at + letter.len_utf8()..];
    }
    f.write_str(rest)
}

fn escape(f: &mut fmt::Formatter<'_>, letter: char) -> fmt::Result {
    match letter.is_control() {
        true => write!(f, "{}", letter.escape_debug()),
        false => write!(f, "{}", letter.escape_unicode()),
    }
}

fn line_escape(f: &mut fmt::Formatter<'_>, letter: char) -> fmt::Result {
    match letter {
        '\n' | '\t' => f.write_char(letter),
        _ => escape(f, letter),
    }
}

/// Between the parts of JSON, a line break is a line break; within its texts there is none.
fn json_escape(f: &mut fmt::Formatter<'_>, letter: char) -> fmt::Result {
    match letter {
        '\n' => f.write_char('\n'),
        _ => letter.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(f, "\\u{unit:04x}")),
    }
}

/// Whether a terminal would obey a character instead of showing it, or would show nothing: controls, line and paragraph
/// separators, bidirectional controls, and what Unicode calls default ignorable.
fn is_unseen(letter: char) -> bool {
    match letter {
        ' '..='~' => false,
        _ if letter.is_control() => true,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// Names in brackets and quotes: the first 20, then how many more there are.
pub(crate) struct ShownNames<'a>(pub(crate) &'a [String]);

impl fmt::Display for ShownNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('[')?;
        for (index, name) in self.0.iter().take(MOST_NAMES).enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { ", " }, Shown::quoted(name))?;
        }
        f.write_char(']')?;
        more(f, self.0.len())
    }
}

fn more(out: &mut dyn fmt::Write, count: usize) -> fmt::Result {
    if count > MOST_NAMES { write!(out, " and {} more", count - MOST_NAMES) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts of characters that harm, and any texts.
    fn texts() -> impl Strategy<Value = String> {
        let harmful = "\u{1b}\u{7}\n\r\t\0\u{7f}\u{85}\u{9b}\u{200b}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{61c}\u{feff}\u{e0041}\u{fe0f}\"\\ a\u{e9}";
        let letters = prop::sample::select(harmful.chars().collect::<Vec<_>>());
        prop_oneof![
            prop::collection::vec(letters, 0..300).prop_map(String::from_iter),
            ".{0,300}",
            prop::collection::vec(any::<char>(), 0..300).prop_map(String::from_iter),
        ]
    }

    fn forms(text: &str) -> [String; 5] {
        [Shown::new(text), Shown::quoted(text), Shown::both_ends(text), Shown::escaped(text), Shown::of_rule(text)]
            .map(|shown| shown.to_string())
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_shown(text in texts()) {
            for shown in forms(&text) {
                prop_assert!(!shown.chars().any(is_unseen), "{:?}", shown);
            }
        }

        #[test]
        fn lines_stay_lines(text in texts()) {
            let apart = |text: &str| text.split_inclusive(['\n', '\t']).map(str::to_owned).collect::<Vec<_>>();
            let shown = apart(&Shown::lines(&text).to_string());
            prop_assert_eq!(shown.len(), apart(&text).len());
            for (shown, line) in shown.iter().zip(apart(&text)) {
                let end = line.len() - line.ends_with(['\n', '\t']) as usize;
                prop_assert_eq!(shown.trim_end_matches(['\n', '\t']), Shown::escaped(&line[..end]).to_string());
            }
        }

        /// A text of texts that were shown already stays as it is.
        #[test]
        fn what_was_shown_stays(text in texts()) {
            let shown = Shown::new(&text).to_string();
            prop_assert_eq!(Shown::escaped(&shown).to_string(), shown);
        }

        /// JSON of any texts is read again as the same.
        #[cfg(feature = "json")]
        #[test]
        fn json_stays_json(texts in prop::collection::vec(texts(), 0..4)) {
            let json = serde_json::to_string_pretty(&texts).unwrap_or_default();
            let shown = Shown::json(&json).to_string();
            prop_assert!(!shown.chars().any(|letter| letter != '\n' && is_unseen(letter)), "{:?}", shown);
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap_or_default(), texts);
        }

        #[test]
        fn a_short_text_of_letters_is_itself(text in "[ -~\u{e9}\u{f1}\u{4e00}]{0,120}") {
            prop_assert_eq!(forms(&text), [text.clone(), format!("{text:?}"), text.clone(), text.clone(), text.clone()]);
        }

        #[test]
        fn no_more_than_120_characters_are_shown(count in 121..400_usize) {
            let text = "x".repeat(count);
            for shown in [Shown::new(&text), Shown::quoted(&text), Shown::both_ends(&text)] {
                let shown = shown.to_string();
                prop_assert_eq!(shown.matches('x').count(), 120);
                prop_assert!(shown.ends_with(&format!(" ({count} characters)")), "{}", shown);
            }
        }
    }

    #[test]
    fn of_a_long_name_both_ends_are_shown() {
        let name = format!("/home/somebody/{}/export.csv", "folder/".repeat(40));
        let shown = Shown::both_ends(&name).to_string();
        assert!(shown.starts_with("/home/somebody/folder/"), "{shown}");
        assert!(shown.ends_with("/export.csv (306 characters)"), "{shown}");
    }

    #[test]
    fn names_of_files_are_whole_and_others_are_not() {
        let name = format!("/home/somebody/{}export.csv", "folder/".repeat(500));
        assert_eq!(Shown::file(&name).to_string(), name);
        assert!(Shown::file(&name.repeat(2)).to_string().chars().count() < 150);
    }

    #[test]
    fn lists_of_names_end() {
        let names: Vec<String> = (1..=4096).map(|number| format!("C{number}")).collect();
        assert_eq!(ShownNames(&names[..2]).to_string(), r#"["C1", "C2"]"#);
        assert!(ShownNames(&names).to_string().ends_with(r#""C20"] and 4076 more"#));
    }
}
