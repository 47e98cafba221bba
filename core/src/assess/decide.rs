//! What decides: the findings that settle, block or leave the verdict open (specification 2.2 to 2.5).

use super::case::{Case, Running, Told};
use super::contradiction_subject::Subject;
use super::gates::{self, GateStatus};
use super::permission::{Condition, Permission, Why};
use super::registry::{Code, Effect, Field};
use super::remark::{About, Remark};
use super::target_of_conversion::TargetOfConversion;
use crate::destination::Direction;
use crate::firmware::FirmwareType;
use crate::phone::Evidence;
use crate::rulebook::rows::{Answer, ConversionRow, SingleFirmwareRow};

const WHAT_RUNS: &[Field] = &[Field::Load, Field::FirmwareType];
/// What says which release runs, and of which type it is.
pub(super) const RUNNING_RELEASE: &[Field] = &[Field::Load, Field::Release, Field::FirmwareType];

/// Everything that bears on the verdict.
#[inline(always)]
pub(super) fn decide<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    // The rules about phones say nothing of other devices.
    if case.no_phone().is_some() {
        return say(Remark::new(Code::CG108));
    }
    contradictions(case, say);
    match (case.phone.product(), case.single_firmware) {
        (Evidence::Absent, _) => say(Remark::new(Code::CG101).settled_by(&[Field::Pid])),
        (Evidence::Unreadable(_), _) => say(Remark::new(Code::CG102).settled_by(&[Field::Pid])),
        // The contradiction speaks for itself.
        (Evidence::Contradictory(_), _) => {}
        (Evidence::Known(_), Some(row)) => single_firmware(case, row, say),
        (Evidence::Known(_), None) if case.runs_what_is_needed() => say(Remark::new(Code::CG301)),
        (Evidence::Known(_), None) => conversion(case, say),
    }
}

/// CG311 about this.
pub(super) fn contradiction<'a>(about: Subject) -> Remark<'a> {
    Remark::new(Code::CG311).about(About::Contradiction(about))
}

/// One for each thing that was said twice, differently, and may leave the verdict open.
#[inline(always)]
fn contradictions<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    if matches!(case.phone.product(), Evidence::Contradictory(_)) {
        say(contradiction(Subject::Product).effect(Effect::Unsettled).settled_by(&[Field::Pid]));
    }
    if let Some(row) = case.single_firmware {
        if case.contradicts_hardware() {
            say(contradiction(Subject::Hardware).effect(Effect::Notes).rule(&row.origin));
        } else if case.differs_in_type() {
            say(contradiction(Subject::Type).effect(Effect::Notes).settled_by(WHAT_RUNS));
        }
    } else if case.firmware_type == Told::Contradictory {
        // Without a readable model the type decides nothing.
        let effect = if case.profile.is_some() { Effect::Unsettled } else { Effect::Notes };
        let remark = contradiction(Subject::Type).effect(effect).settled_by(WHAT_RUNS);
        say(case.outdated_mpp.map_or(remark, |row| remark.rule(&row.origin)));
    }
    if let Some(row) = case.above_what_runs {
        let decides = release_decides(case) || vid_decides(case);
        let effect = if decides { Effect::Unsettled } else { Effect::Notes };
        let remark = contradiction(Subject::Floor).effect(effect).rule(&row.origin);
        say(remark.settled_by(&[Field::Vid, Field::Load, Field::Release]));
    } else if case.release() == Told::Contradictory {
        let effect = if release_decides(case) { Effect::Unsettled } else { Effect::Notes };
        let remark = contradiction(Subject::Release).effect(effect);
        say(remark.settled_by(&[Field::Load, Field::Release]));
    }
    if case.vid == Told::Contradictory && !case.vid_contradicts_what_runs() {
        let effect = if vid_decides(case) { Effect::Unsettled } else { Effect::Notes };
        say(contradiction(Subject::Vid).effect(effect).settled_by(&[Field::Vid]));
    }
}

/// The hardware answers by itself.
fn single_firmware<'a>(case: &Case<'a>, row: &'a SingleFirmwareRow, say: &mut impl FnMut(Remark<'a>)) {
    let hardware = Remark::new(Code::CG107).rule(&row.origin);
    if row.serves_all() {
        say(Remark::new(Code::CG109).rule(&row.origin));
    } else if row.runs == case.needed() {
        say(hardware);
    } else if row.runs == FirmwareType::Mpp {
        say(hardware.effect(Effect::Blocks));
    } else {
        let rule = case.conversions().next().map_or(&row.origin, |row| &row.origin);
        say(Remark::new(Code::CG103).rule(rule));
    }
}

/// A phone that, as far as anybody knows, does not run what it needs.
#[inline(always)]
fn conversion<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    if case.has_load_of_other_family {
        say(Remark::new(Code::CG304).settled_by(&[Field::Pid, Field::Load]));
    }
    what_runs(case, say);
    match case.permission() {
        Permission::Yes(_) => {}
        Permission::No(row, why) => say(denial(case, row, why)),
        Permission::Open => missing_releases(case, say),
        Permission::NoRow => say(Remark::new(Code::CG105)),
    }
    if let Some(intended) = case.chosen_target_of_conversion() {
        chosen_target(case, &intended, say);
    }
    if vid_decides(case) {
        vid_is_missing(case, Effect::Unsettled, say);
    }
}

