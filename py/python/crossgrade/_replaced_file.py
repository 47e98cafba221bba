"""Files out, replaced whole or not at all.

What is written stands beside the file and takes its place when it is complete. A full disk or Ctrl-C leaves the file
as it was, and nothing beside it.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from crossgrade._file_bytes import STANDARD, printable
from crossgrade._native import shown_file
from crossgrade._output_stream import Stream, standard_output
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

__all__ = ["Output"]

CSV = frozenset({"", "csv", "txt"})
"""Endings of files that may hold CSV. One without letters is no ending but part of a name, such as a date."""
PARQUET = frozenset({"parquet", "pq"})
LINKS = 40


class Output:
    """Where results go: a file, what is no regular file, or standard output.

    Raises:
        InventoryError: If the ending is that of another kind of file, or the file is one of the inputs, by any name, or
            would be one of them the next time, since it would stand in one of the folders that are read.
        OSError: If it is a folder.

    """

    def __init__(
        self, path: str, inputs: Iterable[str | os.PathLike[str]], folders: Iterable[str] = (), *, parquet: bool = False
    ) -> None:
        self._path = path
        self.name = "standard output" if path == STANDARD else shown_file(path)
        """For messages."""
        self.is_standard = path == STANDARD
        """Whether results go to standard output, so that the report cannot."""
        self._old: os.stat_result | None = None
        self.is_parquet = False
        """Whether the name asks for Parquet."""
        self.is_taken = True
        """Whether all results were taken, once they are written; of a pipe, the reader may have gone away."""
        if self.is_standard:
            output = _stat_of_descriptor(1)
            if output is not None and stat.S_ISREG(output.st_mode):
                self._refuse_inputs(output, inputs)
            return
        ending = Path(path.strip()).suffix.lower().removeprefix(".")
        self.is_parquet = parquet and ending in PARQUET
        is_csv = ending in CSV or not any(map(str.isalpha, ending))
        if not is_csv and not self.is_parquet:
            kinds, expected = ("CSV or Parquet", ".csv or .parquet") if parquet else ("CSV", ".csv")
            message = f"{self.name}: results are written as {kinds}; expected a name that ends in {expected}"
            raise InventoryError(message)
        try:
            self._old = Path(path).stat()
        except FileNotFoundError:
            self._refuse_folders(folders)
            return
        if stat.S_ISDIR(self._old.st_mode):
            message = "a folder; expected the name of a file for the results"
            raise IsADirectoryError(errno.EISDIR, message, path)
        if stat.S_ISCHR(self._old.st_mode):
            return
        self._refuse_inputs(self._old, inputs)
        if stat.S_ISREG(self._old.st_mode):
            self._refuse_folders(folders)
        # Two writers in one file would write over each other.
        output = _stat_of_descriptor(1)
        self.is_standard = output is not None and os.path.samestat(self._old, output)

    def _refuse_inputs(self, file: os.stat_result, inputs: Iterable[str | os.PathLike[str]]) -> None:
        if any(os.path.samestat(file, other) for other in map(_stat, inputs) if other is not None):
            message = f"{self.name}: the results would overwrite the inventory; expected another file"
            raise InventoryError(message)

    def _refuse_folders(self, folders: Iterable[str]) -> None:
        """Refuse a file that would be read as a page the next time."""
        places = list(map(_place, _links(Path(self._path))))
        for folder in folders:
            here = _stat(folder)
            in_folder = any(here and parent and os.path.samestat(here, parent) for parent, _ in places)
            if in_folder or any(_is_same_place(places[-1], place) for place in _dangling(Path(folder))):
                message = (
                    f"{self.name}: the results would stand in {shown_file(printable(folder))}, a folder that is read;"
                    " expected a file in another folder"
                )
                raise InventoryError(message)

    @contextlib.contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Give a binary file to write to. It takes its place when the block ends, unless the block raises."""
        if self.is_standard:
            with self._straight(standard_output()) as file:
                yield file
            return
        try:
            if self._old is None or stat.S_ISREG(self._old.st_mode):
                with self._beside() as file:
                    yield file
            else:
                # Nothing is created.
                with self._straight(Stream(io.FileIO(os.open(self._path, os.O_WRONLY), "wb"))) as file:
                    yield file
        except OSError as error:
            if error.filename is not None and _is_input_error(error):
                raise
            # The name that the caller knows, not that of the file beside it.
            raise OSError(error.errno, error.strerror, self._path) from error

    @contextlib.contextmanager
    def _straight(self, stream: Stream) -> Iterator[BinaryIO]:
        yield stream.file
        self.is_taken = stream.finish()

    @contextlib.contextmanager
    def _beside(self) -> Iterator[BinaryIO]:
        *_, target = _links(Path(self._path))
        if self._old is not None:
            # A file that must not be written is not replaced either.
            os.close(os.open(target, os.O_WRONLY))
        beside = target.with_name(f"{BESIDE}{secrets.token_hex(8)}")
        # A new file has the permissions that the user gives to new files; nobody reads half of it.
        mode = 0o666 if self._old is None else 0o600
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            with open(os.open(beside, flags, mode), "wb") as file:  # noqa: PTH123 (flags and mode)
                mode = take_after(file.fileno(), self._old)
                _set_mode(file.fileno(), 0o600, mode)
                yield file
                file.flush()
                _set_mode(file.fileno(), mode, mode)
                os.fsync(file.fileno())
            os.replace(beside, target)  # noqa: PTH105 (as its neighbors)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)  # noqa: PTH108 (as its neighbors)
            raise
        _sync_folder(target.parent)


