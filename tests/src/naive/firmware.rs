//! Firmware to install (2.6), with the targets and loads of the amendments (R38).

use std::sync::LazyLock;

use super::case::{Case, either};
use super::read::{Load, Release, read_load, read_release};
use super::tables::{LOADS, NEWEST_TARGETS, RELEASE_DAYS, WEBEX_LOAD_SERVER, row};
use super::target_for_phone::{Served, Target};
use super::{Firmware, Gate};
use crate::facts;

/// 5: "all other load names of that file are known loads a target may name, each from the day of its release": load, day and
/// confidence. `field` knows a load without a day at every date; `guide` does not know it.
static FACTS: LazyLock<Vec<(Load, &str, &str)>> = LazyLock::new(|| {
    let facts = facts::loads().into_iter();
    let known = facts.filter_map(|fact| {
        let release = fact.release.split(' ').next().unwrap_or_default();
        let day = row(&RELEASE_DAYS, &[fact.firmware_type, release]).map_or("-", |row| row[2]);
        Some((read_load(fact.name)?, day, fact.confidence))
    });
    known.collect()
});

impl Case {
    /// 2.6: what the target (or the book's own) means for the phone's family.
    pub(super) fn work_out_target(&self) -> Option<Served> {
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

    // R33: "the release of the target is that of the chosen target or of the book's own load, and not known for an MN load,
    // a target without a load for the family, or a book without a load"; gates compare the same (R22, R24)
    pub(super) fn target_to_compare(&self) -> Option<Release> {
        match self.served.as_ref()? {
            Served::With(_, Some(load)) if load.engineering => None,
            Served::With(release, _) => Some(*release),
            Served::Not => None,
        }
    }

    // 2.6: "A phone whose family it does not serve: CG312"; R22: "CG312 needs a model of the table"
    pub(super) fn target_is_not_for_family(&self) -> bool {
        !matches!(self.target, Target::Own) && matches!(self.served, Some(Served::Not))
    }

    /// 2.6: the book's loads of the phone's family and of this type that an answer may choose ("confidence high or medium";
    /// 7: MN is "not a customer release"), the newest last.
    fn loads_to_choose_from(&self, firmware_type: &str) -> Vec<Load> {
        let Some(model_row) = self.phone.row() else {
            return Vec::new();
        };
        let family = model_row[1];
        let names = row(&LOADS, &[family]).unwrap_or_default();
        let mut loads: Vec<Load> = names.into_iter().skip(1).filter_map(read_load).collect();
        for (load, day, confidence) in FACTS.iter().filter(|(load, ..)| load.family == family) {
            // the facts also say it of a load that `guide` has
            if self.book.applies(day) && *confidence == "low" {
                loads.retain(|known| known != load);
            } else if self.book.applies(day) {
                loads.push(load.clone());
            }
        }
        loads.retain(|load| load.firmware_type == firmware_type && !load.engineering);
        // 7: "Loads order by (maj, min, mic, SS, NN), then build"
        loads.sort_by_key(|load| (load.release, load.respin, load.build));
        loads
    }

    // 2.6: "the book's own load for the family and destination (the table; A20 replaces it in `field`)"
    fn load_of_the_table(&self) -> Option<Load> {
        let family = self.phone.row()?[1];
        let of_the_family = row(&LOADS, &[family])?;
        let mut own = match self.destination.as_str() {
            "third-party" => of_the_family[1],
            "webex-calling" => of_the_family[2],
            _ => of_the_family[3],
        };
        let way = either(self.to_mpp(), "to-mpp", "back");
        for newest in NEWEST_TARGETS.iter() {
            if self.book.applies(newest[0]) && newest[1] == family && newest[2] == way {
                own = newest[3];
            }
        }
        read_load(own)
    }

    // 2.6: "the load that a source names for this use, if it passes every gate of its stage and every lasting floor that could
    // apply to this hardware (a missing VID could be any); else the newest of the book's loads for family and type that does;
    // none if there is none"
    fn which_load(&self, named: Option<Load>, firmware_type: &str, gates: &[Release]) -> Option<Load> {
        let floors: Vec<Release> = self.floors_that_could_apply(firmware_type).iter().map(|row| row.minimum).collect();
        let passes = |load: &Load| gates.iter().chain(&floors).all(|minimum| load.release >= Some(*minimum));
        let of_the_book = self.loads_to_choose_from(firmware_type).into_iter();
        named.filter(passes).or(of_the_book.rev().find(passes))
    }

    fn own_load(&self) -> Option<Load> {
        let gates: Vec<Release> = self.gate_rows_that_could_apply().iter().map(|row| row.minimum).collect();
        self.which_load(self.load_of_the_table(), self.needed(), &gates)
    }

    // 2.5: "A start gate unmet (CG305) names the Enterprise or MPP load to install first." 2.6: "a step before E2M takes the
    // newest; a step before M2E the one S2 names (12.0(3), 8832 SR1), if it passes"
    pub(super) fn load_to_install_first(&self, gates: &[Gate]) -> Option<String> {
        let unmet = gates.iter().find(|gate| gate.on == "start" && gate.status == "unmet")?;
        let minimum = read_release(&unmet.minimum)?;
        let family = self.phone.row()?[1];
        let named_by_s2 = if self.to_mpp() { None } else { row(&LOADS, &[family]).and_then(|row| read_load(row[1])) };
        self.which_load(named_by_s2, &unmet.firmware_type, &[minimum]).map(|load| load.name)
    }

    // 2.6: firmware to install
    pub(super) fn firmware(&mut self) -> Firmware {
        let mut firmware = Firmware { firmware_type: self.needed().to_string(), ..Firmware::default() };
        match self.served.clone() {
            Some(Served::With(release, named)) => {
                firmware.release = Some(release.display());
                // R32: several loads of one release: the highest
                let mut of_the_book = self.loads_to_choose_from(self.needed());
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
}
