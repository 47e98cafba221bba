//! What options of several kinds have in common.

use std::ffi::c_char;

use engine::Shown;
use engine::inventory::{ChosenColumn, InventoryField};

use crate::error::Failure;
use crate::ffi;
use crate::status::cg_status;

/// The columns that the caller names: texts such as "pid=Part No", the last one followed by NULL; none for NULL.
///
/// # Safety
/// `columns` is NULL or ends with NULL, every text before that is NUL-terminated, and nobody changes them meanwhile.
pub(crate) unsafe fn columns(columns: *const *const c_char) -> Result<Vec<ChosenColumn>, Failure> {
    let mut chosen = Vec::new();
    if columns.is_null() {
        return Ok(chosen);
    }
    for index in 0.. {
        // SAFETY: not NULL, and no entry before this was the NULL that ends it.
        let entry = unsafe { columns.add(index).read() };
        if entry.is_null() {
            break;
        }
        // SAFETY: as the caller says.
        chosen.push(column(unsafe { text("columns", entry) }?)?);
    }
    Ok(chosen)
}

/// A field, an equals sign, and the name of its column, which may hold equals signs of its own.
fn column(entry: &str) -> Result<ChosenColumn, Failure> {
    let (field, column) = entry.split_once('=').ok_or_else(|| {
        wrong(
            "columns",
            format!(
                "{} has no '='; expected a field and the name of its column, as \"pid=Part No\"",
                Shown::quoted(entry)
            ),
        )
    })?;
    let field: InventoryField = field.parse().map_err(|error| wrong("columns", error))?;
    Ok(if column.is_empty() { ChosenColumn::none(field) } else { ChosenColumn::new(field, column) })
}

/// A text among options; empty for NULL.
///
/// # Safety
/// `text` is NULL or NUL-terminated, and nobody changes it during `'a`.
pub(crate) unsafe fn text<'a>(name: &str, text: *const c_char) -> Result<&'a str, Failure> {
    // SAFETY: as the caller says.
    ffi::utf8(name, unsafe { ffi::bytes(text) }.unwrap_or_default(), cg_status::Options)
}

/// An option that cannot be read.
pub(crate) fn wrong(name: &str, what: impl std::fmt::Display) -> Failure {
    Failure::new(cg_status::Options, format!("{name}: {what}"))
}
