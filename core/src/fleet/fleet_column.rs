//! A fleet as a table: what each column says of a row.

use std::borrow::Cow;
use std::fmt::Display;

#[cfg(feature = "json")]
use super::contradictions_cell;
use super::{Conflict, ConflictValue, Fleet, FleetRow, Origin, RowLabel};
use crate::assess::Field;
use crate::phone::{Evidence, Phone};
use crate::text::{Shown, listed, words};

words! {
    /// A column of a fleet as a table. Texts are canonical where they could be read, and as they came where not; an audit
    /// reads the same phones from them.
    #[non_exhaustive]
    pub enum FleetColumn as "fleet column" {
        /// The name of the device.
        Device = "device",
        /// What somebody wrote about it.
        Description = "description",
        /// Its IP address.
        IpAddress = "ip_address",
        /// Its registration or connection.
        Status = "status",
        /// The product text.
        Pid = "pid",
        /// The hardware version.
        Vid = "vid",
        /// The MAC address.
        Mac = "mac",
        /// The serial number.
        Serial = "serial",
        /// The load that runs.
        Load = "load",
        /// The release that runs.
        Release = "release",
        /// The type that runs.
        FirmwareType = "firmware_type",
        /// The transition authorization.
        Authorization = "authorization",
        /// What was said differently, in JSON: `[{"field":"vid","sides":[{"value":"V03","place":"a.csv line 2"},...]}]`. The
        /// cells of those fields are empty.
        Contradictions = "contradictions",
        /// The source of the row; of a merged phone, the best one.
        Source = "source",
        /// The row in it.
        Row = "row",
        /// Which rows the evidence came from: `export.csv line 2: pid; page 10.0.1.11.xml: vid serial`.
        Evidence = "evidence",
        /// What is wrong with the row, and where rows disagree.
        Problem = "problem",
    }
}

impl FleetColumn {
    /// The columns that a question about a phone takes, in the order of its fields.
    pub const OF_QUESTION: [Self; 8] = [
        Self::Pid,
        Self::Vid,
        Self::Mac,
        Self::Serial,
        Self::Load,
        Self::Release,
        Self::FirmwareType,
        Self::Authorization,
    ];

    /// What this column says of a row of a fleet; nothing where nothing was said.
    ///
    /// # Example
    /// ```
    /// use crossgrade::fleet::FleetColumn;
    /// use crossgrade::{Fleet, Phone};
    ///
    /// let mut fleet = Fleet::default();
    /// fleet.push(2, Phone::new("8841").vid("v5").load("P00308010200"));
    /// let row = &fleet.rows()[0];
    /// assert_eq!(FleetColumn::Vid.text(&fleet, row).as_deref(), Some("V05"));
    /// assert_eq!(FleetColumn::Load.text(&fleet, row).as_deref(), Some("P00308010200"));
    /// assert_eq!(FleetColumn::Mac.text(&fleet, row), None);
    /// ```
    pub fn text<'a>(self, fleet: &'a Fleet, row: &'a FleetRow) -> Option<Cow<'a, str>> {
        let label = |part: fn(&RowLabel) -> &Option<String>| part(row.label()?).as_deref().map(Cow::Borrowed);
        let phone = row.phone();
        match self {
            Self::Device => label(|label| &label.name),
            Self::Description => label(|label| &label.description),
            Self::IpAddress => label(|label| &label.ip_address),
            Self::Status => label(|label| &label.status),
            Self::Pid => product(phone),
            Self::Vid => said(phone.vid_evidence()),
            Self::Mac => said(phone.mac_evidence()),
            Self::Serial => said(phone.serial_evidence()),
            Self::Load => said(phone.load_evidence()),
            Self::Release => said(phone.release_evidence()),
            Self::FirmwareType => said(phone.firmware_type_evidence()),
            Self::Authorization => said(phone.authorization_evidence()),
            #[cfg(feature = "json")]
            Self::Contradictions => contradictions_cell::of(row).map(Cow::Owned),
            #[cfg(not(feature = "json"))]
            Self::Contradictions => None,
            Self::Source => fleet.source(row.origin()).map(|source| source.name().into()),
            Self::Row => Some(row.line().to_string().into()),
            Self::Evidence => evidence(fleet, row),
            Self::Problem => problem(fleet, row),
        }
    }
}

