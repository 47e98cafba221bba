//! The grammar of versions, in load names and in releases.
//!
//! ```text
//! version := maj "-" min "-" mic tail "-" build
//! tail    := "" | "SR" n | "-" SSNN        Enterprise
//!          | "MPP" | "MSR" n | "MPP" SSNN  MPP
//!          | "MN"                          engineering build of Enterprise
//! ```
//! SS is the service release, NN the respin. Dots occur where hyphens belong.

use super::Release;
use crate::text::{Cursor, Fault, FieldText, Folded, fault};

/// How a load name writes its service release, and with it which type the load is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LoadForm {
    /// `12-0-1-8`
    Enterprise,
    /// `12-5-1SR1-4`
    EnterpriseSr,
    /// `14-2-1-0101-26`
    EnterpriseRespin,
    /// `14-0-1MN-1036`
    Mainline,
    /// `11-2-1MPP-630`
    Mpp,
    /// `11-1-1MSR2-1`
    MppMsr,
    /// `12-0-3MPP0001-87`
    MppRespin,
    /// `TLexE2M-11-2-3C-4`
    TlexE2m,
    /// `PHONEOS.5-0-1-0005-62`
    PhoneOs,
}

/// The version part of a load name.
pub(super) struct Version {
    pub(super) release: Release,
    pub(super) respin: u8,
    pub(super) form: LoadForm,
    pub(super) build: u32,
}

/// Reads `version` up to and with its build.
#[inline(always)]
pub(super) fn version(cursor: &mut Cursor<'_>) -> Result<Version, Fault> {
    let mut release = three_numbers(cursor)?;
    let mut respin = 0;
    let form = if cursor.take(b"SR") {
        release.service = service(cursor)?;
        LoadForm::EnterpriseSr
    } else if cursor.take(b"MSR") {
        release.service = service(cursor)?;
        LoadForm::MppMsr
    } else if cursor.take(b"MPP") {
        match service_and_respin(cursor) {
            Some((service, number)) => {
                (release.service, respin) = (service, number);
                LoadForm::MppRespin
            }
            None => LoadForm::Mpp,
        }
    } else if cursor.take(b"MN") {
        LoadForm::Mainline
    } else if is_respin_group(cursor.rest()) {
        hyphen(cursor)?;
        if let Some((service, number)) = service_and_respin(cursor) {
            (release.service, respin) = (service, number);
        }
        LoadForm::EnterpriseRespin
    } else {
        LoadForm::Enterprise
    };
    hyphen(cursor)?;
    Ok(Version { release, respin, form, build: build(cursor)? })
}

impl FieldText for Release {
    const THING: &'static str = "release";
    const EXPECTED: &'static str = "a release such as 14.2(1)SR1, 12.0.3 or 14-2-1-0101";

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<40>::EMPTY;
        release(&mut Cursor::new(folded.fold(text, Self::SPACES)?))
    }
}

/// Reads a release in one of the spellings that people and pages use.
pub(super) fn release(cursor: &mut Cursor<'_>) -> Result<Release, Fault> {
    const SECOND: &str = "no second number";
    let major = cursor.small_number("no number")?;
    hyphen(cursor)?;
    let minor = cursor.small_number(SECOND)?;
    let mut release = Release::new(major, minor, 1, 0);

    // 12.0(3), 12.0.(3), 12.0.3; without the third number the first release of that name is meant: 14.1 is 14.1(1).
    if cursor.rest().starts_with(b"(") || cursor.rest().starts_with(b".(") {
        cursor.take(b".");
        cursor.take(b"(");
        release.micro = cursor.small_number("no third number")?;
        if !cursor.take(b")") {
            return cursor.fault("no closing parenthesis after the third number");
        }
    } else if !cursor.is_done() && !cursor.rest().starts_with(b"SR") {
        hyphen(cursor)?;
        release.micro = cursor.small_number("no third number")?;
        // 14.2.1(0201.40), as Unified CM prints it
        if cursor.take(b"(") {
            let at = cursor.at();
            let (service, _) = service_and_respin(cursor).ok_or(fault("not four digits", at))?;
            release.service = service;
            hyphen(cursor)?;
            build(cursor)?;
            if !cursor.take(b")") {
                return cursor.fault("no closing parenthesis after the build");
            }
            cursor.done(TRAILING)?;
            return Ok(release);
        }
    }

    if cursor.rest().starts_with(b"-SR") || cursor.rest().starts_with(b".SR") {
        hyphen(cursor)?;
    }
    if cursor.take(b"SR") || cursor.take(b"MSR") {
        release.service = service(cursor)?;
    } else if is_respin_group(cursor.rest()) || is_last_respin_group(cursor.rest()) {
        hyphen(cursor)?;
        if let Some((service, _)) = service_and_respin(cursor) {
            release.service = service;
        }
    }
    if !cursor.is_done() {
        hyphen(cursor)?;
        build(cursor)?;
    }
    cursor.done(TRAILING)?;
    Ok(release)
}

const TRAILING: &str = "something that does not belong to a release";

/// `maj "-" min "-" mic`
#[inline(always)]
fn three_numbers(cursor: &mut Cursor<'_>) -> Result<Release, Fault> {
    let major = cursor.small_number("no version number")?;
    hyphen(cursor)?;
    let minor = cursor.small_number("no second number")?;
    hyphen(cursor)?;
    let micro = cursor.small_number("no third number")?;
    Ok(Release::new(major, minor, micro, 0))
}

#[inline(always)]
pub(super) fn hyphen(cursor: &mut Cursor<'_>) -> Result<(), Fault> {
    match cursor.take_if(|byte| matches!(byte, b'-' | b'.')) {
        Some(_) => Ok(()),
        None => cursor.fault("no hyphen"),
    }
}

/// The number of a service release.
#[inline(always)]
fn service(cursor: &mut Cursor<'_>) -> Result<u8, Fault> {
    let at = cursor.at();
    match cursor.small_number("no number of a service release")? {
        number @ 1.. => Ok(number),
        0 => Err(fault("a number that no service release has", at)),
    }
}

/// `SSNN`: exactly four digits.
#[inline(always)]
fn service_and_respin(cursor: &mut Cursor<'_>) -> Option<(u8, u8)> {
    let digits = cursor.rest();
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if len != 4 {
        return None;
    }
    let &[s, t, n, m] = cursor.digits() else { return None };
    let two = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
    Some((two(s, t), two(n, m)))
}

/// The number of a build. A leading zero is no build: it would be lost in the file name.
#[inline(always)]
pub(super) fn build(cursor: &mut Cursor<'_>) -> Result<u32, Fault> {
    let at = cursor.at();
    let digits = cursor.digits();
    if digits.is_empty() || digits.len() > 6 || digits[0] == b'0' {
        return Err(fault("no number of a build", at));
    }
    Ok(digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

/// Whether `-SSNN-` comes next.
#[inline(always)]
fn is_respin_group(rest: &[u8]) -> bool {
    matches!(rest, [b'-' | b'.', a, b, c, d, b'-' | b'.', build, ..]
        if [a, b, c, d, build].iter().all(|byte| byte.is_ascii_digit()))
}

/// Whether `-SSNN` is all that is left. A build has four digits too sometimes, but never a zero in front.
fn is_last_respin_group(rest: &[u8]) -> bool {
    matches!(rest, [b'-' | b'.', b'0', group @ ..] if group.len() == 3 && group.iter().all(u8::is_ascii_digit))
}
