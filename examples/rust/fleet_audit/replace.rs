//! Files out, replaced whole or not at all: the results are written beside the file and take its place when they are
//! complete. A full disk or Ctrl-C leaves the file as it was.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::input::{Identity, is_character_device, is_standard, is_standard_output};
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
            Place::Standard => Ok(Sink::Standard),
            Place::Straight(path) => OpenOptions::new().write(true).open(path).map(Sink::Straight),
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
    /// Everything is written: the file takes its place.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.out.into_inner().map_err(io::IntoInnerError::into_error)? {
            Sink::Standard => flush_standard_output(),
            Sink::Straight(mut file) => file.flush(),
            Sink::Beside(beside) => beside.finish(),
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

enum Sink {
    Standard,
    Straight(File),
    Beside(Beside),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            // Nobody may be there to read it any more; the report is for somebody else.
            Self::Standard => match io::stdout().write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
                outcome => outcome,
            },
            Self::Straight(file) | Self::Beside(Beside { file, .. }) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard => flush_standard_output(),
            Self::Straight(file) | Self::Beside(Beside { file, .. }) => file.flush(),
        }
    }
}

fn flush_standard_output() -> io::Result<()> {
    match io::stdout().flush() {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// The unfinished file, for whoever ends the program: it is removed under this lock, and takes its place under it.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the program and leaves nothing unfinished behind.
pub(crate) fn exit(code: i32) -> ! {
    let unfinished = unfinished();
    if let Some(path) = &*unfinished {
        let _ = fs::remove_file(path);
    }
    std::process::exit(code)
}

/// A file that is written beside the one whose place it takes.
struct Beside {
    file: File,
    path: PathBuf,
    target: PathBuf,
    permissions: Permissions,
    is_finished: bool,
}

impl Beside {
    fn create(target: &Path, old: Option<&Metadata>) -> io::Result<Self> {
        if old.is_some() {
            // A file that must not be written is not replaced either.
            OpenOptions::new().write(true).open(target)?;
        }
        // The keys of a hasher are random.
        let path = target.with_file_name(format!(".crossgrade-{:016x}", RandomState::new().hash_one(target)));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if old.is_some() {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut unfinished = unfinished();
        let file = options.open(&path)?;
        *unfinished = Some(path.clone());
        drop(unfinished);
        // A new file has the permissions that the user gives to new files; nobody reads half of it.
        let permissions = old.map_or_else(|| file.metadata(), |old| Ok(old.clone())).map(|old| old.permissions());
        let mut beside = Self { file, path, target: target.to_owned(), permissions: permissions?, is_finished: false };
        beside.hide(old)?;
        Ok(beside)
    }

    #[cfg(unix)]
    fn hide(&mut self, old: Option<&Metadata>) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        if let Some(old) = old {
            // Only the administrator may give files away.
            let _ = fchown(&self.file, Some(old.uid()), Some(old.gid()));
        }
        self.file.set_permissions(Permissions::from_mode(0o600))
    }

    #[cfg(not(unix))]
    fn hide(&mut self, _: Option<&Metadata>) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.set_permissions(self.permissions.clone())?;
        self.file.sync_all()?;
        let mut unfinished = unfinished();
        fs::rename(&self.path, &self.target)?;
        *unfinished = None;
        self.is_finished = true;
        drop(unfinished);
        // So that the new name outlives a power failure. Not every file system can do it.
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.is_finished {
            let mut unfinished = unfinished();
            let _ = fs::remove_file(&self.path);
            *unfinished = None;
        }
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
