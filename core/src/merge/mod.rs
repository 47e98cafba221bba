//! Several inventories to one fleet, one row for each device.
//!
//! # Which source wins
//! The phone itself, then what it is registered with, then a list that somebody keeps: a page of the phone beats RisPort,
//! RisPort beats Webex, Webex beats CSV files, workbooks and tables; of two of the same kind, the one that was given first.
//! This holds for every field. What can be read beats what cannot.
//!
//! # Where sources disagree
//! Two values that can be read and differ are a [`Conflict`](crate::fleet::Conflict), whoever wins. The better source counts only if
//! no answer hinges on it: verdict and license must be the same with either value, to every destination, by `guide`, by
//! `field` and by `field` as of each of its dates, with the book's own target and with every release at which a rule about
//! the target turns. Otherwise the conflict is open: no side is evidence, and the answer is `unknown` wherever it matters. A
//! serial number decides nothing, so the better source always counts. Overlays of users are not asked.
//!
//! A row that contradicts itself has two sides like two rows. A load that cannot be read and mentions MPP is a side too,
//! because nothing may be assumed over it. Other texts that cannot be read are passed over, and told.
//!
//! A column that the caller keeps ([`Keep`](crate::inventory::Keep)) decides nothing: the best source that says something
//! counts, and where others say something else, the problem of the row tells what, and where. A row of RisPort that is set aside as
//! evidence is asked last.
//!
//! # Who settles an open conflict
//! A person who has looked: [`Settlements`] say the value of a field of a device, who says so, and when. What they say
//! outranks every source, also where sources agree or say nothing: where a source says something else, the conflict is told and
//! not open. A source that agrees keeps what it adds, such as the load of a settled release; the conflict stays open where
//! sources that agree differ in that, or where a source that does not count says a type or a mark that the person does not. [`merge_settled`](merge_settled()) takes them, and refuses what names no
//! phone of the merge. [`Merged::to_settle`] gives the file to fill in. A fleet that is merged again keeps what was settled;
//! where two fleets bring settlements that differ, the conflict is open again.
//!
//! # Which rows are one phone
//! Rows with the same MAC address. A row without one, such as that of a soft client (`CSFANNA`), belongs to the device of its
//! name. Names are unique within a cluster, so that sources that the caller says are of different clusters
//! ([`Source::cluster`](crate::fleet::Source::cluster)) never join by name; a source of no cluster joins where the name is known in one
//! cluster only. Names of which one source has two devices, and those of two MAC addresses, join nothing. Webex and pages
//! have no names of devices.
//!
//! A page of which nothing can be read belongs to the one phone whose IP address it was named after. All other rows stay
//! phones of their own; where the serial number of a row without MAC address stands in another row too, both say so, for one
//! of the two may be counted twice.

mod choice;
mod compatible_values;
mod devices;
mod merge_report;
mod merged_cells;
mod merged_phone;
mod policy;
mod rows_of_one_phone;
mod said_by_rows;
mod settled_phones;
mod settlement;
mod settlement_column;
mod settlement_error;
#[cfg(feature = "csv")]
mod to_settle;
mod twins;

use std::convert::Infallible;
use std::fmt;
use std::ops::ControlFlow;

pub use merge_report::MergeReport;
pub use settlement::{Settlement, Settlements};
pub use settlement_column::SettlementColumn;
pub use settlement_error::{SettlementError, SettlementProblem};
#[cfg(feature = "csv")]
pub use to_settle::{OpenConflict, ToSettle};

use self::choice::Choices;
use self::rows_of_one_phone::Group;
use self::settled_phones::Settled;
use crate::fleet::{Fleet, FleetRow, KeptColumns, Source};
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
    let joined = Joined::of(inventories, &mut progress)?;
    joined.merged(Settled::default(), progress)
}

/// The same as [`merge`](merge()), where persons say what is so: see [`Settlements`].
///
/// # Errors
/// If a settlement names no phone of the merge or several, or if two say different things of one field of a phone.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, ReadOptions, read};
/// use crossgrade::merge::{Settlement, Settlements, merge, merge_settled};
/// use crossgrade::fleet::FleetColumn;
/// use crossgrade::Field;
///
/// let text = |vid| format!("PID,VID,MAC\nCP-7821-K9=,{vid},00CCFC123456\n");
/// let read = |name, vid| read(&Document::new(name, &text(vid)), &ReadOptions::default());
/// let inventories = [read("export.csv", "V01")?, read("labels.csv", "V03")?];
/// assert_eq!(merge(inventories.clone()).report().open_conflicts, 1);
///
/// let mut label = Settlements::new("looked at");
/// label.push(Settlement::new("SEP00CCFC123456", Field::Vid, "V03").said_by("Anna").when("2026-11-20"))?;
/// let merged = merge_settled(inventories, &label)?;
/// assert_eq!((merged.report().conflicts, merged.report().open_conflicts), (1, 0));
/// assert_eq!(
///     FleetColumn::Problem.text(merged.fleet(), &merged.fleet().rows()[0]).as_deref(),
///     Some("vid: V03 (looked at row 1, said by Anna, 2026-11-20) or V01 (export.csv line 2): the first counts")
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn merge_settled(
    inventories: impl IntoIterator<Item = Inventory>,
    settlements: &Settlements,
) -> Result<Merged, SettlementError> {
    match merge_settled_with(inventories, settlements, |_| ControlFlow::<Infallible>::Continue(())) {
        ControlFlow::Continue(merged) => merged,
    }
}

