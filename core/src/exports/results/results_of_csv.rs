use std::convert::Infallible;
use std::fmt;
use std::io::{Sink, Write};
use std::ops::ControlFlow;

use super::ResultsOptions;
use super::results_writer::{ResultsWriter, Style};
use crate::audit::{Identity, Memo, Place};
use crate::destination::Request;
use crate::exports::ExportError;
use crate::fleet::Summary;
use crate::inventory::csv::{self, CsvReading, RowsRead, Table, TableText};
use crate::inventory::table::TableRow;
use crate::inventory::{ChosenColumn, Encoding, InventoryField, Keep, PartedColumns};
use crate::rulebook::RuleBook;

/// What an audit of a CSV text came to: what was read, and the answers counted. Printed, it says what was read.
#[derive(Debug, Clone)]
pub struct CsvAudit {
    reading: CsvReading,
    summaries: Vec<Summary>,
}

impl CsvAudit {
    /// What was read.
    pub fn reading(&self) -> &CsvReading {
        &self.reading
    }

    /// The answers, by request.
    pub fn summaries(&self) -> &[Summary] {
        &self.summaries
    }
}

impl fmt::Display for CsvAudit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reading.fmt(f)
    }
}

/// Reads a CSV text and writes its cells with the result columns behind them, row by row: with the delimiter of the input,
/// lines ending in LF, in UTF-8. If the input begins with a line `sep=;`, so does the output. The output
/// begins with a byte order mark if the input does, or if the input is not UTF-8: without the mark, spreadsheets read a
/// file in the encoding of their country. Lines that are no rows are left out.
///
/// Of a row whose cells cannot be trusted, all cells stand as one text, behind what is wrong, in the column of the product
/// or else in the best that is read: when the results are read again, the row is still unknown. A row with a cell that is
/// too long keeps its cells, and is too long again. Beside text and output, memory does not grow with the rows.
///
/// With one request, the result columns are named as documented; with several, the answer columns carry the name of
/// their destination in front (`webex_calling_verdict`). The prefix of the options is put before every result column.
///
/// The columns that [`ResultsOptions::keep`] names stand between the columns of the text and those of the results, unless
/// they have these names already.
///
/// Values that are not there are empty. `findings` holds the codes, separated by spaces; the gates hold the worst status
/// (`unmet`, `unknown`, `met`).
///
/// If there are too many rows, those before are written, and [`CsvReading::cut`] tells.
///
/// # Errors
/// As [`inventory::csv::read_with`](crate::inventory::csv::read_with); if a result column has the name of a column of the
/// inventory, or of another because two requests have one destination; if there are too many columns; if `out` fails.
///
/// # Example
/// ```
/// use crossgrade::exports::results::{self, ResultsOptions};
/// use crossgrade::{Destination, Request, RuleBook, Verdict};
///
/// let requests = [Request::to(Destination::ThirdParty)];
/// let (text, mut out) = (b"PID;VID\nCP-7821-K9=;V01\n", Vec::new());
/// let audit = results::csv_to_csv(text, RuleBook::guide(), &requests, &ResultsOptions::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("\nCP-7821-K9=;V01;7821;V01;;;;ineligible;CG203 CG302;CG203;"));
/// assert_eq!(audit.summaries()[0].verdicts().of(Verdict::Ineligible), 1);
/// # Ok::<(), crossgrade::exports::ExportError>(())
/// ```
pub fn csv_to_csv(
    bytes: &[u8],
    book: &RuleBook,
    requests: &[Request],
    options: &ResultsOptions,
    out: impl Write,
) -> Result<CsvAudit, ExportError> {
    let progress = |_| ControlFlow::<Infallible>::Continue(());
    match csv_to_csv_with(bytes, book, requests, options, out, progress) {
        ControlFlow::Continue(audit) => audit,
    }
}

/// The same; after each phone `progress` hears how many are done, and may break the work off.
///
/// # Errors
/// As [`csv_to_csv`].
pub fn csv_to_csv_with<B>(
    bytes: &[u8],
    book: &RuleBook,
    requests: &[Request],
    options: &ResultsOptions,
    out: impl Write,
    progress: impl FnMut(u64) -> ControlFlow<B>,
) -> ControlFlow<B, Result<CsvAudit, ExportError>> {
    run(bytes, book, requests, options, Some(out), progress)
}

/// Reads a CSV text and counts the answers, row by row, without writing them: what the columns are called does not matter.
///
/// # Errors
/// As [`inventory::csv::read_with`](crate::inventory::csv::read_with).
///
/// # Example
/// ```
/// use std::ops::ControlFlow;
///
/// use crossgrade::exports::results;
/// use crossgrade::{Destination, Request, RuleBook, Verdict};
///
/// let requests = [Request::to(Destination::ThirdParty)];
/// let progress = |_done| ControlFlow::<()>::Continue(());
/// let audit = results::audit_csv_with(b"PID,VID,verdict\nCP-7821-K9=,V01,?\n", RuleBook::guide(), &requests, &[], progress);
/// let ControlFlow::Continue(Ok(audit)) = audit else { panic!("{audit:?}") };
/// assert_eq!(audit.summaries()[0].verdicts().of(Verdict::Ineligible), 1);
/// ```
pub fn audit_csv_with<B>(
    bytes: &[u8],
    book: &RuleBook,
    requests: &[Request],
    columns: &[ChosenColumn],
    progress: impl FnMut(u64) -> ControlFlow<B>,
) -> ControlFlow<B, Result<CsvAudit, ExportError>> {
    let options = ResultsOptions::default().columns(columns.iter().cloned());
    run(bytes, book, requests, &options, None::<Sink>, progress)
}

