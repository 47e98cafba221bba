//! What the rows of one phone say, field by field, the best source first.

use super::compatible_values::{Named, Running, Value, products, values};
use super::policy::{is_of_person, rank};
use crate::assess::Field;
use crate::firmware::FirmwareType;
use crate::fleet::{FleetRow, RowOrigin, Source};
use crate::phone::{Authorization, Phone, Serial, Vid};

/// A value or a text, and the row that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saying<T> {
    pub(super) value: T,
    pub(super) origin: RowOrigin,
}

/// What all rows say about one field: sides that differ, the best source first, and what cannot be read.
#[derive(Debug, Clone)]
pub(super) struct Said<T> {
    pub(super) sides: Vec<Saying<T>>,
    /// How many rows more say something else still.
    pub(super) more_sides: usize,
    pub(super) unreadable: Vec<Saying<String>>,
    /// How many rows more cannot be read.
    pub(super) more_unreadable: usize,
    /// The first side is what a person said, who outranks every source.
    pub(super) is_settled: bool,
    /// How many sides, from the first, what a person said leaves to choose between.
    left: Option<usize>,
    /// What each of those comes to beside what the person said; nothing where that is the side itself.
    beside: Vec<T>,
}

impl<T> Said<T> {
    /// How many sides there are to choose between.
    pub(super) fn choices(&self) -> usize {
        self.left.unwrap_or(if self.is_settled { 1 } else { self.sides.len() })
    }

    /// The value of a choice.
    pub(super) fn chosen(&self, index: usize) -> Option<&T> {
        self.beside.get(index).or_else(|| self.sides.get(index).map(|side| &side.value))
    }

    /// The best text that cannot be read.
    pub(super) fn not_read(&self) -> Option<&str> {
        self.unreadable.first().map(|saying| saying.value.as_str())
    }

    /// Where the evidence stands, if any side counts.
    pub(super) fn origin(&self) -> Option<RowOrigin> {
        self.sides.first().map(|side| side.origin).or(self.unreadable.first().map(|saying| saying.origin))
    }
}

impl<T: Value> Said<T> {
    /// The values between which a choice is to be made, the best source first.
    pub(super) fn values(&self) -> Vec<T> {
        self.sides.iter().take(self.choices()).map(|side| side.value.clone()).collect()
    }

    /// Weighs values in the order of their sources. A source that says more than a person is a side of its own, until
    /// [`complete`](Self::complete) has seen whether it stands against another source.
    fn of(mut values: Vec<(T, RowOrigin)>, mut unreadable: Vec<Saying<String>>, heard: &Heard<'_>) -> Self {
        let sources = heard.sources;
        values.sort_by_key(|(_, origin)| rank(*origin, sources));
        unreadable.sort_by_key(|saying| rank(saying.origin, sources));
        let more_unreadable = unreadable.len().saturating_sub(MOST_SIDES);
        unreadable.truncate(MOST_SIDES);
        let (mut sides, mut more_sides): (Vec<Saying<T>>, usize) = (Vec::new(), 0);
        for (value, origin) in values {
            let has_room = sides.len() < MOST_SIDES;
            let standing = heard.standing(origin);
            let outranks = |side: &Saying<T>| heard.standing(side.origin) < standing;
            // What a person refutes is never joined with what the person leaves.
            let person = sides.first().filter(|side| outranks(side)).map(|side| side.value.clone());
            let is_left = |value: &T| person.as_ref().is_none_or(|person| person.agrees(value));
            let says_it = |side: &Saying<T>| match outranks(side) {
                true => side.value.covers(&value),
                false => side.value.agrees(&value) && is_left(&side.value) == is_left(&value),
            };
            match sides.iter_mut().find(|side| says_it(side)) {
                Some(side) if outranks(side) => {}
                Some(side) => {
                    let both = side.value.clone().with(value.clone());
                    if both == value && side.value != value {
                        side.origin = origin;
                    }
                    side.value = both;
                }
                None if has_room => sides.push(Saying { value, origin }),
                None => more_sides += 1,
            }
        }
        let mut persons = sides.iter().map(|side| heard.standing(side.origin)).filter(|of| *of < Standing::Source);
        // Of persons who differ, the one counts who says it now.
        let is_settled = match (persons.next(), persons.next()) {
            (Some(Standing::Now), _) | (Some(_), None) => true,
            (_, _) => false,
        };
        Self { sides, more_sides, unreadable, more_unreadable, is_settled, left: None, beside: Vec::new() }
    }

    /// Whether a person says otherwise.
    pub(super) fn is_refuted(&self, value: &T) -> bool {
        self.is_settled && self.sides.first().is_some_and(|side| !side.value.agrees(value))
    }

    /// A source that agrees with a person and with the other sources that do keeps what it adds. Where they differ in it, or a
    /// source that the person refutes says something that nobody else does, the choice is open: nothing is assumed.
    fn complete(&mut self, can_be: impl Fn(&T) -> bool) {
        if !self.is_settled || self.sides.is_empty() {
            return;
        }
        let mut person = self.sides.remove(0);
        let is_left = |side: &Saying<T>| can_be(&side.value);
        let (left, mut lost): (Vec<_>, Vec<_>) = std::mem::take(&mut self.sides).into_iter().partition(is_left);
        let (mut agree, differ): (Vec<_>, Vec<_>) = left.into_iter().partition(|side| person.value.agrees(&side.value));
        if let [side] = agree.as_slice() {
            person.value = person.value.with(side.value.clone());
            agree.clear();
        }
        let (lacking, refuted): (Vec<_>, Vec<_>) = differ.into_iter().partition(|side| person.value.lacks(&side.value));
        lost.extend(refuted);
        let choices: Vec<_> = agree.into_iter().chain(lacking).collect();
        let beside = choices.iter().map(|side| person.value.beside(&side.value));
        self.beside = std::iter::once(person.value.clone()).chain(beside).collect();
        self.left = Some(self.beside.len());
        self.sides = std::iter::once(person).chain(choices).chain(lost).collect();
    }
}

