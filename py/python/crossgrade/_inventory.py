"""Readers: files, answers, pages and tables in, a fleet out. Nothing here fetches anything."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crossgrade._answers import is_answer, to_json
from crossgrade._doors import (
    document,
    file_name,
    is_folder,
    is_one,
    opened,
    read_folder,
    refuse,
    told,
)
from crossgrade._frames import handed_on, is_table
from crossgrade._native import Fleet, merge_fleets, read_documents, read_pages, read_settlements, read_stream
from crossgrade._read import content, printable
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from crossgrade._audit import Columns, Keep
    from crossgrade._doors import Answer, Frame, One, Source
    from crossgrade._native import Settlements

    When: TypeAlias = str | dt.date | None
    Page: TypeAlias = bytes | str | None
    Mergeable: TypeAlias = Source | tuple[str, Source]
    Settle: TypeAlias = One | Frame | Mapping[str, object] | Iterable[Mapping[str, object]]

__all__ = [
    "merge",
    "read_axl",
    "read_csv",
    "read_device_pages",
    "read_excel",
    "read_inventory",
    "read_json",
    "read_risport",
    "read_table",
    "read_webex",
]

SEVERAL = "a path, bytes, an open file, or a list of those"
ANSWER = "a path, bytes, an open file, a list of those, or a parsed answer (a dict, a list, an object of zeep)"
PAGES = "a mapping of names to bytes, str or None, an iterable of such pairs, or the path of a folder"
SOURCE = "a table, a path, bytes, an open file, a parsed answer"
TABLE = "an object with __arrow_c_stream__ (a table of pandas, polars, pyarrow, DuckDB)"


def read_csv(
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
        source: The path of a file, what it holds as `bytes`, or the open file. Of a list, the phones stand one file
            behind the other.
        columns: From which column a field is read, where the names do not tell: `{"pid": "Part No", "firmware": None}`.
            None: from no column. Several: the first that says something.
        keep: The columns that come with the phones through merging, audits and results: `["Room"]`, or with the names
            that they have there: `{"site": "Location"}`. One source of a list has to have each.
        name: By which a person finds the source again; the path if it is not said.
        when: When it was fetched, in your words, or a date: it is kept and shown, and decides nothing.
        cluster: Which cluster it tells of, in your words. A merge joins devices without MAC address by their names, but never
            those of two clusters.

    Raises:
        InventoryError: If nothing can be read at all, no source has a column to keep, or its name is that of another.
            What is wrong with one row is in `Fleet.problems`, and where a file breaks off in `Fleet.cuts`, with an
            `InventoryWarning`.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    >>> fleet = cg.read_csv(b"Device Name;Model;VID\nSEP00CCFC123456;Cisco 8841;V05\n")
    >>> len(fleet), fleet.columns.read_from("mac")
    (1, ('Device Name',))
    >>> fleet = cg.read_csv(b"PID,VID,Room\nCP-7821-K9=,V03,1.23\n", keep=["Room"])
    >>> fleet.to_dict()["Room"]
    ['1.23']

    """
    return told(_read(source, "csv", SEVERAL, columns=columns, keep=keep, name=name, when=when, cluster=cluster))


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
        source: As that of `read_csv`.
        sheets: The name of a sheet, or a list of them. None: all that are not hidden and have a header of phones; the
            others are told by `Fleet.notes`. If several are read, each is a source: `phones.xlsx sheet Oslo`.
        columns: As those of `read_csv`.
        keep: As those of `read_csv`.
        name: As that of `read_csv`.
        when: As that of `read_csv`.
        cluster: As that of `read_csv`.

    Raises:
        InventoryError: If nothing can be read at all, or there is no such sheet or column to keep.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    """
    return told(
        _read(
            source,
            "xlsx",
            SEVERAL,
            sheets=_sheets(sheets),
            columns=columns,
            keep=keep,
            name=name,
            when=when,
            cluster=cluster,
        )
    )


def _sheets(sheets: object) -> list[str] | None:
    if sheets is None or isinstance(sheets, str):
        return None if sheets is None else [sheets]
    expected = "str, a list of str or None"
    if not isinstance(sheets, (list, tuple)):
        refuse("sheets", expected, sheets)
    return [_text("sheets", sheet, expected) for sheet in sheets]


def read_risport(
    source: Answer,
    *,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from answers of Unified CM's RisPort service to `selectCmDevice` or `selectCmDeviceExt`.

    A phone that is registered there is known to run Enterprise firmware. A capture of `show risdb query phone` of the
    command line of Unified CM is such an answer too.

    Args:
        source: The path of an answer, the answer as `bytes`, or the open file; or what a program made of it: a
            dictionary, a list, an object of zeep. RisPort tells 1,000 devices at a time: of a list of documents, phones
            are merged.
        keep: As those of `read_csv`, but the names of elements of devices: `["LoginUserId"]`.
        name: As that of `read_csv`.
        when: As that of `read_csv`.
        cluster: As that of `read_csv`.

    Raises:
        InventoryError: If nothing can be read at all, the service answers with an error, or no device has an element
            to keep.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    >>> device = {"Name": "SEP00CCFC123456", "Model": 683, "Status": "Registered", "ActiveLoadID": None}
    >>> fleet = cg.read_risport({"CmNodes": [{"Name": "cucm-pub", "CmDevices": [device]}]}, name="cluster Oslo")
    >>> print(fleet)
    1 phone from 1 row
      cluster Oslo (risport): pid 1, mac 1, firmware_type 1
    ...


    """
    return told(_read_answers(source, "risport", keep=keep, name=name, when=when, cluster=cluster))


