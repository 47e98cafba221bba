"""One door for paths, folders, bytes, open files, tables and parsed answers: each is told apart and read here."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from crossgrade._enums import SourceKind
from crossgrade._file_bytes import beginning, content, printable, read_inventory_file, read_open_file
from crossgrade._folder import folder_of_pages
from crossgrade._native import Fleet, check_keep, merge_fleets, read_documents, read_pages, read_stream, recognize
from crossgrade._pandas_tables import handed_on, is_table, lazy
from crossgrade._parquet import is_parquet, pieces
from crossgrade._parsed_answers import is_answer, to_json
from crossgrade.exceptions import InventoryWarning

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol, TypeAlias

    from crossgrade._audit import ArrowArray, ArrowStream, Columns, Keep

    class OpenFile(Protocol):
        """A file that is open, of bytes or of text."""

        def read(self, size: int = ..., /) -> Any: ...  # noqa: ANN401 (bytes, or text)

    class Zeep(Protocol):
        """An object that zeep made of an answer."""

        @property
        def __values__(self) -> Any: ...  # noqa: ANN401 (whatever zeep keeps there)

    One: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | OpenFile
    Answer: TypeAlias = One | Sequence[One] | Mapping[str, Any] | Sequence[Mapping[str, Any] | Zeep] | Zeep
    Frame: TypeAlias = ArrowStream | ArrowArray
    Source: TypeAlias = Frame | One | Mapping[str, Any] | Zeep

__all__ = [
    "ANY",
    "Opened",
    "all_opened",
    "document",
    "file_name",
    "fleet_of",
    "is_folder",
    "is_one",
    "is_records",
    "opened",
    "read_folder",
    "refuse",
    "told",
]

ANY = (
    "a table (of pandas, polars, pyarrow, DuckDB), a path, a folder of pages, bytes, an open file, a parsed answer,"
    " or a list of those"
)


def refuse(argument: str, expected: str, found: object) -> NoReturn:
    """Raise the error of an argument that is no such thing."""
    method = lazy(found)
    cure = f"; hand over what its method {method} gives" if method else ""
    message = f"argument '{argument}': expected {expected}, not {type(found).__name__}{cure}"
    raise TypeError(message)


def told(fleet: Fleet, level: int = 3) -> Fleet:
    """Warn of a cut, so that nobody misses it."""
    cuts = fleet.cuts
    if cuts:
        more = f" (and {len(cuts) - 1} more, see Fleet.cuts)" if len(cuts) > 1 else ""
        message = f"{cuts[0]}{more}; what stands before it was read"
        warnings.warn(message, InventoryWarning, stacklevel=level)
    return fleet


def _is_path(source: object) -> bool:
    return isinstance(source, (str, os.PathLike))


def _is_open_file(source: object) -> bool:
    return callable(getattr(source, "read", None)) and not is_table(source) and not _is_path(source)


def is_one(source: object) -> bool:
    """Whether it is one document: a path, bytes, or an open file."""
    return _is_path(source) or isinstance(source, (bytes, bytearray, memoryview)) or _is_open_file(source)


def is_folder(source: object) -> bool:
    """Whether it is the path of a folder."""
    return _is_path(source) and os.path.isdir(source)  # type: ignore[arg-type]  # noqa: PTH112 (a path that may be str)


def is_records(source: object) -> bool:
    """Whether it is what a program parsed of an answer: a dictionary, an object of zeep, or a list of those."""
    return is_answer(source) or (isinstance(source, (list, tuple)) and bool(source) and all(map(is_answer, source)))


def file_name(source: object) -> str | None:
    """Tell by which name a person knows a document, if it has one."""
    if _is_path(source):
        return printable(source)  # type: ignore[arg-type]
    name = getattr(source, "name", None) if _is_open_file(source) else None
    return printable(name) if isinstance(name, str) else None


def document(source: Any, name: str) -> tuple[str, Any]:  # noqa: ANN401 (`is_one` was asked)
    """Name a document and open it: a regular file stays a path, for the library to read."""
    if _is_path(source):
        return name, content(source, name)
    return name, read_open_file(source, name) if _is_open_file(source) else bytes(source)


def read_folder(path: Any, when: str | None = None, cluster: str | None = None) -> Fleet:  # noqa: ANN401 (a path)
    """Read every file of a folder as the page of a phone."""
    files, left_out = folder_of_pages(path)
    content = ((printable(file.name), read_inventory_file(file, printable(file))) for file in files)
    return read_pages(content, when=when, cluster=cluster, left_out=left_out)


@dataclass(frozen=True)
class Opened:
    """Something that phones are read from."""

    name: str | None
    """By which name a person knows it, if it has one."""
    content: Any
    """A fleet, a table, the path of a file or folder, or what a document holds."""
    is_parquet: bool = False
    kind: SourceKind | None = None
    """What a document is by its content."""

    @property
    def is_of_tables(self) -> bool:
        """Whether it has columns of its own that come out again: CSV, Parquet, and what speaks Arrow."""
        return self.is_parquet or self.kind == SourceKind.CSV or is_table(self.content)

    def table(self) -> tuple[str | None, Any]:
        """Give its name and what an audit reads."""
        return self.name, pieces(self.content, self.name or "Parquet") if self.is_parquet else handed_on(self.content)

    def fleet(self, place: int | None, columns: Columns | None = None, keep: Keep | None = None) -> Fleet:
        """Read its phones.

        One of several has a place, by which it is called if it has no name; another of them may have a column to keep.
        """
        if isinstance(self.content, Fleet):
            return self.content
        if self.is_parquet or is_table(self.content):
            name, table = self.table()
            return read_stream(table, name=name or _called("table", place), columns=columns, keep=keep)
        if is_folder(self.content):
            return read_folder(self.content)
        named = [(self.name or _called("document", place), self.content)]
        return read_documents(named, columns=columns, keep=keep, several=place is not None)


def _called(what: str, place: int | None) -> str:
    return what if place is None else f"{what} {place}"


def _has_tables(source: object) -> bool:
    """Whether a dictionary is no answer, but names of tables."""
    return isinstance(source, Mapping) and any(map(is_table, source.values()))


def opened(source: Any, argument: str, name: str | None = None) -> Opened:  # noqa: ANN401 (whatever a caller hands over)
    """Tell what it is. An open file is read; a regular file is looked into."""
    if is_table(source) or is_folder(source):
        return Opened(name, source)
    if is_records(source) and not _has_tables(source):
        data = to_json(source)
        return Opened(name, data, kind=recognize(data))
    if not is_one(source):
        refuse(argument, ANY, source)
    name = name or file_name(source)
    _, held = document(source, name or argument)
    first = beginning(held)
    return Opened(name, held, is_parquet=is_parquet(first), kind=recognize(first))


def all_opened(source: Any, argument: str) -> list[Opened]:  # noqa: ANN401 (as above)
    """Tell what each of several is, or the only one."""
    is_several = isinstance(source, (list, tuple)) and not is_records(source)
    return [opened(one, argument) for one in (source if is_several else [source])]


def fleet_of(sources: Sequence[Opened], columns: Columns | None = None, keep: Keep | None = None) -> Fleet:
    """Read all of them, and make one phone of those that are one; of a single source, each row is a phone."""
    if len(sources) == 1:
        return sources[0].fleet(None, columns, keep)
    fleets = [source.fleet(place, columns, keep) for place, source in enumerate(sources, 1)]
    fleet = merge_fleets(fleets, None)
    if keep is not None:
        check_keep(fleet, keep)
    return fleet
