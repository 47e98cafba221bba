//! A file that is written beside the one whose place it takes.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The unfinished file, for whoever ends the program: it is removed under this lock, and takes its place under it.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the program and leaves nothing unfinished behind. Who comes first ends it: what is said last fits the exit code, and no
/// file takes its place any more.
pub(crate) fn end(code: i32, last_words: impl FnOnce()) -> ! {
    let unfinished = unfinished();
    if let Some(path) = &*unfinished {
        let _ = fs::remove_file(path);
    }
    last_words();
    std::process::exit(code)
}

/// An unfinished file, which is removed unless it takes the place of another.
struct Unfinished {
    path: PathBuf,
    is_finished: bool,
}

impl Unfinished {
    fn create(path: PathBuf, options: &OpenOptions) -> io::Result<(File, Self)> {
        let mut unfinished = unfinished();
        let file = options.open(&path)?;
        *unfinished = Some(path.clone());
        Ok((file, Self { path, is_finished: false }))
    }

    fn take_place_of(mut self, target: &Path) -> io::Result<()> {
        let mut unfinished = unfinished();
        fs::rename(&self.path, target)?;
        *unfinished = None;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            let mut unfinished = unfinished();
            let _ = fs::remove_file(&self.path);
            *unfinished = None;
        }
    }
}

/// Results that are being written, and the file whose place they take.
pub(crate) struct Beside {
    file: File,
    unfinished: Unfinished,
    target: PathBuf,
    permissions: Permissions,
}

impl Beside {
    pub(crate) fn create(target: &Path, old: Option<&Metadata>) -> io::Result<Self> {
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
        let (file, unfinished) = Unfinished::create(path, &options)?;
        // A new file has the permissions that the user gives to new files.
        let permissions = file.metadata()?.permissions();
        let mut beside = Self { file, unfinished, target: target.to_owned(), permissions };
        beside.take_after(old)?;
        Ok(beside)
    }

    /// Belongs to whom the old file belonged, as far as it may, and is read by nobody else before it is complete.
    #[cfg(unix)]
    fn take_after(&mut self, old: Option<&Metadata>) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        if let Some(old) = old {
            // Only the administrator may give files away; a group may be given by its members.
            if fchown(&self.file, Some(old.uid()), Some(old.gid())).is_err() {
                let _ = fchown(&self.file, None, Some(old.gid()));
            }
            let new = self.file.metadata()?;
            let mode = narrowed(old.mode() & 0o7777, new.uid() == old.uid(), new.gid() == old.gid());
            self.permissions = Permissions::from_mode(mode);
        }
        // A file system without permissions refuses; then the file has those of all others there.
        match self.file.set_permissions(Permissions::from_mode(0o600)) {
            Err(error) if !self.allows_no_more()? => Err(error),
            _ => Ok(()),
        }
    }

    #[cfg(not(unix))]
    fn take_after(&mut self, _: Option<&Metadata>) -> io::Result<()> {
        Ok(())
    }

    /// Whether nobody may do more with the file now than with the complete one.
    #[cfg(unix)]
    fn allows_no_more(&self) -> io::Result<bool> {
        use std::os::unix::fs::PermissionsExt;
        Ok(self.file.metadata()?.permissions().mode() & 0o777 & !self.permissions.mode() == 0)
    }

    #[cfg(not(unix))]
    fn allows_no_more(&self) -> io::Result<bool> {
        Ok(true)
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        match self.file.set_permissions(self.permissions.clone()) {
            Err(error) if !self.allows_no_more()? => return Err(error),
            _ => self.file.sync_all()?,
        }
        self.unfinished.take_place_of(&self.target)?;
        // So that the new name outlives a power failure. Not every file system can do it.
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The mode of a file that may belong to another owner or group than the old one: nobody may do more with it than before. A
/// group that is another gets nothing; who is no longer owner or in the group is one of the others.
#[cfg(unix)]
fn narrowed(mode: u32, keeps_owner: bool, keeps_group: bool) -> u32 {
    let (owner, mut group, mut others) = (mode >> 6 & 7, mode >> 3 & 7, mode & 7);
    if keeps_owner && keeps_group {
        return mode;
    }
    if !keeps_group {
        (group, others) = (0, others & group);
    }
    if !keeps_owner {
        (group, others) = (group & owner, others & owner);
    }
    owner << 6 | group << 3 | others
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Of every mode, and whoever looks: what is allowed of a file of this owner (0) and group (10) or of others (1, 11).
    #[test]
    fn nobody_may_do_more_than_before() {
        let allowed = |mode: u32, owner: u32, group: u32, user: u32, groups: &[u32]| match () {
            () if user == owner => mode >> 6 & 7,
            () if groups.contains(&group) => mode >> 3 & 7,
            () => mode & 7,
        };
        for mode in 0..0o1000 {
            for (owner, group) in [(0, 10), (0, 11), (1, 10), (1, 11)] {
                let new = narrowed(mode, owner == 0, group == 10);
                // Who writes the file has seen what is in it.
                for user in [0, 2] {
                    for groups in [&[][..], &[10], &[11], &[10, 11]] {
                        let before = allowed(mode, 0, 10, user, groups);
                        let now = allowed(new, owner, group, user, groups);
                        assert_eq!(now & !before, 0, "{mode:o} as {new:o}: {owner} {group}, {user} in {groups:?}");
                    }
                }
            }
            assert_eq!(narrowed(mode, true, true), mode);
        }
        assert_eq!(narrowed(0o664, true, false), 0o604);
    }
}
