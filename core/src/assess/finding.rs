use super::case::Case;
use super::message::Message;
use super::registry::{Code, Effect, Field};
use super::remark::Remark;
use super::{Verdict, accompany, decide, remedy};

/// One finding of an answer: what was found, what it does to the verdict, and which rule says so.
///
/// # Example
/// ```
/// use crossgrade::{Code, Destination, Effect, Phone, assess};
///
/// let phone = Phone::new("CP-7821-K9=").vid("V01");
/// let answer = assess(&phone, Destination::ThirdParty);
/// let finding = answer.findings().find(|finding| finding.effect() == Effect::Blocks).unwrap();
/// assert_eq!(finding.code(), Code::CG203);
/// assert_eq!(finding.rule(), Some("e2m-7821"));
/// assert_eq!(finding.message(), "V01 is below V03, the lowest hardware version of the 7821 that rule e2m-7821 allows.");
/// ```
#[derive(Clone, Copy)]
pub struct Finding<'a> {
    case: Case<'a>,
    remark: Remark<'a>,
}

impl<'a> Finding<'a> {
    /// The code.
    pub fn code(&self) -> Code {
        self.remark.code
    }

    /// What it did to the verdict here, which may differ from the usual effect of the code.
    pub fn effect(&self) -> Effect {
        self.remark.effect
    }

    /// The id of the rule-book row that spoke.
    pub fn rule(&self) -> Option<&'a str> {
        self.remark.rule.map(|rule| &*rule.id)
    }

    /// The fields that would settle it.
    pub fn evidence(&self) -> &'static [Field] {
        self.remark.evidence
    }

    /// What was found, as a sentence about this phone. Written when asked.
    pub fn message(&self) -> String {
        Message { case: &self.case, remark: &self.remark }.to_string()
    }

    /// What to do about it here.
    pub fn remedy(&self) -> &'static str {
        remedy::remedy(&self.case, &self.remark)
    }

    /// The ids of the sources behind it.
    pub fn sources(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let by_row = self.remark.rule.map(|rule| rule.sources.iter().map(|source| &**source));
        let by_code = if by_row.is_none() { self.remark.code.sources() } else { &[] };
        by_row.into_iter().flatten().chain(by_code.iter().copied())
    }
}

impl std::fmt::Debug for Finding<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.code(), self.effect(), self.rule().unwrap_or("-"))
    }
}

/// The findings of an answer, by code, then by the id of the row.
///
/// Nothing is stored: each step runs the rules again and takes what comes after the finding before. A decision costs
/// some nanoseconds, and no list has to be long enough.
#[derive(Clone)]
pub struct Findings<'a> {
    pub(super) case: Case<'a>,
    pub(super) verdict: Verdict,
    pub(super) last: Option<Remark<'a>>,
}

impl<'a> Iterator for Findings<'a> {
    type Item = Finding<'a>;

    fn next(&mut self) -> Option<Finding<'a>> {
        let after = self.last.map(|last| last.key());
        let mut next: Option<Remark<'a>> = None;
        let mut listen = |remark: Remark<'a>| {
            let is_after = after.is_none_or(|after| after < remark.key());
            if is_after && next.is_none_or(|next| remark.key() < next.key()) {
                next = Some(remark);
            }
        };
        decide::decide(&self.case, &mut listen);
        accompany::accompany(&self.case, self.verdict, &mut listen);
        self.last = Some(next?);
        Some(Finding { case: self.case, remark: next? })
    }
}

impl std::iter::FusedIterator for Findings<'_> {}
