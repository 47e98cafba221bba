"""Audits of tables and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossgrade._native import Audit, AuditStream, audit_sources, collect
from crossgrade._opened_sources import all_opened, fleet_of, told
from crossgrade._progress import reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Protocol, TypeAlias

    from crossgrade._enums import Destination, InventoryField, ResultColumn, TextLayout
    from crossgrade._native import RuleBook
    from crossgrade._opened_sources import Source

    class ArrowStream(Protocol):
        """A table of pandas, polars, pyarrow, DuckDB, nanoarrow, and of whatever else speaks Arrow."""

        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

    class ArrowArray(Protocol):
        """A single batch that is no stream."""

        def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

    Table: TypeAlias = Source | Sequence[Source]
    Columns: TypeAlias = Mapping[InventoryField | str, str | Sequence[str] | None]
    Keep: TypeAlias = Iterable[str] | Mapping[str, str]

__all__ = ["audit", "audit_stream"]


def audit(  # noqa: PLR0913 (they are keywords)
    table: Table,
    *,
    destination: Destination | str,
    target: str | None = None,
    rulebook: RuleBook | None = None,
    columns: Columns | None = None,
    keep: Keep | None = None,
    select: Iterable[ResultColumn | str] | None = None,
    prefix: str = "",
    text: TextLayout | str = "dictionary",
    threads: int | None = None,
    progress: bool | Callable[[int], object] = False,
) -> Audit:
    r"""Decide about every phone of a table: the same table comes back with the answers behind it.

    The answers are those of `assess`, whatever library the table is of and however its text is laid out. No row is
    dropped, and what is wrong with one phone is in its answer, never an error.

    Args:
        table: Any object with `__arrow_c_stream__` or `__arrow_c_array__`: a table of pandas, polars, pyarrow, DuckDB,
            nanoarrow. Or a file: its path, what it holds as `bytes`, or the open file. CSV and Parquet are tables too:
            CSV is read by crossgrade itself, Parquet by pyarrow or polars. A document of any other kind, told by its
            content, a folder of pages and a parsed answer are read as by `read_inventory`, and the table is that of
            the fleet. Several tables are one table in the order given; if one of several is no table, all are merged
            as by `merge`.
        destination: Where the phones shall go: a `Destination` or its word.
        target: What to install instead of the rule book's own load: a release, a load, or loads separated by commas.
        rulebook: The rules; `RuleBook.guide()` if none are given.
        columns: From which column a field is read, where the names do not tell: `{"pid": "Part No", "firmware": None}`.
            None: from no column. Several: the first that says something.
        keep: Columns to have under these names: `["Room"]`, or `{"site": "Location"}`. The columns of the table are in
            the result anyway; one of another name stands there once more, behind them.
        select: Which result columns to add, in this order; all if it is not said.
        prefix: Stands in front of the name of every result column.
        text: How the texts of result columns are laid out: a `TextLayout` or its word.
        threads: How many threads work, at most 256; all cores if it is not said. The answers are the same.
        progress: Shows a bar of tqdm; or a function that is told now and then how many phones are done. What it raises,
            and Ctrl-C, ends the audit.

    Raises:
        RequestError: If the destination is none, the target cannot be asked for there, or a word is none.
        InventoryError: If the table is no inventory, a column is of a type that cannot be read, there is no column to
            keep, a result or kept column has the name of another column, or the files have different columns.
        OSError: If a file cannot be read.
        ImportError: If nothing is installed that reads Parquet, or shows progress.
        TypeError: If the table is none of these.

    >>> audit = cg.audit(b"Part No,VID\nCP-7821-K9=,V03\nCP-7821-K9=,V01\n", destination="third-party")
    >>> print(audit.columns)
      Columns
        pid            Part No
        vid            VID
        ...
    >>> [(order.sku, order.quantity) for order in audit.bill_of_materials()]
    [('L-CP-E2M-78XX-CNV=', 1)]

    """
    return collect(
        audit_stream(
            table,
            destination=destination,
            target=target,
            rulebook=rulebook,
            columns=columns,
            keep=keep,
            select=select,
            prefix=prefix,
            text=text,
            threads=threads,
            progress=progress,
        )
    )


def audit_stream(  # noqa: PLR0913 (they are keywords)
    table: Table,
    *,
    destination: Destination | str,
    target: str | None = None,
    rulebook: RuleBook | None = None,
    columns: Columns | None = None,
    keep: Keep | None = None,
    select: Iterable[ResultColumn | str] | None = None,
    prefix: str = "",
    text: TextLayout | str = "dictionary",
    threads: int | None = None,
    progress: bool | Callable[[int], object] = False,
) -> AuditStream:
    r"""Decide about every phone of a stream, in one pass and in flat memory.

    Arguments and errors are those of `audit`. Only the columns are looked at here; batches are read when the result is.
    Whoever reads it hears of a later error in its own words, with the text of this one.

    >>> stream = cg.audit_stream(b"PID,VID\nCP-7821-K9=,V03\n", destination="third-party", select=["verdict"])
    >>> stream.column_names
    ('PID', 'VID', 'verdict')

    """
    sources = all_opened(table, "table")
    tables: Iterator[tuple[str | None, Any]]
    if all(source.is_of_tables for source in sources):
        tables = (source.table() for source in sources)
    else:
        tables = iter([(None, told(fleet_of(sources, columns, keep), level=4))])
        columns = keep = None
    return audit_sources(
        tables,
        destination=destination,
        target=target,
        rulebook=rulebook,
        columns=columns,
        keep=keep,
        select=select,
        prefix=prefix,
        text=text,
        threads=threads,
        progress=reporter(progress, table),
    )
