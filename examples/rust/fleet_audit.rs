//! Audits a fleet: which phones can be converted, what has to be bought and done, what is missing.
//!
//! ```text
//! cargo run --release --example fleet_audit -- [FILE.csv --to webex-calling|third-party|unified-cm|all]
//!                                              [--target TARGET] [--rulebook BOOK] [--out OUT.csv] [--prefix TEXT]
//! ```
//! A BOOK is `guide` (the default), `field`, `field@2024-09-01`, or a file with a book or an overlay.
//! Without arguments it audits the made-up fleet of `examples/data/fleet.csv` to all three destinations.

use std::convert::Infallible;
use std::error::Error;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crossgrade::exports::results;
use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::{Destination, Request, RuleBook};

const USAGE: &str = "usage: fleet_audit [FILE.csv --to webex-calling|third-party|unified-cm|all] \
                     [--target TARGET] [--rulebook guide|field|field@DATE|FILE.toml] [--out OUT.csv] [--prefix TEXT]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| matches!(argument.as_str(), "-h" | "--help")) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match Options::read(&arguments).and_then(|options| audit(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fleet_audit: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Options {
    file: Option<String>,
    book: RuleBook,
    requests: Vec<Request>,
    out: Option<String>,
    prefix: String,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let (mut file, mut to, mut target, mut out, mut prefix) = (None, None, None, None, String::new());
        let mut book = RuleBook::guide().clone();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"));
            match argument.as_str() {
                "--to" => to = Some(value()?.clone()),
                "--target" => target = Some(value()?.clone()),
                "--rulebook" => book = rulebook(value()?)?,
                "--out" => out = Some(value()?.clone()),
                "--prefix" => prefix.clone_from(value()?),
                option if option.starts_with('-') => return Err(format!("unknown option {option}\n{USAGE}").into()),
                path if file.is_none() => file = Some(path.to_owned()),
                path => return Err(format!("a second file {path}\n{USAGE}").into()),
            }
        }
        let to = match (&file, to) {
            (_, Some(to)) => to,
            (None, None) => "all".to_owned(),
            (Some(_), None) => return Err(format!("--to is missing: where shall the phones go?\n{USAGE}").into()),
        };
        let destinations = match to.as_str() {
            "all" => Destination::ALL.to_vec(),
            one => vec![Destination::named(one)?],
        };
        let request = |destination| book.request(destination, target.as_deref());
        let requests = destinations.into_iter().map(request).collect::<Result<_, _>>()?;
        Ok(Self { file, book, requests, out, prefix })
    }
}

/// `guide`, `field`, `field@2024-09-01`, or a file.
fn rulebook(name: &str) -> Result<RuleBook, Box<dyn Error>> {
    Ok(match (name, name.split_once('@')) {
        ("guide", _) => RuleBook::guide().clone(),
        ("field", _) => RuleBook::field().clone(),
        (_, Some(("field", day))) => RuleBook::field_as_of(day.parse()?).clone(),
        (path, _) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("{path}: {error}; a book is guide, field, field@DATE or a file"))?;
            RuleBook::check(&text).map_err(|error| format!("{path}: {error}"))?
        }
    })
}

fn audit(options: &Options) -> Result<(), Box<dyn Error>> {
    let (path, name) = match &options.file {
        Some(path) => (path.as_str(), path.as_str()),
        None => (concat!(env!("CARGO_MANIFEST_DIR"), "/data/fleet.csv"), "examples/data/fleet.csv"),
    };
    let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
    let inventory = csv::read(&bytes).map_err(|error| format!("{name}: {error}"))?;
    // What cannot be written is told before anybody waits for a report.
    if let Some(out) = &options.out {
        let is_input =
            std::fs::canonicalize(out).is_ok_and(|out| std::fs::canonicalize(path).is_ok_and(|path| out == path));
        if is_input {
            return Err(format!("{out}: the results would overwrite the inventory; expected another file").into());
        }
        let mut progress = Progress::new(inventory.fleet().rows().len());
        let done = |done| progress.at(done);
        let results = results::to_csv_with(&inventory, &options.book, &options.requests, &options.prefix, done);
        let ControlFlow::Continue(results) = results;
        progress.end();
        let results = results?;
        std::fs::write(out, results).map_err(|error| format!("{out}: {error}"))?;
    }
    println!("{name}: {inventory}");
    for request in &options.requests {
        println!("{}", report(&inventory, &options.book, request));
    }
    if let Some(out) = &options.out {
        println!("Results written to {out}");
    }
    Ok(())
}

/// The report about one destination.
fn report(inventory: &CsvInventory, book: &RuleBook, request: &Request) -> String {
    let mut progress = Progress::new(inventory.fleet().rows().len());
    let summary = inventory.fleet().audit_with(book, request, |done| progress.at(done));
    let ControlFlow::Continue(summary) = summary;
    progress.end();
    summary.to_string()
}

/// Says on stderr how many phones are done, when that takes longer than a second.
struct Progress {
    total: usize,
    last: Instant,
    was_shown: bool,
}

impl Progress {
    fn new(total: usize) -> Self {
        Self { total, last: Instant::now(), was_shown: false }
    }

    fn at(&mut self, done: usize) -> ControlFlow<Infallible> {
        if done.is_multiple_of(1024) && self.last.elapsed() > Duration::from_secs(1) {
            eprint!("\r{done} of {} phones", self.total);
            (self.last, self.was_shown) = (Instant::now(), true);
        }
        ControlFlow::Continue(())
    }

    fn end(&self) {
        if self.was_shown {
            eprintln!("\r{0} of {0} phones", self.total);
        }
    }
}
