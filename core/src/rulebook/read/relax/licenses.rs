//! Licenses that need not be bought any more, older targets, and evidence that counts for more.

use std::collections::BTreeSet;

use super::{Books, Relaxation};
use crate::destination::Destination;
use crate::firmware::LoadName;
use crate::rulebook::rows::{AuthorizationState, EvidenceRule, LicenseNeed, LicenseRow, StepRow, TargetRow};
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

pub(super) fn targets(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.targets);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.destination, row.load.family())).collect();
    for (destination, family) in asked {
        let of = |rows: &Rows| {
            let mut rows = rows.targets.iter();
            rows.find(|row| row.destination == destination && row.load.family() == family).map(|row| row.load)
        };
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && is < was
        {
            let about = |row: &TargetRow| row.destination == destination && row.load.family() == family;
            let by = books.culprits(|rows| &rows.targets, about);
            found.push(Relaxation { what: format!("the target for {destination} is {is}, older than {was}"), by });
        }
    }
}

/// The newest load of a family and type takes the place of one that the hardware forbids.
pub(super) fn newest_loads(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.loads);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.load.family(), row.load.firmware_type().name())).collect();
    for (family, name) in asked {
        let fits = |load: &LoadName| load.family() == family && load.firmware_type().name() == name;
        let of = |rows: &Rows| {
            let loads = rows.loads.iter().filter(|row| row.may_be_chosen()).map(|row| row.load);
            loads.filter(fits).max()
        };
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && is.release() < was.release()
        {
            let by = books.culprits(|rows| &rows.loads, |row| fits(&row.load));
            found.push(Relaxation { what: format!("the newest {name} load is {is}, older than {was}"), by });
        }
    }
}

/// The load to install before a conversion; without a row it is the newest that the book has.
pub(super) fn steps(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.steps);
    let asked: BTreeSet<_> = touched.iter().map(|row| (row.destination, row.load.family())).collect();
    for (destination, family) in asked {
        let of = |rows: &Rows| {
            let mut named = rows.steps.iter();
            let named = named.find(|row| row.destination == destination && row.load.family() == family);
            let loads = rows.loads.iter().filter(|row| row.may_be_chosen()).map(|row| row.load);
            let fits =
                |load: &LoadName| load.family() == family && load.firmware_type() == destination.direction().from();
            named.map(|row| row.load).or_else(|| loads.filter(fits).max())
        };
        if let (Some(was), Some(is)) = (of(books.before), of(books.after))
            && is < was
        {
            let about = |row: &StepRow| row.destination == destination && row.load.family() == family;
            let by = books.culprits(|rows| &rows.steps, about);
            let what = format!("the load to install before {destination} is {is}, older than {was}");
            found.push(Relaxation { what, by });
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
