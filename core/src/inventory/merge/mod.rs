//! Several inventories to one fleet, a phone for each MAC address.
//!
//! # Which source wins
//! The phone itself, then what it is registered with, then a list that somebody keeps: a page of the phone beats RisPort,
//! RisPort beats Webex, Webex beats CSV files, workbooks and tables; of two of the same kind, the one that was given first.
//! This holds for every field. What can be read beats what cannot.
//!
//! # Where sources disagree
//! Two values that can be read and differ are a [`Conflict`](crate::Conflict), whoever wins. The better source counts only if
//! no answer hinges on it: verdict and license must be the same with either value, to every destination, by `guide`, by
//! `field` and by `field` as of each of its dates, with the book's own target and with every release at which a rule about
//! the target turns. Otherwise the conflict is open: no side is evidence, and the answer is `unknown` wherever it matters. A
//! serial number decides nothing, so the better source always counts. Overlays of users are not asked.
//!
//! A row that contradicts itself has two sides like two rows. A load that cannot be read and mentions MPP is a side too,
//! because nothing may be assumed over it. Other texts that cannot be read are passed over, and told.
//!
//! # Which rows are one phone
//! Rows with the same MAC address. A page of which nothing can be read belongs to the one phone whose IP address it
//! was named after. All other rows without a MAC address stay phones of their own; where the serial number of such a row
//! stands in another row too, both say so, for one of the two may be counted twice.

mod claims;
mod group;
mod questions;
mod settle;
mod twins;
mod values;
mod ways;

use std::convert::Infallible;
use std::fmt;
use std::ops::ControlFlow;

#[cfg(feature = "xml")]
pub(super) use settle::phone as settled;
pub(super) use ways::Harmless;

use super::Inventory;
use crate::fleet::{Fleet, FleetRow};

/// A fleet that was merged, and what the merge came to.
///
/// # Example
/// ```
/// use crossgrade::Field;
/// use crossgrade::inventory::{Document, ReadOptions, merge, read};
///
/// let export = "Device Name,Model,VID\nSEP00CCFC123456,Cisco 7821,\nSEP00CCFC123457,Cisco 8841,V05\n";
/// let labels = "PID,VID,MAC\nCP-7821-K9=,V03,00:CC:FC:12:34:56\n";
/// let read = |name, text| read(&Document::new(name, text), &ReadOptions::default());
///
/// let merged = merge([read("export.csv", export)?, read("labels.csv", labels)?]);
/// assert_eq!(merged.report().to_string(), "3 rows read, 2 phones out: 1 row matched, 0 conflicts, 1 orphan");
///
/// let phone = &merged.fleet().rows()[0];
/// let origin = phone.trail().and_then(|trail| trail.origin(Field::Vid)).expect("the label says it");
/// assert_eq!(merged.fleet().source(origin).map(|source| source.name()), Some("labels.csv"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    inventory: Inventory,
    report: MergeReport,
}

/// How many rows became how many phones. The sums agree: rows read = phones + matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct MergeReport {
    /// Rows of all sources.
    pub rows_read: u64,
    /// Phones that came of them.
    pub phones: u64,
    /// Rows that joined a phone that another row began.
    pub matched: u64,
    /// Fields of phones that rows disagree about.
    pub conflicts: u64,
    /// Those of them of which no side counts.
    pub open_conflicts: u64,
    /// Phones that only one source knows.
    pub orphans: u64,
    /// Phones without a MAC address, which nothing can be matched with.
    pub without_mac: u64,
}

/// Makes one fleet of several inventories. Phones stand in the order in which their first row was given.
pub fn merge(inventories: impl IntoIterator<Item = Inventory>) -> Merged {
    match merge_with(inventories, |_| ControlFlow::<Infallible>::Continue(())) {
        ControlFlow::Continue(merged) => merged,
    }
}

