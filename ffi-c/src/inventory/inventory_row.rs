use std::ffi::c_char;
use std::mem::offset_of;
use std::ptr;

use engine::FleetRow;
use engine::fleet::{FleetColumn, Source};

use super::cg_inventory;
use super::row_texts::Texts;
use crate::call_failure::Failure;
use crate::enums::cg_source_kind;
use crate::ffi::{self, SizedStruct};
use crate::status::cg_status;

/// Where a phone of an inventory came from, and what else was said of it. Initialize with CG_ROW_INIT. Its texts belong
/// to the inventory; all but the source may be NULL: nothing was said.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_row {
    /// sizeof(cg_row), as CG_ROW_INIT sets it.
    pub struct_size: usize,
    /// The name of the file, answer or page; of a merged phone, the best. Never NULL.
    pub source: *const c_char,
    /// What kind it is: one of CG_SOURCE_KIND_....
    pub kind: i32,
    /// Where the phone stands in it: the line of a text or the row of a sheet, the first being 1; elsewhere the number
    /// of the device, from 1.
    pub row: u64,
    /// When it was fetched, as the options said.
    pub when: *const c_char,
    /// The name of the device: "SEP00CCFC123456".
    pub device: *const c_char,
    /// What somebody wrote about it.
    pub description: *const c_char,
    /// Its IP address.
    pub ip_address: *const c_char,
    /// Its registration or connection, in the words of the source: "Registered".
    /// Of a phone that RisPort does not show registered also the load that it was last seen with.
    pub status: *const c_char,
    /// Which rows the evidence came from: "export.csv line 2: pid; page 10.0.1.11: vid serial".
    pub evidence: *const c_char,
    /// What is wrong with the row, and where sources disagree.
    pub problem: *const c_char,
}

// SAFETY: repr(C), begins with its size, and zero and NULL are valid.
unsafe impl SizedStruct for cg_row {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, problem) + size_of::<*const c_char>();
    const NAME: &'static str = "row";
}

/// Fills `*row` with where the phone came from that cg_inventory_next gave last. Its texts live as long as those of the
/// phone, or until cg_inventory_rewind.
///
/// Returns CG_STATUS_OK, CG_STATUS_NULL, CG_STATUS_STRUCT_SIZE or CG_STATUS_PANIC, and CG_STATUS_INDEX before the first
/// phone. `*row` is written only for CG_STATUS_OK.
///
/// # Safety
/// `inventory` is NULL or was not freed, and no other thread changes it; `row` is NULL or has the size that it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cg_inventory_row(inventory: *const cg_inventory, row: *mut cg_row) -> i32 {
    let body = || {
        // SAFETY: as the caller says.
        let inventory = unsafe { ffi::reference(inventory) }.ok_or_else(|| Failure::null("inventory"))?;
        let view = inventory.row().ok_or_else(|| Failure::new(cg_status::Index, "no phone was given".to_owned()))?;
        // SAFETY: as the caller says.
        unsafe { ffi::write_sized(row, &view) }
    };
    // SAFETY: NULL is allowed.
    unsafe { ffi::guard(ptr::null_mut(), body) }
}

impl cg_inventory {
    /// The row of the phone that was given last.
    fn row(&self) -> Option<cg_row> {
        let row = self.inventory.fleet().rows().get(self.next.checked_sub(1)?)?;
        let kind = self.source(row).map_or(cg_source_kind::Unknown, |source| source.kind().into()) as i32;
        let [source, when, device, description, ip_address, status, evidence, problem] = self.row_texts(row).pointers();
        let struct_size = size_of::<cg_row>();
        let row = row.line();
        Some(cg_row {
            struct_size,
            source,
            kind,
            row,
            when,
            device,
            description,
            ip_address,
            status,
            evidence,
            problem,
        })
    }

    fn row_texts(&self, row: &FleetRow) -> &Texts<8> {
        self.row.get_or_init(|| {
            let text = |column: FleetColumn| column.text(self.inventory.fleet(), row);
            let mut texts = Texts::default();
            texts.fill([
                text(FleetColumn::Source).or(Some("".into())),
                self.source(row).and_then(Source::fetched).map(Into::into),
                text(FleetColumn::Device),
                text(FleetColumn::Description),
                text(FleetColumn::IpAddress),
                text(FleetColumn::Status),
                text(FleetColumn::Evidence),
                text(FleetColumn::Problem),
            ]);
            texts
        })
    }

    pub(super) fn source(&self, row: &FleetRow) -> Option<&Source> {
        self.inventory.fleet().source(row.origin())
    }
}
