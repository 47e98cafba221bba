use super::case::Case;
use super::finding_message::Message;
use super::registry::{Code, Effect, Field};
use super::remark::Remark;
use super::{Verdict, accompany, decide, finding_remedy};

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
    pub(super) case: Case<'a>,
    pub(super) remark: Remark<'a>,
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
        Message { case: &self.case, remark: &self.remark, is_brief: false }.to_string()
    }

    /// What to do about it here.
    pub fn remedy(&self) -> &'static str {
        finding_remedy::remedy(&self.case, &self.remark)
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
/// [`Assessment::findings`](super::Assessment::findings) runs the rules once and makes the whole list; each step takes the
/// next finding from it. Collect the findings to use them more than once.
#[derive(Clone)]
pub struct Findings<'a> {
    case: Case<'a>,
    remarks: Remarks<'a>,
    next: usize,
}

impl<'a> Findings<'a> {
    pub(super) fn of(case: Case<'a>, verdict: Verdict) -> Self {
        #[cfg(test)]
        runs::count();
        let mut remarks = Remarks::default();
        decide::decide(&case, &mut |remark| remarks.insert(remark));
        accompany::accompany(&case, verdict, &mut |remark| remarks.insert(remark));
        Self { case, remarks, next: 0 }
    }
}

impl<'a> Iterator for Findings<'a> {
    type Item = Finding<'a>;

    fn next(&mut self) -> Option<Finding<'a>> {
        let remark = *self.remarks.slots().get(self.next)?;
        self.next += 1;
        remark.map(|remark| Finding { case: self.case, remark })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.remarks.slots().len() - self.next;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Findings<'_> {}

impl std::iter::FusedIterator for Findings<'_> {}

/// So many remarks need no memory of their own. Answers of the built-in books have fewer, which a test holds.
const FEW: usize = 24;

/// What was said, in order, each once. Up to [`FEW`] stand here, more in a list.
#[derive(Clone)]
struct Remarks<'a> {
    few: [Option<Remark<'a>>; FEW],
    many: Vec<Option<Remark<'a>>>,
    len: usize,
}

impl Default for Remarks<'_> {
    fn default() -> Self {
        Self { few: [None; FEW], many: Vec::new(), len: 0 }
    }
}

impl<'a> Remarks<'a> {
    /// All of them; none of these is empty.
    fn slots(&self) -> &[Option<Remark<'a>>] {
        if self.many.is_empty() { &self.few[..self.len] } else { &self.many }
    }

    /// Of several with one key the first counts.
    fn insert(&mut self, remark: Remark<'a>) {
        let key = remark.key();
        let slots = self.slots();
        let place = slots.partition_point(|slot| slot.is_some_and(|other| other.key() < key));
        if slots.get(place).is_some_and(|slot| slot.is_some_and(|other| other.key() == key)) {
            return;
        }
        if self.many.is_empty() && self.len < FEW {
            self.few[place..=self.len].rotate_right(1);
            self.few[place] = Some(remark);
        } else {
            if self.many.is_empty() {
                self.many = self.few.to_vec();
            }
            self.many.insert(place, Some(remark));
        }
        self.len += 1;
    }
}

/// How often the findings of an answer were worked out.
#[cfg(test)]
pub(crate) mod runs {
    use std::cell::Cell;

    thread_local! {
        static RUNS: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        RUNS.set(RUNS.get() + 1);
    }

    /// How often `work` did so in this thread.
    pub(crate) fn of(work: impl FnOnce()) -> usize {
        let before = RUNS.get();
        work();
        RUNS.get() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::destination::Destination;
    use crate::phone::Phone;
    use crate::rulebook::RuleBook;

    #[test]
    fn the_rules_run_once_for_all_findings_of_an_answer() {
        let phone = Phone::new("CP-7841-K9=").load("sip78xx.12-8-1-0001-455");
        let answer = assess(&phone, Destination::ThirdParty);
        assert!(answer.findings().len() > 5);
        let once = |what: &str, work: &dyn Fn()| assert_eq!(runs::of(work), 1, "{what}");
        once("the findings", &|| assert!(answer.findings().all(|finding| !finding.message().is_empty())));
        once("the text", &|| assert!(!answer.to_string().is_empty()));
        once("the debug text", &|| assert!(!format!("{answer:?}").is_empty()));
        #[cfg(feature = "json")]
        once("the JSON", &|| assert!(!answer.to_json().is_empty()));
        assert_eq!(runs::of(|| assert_eq!(answer.verdict(), Verdict::Unknown)), 0);
    }

    #[test]
    fn more_findings_than_have_a_place_stand_in_a_list() {
        let phone = Phone::new("CP-7841-K9=");
        let all: Vec<_> = assess(&phone, Destination::ThirdParty).findings().map(|finding| finding.remark).collect();
        // One rule after another that says the same, in an order that is none.
        let rows: Vec<_> = RuleBook::guide().tables().rows.models.iter().map(|row| &row.origin).collect();
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 3 * FEW] {
            let mut remarks = Remarks::default();
            let codes = [all[0].code, all[1].code, all[2].code, all[3].code, all[4].code];
            let mut expected = std::collections::BTreeSet::new();
            for step in 0..count {
                let code = codes[step * 3 % 5];
                let remark = Remark { code, ..all[0] }.rule(rows[step * 7 % rows.len()]);
                expected.insert((code, &*rows[step * 7 % rows.len()].id));
                remarks.insert(remark);
                remarks.insert(remark);
            }
            let said = remarks.slots().iter().map(|slot| slot.map(|remark| (remark.key().0, remark.key().1)).unwrap());
            assert!(said.eq(expected.iter().copied()), "{count}");
        }
    }
}
