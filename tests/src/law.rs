//! The law of the verdict, written once more: it follows from the effects of the findings. And how often laws are tried.

use crossgrade::{Assessment, Effect, Verdict};
use proptest::prelude::ProptestConfig;
use proptest::test_runner::FileFailurePersistence;

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

/// So many cases, or as many as `PROPTEST_CASES` asks for; those that fail are kept in this file.
pub fn config(cases: u32, kept: &'static str) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases },
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(kept))),
        ..default
    }
}
