//! Audits a fleet: which phones can be converted, what has to be bought and done, what is missing.
//!
//! ```text
//! cargo run --release --example fleet_audit -- [FILE ... --to webex-calling|third-party|unified-cm|all]
//!                                              [--csv FILE] [--xlsx FILE [--sheet NAME ...]] [--risport FILE]
//!                                              [--webex FILE] [--axl FILE] [--json FILE] [--pages FOLDER]
//!                                              [--settle FILE.csv] [--to-settle OUT.csv]
//!                                              [--target TARGET] [--rulebook BOOK] [--out OUT.csv] [--prefix TEXT]
//!                                              [--raw] [--keep COLUMN ...] [--columns FIELD=HEADER ...]
//! ```
//! What a FILE is, is recognized by its content: CSV, an Excel workbook, an answer of RisPort or AXL, a page of a phone, a device
//! list of Webex, JSON of any tool, what was kept of a terminal. A folder holds pages of phones. Several files are merged into one
//! fleet, and the answer says which
//! evidence came from where. `-` is standard input.
//!
//! A BOOK is `guide` (the default), `field`, `field@2024-09-01`, or a file with a book or an overlay.
//! Without arguments it audits the made-up fleet of `examples/data/fleet.csv` to all three destinations.
//!
//! OUT.csv is replaced when all results are written; until then it stays as it was. It may be no file that is read, and stand in no
//! folder that is read. One CSV file keeps its own columns in it; of anything else, such as a workbook, and of several files, what
//! was read of each phone stands in columns that are always the same. With `--out -` the results go to standard output and the
//! report to standard error.
//!
//! A COLUMN comes with the phones of any file into the results, before the result columns: its header, or `NAME=HEADER` for another
//! name; several with commas between, or the option again. One of the files has to have it.
//!
//! `--columns pid=Artikel` says from which column of the tables a field is read, where the headers do not tell. `--sheet NAME` names a
//! sheet of workbooks; without it, all are read that have phones and are not hidden.
//!
//! `--settle FILE` takes what persons say of open conflicts: it outranks every source. `--to-settle FILE` writes the conflicts that
//! are open, as a file to fill in for that. Both merge phones, also those of one file.
//!
//! A cell of OUT.csv that a spreadsheet would run as a formula has an apostrophe in front, unless `--raw` is said.
//!
//! A reader that has seen enough, such as `head`, may close the pipe: that is no failure. On a terminal, results are shown with
//! everything escaped that the terminal would obey.
//!
//! Exit codes:
//! - 0: every phone has an answer, whatever it is.
//! - 1: something cannot be read or written, or a file broke off: what stood before is audited.
//! - 2: the command line is wrong.
//! - 129, 130, 131, 143: ended by SIGHUP, Ctrl-C, SIGQUIT or SIGTERM.

mod beside;
mod input;
mod interrupt;
mod options;
mod phones;
mod replace;
mod stream;
mod terminal;

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write};

use crossgrade::exports::ExportError;

use crate::options::{Input, Options, Refusal, USAGE};
use crate::phones::{Audited, Phones};
use crate::replace::Output;
use crate::terminal::{Progress, Report, complain, complain_of_cuts};

fn main() {
    interrupt::listen();
    let code = answer();
    // From here on, nothing interrupts: who ends the program first says with which code.
    beside::end(code, || {});
}

/// The exit code.
fn answer() -> i32 {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if arguments.iter().any(|argument| argument == "-h" || argument == "--help") {
        let _ = Report { is_on_stderr: false }.say(USAGE);
        return SUCCESS;
    }
    let outcome = match Options::read(&arguments) {
        Ok(options) => audit(options),
        Err(Refusal::Usage(message)) => {
            complain(message);
            return USAGE_IS_WRONG;
        }
        Err(Refusal::Book(message)) => Err(message.into()),
    };
    match outcome {
        Ok(cuts) if cuts.is_empty() => SUCCESS,
        Ok(cuts) => {
            complain_of_cuts(&cuts);
            FAILURE
        }
        Err(error) => {
            complain(error);
            FAILURE
        }
    }
}

const SUCCESS: i32 = 0;
const FAILURE: i32 = 1;
/// What other programs answer too if the command line is wrong.
const USAGE_IS_WRONG: i32 = 2;

/// The fleet that is audited where no file is named.
const EXAMPLE: (&str, &str) = (concat!(env!("CARGO_MANIFEST_DIR"), "/data/fleet.csv"), "examples/data/fleet.csv");

/// The names of files that were not read to their ends.
fn audit(mut options: Options) -> Result<Vec<String>, Box<dyn Error>> {
    let is_example = options.inputs.is_empty();
    if is_example {
        options.inputs.push(Input::new(EXAMPLE.0, None));
    }
    // What cannot be written is told before anybody waits for a report.
    let (files, folders) = (options.files(), options.folders());
    let output = options.out.as_deref().map(|out| Output::new(out, &files, &folders)).transpose()?;
    let to_settle = options.to_settle.as_deref().map(|out| Output::new(out, &files, &folders)).transpose()?;
    for warning in options.unknown_targets() {
        complain(format_args!("warning: {warning}"));
    }
    let is_on_stderr = [&output, &to_settle].into_iter().flatten().any(Output::is_standard);
    let report = Report { is_on_stderr };
    let phones = Phones::read(&options)?;
    let (audited, is_taken) = results(&phones, &options, output.as_ref())?;
    let is_settle_taken = to_settle.as_ref().map(|output| write_to_settle(&phones, output)).transpose()?;
    match is_example {
        true => report.say(audited.read.replace(EXAMPLE.0, EXAMPLE.1))?,
        false => report.say(&audited.read)?,
    }
    for summary in &audited.summaries {
        report.say(summary)?;
    }
    let written = [("Results", &output, is_taken), ("Open conflicts", &to_settle, is_settle_taken.unwrap_or_default())];
    for (what, output, is_taken) in written {
        let Some(output) = output else { continue };
        let (name, things) = (output.name(), what.to_lowercase());
        match is_taken {
            true => report.say(format_args!("{what} written to {name}"))?,
            false => report.say(format_args!("{name} was closed before all {things} were written"))?,
        }
    }
    Ok(audited.cuts)
}

/// Writes the open conflicts as a file to fill in; and whether all of it was taken.
fn write_to_settle(phones: &Phones, output: &Output) -> Result<bool, String> {
    let file = phones.to_settle().map(|open| open.to_string()).unwrap_or_default();
    let mut out = output.open()?;
    out.write_all(file.as_bytes()).map_err(|error| output.failed(&error))?;
    out.finish().map_err(|error| output.failed(&error))
}

/// Answers every phone, and writes the results if they go anywhere; and whether all of them were taken.
fn results(phones: &Phones, options: &Options, output: Option<&Output>) -> Result<(Audited, bool), String> {
    let mut progress = Progress::new();
    let Some(output) = output else {
        let audited = phones.audit(options, None::<io::Sink>, |done| progress.at(done));
        progress.end();
        return audited.map(|audited| (audited, true)).map_err(|error| phones.failed(&error));
    };
    let mut out = output.open()?;
    let audited = phones.audit(options, Some(&mut out), |done| progress.at(done));
    progress.end();
    let audited = audited.map_err(|error| match &error {
        ExportError::Write { message, .. } => output.failed(message),
        _ => phones.failed(&error),
    })?;
    let is_taken = out.finish().map_err(|error| output.failed(&error))?;
    Ok((audited, is_taken))
}
