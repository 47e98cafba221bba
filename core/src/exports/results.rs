//! The result columns of an audit, beside the columns of the inventory.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use csv::{Writer, WriterBuilder};

use super::ExportError;
use crate::audit::{Answers, Identity, MAC, Memo, ResultColumn};
use crate::destination::Request;
use crate::fleet::Fleet;
use crate::inventory::csv::{self as csv_file, BYTE_ORDER_MARK, CsvInventory, Table, Written};
use crate::inventory::table::TableRow;
use crate::inventory::{ChosenColumn, ColumnReport, InventoryField, PartedColumns};
use crate::rulebook::RuleBook;

/// The cells of the inventory with the result columns behind them: CSV with the delimiter of the input, lines ending in LF,
/// in UTF-8, with a byte order mark if the input has one. Lines that are no rows are left out.
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
    let (columns, delimiter) = (inventory.columns(), inventory.delimiter());
    let mut out = match ResultsWriter::new(columns, delimiter, inventory.has_byte_order_mark(), book, requests, prefix)
    {
        Ok(out) => out,
        Err(error) => return ControlFlow::Continue(Err(error)),
    };
    for (index, row) in inventory.table_rows().enumerate() {
        if let Err(error) = out.write(&row) {
            return ControlFlow::Continue(Err(error));
        }
        progress(index + 1)?;
    }
    ControlFlow::Continue(out.finish())
}

/// Reads a CSV text and writes its cells with the result columns behind them, row by row: the same as [`to_csv`], without
/// a fleet in between; beside the two texts, memory does not grow with the rows.
///
/// # Errors
/// As [`csv::read_with`](crate::inventory::csv::read_with) and [`to_csv`].
///
/// # Example
/// ```
/// use crossgrade::exports::results;
/// use crossgrade::{Destination, Request, RuleBook};
///
/// let requests = [Request::to(Destination::ThirdParty)];
/// let out = results::csv_to_csv(b"PID;VID\nCP-7821-K9=;V01\n", &[], RuleBook::guide(), &requests, "")?;
/// assert!(String::from_utf8_lossy(&out).ends_with("CP-7821-K9=;V01;7821;V01;;;;ineligible;CG203 CG302;;;;;;;;\n"));
/// # Ok::<(), crossgrade::exports::ExportError>(())
/// ```
pub fn csv_to_csv(
    bytes: &[u8],
    columns: &[ChosenColumn],
    book: &RuleBook,
    requests: &[Request],
    prefix: &str,
) -> Result<Vec<u8>, ExportError> {
    let decoded = csv_file::text(bytes)?;
    let mut table = Table::open(&*decoded.text, Written::from(&decoded), columns)?;
    let (delimiter, mark) = (table.delimiter(), table.written().has_byte_order_mark);
    let mut out = ResultsWriter::new(table.columns(), delimiter, mark, book, requests, prefix)?;
    while let Some(row) = table.next() {
        out.write(&row?)?;
    }
    out.finish()
}

/// The columns of a fleet, as [`fleet::to_csv`](super::fleet::to_csv) writes them, with the result columns behind them.
///
/// # Errors
/// As [`to_csv`].
///
/// # Example
/// ```
/// use crossgrade::exports::results;
/// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook};
///
/// let mut fleet = Fleet::default();
/// fleet.push(2, Phone::new("CP-7821-K9=").vid("V01"));
/// let requests = [Request::to(Destination::ThirdParty)];
/// let out = results::fleet_to_csv(&fleet, RuleBook::guide(), &requests, "")?;
/// assert!(String::from_utf8_lossy(&out).contains("7821,V01,,,,ineligible,CG203 CG302"));
/// # Ok::<(), crossgrade::exports::ExportError>(())
/// ```
pub fn fleet_to_csv(
    fleet: &Fleet,
    book: &RuleBook,
    requests: &[Request],
    prefix: &str,
) -> Result<Vec<u8>, ExportError> {
    csv_to_csv(&super::fleet::to_csv(fleet)?, &[], book, requests, prefix)
}

/// Writes rows with their results.
struct ResultsWriter {
    out: Writer<Vec<u8>>,
    columns: PartedColumns,
    memo: Memo,
    answers: Mutex<Answers>,
    requests: usize,
}

impl ResultsWriter {
    /// A writer that has written the header row.
    fn new(
        columns: &ColumnReport,
        delimiter: u8,
        has_byte_order_mark: bool,
        book: &RuleBook,
        requests: &[Request],
        prefix: &str,
    ) -> Result<Self, ExportError> {
        let headers = columns.headers();
        let results = names(requests, prefix);
        let mut names: BTreeSet<&str> = headers.iter().map(String::as_str).collect();
        if let Some(column) = results.iter().find(|column| !names.insert(column)) {
            return Err(ExportError::ColumnClash { column: column.clone() });
        }
        // A spreadsheet that wrote the mark wants it back.
        let mark = if has_byte_order_mark { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
        let mut out = WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(mark);
        out.write_record(headers.iter().chain(&results))?;
        let memo = Memo::new(book.clone(), requests.to_vec());
        let (columns, answers) = (columns.parted(), Mutex::default());
        Ok(Self { out, columns, memo, answers, requests: requests.len() })
    }

    fn write(&mut self, row: &TableRow<'_>) -> Result<(), ExportError> {
        let answers = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner);
        if answers.is_full() {
            *answers = Answers::default();
            self.memo.clear();
        }
        self.memo.make_room(1);
        for cell in row.lined_up() {
            self.out.write_field(cell)?;
        }
        let (place, identity) = match row.unreadable() {
            Some(text) => (self.memo.place_of_broken(&text), Identity::NOTHING),
            None => {
                let PartedColumns { combination, macs, serials } = &self.columns;
                let mut identity = Identity::NOTHING;
                cells(row, macs).for_each(|cell| identity.hear_mac(cell));
                cells(row, serials).for_each(|cell| identity.hear_serial(cell));
                (self.memo.place(cells(row, combination), || row.phone().into_owned()), identity)
            }
        };
        for request in 0..self.requests {
            let answer = self.memo.answer(place, identity, request, &self.answers);
            let answers = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner);
            for column in result_columns(request) {
                let text = answers.text(*column, answers.word(answer, *column)).unwrap_or_default();
                match identity.mac() {
                    Some(mac) if column.holds_mac() => {
                        self.out.write_field(text.replace(MAC, &mac.to_string()))?;
                    }
                    _ => self.out.write_field(text)?,
                }
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>, ExportError> {
        self.out.into_inner().map_err(|error| ExportError::Write(error.to_string()))
    }
}

fn cells<'t>(row: &TableRow<'t>, columns: &[(InventoryField, usize)]) -> impl Iterator<Item = &'t [u8]> + Clone {
    columns.iter().map(|(_, column)| row.cells.get(*column).unwrap_or_default())
}

/// The columns of a request: what was read is told with the first.
fn result_columns(request: usize) -> impl Iterator<Item = &'static ResultColumn> {
    ResultColumn::ALL.iter().filter(move |column| request == 0 || !column.is_about_reading())
}

/// The names of the result columns for these requests.
fn names(requests: &[Request], prefix: &str) -> Vec<String> {
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
