//! What was said differently of one thing, side by side.

use std::fmt::{self, Display};

use super::case::{Case, Told, are_of_one_family, is_view_of_call_control};
use super::contradiction_subject::{Subject, in_words};
use super::registry::Field;
use super::remark::About;
use crate::firmware::{FirmwareType, LoadName};
use crate::phone::Evidence;
use crate::rulebook::rows::{FloorRow, SingleFirmwareRow, VidRange};
use crate::text::{Shown, listed};

/// A thing of which the evidence contradicts itself, and all sides: fields of the phone, places of one field, and a rule that
/// says what the hardware runs.
///
/// # Example
/// ```
/// use crossgrade::{Destination, Field, Phone, assess};
///
/// let phone = Phone::new("CP-7841-K9=V04").vid("V05");
/// let contradictions = assess(&phone, Destination::ThirdParty).contradictions();
/// assert_eq!(contradictions[0].field(), Field::Vid);
/// let sides: Vec<_> = contradictions[0].sides().iter().map(|side| (side.said_by(), side.value())).collect();
/// assert_eq!(sides, [(Field::Vid, "V05"), (Field::Pid, "V04")]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction<'a> {
    field: Field,
    sides: Vec<ContradictorySide<'a>>,
}

/// One side of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContradictorySide<'a> {
    said_by: Field,
    value: String,
    place: &'a str,
    sentence: String,
}

impl<'a> Contradiction<'a> {
    /// What is said differently.
    pub fn field(&self) -> Field {
        self.field
    }

    /// All sides, the best of each field first.
    pub fn sides(&self) -> &[ContradictorySide<'a>] {
        &self.sides
    }

    fn about(field: Field) -> Self {
        Self { field, sides: Vec::new() }
    }

    /// One side more, if the field says anything.
    fn push(&mut self, said_by: Field, value: Option<impl Display>, place: &'a str) {
        if let Some(value) = value {
            let (value, name) = (value.to_string(), name(said_by));
            let sentence = format!("{name} says {}", Shown::new(&value));
            self.sides.push(ContradictorySide { said_by, value, place, sentence });
        }
    }

    /// All that a field of the phone says.
    fn push_all<T: Display>(&mut self, said_by: Field, evidence: &'a Evidence<'_, T>) {
        match evidence {
            Evidence::Absent | Evidence::Unreadable(_) => {}
            Evidence::Known(value) => self.push(said_by, Some(value), ""),
            Evidence::Contradictory(sides) => {
                sides.iter().for_each(|side| self.push(said_by, Some(side.value()), side.place()));
            }
        }
    }

    fn push_type(&mut self, said_by: Field, firmware_type: FirmwareType, place: &'a str, who: &dyn Display) {
        let sentence = format!("{who} says {}", firmware_type.name());
        self.sides.push(ContradictorySide { said_by, value: firmware_type.to_string(), place, sentence });
    }
}

impl ContradictorySide<'_> {
    /// The field that says it.
    pub fn said_by(&self) -> Field {
        self.said_by
    }

    /// What it says of the thing, canonical.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Where it was said, or the id of the rule that says it; nothing if nobody told.
    pub fn place(&self) -> Option<&str> {
        (!self.place.is_empty()).then_some(self.place)
    }
}

/// `the VID says V03 (page 10.0.0.7)`
impl Display for ContradictorySide<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        match self.place {
            "" => Ok(()),
            place => write!(f, " ({})", Shown::new(place)),
        }
    }
}

/// `Evidence of the hardware version contradicts itself: the VID says V03; the product text says V01.`
impl Display for Contradiction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = in_words(self.field);
        let sides = listed(&self.sides, "; ", 0, ToString::to_string);
        write!(f, "Evidence of {about} contradicts itself: {sides}.")
    }
}

/// A field in a sentence.
fn name(field: Field) -> &'static str {
    match field {
        Field::Pid => "the product text",
        Field::Vid => "the VID",
        Field::Mac => "the MAC",
        Field::Serial => "the serial number",
        Field::Load => "the load",
        Field::Release => "the release",
        Field::FirmwareType => "the firmware type",
        Field::Authorization => "the authorization",
        Field::Target => "the target",
    }
}