/// The same; that there are these columns to keep is checked as where they are written.
///
/// # Errors
/// As [`audit_csv_with`]; also if there is no such column to keep, or if its name is that of another.
pub fn audit_csv_keeping<B>(
    bytes: &[u8],
    book: &RuleBook,
    requests: &[Request],
    columns: &[ChosenColumn],
    keep: &Keep,
    progress: impl FnMut(u64) -> ControlFlow<B>,
) -> ControlFlow<B, Result<CsvAudit, ExportError>> {
    let options = ResultsOptions::default().columns(columns.iter().cloned()).keep(keep.clone());
    run(bytes, book, requests, &options, None::<Sink>, progress)
}

fn run<B>(
    bytes: &[u8],
    book: &RuleBook,
    requests: &[Request],
    options: &ResultsOptions,
    out: Option<impl Write>,
    mut progress: impl FnMut(u64) -> ControlFlow<B>,
) -> ControlFlow<B, Result<CsvAudit, ExportError>> {
    let audit = || -> Result<ControlFlow<B, CsvAudit>, ExportError> {
        let TableText { text, written } = csv::text_of_phones(bytes, &options.columns)?;
        let table = Table::open(&*text, written, &options.columns)?;
        let mut table = table.keeping(&options.keep)?;
        let mut reading = RowsRead::keeping_few();
        let style = Style {
            delimiter: table.delimiter(),
            says_delimiter: table.is_delimiter_said(),
            has_byte_order_mark: table.written().has_byte_order_mark || table.written().encoding != Encoding::Utf8,
        };
        let kept = options.keep.find_beside(table.columns().headers())?;
        let names = kept.iter().map(|(name, _)| name.to_string());
        let names: Vec<String> = table.columns().headers().iter().cloned().chain(names).collect();
        let mut writer = match out {
            Some(out) => ResultsWriter::new(out, &style, &names, book, requests, options)?,
            None => ResultsWriter::counting(book, requests),
        };
        let columns = table.columns().parted();
        while let Some(row) = table.next() {
            let Some(row) = reading.hear(row)? else { break };
            for cell in row.lined_up() {
                writer.cell(cell.as_deref().unwrap_or_default())?;
            }
            if !kept.is_empty() {
                let cells: Vec<_> = row.lined_up().collect();
                for (_, column) in &kept {
                    writer.cell(cells.get(*column).and_then(|cell| cell.as_deref()).unwrap_or_default())?;
                }
            }
            writer.end_row_of(|memo| place(memo, &row, &columns))?;
            if let ControlFlow::Break(broken_off) = progress(reading.count()) {
                return Ok(ControlFlow::Break(broken_off));
            }
        }
        let summaries = writer.finish()?;
        Ok(ControlFlow::Continue(CsvAudit { reading: reading.end(&table), summaries }))
    };
    match audit() {
        Ok(ControlFlow::Continue(audit)) => ControlFlow::Continue(Ok(audit)),
        Ok(ControlFlow::Break(broken_off)) => ControlFlow::Break(broken_off),
        Err(error) => ControlFlow::Continue(Err(error)),
    }
}

/// Where the memory has the phone of a row.
fn place(memo: &mut Memo, row: &TableRow<'_>, columns: &PartedColumns) -> (Place, Identity) {
    if let Some(text) = row.unreadable() {
        return (memo.place_of_broken(&text), Identity::NOTHING);
    }
    let PartedColumns { macs, serials, .. } = columns;
    let mut identity = Identity::NOTHING;
    let is_everyday = |(field, column): &(InventoryField, usize)| row.columns.is_everyday(*field, *column);
    for (of, cell) in macs.iter().zip(cells(row, macs)) {
        if is_everyday(of) { identity.hear_everyday(of.0, cell) } else { identity.hear_mac(cell) }
    }
    for (of, cell) in serials.iter().zip(cells(row, serials)) {
        match serials.len() {
            _ if is_everyday(of) => identity.hear_everyday(of.0, cell),
            1 => identity.hear_only_serial(cell),
            _ => identity.hear_serial(cell),
        }
    }
    (memo.place(row.cells_of_combination(columns), || row.phone_of_combination()), identity)
}

fn cells<'t>(row: &TableRow<'t>, columns: &[(InventoryField, usize)]) -> impl Iterator<Item = &'t [u8]> + Clone {
    columns.iter().map(|(_, column)| row.cells.get(*column).unwrap_or_default())
}
