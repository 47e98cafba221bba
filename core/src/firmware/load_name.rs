use std::fmt;

use super::version::{self, LoadForm};
use super::{FirmwareType, LoadFamily, Release};
use crate::text::{Cursor, Fault, FieldText, Folded, fault, read_and_print};

/// The name of a load: `sip88xx.14-2-1-0101-26`. The file on a server is this name and `.loads`.
///
/// The name says which phones the load is for, of which type and release it is. `MPP` or `MSR` in it means MPP,
/// `TLexE2M` the two-step load of 2019, anything else Enterprise. The loads of PhoneOS are named after it
/// (`PHONEOS.5-0-1-0005-62`, before 3.2(1) `PHONEOS-8875.2-3-1-0001-26`).
///
/// Loads are ordered by family and type, then by release and respin, then by build. Builds of different releases say
/// nothing about each other.
///
/// # Accepted spellings
/// `sip88xx.14-2-1-0101-26`, with `.loads`, without `sip`, with dots for hyphens, with spaces and Unicode hyphens, in
/// any case, and inside the names of the packages on Cisco's download site
/// (`cmterm-88xx-sip.14-2-1-0101-26.k4.cop.sha512`, `cmterm-88xx.12-0-3MPP0001-87_REL.zip`).
///
/// # Example
/// ```
/// use crossgrade::{FirmwareType, LoadName};
///
/// let load: LoadName = "SIP88XX.12-0-3MPP0001-87.loads".parse()?;
/// assert_eq!(load.to_string(), "sip88xx.12-0-3MPP0001-87");
/// assert_eq!(load.file(), "sip88xx.12-0-3MPP0001-87.loads");
/// assert_eq!(load.firmware_type(), FirmwareType::Mpp);
/// assert_eq!(load.release().unwrap().to_string(), "12.0(3)");
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LoadName {
    family: LoadFamily,
    form: LoadForm,
    release: Release,
    respin: u8,
    build: u32,
}

/// What the TLexE2M loads print as their version; it is not a release that gates could be held against.
const TLEXE2M_BASE: Release = Release::new(11, 2, 3, 0);

impl LoadName {
    /// For tables: the load of these parts.
    pub(crate) const fn baked(family: LoadFamily, form: LoadForm, release: Release, respin: u8, build: u32) -> Self {
        Self { family, form, release, respin, build }
    }

    /// The phones that it is for.
    pub fn family(&self) -> LoadFamily {
        self.family
    }

    /// The type of the firmware in it.
    pub fn firmware_type(&self) -> FirmwareType {
        match self.form {
            LoadForm::Mpp | LoadForm::MppMsr | LoadForm::MppRespin => FirmwareType::Mpp,
            LoadForm::TlexE2m => FirmwareType::TlexE2m,
            LoadForm::PhoneOs => FirmwareType::PhoneOs,
            LoadForm::Enterprise | LoadForm::EnterpriseSr | LoadForm::EnterpriseRespin | LoadForm::Mainline => {
                FirmwareType::Enterprise
            }
        }
    }

    /// The release in it; none for a TLexE2M load.
    pub fn release(&self) -> Option<Release> {
        (self.form != LoadForm::TlexE2m).then_some(self.release)
    }

    /// An `MN` build of Cisco's engineering, which is not a customer release: gates on it are unknown.
    pub fn is_engineering_build(&self) -> bool {
        self.form == LoadForm::Mainline
    }

    /// The name of the file on a server.
    pub fn file(&self) -> String {
        format!("{self}.loads")
    }

    #[cfg(all(test, feature = "load"))]
    pub(crate) fn parts(&self) -> (LoadFamily, LoadForm, Release, u8, u32) {
        (self.family, self.form, self.release, self.respin, self.build)
    }
}

