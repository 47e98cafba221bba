//! Builds the index by model once, when a book is baked or loaded, so that no decision has to search.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use super::model_names::{levels, names};
use super::rows::{PidMark, SectionRow, Text};
use super::tables::{BUCKETS, Index, KnownRelease, Profile, Rows, Span, bucket, slot, type_slot};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, Release};
use crate::phone::Model;

/// One profile for each model, series or `other` that some row in force names.
pub(super) fn index(rows: &Rows, step: u8) -> Index {
    let mut builder = Builder::new(rows, step);
    let keys: BTreeSet<Model> = [
        builder.models.keys().copied().collect::<Vec<_>>(),
        builder.single_firmware.keys().copied().collect(),
        builder.conversions.keys().copied().collect(),
    ]
    .concat()
    .into_iter()
    .collect();
    let mut profiles: Vec<Profile> = keys.into_iter().map(|key| builder.profile(key)).collect();
    profiles.sort_by_key(|profile| bucket(profile.key));
    let before = |end| number(profiles.partition_point(|profile| bucket(profile.key) < end));
    let buckets: Vec<u16> = (0..=BUCKETS).map(before).collect();
    Index {
        profiles: profiles.into(),
        buckets: buckets.into(),
        positions: builder.positions.into(),
        releases: releases(rows, step).into(),
    }
}

/// The releases of all loads in force.
fn releases(rows: &Rows, step: u8) -> Vec<KnownRelease> {
    let mut releases: BTreeMap<Release, KnownRelease> = BTreeMap::new();
    for load in rows.loads.iter().filter(|row| row.origin.life.holds(step)).map(|row| row.load) {
        let Some(release) = load.release() else { continue };
        let new = KnownRelease { release, is_enterprise: false, is_mpp: false };
        let known = releases.entry(release).or_insert(new);
        known.is_enterprise |= load.firmware_type() == FirmwareType::Enterprise;
        known.is_mpp |= load.firmware_type() == FirmwareType::Mpp;
    }
    releases.into_values().collect()
}

/// The positions of rows by what they are about.
type By<K> = HashMap<K, Vec<u16>>;

struct Builder<'r> {
    rows: &'r Rows,
    models: By<Model>,
    single_firmware: By<Model>,
    conversions: By<Model>,
    gates: By<Model>,
    floors: By<Model>,
    advice: By<Model>,
    targets: By<(Destination, LoadFamily)>,
    steps: By<(Destination, LoadFamily)>,
    licenses: By<(Destination, Text)>,
    loads: By<(LoadFamily, FirmwareType)>,
    positions: Vec<u16>,
    /// Lists that are in `positions` already: many models share theirs.
    spans: HashMap<Vec<u16>, Span>,
}

impl<'r> Builder<'r> {
    fn new(rows: &'r Rows, step: u8) -> Self {
        Self {
            rows,
            models: by(&rows.models, step, |row| vec![row.model]),
            single_firmware: by(&rows.single_firmware, step, |row| row.models.to_vec()),
            conversions: by(&rows.conversions, step, |row| row.models.to_vec()),
            gates: by(&rows.gates, step, |row| row.models.to_vec()),
            floors: by(&rows.floors, step, |row| row.models.to_vec()),
            advice: by(&rows.advice, step, |row| row.models.to_vec()),
            targets: by(&rows.targets, step, |row| vec![(row.destination, row.load.family())]),
            steps: by(&rows.steps, step, |row| vec![(row.destination, row.load.family())]),
            licenses: by(&rows.licenses, step, |row| vec![(row.destination, row.series.clone())]),
            loads: by(&rows.loads, step, |row| {
                row.may_be_chosen().then(|| (row.load.family(), row.load.firmware_type())).into_iter().collect()
            }),
            positions: Vec::new(),
            spans: HashMap::new(),
        }
    }

