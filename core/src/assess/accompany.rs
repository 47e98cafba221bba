//! What accompanies a verdict: work to do first, advice, licenses, and where the sources disagree.

use super::case::{Case, Told};
use super::contradiction_subject::Subject;
use super::gates::{self, GateStatus};
use super::license_needed::Converted;
use super::permission::Permission;
use super::registry::{Code, Effect, Field};
use super::remark::{About, Remark};
use super::{Verdict, advice, decide};
use crate::destination::Direction;
use crate::firmware::FirmwareType;
use crate::phone::Evidence;
use crate::rulebook::rows::{LicenseNeed, Origin, Stage};

/// Everything that is said once the verdict is known; nothing here changes it.
pub(super) fn accompany<'a>(case: &Case<'a>, verdict: Verdict, say: &mut impl FnMut(Remark<'a>)) {
    if case.no_phone().is_some() {
        return;
    }
    evidence(case, say);
    match verdict {
        Verdict::Eligible | Verdict::Unknown => {
            identity(case, say);
            hardware_version(case, say);
            gates_to_pass(case, verdict, say);
            license(case, verdict, say);
        }
        Verdict::NotNeeded => converted(case, say),
        Verdict::Ineligible => {}
    }
    advice::speak(case, verdict, say);
    disagreements(case, verdict, say);
}

/// Notes on evidence that decides nothing.
fn evidence<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    if case.phone.load_evidence().unreadable().is_some() {
        say(Remark::new(Code::CG303));
    }
    let mut note = |subject, field| say(decide::contradiction(subject).effect(Effect::Notes).settled_by(field));
    if case.mac() == Told::Contradictory {
        note(Subject::Mac, &[Field::Mac]);
    }
    if case.phone.serial_evidence().sides().is_some() {
        note(Subject::Serial, &[Field::Serial]);
    }
    if case.phone.authorization_evidence().sides().is_some() {
        note(Subject::Authorization, &[Field::Authorization]);
    }
    // Where type or release differ, that is said of them.
    let is_said = case.firmware_type == Told::Contradictory || case.release() == Told::Contradictory;
    if case.loads_said().is_some() && !is_said {
        note(Subject::Load, &[Field::Load]);
    }
}

/// What a license order asks for.
fn identity<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    match case.mac() {
        Told::Nothing => say(Remark::new(Code::CG111).settled_by(&[Field::Mac])),
        Told::Unreadable => say(Remark::new(Code::CG112).settled_by(&[Field::Mac])),
        Told::Known(_) | Told::Contradictory => {}
    }
    match case.phone.serial_evidence() {
        Evidence::Absent => say(Remark::new(Code::CG113).settled_by(&[Field::Serial])),
        Evidence::Known(serial) if serial.is_usual() => {}
        Evidence::Contradictory(_) => {}
        Evidence::Known(_) | Evidence::Unreadable(_) => {
            say(Remark::new(Code::CG114).settled_by(&[Field::Serial]));
        }
    }
}

/// On the way to MPP the hardware version has to be known even where it decides nothing.
fn hardware_version<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    if case.direction() == Direction::EnterpriseToMpp && !decide::vid_decides(case) {
        decide::vid_is_missing(case, Effect::Requires, say);
    }
}

fn gates_to_pass<'a>(case: &Case<'a>, verdict: Verdict, say: &mut impl FnMut(Remark<'a>)) {
    let runs_tlexe2m = case.firmware_type == Told::Known(FirmwareType::TlexE2m);
    for gate in gates::listed(case, verdict) {
        let remark = |code| Remark::new(code).rule(gate.minimum.origin()).about(About::Gate(gate));
        match (gate.on(), gate.status) {
            (Stage::Start, GateStatus::Unmet) => say(remark(Code::CG305)),
            (Stage::Start, GateStatus::Unknown) if runs_tlexe2m => match case.direction() {
                Direction::EnterpriseToMpp => say(Remark::new(Code::CG309)),
                // There it left the verdict open, and was said.
                Direction::MppToEnterprise => {}
            },
            // The release is known, and whether the gate is about this hardware is not.
            (Stage::Start, GateStatus::Unknown) if gate.actual.is_some() => {
                say(remark(Code::CG306).settled_by(&[Field::Vid]));
            }
            (Stage::Start, GateStatus::Unknown) => {
                say(remark(Code::CG306).settled_by(decide::RUNNING_RELEASE));
            }
            _ => {}
        }
        let is_certain = !gate.minimum.vid().has_bound() || case.vid.known().is_some();
        if gate.minimum.is_lasting() && is_certain {
            say(remark(Code::CG308));
        }
    }
    let Some(intended) = case.target_of_conversion() else { return };
    if case.is_listed() && intended.load.is_none() && !intended.is_for_other_families {
        say(Remark::new(Code::CG313).settled_by(&[Field::Target]));
    }
}

