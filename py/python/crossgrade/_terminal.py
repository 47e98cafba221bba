"""What the commands share: exit codes, and how they print."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import select
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from crossgrade._file_bytes import printable
from crossgrade._native import shown, shown_beginning, shown_file, shown_json, shown_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OK = 0
"""Whatever the verdict: "ineligible" is an answer, no failure."""
FAILURE = 1
"""A file cannot be read or written, or breaks off, or a rule book has problems."""
USAGE = 2
"""The command line itself is wrong, as with every program that uses argparse."""
SIGNAL = 128
"""With the number of a signal: what shells report of a program that it ended, such as 130 for Ctrl-C."""

EXIT_CODES = (
    "The exit code is 0 whatever the verdict, 1 if a file cannot be read or written or breaks off or a rule book has"
    " problems, 2 if the command line is wrong, and 128 and its number if a signal ends the program, such as 130 for"
    " Ctrl-C. A reader that closes the pipe, such as head, is no failure."
)


class Progress:
    """Says on the error stream how many phones are done, if that takes longer than a second and a terminal shows it.

    In a log, each number would stay.
    """

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0
        self._last = time.monotonic()
        self._is_terminal = sys.stderr.isatty()
        self._is_shown = False

    def __call__(self, done: int) -> None:
        self._done = done
        if self._is_terminal and time.monotonic() - self._last > 1:
            self._show(done)
            self._last = time.monotonic()
            self._is_shown = True

    def end(self) -> None:
        if self._is_shown:
            self._show(self._done if self._total is None else self._total, "\n")

    def _show(self, done: int, end: str = "") -> None:
        of_all = "" if self._total is None else f" of {self._total}"
        try:
            print(f"\r{done}{of_all} phones", end=end, file=sys.stderr, flush=True)
        except OSError:
            to_nobody(sys.stderr)


def name(argument: str) -> str:
    """Name a file in a message, whatever is in its name."""
    return shown_file(printable(argument))


def say(text: str, *, on_stderr: bool = False) -> None:
    """Print the same bytes everywhere: UTF-8 and plain line ends, whatever the locale and the system.

    Nobody may be there to read it any more: that is no failure.
    """
    stream = sys.stderr if on_stderr else sys.stdout
    try:
        stream.flush()
        stream.buffer.write(text.encode() + b"\n")
        stream.buffer.flush()
    except OSError as error:
        # If nobody listens on the error stream, nobody can be told.
        if not on_stderr and not isinstance(error, BrokenPipeError):
            raise
        to_nobody(stream)


def to_nobody(stream: TextIO) -> None:
    """Let a stream lead nowhere: Python would complain once more when it flushes at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def open_standard_streams() -> None:
    """Open those that the caller closed, leading nowhere: else the next file that is opened would be taken for one."""
    for descriptor, name, mode in [(0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")]:
        if getattr(sys, name) is None:
            with contextlib.suppress(OSError):
                os.fstat(descriptor)
                continue
            os.open(os.devnull, os.O_RDWR)
            stream = open(descriptor, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 (it stays open)
            setattr(sys, name, stream)


def say_json(text: str) -> None:
    """Print JSON; what a terminal would obey is escaped in it."""
    say(shown_json(text))


def complain(command: str, error: object) -> None:
    """Say on the error stream why a command gives no answer. Line breaks of the message stay."""
    say(f"crossgrade {command}: {shown_lines(str(error))}", on_stderr=True)


def complain_briefly(command: str, error: object) -> None:
    """Do the same in a program that ends whether anybody listens or not: a pipe may be full, and nobody empties it."""
    # Windows tells it of sockets only, and a stream of somebody else may be no file.
    with contextlib.suppress(OSError, ValueError):
        _, writable, _ = select.select([], [sys.stderr], [], PATIENCE)
        if not writable:
            to_nobody(sys.stderr)
    complain(command, error)


def complain_of_cuts(command: str, names: Iterable[str], done: str) -> None:
    """Name every file of which something is missing, and say what was done with what was read."""
    files = list(dict.fromkeys(names))
    for file in files[:MOST_LINES]:
        complain(command, f"{shown_file(file)}: not all of it could be read; what was read is {done}")
    more = len(files) - MOST_LINES
    if more > 0:
        complain(command, f"not all of {more} more {'file' if more == 1 else 'files'} could be read")


MOST_LINES = 20
"""Files that are named one by one, as in the reports of the library."""


PATIENCE = 2
"""Seconds to wait for a pipe that is full."""


QUOTED = 120
"""Characters that a message quotes of a text."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors may quote any argument: no more of it than other messages do."""

    _arguments: Sequence[str] = ()

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (those of argparse)
        """Make a parser, whose options that take one value take it once."""
        super().__init__(**options)
        self.register("action", None, _Once)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 (it is overloaded)
        """Parse these arguments, or those of the process, and remember which they are."""
        self._arguments = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(self._arguments, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit."""
        super().error(shown(_with_short_arguments(message, self._arguments)))


class _Once(argparse.Action):
    """Keeps the value of an option; the first of two would be lost unseen."""

    def __call__(
        self, _: object, namespace: argparse.Namespace, values: object, option_string: str | None = None
    ) -> None:
        given = vars(namespace).setdefault("given", set())
        if option_string is not None and option_string in given:
            raise argparse.ArgumentError(self, "given twice; expected once")
        given.add(option_string)
        setattr(namespace, self.dest, values)


def _with_short_arguments(message: str, arguments: Sequence[str]) -> str:
    """Shorten each argument that a message quotes, as it is or as Python writes it, once."""
    texts = {text for argument in arguments for text in [argument, argument.partition("=")[2]] if len(text) > QUOTED}
    beginnings = {text: shown_beginning(text) for text in texts}
    beginnings |= {repr(text): f"'{beginning}'" for text, beginning in beginnings.items()}
    if not beginnings:
        return message
    longest_first = sorted(beginnings, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda found: beginnings[found[0]], message)
