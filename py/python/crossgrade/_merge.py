"""Several sources in, one fleet out, with what persons say of their conflicts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crossgrade._checked_arguments import text_said
from crossgrade._file_bytes import content, printable
from crossgrade._native import Fleet, merge_fleets, read_settlements
from crossgrade._opened_sources import is_one, opened, refuse
from crossgrade._pandas_tables import is_table

if TYPE_CHECKING:
    from typing import TypeAlias

    from crossgrade._native import Settlements
    from crossgrade._opened_sources import Frame, One, Source

    Mergeable: TypeAlias = Source | tuple[str, Source]
    Settle: TypeAlias = One | Frame | Mapping[str, object] | Iterable[Mapping[str, object]]

__all__ = ["merge"]

SOURCE = "a table, a path, bytes, an open file, a parsed answer"


def merge(*sources: Mergeable | Iterable[Mergeable], settle: Settle | None = None) -> Fleet:
    r"""Make one fleet of several, with one row for each device.

    Field by field, the phone's own page beats RisPort, RisPort beats Webex, Webex beats what Unified CM is configured
    with (AXL), and that beats lists that somebody keeps; of two of a kind, the one that was given first. Where two
    values differ and the choice could change an answer, no side is evidence, and `Fleet.conflicts` tells. Columns
    that the fleets keep stay: the best source that says something counts, and the problem of the row tells what
    others say.

    Rows with the same MAC address are one device. A row without one, such as that of a soft client, belongs to the
    device of its name, unless its source is of another cluster (`cluster` of the readers).

    Args:
        sources: Fleets, tables of pandas, polars and others, and whatever `read_inventory` takes: paths of files and
            folders, `bytes`, open files, parsed answers. Also pairs of a name and one of these, or one iterable of all.
            What has no name is called by its place: "table 2".
        settle: What persons say of open conflicts, which outranks every source: the path of a CSV file, what it holds
            as `bytes`, a table, or one dictionary or several, with the columns device, field, value, said_by and when.
            `Fleet.to_settle` gives the file to fill in. A device is named by its MAC address, its name (`Oslo/CSFANNA`
            where two clusters have it), or the place of its row. Rows without a value are not filled in yet.

    Raises:
        InventoryError: If a source is no inventory, or a settlement names no phone, no field, or no value of that
            field.
        OSError: If a file cannot be read.
        TypeError: If a source or `settle` is none of these.

    >>> export = cg.read_csv(b"Device Name,Model\nSEP00CCFC123456,Cisco 7821\nSEP00CCFC123457,Cisco 8841\n")
    >>> labels = cg.read_csv(b"MAC,VID\n00:CC:FC:12:34:56,V03\n")
    >>> fleet = cg.merge(export, labels)
    >>> print(fleet.merge_report)
    3 rows read, 2 phones out: 1 row matched, 0 conflicts, 1 orphan

    >>> old = cg.read_csv(b"MAC,VID\n00:CC:FC:12:34:56,V01\n", name="old.csv")
    >>> seen = {"device": "SEP00CCFC123456", "field": "vid", "value": "V03", "said_by": "Anna", "when": "2026-11-20"}
    >>> (conflict,) = cg.merge(export, labels, old, settle=[seen]).conflicts
    >>> conflict.is_open, [value.place for value in conflict.values]
    (False, ['settle row 1, said by Anna, 2026-11-20', 'old.csv line 2'])

    """
    said = None if settle is None else _settlements(settle)
    return merge_fleets([_fleet(source, place) for place, source in enumerate(_given(sources), 1)], said)


def _settlements(settle: object) -> Settlements:
    """Read what persons say; a file is named by its path, anything else by the argument."""
    if isinstance(settle, (bytearray, memoryview)):
        settle = bytes(settle)
    if isinstance(settle, (str, os.PathLike)):
        name = printable(settle)
        return read_settlements(content(settle, name), name)
    return read_settlements(settle, "settle")


def _given(sources: tuple[Any, ...]) -> Iterable[Any]:
    """Take one iterable for what is in it; tables and files are iterable too."""
    if len(sources) != 1 or is_table(sources[0]) or is_one(sources[0]) or _is_named(sources[0]):
        return sources
    (source,) = sources
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        return sources
    return source


def _fleet(source: Any, place: int) -> Fleet:  # noqa: ANN401 (checked here)
    name = None
    if _is_named(source) and not isinstance(source[1], Fleet):
        name, source = text_said("sources", source[0]), source[1]
    elif isinstance(source, tuple):
        refuse("sources", f"a Fleet, {SOURCE}, or a pair of a name and one of these", source)
    return opened(source, "sources", name).fleet(place)


def _is_named(value: object) -> bool:
    """Whether it is a pair of a name and a source; two texts are two paths."""
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str) and not isinstance(value[1], str)  # noqa: PLR2004 (a pair)
