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
//! evidence came from where.
//!
//! A BOOK is `guide` (the default), `field`, `field@2024-09-01`, or a file with a book or an overlay.
//! Without arguments it audits the made-up fleet of `examples/data/fleet.csv` to all three destinations.
//!
//! A reader that has seen enough, such as `head`, may close the pipe: that is no failure.
//!
//! The exit code is 1 if something cannot be read or written, and if a file broke off: what stood before is audited.

mod options;
mod phones;

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::options::{Input, Options, USAGE};
use crate::phones::Phones;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| matches!(argument.as_str(), "-h" | "--help")) {
        let _ = say(USAGE);
        return ExitCode::SUCCESS;
    }
    match Options::read(&arguments).and_then(audit) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("fleet_audit: a file breaks off; what stands before is audited");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("fleet_audit: {error}");
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
        options.inputs.push(Input { path: EXAMPLE.0.to_owned(), kind: None });
    }
    let phones = Phones::read(&options)?;
    // What cannot be written is told before anybody waits for a report.
    if let Some(out) = &options.out {
        let is_input = |input: &Input| {
            std::fs::canonicalize(out).is_ok_and(|out| std::fs::canonicalize(&input.path).is_ok_and(|path| out == path))
        };
        if options.inputs.iter().any(is_input) {
            return Err(format!("{out}: the results would overwrite the inventory; expected another file").into());
        }
    }
    let mut results = Vec::new();
    let out: &mut dyn io::Write = if options.out.is_some() { &mut results } else { &mut io::sink() };
    let mut progress = Progress::new();
    let audited = phones.audit(&options, out, |done| progress.at(done))?;
    progress.end();
    if let Some(out) = &options.out {
        std::fs::write(out, results).map_err(|error| format!("{out}: {error}"))?;
    }
    match is_example {
        true => say(audited.read.replace(EXAMPLE.0, EXAMPLE.1))?,
        false => say(&audited.read)?,
    }
    for summary in &audited.summaries {
        say(summary)?;
    }
    if let Some(out) = &options.out {
        say(format_args!("Results written to {out}"))?;
    }
    Ok(!audited.is_cut)
}

/// Prints a line. Nobody may be there to read it any more.
fn say(line: impl Display) -> io::Result<()> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Says on stderr how many phones are done, when that takes longer than a second.
struct Progress {
    done: u64,
    last: Instant,
    was_shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self { done: 0, last: Instant::now(), was_shown: false }
    }

    fn at(&mut self, done: u64) {
        self.done = done;
        if done.is_multiple_of(1024) && self.last.elapsed() > Duration::from_secs(1) {
            eprint!("\r{done} phones");
            (self.last, self.was_shown) = (Instant::now(), true);
        }
    }

    fn end(&self) {
        if self.was_shown {
            eprintln!("\r{} phones", self.done);
        }
    }
}
