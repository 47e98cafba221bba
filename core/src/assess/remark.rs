//! What a rule has to say, before anybody writes it down.

use super::contradiction_subject::Subject;
use super::gates::Gate;
use super::permission::Why;
use super::registry::{Code, Effect, Field};
use crate::firmware::Firmware;
use crate::rulebook::rows::{AdviceRow, ConversionRow, DisagreementRow, Origin};

/// One finding in its raw form: no text, nothing allocated.
#[derive(Clone, Copy)]
pub(super) struct Remark<'a> {
    pub(super) code: Code,
    pub(super) effect: Effect,
    pub(super) rule: Option<&'a Origin>,
    pub(super) about: About<'a>,
    pub(super) evidence: &'static [Field],
}

/// What a code that can speak more than once speaks about.
#[derive(Clone, Copy)]
pub(super) enum About<'a> {
    TheCase,
    Contradiction(Subject),
    Gate(Gate<'a>),
    /// A row about the model, and what it lacks.
    Conversion(&'a ConversionRow, Why),
    /// A row of advice, and the firmware that it is about: what runs in the end, or now.
    Advice(&'a AdviceRow, Option<Firmware>),
    /// A disagreement, and the row that brought it up.
    Disagreement(&'a DisagreementRow, &'a Origin),
}

impl<'a> Remark<'a> {
    /// A finding with the usual effect of its code, where no row speaks.
    pub(super) fn new(code: Code) -> Self {
        Self { code, effect: code.effect(), rule: None, about: About::TheCase, evidence: &[] }
    }

    pub(super) fn effect(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }

    pub(super) fn rule(self, rule: &'a Origin) -> Self {
        Self { rule: Some(rule), ..self }
    }

    pub(super) fn about(self, about: About<'a>) -> Self {
        Self { about, ..self }
    }

    pub(super) fn settled_by(self, evidence: &'static [Field]) -> Self {
        Self { evidence, ..self }
    }

    /// Findings are ordered by code, then by the id of the row.
    pub(super) fn key(&self) -> (Code, &'a str, Option<Subject>) {
        (self.code, self.rule.map_or("", |rule| &rule.id), self.about.subject())
    }
}
