//! What accompanies a verdict: identity, advice, licenses, disagreements (2.4, 2.7, 3).

use super::case::Case;
use super::gates::GateRow;
use super::read::{Read, Release};
use super::tables::{DEGRADED, LICENSES, listed, row};
use super::target_for_phone::{Served, Target};
use super::{Answer, Gate, License};

impl Case {
    // R26: CG111 to CG114, and R19: CG201, CG202 elsewhere in E2M
    pub(super) fn identity(&mut self) {
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
    pub(super) fn accompany(&mut self, gates: &[Gate]) {
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
        self.no_downgrade();
        // R27: a returning phone
        let returning = !self.phone.marked() && self.known_to_run("mpp");
        self.find_if(!self.to_mpp() && returning, "CG310", "notes");
        // 2.5: "A chosen target below 14.2(1)SR1: CG314"; R27: or an MN load
        if !self.to_mpp() && !matches!(self.target, Target::Own) {
            let unverified = match &self.served {
                Some(Served::With(_, Some(load))) if load.engineering => true,
                Some(Served::With(release, _)) => *release < Release(14, 2, 1, 1),
                _ => false,
            };
            self.find_if(unverified, "CG314", "advises");
        }
        // 3: CG401 features-lost, CG402 use-wired-connection: on the way to MPP
        let features = self.to_mpp() && self.model_is(&["8832", "8832NR"]);
        self.find_if(features, "CG401", "advises");
        let wifi = self.to_mpp() && self.model_is(&["8861", "8865"]);
        self.find_if(wifi, "CG402", "advises");
        self.find_if(self.degraded(), "CG403", "advises");
        self.find("CG404", "notes");
        // 2.6: "webex-calling always carries CG602"
        self.find_if(self.destination == "webex-calling", "CG602", "advises");
    }

    // 5, A04: CG403 on E2M; "possibly" when the VID is missing
    fn degraded(&self) -> bool {
        let model = self.phone.model().unwrap_or_default();
        let v14_or_missing = self.phone.vid.known().is_none_or(|vid| vid <= 14);
        self.to_mpp()
            && DEGRADED.iter().any(|row| {
                let affected = listed(row[3], &model) || (listed(row[2], &model) && v14_or_missing);
                self.book.applies(row[1]) && affected
            })
    }

    // 2.7: licenses; R28: CG501 to CG504 follow them
    pub(super) fn license(&mut self) -> License {
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
            // "any other text -> `unknown` for every phone, with D16"
            None if self.phone.authorization == Read::Unreadable => {
                self.find("CG504", "requires");
                only_need("unknown")
            }
            // Authorizations that differ are any of them.
            None if self.phone.authorization == Read::Contradictory => {
                self.find("CG504", "requires");
                only_need("unknown")
            }
            // "absent -> purchase for a 3PCC phone, `unknown` for others"
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
        let row = row(&LICENSES, &[&self.destination, &model[..1]]).expect("7800 or 8800");
        let ending = if self.to_mpp() { ".lic" } else { "_M2E.lic" };
        License {
            need: "purchase".to_string(),
            sku: Some(row[2].to_string()),
            service_sku: Some(row[3].to_string()),
            file: self.phone.mac.known().map(|mac| format!("{mac}{ending}")),
        }
    }

    // 2.4, last point: an MPP-bound phone that already runs MPP and is not marked was converted. R29
    pub(super) fn converted_phone(&mut self) -> Option<License> {
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

    // 3: CG601 "one per row of facts/disagreements.md that touched a value of this very answer". R30, R40
    pub(super) fn disagree(&mut self, answer: &Answer) {
        let row = self.to_mpp() && answer.verdict != "not-needed";
        let vid_above_24 = self.phone.vid.known().is_some_and(|vid| vid > 24);
        let start_gate = !answer.gates.is_empty();
        let mut target_gates = self.gate_rows_that_could_apply();
        // "a value of this very answer": what stops a chosen target is one, too
        let is_chosen = !matches!(self.target, Target::Own) && self.phone.row().is_some();
        let stopped = answer.verdict == "ineligible" && is_chosen;
        let stops = |row: &GateRow| stopped && self.target_gate(row).status == "unmet";
        target_gates.retain(|row| !answer.gates.is_empty() || stops(row));
        let listed = |id: &str| target_gates.iter().any(|row| row.id == id);
        let minimum = |text: &str| {
            let listed = answer.gates.iter().any(|gate| gate.minimum == text);
            listed || stopped && target_gates.iter().any(|row| row.minimum.display() == text)
        };
        let firmware = answer.firmware.clone().unwrap_or_default();
        let own_target = firmware.load.is_some() && matches!(self.target, Target::Own);
        let of_11_3_6 = firmware.release.as_deref() == Some("11.3(6)");
        let need = answer.license.clone().unwrap_or_default().need;
        let said = |code: &str| self.findings.iter().any(|finding| finding.0 == code);
        let touched = [
            // the model's conversion row, whatever the amendments made of it
            ("D01", row && self.model_is(&["8851NR", "8865NR"])),
            ("D02", row && self.model_is(&["8832NR"])),
            ("D03", row && self.model_is(&["7821"]) && vid_above_24),
            // listed gates
            ("D04", start_gate && self.to_mpp()),
            ("D05", start_gate && !self.to_mpp()),
            // the book's own target for webex-calling, a load of 11.3(6)
            ("D06", own_target && self.destination == "webex-calling"),
            ("D07", of_11_3_6 && firmware.load.is_some()),
            // a listed gate
            ("D08", listed("V15")),
            // the license that is not required
            ("D09", need == "not-required"),
            // R40: "D10 accompanies CG403; D13 accompanies the listed V20 floor gate (A13)"
            ("D10", said("CG403")),
            ("D13", listed("A13")),
            // a returning phone
            ("D14", said("CG310")),
            // a listed gate
            ("D15", minimum("12.0(3)SR1") && self.model_is(&["8832NR"])),
            // the license of a text that is no authorization
            ("D16", !self.to_mpp() && need == "unknown" && self.phone.authorization == Read::Unreadable),
        ];
        for (id, _) in touched.iter().filter(|(_, touched)| *touched) {
            self.find("CG601", "notes");
            self.disagreements.push(id.to_string());
        }
    }
}

/// 2.7: a license of which there is nothing to buy.
fn only_need(need: &str) -> License {
    License { need: need.to_string(), ..License::default() }
}
