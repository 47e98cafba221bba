//! Headers without what does not matter.

use unicode_normalization::UnicodeNormalization as _;

/// A header without what does not matter: two headers are the same if this is. Letters and digits count, in small letters,
/// without accents, and in their plain forms: `Modèle` is `modele`, `ＭＡＣ` is `mac`, and `N.º`, `№` and `N°` are `no`.
pub(super) fn folded(header: &str) -> String {
    if header.is_ascii() {
        return header
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    // Marks such as accents are no letters.
    let letters = header.nfkd().filter(|letter| letter.is_alphanumeric() || *letter == DEGREE);
    letters.flat_map(char::to_lowercase).filter(|letter| !is_mark_of_case(*letter)).fold(
        String::new(),
        |mut folded, letter| {
            match plain(letter) {
                Some(plain) => folded.push_str(plain),
                None => folded.push(letter),
            }
            folded
        },
    )
}

/// The same where a `#` behind a word means `No`: `Serial #`. Nothing if there is none.
pub(super) fn folded_with_number(header: &str) -> Option<String> {
    let (name, rest) = header.rsplit_once('#')?;
    let name = folded(name);
    (!name.is_empty()).then(|| name + "no" + &folded(rest))
}

/// People write it for `º`.
const DEGREE: char = '\u{b0}';

/// `İ` in small letters is an `i` and a mark.
fn is_mark_of_case(letter: char) -> bool {
    letter == '\u{307}'
}

/// How a letter is written where it is missing, if Unicode knows no form of it: `ø` is no `o` with a stroke.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{f8}' | DEGREE => "o",
        '\u{e6}' => "ae",
        '\u{153}' => "oe",
        '\u{df}' => "ss",
        '\u{142}' => "l",
        '\u{111}' => "d",
        '\u{131}' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_the_same_however_they_are_written() {
        for (headers, expected) in [
            (
                &["Serial No.", "serial_no", "SerialNo", "SERIAL N\u{ba}", "Serial \u{2116}", "Serial N\u{b0}"][..],
                "serialno",
            ),
            (&["Mod\u{e8}le", "MODE\u{300}LE", "modele"], "modele"),
            (&["\u{ff2d}\u{ff21}\u{ff23}", "M A C", "mac"], "mac"),
            (&["V\u{e6}rtsnavn", "Vaertsnavn"], "vaertsnavn"),
            (&["urz\u{105}dzenia", "urzadzenia"], "urzadzenia"),
            (&["SER\u{130}AL", "Serial"], "serial"),
            (&["#", "-", ""], ""),
        ] {
            headers.iter().for_each(|header| assert_eq!(folded(header), expected, "{header}"));
        }
        assert_eq!(folded_with_number("Serial #").as_deref(), Some("serialno"));
        assert_eq!(folded_with_number("#MAC"), None);
        assert_eq!(folded_with_number("MAC"), None);
    }
}
