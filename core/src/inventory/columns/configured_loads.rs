//! Columns of loads that Unified CM has in its database: what a phone shall load, and no evidence of what runs.
//!
//! | a column of a load or firmware stands | it is configured |
//! |---|---|
//! | in what `run sql` shows, or below a `select` of `loadinformation` | whatever its header says: the database knows nothing else |
//! | beside columns that only the database or AXL has, such as `tkmodel`, where none says a registration | unless its header says that it runs |
//!
//! Headers such as `loadinformation` and `Phone Load Name` are no columns of loads in any table. A column that the caller chose is what
//! the caller says.

use super::{ChosenColumn, FieldColumns};
use crate::inventory::folded_header::folded;
use crate::inventory::headers::OF_DATABASE;
use crate::inventory::known_headers::ranked;
use crate::inventory::{InventoryField, registration};

/// Whether a table has a column that only tables of Unified CM's database have.
pub(super) fn are_of_database(headers: &[String]) -> bool {
    // `ownerUserId` is a key of AXL, and `Owner User ID` a column that people export beside what runs.
    headers.iter().any(|header| !header.contains(' ') && OF_DATABASE.contains(&folded(header).as_str()))
}

/// Removes the columns of configured loads from these fields, and returns them. `is_running` gets a field and a rank, and tells
/// whether the headers of that rank say that the load runs.
pub(super) fn take(
    fields: &mut Vec<FieldColumns>,
    headers: &[String],
    chosen: &[ChosenColumn],
    is_running: impl Fn(InventoryField, usize) -> bool,
) -> Vec<usize> {
    let mut configured = Vec::new();
    for of_field in fields.iter_mut().filter(|of_field| registration::says_what_runs(of_field.field)) {
        let field = of_field.field;
        let rank = |column: usize| headers.get(column).and_then(|header| ranked(header)).filter(|(of, _)| *of == field);
        let is_chosen = |column: usize| {
            let is_it = |chosen: &ChosenColumn| {
                chosen.field() == field && chosen.header() == headers.get(column).map(String::as_str)
            };
            chosen.iter().any(is_it)
        };
        of_field.columns.retain(|column| {
            let is_configured = !is_chosen(*column) && rank(*column).is_some_and(|(_, rank)| !is_running(field, rank));
            if is_configured {
                configured.push(*column);
            }
            !is_configured
        });
        let is_everyday = |column: &&usize| rank(**column).is_some_and(|(_, rank)| field.is_everyday(rank));
        of_field.everyday = of_field.columns.iter().filter(is_everyday).count().min(of_field.everyday);
    }
    fields.retain(|of_field| !of_field.columns.is_empty());
    configured.sort_unstable();
    configured
}
