"""A folder of pages: its files, and what else stands in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from crossgrade._file_bytes import printable

__all__ = ["folder_of_pages"]

FOLDER, DANGLING_LINK, NO_FILE = "folder", "dangling-link", "no-file"
"""Why an entry is left out, in the words of the library."""


def folder_of_pages(path: str | os.PathLike[str]) -> tuple[list[Path], list[tuple[str, str]]]:
    """Find the files, in the order of the bytes of their names, and the names of all else with why it is left out."""
    pages, left_out = [], []
    for entry in sorted(Path(path).iterdir(), key=os.fsencode):
        why = _why_not(entry)
        if why is None:
            pages.append(entry)
        else:
            left_out.append((why, printable(entry.name)))
    return pages, left_out


def _why_not(entry: Path) -> str | None:
    try:
        mode = entry.stat().st_mode
    except OSError:
        # Why a file cannot be read is told when it is read.
        return DANGLING_LINK if entry.is_symlink() else None
    if stat.S_ISDIR(mode):
        return FOLDER
    return None if stat.S_ISREG(mode) else NO_FILE
