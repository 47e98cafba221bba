//! What is printed: the report, complaints, and how far the work is. Texts from outside are escaped.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
#[cfg(unix)]
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crossgrade::text::Shown;

/// The name of a file, for a message.
pub(crate) fn shown(path: &Path) -> String {
    Shown::file(&path.to_string_lossy()).to_string()
}

/// Where the report goes: to standard output, or to standard error where the results have the output for themselves.
pub(crate) struct Report {
    pub(crate) is_on_stderr: bool,
}

impl Report {
    /// Prints a line. Nobody may be there to read it any more.
    pub(crate) fn say(&self, line: impl Display) -> Result<(), String> {
        if self.is_on_stderr {
            // If nobody listens there, nobody can be told.
            let _ = writeln!(io::stderr(), "{line}");
            return Ok(());
        }
        match writeln!(io::stdout(), "{line}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            outcome => outcome.map_err(|error| format!("standard output: {error}")),
        }
    }
}

/// Says on standard error why there is no answer. Of a message, only its line breaks are left as they are.
pub(crate) fn complain(message: impl Display) {
    let message = message.to_string();
    // If nobody listens there, nobody can be told.
    let _ = writeln!(io::stderr(), "fleet_audit: {}", Shown::lines(&message));
}

/// Names every file of which something is missing; of many, the first.
pub(crate) fn complain_of_cuts(files: &[String]) {
    const MOST_LINES: usize = 20;
    for file in files.iter().take(MOST_LINES) {
        complain(format_args!("{file}: not all of it could be read; what was read is audited"));
    }
    match files.len().saturating_sub(MOST_LINES) {
        0 => {}
        1 => complain("not all of 1 more file could be read"),
        more => complain(format_args!("not all of {more} more files could be read")),
    }
}

/// The same, by a program that ends whether anybody listens or not: a pipe may be full, and nobody empties it.
#[cfg(unix)]
pub(crate) fn complain_briefly(message: &'static str) {
    const PATIENCE: Duration = Duration::from_secs(2);
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        complain(message);
        let _ = said.send(());
    });
    let _ = heard.recv_timeout(PATIENCE);
}

/// Says on standard error how many phones are done, when that takes longer than a second and a terminal shows it: in a log, each
/// number would stay.
pub(crate) struct Progress {
    is_terminal: bool,
    done: u64,
    last: Instant,
    was_shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), done: 0, last: Instant::now(), was_shown: false }
    }

    pub(crate) fn at(&mut self, done: u64) {
        self.done = done;
        if self.is_terminal && done.is_multiple_of(1024) && self.last.elapsed() > Duration::from_secs(1) {
            let _ = write!(io::stderr(), "\r{done} phones");
            (self.last, self.was_shown) = (Instant::now(), true);
        }
    }

    pub(crate) fn end(&self) {
        if self.was_shown {
            let _ = writeln!(io::stderr(), "\r{} phones", self.done);
        }
    }
}
