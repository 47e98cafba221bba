//! What to do about a finding, where the usual remedy of its code does not fit this occurrence.

use super::case::Case;
use super::registry::{Code, Effect};
use super::remark::{About, Remark};
use crate::rulebook::elsewhere::Elsewhere;
use crate::rulebook::later_books;

/// What to do about this occurrence.
pub(super) fn remedy(case: &Case<'_>, remark: &Remark<'_>) -> &'static str {
    // What this book has for the phone outweighs what another has, and that outweighs what fits other phones, too.
    if let (Code::CG103 | Code::CG104 | Code::CG105 | Code::CG204 | Code::CG307, true) =
        (remark.code, remark.effect != Effect::Requires && has_alternative(case, remark))
    {
        return "Choose the target, or upgrade the phone first, as the rules named here ask.";
    }
    if let Some(found) = elsewhere(case, remark) {
        return found.remedy;
    }
    match (remark.code, remark.effect) {
        (Code::CG306, Effect::Unsettled) => "Read the running load on the phone or in the call control: it decides.",
        (Code::CG307, Effect::Unsettled)
            if case.target_of_conversion().is_none_or(|intended| intended.comparable_release().is_none()) =>
        {
            "Choose a target release that customers get and that the rule allows."
        }
        (Code::CG103 | Code::CG104 | Code::CG203 | Code::CG204 | Code::CG305 | Code::CG307, Effect::Unsettled) => {
            "Find out what runs; if it is not what the destination needs, this rule says no."
        }
        (Code::CG106, _) if case.firmware_type.known().is_some() => {
            "Ask Cisco whether this phone can be converted before buying a license."
        }
        (Code::CG107, Effect::Blocks) => "Leave the phone where it is, or plan a replacement phone.",
        (Code::CG309, Effect::Unsettled) => "Finish the conversion to MPP firmware first, or ask Cisco.",
        (Code::CG311, _) if case.outdated_mpp.is_some() => {
            "Look at the phone: one that shows 3PCC as its model runs outdated MPP firmware. Upgrade it, then read the load."
        }
        (Code::CG406, _) if matches!(remark.about, About::Advice(row, _) if row.from.is_none() && row.below.is_none()) => {
            "Plan a replacement phone."
        }
        (Code::CG504, _) if case.too_old_to_show_authorization().is_some() => {
            "Upgrade the MPP firmware, then read the transition authorization type on the phone, before any reset."
        }
        (Code::CG506, _) if case.license(super::Verdict::NotNeeded).is_some_and(|license| license.sku().is_none()) => {
            "Let Control Hub issue the license of the phone."
        }
        (Code::CG312, _) if case.chosen_for_other_type().is_some() => {
            "Choose a release of the type of firmware that the destination needs."
        }
        (code, _) => code.remedy(),
    }
}

/// Whether other releases would let this hardware be converted, and the phone surely needs it.
fn has_alternative<'a>(case: &Case<'a>, remark: &Remark<'a>) -> bool {
    matches!(remark.about, About::Conversion(..))
        && !case.may_already_run_what_is_needed()
        && case.alternatives().any(|row| case.is_a_matter_of_releases(row))
}

/// What the newest embedded book has for this phone, where the book that was asked has not.
fn elsewhere(case: &Case<'_>, remark: &Remark<'_>) -> Option<&'static Elsewhere> {
    let About::Conversion(row, _) = remark.about else { return None };
    let model = case.product?.model();
    let is_known_here = |elsewhere: &&Elsewhere| case.alternatives().any(|row| row.origin.id == elsewhere.instead);
    let mut found = later_books::instead_of(&row.origin, model, case.is_marked(), case.vid.known());
    found.next().filter(|first| !is_known_here(first))
}
