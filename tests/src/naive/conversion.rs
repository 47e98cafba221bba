//! Whether a model can be converted (2.2), with the alternatives and conditions of the amendments (R33 to R36).

use super::case::Case;
use super::read::{Read, Release, read_release, read_vid};
use super::tables::{AMENDED_CONVERSIONS, listed};
use super::target_for_phone::Target;

/// The highest VID that can be read (R6).
const LAST_VID: u16 = 999;

/// R33: a row that says yes, and what it asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct YesRow {
    /// First and last VID.
    vids: Option<(u16, u16)>,
    /// What must run at least, of the type that the phone leaves.
    runs: Option<Release>,
    /// What the target must be at least.
    target: Option<Release>,
}

/// R33: one thing that a row asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Given,
    NotGiven,
    NotKnown,
}

/// R33: what a row makes of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Holds,
    Fails,
    Open,
}

/// R33: what all rows make of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ruling {
    Yes,
    No,
    Unsettled,
}

/// A range like `V03-V24`; `any` is none.
pub(super) fn read_vids(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-')?;
    Some((read_vid(first)?, read_vid(last)?))
}

/// R33: "if everything it asks for is known and given".
fn asked(minimum: Option<Release>, actual: Option<Release>) -> Asked {
    match (minimum, actual) {
        (None, _) => Asked::Given,
        (Some(_), None) => Asked::NotKnown,
        (Some(minimum), Some(actual)) if actual >= minimum => Asked::Given,
        (Some(_), Some(_)) => Asked::NotGiven,
    }
}

