//! Rows that are decided.

use super::batch_part::BatchPart;
use crate::audit::{AnswerId, Answers};

/// Rows that are decided and become one batch.
pub(super) struct Decided<'a> {
    pub(super) parts: &'a [BatchPart],
    pub(super) answers: &'a Answers,
    /// The different answers, in the order in which they came.
    pub(super) distinct: Vec<AnswerId>,
}

impl<'a> Decided<'a> {
    pub(super) fn new(parts: &'a [BatchPart], answers: &'a Answers) -> Self {
        let mut is_known = vec![false; answers.len()];
        let all = parts.iter().flat_map(|part| &part.distinct).map(|(answer, _)| *answer);
        let distinct = all.filter(|answer| !std::mem::replace(&mut is_known[*answer as usize], true)).collect();
        Self { parts, answers, distinct }
    }

    pub(super) fn rows(&self) -> usize {
        self.parts.iter().map(|part| part.answers.len()).sum()
    }
}
