//! Advice: what a person should know beside a verdict. It never changes one.

use std::fmt::{self, Display};

use super::Verdict;
use super::case::Case;
use super::registry::Code;
use super::remark::{About, Remark};
use crate::destination::Destination;
use crate::firmware::{Firmware, FirmwareType, Release};
use crate::rulebook::rows::{AdviceKind, AdviceRow, SingleFirmwareRow};
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

/// The rows that speak: those of the destination, and of a phone that stays on the other type those about what it runs.
pub(super) fn rows<'a>(case: &Case<'a>, verdict: Verdict) -> impl Iterator<Item = &'a AdviceRow> + use<'a> {
    let case = *case;
    let of_destination = rows_for(&case, case.destination());
    let stays_on = stays_on_other_type(&case, verdict);
    let elsewhere = Destination::ALL.iter().copied().filter(move |there| Some(there.needs()) == stays_on);
    let of_what_runs = elsewhere.flat_map(move |there| {
        // A row may be about several destinations, and speaks once.
        let first =
            move |row: &AdviceRow| row.destinations.iter().copied().find(|named| named.needs() == there.needs());
        let is_new =
            move |row: &AdviceRow| !row.destinations.contains(&case.destination()) && first(row) == Some(there);
        rows_for(&case, there).filter(move |row| is_about_firmware(row.says) && is_new(row))
    });
    of_destination.chain(of_what_runs).filter(move |row| concerns(&case, verdict, row))
}

/// The rows about phones of this hardware that are bound for a destination.
fn rows_for<'a>(case: &Case<'a>, to: Destination) -> impl Iterator<Item = &'a AdviceRow> + use<'a> {
    let vid = case.vid.known();
    let span = case.profile.map(|profile| profile.advice[slot(to)]);
    let rows = case.tables.at(&case.tables.rows.advice, span.unwrap_or_default());
    // Without its hardware version the phone may be one that the advice is about.
    rows.filter(move |row| vid.is_none_or(|vid| row.vid.contains(vid)))
}

/// Whether advice is about firmware that runs, wherever the phone is registered.
fn is_about_firmware(says: AdviceKind) -> bool {
    matches!(says, AdviceKind::FixMissing | AdviceKind::CertificateNotRenewed)
}

/// The type that a phone stays on, where its destination would need another: rows name it by the destinations that need it.
fn stays_on_other_type(case: &Case<'_>, verdict: Verdict) -> Option<FirmwareType> {
    let stays = case.running_firmware().filter(|_| verdict == Verdict::Ineligible);
    stays.map(Firmware::firmware_type).filter(|runs| *runs != case.needed())
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
            let is_below = |release: Release| row.below.is_some_and(|below| release < below);
            let intended = case.chosen_target_of_conversion().filter(|_| may_be_converted);
            intended.is_some_and(|intended| intended.release.is_some_and(is_below) || intended.is_engineering_build())
        }
        // No release renews it: then the phone that runs, or may run, MPP firmware is concerned.
        AdviceKind::CertificateNotRenewed if row.is_of_any_release() => match case.firmware_type.known() {
            Some(runs) => runs == FirmwareType::Mpp,
            None => verdict != Verdict::Ineligible,
        },
        // What a call control needs of such phones, whatever they run.
        AdviceKind::CallControlsDocumented if row.is_of_any_release() => verdict != Verdict::Ineligible,
        AdviceKind::FixMissing
        | AdviceKind::CertificateNotRenewed
        | AdviceKind::ChangesOnArrival
        | AdviceKind::TooOldToOnboard
        | AdviceKind::UpgradeInSteps
        | AdviceKind::CallControlsDocumented => {
            firmware(case, verdict, row).is_some_and(|firmware| row.is_about_release(firmware.release()))
        }
        AdviceKind::NewCertificateAuthority => verdict != Verdict::Ineligible && may_be_made_since(case, row),
        AdviceKind::WebAccessOff => {
            // The web pages of MPP phones are on.
            let may_run_enterprise = matches!(case.firmware_type.known(), None | Some(FirmwareType::Enterprise));
            let lacks_evidence = case.vid.known().is_none() || case.release().known().is_none();
            may_be_converted && may_run_enterprise && !case.is_marked() && lacks_evidence
        }
    }
}

/// The firmware that advice is about: MPP firmware that runs now, or what runs once everything is done, which is what runs
/// now where the phone stays on it.
fn firmware(case: &Case<'_>, verdict: Verdict, row: &AdviceRow) -> Option<Firmware> {
    if matches!(row.says, AdviceKind::TooOldToOnboard | AdviceKind::UpgradeInSteps) {
        return case.running_firmware().filter(|firmware| firmware.firmware_type() == FirmwareType::Mpp);
    }
    if verdict == Verdict::Eligible || verdict == Verdict::Unknown && case.is_listed() {
        return Some(Firmware::new(case.needed(), case.target_of_conversion()?.comparable_release()?));
    }
    let runs = case.running_firmware().filter(|runs| is_of_type(case, row, runs.firmware_type()))?;
    match (row.says, verdict) {
        // Nothing arrives where nothing is installed.
        (AdviceKind::ChangesOnArrival, _) | (_, Verdict::Eligible | Verdict::Unknown) => None,
        // A phone that stays behind is told nothing of the call control that it does not come to.
        (AdviceKind::CallControlsDocumented, Verdict::Ineligible) => None,
        (_, Verdict::NotNeeded | Verdict::Ineligible) => Some(runs),
    }
}

