//! The names of the columns that come out.

use std::collections::BTreeSet;

use crate::destination::Request;
use crate::exports::ExportError;
use crate::fleet::{ResultColumn, result_columns};
use crate::inventory::MOST_COLUMNS;

/// The columns of the input with those of the results behind them. With one request, result columns are named as they are
/// documented; with several, the answer columns carry the name of their destination in front.
pub(super) fn names(input: &[String], requests: &[Request], prefix: &str) -> Result<Vec<String>, ExportError> {
    let name = |(index, request): (usize, &Request)| {
        let destination = match requests.len() {
            1 => String::new(),
            _ => format!("{}_", request.destination().as_str().replace('-', "_")),
        };
        let name = move |column: &ResultColumn| match column.is_about_reading() {
            true => format!("{prefix}{column}"),
            false => format!("{prefix}{destination}{column}"),
        };
        result_columns(index).map(name)
    };
    let results: Vec<String> = requests.iter().enumerate().flat_map(name).collect();
    if input.len() + results.len() > MOST_COLUMNS {
        return Err(ExportError::TooManyColumns { input: input.len(), results: results.len() });
    }
    let mut known: BTreeSet<&str> = input.iter().map(String::as_str).collect();
    match results.iter().find(|column| !known.insert(column)) {
        Some(column) => Err(ExportError::ColumnClash { column: column.clone() }),
        None => Ok(input.iter().cloned().chain(results.iter().cloned()).collect()),
    }
}