impl Case {
    /// 2.2: what the table says of the model's conversion.
    fn row_says(&self) -> &'static str {
        match (self.phone.row(), self.destination.as_str()) {
            (Some(row), "webex-calling") => row[2],
            (Some(row), "third-party") => row[3],
            (Some(row), _) => row[if self.phone.marked() { 5 } else { 6 }],
            // 8821 8831, and any other Cisco device: E2M no (S1, S2), M2E unknown
            (None, _) if self.to_mpp() && self.model_is(&["8821", "8831"]) => "no",
            (None, _) if self.to_mpp() && self.phone.other_device() => "no",
            // other 7800/8800 numbers
            (None, _) => "unknown",
        }
    }

    /// R33: the rows that say yes, those without releases to ask for first, then by id (R34).
    /// R36: "The row of the model says yes" is: there is one of these.
    pub(super) fn yes_rows(&self) -> Vec<YesRow> {
        let mut yes = Vec::new();
        let Some(model_row) = self.phone.row() else {
            return yes;
        };
        // 2.2: "VID rules apply to E2M"
        if self.row_says() == "yes" {
            let vids = read_vids(model_row[4]).filter(|_| self.to_mpp());
            yes.push(YesRow { vids, runs: None, target: None });
        }
        // R39: A01 to A03; "returning ones (marked 3PCC: still not listed)"
        for amendment in AMENDED_CONVERSIONS.iter() {
            let who_goes = match amendment[3] {
                "to-mpp" => self.to_mpp(),
                _ => !self.to_mpp() && !self.phone.marked(),
            };
            if self.book.applies(amendment[1]) && listed(amendment[2], model_row[0]) && who_goes {
                let runs = read_release(amendment[5]);
                let target = read_release(amendment[6]);
                yes.push(YesRow { vids: read_vids(amendment[4]), runs, target });
            }
        }
        yes.sort_by_key(|row| row.runs.is_some() || row.target.is_some());
        yes
    }

    /// R33: "(an MN load, a bare release, TLexE2M: not known)", "of the type that the phone leaves".
    fn what_runs(&self) -> Option<Release> {
        self.phone.release_to_compare(if self.to_mpp() { "enterprise" } else { "mpp" })
    }

    fn vid_asked(&self, row: &YesRow) -> Asked {
        match (row.vids, self.phone.vid.known()) {
            (None, _) => Asked::Given,
            (Some(_), None) => Asked::NotKnown,
            (Some((first, last)), Some(vid)) if first <= vid && vid <= last => Asked::Given,
            (Some(_), Some(_)) => Asked::NotGiven,
        }
    }

    fn running_asked(&self, row: &YesRow) -> Asked {
        asked(row.runs, self.what_runs())
    }

    fn target_asked(&self, row: &YesRow) -> Asked {
        asked(row.target, self.target_to_compare())
    }

    // R33: "It holds if everything ..., fails if one thing is known and not given, and is open otherwise."
    fn state(&self, row: &YesRow) -> State {
        let things = [self.vid_asked(row), self.running_asked(row), self.target_asked(row)];
        if things.contains(&Asked::NotGiven) {
            State::Fails
        } else if things.contains(&Asked::NotKnown) {
            State::Open
        } else {
            State::Holds
        }
    }

    fn open_rows(&self) -> Vec<YesRow> {
        let mut open = self.yes_rows();
        open.retain(|row| self.state(row) == State::Open);
        open
    }

    // R33: "with a missing VID, the rows that hold but for the VID leave no VID out"
    fn any_vid_holds(&self) -> bool {
        let mut but_for_the_vid = self.yes_rows();
        but_for_the_vid.retain(|row| {
            self.running_asked(row) == Asked::Given
                && self.target_asked(row) == Asked::Given
                && self.vid_asked(row) != Asked::NotGiven
        });
        let has = |vid: u16| but_for_the_vid.iter().any(|row| row.vids.is_none_or(|(a, b)| a <= vid && vid <= b));
        self.phone.vid.known().is_none() && (0..=LAST_VID).all(has)
    }

    // R33: "Yes: one row holds; ... No: every row fails. Otherwise the rule is unsettled."
    fn ruling(&self) -> Ruling {
        let states: Vec<State> = self.yes_rows().iter().map(|row| self.state(row)).collect();
        if states.contains(&State::Holds) || self.any_vid_holds() {
            Ruling::Yes
        } else if states.iter().all(|state| *state == State::Fails) {
            Ruling::No
        } else {
            Ruling::Unsettled
        }
    }

    // 2.2: whether the model can be converted
    pub(super) fn model(&mut self) {
        if self.phone.label.is_none() {
            return;
        }
        match self.ruling() {
            Ruling::Yes => {}
            Ruling::No => self.say_no(),
            Ruling::Unsettled => self.say_what_is_missing(),
        }
    }

    // R34: "No is said by the row that says no or 'not listed'", R18; "16 holds for all of them"
    fn say_no(&mut self) {
        let no = self.no();
        match self.row_says() {
            "no" if self.phone.other_device() => self.find("CG103", no),
            "no" => self.find("CG104", no),
            "unknown" => self.find("CG105", "unsettled"),
            "not-listed" => self.find("CG106", "unsettled"),
            _ => self.say_what_fails(),
        }
    }

    // R34: "Otherwise by the first yes row and the first thing that fails it: VID, target, what runs"
    fn say_what_fails(&mut self) {
        let no = self.no();
        let first = self.yes_rows()[0];
        if self.vid_asked(&first) == Asked::NotGiven {
            let below = first.vids.is_some_and(|(lowest, _)| self.phone.vid.known().is_some_and(|vid| vid < lowest));
            self.find(if below { "CG203" } else { "CG204" }, no);
        } else if self.target_asked(&first) == Asked::NotGiven {
            self.find("CG307", no);
        } else {
            self.find("CG305", no);
        }
    }

    // R35: "Unsettled is said once for each thing that is missing, by the rows that are open"; `missing_vid` says the VID
    fn say_what_is_missing(&mut self) {
        let contradictory = self.phone.release == Read::Contradictory;
        let not_for_family = self.target_is_not_for_family();
        for row in self.open_rows() {
            // "CG306 ..., unless the evidence of the release is contradictory: then CG311"
            let release = self.running_asked(&row) == Asked::NotKnown;
            self.find_if(release && !contradictory, "CG306", "unsettled");
            // "CG307 ..., unless CG312 speaks"
            let target = self.target_asked(&row) == Asked::NotKnown;
            self.find_if(target && !not_for_family, "CG307", "unsettled");
        }
    }

    // R35: an open row asks for a running release that is not known
    pub(super) fn running_release_could_decide(&self) -> bool {
        if self.settled() || self.ruling() != Ruling::Unsettled {
            return false;
        }
        self.open_rows().iter().any(|row| self.running_asked(row) == Asked::NotKnown)
    }

    // R19: where a missing VID could decide: "where the row of the model has a bound" (R35: "if some open or holding row
    // has a range"; with a missing VID such a row cannot hold), "or where a chosen target is below the minimum of a gate
    // that depends on the VID"
    pub(super) fn vid_could_decide(&self) -> bool {
        if self.settled() || self.phone.vid.known().is_some() {
            return false;
        }
        let open_range = self.open_rows().iter().any(|row| row.vids.is_some());
        let by_the_model = self.ruling() == Ruling::Unsettled && open_range;
        let chosen_release = match self.target {
            Target::Own => None,
            _ => self.target_to_compare(),
        };
        let below = |minimum: Release| chosen_release.is_some_and(|release| release < minimum);
        by_the_model || self.gate_rows().iter().any(|row| row.vids.is_some() && below(row.minimum))
    }

    // R19: "There an absent VID is CG201, an unreadable one CG202, a contradictory one CG311, each unsettled."
    pub(super) fn missing_vid(&mut self) {
        if self.vid_could_decide() {
            match self.phone.vid {
                Read::Absent => self.find("CG201", "unsettled"),
                Read::Unreadable => self.find("CG202", "unsettled"),
                // a contradictory one was said when it was read
                _ => {}
            }
        }
    }
}
