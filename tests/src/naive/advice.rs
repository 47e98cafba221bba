//! Advice beside a verdict (5): vulnerabilities, certificates, arrival, old phones, pages, call controls.

use super::Answer;
use super::case::Case;
use super::read::{Release, read_release};
use super::tables::{ADVICE, NEW_AUTHORITY, listed};

impl Case {
    /// "Advice rows ...; they never block." "Advice speaks beside every verdict that it concerns, also not-needed."
    pub(super) fn advise(&mut self, answer: &Answer) {
        for row in ADVICE.iter() {
            let &[code, day, to, models, about, .., disagreement] = row.as_slice() else { panic!("{row:?}") };
            // What is left behind stays at the call control that it has, whatever the destination.
            let concerns = self.goes(to) || about == "firmware" && answer.verdict == "ineligible";
            // Releases are read last: that takes longest, and most rows are about others.
            let is_told = self.book.applies(day) && concerns && self.is_one_of(models);
            if !is_told || !self.speaks_of_what_runs(answer, row) {
                continue;
            }
            let effect = match code {
                "CG409" => "requires",
                "CG603" => "notes",
                _ => "advises",
            };
            self.find(code, effect);
            if disagreement != "-" {
                self.find("CG601", "notes");
                self.disagreements.push(disagreement.to_string());
            }
        }
        if self.may_carry_the_new_authority(answer) {
            self.find("CG407", "advises");
        }
        // facts/model_facts.tsv, web-access: "off by default on Unified CM"; it tells VID and load
        let is_open = answer.verdict == "eligible" || answer.verdict == "unknown";
        let may_run_enterprise = self.phone.firmware_type.known().is_none_or(|known| known == "enterprise");
        let lacks = self.phone.vid.known().is_none() || self.phone.release.known().is_none();
        let off = is_open && may_run_enterprise && !self.phone.marked() && lacks && self.phone.row().is_some();
        self.find_if(off && self.book.applies("-"), "CG410", "advises");
    }

    /// Whether what runs, or will run, is what a row is about.
    fn speaks_of_what_runs(&self, answer: &Answer, row: &[&str]) -> bool {
        let &[_, _, to, _, about, from, below, _] = row else { panic!("{row:?}") };
        match about {
            // Where no release mends it: whatever runs MPP firmware, or may and is not left behind.
            "mpp" => self.phone.firmware_type.known().map_or(answer.verdict != "ineligible", |runs| runs == "mpp"),
            // What a call control needs of a phone that registers with it, whatever it runs.
            "any" => answer.verdict != "ineligible",
            _ => self.release_that_counts(answer, about, to).is_some_and(|release| {
                read_release(from).is_none_or(|from| release >= from)
                    && read_release(below).is_none_or(|below| release < below)
            }),
        }
    }

    /// The release that a row is held against: of what is installed, or of what a phone stays on.
    fn release_that_counts(&self, answer: &Answer, about: &str, to: &str) -> Option<Release> {
        let type_of_row = match to {
            _ if self.phone.one_image() => "phoneos",
            "unified-cm" => "enterprise",
            _ => "mpp",
        };
        let installed = match answer.verdict.as_str() {
            "eligible" => self.target_to_compare(),
            "unknown" if !self.yes_rows().is_empty() => self.target_to_compare(),
            _ => None,
        };
        let stays_on = match (answer.verdict.as_str(), about) {
            ("not-needed", _) | ("ineligible", "firmware") => self.phone.release_to_compare(type_of_row),
            _ => None,
        };
        match about {
            "now" => self.phone.release_to_compare("mpp"),
            "arrival" => installed,
            _ => installed.or(stays_on),
        }
    }

    fn goes(&self, to: &str) -> bool {
        match to {
            "to-mpp" => self.to_mpp(),
            "any" => true,
            to => to == self.destination,
        }
    }

    /// A list of models; `listed` are those of the table of 2.2.
    fn is_one_of(&self, models: &str) -> bool {
        let model = self.phone.model().unwrap_or_default();
        models.split(',').any(|name| match name {
            "listed" => self.phone.row().is_some(),
            "audio" => self.phone.row().is_some() && !listed("8845,8865,8865NR", &model),
            "older" => self.phone.row().is_some() && !model.ends_with("NR"),
            series if series.ends_with("xx") => model.starts_with(&series[..2]) && !self.phone.other_device(),
            "phoneos" => self.phone.one_image(),
            name => name == model,
        })
    }

    /// FN72302: every unit of the 3PCC products, and of others those made in the month or later.
    fn may_carry_the_new_authority(&self, answer: &Answer) -> bool {
        let model = self.phone.model().unwrap_or_default();
        let concerned = answer.verdict != "ineligible" && self.book.applies("2023-06-07");
        if !concerned || self.destination == "webex-calling" {
            return false;
        }
        // Nothing of the 6800 series goes to Unified CM.
        if model.starts_with("68") {
            return self.destination == "third-party";
        }
        let Some(row) = NEW_AUTHORITY.iter().find(|row| listed(row[0], &model)) else { return false };
        let made = self.phone.serial.as_deref().filter(|_| !self.phone.serial_unusual).map(made_in);
        // "a source that differs: year = 1997 + YY": "keep one year of slack".
        let (year, month) = row[1].split_once('-').expect("a month");
        let from = format!("{:04}-{month}", year.parse::<u32>().expect("a year").saturating_sub(1));
        self.phone.marked() || made.as_deref().is_none_or(|made| made >= from.as_str())
    }
}

/// facts/certificates.tsv: "year of manufacture = 1996 + YY", and the weeks of each month.
fn made_in(serial: &str) -> String {
    let (year, week): (u32, u32) = (serial[3..5].parse().expect("digits"), serial[5..7].parse().expect("digits"));
    let month = match week {
        1..=5 => 1,
        6..=9 => 2,
        10..=14 => 3,
        15..=18 => 4,
        19..=22 => 5,
        23..=27 => 6,
        28..=31 => 7,
        32..=35 => 8,
        36..=40 => 9,
        41..=44 => 10,
        45..=48 => 11,
        _ => 12,
    };
    format!("{}-{month:02}", 1996 + year)
}
