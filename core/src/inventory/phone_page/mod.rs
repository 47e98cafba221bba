//! What a page says that a phone shows of itself: as XML, as HTML or as the text that a person copied, in any language.

mod heading;
mod label_rows;
mod labeled_line;
mod page;
mod page_authorization;
mod page_field;
mod page_labels;
mod page_languages;
pub(super) mod page_text;
pub(super) mod page_xml;
mod value_shapes;

pub(super) use page::Page;
#[cfg(feature = "csv")]
pub(super) use page_xml::is_of_page;

#[cfg(feature = "csv")]
use super::{InventoryError, html_text};
#[cfg(feature = "inventory")]
use crate::text::trim;

/// Whether a phone says something of itself in this XML.
#[cfg(feature = "csv")]
pub(super) fn says_a_phone_in_xml(text: &str) -> bool {
    let mut page = Page::default();
    page_xml::read(text, &mut page).is_none() && (page.says_which_phone() || page.says_a_product())
}

/// The same of an HTML page: messages of a phone may name others.
///
/// # Errors
/// If there is no memory for what it shows.
#[cfg(feature = "csv")]
pub(super) fn says_a_phone_in_html(text: &str) -> Result<bool, InventoryError> {
    let shown = html_text::shown(text)?;
    let mut page = Page::default();
    page_text::read(&shown, &mut page);
    Ok(is_of_a_phone(&page))
}

/// Whether an HTML page is of a phone.
pub(super) fn is_of_a_phone(page: &Page<'_>) -> bool {
    page.says_which_phone() && page.says_a_product() || page.says_one_mac_twice()
}

/// Whether a text is a label that phones show.
#[cfg(feature = "inventory")]
pub(super) fn is_label(label: &str) -> bool {
    page_labels::shown_as(label).is_some()
}

/// Whether it is one that little else has.
#[cfg(feature = "inventory")]
pub(super) fn is_label_of_phones(label: &str) -> bool {
    page_labels::is_shown_by_phones(label)
}

/// The label and the value of a line that has nothing but blanks between them.
#[cfg(feature = "inventory")]
pub(super) fn parted_by_blanks(line: &str) -> Option<(&str, &str)> {
    labeled_line::before_blank(trim(line)).map(|(_, label, value)| (label, value))
}

/// Whether a line is the heading of a page.
#[cfg(feature = "inventory")]
pub(super) fn is_heading(line: &str) -> bool {
    heading::read(line).is_some()
}
