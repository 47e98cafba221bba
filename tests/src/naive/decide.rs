//! One decision (2), paragraph by paragraph.

use super::case::{Case, either};
use super::gates::GateRow;
use super::read::{Read, Release, read_phone};
use super::target_for_phone::read_target;
use super::{Answer, Book, PhoneRead, Question};

/// 2: `assess(phone, destination [, target] [, rule book])`.
pub(super) fn decide(book: Book, question: &Question) -> Answer {
    let mut case = Case {
        book,
        phone: read_phone(question),
        cannot_run: false,
        destination: question.destination.to_string(),
        target: read_target(question.target),
        served: None,
        findings: Vec::new(),
        disagreements: Vec::new(),
    };
    case.what_the_hardware_cannot_run();
    case.served = case.work_out_target();
    let mut answer = Answer::default();
    // 2.2: "ineligible, CG108 not-a-phone"; R43: nothing else is said of it
    if case.phone.label.as_ref().is_some_and(|label| label.no_phone) {
        case.find("CG108", "blocks");
        answer.verdict = case.verdict();
        answer.findings = case.findings.clone();
        answer.phone = case.phone_read();
        answer.target = case.target.canonical();
        return answer;
    }
    case.what_was_read();
    if case.phone.one_image() {
        case.find("CG109", "settled");
        // Words that differ were still said twice, differently.
        let contrary = case.phone.contradicts_hardware() || case.phone.words_of_type_differ;
        case.find_if(contrary, "CG311", "notes");
    } else if case.phone.only_type().is_some() {
        case.single_firmware_hardware();
    } else if case.settled() {
        case.find("CG301", "settled");
    } else {
        case.model();
        case.firmware_type();
        case.missing_vid();
        case.chosen_target();
    }
    answer.verdict = case.verdict();
    if answer.verdict == "eligible" || answer.verdict == "unknown" {
        case.identity();
        answer.gates = case.gates();
        answer.install_first = case.load_to_install_first(&answer.gates);
        case.accompany(&answer.gates);
        // 4: "`firmware`: eligible, and unknown when the model is listed for the direction". R28, R36
        if !case.yes_rows().is_empty() {
            answer.firmware = Some(case.firmware());
            answer.license = Some(case.license());
        }
    }
    if answer.verdict == "not-needed" {
        answer.license = case.converted_phone();
    }
    case.advise(&answer);
    case.disagree(&answer);
    case.disagreements.sort();
    // 3: "Order: code"
    case.findings.sort_by(|a, b| a.0.cmp(&b.0));
    answer.findings = case.findings.clone();
    answer.disagreements = case.disagreements.clone();
    answer.phone = case.phone_read();
    answer.target = case.target.canonical();
    answer
}

impl Case {
    // 2.1: "Precedence in that order"
    fn verdict(&self) -> String {
        let any = |effect: &str| self.findings.iter().any(|finding| finding.1 == effect);
        let verdict = if any("settled") {
            "not-needed"
        } else if any("blocks") {
            "ineligible"
        } else if any("unsettled") {
            "unknown"
        } else {
            "eligible"
        };
        verdict.to_string()
    }

    // 2.4: "Hardware that cannot run what is said to run (a lasting floor of its VID and model lies above the running release)
    // is such a contradiction, of VID and release." A contradiction "is no evidence of that thing".
    fn what_the_hardware_cannot_run(&mut self) {
        for firmware_type in ["enterprise", "mpp"] {
            // Of releases that differ, one that the hardware cannot run is enough.
            let Some(release) = self.phone.lowest_release_said(firmware_type) else { continue };
            let floors = self.floors_that_could_apply(firmware_type);
            let above = |row: &GateRow| row.no_downgrade_below && release < row.minimum;
            if self.phone.vid.known().is_some() && floors.iter().any(above) {
                self.cannot_run = true;
                self.phone.vid = Read::Contradictory;
                self.phone.release = Read::Contradictory;
                // 2.5: an authorization "supplied for a running release below 11.3(3) counts as absent": whether that runs,
                // nobody knows now
                let too_old = firmware_type == "mpp" && release < Release(11, 3, 3, 0);
                if too_old && self.phone.authorization_said != Read::Absent {
                    self.phone.authorization = Read::Contradictory;
                }
                return;
            }
        }
    }

