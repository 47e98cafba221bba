//! All ways to choose between the sides of a phone, and what stays of it where no choice is free.

use std::collections::BTreeSet;

use super::claims::{AllClaims, Claims, Side};
use super::questions::{Outcome, outcomes};
use super::values::Running;
use crate::assess::{Field, Verdict};
use crate::firmware::FirmwareType;
use crate::inventory::said::Said;
use crate::phone::{Mac, Phone};

/// The fields of which a choice between two values can change an answer.
const DECISIVE: [Field; 5] = [Field::Pid, Field::Vid, Field::Load, Field::FirmwareType, Field::Authorization];

/// So many ways to choose are tried; with more, no choice is trusted.
const MOST_WAYS: usize = 64;

/// Which side of each decisive field is taken.
type Picks = [usize; DECISIVE.len()];

/// What is said of a phone that its sources show with either type.
const BOTH_TYPES: &str = "enterprise and mpp";

/// Conflicts that change no answer: the same old load stands in many rows of a list.
#[derive(Default)]
pub(in crate::inventory) struct Harmless {
    conflicts: BTreeSet<String>,
}

impl Harmless {
    const MOST: usize = 4096;

    fn remember(&mut self, key: String) {
        if self.conflicts.len() == Self::MOST {
            self.conflicts.clear();
        }
        self.conflicts.insert(key);
    }
}

/// All ways to choose between the sides.
pub(super) struct Ways<'c> {
    claims: &'c AllClaims,
    mac: Option<Mac>,
    /// Each way with the answers about its phone, once they were asked for; nothing if there are too many.
    answered: Vec<(Picks, Vec<Outcome>)>,
}

impl<'c> Ways<'c> {
    pub(super) fn new(claims: &'c AllClaims, mac: Option<Mac>) -> Self {
        Self { claims, mac, answered: Vec::new() }
    }

    /// How many sides each field has.
    fn sides(&self) -> [usize; DECISIVE.len()] {
        let AllClaims { product, vid, running, firmware_type, authorization, .. } = self.claims;
        [
            product.sides.len(),
            vid.sides.len(),
            running.sides.len(),
            firmware_type.sides.len(),
            authorization.sides.len(),
        ]
    }

    /// The fields that have more than one side.
    fn contested(&self) -> impl Iterator<Item = (usize, Field)> + use<> {
        let sides = self.sides();
        DECISIVE.into_iter().enumerate().filter(move |(index, _)| sides.get(*index).is_some_and(|sides| *sides > 1))
    }

    /// Every way to choose, or none if they are too many.
    fn all(&self) -> Vec<Picks> {
        let mut ways = vec![Picks::default()];
        for (field, sides) in self.sides().into_iter().enumerate() {
            let with = |way: Picks| {
                (0..sides.max(1)).map(move |side| {
                    let mut way = way;
                    way[field] = side;
                    way
                })
            };
            if ways.len() * sides > MOST_WAYS {
                return Vec::new();
            }
            ways = ways.into_iter().flat_map(with).collect();
        }
        ways
    }

    /// The fields of which another choice gives another answer, whatever else is chosen.
    pub(super) fn open_fields(&mut self, harmless: &mut Harmless) -> Vec<Field> {
        if self.contested().next().is_none() {
            return Vec::new();
        }
        let AllClaims { product, vid, running, firmware_type, authorization, .. } = self.claims;
        let key = format!("{:?} {product} {vid} {running} {firmware_type} {authorization}", self.mac.is_some());
        if harmless.conflicts.contains(&key) {
            return Vec::new();
        }
        let answers = |way| (way, outcomes(&self.phone(way)).collect());
        self.answered = self.all().into_iter().map(answers).collect();
        let is_open = |field: usize| {
            self.answered.is_empty()
                || self.answered.iter().any(|(one, answers)| {
                    let is_neighbor = |two: &Picks| differ_in(one, two) == Some(field);
                    self.answered.iter().any(|(two, others)| is_neighbor(two) && answers != others)
                })
        };
        let open: Vec<_> = self.contested().filter(|(index, _)| is_open(*index)).map(|(_, field)| field).collect();
        if open.is_empty() {
            harmless.remember(key);
        }
        open
    }

