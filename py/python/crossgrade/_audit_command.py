"""The command `audit`: files of phones in, a report and a table out."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossgrade._enums import Destination, SourceKind
from crossgrade._native import (
    Request,
    audit_csv,
    audit_fleet,
    check_file,
    merge_fleets,
    read_documents,
    read_pages,
    recognize,
)
from crossgrade._rulebook_command import add_book, chosen_book
from crossgrade._terminal import FAILURE, OK, Progress, complain, printable, say
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crossgrade._native import Fleet

ALL = "all"


def add_audit(commands: Any) -> None:  # noqa: ANN401 (argparse has no public name for it)
    """Add the command."""
    parser = commands.add_parser(
        "audit",
        allow_abbrev=False,
        help="audit files of phones",
        description="Assesses every phone and reports what can be converted, what has to be bought and done, and what"
        " evidence is missing. What a file is, is recognized by its content: CSV, an Excel workbook, an answer of RisPort, a"
        " page of a phone, a device list of Webex; a folder holds pages of phones. Several files are merged into one fleet.",
    )
    parser.set_defaults(run=audit, name="audit", inputs=[], error=parser.error)
    parser.add_argument("file", nargs="*", metavar="FILE", action=_Input, help="a file of any kind, or a folder of pages")
    for option, kind, text in [
        ("--csv", SourceKind.CSV, "a CSV file"),
        ("--xlsx", SourceKind.XLSX, "an Excel workbook"),
        ("--risport", SourceKind.RISPORT, "an answer of RisPort, as XML or JSON"),
        ("--webex", SourceKind.WEBEX, "a device list of Webex"),
        ("--pages", SourceKind.DEVICE_PAGE, "a folder of pages of phones, or one page"),
    ]:
        parser.add_argument(option, metavar="FILE", action=_Input, const=kind, help=f"{text}, whatever it looks like")
    parser.add_argument("--sheet", metavar="NAME", help="which sheet of a workbook to read; the first if it is not said")
    destinations = ", ".join(Destination)
    parser.add_argument(
        "--to", required=True, metavar="DESTINATION", help=f"where the phones shall go: {destinations}, or {ALL}"
    )
    add_target(parser)
    add_book(parser, "--rulebook")
    parser.add_argument("--out", metavar="FILE", help="write the phones with the result columns behind them")
    parser.add_argument("--prefix", default="", metavar="TEXT", help="put TEXT before the name of every result column")


def add_target(parser: argparse.ArgumentParser) -> None:
    """Add the option that chooses what to install."""
    parser.add_argument(
        "--target", help="what to install instead of the rule book's own load: a release, or loads separated by commas"
    )


class _Input(argparse.Action):
    """Keeps files in the order in which they are named, each with its kind, if that is said."""

    def __call__(self, _: object, namespace: argparse.Namespace, values: Any, __: object = None) -> None:  # noqa: ANN401
        paths = values if isinstance(values, list) else [values]
        namespace.inputs = [*namespace.inputs, *((path, self.const) for path in paths)]


class _Phones:
    """What is audited: one CSV file, whose columns come out again and whose rows are not kept, or a fleet."""

    def __init__(self, inputs: Sequence[tuple[str, SourceKind | None]], sheet: str | None) -> None:
        self._read: Fleet | None = None
        self._csv: tuple[str, bytes] | None = None
        if len(inputs) > 1:
            self._read = merge_fleets([_fleet(path, kind, sheet) for path, kind in inputs])
            return
        [(path, kind)] = inputs
        if not Path(path).is_dir():
            data = _bytes(Path(path), printable(path))
            if (kind or recognize(data)) == SourceKind.CSV:
                self._csv = (printable(path), data)
                return
        self._read = _fleet(path, kind, sheet)

    def __len__(self) -> int:
        return 0 if self._read is None else len(self._read)

    def audit(self, requests: Sequence[Request], **options: Any) -> _Audited:  # noqa: ANN401 (those of the native functions)
        """Answer every phone once, and write what is answered."""
        if self._csv is not None:
            name, data = self._csv
            audit = audit_csv(data, requests, source=name, **options)
            return _Audited(f"{name}: {audit}", audit.reports, audit.is_cut)
        assert self._read is not None  # noqa: S101 (one of both)
        return _Audited(str(self._read), audit_fleet(self._read, requests, **options), bool(self._read.cuts))


@dataclass(frozen=True)
class _Audited:
    """What was read, the reports, and whether a file broke off."""

    text: str
    reports: list[str]
    is_cut: bool


def _fleet(path: str, kind: SourceKind | None, sheet: str | None) -> Fleet:
    folder = Path(path)
    if not folder.is_dir():
        return read_documents([(printable(path), path)], kind=kind, sheet=sheet)
    files = sorted(file for file in folder.iterdir() if file.is_file())
    return read_pages([(printable(file.name), _bytes(file, printable(str(file)))) for file in files])


def _bytes(path: Path, name: str) -> bytes:
    """Return what a file holds, unless it is larger than is read: its size is asked before."""
    check_file(path.stat().st_size, name)
    return path.read_bytes()


def audit(options: argparse.Namespace, rest: Sequence[str] = ()) -> int:
    """Run the command; `rest` are files that were named behind options."""
    inputs = [*options.inputs, *((path, None) for path in rest)]
    if not inputs:
        options.error("expected a file of phones")
    book = chosen_book(options)
    destinations = Destination if options.to == ALL else [options.to]
    requests = [Request(destination, options.target, book) for destination in destinations]
    phones = _Phones(inputs, options.sheet)
    # What cannot be written is told before anybody waits for a report.
    if options.out is not None:
        out = Path(options.out)
        if out.exists() and any(os.path.samefile(out, path) for path, _ in inputs):
            message = f"{printable(options.out)}: the results would overwrite the inventory; expected another file"
            raise InventoryError(message)
    progress = Progress(len(phones))
    pieces: list[bytes] = []
    write = None if options.out is None else pieces.append
    audited = phones.audit(
        requests, write=write, prefix=printable(options.prefix), progress=progress, rulebook=book
    )
    progress.end()
    if options.out is not None:
        Path(options.out).write_bytes(b"".join(pieces))
    say(audited.text)
    for report in audited.reports:
        say(report)
    if options.out is not None:
        say(f"Results written to {printable(options.out)}")
    if audited.is_cut:
        complain("audit", "a file breaks off; what stands before is audited")
        return FAILURE
    return OK
