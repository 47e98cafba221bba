//! The mark that keeps a spreadsheet from running a cell as a formula.
//!
//! A spreadsheet runs a cell of a CSV file that begins with `=`, `+`, `-`, `@`, a tab, CR or LF, also in their full-width
//! forms and behind blanks. Such a cell gets an apostrophe in front when the file is for people: `'=V05`. Numbers stay as
//! they are: `-5`, `+31 20 123`.
//!
//! Our reader takes one apostrophe off, so a file that is read again gives the same cells. So that no apostrophe of the
//! cell itself is lost, a cell that begins with apostrophes and such a character gets one more.

use std::borrow::Cow;

use super::is_blank;

const MARK: u8 = b'\'';

/// A cell as a person's spreadsheet may open it: what would run as a formula is marked.
pub(crate) fn guarded(cell: &[u8]) -> Cow<'_, [u8]> {
    match is_marked(cell) || is_formula(cell) && !is_number(cell) {
        true => with_mark(cell),
        false => Cow::Borrowed(cell),
    }
}

/// A cell as it is, but for one more mark on a cell that a reader would take a mark off.
pub(crate) fn raw(cell: &[u8]) -> Cow<'_, [u8]> {
    if is_marked(cell) { with_mark(cell) } else { Cow::Borrowed(cell) }
}

/// The cell that [`guarded`] or [`raw`] wrote.
pub(crate) fn unmarked(cell: &[u8]) -> &[u8] {
    if is_marked(cell) { &cell[1..] } else { cell }
}

fn with_mark(cell: &[u8]) -> Cow<'_, [u8]> {
    let mut marked = Vec::with_capacity(cell.len() + 1);
    marked.push(MARK);
    marked.extend_from_slice(cell);
    Cow::Owned(marked)
}

/// Whether apostrophes stand before what begins as a formula.
fn is_marked(cell: &[u8]) -> bool {
    cell.first() == Some(&MARK) && is_formula(&cell[cell.iter().take_while(|byte| **byte == MARK).count()..])
}

/// Whether a text begins as a formula. Characters that nobody sees do not count: spreadsheets drop some of them.
fn is_formula(mut text: &[u8]) -> bool {
    while let Some(letter) = first_letter(text) {
        match letter {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' => return true,
            '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' => return true,
            unseen if is_blank(unseen) || unseen.is_control() || is_zero_width(unseen) => {
                text = &text[unseen.len_utf8()..];
            }
            _ => return false,
        }
    }
    false
}

/// The first character, if it is one in UTF-8.
fn first_letter(text: &[u8]) -> Option<char> {
    let beginning = &text[..text.len().min(4)];
    beginning.utf8_chunks().next()?.valid().chars().next()
}

fn is_zero_width(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether it is a plain number, such as `-5`, `+1.5` or the telephone number `+31 20 123.45`. With hyphens it
/// would be subtracted.
fn is_number(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    let (Some(sign @ (b'+' | b'-')), digits) = (cell.first(), cell.get(1..).unwrap_or_default().trim_ascii_start())
    else {
        return false;
    };
    let is_telephone = *sign == b'+' && digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'.'));
    let is_plain = digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','));
    let ends_in_digits = [digits.first(), digits.last()].into_iter().all(|byte| byte.is_some_and(u8::is_ascii_digit));
    ends_in_digits && (is_telephone || is_plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts of the characters that matter, and any bytes.
    fn cells() -> impl Strategy<Value = Vec<u8>> {
        let letters = prop::sample::select(
            "'''==+-@\t\r\n \u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}\u{feff}\u{a0}\0aV05.,".chars().collect::<Vec<_>>(),
        );
        prop_oneof![
            prop::collection::vec(letters, 0..8)
                .prop_map(|letters| letters.into_iter().collect::<String>().into_bytes()),
            prop::collection::vec(any::<u8>(), 0..8),
        ]
    }

    proptest! {
        #[test]
        fn reading_takes_off_what_writing_put_on(cell in cells()) {
            for written in [guarded(&cell), raw(&cell)] {
                prop_assert_eq!(unmarked(&written), &cell[..]);
            }
        }

        #[test]
        fn a_guarded_cell_is_no_formula_but_a_number(cell in cells()) {
            let guarded = guarded(&cell);
            prop_assert!(!is_formula(&guarded) || is_number(&guarded), "{:?}", guarded);
        }

        #[test]
        fn a_cell_gets_one_mark_at_most(cell in cells()) {
            for written in [guarded(&cell), raw(&cell)] {
                prop_assert!(*written == cell[..] || written[..1] == *b"'" && written[1..] == cell[..]);
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
            "\t=1",
            "\r=1",
            "\n=1",
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
            assert_eq!(unmarked(text.as_bytes()), text.as_bytes(), "{text:?}");
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
