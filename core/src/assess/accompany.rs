//! What accompanies a verdict: work to do first, advice, licenses, and where the sources disagree.

use super::Verdict;
use super::case::{Case, Told};
use super::decide;
use super::gates::{self, GateStatus};
use super::license::Converted;
use super::registry::{Code, Field};
use super::remark::{About, Listener, Remark};
use crate::destination::Direction;
use crate::firmware::FirmwareType;
use crate::phone::Evidence;
use crate::rulebook::rows::{AdviceKind, AdviceRow, LicenseNeed, Origin, Stage};
use crate::rulebook::{at, slot};

/// Everything that is said once the verdict is known; nothing here changes it.
pub(super) fn accompany<'a>(case: &Case<'a>, verdict: Verdict, out: &mut impl Listener<'a>) {
    match verdict {
        Verdict::Eligible | Verdict::Unknown => {
            identity(case, out);
            decide::vid_is_work(case, out);
            gates_to_pass(case, verdict, out);
            advice(case, out);
            license(case, verdict, out);
        }
        Verdict::NotNeeded => converted(case, out),
        Verdict::Ineligible => {}
    }
    disagreements(case, verdict, out);
}

/// What a license order asks for.
fn identity<'a>(case: &Case<'a>, out: &mut impl Listener<'a>) {
    match case.mac {
        Told::Nothing => out.hear(Remark::new(Code::CG111).settled_by(&[Field::Mac])),
        Told::Unreadable => out.hear(Remark::new(Code::CG112).settled_by(&[Field::Mac])),
        Told::Known(_) | Told::Contradictory => {}
    }
    match case.phone.serial_evidence() {
        Evidence::Absent => out.hear(Remark::new(Code::CG113).settled_by(&[Field::Serial])),
        Evidence::Known(serial) if serial.is_usual() => {}
        Evidence::Known(_) | Evidence::Unreadable(_) => {
            out.hear(Remark::new(Code::CG114).settled_by(&[Field::Serial]));
        }
    }
}

fn gates_to_pass<'a>(case: &Case<'a>, verdict: Verdict, out: &mut impl Listener<'a>) {
    let runs_tlexe2m = case.firmware_type == Told::Known(FirmwareType::TlexE2m);
    for gate in gates::listed(case, verdict) {
        let remark = |code| Remark::new(code).rule(&gate.row.origin).about(About::Gate(gate));
        match (gate.row.on, gate.status) {
            (Stage::Start, GateStatus::Unmet) => out.hear(remark(Code::CG305)),
            (Stage::Start, GateStatus::Unknown) if runs_tlexe2m => match case.direction() {
                Direction::EnterpriseToMpp => out.hear(Remark::new(Code::CG309)),
                // There it left the verdict open, and was said.
                Direction::MppToEnterprise => {}
            },
            (Stage::Start, GateStatus::Unknown) => {
                out.hear(remark(Code::CG306).settled_by(&[Field::Load, Field::Release, Field::FirmwareType]));
            }
            _ => {}
        }
        let is_certain = !gate.row.vid.has_bound() || case.vid.known().is_some();
        if gate.row.lasting && is_certain {
            out.hear(remark(Code::CG308));
        }
    }
    let Some(aim) = case.aim() else { return };
    if case.is_listed() && aim.load.is_none() && !aim.is_for_other_families {
        out.hear(Remark::new(Code::CG313).settled_by(&[Field::Target]));
    }
}

fn advice<'a>(case: &Case<'a>, out: &mut impl Listener<'a>) {
    for row in advice_rows(case) {
        let code = match row.says {
            AdviceKind::ReturningPhone => Code::CG310,
            AdviceKind::TargetUnverified => Code::CG314,
            AdviceKind::FeaturesLost => Code::CG401,
            AdviceKind::UseWiredConnection => Code::CG402,
            AdviceKind::LocalDataLost => Code::CG404,
            AdviceKind::TargetUnconfirmed => Code::CG602,
        };
        out.hear(Remark::new(code).rule(&row.origin));
    }
}

/// The advice that applies to this phone and request; there is none for models without a load.
fn advice_rows<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a AdviceRow> + use<'a> {
    let case = *case;
    let positions = case.profile.filter(|_| case.model.is_some());
    let positions = positions.map_or(&[][..], |profile| &profile.advice[slot(case.destination())]);
    at(&case.tables.advice, positions).filter(move |row| match row.says {
        AdviceKind::ReturningPhone => case.is_returning(),
        AdviceKind::TargetUnverified => case.aim().is_some_and(|aim| {
            let is_below = |release| row.below.is_some_and(|below| release < below);
            aim.is_chosen && (aim.release.is_some_and(is_below) || aim.is_engineering_build())
        }),
        _ => true,
    })
}

fn license<'a>(case: &Case<'a>, verdict: Verdict, out: &mut impl Listener<'a>) {
    let Some(license) = case.license(verdict) else { return };
    let remark = match license.need {
        LicenseNeed::Purchase => Remark::new(Code::CG501),
        LicenseNeed::IssuedByControlHub => Remark::new(Code::CG502),
        LicenseNeed::NotRequired => Remark::new(Code::CG503),
        LicenseNeed::Unknown => Remark::new(Code::CG504).settled_by(&[Field::Authorization]),
    };
    out.hear(license.row.map_or(remark, |row| remark.rule(&row.origin)));
}

/// A phone that stays on MPP firmware may still lack a license.
fn converted<'a>(case: &Case<'a>, out: &mut impl Listener<'a>) {
    let remark = match case.converted() {
        Some(Converted::NobodyKnows) => Remark::new(Code::CG504).settled_by(&[Field::Authorization]),
        Some(Converted::ForWebexCallingOnly) => Remark::new(Code::CG505),
        Some(Converted::Unlicensed) => Remark::new(Code::CG506),
        None => return,
    };
    let row = case.license(Verdict::NotNeeded).and_then(|license| license.row);
    out.hear(row.map_or(remark, |row| remark.rule(&row.origin)));
}

/// CG601 for every disagreement of a row that gave this answer a value.
fn disagreements<'a>(case: &Case<'a>, verdict: Verdict, out: &mut impl Listener<'a>) {
    let mut of = |origin: &'a Origin| {
        for row in origin.disagreements.iter().filter_map(|id| case.tables.disagreement(id)) {
            if row.vid.has_bound() && !case.vid.known().is_some_and(|vid| row.vid.contains(vid)) {
                continue;
            }
            out.hear(Remark::new(Code::CG601).rule(&row.origin).about(About::Disagreement(row)));
        }
    };
    if verdict != Verdict::NotNeeded
        && let Some(row) = case.conversion
    {
        of(&row.origin);
    }
    if !matches!(verdict, Verdict::Eligible | Verdict::Unknown) {
        return;
    }
    gates::listed(case, verdict).for_each(|gate| of(&gate.row.origin));
    advice_rows(case).for_each(|row| of(&row.origin));
    if let Some(row) = case.license(verdict).and_then(|license| license.row) {
        of(&row.origin);
    }
    if let Some(aim) = case.aim().filter(|_| case.is_listed()) {
        if let Some(row) = aim.row {
            of(&row.origin);
        }
        // A disagreement about a release is one about whatever load of it is shown.
        for row in &*case.tables.loads {
            let is_same =
                |load: crate::LoadName| load.family() == row.load.family() && load.release() == row.load.release();
            if !row.origin.disagreements.is_empty() && aim.load.is_some_and(is_same) {
                of(&row.origin);
            }
        }
    }
}
