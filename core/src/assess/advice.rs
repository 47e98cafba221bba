//! Advice: what a person should know beside a verdict. It never changes one.

use std::fmt::{self, Display};

use super::Verdict;
use super::case::Case;
use super::registry::Code;
use super::remark::{About, Remark};
use crate::firmware::{Firmware, FirmwareType, Release};
use crate::rulebook::rows::{AdviceKind, AdviceRow};
use crate::rulebook::{Date, slot};
use crate::text::Shown;

/// All advice that concerns this phone and this answer.
pub(super) fn speak<'a>(case: &Case<'a>, verdict: Verdict, say: &mut impl FnMut(Remark<'a>)) {
    for row in rows(case, verdict) {
        let about = About::Advice(row, firmware(case, verdict, row));
        say(Remark::new(code(row.says)).rule(&row.origin).about(about));
    }
}

fn code(says: AdviceKind) -> Code {
    match says {
        AdviceKind::ReturningPhone => Code::CG310,
        AdviceKind::TargetUnverified => Code::CG314,
        AdviceKind::FeaturesLost => Code::CG401,
        AdviceKind::UseWiredConnection => Code::CG402,
        AdviceKind::DegradedPerformance => Code::CG403,
        AdviceKind::LocalDataLost => Code::CG404,
        AdviceKind::FixMissing => Code::CG405,
        AdviceKind::CertificateNotRenewed => Code::CG406,
        AdviceKind::NewCertificateAuthority => Code::CG407,
        AdviceKind::ChangesOnArrival => Code::CG408,
        AdviceKind::TooOldToOnboard => Code::CG409,
        AdviceKind::WebAccessOff => Code::CG410,
        AdviceKind::UpgradeInSteps => Code::CG411,
        AdviceKind::TargetUnconfirmed => Code::CG602,
        AdviceKind::CallControlsDocumented => Code::CG603,
    }
}

/// The rows that speak.
pub(super) fn rows<'a>(case: &Case<'a>, verdict: Verdict) -> impl Iterator<Item = &'a AdviceRow> + use<'a> {
    let case = *case;
    let span = case.profile.map(|profile| profile.advice[slot(case.destination())]);
    let rows = case.tables.at(&case.tables.rows.advice, span.unwrap_or_default());
    // Without its hardware version the phone may be one that the advice is about.
    let rows = rows.filter(move |row| case.vid.known().is_none_or(|vid| row.vid.contains(vid)));
    rows.filter(move |row| concerns(&case, verdict, row))
}

/// Whether advice concerns a phone with this verdict.
fn concerns(case: &Case<'_>, verdict: Verdict, row: &AdviceRow) -> bool {
    let may_be_converted = matches!(verdict, Verdict::Eligible | Verdict::Unknown);
    match row.says {
        AdviceKind::FeaturesLost
        | AdviceKind::UseWiredConnection
        | AdviceKind::DegradedPerformance
        | AdviceKind::LocalDataLost
        | AdviceKind::TargetUnconfirmed => may_be_converted,
        AdviceKind::ReturningPhone => may_be_converted && case.is_returning(),
        AdviceKind::TargetUnverified => {
            let is_below = |release| row.below.is_some_and(|below| release < below);
            let is_unverified = |release: Option<Release>, is_engineering_build: bool| {
                release.is_some_and(is_below) || is_engineering_build
            };
            let aim = case.chosen_aim().filter(|_| may_be_converted);
            aim.is_some_and(|aim| is_unverified(aim.release, aim.is_engineering_build()))
        }
        // No release renews it: then the phone that runs, or may run, MPP firmware is concerned.
        AdviceKind::CertificateNotRenewed if row.is_of_any_release() => {
            verdict != Verdict::Ineligible && matches!(case.firmware_type.known(), None | Some(FirmwareType::Mpp))
        }
        AdviceKind::FixMissing
        | AdviceKind::CertificateNotRenewed
        | AdviceKind::ChangesOnArrival
        | AdviceKind::CallControlsDocumented => firmware(case, verdict, row).is_some_and(|firmware| {
            let release = firmware.release();
            row.from.is_none_or(|from| release >= from) && row.below.is_none_or(|below| release < below)
        }),
        AdviceKind::NewCertificateAuthority => verdict != Verdict::Ineligible && may_be_made_since(case, row),
        AdviceKind::TooOldToOnboard | AdviceKind::UpgradeInSteps => {
            let is_below = |firmware: Firmware| row.running_below.is_some_and(|below| firmware.release() < below);
            firmware(case, verdict, row).is_some_and(is_below)
        }
        AdviceKind::WebAccessOff => {
            // The web pages of MPP phones are on.
            let may_run_enterprise = matches!(case.firmware_type.known(), None | Some(FirmwareType::Enterprise));
            let lacks_evidence = case.vid.known().is_none() || case.release().known().is_none();
            may_be_converted && may_run_enterprise && !case.is_marked() && lacks_evidence
        }
    }
}

