//! Answers as the words of their result columns.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

use crate::assess::{
    Assessment, Finding, FirmwareToInstall, Gate, GateStatus, License, PhoneRead, decided_by, evidence_needed, why,
};
use crate::fleet::{ResultColumn, Summary, Tally};
use crate::rulebook::rows::Stage;

/// Stands for the MAC address of the row in the words of columns that hold it.
pub(crate) const MAC: &str = "{MAC}";

/// A fleet has some hundreds.
const MOST_ANSWERS: usize = 1 << 16;

/// Which answer; they count from 0.
pub(crate) type AnswerId = u32;

/// Which word of a column; they count from 1, and 0 is no word.
type WordId = u32;

/// All different answers that were given.
#[derive(Default)]
pub(crate) struct Answers {
    words: [Distinct<Box<str>>; ResultColumn::COUNT],
    answers: Distinct<Answer>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Answer {
    words: [WordId; ResultColumn::COUNT],
    tally: Tally,
}

impl Answers {
    /// The id of this answer. `holds_mac_of_row` says that the MAC of the assessment stands for that of each row.
    pub(crate) fn add(&mut self, assessment: &Assessment<'_>, holds_mac_of_row: bool) -> AnswerId {
        let mut words = [0; ResultColumn::COUNT];
        let views = Views::of(assessment);
        for (column, word) in ResultColumn::ALL.iter().zip(&mut words) {
            let text = views.text(*column, holds_mac_of_row);
            *word = text.map_or(0, |text| self.words[*column as usize].id(text.into_boxed_str()) + 1);
        }
        self.answers.id(Answer { words, tally: Tally::of_findings(assessment, &views.findings) })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.answers.values.len()
    }

    /// Whether there are so many that they should be forgotten, together with what every [`Memo`](super::Memo) knows of them.
    pub(crate) fn is_full(&self) -> bool {
        self.len() > MOST_ANSWERS
    }

    /// The word that an answer has in a column.
    pub(crate) fn word(&self, id: AnswerId, column: ResultColumn) -> WordId {
        self.answers.values[id as usize].words[column as usize]
    }

    /// How many words a column has.
    #[cfg(feature = "arrow")]
    pub(crate) fn word_count(&self, column: ResultColumn) -> usize {
        self.words[column as usize].values.len()
    }

    /// The text of a word.
    pub(crate) fn text(&self, column: ResultColumn, word: WordId) -> Option<&str> {
        self.words[column as usize].values.get(word.checked_sub(1)? as usize).map(|text| &**text)
    }

    /// Counts this many phones that got this answer.
    pub(crate) fn count(&self, id: AnswerId, times: usize, summary: &mut Summary) {
        summary.add_times(&self.answers.values[id as usize].tally, times);
    }
}

/// Different values, in the order in which they came.
struct Distinct<T> {
    ids: HashMap<T, u32, RandomState>,
    values: Vec<T>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { ids: HashMap::default(), values: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Distinct<T> {
    fn id(&mut self, value: T) -> u32 {
        if let Some(id) = self.ids.get(&value) {
            return *id;
        }
        let id = self.values.len() as u32;
        self.values.push(value.clone());
        self.ids.insert(value, id);
        id
    }
}

/// Everything about an answer, computed once.
struct Views<'v, 'a> {
    answer: &'v Assessment<'a>,
    read: PhoneRead,
    findings: Vec<Finding<'a>>,
    gates: Vec<Gate<'a>>,
    firmware: Option<FirmwareToInstall<'a>>,
    license: Option<License<'a>>,
}

impl<'v, 'a> Views<'v, 'a> {
    fn of(answer: &'v Assessment<'a>) -> Self {
        Self {
            answer,
            read: answer.phone_read(),
            findings: answer.findings().collect(),
            gates: answer.gates().collect(),
            firmware: answer.firmware(),
            license: answer.license(),
        }
    }

    /// What the answer has in a column.
    fn text(&self, column: ResultColumn, holds_mac_of_row: bool) -> Option<String> {
        let Self { answer, read, findings, gates, firmware, license } = self;
        let verdict = answer.verdict();
        let own = |text: &str| Some(text.to_owned());
        match column {
            ResultColumn::ReadModel => read.model.map(|model| model.to_string()),
            ResultColumn::ReadVid => read.vid.map(|vid| vid.to_string()),
            ResultColumn::ReadMac if holds_mac_of_row => own(MAC),
            ResultColumn::ReadMac => read.mac.map(|mac| mac.to_string()),
            ResultColumn::ReadFirmwareType => own(read.firmware_type?.as_str()),
            ResultColumn::ReadRelease => read.release.map(|release| release.to_string()),
            ResultColumn::Verdict => own(verdict.as_str()),
            ResultColumn::Findings => Some(codes(findings)),
            ResultColumn::DecidedBy => in_one_text(decided_by(verdict, findings).iter().map(|code| code.as_str())),
            ResultColumn::EvidenceNeeded => {
                in_one_text(evidence_needed(verdict, findings).iter().map(|field| field.as_str()))
            }
            ResultColumn::StartGate => own(worst_gate(gates, Stage::Start)?.as_str()),
            ResultColumn::TargetGate => own(worst_gate(gates, Stage::Target)?.as_str()),
            ResultColumn::InstallFirst => Some(gates.iter().find_map(|gate| gate.install_first())?.to_string()),
            ResultColumn::TargetLoad => Some(firmware.as_ref()?.load()?.to_string()),
            ResultColumn::LoadServer => own(firmware.as_ref()?.load_server()?),
            ResultColumn::LicenseNeed => own(license.as_ref()?.need().as_str()),
            ResultColumn::LicenseSku => own(license.as_ref()?.sku()?),
            ResultColumn::ServiceSku => own(license.as_ref()?.service_sku()?),
            ResultColumn::LicenseFile if holds_mac_of_row => license.as_ref()?.file_for(&MAC),
            ResultColumn::LicenseFile => license.as_ref()?.file(),
            ResultColumn::Why => Some(why(answer, findings, gates)),
        }
    }
}

/// The codes of the findings, each once.
fn codes(findings: &[Finding<'_>]) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code().as_str()).collect();
    codes.dedup();
    codes.join(" ")
}

/// The words in one text; none if there are none.
fn in_one_text<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let words: Vec<_> = words.collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Unmet is worse than unknown, unknown worse than met.
fn worst_gate(gates: &[Gate<'_>], on: Stage) -> Option<GateStatus> {
    let badness = |status: &GateStatus| match status {
        GateStatus::Unmet => 2,
        GateStatus::Unknown => 1,
        GateStatus::Met => 0,
    };
    gates.iter().filter(|gate| gate.on() == on).map(|gate| gate.status()).max_by_key(badness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::runs;
    use crate::destination::Destination;
    use crate::phone::Phone;

    #[test]
    fn the_findings_of_an_answer_are_worked_out_once_for_all_columns_and_counts() {
        let phone = Phone::new("CP-7821-K9=");
        let answer = crate::assess::assess(&phone, Destination::ThirdParty);
        assert_eq!(runs::of(|| assert_eq!(Answers::default().add(&answer, false), 0)), 1);
    }
}
