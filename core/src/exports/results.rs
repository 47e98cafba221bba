//! The result columns of an audit, beside the columns of the inventory.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::ControlFlow;

use csv::{Writer, WriterBuilder};

use super::ExportError;
use crate::assess::{Assessment, GateStatus};
use crate::destination::Request;
use crate::inventory::csv::{BYTE_ORDER_MARK, CsvInventory};
use crate::rulebook::RuleBook;
use crate::rulebook::rows::Stage;

/// Columns that tell what was read of the phone.
const READ: [&str; 5] = ["read_model", "read_vid", "read_mac", "read_firmware_type", "read_release"];
/// Columns that tell the answer.
const ANSWER: [&str; 10] = [
    "verdict",
    "findings",
    "start_gate",
    "target_gate",
    "target_load",
    "load_server",
    "license_need",
    "license_sku",
    "service_sku",
    "license_file",
];

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
        let mut cells = lined_up(record, columns, inventory.delimiter());
        for (index, request) in requests.iter().enumerate() {
            let answer = book.assess_request(row.phone(), request);
            if index == 0 {
                read_cells(&answer).iter().for_each(|cell| cells.push_field(cell.as_bytes()));
            }
            answer_cells(&answer).iter().for_each(|cell| cells.push_field(cell.as_bytes()));
        }
        if let Err(error) = out.write_byte_record(&cells) {
            return ControlFlow::Continue(Err(ExportError::Write(error.to_string())));
        }
        progress(index + 1)?;
    }
    ControlFlow::Continue(out.into_inner().map_err(|error| ExportError::Write(error.to_string())))
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

/// The cells of a row that may have too few or too many, so that the result columns stand below their headers. What is
/// too much stays in the last cell: nothing is lost.
fn lined_up(record: &csv::ByteRecord, columns: usize, delimiter: u8) -> csv::ByteRecord {
    let mut cells: Vec<&[u8]> = record.iter().collect();
    if cells.len() <= columns {
        cells.resize(columns, b"");
        return cells.into_iter().collect();
    }
    let last = cells.split_off(columns.saturating_sub(1)).join(&delimiter);
    cells.into_iter().chain(std::iter::once(last.as_slice())).collect()
}

/// The names of the result columns for these requests.
fn columns(requests: &[Request], prefix: &str) -> Vec<String> {
    let mut columns: Vec<String> = READ.iter().map(|name| format!("{prefix}{name}")).collect();
    for request in requests {
        let destination = match requests.len() {
            1 => String::new(),
            _ => format!("{}_", request.destination().as_str().replace('-', "_")),
        };
        columns.extend(ANSWER.iter().map(|name| format!("{prefix}{destination}{name}")));
    }
    columns
}

fn read_cells(answer: &Assessment<'_>) -> [String; 5] {
    let read = answer.phone_read();
    let text = |value: Option<&dyn std::fmt::Display>| value.map_or_else(String::new, |value| value.to_string());
    [
        text(read.model.as_ref().map(|value| value as _)),
        text(read.vid.as_ref().map(|value| value as _)),
        text(read.mac.as_ref().map(|value| value as _)),
        text(read.firmware_type.as_ref().map(|value| value as _)),
        text(read.release.as_ref().map(|value| value as _)),
    ]
}

fn answer_cells(answer: &Assessment<'_>) -> [String; 10] {
    let mut codes: Vec<&str> = answer.findings().map(|finding| finding.code().as_str()).collect();
    codes.dedup();
    let license = answer.license();
    let firmware = answer.firmware();
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        answer.verdict().to_string(),
        codes.join(" "),
        owned(worst_gate(answer, Stage::Start).map(GateStatus::as_str)),
        owned(worst_gate(answer, Stage::Target).map(GateStatus::as_str)),
        firmware.and_then(|firmware| firmware.load()).map_or_else(String::new, |load| load.to_string()),
        owned(firmware.and_then(|firmware| firmware.load_server())),
        owned(license.map(|license| license.need().as_str())),
        owned(license.and_then(|license| license.sku())),
        owned(license.and_then(|license| license.service_sku())),
        license.and_then(|license| license.file()).unwrap_or_default(),
    ]
}

/// Unmet is worse than unknown, unknown worse than met.
fn worst_gate(answer: &Assessment<'_>, on: Stage) -> Option<GateStatus> {
    let badness = |status: &GateStatus| match status {
        GateStatus::Unmet => 2,
        GateStatus::Unknown => 1,
        GateStatus::Met => 0,
    };
    answer.gates().filter(|gate| gate.on() == on).map(|gate| gate.status()).max_by_key(badness)
}
