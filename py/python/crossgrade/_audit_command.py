"""The command `audit`: files of phones in, a report and a table out."""

from __future__ import annotations

import argparse
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossgrade._enums import Destination, SourceKind
from crossgrade._file_bytes import STANDARD, content, printable, read_inventory_file
from crossgrade._folder import folder_of_pages
from crossgrade._native import (
    Request,
    audit_csv,
    audit_fleet,
    check_columns,
    check_keep,
    merge_fleets,
    read_documents,
    read_settlements,
    recognize,
    shown,
    shown_file,
)
from crossgrade._opened_sources import is_folder, read_folder
from crossgrade._replaced_file import Output
from crossgrade._results_parquet import ANSWERS, READ, check_parquet, write_parquet
from crossgrade._rulebook_command import (
    add_book,
    add_columns,
    add_keep,
    chosen_book,
    chosen_columns_of,
    chosen_keep,
    warn_of_target,
)
from crossgrade._terminal import EXIT_CODES, FAILURE, OK, Progress, complain_of_cuts, say
from crossgrade.exceptions import InventoryError, RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from crossgrade._audit import Columns
    from crossgrade._native import Fleet, RuleBook, Settlements

ALL = "all"


def add_audit(commands: Any) -> None:  # noqa: ANN401 (argparse has no public name for it)
    """Add the command."""
    parser = commands.add_parser(
        "audit",
        allow_abbrev=False,
        help="audit files of phones",
        description="Assesses every phone and reports what can be converted, what has to be bought and done, and what"
        " evidence is missing. What a file is, is recognized by its content: CSV, an Excel workbook, an answer of"
        " RisPort or AXL, a page of a phone, a device list of Webex, JSON of any tool, or what was kept of a terminal; a"
        " folder holds pages of phones. Several files are merged into one fleet.",
        epilog=EXIT_CODES,
    )
    parser.set_defaults(run=audit, name="audit", inputs=[], error=parser.error)
    parser.add_argument(
        "file", nargs="*", metavar="FILE", action=_Input, help="a file of any kind, or a folder of pages"
    )
    for option, kind, text in [
        ("--csv", SourceKind.CSV, "a CSV file"),
        ("--xlsx", SourceKind.XLSX, "an Excel workbook"),
        (
            "--risport",
            SourceKind.RISPORT,
            "an answer of RisPort, as XML, JSON or a capture of `show risdb query phone`",
        ),
        ("--webex", SourceKind.WEBEX, "a device list of Webex"),
        ("--axl", SourceKind.AXL, "an answer of AXL, as XML or JSON"),
        ("--json", SourceKind.JSON, "records of any tool, as JSON"),
        ("--pages", SourceKind.DEVICE_PAGE, "a folder of pages of phones, or one page"),
    ]:
        parser.add_argument(option, metavar="FILE", action=_Input, const=kind, help=f"{text}, whatever it looks like")
    parser.add_argument(
        "--sheet",
        dest="sheets",
        metavar="NAME",
        action="append",
        default=[],
        help="a sheet of workbooks to read; the option again for another. All that have phones and are not hidden if"
        " none is said",
    )
    add_columns(parser)
    parser.add_argument(
        "--cluster",
        metavar="NAME=FILE",
        action="append",
        default=[],
        help="FILE tells of the cluster NAME: devices without MAC address are joined by their names, but never those of two"
        " clusters",
    )
    add_keep(parser, "with the phones of any file into the results, before the result columns")
    add_settle(parser)
    destinations = ", ".join(Destination)
    parser.add_argument(
        "--to", required=True, metavar="DESTINATION", help=f"where the phones shall go: {destinations}, or {ALL}"
    )
    add_target(parser)
    add_book(parser, "--rulebook")
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="write the phones with the result columns behind them, as CSV, or as Parquet if the name ends so; it is"
        " replaced when all is written. One CSV file keeps its own columns; of anything else, such as a workbook, and"
        " of several files, what was read of each phone stands in columns that are always the same. A folder of pages"
        f" that is read gets no file. {STANDARD}: standard output, and the report goes to standard error; a terminal is"
        " shown nothing that it would obey",
    )
    parser.add_argument("--prefix", default="", metavar="TEXT", help="put TEXT before the name of every result column")
    parser.add_argument(
        "--raw",
        action="store_true",
        help="leave cells of CSV as they are that a spreadsheet would run as formulas; otherwise they get an"
        " apostrophe, which is taken off when crossgrade reads the file. Parquet has none",
    )


