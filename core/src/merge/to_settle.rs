//! The open conflicts of a fleet, as a file for persons to fill in.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use super::choice::{Choices, FIELDS, place};
use super::devices::{Devices, names};
use super::rows_of_one_phone;
use super::said_by_rows::AllSaid;
use super::settlement_column::SettlementColumn;
use crate::assess::Field;
use crate::fleet::{Conflict, ConflictValue, Fleet, FleetRow};
use crate::phone::Mac;
use crate::text::{MOST_LINES, Shown, formula, listed};

/// One open conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenConflict {
    /// The device: its MAC address; without one its name, with its cluster before it where two clusters have one of the name
    /// (`Oslo/CSFANNA`), or the place of its row.
    pub device: String,
    /// The field.
    pub field: Field,
    /// What was said where: `V03 (page 10.0.0.7) or V01 (export.csv line 2)`.
    pub sides: String,
}

/// The open conflicts of a fleet. As a text it is the file to fill in: CSV with the columns of [`SettlementColumn`], which
/// [`Settlements::read`](super::Settlements::read) reads.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, ReadOptions, read};
/// use crossgrade::merge::{Settlements, merge, merge_settled};
///
/// let read = |name, text| read(&Document::new(name, text), &ReadOptions::default());
/// let export = read("export.csv", "Device Name,PID,VID\nSEP00CCFC123456,CP-7821-K9=,V01\n")?;
/// let labels = read("labels.csv", "MAC,PID,VID\n00CCFC123456,CP-7821-K9=,V03\n")?;
/// let merged = merge([export.clone(), labels.clone()]);
///
/// let file = merged.to_settle().to_string();
/// assert_eq!(
///     file,
///     "device,field,value,said_by,when,sides\n\
///      00:CC:FC:12:34:56,vid,,,,V01 (export.csv line 2) or V03 (labels.csv line 2)\n"
/// );
///
/// let filled_in = file.replace(",vid,,,", ",vid,V03,Anna,2026-11-20");
/// let settlements = Settlements::read(&Document::new("settle.csv", &filled_in))?;
/// let settled = merge_settled([export, labels], &settlements)?;
/// assert!(settled.to_settle().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSettle(Vec<OpenConflict>);

impl ToSettle {
    /// The open conflicts of a fleet that was merged, or read from one source.
    pub fn of(fleet: &Fleet) -> Self {
        let mut choices = Choices::default();
        let of_row = |(index, row)| (index, row, open(fleet, row, &mut choices));
        let all = fleet.rows().iter().enumerate().map(of_row);
        let open: Vec<_> = all.filter(|(_, _, open)| !open.is_empty()).collect();
        let names = Names::of(fleet, open.iter().map(|(index, row, _)| (*index, *row)));
        let mut all = Vec::new();
        for (index, row, open) in open {
            let device = names.of_phone(fleet, index, row);
            let conflict = |(field, sides)| OpenConflict { device: device.clone(), field, sides };
            all.extend(open.into_iter().map(conflict));
        }
        Self(all)
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many conflicts are open.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The conflicts, in the order of the phones.
    pub fn iter(&self) -> std::slice::Iter<'_, OpenConflict> {
        self.0.iter()
    }

    /// The part of a report that tells what is open, with the first rows of the file.
    pub(super) fn report(&self) -> Report<'_> {
        Report(self)
    }
}

impl<'t> IntoIterator for &'t ToSettle {
    type Item = &'t OpenConflict;
    type IntoIter = std::slice::Iter<'t, OpenConflict>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The whole file, with its header. What a spreadsheet would run as a formula is marked, as in
/// [`exports`](crate::exports).
impl fmt::Display for ToSettle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", header())?;
        self.iter().try_for_each(|open| writeln!(f, "{}", open.line()))
    }
}

impl OpenConflict {
    /// The row of the file.
    fn line(&self) -> String {
        let cell = |column: &SettlementColumn| match column {
            SettlementColumn::Device => cell(&self.device),
            SettlementColumn::Field => cell(self.field.as_str()),
            SettlementColumn::Value | SettlementColumn::SaidBy | SettlementColumn::When => Cow::Borrowed(""),
            SettlementColumn::Sides => cell(&self.sides),
        };
        SettlementColumn::ALL.iter().map(cell).collect::<Vec<_>>().join(",")
    }
}

fn header() -> String {
    SettlementColumn::ALL.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(",")
}

/// A cell, quoted where it has to be.
fn cell(text: &str) -> Cow<'_, str> {
    let guarded = match formula::guarded(text.as_bytes()) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(guarded) => Cow::Owned(String::from_utf8_lossy(&guarded).into_owned()),
    };
    let is_plain = |letter: char| !matches!(letter, ',' | ';' | '"' | '\t' | '|' | '\r' | '\n');
    let is_comment = guarded.starts_with('#');
    match guarded.chars().all(is_plain) && !is_comment {
        true => guarded,
        false => Cow::Owned(format!("\"{}\"", guarded.replace('"', "\"\""))),
    }
}

