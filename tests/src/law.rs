//! The law of the verdict, written once more: it follows from the effects of the findings.

use crossgrade::{Assessment, Effect, Verdict};

/// What the verdict must be.
pub fn verdict_by_effects(answer: &Assessment<'_>) -> Verdict {
    let has = |effect| answer.findings().any(|finding| finding.effect() == effect);
    if has(Effect::Settled) {
        Verdict::NotNeeded
    } else if has(Effect::Blocks) {
        Verdict::Ineligible
    } else if has(Effect::Unsettled) {
        Verdict::Unknown
    } else {
        Verdict::Eligible
    }
}
