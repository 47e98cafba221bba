//! What the rows of one phone say in the columns that the caller keeps.

use std::collections::BTreeSet;

use super::policy::{is_registered, is_shown_registered, is_stale, rank};
use crate::fleet::{FleetRow, Kept, KeptColumns, KeptOfRows, RowOrigin, Source};

/// What counts, and where rows say something else.
#[derive(Default)]
pub(super) struct KeptOfPhone {
    best: Kept,
    told: Option<String>,
}

/// What a row says, and whether all of it is set aside.
struct SaidOfRow {
    kept: Box<Kept>,
    origin: RowOrigin,
    is_registered: bool,
    is_stale: bool,
    set_aside: BTreeSet<RowOrigin>,
}

/// Takes out of the rows what they say, and of each of these columns what the best source says that says anything. A row that is no
/// evidence of what runs may still know the room, but is asked last.
pub(super) fn take(columns: &KeptColumns, rows: &mut [FleetRow], sources: &[Source]) -> KeptOfPhone {
    let is_shown_registered = is_shown_registered(rows, sources);
    if let [row] = rows {
        return KeptOfPhone { best: row.take_kept().map(|kept| *kept).unwrap_or_default(), told: None };
    }
    let said = |row: &mut FleetRow| {
        Some(SaidOfRow {
            kept: row.take_kept()?,
            origin: row.origin(),
            is_registered: is_registered(row),
            is_stale: is_shown_registered && is_stale(row, sources),
            set_aside: row.trail().map_or_else(BTreeSet::new, |trail| trail.set_aside().iter().copied().collect()),
        })
    };
    let said: Vec<SaidOfRow> = rows.iter_mut().filter_map(said).collect();
    if said.is_empty() {
        return KeptOfPhone::default();
    }
    let mut texts = Vec::new();
    for row in &said {
        for (column, text, origin) in row.kept.texts_said(row.origin) {
            let is_aside = row.is_stale || row.set_aside.contains(&origin);
            texts.push(((is_aside, rank(origin, sources), !row.is_registered), (column, text, origin)));
        }
    }
    texts.sort_by_key(|(rank, _)| *rank);
    let mut heard = KeptOfRows::new(columns);
    texts.into_iter().for_each(|(_, (column, text, origin))| heard.hear(column, text, origin));
    let place =
        |origin: RowOrigin| sources.get(origin.source()).map_or_else(String::new, |source| source.place(origin.row()));
    let (best, told) = heard.best(place);
    KeptOfPhone { best, told }
}

impl KeptOfPhone {
    /// The row of the phone, which says this.
    pub(super) fn give(self, row: FleetRow) -> FleetRow {
        let mut row = row.with_kept(self.best);
        if let Some(told) = self.told {
            row.add_problem(told);
        }
        row
    }
}
