//! Whether another reader finds phones in a text. Its words may then be of any kind: they stand in cells and descriptions.

use crate::inventory::InventoryField;
use crate::inventory::known_headers::ranked;
use crate::phone::{Mac, Product};
use crate::text::{FieldText, trim};

/// What cells of one line are delimited by.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// What a name and its value on one line have between them.
const BEHIND_NAMES: [char; 3] = [':', '=', '\t'];

/// Whether a line is the header of a table with delimiters that has a column of a product, or one of MAC addresses and another
/// that is read.
pub(super) fn is_header_of_phones(line: &str) -> bool {
    read_columns(line).any(|columns| has_product(&columns) || columns.len() > 1)
}

/// The same of a header that has one of MAC addresses alone. Lists of switches have such a header, too.
pub(super) fn is_header_of_macs(line: &str) -> bool {
    read_columns(line).any(|columns| !columns.is_empty())
}

/// Whether a line with cells of a fixed width has a column of a product.
pub(super) fn has_column_of_product<'c>(mut cells: impl Iterator<Item = &'c str>) -> bool {
    cells.any(|cell| field_of(cell) == Some(InventoryField::Pid))
}

/// The columns of a product or MAC address, and what else is read beside one, by each way to part the line.
fn read_columns(line: &str) -> impl Iterator<Item = Vec<InventoryField>> + '_ {
    let columns = |delimiter: char| -> Vec<InventoryField> { line.split(delimiter).filter_map(field_of).collect() };
    let parts = DELIMITERS.into_iter().filter(|delimiter| line.contains(*delimiter));
    parts.map(columns).filter(|columns| has_product(columns) || columns.contains(&InventoryField::Mac))
}

fn has_product(columns: &[InventoryField]) -> bool {
    columns.contains(&InventoryField::Pid)
}

/// The field that a header is of, if other tables have it for nothing else.
fn field_of(header: &str) -> Option<InventoryField> {
    let (field, rank) = ranked(header)?;
    (!field.is_everyday(rank)).then_some(field)
}

/// Whether a line names a field of a phone, and says a MAC address or product behind it. A switch that lists its neighbors has
/// a `Model` too, which counts where `models_count`.
pub(super) fn says_phone(line: &str, models_count: bool) -> bool {
    let Some(at) = line.find(BEHIND_NAMES) else { return false };
    let (name, value) = (trim(&line[..at]), trim(line[at..].trim_start_matches([':', '=', '\t', ' '])));
    if !is_mac(value) && !is_product(value) {
        return false;
    }
    let is_field = match field_of(name) {
        Some(InventoryField::Mac) => is_mac(value),
        Some(InventoryField::Pid) => models_count || !name.eq_ignore_ascii_case("model"),
        _ => false,
    };
    is_field || is_label_of_page(name)
}

#[cfg(feature = "inventory")]
fn is_label_of_page(name: &str) -> bool {
    crate::inventory::phone_page::is_label_of_phones(name)
}

#[cfg(not(feature = "inventory"))]
fn is_label_of_page(_: &str) -> bool {
    false
}

/// Whether a line is a MAC address or product and nothing else, as in a list of one column.
pub(super) fn is_phone(line: &str) -> bool {
    let line = trim(line);
    is_mac(line) || is_product(line)
}

fn is_mac(text: &str) -> bool {
    Mac::read(text.as_bytes()).is_ok()
}

/// A number alone may be one of anything.
fn is_product(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_alphabetic()) && Product::read(text.as_bytes()).is_ok()
}
