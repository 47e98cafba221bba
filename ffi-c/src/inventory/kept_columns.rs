use std::ffi::{CString, c_char};
use std::ptr;

use super::cg_inventory;
use crate::call_failure::{Failure, cg_error};
use crate::ffi;
use crate::option_lists::keep;

/// How many columns are kept. Returns 0 for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_kept_count(inventory: *const cg_inventory) -> usize {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(0, || Some(inventory?.inventory.fleet().kept_columns().len()))
}

/// The name of one of these columns. Valid until cg_inventory_add or cg_inventory_free. Returns NULL if there is none at
/// this index, and for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_kept_name(inventory: *const cg_inventory, index: usize) -> *const c_char {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(ptr::null(), || {
        let inventory = inventory?;
        let names = || inventory.inventory.fleet().kept_columns().map(ffi::c_text).collect();
        Some(inventory.kept_names.get_or_init(names).get(index)?.as_ptr())
    })
}

/// What the phone that cg_inventory_next gave last says in one of these columns, as it was read; of a merged phone, what
/// the best source says that says anything, and the problem of cg_row tells what others say. It lives as long as the
/// texts of the phone. Returns NULL where nothing is said, if there is no column at this index, before the first phone,
/// and for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_kept(inventory: *const cg_inventory, index: usize) -> *const c_char {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(ptr::null(), || Some(inventory?.kept()?.get(index)?.as_ref()?.as_ptr()))
}

/// Refuses an inventory none of whose files has one of these columns to keep, which are those of cg_inventory_options:
/// for files that were read one by one, where each may lack some.
///
/// Returns CG_STATUS_OK, or CG_STATUS_INVENTORY with the columns that there are. Other statuses: CG_STATUS_NULL,
/// CG_STATUS_OPTIONS, CG_STATUS_PANIC.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it; `columns` is NULL or ends with NULL, and every
/// text before that is NUL-terminated; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_check_keep(
    inventory: *const cg_inventory,
    columns: *const *const c_char,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let inventory = unsafe { ffi::reference(inventory) }.ok_or_else(|| Failure::null("inventory"))?;
        // SAFETY: as the caller says.
        let keep = unsafe { keep(columns) }?;
        keep.check(&inventory.inventory).map_err(|error| Failure::inventory(&error))
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}

impl cg_inventory {
    fn kept(&self) -> Option<&[Option<CString>]> {
        let fleet = self.inventory.fleet();
        let row = fleet.rows().get(self.next.checked_sub(1)?)?;
        let texts = || fleet.kept_cells(row).into_iter().map(|cell| cell.map(ffi::c_text)).collect();
        Some(self.kept.get_or_init(texts))
    }
}
