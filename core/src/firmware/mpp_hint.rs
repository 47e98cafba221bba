//! Texts that nobody can read and that hint at MPP firmware.

use crate::text::is_blank;

/// Whether a text has a word of MPP firmware: over that, nothing may be assumed (specification 2.3).
///
/// Looks at the beginning of the text only: what says what runs is short, and a cell may hold anything of any length.
pub(crate) fn mentions_mpp(text: &str) -> bool {
    const WORDS: [&[u8]; 4] = [b"MPP", b"MSR", b"3PCC", b"MULTIPLATFORM"];
    let mut letters = [0_u8; 256];
    let mut len = 0;
    for (place, letter) in letters.iter_mut().zip(text.chars().filter(|letter| !is_blank(*letter))) {
        // A letter above U+00FF becomes 0; no word contains a 0.
        *place = u8::try_from(letter).map_or(0, |letter| letter.to_ascii_uppercase());
        len += 1;
    }
    WORDS.iter().any(|word| letters[..len].windows(word.len()).any(|part| part == *word))
}
