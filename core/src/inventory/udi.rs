//! `udi`: what a phone calls its product, VID and serial number in one text. Each counts by its shape.

#[cfg(any(feature = "csv", feature = "arrow"))]
use super::InventoryField;
use crate::phone::{Product, Serial, Vid};
use crate::text::FieldText;

/// What a word of a `udi` is, by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Pid,
    Vid,
    Serial,
    Other,
}

impl Word {
    pub(crate) fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        match bytes.first().map(u8::to_ascii_uppercase) {
            Some(b'C' | b'D') if Product::read(bytes).is_ok_and(|product| product.pid().is_some()) => Self::Pid,
            Some(b'V' | b'=') if Vid::read(bytes).is_ok() => Self::Vid,
            _ if Serial::is_usual_text(bytes) => Self::Serial,
            _ => Self::Other,
        }
    }
}

/// The words of a text, without what people put between them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches([',', ';'])).filter(|word| !word.is_empty())
}

/// What such a cell says of a field. A cell without a product is the text of a product that nobody can read.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) fn part(field: InventoryField, cell: &[u8]) -> &[u8] {
    let wanted = match field {
        InventoryField::Pid => Word::Pid,
        InventoryField::Vid => Word::Vid,
        InventoryField::Serial => Word::Serial,
        _ => return cell,
    };
    let Ok(text) = std::str::from_utf8(cell) else { return if field == InventoryField::Pid { cell } else { b"" } };
    let found = words(text).find(|word| Word::of(word) == wanted);
    match found {
        Some(word) => word.as_bytes(),
        None if field == InventoryField::Pid => cell,
        None => b"",
    }
}

#[cfg(all(test, any(feature = "csv", feature = "arrow")))]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_told_by_its_shape() {
        let parts = |cell: &'static str| {
            [InventoryField::Pid, InventoryField::Vid, InventoryField::Serial]
                .map(|field| std::str::from_utf8(part(field, cell.as_bytes())).expect("text"))
        };
        assert_eq!(parts("CP-8851-K9= V05 FCH2043ABCD"), ["CP-8851-K9=", "V05", "FCH2043ABCD"]);
        assert_eq!(
            parts("phone,Cisco IP Phone 8851, CP-8851-K9=, V05, FCH2043ABCD"),
            ["CP-8851-K9=", "V05", "FCH2043ABCD"]
        );
        assert_eq!(parts("FCH2043ABCD\nV05"), ["FCH2043ABCD\nV05", "V05", "FCH2043ABCD"]);
        assert_eq!(parts(""), ["", "", ""]);
    }
}
