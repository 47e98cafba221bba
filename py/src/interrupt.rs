//! Long work looks up now and then: whether Ctrl-C was pressed, and to tell how far it is.

use std::ops::ControlFlow;
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// How often.
const PAUSE: Duration = Duration::from_millis(100);

/// Phones between two looks at the clock.
const STRIDE: usize = 1024;

/// What long work keeps to look up.
pub(crate) struct Interrupt {
    progress: Option<Py<PyAny>>,
    thread: ThreadId,
    last: Instant,
}

impl Interrupt {
    pub(crate) fn new(progress: Option<Py<PyAny>>) -> Self {
        Self { progress, thread: thread::current().id(), last: Instant::now() }
    }

    /// If it is time, tells the caller how much is done; fails if the caller raises or Ctrl-C was pressed.
    ///
    /// Somebody else's thread is held up only if the caller wants to be told: it could learn nothing of Ctrl-C.
    pub(crate) fn at(&mut self, done: usize) -> PyResult<()> {
        let concerns = self.progress.is_some() || self.thread == thread::current().id();
        if !concerns || self.last.elapsed() <= PAUSE {
            return Ok(());
        }
        self.last = Instant::now();
        self.tell(done)
    }

    /// The same after each phone of a loop of the library, which ends when this breaks.
    pub(crate) fn after_phone(&mut self, done: usize) -> ControlFlow<PyErr> {
        if !done.is_multiple_of(STRIDE) {
            return ControlFlow::Continue(());
        }
        self.at(done).map_or_else(ControlFlow::Break, ControlFlow::Continue)
    }

    /// There is nothing more to do: tells the caller so a last time, and lets go of what was to be told.
    pub(crate) fn end(&mut self, done: usize) -> PyResult<()> {
        let told = if self.progress.is_some() { self.tell(done) } else { Ok(()) };
        self.progress = None;
        told
    }

    fn tell(&self, done: usize) -> PyResult<()> {
        // There is nobody to tell while Python shuts down.
        let told = Python::try_attach(|py| {
            py.check_signals()?;
            self.progress.as_ref().map_or(Ok(()), |progress| progress.call1(py, (done,)).map(drop))
        });
        told.unwrap_or(Ok(()))
    }
}
