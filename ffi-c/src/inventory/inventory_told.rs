use std::ffi::{CString, c_char};
use std::ptr;

use engine::inventory::InventoryError;
use engine::text::Shown;

use super::cg_inventory;
use crate::ffi;

/// How many phones there are. Returns 0 for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_phone_count(inventory: *const cg_inventory) -> usize {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(0, || Some(inventory?.inventory.fleet().rows().len()))
}

/// How many rows, devices or pages they were read from: cg_inventory_phone_count and cg_inventory_rows_joined together.
/// Returns 0 for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_rows_read(inventory: *const cg_inventory) -> u64 {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(0, || Some(inventory?.inventory.rows_read()))
}

/// How many of these rows joined a phone that another row began: in a merge, or because a cluster tells one phone on
/// several nodes. Returns 0 for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_rows_joined(inventory: *const cg_inventory) -> u64 {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(0, || Some(inventory?.inventory.rows_joined()))
}

/// In how many places reading ended too soon, because a file breaks off there or holds more than is read: the rows
/// before are in the inventory, those behind are not. 0 for an inventory that was read to the end. Returns 0 for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_cut_count(inventory: *const cg_inventory) -> usize {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(0, || Some(inventory?.inventory.cuts().len()))
}

/// The source, the place and the reason of one of these, as a sentence. Valid until cg_inventory_add or
/// cg_inventory_free. Returns NULL if there is none at this index, and for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_cut(inventory: *const cg_inventory, index: usize) -> *const c_char {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(ptr::null(), || Some(cuts(inventory?).get(index)?.as_ptr()))
}

fn cuts(inventory: &cg_inventory) -> &[CString] {
    inventory.cuts.get_or_init(|| inventory.inventory.cuts().map(cut).collect())
}

fn cut((source, error): (&str, &InventoryError)) -> CString {
    ffi::c_text(&format!("{}: {error}", Shown::both_ends(source)))
}

impl cg_inventory {
    /// Writes the cuts that the last file brought, if somebody asked for those before: a program may look after each file.
    pub(super) fn write_new_cuts(&mut self) {
        let Some(written) = self.cuts.get_mut() else { return };
        let all = self.inventory.cuts();
        let new = all.len().saturating_sub(written.len());
        let new: Vec<_> = all.rev().take(new).map(cut).collect();
        written.extend(new.into_iter().rev());
    }
}

/// What was read, as the text that a person reads: sources, columns, the first broken rows, where reading ended too
/// soon, and what a merge came to. Valid until cg_inventory_add or cg_inventory_free. Returns NULL for NULL.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_text(inventory: *const cg_inventory) -> *const c_char {
    // SAFETY: as the caller says.
    let inventory = unsafe { ffi::reference(inventory) };
    ffi::getter(ptr::null(), || {
        let inventory = inventory?;
        Some(inventory.text.get_or_init(|| ffi::c_text(&inventory.inventory.to_string())).as_ptr())
    })
}
