use std::ffi::c_char;
use std::mem::offset_of;
use std::sync::OnceLock;

use engine::FleetRow;
use engine::inventory::Document;
use engine::merge::{MergeReport, Settlements, ToSettle, merge_settled};

use super::cg_inventory;
use crate::call_failure::{Failure, cg_error};
use crate::ffi::{self, SizedStruct};
use crate::owned_text::tell;

/// How inventories are merged. Initialize with CG_MERGE_OPTIONS_INIT: nobody settles anything.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_merge_options {
    /// sizeof(cg_merge_options), as CG_MERGE_OPTIONS_INIT sets it.
    pub struct_size: usize,
    /// What persons say of open conflicts, as CSV with the columns device, field, value, said_by and when, which
    /// outranks every inventory: `settle_len` bytes, without need for a NUL. cg_inventory_to_settle gives the file to
    /// fill in. A device is its MAC address, its name, or the place of its row ("export.csv line 7"). NULL if nobody
    /// says anything.
    pub settle: *const c_char,
    /// How many bytes.
    pub settle_len: usize,
    /// By what a person finds that file again. NULL or empty for "settlement".
    pub settle_name: *const c_char,
}

// SAFETY: repr(C), begins with its size, and zero is valid.
unsafe impl SizedStruct for cg_merge_options {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, settle_name) + size_of::<*const c_char>();
    const NAME: &'static str = "options";
}

impl cg_merge_options {
    /// What persons say.
    ///
    /// # Safety
    /// `settle` is NULL or has `settle_len` bytes, and `settle_name` is NULL or NUL-terminated.
    unsafe fn settlements(&self) -> Result<Settlements, Failure> {
        // SAFETY: as the caller says.
        let (name, bytes) = unsafe {
            (ffi::bytes(self.settle_name), ffi::sized_items("settle", self.settle.cast::<u8>(), self.settle_len)?)
        };
        if self.settle.is_null() {
            return Ok(Settlements::default());
        }
        let name = name.map(String::from_utf8_lossy).filter(|name| !name.is_empty());
        let name = name.as_deref().unwrap_or(engine::fleet::SourceKind::Settlement.as_str());
        Settlements::read(&Document::new(name, bytes)).map_err(|error| Failure::settlement(&error))
    }
}

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
    /// Rows of settlements that count.
    pub settled: u64,
}

// SAFETY: repr(C), begins with its size, and zero is valid.
unsafe impl SizedStruct for cg_merge_report {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, settled) + size_of::<u64>();
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
            settled: report.settled,
        }
    }
}

/// Makes one inventory of `count` inventories, with one row for each device, and gives it in `*out`, to be freed with
/// cg_inventory_free. The inventories stay as they are and may be freed; they may be NULL if `count` is 0.
/// `*report` says what the merge came to; `report` may be NULL.
///
/// A page of the phone beats RisPort, RisPort beats Webex, Webex beats AXL, AXL beats tables; of two of the same kind, the
/// one that was given first. What can be read beats what cannot. Where two values that can be read differ, cg_row tells both as
/// a problem; if a verdict or a license could hinge on it, neither counts as evidence.
///
/// Rows with the same MAC address are one device. A row without one, such as that of a soft client, belongs to the device
/// of its name, unless its source is of another cluster (cg_inventory_options). All others stay by themselves.
///
/// What persons settled, `options` says, which may be NULL: it counts before everything else, stands among the sources, and
/// is refused with CG_STATUS_INVENTORY where it names no phone, no field, or no value of it.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_LENGTH, CG_STATUS_STRUCT_SIZE, CG_STATUS_STRUCT_EXTRA,
/// CG_STATUS_INVENTORY, CG_STATUS_MEMORY, CG_STATUS_PANIC.
///
/// # Safety
/// `inventories` is NULL or has `count` pointers, each of which is NULL or an inventory that was not freed and that no
/// other thread changes; `options` is NULL or has the size that it says, and what its members say; `out` may be written; `report` is NULL or has the size that it says; `error` is NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_merge(
    inventories: *const *const cg_inventory,
    count: usize,
    options: *const cg_merge_options,
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
        let settlements = if options.is_null() {
            Settlements::default()
        } else {
            // SAFETY: as the caller says.
            unsafe { ffi::read_sized(options)?.settlements() }?
        };
        // The rows of all are copied into one list, which grows to twice its length at most.
        let rows: usize = known.iter().map(|inventory| inventory.inventory.fleet().rows().len()).sum();
        ffi::check_room::<FleetRow>("inventories", rows.saturating_mul(2))?;
        let inventories = known.into_iter().map(|inventory| inventory.inventory.clone());
        let merged = merge_settled(inventories, &settlements).map_err(|error| Failure::settlement(&error))?;
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

/// Gives the open conflicts of a merged inventory in `*out`, as CSV to fill in for cg_merge_options.settle: device, field,
/// blank cells for value, said_by and when, and what was said where. It is a header alone if nothing is open. Free it
/// with cg_text_free.
///
/// Statuses: CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_PANIC.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it; `out` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_to_settle(
    inventory: *const cg_inventory,
    out: *mut *mut c_char,
    error: *mut *mut cg_error,
) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let inventory = unsafe { ffi::reference(inventory) }.ok_or_else(|| Failure::null("inventory"))?;
        Ok(ToSettle::of(inventory.inventory.fleet()).to_string())
    };
    // SAFETY: as the caller says.
    unsafe { tell(out, error, body) }
}
