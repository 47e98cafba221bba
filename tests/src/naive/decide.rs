//! One decision (2), paragraph by paragraph.

use super::read::{Load, Phone, Read, Release, read_load, read_phone, read_release, read_vid};
use super::tables::{LICENSES, LOADS, V15_MODELS, WEBEX_LOAD_SERVER, row};
use super::{Answer, Firmware, Gate, License, PhoneRead, Question};

/// 2.6: what the caller chose, or the book's own.
enum Target {
    Own,
    Release(Release),
    Loads(Vec<Load>),
}

/// What a target means for one phone.
enum Served {
    /// The target serves this release, by this load if one was named.
    With(Release, Option<Load>),
    /// 2.6: the target does not serve the family (CG312).
    Not,
}

/// The phone, the question, and the findings so far.
struct Case {
    phone: Phone,
    destination: String,
    target: Target,
    findings: Vec<(String, String)>,
    disagreements: Vec<String>,
}

/// 2: `assess(phone, destination [, target])`.
pub(super) fn decide(question: &Question) -> Answer {
    let mut case = Case {
        phone: read_phone(question),
        destination: question.destination.to_string(),
        target: read_target(question.target),
        findings: Vec::new(),
        disagreements: Vec::new(),
    };
    let mut answer = Answer::default();
    case.what_was_read();
    if case.phone.only_type().is_some() {
        case.single_firmware_hardware();
    } else if case.settled() {
        case.find("CG301", "settled");
    } else {
        case.model();
        case.firmware_type();
        case.vid();
        case.target();
    }
    answer.verdict = case.verdict();
    if answer.verdict == "eligible" || answer.verdict == "unknown" {
        case.identity();
        answer.gates = case.gates();
        case.accompany(&answer.gates);
        // 4: "`firmware`: eligible, and unknown when the model is listed for the direction". R28
        if case.phone.row().is_some() && case.row_says() == "yes" {
            answer.firmware = Some(case.firmware());
            answer.license = Some(case.license());
        }
    }
    if answer.verdict == "not-needed" {
        answer.license = case.converted_phone();
    }
    case.disagree(&answer);
    // 3: "Order: code"
    case.findings.sort_by(|a, b| a.0.cmp(&b.0));
    answer.findings = case.findings.clone();
    answer.disagreements = case.disagreements.clone();
    answer.phone = case.phone_read();
    answer.target = match &case.target {
        Target::Own => None,
        Target::Release(release) => Some(release.display()),
        Target::Loads(loads) => {
            let names: Vec<&str> = loads.iter().map(|load| load.name.as_str()).collect();
            Some(names.join(","))
        }
    };
    answer
}

/// 2.6: "`target` is a release, a load, or one load per family."
fn read_target(text: Option<&str>) -> Target {
    let text = text.unwrap_or("").trim();
    let loads: Vec<Load> = text.split(',').filter_map(read_load).collect();
    match read_release(text) {
        _ if !loads.is_empty() => Target::Loads(loads),
        Some(release) => Target::Release(release),
        None => Target::Own,
    }
}

impl Case {
    fn find(&mut self, code: &str, effect: &str) {
        self.findings.push((code.to_string(), effect.to_string()));
    }

    fn find_if(&mut self, condition: bool, code: &str, effect: &str) {
        if condition {
            self.find(code, effect);
        }
    }

    // 1: the first two destinations need MPP (E2M), the last Enterprise (M2E)
    fn to_mpp(&self) -> bool {
        self.destination != "unified-cm"
    }

