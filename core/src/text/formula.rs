//! The mark that keeps a spreadsheet from running a cell as a formula.
//!
//! A spreadsheet runs a cell of a CSV file that begins with `=`, `+`, `-`, `@`, a tab, CR or LF, also in their full-width
//! forms and behind blanks. Such a cell gets an apostrophe in front when the file is for people: `'=V05`. Numbers stay as
//! they are: `-5`, `+31 20 123`.
//!
//! A spreadsheet that is set to another language splits a file where we wrote one cell: `x,=1+1` of a file with semicolons
//! is two cells to it. So what follows a comma, a semicolon, a tab, a bar or the end of a line within a cell is marked by the
//! same rule: `x,'=1+1`.
//!
//! Our reader takes one apostrophe off in each of these places, so a file that is read again gives the same cells. So that no
//! apostrophe of the cell itself is lost, what begins with apostrophes and such a character gets one more.

use std::borrow::Cow;

use super::is_blank;

const MARK: u8 = b'\'';

/// A cell as a person's spreadsheet may open it: what would run as a formula is marked.
pub(crate) fn guarded(cell: &[u8]) -> Cow<'_, [u8]> {
    let marks = |part: Part<'_>| part.is_marked() || part.is_formula() && !is_number(part.text());
    with_marks(cell, marks)
}

/// A cell as it is, but for one more mark wherever a reader would take a mark off.
pub(crate) fn raw(cell: &[u8]) -> Cow<'_, [u8]> {
    if cell.contains(&MARK) { with_marks(cell, |part| part.is_marked()) } else { Cow::Borrowed(cell) }
}

/// The cell that [`guarded`] or [`raw`] wrote.
pub(crate) fn unmarked(cell: &[u8]) -> Cow<'_, [u8]> {
    if !cell.contains(&MARK) || !parts(cell).any(Part::is_marked) {
        return Cow::Borrowed(cell);
    }
    let mut unmarked = Vec::with_capacity(cell.len());
    let mut copied = 0;
    for part in parts(cell).filter(|part| part.is_marked()) {
        unmarked.extend_from_slice(&cell[copied..part.begin()]);
        copied = part.begin() + 1;
    }
    unmarked.extend_from_slice(&cell[copied..]);
    Cow::Owned(unmarked)
}