/// Whether a row is about firmware of this type: what its destinations need, or the one image of the hardware.
fn is_of_type(case: &Case<'_>, row: &AdviceRow, firmware_type: FirmwareType) -> bool {
    let is_one_image = case.single_firmware.is_some_and(SingleFirmwareRow::serves_all);
    is_one_image || row.destinations.iter().any(|destination| destination.needs() == firmware_type)
}

/// Whether the unit may be of those that a row is about: all that were sold with MPP firmware, and others from a month on, which
/// the serial number tells.
///
/// One source reads the year of a serial number as one later than the others do.
fn may_be_made_since(case: &Case<'_>, row: &AdviceRow) -> bool {
    let Some(from) = row.made_from.filter(|_| !case.is_marked()) else { return true };
    made_in(case).is_none_or(|(year, month)| (year + 1, month) >= from.month())
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
        let Self { case, row, firmware: runs } = *self;
        let (told, rule) = (row.told.as_deref().unwrap_or_default(), &row.origin.id);
        let told = Shown::of_rule(told);
        let firmware =
            runs.map_or_else(String::new, |runs| format!("{} {}", runs.firmware_type().name(), runs.release()));
        let model = case.product.map_or_else(String::new, |product| product.model().to_string());
        match row.says {
            AdviceKind::FixMissing => {
                write!(f, "{firmware} lacks the fix of {told}")?;
                if let Some(below) = row.below {
                    write!(f, ", as every release below {below} does")?;
                    if let Some(release) = runs.and_then(|runs| case.release_to_upgrade_to(runs, below)) {
                        write!(f, "; {release} has it")?;
                    }
                }
                write!(f, " (rule {rule}).")
            }
            AdviceKind::TooOldToOnboard => {
                write!(f, "{firmware}: {told}")?;
                let release = runs.zip(row.running_below);
                if let Some(release) = release.and_then(|(runs, below)| case.release_to_upgrade_to(runs, below)) {
                    write!(f, "; {release} is new enough")?;
                }
                write!(f, " (rule {rule}).")
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
                        ": {year}-{month:02} is the earliest month of manufacture that the notice names for a product of the model"
                    )?;
                }
                write!(f, "; then {told} (rule {rule}).")
            }
            AdviceKind::ChangesOnArrival | AdviceKind::UpgradeInSteps => {
                write!(f, "{firmware}: {told} (rule {rule}).")
            }
            // Who names a release in notes names no minimum.
            AdviceKind::CallControlsDocumented if row.from.is_some() => {
                write!(f, "{told} (rule {rule}); that is no minimum.")
            }
            _ => write!(f, "{told} (rule {rule})."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Phone;
    use crate::rulebook::RuleBook;

    /// The first release with the fix is below the floor of an 8851NR, and lacks fixes that the same answer tells.
    #[test]
    fn what_mends_is_a_release_that_this_hardware_may_run() {
        let phone = Phone::new("CP-8851NR-K9=").firmware_type("mpp").release("11.1(2)");
        let answer = RuleBook::field().assess(&phone, Destination::ThirdParty);
        let message = |rule: &str| answer.findings().find(|finding| finding.rule() == Some(rule)).unwrap().message();
        assert_eq!(
            message("fix-cve-2020-3111-mpp"),
            "MPP 11.1(2) lacks the fix of CVE-2020-3111 (code execution or restart from the same network segment; \
             switching CDP off protects), as every release below 11.3(1)SR1 does; MPP 12.0(7)SR5 has it \
             (rule fix-cve-2020-3111-mpp)."
        );
        assert_eq!(
            message("onboarding-cloud-provisioning"),
            "MPP 11.1(2): field notice FN72222 ended cloud provisioning (EDOS, CDA) for 11.1(2) and earlier; \
             MPP 12.0(7)SR5 is new enough (rule onboarding-cloud-provisioning)."
        );
    }

    /// No load of a 7965G is known, and the advisory names none that has the fix.
    #[test]
    fn nothing_is_named_for_a_phone_of_which_no_load_is_known() {
        let phone = Phone::new("CP-7965G").release("9.4(2)SR3");
        let answer = RuleBook::field().assess(&phone, Destination::UnifiedCm);
        let finding = answer.findings().find(|finding| finding.code() == Code::CG405).unwrap();
        assert!(finding.message().ends_with(", as every release below 12.8(1)SR1 does (rule fix-cve-2020-3360)."));
    }
}
