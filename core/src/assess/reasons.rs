//! What decided an answer: the codes, the evidence that would settle it, the load that comes first, and one sentence.
//!
//! All of it follows from the findings, and is the same for phones that differ in spelling only: what the evidence says is
//! read here as the book, the model and the hardware version have it, and no text of the phone is quoted. So a table has few
//! different sentences, however many cells nobody can read; `message` of the findings quotes them.

use std::fmt::{self, Display};

use super::case::{Case, Told};
use super::finding_message::{Message, conversion_name};
use super::gates::{Gate, GateStatus};
use super::registry::{Code, Effect, Field};
use super::remark::{About, Remark};
use super::{Assessment, Finding, Verdict};
use crate::firmware::{FirmwareType, LoadName};
use crate::rulebook::rows::{LicenseNeed, Stage};
use crate::text::Shown;

impl Verdict {
    /// The effect of the findings that decide it; nothing decides against an eligible phone.
    ///
    /// ```
    /// # use crossgrade::{Effect, Verdict};
    /// assert_eq!(Verdict::Ineligible.deciding_effect(), Some(Effect::Blocks));
    /// assert_eq!(Verdict::Eligible.deciding_effect(), None);
    /// ```
    pub const fn deciding_effect(self) -> Option<Effect> {
        match self {
            Self::NotNeeded => Some(Effect::Settled),
            Self::Ineligible => Some(Effect::Blocks),
            Self::Unknown => Some(Effect::Unsettled),
            Self::Eligible => None,
        }
    }
}

impl<'a> Assessment<'a> {
    /// The codes of the findings that decided the verdict, in order, each once; none for eligible.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Code, Destination, Field, Phone, assess};
    ///
    /// let phone = Phone::new("CP-7821-K9=");
    /// let answer = assess(&phone, Destination::ThirdParty);
    /// assert_eq!(answer.decided_by(), [Code::CG201]);
    /// assert_eq!(answer.evidence_needed(), [Field::Vid]);
    /// assert_eq!(answer.why(), "The hardware version (VID) is missing; rule e2m-7821 asks for it.");
    /// ```
    pub fn decided_by(&self) -> Vec<Code> {
        decided_by(self.verdict, &self.findings().collect::<Vec<_>>())
    }

    /// The fields that would settle an unknown verdict, each once; none elsewhere, and where no field would. A finding may
    /// name several of which one is enough: [`Finding::evidence`].
    pub fn evidence_needed(&self) -> Vec<Field> {
        evidence_needed(self.verdict, &self.findings().collect::<Vec<_>>())
    }

    /// The load to install before the conversion, where a start gate is unmet and the book has one that gets the phone over
    /// it: [`Gate::install_first`].
    pub fn install_first(&self) -> Option<LoadName> {
        self.gates().find_map(|gate| gate.install_first())
    }

    /// One sentence that says why, for a table: what the first of the findings that decided says, or what to do first with an
    /// eligible phone. It quotes no text of the phone; the messages of the findings do.
    pub fn why(&self) -> String {
        why(self, &self.findings().collect::<Vec<_>>(), &self.gates().collect::<Vec<_>>())
    }
}

/// The findings that decided.
fn deciding<'f, 'a>(verdict: Verdict, findings: &'f [Finding<'a>]) -> impl Iterator<Item = &'f Finding<'a>> {
    findings.iter().filter(move |finding| Some(finding.effect()) == verdict.deciding_effect())
}

