//! Licenses that need not be bought any more, and evidence that counts for more.

use std::collections::BTreeSet;

use super::{Books, Relaxation};
use crate::destination::Destination;
use crate::rulebook::rows::{AuthorizationState, EvidenceRule, LicenseNeed, LicenseRow};
use crate::rulebook::tables::Rows;

pub(super) fn licenses(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.licenses);
    let mut series: BTreeSet<(Destination, String, String)> =
        touched.iter().map(|row| (row.destination, row.series.to_string(), row.series.to_string())).collect();
    // A model may be sold licenses of another series.
    for row in books.touched(|rows| &rows.models) {
        let of =
            |rows: &Rows| rows.models.iter().find(|known| known.model == row.model).map(|row| row.series.to_string());
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && was != is
        {
            series.extend(Destination::ALL.iter().map(|destination| (*destination, was.clone(), is.clone())));
        }
    }
    for (destination, was, is) in series {
        for state in AuthorizationState::ALL.iter().copied() {
            let need = |rows: &Rows, series: &str| {
                let mut rows =
                    rows.licenses.iter().filter(|row| row.destination == destination && row.series == series);
                rows.find(|row| row.when == AuthorizationState::Any || row.when == state).map(|row| row.need)
            };
            let (need_before, need_after) = (need(books.before, &was), need(books.after, &is));
            if need_before == Some(LicenseNeed::Purchase) && need_after != need_before {
                let about =
                    |row: &LicenseRow| row.destination == destination && (row.series == was || row.series == is);
                let mut by = books.culprits(|rows| &rows.licenses, about);
                by.extend(books.culprits(|rows| &rows.models, |row| row.series == was || row.series == is));
                let need = need_after.map_or("nothing", |need| need.as_str());
                let what = format!("the license of series {is} for {destination} is {need}, and was purchase");
                found.push(Relaxation { what, by });
            }
        }
    }
}

pub(super) fn evidence(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    for row in books.touched(|rows| &rows.evidence) {
        let of = |rows: &Rows| rows.evidence.iter().find(|known| known.means == row.means).map(|row| row.release);
        let (Some(was), is) = (of(books.before), of(books.after)) else { continue };
        let relaxed = match row.means {
            EvidenceRule::ContradictsMark => is != Some(was),
            EvidenceRule::AuthorizationReadable => is < Some(was),
        };
        if relaxed {
            let by = books.culprits(|rows| &rows.evidence, |known| known.means == row.means);
            found.push(Relaxation { what: format!("{} holds for other releases than before", row.means), by });
        }
    }
}