/// The same; `progress` hears and may do what it may in [`merge_with`].
///
/// # Errors
/// As [`merge_settled`](merge_settled()).
///
/// # Example
/// ```
/// use std::ops::ControlFlow;
///
/// use crossgrade::inventory::{Document, ReadOptions, read};
/// use crossgrade::merge::{Settlements, merge_settled_with};
///
/// let list = read(&Document::new("a.csv", "PID,MAC\nCP-7821-K9=,00CCFC123456\n"), &ReadOptions::default())?;
/// let first = |done| if done == 1 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) };
/// assert_eq!(merge_settled_with([list], &Settlements::default(), first), ControlFlow::Break("enough"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn merge_settled_with<B>(
    inventories: impl IntoIterator<Item = Inventory>,
    settlements: &Settlements,
    mut progress: impl FnMut(usize) -> ControlFlow<B>,
) -> ControlFlow<B, Result<Merged, SettlementError>> {
    let mut joined = Joined::of(inventories, &mut progress)?;
    let settled = joined.settled(settlements);
    ControlFlow::Continue(match settled {
        Ok(settled) => Ok(joined.merged(settled, progress)?),
        Err(error) => Err(error),
    })
}

/// All inventories, and which of their rows are one phone.
struct Joined {
    all: Inventory,
    sources: Vec<Source>,
    rows: Vec<FleetRow>,
    /// The columns that the caller keeps.
    kept: KeptColumns,
    groups: Vec<Group>,
    matched_by_name: u64,
}

impl Joined {
    fn of<B>(
        inventories: impl IntoIterator<Item = Inventory>,
        progress: &mut impl FnMut(usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Self> {
        let mut all = Inventory::nothing();
        for inventory in inventories {
            all.append(inventory);
            progress(0)?;
        }
        let (sources, rows, kept) = std::mem::take(&mut all.fleet).into_parts();
        let (groups, by_name) = rows_of_one_phone::groups(&rows, &sources);
        for (source, names) in &by_name.of_no_cluster {
            let has =
                if *names == 1 { "1 name is that of devices" } else { &format!("{names} names are those of devices") };
            let note = format!("{has} in several clusters; nobody says of which cluster this source is");
            all.note_of(*source, note);
        }
        ControlFlow::Continue(Self { all, sources, rows, kept, groups, matched_by_name: by_name.rows })
    }

    /// What persons say of the phones; they are the last source.
    fn settled(&mut self, settlements: &Settlements) -> Result<Settled, SettlementError> {
        let Some(more) = settlements.inventory() else { return Ok(Settled::default()) };
        self.all.fleet = Fleet::of(std::mem::take(&mut self.sources), Vec::new());
        self.all.append(more);
        (self.sources, ..) = std::mem::take(&mut self.all.fleet).into_parts();
        let source = self.sources.len().saturating_sub(1);
        Settled::of(settlements, source, &self.groups, &self.rows, &self.sources)
    }

    fn merged<B>(
        self,
        mut settled: Settled,
        mut progress: impl FnMut(usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Merged> {
        let Self { mut all, sources, rows, kept, groups, matched_by_name } = self;
        let matched = all.rows_joined;
        let mut report = MergeReport { rows_read: all.rows_read, matched, matched_by_name, ..MergeReport::default() };
        report.without_mac = groups.iter().filter(|group| group.mac.is_none()).count() as u64;
        let mut rows: Vec<Option<FleetRow>> = rows.into_iter().map(Some).collect();
        let (mut merged, mut choices) = (Vec::with_capacity(groups.len()), Choices::default());
        for (phone, group) in groups.into_iter().enumerate() {
            report.matched += group.rows.len() as u64 - 1;
            let mut members: Vec<_> = group.rows.into_iter().filter_map(|index| rows.get_mut(index)?.take()).collect();
            let said = merged_cells::take(&kept, &mut members, &sources);
            let settled = settled.take(phone);
            report.settled += settled.len() as u64;
            let row = said.give(merged_phone::phone(members, &settled, &sources, &mut choices));
            report.count(&row);
            merged.push(row);
            progress(merged.len())?;
        }
        report.phones = merged.len() as u64;
        all.rows_joined = report.matched;
        twins::tell(&mut merged, &sources);
        all.fleet = Fleet::of(sources, merged).keeping(kept.names());
        all.forget_what_others_say();
        ControlFlow::Continue(Merged { inventory: all, report })
    }
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

    /// The open conflicts, as a file to fill in.
    #[cfg(feature = "csv")]
    pub fn to_settle(&self) -> ToSettle {
        ToSettle::of(self.fleet())
    }

    /// What the merge came to.
    pub fn report(&self) -> MergeReport {
        self.report
    }
}

/// What was read, what the merge came to, and what of it a person can settle.
impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  Merge\n    {}\n", self.inventory, self.report)?;
        #[cfg(feature = "csv")]
        self.to_settle().report().fmt(f)?;
        Ok(())
    }
}
