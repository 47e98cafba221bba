use std::ffi::c_char;
use std::mem::offset_of;
use std::num::NonZeroUsize;

use engine::audit::ResultColumn;
use engine::columnar::{AuditOptions, TextLayout};

use crate::call_failure::Failure;
use crate::ffi::{self, SizedStruct};
use crate::option_lists::{columns, keep, text, wrong};

/// How the texts of result columns are laid out.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum cg_text_layout {
    /// Dictionaries with 16-bit keys: the fastest and smallest. Columns with another text in every row (read_mac,
    /// license_file) are plain strings all the same.
    Dictionary = 0,
    /// Plain strings, for readers that take no dictionaries.
    Utf8 = 1,
    /// Plain strings with 64-bit offsets.
    LargeUtf8 = 2,
    /// String views.
    Utf8View = 3,
}

impl cg_text_layout {
    fn read(value: i32) -> Option<TextLayout> {
        let layouts = [
            (Self::Dictionary, TextLayout::Dictionary),
            (Self::Utf8, TextLayout::Utf8),
            (Self::LargeUtf8, TextLayout::LargeUtf8),
            (Self::Utf8View, TextLayout::Utf8View),
        ];
        layouts.into_iter().find(|(known, _)| *known as i32 == value).map(|(_, layout)| layout)
    }
}

/// How a stream is audited. Initialize with CG_AUDIT_OPTIONS_INIT: every result column, as dictionaries, on all cores.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_audit_options {
    /// sizeof(cg_audit_options), as CG_AUDIT_OPTIONS_INIT sets it.
    pub struct_size: usize,
    /// The result columns that are added, in this order, separated by commas or spaces: "verdict, findings". NULL or
    /// empty for all: read_model, read_vid, read_mac, read_firmware_type, read_release, verdict, findings, decided_by,
    /// evidence_needed, start_gate, target_gate, install_first, target_load, load_server, license_need, license_sku,
    /// service_sku, license_file, why.
    pub select: *const c_char,
    /// What stands in front of the name of every result column: "cg_". NULL or empty for nothing.
    pub prefix: *const c_char,
    /// Which column is read as which field, whatever it is called: texts such as "pid=Part No", the last one followed by
    /// NULL. "mac=" reads the field from no column. The fields are pid, vid, mac, serial, load, firmware, firmware_type
    /// and authorization; those that are not named are found by the usual names. NULL to find all of them so.
    pub columns: *const *const c_char,
    /// One of CG_TEXT_LAYOUT_....
    pub text_layout: i32,
    /// How many threads work on a batch, up to 256; more count as 256. 0 for as many as there are cores. The answers are
    /// the same bytes, whatever the number.
    pub threads: u32,
    /// Columns to have under these names, as "Room" or "site=Location", the last text followed by NULL. The columns of the
    /// stream come out anyway; one of another name stands there once more, between those and the result columns. NULL for
    /// none.
    pub keep: *const *const c_char,
}

// SAFETY: repr(C), begins with its size, and zero and NULL are valid.
unsafe impl SizedStruct for cg_audit_options {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, threads) + size_of::<u32>();
    const NAME: &'static str = "options";
}

impl cg_audit_options {
    /// The options of the engine.
    ///
    /// # Safety
    /// Texts are NULL or NUL-terminated, the columns are NULL or end with NULL, and nobody changes them meanwhile.
    pub(super) unsafe fn options(&self) -> Result<AuditOptions, Failure> {
        let mut options = AuditOptions::default();
        // SAFETY: as the caller says.
        let (select, prefix, columns, keep) = unsafe {
            (text("select", self.select)?, text("prefix", self.prefix)?, columns(self.columns)?, keep(self.keep)?)
        };
        // Each result column has it.
        ffi::check_room::<u8>("prefix", prefix.len().saturating_mul(2 * ResultColumn::ALL.len()))?;
        let words = select.split([',', ' ']).filter(|word| !word.is_empty());
        let select = words
            .map(|word| word.parse().map_err(|error| wrong("select", error)))
            .collect::<Result<Vec<ResultColumn>, _>>()?;
        if !select.is_empty() {
            options = options.select(select);
        }
        let layout = cg_text_layout::read(self.text_layout)
            .ok_or_else(|| wrong("text_layout", format!("{} is none of CG_TEXT_LAYOUT_...", self.text_layout)))?;
        if let Some(threads) = NonZeroUsize::new(self.threads as usize) {
            options = options.threads(threads);
        }
        Ok(options.prefix(prefix).columns(columns).keep(keep).text(layout))
    }
}
