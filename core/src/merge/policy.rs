//! The policy: which source wins.
//!
//! What a person settled wins. Then comes the phone itself, then what it is registered with, then a list that somebody
//! keeps: a page of the phone beats RisPort, RisPort beats Webex, Webex beats what Unified CM is configured with (AXL), and
//! AXL beats CSV files, workbooks, records and tables; of two of the same kind, the one that was given first, of two rows of one answer the one that is registered. This holds for every
//! field. What can be read beats what cannot.
//!
//! Where two values can be read and differ, the better source counts only if no answer hinges on it
//! ([`assess::settled`](crate::assess::settled)); otherwise the evidence of the phone contradicts itself. A serial number decides
//! nothing, so the better source always counts.

use crate::fleet::{FleetRow, RowLabel, RowOrigin, Source, SourceKind};

/// The better the source of a row, the lower.
pub(super) fn rank(origin: RowOrigin, sources: &[Source]) -> u8 {
    match sources.get(origin.source()).map(Source::kind) {
        Some(SourceKind::Settlement) => 0,
        Some(SourceKind::DevicePage) => 1,
        Some(SourceKind::Risport) => 2,
        Some(SourceKind::Webex) => 3,
        Some(SourceKind::Axl) => 4,
        Some(SourceKind::Csv | SourceKind::Xlsx | SourceKind::Json | SourceKind::Table) | None => 5,
    }
}

/// Whether a person said it to settle a conflict.
pub(super) fn is_of_person(origin: RowOrigin, sources: &[Source]) -> bool {
    sources.get(origin.source()).is_some_and(|source| source.kind() == SourceKind::Settlement)
}

pub(super) fn is_registered(row: &FleetRow) -> bool {
    let status = row.label().and_then(|label| label.status.as_deref());
    status.is_some_and(|status| status.trim().eq_ignore_ascii_case("registered"))
}

/// Takes out the rows of RisPort that are no evidence, because another answer shows the phone registered.
pub(super) fn set_aside(rows: &mut Vec<FleetRow>, sources: &[Source]) -> Vec<RowOrigin> {
    if !is_shown_registered(rows, sources) {
        return Vec::new();
    }
    let origins = |row: &FleetRow| row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec());
    let stale = rows.iter().filter(|row| is_stale(row, sources)).flat_map(origins).collect();
    rows.retain(|row| !is_stale(row, sources));
    stale
}

/// Whether an answer of RisPort shows the phone of these rows registered: then those that do not are no evidence.
pub(super) fn is_shown_registered(rows: &[FleetRow], sources: &[Source]) -> bool {
    rows.iter().any(|row| is_of_risport(row, sources) && is_registered(row))
}

/// Whether RisPort alone says a row, and does not show it registered.
pub(super) fn is_stale(row: &FleetRow, sources: &[Source]) -> bool {
    let kind = |origin: &RowOrigin| sources.get(origin.source()).map(Source::kind);
    let is_of_risport_only =
        || row.trail().is_none_or(|trail| trail.rows().iter().all(|origin| kind(origin) == Some(SourceKind::Risport)));
    is_of_risport(row, sources) && is_of_risport_only() && !is_registered(row)
}

fn is_of_risport(row: &FleetRow, sources: &[Source]) -> bool {
    sources.get(row.origin().source()).is_some_and(|source| source.kind() == SourceKind::Risport)
}

/// Of each label what the best row says. A row that does not say which phone it is of is asked last.
pub(super) fn label(rows: &[FleetRow]) -> RowLabel {
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
