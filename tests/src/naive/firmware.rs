//! Firmware to install (2.6), with the targets and loads of the amendments (R38).

use super::Firmware;
use super::decide::Case;
use super::read::{Load, Release, read_load, read_release};
use super::tables::{LOAD_NAMES, LOADS, NEWEST_TARGETS, WEBEX_LOAD_SERVER, row};

/// 2.6: what the caller chose, or the book's own.
pub(super) enum Target {
    Own,
    Release(Release),
    Loads(Vec<Load>),
}

/// What a target means for one phone.
#[derive(Clone)]
pub(super) enum Served {
    /// The target serves this release, by this load if one was named.
    With(Release, Option<Load>),
    /// 2.6: the target does not serve the family (CG312), or the book has no own load.
    Not,
}

/// 2.6: "`target` is a release, a load, or one load per family."
pub(super) fn read_target(text: Option<&str>) -> Target {
    let text = text.unwrap_or("").trim();
    let loads: Vec<Load> = text.split(',').filter_map(read_load).collect();
    match read_release(text) {
        _ if !loads.is_empty() => Target::Loads(loads),
        Some(release) => Target::Release(release),
        None => Target::Own,
    }
}

impl Target {
    /// 4: "what the caller chose, canonical, or null"
    pub(super) fn canonical(&self) -> Option<String> {
        match self {
            Target::Own => None,
            Target::Release(release) => Some(release.display()),
            Target::Loads(loads) => {
                let names: Vec<&str> = loads.iter().map(|load| load.name.as_str()).collect();
                Some(names.join(","))
            }
        }
    }
}

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

    // R38: "Before its date such a load is not known to the book; every other load ... is known at every date (A26)"
    fn amended_names(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = LOAD_NAMES.iter().map(|row| row[0]).collect();
        let too_new = |name: &str| NEWEST_TARGETS.iter().any(|row| row[3] == name && !self.book.applies(row[1]));
        names.retain(|name| self.book.applies("-") && !too_new(name));
        names
    }

    /// 2.6: the book's loads of the phone's family and of the type that the destination needs, MN loads left out.
    fn loads_of_the_book(&self) -> Vec<Load> {
        let Some(model_row) = self.phone.row() else {
            return Vec::new();
        };
        let mut names = row(&LOADS, &[model_row[1]]).unwrap_or_default();
        names.extend(self.amended_names());
        names.retain(|name| name.starts_with(&format!("sip{}.", model_row[1])));
        let mut loads: Vec<Load> = names.into_iter().filter_map(read_load).collect();
        loads.retain(|load| load.firmware_type == self.needed() && !load.engineering);
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
        // 5: "newest target loads ..., for both E2M destinations"; the rows stand in the order of their dates
        for newest in NEWEST_TARGETS.iter() {
            if self.to_mpp() && newest[2] == family && self.book.applies(newest[1]) {
                own = newest[3];
            }
        }
        read_load(own)
    }

    // 2.6: "No target: the book's own load for the family and destination; if it fails a gate that could apply
    // on the evidence there is, the lowest load of the book that meets them all; if there is none" none
    fn own_load(&self) -> Option<Load> {
        let own = self.load_of_the_table()?;
        let gates = self.gate_rows_that_could_apply();
        let meets_all = |load: &Load| gates.iter().all(|row| load.release >= Some(row.minimum));
        if meets_all(&own) {
            return Some(own);
        }
        self.loads_of_the_book().into_iter().find(meets_all)
    }

    // 2.6: firmware to install
    pub(super) fn firmware(&mut self) -> Firmware {
        let mut firmware = Firmware { firmware_type: self.needed().to_string(), ..Firmware::default() };
        match self.served.clone() {
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
}
