//! Results that take no file's place: they go to standard output, a pipe, a device, or a terminal as they come.

use std::fs::File;
use std::io::{self, IsTerminal, Write};

use crossgrade::text::Shown;

/// An output whose reader may go away: that is no failure, and what comes later goes nowhere.
pub(crate) struct Stream {
    to: To,
    /// What a terminal gets instead of the bytes.
    escaped: Option<Escaped>,
    is_closed: bool,
}

enum To {
    Standard,
    File(File),
}

impl Stream {
    pub(crate) fn standard() -> Self {
        let escaped = io::stdout().is_terminal().then(Escaped::default);
        Self { to: To::Standard, escaped, is_closed: false }
    }

    pub(crate) fn of(file: File) -> Self {
        let escaped = file.is_terminal().then(Escaped::default);
        Self { to: To::File(file), escaped, is_closed: false }
    }

    /// Whether everything was taken.
    pub(crate) fn finish(mut self) -> io::Result<bool> {
        if let Some(rest) = self.escaped.take().map(Escaped::end) {
            self.give(rest.as_bytes())?;
        }
        self.flush()?;
        Ok(!self.is_closed)
    }

    fn give(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let given = match &mut self.to {
            To::Standard => io::stdout().write_all(bytes),
            To::File(file) => file.write_all(bytes),
        };
        self.heard(given)
    }

    fn heard(&mut self, outcome: io::Result<()>) -> io::Result<()> {
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            outcome => outcome,
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.escaped {
            Some(escaped) => {
                let text = escaped.next(bytes);
                self.give(text.as_bytes())?;
            }
            None => self.give(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let flushed = match &mut self.to {
            To::Standard => io::stdout().flush(),
            To::File(file) => file.flush(),
        };
        self.heard(flushed)
    }
}

/// Bytes as a terminal shows them, piece by piece: what it would obey is escaped, but for line breaks and tabs.
#[derive(Default)]
struct Escaped {
    /// The beginning of a character whose end has not come.
    rest: Vec<u8>,
}

impl Escaped {
    fn next(&mut self, bytes: &[u8]) -> String {
        self.rest.extend_from_slice(bytes);
        let (mut text, mut at) = (String::new(), 0);
        loop {
            let error = match std::str::from_utf8(&self.rest[at..]) {
                Ok(rest) => {
                    text.push_str(rest);
                    at = self.rest.len();
                    break;
                }
                Err(error) => error,
            };
            let end = at + error.valid_up_to();
            text.push_str(&String::from_utf8_lossy(&self.rest[at..end]));
            at = end;
            let Some(length) = error.error_len() else { break };
            text.push(char::REPLACEMENT_CHARACTER);
            at += length;
        }
        self.rest.drain(..at);
        Shown::lines(&text).to_string()
    }

    fn end(self) -> String {
        if self.rest.is_empty() { String::new() } else { char::REPLACEMENT_CHARACTER.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_shown_as_the_whole_is() {
        let text = "B\u{fc}ro\t\u{6771}\u{4eac}\u{1f4de}\u{1b}[2J\r\n\u{202e}x";
        let bytes = [text.as_bytes(), b"\xff\x9b\xf0\x9f", "\u{1f4de}".as_bytes(), b"\xf0\x9f"].concat();
        let whole = format!("{}\u{fffd}\u{fffd}\u{fffd}\u{1f4de}\u{fffd}", Shown::lines(text));
        for size in 1..=bytes.len() {
            let mut escaped = Escaped::default();
            let mut shown: String = bytes.chunks(size).map(|piece| escaped.next(piece)).collect();
            shown.push_str(&escaped.end());
            assert_eq!(shown, whole, "{size}");
        }
    }
}