/// The same; after each inventory and after each phone `progress` hears how many phones are done, and may break the merge
/// off.
///
/// # Example
/// ```
/// use std::ops::ControlFlow;
///
/// use crossgrade::inventory::{Document, ReadOptions, merge_with, read};
///
/// let list = read(&Document::new("a.csv", "PID,MAC\nCP-7821-K9=,00CCFC123456\nCP-7821-K9=,\n"), &ReadOptions::default())?;
/// let first = |done| if done == 1 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) };
/// assert_eq!(merge_with([list], first), ControlFlow::Break("enough"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn merge_with<B>(
    inventories: impl IntoIterator<Item = Inventory>,
    mut progress: impl FnMut(usize) -> ControlFlow<B>,
) -> ControlFlow<B, Merged> {
    let mut all = Inventory::nothing();
    for inventory in inventories {
        all.append(inventory);
        progress(0)?;
    }
    let (sources, rows) = std::mem::take(&mut all.fleet).into_parts();
    let matched = all.rows_joined;
    let mut report = MergeReport { rows_read: all.rows_read, matched, ..MergeReport::default() };
    let groups = group::groups(&rows, &sources);
    report.without_mac = groups.iter().filter(|group| group.mac.is_none()).count() as u64;
    let mut rows: Vec<Option<FleetRow>> = rows.into_iter().map(Some).collect();
    let (mut merged, mut harmless) = (Vec::with_capacity(groups.len()), ways::Harmless::default());
    for group in groups {
        report.matched += group.rows.len() as u64 - 1;
        let members = group.rows.into_iter().filter_map(|index| rows.get_mut(index)?.take()).collect();
        let row = settle::phone(members, &sources, &mut harmless);
        report.count(&row);
        merged.push(row);
        progress(merged.len())?;
    }
    report.phones = merged.len() as u64;
    all.rows_joined = report.matched;
    twins::tell(&mut merged, &sources);
    all.fleet = Fleet::of(sources, merged);
    ControlFlow::Continue(Merged { inventory: all, report })
}

impl Merged {
    /// The phones, each with the trail of its evidence if it was made of several rows.
    pub fn fleet(&self) -> &Fleet {
        self.inventory.fleet()
    }

    /// What was read of all sources: broken rows, cuts, notes.
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// The same, taken apart.
    pub fn into_parts(self) -> (Inventory, MergeReport) {
        (self.inventory, self.report)
    }

    /// What the merge came to.
    pub fn report(&self) -> MergeReport {
        self.report
    }
}

impl MergeReport {
    fn count(&mut self, row: &FleetRow) {
        let conflicts = row.trail().map_or(&[][..], |trail| trail.conflicts());
        self.conflicts += conflicts.len() as u64;
        self.open_conflicts += conflicts.iter().filter(|conflict| conflict.is_open).count() as u64;
        let is_of_one_source = row.trail().is_none_or(|trail| {
            let mut sources = trail.rows().iter().map(|origin| origin.source());
            sources.next().is_none_or(|first| sources.all(|source| source == first))
        });
        self.orphans += u64::from(is_of_one_source);
    }
}

/// `3 rows read, 2 phones out: 1 row matched, 0 conflicts, 1 orphan`.
impl fmt::Display for MergeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, thing: &str| format!("{count} {thing}{}", if count == 1 { "" } else { "s" });
        let Self { rows_read, phones, matched, conflicts, open_conflicts, orphans, without_mac } = *self;
        write!(f, "{} read, {} out: ", counted(rows_read, "row"), counted(phones, "phone"))?;
        write!(f, "{} matched, {}", counted(matched, "row"), counted(conflicts, "conflict"))?;
        if open_conflicts > 0 {
            write!(f, " ({open_conflicts} open: no side counts)")?;
        }
        write!(f, ", {}", counted(orphans, "orphan"))?;
        if without_mac > 0 {
            write!(f, ", {without_mac} without MAC")?;
        }
        Ok(())
    }
}

/// What was read, and what the merge came to.
impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  Merge\n    {}\n", self.inventory, self.report)
    }
}