/// What runs, or is assumed to, and whether this product id may run it.
#[inline(always)]
fn what_runs<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    let is_marked_to_mpp = case.direction() == Direction::EnterpriseToMpp && case.is_marked();
    if is_marked_to_mpp && case.firmware_type.known() != Some(FirmwareType::Mpp) {
        let is_known = case.firmware_type.known().is_some();
        say(Remark::new(Code::CG106).settled_by(if is_known { &[] } else { WHAT_RUNS }));
    }
    match case.running() {
        // On the way to MPP it is work to do, which accompanies the verdict.
        Running::Known(FirmwareType::TlexE2m) if case.direction() == Direction::MppToEnterprise => {
            say(Remark::new(Code::CG309).effect(Effect::Unsettled).settled_by(WHAT_RUNS));
        }
        Running::Known(_) => {}
        Running::Assumed(_) => say(Remark::new(Code::CG302)),
        // CG106 asks for the same.
        Running::Open if is_marked_to_mpp => {}
        Running::Open => say(Remark::new(Code::CG315).settled_by(WHAT_RUNS)),
    }
}

/// What a row that says no has to say.
fn denial<'a>(case: &Case<'a>, row: &'a ConversionRow, why: Why) -> Remark<'a> {
    let code = match (why, row.answer) {
        (Why::Answer, Answer::Excluded) => Code::CG104,
        (Why::Answer, Answer::SeriesExcluded) => Code::CG103,
        (Why::Answer, Answer::PidNotListed) => Code::CG106,
        (Why::Answer, Answer::NotListed | Answer::Convertible) => Code::CG105,
        (Why::VidBelow, _) => Code::CG203,
        (Why::VidAbove, _) => Code::CG204,
        (Why::Target, _) => Code::CG307,
        (Why::Running, _) => Code::CG305,
    };
    let remark = Remark::new(code).rule(&row.origin).about(About::Conversion(row, why));
    // What is not listed is not a no.
    if matches!(code, Code::CG105 | Code::CG106) { remark } else { block(case, remark) }
}

/// Releases that a row asks for and nobody knows; the hardware version is asked for elsewhere.
fn missing_releases<'a>(case: &Case<'a>, say: &mut impl FnMut(Remark<'a>)) {
    for (row, standing) in case.open_alternatives() {
        let remark = |code, why| {
            Remark::new(code).effect(Effect::Unsettled).rule(&row.origin).about(About::Conversion(row, why))
        };
        // A contradiction speaks for itself.
        if standing.running == Condition::Open && case.release() != Told::Contradictory {
            say(remark(Code::CG306, Why::Running).settled_by(RUNNING_RELEASE));
        }
        if standing.target == Condition::Open
            && !case.target_of_conversion().is_some_and(|intended| intended.is_for_other_families)
        {
            say(remark(Code::CG307, Why::Target).settled_by(&[Field::Target]));
        }
    }
}

/// A rule that says no. It decides only about a phone that has to be converted.
fn block<'a>(case: &Case<'a>, remark: Remark<'a>) -> Remark<'a> {
    if case.may_already_run_what_is_needed() {
        remark.effect(Effect::Unsettled).settled_by(WHAT_RUNS)
    } else {
        remark.effect(Effect::Blocks)
    }
}

/// What the caller chose must serve the phone and meet every minimum.
fn chosen_target<'a>(case: &Case<'a>, intended: &TargetOfConversion<'a>, say: &mut impl FnMut(Remark<'a>)) {
    if intended.is_for_other_families {
        say(Remark::new(Code::CG312).settled_by(&[Field::Target]));
        return;
    }
    for gate in gates::target(case, intended) {
        let remark = Remark::new(Code::CG307).rule(gate.minimum.origin()).about(About::Gate(gate));
        match gate.status {
            GateStatus::Met => {}
            GateStatus::Unmet => say(block(case, remark)),
            // An engineering build: no release that could be compared.
            GateStatus::Unknown if gate.actual.is_none() => {
                say(remark.effect(Effect::Unsettled).settled_by(&[Field::Target]));
            }
            // The hardware version decides; its own finding says that it is missing.
            GateStatus::Unknown => {}
        }
    }
}

/// Whether some hardware version would give another verdict.
#[inline(always)]
pub(super) fn vid_decides(case: &Case<'_>) -> bool {
    case.vid.known().is_none() && !is_settled(case) && is_vid_asked_for(case)
}

fn is_vid_asked_for(case: &Case<'_>) -> bool {
    let by_row = || case.open_alternatives().any(|(_, standing)| standing.vid == Condition::Open);
    by_row() && matches!(case.permission(), Permission::Open) || gates::decided_by_vid(case).is_some()
}

/// Whether a contradictory release leaves the verdict open.
fn release_decides(case: &Case<'_>) -> bool {
    !is_settled(case)
        && case.open_alternatives().any(|(_, standing)| standing.running == Condition::Open)
        && matches!(case.permission(), Permission::Open)
}

/// No rule about the conversion speaks.
fn is_settled(case: &Case<'_>) -> bool {
    case.single_firmware.is_some() || case.runs_what_is_needed()
}

/// CG201 or CG202; a contradiction speaks for itself.
pub(super) fn vid_is_missing<'a>(case: &Case<'a>, effect: Effect, say: &mut impl FnMut(Remark<'a>)) {
    let code = match case.vid {
        Told::Nothing => Code::CG201,
        Told::Unreadable => Code::CG202,
        Told::Contradictory | Told::Known(_) => return,
    };
    // The row that asks for it: one that says yes, else the gate that stands before the chosen target.
    let bound = case.alternatives().find(|row| row.vid.has_bound()).map(|row| &row.origin);
    let gate = || gates::decided_by_vid(case).map(|minimum| minimum.origin());
    let remark = Remark::new(code).effect(effect).settled_by(&[Field::Vid]);
    say(bound.or_else(gate).map_or(remark, |origin| remark.rule(origin)));
}