impl<'a> Case<'a> {
    /// Every thing that was said differently, by field.
    pub(super) fn contradictions(&self) -> Vec<Contradiction<'a>> {
        let contradicts_hardware = self.contradicts_hardware();
        let subjects = [
            (Subject::Product, self.phone.product().sides().is_some()),
            (Subject::Vid, self.vid == Told::Contradictory),
            (Subject::Mac, self.mac() == Told::Contradictory),
            (Subject::Serial, self.phone.serial_evidence().sides().is_some()),
            (Subject::Load, self.loads_said().is_some()),
            (Subject::Hardware, contradicts_hardware),
            (Subject::Type, !contradicts_hardware && self.differs_in_type()),
            (Subject::Release, self.release() == Told::Contradictory),
            (Subject::Authorization, self.phone.authorization_evidence().sides().is_some()),
        ];
        subjects.into_iter().filter(|(_, is_said)| *is_said).map(|(subject, _)| self.contradiction(subject)).collect()
    }

    /// Whether what is said to run is not what the hardware runs.
    pub(super) fn contradicts_hardware(&self) -> bool {
        self.single_firmware.is_some_and(|row| match self.firmware_type {
            Told::Known(firmware_type) => firmware_type != row.runs,
            Told::Contradictory => true,
            Told::Nothing | Told::Unreadable => false,
        })
    }

    /// Whether the type was said differently. With one image for all, words that differ say so, and decide nothing.
    pub(super) fn differs_in_type(&self) -> bool {
        let words_differ = || self.phone.firmware_type_evidence().sides().is_some();
        self.firmware_type == Told::Contradictory || self.single_firmware.is_some() && words_differ()
    }

    /// Whether the hardware version is contradictory because of what runs.
    pub(super) fn vid_contradicts_what_runs(&self) -> bool {
        self.above_what_runs.is_some_and(|row| row.vid.has_bound())
    }

    /// What is said of the hardware version and of what runs, and the floor that lets one of them be wrong.
    fn floor_sides(&self, field: Field, floor: &'a FloorRow) -> Contradiction<'a> {
        let (mut of_vid, of_release) = (self.sides(Subject::Vid), self.sides(Subject::Release));
        of_vid.sides.extend(of_release.sides);
        let model = self.product.map_or_else(String::new, |product| product.model().to_string());
        let hardware = in_words_of(floor.vid);
        let (firmware_type, value) = (floor.firmware_type.name(), floor.minimum.to_string());
        let sentence = format!("the {model}{hardware} runs nothing below {firmware_type} {value}");
        of_vid.sides.push(ContradictorySide { said_by: Field::Pid, value, place: &floor.origin.id, sentence });
        Contradiction { field, sides: of_vid.sides }
    }

    /// All sides of one thing that was said differently.
    pub(super) fn contradiction(&self, subject: Subject) -> Contradiction<'a> {
        match (subject, self.above_what_runs) {
            (Subject::Floor | Subject::Release, Some(floor)) => self.floor_sides(Field::Release, floor),
            (Subject::Vid, Some(floor)) if floor.vid.has_bound() => self.floor_sides(Field::Vid, floor),
            _ => self.sides(subject),
        }
    }

    /// All that is said of one thing.
    fn sides(&self, subject: Subject) -> Contradiction<'a> {
        let (phone, product) = (self.phone, self.product);
        match subject {
            Subject::Type | Subject::Hardware => self.contradictory_type(),
            Subject::Release | Subject::Floor => {
                let mut sides = Contradiction::about(Field::Release);
                for (load, place) in self.loads_that_count() {
                    let family = self.family_in_words(load);
                    let (value, says) = match load.release() {
                        Some(release) => (release.to_string(), release.to_string()),
                        // A load of another family is a side, whatever it says.
                        None if !family.is_empty() => (load.to_string(), "no release".to_owned()),
                        None => continue,
                    };
                    let sentence = format!("the load {load}{family} says {says}");
                    sides.sides.push(ContradictorySide { said_by: Field::Load, value, place, sentence });
                }
                sides.push_all(Field::Release, phone.release_evidence());
                sides.push(Field::Pid, product.and_then(|product| product.release()), "");
                sides
            }
            Subject::Vid => {
                let mut sides = Contradiction::about(Field::Vid);
                sides.push_all(Field::Vid, phone.vid_evidence());
                sides.push(Field::Pid, product.and_then(|product| product.vid()), "");
                sides
            }
            Subject::Mac => {
                let mut sides = Contradiction::about(Field::Mac);
                sides.push_all(Field::Mac, phone.mac_evidence());
                sides.push(Field::Pid, product.and_then(|product| product.mac()), "");
                sides
            }
            Subject::Product => {
                let mut sides = Contradiction::about(Field::Pid);
                for side in phone.product().sides().into_iter().flatten() {
                    sides.push(Field::Pid, Some(side.text()), side.place());
                }
                sides
            }
            Subject::Serial => Contradiction::of(Field::Serial, phone.serial_evidence()),
            Subject::Load => Contradiction::of(Field::Load, phone.load_evidence()),
            Subject::Authorization => Contradiction::of(Field::Authorization, phone.authorization_evidence()),
        }
    }

    /// The loads that say what runs, each with the place where it was said.
    fn loads_that_count(&self) -> impl Iterator<Item = (&'a LoadName, &'a str)> + use<'a> {
        let said = self.loads_said().into_iter().flatten().map(|side| (side.value(), side.place()));
        self.own_load().into_iter().map(|load| (load, "")).chain(said)
    }

    /// ` for 78xx phones`, where loads of several families were said: that is the contradiction, whatever else they say.
    fn family_in_words(&self, load: &LoadName) -> String {
        let is_mixed = self.loads_said().is_some_and(|loads| !are_of_one_family(loads, self.model));
        if is_mixed { format!(" for {} phones", load.family()) } else { String::new() }
    }

    fn contradictory_type(&self) -> Contradiction<'a> {
        let mut sides = Contradiction::about(Field::FirmwareType);
        let model = self.product.map_or_else(String::new, |product| product.model().to_string());
        if let Some(row) = self.single_firmware.filter(|_| self.contradicts_hardware()) {
            let (runs, rule) = (row.runs, &*row.origin.id);
            let sentence = format!("rule {rule} says that the {model} runs {} firmware only", runs.name());
            let value = runs.to_string();
            sides.sides.push(ContradictorySide { said_by: Field::Pid, value, place: "", sentence });
        }
        if let Some(row) = self.outdated_mpp {
            let (major, rule) = (row.release.major(), &*row.origin.id);
            let sentence =
                format!("rule {rule} says that a 3PCC phone with a {major}.x load runs outdated MPP firmware");
            let value = FirmwareType::Mpp.to_string();
            sides.sides.push(ContradictorySide { said_by: Field::Pid, value, place: "", sentence });
        }
        for (load, place) in self.loads_that_count() {
            let who = format_args!("the load {load}{}", self.family_in_words(load));
            sides.push_type(Field::Load, load.firmware_type(), place, &who);
        }
        let is_one_image = self.single_firmware.is_some_and(SingleFirmwareRow::serves_all);
        match self.phone.firmware_type_evidence() {
            Evidence::Known(runs) if is_one_image && is_view_of_call_control(*runs) => {}
            Evidence::Known(runs) => sides.push_type(Field::FirmwareType, *runs, "", &name(Field::FirmwareType)),
            Evidence::Contradictory(said) => said.iter().for_each(|side| {
                sides.push_type(Field::FirmwareType, *side.value(), side.place(), &name(Field::FirmwareType));
            }),
            Evidence::Absent | Evidence::Unreadable(_) => {}
        }
        if let Some(runs) = self.product.and_then(|product| product.firmware_type()).filter(|_| !is_one_image) {
            sides.push_type(Field::Pid, runs, "", &name(Field::Pid));
        }
        sides
    }
}

/// ` from V18 on`, of the hardware versions of a floor.
fn in_words_of(range: VidRange) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => format!(" {from}"),
        (Some(from), Some(to)) => format!(" from {from} to {to}"),
        (Some(from), None) => format!(" from {from} on"),
        (None, Some(to)) => format!(" up to {to}"),
        (None, None) => String::new(),
    }
}

impl<'a> Contradiction<'a> {
    fn of<T: Display>(field: Field, evidence: &'a Evidence<'_, T>) -> Self {
        let mut sides = Self::about(field);
        sides.push_all(field, evidence);
        sides
    }
}

impl About<'_> {
    /// What the evidence contradicts itself about, where the finding is of that.
    pub(super) fn subject(&self) -> Option<Subject> {
        match self {
            About::Contradiction(subject) => Some(*subject),
            About::TheCase | About::Gate(_) | About::Conversion(..) | About::Advice(..) | About::Disagreement(..) => {
                None
            }
        }
    }
}
