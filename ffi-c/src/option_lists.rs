//! What options of several kinds have in common.

use std::ffi::c_char;

use engine::inventory::{ChosenColumn, InventoryField, Keep, KeptColumn};
use engine::text::Shown;

use crate::call_failure::Failure;
use crate::ffi;
use crate::status::cg_status;

/// The columns that the caller names: texts such as "pid=Part No", the last one followed by NULL; none for NULL.
///
/// # Safety
/// `columns` is NULL or ends with NULL, every text before that is NUL-terminated, and nobody changes them meanwhile.
pub(crate) unsafe fn columns(columns: *const *const c_char) -> Result<Vec<ChosenColumn>, Failure> {
    // SAFETY: as the caller says.
    let texts = unsafe { texts("columns", columns) }?;
    texts.into_iter().map(column).collect()
}

/// The columns to keep: texts such as "Room" or "site=Location", the last one followed by NULL; none for NULL.
///
/// # Safety
/// As for [`columns`].
pub(crate) unsafe fn keep(columns: *const *const c_char) -> Result<Keep, Failure> {
    // SAFETY: as the caller says.
    let texts = unsafe { texts("keep", columns) }?;
    let columns = texts.into_iter().map(str::parse).collect::<Result<Vec<KeptColumn>, _>>();
    columns.and_then(Keep::of).map_err(|error| wrong("keep", error))
}

/// Texts of which the last is followed by NULL; none for NULL.
///
/// # Safety
/// As for [`columns`]; nobody changes the texts during `'a`.
pub(crate) unsafe fn texts<'a>(name: &str, texts: *const *const c_char) -> Result<Vec<&'a str>, Failure> {
    let mut all = Vec::new();
    if texts.is_null() {
        return Ok(all);
    }
    for index in 0.. {
        // SAFETY: not NULL, and no entry before this was the NULL that ends it.
        let entry = unsafe { texts.add(index).read() };
        if entry.is_null() {
            break;
        }
        // SAFETY: as the caller says.
        all.push(unsafe { text(name, entry) }?);
    }
    Ok(all)
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