    /// The phone with these sides.
    fn phone(&self, [product, vid, running, firmware_type, authorization]: Picks) -> Phone<'c> {
        let claims = self.claims;
        let named = claims.product.sides.get(product).map(|side| side.value.text.as_str());
        let mut phone = Phone::new(named.or(claims.product.not_read()));
        if let Some(mac) = self.mac {
            phone = phone.mac(mac);
        }
        let phone = match claims.serial.sides.first() {
            Some(side) => phone.serial(side.value),
            None => phone.serial(claims.serial.not_read()),
        };
        let phone = match claims.vid.sides.get(vid) {
            Some(side) => phone.vid(side.value),
            None => phone.vid(claims.vid.not_read()),
        };
        let phone = match claims.authorization.sides.get(authorization) {
            Some(side) => phone.authorization(side.value),
            None => phone.authorization(claims.authorization.not_read()),
        };
        let phone = match claims.firmware_type.sides.get(firmware_type) {
            Some(side) => phone.firmware_type(side.value),
            None => phone.firmware_type(claims.firmware_type.not_read()),
        };
        match claims.running.sides.get(running) {
            Some(side) => with_running(phone, &side.value),
            None => phone.load(claims.running.not_read()),
        }
    }

    /// The phone in which no side of an open field is evidence.
    pub(super) fn settled(&self, open: &[Field]) -> Phone<'static> {
        let best = self.phone(Picks::default());
        if open.is_empty() {
            return best.into_owned();
        }
        let phone = self.without(best, open);
        if self.is_unsettled(&phone) {
            return phone;
        }
        // The rest of the evidence would still settle it: then nobody knows what runs, nor what it is.
        let phone = phone.firmware_type(BOTH_TYPES);
        if self.is_unsettled(&phone) {
            return phone;
        }
        let text = self.claims.product.sides.first().map_or("", |side| side.value.text.as_str());
        renamed(phone, format!("{text}, contradicted by its sources"))
    }

    /// Whether the verdict is unknown wherever the ways differ.
    fn is_unsettled(&self, phone: &Phone<'_>) -> bool {
        outcomes(phone).enumerate().all(|(index, (verdict, ..))| {
            let mut answers = self.answered.iter().filter_map(|(_, answers)| answers.get(index)).map(|answer| answer.0);
            let is_agreed = answers.next().is_some_and(|first| answers.all(|other| other == first));
            is_agreed || verdict == Verdict::Unknown
        })
    }

    /// The phone without the sides of these fields, whose texts stay for whoever reads the findings.
    fn without(&self, phone: Phone<'_>, open: &[Field]) -> Phone<'static> {
        let claims = self.claims;
        let is_open = |field| open.contains(&field);
        let mut phone = phone.into_owned();
        if is_open(Field::Pid) {
            phone = renamed(phone, texts(&claims.product, |named| named.text.clone()));
        }
        if is_open(Field::Vid) {
            phone = phone.vid(texts(&claims.vid, ToString::to_string));
        }
        if is_open(Field::Authorization) {
            phone = phone.authorization(texts(&claims.authorization, ToString::to_string));
        }
        if is_open(Field::Load) {
            phone = without_running(phone, &claims.running.sides);
        }
        if is_open(Field::FirmwareType) {
            phone = match phone.load_evidence().known().map(|load| load.firmware_type()) {
                // The load says the one, this says the other.
                Some(FirmwareType::Mpp) => phone.firmware_type(FirmwareType::Enterprise),
                Some(FirmwareType::Enterprise) => phone.firmware_type(FirmwareType::Mpp),
                Some(_) | None => phone.firmware_type(BOTH_TYPES),
            };
        }
        phone
    }
}

fn with_running<'a>(phone: Phone<'a>, running: &'a Running) -> Phone<'a> {
    let phone = match (&running.load, &running.hint) {
        (Some(load), _) => phone.load(*load),
        (None, Some(hint)) => phone.load(hint.as_str()),
        (None, None) => phone,
    };
    match running.said_release {
        Some(release) => phone.release(release),
        None => phone,
    }
}

/// What is left where rows disagree about what runs: the type, if all their loads are of one.
fn without_running(phone: Phone<'static>, sides: &[Side<Running>]) -> Phone<'static> {
    let mut releases: Vec<String> = Vec::new();
    for release in sides.iter().filter_map(|side| side.value.release()) {
        let release = release.to_string();
        if !releases.contains(&release) {
            releases.push(release);
        }
    }
    let types: Vec<_> = sides.iter().filter_map(|side| Some(side.value.load?.firmware_type())).collect();
    let has_hint = sides.iter().any(|side| side.value.hint.is_some());
    let phone = phone.load("").release(releases.join(" and "));
    match types.first() {
        Some(first) if !has_hint && types.iter().all(|other| other == first) => {
            if phone.firmware_type_evidence().known().is_some() { phone } else { phone.firmware_type(*first) }
        }
        None if !has_hint => phone,
        Some(_) | None => phone.firmware_type(BOTH_TYPES),
    }
}

/// The same phone under another product text.
fn renamed(phone: Phone<'static>, text: String) -> Phone<'static> {
    Phone::new(text)
        .vid(phone.vid_evidence().clone())
        .mac(phone.mac_evidence().clone())
        .serial(phone.serial_evidence().clone())
        .load(phone.load_evidence().clone())
        .release(phone.release_evidence().clone())
        .firmware_type(phone.firmware_type_evidence().clone())
        .authorization(phone.authorization_evidence().clone())
}

/// All sides in one text, which nobody reads as one of them.
fn texts<T>(claims: &Claims<T>, text: impl Fn(&T) -> String) -> String {
    let mut said = Said::default();
    claims.sides.iter().for_each(|side| said.hear(text(&side.value), |_, _| false));
    said.into_owned().unwrap_or_default()
}

/// In which field two ways differ, if it is one alone.
fn differ_in(one: &Picks, two: &Picks) -> Option<usize> {
    let mut fields = (0..DECISIVE.len()).filter(|field| one.get(*field) != two.get(*field));
    fields.next().filter(|_| fields.next().is_none())
}
