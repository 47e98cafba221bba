use std::fmt;

use crate::fleet::FleetRow;

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
    /// Those of them that joined it by the name of the device, because they have no MAC address.
    pub matched_by_name: u64,
    /// Fields of phones that rows disagree about.
    pub conflicts: u64,
    /// Conflicts in which no side counts.
    pub open_conflicts: u64,
    /// Phones that only one source knows.
    pub orphans: u64,
    /// Phones without a MAC address: a row finds them by the name of the device only.
    pub without_mac: u64,
    /// Rows of settlements that count.
    pub settled: u64,
}

impl MergeReport {
    /// Counts a phone that came of the merge.
    pub(super) fn count(&mut self, row: &FleetRow) {
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
        let Self {
            rows_read,
            phones,
            matched,
            matched_by_name,
            conflicts,
            open_conflicts,
            orphans,
            without_mac,
            settled,
        } = *self;
        write!(f, "{} read, {} out: ", counted(rows_read, "row"), counted(phones, "phone"))?;
        write!(f, "{} matched", counted(matched, "row"))?;
        if matched_by_name > 0 {
            write!(f, " ({matched_by_name} by device name)")?;
        }
        write!(f, ", {}", counted(conflicts, "conflict"))?;
        if open_conflicts > 0 {
            write!(f, " ({open_conflicts} open: no side counts)")?;
        }
        write!(f, ", {}", counted(orphans, "orphan"))?;
        if without_mac > 0 {
            write!(f, ", {without_mac} without MAC")?;
        }
        if settled > 0 {
            write!(f, ", {settled} settled by hand")?;
        }
        Ok(())
    }
}