def add_settle(parser: argparse.ArgumentParser) -> None:
    """Add the options of open conflicts."""
    parser.add_argument(
        "--settle",
        metavar="FILE",
        help="what persons say of open conflicts, as CSV: it outranks every source. Phones of one file are merged"
        " too, and what was read of each stands in columns that are always the same",
    )
    parser.add_argument(
        "--to-settle",
        metavar="FILE",
        help="write the conflicts that are open, as a CSV file to fill in for --settle."
        f" {STANDARD}: standard output, and the report goes to standard error",
    )


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

    def __init__(  # noqa: PLR0913 (they are the options of the command)
        self,
        inputs: Sequence[tuple[str, SourceKind | None]],
        sheets: Sequence[str],
        columns: Columns | None,
        keep: dict[str, str] | None,
        clusters: Mapping[str, str],
        settle: str | None,
        *,
        merged: bool,
    ) -> None:
        self._read: Fleet | None = None
        self._csv: tuple[str, bytes] | None = None
        self._keep = keep
        self._columns = columns
        if merged or settle is not None or len(inputs) > 1:
            settled = None if settle is None else _settlements(settle)
            asked: dict[str, Any] = {"sheets": sheets, "columns": columns, "keep": keep}
            fleets = [_fleet(path, kind, clusters.get(path), asked) for path, kind in inputs]
            self._read = merge_fleets(fleets, settled)
            self._check()
            return
        [(path, kind)] = inputs
        if _is_folder(path):
            self._read = _folder(path, kind, clusters.get(path))
            self._check()
            return
        name = _source(path)
        data = read_inventory_file(path, name)
        if (kind or recognize(data)) == SourceKind.CSV:
            self._csv = (name, data)
        else:
            self._read = read_documents(
                [(name, data)], kind=kind, sheets=sheets, columns=columns, keep=keep, cluster=clusters.get(path)
            )
            self._check()

    def _check(self) -> None:
        if self._keep is not None:
            check_keep(self._fleet_read(), self._keep)
        if self._columns is not None:
            check_columns(self._fleet_read(), self._columns)

    def __len__(self) -> int:
        return 0 if self._read is None else len(self._read)

    def audit(self, requests: Sequence[Request], **options: Any) -> _Audited:  # noqa: ANN401 (those of the native functions)
        """Answer every phone once, and write what is answered."""
        if self._csv is not None:
            name, data = self._csv
            audit = audit_csv(data, requests, source=name, columns=self._columns, keep=self._keep, **options)
            return _Audited(str(audit), audit.reports, [name] if audit.is_cut else [])
        fleet = self._fleet_read()
        return _Audited(str(fleet), audit_fleet(fleet, requests, **options), _cut_sources(fleet))

    def to_settle(self) -> bytes:
        """Give the open conflicts of a fleet that was merged."""
        return self._fleet_read().to_settle()

    def audit_to_parquet(self, file: BinaryIO, destinations: Sequence[str], **options: Any) -> _Audited:  # noqa: ANN401 (as above)
        """Do the same with Parquet."""
        phones = self._fleet_read() if self._csv is None else self._csv
        # A fleet has them already.
        keep = None if self._csv is None else self._keep
        columns = None if self._csv is None else self._columns
        audits = write_parquet(file, phones, destinations=destinations, columns=columns, keep=keep, **options)
        reports = [str(audit.summary()) for audit in audits]
        if self._csv is not None:
            return _Audited(audits[0].readings[0], reports, [self._csv[0]] if audits[0].cuts else [])
        fleet = self._fleet_read()
        return _Audited(str(fleet), reports, _cut_sources(fleet))

    def _fleet_read(self) -> Fleet:
        assert self._read is not None  # noqa: S101 (one of both)
        return self._read


@dataclass(frozen=True)
class _Audited:
    """What was read, the reports, and the names of files that broke off."""

    text: str
    reports: list[str]
    cuts: list[str]


def _cut_sources(fleet: Fleet) -> list[str]:
    return [cut.source or "" for cut in fleet.cuts]


def _fleet(path: str, kind: SourceKind | None, cluster: str | None, asked: Mapping[str, Any]) -> Fleet:
    if _is_folder(path):
        return _folder(path, kind, cluster)
    name = _source(path)
    data = read_inventory_file(path, name) if path == STANDARD else content(path, name)
    # Another of the files may have a column.
    return read_documents([(name, data)], kind=kind, cluster=cluster, several=True, **asked)


def _clusters(options: argparse.Namespace, files: Sequence[str]) -> dict[str, str]:
    """Find the cluster of each file of which one is said."""
    clusters: dict[str, str] = {}
    for cluster in options.cluster:
        name, is_pair, file = cluster.partition("=")
        if not is_pair or not name.strip():
            options.error(f"--cluster: {shown(cluster)} has no NAME=FILE; expected such as Oslo=risport.xml")
        if file not in files:
            options.error(f"--cluster: {shown(file)} is not read; expected a FILE that is")
        if clusters.setdefault(file, name) != name:
            both = f"{shown(clusters[file])} and {shown(name)}"
            options.error(f"--cluster: {shown(file)} is of {both}; expected one")
    return clusters


def _settlements(path: str) -> Settlements:
    name = _source(path)
    return read_settlements(read_inventory_file(path, name), name)


