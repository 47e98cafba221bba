use std::convert::Infallible;
use std::io::Write;
use std::ops::ControlFlow;

use super::ResultsOptions;
use super::results_writer::{ResultsWriter, Style};
use crate::destination::Request;
use crate::exports::ExportError;
use crate::fleet::{Fleet, Summary};
use crate::rulebook::RuleBook;

/// The columns of a fleet ([`FleetColumn`](crate::fleet::FleetColumn), then those that the caller keeps) with the result columns behind them, separated by commas, lines ending in LF.
/// Each phone of the fleet is one row, and its answer is that of [`Fleet::audit`], whatever its texts hold. The answers
/// come back counted, by request.
///
/// The result columns are named as for [`csv_to_csv`](super::csv_to_csv).
///
/// # Errors
/// If two result columns have one name because two requests have one destination, or if `out` fails.
///
/// # Example
/// ```
/// use crossgrade::exports::results::{self, ResultsOptions};
/// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook};
///
/// let mut fleet = Fleet::default();
/// fleet.push(2, Phone::new("CP-7821-K9=").vid("V01"));
/// let requests = [Request::to(Destination::ThirdParty)];
/// let mut out = Vec::new();
/// results::fleet_to_csv(&fleet, RuleBook::guide(), &requests, &ResultsOptions::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("7821,V01,,,,ineligible,CG203 CG302"));
/// # Ok::<(), crossgrade::exports::ExportError>(())
/// ```
pub fn fleet_to_csv(
    fleet: &Fleet,
    book: &RuleBook,
    requests: &[Request],
    options: &ResultsOptions,
    out: impl Write,
) -> Result<Vec<Summary>, ExportError> {
    let progress = |_| ControlFlow::<Infallible>::Continue(());
    match fleet_to_csv_with(fleet, book, requests, options, out, progress) {
        ControlFlow::Continue(summaries) => summaries,
    }
}

/// The same; after each phone `progress` hears how many are done, and may break the work off.
///
/// # Errors
/// As [`fleet_to_csv`].
pub fn fleet_to_csv_with<B>(
    fleet: &Fleet,
    book: &RuleBook,
    requests: &[Request],
    options: &ResultsOptions,
    out: impl Write,
    mut progress: impl FnMut(u64) -> ControlFlow<B>,
) -> ControlFlow<B, Result<Vec<Summary>, ExportError>> {
    let columns: Vec<String> = fleet.column_names().map(str::to_owned).collect();
    let style = Style { delimiter: b',', says_delimiter: false, has_byte_order_mark: false };
    let mut writer = match ResultsWriter::new(out, &style, &columns, book, requests, options) {
        Ok(writer) => writer,
        Err(error) => return ControlFlow::Continue(Err(error)),
    };
    for (done, row) in (1..).zip(fleet.rows()) {
        let written = fleet
            .cells(row)
            .try_for_each(|text| writer.cell(text.as_deref().unwrap_or_default().as_bytes()))
            .and_then(|()| writer.end_row_of_phone(row.phone()));
        if let Err(error) = written {
            return ControlFlow::Continue(Err(error));
        }
        progress(done)?;
    }
    ControlFlow::Continue(writer.finish())
}