fn with_marks(cell: &[u8], marks: impl Fn(Part<'_>) -> bool) -> Cow<'_, [u8]> {
    let mut marked = Vec::new();
    let mut copied = 0;
    for part in parts(cell).filter(|part| marks(*part)) {
        if marked.is_empty() {
            marked.reserve_exact(cell.len() + 1);
        }
        marked.extend_from_slice(&cell[copied..part.begin()]);
        marked.push(MARK);
        copied = part.begin();
    }
    if marked.is_empty() {
        return Cow::Borrowed(cell);
    }
    marked.extend_from_slice(&cell[copied..]);
    Cow::Owned(marked)
}

/// What a spreadsheet may take for the text of a cell.
#[derive(Clone, Copy)]
enum Part<'c> {
    /// The cell.
    Cell(&'c [u8]),
    /// What follows a character at which a spreadsheet may split the cell, up to the next.
    Behind { begin: usize, text: &'c [u8] },
}

/// The cell, then its parts behind each character at which it may be split.
fn parts(cell: &[u8]) -> impl Iterator<Item = Part<'_>> {
    let behind = cell.split(splits).scan(0, |next, text| {
        let begin = *next;
        *next += text.len() + 1;
        Some(Part::Behind { begin, text })
    });
    // What stands before the first split is the beginning of the cell.
    std::iter::once(Part::Cell(cell)).chain(behind.skip(1))
}

/// Whether a spreadsheet may split a cell there.
fn splits(byte: &u8) -> bool {
    matches!(byte, b',' | b';' | b'\t' | b'|' | b'\r' | b'\n')
}

impl<'c> Part<'c> {
    fn begin(self) -> usize {
        match self {
            Self::Cell(_) => 0,
            Self::Behind { begin, .. } => begin,
        }
    }

    fn text(self) -> &'c [u8] {
        match self {
            Self::Cell(text) | Self::Behind { text, .. } => text,
        }
    }

    /// Whether it begins as a formula.
    fn is_formula(self) -> bool {
        self.begins_as_formula(self.text())
    }

    /// Whether apostrophes stand before what begins as a formula.
    fn is_marked(self) -> bool {
        let text = self.text();
        let marks = text.iter().take_while(|byte| **byte == MARK).count();
        marks > 0 && self.begins_as_formula(&text[marks..])
    }

    /// Whether a text begins as a formula. Characters that nobody sees do not count: spreadsheets drop some of them. Behind a
    /// split, quotes do not count either: the writer doubles them, and two quotes are an empty text before what follows.
    fn begins_as_formula(self, mut text: &[u8]) -> bool {
        let is_quote = |letter| letter == '"' && matches!(self, Self::Behind { .. });
        while let Some(letter) = first_letter(text) {
            match letter {
                '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' => return true,
                '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' => return true,
                unseen if is_blank(unseen) || unseen.is_control() || is_zero_width(unseen) || is_quote(unseen) => {
                    text = &text[unseen.len_utf8()..];
                }
                _ => return false,
            }
        }
        false
    }
}

/// The first character, if it is one in UTF-8.
fn first_letter(text: &[u8]) -> Option<char> {
    let beginning = &text[..text.len().min(4)];
    beginning.utf8_chunks().next()?.valid().chars().next()
}

fn is_zero_width(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether it is a plain number, such as `-5`, `+1.5` or the telephone number `+31 20 123.45`. With hyphens it
/// would be subtracted.
fn is_number(cell: &[u8]) -> bool {
    let cell = without_spaces(cell);
    let (Some(sign @ (b'+' | b'-')), digits) = (cell.first(), without_spaces(cell.get(1..).unwrap_or_default())) else {
        return false;
    };
    let is_telephone = *sign == b'+' && digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'.'));
    let is_plain = digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','));
    let ends_in_digits = [digits.first(), digits.last()].into_iter().all(|byte| byte.is_some_and(u8::is_ascii_digit));
    ends_in_digits && (is_telephone || is_plain)
}