impl FieldText for LoadName {
    const THING: &'static str = "load name";
    const EXPECTED: &'static str = "a load name such as sip88xx.14-2-1-0101-26 or sip88xx.12-0-3MPP0001-87";

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<64>::EMPTY;
        let mut cursor = Cursor::new(folded.fold(text, Self::SPACES)?);
        let is_package = cursor.take(b"CMTERM-");
        if cursor.take(b"PHONEOS") {
            let load = Self::phone_os(&mut cursor)?;
            let _ = cursor.take(b".LOADS") || cursor.take(b".COP.SHA512");
            cursor.done("something after the build")?;
            return Ok(load);
        }
        cursor.take(b"SIP");
        let family = LoadFamily::next(&mut cursor)?;
        if is_package {
            cursor.take(b"-SIP");
        }
        if !cursor.take(b".") {
            return cursor.fault("no dot after the load family");
        }
        let load = if cursor.take(b"TLEXE2M") {
            Self::tlexe2m(family, &mut cursor)?
        } else {
            let version::Version { release, respin, form, build } = version::version(&mut cursor)?;
            Self { family, form, release, respin, build }
        };
        if is_package {
            cursor.take(b"_REL");
            let _ = cursor.take(b".ZIP") || cursor.take(b".K3.COP.SGN") || cursor.take(b".K4.COP.SHA512");
        } else {
            cursor.take(b".LOADS");
        }
        cursor.done("something after the build")?;
        Ok(load)
    }
}

impl LoadName {
    /// A load of PhoneOS, behind that word.
    #[cold]
    fn phone_os(cursor: &mut Cursor<'_>) -> Result<Self, Fault> {
        let family = if cursor.take(b"-") { LoadFamily::next(cursor)? } else { LoadFamily::PHONE_OS };
        if !cursor.take(b".") {
            return cursor.fault("no dot after the load family");
        }
        let at = cursor.at();
        let version::Version { release, respin, form, build } = version::version(cursor)?;
        if form != LoadForm::EnterpriseRespin {
            return Err(fault("not a version such as 5-0-1-0005-62", at));
        }
        Ok(Self { family, form: LoadForm::PhoneOs, release, respin, build })
    }

    fn tlexe2m(family: LoadFamily, cursor: &mut Cursor<'_>) -> Result<Self, Fault> {
        version::hyphen(cursor)?;
        let at = cursor.at();
        let base = cursor.take_while(|byte| byte != b'C');
        if !matches!(base, [b'1', b'1', b'-' | b'.', b'2', b'-' | b'.', b'3']) || !cursor.take(b"C") {
            return Err(fault("not the version 11-2-3C", at));
        }
        version::hyphen(cursor)?;
        let build = version::build(cursor)?;
        Ok(Self { family, form: LoadForm::TlexE2m, release: TLEXE2M_BASE, respin: 0, build })
    }
}

impl fmt::Display for LoadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { family, form, release: Release { major, minor, micro, service }, respin, build } = self;
        let version = format_args!("{major}-{minor}-{micro}");
        match form {
            LoadForm::Enterprise => write!(f, "sip{family}.{version}-{build}"),
            LoadForm::EnterpriseSr => write!(f, "sip{family}.{version}SR{service}-{build}"),
            LoadForm::EnterpriseRespin => write!(f, "sip{family}.{version}-{service:02}{respin:02}-{build}"),
            LoadForm::Mainline => write!(f, "sip{family}.{version}MN-{build}"),
            LoadForm::Mpp => write!(f, "sip{family}.{version}MPP-{build}"),
            LoadForm::MppMsr => write!(f, "sip{family}.{version}MSR{service}-{build}"),
            LoadForm::MppRespin => write!(f, "sip{family}.{version}MPP{service:02}{respin:02}-{build}"),
            LoadForm::TlexE2m => write!(f, "sip{family}.TLexE2M-{version}C-{build}"),
            LoadForm::PhoneOs => {
                let family = if *family == LoadFamily::PHONE_OS { String::new() } else { format!("-{family}") };
                write!(f, "PHONEOS{family}.{version}-{service:02}{respin:02}-{build}")
            }
        }
    }
}

impl fmt::Debug for LoadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoadName({self})")
    }
}

impl Ord for LoadName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |load: &Self| (load.family, load.firmware_type(), load.release, load.respin, load.build, load.form);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for LoadName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

read_and_print!(LoadName);
