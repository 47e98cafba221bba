"""What the commands share: exit codes, and how they print."""

from __future__ import annotations

import os
import signal
import sys
import time

OK = 0
"""Whatever the verdict: "ineligible" is an answer, no failure."""
FAILURE = 1
"""A file cannot be read or written, or a rule book has problems."""
USAGE = 2
"""The command line itself is wrong, as with every program that uses argparse."""
INTERRUPTED = 128 + signal.SIGINT
"""What shells report of a program that Ctrl-C ended."""


class Progress:
    """Says on the error stream how many phones are done, if that takes longer than a second."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._last = time.monotonic()
        self._is_shown = False

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._last > 1:
            self._show(done)
            self._last = time.monotonic()
            self._is_shown = True

    def end(self) -> None:
        if self._is_shown:
            self._show(self._total)
            print(file=sys.stderr)

    def _show(self, done: int) -> None:
        print(f"\r{done} of {self._total} phones", end="", file=sys.stderr, flush=True)


def printable(argument: str) -> str:
    """Make a text of an argument, such as the name of a file, whose bytes may be none."""
    return os.fsencode(argument).decode("utf-8", "replace")


def say(text: str) -> None:
    """Print the same bytes everywhere: UTF-8 and plain line ends, whatever the locale and the system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def complain(command: str, error: object) -> None:
    """Say on the error stream why a command gives no answer."""
    print(f"crossgrade {command}: {error}", file=sys.stderr)