fn license<'a>(case: &Case<'a>, verdict: Verdict, say: &mut impl FnMut(Remark<'a>)) {
    let Some(license) = case.license(verdict) else { return };
    let remark = match license.need {
        LicenseNeed::Purchase => Remark::new(Code::CG501),
        LicenseNeed::IssuedByControlHub => Remark::new(Code::CG502),
        LicenseNeed::NotRequired => Remark::new(Code::CG503),
        LicenseNeed::Unknown => Remark::new(Code::CG504).settled_by(&[Field::Authorization]),
    };
    say(license.row.map_or(remark, |row| remark.rule(&row.origin)));
}

/// A phone that stays on MPP firmware may still lack a license.
fn converted<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    let remark = match case.converted() {
        Some(Converted::NobodyKnows) => Remark::new(Code::CG504).settled_by(&[Field::Authorization]),
        Some(Converted::ForWebexCallingOnly) => Remark::new(Code::CG505),
        Some(Converted::Unlicensed) => Remark::new(Code::CG506),
        None => return,
    };
    let row = case.license(Verdict::NotNeeded).and_then(|license| license.row);
    say(row.map_or(remark, |row| remark.rule(&row.origin)));
}

/// CG601 for every disagreement of a row that gave this answer a value.
fn disagreements<'a>(case: &Case<'a>, verdict: Verdict, say: &mut impl FnMut(Remark<'a>)) {
    let mut of = |origin: &'a Origin| {
        for row in origin.disagreements.iter().filter_map(|id| case.tables.disagreement(id)) {
            if row.vid.has_bound() && !case.vid.known().is_some_and(|vid| row.vid.contains(vid)) {
                continue;
            }
            say(Remark::new(Code::CG601).rule(&row.origin).about(About::Disagreement(row, origin)));
        }
    };
    if verdict != Verdict::NotNeeded {
        match case.permission() {
            Permission::Yes(row) | Permission::No(row, _) => of(&row.origin),
            Permission::Open => case.open_alternatives().for_each(|(row, _)| of(&row.origin)),
            Permission::NoRow => {}
        }
    }
    advice::rows(case, verdict).for_each(|row| of(&row.origin));
    if verdict == Verdict::Ineligible {
        // What stops the chosen target may be disputed.
        let intended = case
            .chosen_target_of_conversion()
            .filter(|intended| !intended.is_for_other_families && case.single_firmware.is_none());
        let gates = intended.iter().flat_map(|intended| gates::target(case, intended));
        gates.filter(|gate| gate.status == GateStatus::Unmet).for_each(|gate| of(gate.minimum.origin()));
    }
    if !matches!(verdict, Verdict::Eligible | Verdict::Unknown) {
        return;
    }
    gates::listed(case, verdict).for_each(|gate| of(gate.minimum.origin()));
    if let Some(row) = case.license(verdict).and_then(|license| license.row) {
        of(&row.origin);
    }
    if let Some(intended) = case.target_of_conversion().filter(|_| case.is_listed()) {
        if let Some(row) = intended.row {
            of(&row.origin);
        }
        // A disagreement about a release is one about whatever load of it is shown.
        if let Some((profile, release)) = case.profile.zip(intended.load.and_then(|load| load.release())) {
            case.tables.loads_of(profile, case.needed(), release).for_each(|row| of(&row.origin));
        }
    }
}
