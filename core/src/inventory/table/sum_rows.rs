//! Rows that add up a table: `Total,,245`, `2,Total phones`, `Gesamt: 1 Telefon`. They are no phones, wherever the word stands.

use crate::inventory::folded_header::folded;
use crate::phone::no_phones::SUMS_OF_OTHER_SCRIPTS;
use crate::phone::{DeviceClass, Mac, Product};
use crate::text::{FieldText, trim};

/// The longest row that adds up a table: what is kept of it must be short enough to be read as that.
const LONGEST: usize = 90;
/// So many cells of it may be texts.
const MOST_TEXTS: usize = 3;

/// Whether a row with these cells, each of which is told to be one of a product or not, adds up the table: a cell has a word of sum,
/// other cells have numbers or nothing, and none names a phone. A row whose product itself is the word says so without our help.
#[inline]
pub(crate) fn is_sum<C: AsRef<[u8]>>(cells: impl Iterator<Item = (bool, C)> + Clone) -> bool {
    let (mut size, mut texts) = (0, 0);
    for (_, cell) in cells.clone() {
        let cell = cell.as_ref();
        size += cell.len() + 1;
        match shape(cell) {
            Shape::Text => texts += 1,
            Shape::Number => {}
            // Few rows come so far.
            Shape::Name => return false,
        }
        if size > LONGEST || texts > MOST_TEXTS {
            return false;
        }
    }
    texts > 0 && adds_up(cells)
}

/// What a cell may be.
enum Shape {
    /// Nothing, or a number.
    Number,
    /// Words and numbers.
    Text,
    /// A digit stands right behind a letter or a hyphen, as in names of devices, products, loads and VIDs.
    Name,
}

#[inline]
fn shape(cell: &[u8]) -> Shape {
    let is_beside = |pair: &[u8]| matches!(pair, [before, digit] if digit.is_ascii_digit() && (before.is_ascii_alphabetic() || *before == b'-'));
    if cell.windows(2).any(is_beside) {
        return Shape::Name;
    }
    match cell.iter().all(|byte| byte.is_ascii_digit() || b" .,%()".contains(byte)) {
        true => Shape::Number,
        false => Shape::Text,
    }
}

#[cold]
fn adds_up<C: AsRef<[u8]>>(cells: impl Iterator<Item = (bool, C)>) -> bool {
    let mut has_word = false;
    for (is_product, cell) in cells {
        let cell = cell.as_ref();
        match shape(cell) {
            Shape::Number => {
                // A type code may be a number of phones; the number of a model and a MAC address are none.
                let digits = cell.trim_ascii();
                let names_phone = is_product && digits.len() == 4 && Product::read(digits).is_ok();
                if names_phone || Mac::read(digits).is_ok() {
                    return false;
                }
            }
            _ if is_product && is_sum_of_product(cell) => return false,
            _ if names_sum(cell) => has_word = true,
            _ if stands_beside_sum(cell) => {}
            _ => return false,
        }
    }
    has_word
}

fn is_sum_of_product(cell: &[u8]) -> bool {
    Product::read(cell).is_ok_and(|product| product.model().device_class() == Some(DeviceClass::SumRow))
}

/// Whether a cell has a word of sum, with or without accents.
fn names_sum(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let is_of_other_script = || {
        let text = text.to_lowercase();
        let word = text.trim_matches(|letter: char| !letter.is_alphabetic());
        SUMS_OF_OTHER_SCRIPTS.iter().any(|sum| sum.to_lowercase() == word || !sum.is_ascii() && text.starts_with(sum))
    };
    is_sum_of_product(cell) || is_sum_of_product(plain(text).as_bytes()) || is_of_other_script()
}

/// Whether a cell has nothing but a word that stands beside a sum: `phones`, `37 phones`.
fn stands_beside_sum(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    is_sum_of_product(format!("Sum {}", plain(text)).as_bytes())
}

/// The same with letters of ASCII alone, as far as it has them with accents.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).map(folded).filter(|word| word.is_ascii());
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The text of such a row, as a product: it says by itself what it is.
pub(crate) fn as_product(text: String) -> String {
    if is_sum_of_product(text.as_bytes()) {
        return text;
    }
    let text = format!("Sum: {text}");
    if is_sum_of_product(text.as_bytes()) { text } else { format!("Sum: {}", trim(&plain(&text[5..]))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(row: &str) -> bool {
        is_sum(row.split(';').enumerate().map(|(at, cell)| (at == 1, cell.as_bytes())))
    }

    #[test]
    fn sums_are_told_wherever_the_word_stands() {
        for row in [
            "Total;;245",
            "Total;37;",
            ";;Total;37",
            "Total phones;;2",
            "Total;;245 phones",
            "Summe;;2 Telefone",
            "Gesamt: 1 Telefon;;",
            "37;Gesamt: 37 Ger\u{e4}te",
            "\u{5408}\u{8a08};;37",
            "\u{603b}\u{8ba1}: 37;;",
            "Total g\u{e9}n\u{e9}ral;;12",
            "\u{141}\u{105}cznie;;12",
            "Total number of phones;;12",
            "Number of phones;12;",
            "Grand Total;;1 234.5",
        ] {
            assert!(is(row), "{row}");
        }
        for row in [
            "Total;8841;",
            "Sumer;;245",
            "SEP00CCFC000001;Total;",
            "Total;CP-8841;2",
            "Total;;001122334455",
            "Oslo;Cisco 8841;3",
            "Oslo;;3",
            ";37;",
            "phones;;37",
            ";Total;37",
            "2;Total phones",
            "",
        ] {
            assert!(!is(row), "{row}");
        }
        assert!(!is(&format!("Total;;{}", "1".repeat(LONGEST))));
    }

    #[test]
    fn the_text_of_a_sum_is_a_product_that_says_so() {
        for text in
            ["Total,,37", "2,Total phones", "Gesamt: 1 Telefon", "\u{5408}\u{8a08},,37", "\u{141}\u{105}cznie,,2"]
        {
            let product = as_product(text.to_owned());
            assert!(is_sum_of_product(product.as_bytes()), "{product}");
        }
        assert_eq!(as_product("2,Total phones".to_owned()), "2,Total phones");
    }
}
