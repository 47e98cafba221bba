//! Gates (2.5), with the hardware floors of the amendments (R37).

use super::Gate;
use super::case::Case;
use super::conversion::read_vids;
use super::read::{Release, read_release};
use super::tables::{FLOORS, MIGRATION_FLOOR_8832, listed};
use super::target_for_phone::Target;

/// A row about a target gate.
#[derive(Debug, Clone, Copy)]
pub(super) struct GateRow {
    /// Id of the amendment, or a word for a row of `guide`.
    pub(super) id: &'static str,
    /// First and last VID.
    pub(super) vids: Option<(u16, u16)>,
    pub(super) minimum: Release,
    /// "and never lower afterwards"
    pub(super) no_downgrade_below: bool,
}

impl Case {
    /// 2.5, third-party and unified-cm: MPP 12.0(3); 8832: 12.0(3)SR1; 8832NR by family (ours).
    fn mpp_minimum(&self) -> Release {
        let family_8832 = self.phone.row().is_some_and(|row| row[1] == "8832");
        Release(12, 0, 3, if family_8832 { 1 } else { 0 })
    }

    /// 2.5: the target gates of this model and destination, rows without a VID range before rows with one.
    pub(super) fn gate_rows(&self) -> Vec<GateRow> {
        let mut gates = Vec::new();
        if self.destination == "third-party" {
            gates.push(GateRow {
                id: "third-party",
                vids: None,
                minimum: self.mpp_minimum(),
                no_downgrade_below: false,
            });
        }
        // 5, A19
        if self.destination == "webex-calling" && self.model_is(&["8832", "8832NR"]) && self.book.applies("-") {
            gates.push(GateRow {
                id: "A19",
                vids: None,
                minimum: read_release(MIGRATION_FLOOR_8832).expect("a release"),
                no_downgrade_below: false,
            });
        }
        // 5, A05: "target gates (M2E and E2M)"
        gates.extend(self.floors(self.needed()));
        gates.sort_by_key(|row| row.vids.is_some());
        gates
    }

    /// 5: "A lasting floor binds whatever is installed on that hardware, in either direction and in every step": the floors of
    /// the model for firmware of this type, whatever the hardware version.
    pub(super) fn floors(&self, firmware_type: &str) -> Vec<GateRow> {
        let model = self.phone.model().unwrap_or_default();
        let mut floors = Vec::new();
        for floor in FLOORS.iter() {
            let in_force = floor[1] == "guide" || self.book.applies(floor[1]);
            if in_force && listed(floor[2], &model) && floor[4] == firmware_type {
                floors.push(GateRow {
                    id: floor[0],
                    vids: read_vids(floor[3]),
                    minimum: read_release(floor[5]).expect("a release"),
                    no_downgrade_below: floor[6] == "yes",
                });
            }
        }
        floors
    }

    /// "every lasting floor that could apply to this hardware (a missing VID could be any)"
    pub(super) fn floors_that_could_apply(&self, firmware_type: &str) -> Vec<GateRow> {
        self.that_could_apply(self.floors(firmware_type))
    }

    fn that_could_apply(&self, mut rows: Vec<GateRow>) -> Vec<GateRow> {
        rows.retain(|row| match (row.vids, self.phone.vid.known()) {
            (Some((first, last)), Some(vid)) => first <= vid && vid <= last,
            _ => true,
        });
        rows
    }

    // 2.5: "each rule its own row, only if it applies or the VID that decides is missing"
    pub(super) fn gate_rows_that_could_apply(&self) -> Vec<GateRow> {
        self.that_could_apply(self.gate_rows())
    }

    /// 2.5: one target gate. "VID missing: met if the target is 11.3(3) or later anyway, else unknown"
    pub(super) fn target_gate(&self, row: &GateRow) -> Gate {
        // R22: a target that does not serve the family is no release; R10, R24: an MN load is not compared
        let mut gate = gate("target", self.needed(), row.minimum, self.target_to_compare());
        if row.vids.is_some() && self.phone.vid.known().is_none() && gate.status == "unmet" {
            gate.status = "unknown".to_string();
        }
        gate
    }

    fn target_gates(&self) -> Vec<Gate> {
        self.gate_rows_that_could_apply().iter().map(|row| self.target_gate(row)).collect()
    }

    // 2.5: "A chosen target: its gate unmet -> CG307, ineligible; unknown -> unknown." R22, and 2.6: CG312
    pub(super) fn chosen_target(&mut self) {
        if matches!(self.target, Target::Own) || self.phone.row().is_none() {
            return;
        }
        let no = self.no();
        // a missing VID is said by `missing_vid`; what is left is a target that cannot be compared, an MN load
        let not_for_family = self.target_is_not_for_family();
        for gate in self.target_gates() {
            self.find_if(gate.status == "unmet", "CG307", no);
            self.find_if(gate.actual.is_none() && !not_for_family, "CG307", "unsettled");
        }
        self.find_if(not_for_family, "CG312", "unsettled");
    }

    // 2.5: "listed for eligible, and for unknown with a model of the table; start before target"
    pub(super) fn gates(&self) -> Vec<Gate> {
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

    // R27: CG308 for each row of which "VID known and in the range of the gate"
    pub(super) fn no_downgrade(&mut self) {
        for row in self.gate_rows_that_could_apply() {
            let in_range = row.vids.is_some() && self.phone.vid.known().is_some();
            self.find_if(row.no_downgrade_below && in_range, "CG308", "notes");
        }
    }
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
