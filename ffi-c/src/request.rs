use std::ffi::c_char;
use std::mem::offset_of;

use engine::{Request, RuleBook};

use crate::call_failure::Failure;
use crate::enums::cg_destination;
use crate::ffi::{self, SizedStruct};
use crate::status::cg_status;

/// Where a phone shall go. Initialize with CG_REQUEST_INIT, then set the destination.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_request {
    /// sizeof(cg_request), as CG_REQUEST_INIT sets it.
    pub struct_size: usize,
    /// One of CG_DESTINATION_..., but not CG_DESTINATION_NONE.
    pub destination: i32,
    /// What to install: a release ("12.0(3)"), a load, or one load for each family, separated by commas. NULL or empty
    /// for the rule book's own. The book that answers judges it.
    pub target: *const c_char,
}

// SAFETY: repr(C), begins with its size, and zero and NULL are valid.
unsafe impl SizedStruct for cg_request {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, target) + size_of::<*const c_char>();
    const NAME: &'static str = "request";
}

impl cg_request {
    /// What is asked of this book.
    ///
    /// # Safety
    /// The target is NULL or NUL-terminated, and nobody changes it meanwhile.
    pub(crate) unsafe fn request(&self, book: &RuleBook) -> Result<Request, Failure> {
        let destination = cg_destination::read(self.destination).ok_or_else(|| {
            let hint =
                if self.destination == cg_destination::None as i32 { " (not set, or a name not known)" } else { "" };
            let message = format!(
                "destination is {}{hint}; expected CG_DESTINATION_WEBEX_CALLING, CG_DESTINATION_THIRD_PARTY or \
                 CG_DESTINATION_UNIFIED_CM",
                self.destination
            );
            Failure::new(cg_status::Destination, message)
        })?;
        // SAFETY: as the caller says.
        let target = unsafe { ffi::bytes(self.target) };
        let target = target.map(|target| ffi::utf8("target", target, cg_status::TargetNotUtf8)).transpose()?;
        book.request(destination, target).map_err(|error| Failure::new(cg_status::Target, error.to_string()))
    }
}
