//! Audits a fleet: which phones can be converted, what has to be bought and done, what is missing.
//!
//! ```text
//! cargo run --release --example fleet_audit -- [FILE ... --to webex-calling|third-party|unified-cm|all]
//!                                              [--csv FILE] [--xlsx FILE [--sheet NAME]] [--risport FILE]
//!                                              [--webex FILE] [--pages FOLDER]
//!                                              [--target TARGET] [--rulebook BOOK] [--out OUT.csv] [--prefix TEXT]
//! ```
//! What a FILE is, is recognized by its content: CSV, an Excel workbook, an answer of RisPort, a page of a phone, a device
//! list of Webex. A folder holds pages of phones. Several files are merged into one fleet, and the answer says which
//! evidence came from where. `-` is standard input.
//!
//! A BOOK is `guide` (the default), `field`, `field@2024-09-01`, or a file with a book or an overlay.
//! Without arguments it audits the made-up fleet of `examples/data/fleet.csv` to all three destinations.
//!
//! OUT.csv is replaced when all results are written; until then it stays as it was. It may be no file that is read. With
//! `--out -` the results go to standard output and the report to standard error.
//!
//! A reader that has seen enough, such as `head`, may close the pipe: that is no failure.
//!
//! The exit code is 1 if something cannot be read or written, and if a file broke off: what stood before is audited.

mod input;
mod interrupt;
mod options;
mod phones;
mod replace;
mod terminal;

use std::error::Error;
use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use crossgrade::Request;

use crate::options::{Input, Options, USAGE};
use crate::phones::Phones;
use crate::replace::Output;
use crate::terminal::{Progress, Report, complain};

fn main() -> ExitCode {
    interrupt::listen();
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if arguments.iter().any(|argument| argument == "-h" || argument == "--help") {
        let _ = Report { is_on_stderr: false }.say(USAGE);
        return ExitCode::SUCCESS;
    }
    match Options::read(&arguments).and_then(audit) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            complain("a file breaks off; what stands before is audited");
            ExitCode::FAILURE
        }
        Err(error) => {
            complain(error);
            ExitCode::FAILURE
        }
    }
}

/// The fleet that is audited where no file is named.
const EXAMPLE: (&str, &str) = (concat!(env!("CARGO_MANIFEST_DIR"), "/data/fleet.csv"), "examples/data/fleet.csv");

/// Whether all files were read to their ends.
fn audit(mut options: Options) -> Result<bool, Box<dyn Error>> {
    let is_example = options.inputs.is_empty();
    if is_example {
        options.inputs.push(Input { path: EXAMPLE.0.into(), kind: None });
    }
    // What cannot be written is told before anybody waits for a report.
    let files = options.files();
    let output = options.out.as_deref().map(|out| Output::new(out, files.iter().map(PathBuf::as_path))).transpose()?;
    let report = Report { is_on_stderr: output.as_ref().is_some_and(Output::is_standard) };
    let phones = Phones::read(&options)?;
    if let Some(output) = &output {
        write_results(&phones, &options, output)?;
    }
    match is_example {
        true => report.say(phones.to_string().replace(EXAMPLE.0, EXAMPLE.1))?,
        false => report.say(&phones)?,
    }
    for request in &options.requests {
        report.say(summary(&phones, &options, request))?;
    }
    if let Some(output) = &output {
        report.say(format_args!("Results written to {}", output.name()))?;
    }
    Ok(!phones.is_cut())
}

/// Writes the phones with their answers.
fn write_results(phones: &Phones, options: &Options, output: &Output) -> Result<(), String> {
    let mut progress = Progress::new(phones.fleet().rows().len());
    let mut out = output.open()?;
    let written = phones.write_results(options, &mut out, |done| progress.at(done));
    progress.end();
    match written.and_then(|()| out.finish()) {
        // Nobody may be there to read it any more.
        Err(error) if output.is_standard() && error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(|error| output.failed(&error)),
    }
}

/// The report about one destination.
fn summary(phones: &Phones, options: &Options, request: &Request) -> String {
    let mut progress = Progress::new(phones.fleet().rows().len());
    let summary = phones.fleet().audit_with(&options.book, request, |done| progress.at(done));
    let ControlFlow::Continue(summary) = summary;
    progress.end();
    summary.to_string()
}