/// The firmware that advice is about: MPP firmware that runs now, or what runs once everything is done.
fn firmware(case: &Case<'_>, verdict: Verdict, row: &AdviceRow) -> Option<Firmware> {
    if matches!(row.says, AdviceKind::TooOldToOnboard | AdviceKind::UpgradeInSteps) {
        return case.running_firmware().filter(|firmware| firmware.firmware_type() == FirmwareType::Mpp);
    }
    let is_installed = verdict == Verdict::Eligible || verdict == Verdict::Unknown && case.is_listed();
    match verdict {
        _ if is_installed => Some(Firmware::new(case.needed(), case.aim()?.comparable_release()?)),
        Verdict::NotNeeded => {
            let stays_on = case.single_firmware.map_or(case.needed(), |row| row.runs);
            case.running_firmware().filter(|firmware| firmware.firmware_type() == stays_on)
        }
        _ => None,
    }
}

/// Whether the unit may be of those that a row is about: all that were sold with MPP firmware, and others from a month on, which
/// the serial number tells.
fn may_be_made_since(case: &Case<'_>, row: &AdviceRow) -> bool {
    let Some(from) = row.made_from.filter(|_| !case.is_marked()) else { return true };
    made_in(case).is_none_or(|made| made >= from.month())
}

fn made_in(case: &Case<'_>) -> Option<(i16, i8)> {
    case.phone.serial_evidence().known().and_then(|serial| serial.made_in())
}

/// What advice tells, where its row has a text for it.
pub(super) struct Advice<'m, 'a> {
    pub(super) case: &'m Case<'a>,
    pub(super) row: &'a AdviceRow,
    pub(super) firmware: Option<Firmware>,
}

impl Display for Advice<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, row, firmware } = *self;
        let (told, rule) = (row.told.as_deref().unwrap_or_default(), &row.origin.id);
        let told = Shown::of_rule(told);
        let firmware = firmware
            .map_or_else(String::new, |firmware| format!("{} {}", firmware.firmware_type().name(), firmware.release()));
        let model = case.product.map_or_else(String::new, |product| product.model().to_string());
        match row.says {
            AdviceKind::FixMissing => {
                let first = row.below.map_or_else(String::new, |below| below.to_string());
                write!(f, "{firmware} lacks the fix of {told}; {first} is the first release that has it (rule {rule}).")
            }
            AdviceKind::CertificateNotRenewed => {
                match row.below {
                    Some(_) => write!(f, "With {firmware} the ")?,
                    None => f.write_str("The ")?,
                }
                write!(f, "manufacturing certificate of the {model} {told} (rule {rule}).")?;
                if let Some((year, month)) = made_in(case) {
                    write!(f, " By its serial number the phone was made in {year}-{month:02}.")?;
                }
                if case.is_marked() {
                    return Ok(());
                }
                f.write_str(" The notice names 3PCC products; that it is about others, too, is inferred.")
            }
            AdviceKind::NewCertificateAuthority => {
                write!(f, "The {model} may carry a certificate of the new manufacturing authority")?;
                if let Some((year, month)) = row.made_from.filter(|_| !case.is_marked()).map(Date::month) {
                    write!(
                        f,
                        ", as units made from {year}-{month:02} on do, the earliest month of a product of the model"
                    )?;
                }
                write!(f, ": {told} (rule {rule}).")
            }
            AdviceKind::ChangesOnArrival | AdviceKind::TooOldToOnboard | AdviceKind::UpgradeInSteps => {
                write!(f, "{firmware}: {told} (rule {rule}).")
            }
            AdviceKind::CallControlsDocumented => write!(f, "{told} (rule {rule}); that is no minimum."),
            _ => write!(f, "{told} (rule {rule})."),
        }
    }
}
