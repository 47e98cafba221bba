"""Results that take no file's place: they go to standard output, a pipe, a device, or a terminal as they come."""

from __future__ import annotations

import codecs
import io
import sys
from typing import TYPE_CHECKING, Any

from crossgrade._native import shown_lines

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["Stream", "standard_output"]

BUFFER = 1 << 16


class Stream:
    """An output whose reader may go away: that is no failure, and what comes later goes nowhere."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = _Raw(raw)
        shown: io.RawIOBase = _Escaped(self._raw) if raw.isatty() else self._raw
        self.file: BinaryIO = io.BufferedWriter(shown, BUFFER)
        """What is written to."""

    def finish(self) -> bool:
        """Write what is left, and tell whether everything was taken."""
        self.file.close()
        return not self._raw.is_closed


def standard_output() -> Stream:
    """Give standard output; it stays open."""
    sys.stdout.flush()
    return Stream(io.FileIO(sys.stdout.fileno(), "wb", closefd=False))


class _Raw(io.RawIOBase):
    """Writes until nobody reads any more."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw
        self.is_closed = False

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int | None:  # noqa: ANN401 (a buffer, which has no public name before Python 3.12)
        if not self.is_closed:
            try:
                return self._raw.write(piece)
            except BrokenPipeError:
                self.is_closed = True
        return len(piece)

    def close(self) -> None:
        super().close()
        self._raw.close()


class _Escaped(io.RawIOBase):
    """Shows bytes on a terminal: what it would obey is escaped, but for line breaks and tabs."""

    def __init__(self, terminal: _Raw) -> None:
        self._terminal = terminal
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:  # noqa: ANN401 (as above)
        piece = bytes(piece)
        self._show(self._decoder.decode(piece))
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._show(self._decoder.decode(b"", final=True))
            super().close()
            self._terminal.close()

    def _show(self, text: str) -> None:
        rest = memoryview(shown_lines(text).encode())
        while rest:
            rest = rest[self._terminal.write(rest) or 0 :]
