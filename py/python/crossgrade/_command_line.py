"""The command line: one phone (`assess`) or a file of phones (`audit`).

What `audit` prints is, byte for byte, what the Rust example `fleet_audit` prints.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from crossgrade._enums import Authorization, Destination, FirmwareType
from crossgrade._native import CsvInventory, Request, RuleBook, __version__, assess
from crossgrade.exceptions import InventoryError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

OK = 0
"""Whatever the verdict: "ineligible" is an answer, no failure."""
FAILURE = 1
"""A file cannot be read or written."""
USAGE = 2
"""The command line itself is wrong, as with every program that uses argparse."""
INTERRUPTED = 128 + signal.SIGINT
"""What shells report of a program that Ctrl-C ended."""

ALL = "all"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; `arguments` are those of the process unless given."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except RequestError as error:
        return _fail(options.command, error, USAGE)
    except InventoryError as error:
        return _fail(options.command, error, FAILURE)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except OSError as error:
        place = "" if error.filename is None else f"{_printable(str(error.filename))}: "
        return _fail(options.command, f"{place}{error.strerror}", FAILURE)
    except KeyboardInterrupt:
        return _fail(options.command, "interrupted", INTERRUPTED)
    return OK


def _parser() -> argparse.ArgumentParser:
    guide = RuleBook.guide()
    destinations = ", ".join(Destination)
    parser = argparse.ArgumentParser(
        prog="crossgrade",
        allow_abbrev=False,
        description="Decides whether Cisco 7800 and 8800 phones can be converted between Enterprise and Multiplatform"
        " firmware, and why.",
        epilog="The exit code is 0 whatever the verdict, 1 if a file cannot be read or written, and 2 if the command"
        " line is wrong.",
    )
    parser.add_argument(
        "--version",
        action="version",
        help="show the version, and the rule book with its digest, and exit",
        version=f"crossgrade {__version__}, rule book {guide.edition} {guide.revision} ({guide.digest})",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    one = commands.add_parser(
        "assess",
        allow_abbrev=False,
        help="assess one phone",
        description="Assesses one phone. What is not known may be left out; the answer names the evidence that would"
        " settle it.",
    )
    one.set_defaults(run=_assess)
    one.add_argument("pid", metavar="PID", help="product id on the label, such as CP-8841-K9=, or a model name")
    one.add_argument("--vid", help="hardware version on the label, such as V03")
    one.add_argument("--mac", help="MAC address, or the device name that begins with SEP")
    one.add_argument("--serial", help="serial number on the label")
    one.add_argument("--load", help="load that runs (not the one that is configured)")
    one.add_argument("--release", help="release that runs, where no load name is known")
    one.add_argument("--firmware-type", metavar="TYPE", help=f"type of firmware that runs: {', '.join(FirmwareType)}")
    one.add_argument(
        "--authorization",
        metavar="TYPE",
        help=f"transition authorization type on the phone: {', '.join(Authorization)} (shown, but empty)",
    )
    one.add_argument("--to", required=True, metavar="DESTINATION", help=f"where the phone shall go: {destinations}")
    _add_target(one)
    one.add_argument("--json", action="store_true", help="print JSON instead of text")

    many = commands.add_parser(
        "audit",
        allow_abbrev=False,
        help="audit a CSV file of phones",
        description="Assesses every phone of a CSV file and reports what can be converted, what has to be bought and"
        " done, and what evidence is missing. Columns are found by their names.",
    )
    many.set_defaults(run=_audit)
    many.add_argument("file", metavar="FILE", help="CSV with a header row, separated by comma, semicolon or tab")
    many.add_argument(
        "--to", required=True, metavar="DESTINATION", help=f"where the phones shall go: {destinations}, or {ALL}"
    )
    _add_target(many)
    many.add_argument("--out", metavar="FILE", help="write the inventory with the result columns behind it")
    many.add_argument("--prefix", default="", metavar="TEXT", help="put TEXT before the name of every result column")
    return parser


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--target", help="what to install instead of the rule book's own load: a release, or loads separated by commas"
    )


def _assess(options: argparse.Namespace) -> None:
    answer = assess(
        options.pid,
        vid=options.vid,
        mac=options.mac,
        serial=options.serial,
        load=options.load,
        release=options.release,
        firmware_type=options.firmware_type,
        authorization=options.authorization,
        destination=options.to,
        target=options.target,
    )
    _say(answer.to_json() if options.json else str(answer))


def _audit(options: argparse.Namespace) -> None:
    destinations = Destination if options.to == ALL else [options.to]
    requests = [Request(destination, options.target) for destination in destinations]
    name = _printable(options.file)
    inventory = CsvInventory(Path(options.file).read_bytes(), name)
    # What cannot be written is told before anybody waits for a report.
    if options.out is not None:
        out = Path(options.out)
        if out.exists() and out.samefile(options.file):
            message = f"{_printable(options.out)}: the results would overwrite the inventory; expected another file"
            raise InventoryError(message)
        progress = _Progress(len(inventory))
        results = inventory.results(requests, _printable(options.prefix), progress)
        progress.end()
        out.write_bytes(results)
    _say(f"{name}: {inventory}")
    for request in requests:
        progress = _Progress(len(inventory))
        report = inventory.report(request, progress)
        progress.end()
        _say(report)
    if options.out is not None:
        _say(f"Results written to {_printable(options.out)}")


class _Progress:
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


def _printable(argument: str) -> str:
    """Make a text of an argument, such as the name of a file, whose bytes may be none."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _say(text: str) -> None:
    """Print the same bytes everywhere: UTF-8 and plain line ends, whatever the locale and the system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def _fail(command: str, error: object, exit_code: int) -> int:
    print(f"crossgrade {command}: {error}", file=sys.stderr)
    return exit_code
