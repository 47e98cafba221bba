//! One phone of what its rows say.

use std::collections::HashSet;

use super::choice::{self, Choices, FIELDS};
use super::compatible_values::Running;
use super::policy::{is_registered, label, rank, set_aside};
use super::rows_of_one_phone;
use super::said_by_rows::{AllSaid, Said, Saying};
use crate::assess::Field;
use crate::fleet::{Conflict, ConflictValue, FleetRow, RowOrigin, Source, Trail};
use crate::phone::{Evidence, Mac, Side};
use crate::text::listed;

/// The phone that these rows are, of which persons said what `settled` holds.
pub(super) fn phone(
    mut rows: Vec<FleetRow>,
    settled: &[FleetRow],
    sources: &[Source],
    choices: &mut Choices,
) -> FleetRow {
    rows.sort_by_key(|row| (rank(row.origin(), sources), !is_registered(row)));
    let set_aside = set_aside(&mut rows, sources);
    if rows.len() == 1 && set_aside.is_empty() && settled.is_empty() {
        return rows.swap_remove(0);
    }
    let said = AllSaid::of(settled, &rows, sources);
    let mac = rows.iter().find_map(|row| rows_of_one_phone::mac(row.phone()));
    let choice = choices.of(&said);
    let phone = choice::phone(&said, choice, mac, &|origin| choice::place(sources, origin)).into_owned();
    let phone = match (mac, rows.first()) {
        (None, Some(row)) => phone.mac(mac_of_none(row)),
        _ => phone,
    };
    let is_open = |(choice, _): &(Option<usize>, _)| choice.is_none();
    let open: Vec<Field> =
        choice.into_iter().zip(FIELDS).filter(is_open).flat_map(|(_, fields)| fields).copied().collect();

    let mut trail = Trail {
        rows: rows
            .iter()
            .flat_map(|row| row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec()))
            .collect(),
        set_aside: rows.iter().filter_map(FleetRow::trail).flat_map(Trail::set_aside).copied().collect(),
        ..said.trail(&open)
    };
    // What is wrong with a row as a whole is told once.
    let told: HashSet<RowOrigin> = rows.iter().filter(|row| row.problem().is_some()).map(FleetRow::origin).collect();
    trail.passed_over.retain(|(_, text)| !told.contains(&text.origin));
    trail.rows.extend(&set_aside);
    trail.set_aside.extend(set_aside);
    let says_mac = |row: &&FleetRow| row.phone().mac_evidence().known().is_some();
    let with_mac =
        rows.iter().find(says_mac).or(rows.first().filter(|_| !matches!(phone.mac_evidence(), Evidence::Absent)));
    if let Some(row) = with_mac {
        let origin = row.trail().and_then(|trail| trail.origin(Field::Mac)).unwrap_or(row.origin());
        trail.fields.push((Field::Mac, origin));
    }
    let origin = rows.first().map_or(RowOrigin::new(0, 0), FleetRow::origin);
    let mut problems = rows.iter().filter_map(FleetRow::problem).peekable();
    let problem = problems.peek().is_some().then(|| listed(problems, "; ", 0, str::to_owned));
    FleetRow::at(origin, phone).labeled(label(&rows)).with_problem(problem).with_trail(trail)
}

/// What a row says of its MAC address that is the address of no phone.
fn mac_of_none(row: &FleetRow) -> Evidence<'static, Mac> {
    let (said, product) = (row.phone().mac_evidence(), row.phone().product().known());
    match (said.known(), product.and_then(|product| product.mac())) {
        (Some(one), Some(other)) if one != other => [one, other].map(|mac| Side::of(mac, "")).into_iter().collect(),
        _ => said.clone(),
    }
}

impl<T> Said<T> {
    /// The texts that cannot be read and do not count.
    fn passed_over(&self, field: Field) -> impl Iterator<Item = (Field, ConflictValue)> {
        let counted = usize::from(self.sides.is_empty());
        let value = |side: &Saying<String>| ConflictValue { value: side.value.clone(), origin: side.origin };
        self.unreadable.iter().skip(counted).map(move |side| (field, value(side)))
    }

    fn conflict(&self, field: Field, open: &[Field], texts: impl Fn(&T) -> Vec<String>) -> Option<Conflict> {
        if self.sides.len() < 2 {
            return None;
        }
        let of = |side: &Saying<T>| {
            let origin = side.origin;
            texts(&side.value).into_iter().map(move |value| ConflictValue { value, origin })
        };
        let values = self.sides.iter().flat_map(of).collect();
        Some(Conflict { field, values, more: self.more_sides, is_open: open.contains(&field) })
    }
}

fn one_text(value: &impl ToString) -> Vec<String> {
    vec![value.to_string()]
}

impl AllSaid {
    /// Where evidence came from, and where rows disagree.
    pub(super) fn trail(&self, open: &[Field]) -> Trail {
        let load = self.running.sides.first();
        let running = match load {
            Some(side) if side.value.load.is_none() => Field::Release,
            Some(_) | None => Field::Load,
        };
        let fields = [
            (Field::Pid, Field::Pid, self.product.origin()),
            (Field::Vid, Field::Vid, self.vid.origin()),
            (Field::Serial, Field::Serial, self.serial.origin()),
            (Field::Load, running, self.running.origin()),
            (Field::FirmwareType, Field::FirmwareType, self.firmware_type.origin()),
            (Field::Authorization, Field::Authorization, self.authorization.origin()),
        ];
        let counts = |(asked, field, origin): (Field, Field, Option<RowOrigin>)| {
            Some((field, origin.filter(|_| !open.contains(&asked))?))
        };
        let conflicts = [
            self.product.conflict(Field::Pid, open, |named| vec![named.text.clone()]),
            self.vid.conflict(Field::Vid, open, one_text),
            self.serial.conflict(Field::Serial, open, one_text),
            self.running.conflict(Field::Load, open, Running::texts),
            self.firmware_type.conflict(Field::FirmwareType, open, one_text),
            self.authorization.conflict(Field::Authorization, open, one_text),
        ];
        let passed_over = self.product.passed_over(Field::Pid).chain(self.vid.passed_over(Field::Vid));
        let passed_over = passed_over.chain(self.serial.passed_over(Field::Serial));
        let passed_over = passed_over.chain(self.running.passed_over(Field::Load));
        let passed_over = passed_over.chain(self.firmware_type.passed_over(Field::FirmwareType));
        let passed_over = passed_over.chain(self.authorization.passed_over(Field::Authorization));
        let more_passed_over = self.product.more_unreadable
            + self.vid.more_unreadable
            + self.serial.more_unreadable
            + self.running.more_unreadable
            + self.firmware_type.more_unreadable
            + self.authorization.more_unreadable;
        Trail {
            more_passed_over,
            fields: fields.into_iter().filter_map(counts).collect(),
            conflicts: conflicts.into_iter().flatten().collect(),
            passed_over: passed_over.collect(),
            ..Trail::default()
        }
    }
}
