"""The command `audit`: files of phones in, a report and a table out."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossgrade._enums import Destination, SourceKind
from crossgrade._native import (
    CsvInventory,
    Request,
    fleet_report,
    fleet_results,
    merge_fleets,
    read_documents,
    read_pages,
    recognize,
)
from crossgrade._rulebook_command import add_book, chosen_book
from crossgrade._terminal import FAILURE, OK, Progress, complain, printable, say
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crossgrade._native import Fleet, RuleBook

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
    """What was read: one CSV file, whose columns come out again, or a fleet."""

    def __init__(self, inputs: Sequence[tuple[str, SourceKind | None]], sheet: str | None) -> None:
        self._csv: CsvInventory | None = None
        self._fleet: Fleet | None = None
        if len(inputs) > 1:
            self._fleet = merge_fleets([_fleet(path, kind, sheet) for path, kind in inputs])
            return
        [(path, kind)] = inputs
        if not Path(path).is_dir():
            data = Path(path).read_bytes()
            if (kind or recognize(data)) == SourceKind.CSV:
                self._csv = CsvInventory(data, printable(path))
                self._text = f"{printable(path)}: {self._csv}"
                return
        self._fleet = _fleet(path, kind, sheet)

    def __len__(self) -> int:
        inventory = self._csv if self._fleet is None else self._fleet
        return 0 if inventory is None else len(inventory)

    def __str__(self) -> str:
        return self._text if self._fleet is None else str(self._fleet)

    @property
    def is_cut(self) -> bool:
        return self._fleet is not None and bool(self._fleet.cuts)

    def report(self, request: Request, progress: Callable[[int], object], book: RuleBook) -> str:
        if self._csv is not None:
            return self._csv.report(request, progress, book)
        assert self._fleet is not None
        return fleet_report(self._fleet, request, progress, book)

    def results(
        self, requests: Sequence[Request], prefix: str, progress: Callable[[int], object], book: RuleBook
    ) -> bytes:
        if self._csv is not None:
            return self._csv.results(requests, prefix, progress, book)
        assert self._fleet is not None
        return fleet_results(self._fleet, requests, prefix, book)


def _fleet(path: str, kind: SourceKind | None, sheet: str | None) -> Fleet:
    folder = Path(path)
    if not folder.is_dir():
        return read_documents([(printable(path), path)], kind=kind, sheet=sheet)
    files = sorted(file for file in folder.iterdir() if file.is_file())
    return read_pages([(printable(file.name), file.read_bytes()) for file in files])


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
        results = phones.results(requests, printable(options.prefix), progress, book)
        progress.end()
        out.write_bytes(results)
    say(str(phones))
    for request in requests:
        progress = Progress(len(phones))
        report = phones.report(request, progress, book)
        progress.end()
        say(report)
    if options.out is not None:
        say(f"Results written to {printable(options.out)}")
    if phones.is_cut:
        complain("audit", "a file breaks off; what stands before is audited")
        return FAILURE
    return OK
