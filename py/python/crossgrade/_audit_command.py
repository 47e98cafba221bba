"""The command `audit`: files of phones in, a report and a table out."""

from __future__ import annotations

import argparse
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
    shown,
)
from crossgrade._read import STANDARD, content, read_inventory_file
from crossgrade._replace import Output
from crossgrade._results_parquet import check_parquet, write_parquet
from crossgrade._rulebook_command import add_book, chosen_book
from crossgrade._terminal import FAILURE, OK, Progress, complain, printable, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

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

    def __init__(self, inputs: Sequence[tuple[str, SourceKind | None]], sheet: str | None, *, keep: bool) -> None:
        self._read: CsvInventory | Fleet
        # What a CSV file holds, if it is needed once more.
        self._csv: bytes | None = None
        if len(inputs) > 1:
            self._read = merge_fleets([_fleet(path, kind, sheet) for path, kind in inputs])
            self._text = str(self._read)
            return
        [(path, kind)] = inputs
        self._read, csv = _one(path, kind, sheet)
        self._csv = csv if keep else None
        self._text = f"{_name(path)}: {self._read}" if isinstance(self._read, CsvInventory) else str(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __str__(self) -> str:
        return self._text

    @property
    def is_cut(self) -> bool:
        return self._read.is_cut if isinstance(self._read, CsvInventory) else bool(self._read.cuts)

    def report(self, request: Request, progress: Callable[[int], object], book: RuleBook) -> str:
        if isinstance(self._read, CsvInventory):
            return self._read.report(request, progress, book)
        return fleet_report(self._read, request, progress, book)

    def results(
        self, requests: Sequence[Request], prefix: str, progress: Callable[[int], object], book: RuleBook
    ) -> bytes:
        if isinstance(self._read, CsvInventory):
            return self._read.results(requests, prefix, progress, book)
        return fleet_results(self._read, requests, prefix, book)

    def write_parquet(  # noqa: PLR0913, PLR0917 (as `results`)
        self,
        file: BinaryIO,
        destinations: Sequence[str],
        target: str | None,
        prefix: str,
        progress: Callable[[int], object],
        book: RuleBook,
    ) -> None:
        phones = self._read if self._csv is None else self._csv
        assert not isinstance(phones, CsvInventory), "its bytes were kept"
        write_parquet(
            file, phones, destinations=destinations, target=target, rulebook=book, prefix=prefix, progress=progress
        )


def _one(path: str, kind: SourceKind | None, sheet: str | None) -> tuple[CsvInventory | Fleet, bytes | None]:
    if _is_folder(path):
        return _fleet(path, kind, sheet), None
    name = _source(path)
    data = read_inventory_file(path, name)
    if (kind or recognize(data)) == SourceKind.CSV:
        return CsvInventory(data, name), data
    return read_documents([(name, data)], kind=kind, sheet=sheet), None


def _fleet(path: str, kind: SourceKind | None, sheet: str | None) -> Fleet:
    if not _is_folder(path):
        name = _source(path)
        data = read_inventory_file(path, name) if path == STANDARD else content(path, name)
        return read_documents([(name, data)], kind=kind, sheet=sheet)
    return read_pages(
        [(printable(file.name), read_inventory_file(file, printable(str(file)))) for file in _pages(path)]
    )


def _is_folder(path: str) -> bool:
    return path != STANDARD and Path(path).is_dir()


def _pages(folder: str) -> list[Path]:
    return sorted(file for file in Path(folder).iterdir() if file.is_file())


def _source(path: str) -> str:
    return "standard input" if path == STANDARD else printable(path)


def _name(path: str) -> str:
    return shown(_source(path))


def _files(inputs: Sequence[tuple[str, SourceKind | None]], book: str | None) -> Iterator[str | Path]:
    """Find every file that is read; of a folder, the pages in it."""
    for path, _ in inputs:
        if _is_folder(path):
            yield from _pages(path)
        else:
            yield path
    if book is not None:
        yield book


def audit(options: argparse.Namespace, rest: Sequence[str] = ()) -> int:
    """Run the command; `rest` are files that were named behind options."""
    inputs = [*options.inputs, *((path, None) for path in rest)]
    if not inputs:
        options.error("expected a file of phones")
    book = chosen_book(options)
    if sum(path == STANDARD for path, _ in inputs) > 1:
        options.error("standard input is named twice; expected - once")
    destinations = list(Destination) if options.to == ALL else [options.to]
    requests = [Request(destination, options.target, book) for destination in destinations]
    # What cannot be written is told before anybody waits for a report.
    out = None if options.out is None else Output(options.out, _files(inputs, options.book), parquet=True)
    if out is not None and out.is_parquet:
        check_parquet(out.name)
    is_aside = out is not None and out.is_standard
    phones = _Phones(inputs, options.sheet, keep=out is not None and out.is_parquet)
    if out is not None:
        progress = Progress(len(phones))
        with out.open() as file:
            if out.is_parquet:
                phones.write_parquet(file, destinations, options.target, printable(options.prefix), progress, book)
            else:
                file.write(phones.results(requests, printable(options.prefix), progress, book))
        progress.end()
    say(str(phones), on_stderr=is_aside)
    for request in requests:
        progress = Progress(len(phones))
        report = phones.report(request, progress, book)
        progress.end()
        say(report, on_stderr=is_aside)
    if out is not None:
        say(f"Results written to {out.name}", on_stderr=is_aside)
    if phones.is_cut:
        complain("audit", "a file breaks off; what stands before is audited")
        return FAILURE
    return OK
