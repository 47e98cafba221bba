//! Files out, replaced whole or not at all: the results are written beside the file and take its place when they are
//! complete. A full disk or Ctrl-C leaves the file as it was.

use std::ffi::OsString;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::beside::Beside;
use crate::input::{Identity, is_character_device, is_standard, is_standard_output, is_standard_output_regular};
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
    /// Refuses what would not be CSV, a folder, and a file that is one of the `inputs`, by whatever name, or that would be one of
    /// them the next time, since it would stand in one of the `folders` that are read.
    pub(crate) fn new(path: &Path, inputs: &[PathBuf], folders: &[&Path]) -> Result<Self, String> {
        let overwrites =
            |name: &str| Err(format!("{name}: the results would overwrite the inventory; expected another file"));
        if is_standard(path) {
            let name = "standard output";
            let is_output = |input: &PathBuf| Identity::of(input).is_some_and(|file| is_standard_output(&file));
            return match is_standard_output_regular() && inputs.iter().any(is_output) {
                true => overwrites(name),
                false => Ok(Self { name: name.to_owned(), place: Place::Standard }),
            };
        }
        let name = shown(path);
        if !may_hold_csv(path) {
            return Err(format!("{name}: results are written as CSV; expected a name that ends in .csv"));
        }
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let links = links(path).map_err(|error| format!("{name}: {error}"))?;
                refuse_folders(&name, &links, folders)?;
                return Ok(Self { name, place: Place::File(file_behind(links), None) });
            }
            Err(error) => return Err(format!("{name}: {error}")),
        };
        if metadata.is_dir() {
            return Err(format!("{name}: a folder; expected the name of a file for the results"));
        }
        let file = Identity::of(path).filter(|_| !is_character_device(&metadata));
        if file.is_some() && inputs.iter().any(|input| Identity::of(input) == file) {
            return overwrites(&name);
        }
        let links = links(path).map_err(|error| format!("{name}: {error}"))?;
        if metadata.is_file() {
            refuse_folders(&name, &links, folders)?;
        }
        let place = match metadata.is_file() {
            _ if file.is_some_and(|file| is_standard_output(&file)) => Place::Standard,
            false => Place::Straight(path.to_owned()),
            true => Place::File(file_behind(links), Some(metadata)),
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

/// Refuses a file that would be read as a page the next time: one of its names stands in a folder that is read, or a link there
/// leads to it.
fn refuse_folders(name: &str, links: &[PathBuf], folders: &[&Path]) -> Result<(), String> {
    let file = links.last().and_then(|file| place(file));
    for folder in folders {
        let here = Identity::of(folder);
        let stands_there = links.iter().filter_map(|link| place(link)).any(|(parent, _)| Some(parent) == here);
        if stands_there || file.is_some() && dangling(folder).any(|place| Some(place) == file) {
            let folder = shown(folder);
            return Err(format!(
                "{name}: the results would stand in {folder}, a folder that is read; expected a file in another folder"
            ));
        }
    }
    Ok(())
}

/// The folder in which a name stands, whatever that is called, and the name in it.
fn place(path: &Path) -> Option<(Identity, OsString)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some((Identity::of(folder)?, path.file_name()?.to_owned()))
}

/// Where links in a folder lead that lead to nothing yet.
fn dangling(folder: &Path) -> impl Iterator<Item = (Identity, OsString)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let links_to_nothing = entries.filter(|entry| entry.is_symlink() && !entry.exists());
    links_to_nothing.filter_map(|entry| place(&file_behind(links(&entry).ok()?)))
}

/// The file that a name stands for.
fn file_behind(links: Vec<PathBuf>) -> PathBuf {
    links.into_iter().next_back().unwrap_or_default()
}

/// A name, and those that it leads to: links are followed, so that they stay. The last is that of the file, whether or not it is
/// there.
fn links(path: &Path) -> io::Result<Vec<PathBuf>> {
    const LINKS: usize = 40;
    let mut links = vec![path.to_owned()];
    while let Some(path) = links.last().filter(|path| path.is_symlink()) {
        if links.len() == LINKS {
            return Err(io::Error::other("too many links behind links"));
        }
        let link = fs::read_link(path)?;
        links.push(path.parent().map_or_else(|| link.clone(), |folder| folder.join(&link)));
    }
    Ok(links)
}