def read_webex(source: Answer, *, keep: Keep | None = None, name: str | None = None, when: When = None) -> Fleet:
    """Read phones from device lists of Webex: the JSON of `GET /v1/devices`, or CSV of Control Hub.

    A device there is known to run Multiplatform firmware.

    Args:
        source: As that of `read_risport`.
        keep: As those of `read_csv`; of JSON the names of members of devices: `["locationId"]`.
        name: As that of `read_csv`.
        when: As that of `read_csv`.

    Raises:
        InventoryError: If nothing can be read at all, the service answers with an error, or no device has a member
            to keep.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    >>> fleet = cg.read_webex({"items": [{"product": "Cisco 8841", "mac": "00CCFC123456"}]})
    >>> cg.audit(fleet, destination="webex-calling").summary().verdicts[cg.Verdict.NOT_NEEDED]
    1


    """
    return told(_read_answers(source, "webex", keep=keep, name=name, when=when))


def read_axl(
    source: Answer,
    *,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    """Read phones as Unified CM is configured with them: answers of AXL to `listPhone`, `getPhone` and `executeSQLQuery`.

    Such a phone may be switched off, or converted since: nothing is evidence of what runs. The device pool and load that it is
    configured with stand in its status.

    Args:
        source: As that of `read_risport`.
        keep: As those of `read_csv`, but the names of elements of phones: `["ownerUserName"]`.
        name: As that of `read_csv`.
        when: As that of `read_csv`.
        cluster: As that of `read_csv`.

    Raises:
        InventoryError: If nothing can be read at all, the service answers with an error, or no phone has an element
            to keep.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    >>> phone = {"name": "SEP00CCFC123456", "model": "Cisco 8841", "devicePoolName": {"_value_1": "Oslo"}}
    >>> fleet = cg.read_axl({"return": {"phone": [phone]}}, keep={"pool": "devicePoolName"})
    >>> fleet.to_dict()["pid"], fleet.to_dict()["firmware_type"], fleet.to_dict()["pool"]
    (['Cisco 8841'], [None], ['Oslo'])

    """
    return told(_read_answers(source, "axl", keep=keep, name=name, when=when, cluster=cluster))


def read_json(  # noqa: PLR0913 (they are keywords)
    source: Answer,
    *,
    columns: Columns | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    """Read phones from JSON of any tool: each device is an object, whose keys are read like the headers of a table.

    Answers of RisPort, Webex and AXL have readers of their own; `read_inventory` tells them apart.

    Args:
        source: As that of `read_risport`.
        columns: As those of `read_csv`, but the keys of devices.
        keep: As those of `read_csv`, but the keys of devices.
        name: As that of `read_csv`.
        when: As that of `read_csv`.
        cluster: As that of `read_csv`.

    Raises:
        InventoryError: If no object says anything of a device, or none has a key to keep.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    >>> fleet = cg.read_json([{"macAddress": "00CCFC123456", "model": "CP-8841", "hw_ver": "V05", "room": 12}], keep=["room"])
    >>> fleet.to_dict()["vid"], fleet.to_dict()["room"]
    (['V05'], ['12'])

    """
    return told(
        _read_answers(source, "json", columns=columns, keep=keep, name=name, when=when, cluster=cluster, merged=False)
    )


def read_device_pages(
    pages: Mapping[str, Page] | Iterable[tuple[str, Page]] | str | os.PathLike[str],
    *,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from their own pages, such as `/DeviceInformationX`. Every page is a phone, whatever came.

    A page is read as XML, as HTML that a browser saved, or as text that a person copied from one, in any language. Pages
    about the network, messages and statistics say by their heading which phone they are of, and no more.

    Args:
        pages: What came, by the name that you give it; best the address, or the device name, of the phone: a mapping or
            pairs of a name and `bytes`, `str`, or None where nothing came. Or the path of a folder: every file in it is
            a page, and `Fleet.notes` tells what else stands in it. Files such as `Thumbs.db` or `readme.txt` that say
            nothing of a phone are told there too, and are no pages.
        when: As that of `read_csv`.
        cluster: Which cluster the phones are of: a page of which nothing can be read belongs to the phone of its address there.

    Raises:
        OSError: If the folder or a file in it cannot be read.
        TypeError: If the pages are none of these.

    >>> udi = "phone Cisco IP Phone 8851 CP-8851-K9 V05 FCH18219LDW"
    >>> page = f"<DeviceInformation><MACAddress>00CCFC123456</MACAddress><udi>{udi}</udi></DeviceInformation>"
    >>> fleet = cg.read_device_pages({"10.0.1.101": page, "10.0.1.102": "<html>Sign in</html>", "10.0.1.103": None})
    >>> fleet
    Fleet(phones=3, rows_read=3, sources=1, problems=2, cuts=0)

    >>> copied = "Cisco IP Phone CP-8851 ( SEP00CCFC123456 )\nUDI\t\tphone\n\t\tCP-8851-K9\n\t\tV05\n"
    >>> cg.read_device_pages({"copied.txt": copied}).to_dict()["vid"]
    ['V05']

    """
    if isinstance(pages, (str, os.PathLike)):
        return told(read_folder(pages, _when(when), _cluster(cluster)))
    return told(read_pages(_pages(pages), when=_when(when), cluster=_cluster(cluster)))


def read_inventory(
    source: Answer,
    *,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from a document of any kind, which is recognized by its content.

    Args:
        source: As that of `read_csv`; or a parsed answer, as that of `read_risport`; or the path of a folder, whose
            files are pages of phones.
        keep: As those of the reader of its kind; a page of a phone has none.
        name: As that of `read_csv`.
        when: As that of `read_csv`.
        cluster: As that of `read_csv`.

    Raises:
        InventoryError: If nothing can be read at all, or no source has a column to keep.
        OSError: If a file cannot be read.
        TypeError: If the source is none of these.

    >>> fleet = cg.read_inventory(b"PID,VID\nCP-7821-K9=,V03\n", name="bag of phones", when="2026-11-20")
    >>> fleet.sources[0].kind
    <SourceKind.CSV: 'csv'>

    """
    if is_folder(source):
        return told(read_folder(source, _when(when), _cluster(cluster)))
    return told(_read_answers(source, None, keep=keep, name=name, when=when, cluster=cluster, merged=False))


def read_table(
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
        columns: As those of `read_csv`.
        keep: As those of `read_csv`. They may hold text, numbers or booleans.
        when: As that of `read_csv`.
        cluster: As that of `read_csv`.

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
    return _table(table, _text("name", name), columns, when, keep, cluster)


def merge(*sources: Mergeable | Iterable[Mergeable], settle: Settle | None = None) -> Fleet:
    r"""Make one fleet of several, with one row for each device.

    Field by field, the phone's own page beats RisPort, RisPort beats Webex, Webex beats what Unified CM is configured
    with (AXL), and that beats lists that somebody keeps; of two of a kind, the one that was given first. Where two values differ and the choice could change an answer, no
    side is evidence, and `Fleet.conflicts` tells. Columns that the fleets keep stay: the best source that says something
    counts, and the problem of the row tells what others say.

    Rows with the same MAC address are one device. A row without one, such as that of a soft client, belongs to the device
    of its name, unless its source is of another cluster (`cluster` of the readers).

    Args:
        sources: Fleets, tables of pandas, polars and others, and whatever `read_inventory` takes: paths of files and
            folders, `bytes`, open files, parsed answers. Also pairs of a name and one of these, or one iterable of all.
            What has no name is called by its place: "table 2".
        settle: What persons say of open conflicts, which outranks every source: the path of a CSV file, what it holds
            as `bytes`, a table, or one dictionary or several, with the columns device, field, value, said_by and when.
            `Fleet.to_settle` gives the file to fill in. A device is named by its MAC address, its name (`Oslo/CSFANNA`
            where two clusters have it), or the place of its row. Rows without a value are not filled in yet.

    Raises:
        InventoryError: If a source is no inventory, or a settlement names no phone, no field, or no value of that field.
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


def _read(  # noqa: PLR0913 (they are keywords)
    source: object,
    kind: str | None,
    expected: str,
    *,
    sheets: list[str] | None = None,
    columns: Columns | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
    merged: bool = False,
) -> Fleet:
    documents = _documents(source, kind or "document", expected, name)
    return read_documents(
        documents,
        kind=kind,
        sheets=sheets,
        columns=columns,
        keep=keep,
        when=_when(when),
        cluster=_cluster(cluster),
        merged=merged and not is_one(source),
    )


def _read_answers(  # noqa: PLR0913 (they are keywords)
    source: object,
    kind: str | None,
    *,
    keep: Keep | None,
    name: str | None,
    when: When,
    cluster: str | None = None,
    columns: Columns | None = None,
    merged: bool = True,
) -> Fleet:
    if is_answer(source) or (isinstance(source, (list, tuple)) and not all(map(is_one, source))):
        source = to_json(source)
    return _read(source, kind, ANSWER, columns=columns, keep=keep, name=name, when=when, cluster=cluster, merged=merged)


def _documents(source: object, kind: str, expected: str, name: str | None) -> Iterable[tuple[str, Any]]:
    """Name each document, and open it when its turn comes."""
    name = None if name is None else _text("name", name)
    if is_one(source):
        return (document(one, name or file_name(one) or kind) for one in [source])
    if not isinstance(source, (list, tuple)) or not all(map(is_one, source)):
        refuse("source", expected, source)
    if not source:
        message = f"inventory: an empty list; expected {expected}"
        raise InventoryError(message)
    return (
        document(one, f"{name} {place}" if name else file_name(one) or f"{kind} {place}")
        for place, one in enumerate(source, 1)
    )


def _pages(pages: object) -> Iterator[tuple[str, bytes]]:
    if isinstance(pages, (bytes, bytearray, memoryview)) or not isinstance(pages, Iterable):
        refuse("pages", PAGES, pages)
    for pair in pages.items() if isinstance(pages, Mapping) else pages:
        if not isinstance(pair, tuple) or len(pair) != 2:  # noqa: PLR2004 (a pair)
            refuse("pages", "pairs of a name and bytes, str or None", pair)
        name, page = pair
        yield _text("pages", name, "str for a name"), _page(page)


def _page(page: object) -> bytes:
    if page is None:
        return b""
    if isinstance(page, str):
        return page.encode("utf-8", "surrogatepass")
    if not isinstance(page, (bytes, bytearray, memoryview)):
        refuse("pages", "bytes, str or None for a page", page)
    return bytes(page)


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
        name, source = _text("sources", source[0]), source[1]
    elif isinstance(source, tuple):
        refuse("sources", f"a Fleet, {SOURCE}, or a pair of a name and one of these", source)
    return opened(source, "sources", name).fleet(place)


def _table(  # noqa: PLR0913 (they are those of `read_table`)
    table: object,
    name: str,
    columns: Columns | None,
    when: When,
    keep: Keep | None = None,
    cluster: str | None = None,
) -> Fleet:
    table = handed_on(table)
    return read_stream(table, name=name, columns=columns, keep=keep, when=_when(when), cluster=_cluster(cluster))


def _is_named(value: object) -> bool:
    """Whether it is a pair of a name and a source; two texts are two paths."""
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str) and not isinstance(value[1], str)  # noqa: PLR2004 (a pair)


def _cluster(cluster: object) -> str | None:
    return None if cluster is None else _text("cluster", cluster, "str or None")


def _when(when: object) -> str | None:
    if when is None or isinstance(when, dt.date):
        return None if when is None else str(when)
    return _text("when", when, "str, datetime.date or None")


def _text(argument: str, value: object, expected: str = "str") -> str:
    if not isinstance(value, str):
        refuse(argument, expected, value)
    # What is no text in UTF-8 is none for the library.
    return value.encode("utf-8", "replace").decode()