/// The fields of which no side counts, with what was said where.
fn open(fleet: &Fleet, row: &FleetRow, choices: &mut Choices) -> Vec<(Field, String)> {
    let Some(trail) = row.trail().filter(|trail| !trail.conflicts().is_empty()) else {
        return open_in_row(fleet, row, choices);
    };
    let side =
        |value: &ConflictValue| format!("{} ({})", Shown::new(&value.value), place(fleet.sources(), value.origin));
    let told = |conflict: &Conflict| (conflict.field, listed(&conflict.values, " or ", conflict.more, side));
    trail.conflicts().iter().filter(|conflict| conflict.is_open).map(told).collect()
}

/// The same of a row that contradicts itself and was merged with no other: what no answer hinges on is not open.
fn open_in_row(fleet: &Fleet, row: &FleetRow, choices: &mut Choices) -> Vec<(Field, String)> {
    let said = AllSaid::of(&[], std::slice::from_ref(row), fleet.sources());
    let choice = choices.of(&said);
    let open: Vec<Field> =
        choice.into_iter().zip(FIELDS).filter(|(choice, _)| choice.is_none()).flat_map(|(_, of)| of).copied().collect();
    if open.is_empty() {
        return Vec::new();
    }
    let place = place(fleet.sources(), row.origin());
    let within: Vec<_> = row.said_differently().collect();
    let told = |conflict: &Conflict| {
        let within = within.iter().find(|(field, _)| *field == conflict.field);
        let within = within.into_iter().flat_map(|(_, sides)| sides).filter(|(_, within)| !within.is_empty());
        let side = |value: &ConflictValue| match within.clone().find(|(text, _)| *text == value.value) {
            Some((_, within)) => format!("{} ({place}, {})", Shown::new(&value.value), Shown::new(within)),
            None => format!("{} ({place})", Shown::new(&value.value)),
        };
        (conflict.field, listed(&conflict.values, " or ", conflict.more, side))
    };
    let trail = said.trail(&open);
    trail.conflicts().iter().filter(|conflict| conflict.is_open).map(told).collect()
}

/// By what the phones with open conflicts are named.
struct Names(Devices);

impl Names {
    fn of<'r>(fleet: &Fleet, open: impl Iterator<Item = (usize, &'r FleetRow)>) -> Self {
        let wanted: HashSet<Cow<'_, str>> = open.flat_map(|(_, row)| names(row, fleet.sources())).collect();
        let mut devices = Devices::wanted(&wanted);
        for (index, row) in fleet.rows().iter().enumerate() {
            if let Some(mac) = rows_of_one_phone::mac(row.phone()) {
                devices.hear_mac(index, mac);
            }
            names(row, fleet.sources()).for_each(|name| devices.hear_name(index, &name));
        }
        Self(devices)
    }

    /// The MAC address, else a name that no other phone has, if need be within its cluster, else the place.
    fn of_phone(&self, fleet: &Fleet, index: usize, row: &FleetRow) -> String {
        let mac = rows_of_one_phone::mac(row.phone()).map(|mac| Cow::Owned(with_colons(mac)));
        let mut names = mac.into_iter().chain(names(row, fleet.sources()));
        let name = names.find(|name| self.0.find(name).into_iter().eq([index]));
        name.map_or_else(|| place(fleet.sources(), row.origin()), Cow::into_owned)
    }
}

/// A spreadsheet takes `001122334455` for a number, and this for a text.
fn with_colons(mac: Mac) -> String {
    let digits: Vec<char> = mac.to_string().chars().collect();
    digits.chunks(2).map(String::from_iter).collect::<Vec<_>>().join(":")
}

/// What is open, at the end of a report.
pub(super) struct Report<'t>(&'t ToSettle);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.0;
        if open.is_empty() {
            return Ok(());
        }
        let count = open.len();
        let conflicts = if count == 1 { "1 open conflict" } else { &format!("{count} open conflicts") };
        writeln!(f, "\n  To settle: {conflicts}")?;
        writeln!(
            f,
            "    Fill in value, said_by and when, save the rows as a file, and merge again with --settle FILE."
        )?;
        writeln!(f, "    {}", header())?;
        open.iter().take(MOST_LINES).try_for_each(|open| writeln!(f, "    {}", Shown::escaped(&open.line())))?;
        match count.saturating_sub(MOST_LINES) {
            0 => Ok(()),
            more => writeln!(f, "    and {more} more; --to-settle FILE writes all of them"),
        }
    }
}
