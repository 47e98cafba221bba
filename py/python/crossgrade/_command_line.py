"""The command line: one phone (`assess`), files of them (`audit`), rule books (`rulebook`), call controls (`registers`).

What `audit` prints is, byte for byte, what the Rust example `fleet_audit` prints.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import TYPE_CHECKING

from crossgrade._audit_command import add_audit, add_target, audit
from crossgrade._enums import Authorization, CallControl, Destination, FirmwareType
from crossgrade._native import Request, RuleBook, __version__, assess
from crossgrade._rulebook_command import BookFileError, add_book, add_commands, chosen_book, warn_of_target
from crossgrade._signals import Terminated, heard
from crossgrade._terminal import (
    EXIT_CODES,
    FAILURE,
    OK,
    SIGNAL,
    USAGE,
    Parser,
    complain,
    complain_briefly,
    name,
    open_standard_streams,
    say,
    say_json,
    to_nobody,
)
from crossgrade.exceptions import InventoryError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; `arguments` are those of the process unless given."""
    open_standard_streams()
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    # argparse takes files in one piece only; people name them between options too.
    if rest and (options.run is not audit or any(argument.startswith("-") for argument in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        with heard() as signals:
            try:
                code: int = audit(options, rest) if options.run is audit else options.run(options)
            except (KeyboardInterrupt, Terminated):
                raise
            except Exception:
                # Other libraries tell of an interruption in words of their own.
                if signals.number is None:
                    raise
                raise Terminated from None
    except (KeyboardInterrupt, Terminated):
        complain_briefly(options.name, "interrupted")
        return SIGNAL + (signals.number or signal.SIGINT)
    except Exception as error:  # noqa: BLE001 (what is unknown is raised again)
        return _failed(options.name, error)
    return code


def _failed(command: str, error: Exception) -> int:
    if isinstance(error, RequestError):
        complain(command, error)
        return USAGE
    if isinstance(error, MemoryError):
        complain(command, "there is not enough memory for it")
    elif isinstance(error, (BookFileError, InventoryError)):
        complain(command, error)
    elif isinstance(error, OSError):
        if error.filename is None:
            to_nobody(sys.stdout)
        place = "standard output" if error.filename is None else name(os.fsdecode(error.filename))
        complain(command, f"{place}: {error.strerror}")
    else:
        raise error
    return FAILURE


def _parser() -> argparse.ArgumentParser:
    destinations = ", ".join(Destination)
    parser = Parser(
        prog="crossgrade",
        allow_abbrev=False,
        description="Decides whether Cisco 7800 and 8800 phones can be converted between Enterprise and Multiplatform"
        " firmware, and why.",
        epilog=EXIT_CODES,
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
    add_target(one)
    add_book(one, "--rulebook")
    one.add_argument("--json", action="store_true", help="print JSON instead of text")

    where = commands.add_parser(
        "registers",
        allow_abbrev=False,
        help="say whether phones with a type of firmware register with a call control, and why",
        description="Says whether phones with a type of firmware register with a call control, and why.",
    )
    where.set_defaults(run=_registers, name="registers")
    where.add_argument("call_control", metavar="CALL-CONTROL", help=f"by its name: {', '.join(CallControl)}")
    where.add_argument("firmware_type", metavar="TYPE", help=f"type of firmware: {', '.join(FirmwareType)}")

    add_audit(commands)
    add_commands(commands)
    return parser


class _Version(argparse.Action):
    """Prints a line for the program and for each embedded book; the action of argparse would fill them up."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        books = [RuleBook.guide(), RuleBook.field()]
        lines = [f"rule book {book.edition} {book.revision} ({book.digest})" for book in books]
        say("\n".join([f"crossgrade {__version__}", *lines]))
        parser.exit()


def _registers(options: argparse.Namespace) -> int:
    say(CallControl(options.call_control).why(options.firmware_type))
    return OK


def _assess(options: argparse.Namespace) -> int:
    book = chosen_book(options)
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
        rulebook=book,
    )
    warn_of_target("assess", [(Request(options.to, options.target, book), book)])
    if options.json:
        say_json(answer.to_json())
    else:
        say(str(answer))
    return OK
