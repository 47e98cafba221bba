//! Results as the tests want them: the file, raw, and the audit that it was written by.

use crossgrade::exports::ExportError;
use crossgrade::exports::results::{self, CsvAudit, ResultsOptions};
use crossgrade::{Fleet, Request, RuleBook};

/// The results of a CSV text, cells as they are.
///
/// # Errors
/// As [`results::csv_to_csv`].
pub fn of_csv(text: &[u8], book: &RuleBook, requests: &[Request]) -> Result<(Vec<u8>, CsvAudit), ExportError> {
    let mut out = Vec::new();
    let audit = results::csv_to_csv(text, book, requests, &ResultsOptions::default().raw(true), &mut out)?;
    Ok((out, audit))
}

/// The results of a fleet, cells as they are.
///
/// # Panics
/// If they cannot be written.
pub fn of_fleet(fleet: &Fleet, book: &RuleBook, requests: &[Request]) -> Vec<u8> {
    let mut out = Vec::new();
    let options = ResultsOptions::default().raw(true);
    results::fleet_to_csv(fleet, book, requests, &options, &mut out).expect("results");
    out
}
