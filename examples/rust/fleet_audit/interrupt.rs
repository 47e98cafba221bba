//! Ctrl-C and a request to end: nothing unfinished is left behind.

/// From now on, the program ends so. A file that grows beyond what is allowed is an error and no end.
#[cfg(unix)]
pub(crate) fn listen() {
    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    use crate::replace::exit;
    use crate::terminal::complain;

    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            complain("interrupted");
            // What shells report of a program that a signal ended.
            exit(128 + signal);
        }
    });
}

/// Other systems end the program themselves.
#[cfg(not(unix))]
pub(crate) fn listen() {}
