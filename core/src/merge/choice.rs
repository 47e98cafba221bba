//! The phone that several rows are, for each choice between what they say.

use std::collections::HashMap;

use super::compatible_values::{Named, Running, Value};
use super::said_by_rows::{AllSaid, Said, Saying};
use crate::assess::{Choice, Contested, Field, settled};
use crate::firmware::FirmwareType;
use crate::fleet::{RowOrigin, Source};
use crate::phone::{Authorization, Evidence, Mac, Phone, Side, Vid};
use crate::text::FieldText;

/// What of a phone can change an answer: product, hardware version, what runs, its type, authorization.
pub(super) const THINGS: usize = 5;

/// The fields of each.
pub(super) const FIELDS: [&[Field]; THINGS] =
    [&[Field::Pid], &[Field::Vid], &[Field::Load, Field::Release], &[Field::FirmwareType], &[Field::Authorization]];

/// The values that were said of each, the best source first: on these a choice depends, and on nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Values {
    products: Vec<Named>,
    vids: Vec<Vid>,
    running: Vec<Running>,
    firmware_types: Vec<FirmwareType>,
    authorizations: Vec<Authorization>,
    /// Whether a person said which product it is, what runs, and of which type that is.
    settled: [bool; 3],
    /// What cannot be read, where nothing else was said.
    unreadable: [Option<String>; THINGS],
}

/// Choices that were made before: the same old load stands in many rows of a list.
#[derive(Default)]
pub(super) struct Choices(HashMap<Values, Choice<THINGS>>);

impl Choices {
    const MOST: usize = 4096;

    /// The choice for what rows say of one phone.
    pub(super) fn of(&mut self, said: &AllSaid) -> Choice<THINGS> {
        let things = things(said);
        if things.iter().all(|thing| thing.values < 2) {
            return [Some(0); THINGS];
        }
        let values = Values::of(said);
        if let Some(choice) = self.0.get(&values) {
            return *choice;
        }
        let choice = settled(things, |choice| phone(said, choice, None, &|_| String::new()));
        if self.0.len() == Self::MOST {
            self.0.clear();
        }
        self.0.insert(values, choice);
        choice
    }
}

impl Values {
    fn of(said: &AllSaid) -> Self {
        let unreadable = [
            said.product.not_read(),
            said.vid.not_read(),
            said.running.not_read(),
            said.firmware_type.not_read(),
            said.authorization.not_read(),
        ];
        Self {
            products: said.product.values(),
            vids: said.vid.values(),
            running: said.running.values(),
            firmware_types: said.firmware_type.values(),
            authorizations: said.authorization.values(),
            settled: [said.product.is_settled, said.running.is_settled, said.firmware_type.is_settled],
            unreadable: unreadable.map(|text| text.map(str::to_owned)),
        }
    }
}

fn things(said: &AllSaid) -> [Contested; THINGS] {
    let counts = [
        said.product.choices(),
        said.vid.choices(),
        said.running.choices(),
        said.firmware_type.choices(),
        said.authorization.choices(),
    ];
    std::array::from_fn(|thing| Contested { fields: FIELDS[thing], values: counts[thing] })
}

/// Where a row stands, as a person finds it.
pub(super) fn place(sources: &[Source], origin: RowOrigin) -> String {
    sources.get(origin.source()).map_or_else(String::new, |source| source.place(origin.row()))
}

/// The phone of a choice: where none is made, all sides are evidence that contradicts itself.
pub(super) fn phone<'s>(
    said: &'s AllSaid,
    [product, vid, running, firmware_type, authorization]: Choice<THINGS>,
    mac: Option<Mac>,
    place: &dyn Fn(RowOrigin) -> String,
) -> Phone<'s> {
    let mut phone = match (product, said.product.sides.as_slice()) {
        (_, []) => Phone::new(said.product.not_read()),
        (Some(index), _) => Phone::new(said.product.chosen(index).map(|named| named.text.as_str())),
        (None, sides) => {
            let sides = sides
                .iter()
                .take(said.product.choices())
                .filter_map(|side| Side::read(side.value.text.as_str(), place(side.origin)));
            Phone::new(sides.collect::<Evidence<'_, _>>())
        }
    };
    if let Some(mac) = mac {
        phone = phone.mac(mac);
    }
    let phone = phone
        .vid(evidence(&said.vid, vid, place))
        .serial(evidence(&said.serial, Some(0), place))
        .firmware_type(evidence(&said.firmware_type, firmware_type, place))
        .authorization(evidence(&said.authorization, authorization, place));
    match (running, said.running.sides.as_slice()) {
        (_, []) => phone.load(said.running.not_read()),
        (Some(index), sides) => {
            let refuted = sides.get(index).filter(|side| said.running.is_refuted(&side.value));
            let of_refuted = refuted.and_then(|side| side.value.firmware_type());
            let phone = match (of_refuted, firmware_type) {
                // The person who said which release runs did not say of which type: the source may be right in that.
                (Some(of_refuted), Some(_)) if !said.firmware_type.is_settled => phone.firmware_type(of_refuted),
                (_, _) => phone,
            };
            said.running.chosen(index).map_or(phone.clone(), |running| running_of(phone, running))
        }
        (None, sides) => contradictory_running(phone, sides.get(..said.running.choices()).unwrap_or(sides), place),
    }
}

/// The evidence of one field.
fn evidence<'s, T: Value + FieldText + std::fmt::Display>(
    said: &'s Said<T>,
    choice: Option<usize>,
    place: &dyn Fn(RowOrigin) -> String,
) -> Evidence<'s, T> {
    match (choice, said.sides.as_slice()) {
        (_, []) => said.not_read().map_or(Evidence::Absent, |text| Evidence::Unreadable(text.into())),
        (Some(index), sides) => sides.get(index).map_or(Evidence::Absent, |side| Evidence::Known(side.value.clone())),
        (None, sides) => sides.iter().map(|side| Side::of(side.value.clone(), place(side.origin))).collect(),
    }
}

fn running_of<'s>(phone: Phone<'s>, running: &'s Running) -> Phone<'s> {
    let phone = match (&running.load, &running.hint) {
        (Some(load), Some(hint)) => phone.load(*load).release(hint.as_str()),
        (Some(load), None) => phone.load(*load),
        (None, Some(hint)) => phone.load(hint.as_str()),
        (None, None) => phone,
    };
    match running.said_release {
        Some(release) => phone.release(release),
        None => phone,
    }
}

/// All loads and all releases that were said. A load that cannot be read and mentions MPP stands for all: over that, nothing
/// may be assumed.
fn contradictory_running<'s>(
    phone: Phone<'s>,
    sides: &'s [Saying<Running>],
    place: &dyn Fn(RowOrigin) -> String,
) -> Phone<'s> {
    let alone = sides.iter().filter(|side| side.value.load.is_none());
    let hint = alone.filter_map(|side| side.value.hint.as_deref()).next();
    let loads = sides.iter().filter_map(|side| Some(Side::of(side.value.load?, place(side.origin))));
    let releases = sides.iter().filter_map(|side| Some(Side::of(side.value.release()?, place(side.origin))));
    let load = hint.map_or_else(|| loads.collect(), |hint| Evidence::Unreadable(hint.into()));
    phone.load(load).release(releases.collect::<Evidence<'_, _>>())
}