def _folder(path: str, kind: SourceKind | None, cluster: str | None) -> Fleet:
    """Read every file as the page of a phone."""
    if kind not in {None, SourceKind.DEVICE_PAGE}:
        message = f"{shown_file(_source(path))}: a folder; expected a file of kind {kind}"
        raise InventoryError(message)
    return read_folder(path, None, cluster)


def _is_folder(path: str) -> bool:
    return path != STANDARD and is_folder(path)


def _source(path: str) -> str:
    return "standard input" if path == STANDARD else printable(path)


def _files(inputs: Sequence[tuple[str, SourceKind | None]], *others: str | None) -> Iterator[str | Path]:
    """Find every file that is read; of a folder, the pages in it."""
    for path, _ in inputs:
        if _is_folder(path):
            yield from folder_of_pages(path)[0]
        else:
            yield path
    yield from (other for other in others if other is not None)


def _destination(text: str, book: RuleBook) -> str:
    try:
        Request(text, None, book)
    except RequestError as error:
        message = f"{error}, or {ALL}"
        raise RequestError(message) from None
    return text


@contextlib.contextmanager
def _told_of_prefix(prefix: str, destinations: Sequence[str]) -> Iterator[None]:
    """Name the option that helps where a result column has the name of another column."""
    several = [f"{destination.replace('-', '_')}_" for destination in destinations if len(destinations) > 1]
    answers = [f"{prefix}{part}{column}" for part in several or [""] for column in ANSWERS]
    try:
        yield
    except InventoryError as error:
        if error.column in {*answers, *(f"{prefix}{column}" for column in READ)}:
            message = f"{error}, such as --prefix cg_ puts in front"
            raise InventoryError(message, error.source, error.row, error.column) from None
        raise


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one file, which need not be there yet."""
    if STANDARD in {one, other}:
        return one == other
    return Path(one).resolve() == Path(other).resolve()


def _outputs(
    options: argparse.Namespace, inputs: Sequence[tuple[str, SourceKind | None]]
) -> tuple[Output | None, Output | None]:
    """Return where the results go, and where the open conflicts."""
    if None not in {options.out, options.to_settle} and _is_same(options.out, options.to_settle):
        options.error("--out and --to-settle name the same file; expected two")
    folders = [path for path, _ in inputs if _is_folder(path)]
    files = [*_files(inputs, options.book, options.settle)]
    out = None if options.out is None else Output(options.out, files, folders, parquet=True)
    if out is not None and out.is_parquet:
        check_parquet(out.name)
    to_settle = None if options.to_settle is None else Output(options.to_settle, files, folders)
    return out, to_settle


def _outcomes(written: Sequence[tuple[str, Output | None]]) -> Iterator[str]:
    """Tell what was written where."""
    for what, output in written:
        if output is not None and output.is_taken:
            yield f"{what} written to {output.name}"
        elif output is not None:
            yield f"{output.name} was closed before all {what.lower()} were written"


def audit(options: argparse.Namespace, rest: Sequence[str] = ()) -> int:
    """Run the command; `rest` are files that were named behind options."""
    inputs = [*options.inputs, *((path, None) for path in rest)]
    if not inputs:
        options.error("expected a file of phones")
    if sum(path == STANDARD for path in [*(path for path, _ in inputs), options.settle]) > 1:
        options.error("standard input is named twice; expected - once")
    clusters = _clusters(options, [path for path, _ in inputs])
    columns = chosen_columns_of(options, options.error)
    keep = chosen_keep(options, options.error)
    book = chosen_book(options)
    destinations = list(Destination) if options.to == ALL else [_destination(options.to, book)]
    requests = [Request(destination, options.target, book) for destination in destinations]
    # What cannot be written is told before anybody waits for a report.
    out, to_settle = _outputs(options, inputs)
    warn_of_target("audit", ((request, book) for request in requests))
    phones = _Phones(inputs, options.sheets, columns, keep, clusters, options.settle, merged=to_settle is not None)
    progress = Progress(len(phones) or None)
    asked: dict[str, Any] = {"prefix": printable(options.prefix), "progress": progress, "rulebook": book}
    with _told_of_prefix(asked["prefix"], destinations):
        if out is None:
            audited = phones.audit(requests, **asked)
        elif out.is_parquet:
            with out.open() as file:
                audited = phones.audit_to_parquet(file, destinations, target=options.target, **asked)
        else:
            with out.open() as file:
                audited = phones.audit(requests, write=file.write, raw=options.raw, **asked)
    progress.end()
    if to_settle is not None:
        with to_settle.open() as file:
            file.write(phones.to_settle())
    written = [("Results", out), ("Open conflicts", to_settle)]
    is_aside = any(output is not None and output.is_standard for _, output in written)
    for text in [audited.text, *audited.reports, *_outcomes(written)]:
        say(text, on_stderr=is_aside)
    if audited.cuts:
        complain_of_cuts("audit", audited.cuts, "audited")
        return FAILURE
    return OK
