//! What the rows of one phone say in the columns that the caller keeps.

use std::sync::Arc;

use super::policy::{is_registered, rank};
use crate::fleet::{FleetRow, Kept, Origin, Source};

/// What counts, and where rows say something else.
#[derive(Default)]
pub(super) struct KeptOfPhone {
    best: Option<Kept>,
    told: Option<String>,
}

/// Of each of these columns what the best source says that says anything. A row that is no evidence of what runs may still know the room.
pub(super) fn of(columns: &[Arc<str>], rows: &[FleetRow], sources: &[Source]) -> KeptOfPhone {
    if rows.len() < 2 || rows.iter().all(|row| row.all_kept().is_none()) {
        return KeptOfPhone::default();
    }
    let mut rows: Vec<&FleetRow> = rows.iter().collect();
    rows.sort_by_key(|row| (rank(row.origin(), sources), !is_registered(row)));
    let said = rows.iter().filter_map(|row| Some((row.all_kept()?, row.origin())));
    let place =
        |origin: Origin| sources.get(origin.source()).map_or_else(String::new, |source| source.place(origin.row()));
    let (best, told) = Kept::best(columns, said, place);
    KeptOfPhone { best: Some(best), told }
}

impl KeptOfPhone {
    /// The row of the phone, which says this.
    pub(super) fn give(self, row: FleetRow) -> FleetRow {
        let mut row = match self.best {
            Some(best) => row.with_kept(best),
            None => row,
        };
        if let Some(told) = self.told {
            row.add_problem(told);
        }
        row
    }
}