    // 2, 2.4: findings about the texts themselves, whatever the verdict
    fn what_was_read(&mut self) {
        if self.phone.pid_absent {
            self.find("CG101", "unsettled");
        } else if self.phone.pid_contradictory {
            self.find("CG311", "unsettled");
        } else if self.phone.label.is_none() {
            self.find("CG102", "unsettled");
        }
        self.find_if(self.phone.load == Read::Unreadable, "CG303", "notes");
        // R20: a contradictory type is unsettled, notes where there is no readable model; R14 speaks for single-firmware hardware
        if self.phone.firmware_type == Read::Contradictory && self.phone.type_of_hardware().is_none() {
            let effect = either(self.phone.label.is_some(), "unsettled", "notes");
            self.find("CG311", effect);
        }
        // R20: a contradictory release or MAC is notes; R35: unsettled where the release could decide
        if self.cannot_run {
            // "unsettled where it could decide, else notes"
            let decides = self.running_release_could_decide() || self.vid_could_decide();
            self.find("CG311", either(decides, "unsettled", "notes"));
        } else if self.phone.release == Read::Contradictory {
            let effect = either(self.running_release_could_decide(), "unsettled", "notes");
            self.find("CG311", effect);
        }
        // R19
        if self.phone.vid == Read::Contradictory && !self.cannot_run {
            let effect = either(self.vid_could_decide(), "unsettled", "notes");
            self.find("CG311", effect);
        }
        self.find_if(self.phone.mac == Read::Contradictory, "CG311", "notes");
        self.find_if(self.phone.serial_contradictory, "CG311", "notes");
        self.find_if(self.phone.authorization_contradictory, "CG311", "notes");
        // Loads that differ in type or release are told as that.
        let differs = self.phone.firmware_type == Read::Contradictory || self.phone.release == Read::Contradictory;
        self.find_if(self.phone.load == Read::Contradictory && !differs, "CG311", "notes");
        // 2.4: "verdict unknown unless a rule says no (CG304)"
        self.find_if(self.phone.load_of_other_family, "CG304", "unsettled");
    }

    // 2.2: "For single-firmware hardware the hardware rule wins over contrary evidence (CG311)." R14
    fn single_firmware_hardware(&mut self) {
        let only = self.phone.only_type().expect("asked before");
        self.find_if(self.phone.contradicts_hardware(), "CG311", "notes");
        if only == self.needed() {
            self.find("CG107", "settled");
        } else if only == "mpp" {
            self.find("CG107", "blocks");
        } else {
            self.find("CG103", "blocks");
        }
    }

    // 2.3: "No assumption over contradictory evidence, nor over an unreadable load text that contains ..." R15
    fn assumption_forbidden(&self) -> bool {
        self.phone.firmware_type == Read::Contradictory
            || self.known_to_run("phoneos")
            || self.phone.load_of_other_family
            || self.phone.unreadable_text_names_mpp
    }

    // 2.3: what is assumed about the type, and 2.4: TLexE2M
    fn firmware_type(&mut self) {
        if self.phone.label.is_none() {
            return;
        }
        let marked = self.phone.marked();
        // "E2M, marked 3PCC, not known to run MPP: not in Table 1 -> unknown (CG106)." R17
        let not_in_table_1 = self.to_mpp() && marked && !self.known_to_run("mpp");
        self.find_if(not_in_table_1, "CG106", "unsettled");
        // "E2M, not marked, no evidence of type: assume Enterprise and say so (CG302)."
        // "M2E, marked 3PCC, no evidence of type: assume MPP and say so (CG302)."
        if self.no_evidence_of_type() && self.to_mpp() != marked {
            let forbidden = self.assumption_forbidden();
            self.find_if(forbidden, "CG315", "unsettled");
            self.find_if(!forbidden, "CG302", "notes");
        }
        // "M2E, not marked, no evidence of type -> unknown (CG315)"
        let usually_enterprise = self.no_evidence_of_type() && !self.to_mpp() && !marked;
        self.find_if(usually_enterprise, "CG315", "unsettled");
        // 2.4: "TLexE2M running: ... M2E: unknown"
        let tlexe2m = self.known_to_run("tlexe2m");
        self.find_if(!self.to_mpp() && tlexe2m, "CG309", "unsettled");
    }

    // 4: "what was read, canonical; null where absent, unreadable, contradictory or only assumed"
    fn phone_read(&self) -> PhoneRead {
        let phone = &self.phone;
        let firmware_type = phone.firmware_type.known();
        let only = phone.type_of_hardware();
        PhoneRead {
            pid: phone.label.as_ref().and_then(|label| label.pid.clone()),
            model: phone.model(),
            vid: phone.vid.known().map(|vid| format!("V{vid:02}")),
            mac: phone.mac.known(),
            serial: phone.serial.clone(),
            load: phone.load.known().map(|load| load.name),
            // R14: contrary evidence on single-firmware hardware is null
            firmware_type: firmware_type.filter(|said| only.is_none_or(|only| only == said)),
            release: phone.release.known().map(Release::display),
            authorization: phone.authorization.known(),
        }
    }
}
