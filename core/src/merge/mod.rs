//! Several inventories to one fleet, one row for each device.
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
//! A column that the caller keeps ([`Keep`](crate::inventory::Keep)) decides nothing: the best source that says something
//! counts, and where others say something else, the problem of the row tells what, and where.
//!
//! # Which rows are one phone
//! Rows with the same MAC address. A row without one, such as that of a soft client (`CSFANNA`), belongs to the device of its
//! name. Names are unique within a cluster, so that sources that the caller says are of different clusters
//! ([`Source::cluster`](crate::Source::cluster)) never join by name; a source of no cluster joins where the name is known in one
//! cluster only. Names of which one source has two devices, and those of two MAC addresses, join nothing. Webex and pages
//! have no names of devices.
//!
//! A page of which nothing can be read belongs to the one phone whose IP address it was named after. All other rows stay
//! phones of their own; where the serial number of a row without MAC address stands in another row too, both say so, for one
//! of the two may be counted twice.

mod choice;
mod identity;
mod kept;
mod policy;
mod report;
mod said;
mod settle;
mod twins;
mod values;

use std::convert::Infallible;
use std::fmt;
use std::ops::ControlFlow;

pub use report::MergeReport;

use self::choice::Choices;
use crate::fleet::{Fleet, FleetRow};
use crate::inventory::Inventory;

/// A fleet that was merged, and what the merge came to.
///
/// # Example
/// ```
/// use crossgrade::Field;
/// use crossgrade::inventory::{Document, ReadOptions, read};
/// use crossgrade::merge::merge;
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
/// use crossgrade::inventory::{Document, ReadOptions, read};
/// use crossgrade::merge::merge_with;
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
    let (sources, rows, kept) = std::mem::take(&mut all.fleet).into_parts();
    let matched = all.rows_joined;
    let (groups, matched_by_name) = identity::groups(&rows, &sources);
    let mut report = MergeReport { rows_read: all.rows_read, matched, matched_by_name, ..MergeReport::default() };
    report.without_mac = groups.iter().filter(|group| group.mac.is_none()).count() as u64;
    let mut rows: Vec<Option<FleetRow>> = rows.into_iter().map(Some).collect();
    let (mut merged, mut choices) = (Vec::with_capacity(groups.len()), Choices::default());
    for group in groups {
        report.matched += group.rows.len() as u64 - 1;
        let members: Vec<_> = group.rows.into_iter().filter_map(|index| rows.get_mut(index)?.take()).collect();
        let said = kept::of(&kept, &members, &sources);
        let row = said.give(settle::phone(members, &sources, &mut choices));
        report.count(&row);
        merged.push(row);
        progress(merged.len())?;
    }
    report.phones = merged.len() as u64;
    all.rows_joined = report.matched;
    twins::tell(&mut merged, &sources);
    all.fleet = Fleet::of(sources, merged).keeping(&kept);
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

/// What was read, and what the merge came to.
impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  Merge\n    {}\n", self.inventory, self.report)
    }
}
