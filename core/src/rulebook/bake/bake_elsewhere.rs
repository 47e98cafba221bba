//! Bakes where a later embedded book answers otherwise.

use std::fmt::Write as _;

use super::expression::Bake;
use crate::phone::{Model, Vid};
use crate::rulebook::rows::{Answer, ConversionRow, PidMark};
use crate::rulebook::tables::Rows;

/// Rows of `guide` that say no to phones to which the newest `field` says yes, and what to do about it.
pub(super) fn table(out: &mut String, rows: &Rows, last: usize) {
    let last = u8::try_from(last).expect("fewer than 255 dates");
    let at = |step: u8| rows.conversions.iter().filter(move |row| row.origin.life.holds(step));
    let is_new = |row: &&ConversionRow| row.answer == Answer::Convertible && row.origin.amendment.is_some();
    // What asks for a target comes first, which the caller chooses, and what asks for what runs behind it.
    let mut found = std::collections::BTreeMap::new();
    for no in at(0).filter(|row| row.answer != Answer::Convertible || row.vid.has_bound()) {
        for yes in at(last).filter(is_new) {
            let models: Vec<Model> = no.models.iter().filter(|model| yes.models.contains(model)).copied().collect();
            let is_on_the_way = no.destinations.iter().any(|destination| yes.destinations.contains(destination));
            let is_of_pid = no.pid == PidMark::Any || yes.pid == PidMark::Any || no.pid == yes.pid;
            if models.is_empty() || !is_on_the_way || !is_of_pid {
                continue;
            }
            let names = models.iter().map(|model| model.as_str()).collect::<Vec<_>>().join(" and ");
            let direction = yes.destinations[0].direction();
            let mut says = format!("it lets the {names}");
            if yes.vid.has_bound() {
                let end = |vid: Option<Vid>| vid.map(|vid| vid.to_string());
                let _ = match (end(yes.vid.from), end(yes.vid.to)) {
                    (Some(from), Some(to)) if from == to => write!(says, " {from}"),
                    (Some(from), Some(to)) => write!(says, " {from} to {to}"),
                    (Some(from), None) => write!(says, " {from} or later"),
                    (_, to) => write!(says, " up to {}", to.unwrap_or_default()),
                };
            }
            says.push_str(" be converted");
            if let Some(release) = yes.running_at_least {
                let _ = write!(says, " if {} {release} or later runs", direction.from().name());
            }
            if let Some(release) = yes.target_at_least {
                let _ = write!(says, " with a target of {} {release} or later", direction.to().name());
            }
            let [day, amendment] =
                [yes.origin.date.map(|day| day.to_string()), yes.origin.amendment.as_ref().map(ToString::to_string)];
            let book = day.map_or("field".to_owned(), |day| format!("field as of {day} or later"));
            let remedy = format!("Ask rule book {book}: {says} (amendment {}).", amendment.unwrap_or_default());
            let key = (&no.origin.id, yes.running_at_least.is_some(), &yes.origin.id);
            let row = format!(
                "    Elsewhere {{ row: {:?}, instead: {:?}, models: &[{}], pid: PidMark::{:?}, vid: {}, remedy: {remedy:?} }},",
                no.origin.id,
                yes.origin.id,
                models.iter().map(Bake::bake).collect::<Vec<_>>().join(", "),
                yes.pid,
                yes.vid.bake(),
            );
            found.insert(key, row);
        }
    }
    let rows: Vec<String> = found.into_values().collect();
    let _ = writeln!(out, "/// Where `field` answers otherwise than `guide`.");
    let _ = writeln!(out, "pub(super) static ELSEWHERE: [Elsewhere; {}] = [\n{}\n];", rows.len(), rows.join("\n"));
}