BESIDE = ".crossgrade-"


def take_after(descriptor: int, old: os.stat_result | None) -> int:
    """Give a file to whom the old one belongs, as far as that may be, and tell the mode that it may have then."""
    if old is None or os.name != "posix":
        return stat.S_IMODE(os.fstat(descriptor).st_mode)
    try:
        # Only the administrator may give files away; a group may be given by its members.
        os.fchown(descriptor, old.st_uid, old.st_gid)
    except OSError:
        with contextlib.suppress(OSError):
            os.fchown(descriptor, -1, old.st_gid)
    new = os.fstat(descriptor)
    is_owner_kept, is_group_kept = new.st_uid == old.st_uid, new.st_gid == old.st_gid
    return narrowed(stat.S_IMODE(old.st_mode), is_owner_kept=is_owner_kept, is_group_kept=is_group_kept)


def narrowed(mode: int, *, is_owner_kept: bool, is_group_kept: bool) -> int:
    """Find a mode with which nobody may do more than before, though owner or group are others.

    A group that is another gets nothing; who is no longer owner or in the group is one of the others.
    """
    owner, group, others = mode >> 6 & 7, mode >> 3 & 7, mode & 7
    if is_owner_kept and is_group_kept:
        return mode
    if not is_group_kept:
        group, others = 0, others & group
    if not is_owner_kept:
        group, others = group & owner, others & owner
    return owner << 6 | group << 3 | others


def _set_mode(descriptor: int, mode: int, most: int) -> None:
    """Set a mode. A file system without permissions refuses; then the file has those of all others there."""
    if os.name != "posix":
        return
    try:
        os.fchmod(descriptor, mode)
    except OSError:
        if os.fstat(descriptor).st_mode & 0o777 & ~most:
            raise


def _is_input_error(error: OSError) -> bool:
    return not Path(os.fsdecode(error.filename)).name.startswith(BESIDE)


def _stat(path: str | os.PathLike[str]) -> os.stat_result | None:
    try:
        return os.fstat(0) if path == STANDARD else Path(path).stat()
    except OSError:
        return None


def _stat_of_descriptor(descriptor: int) -> os.stat_result | None:
    try:
        return os.fstat(descriptor)
    except OSError:
        return None


def _links(path: Path) -> Iterator[Path]:
    """Follow links, so that they stay. The last name is that of the file, whether or not it is there."""
    for _ in range(LINKS):
        yield path
        if not path.is_symlink():
            return
        path = path.parent / path.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def _place(path: Path) -> tuple[os.stat_result | None, str]:
    """Find the folder in which a name stands, whatever that is called, and the name in it."""
    return _stat(path.parent), path.name


def _is_same_place(one: tuple[os.stat_result | None, str], other: tuple[os.stat_result | None, str]) -> bool:
    (folder, name), (other_folder, other_name) = one, other
    return bool(name == other_name and folder and other_folder and os.path.samestat(folder, other_folder))


def _dangling(folder: Path) -> Iterator[tuple[os.stat_result | None, str]]:
    """Find where links in a folder lead that lead to nothing yet."""
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):
            if entry.is_symlink() and not entry.exists():
                *_, file = _links(entry)
                yield _place(file)


def _sync_folder(folder: Path) -> None:
    """Make the new name outlive a power failure. Not every file system can do it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
