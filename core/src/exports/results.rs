//! The result columns of an audit, beside the columns of the inventory.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::ControlFlow;

use csv::{ByteRecord, Writer, WriterBuilder};

use super::ExportError;
use crate::audit::{ResultColumn, text};
use crate::destination::Request;
use crate::inventory::csv::{BYTE_ORDER_MARK, CsvInventory, lined_up};
use crate::rulebook::RuleBook;

/// The cells of the inventory with the result columns behind them: CSV with the delimiter of the input, lines ending in LF.
/// Cells of a row that has too many stay together in the last column of the input.
///
/// With one request, the result columns are named as documented; with several, the answer columns carry the name of
/// their destination in front (`webex_calling_verdict`). `prefix` is put before every result column.
///
/// Values that are not there are empty. `findings` holds the codes, separated by spaces; the gates hold the worst status
/// (`unmet`, `unknown`, `met`).
///
/// # Errors
/// If a result column has the name of a column of the inventory, or of another because two requests have one destination.
///
/// # Example
/// ```
/// use crossgrade::exports::results;
/// use crossgrade::{Destination, Request, RuleBook, inventory::csv};
///
/// let inventory = csv::read(b"PID,VID\nCP-7821-K9=,V01\n")?;
/// let requests = [Request::to(Destination::ThirdParty)];
/// let out = results::to_csv(&inventory, RuleBook::guide(), &requests, "")?;
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.starts_with("PID,VID,read_model,read_vid,"));
/// assert!(out.contains("CP-7821-K9=,V01,7821,V01,,,,ineligible,CG203 CG302"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_csv(
    inventory: &CsvInventory,
    book: &RuleBook,
    requests: &[Request],
    prefix: &str,
) -> Result<Vec<u8>, ExportError> {
    match to_csv_with(inventory, book, requests, prefix, |_| ControlFlow::<Infallible>::Continue(())) {
        ControlFlow::Continue(results) => results,
    }
}

/// The same; after each phone `progress` hears how many are done, and may break the work off.
///
/// # Errors
/// As [`to_csv`].
pub fn to_csv_with<B>(
    inventory: &CsvInventory,
    book: &RuleBook,
    requests: &[Request],
    prefix: &str,
    mut progress: impl FnMut(usize) -> ControlFlow<B>,
) -> ControlFlow<B, Result<Vec<u8>, ExportError>> {
    let mut out = match begin(inventory, requests, prefix) {
        Ok(out) => out,
        Err(error) => return ControlFlow::Continue(Err(error)),
    };
    let columns = inventory.columns().headers().len();
    for (index, (row, record)) in inventory.fleet().rows().iter().zip(inventory.records()).enumerate() {
        let mut cells: ByteRecord = lined_up(record, columns, inventory.delimiter()).collect();
        for (index, request) in requests.iter().enumerate() {
            let answer = book.assess_request(row.phone(), request);
            for column in result_columns(index) {
                cells.push_field(text(*column, &answer, false).unwrap_or_default().as_bytes());
            }
        }
        if let Err(error) = out.write_byte_record(&cells) {
            return ControlFlow::Continue(Err(ExportError::Write(error.to_string())));
        }
        progress(index + 1)?;
    }
    ControlFlow::Continue(out.into_inner().map_err(|error| ExportError::Write(error.to_string())))
}

/// The columns of a request: what was read is told with the first.
fn result_columns(request: usize) -> impl Iterator<Item = &'static ResultColumn> {
    ResultColumn::ALL.iter().filter(move |column| request == 0 || !column.is_about_reading())
}

/// A writer that has written the header row.
fn begin(inventory: &CsvInventory, requests: &[Request], prefix: &str) -> Result<Writer<Vec<u8>>, ExportError> {
    let headers = inventory.columns().headers();
    let results = columns(requests, prefix);
    let mut names: BTreeSet<&str> = headers.iter().map(String::as_str).collect();
    if let Some(column) = results.iter().find(|column| !names.insert(column)) {
        return Err(ExportError::ColumnClash { column: column.clone() });
    }
    // A spreadsheet that wrote the mark wants it back.
    let mark = if inventory.has_byte_order_mark() { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut out = WriterBuilder::new().flexible(true).delimiter(inventory.delimiter()).from_writer(mark);
    out.write_record(headers.iter().chain(&results)).map_err(|error| ExportError::Write(error.to_string()))?;
    Ok(out)
}

/// The names of the result columns for these requests.
fn columns(requests: &[Request], prefix: &str) -> Vec<String> {
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
    requests.iter().enumerate().flat_map(name).collect()
}