impl Said<Running> {
    /// A person said which type of firmware runs: loads of the other type do not count, if any is left.
    fn heed(&mut self, firmware_type: FirmwareType) {
        if self.is_settled {
            return;
        }
        let can_run = |side: &Saying<Running>| side.value.can_be(firmware_type);
        let left = self.sides.iter().filter(|side| can_run(side)).count();
        if left > 0 && left < self.sides.len() {
            self.sides.sort_by_key(|side| !can_run(side));
            self.left = Some(left);
        }
    }
}

/// Of one field of one phone, so many different values are kept: enough to see that its sources know nothing.
const MOST_SIDES: usize = 64;

/// Everything that the rows of one phone say.
pub(super) struct AllSaid {
    pub(super) product: Said<Named>,
    pub(super) vid: Said<Vid>,
    pub(super) serial: Said<Serial>,
    pub(super) running: Said<Running>,
    pub(super) firmware_type: Said<FirmwareType>,
    pub(super) authorization: Said<Authorization>,
}

impl AllSaid {
    /// What rows say; `settled` are those of persons, which are heard first.
    pub(super) fn of(settled: &[FleetRow], rows: &[FleetRow], sources: &[Source]) -> Self {
        let heard = Heard { settled, rows, sources };
        let mut all = Self {
            product: heard.said(Field::Pid, Named::of, |phone| phone.product().unreadable(), Named::read),
            vid: heard.said(
                Field::Vid,
                |phone| {
                    let of_product = products(phone).filter_map(|product| product.vid());
                    values(phone.vid_evidence()).into_iter().chain(of_product).collect()
                },
                |phone| phone.vid_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
            serial: heard.said(
                Field::Serial,
                |phone| values(phone.serial_evidence()),
                |phone| phone.serial_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
            running: heard.said(
                Field::Load,
                Running::of,
                |phone| {
                    let text = phone.load_evidence().unreadable().or(phone.release_evidence().unreadable());
                    // A hint at MPP is a side.
                    text.filter(|_| Running::hint(phone).is_none())
                },
                Running::read,
            ),
            firmware_type: heard.said(
                Field::FirmwareType,
                |phone| {
                    let of_product = products(phone).filter_map(|product| product.firmware_type());
                    values(phone.firmware_type_evidence()).into_iter().chain(of_product).collect()
                },
                |phone| phone.firmware_type_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
            authorization: heard.said(
                Field::Authorization,
                |phone| values(phone.authorization_evidence()),
                |phone| phone.authorization_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
        };
        if let Some(side) = all.firmware_type.sides.first().filter(|_| all.firmware_type.is_settled) {
            all.running.heed(side.value);
        }
        let firmware_type = all.firmware_type.sides.first().filter(|_| all.firmware_type.is_settled);
        let firmware_type = firmware_type.map(|side| side.value);
        all.running.complete(|running| firmware_type.is_none_or(|of| running.can_be(of)));
        all.product.complete(|_| true);
        all
    }
}

/// Who says something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// A person, in this merge.
    Now,
    /// A person, in a merge before.
    Before,
    /// A source.
    Source,
}

/// The rows of one phone while they are asked.
struct Heard<'r> {
    settled: &'r [FleetRow],
    rows: &'r [FleetRow],
    sources: &'r [Source],
}

impl Heard<'_> {
    fn standing(&self, origin: RowOrigin) -> Standing {
        let is_of_now = self.settled.first().is_some_and(|row| row.origin().source() == origin.source());
        match is_of_person(origin, self.sources) {
            true if is_of_now => Standing::Now,
            true => Standing::Before,
            false => Standing::Source,
        }
    }

    /// What the rows say of one field. A row that was merged before says what its rows said, also where they disagreed.
    fn said<T: Value>(
        &self,
        field: Field,
        values: impl Fn(&Phone<'_>) -> Vec<T>,
        unreadable: impl for<'p> Fn(&'p Phone<'static>) -> Option<&'p str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Said<T> {
        let (mut said, mut not_read) = (Vec::new(), Vec::new());
        for row in self.settled.iter().chain(self.rows) {
            let trail = row.trail();
            let conflicts = trail.map_or(&[][..], |trail| trail.conflicts());
            match conflicts.iter().find(|conflict| conflict.field == field) {
                Some(conflict) => {
                    said.extend(conflict.values.iter().filter_map(|side| Some((read(&side.value)?, side.origin))));
                }
                None => {
                    let origin = |field| trail?.origin(field);
                    // What runs may be known by its release alone.
                    let release = || if field == Field::Load { origin(Field::Release) } else { None };
                    let origin = origin(field).or_else(release).unwrap_or(row.origin());
                    said.extend(values(row.phone()).into_iter().map(|value| (value, origin)));
                    not_read.extend(unreadable(row.phone()).map(|text| Saying { value: text.to_owned(), origin }));
                }
            }
        }
        Said::of(said, not_read, self)
    }
}
