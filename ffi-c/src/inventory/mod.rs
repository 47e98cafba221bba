//! Phones of files: an object that gives one after the other.

mod broken_rows;
mod inventory_options;
mod inventory_row;
mod inventory_told;
mod kept_columns;
mod merge_inventories;
mod next_phone;
mod row_texts;

use std::ffi::{CString, c_char};
use std::sync::OnceLock;

use engine::inventory::{self, Document, Inventory, ReadOptions};

use crate::call_failure::{Failure, cg_error};
use crate::enums::cg_source_kind;
use crate::ffi;
use crate::inventory::inventory_options::cg_inventory_options;
use crate::inventory::row_texts::Texts;
use crate::said_fields::Contradicted;
use crate::status::cg_status;

/// Phones that were read from a file or from several, with what a person should know of the reading. No row is lost:
/// what cannot be read is a phone with unreadable evidence. Used by one thread at a time, except by functions that take
/// it const: any number of threads may call those at once.
pub struct cg_inventory {
    inventory: Inventory,
    // The index of the phone that comes next.
    next: usize,
    phone: Texts<8>,
    said: Contradicted,
    // Written when first asked for.
    row: OnceLock<Texts<8>>,
    text: OnceLock<CString>,
    cuts: OnceLock<Vec<CString>>,
    // The names of kept columns, and what the phone says in them that was given last.
    kept_names: OnceLock<Vec<CString>>,
    kept: OnceLock<Vec<Option<CString>>>,
}

impl cg_inventory {
    fn new(inventory: Inventory) -> Self {
        let (phone, said, row, text, cuts, kept_names, kept) = Default::default();
        Self { inventory, next: 0, phone, said, row, text, cuts, kept_names, kept }
    }
}

/// Reads phones from a file, an answer or a page: `len` bytes at `bytes`, without need for a NUL at the end; NULL is
/// fine if `len` is 0. The inventory in `*out` is to be freed with cg_inventory_free; the bytes are not needed any
/// more.
///
/// `kind` is one of CG_SOURCE_KIND_...; CG_SOURCE_KIND_UNKNOWN recognizes it by the content. Say
/// CG_SOURCE_KIND_DEVICE_PAGE for what came from a phone, which may be nothing, a login page or anything else: it is a
/// phone all the same. `name` is by what a person finds the file again; a page is named after the address of its phone.
/// What is not UTF-8 in it becomes U+FFFD; NULL or empty for the word of the kind. `options` may be NULL.
///
/// What is wrong with a row, cg_row tells; where a file breaks off, cg_inventory_cut: both are CG_STATUS_OK. Returns
/// CG_STATUS_INVENTORY if nothing can be read at all. Other statuses: CG_STATUS_NULL, CG_STATUS_LENGTH, CG_STATUS_KIND,
/// CG_STATUS_STRUCT_SIZE, CG_STATUS_STRUCT_EXTRA, CG_STATUS_OPTIONS, CG_STATUS_MEMORY, CG_STATUS_PANIC.
///
/// # Safety
/// `name` is NULL or NUL-terminated; `bytes` is NULL or has `len` bytes; `options` is NULL or has the size that it
/// says, texts that are NULL or NUL-terminated, and columns that are NULL or end with NULL; `out` may be written;
/// `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_open(
    kind: i32,
    name: *const c_char,
    bytes: *const c_char,
    len: usize,
    options: *const cg_inventory_options,
    out: *mut *mut cg_inventory,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        // SAFETY: as the caller says.
        let inventory = unsafe { read(kind, name, bytes, len, options) }?;
        // SAFETY: `out` is not NULL, and may be written as the caller says.
        unsafe { ffi::give(out, cg_inventory::new(inventory)) };
        Ok(())
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}

/// Reads one file, answer or page more: its phones stand behind those before, and cg_inventory_next gives them in their
/// turn. Phones are not joined, though they may have the same MAC address: see cg_inventory_merge. The inventory is as
/// it was unless the status is CG_STATUS_OK.
///
/// Arguments, statuses and error as for cg_inventory_open.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread uses it; the rest as for cg_inventory_open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_add(
    inventory: *mut cg_inventory,
    kind: i32,
    name: *const c_char,
    bytes: *const c_char,
    len: usize,
    options: *const cg_inventory_options,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let inventory = unsafe { ffi::exclusive(inventory) }.ok_or_else(|| Failure::null("inventory"))?;
        // SAFETY: as the caller says.
        let more = unsafe { read(kind, name, bytes, len, options) }?;
        let room = inventory.inventory.try_reserve(more.fleet().rows().len());
        room.map_err(|error| Failure::inventory(&error))?;
        inventory.inventory.append(more);
        (inventory.text, inventory.kept_names, inventory.kept) = Default::default();
        inventory.write_new_cuts();
        Ok(())
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}

/// Frees an inventory and all texts that came from it. NULL is nothing.
///
/// # Safety
/// `inventory` is NULL or was not freed, and neither it nor its texts are used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_free(inventory: *mut cg_inventory) {
    // SAFETY: as the caller says.
    unsafe { ffi::free(inventory) };
}

/// # Safety
/// As for [`cg_inventory_open`].
unsafe fn read(
    kind: i32,
    name: *const c_char,
    bytes: *const c_char,
    len: usize,
    options: *const cg_inventory_options,
) -> Result<Inventory, Failure> {
    let kind = cg_source_kind::read(kind)
        .ok_or_else(|| Failure::new(cg_status::Kind, format!("kind is {kind}; expected one of CG_SOURCE_KIND_...")))?;
    // SAFETY: as the caller says.
    let (name, bytes) = unsafe { (ffi::bytes(name), ffi::sized_items("bytes", bytes.cast::<u8>(), len)?) };
    let (mut options, when, cluster) = if options.is_null() {
        (ReadOptions::default(), None, None)
    } else {
        // SAFETY: as the caller says.
        unsafe { ffi::read_sized(options)?.options() }?
    };
    // What nobody said stays open: one document may hold several kinds.
    options.kind = kind;
    let name = name.map(String::from_utf8_lossy).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| kind.unwrap_or_else(|| inventory::recognize(bytes)).as_str().into());
    let name = &*name;
    let document = Document::new(name, bytes);
    let document = when.map_or(document, |when| document.when(when));
    let document = cluster.map_or(document, |cluster| document.cluster(cluster));
    inventory::read(&document, &options).map_err(|error| Failure::inventory(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_const_functions_may_be_called_by_threads() {
        fn is_shareable<T: Send + Sync>() {}
        is_shareable::<cg_inventory>();
    }
}