pub(crate) fn decided_by(verdict: Verdict, findings: &[Finding<'_>]) -> Vec<Code> {
    let mut codes: Vec<_> = deciding(verdict, findings).map(Finding::code).collect();
    codes.dedup();
    codes
}

pub(crate) fn evidence_needed(verdict: Verdict, findings: &[Finding<'_>]) -> Vec<Field> {
    if verdict != Verdict::Unknown {
        return Vec::new();
    }
    let mut fields: Vec<_> = deciding(verdict, findings).flat_map(Finding::evidence).copied().collect();
    fields.sort();
    fields.dedup();
    fields
}

pub(crate) fn why(answer: &Assessment<'_>, findings: &[Finding<'_>], gates: &[Gate<'_>]) -> String {
    match deciding(answer.verdict, findings).next() {
        Some(finding) => Sentence { case: &finding.case, remark: &finding.remark }.to_string(),
        None => what_first(answer, gates),
    }
}

/// What comes first on the way of an eligible phone.
fn what_first(answer: &Assessment<'_>, gates: &[Gate<'_>]) -> String {
    let case = answer.case();
    let runs_tlexe2m = case.firmware_type == Told::Known(FirmwareType::TlexE2m);
    let highest = |status| {
        let gates = gates.iter().filter(|gate| gate.on() == Stage::Start && gate.status() == status);
        gates.max_by_key(|gate| gate.minimum())
    };
    let sku = answer.license().filter(|license| license.need() == LicenseNeed::Purchase);
    let order = sku.and_then(|license| license.sku()).map(|sku| format!("order {}", Shown::new(sku)));
    let first = match (highest(GateStatus::Unmet), highest(GateStatus::Unknown)) {
        (Some(gate), _) => Some(match gate.install_first() {
            Some(load) => format!("install {load} first"),
            None => format!("upgrade it to {} {} or later first", gate.firmware_type().name(), gate.minimum()),
        }),
        (None, Some(_)) if runs_tlexe2m => Some("apply its license before the load".to_owned()),
        (None, Some(gate)) => {
            let (firmware_type, minimum) = (gate.firmware_type().name(), gate.minimum());
            Some(format!("find out first whether {firmware_type} {minimum} or later runs"))
        }
        (None, None) => None,
    };
    let steps = if runs_tlexe2m { [order, first] } else { [first, order] };
    let steps: Vec<_> = steps.into_iter().flatten().collect();
    let steps = if steps.is_empty() { String::new() } else { format!("; {}", steps.join(", and ")) };
    format!("The phone can be converted to {} firmware{steps}.", case.needed().name())
}

/// The message of a finding that decides, without what differs from phone to phone but for model and hardware version.
struct Sentence<'m, 'a> {
    case: &'m Case<'a>,
    remark: &'m Remark<'a>,
}

impl Display for Sentence<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, remark } = *self;
        let message = Message { case, remark, is_brief: true };
        let model = case.product.map_or_else(String::new, |product| product.model().to_string());
        let rule = remark.rule.map_or("", |rule| &*rule.id);
        match (remark.code, remark.about) {
            (Code::CG102, _) => f.write_str("The product text names no device that crossgrade can read."),
            (Code::CG105, _) if remark.rule.is_some() => {
                write!(
                    f,
                    "The {model} is not listed to be converted {} (rule {rule})",
                    conversion_name(case.direction())
                )?;
                message.alternatives(f)?;
                f.write_str(".")
            }
            (Code::CG201 | Code::CG202, _) => {
                let lack = if remark.code == Code::CG201 { "is missing" } else { "cannot be read" };
                write!(f, "The hardware version (VID) {lack}")?;
                if !rule.is_empty() {
                    write!(f, "; rule {rule} asks for it")?;
                }
                f.write_str(".")
            }
            (Code::CG304, _) => {
                let family = case.model.map_or_else(String::new, |row| row.family.to_string());
                write!(f, "The running load is for other phones; the {model} takes loads of family {family}.")
            }
            (Code::CG305, About::Conversion(row, _)) => {
                let minimum = row.running_at_least.map_or_else(String::new, |minimum| minimum.to_string());
                let from = case.direction().from().name();
                write!(f, "The running release is older than {from} {minimum}, which rule {rule} asks for")?;
                message.alternatives(f)?;
                message.unless_it_runs_already(f)
            }
            (Code::CG306, About::Conversion(row, _)) => {
                write!(f, "Rule {rule} lets this {model} be converted")?;
                message.conditions(f, row)?;
                let is_engineering_build = case.load.is_some_and(|load| load.is_engineering_build());
                match case.release() {
                    Told::Known(_) if is_engineering_build => {
                        f.write_str("; the running load is an engineering build, not a release.")
                    }
                    Told::Known(_) => {
                        let from = case.direction().from().name();
                        write!(f, "; a running release is known, but not that it is {from} firmware.")
                    }
                    Told::Contradictory => f.write_str("; the evidence of the running release contradicts itself."),
                    Told::Unreadable => f.write_str("; the running release cannot be read."),
                    Told::Nothing => f.write_str("; the running release is not known."),
                }
            }
            (Code::CG311, About::Contradiction(subject)) => {
                write!(f, "Evidence of {} contradicts itself.", subject.in_words())
            }
            _ => message.fmt(f),
        }
    }
}
