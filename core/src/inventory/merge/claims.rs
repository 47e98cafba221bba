//! What the rows of one phone say, field by field, the best source first.

use std::fmt;

use super::values::{Named, Running, Value};
use crate::assess::Field;
use crate::firmware::FirmwareType;
use crate::fleet::{FleetRow, Origin, Source, SourceKind};
use crate::phone::{Authorization, Phone, Serial, Vid};

/// One side of a question: a value that can be read, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side<T> {
    pub(super) value: T,
    pub(super) origin: Origin,
}

/// What all rows say about one field: sides that differ, the best source first, and what cannot be read.
#[derive(Debug, Clone)]
pub(super) struct Claims<T> {
    pub(super) sides: Vec<Side<T>>,
    /// How many rows more say something else still.
    pub(super) more_sides: usize,
    pub(super) unreadable: Vec<Side<String>>,
    /// How many rows more cannot be read.
    pub(super) more_unreadable: usize,
}

impl<T: Value> Claims<T> {
    /// Weighs values in the order of their sources.
    fn of(mut values: Vec<(T, Origin)>, mut unreadable: Vec<Side<String>>, sources: &[Source]) -> Self {
        values.sort_by_key(|(_, origin)| rank(*origin, sources));
        unreadable.sort_by_key(|side| rank(side.origin, sources));
        let more_unreadable = unreadable.len().saturating_sub(MOST_SIDES);
        unreadable.truncate(MOST_SIDES);
        let (mut sides, mut more_sides): (Vec<Side<T>>, usize) = (Vec::new(), 0);
        for (value, origin) in values {
            let has_room = sides.len() < MOST_SIDES;
            match sides.iter_mut().find(|side| side.value.agrees(&value)) {
                Some(side) => {
                    let both = side.value.clone().with(value.clone());
                    if both == value && side.value != value {
                        side.origin = origin;
                    }
                    side.value = both;
                }
                None if has_room => sides.push(Side { value, origin }),
                None => more_sides += 1,
            }
        }
        Self { sides, more_sides, unreadable, more_unreadable }
    }
}

/// What is said, wherever it stands.
impl<T: fmt::Debug> fmt::Display for Claims<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sides.iter().try_for_each(|side| write!(f, "{:?}/", side.value))?;
        self.unreadable.first().map_or(Ok(()), |side| write!(f, "{:?}", side.value))
    }
}

/// Of one field of one phone, so many different values are kept: enough to see that its sources know nothing.
const MOST_SIDES: usize = 64;

/// The phone itself, then what it is registered with, then a list that somebody keeps.
pub(super) fn rank(origin: Origin, sources: &[Source]) -> u8 {
    match sources.get(origin.source()).map(Source::kind) {
        Some(SourceKind::DevicePage) => 0,
        Some(SourceKind::Risport) => 1,
        Some(SourceKind::Webex) => 2,
        Some(SourceKind::Csv | SourceKind::Xlsx | SourceKind::Table) | None => 3,
    }
}

/// Everything that the rows of one phone say.
pub(super) struct AllClaims {
    pub(super) product: Claims<Named>,
    pub(super) vid: Claims<Vid>,
    pub(super) serial: Claims<Serial>,
    pub(super) running: Claims<Running>,
    pub(super) firmware_type: Claims<FirmwareType>,
    pub(super) authorization: Claims<Authorization>,
}

impl AllClaims {
    pub(super) fn of(rows: &[FleetRow], sources: &[Source]) -> Self {
        let product = |phone: &Phone<'_>| phone.product().known();
        let heard = Heard { rows, sources };
        Self {
            product: heard.claims(
                Field::Pid,
                |phone| Named::of(phone).into_iter().collect(),
                |phone| phone.product().unreadable(),
                Named::read,
            ),
            vid: heard.claims(
                Field::Vid,
                |phone| {
                    phone
                        .vid_evidence()
                        .known()
                        .into_iter()
                        .chain(product(phone).and_then(|product| product.vid()))
                        .collect()
                },
                |phone| phone.vid_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
            serial: heard.claims(
                Field::Serial,
                |phone| phone.serial_evidence().known().into_iter().collect(),
                |phone| phone.serial_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
            running: heard.claims(
                Field::Load,
                |phone| {
                    let (load, said_release) = (phone.load_evidence().known(), phone.release_evidence().known());
                    let said = Running { load, said_release, ..Running::NOTHING };
                    let said_release = product(phone).and_then(|product| product.release());
                    let named = Running { said_release, ..Running::NOTHING };
                    [said, named].into_iter().filter(|running| *running != Running::NOTHING).collect()
                },
                |phone| phone.load_evidence().unreadable().or(phone.release_evidence().unreadable()),
                Running::read,
            ),
            firmware_type: heard.claims(
                Field::FirmwareType,
                |phone| {
                    let said = phone.firmware_type_evidence().known();
                    said.into_iter().chain(product(phone).and_then(|product| product.firmware_type())).collect()
                },
                |phone| phone.firmware_type_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
            authorization: heard.claims(
                Field::Authorization,
                |phone| phone.authorization_evidence().known().into_iter().collect(),
                |phone| phone.authorization_evidence().unreadable(),
                |text| text.parse().ok(),
            ),
        }
    }
}

/// The rows of one phone while they are asked.
struct Heard<'r> {
    rows: &'r [FleetRow],
    sources: &'r [Source],
}

impl Heard<'_> {
    /// What the rows say of one field. A row that was merged before says what its rows said, also where they disagreed.
    fn claims<T: Value>(
        &self,
        field: Field,
        values: impl Fn(&Phone<'_>) -> Vec<T>,
        unreadable: impl for<'p> Fn(&'p Phone<'static>) -> Option<&'p str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Claims<T> {
        let (mut said, mut not_read) = (Vec::new(), Vec::new());
        for row in self.rows {
            let trail = row.trail();
            let conflicts = trail.map_or(&[][..], |trail| trail.conflicts());
            match conflicts.iter().find(|conflict| conflict.field == field) {
                Some(conflict) => {
                    said.extend(conflict.values.iter().filter_map(|side| Some((read(&side.value)?, side.origin))));
                }
                None => {
                    let origin = trail.and_then(|trail| trail.origin(field)).unwrap_or(row.origin());
                    said.extend(values(row.phone()).into_iter().map(|value| (value, origin)));
                    let Some(text) = unreadable(row.phone()) else { continue };
                    match all_sides(text, &read) {
                        Some(sides) => said.extend(sides.into_iter().map(|value| (value, origin))),
                        None => not_read.push(Side { value: text.to_owned(), origin }),
                    }
                }
            }
        }
        Claims::of(said, not_read, self.sources)
    }
}

/// What a text says that readers make of a row that says two things (`V03 and V01`), or that hints at something.
fn all_sides<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(" and ").map(read).collect()
}