    fn profile(&mut self, key: Model) -> Profile {
        let model = self.models.get(&key).and_then(|rows| rows.last().copied());
        let row = model.map(|position| &self.rows.models[usize::from(position)]);
        let levels = levels(key, row.is_some());
        let mut single_firmware = levels.clone().filter_map(|level| self.single_firmware.get(&level));

        let mut profile = Profile {
            key,
            model,
            single_firmware: single_firmware.next().and_then(|rows| rows.last().copied()),
            conversions: Default::default(),
            gates: Default::default(),
            advice: Default::default(),
            target: Default::default(),
            step: Default::default(),
            licenses: Default::default(),
            floors: Default::default(),
            loads: Default::default(),
        };
        for destination in Destination::ALL.iter().copied() {
            let slot = slot(destination);
            for (marked, mark) in [PidMark::Other, PidMark::Marked].into_iter().enumerate() {
                let conversions = levels.clone().map(|level| self.conversions(level, destination, mark));
                let nearest = conversions.into_iter().find(|rows| !rows.is_empty());
                profile.conversions[slot][marked] = self.span(nearest.unwrap_or_default());
            }
            // A series that has no load and runs several types is no answer about one of its models.
            let is_one_thing = row.is_some() || profile.single_firmware.is_some() || !key.as_str().ends_with("xx");
            // A series that runs one type only is advised as a whole, also models of it that have rows of their own.
            let series = key.series().filter(|series| self.single_firmware.contains_key(series));
            let advice = named(&self.advice, key, |position| {
                let advice = &self.rows.advice[position];
                let names_it = |name| advice.models.contains(&name);
                let is_named = row.is_some() || is_one_thing && (names_it(key) || series.is_some_and(names_it));
                is_named && advice.destinations.contains(&destination) && !advice.except.contains(&key)
            });
            profile.advice[slot] = self.span(advice);
            // Only models with a load have gates, floors, licenses and loads.
            let Some(row) = row else { continue };
            let gates = named(&self.gates, key, |position| {
                let row = &self.rows.gates[position];
                row.destinations.contains(&destination) && !row.except.contains(&key)
            });
            profile.gates[slot] = self.span(self.in_order_of_passing(gates));
            let licenses = self.licenses.get(&(destination, row.series.clone())).cloned();
            profile.licenses[slot] = self.span(licenses.unwrap_or_default());
            profile.target[slot] = self.targets.get(&(destination, row.family)).and_then(|rows| rows.last().copied());
            profile.step[slot] = self.steps.get(&(destination, row.family)).and_then(|rows| rows.last().copied());
        }
        for firmware_type in FirmwareType::ALL.iter().copied() {
            let (Some(row), Some(slot)) = (row, type_slot(firmware_type)) else { continue };
            let mut loads = self.loads.get(&(row.family, firmware_type)).cloned().unwrap_or_default();
            loads.sort_by_key(|row| self.rows.loads[usize::from(*row)].load);
            profile.loads[slot] = self.span(loads);
            let of_type = |position: usize| self.rows.floors[position].firmware_type == firmware_type;
            let mut floors = named(&self.floors, key, of_type);
            floors.sort_by_key(|position| {
                let row = &self.rows.floors[usize::from(*position)];
                (row.vid.has_bound(), row.minimum, &row.origin.id)
            });
            profile.floors[slot] = self.span(floors);
        }
        profile
    }

    /// Rows that ask for no release come first: they are the ones that a no is told by.
    fn conversions(&self, level: Model, destination: Destination, mark: PidMark) -> Vec<u16> {
        let row = |position: u16| &self.rows.conversions[usize::from(position)];
        let fits = |position: &u16| {
            let row = row(*position);
            row.destinations.contains(&destination) && (row.pid == PidMark::Any || row.pid == mark)
        };
        let positions = self.conversions.get(&level).into_iter().flatten().copied();
        let mut positions: Vec<u16> = positions.filter(fits).collect();
        positions.sort_by_key(|position| {
            let row = row(*position);
            (row.running_at_least.is_some() || row.target_at_least.is_some(), &row.origin.id)
        });
        positions
    }

    /// Start before target, rules for all hardware versions before rules for some, the lowest minimum first.
    fn in_order_of_passing(&self, mut gates: Vec<u16>) -> Vec<u16> {
        gates.sort_by_key(|position| {
            let row = &self.rows.gates[usize::from(*position)];
            (row.on, row.vid.has_bound(), row.minimum, &row.origin.id)
        });
        gates
    }

    fn span(&mut self, positions: Vec<u16>) -> Span {
        if let Some(span) = self.spans.get(&positions) {
            return *span;
        }
        let from = u32::try_from(self.positions.len()).unwrap_or(u32::MAX);
        let span = Span { from, len: number(positions.len()) };
        self.positions.extend(&positions);
        self.spans.insert(positions, span);
        span
    }
}

/// The rows in force by each thing that they are about.
fn by<T: SectionRow, K: Eq + Hash>(rows: &[T], step: u8, keys: impl Fn(&T) -> Vec<K>) -> By<K> {
    let mut by = By::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.origin().life.holds(step)) {
        keys(row).into_iter().for_each(|key| by.entry(key).or_default().push(number(index)));
    }
    by
}

/// Rows that name a model, its series or `listed`, in the order of the book.
fn named(rows: &By<Model>, key: Model, fits: impl Fn(usize) -> bool) -> Vec<u16> {
    let mut positions: Vec<u16> = names(key).flat_map(|name| rows.get(&name).into_iter().flatten().copied()).collect();
    positions.retain(|position| fits(usize::from(*position)));
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Positions fit: `read` refuses books with more rows.
fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
