//! References of XML, such as `&amp;` and `&#65;`.

use std::borrow::Cow;

use quick_xml::events::BytesRef;

/// What a reference stands for: one of the five predefined entities, or a character. Every other one stays as it is written.
pub(super) fn resolved<'a>(reference: &BytesRef<'a>) -> Cow<'a, str> {
    let letter = match reference.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        name => {
            return Cow::Owned(match reference.resolve_char_ref() {
                Ok(Some(letter)) => letter.to_string(),
                Ok(None) | Err(_) => format!("&{name};"),
            });
        }
    };
    Cow::Borrowed(letter)
}
