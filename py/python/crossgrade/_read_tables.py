"""Readers of tables: CSV, workbooks and what speaks Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossgrade._checked_arguments import cluster_said, sheets_said, text_said, when_said
from crossgrade._native import read_stream
from crossgrade._opened_sources import refuse, told
from crossgrade._pandas_tables import handed_on, is_table
from crossgrade._read_documents import documents_read
from crossgrade._shared_docstrings import with_shared_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crossgrade._audit import Columns, Keep
    from crossgrade._checked_arguments import When
    from crossgrade._native import Fleet
    from crossgrade._opened_sources import Frame, One

__all__ = ["read_csv", "read_excel", "read_table"]

SEVERAL = "a path, bytes, an open file, or a list of those"
TABLE = "an object with __arrow_c_stream__ (a table of pandas, polars, pyarrow, DuckDB)"


@with_shared_words
def read_csv(  # noqa: PLR0913 (they are keywords)
    source: One | Sequence[One],
    *,
    columns: Columns | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from CSV in any of the shapes that users keep.

    Args:
        source: {files}
        columns: {columns}
        keep: {keep}
        name: {name}
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If nothing can be read at all, no source has a column to keep, or its name is that of another.
            What is wrong with one row is in `Fleet.problems`, and where a file breaks off in `Fleet.cuts`, with an
            `InventoryWarning`.
        OSError: {unread}
        TypeError: {no_source}

    >>> fleet = cg.read_csv(b"Device Name;Model;VID\nSEP00CCFC123456;Cisco 8841;V05\n")
    >>> len(fleet), fleet.columns.read_from("mac")
    (1, ('Device Name',))
    >>> fleet = cg.read_csv(b"PID,VID,Room\nCP-7821-K9=,V03,1.23\n", keep=["Room"])
    >>> fleet.to_dict()["Room"]
    ['1.23']

    """
    return told(
        documents_read(source, "csv", SEVERAL, columns=columns, keep=keep, name=name, when=when, cluster=cluster)
    )


@with_shared_words
def read_excel(  # noqa: PLR0913 (they are keywords)
    source: One | Sequence[One],
    *,
    sheets: str | Sequence[str] | None = None,
    columns: Columns | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    """Read phones from a workbook of Excel (`.xlsx`).

    Args:
        source: {files}
        sheets: The name of a sheet, or a list of them. None: all that are not hidden and have a header of phones; the
            others are told by `Fleet.notes`. If several are read, each is a source: `phones.xlsx sheet Oslo`.
        columns: {columns}
        keep: {keep}
        name: {name}
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If nothing can be read at all, or there is no such sheet or column to keep.
        OSError: {unread}
        TypeError: {no_source}

    """
    return told(
        documents_read(
            source,
            "xlsx",
            SEVERAL,
            sheets=sheets_said(sheets),
            columns=columns,
            keep=keep,
            name=name,
            when=when,
            cluster=cluster,
        )
    )


@with_shared_words
def read_table(  # noqa: PLR0913 (they are keywords)
    table: Frame,
    *,
    name: str = "table",
    columns: Columns | None = None,
    keep: Keep | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from a table in memory, as one source among others: pandas, polars, pyarrow, DuckDB, nanoarrow.

    An audit needs no fleet: `audit` takes the table itself.

    Args:
        table: Any object with `__arrow_c_stream__` or `__arrow_c_array__`.
        name: By which a person finds the table again.
        columns: {columns}
        keep: {keep} They may hold text, numbers or booleans.
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If the table is no inventory, a column is of a type that cannot be read, or there is no column
            to keep.
        TypeError: If it is no table.

    >>> table = cg.read_csv(b"PID,VID\nCP-7821-K9=,V03\n")  # or one of any library
    >>> cg.read_table(table, name="asset database").sources
    (Source(kind=<SourceKind.TABLE: 'table'>, name='asset database', when=None, cluster=None),)

    """
    if not is_table(table):
        refuse("table", TABLE, table)
    return read_stream(
        handed_on(table),
        name=text_said("name", name),
        columns=columns,
        keep=keep,
        when=when_said(when),
        cluster=cluster_said(cluster),
    )
