use std::mem::offset_of;
use std::sync::OnceLock;

use engine::FleetRow;
use engine::merge::{MergeReport, merge};

use super::cg_inventory;
use crate::error::{Failure, cg_error};
use crate::ffi::{self, SizedStruct};

/// How many rows became how many phones. The sums agree: rows_read = phones + matched. Initialize with
/// CG_MERGE_REPORT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_merge_report {
    /// sizeof(cg_merge_report), as CG_MERGE_REPORT_INIT sets it.
    pub struct_size: usize,
    /// Rows of all sources.
    pub rows_read: u64,
    /// Phones that came of them.
    pub phones: u64,
    /// Rows that joined a phone that another row began.
    pub matched: u64,
    /// How many of these joined it by the name of the device, because they have no MAC address.
    pub matched_by_name: u64,
    /// Fields of phones that rows disagree about.
    pub conflicts: u64,
    /// Conflicts in which no side counts, because an answer could hinge on it.
    pub open_conflicts: u64,
    /// Phones that only one source knows.
    pub orphans: u64,
    /// Phones without a MAC address: a row finds them by the name of the device only.
    pub without_mac: u64,
}

// SAFETY: repr(C), begins with its size, and zero is valid.
unsafe impl SizedStruct for cg_merge_report {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, without_mac) + size_of::<u64>();
    const NAME: &'static str = "report";
}

impl From<MergeReport> for cg_merge_report {
    fn from(report: MergeReport) -> Self {
        Self {
            struct_size: size_of::<Self>(),
            rows_read: report.rows_read,
            phones: report.phones,
            matched: report.matched,
            matched_by_name: report.matched_by_name,
            conflicts: report.conflicts,
            open_conflicts: report.open_conflicts,
            orphans: report.orphans,
            without_mac: report.without_mac,
        }
    }
}

/// Makes one inventory of `count` inventories, with one row for each device, and gives it in `*out`, to be freed with
/// cg_inventory_free. The inventories stay as they are and may be freed; they may be NULL if `count` is 0.
/// `*report` says what the merge came to; `report` may be NULL.
///
/// A page of the phone beats RisPort, RisPort beats Webex, Webex beats tables; of two of the same kind, the one that
/// was given first. What can be read beats what cannot. Where two values that can be read differ, cg_row tells both as
/// a problem; if a verdict or a license could hinge on it, neither counts as evidence.
///
/// Rows with the same MAC address are one device. A row without one, such as that of a soft client, belongs to the device
/// of its name, unless its source is of another cluster (cg_inventory_options). All others stay by themselves.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_LENGTH, CG_STATUS_STRUCT_SIZE, CG_STATUS_MEMORY, CG_STATUS_PANIC.
///
/// # Safety
/// `inventories` is NULL or has `count` pointers, each of which is NULL or an inventory that was not freed and that no
/// other thread changes; `out` may be written; `report` is NULL or has the size that it says; `error` is NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_merge(
    inventories: *const *const cg_inventory,
    count: usize,
    out: *mut *mut cg_inventory,
    report: *mut cg_merge_report,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let inventories = unsafe { ffi::sized_items("inventories", inventories, count) }?;
        let known = inventories.iter().enumerate().map(|(index, inventory)| {
            // SAFETY: as the caller says.
            let inventory = unsafe { ffi::reference(*inventory) };
            inventory.ok_or_else(|| Failure::null(&format!("the inventory at index {index}")))
        });
        let known = known.collect::<Result<Vec<_>, _>>()?;
        if out.is_null() {
            return Err(Failure::null("out"));
        }
        if !report.is_null() {
            // SAFETY: as the caller says.
            unsafe { ffi::checked_size(report) }?;
        }
        // The rows of all are copied into one list, which grows to twice its length at most.
        let rows: usize = known.iter().map(|inventory| inventory.inventory.fleet().rows().len()).sum();
        ffi::check_room::<FleetRow>("inventories", rows.saturating_mul(2))?;
        let merged = merge(known.into_iter().map(|inventory| inventory.inventory.clone()));
        let text = OnceLock::from(ffi::c_text(&merged.to_string()));
        let (inventory, numbers) = merged.into_parts();
        if !report.is_null() {
            // SAFETY: as the caller says.
            unsafe { ffi::write_sized(report, &numbers.into()) }?;
        }
        // SAFETY: `out` is not NULL, and may be written as the caller says.
        unsafe { ffi::give(out, cg_inventory { text, ..cg_inventory::new(inventory) }) };
        Ok(())
    };
    // SAFETY: as the caller says.
    unsafe { ffi::guard(error, body) }
}
