//! Files out, replaced whole or not at all: the results are written beside the file and take its place when they are
//! complete. A full disk or Ctrl-C leaves the file as it was.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::beside::Beside;
use crate::input::{Identity, is_character_device, is_standard, is_standard_output};
use crate::stream::Stream;
use crate::terminal::shown;

/// Where results go.
pub(crate) struct Output {
    /// For messages.
    name: String,
    place: Place,
}

enum Place {
    Standard,
    /// No regular file, such as a pipe or a device.
    Straight(PathBuf),
    /// The file itself, behind all links, and what it is now.
    File(PathBuf, Option<Metadata>),
}

impl Output {
    /// Refuses what would not be CSV, a folder, and a file that is one of the `inputs`, by whatever name.
    pub(crate) fn new<'a>(path: &Path, mut inputs: impl Iterator<Item = &'a Path>) -> Result<Self, String> {
        if is_standard(path) {
            return Ok(Self { name: "standard output".to_owned(), place: Place::Standard });
        }
        let name = shown(path);
        if !may_hold_csv(path) {
            return Err(format!("{name}: results are written as CSV; expected a name that ends in .csv"));
        }
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let file = behind_links(path).map_err(|error| format!("{name}: {error}"))?;
                return Ok(Self { name, place: Place::File(file, None) });
            }
            Err(error) => return Err(format!("{name}: {error}")),
        };
        if metadata.is_dir() {
            return Err(format!("{name}: a folder; expected the name of a file for the results"));
        }
        let file = Identity::of(path).filter(|_| !is_character_device(&metadata));
        if file.is_some() && inputs.any(|input| Identity::of(input) == file) {
            return Err(format!("{name}: the results would overwrite the inventory; expected another file"));
        }
        let place = match metadata.is_file() {
            _ if file.is_some_and(|file| is_standard_output(&file)) => Place::Standard,
            false => Place::Straight(path.to_owned()),
            true => Place::File(behind_links(path).map_err(|error| format!("{name}: {error}"))?, Some(metadata)),
        };
        Ok(Self { name, place })
    }

    /// Whether the results go to standard output, so that the report cannot.
    pub(crate) fn is_standard(&self) -> bool {
        matches!(self.place, Place::Standard)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// A writer of the results. Nothing is replaced before [`Replacement::finish`].
    pub(crate) fn open(&self) -> Result<Replacement, String> {
        let sink = match &self.place {
            Place::Standard => Ok(Sink::Stream(Stream::standard())),
            Place::Straight(path) => {
                OpenOptions::new().write(true).open(path).map(|file| Sink::Stream(Stream::of(file)))
            }
            Place::File(file, old) => Beside::create(file, old.as_ref()).map(Sink::Beside),
        };
        let sink = sink.map_err(|error| self.failed(&error))?;
        Ok(Replacement { out: BufWriter::with_capacity(1 << 16, sink) })
    }

    /// An error with the name of the file.
    pub(crate) fn failed(&self, error: &dyn std::fmt::Display) -> String {
        format!("{}: {error}", self.name)
    }
}

/// Results that are being written.
pub(crate) struct Replacement {
    out: BufWriter<Sink>,
}

impl Replacement {
    /// Everything is written: the file takes its place. Of what is no file, whether its reader took everything.
    pub(crate) fn finish(self) -> io::Result<bool> {
        match self.out.into_inner().map_err(io::IntoInnerError::into_error)? {
            Sink::Stream(stream) => stream.finish(),
            Sink::Beside(beside) => beside.finish().map(|()| true),
        }
    }
}

enum Sink {
    Stream(Stream),
    Beside(Beside),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::Beside(beside) => beside.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::Beside(beside) => beside.flush(),
        }
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether a person or program that opens a file of this name expects CSV. An ending without letters is none, but part of a
/// name, such as a date.
fn may_hold_csv(path: &Path) -> bool {
    let path = path.to_string_lossy();
    let ending = Path::new(path.trim()).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = ending.unwrap_or_default();
    matches!(ending.as_str(), "csv" | "txt") || !ending.chars().any(char::is_alphabetic)
}

/// The file that a name stands for, whether or not it is there: links are followed, so that they stay.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let link = fs::read_link(&path)?;
                path = path.parent().map_or_else(|| link.clone(), |folder| folder.join(&link));
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("too many links behind links"))
}