/// Without the spaces around it; a tab or the end of a line is more than that.
fn without_spaces(mut text: &[u8]) -> &[u8] {
    while let [b' ', rest @ ..] | [rest @ .., b' '] = text {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts of the characters that matter, and any bytes.
    fn cells() -> impl Strategy<Value = Vec<u8>> {
        let letters = prop::sample::select(
            "'''==+-@\t\r\n \u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}\u{feff}\u{a0}\0aV05.,;|\"".chars().collect::<Vec<_>>(),
        );
        prop_oneof![
            prop::collection::vec(letters, 0..8)
                .prop_map(|letters| letters.into_iter().collect::<String>().into_bytes()),
            prop::collection::vec(any::<u8>(), 0..8),
        ]
    }

    /// What a program makes of a text that it splits at these characters, without knowing of quotes.
    fn split<'c>(cell: &'c [u8], at: &'c [u8]) -> impl Iterator<Item = &'c [u8]> {
        cell.split(|byte| at.contains(byte))
    }

    proptest! {
        #[test]
        fn reading_takes_off_what_writing_put_on(cell in cells()) {
            for written in [guarded(&cell), raw(&cell)] {
                prop_assert_eq!(&*unmarked(&written), &cell[..]);
            }
        }

        #[test]
        fn a_guarded_cell_is_no_formula_but_a_number(cell in cells()) {
            let guarded = guarded(&cell);
            prop_assert!(!Part::Cell(&guarded).is_formula() || is_number(&guarded), "{:?}", guarded);
        }

        #[test]
        fn nor_is_what_another_program_makes_of_it(cell in cells()) {
            let guarded = guarded(&cell);
            for at in [b",".as_slice(), b";", b"\t", b"|", b"\r\n", b",;\t|\r\n"] {
                // The first part is the beginning of the cell, which has a law of its own.
                for part in split(&guarded, at).skip(1) {
                    let text = String::from_utf8_lossy(part).replace('"', "");
                    // What a tab or the end of a line stands before is a part of its own.
                    let unseen = |letter: char| is_blank(letter) || letter.is_control() || is_zero_width(letter);
                    let text = text.trim_start_matches(unseen);
                    let number = split(text.as_bytes(), b",;\t|\r\n").next().unwrap_or_default();
                    prop_assert!(!Part::Cell(text.as_bytes()).is_formula() || is_number(number), "{:?}", part);
                }
            }
        }

        #[test]
        fn a_cell_keeps_its_text_between_the_marks(cell in cells()) {
            for written in [guarded(&cell), raw(&cell)] {
                prop_assert!(written.len() <= 2 * cell.len() + 1);
                let without = |text: &[u8]| text.iter().copied().filter(|byte| *byte != b'\'').collect::<Vec<_>>();
                prop_assert_eq!(without(&written), without(&cell));
            }
        }
    }

    #[test]
    fn what_runs_gets_the_mark() {
        let formulas = [
            "=1+1",
            "= V05",
            "+SUM(A1)",
            "-1+cmd",
            "@SUM(A1)",
            " =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\0=1",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}A1",
            "-",
            "+",
            "--5",
            "-5-5",
            "+31 (0)20",
            "+cmd|' /C calc'!A0",
            "\t5",
            "'=1",
            "''=1",
            "' =1",
            "+-5",
            "+5-",
            "+31 20-123.45",
            "+1-1",
            "-1e5",
        ];
        for formula in formulas {
            assert_eq!(*guarded(formula.as_bytes()), *format!("'{formula}").as_bytes(), "{formula:?}");
        }
    }

    #[test]
    fn what_runs_behind_a_split_gets_the_mark_there() {
        let cells = [
            ("x,=1+1", "x,'=1+1"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("\n=1", "'\n'=1"),
            ("x;=1", "x;'=1"),
            ("x\t@A", "x\t'@A"),
            ("x|+A1", "x|'+A1"),
            ("x\n=1", "x\n'=1"),
            ("x\r\n- =1", "x\r\n'- =1"),
            ("x, \"=1", "x,' \"=1"),
            ("=1,=2;=3", "'=1,'=2;'=3"),
            ("x,'=1", "x,''=1"),
            ("note:\n\n-5", "note:\n\n-5"),
            ("x, +31 20 123", "x, +31 20 123"),
            ("a,b;c|d", "a,b;c|d"),
        ];
        for (cell, written) in cells {
            assert_eq!(String::from_utf8_lossy(&guarded(cell.as_bytes())), written);
            assert_eq!(
                String::from_utf8_lossy(&unmarked(written.as_bytes())),
                if written == "x,''=1" { "x,'=1" } else { cell }
            );
        }
    }

    #[test]
    fn what_does_not_run_stays() {
        let texts = [
            "",
            "'",
            "''",
            "V05",
            "CP-8841-K9=",
            "-5",
            "+5",
            "-5.5",
            "-1,234.5",
            "+31 20 123",
            " -5 ",
            "5",
            "'quoted'",
            "'a=1",
            "a=1",
            "\u{e9}=1",
            "\0",
            " ",
        ];
        for text in texts {
            assert_eq!(*guarded(text.as_bytes()), *text.as_bytes(), "{text:?}");
            assert_eq!(*unmarked(text.as_bytes()), *text.as_bytes(), "{text:?}");
        }
        assert_eq!(*guarded(b"\xff=1"), *b"\xff=1");
    }

    #[test]
    fn a_raw_file_has_formulas_as_they_are() {
        assert_eq!(*raw(b"=1+1"), *b"=1+1");
        assert_eq!(*raw(b"'=1+1"), *b"''=1+1");
        assert_eq!(*raw(b"'-5"), *b"''-5");
    }
}
