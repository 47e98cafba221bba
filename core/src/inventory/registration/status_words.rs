//! The words of a status, whatever their language, case and signs.

use super::baked_registration::WORDS;
use super::registration_word::Word;
use crate::inventory::folded_header::folded;

/// Letters and words of a status that are looked at: what stands behind says since when, where or why.
const LETTERS: usize = 64;
const WORDS_IN_FRONT: usize = 5;

impl Word {
    /// What the first words of a cell say, the longest of them first: `Not registered since 3 days`.
    pub(super) fn first_of(status: &[u8]) -> Option<Self> {
        if status.eq_ignore_ascii_case(b"registered") {
            return Some(Self::Registered);
        }
        let mut beginning = Beginning::default();
        if status.is_ascii() {
            let words = status.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            words.take(WORDS_IN_FRONT).for_each(|word| beginning.push(word));
        } else {
            let status: String = String::from_utf8_lossy(status).chars().take(LETTERS).collect();
            let words = status.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
            words.take(WORDS_IN_FRONT).for_each(|word| beginning.push(folded(word).as_bytes()));
        }
        let (words, word) =
            (1..=beginning.words).rev().find_map(|words| Some((words, Self::of_folded(beginning.first(words)?)?)))?;
        let is_there = matches!(word, Self::Registered | Self::There | Self::PartlyRegistered);
        // `Registered: No`, but not `Registered 0 days ago`.
        let is_no =
            |next: &str| (next.len() > 1 || words + 1 == beginning.words) && Self::of_folded(next) == Some(Self::No);
        Some(if is_there && beginning.next(words).is_some_and(is_no) { Self::Gone } else { word })
    }

    /// The word that is exactly this, as [`folded`] leaves it.
    pub(super) fn of_folded(word: &str) -> Option<Self> {
        let place = WORDS.binary_search_by_key(&word, |(known, _)| known).ok()?;
        WORDS.get(place).map(|(_, word)| *word)
    }
}

/// The first words of a status, with nothing between them.
struct Beginning {
    letters: [u8; LETTERS],
    /// Where each word ends.
    ends: [usize; WORDS_IN_FRONT],
    words: usize,
}

impl Default for Beginning {
    fn default() -> Self {
        Self { letters: [0; LETTERS], ends: [0; WORDS_IN_FRONT], words: 0 }
    }
}

impl Beginning {
    /// One word more, if there is room for it.
    fn push(&mut self, word: &[u8]) {
        let begin = self.words.checked_sub(1).map_or(0, |last| self.ends[last]);
        let end = begin + word.len();
        let is_next = self.words == 0 || begin > 0;
        let (Some(letters), Some(place), true) =
            (self.letters.get_mut(begin..end), self.ends.get_mut(self.words), is_next)
        else {
            return;
        };
        letters.copy_from_slice(word);
        letters.make_ascii_lowercase();
        *place = end;
        self.words += 1;
    }

    /// The word behind so many.
    fn next(&self, words: usize) -> Option<&str> {
        let begin = *self.ends.get(words.checked_sub(1)?)?;
        let end = *self.ends.get(words).filter(|_| words < self.words)?;
        self.letters.get(begin..end).and_then(|letters| std::str::from_utf8(letters).ok())
    }

    fn first(&self, words: usize) -> Option<&str> {
        let end = *self.ends.get(words.checked_sub(1)?)?;
        // A single letter in front of others is no word: `N/A`.
        let is_whole = end > 1 || self.words == 1;
        self.letters.get(..end).filter(|_| is_whole).and_then(|letters| std::str::from_utf8(letters).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: Option<Word>, cells: &[&str]) {
        for cell in cells {
            assert_eq!(Word::first_of(cell.as_bytes()), expected, "{cell}");
        }
    }

    #[test]
    fn the_first_words_of_a_cell_count() {
        check(
            Some(Word::Gone),
            &[
                "UnRegistered",
                "Un-Registered",
                "UN_REG",
                "not registered",
                "Registered: No",
                "registered=false",
                "Registered: 0",
                "Online - no",
                "Registriert: Nein",
                "Not registered since 3 days",
                "(unregistered)",
                "De-registered",
                "Deregistered: x",
                "Unregister",
                "UNR",
                "Disconnected",
                "Nicht registriert",
                "NON ENREGISTR\u{c9}",
                "Non enregistre\u{301}",
                "No registrado",
                "N\u{e3}o registrado",
                "Non registrato",
                "Niet geregistreerd",
                "ikke registrert",
                "Oregistrerad",
                "Niezarejestrowany",
                "\u{672a}\u{767b}\u{9332}",
                "\u{672a}\u{6ce8}\u{518c}",
            ],
        );
        check(
            Some(Word::Ambiguous),
            &["Rejected", "None", "unknown since", "Abgelehnt", "Abgemeldet", "Ausgebucht", "Dado de baja", "Avlogget"],
        );
        check(
            Some(Word::Registered),
            &["Registered", "reg", "Registered with cucm1", "Registered 0 days ago", "Registered: yes", "Registriert"],
        );
        check(Some(Word::PartlyRegistered), &["PartiallyRegistered", "part"]);
        check(Some(Word::No), &["No", "false", "0", "Nein", "n", "N\u{e3}o"]);
        check(Some(Word::Yes), &["Yes", "TRUE", "1", "Ja"]);
        check(None, &["", "---", "Unregisteredly", "Noneuclidean", "N/A", "Nope", "In stock", &"x".repeat(200)]);
    }

    #[test]
    fn no_word_is_longer_than_what_is_looked_at() {
        for (word, _) in WORDS {
            assert!(word.len() <= LETTERS, "{word}");
        }
    }
}
