"""The command line: one phone (`assess`), a file of phones (`audit`), rule books (`rulebook`).

What `audit` prints is, byte for byte, what the Rust example `fleet_audit` prints.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crossgrade._enums import Authorization, Destination, FirmwareType
from crossgrade._impact import read_inventory
from crossgrade._native import Request, RuleBook, __version__, assess
from crossgrade._rulebook_command import BookFileError, add_book, add_commands, chosen_book
from crossgrade._terminal import FAILURE, INTERRUPTED, OK, USAGE, Progress, complain, printable, say
from crossgrade.exceptions import InventoryError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL = "all"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; `arguments` are those of the process unless given."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except RequestError as error:
        complain(options.name, error)
        return USAGE
    except (BookFileError, InventoryError) as error:
        complain(options.name, error)
        return FAILURE
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except OSError as error:
        place = "" if error.filename is None else f"{printable(str(error.filename))}: "
        complain(options.name, f"{place}{error.strerror}")
        return FAILURE
    except KeyboardInterrupt:
        complain(options.name, "interrupted")
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    destinations = ", ".join(Destination)
    parser = argparse.ArgumentParser(
        prog="crossgrade",
        allow_abbrev=False,
        description="Decides whether Cisco 7800 and 8800 phones can be converted between Enterprise and Multiplatform"
        " firmware, and why.",
        epilog="The exit code is 0 whatever the verdict, 1 if a file cannot be read or written or a rule book has"
        " problems, and 2 if the command line is wrong.",
    )
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        help="show the version, and the embedded rule books with their digests, and exit",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    one = commands.add_parser(
        "assess",
        allow_abbrev=False,
        help="assess one phone",
        description="Assesses one phone. What is not known may be left out; the answer names the evidence that would"
        " settle it.",
    )
    one.set_defaults(run=_assess, name="assess")
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
    add_book(one, "--rulebook")
    one.add_argument("--json", action="store_true", help="print JSON instead of text")

    many = commands.add_parser(
        "audit",
        allow_abbrev=False,
        help="audit a CSV file of phones",
        description="Assesses every phone of a CSV file and reports what can be converted, what has to be bought and"
        " done, and what evidence is missing. Columns are found by their names.",
    )
    many.set_defaults(run=_audit, name="audit")
    many.add_argument("file", metavar="FILE", help="CSV with a header row, separated by comma, semicolon or tab")
    many.add_argument(
        "--to", required=True, metavar="DESTINATION", help=f"where the phones shall go: {destinations}, or {ALL}"
    )
    _add_target(many)
    add_book(many, "--rulebook")
    many.add_argument("--out", metavar="FILE", help="write the inventory with the result columns behind it")
    many.add_argument("--prefix", default="", metavar="TEXT", help="put TEXT before the name of every result column")

    add_commands(commands)
    return parser


class _Version(argparse.Action):
    """Prints a line for the program and for each embedded book; the action of argparse would fill them up."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        books = [RuleBook.guide(), RuleBook.field()]
        lines = [f"rule book {book.edition} {book.revision} ({book.digest})" for book in books]
        say("\n".join([f"crossgrade {__version__}", *lines]))
        parser.exit()


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--target", help="what to install instead of the rule book's own load: a release, or loads separated by commas"
    )


def _assess(options: argparse.Namespace) -> int:
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
        rulebook=chosen_book(options),
    )
    say(answer.to_json() if options.json else str(answer))
    return OK


def _audit(options: argparse.Namespace) -> int:
    book = chosen_book(options)
    destinations = Destination if options.to == ALL else [options.to]
    requests = [Request(destination, options.target, book) for destination in destinations]
    inventory = read_inventory(options.file)
    # What cannot be written is told before anybody waits for a report.
    if options.out is not None:
        out = Path(options.out)
        if out.exists() and out.samefile(options.file):
            message = f"{printable(options.out)}: the results would overwrite the inventory; expected another file"
            raise InventoryError(message)
        progress = Progress(len(inventory))
        results = inventory.results(requests, printable(options.prefix), progress, book)
        progress.end()
        out.write_bytes(results)
    say(f"{printable(options.file)}: {inventory}")
    for request in requests:
        progress = Progress(len(inventory))
        report = inventory.report(request, progress, book)
        progress.end()
        say(report)
    if options.out is not None:
        say(f"Results written to {printable(options.out)}")
    return OK
