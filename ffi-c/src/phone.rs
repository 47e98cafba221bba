use std::ffi::c_char;
use std::mem::offset_of;

use engine::{Evidence, Field, Phone};

use crate::call_failure::Failure;
use crate::ffi::{self, SizedStruct};
use crate::said_fields::{AlsoSaid, cg_said};

/// A phone as an inventory knows it. Every text may be NULL or empty: absent. A text that cannot be read is evidence
/// too, never an error. Initialize with CG_PHONE_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cg_phone {
    /// sizeof(cg_phone), as CG_PHONE_INIT sets it.
    pub struct_size: usize,
    /// Product id, label, model name, CUCM type code or user agent: "CP-8841-K9=".
    pub pid: *const c_char,
    /// Hardware version: "V03".
    pub vid: *const c_char,
    /// MAC address or device name: "SEP00CCFC123456".
    pub mac: *const c_char,
    /// Serial number.
    pub serial: *const c_char,
    /// The load that runs: "sip88xx.14-2-1-0101-26".
    pub load: *const c_char,
    /// The release that runs, where no load name is known: "14.2(1)SR1".
    pub release: *const c_char,
    /// The type that runs, where somebody says it outright: "enterprise" or "mpp".
    pub firmware_type: *const c_char,
    /// Transition authorization type: "Classic", "WxC" or "blank".
    pub authorization: *const c_char,
    /// What was said of fields beside: `said_count` entries, each with its place. NULL if that is 0.
    pub said: *const cg_said,
    /// How many entries `said` has.
    pub said_count: usize,
}

// SAFETY: repr(C), begins with its size, and NULL pointers are valid.
unsafe impl SizedStruct for cg_phone {
    // Up to the last member of release 0.1; later members do not change it.
    const SMALLEST: usize = offset_of!(Self, said_count) + size_of::<usize>();
    const NAME: &'static str = "phone";
}

impl cg_phone {
    /// Whether there is memory for a copy of its texts.
    ///
    /// # Safety
    /// Every text is NULL or NUL-terminated.
    pub(crate) unsafe fn check_room(&self) -> Result<(), Failure> {
        let texts = [
            self.pid,
            self.vid,
            self.mac,
            self.serial,
            self.load,
            self.release,
            self.firmware_type,
            self.authorization,
        ];
        // SAFETY: as the caller says.
        let sizes = texts.map(|text| unsafe { ffi::bytes(text) }.map_or(0, <[u8]>::len));
        match sizes.iter().sum() {
            // What every host has.
            ..=4096 => Ok(()),
            bytes => ffi::check_room::<u8>("phone", bytes),
        }
    }

    /// The question for the engine.
    ///
    /// # Safety
    /// Every text is NULL or NUL-terminated, `said` is NULL or has `said_count` entries, and nobody changes them during `'a`.
    pub(crate) unsafe fn phone<'a>(&self) -> Result<Phone<'a>, Failure> {
        // SAFETY: as the caller says.
        let text = |text| unsafe { ffi::bytes(text) };
        // SAFETY: as the caller says.
        let also = unsafe { AlsoSaid::read(ffi::sized_items("said", self.said, self.said_count)?) }?;
        let mut phone = match also.texts(Field::Pid, text(self.pid)) {
            None => Phone::new(text(self.pid)),
            Some(said) => Phone::new(Evidence::said(said)),
        };
        macro_rules! set {
            ($($setter:ident $field:ident),+) => {$(
                phone = match also.texts(Field::$field, text(self.$setter)) {
                    None => phone.$setter(text(self.$setter)),
                    Some(said) => phone.$setter(Evidence::said(said)),
                };
            )+};
        }
        set!(
            vid Vid, mac Mac, serial Serial, load Load, release Release, firmware_type FirmwareType,
            authorization Authorization
        );
        Ok(phone)
    }
}
