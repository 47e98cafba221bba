//! Other spellings of the same text (law 2): each function takes a readable text of its field and makes choices.
//!
//! Choices come from bytes that proptest generates; no bytes mean no change, so a failing case shrinks to the least
//! respelling that still fails.

/// A stream of decisions.
#[derive(Debug)]
pub struct Choices<'a>(std::slice::Iter<'a, u8>);

impl<'a> Choices<'a> {
    /// Decisions from these bytes; once they are used up, every decision is the first.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    /// One of several things, the first of which is no change.
    pub fn of<T: Copy>(&mut self, things: &[T]) -> T {
        things[usize::from(self.0.next().copied().unwrap_or(0)) % things.len()]
    }

    fn yes(&mut self) -> bool {
        self.of(&[false, true])
    }
}

const BLANKS: &[&str] = &["", " ", "\u{a0}", "\t", "\u{2009}", "\u{200b}", "\u{feff}", "  "];
const HYPHENS: &[&str] = &["-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2212}", "\u{ff0d}"];

/// Case, and blanks around the text.
fn outside(text: &str, choices: &mut Choices<'_>) -> String {
    let before = choices.of(BLANKS);
    let after = choices.of(BLANKS);
    let flip = |letter: char| {
        if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    };
    let letters = text.chars().map(|letter| if choices.yes() { flip(letter) } else { letter });
    format!("{before}{}{after}", letters.collect::<String>())
}

/// Blanks between any two characters.
fn blanks_inside(text: &str, choices: &mut Choices<'_>) -> String {
    text.chars().map(|character| format!("{character}{}", choices.of(&["", "", " ", "\u{a0}", "\u{200b}"]))).collect()
}

/// Other characters for hyphens.
fn hyphens(text: &str, choices: &mut Choices<'_>) -> String {
    text.chars()
        .map(|character| if character == '-' { choices.of(HYPHENS).to_owned() } else { character.into() })
        .collect()
}

/// Texts in which blanks mean nothing, of words or digits.
pub fn word(text: &str, choices: &mut Choices<'_>) -> String {
    let text = hyphens(&blanks_inside(text, choices), choices);
    outside(&text, choices)
}

/// Product texts: `=`, hyphens and spaces for each other. A user agent is one word and a version, so only its case and
/// the kind of its hyphens vary.
pub fn product(text: &str, choices: &mut Choices<'_>) -> String {
    let text = text.trim_matches(|character: char| character.is_whitespace() || "\u{feff}\u{200b}".contains(character));
    if text.contains('/') {
        return outside(&hyphens(text, choices), choices);
    }
    let separators = ["-", " ", "\u{2011}", "\u{2013}", "\u{a0}", "--", " - "];
    let mut other = String::new();
    for character in text.chars() {
        match character {
            '-' | ' ' if choices.yes() => other.push_str(choices.of(&separators)),
            '=' if choices.yes() => other.push(' '),
            character => other.push(character),
        }
    }
    // Behind a VID nothing may follow.
    let upper = text.to_ascii_uppercase();
    if upper.contains("CP") && !upper.contains('V') && choices.yes() {
        other.push('=');
    }
    outside(&other, choices)
}

/// Hardware versions: leading zeros, `=` and `VID` before them.
pub fn vid(text: &str, choices: &mut Choices<'_>) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: u16 = digits.parse().expect("a readable VID has digits");
    let texts = [
        text.to_owned(),
        format!("V{number}"),
        format!("V{number:02}"),
        format!("= V{number:03}"),
        format!("VID: V{number}"),
    ];
    word(choices.of(&texts.each_ref().map(String::as_str)), choices)
}

/// MAC addresses: separators and `SEP`.
pub fn mac(text: &str, choices: &mut Choices<'_>) -> String {
    let upper = text.trim().to_ascii_uppercase();
    let digits: String = upper.trim_start_matches("SEP").chars().filter(char::is_ascii_hexdigit).collect();
    let size = choices.of(&[12, 2, 4, 6]);
    let separator = choices.of(&[":", "-", ".", " ", "\u{2011}", "\u{a0}"]);
    let groups: Vec<_> = digits.as_bytes().chunks(size).map(String::from_utf8_lossy).collect();
    outside(&format!("{}{}", choices.of(&["", "SEP"]), groups.join(separator)), choices)
}

/// Load names: `sip`, `.loads`, dots for hyphens behind the family.
pub fn load(text: &str, choices: &mut Choices<'_>) -> String {
    let mut text = text.to_owned();
    let lower = text.trim().to_ascii_lowercase();
    if !lower.contains("cmterm") {
        if let Some(bare) = text.strip_suffix(".loads").filter(|_| choices.yes()) {
            text = bare.to_owned();
        } else if !lower.ends_with(".loads") && choices.yes() {
            text.push_str(".loads");
        }
        if let Some(bare) = text.strip_prefix("sip").filter(|_| choices.yes()) {
            text = bare.to_owned();
        }
        if let Some(dot) = text.find('.') {
            let version: String =
                text[dot..].chars().map(|c| if c == '-' && choices.yes() { '.' } else { c }).collect();
            text.replace_range(dot.., &version);
        }
    }
    word(&text, choices)
}

/// For texts that cannot be read: only what no reader looks at.
pub fn case_and_surroundings(text: &str, choices: &mut Choices<'_>) -> String {
    outside(text, choices)
}
