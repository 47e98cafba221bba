//! Ctrl-C, and requests to end: nothing unfinished is left behind.

/// From now on, the program ends so. A file that grows beyond what is allowed is an error and no end.
#[cfg(unix)]
pub(crate) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    use crate::beside::end;
    use crate::terminal::complain_briefly;

    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
    // What `nohup` or a shell has the program ignore stays ignored.
    let ignored = ignored();
    let heard = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    let Ok(mut signals) = Signals::new(heard) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // What shells report of a program that a signal ended.
            end(128 + signal, || complain_briefly("interrupted"));
        }
    });
}

/// The signals that are ignored, a bit for each: Linux tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Other systems end the program themselves.
#[cfg(not(unix))]
pub(crate) fn listen() {}