fn said<'a, T: Display>(evidence: &'a Evidence<'_, T>) -> Option<Cow<'a, str>> {
    match evidence {
        Evidence::Absent | Evidence::Contradictory(_) => None,
        Evidence::Unreadable(text) => Some(Cow::Borrowed(text)),
        Evidence::Known(value) => Some(Cow::Owned(value.to_string())),
    }
}

/// The product as it was written, or as it is written where only the value is known.
fn product<'a>(phone: &'a Phone<'_>) -> Option<Cow<'a, str>> {
    if let Some(text) = phone.product_text() {
        return Some(text.into());
    }
    let Evidence::Known(product) = phone.product() else { return None };
    Some(match product.pid() {
        Some(pid) => pid.to_string().into(),
        None => product.model().to_string().into(),
    })
}

/// `export.csv line 2`.
fn place(fleet: &Fleet, origin: Origin) -> String {
    fleet.source(origin).map_or_else(|| format!("row {}", origin.row()), |source| source.place(origin.row()))
}

fn evidence<'a>(fleet: &Fleet, row: &FleetRow) -> Option<Cow<'a, str>> {
    let mut places: Vec<(Origin, Vec<&str>)> = Vec::new();
    for (field, origin) in row.evidence() {
        match places.iter_mut().find(|(at, _)| *at == origin) {
            Some((_, fields)) => fields.push(field.as_str()),
            None => places.push((origin, vec![field.as_str()])),
        }
    }
    let places = places.iter().map(|(origin, fields)| (*origin, Some(fields.join(" "))));
    let set_aside = row.trail().map_or(&[][..], |trail| trail.set_aside());
    let mut parts = places.chain(set_aside.iter().map(|origin| (*origin, None))).peekable();
    parts.peek()?;
    let told = |(origin, fields): (Origin, Option<String>)| {
        format!("{}: {}", place(fleet, origin), fields.as_deref().unwrap_or("set aside"))
    };
    Some(listed(parts, "; ", 0, told).into())
}

fn problem<'a>(fleet: &Fleet, row: &'a FleetRow) -> Option<Cow<'a, str>> {
    let conflicts = row.trail().map_or(&[][..], |trail| trail.conflicts());
    let told = conflicts.iter().map(|conflict| disagreement(fleet, conflict));
    let is_of_rows = |field| conflicts.iter().any(|conflict| conflict.field == field);
    let own = row.said_differently().filter(|(field, _)| !is_of_rows(*field) && !is_part_of(*field, conflicts));
    let side = |(value, place): &(&str, &str)| format!("{} ({})", Shown::new(value), Shown::new(place));
    let own = own.map(|(field, sides)| format!("{field}: {}: no side counts", listed(&sides, " or ", 0, side)));
    let passed_over = |(field, text): &(Field, ConflictValue)| {
        let (value, place) = (Shown::quoted(&text.value), place(fleet, text.origin));
        format!("{field}: {value} ({place}) cannot be read")
    };
    let trail = row.trail().filter(|trail| !trail.passed_over().is_empty());
    let passed_over = trail.map(|trail| listed(trail.passed_over(), "; ", trail.more_passed_over, passed_over));
    let mut all = row.problem().map(str::to_owned).into_iter().chain(told).chain(own).chain(passed_over).peekable();
    all.peek()?;
    Some(all.collect::<Vec<_>>().join("; ").into())
}

/// A load and a release are one conflict, about what runs.
fn is_part_of(field: Field, conflicts: &[Conflict]) -> bool {
    field == Field::Release && conflicts.iter().any(|conflict| conflict.field == Field::Load)
}

/// `vid: V03 (page 10.0.1.11.xml) or V01 (export.csv line 2): no side counts`.
fn disagreement(fleet: &Fleet, conflict: &Conflict) -> String {
    let side = |value: &ConflictValue| format!("{} ({})", Shown::new(&value.value), place(fleet, value.origin));
    let sides = listed(&conflict.values, " or ", conflict.more, side);
    let outcome = if conflict.is_open { "no side counts" } else { "the first counts" };
    format!("{}: {sides}: {outcome}", conflict.field)
}
