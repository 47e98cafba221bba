"""What the commands share: exit codes, and how they print."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn

from crossgrade._native import shown, shown_json

if TYPE_CHECKING:
    from collections.abc import Iterator

OK = 0
"""Whatever the verdict: "ineligible" is an answer, no failure."""
FAILURE = 1
"""A file cannot be read or written, or a rule book has problems."""
USAGE = 2
"""The command line itself is wrong, as with every program that uses argparse."""
INTERRUPTED = 128 + signal.SIGINT
"""What shells report of a program that Ctrl-C ended."""
TERMINATED = 128 + signal.SIGTERM
"""What they report of one that was asked to end."""


class Progress:
    """Says on the error stream how many phones are done, if that takes longer than a second."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0
        self._last = time.monotonic()
        self._is_shown = False

    def __call__(self, done: int) -> None:
        self._done = done
        if time.monotonic() - self._last > 1:
            self._show(done)
            self._last = time.monotonic()
            self._is_shown = True

    def end(self) -> None:
        if self._is_shown:
            self._show(self._done if self._total is None else self._total)
            print(file=sys.stderr)

    def _show(self, done: int) -> None:
        of_all = "" if self._total is None else f" of {self._total}"
        print(f"\r{done}{of_all} phones", end="", file=sys.stderr, flush=True)


def printable(argument: str) -> str:
    """Make a text of an argument, such as the name of a file, whose bytes may be none."""
    return os.fsencode(argument).decode("utf-8", "replace")


def name(argument: str) -> str:
    """Name a file in a message, whatever is in its name."""
    return shown(printable(argument))


def say(text: str, *, on_stderr: bool = False) -> None:
    """Print the same bytes everywhere: UTF-8 and plain line ends, whatever the locale and the system."""
    stream = sys.stderr if on_stderr else sys.stdout
    stream.flush()
    stream.buffer.write(text.encode() + b"\n")
    stream.buffer.flush()


def say_json(text: str) -> None:
    """Print JSON; what a terminal would obey is escaped in it."""
    say(shown_json(text))


def complain(command: str, error: object) -> None:
    """Say on the error stream why a command gives no answer. Line breaks of the message stay."""
    print(f"crossgrade {command}: {harmless(str(error))}", file=sys.stderr)


def harmless(message: str) -> str:
    """Escape what a terminal would obey, but not line breaks."""
    return "\n".join(map(shown, message.split("\n")))


class Parser(argparse.ArgumentParser):
    """A parser whose errors may quote any argument."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit."""
        super().error(shown(message))


class Terminated(BaseException):
    """Somebody asked the program to end."""


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Raise what a request to end (SIGTERM) is, so that nothing unfinished is left behind."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def end(*_: object) -> NoReturn:
        raise Terminated

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
