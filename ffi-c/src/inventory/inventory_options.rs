use std::ffi::c_char;
use std::mem::offset_of;

use engine::inventory::ReadOptions;

use crate::call_failure::Failure;
use crate::ffi::SizedStruct;
use crate::option_lists::{columns, keep, text, texts, wrong};

/// How a file is read, where it does not say so itself. Initialize with CG_INVENTORY_OPTIONS_INIT: everything is found.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_inventory_options {
    /// sizeof(cg_inventory_options), as CG_INVENTORY_OPTIONS_INIT sets it.
    pub struct_size: usize,
    /// When the file was fetched, in your words: "2026-11-20 08:15". It is kept and shown, and decides nothing. NULL or
    /// empty if nobody knows.
    pub when: *const c_char,
    /// Which sheets of a workbook are read, by their names, the last one followed by NULL. NULL for all that are not hidden
    /// and have a header of phones.
    pub sheets: *const *const c_char,
    /// Which column of a table is read as which field, whatever it is called: texts such as "pid=Part No", the last one
    /// followed by NULL. "mac=" reads the field from no column. The fields are those of cg_audit_options. NULL to find
    /// all of them by the usual names.
    pub columns: *const *const c_char,
    /// Which cluster the file tells of, in your words. A merge joins devices without MAC address by their names, but never
    /// those of two clusters. NULL or empty where all files are of one cluster.
    pub cluster: *const c_char,
    /// The columns that come with the phones, through cg_inventory_merge too: their headers, or the names that they shall
    /// have and their headers, as "Room" and "site=Location", the last text followed by NULL. Of RisPort and Webex they
    /// are elements and members of devices; pages of phones have none. No name may be that of another column.
    /// cg_inventory_kept gives what they hold. NULL for none.
    pub keep: *const *const c_char,
    /// 0: a column to keep that the file does not have is CG_STATUS_INVENTORY. 1: the file is read without it, because
    /// another file may have it; ask cg_inventory_check_keep in the end.
    pub keep_is_optional: u32,
}

// SAFETY: repr(C), begins with its size, and NULL is valid.
unsafe impl SizedStruct for cg_inventory_options {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, cluster) + size_of::<*const c_char>();
    const NAME: &'static str = "options";
}

impl cg_inventory_options {
    /// The options of the engine, when the file was fetched, and its cluster.
    ///
    /// # Safety
    /// Texts are NULL or NUL-terminated, the columns are NULL or end with NULL, and nobody changes them during `'a`.
    pub(super) unsafe fn options<'a>(&self) -> Result<(ReadOptions, Option<&'a str>, Option<&'a str>), Failure> {
        // SAFETY: as the caller says.
        let (when, cluster) = unsafe { (text("when", self.when)?, text("cluster", self.cluster)?) };
        // SAFETY: as the caller says.
        let (sheets, columns, keep) =
            unsafe { (texts("sheets", self.sheets)?, columns(self.columns)?, keep(self.keep)?) };
        let mut options = ReadOptions::default();
        options.sheets = sheets.into_iter().map(str::to_owned).collect();
        options.columns = columns;
        options.keep = match self.keep_is_optional {
            0 => keep,
            1 => keep.optional(),
            found => return Err(wrong("keep_is_optional", format!("{found}; expected 0 or 1"))),
        };
        let said = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        Ok((options, said(when), said(cluster)))
    }
}
