//! A line with a label and what stands behind it.

use super::page_field::PageField;
use super::page_labels;
use crate::phone::Mac;
use crate::text::{FieldText, trim};

/// The field that a text is labeled with, and what stands behind the separator, if there is one: a colon, an equals sign,
/// or the blanks that an editor made of tabs.
pub(super) fn label(text: &str) -> Option<(PageField, Option<&str>)> {
    if let Some(field) = page_labels::shown_as(text) {
        return Some((field, None));
    }
    let (field, value) = [text.split_once([':', '=']), text.split_once("  ")]
        .into_iter()
        .flatten()
        .find_map(|(label, value)| Some((page_labels::shown_as(trim(label))?, value)))
        .or_else(|| before_blank(text).map(|(field, _, value)| (field, value)))?;
    Some((field, Some(trim(value.trim_matches([':', '=', ' '])))))
}

/// The field, the label in front of a blank and the value behind it. The value is one word with a digit, or the text of a UDI.
pub(super) fn before_blank(text: &str) -> Option<(PageField, &str, &str)> {
    let blanks = text.match_indices(' ').map(|(at, _)| at).take(MOST_BLANKS);
    let labels = blanks.filter_map(|at| {
        let (label, value) = (trim(text.get(..at)?), trim(text.get(at..)?));
        Some((page_labels::shown_as(label)?, label, value))
    });
    let is_word =
        |value: &str| !value.contains(char::is_whitespace) && value.contains(|letter: char| letter.is_ascii_digit());
    labels.last().filter(|(field, _, value)| is_word(value) || *field == PageField::Udi && value.contains('-'))
}

/// So many blanks are looked at: labels have few words.
const MOST_BLANKS: usize = 8;

/// Whether a text is a page of its own.
pub(super) fn is_page(text: &str) -> bool {
    text.split(['\n', '\r', '\t']).any(|cell| label(trim(cell)).is_some_and(|(field, _)| field.is_of_page()))
}

/// Whether a line begins with a label, known or not: then it is no value of the label above.
pub(super) fn is_labeled(line: &str) -> bool {
    label(line).is_some()
        || Mac::read(line.as_bytes()).is_err()
            && (line.ends_with([':', '=']) || [": ", "="].into_iter().any(|separator| line.contains(separator)))
}
