//! Files in: their bytes up to a limit, and whether two names are one file.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crossgrade::inventory::{LARGEST_FILE, LeftOut, check_file};

use crate::terminal::shown;

/// Whether a name stands for standard input or output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether an input is a folder, whose files are pages.
pub(crate) fn is_folder(path: &Path) -> bool {
    !is_standard(path) && path.is_dir()
}

/// The name of an input, for a message.
pub(crate) fn name(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { shown(path) }
}

/// Whether two names are one file, which need not be there yet.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    let of = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
    };
    let are_one_file = Identity::of(one).is_some_and(|file| Some(file) == Identity::of(other));
    one == other || are_one_file || of(one).is_some_and(|path| Some(path) == of(other))
}

/// What an inventory holds, unless it is larger than is read: devices and pipes may have no end.
pub(crate) fn inventory(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("{}: {error}", name(path));
    let refused = |size| check_file(size).map_err(|error| format!("{}: {error}", name(path)));
    if !is_standard(path) {
        refused(fs::metadata(path).map_err(failed)?.len())?;
    }
    let bytes = up_to(LARGEST_FILE, path).map_err(failed)?;
    refused(bytes.len() as u64)?;
    Ok(bytes)
}

/// The first bytes of a file: one more than `most`, if there are as many.
pub(crate) fn up_to(most: u64, path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match is_standard(path) {
        true => io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?,
        false => File::open(path)?.take(most + 1).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

/// What stands in a folder, in the order of the names.
pub(crate) struct Folder {
    /// The files: each is the page of a phone.
    pub(crate) pages: Vec<PathBuf>,
    /// The names of all else.
    pub(crate) left_out: Vec<(LeftOut, String)>,
}

impl Folder {
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        let mut folder = Self { pages: Vec::new(), left_out: Vec::new() };
        for path in sorted(entries) {
            let why = match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => LeftOut::Folder,
                Ok(metadata) if !metadata.is_file() => LeftOut::NoFile,
                Err(_) if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) => {
                    LeftOut::DanglingLink
                }
                // Why it cannot be read is told when it is read.
                _ => {
                    folder.pages.push(path);
                    continue;
                }
            };
            folder.left_out.push((why, file_name(&path)));
        }
        Ok(folder)
    }
}

/// In the order of the bytes of their names.
fn sorted(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    paths.sort_by(|one, other| one.as_os_str().as_encoded_bytes().cmp(other.as_os_str().as_encoded_bytes()));
    paths
}

/// The name of an entry of a folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file, whatever names it has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
    #[cfg(not(unix))]
    path: PathBuf,
}

impl Identity {
    /// The file of this name; links are followed.
    #[cfg(unix)]
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match is_standard(path) {
            true => Self::of_descriptor(io::stdin()),
            false => Some(Self::of_metadata(&fs::metadata(path).ok()?)),
        }
    }

    #[cfg(not(unix))]
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let path = fs::canonicalize(path).ok().filter(|_| !is_standard(path))?;
        Some(Self { path })
    }

    #[cfg(unix)]
    fn of_metadata(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: metadata.dev(), inode: metadata.ino() }
    }

    /// The file that is open there.
    #[cfg(unix)]
    fn of_descriptor(open: impl std::os::fd::AsFd) -> Option<Self> {
        let file = File::from(open.as_fd().try_clone_to_owned().ok()?);
        Some(Self::of_metadata(&file.metadata().ok()?))
    }
}

/// Whether it is a terminal, `/dev/null` or the like: what is read there is not what is written there.
#[cfg(unix)]
pub(crate) fn is_character_device(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&metadata.file_type())
}

#[cfg(not(unix))]
pub(crate) fn is_character_device(_: &Metadata) -> bool {
    false
}

/// Whether standard output was redirected to this file.
#[cfg(unix)]
pub(crate) fn is_standard_output(file: &Identity) -> bool {
    Identity::of_descriptor(io::stdout()).as_ref() == Some(file)
}

#[cfg(not(unix))]
pub(crate) fn is_standard_output(_: &Identity) -> bool {
    false
}

/// Whether standard output is a regular file: no terminal, device, pipe or socket, from which another program reads.
#[cfg(unix)]
pub(crate) fn is_standard_output_regular() -> bool {
    use std::os::fd::AsFd;
    let output = io::stdout().as_fd().try_clone_to_owned().map(File::from);
    output.and_then(|file| file.metadata()).is_ok_and(|metadata| metadata.is_file())
}

#[cfg(not(unix))]
pub(crate) fn is_standard_output_regular() -> bool {
    false
}
