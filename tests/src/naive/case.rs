//! One case: the phone, the question, and what every paragraph asks of them.

use super::Book;
use super::read::{Phone, Read};
use super::target_for_phone::{Served, Target};

/// The phone, the question, and the findings so far.
pub(super) struct Case {
    pub(super) book: Book,
    pub(super) phone: Phone,
    /// 2.4: what runs is below a lasting floor of the hardware.
    pub(super) cannot_run: bool,
    pub(super) destination: String,
    pub(super) target: Target,
    /// What the target means for this phone; None where the model is not of the table.
    pub(super) served: Option<Served>,
    pub(super) findings: Vec<(String, String)>,
    pub(super) disagreements: Vec<String>,
}

impl Case {
    pub(super) fn find(&mut self, code: &str, effect: &str) {
        self.findings.push((code.to_string(), effect.to_string()));
    }

    pub(super) fn find_if(&mut self, condition: bool, code: &str, effect: &str) {
        if condition {
            self.find(code, effect);
        }
    }

    // 1: the first two destinations need MPP (E2M), the last Enterprise (M2E)
    pub(super) fn to_mpp(&self) -> bool {
        self.destination != "unified-cm"
    }

    /// X of the readings: the firmware type that the destination needs.
    pub(super) fn needed(&self) -> &'static str {
        either(self.to_mpp(), "mpp", "enterprise")
    }

    pub(super) fn known_to_run(&self, firmware_type: &str) -> bool {
        self.phone.firmware_type == Read::Known(firmware_type.to_string())
    }

    pub(super) fn model_is(&self, models: &[&str]) -> bool {
        let model = self.phone.model().unwrap_or_default();
        models.contains(&model.as_str())
    }

    // 2.1: "not-needed by running type needs a readable model and uncontradicted evidence". R13
    pub(super) fn settled(&self) -> bool {
        self.phone.label.is_some() && self.known_to_run(self.needed()) && !self.phone.load_of_other_family
    }

    /// R15: there is no evidence of type.
    pub(super) fn no_evidence_of_type(&self) -> bool {
        // No hardware that converts runs PhoneOS.
        self.phone.firmware_type.known().is_none() || self.known_to_run("phoneos")
    }

    // R16: "A phone may already run X if ..."
    fn may_already_run(&self) -> bool {
        let contradictory = self.phone.firmware_type == Read::Contradictory;
        let marked = self.no_evidence_of_type() && self.phone.marked() && self.to_mpp();
        let unreadable = self.no_evidence_of_type() && self.phone.unreadable_text_names_mpp;
        let returning = self.no_evidence_of_type() && !self.phone.marked() && !self.to_mpp();
        let beside = self.known_to_run(self.needed()) && self.phone.load_of_other_family;
        contradictory || self.known_to_run("phoneos") || marked || returning || unreadable || beside
    }

    /// R16: the effect of a rule that says no.
    pub(super) fn no(&self) -> &'static str {
        either(self.may_already_run(), "unsettled", "blocks")
    }
}

/// One of two words.
pub(super) fn either(condition: bool, yes: &'static str, no: &'static str) -> &'static str {
    if condition { yes } else { no }
}
