"""Files in: their bytes up to a limit. Devices and pipes may have no end."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crossgrade._native import LARGEST_FILE, check_file

if TYPE_CHECKING:
    from typing import Any, BinaryIO

__all__ = ["STANDARD", "beginning", "content", "printable", "read_inventory_file", "read_open_file", "up_to"]

STANDARD = "-"
"""Stands for standard input and output on the command line."""
MOST = LARGEST_FILE
PIECE = 1 << 20
LOOKED_AT = 1 << 17
"""So many bytes tell what a file is; the library looks at fewer."""


def printable(path: str | os.PathLike[str]) -> str:
    """Write a path, or another argument, as text, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace")


def content(path: str | os.PathLike[str], name: str) -> Path | bytes:
    """Return a regular file as its path, for the library to read; what can be read only once, as what it holds."""
    file = Path(path)
    # What cannot be read is told in Python's words.
    return file if file.is_file() else read_inventory_file(file, name)


def read_inventory_file(path: str | os.PathLike[str], name: str) -> bytes:
    """Return what a file of phones holds, unless it is larger than is read."""
    if path == STANDARD:
        data = up_to(MOST, sys.stdin.buffer)
    else:
        with Path(path).open("rb", buffering=0) as file:
            check_file(os.fstat(file.fileno()).st_size, name, MOST)
            data = up_to(MOST, file)
    check_file(len(data), name, MOST)
    return data


def read_open_file(file: Any, name: str) -> bytes:  # noqa: ANN401 (a file of bytes or of text)
    """Return what is left in an open file of phones, unless it is larger than is read."""
    data = up_to(MOST, file)
    check_file(len(data), name, MOST)
    return data


def beginning(held: Path | bytes) -> bytes:
    """Return the first bytes of a file or of what one held."""
    if isinstance(held, bytes):
        return held[:LOOKED_AT]
    with held.open("rb") as file:
        return file.read(LOOKED_AT)


def up_to(most: int, file: BinaryIO | Any) -> bytes:  # noqa: ANN401 (a file of bytes or of text)
    """Return the first bytes of a file: one more than `most`, if there are as many. Text is written in UTF-8."""
    content = io.BytesIO()
    missing = most + 1
    while missing > 0:
        # A pipe gives what it has; a large piece is memory that nobody asked for yet.
        piece = file.read(min(PIECE, missing))
        if not piece:
            break
        if isinstance(piece, str):
            piece = piece.encode("utf-8", "surrogatepass")
        content.write(piece)
        missing -= len(piece)
    # The bytes themselves, not a copy of them.
    return content.getvalue()
