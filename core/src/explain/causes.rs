//! Which rows of a book can make a code speak.

use crate::assess::Code;
use crate::firmware::FirmwareType;
use crate::rulebook::RuleBook;
use crate::rulebook::rows::{AdviceKind, Answer, AuthorizationState, EvidenceRule, LicenseNeed, Row, Stage};

/// The rows that name this code in answers; none for a code that no row causes.
pub(super) fn rows_of(book: &RuleBook, code: Code) -> Vec<&dyn Row> {
    let answers = |answer: Answer| pick(book.conversions(), move |row| row.answer == answer);
    let advice = |kind: AdviceKind| pick(book.advice(), move |row| row.says == kind);
    let licenses = |need: LicenseNeed| pick(book.licenses(), move |row| row.need == need);
    match code {
        Code::CG103 => answers(Answer::SeriesExcluded),
        Code::CG104 => answers(Answer::Excluded),
        Code::CG105 => answers(Answer::NotListed),
        Code::CG106 => answers(Answer::PidNotListed),
        Code::CG107 => pick(book.single_firmware(), |row| row.runs != FirmwareType::PhoneOs),
        Code::CG109 => pick(book.single_firmware(), |row| row.runs == FirmwareType::PhoneOs),
        Code::CG201 | Code::CG202 => {
            let mut rows = pick(book.conversions(), |row| row.vid.has_bound());
            rows.extend(pick(book.gates(), |row| row.on == Stage::Target && row.vid.has_bound()));
            rows.extend(pick(book.floors(), |row| row.vid.has_bound()));
            rows
        }
        Code::CG203 => pick(book.conversions(), |row| row.vid.from.is_some()),
        Code::CG204 => pick(book.conversions(), |row| row.vid.to.is_some()),
        Code::CG305 | Code::CG306 => {
            let mut rows = pick(book.gates(), |row| row.on == Stage::Start);
            rows.extend(pick(book.conversions(), |row| row.running_at_least.is_some()));
            rows
        }
        Code::CG307 => {
            let mut rows = pick(book.gates(), |row| row.on == Stage::Target);
            rows.extend(pick(book.floors(), |_| true));
            rows.extend(pick(book.conversions(), |row| row.target_at_least.is_some()));
            rows
        }
        Code::CG308 => pick(book.floors(), |row| row.lasting),
        Code::CG311 => {
            let mut rows = pick(book.evidence(), |row| row.means == EvidenceRule::ContradictsMark);
            rows.extend(pick(book.single_firmware(), |_| true));
            rows.extend(pick(book.floors(), |row| row.lasting));
            rows
        }
        Code::CG310 => advice(AdviceKind::ReturningPhone),
        Code::CG314 => advice(AdviceKind::TargetUnverified),
        Code::CG401 => advice(AdviceKind::FeaturesLost),
        Code::CG402 => advice(AdviceKind::UseWiredConnection),
        Code::CG403 => advice(AdviceKind::DegradedPerformance),
        Code::CG404 => advice(AdviceKind::LocalDataLost),
        Code::CG405 => advice(AdviceKind::FixMissing),
        Code::CG406 => advice(AdviceKind::CertificateNotRenewed),
        Code::CG407 => advice(AdviceKind::NewCertificateAuthority),
        Code::CG408 => advice(AdviceKind::ChangesOnArrival),
        Code::CG409 => advice(AdviceKind::TooOldToOnboard),
        Code::CG410 => advice(AdviceKind::WebAccessOff),
        Code::CG411 => advice(AdviceKind::UpgradeInSteps),
        Code::CG602 => advice(AdviceKind::TargetUnconfirmed),
        Code::CG603 => advice(AdviceKind::CallControlsDocumented),
        Code::CG501 => licenses(LicenseNeed::Purchase),
        Code::CG502 => licenses(LicenseNeed::IssuedByControlHub),
        Code::CG503 => licenses(LicenseNeed::NotRequired),
        Code::CG504 => {
            let mut rows = pick(book.evidence(), |row| row.means == EvidenceRule::AuthorizationReadable);
            rows.extend(pick(book.licenses(), |row| row.when != AuthorizationState::Any));
            rows
        }
        Code::CG506 => pick(book.licenses(), |row| row.destination.needs() == FirmwareType::Mpp),
        Code::CG601 => pick(book.disagreements(), |_| true),
        _ => Vec::new(),
    }
}

/// The codes that a row can make speak.
pub(super) fn codes_of(book: &RuleBook, id: &str) -> Vec<Code> {
    let names = |code: &Code| rows_of(book, *code).iter().any(|row| row.origin().id == id);
    Code::ALL.iter().copied().filter(names).collect()
}

fn pick<'a, T: Row + 'a>(rows: impl Iterator<Item = &'a T>, fits: impl Fn(&T) -> bool) -> Vec<&'a dyn Row> {
    rows.filter(|row| fits(row)).map(|row| row as &dyn Row).collect()
}