    /// X of the readings: the firmware type that the destination needs.
    fn needed(&self) -> &'static str {
        either(self.to_mpp(), "mpp", "enterprise")
    }

    fn known_to_run(&self, firmware_type: &str) -> bool {
        self.phone.firmware_type == Read::Known(firmware_type.to_string())
    }

    fn model_is(&self, models: &[&str]) -> bool {
        let model = self.phone.model().unwrap_or_default();
        models.contains(&model.as_str())
    }

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

    // 2, 2.4: findings about the texts themselves, whatever the verdict
    fn what_was_read(&mut self) {
        if self.phone.pid_absent {
            self.find("CG101", "unsettled");
        } else if self.phone.label.is_none() {
            self.find("CG102", "unsettled");
        }
        self.find_if(self.phone.load == Read::Unreadable, "CG303", "notes");
        // R20: a contradictory type is unsettled, notes where there is no readable model; R14 speaks for single-firmware hardware
        if self.phone.firmware_type == Read::Contradictory && self.phone.only_type().is_none() {
            let effect = either(self.phone.label.is_some(), "unsettled", "notes");
            self.find("CG311", effect);
        }
        // R20: a contradictory release or MAC is notes
        self.find_if(self.phone.release == Read::Contradictory, "CG311", "notes");
        // R19
        if self.phone.vid == Read::Contradictory {
            let effect = either(self.vid_could_decide(), "unsettled", "notes");
            self.find("CG311", effect);
        }
        self.find_if(self.phone.mac == Read::Contradictory, "CG311", "notes");
        // 2.4: "verdict unknown unless a rule says no (CG304)"
        self.find_if(self.phone.load_of_other_family, "CG304", "unsettled");
    }

    // 2.2: "For single-firmware hardware the hardware rule wins over contrary evidence (CG311)." R14
    fn single_firmware_hardware(&mut self) {
        let only = self.phone.only_type().expect("asked before");
        self.find_if(
            self.phone.types_said.iter().any(|said| *said != only) || self.phone.firmware_type == Read::Contradictory,
            "CG311",
            "notes",
        );
        if only == self.needed() {
            self.find("CG107", "settled");
        } else if only == "mpp" {
            self.find("CG107", "blocks");
        } else {
            self.find("CG103", "blocks");
        }
    }

    // 2.1: "not-needed by running type needs a readable model and uncontradicted evidence". R13
    fn settled(&self) -> bool {
        self.phone.label.is_some() && self.known_to_run(self.needed()) && !self.phone.load_of_other_family
    }

    /// R15: there is no evidence of type.
    fn no_evidence_of_type(&self) -> bool {
        self.phone.firmware_type.known().is_none()
    }

    // 2.3: "No assumption over contradictory evidence, nor over an unreadable load text that contains ..." R15
    fn assumption_forbidden(&self) -> bool {
        self.phone.firmware_type == Read::Contradictory
            || self.phone.load_of_other_family
            || self.phone.unreadable_load_names_mpp
    }

    // R16: "A phone may already run X if ..."
    fn may_already_run(&self) -> bool {
        let contradictory = self.phone.firmware_type == Read::Contradictory;
        let marked = self.no_evidence_of_type() && self.phone.marked() && self.to_mpp();
        let unreadable = self.no_evidence_of_type() && self.phone.unreadable_load_names_mpp;
        let beside = self.known_to_run(self.needed()) && self.phone.load_of_other_family;
        contradictory || marked || unreadable || beside
    }

    /// R16: the effect of a rule that says no.
    fn no(&self) -> &'static str {
        either(self.may_already_run(), "unsettled", "blocks")
    }

    /// 2.2: what the table says of the model's conversion.
    fn row_says(&self) -> &'static str {
        match (self.phone.row(), self.destination.as_str()) {
            (Some(row), "webex-calling") => row[2],
            (Some(row), "third-party") => row[3],
            (Some(row), _) => row[if self.phone.marked() { 5 } else { 6 }],
            // 8821 8831, and any other Cisco device: E2M no (S1, S2), M2E unknown
            (None, _) if self.to_mpp() && self.model_is(&["8821", "8831"]) => "no",
            (None, _) if self.to_mpp() && self.phone.other_device() => "no",
            // 8875, 9800 series, other 7800/8800 numbers
            (None, _) => "unknown",
        }
    }

    // 2.2: the model's row. R18
    fn model(&mut self) {
        if self.phone.label.is_some() {
            let no = self.no();
            match self.row_says() {
                "no" if self.phone.other_device() => self.find("CG103", no),
                "no" => self.find("CG104", no),
                "unknown" => self.find("CG105", "unsettled"),
                "not-listed" => self.find("CG106", "unsettled"),
                _ => {}
            }
        }
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

    /// 2.2: first and last VID for E2M, `any` is none.
    fn vid_bound(&self) -> Option<(u16, u16)> {
        let row = self.phone.row()?;
        let (first, last) = row[4].split_once('-')?;
        Some((read_vid(first)?, read_vid(last)?))
    }

    // R19: where the VID could decide
    fn vid_could_decide(&self) -> bool {
        if !self.to_mpp() || self.settled() {
            return false;
        }
        let bounded = self.vid_bound().is_some();
        let below_v15_gate = match (&self.target, self.served()) {
            (Target::Own, _) => false,
            (_, Some(Served::With(release, _))) => release < Release(11, 3, 3, 0),
            _ => false,
        };
        bounded || (self.model_is(V15_MODELS) && below_v15_gate)
    }

    // 2.2: "VID rules apply to E2M. With a bound: absent or unreadable VID -> unknown, outside -> ineligible"
    fn vid(&mut self) {
        if !self.to_mpp() {
            return;
        }
        let no = self.no();
        match self.phone.vid {
            Read::Absent if self.vid_could_decide() => self.find("CG201", "unsettled"),
            Read::Unreadable if self.vid_could_decide() => self.find("CG202", "unsettled"),
            _ => {}
        }
        if let (Some((first, last)), Some(vid)) = (self.vid_bound(), self.phone.vid.known()) {
            self.find_if(vid < first, "CG203", no);
            self.find_if(vid > last, "CG204", no);
        }
    }

    /// 2.6: what the target (or the book's own) means for the phone's family.
    fn served(&self) -> Option<Served> {
        let family = self.phone.row()?[1];
        Some(match &self.target {
            Target::Own => match self.own_load() {
                Some(load) => Served::With(load.release.expect("no TLexE2M"), Some(load)),
                None => Served::Not,
            },
            Target::Release(release) => Served::With(*release, None),
            Target::Loads(loads) => match loads.iter().find(|load| load.family == family) {
                Some(load) => match load.release {
                    Some(release) => Served::With(release, Some(load.clone())),
                    None => Served::Not,
                },
                None => Served::Not,
            },
        })
    }

    /// 2.6: the book's loads of the phone's family and of the type that the destination needs.
    fn loads_of_the_book(&self) -> Vec<Load> {
        let phone_row = self.phone.row().unwrap_or_default();
        let names = phone_row.get(1).and_then(|family| row(LOADS, &[family]));
        let names = names.unwrap_or_default().into_iter().skip(1);
        let mut loads: Vec<Load> = names.filter_map(read_load).collect();
        loads.retain(|load| load.firmware_type == self.needed());
        // 7: "Loads order by (maj, min, mic, SS, NN), then build"
        loads.sort_by_key(|load| (load.release, load.respin, load.build));
        loads
    }

    // 2.6: "No target: the book's own load for the family and destination; if it fails a gate that could apply
    // on the evidence there is, the lowest load of the book that meets them all; if there is none" none
    fn own_load(&self) -> Option<Load> {
        let family = self.phone.row()?[1];
        let of_the_family = row(LOADS, &[family])?;
        let own = read_load(match self.destination.as_str() {
            "third-party" => of_the_family[1],
            "webex-calling" => of_the_family[2],
            _ => of_the_family[3],
        })?;
        let highest = self.target_minimums().into_iter().max();
        let meets_all = |load: &Load| load.release >= highest;
        if meets_all(&own) {
            return Some(own);
        }
        self.loads_of_the_book().into_iter().find(meets_all)
    }

    /// 2.5, third-party and unified-cm: MPP 12.0(3); 8832: 12.0(3)SR1; 8832NR by family (ours).
    fn mpp_minimum(&self) -> Release {
        let family_8832 = self.phone.row().is_some_and(|row| row[1] == "8832");
        Release(12, 0, 3, if family_8832 { 1 } else { 0 })
    }

    // 2.5: E2M, 8811 8841 8851 8861 from V15 on; listed if it applies or the VID is missing
    fn v15_gate_could_apply(&self) -> bool {
        let vid_15_or_missing = self.phone.vid.known().is_none_or(|vid| vid >= 15);
        self.to_mpp() && self.model_is(V15_MODELS) && vid_15_or_missing
    }

    /// 2.5: the minimums of the target gates that apply or could apply.
    fn target_minimums(&self) -> Vec<Release> {
        let mut minimums = Vec::new();
        if self.destination == "third-party" {
            minimums.push(self.mpp_minimum());
        }
        if self.v15_gate_could_apply() {
            minimums.push(Release(11, 3, 3, 0));
        }
        minimums
    }

    // 2.5: the target gates: "the destination's own minimum, then the V15 gate"
    fn target_gates(&self) -> Vec<Gate> {
        let mut gates = Vec::new();
        let Some(served) = self.served() else {
            return gates;
        };
        // R22: a target that does not serve the family is no release; R10, R24: an MN load is not compared
        let actual = match served {
            Served::With(_, Some(load)) if load.engineering => None,
            Served::With(release, _) => Some(release),
            Served::Not => None,
        };
        if self.destination == "third-party" {
            gates.push(gate("target", "mpp", self.mpp_minimum(), actual));
        }
        // "VID missing: met if the target is 11.3(3) or later anyway, else unknown"
        if self.v15_gate_could_apply() {
            let mut v15 = gate("target", "mpp", Release(11, 3, 3, 0), actual);
            if self.phone.vid.known().is_none() && v15.status == "unmet" {
                v15.status = "unknown".to_string();
            }
            gates.push(v15);
        }
        gates
    }

    // 2.5: "A chosen target: its gate unmet -> CG307, ineligible; unknown -> unknown." R22, and 2.6: CG312
    fn target(&mut self) {
        if matches!(self.target, Target::Own) || self.phone.row().is_none() {
            return;
        }
        let no = self.no();
        for gate in self.target_gates() {
            self.find_if(gate.status == "unmet", "CG307", no);
        }
        let not_served = matches!(self.served(), Some(Served::Not));
        self.find_if(not_served, "CG312", "unsettled");
    }

    // 2.5: "listed for eligible, and for unknown with a model of the table; start before target"
    fn gates(&self) -> Vec<Gate> {
        if self.phone.row().is_none() {
            return Vec::new();
        }
        let (firmware_type, minimum) = match self.destination.as_str() {
            "third-party" => ("enterprise", Release(14, 2, 1, 1)),
            "webex-calling" => ("enterprise", Release(14, 1, 1, 0)),
            _ => ("mpp", self.mpp_minimum()),
        };
        let actual = self.phone.release_to_compare(firmware_type);
        let mut gates = vec![gate("start", firmware_type, minimum, actual)];
        gates.extend(self.target_gates());
        gates
    }

    // R26: CG111 to CG114, and R19: CG201, CG202 elsewhere in E2M
    fn identity(&mut self) {
        match self.phone.mac {
            Read::Absent => self.find("CG111", "requires"),
            Read::Unreadable => self.find("CG112", "requires"),
            _ => {}
        }
        if self.phone.serial_absent {
            self.find("CG113", "notes");
        } else if self.phone.serial_unusual {
            self.find("CG114", "notes");
        }
        if self.to_mpp() && !self.vid_could_decide() {
            match self.phone.vid {
                Read::Absent => self.find("CG201", "requires"),
                Read::Unreadable => self.find("CG202", "requires"),
                _ => {}
            }
        }
    }

    // R25, R27: what accompanies eligible and unknown, for models of the table
    fn accompany(&mut self, gates: &[Gate]) {
        if self.phone.row().is_none() {
            return;
        }
        // 2.5: start gates; R25
        let tlexe2m = self.known_to_run("tlexe2m");
        match gates[0].status.as_str() {
            "unmet" => self.find("CG305", "requires"),
            "unknown" if !tlexe2m => self.find("CG306", "requires"),
            "unknown" if self.to_mpp() => self.find("CG309", "requires"),
            _ => {}
        }
        // 2.5: "and never lower afterwards"
        let in_range = self.v15_gate_could_apply() && self.phone.vid.known().is_some();
        self.find_if(in_range, "CG308", "notes");
        // R27: a returning phone
        let returning = !self.phone.marked() && self.known_to_run("mpp");
        self.find_if(!self.to_mpp() && returning, "CG310", "notes");
        // 2.5: "A chosen target below 14.2(1)SR1: CG314"; R27: or an MN load
        if !self.to_mpp() && !matches!(self.target, Target::Own) {
            let unverified = match self.served() {
                Some(Served::With(_, Some(load))) if load.engineering => true,
                Some(Served::With(release, _)) => release < Release(14, 2, 1, 1),
                _ => false,
            };
            self.find_if(unverified, "CG314", "advises");
        }
        // 3: CG401 features-lost, CG402 use-wired-connection: on the way to MPP
        let features = self.to_mpp() && self.model_is(&["8832", "8832NR"]);
        self.find_if(features, "CG401", "advises");
        let wifi = self.to_mpp() && self.model_is(&["8861", "8865"]);
        self.find_if(wifi, "CG402", "advises");
        self.find("CG404", "notes");
        // 2.6: "webex-calling always carries CG602"
        self.find_if(self.destination == "webex-calling", "CG602", "advises");
    }

    // 2.6: firmware to install
    fn firmware(&mut self) -> Firmware {
        let mut firmware = Firmware { firmware_type: self.needed().to_string(), ..Firmware::default() };
        match self.served() {
            Some(Served::With(release, named)) => {
                firmware.release = Some(release.display());
                // R32: several loads of one release: the highest
                let mut of_the_book = self.loads_of_the_book();
                of_the_book.retain(|load| load.release == Some(release));
                match named.or(of_the_book.pop()) {
                    Some(load) => firmware.load = Some(load.name),
                    None => self.find("CG313", "requires"),
                }
            }
            // no load of the book meets the gates
            Some(Served::Not) if matches!(self.target, Target::Own) => {
                self.find("CG313", "requires");
            }
            // R22: null release, load, file
            _ => {}
        }
        firmware.file = firmware.load.as_ref().map(|load| format!("{load}.loads"));
        // R31
        if self.destination == "webex-calling" && firmware.load.is_some() {
            firmware.load_server = Some(WEBEX_LOAD_SERVER.to_string());
        }
        firmware
    }

    // 2.7: licenses; R28: CG501 to CG504 follow them
    fn license(&mut self) -> License {
        if self.destination == "third-party" {
            self.find("CG501", "requires");
            return self.purchase();
        }
        if self.destination == "webex-calling" {
            self.find("CG502", "notes");
            return only_need("issued-by-control-hub");
        }
        match self.phone.authorization.known().as_deref() {
            Some("Classic") | Some("WxC") => {
                self.find("CG503", "notes");
                only_need("not-required")
            }
            Some(_) => {
                self.find("CG501", "requires");
                self.purchase()
            }
            // "absent or any other text -> purchase for a 3PCC phone, `unknown` for others (CG504)"
            None if self.phone.marked() => {
                self.find("CG501", "requires");
                self.purchase()
            }
            None => {
                self.find("CG504", "requires");
                only_need("unknown")
            }
        }
    }

    /// 2.7: what to buy, and the file to keep it under.
    fn purchase(&self) -> License {
        let model = self.phone.model().unwrap_or_default();
        let row = row(LICENSES, &[&self.destination, &model[..1]]).expect("7800 or 8800");
        let ending = if self.to_mpp() { ".lic" } else { "_M2E.lic" };
        License {
            need: "purchase".to_string(),
            sku: Some(row[2].to_string()),
            service_sku: Some(row[3].to_string()),
            file: self.phone.mac.known().map(|mac| format!("{mac}{ending}")),
        }
    }

    // 2.4, last point: an MPP-bound phone that already runs MPP and is not marked was converted. R29
    fn converted_phone(&mut self) -> Option<License> {
        if !self.to_mpp() || !self.settled() || self.phone.marked() || self.phone.row().is_none() {
            return None;
        }
        match self.phone.authorization.known().as_deref() {
            Some("blank") => {
                self.find("CG506", "requires");
                match self.destination.as_str() {
                    "third-party" => Some(self.purchase()),
                    _ => Some(only_need("issued-by-control-hub")),
                }
            }
            None => {
                self.find("CG504", "requires");
                Some(only_need("unknown"))
            }
            Some("WxC") if self.destination == "third-party" => {
                self.find("CG505", "requires");
                Some(only_need("unknown"))
            }
            Some(_) => None,
        }
    }

    // 3: CG601 "one per row of facts/disagreements.md that touched a value of this very answer". R30
    fn disagree(&mut self, answer: &Answer) {
        let row = self.to_mpp() && answer.verdict != "not-needed";
        let vid_above_24 = self.phone.vid.known().is_some_and(|vid| vid > 24);
        let gate = |on: &str| answer.gates.iter().any(|gate| gate.on == on);
        let minimum = |text: &str| answer.gates.iter().any(|gate| gate.minimum == text);
        let own_target = answer.firmware.is_some() && matches!(self.target, Target::Own);
        let firmware = answer.firmware.clone().unwrap_or_default();
        let of_11_3_6 = firmware.release.as_deref() == Some("11.3(6)");
        let need = answer.license.clone().unwrap_or_default().need;
        let touched = [
            // the model's conversion row
            ("D01", row && self.model_is(&["8851NR", "8865NR"])),
            ("D02", row && self.model_is(&["8832NR"])),
            ("D03", row && self.model_is(&["7821"]) && vid_above_24),
            // listed gates
            ("D04", gate("start") && self.to_mpp()),
            ("D05", gate("start") && !self.to_mpp()),
            // the book's own target for webex-calling, a load of 11.3(6)
            ("D06", own_target && self.destination == "webex-calling"),
            ("D07", of_11_3_6 && firmware.load.is_some()),
            // a listed gate
            ("D08", minimum("11.3(3)")),
            // the license that is not required
            ("D09", need == "not-required"),
            // a returning phone
            ("D14", self.findings.iter().any(|finding| finding.0 == "CG310")),
            // a listed gate
            ("D15", minimum("12.0(3)SR1") && self.model_is(&["8832NR"])),
        ];
        for (id, _) in touched.iter().filter(|(_, touched)| *touched) {
            self.find("CG601", "notes");
            self.disagreements.push(id.to_string());
        }
    }

    // 4: "what was read, canonical; null where absent, unreadable, contradictory or only assumed"
    fn phone_read(&self) -> PhoneRead {
        let phone = &self.phone;
        let firmware_type = phone.firmware_type.known();
        let only = phone.only_type();
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

fn either(condition: bool, yes: &'static str, no: &'static str) -> &'static str {
    if condition { yes } else { no }
}

/// 2.5: one gate; a release that cannot be compared makes it unknown.
fn gate(on: &str, firmware_type: &str, minimum: Release, actual: Option<Release>) -> Gate {
    let status = match actual {
        None => "unknown",
        Some(actual) if actual >= minimum => "met",
        Some(_) => "unmet",
    };
    Gate {
        on: on.to_string(),
        firmware_type: firmware_type.to_string(),
        minimum: minimum.display(),
        actual: actual.map(Release::display),
        status: status.to_string(),
    }
}

/// 2.7: a license of which there is nothing to buy.
fn only_need(need: &str) -> License {
    License { need: need.to_string(), ..License::default() }
}
