//! One phone of what its rows say.

use std::collections::HashSet;

use super::claims::{AllClaims, Claims, Side, rank};
use super::group;
use super::values::Running;
use super::ways::{Harmless, Ways};
use crate::assess::Field;
use crate::fleet::{Conflict, ConflictValue, FleetRow, Origin, RowLabel, Source, SourceKind, Trail};
use crate::text::listed;

/// The phone that these rows are.
pub(in crate::inventory) fn phone(mut rows: Vec<FleetRow>, sources: &[Source], harmless: &mut Harmless) -> FleetRow {
    rows.sort_by_key(|row| (rank(row.origin(), sources), !is_registered(row)));
    let set_aside = set_aside(&mut rows, sources);
    if rows.len() == 1 && set_aside.is_empty() {
        return rows.swap_remove(0);
    }
    let claims = AllClaims::of(&rows, sources);
    let mac = rows.iter().find_map(|row| group::mac(row.phone()));
    let mut ways = Ways::new(&claims, mac);
    let open = ways.open_fields(harmless);
    let phone = ways.settled(&open);

    let mut trail = Trail {
        rows: rows
            .iter()
            .flat_map(|row| row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec()))
            .collect(),
        set_aside: rows.iter().filter_map(FleetRow::trail).flat_map(Trail::set_aside).copied().collect(),
        ..claims.trail(&open)
    };
    // What is wrong with a row as a whole is told once.
    let told: HashSet<Origin> = rows.iter().filter(|row| row.problem().is_some()).map(FleetRow::origin).collect();
    trail.passed_over.retain(|(_, text)| !told.contains(&text.origin));
    trail.rows.extend(&set_aside);
    trail.set_aside.extend(set_aside);
    if let Some(row) = rows.iter().find(|row| row.phone().mac_evidence().known().is_some()) {
        let origin = row.trail().and_then(|trail| trail.origin(Field::Mac)).unwrap_or(row.origin());
        trail.fields.push((Field::Mac, origin));
    }
    let origin = rows.first().map_or(Origin::new(0, 0), FleetRow::origin);
    let mut problems = rows.iter().filter_map(FleetRow::problem).peekable();
    let problem = problems.peek().is_some().then(|| listed(problems, "; ", 0, str::to_owned));
    FleetRow::at(origin, phone).labeled(label(&rows)).with_problem(problem).with_trail(trail)
}

fn is_registered(row: &FleetRow) -> bool {
    let status = row.label().and_then(|label| label.status.as_deref());
    status.is_some_and(|status| status.trim().eq_ignore_ascii_case("registered"))
}

/// Takes out the rows of RisPort that are no evidence, because another answer shows the phone registered.
fn set_aside(rows: &mut Vec<FleetRow>, sources: &[Source]) -> Vec<Origin> {
    let is_of_risport =
        |row: &FleetRow| sources.get(row.origin().source()).is_some_and(|source| source.kind() == SourceKind::Risport);
    if !rows.iter().any(|row| is_of_risport(row) && is_registered(row)) {
        return Vec::new();
    }
    let is_of_risport_only = |row: &FleetRow| {
        let kind = |origin: &Origin| sources.get(origin.source()).map(Source::kind);
        row.trail().is_none_or(|trail| trail.rows().iter().all(|origin| kind(origin) == Some(SourceKind::Risport)))
    };
    let is_stale = |row: &FleetRow| is_of_risport(row) && is_of_risport_only(row) && !is_registered(row);
    let origins = |row: &FleetRow| row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec());
    let stale = rows.iter().filter(|row| is_stale(row)).flat_map(origins).collect();
    rows.retain(|row| !is_stale(row));
    stale
}

/// Of each label what the best row says. A row that does not say which phone it is of is asked last.
fn label(rows: &[FleetRow]) -> RowLabel {
    let says_which = |row: &&FleetRow| row.phone().mac_evidence().known().is_some();
    let asked: Vec<_> = rows.iter().filter(says_which).chain(rows.iter().filter(|row| !says_which(row))).collect();
    let first = |part: fn(&RowLabel) -> &Option<String>| asked.iter().find_map(|row| part(row.label()?).clone());
    RowLabel {
        name: first(|label| &label.name),
        description: first(|label| &label.description),
        ip_address: first(|label| &label.ip_address),
        status: first(|label| &label.status),
        node: first(|label| &label.node),
    }
}

impl<T> Claims<T> {
    /// The best text that cannot be read.
    pub(super) fn not_read(&self) -> Option<&str> {
        self.unreadable.first().map(|side| side.value.as_str())
    }

    fn origin(&self) -> Option<Origin> {
        self.sides.first().map(|side| side.origin).or(self.unreadable.first().map(|side| side.origin))
    }

    /// The texts that cannot be read and do not count.
    fn passed_over(&self, field: Field) -> impl Iterator<Item = (Field, ConflictValue)> {
        let counted = usize::from(self.sides.is_empty());
        let value = |side: &Side<String>| ConflictValue { value: side.value.clone(), origin: side.origin };
        self.unreadable.iter().skip(counted).map(move |side| (field, value(side)))
    }

    fn conflict(&self, field: Field, open: &[Field], text: impl Fn(&T) -> String) -> Option<Conflict> {
        if self.sides.len() < 2 {
            return None;
        }
        let value = |side: &Side<T>| ConflictValue { value: text(&side.value), origin: side.origin };
        let values = self.sides.iter().map(value).collect();
        Some(Conflict { field, values, more: self.more_sides, is_open: open.contains(&field) })
    }
}

impl AllClaims {
    /// Where evidence came from, and where rows disagree.
    fn trail(&self, open: &[Field]) -> Trail {
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
        let counts = |(asked, field, origin): (Field, Field, Option<Origin>)| {
            Some((field, origin.filter(|_| !open.contains(&asked))?))
        };
        let conflicts = [
            self.product.conflict(Field::Pid, open, |named| named.text.clone()),
            self.vid.conflict(Field::Vid, open, ToString::to_string),
            self.serial.conflict(Field::Serial, open, ToString::to_string),
            self.running.conflict(Field::Load, open, Running::text),
            self.firmware_type.conflict(Field::FirmwareType, open, ToString::to_string),
            self.authorization.conflict(Field::Authorization, open, ToString::to_string),
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
